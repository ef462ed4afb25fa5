"""How long a cohort stays: the shifted beta-geometric model (sBG), its fit, and the table of cohorts. No screen.

In the sBG model each customer leaves with one chance per period all her life, and these chances are spread over the
customers as Beta(alpha, beta). It is meant for contracts that are renewed period by period. The period after the first
payment is number 1; ages and renewals count from 0.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from funnel.formulas.conversion import Value, Values, ratio
from funnel.formulas.lifetime import DISCOUNT, Outcome, limited
from funnel.quantities import COUNT, SHARE, OutOfRange, Quantity, all_known, certain

SHAPE = Quantity("number", 1e-9, 1e9)
MOST_PERIODS = 10_000
NEXT_TO_NOTHING = 1e-8  # a discount below counts as none: nobody means it, and the sum would take long

# too-short: fewer than three counts. all-left: nobody renewed. nobody-left: no loss at all. no-spread: retention does not rise,
# so one churn for all fits best (fit_geometric). split: after the first losses nobody leaves, as if of two kinds.
NoFit = Literal["too-short", "all-left", "nobody-left", "no-spread", "split"]


@dataclass(frozen=True)
class SBG:
    """Hold the two shape numbers of the spread of churn; alpha / (alpha + beta) is the churn of the first period.

    Raises OutOfRange unless both are within 1e-9 to 1e9.
    """

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        SHAPE.check(self.alpha)
        SHAPE.check(self.beta)


def _ages(periods: int, least: int = 0) -> range:
    if not least <= periods <= MOST_PERIODS or periods != int(periods):
        raise OutOfRange(least, MOST_PERIODS, periods)
    return range(1, int(periods) + 1)


def retention_rates(model: SBG, periods: int) -> tuple[float, ...]:
    """Return r_t, t = 1 to `periods`: the fraction of those still there who renew; it rises with t.

    Raises OutOfRange above 10,000 periods. Source: docs/model.md, F20; P. Fader, B. Hardie, 2007.

    >>> [round(rate, 4) for rate in retention_rates(SBG(1.2, 3.6), 4)]
    [0.75, 0.7931, 0.8235, 0.8462]
    """
    return tuple((model.beta + t - 1) / (model.alpha + model.beta + t - 1) for t in _ages(periods))


def survival(model: SBG, periods: int) -> tuple[float, ...]:
    """Return S(t), t = 0 to `periods`: the fraction of the cohort still there after t renewals; S(0) = 1.

    Raises OutOfRange above 10,000 periods. Source: docs/model.md, F20; P. Fader, B. Hardie, 2007.

    >>> [round(share, 4) for share in survival(SBG(1.2, 3.6), 4)]
    [1.0, 0.75, 0.5948, 0.4899, 0.4145]
    """
    shares = [1.0]
    for rate in retention_rates(model, periods):
        shares.append(shares[-1] * rate)
    return tuple(shares)


def leaving(model: SBG, periods: int) -> tuple[float, ...]:
    """Return P(t), t = 1 to `periods`: the fraction of the cohort that leaves at the t-th renewal.

    Raises OutOfRange above 10,000 periods. Source: docs/model.md, F20; P. Fader, B. Hardie, 2007.

    >>> [round(share, 4) for share in leaving(SBG(1.2, 3.6), 3)]
    [0.25, 0.1552, 0.105]
    """
    there = survival(model, periods)
    return tuple(there[t - 1] * model.alpha / (model.alpha + model.beta + t - 1) for t in _ages(periods))


def expected_tenure(model: SBG) -> Outcome:
    """Return E[T] = (alpha + beta - 1) / (alpha - 1) in periods, the first included; endless unless alpha > 1.

    Source: docs/model.md, F20; P. Fader, B. Hardie, 2007.

    >>> round(expected_tenure(SBG(1.2, 3.6)).value, 4), expected_tenure(SBG(0.7041, 1.1820)).reason
    (19.0, 'endless')
    """
    return limited((model.alpha + model.beta - 1) / (model.alpha - 1) if model.alpha > 1 else math.inf)


def discounted_tenure(model: SBG, discount: float = 0.0, horizon: int | None = None) -> Outcome:
    """Return DEL, the discounted expected lifetime: the sum of S(t) / (1 + d)^t from t = 0, in periods.

    Times the margin per period this is LTV with the first payment now. `discount` per period, from 0 (below 1e-8 it
    counts as 0); `horizon` ends the sum after so many payments. Without both, endless unless alpha > 1.
    Raises OutOfRange. Source: docs/model.md, F20; P. Fader, B. Hardie, 2010: 2F1(1, beta; alpha+beta; 1/(1+d)).

    >>> round(discounted_tenure(SBG(1.2, 3.6), 0.10).value, 4), discounted_tenure(SBG(0.7475, 3.5329)).reason
    (4.1263, 'endless')
    """
    discount = DISCOUNT.check(discount)
    if horizon is not None:
        there = survival(model, len(_ages(horizon, 1)) - 1)
        return limited(math.fsum(share * math.exp(-t * math.log1p(discount)) for t, share in enumerate(there)))
    rest = residual_tenure(model, 1, discount)
    return rest if rest.value is None else limited(1 + rest.value / (1 + discount))


def residual_tenure(model: SBG, n: int, discount: float = 0.0) -> Outcome:
    """Return DERL, the discounted expected residual lifetime in periods of who has renewed n - 1 times, n from 1.

    Counted just before renewal n: if it comes, its payment counts in full. `discount` as above. Endless without
    discount unless alpha > 1. Raises OutOfRange. Source: docs/model.md, F20; P. Fader, B. Hardie, 2010.

    >>> round(residual_tenure(SBG(0.6681, 3.8061), 8, 0.10).value, 4)
    7.5296
    """
    discount, before = DISCOUNT.check(discount), len(_ages(n, 1)) - 1
    alpha, beta = model.alpha, model.beta + before
    if discount < NEXT_TO_NOTHING:
        return limited(beta / (alpha - 1) if alpha > 1 else math.inf)
    return limited(beta / (alpha + beta) * _gauss(beta + 1, alpha + beta + 1, 1 / (1 + discount)))


def _gauss(b: float, c: float, z: float) -> float:
    """Return 2F1(1, b; c; z) for c > 1, c > b - 1 and 0 <= z < 1, by Gauss's continued fraction (DLMF 15.7.1).

    scipy.special.hyp2f1 gives nan for many whole c - b, so it cannot be used here.
    """
    start, tiny = c - 1, 1e-300
    total = up = start
    down = 0.0
    for k in range(1, 1_000_000):
        half = k // 2
        step = z * (half * (start - b + half) if k % 2 == 0 else (b + half) * (start + half))
        down = 1 / ((start + k - step * down) or tiny)
        up = (start + k - step / up) or tiny
        total *= up * down
        if abs(up * down - 1) < 4e-16:
            break
    return start / total


@dataclass(frozen=True)
class Fit:
    """Hold the model under which a cohort is most likely, and the log-likelihood; or None and why there is none."""

    model: SBG | None
    log_likelihood: Value = None
    reason: NoFit | None = None


def _steps(counts: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return (at risk, kept) per renewal of a cohort; ValueError when it grows, for a contract that ended is over."""
    people = np.array([COUNT.check(count) for count in counts])
    if (people[1:] > people[:-1]).any():
        raise ValueError("a cohort cannot grow: new customers belong to another one")
    return people[:-1], people[1:]


