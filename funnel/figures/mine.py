"""My funnel: the record that a learner builds through the course, a part in each lesson. Her own words and numbers, no presets.

A text or a number that is not there yet is "" or None: "not counted yet" is an answer and is kept as one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from funnel.facts.stages import MAX_NAME, Stage, clean_text
from funnel.formulas.conversion import Value, ratio, step_rates
from funnel.formulas.experiments import sample_size
from funnel.inputs.funnel import Inputs as StageConversion
from funnel.links.codecs import Report, read_number, write_number
from funnel.links.plan_codec import ROOM, pack, unpack
from funnel.links.scenario import encode, written
from funnel.quantities import COUNT, MONEY, SHARE, Quantity

MOST_STEPS = 8
#: How a count is known, from nothing said to surest.
KNOWN = ("", "guessed", "estimated", "counted")
#: Texts with the characters that each may have, in the order of a link.
TEXTS: Mapping[str, int] = MappingProxyType(
    {
        "business": 80, "customer": 120, "channel": 80, "segment": 80, "message": 120, "stop": 80, "hurdle": 100,
        "ready": 120, "within": 60, "back": 120, "period": 40, "note": 120, "idea": 120, "surprise": 120, "tool": 80,
        "change": 60, "agreed": 80, "promise": 240, "country": 40, "least": 80, "mind": 120, "again": 40,
    }
)  # fmt: skip
#: Numbers with what each may be, in the order of a link.
NUMBERS: Mapping[str, Quantity] = MappingProxyType(
    {
        "fit": SHARE, "target": COUNT, "marketing": MONEY, "selling": MONEY, "sale": MONEY, "margin": SHARE, "monthly": MONEY,
        "churn": SHARE, "open": MONEY, "win": SHARE, "in_time": SHARE, "rate_now": SHARE, "rate_then": SHARE, "daily": COUNT,
        "talks": COUNT,
    }
)  # fmt: skip
#: What each lesson adds: names of texts and numbers, and "stages", "known", "counts-top", "counts-end" and "counts".
PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "what-a-funnel-is": ("business", "customer", "stages"),
        "where-models-come-from": ("known",),
        "top-of-the-funnel": ("counts-top", "channel", "fit"),
        "middle-of-the-funnel": ("segment", "message", "stop"),
        "bottom-of-the-funnel": ("counts-end", "hurdle"),
        "marketing-versus-sales": ("ready", "within", "back"),
        "measuring-a-funnel": ("period", "counts", "target"),
        "money-in-the-funnel": ("marketing", "selling", "sale", "margin"),
        "after-the-sale": ("monthly", "churn", "note"),
        "forecasting-and-pipeline": ("open", "win", "in_time"),
        "improving-a-funnel": ("idea", "rate_now", "rate_then", "daily"),
        "business-models": ("talks", "surprise"),
        "channels-and-tools": ("tool", "change", "agreed"),
        "psychology-ethics-privacy": ("promise", "country"),
        "build-your-own-funnel": ("least", "mind", "again"),
    }
)


@dataclass(frozen=True)
class Step:
    """Hold one stage of the learner's own: its name, how many people came there, and how that is known."""

    name: str
    count: float | None = None
    known: str = ""


@dataclass(frozen=True)
class _Texts:
    """All texts as one packed field."""

    def write(self, value: tuple[str, ...]) -> str:
        return pack("\n".join(value))

    def read(self, text: str, fallback: tuple[str, ...], report: Report) -> tuple[str, ...]:
        lines = (unpack(text) or "").split("\n", len(TEXTS))
        if len(lines) != len(TEXTS):
            report("unreadable", None, text, "")
            return fallback
        return tuple(clean_text(line, limit) for line, limit in zip(lines, TEXTS.values(), strict=True))


@dataclass(frozen=True)
class _Steps:
    """The stages as one packed field: a line each."""

    def write(self, value: tuple[Step, ...]) -> str:
        return pack("\n".join(f"{one.name}\t{_written(one.count)}\t{one.known}" for one in value))

    def read(self, text: str, fallback: tuple[Step, ...], report: Report) -> tuple[Step, ...]:
        found = unpack(text)
        if found is None:
            report("unreadable", None, text, "")
            return fallback
        lines = [line for line in found.split("\n", MOST_STEPS) if line]
        if len(lines) > MOST_STEPS:
            report("too-many", None, str(len(lines)), str(MOST_STEPS))
        steps = []
        for line in lines[:MOST_STEPS]:
            named, count, known = [*line.split("\t", 3), "", ""][:3]
            if cleaned := clean_text(named, MAX_NAME):
                steps.append(Step(cleaned, _read(count, COUNT), known if known in KNOWN else ""))
        return tuple(steps)


