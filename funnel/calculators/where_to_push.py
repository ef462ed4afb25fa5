"""Where to push: every lever of a funnel side by side, what it brings at the end, what it costs, and two at once."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from funnel.calculators.stage_conversion import Bottlenecks, bottlenecks
from funnel.facts.businesses import BUSINESSES, CURRENCIES, Start, start_of
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, MODELS, Stage
from funnel.formulas.conversion import POINT, Value, Values
from funnel.formulas.levers import Effect, Lift, Pair, effect, pair, ranking
from funnel.formulas.money import product
from funnel.formulas.planning import StepGoal, step_goals
from funnel.inputs.copies import CopyResult, copy_result
from funnel.links.codecs import Choice, Maybe, Number, Series, StageList, written
from funnel.quantities import COUNT, MONEY, RATE, SHARE, Quantity, certain

__all__ = ["HOWS", "POINTS", "RELATIVE", "SOURCES", "VIEWS", "Inputs", "Lever", "Result", "compute"]

SOURCES = BUSINESSES
VIEWS = ("levers", "bottlenecks", "pair")
HOWS = ("relative", "points", "reference")
RELATIVE = Quantity("fraction", 0, 10)
POINTS = Quantity("number", 0, 100)
STEPS = tuple(map(str, range(MAX_STAGES)))

# What the levers of the base funnel cost is made up, as the base funnel is; the cost of handling is its sales cost of
# 45,900 over its 403 sales-qualified leads, to the unit (docs/model.md, F08).
BASE_COSTS = (None, 2400.0, 1800.0, 900.0, 3600.0)
BASE_HANDLING = (None, None, None, 114.0, None)
_SAME = 1e-9


@dataclass(frozen=True)
class Inputs:
    """Hold a funnel and its levers. Each tuple has one place per stage, that of a step at its lower stage.

    `rates` and `reference` are fractions of the stage before, the first None; `relative` fractions of the rate, at the
    first place of the people at the top; `points` percentage points, the first None. None or 0 is a lever not pulled.
    Raises ValueError where the places do not fit the stages, or a chosen step is none of them.
    """

    source: str = field(
        default="base", metadata=written("from", Choice(SOURCES), "The business that the rates began as", origin=True)
    )
    view: str = field(default="levers", metadata=written("view", Choice(VIEWS), "Which question is asked"))
    how: str = field(default="relative", metadata=written("how", Choice(HOWS), "How the levers lift a rate"))
    stages: tuple[Stage, ...] = field(
        default=(), metadata=written("stages", StageList(MIN_STAGES, MAX_STAGES), "The stages, top first")
    )
    top: float = field(default=0.0, metadata=written("top", Number(COUNT), "People at the top, in the window"))
    rates: Values = field(
        default=(), metadata=written("rates", Series(RATE), "The rate of the step into each stage, the first empty")
    )
    reference: Values = field(
        default=(), metadata=written("ref", Series(SHARE), "The rate that each step could reach, the first empty")
    )
    relative: Values = field(
        default=(), metadata=written("lift", Series(RELATIVE), "The relative lift of each step, the first of the top")
    )
    points: Values = field(
        default=(), metadata=written("add", Series(POINTS), "Percentage points added to each rate, the first empty")
    )
    costs: Values = field(default=(), metadata=written("cost", Series(MONEY), "What each lever costs, in the window"))
    handling: Values = field(
        default=(), metadata=written("hand", Series(MONEY), "What each extra person at a stage costs")
    )
    worth: Value = field(
        default=None, metadata=written("worth", Maybe(Number(MONEY)), "Gross profit of one more at the last stage")
    )
    currency: str = field(default="none", metadata=written("cur", Choice(CURRENCIES), "The currency of all amounts"))
    first: str = field(default="1", metadata=written("one", Choice(STEPS), "The first of two levers, by its stage"))
    second: str = field(default="1", metadata=written("two", Choice(STEPS), "The second of two levers, by its stage"))

    def __post_init__(self) -> None:
        series = (self.rates, self.reference, self.relative, self.points, self.costs, self.handling)
        if len(self.stages) < MIN_STAGES or any(len(one) != len(self.stages) for one in series):
            raise ValueError("every stage needs its place in every list")
        if max(int(self.first), int(self.second)) >= len(self.stages):
            raise ValueError("a lever is of a step that the funnel does not have")

    @classmethod
    def origin(cls, source: str = "base") -> "Inputs":
        """Return a business with every step lifted by a tenth; only the base funnel comes with costs and references."""
        start = start_of(source)
        count, base = len(start.stages), source == "base"
        nothing = (None,) * count
        return cls(
            source, "levers", "relative", start.stages, start.counts[0], start.rates,
            MODELS[source].reference if source in MODELS else nothing,
            (None, *(0.1,) * (count - 1)), (None, *(1.0,) * (count - 1)),
            BASE_COSTS if base else nothing, BASE_HANDLING if base else nothing,
            _worth(start), start.currency, "1", str(count - 1),
        )  # fmt: skip

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Make every list as long as the stages, and the chosen steps two of them."""
        count = len(fields["stages"])
        fitted = {
            name: ((fields[name] + (None,) * count)[:count])
            for name in ("rates", "reference", "relative", "points", "costs", "handling")
        }
        for name in ("rates", "reference", "points"):
            fitted[name] = (None, *fitted[name][1:])
        chosen = {name: str(min(int(fields[name]), count - 1)) for name in ("first", "second")}
        return fields | fitted | chosen