def fit_geometric(counts: Sequence[float]) -> tuple[float, float] | None:
    """Return (churn, log-likelihood) of the one churn for all that fits a cohort best; None if nobody was at risk.

    `counts` start with the whole cohort and never rise. Raises OutOfRange for negative counts, ValueError for rising
    ones. Source: the mean churn of all renewals; compared with the sBG model in P. Fader, B. Hardie, 2007.

    >>> [round(part, 4) for part in fit_geometric((1000, 631, 468, 382, 326, 289, 262, 241))]
    [0.226, -1794.6209]
    """
    return _geometric(*_steps(counts))


def _geometric(at_risk: np.ndarray, kept: np.ndarray) -> tuple[float, float] | None:
    churn = ratio(float((at_risk - kept).sum()), float(at_risk.sum()))
    if churn is None:
        return None
    return churn, _likelihood(kept, 1 - churn) + _likelihood(at_risk - kept, churn)


def _likelihood(people: np.ndarray, chance: np.ndarray | float) -> float:
    """Return the sum of people x ln(chance), where nobody at chance 0 costs nothing."""
    return float((people * np.log(np.where(people > 0, np.maximum(chance, 1e-300), 1.0))).sum())


def fit_sbg(counts: Sequence[float]) -> Fit:
    """Return the maximum-likelihood fit of the sBG model to the people of one cohort per period.

    `counts` start with the whole cohort, never rise, and need at least three entries. No model fits best where
    retention does not rise, where nobody leaves, or where nobody leaves after the first renewal: see NoFit. Raises
    OutOfRange for negative counts, ValueError for rising ones. Source: docs/model.md, F20; P. Fader, B. Hardie, 2007.

    >>> fit = fit_sbg((1000, 631, 468, 382, 326, 289, 262, 241))
    >>> round(fit.model.alpha, 4), round(fit.model.beta, 4)
    (0.7041, 1.182)
    """
    return _sbg(*_steps(counts))


