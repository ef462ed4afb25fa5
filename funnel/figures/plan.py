"""The plan of both funnels: a firm, its stages with target rates, and the rule of the handover between them.

Words are the learner's own or, where a cell is None, those of the fictional firm that the plan began as (see ``Row``).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from funnel.facts.presets import PRESETS
from funnel.facts.stages import Stage, clean_text
from funnel.formulas.conversion import Value, Values, counts_from_rates
from funnel.inputs.funnel import Inputs as StageConversion
from funnel.links.codecs import Choice, Maybe, Number, written
from funnel.links.plan_codec import CELLS, HEAD, MOST_ROWS, ROOM, SLACK, Row, Rows, Texts
from funnel.links.scenario import encode
from funnel.quantities import COUNT, SHARE

FUNNELS = ("marketing", "sales")


@dataclass(frozen=True)
class Start:
    """Hold what a plan begins as: a preset's id, how many of its stages marketing owns, and invented target rates."""

    preset: str
    marketing: int
    rates: tuple[float, ...]

    @property
    def stages(self) -> tuple[str, ...]:
        return PRESETS[self.preset].stages if self.preset else ()


# Targets: today's rates of the preset, rounded, with one or two raised; lesson 15 tells that of the academy (65% to 80%).
STARTS: Mapping[str, Start] = MappingProxyType(
    {
        "empty": Start("", 2, ()),
        "academy": Start("s3-academy-irt", 3, (0.055, 0.12, 0.8, 0.25)),
        "saas": Start("s2-saas-usd", 3, (0.03, 0.4, 0.45, 0.63, 0.25)),
        "clinic": Start("s4-clinic-aed", 2, (0.08, 0.5, 0.85, 0.4)),
    }
)
_EMPTY_ROWS = (Row(), Row())


