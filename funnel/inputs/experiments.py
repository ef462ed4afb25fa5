"""What a learner sets about an A/B test: the plan, the two arms, how often to look; and where it starts."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import Value, ratio
from funnel.links.codecs import Choice, Maybe, Number, write_number, written
from funnel.quantities import COUNT, SHARE, Quantity

SOURCES = ("textbook", "s9-abtest-aed", "small-test")
VIEWS = ("plan", "read", "peek")
UNITS = ("relative", "points")

PEOPLE = Quantity("count", 0, 1e7)  # per arm; beyond, what chance does to a rate is no longer the question
LEVEL = Quantity("fraction", 0.001, 0.5)
POWER = Quantity("fraction", 0.5, 0.99)
LIFT = Quantity("fraction", 0, 1000)
POINTS = Quantity("number", 0, 100)
PRIOR = Quantity("number", 0.1, 100)
SPLIT = Quantity("fraction", 0.01, 0.99)
LOOKS = Quantity("count", 1, 50)
METRICS = Quantity("count", 1, 100)
SEED = Quantity("number", 1, 999_999)

WHOLE = ("xa", "na", "xb", "nb", "looks", "metrics", "seed")


@dataclass(frozen=True)
class Inputs:
    """Hold a plan, a result and a way of looking. Arms A and B count people (not visits): `x` of `n` did it.

    `level` (alpha) serves all three: intervals are at 1 - level. Raises ValueError for more successes than people or
    parts of people.
    """

    source: str = field(
        default="textbook", metadata=written("from", Choice(SOURCES), "The test it began as", origin=True)
    )
    view: str = field(default="plan", metadata=written("view", Choice(VIEWS), "What is asked"))
    level: float = field(default=0.05, metadata=written("alpha", Number(LEVEL), "Accepted false alarms, a fraction"))

    base: float = field(default=0.04, metadata=written("base", Number(SHARE), "The rate now"))
    unit: str = field(default="relative", metadata=written("as", Choice(UNITS), "How the effect is given"))
    lift: float = field(
        default=0.2, metadata=written("lift", Number(LIFT), "Smallest effect worth having, of the rate")
    )
    points: float = field(default=0.8, metadata=written("points", Number(POINTS), "The same in percentage points"))
    power: float = field(default=0.8, metadata=written("power", Number(POWER), "Chance to find such an effect"))
    daily: Value = field(default=1500.0, metadata=written("daily", Maybe(Number(COUNT)), "Visitors a day, both arms"))
    have: Value = field(default=10_000.0, metadata=written("have", Maybe(Number(PEOPLE)), "People per arm, as planned"))

    xa: float = field(default=412.0, metadata=written("xa", Number(PEOPLE), "People in A who did it"))
    na: float = field(default=10_000.0, metadata=written("na", Number(PEOPLE), "People in A"))
    xb: float = field(default=468.0, metadata=written("xb", Number(PEOPLE), "People in B who did it"))
    nb: float = field(default=10_000.0, metadata=written("nb", Number(PEOPLE), "People in B"))
    prior_x: float = field(default=1.0, metadata=written("px", Number(PRIOR), "Prior successes, Beta's first number"))
    prior_y: float = field(default=1.0, metadata=written("py", Number(PRIOR), "Prior failures, Beta's second number"))
    split: float = field(default=0.5, metadata=written("split", Number(SPLIT), "Share of people planned for A"))

    looks: float = field(default=10.0, metadata=written("looks", Number(LOOKS), "Equally spaced looks at the test"))
    metrics: float = field(default=5.0, metadata=written("k", Number(METRICS), "Independent metrics of one test"))
    seed: float = field(default=37.0, metadata=written("draw", Number(SEED), "Which random draw"))

    def __post_init__(self) -> None:
        if any(getattr(self, name) != math.floor(getattr(self, name)) for name in WHOLE):
            raise ValueError("people, looks and metrics are whole")
        if self.xa > self.na or self.xb > self.nb:
            raise ValueError("more did it than were there")

    @classmethod
    def origin(cls, source: str = "textbook") -> "Inputs":
        """Return the lesson's example, the coffee shop's test, or a test of a few dozen people."""
        if source == "small-test":
            return cls(source, base=0.075, points=1.5, daily=None, have=40.0, xa=3.0, na=40.0, xb=7.0, nb=42.0)
        if source == "textbook":
            return cls(source)
        facts = PRESETS[source].facts
        (na, xa), (nb, xb) = facts["A"], facts["B"]
        return cls(
            source, base=xa / na, daily=None, have=float(facts["plannedPerArm"]), xa=float(xa), na=float(na),
            xb=float(xb), nb=float(nb),
        )  # fmt: skip

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Drop parts of people, and the numbers of an arm in which more did it than were there."""
        fields, base = dict(fields), cls.origin(fields["source"])
        for name in WHOLE:
            if fields[name] != math.floor(fields[name]):
                report(name, "out-of-range", None, write_number(fields[name]), write_number(math.floor(fields[name])))
                fields[name] = float(math.floor(fields[name]))
        for x, n in (("xa", "na"), ("xb", "nb")):
            if fields[x] > fields[n]:
                report(x, "out-of-range", None, write_number(fields[x]), write_number(getattr(base, x)))
                fields |= {x: getattr(base, x), n: getattr(base, n)}
        return fields

    @property
    def effect(self) -> float:
        """Return the smallest effect worth having, as a fraction of a whole: 0.008 is 0.8 points."""
        return self.base * self.lift if self.unit == "relative" else self.points / 100

    def in_unit(self, effect: float) -> Value:
        """Return an effect as it is given here: as a share of the base rate, or as a fraction of a whole (points)."""
        return ratio(effect, self.base) if self.unit == "relative" else effect

    def given_in(self, unit: str) -> "Inputs":
        """Return the same effect in the other unit, as far as its bounds allow; of a rate of nothing, the old number."""
        effect, there = self.effect, replace(self, unit=unit)
        if unit == "points":
            return replace(there, points=min(POINTS.high, round(effect * 100, 9)))
        relative = ratio(effect, self.base)
        return there if relative is None else replace(there, lift=min(LIFT.high, round(relative, 9)))

    @property
    def confidence(self) -> float:
        """Return the confidence of the intervals, a fraction."""
        return 1 - self.level


def next_draw(seed: float) -> float:
    """Return the number of another draw."""
    return seed % SEED.high + 1
