"""Plan backwards: who is needed at the top for a target at the bottom, and how sure that makes it.

Counts are people per stage, top first; rates are fractions per stage, the first unused because no step leads to the top.
The chances treat every person at the top as independent, with the same overall rate R: a binomial number of customers.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from funnel.formulas.conversion import Value, Values, counts_from_rates, ratio
from funnel.formulas.money import DERIVED, given, product
from funnel.quantities import COUNT, RATE, SHARE

Whole = int | None

# Closer than this (relative) is the same: what is left is the rounding of a dozen operations.
_SAME = 1e-13
# Chances this close are equal: least_people must not ask for one more person because 0.75 came out as 0.7499999999999999.
_SAME_CHANCE = 1e-14
_BLOCK = 65_536


Rounded = TypeVar("Rounded", Value, int | None)


@dataclass(frozen=True)
class ReversePlan:
    """Hold what a target needs, per stage, top first; None where no number of people is enough.

    `counts`: the exact chain, expected people; `whole`: each of them rounded up once, for display; `stepwise`: rounded
    up at every step on the way, which asks for `bias` people too many at the top. `overall`: the rate R; `chance` of
    reaching the target with `whole[0]` people, about one half. `blocked` and `growth`: positions of the stages whose
    rate is 0 (which stops the plan) or above 1 (not a closed funnel: a warning).
    """

    counts: Values
    whole: tuple[Whole, ...]
    stepwise: tuple[Whole, ...]
    bias: Whole
    overall: Value
    chance: Value
    blocked: tuple[int, ...]
    growth: tuple[int, ...]


@dataclass(frozen=True)
class StepGoal:
    """Hold the rate that one step would need, all others as they are, for the target; `index` is its lower stage.

    `rate` a fraction, above 1 where even everybody would not be enough, None where another step lets nobody through;
    `change` the rate minus the present one (0.01 is one point); `reachable`: 1 is enough, or the present rate is.
    """

    index: int
    rate: Value
    change: Value
    reachable: bool


def checked_rates(rates: Sequence[Value]) -> Values:
    """Return the step rates checked, the first replaced by None. Raises OutOfRange for a negative rate.

    >>> checked_rates((None, 0.06, None, 1))
    (None, 0.06, None, 1.0)
    """
    return (None, *(given(RATE, rate) for rate in rates[1:]))


def whole_up(count: Value) -> Whole:
    """Return the count rounded up to whole people; a count that is whole but for float noise stays as it is.

    Source: docs/model.md, F05, round up once.

    >>> whole_up(78260.8696), whole_up(0.1 * 3 * 10), whole_up(None)
    (78261, 3, None)
    """
    if count is None:
        return None
    nearest = round(count)
    return nearest if math.isclose(count, nearest, rel_tol=_SAME) else math.ceil(count)


def required_counts(target: Value, rates: Sequence[Value]) -> Values:
    """Return N_(i-1)* = N_i* / r_i per stage, the expected people that the target needs, unrounded, top first.

    `target` is people at the last stage. None above a step whose rate is 0 or missing, but a need of 0 is 0 at every
    stage above. Raises OutOfRange for a negative argument. Source: docs/model.md, F05, from the product rule.

    >>> rates = (None, 0.06, 0.4, 403 / 1152, 92 / 403)
    >>> [round(count, 4) for count in required_counts(150, rates)]
    [78260.8696, 4695.6522, 1878.2609, 657.0652, 150.0]
    """
    return _chain(given(COUNT, target), rates, lambda count: count)


def reverse(target: Value, rates: Sequence[Value]) -> ReversePlan:
    """Plan from the target up: exact people per stage, rounded up once, and the mistake of rounding at every step.

    `target` is people at the last stage; raises OutOfRange for a negative argument. Source: docs/model.md, F05, from the
    product rule; the chance is binomial.

    >>> plan = reverse(150, (None, 0.06, 0.4, 403 / 1152, 92 / 403))
    >>> plan.whole[0], plan.stepwise, plan.bias, round(plan.chance, 4)
    (78261, (78384, 4703, 1881, 658, 150), 123, 0.5109)
    """
    rates = checked_rates(rates)
    counts = required_counts(target, rates)
    whole = tuple(whole_up(count) for count in counts)
    stepwise = _chain(given(COUNT, target), rates, whole_up)
    overall = product(counts_from_rates(1.0, rates)[-1])
    top = whole[0]
    return ReversePlan(
        counts=counts,
        whole=whole,
        stepwise=stepwise,
        bias=None if stepwise[0] is None or top is None else stepwise[0] - top,
        overall=overall,
        chance=None if top is None or not COUNT.fits(top) else certainty(top, overall, target),
        blocked=tuple(index for index, rate in enumerate(rates) if rate == 0),
        growth=tuple(index for index, rate in enumerate(rates) if rate is not None and rate > 1),
    )


def _chain(target: Value, rates: Sequence[Value], rounded: Callable[[Value], Rounded]) -> tuple[Rounded, ...]:
    needs = [rounded(target)]
    for rate in reversed(checked_rates(rates)[1:]):
        needs.append(needs[-1] if needs[-1] == 0 else rounded(ratio(needs[-1], rate)))
    return tuple(reversed(needs))


def step_goals(target: Value, top: Value, rates: Sequence[Value]) -> tuple[StepGoal, ...]:
    """Return, for each step, the single rate that would bring `top` people to the target: r_i' = T / (N_0 prod r_j).

    The product runs over the other steps. Raises OutOfRange for a negative argument. Source: docs/model.md, F05 and F06,
    from the product rule.

    >>> goals = step_goals(150, 48000, (None, 0.06, 0.4, 403 / 1152, 92 / 403))
    >>> [(goal.index, round(goal.rate, 4), goal.reachable) for goal in goals]
    [(1, 0.0978, True), (2, 0.6522, True), (3, 0.5704, True), (4, 0.3722, True)]
    """
    target, top, rates = given(COUNT, target), given(COUNT, top), checked_rates(rates)
    goals = []
    for index in range(1, len(rates)):
        through = counts_from_rates(top, (*rates[:index], 1.0, *rates[index + 1 :]))[-1]
        rate, now = ratio(target, through), rates[index]
        change = None if rate is None or now is None else rate - now
        goals.append(StepGoal(index, rate, change, rate is not None and rate <= max(1.0, now or 0.0) * (1 + _SAME)))
    return tuple(goals)


def certainty(n: Value, rate: Value, target: Value) -> Value:
    """Return P(Binomial(n, R) >= T), the chance that n people bring at least the target, 0 to 1.

    `n` is whole people; `rate` the overall rate, None as soon as it is above 1 (then it is not a chance); a fractional
    target counts as the next whole one. Raises OutOfRange for a negative argument, ValueError when n is not whole.
    Source: docs/model.md, F05, independence assumed; the tail is summed term by term from the binomial probability of
    C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000.

    >>> round(certainty(78261, 92 / 48000, 150), 4), round(certainty(86546, 92 / 48000, 150), 4)
    (0.5109, 0.9)
    """
    n, rate, goal = given(COUNT, n), given(DERIVED, rate), whole_up(given(COUNT, target))
    if n is None or rate is None or goal is None or rate > 1:
        return None
    if not n.is_integer():
        raise ValueError(f"{n!r} is not a whole number of people")
    return _at_least(int(n), rate, goal)


def least_people(target: Value, rate: Value, chance: Value) -> Whole:
    """Return the least n with P(Binomial(n, R) >= T) >= q, in whole people.

    `rate` is the overall rate, `chance` q a fraction 0 to 1. None when no n is enough (rate 0, or q = 1 with a rate
    below 1), when the rate is above 1, or when n would be larger than a count may be. Raises OutOfRange outside those
    ranges. Source: docs/model.md, F05, independence assumed.

    >>> least_people(150, 92 / 48000, 0.9), least_people(1, 0.5, 0.75), least_people(1, 0, 0.5)
    (86546, 2, None)
    """
    goal, rate, chance = whole_up(given(COUNT, target)), given(DERIVED, rate), given(SHARE, chance)
    if goal is None or rate is None or chance is None or rate > 1:
        return None
    if goal == 0 or chance == 0:
        return 0
    if rate == 1:
        return goal
    expected = ratio(goal, rate)
    if chance == 1 or expected is None or expected > COUNT.high:
        return None
    enough = chance - _SAME_CHANCE
    low, high, step = goal, math.ceil(expected), math.ceil(math.sqrt(goal) / rate)
    while _at_least(high, rate, goal) < enough:
        low, high, step = high, high + step, 2 * step
    n = bisect_left(range(low, high + 1), enough, key=lambda people: _at_least(people, rate, goal)) + low
    return n if COUNT.fits(n) else None


def _at_least(n: int, p: float, goal: int) -> float:
    """Return P(Binomial(n, p) >= goal) by summing the shorter tail, from its largest term outwards."""
    if goal <= 0:
        return 1.0
    if goal > n or n * p == 0:
        return 0.0
    if p == 1:
        return 1.0
    if goal > n * p:
        return min(1.0, _outwards(n, p, 1 - p, goal))
    # The other tail: more than n - goal people who do not buy. Both chances go along, 1 - (1 - p) would lose digits.
    return max(0.0, 1.0 - _outwards(n, 1 - p, p, n - goal + 1))


def _outwards(n: int, p: float, q: float, first: int) -> float:
    """Return the sum of the binomial probabilities of first, first + 1, ..., n; they fall, because first > n p."""
    term = total = _probability(n, p, q, first)
    size = 64
    while term > total * 1e-17 and first < n:
        at = np.arange(first, min(first + size, n), dtype=float)
        terms = term * np.cumprod((n - at) / (at + 1) * (p / q))
        total += float(terms.sum())
        term, first, size = float(terms[-1]), first + len(at), min(2 * size, _BLOCK)
    return total


def _probability(n: int, p: float, q: float, k: int) -> float:
    """Return P(Binomial(n, p) = k), 0 < k <= n, by Loader's formula: with lgamma alone n = 1e7 loses half the digits."""
    if k == n:
        return math.exp(n * (math.log(p) if p < 0.5 else math.log1p(-q)))
    exponent = _stirling_error(n) - _stirling_error(k) - _stirling_error(n - k)
    exponent -= _deviance(k, n * p) + _deviance(n - k, n * q)
    return math.exp(exponent) * math.sqrt(n / (2 * math.pi * k * (n - k)))


def _stirling_error(n: int) -> float:
    """Return ln(n!) minus Stirling's approximation of it."""
    if n < 16:
        return math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - 0.5 * math.log(2 * math.pi)
    square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n


def _deviance(x: float, mean: float) -> float:
    """Return x ln(x / mean) + mean - x, without cancellation where x is close to the mean."""
    if abs(x - mean) >= 0.1 * (x + mean):
        return x * (math.log(x) - math.log(mean)) + mean - x
    v = (x - mean) / (x + mean)
    total, power, index = (x - mean) * v, 2 * x * v, 1
    while True:
        power *= v * v
        more = total + power / (2 * index + 1)
        if more == total:
            return total
        total, index = more, index + 1
