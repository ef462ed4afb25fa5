"""Pipeline and forecast: velocity, coverage, deals in progress and their cycle, customers by month with their lag."""

import math
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from funnel.facts.businesses import CURRENCIES
from funnel.formulas.conversion import Value, Values, ratio
from funnel.formulas.duration import Survival, kaplan_meier
from funnel.formulas.money import Average, product
from funnel.formulas.pipeline import (
    Coverage,
    Fan,
    Forecast,
    VelocityLever,
    coverage,
    cycle_length,
    deals_in_progress,
    fan,
    forecast,
    growth_bias,
    velocity,
    velocity_effects,
    weighted_pipeline,
)
from funnel.links.codecs import Choice, Number, NumberList, written
from funnel.quantities import COUNT, DURATION, MONEY, SHARE, Quantity

SOURCES = ("textbook", "s2-saas-usd", "s5-realestate-egp")
VIEWS = ("velocity", "coverage", "cycle", "forecast")
STAGES = 4
MONTH, QUARTER, WEEK = 30, 90, 7  # days
MOST_DAYS, MOST_MONTHS, MOST_LAGS = 60, 24, 13
RUNS = 2000

OPEN_VALUE = Quantity("money", 0, MONEY.high / STAGES)  # all stages together are still an amount of money
LIFT = Quantity("fraction", 0.01, 0.5)
DAYS = Quantity("duration", 0, 3650)
ARRIVALS = Quantity("count", 0, 1e6)
LEADS = Quantity("count", 0, 1e7)
WEIGHT = Quantity("number", 0, 1e6)
DRAW = Quantity("number", 1, 999_999)


@dataclass(frozen=True)
class Inputs:
    """Hold what each view asks for. Rates are fractions; money is in `currency`; durations are days or as named."""

    source: str = field(
        default="textbook", metadata=written("from", Choice(SOURCES), "The business it began as", origin=True)
    )
    view: str = field(default="velocity", metadata=written("view", Choice(VIEWS), "Which question is asked"))
    currency: str = field(default="USD", metadata=written("cur", Choice(CURRENCIES), "The currency of all amounts"))

    opportunities: float = field(default=64.0, metadata=written("o", Number(COUNT), "Open qualified opportunities"))
    value: float = field(default=18_500.0, metadata=written("deal", Number(MONEY), "Average value of a deal"))
    win_rate: float = field(default=0.275, metadata=written("w", Number(SHARE), "Share of opportunities that is won"))
    cycle: float = field(default=73.0, metadata=written("l", Number(DURATION), "Sales cycle, days"))
    lift: float = field(default=0.1, metadata=written("lift", Number(LIFT), "Size of the improvements, a fraction"))

    values: tuple[float, ...] = field(
        default=(820_000.0, 640_000.0, 510_000.0, 430_000.0),
        metadata=written("open", NumberList(OPEN_VALUE, STAGES, STAGES), "Open value in each stage of the pipeline"),
    )
    chances: tuple[float, ...] = field(
        default=(0.10, 0.25, 0.45, 0.70),
        metadata=written("p", NumberList(SHARE, STAGES, STAGES), "Chance that a deal in each stage is won"),
    )
    target: float = field(default=750_000.0, metadata=written("q", Number(MONEY), "Target still to be won"))
    value_rate: float = field(default=0.275, metadata=written("wv", Number(SHARE), "Share of open value that is won"))
    in_period: float = field(
        default=0.6, metadata=written("h", Number(SHARE), "Share of what is won that closes within the period")
    )

    arrivals: float = field(default=11.0, metadata=written("in", Number(ARRIVALS), "New deals a week"))
    stay: float = field(default=73.0, metadata=written("stay", Number(DAYS), "Mean days in the pipeline, won or lost"))
    won: tuple[float, ...] = field(
        default=(21.0, 34.0, 45.0, 60.0, 72.0, 95.0, 140.0),
        metadata=written("won", NumberList(DAYS, 0, MOST_DAYS), "Days from first contact to won, per deal"),
    )
    still_open: tuple[float, ...] = field(
        default=(50.0, 96.0, 150.0),
        metadata=written("wait", NumberList(DAYS, 0, MOST_DAYS), "Days so far of deals that are still open"),
    )

    leads: tuple[float, ...] = field(
        default=(400.0, 500.0, 450.0, 600.0),
        metadata=written("leads", NumberList(LEADS, 1, MOST_MONTHS), "Leads by month, oldest first"),
    )
    weights: tuple[float, ...] = field(
        default=(0.15, 0.35, 0.30, 0.20),
        metadata=written("lag", NumberList(WEIGHT, 1, MOST_LAGS), "Weights of buying after 0, 1, 2 ... months"),
    )
    rate: float = field(default=0.05, metadata=written("rate", Number(SHARE), "Share of leads that buys in the end"))
    growth: float = field(default=0.1, metadata=written("g", Number(SHARE), "Growth of leads per month, a fraction"))
    seed: float = field(default=1.0, metadata=written("draw", Number(DRAW), "Which random draw the band shows"))

    @classmethod
    def origin(cls, source: str = "textbook") -> "Inputs":
        """Return a business's pipeline. What no source says of it is made up (see docs/model.md)."""
        return replace(cls(source), **_STARTS[source])

    @property
    def next_draw(self) -> float:
        """Return the number of another random draw."""
        return math.floor(self.seed) % DRAW.high + 1


