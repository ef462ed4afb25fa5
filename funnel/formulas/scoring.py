"""Lead scoring: yes/no signals carry points, a threshold decides who is handed over, and two kinds of error follow.

The world here is made up so that the errors can be counted: each lead is good (sales would accept it) or not, and each
signal shows up independently of the others among the good and among the rest (the assumption of "naive Bayes"). All
combinations of signals are gone through, so every number is exact and nothing is drawn by chance.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, product

from funnel.formulas.conversion import Value, ratio
from funnel.quantities import COUNT, MONEY, SHARE, Quantity

POINTS = Quantity("number", 0, 1000)
_SAME = 1e-12  # a share of the largest cost that only rounding makes
MOST_SIGNALS = 10  # 2^10 combinations; more would cost time and no screen has room for them


@dataclass(frozen=True)
class Signal:
    """Hold one yes/no signal: how common it is among the good leads and among the others, fractions, and its points.

    Raises OutOfRange outside 0 to 1 for the fractions and 0 to 1000 for the points.
    """

    good: float
    other: float
    points: float

    def __post_init__(self) -> None:
        SHARE.check(self.good)
        SHARE.check(self.other)
        POINTS.check(self.points)


@dataclass(frozen=True)
class Level:
    """Hold everyone with one score: people who are `good`, and `other` people who are not."""

    score: float
    good: float
    other: float


@dataclass(frozen=True)
class Outcome:
    """Hold what a threshold does: the four cells of the confusion matrix, in people, and their rates.

    `threshold` is a score, None for one above every score (nobody is handed over). `found` good and handed over,
    `wasted` handed over and not good, `missed` good and left, `spared` rightly left; `handed` = found + wasted.
    `precision` = found / handed (the SQL rate), `recall` = found / all good, `false_alarm` = wasted / all others:
    fractions, None where there is nobody to take a share of.
    """

    threshold: Value
    found: float
    wasted: float
    missed: float
    spared: float
    precision: Value
    recall: Value
    false_alarm: Value

    @property
    def handed(self) -> float:
        return self.found + self.wasted


@dataclass(frozen=True)
class Cost:
    """Hold what an outcome costs more than perfect knowledge would, in money: calls that do not pay, good leads missed."""

    wasted: float
    missed: float

    @property
    def total(self) -> float:
        return self.wasted + self.missed


def score_of(points: Sequence[float]) -> float:
    """Return the sum of the points, free of the noise that 0.1 + 0.2 has.

    >>> score_of((0.1, 0.2)) == score_of((0.3,))
    True
    """
    return round(math.fsum(points), 6)


def levels(signals: Sequence[Signal], leads: float, good_share: float) -> tuple[Level, ...]:
    """Return everyone by score, lowest score first, by going through all 2^k combinations of the signals.

    `leads` people, of whom the fraction `good_share` is good. A combination's share of the good is the product of
    p_i (signal there) and 1 - p_i (not there), likewise for the others: the assumption of independence. Raises
    OutOfRange outside those ranges, ValueError for more than 10 signals. Source: product rule (naive Bayes), R52.

    >>> pair = (Signal(0.8, 0.4, 20), Signal(0.5, 0.1, 30))
    >>> [(one.score, round(one.good, 2), round(one.other, 2)) for one in levels(pair, 1000, 0.2)]
    [(0.0, 20.0, 432.0), (20.0, 80.0, 288.0), (30.0, 20.0, 48.0), (50.0, 80.0, 32.0)]
    """
    if len(signals) > MOST_SIGNALS:
        raise ValueError(f"at most {MOST_SIGNALS} signals, not {len(signals)}")
    good = COUNT.check(leads) * SHARE.check(good_share)
    other = leads - good
    found = []
    for there in product((False, True), repeat=len(signals)):
        pairs = list(zip(there, signals, strict=True))
        found.append(
            Level(
                score_of([one.points for yes, one in pairs if yes]),
                good * math.prod(one.good if yes else 1 - one.good for yes, one in pairs),
                other * math.prod(one.other if yes else 1 - one.other for yes, one in pairs),
            )
        )
    found.sort(key=lambda level: level.score)
    alike = [(score, list(group)) for score, group in groupby(found, key=lambda level: level.score)]
    return tuple(
        Level(score, math.fsum(one.good for one in group), math.fsum(one.other for one in group))
        for score, group in alike
    )


def outcome(people: Sequence[Level], threshold: Value) -> Outcome:
    """Return what happens when everyone with at least `threshold` points is handed over; None hands over nobody.

    Source: the confusion matrix and its rates, D. M. W. Powers, Evaluation: From Precision, Recall and F-Measure to
    ROC (2011); lead scoring as in lesson 4 of the course, R43.

    >>> pair = (Signal(0.8, 0.4, 20), Signal(0.5, 0.1, 30))
    >>> at = outcome(levels(pair, 1000, 0.2), 30)
    >>> round(at.handed, 2), round(at.precision, 4), round(at.recall, 4), round(at.missed, 2)
    (180.0, 0.5556, 0.5, 100.0)
    >>> outcome(levels(pair, 1000, 0.2), 51).precision is None
    True
    """

    def over(level: Level) -> bool:
        return threshold is not None and level.score >= round(threshold, 6)

    found = math.fsum(level.good for level in people if over(level))
    wasted = math.fsum(level.other for level in people if over(level))
    missed = math.fsum(level.good for level in people if not over(level))
    spared = math.fsum(level.other for level in people if not over(level))
    return Outcome(
        threshold, found, wasted, missed, spared,
        precision=ratio(found, found + wasted), recall=ratio(found, found + missed),
        false_alarm=ratio(wasted, wasted + spared),
    )  # fmt: skip


def sweep(people: Sequence[Level]) -> tuple[Outcome, ...]:
    """Return the outcome of every threshold that makes a difference: each score, lowest first, then nobody at all."""
    return tuple(outcome(people, threshold) for threshold in (*(level.score for level in people), None))


def position(people: Sequence[Level], threshold: float) -> int:
    """Return which outcome of `sweep` a threshold gives: that of the lowest score that still reaches it.

    >>> position((Level(0, 1, 1), Level(20, 1, 1)), 5), position((Level(0, 1, 1),), 5)
    (1, 1)
    """
    return sum(level.score < round(threshold, 6) for level in people)


def cost(at: Outcome, call: float, worth: float) -> Cost:
    """Return what the errors cost: `call` for each wasted call, `worth` - `call` for each good lead missed.

    `call` is what handling one handed-over lead costs, `worth` the gross profit that one good lead brings on average,
    both money in one currency. A missed good lead costs its worth less the call that was saved: only so does the
    cheapest threshold also leave most after all calls are paid. Where a good lead is worth less than its call, missing
    it costs nothing and calling it loses the difference. Raises OutOfRange for a negative amount.
    Source: C. Elkan, The Foundations of Cost-Sensitive Learning (2001); derived (R52).

    >>> at = Outcome(30, 100, 80, 100, 720, 0, 0, 0)
    >>> cost(at, 40, 300), cost(at, 40, 30)
    (Cost(wasted=3200.0, missed=26000.0), Cost(wasted=4200.0, missed=0.0))
    """
    gain = MONEY.check(worth) - MONEY.check(call)
    return Cost(at.wasted * call + at.found * max(0.0, -gain), at.missed * max(0.0, gain))


def cheapest(costs: Sequence[Cost]) -> int:
    """Return the position of the lowest total cost; of equal ones the last, which asks for the fewest calls.

    >>> cheapest((Cost(5, 0), Cost(2, 1), Cost(0, 3)))
    2
    """
    return [i for i, same in enumerate(_as_low(costs)) if same][-1]


def as_cheap(outcomes: Sequence[Outcome], costs: Sequence[Cost]) -> tuple[int, ...]:
    """Return the positions of the lowest total cost, all of them in a tie; of those that hand over the same people the last.

    Totals that differ only by rounding are equal.

    >>> people = levels((Signal(0.9, 0.3, 10),), 1000, 0.1)
    >>> outcomes = sweep(people)
    >>> as_cheap(outcomes, [cost(one, 100, 400) for one in outcomes])
    (1, 2)
    """
    places = [i for i, same in enumerate(_as_low(costs)) if same]
    after = [*places[1:], None]
    return tuple(
        i
        for i, following in zip(places, after, strict=True)
        if following is None or not math.isclose(outcomes[i].handed, outcomes[following].handed, rel_tol=_SAME)
    )


def _as_low(costs: Sequence[Cost]) -> list[bool]:
    """Say of each cost whether its total is the lowest."""
    low = min(one.total for one in costs)
    scale = max(abs(part) for one in costs for part in (one.wasted, one.missed))
    return [one.total - low <= _SAME * scale for one in costs]


def cheapest_possible(signals: Sequence[Signal], leads: float, good_share: float, call: float, worth: float) -> float:
    """Return the least total cost that any rule on these signals can have, whatever its points.

    Each combination of signals is handed over exactly if that is the cheaper error. Source: Elkan (2001), as above.

    >>> pair = (Signal(0.8, 0.4, 20), Signal(0.5, 0.1, 30))
    >>> round(cheapest_possible(pair, 1000, 0.2, 40, 300), 2)
    19920.0
    """
    # Powers of two give each combination a score of its own.
    apart = [Signal(one.good, one.other, 2.0**i) for i, one in enumerate(signals)]
    each = [[cost(one, call, worth) for one in _called_or_not(level)] for level in levels(apart, leads, good_share)]
    return math.fsum(min(called.total, left.total) for called, left in each)


def _called_or_not(level: Level) -> tuple[Outcome, Outcome]:
    """Return both ways to treat everyone with one score."""
    return outcome((level,), level.score), outcome((level,), None)


def odds_factor(signal: Signal) -> Value:
    """Return by how much having the signal, rather than not, multiplies the odds that a lead is good.

    It is (p / (1 - p)) / (q / (1 - q)): 1 says nothing, below 1 speaks against. None where p or q is 0 or 1, because
    then the answer is 0, infinite or unknown. Source: Bayes' rule in odds form.

    >>> round(odds_factor(Signal(0.8, 0.4, 20)), 4), odds_factor(Signal(0.8, 0, 20))
    (6.0, None)
    """
    if not (0 < signal.good < 1 and 0 < signal.other < 1):
        return None
    return ratio(signal.good * (1 - signal.other), (1 - signal.good) * signal.other)


def fitting_points(signals: Sequence[Signal]) -> tuple[Value, ...]:
    """Return points that follow the evidence, adding up to what the signals have now (to 100 when that is nothing).

    Points in proportion to the logarithm of `odds_factor` put leads in the order of their chance to be good. A signal
    that speaks against gets 0, because points here are never negative; None for all when one has no odds factor.
    Source: Bayes' rule in odds form, I. J. Good, Probability and the Weighing of Evidence (1950).

    >>> pair = (Signal(0.8, 0.4, 20), Signal(0.5, 0.1, 30))
    >>> [round(points, 2) for points in fitting_points(pair)]
    [22.46, 27.54]
    """
    factors = [odds_factor(one) for one in signals]
    if any(factor is None for factor in factors):
        return (None,) * len(signals)
    weights = [max(0.0, math.log(factor)) if factor else 0.0 for factor in factors]
    total, wanted = math.fsum(weights), math.fsum(one.points for one in signals) or 100.0
    return tuple(None if total == 0 else wanted * weight / total for weight in weights)


def break_even(call: float, worth: float) -> Value:
    """Return c / v, the chance to be good above which a lead is worth its call; None when a good lead is worth nothing.

    Source: Elkan (2001), as above: call when (chance) v > c.

    >>> round(break_even(40, 300), 4), break_even(40, 0)
    (0.1333, None)
    """
    return ratio(call, worth)