def fit_together(cohorts: Sequence[Sequence[Value]]) -> tuple[tuple[float, float] | None, Fit]:
    """Return what `fit_geometric` and `fit_sbg` find for several cohorts that share one model.

    The likelihoods are multiplied, so each renewal number counts the people of every cohort that it is known of. A
    count may be None ("not yet", or lost). Raises as they do. Source: docs/model.md, F20, F22; P. Fader, B. Hardie, 2014.

    >>> together = fit_together([(420, 294, 240, 210), (510, 347, 281), (300, 219), (640,)])[1].model
    >>> round(together.alpha, 4), round(together.beta, 4)
    (0.4702, 1.0904)
    """
    renewals = max((len(row) for row in cohorts), default=1) - 1
    at_risk, kept = np.zeros(max(0, renewals)), np.zeros(max(0, renewals))
    for row in cohorts:
        for t, pair in enumerate(pairwise(row)):
            known = all_known(pair)
            if known is not None:
                (before,), (after,) = _steps(known)
                at_risk[t] += before
                kept[t] += after
    return _geometric(at_risk, kept), _sbg(at_risk, kept)


def _sbg(at_risk: np.ndarray, kept: np.ndarray) -> Fit:
    if len(at_risk) < 2 or not at_risk[0]:
        return Fit(None, reason="too-short")
    if at_risk[1] == 0:
        return Fit(None, reason="too-short" if kept[0] else "all-left")
    lost = at_risk - kept
    if not lost.any():
        return Fit(None, reason="nobody-left")
    t = np.arange(len(at_risk))

    # For a given total s = alpha + beta the best alpha is known, so one number is left to look for.
    def alpha_of(total: float) -> float:
        return float(lost.sum() / (at_risk / (total + t)).sum())

    def slope(log_total: float) -> float:
        total = math.exp(log_total)
        beta = np.maximum(total - alpha_of(total) + t, 1e-12)  # never 0, though far from the fit it may be
        return float((kept / beta).sum() - (at_risk / (total + t)).sum())

    def likelihood(log_total: float) -> float:
        total = math.exp(log_total)
        alpha = alpha_of(total)
        return _likelihood(lost, alpha / (total + t)) + _likelihood(kept, (total - alpha + t) / (total + t))

    grid = np.linspace(math.log(1e-4), math.log(1e6), 120)
    heights = [likelihood(point) for point in grid]
    best = int(np.argmax(heights))
    if best == 0:
        return Fit(None, reason="split")
    # Without spread both shapes grow for ever towards the geometric model, and what they gain on it is rounding.
    _, geometric = certain(_geometric(at_risk, kept))  # somebody was at risk, or the split would have ended it
    if best == len(grid) - 1 or heights[best] - geometric < 1e-9 * abs(geometric):
        return Fit(None, reason="no-spread")
    low, high = float(grid[best - 1]), float(grid[best + 1])
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    alpha = alpha_of(math.exp(low))
    beta = math.exp(low) - alpha
    if not SHAPE.fits(alpha) or not SHAPE.fits(beta):
        return Fit(None, reason="nobody-left" if alpha < beta else "no-spread")
    return Fit(SBG(alpha, beta), likelihood(low))