@dataclass(frozen=True)
class _Numbers:
    """All numbers as one field, "-" for each that is not known."""

    def write(self, value: tuple[float | None, ...]) -> str:
        return "_".join("-" if one is None else write_number(one) for one in value)

    def read(self, text: str, fallback: tuple[float | None, ...], report: Report) -> tuple[float | None, ...]:
        parts = text[:2000].split("_", len(NUMBERS))
        if len(parts) != len(NUMBERS):
            report("unreadable", None, text, "")
            return fallback
        return tuple(_read(part, kind) for part, kind in zip(parts, NUMBERS.values(), strict=True))


def _written(count: float | None) -> str:
    return "" if count is None else write_number(count)


def _read(text: str, kind: Quantity) -> float | None:
    value = read_number(text)
    return kind.check(value) if value is not None and kind.fits(value) else None


@dataclass(frozen=True)
class Mine:
    """Hold the record: stages, top first; texts in the order of TEXTS, numbers in that of NUMBERS."""

    steps: tuple[Step, ...] = field(default=(), metadata=written("s", _Steps(), "The learner's stages"))
    texts: tuple[str, ...] = field(default=("",) * len(TEXTS), metadata=written("t", _Texts(), "Her words"))
    numbers: tuple[float | None, ...] = field(
        default=(None,) * len(NUMBERS), metadata=written("n", _Numbers(), "Her numbers")
    )

    def text(self, name: str) -> str:
        """Return one of the texts."""
        return self.texts[list(TEXTS).index(name)]

    def number(self, name: str) -> float | None:
        """Return one of the numbers."""
        return self.numbers[list(NUMBERS).index(name)]

    @property
    def counts(self) -> tuple[float | None, ...]:
        """How many people came to each stage."""
        return tuple(one.count for one in self.steps)


def fits(mine: Mine) -> bool:
    """Say whether a link has room for the record."""
    return sum(map(len, encode(mine).values())) <= ROOM


def put_text(mine: Mine, name: str, text: str) -> Mine:
    """Return the record with another text, cut to its length; as it was where a link would have no room for it."""
    at = list(TEXTS).index(name)
    new = replace(mine, texts=(*mine.texts[:at], clean_text(text, TEXTS[name]), *mine.texts[at + 1 :]))
    return new if fits(new) else mine


def put_number(mine: Mine, name: str, value: float | None) -> Mine:
    """Return the record with another number. Raises OutOfRange."""
    at = list(NUMBERS).index(name)
    checked = None if value is None else NUMBERS[name].check(value)
    return replace(mine, numbers=(*mine.numbers[:at], checked, *mine.numbers[at + 1 :]))


def put_names(mine: Mine, text: str) -> Mine:
    """Return the record with the stages named line by line; a stage whose name stays keeps its count.

    >>> [one.name for one in put_names(Mine(), " Visit \\n\\nOrder").steps]
    ['Visit', 'Order']
    """
    known = {one.name: one for one in mine.steps}
    named = [clean_text(line, MAX_NAME) for line in text.splitlines()[: 10 * MOST_STEPS]]
    kept = list(dict.fromkeys(one for one in named if one))[:MOST_STEPS]
    old = mine.steps if len(kept) == len(mine.steps) else ()
    steps = tuple(
        known.get(one) or (replace(old[i], name=one) if old and old[i].name not in kept else Step(one))
        for i, one in enumerate(kept)
    )
    new = replace(mine, steps=steps)
    return new if fits(new) else mine


def put_step(mine: Mine, index: int, **what: Any) -> Mine:
    """Return the record with another count or another way of knowing it, at one stage. Raises OutOfRange."""
    if not 0 <= index < len(mine.steps):
        return mine
    if what.get("count") is not None:
        what["count"] = COUNT.check(what["count"])
    steps = (*mine.steps[:index], replace(mine.steps[index], **what), *mine.steps[index + 1 :])
    return replace(mine, steps=steps)


def asked(mine: Mine, part: str) -> tuple[int, ...]:
    """Return the stages whose counts a part asks for: the first two, the last two, or all."""
    every = tuple(range(len(mine.steps)))
    return {"counts-top": every[:2], "counts-end": every[-2:]}.get(part, every)