_STARTS: dict[str, dict[str, Any]] = {
    "textbook": {},
    "s2-saas-usd": {
        "opportunities": 241.0, "value": 3480.0, "win_rate": 58 / 241, "cycle": 68.0,
        "values": (285_360.0, 229_680.0, 177_480.0, 146_160.0), "target": 250_000.0, "value_rate": 58 / 241,
        "arrivals": 18.5, "stay": 68.0, "won": (24.0, 38.0, 47.0, 55.0, 63.0, 76.0, 98.0, 143.0),
        "still_open": (40.0, 110.0, 160.0),
        "leads": (780.0, 840.0, 900.0), "weights": (0.10, 0.25, 0.35, 0.20, 0.10), "rate": 58 / 2520,
    },
    "s5-realestate-egp": {
        "currency": "EGP", "opportunities": 57.0, "value": 148_000.0, "win_rate": 41 / 57, "cycle": 96.0,
        "values": (2_960_000.0, 2_368_000.0, 1_776_000.0, 1_332_000.0), "chances": (0.50, 0.65, 0.80, 0.95),
        "target": 4_000_000.0, "value_rate": 41 / 57, "in_period": 0.7,
        "arrivals": 4.4, "stay": 96.0, "won": (35.0, 52.0, 70.0, 88.0, 104.0, 131.0, 192.0),
        "still_open": (60.0, 96.0, 120.0, 210.0),
        "leads": (1300.0, 1400.0, 1600.0), "weights": (0.05, 0.15, 0.20, 0.25, 0.20, 0.15), "rate": 41 / 4300,
    },
}  # fmt: skip


@dataclass(frozen=True)
class Lever:
    """Hold one of the four improved alone: from `now` to `then`; `velocity` per day, `gain` per day, relative `change`.

    `capped`: the win rate met 100%.
    """

    lever: VelocityLever
    now: float
    then: float
    velocity: Value
    gain: Value
    change: Value
    capped: bool


@dataclass(frozen=True)
class Flow:
    """Hold sales velocity: money won per `day`, in 30 days and in 90, and the `levers`, the best first."""

    day: Value
    month: Value
    quarter: Value
    levers: tuple[Lever, ...]


@dataclass(frozen=True)
class Cover:
    """Hold coverage: `open` value in all stages; `covered` see there; `pipeline` the open value that would be enough.

    `in_time` the needed coverage if every win closed in the period; `share` w h; `weighted` value by stage and `sum`.
    """

    open: float
    covered: Coverage
    pipeline: Value
    in_time: Value
    share: float
    weighted: tuple[float, ...]
    sum: float


@dataclass(frozen=True)
class Cycle:
    """Hold durations: `won` of the deals won, `curve` with the open ones, `only_won` without; `deals` in progress."""

    won: Average
    curve: Survival
    only_won: Survival
    arrivals: float
    deals: Value


@dataclass(frozen=True)
class Outlook:
    """Hold the forecast: `plan` see there; `leads` in all; `later` customers after the last month of leads.

    `terms` (leads, weight) of that last month, its own leads first; `complete` months, from 0, all of whose leads are
    known; `bias` the part of the true rate that the same-month ratio shows under steady growth, `seen` that ratio.
    """

    plan: Forecast
    leads: float
    later: Value
    terms: tuple[tuple[float, float], ...]
    complete: tuple[int, ...]
    bias: Value
    seen: Value


@dataclass(frozen=True)
class Result:
    """Hold the answers of the four views."""

    flow: Flow
    cover: Cover
    time: Cycle
    outlook: Outlook