@dataclass(frozen=True)
class CohortTable:
    """Hold the retention of cohorts by age, as fractions; None where no cohort is old enough yet.

    `cells` has a row per cohort and a column per age. `pooled` compares the people of all cohorts old enough with
    their start; `chained` is the product of the pooled steps (Kaplan-Meier), which uses the younger cohorts too;
    `unweighted` is the mean of the percentages, the mistake to warn of.
    """

    cells: tuple[Values, ...]
    pooled: Values
    chained: Values
    unweighted: Values


def cohort_table(cohorts: Sequence[Sequence[Value]]) -> CohortTable:
    """Return the table of the people active per cohort (rows) and age (from 0); None or a short row is "not yet".

    A cohort of nobody is skipped: its row is all None. Raises OutOfRange for negative counts.
    Source: docs/model.md, F22; P. Fader, B. Hardie, 2014.

    >>> table = cohort_table(((420, 294, 240, 210), (510, 347, 281), (300, 219), (640,)))
    >>> [round(share, 4) for share in table.pooled], [round(share, 4) for share in table.chained]
    ([1.0, 0.6992, 0.5602, 0.5], [1.0, 0.6992, 0.5683, 0.4973])
    """
    width = max((len(row) for row in cohorts), default=0)
    people = [[None if n is None else COUNT.check(n) for n in row] + [None] * (width - len(row)) for row in cohorts]
    cells = tuple(tuple(ratio(n, row[0]) for n in row) for row in people)
    used = [row for row in people if row and row[0]]

    def pooled(age: int, since: int) -> Value:
        ripe = [row for row in used if row[age] is not None and row[since] is not None]
        return ratio(sum(certain(row[age]) for row in ripe), sum(certain(row[since]) for row in ripe))

    chained: list[Value] = [1.0] if used else [None] * min(width, 1)
    for age in range(1, width):
        step, so_far = pooled(age, age - 1), chained[-1]
        if so_far == 0 and pooled(age, 0) == 0:
            step = 0.0  # whoever has left stays away, though nobody was there to leave
        chained.append(None if step is None or so_far is None else so_far * step)
    columns = [[share for share in column if share is not None] for column in zip(*cells, strict=True)]
    return CohortTable(
        cells,
        tuple(pooled(age, 0) for age in range(width)),
        tuple(chained),
        tuple(ratio(sum(column), len(column)) for column in columns),
    )


def geometric_survival(churn: float, periods: int) -> tuple[float, ...]:
    """Return (1 - c)^t, t = 0 to `periods`: the fraction still there when everybody has the same churn.

    Raises OutOfRange. Source: docs/model.md, F16, F20.

    >>> [round(share, 4) for share in geometric_survival(0.25, 3)]
    [1.0, 0.75, 0.5625, 0.4219]
    """
    kept = 1 - SHARE.check(churn)
    return (1.0, *(kept**t for t in _ages(periods)))