@dataclass(frozen=True)
class Inputs:
    """Hold a plan. `head` are the texts of HEAD, `top` the people at the first stage in one period."""

    source: str = field(
        default="empty", metadata=written("from", Choice(tuple(STARTS)), "What the plan began as", origin=True)
    )
    head: tuple[str | None, ...] = field(
        default=("",) * len(HEAD), metadata=written("head", Texts(tuple(HEAD.values())), "Firm, customer, handover")
    )
    top: float | None = field(default=None, metadata=written("top", Maybe(Number(COUNT)), "People at the first stage"))
    marketing: tuple[Row, ...] = field(default=_EMPTY_ROWS, metadata=written("m", Rows(), "Stages of marketing"))
    sales: tuple[Row, ...] = field(default=_EMPTY_ROWS, metadata=written("s", Rows(), "Stages of sales"))

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.marketing, *self.sales)

    @classmethod
    def origin(cls, source: str) -> "Inputs":
        """Return the plan as it begins."""
        if source == "empty":
            return cls()
        start = STARTS[source]
        rates = (None, *start.rates)
        rows = tuple(Row(i, (None,) * len(CELLS), rate) for i, rate in enumerate(rates))
        top = float(PRESETS[start.preset].counts[0])
        return cls(source, (None,) * len(HEAD), top, rows[: start.marketing], rows[start.marketing :])

    @classmethod
    def repair(cls, values: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Give every cell a text where no preset has one, and cut a plan that no link could hold."""
        known = len(STARTS[values["source"]].stages)

        def own(cell: str | None, base: int) -> str | None:
            return "" if cell is None and not 0 <= base < known else cell

        def row(one: Row) -> Row:
            cells = tuple(own(cell, one.base) for cell in one.cells)
            return Row(one.base if 0 <= one.base < known else -1, cells, one.rate)

        fixed = dict(values)
        fixed["head"] = tuple("" if cell is None and not known else cell for cell in values["head"])
        for name in FUNNELS:
            fixed[name] = tuple(map(row, values[name]))
        if not fits(cls(**fixed), ROOM + SLACK):  # numbers may have been typed after the words were full
            report("", "too-many", None, "", "")
            return {name: getattr(cls.origin(values["source"]), name) for name in values}
        return fixed


def fits(plan: Inputs, room: int = ROOM) -> bool:
    """Say whether the plan takes at most this many characters in a link."""
    return sum(map(len, encode(plan).values())) <= room


def put(plan: Inputs, part: str, column: str, text: str | None) -> tuple[Inputs, bool]:
    """Return the plan with another text, and whether it had to be cut to its length or to the room in a link.

    `part` is "head" or "m0" to "s4", `column` a key of HEAD or CELLS. None gives back the preset's words.
    """
    limit = (HEAD if part == "head" else CELLS)[column]
    if text is None:
        return _placed(plan, part, column, None), False
    whole = clean_text(text, 4 * limit)
    kept = clean_text(whole, limit)
    low, high = 0, len(kept)
    while low < high:  # the longest beginning that still fits
        middle = (low + high + 1) // 2
        if fits(_placed(plan, part, column, clean_text(kept[:middle], limit))):
            low = middle
        else:
            high = middle - 1
    kept = clean_text(kept[:low], limit)
    return _placed(plan, part, column, kept), kept != whole


def _placed(plan: Inputs, part: str, column: str, text: str | None) -> Inputs:
    if part == "head":
        at = list(HEAD).index(column)
        return replace(plan, head=(*plan.head[:at], text, *plan.head[at + 1 :]))
    at = list(CELLS).index(column)
    return _row(plan, part, lambda row: replace(row, cells=(*row.cells[:at], text, *row.cells[at + 1 :])))


def _row(plan: Inputs, part: str, make: Callable[[Row], Row]) -> Inputs:
    name, index = place(part)
    rows = list(getattr(plan, name))
    if index >= len(rows):
        return plan
    rows[index] = make(rows[index])
    return _with(plan, name, tuple(rows))


def place(part: str) -> tuple[str, int]:
    """Return the funnel and the index of a row: "s1" is ("sales", 1)."""
    return FUNNELS["ms".index(part[0])], int(part[1])


def set_rate(plan: Inputs, part: str, rate: float | None) -> Inputs:
    """Return the plan with another target rate, a fraction or None."""
    return _row(plan, part, lambda row: replace(row, rate=None if rate is None else SHARE.check(rate)))


def set_top(plan: Inputs, people: float | None) -> Inputs:
    """Return the plan with another number of people at the first stage, or None."""
    return replace(plan, top=None if people is None else COUNT.check(people))


def _with(plan: Inputs, name: str, rows: tuple[Row, ...]) -> Inputs:
    changed: dict[str, Any] = {name: rows}
    return replace(plan, **changed)


def _empty(at: int, _index: int, row: Row) -> bool:
    return row.cells[at] == ""


def add(plan: Inputs, part: str) -> Inputs:
    """Add an empty stage after this one, as far as there is room."""
    name, index = place(part)
    rows = getattr(plan, name)
    if len(rows) >= MOST_ROWS:
        return plan
    grown = _with(plan, name, (*rows[: index + 1], Row(), *rows[index + 1 :]))
    return grown if fits(grown) else plan


def remove(plan: Inputs, part: str) -> Inputs:
    """Take a stage out; each funnel keeps one."""
    name, index = place(part)
    rows = getattr(plan, name)
    return plan if len(rows) == 1 else _with(plan, name, (*rows[:index], *rows[index + 1 :]))


def people(plan: Inputs) -> Values:
    """Return how many people the targets lead to, stage by stage (F02); None where a number is missing."""
    return counts_from_rates(plan.top, _rates(plan))


def _rates(plan: Inputs) -> tuple[Value, ...]:
    return tuple(None if i == 0 else row.rate for i, row in enumerate(plan.rows))


def stage(plan: Inputs, row: Row) -> Stage:
    """Return a row's stage: a known one where the preset's name stands, else the learner's own."""
    name = row.cells[0]
    return Stage(STARTS[plan.source].stages[row.base]) if name is None else Stage(name=name)


def to_stage_conversion(plan: Inputs) -> StageConversion:
    """Return the plan's stages and target numbers for the calculator, as rates."""
    rates = _rates(plan)
    stages = tuple(stage(plan, row) for row in plan.rows)
    now = (plan.top, *rates[1:])
    return StageConversion("own", stages, "rates", now, None, (None,) * len(rates), average_sale=None)


def gaps(plan: Inputs) -> dict[str, tuple[int, ...]]:
    """Return what is missing: fields of the head with (), columns and "rate" with the rows that lack them, "top" with ().

    "many" are rows whose measures are more than two, "waste" rows with five channels or more (lesson 15).
    """
    found: dict[str, tuple[int, ...]] = {name: () for name, text in zip(HEAD, plan.head, strict=True) if text == ""}
    if plan.top is None:
        found["top"] = ()
    checks: dict[str, Callable[[int, Row], bool]] = {name: partial(_empty, at) for at, name in enumerate(CELLS)}
    columns = list(CELLS)
    checks["rate"] = lambda i, row: i > 0 and row.rate is None
    checks["many"] = lambda _i, row: _listed(row.cells[columns.index("measure")]) > 2
    checks["waste"] = lambda _i, row: _listed(row.cells[columns.index("channel")]) > 4
    for name, missing in checks.items():
        if rows := tuple(i for i, row in enumerate(plan.rows) if missing(i, row)):
            found[name] = rows
    return found


def filled(plan: Inputs) -> tuple[int, int]:
    """Return how many fields of the plan are filled, and how many there are."""
    missing = gaps(plan)
    empty = sum(len(missing.get(name, ())) for name in (*CELLS, "rate")) + sum(
        name in missing for name in (*HEAD, "top")
    )
    every = len(plan.rows) * (len(CELLS) + 1) + len(HEAD)  # the first stage has its people instead of a rate
    return every - empty, every


def _listed(text: str | None) -> int:
    """Count what a learner lists with commas."""
    return len([part for part in re.split("[,،;؛]", text or "") if part.strip()])