def filled(mine: Mine, slug: str) -> bool:
    """Say whether something stands in a lesson's part."""
    return any(_filled(mine, part) for part in PARTS[slug])


def _filled(mine: Mine, part: str) -> bool:
    if part in TEXTS:
        return bool(mine.text(part))
    if part in NUMBERS:
        return mine.number(part) is not None
    if part == "stages":
        return bool(mine.steps)
    if part == "known":
        return any(one.known for one in mine.steps)
    return any(mine.steps[i].count is not None for i in asked(mine, part))


def to_stage_conversion(mine: Mine) -> StageConversion | None:
    """Return the stages and counts for the calculator; None with fewer than two stages."""
    if len(mine.steps) < 2:
        return None
    stages = tuple(Stage(name=one.name) for one in mine.steps)
    return StageConversion(
        "own", stages, "people", mine.counts, None, (None,) * len(stages), average_sale=mine.number("sale")
    )


def sums(mine: Mine, slug: str) -> dict[str, Value]:
    """Return what follows from the numbers in a lesson's part, by name; empty where too little is known.

    >>> sums(put_names(Mine(), "a\\nb\\nc"), "what-a-funnel-is")
    {'stages': 3.0}
    """
    found = _SUMS.get(slug, lambda _mine: {})(mine)
    return found if found and None not in found.values() else {}


def _stages(mine: Mine) -> dict[str, Value]:
    return {"stages": float(len(mine.steps))} if len(mine.steps) > 1 else {}


def _known(mine: Mine) -> dict[str, Value]:
    if not any(one.known for one in mine.steps):
        return {}
    return {"counted": float(sum(one.known == "counted" for one in mine.steps)), "stages": float(len(mine.steps))}


def _top(mine: Mine) -> dict[str, Value]:
    first, fit = (mine.counts or (None,))[0], mine.number("fit")
    return {} if first is None or fit is None else {"suitable": first * fit, "reach": first}


def _end(mine: Mine) -> dict[str, Value]:
    before, last = mine.counts[-2:] if len(mine.steps) > 1 else (None, None)
    if before is None or last is None:
        return {}
    return {"lost": before - last, "share": ratio(before - last, before)}


def _rates(mine: Mine) -> dict[str, Value]:
    if len(mine.steps) < 2 or None in mine.counts:
        return {}
    overall, rates = ratio(mine.counts[-1], mine.counts[0]), step_rates(mine.counts)[1:]
    told = [rate for rate in rates if rate is not None]
    if not overall or not told:
        return {}
    low = min(told)
    return {"overall": overall, "low": low, "at": float(rates.index(low) + 1), "needed": _needed(mine, overall)}


def _needed(mine: Mine, overall: float) -> Value:
    target = mine.number("target")
    return 0.0 if target is None else target / overall


def _money(mine: Mine) -> dict[str, Value]:
    marketing, selling, sale, margin = map(mine.number, ("marketing", "selling", "sale", "margin"))
    buyers = mine.counts[-1] if mine.steps else None
    if marketing is None or sale is None or margin is None or not buyers:
        return {}
    cost = marketing + (selling or 0.0)
    return {"cac": cost / buyers, "each": sale * margin, "left": buyers * sale * margin - cost}


def _stay(mine: Mine) -> dict[str, Value]:
    monthly, churn, margin = map(mine.number, ("monthly", "churn", "margin"))
    if monthly is None or not churn or margin is None:
        return {}
    return {"months": 1 / churn, "ltv": monthly * margin / churn}


def _expected(mine: Mine) -> dict[str, Value]:
    value, win, in_time = map(mine.number, ("open", "win", "in_time"))
    if value is None or not win or not in_time:
        return {}
    return {"expected": value * win * in_time, "cover": 1 / (win * in_time)}


def _test(mine: Mine) -> dict[str, Value]:
    now, then, daily = map(mine.number, ("rate_now", "rate_then", "daily"))
    if not now or not then or now == then or not daily or then == 1 or now == 1:
        return {}
    need = sample_size(now, then, daily=daily)
    return {"people": None if need.per_arm is None else float(need.per_arm), "days": need.days}


_SUMS = {
    "what-a-funnel-is": _stages,
    "where-models-come-from": _known,
    "top-of-the-funnel": _top,
    "bottom-of-the-funnel": _end,
    "measuring-a-funnel": _rates,
    "money-in-the-funnel": _money,
    "after-the-sale": _stay,
    "forecasting-and-pipeline": _expected,
    "improving-a-funnel": _test,
}