def _worth(start: Start) -> Value:
    """Return the gross profit of a customer: of an average sale, else of a lifetime, where the preset says enough."""
    sale, margin = start.fact("avg"), start.fact("margin")
    if sale is not None and margin is not None:
        return round(sale * margin, 2)
    month, churn = start.fact("arpu"), start.fact("churn")
    return round(month * margin / churn, 2) if month and margin and churn else None


@dataclass(frozen=True)
class Lever:
    """Hold what one lever does, all others as they are.

    `step` is the position of the step's lower stage, 0 for the people at the top; `rate` the rate afterwards, None at
    the top; `effect` see funnel.formulas.levers; `handling` money for the extra people; `profit` the worth of the gain minus all
    costs; `fall` the fraction by which the later rates together may fall until the gain is gone, None at the last step.
    """

    step: int
    rate: Value
    effect: Effect
    handling: Value
    profit: Value
    fall: Value


@dataclass(frozen=True)
class Result:
    """Hold the answers to all three questions.

    `copy` the funnel as it is (see funnel.inputs.copies); `bottlenecks` its three definitions (see stage_conversion);
    `levers` those that are pulled; `by_gain`, `by_money`, `by_profit`: their steps in groups, best first, without those
    whose gain (or gain and cost) is not defined; `alike`: at least two levers, and all bring the same; `together` all
    of them at once, `sum_of_gains` of each alone; `goals`: the rate that each step would need by itself to bring as much
    as the best lever. `idle`: steps whose rate is at or above its reference. `pair`: the two chosen levers, None where
    one of them is not pulled.
    """

    copy: CopyResult
    bottlenecks: Bottlenecks
    levers: tuple[Lever, ...]
    by_gain: tuple[tuple[int, ...], ...]
    by_money: tuple[tuple[int, ...], ...]
    by_profit: tuple[tuple[int, ...], ...]
    alike: bool
    together: Effect
    sum_of_gains: Value
    goals: tuple[StepGoal, ...]
    idle: tuple[int, ...]
    pair: Pair | None

    def lever(self, step: int) -> Lever:
        """Return the lever of a step. Raises StopIteration where it is not pulled."""
        return next(one for one in self.levers if one.step == step)


