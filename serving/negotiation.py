"""Which content encoding a client wants, and whether it already holds what we would send."""

from collections.abc import Iterable, Sequence


def choose_encoding(accept_encoding: str, offered: Sequence[str]) -> str:
    """Pick the best of the offered encodings for an Accept-Encoding header (RFC 9110, 12.5.3).

    `offered` is in our order of preference, which only breaks ties between equal q values, as browsers send none.
    Returns "" for "send it as it is": also for a header that cannot be read, since identity is always understood.
    """
    weights: dict[str, float] = {}
    for part in accept_encoding.split(",")[:32]:  # no honest client names more; a hostile one should cost nothing
        name, _, parameters = part.strip().lower().partition(";")
        weights[name.strip()] = _weight(parameters)
    # "x-gzip" is gzip's old name (RFC 9110, 8.4.1.3).
    weights.setdefault("gzip", weights.get("x-gzip", -1.0))
    if weights["gzip"] < 0:
        del weights["gzip"]
    everything = weights.get("*", 0.0)
    scored = [(weights.get(name, everything), -place, name) for place, name in enumerate(offered)]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] > 0 and best[0] >= weights.get("identity", 0.0) else ""


def _weight(parameters: str) -> float:
    """Read q from "q=0.5", 0 to 1; anything malformed counts as a refusal."""
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if name.strip() == "q" and 0 <= weight <= 1 else 0.0


def matches(if_none_match: str, etag: str) -> bool:
    """Say whether an If-None-Match header names this entity tag (weak comparison, RFC 9110, 8.8.3.2)."""
    wanted = etag.removeprefix("W/")
    return any(tag.strip() == "*" or tag.strip().removeprefix("W/") == wanted for tag in if_none_match.split(","))


def with_vary(headers: Iterable[tuple[bytes, bytes]], name: str) -> list[tuple[bytes, bytes]]:
    """Return the raw headers with `name` added to Vary, in one header line."""
    kept = [(key, value) for key, value in headers if key.lower() != b"vary"]
    old = b", ".join(value for key, value in headers if key.lower() == b"vary").decode("latin-1")
    names = [word.strip() for word in old.split(",") if word.strip()]
    if name.lower() not in {word.lower() for word in names} and "*" not in names:
        names.append(name)
    return [*kept, (b"vary", ", ".join(names).encode("latin-1"))]
