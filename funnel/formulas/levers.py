"""Levers: what a lift of one step or of several brings at the end, what it costs, and which is worth its money most.

Every gain assumes that the other rates stay as they are; a lift upstream that brings in worse people gains less.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from funnel.formulas.conversion import Value, Values, counts_from_rates, lifted, ratio
from funnel.formulas.money import given, product
from funnel.formulas.planning import checked_rates
from funnel.quantities import COUNT, MONEY, Quantity, all_known

# A lift may be negative: a rate that falls by a tenth is -0.1. Nothing falls by more than all of it.
RELATIVE = Quantity("fraction", -1, 1e6)
POINTS = Quantity("fraction", -1, 1)

# Gains closer than this (relative) rank alike: equal relative lifts are worth the same, but for float noise.
_SAME = 1e-9


@dataclass(frozen=True)
class Lift:
    """Describe one lever: the stage whose step it lifts, by how much, and for what cost.

    `step` is the position of the step's lower stage, 0 for the number of people at the top; `relative` a fraction of
    the rate (0.1 is 10%, negative lowers it); `points` a fraction added to it (0.01 is one point; 0 at the top, where
    there is no rate); `cost` money, None when not known. Raises OutOfRange outside these ranges, ValueError for points
    at the top or a negative step.
    """

    step: int
    relative: float = 0.0
    points: float = 0.0
    cost: Value = None

    def __post_init__(self) -> None:
        RELATIVE.check(self.relative)
        POINTS.check(self.points)
        given(MONEY, self.cost)
        if self.step < 0 or (self.step == 0 and self.points):
            raise ValueError(f"step {self.step!r} cannot be lifted by {self.points!r} points")


@dataclass(frozen=True)
class Effect:
    """Hold what some levers do together.

    `counts` and `extra`: people per stage afterwards, and more than before; `gain`: extra people at the last stage;
    `relative`: R' / R - 1 (with the top lifted: N_k' / N_k - 1), a fraction; `capped`: steps whose rate stopped at 1;
    `cost`: money for the levers and for handling the extra people, negative when fewer people save more than the levers
    cost; `gain_per_money`: people per unit of money (None unless it costs something); `money_per_gain`: money per extra
    person at the end (None without a gain).
    """

    counts: Values
    extra: Values
    gain: Value
    relative: Value
    capped: tuple[int, ...]
    cost: Value
    gain_per_money: Value
    money_per_gain: Value


@dataclass(frozen=True)
class Pair:
    """Hold two levers singly and together; `interaction` is the gain of both minus the two gains, in people.

    It is above 0 when two different steps rise, because rates multiply, and can be below where a rate stops at 1.
    """

    first: Effect
    second: Effect
    both: Effect
    interaction: Value


def effect(top: Value, rates: Sequence[Value], lifts: Sequence[Lift], handling: Sequence[Value] = ()) -> Effect:
    """Return what the levers do together: a rate is lifted by (1 + x) and p points, and stops at 1.

    Levers of the same step combine whatever their order: the relative lifts multiply, then the points add. A relative
    lift of a rate of 0 is not defined, so its gain is None. `handling` is money for each extra person per stage, top
    first (none by default): lifts high up are paid for all the way down. Raises OutOfRange for a negative count, rate
    or cost, ValueError for a step that the funnel does not have.
    Source: docs/model.md, F06, R' / R = product of (1 + x_i), from the product rule.

    >>> rates = (None, 0.06, 0.4, 403 / 1152, 92 / 403)
    >>> round(effect(48000, rates, [Lift(3, relative=0.1, cost=500)]).gain, 4)
    9.2
    >>> [round(effect(48000, rates, [Lift(step, points=0.01)]).gain, 4) for step in (1, 2, 3, 4)]
    [15.3333, 2.3, 2.6299, 4.03]
    """
    top, rates = given(COUNT, top), checked_rates(rates)
    if handling and len(handling) != len(rates):
        raise ValueError(f"{len(handling)} handling costs do not fit {len(rates)} stages")
    new_rates, capped = list(rates), []
    for step in sorted({lift.step for lift in lifts}):
        if step >= len(rates):
            raise ValueError(f"there is no step {step!r} among {len(rates)} stages")
        if step > 0:
            new_rates[step], stopped = _lifted(rates[step], *_together(lifts, step))
            capped += [step] if stopped else []
    before = counts_from_rates(top, rates)
    new_top = None if top is None else top * (1 + _together(lifts, 0)[0])
    after = tuple(map(product, counts_from_rates(new_top, new_rates)))
    extra = tuple(None if a is None or b is None else product(a - b) for a, b in zip(after, before, strict=True))
    gain, cost = extra[-1], _cost(lifts, extra, handling)
    return Effect(
        counts=after,
        extra=extra,
        gain=gain,
        relative=ratio(gain, before[-1]),
        capped=tuple(capped),
        cost=cost,
        gain_per_money=ratio(gain, cost) if cost is not None and cost > 0 else None,
        money_per_gain=ratio(cost, gain) if gain is not None and gain > 0 else None,
    )


def _together(lifts: Sequence[Lift], step: int) -> tuple[float, float]:
    """Return (relative, points) of all levers of one step: nothing when there is none."""
    mine = [lift for lift in lifts if lift.step == step]
    return math.prod(1 + lift.relative for lift in mine) - 1, math.fsum(lift.points for lift in mine)


def _lifted(rate: Value, relative: float, points: float) -> tuple[Value, bool]:
    if rate is None or (rate == 0 and relative):
        return None, False
    change = rate * relative + points
    # `lifted` never lowers a rate; here a rate above 1 may fall, and none falls below 0.
    return lifted(rate, relative=relative, points=points) if change > 0 else (max(0.0, rate + change), False)


def _cost(lifts: Sequence[Lift], extra: Values, handling: Sequence[Value]) -> Value:
    parts = [lift.cost for lift in lifts]
    for people, each in zip(extra, handling, strict=False):
        each = given(MONEY, each)
        parts.append(0.0 if each == 0 else product(people, each))
    known = all_known(parts)
    return None if known is None else product(sum(known))


def pair(top: Value, rates: Sequence[Value], first: Lift, second: Lift, handling: Sequence[Value] = ()) -> Pair:
    """Return two levers singly, together, and what together they bring beyond the sum of the two.

    Arguments and errors as in `effect`. Source: docs/model.md, F06, (1 + x)(1 + y) = 1 + x + y + xy.

    >>> two = pair(48000, (None, 0.06, 0.4, 403 / 1152, 92 / 403), Lift(1, relative=0.1), Lift(4, relative=0.1))
    >>> round(two.both.gain, 4), round(two.interaction, 4)
    (19.32, 0.92)
    """
    one, other = (effect(top, rates, (lift,), handling) for lift in (first, second))
    both = effect(top, rates, (first, second), handling)
    gains = all_known((both.gain, one.gain, other.gain))
    return Pair(one, other, both, None if gains is None else gains[0] - gains[1] - gains[2])


def ranking(effects: Sequence[Effect], by: str = "money") -> tuple[tuple[int, ...], ...]:
    """Return the positions of the effects in groups, best first; those in one group are worth the same.

    `by` is "money" (gain per money; a gain that costs nothing comes before all others) or "gain" (people). Effects
    whose worth is not defined form the last group. Raises ValueError for another `by`.
    Source: docs/model.md, F04, rank by gain divided by the cost of the fix.

    >>> rates = (None, 0.06, 0.4, 403 / 1152, 92 / 403)
    >>> ranking([effect(48000, rates, [Lift(step, relative=0.1, cost=cost)]) for step, cost in ((1, 900), (4, 300))])
    ((1,), (0,))
    """
    if by not in ("money", "gain"):
        raise ValueError(f"{by!r} is neither 'money' nor 'gain'")
    keys = {index: _worth(one, by) for index, one in enumerate(effects)}
    worths = {index: key for index, key in keys.items() if key}
    known = sorted(worths, key=lambda index: worths[index], reverse=True)
    groups: list[tuple[int, ...]] = []
    for index in known:
        if groups and _alike(worths[groups[-1][0]], worths[index]):
            groups[-1] = tuple(sorted((*groups[-1], index)))
        else:
            groups.append((index,))
    unknown = tuple(index for index, key in keys.items() if not key)
    return (*groups, unknown) if unknown else tuple(groups)


def _worth(one: Effect, by: str) -> tuple[bool, float] | None:
    """Return (free, number), larger is better; None when there is nothing to rank by."""
    if by == "gain":
        return None if one.gain is None else (False, one.gain)
    if one.gain_per_money is not None:
        return (False, one.gain_per_money)
    free = one.cost is not None and one.cost <= 0
    return (True, one.gain) if free and one.gain is not None and one.gain > 0 else None


def _alike(one: tuple[bool, float], other: tuple[bool, float]) -> bool:
    return one[0] == other[0] and math.isclose(one[1], other[1], rel_tol=_SAME, abs_tol=0.0)
