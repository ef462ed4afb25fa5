"""What interviews say of touchpoints: how often each is mentioned, how often it decided, and what is spent on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Interview:
    """One interview: the touchpoints `named` in it, and the one of them that `decided`."""

    named: tuple[str, ...]
    decided: str


@dataclass(frozen=True)
class Influence:
    """What the interviews read so far say of one touchpoint.

    Counts of interviews in which it is `named` and in which it `decided`; the last also by `phase`. As fractions (0 to 1), None
    where no interview has been read: the `share_named` and `share_decided` of the interviews.
    """

    named: int
    decided: int
    phase: dict[str, int]
    share_named: float | None
    share_decided: float | None


def influence(
    interviews: Mapping[str, Interview], phases: Mapping[str, str], touchpoints: Iterable[str], order: Sequence[str]
) -> dict[str, Influence]:
    """Count what the interviews say of each touchpoint.

    `phases` says in which phase (of `order`) each interview's decision fell; interviews without one are not counted.
    Source: lesson 12, plan-influential-touchpoints.

    >>> said = {"a": Interview(("rep", "sample"), "sample"), "b": Interview(("rep",), "rep"), "c": Interview(("rep",), "rep")}
    >>> found = influence(said, {"a": "evaluate", "b": "buy"}, ("rep", "sample"), ("evaluate", "buy"))
    >>> found["rep"].named, found["rep"].decided, found["sample"].phase, found["rep"].share_named
    (2, 1, {'evaluate': 1, 'buy': 0}, 1.0)
    """
    read = {key: one for key, one in interviews.items() if phases.get(key)}

    def of(touchpoint: str) -> Influence:
        where = [phases[key] for key, one in read.items() if one.decided == touchpoint]
        named = sum(touchpoint in one.named for one in read.values())
        shares = (named / len(read), len(where) / len(read)) if read else (None, None)
        return Influence(named, len(where), {phase: where.count(phase) for phase in order}, *shares)

    return {touchpoint: of(touchpoint) for touchpoint in touchpoints}


def ranked(found: Mapping[str, Influence], by: str) -> tuple[str, ...]:
    """Return the touchpoints, the largest `by` ("named" or "decided") first; equals keep their order.

    >>> few = {"ad": Influence(4, 0, {}, 1.0, 0.0), "sample": Influence(2, 2, {}, 0.5, 0.5)}
    >>> ranked(few, "named"), ranked(few, "decided")
    (('ad', 'sample'), ('sample', 'ad'))
    """
    return tuple(sorted(found, key=lambda one: -getattr(found[one], by)))