def compute(inputs: Inputs) -> Result:
    """Compute all views. Pure and total; the random draws are `chance`. Source: docs/model.md, F14, F25 to F28.

    >>> result = compute(Inputs.origin("textbook"))
    >>> round(result.flow.day, 4), round(result.cover.covered.needed, 4), round(result.time.deals, 4)
    (4460.274, 6.0606, 114.7143)
    >>> [round(people, 4) for people in result.outlook.plan.customers]
    [3.0, 10.75, 18.125, 23.875, 22.25, 13.5, 6.0]
    """
    return Result(_flow(inputs), _cover(inputs), _cycle(inputs), _outlook(inputs))


def _flow(inputs: Inputs) -> Flow:
    four = (inputs.opportunities, inputs.value, inputs.win_rate, inputs.cycle)
    day = velocity(*four)
    up, down = 1 + inputs.lift, 1 - inputs.lift
    then = (four[0] * up, four[1] * up, min(1.0, four[2] * up), four[3] * down)
    levers = [
        Lever(
            one.lever, now, new, one.velocity,
            None if one.velocity is None or day is None else one.velocity - day, one.change, one.capped,
        )
        for one, now, new in zip(velocity_effects(*four, inputs.lift), four, then, strict=True)
    ]  # fmt: skip
    levers.sort(key=lambda lever: -round(lever.change or 0.0, 12))  # three are equal but for rounding: keep their order
    return Flow(day, product(day, MONTH), product(day, QUARTER), tuple(levers))


def _cover(inputs: Inputs) -> Cover:
    total = math.fsum(inputs.values)
    covered = coverage(total, inputs.target, inputs.value_rate, inputs.in_period)
    weighted = tuple(value * chance for value, chance in zip(inputs.values, inputs.chances, strict=True))
    return Cover(
        total, covered, None if covered.met else product(inputs.target, covered.needed), ratio(1.0, inputs.value_rate),
        inputs.value_rate * inputs.in_period, weighted,
        weighted_pipeline(tuple(zip(inputs.values, inputs.chances, strict=True))) or 0.0,
    )  # fmt: skip


def _cycle(inputs: Inputs) -> Cycle:
    arrivals = inputs.arrivals / WEEK
    return Cycle(
        cycle_length(inputs.won), kaplan_meier(inputs.won, inputs.still_open), kaplan_meier(inputs.won), arrivals,
        deals_in_progress(arrivals, inputs.stay),
    )  # fmt: skip


def _outlook(inputs: Inputs) -> Outlook:
    plan, size = forecast(inputs.leads, inputs.weights, inputs.rate), len(inputs.leads)
    bias = growth_bias(inputs.weights, inputs.growth)
    after = [people for people in plan.customers[size:] if people is not None]
    return Outlook(
        plan=plan,
        leads=math.fsum(inputs.leads),
        later=None if plan.total is None else math.fsum(after),
        terms=tuple(zip(reversed(inputs.leads), plan.weights, strict=False)),
        complete=tuple(
            month
            for month in range(len(plan.customers))
            if plan.weights and not plan.before[month] and not plan.after[month]
        ),
        bias=bias,
        seen=product(inputs.rate, bias),
    )


@dataclass(frozen=True)
class Chance:
    """Hold what chance does to the forecast: `low`, `middle`, `high` people by month, `total` of each, `one` course.

    Eight of ten courses lie between low and high, month by month.
    """

    low: Values
    middle: Values
    high: Values
    total: Values
    one: Values


@lru_cache(maxsize=64)
def chance(leads: tuple[float, ...], weights: tuple[float, ...], rate: float, seed: float) -> Chance:
    """Return the fan of 2,000 simulated courses and one more by itself; the same seed gives the same. Up to 0.1 s.

    Source: docs/model.md, F28, simulated; see `funnel.formulas.pipeline.fan`.

    >>> found = chance((400.0, 500.0, 450.0, 600.0), (0.15, 0.35, 0.30, 0.20), 0.05, 1.0)
    >>> found == chance.__wrapped__((400.0, 500.0, 450.0, 600.0), (0.15, 0.35, 0.30, 0.20), 0.05, 1.0)
    True
    """
    found: Fan = fan(leads, weights, rate, seed=int(seed), runs=RUNS)
    single = fan(leads, weights, rate, seed=int(seed), runs=1, quantiles=(0.5,))
    low, middle, high = found.months
    return Chance(low, middle, high, found.total, single.months[0])
