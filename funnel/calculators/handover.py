"""The handover: which leads marketing passes on to sales by a score, what both errors cost, and the two funnels joined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from funnel.facts.businesses import CURRENCIES, start_of
from funnel.formulas.conversion import Value, Values, from_top, ratio, step_rates
from funnel.formulas.scoring import (
    POINTS,
    Cost,
    Level,
    Outcome,
    Signal,
    as_cheap,
    break_even,
    cheapest,
    cheapest_possible,
    cost,
    fitting_points,
    levels,
    odds_factor,
    outcome,
    position,
    score_of,
    sweep,
)
from funnel.links.codecs import Choice, Number, Series, written
from funnel.quantities import COUNT, MONEY, SHARE, certain

__all__ = ["HANDS", "SIGNALS", "SOURCES", "STAGES", "VIEWS", "Inputs", "Result", "compute"]

#: The two businesses that count both MQL and SQL, so that the model can be set to their numbers.
SOURCES = ("base", "s2-saas-usd")
VIEWS = ("scoring", "funnels")
#: What is known of a lead: one signal of fit, three of interest.
SIGNALS = ("role", "pricing", "emails", "demo")
STAGES = ("visits", "leads", "mql", "sql", "customers")
#: Where marketing hands over; "mql" is the convention of the course, the others are in use too (correction C17).
HANDS = ("leads", "mql", "sql")

# What the two businesses do not say is invented: how common each signal is among the good leads and among the others.
_SHARES: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "base": ((0.70, 0.50, 0.70, 0.45), (0.40, 0.20, 0.45, 0.12)),
    "s2-saas-usd": ((0.85, 0.70, 0.65, 0.35), (0.40, 0.30, 0.40, 0.06)),
}
# What a customer brings: the gross profit of the average sale (F10), of a subscriber's lifetime (F16: 234.90 / 0.024).
_MARGIN: Mapping[str, float] = {"base": 2150 * 0.62, "s2-saas-usd": 9787.5}
_POINTS = (20.0, 15.0, 10.0, 30.0)
_THRESHOLD = 30.0


@lru_cache(maxsize=len(_SHARES))
def _fitted(source: str, leads: float, mql: float, sql: float) -> tuple[tuple[float, ...], float]:
    """Return the others' shares and the share of good leads with which the model gives exactly this MQL and SQL.

    The last share of the others and the share of good leads move by less than a thousandth for it.
    """
    good, other = _SHARES[source]

    def handed(last: float, good_share: float) -> float:
        signals = map(Signal, good, (*other[:-1], last), _POINTS)
        return outcome(levels(tuple(signals), 1, good_share), _THRESHOLD).handed

    share = sql / leads / handed(0, 1)
    wanted = (mql - sql) / leads / (1 - share)
    least, most = handed(0, 0), handed(1, 0)  # in between, it grows in a straight line
    return (*other[:-1], (wanted - least) / (most - least)), share


@dataclass(frozen=True)
class Step:
    """Hold what the next threshold would change: at `threshold` (None: above every score), people and money.

    `found` more good leads handed over, `wasted` more wasted calls (both negative for a stricter one), `each` wasted
    calls per good lead, None where no good lead is gained or lost; `saved` money, negative where it costs more.
    """

    threshold: Value
    found: float
    wasted: float
    each: Value
    saved: float


@dataclass(frozen=True)
class Inputs:
    """Hold the leads, what their signals say, the points, the threshold, and the money. Shares are fractions.

    `good`, `other` and `points` have one place per signal of SIGNALS. Raises ValueError when a place is missing.
    """

    source: str = field(
        default="base", metadata=written("from", Choice(SOURCES), "The business it began as", origin=True)
    )
    view: str = field(default="scoring", metadata=written("view", Choice(VIEWS), "Which part of the page is open"))
    points: Values = field(
        default=_POINTS,
        metadata=written("points", Series(POINTS, len(SIGNALS)), "The points of each signal"),
    )
    threshold: float = field(
        default=_THRESHOLD, metadata=written("threshold", Number(POINTS), "The score from which a lead is handed over")
    )
    good: Values = field(
        default=_SHARES["base"][0],
        metadata=written("good", Series(SHARE, len(SIGNALS)), "How common each signal is among good leads"),
    )
    other: Values = field(
        default=_SHARES["base"][1],
        metadata=written("other", Series(SHARE, len(SIGNALS)), "How common each signal is among the other leads"),
    )
    share: float = field(
        default=0.18, metadata=written("share", Number(SHARE), "The share of leads that sales would accept")
    )
    win: float = field(
        default=92 / 403, metadata=written("win", Number(SHARE), "The share of accepted leads that become customers")
    )
    visits: float = field(default=48000.0, metadata=written("visits", Number(COUNT), "Visits in the window"))
    leads: float = field(default=2880.0, metadata=written("leads", Number(COUNT), "Leads in the window"))
    marketing: float = field(
        default=68_400.0, metadata=written("mkt", Number(MONEY), "What marketing costs in the window")
    )
    call: float = field(
        default=39.84, metadata=written("call", Number(MONEY), "What sales spends on one lead that is handed over")
    )
    margin: float = field(
        default=1333.0, metadata=written("margin", Number(MONEY), "Gross profit that a customer brings")
    )
    currency: str = field(default="USD", metadata=written("cur", Choice(CURRENCIES), "The currency of all amounts"))
    hand: str = field(default="mql", metadata=written("hand", Choice(HANDS), "The stage at which marketing hands over"))

    def __post_init__(self) -> None:
        for places in (self.points, self.good, self.other):
            if len(places) != len(SIGNALS) or None in places:
                raise ValueError("every signal needs its points and its two shares")

    @classmethod
    def origin(cls, source: str = "base") -> "Inputs":
        """Return a business's quarter, with invented signals that lead to its own MQL and SQL."""
        start = start_of(source)
        at = {stage.id: count for stage, count in zip(start.stages, start.counts, strict=True)}
        other, share = _fitted(source, at["leads"], at["mql"], at["sql"])
        return cls(
            source, points=_POINTS, threshold=_THRESHOLD, good=_SHARES[source][0], other=other, share=share,
            win=start.counts[-1] / at["sql"], visits=certain(at["visits"]), leads=certain(at["leads"]),
            marketing=start.number("mkt"),
            call=round(start.number("sales") / at["mql"], 2), margin=_MARGIN[source], currency=start.currency,
        )  # fmt: skip

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Fill what a link left out of the three lists with what the business has."""
        base = cls.origin(fields["source"])
        for name in ("points", "good", "other"):
            whole = getattr(base, name)
            given = (*fields[name], *(None,) * len(whole))[: len(whole)]
            fields[name] = tuple(usual if one is None else one for one, usual in zip(given, whole, strict=True))
        return fields


@dataclass(frozen=True)
class Result:
    """Hold what the threshold does and costs, every other threshold beside it, and the two funnels joined.

    `levels` everyone by score; `at` the outcome, `cost` its price; `sweep` and `costs` all thresholds that make a
    difference (the last hands over nobody), `here` the position of the learner's, `best` of the cheapest (None without
    leads), `bests` of all that are as cheap and hand over other people; `highest` score; `worth` gross profit per good
    lead; `limit` the chance above which a lead is worth a call;
    `pays_for` wasted calls that one more good lead is worth; `possible` the least cost of any rule; `odds` and
    `fitting` per signal; `left_over` what the won customers bring less all calls.

    The joined funnel: `counts`, `rates`, `from_top`, `per_head` (marketing money per person) by stage of STAGES;
    `marketing_rate` top to handover, `sales_rate` handover to customer, `overall` their product; `cac` all money per
    customer, `l2c` customers per lead; `widths` and `sales_widths` each stage as a share, at most 1, of the first
    stage and of the handover.
    """

    levels: tuple[Level, ...]
    at: Outcome
    cost: Cost
    sweep: tuple[Outcome, ...]
    costs: tuple[Cost, ...]
    here: int
    best: int | None
    bests: tuple[int, ...]
    highest: float
    worth: float
    limit: Value
    possible: float
    odds: Values
    fitting: Values
    pays_for: Value
    left_over: float
    counts: tuple[float, ...]
    rates: Values
    from_top: Values
    per_head: Values
    handed_at: int
    marketing_rate: Value
    sales_rate: Value
    overall: Value
    cac: Value
    l2c: Value
    widths: tuple[float, ...]
    sales_widths: tuple[float, ...]

    def step(self, by: int) -> Step | None:
        """Return what the threshold `by` further brings (-1: one looser, 1: one stricter); None where there is none."""
        there = self.here + by
        if not 0 <= there < len(self.sweep):
            return None
        then = self.sweep[there]
        found, wasted = then.found - self.at.found, then.wasted - self.at.wasted
        return Step(then.threshold, found, wasted, ratio(wasted, found), self.cost.total - self.costs[there].total)


def _widths(counts: tuple[float, ...], whole: float) -> tuple[float, ...]:
    return tuple(min(1.0, ratio(count, whole) or 0.0) for count in counts)


def compute(inputs: Inputs) -> Result:
    """Compute both views. Pure and total. Source: docs/model.md, F01, F02, F07, F12; funnel.formulas.scoring.

    >>> result = compute(Inputs.origin("base"))
    >>> [round(count) for count in result.counts], round(result.at.precision, 4), round(result.at.recall, 4)
    ([48000, 2880, 1152, 403, 92], 0.3498, 0.7772)
    >>> round(result.limit, 4), result.sweep[result.best].threshold
    (0.1309, 25.0)
    """
    signals = tuple(
        Signal(certain(good), certain(other), certain(points))
        for good, other, points in zip(inputs.good, inputs.other, inputs.points, strict=True)
    )
    people = levels(signals, inputs.leads, inputs.share)
    worth = inputs.win * inputs.margin
    outcomes = sweep(people)
    costs = tuple(cost(one, inputs.call, worth) for one in outcomes)
    at = outcome(people, inputs.threshold)
    counts = (inputs.visits, inputs.leads, at.handed, at.found, at.found * inputs.win)
    handed = STAGES.index(inputs.hand)
    calls = at.handed * inputs.call
    return Result(
        levels=people,
        at=at,
        cost=cost(at, inputs.call, worth),
        sweep=outcomes,
        costs=costs,
        here=position(people, inputs.threshold),
        best=cheapest(costs) if inputs.leads else None,
        bests=as_cheap(outcomes, costs) if inputs.leads else (),
        highest=score_of([one.points for one in signals]),
        worth=worth,
        limit=break_even(inputs.call, worth),
        possible=cheapest_possible(signals, inputs.leads, inputs.share, inputs.call, worth),
        odds=tuple(odds_factor(one) for one in signals),
        fitting=fitting_points(signals),
        pays_for=ratio(worth - inputs.call, inputs.call),
        left_over=at.found * worth - calls,
        counts=counts,
        rates=step_rates(counts),
        from_top=from_top(counts),
        per_head=tuple(ratio(inputs.marketing, count) for count in counts),
        handed_at=handed,
        marketing_rate=ratio(counts[handed], counts[0]),
        sales_rate=ratio(counts[-1], counts[handed]),
        overall=ratio(counts[-1], counts[0]),
        cac=ratio(inputs.marketing + calls, counts[-1]),
        l2c=ratio(counts[-1], counts[1]),
        widths=_widths(counts, counts[0]),
        sales_widths=_widths(counts, counts[handed]),
    )