def compute(inputs: Inputs) -> Result:
    """Compute the levers. Pure and total. Source: docs/model.md, F04 and F06, from the product rule.

    >>> result = compute(Inputs.origin("base"))
    >>> [round(one.effect.gain, 4) for one in result.levers], round(result.together.relative, 4)
    ([9.2, 9.2, 9.2, 9.2], 0.4641)
    >>> [gain and round(gain, 4) for gain in result.bottlenecks.gains], result.bottlenecks.largest_gain
    ([None, 7.6667, 4.6, 26.3444, 4.72], (3,))
    >>> result.by_money, round(result.pair.interaction, 4)
    (((4,), (3,), (2,), (1,)), 0.92)
    """
    handling = tuple(0.0 if each is None else each for each in inputs.handling)
    copy = copy_result((inputs.top, *inputs.rates[1:]), "rates")
    pulled = [lift for lift in (_lift(inputs, step) for step in range(len(inputs.stages))) if lift is not None]
    levers = tuple(_lever(inputs, lift, handling) for lift in pulled)
    known = [one for one in levers if one.effect.gain is not None]
    gains = [certain(one.effect.gain) for one in known]
    priced = [one for one, gain in zip(known, gains, strict=True) if one.effect.cost is not None and gain > 0]
    best = max(gains, default=None)
    return Result(
        copy=copy,
        bottlenecks=bottlenecks(copy, inputs.reference),
        levers=levers,
        by_gain=_ranked(known, "gain"),
        by_money=_ranked(priced, "money"),
        by_profit=_by_profit(known),
        alike=len(gains) > 1 and len(gains) == len(levers) and math.isclose(min(gains), max(gains), rel_tol=_SAME),
        together=effect(inputs.top, inputs.rates, pulled, handling),
        sum_of_gains=math.fsum(gains) if len(gains) == len(levers) else None,
        goals=_goals(inputs, copy.counts[-1], best),
        idle=_idle(inputs),
        pair=_pair(inputs, handling),
    )


def _lift(inputs: Inputs, step: int) -> Lift | None:
    """Return the lever of a step; None where it is not pulled, or would have nothing to lift."""
    cost, rate = inputs.costs[step], inputs.rates[step]
    if inputs.how == "relative":
        share = inputs.relative[step]
        return Lift(step, relative=share, cost=cost) if share else None
    if step == 0:
        return None
    if inputs.how == "points":
        points = inputs.points[step]
        return Lift(step, points=points * POINT, cost=cost) if points else None
    goal = inputs.reference[step]
    # From a rate of 0 the way to the reference is not defined as a multiple (F04); the lever is left out.
    return Lift(step, points=goal - rate, cost=cost) if goal is not None and rate and goal > rate else None


def _lever(inputs: Inputs, lift: Lift, handling: Values) -> Lever:
    found = effect(inputs.top, inputs.rates, [lift], handling)
    worth = product(found.gain, inputs.worth)
    last = lift.step == len(inputs.stages) - 1
    rise = found.relative
    return Lever(
        lift.step,
        _rate_after(inputs, lift) if lift.step else None,
        found,
        None if found.cost is None else product(found.cost - (lift.cost or 0.0)),
        None if worth is None or found.cost is None else product(worth - found.cost),
        rise / (1 + rise) if rise and not last else None,
    )


def _rate_after(inputs: Inputs, lift: Lift) -> Value:
    """Return the lifted rate, by itself: a funnel of the one step and one person."""
    return effect(1.0, (None, inputs.rates[lift.step]), [Lift(1, lift.relative, lift.points)]).counts[-1]


def _ranked(levers: Sequence[Lever], by: str) -> tuple[tuple[int, ...], ...]:
    groups = ranking([one.effect for one in levers], by)
    return tuple(tuple(levers[place].step for place in group) for group in groups)


def _by_profit(levers: Sequence[Lever]) -> tuple[tuple[int, ...], ...]:
    groups: list[list[Lever]] = []
    for one in sorted((one for one in levers if one.profit is not None), key=lambda one: -certain(one.profit)):
        alike = groups and math.isclose(certain(groups[-1][0].profit), certain(one.profit), rel_tol=_SAME)
        groups[-1].append(one) if alike else groups.append([one])
    return tuple(tuple(one.step for one in group) for group in groups)


def _goals(inputs: Inputs, final: Value, gain: Value) -> tuple[StepGoal, ...]:
    if final is None or not gain or not COUNT.fits(final + gain):
        return ()
    return step_goals(final + gain, inputs.top, inputs.rates)


def _idle(inputs: Inputs) -> tuple[int, ...]:
    pairs = enumerate(zip(inputs.rates, inputs.reference, strict=True))
    return tuple(i for i, (rate, goal) in pairs if rate is not None and goal is not None and rate >= goal)


def _pair(inputs: Inputs, handling: Values) -> Pair | None:
    first, second = _lift(inputs, int(inputs.first)), _lift(inputs, int(inputs.second))
    if first is None or second is None:
        return None
    return pair(inputs.top, inputs.rates, first, second, handling)
