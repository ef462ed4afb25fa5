"""Time in the funnel: cycle length, velocity, coverage, deals in progress, and customers by month with their lag."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from funnel.formulas.conversion import Value, Values, lifted, ratio
from funnel.formulas.money import DERIVED, Average, average, given, product
from funnel.quantities import COUNT, DURATION, MONEY, NUMBER, RATE, SHARE, Quantity, all_known

VelocityLever = Literal["opportunities", "value", "win-rate", "cycle"]

GROWTH = Quantity("fraction", -1, 1e6)
RUNS = Quantity("count", 1, 20_000)
SEED = Quantity("number", 0, 2**53)

# Weights that sum to 1 but for this were meant to: three thirds typed to four digits are still corrected, and said so.
_SAME = 1e-9


def cycle_length(days: Sequence[float]) -> Average:
    """Return mean and median of the days from first contact to won, per deal; both None without deals.

    Long deals that are still open are missing, so the true cycle is longer. Raises OutOfRange for a negative duration.
    Source: docs/model.md, F14, from any text on survival analysis.

    >>> cycle = cycle_length((21, 34, 45, 60, 72, 95, 140))
    >>> round(cycle.mean, 4), cycle.median
    (66.7143, 60.0)
    """
    return average(DURATION, days)


def velocity(opportunities: Value, value: Value, win_rate: Value, cycle: Value) -> Value:
    """Return O V w / L, money won per day; None when the cycle is 0 days.

    `opportunities` open qualified deals, `value` money per deal, `win_rate` 0 to 1, `cycle` days, all of one segment
    and period. Raises OutOfRange outside those ranges. Source: docs/model.md, F25; HubSpot, sales velocity.

    >>> round(velocity(64, 18500, 0.275, 73), 4)
    4460.274
    """
    opportunities, value = given(COUNT, opportunities), given(DERIVED, value)
    win_rate, cycle = given(SHARE, win_rate), given(DURATION, cycle)
    return ratio(product(opportunities, value, win_rate), cycle)


@dataclass(frozen=True)
class VelocityEffect:
    """Hold what improving one of the four does: new `velocity` per day, relative `change`; win rate `capped` at 1."""

    lever: VelocityLever
    velocity: Value
    change: Value
    capped: bool = False


def velocity_effects(
    opportunities: Value, value: Value, win_rate: Value, cycle: Value, lift: float = 0.1
) -> tuple[VelocityEffect, ...]:
    """Return what each of the four does when it alone gets better by `lift`: three rise by it, the cycle shrinks by it.

    `lift` is a fraction 0 to 1. A cycle shorter by x makes velocity 1 / (1 - x) times as large, more than 1 + x. Other
    arguments and errors as in `velocity`. Source: docs/model.md, F25; HubSpot, sales velocity.

    >>> [(one.lever, round(one.velocity, 4)) for one in velocity_effects(64, 18500, 0.275, 73)][2:]
    [('win-rate', 4906.3014), ('cycle', 4955.86)]
    """
    now, lift = velocity(opportunities, value, win_rate, cycle), SHARE.check(lift)
    won, capped = (None, False) if win_rate is None else lifted(win_rate, relative=lift)
    up = product(now, 1 + lift)
    better: tuple[tuple[VelocityLever, Value, bool], ...] = (
        ("opportunities", up, False),
        ("value", up, False),
        ("win-rate", velocity(opportunities, value, won, cycle), capped),
        ("cycle", ratio(now, 1 - lift), False),
    )
    changes = [None if new is None or now is None else ratio(new - now, now) for _, new, _ in better]
    return tuple(VelocityEffect(name, new, by, cap) for (name, new, cap), by in zip(better, changes, strict=True))


@dataclass(frozen=True)
class Coverage:
    """Hold whether the open pipeline is enough for what is still to be won.

    `coverage` P / Q and `needed` 1 / (w h), plain numbers; `expected` P w h, money likely to be won in the period;
    `missing` money of pipeline that is lacking; `met`: nothing is left to win, `coverage` is then None.
    """

    coverage: Value
    needed: Value
    expected: Value
    missing: Value
    met: bool


def coverage(pipeline: Value, target: Value, win_rate: Value, in_period: Value = 1.0) -> Coverage:
    """Return the coverage of a target by the open pipeline, and the coverage that it would need.

    `pipeline` P money; `target` Q money still to be won, 0 or less when it is met; `win_rate` w by value and
    `in_period` h, the share of wins that close in time, 0 to 1. Raises OutOfRange outside those ranges.
    Source: docs/model.md, F26; P. Farris et al., Marketing Metrics.

    >>> now = coverage(2_400_000, 750_000, 0.275, 0.6)
    >>> now.coverage, round(now.needed, 4)
    (3.2, 6.0606)
    """
    pipeline, target = given(MONEY, pipeline), given(NUMBER, target)
    win_rate, in_period = given(SHARE, win_rate), given(SHARE, in_period)
    met = target is not None and target <= 0
    share = product(win_rate, in_period)
    needed = ratio(1.0, share)
    missing: Value = 0.0 if met else None
    if not met and pipeline is not None and target is not None and needed is not None:
        missing = product(max(0.0, target * needed - pipeline))
    return Coverage(
        coverage=None if met else ratio(pipeline, target),
        needed=needed,
        expected=product(pipeline, share),
        missing=missing,
        met=met,
    )


def weighted_pipeline(stages: Sequence[tuple[Value, Value]]) -> Value:
    """Return the sum of v_s p_s, money, over (open value, win probability) of each stage; 0 without stages.

    None when anything is missing. Raises OutOfRange for a negative value or a probability outside 0 to 1. Source:
    docs/model.md, F26; P. Farris et al., Marketing Metrics.

    >>> weighted_pipeline(((820_000, 0.10), (640_000, 0.25), (510_000, 0.45), (430_000, 0.70)))
    772500.0
    """
    values = all_known(given(MONEY, value) for value, _ in stages)
    chances = all_known(given(SHARE, chance) for _, chance in stages)
    if values is None or chances is None:
        return None
    return math.fsum(value * chance for value, chance in zip(values, chances, strict=True))


def deals_in_progress(arrivals: Value, days: Value) -> Value:
    """Return N = lambda W, the mean number of open deals.

    `arrivals` new deals per day, `days` the mean time in the pipeline; long-run averages of a stable system. Raises
    OutOfRange for a negative argument. Source: docs/model.md, F27; J. D. C. Little, A Proof for the Queuing Formula
    L = lambda W, Operations Research 9(3), 1961.

    >>> round(deals_in_progress(11 / 7, 73), 4)
    114.7143
    """
    return product(given(COUNT, arrivals), given(DURATION, days))


@dataclass(frozen=True)
class Forecast:
    """Hold the customers that the leads of some months bring, by month, and how much of each month is known.

    `customers` expected people from the first month of leads on, and as many months after the last as the longest lag;
    `before` and `after`: the share of each month's lag weights that falls on months before the first or after the last
    month of leads. Their leads are missing, not zero: above 0, the true number is higher. `same_month`: customers_t /
    L_t per month of leads, the misleading ratio; `total` q times all leads; `weights` summing to 1, `corrected` when
    those given did not; `mean_lag` months.
    """

    customers: Values
    before: tuple[float, ...]
    after: tuple[float, ...]
    same_month: Values
    total: Value
    weights: tuple[float, ...]
    corrected: bool
    mean_lag: Value


def normalised(weights: Sequence[float]) -> tuple[float, ...] | None:
    """Return lag weights that sum to 1, for lags of 0, 1, 2, ... months; None when they sum to 0.

    Raises OutOfRange for a negative weight. Source: docs/model.md, F28.

    >>> normalised((1, 2, 1)), normalised(())
    ((0.25, 0.5, 0.25), None)
    """
    checked = [RATE.check(weight) for weight in weights]
    total = math.fsum(checked)
    return tuple(weight / total for weight in checked) if total else None


def mean_lag(weights: Sequence[float]) -> Value:
    """Return sum k w_k, the months from lead to sale of the average buyer; None when the weights sum to 0.

    Raises OutOfRange for a negative weight. Source: docs/model.md, F28.

    >>> round(mean_lag((0.15, 0.35, 0.30, 0.20)), 4)
    1.55
    """
    shares = normalised(weights)
    return None if shares is None else math.fsum(lag * share for lag, share in enumerate(shares))


def growth_bias(weights: Sequence[float], growth: Value) -> Value:
    """Return sum w_k / (1 + G)^k, the part of the true rate that customers_t / L_t shows while leads grow.

    `growth` G is a fraction per month, -1 or more (None at -1); the result is above 1 when leads shrink. Raises
    OutOfRange outside the ranges. Source: docs/model.md, F28, discrete convolution.

    >>> round(growth_bias((0.15, 0.35, 0.30, 0.20), 0.1), 4)
    0.8664
    """
    shares, growth = normalised(weights), given(GROWTH, growth)
    step, total = None if growth is None else ratio(1.0, 1 + growth), 0.0
    if shares is None or step is None:
        return None
    for share in reversed(shares):
        total = total * step + share
    return product(total)


def forecast(leads: Sequence[Value], weights: Sequence[float], rate: Value) -> Forecast:
    """Return customers_t = q sum over k of L_(t-k) w_k, the expected customers by month.

    `leads` people per month, oldest first; `weights` w_k the shares of buyers who buy k months later; `rate` q the
    eventual conversion, 0 to 1. A month that needs leads that are None is None. Raises OutOfRange outside the ranges.
    Source: docs/model.md, F28, discrete convolution.

    >>> plan = forecast((400, 500, 450, 600), (0.15, 0.35, 0.30, 0.20), 0.05)
    >>> [round(people, 4) for people in plan.customers], round(plan.total, 4)
    ([3.0, 10.75, 18.125, 23.875, 22.25, 13.5, 6.0], 97.5)
    """
    leads, rate = tuple(given(COUNT, month) for month in leads), given(SHARE, rate)
    known, shares = all_known(leads), normalised(weights) or ()
    size = len(leads) + max(0, len(shares) - 1) if leads else 0
    customers: list[Value] = []
    before, after = [], []
    for month in range(size):
        parts = [(month - lag, share) for lag, share in enumerate(shares) if share]
        within = [(at, share) for at, share in parts if 0 <= at < len(leads)]
        people = all_known(leads[at] for at, _ in within)
        if rate is None or not shares or people is None:
            customers.append(None)
        else:
            customers.append(rate * math.fsum(n * share for n, (_, share) in zip(people, within, strict=True)))
        before.append(math.fsum(share for at, share in parts if at < 0))
        after.append(math.fsum(share for at, share in parts if at >= len(leads)))
    return Forecast(
        customers=tuple(customers),
        before=tuple(before),
        after=tuple(after),
        same_month=tuple(ratio(people, month) for people, month in zip(customers, leads, strict=False)),
        total=None if not shares or rate is None or known is None else rate * math.fsum(known),
        weights=shares,
        corrected=bool(shares) and not math.isclose(math.fsum(weights), 1, rel_tol=_SAME),
        mean_lag=mean_lag(weights),
    )


@dataclass(frozen=True)
class Fan:
    """Hold what chance does to a forecast: for each of `quantiles`, people per month (`months`) and in all (`total`)."""

    quantiles: tuple[float, ...]
    months: tuple[Values, ...]
    total: Values


def fan(
    leads: Sequence[Value], weights: Sequence[float], rate: Value, *, seed: int, runs: int = 2000,
    quantiles: Sequence[float] = (0.1, 0.5, 0.9), leads_vary: bool = False,
) -> Fan:  # fmt: skip
    """Simulate the forecast `runs` times and return quantiles of the customers by month; the same seed, the same fan.

    Each lead buys with chance q and then picks its month by the weights (binomial thinning); a fractional number of
    leads is rounded up or down at random, right on average. With `leads_vary` the leads are expectations of Poisson
    numbers, so customers are Poisson too. `runs` 1 to 20,000, `quantiles` fractions, `seed` 0 or more; others as in
    `forecast`. None where the forecast is None. Raises OutOfRange outside the ranges.
    Source: docs/model.md, F28, simulated; J. F. C. Kingman, Poisson Processes, 1993 (thinning).

    >>> fan((400, 500), (0.5, 0.5), 0.1, seed=7, quantiles=(0, 1), runs=1).total[0] >= 0
    True
    """
    plan, rng = forecast(leads, weights, rate), np.random.default_rng(int(SEED.check(seed)))
    runs, quantiles = int(RUNS.check(runs)), tuple(SHARE.check(at) for at in quantiles)
    known = [people is not None for people in (*plan.customers, plan.total)]
    if leads_vary:
        draws = rng.poisson([people or 0.0 for people in plan.customers], (runs, len(plan.customers)))
    else:
        draws = np.zeros((runs, len(plan.customers)), dtype=np.int64)
        chances = [*((rate or 0.0) * share for share in plan.weights), max(0.0, 1 - (rate or 0.0))]
        for month, people in enumerate(leads):
            whole, part = divmod(people or 0.0, 1)
            buyers = rng.multinomial(int(whole) + (rng.random(runs) < part), chances)[:, :-1]
            draws[:, month : month + len(plan.weights)] += buyers
    values = np.quantile(np.column_stack((draws, draws.sum(axis=1))), quantiles, axis=0, method="inverted_cdf")
    rows = [[float(people) if here else None for people, here in zip(row, known, strict=True)] for row in values]
    return Fan(quantiles, tuple(tuple(row[:-1]) for row in rows), tuple(row[-1] for row in rows))
