"""More about a test of two versions: the exact test, how winners exaggerate, tests drawn by chance, posterior curves.

Rates are fractions; B is compared with A. What a plain reading of a test needs stands in `funnel.formulas.experiments`.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from funnel.formulas.conversion import Value
from funnel.formulas.experiments import LEVEL, Arm, power_of, sample_size
from funnel.quantities import COUNT, SHARE, Quantity

MOST_CASES = 5000  # splits that the exact test goes through, at most
Curve = tuple[tuple[float, float], ...]


def exact_test(a: Arm, b: Arm) -> Value:
    """Return the two-sided p of Fisher's exact test; None for an empty arm, parts of people, or too many cases.

    Adds up the chances of every split of the successes that is no likelier than the one seen, given both totals.
    Source: docs/model.md, F31 (few people); R. A. Fisher, 1935; scipy.stats.fisher_exact.

    >>> round(exact_test(Arm(3, 40), Arm(7, 42)), 4)
    0.3134
    """
    if not (a.n and b.n) or any(part != math.floor(part) for part in (a.x, a.n, b.x, b.n)):
        return None
    successes = a.x + b.x
    least, most = max(0.0, successes - b.n), min(a.n, successes)
    if most - least > MOST_CASES:
        return None
    x = np.arange(least, most)  # from x successes in A to x + 1, the chance grows by this factor
    steps = np.log((a.n - x) * (successes - x)) - np.log((x + 1) * (b.n - successes + x + 1))
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    chances = np.exp(logs - logs.max())
    seen = chances[int(a.x - least)]
    return min(1.0, float(chances[chances <= seen * (1 + 1e-7)].sum() / chances.sum()))


@dataclass(frozen=True)
class Found:
    """Hold a true gain and what tests that find it report: `power`, the mean gain `shown`, and how many times the truth.

    `truth` and `shown` are differences of rates, fractions of a whole.
    """

    truth: float
    power: float
    shown: float

    @property
    def factor(self) -> float:
        """Return how many times the truth the tests that find it report on average, 1 or more."""
        return self.shown / self.truth


def when_found(p1: float, p2: float, n: float, level: float = 0.05) -> Found | None:
    """Return what tests of `n` people per arm report of a rise from `p1` to `p2`, among those that call it significant.

    Normal approximation, spreads as in F34: D has mean p2 - p1, and counts from z times its spread without difference.
    None where there is no rise or no power. Raises OutOfRange as `power_of`.
    Source: docs/model.md, F35, truncated normal mean; A. Gelman, J. Carlin, Beyond Power Calculations, 2014 (type M error).

    >>> found = when_found(0.04, 0.044, 10_000)
    >>> round(found.power, 4), round(found.shown, 5), round(found.factor, 2)
    (0.2912, 0.00734, 1.84)
    """
    power = power_of(p1, p2, n, level)
    if p2 <= p1 or not power:
        return None
    spread = math.sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / n)
    return Found(
        p2 - p1, power, p2 - p1 + spread * NormalDist().pdf(NormalDist().inv_cdf(min(power, 1 - 1e-16))) / power
    )


@dataclass(frozen=True)
class Draw:
    """Hold one test drawn by chance: its z after each look, and the first look (from 0) at which it alarmed, or None."""

    path: tuple[float, ...]
    alarm: int | None


def draws(looks: int, tests: int, level: float = 0.05, seed: int = 37) -> tuple[Draw, ...]:
    """Return tests of two equal versions, looked at `looks` times at equal distances, as chance would have them.

    `looks` 1 to 1000, `tests` 1 to 1000; raises OutOfRange. Source: docs/model.md, F37: z is a sum of independent standard
    normal steps over the root of their number.

    >>> [round(z, 2) for z in draws(3, 1)[0].path] == [round(z, 2) for z in draws(5, 1)[0].path[:3]]
    True
    """
    limit = NormalDist().inv_cdf(1 - LEVEL.check(level) / 2)
    looks, tests = (int(Quantity("count", 1, 1000).check(n)) for n in (looks, tests))
    steps = np.random.default_rng((seed, 37)).standard_normal((1000, tests))[:looks]
    paths = np.cumsum(steps, axis=0) / np.sqrt(np.arange(1, looks + 1))[:, None]
    over = np.abs(paths) > limit
    first = [int(over[:, i].argmax()) if over[:, i].any() else None for i in range(tests)]
    return tuple(Draw(tuple(map(float, paths[:, i])), first[i]) for i in range(tests))


def beta_curve(x: float, n: float, prior: tuple[float, float] = (1, 1), points: int = 121) -> Curve:
    """Return (rate, density) along the Beta(a0 + x, b0 + n - x) posterior, within four standard deviations of its mean.

    Raises OutOfRange unless 0 <= x <= n. Source: docs/model.md, F36.

    >>> curve = beta_curve(0, 0)
    >>> len(curve), {round(height, 6) for _rate, height in curve}
    (121, {1.0})
    """
    arm = Arm(x, n)
    a, b = prior[0] + arm.x, prior[1] + arm.n - arm.x
    mean = a / (a + b)
    reach = 4 * math.sqrt(mean * (1 - mean) / (a + b + 1))
    low, high = max(0.0, mean - reach), min(1.0, mean + reach)
    rates = low + (high - low) * (np.arange(points) + 0.5) / points  # never 0 or 1, where some shapes have no height
    norm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    logs = norm + (a - 1) * np.log(rates) + (b - 1) * np.log1p(-rates)
    return tuple(zip(map(float, rates), map(float, np.exp(np.minimum(logs, 700))), strict=True))


def size_curve(p1: float, effects: tuple[float, ...], level: float, power: float) -> Curve:
    """Return (effect, people per arm) for each effect, in fractions of a whole, that leads to a rate of at most 1.

    Raises OutOfRange as `sample_size`. Source: docs/model.md, F34.

    >>> [(effect, round(n)) for effect, n in size_curve(0.04, (0.004, 0.008, 0.99), 0.05, 0.8)]
    [(0.004, 39475), (0.008, 10316)]
    """
    found = []
    for effect in effects:
        exact = sample_size(p1, p1 + effect, level, power).exact if SHARE.fits(p1 + effect) else None
        if exact is not None and COUNT.fits(exact):
            found.append((effect, exact))
    return tuple(found)
