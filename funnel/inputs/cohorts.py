"""The cohorts that a learner lays on the page: names, counts by age, which of them to fit, how far to look ahead."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from funnel.facts.presets import PRESETS
from funnel.facts.stages import clean_name
from funnel.formulas.conversion import Value, Values
from funnel.links.codecs import Choice, Names, Number, Table, written
from funnel.quantities import COUNT, Quantity, certain

MOST_COHORTS, MOST_AGES = 24, 36
PERIODS = ("month", "quarter", "year")
ALL = "all"
FITS = (ALL, *(str(number) for number in range(1, MOST_COHORTS + 1)))
DISCOUNT = Quantity("fraction", 0, 1)
HORIZON = Quantity("duration", 1, 120)

Row = Values
Rows = tuple[Row, ...]

_STARTS: dict[str, tuple[Rows, str, float]] = {
    "textbook": (((420, 294, 240, 210), (510, 347, 281), (300, 219), (640,)), "month", 0.01),
    "published-a": (((1000, 631, 468, 382, 326, 289, 262, 241),), "year", 0.10),
    "published-b": (((1000, 869, 743, 653, 593, 551, 517, 491),), "year", 0.10),
    "s6-app-usd": ((PRESETS["s6-app-usd"].facts["cohort"],), "month", 0.0),
}
SOURCES: tuple[str, ...] = tuple(_STARTS)


def grows(row: Sequence[Value]) -> bool:
    """Say whether a cohort has more people at some age than at the one before that is known."""
    known = [count for count in row if count is not None]
    return any(after > before for before, after in pairwise(known))


@dataclass(frozen=True)
class Inputs:
    """Hold the people of each cohort (rows) who are still there at each age (columns, from 0); None is "not known".

    A row ends with its last known count. Raises ValueError when names and rows differ in number, when a row ends
    empty, or when the cohort to fit is not there.
    """

    source: str = field(
        default="textbook",
        metadata=written("from", Choice(SOURCES), "What the cohorts began as", origin=True),
    )
    names: tuple[str, ...] = field(
        default=(), metadata=written("names", Names(MOST_COHORTS), 'The cohorts\' names, "" for none')
    )
    counts: Rows = field(
        default=(),
        metadata=written("counts", Table(COUNT, MOST_COHORTS, MOST_AGES), "People by cohort and age, age 0 first"),
    )
    period: str = field(default="month", metadata=written("period", Choice(PERIODS), "The time between two renewals"))
    fit: str = field(
        default=ALL, metadata=written("fit", Choice(FITS), "Which cohort the models are fitted to: a number, or all")
    )
    discount: float = field(
        default=0.0, metadata=written("d", Number(DISCOUNT), "Discount rate per period, a fraction")
    )
    horizon: float = field(
        default=12.0, metadata=written("h", Number(HORIZON), "How many periods the projection looks ahead, whole")
    )

    def __post_init__(self) -> None:
        if not 1 <= len(self.counts) <= MOST_COHORTS or len(self.names) != len(self.counts):
            raise ValueError("every cohort needs a name and a row")
        for row in self.counts:
            if not 1 <= len(row) <= MOST_AGES or (len(row) > 1 and row[-1] is None):
                raise ValueError("a row ends with its last known count")
        if any(name != clean_name(name) for name in self.names):
            raise ValueError("a cohort's name must come from clean_name")
        if self.fit != ALL and int(self.fit) > len(self.counts):
            raise ValueError("there is no such cohort to fit")
        if self.horizon != int(self.horizon):
            raise ValueError("the horizon is a whole number of periods")

    @classmethod
    def origin(cls, source: str = "textbook") -> "Inputs":
        """Return the cohorts of an example, with a horizon of twelve periods."""
        rows, period, discount = _STARTS[source]
        counts = tuple(tuple(float(certain(n)) for n in row) for row in rows)
        return cls(source, ("",) * len(rows), counts, period, ALL, discount, 12.0)

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Make names, fit and horizon go with the rows that a link holds."""
        count = len(fields["counts"])
        names = (fields["names"] + ("",) * count)[:count]
        if any(fields["names"][count:]):
            report("names", "too-many", None, " ".join(fields["names"][count:]), str(count))
        fit, horizon = fields["fit"], float(math.floor(fields["horizon"]))
        if fit != ALL and int(fit) > count:
            report("fit", "out-of-range", None, fit, ALL)
            fit = ALL
        if horizon != fields["horizon"]:
            report("horizon", "out-of-range", None, str(fields["horizon"]), str(int(horizon)))
        return fields | {"names": names, "fit": fit, "horizon": horizon}


def with_count(inputs: Inputs, row: int, age: int, value: Value) -> Inputs:
    """Return the inputs with another count, or none, at one place; the first count of a row cannot be taken away.

    >>> with_count(Inputs.origin(), 1, 2, None).counts[1]
    (510.0, 347.0)
    """
    if value is None and age == 0:
        return inputs
    cells = list(inputs.counts[row]) + [None] * (age + 1 - len(inputs.counts[row]))
    cells[age] = value
    while len(cells) > 1 and cells[-1] is None:
        cells.pop()
    return replace(inputs, counts=(*inputs.counts[:row], tuple(cells), *inputs.counts[row + 1 :]))


def with_cohorts(inputs: Inputs, names: Sequence[str], counts: Rows) -> Inputs:
    """Return the inputs with other cohorts; all of them are fitted, and horizon and discount stay."""
    return replace(inputs, names=tuple(names), counts=tuple(counts), fit=ALL)
