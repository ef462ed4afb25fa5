"""What a test of two versions can and cannot tell: intervals, sample size, chance, repeated looks. No screen.

Rates are fractions; B is compared with A, so a positive difference means that B has the higher rate.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from funnel.formulas.conversion import Value, ratio
from funnel.formulas.statistics import wilson
from funnel.quantities import COUNT, SHARE, Quantity, certain

CONFIDENCE = Quantity("fraction", 0.01, 0.999999, 0.95)
LEVEL = Quantity("fraction", 0.000001, 0.99, 0.05)
POWER = Quantity("fraction", 0.5, 0.999999, 0.8)
PRIOR = Quantity("number", 0.1, 1e6, 1)
FEW = 5  # expected successes or failures per arm below which the z test should give way to an exact one
ALARM = 0.001  # p of the sample-ratio check below which the test itself is broken, by convention


@dataclass(frozen=True)
class Arm:
    """Hold one arm of a test: `x` of `n` people (not visits) did it. Raises OutOfRange unless 0 <= x <= n."""

    x: float
    n: float

    def __post_init__(self) -> None:
        Quantity("count", 0, COUNT.check(self.n)).check(self.x)

    @property
    def rate(self) -> Value:
        """Return x / n, None when nobody was in the arm."""
        return ratio(self.x, self.n)


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf(0.5 + CONFIDENCE.check(confidence) / 2)


@dataclass(frozen=True)
class ZTest:
    """Hold a z test: p_B - p_A, p_B / p_A - 1, two-sided p; `enough`: each arm expects 5 successes and 5 failures."""

    difference: Value
    lift: Value
    pooled: Value
    error: Value
    z: Value
    p: Value
    enough: bool


def z_test(a: Arm, b: Arm) -> ZTest:
    """Return the z test of B against A with a pooled rate; its parts are None where an arm is empty or nobody varies.

    Source: docs/model.md, F31; J. Fleiss, B. Levin, M. Paik, 2003; statsmodels proportions_ztest.

    >>> test = z_test(Arm(412, 10000), Arm(468, 10000))
    >>> round(test.z, 4), round(test.p, 4), round(test.lift, 4)
    (1.9307, 0.0535, 0.1359)
    """
    pooled = ratio(a.x + b.x, a.n + b.n)
    if pooled is None or a.rate is None or b.rate is None:
        return ZTest(None, None, pooled, None, None, None, False)
    difference = b.rate - a.rate
    lift = ratio(difference, a.rate)
    error = math.sqrt(pooled * (1 - pooled)) * math.hypot(a.n**-0.5, b.n**-0.5)
    z = ratio(difference, error)
    p = None if z is None else math.erfc(abs(z) / math.sqrt(2))
    return ZTest(difference, lift, pooled, error, z, p, min(pooled, 1 - pooled) * min(a.n, b.n) >= FEW)


def wald(a: Arm, b: Arm, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return the textbook interval of p_B - p_A, as fractions; None when an arm is empty. Too narrow for few people.

    Raises OutOfRange for a confidence outside 0.01 to 0.999999. Source: docs/model.md, F32; R. Newcombe, 1998.

    >>> [round(limit, 6) for limit in wald(Arm(412, 10000), Arm(468, 10000))]
    [-8.4e-05, 0.011284]
    """
    z = _z(confidence)
    if a.rate is None or b.rate is None:
        return None
    half = z * math.hypot(math.sqrt(a.rate * (1 - a.rate) / a.n), math.sqrt(b.rate * (1 - b.rate) / b.n))
    return b.rate - a.rate - half, b.rate - a.rate + half


def newcombe(a: Arm, b: Arm, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return the interval of p_B - p_A from the Wilson limits, sensible for few people too; None if an arm is empty.

    Within -1 to 1. Raises OutOfRange as `wald`. Source: docs/model.md, F32; R. Newcombe, 1998.

    >>> [round(limit, 6) for limit in newcombe(Arm(412, 10000), Arm(468, 10000))]
    [-8.8e-05, 0.0113]
    """
    z = _z(confidence)
    of_a, of_b = wilson(a.x, a.n, z), wilson(b.x, b.n, z)
    if of_a is None or of_b is None:
        return None
    rate_a, rate_b = certain(a.rate), certain(b.rate)
    difference = rate_b - rate_a
    low = difference - math.hypot(rate_b - of_b[0], of_a[1] - rate_a)
    high = difference + math.hypot(of_b[1] - rate_b, rate_a - of_a[0])
    return max(-1.0, low), min(1.0, high)


def lift_interval(a: Arm, b: Arm, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return the interval of the relative lift p_B / p_A - 1, as fractions; None when an arm has no success.

    Raises OutOfRange as `wald`. Source: docs/model.md, F32; the logarithm of the ratio, Fleiss, Levin, Paik, 2003.

    >>> [round(limit, 4) for limit in lift_interval(Arm(412, 10000), Arm(468, 10000))]
    [-0.002, 0.2929]
    """
    z = _z(confidence)
    if not a.rate or not b.rate:
        return None
    half = z * math.hypot(math.sqrt((1 - a.rate) / a.x), math.sqrt((1 - b.rate) / b.x))
    centre = math.log(b.rate / a.rate)
    return (math.expm1(centre - half), math.expm1(centre + half)) if centre + half < 700 else None


@dataclass(frozen=True)
class SampleSize:
    """Hold the people needed per arm: exact, rounded up, by the rule of thumb; and the days; None for not defined."""

    exact: Value
    per_arm: int | None
    rule_of_thumb: Value
    days: Value


def sample_size(p1: float, p2: float, level: float = 0.05, power: float = 0.8, daily: float = 0) -> SampleSize:
    """Return the people per arm that let a two-sided test see the change from rate `p1` to `p2`.

    Rates 0 to 1, `level` the accepted false alarms (alpha), `power` 0.5 to 0.999999, `daily` the visitors a day to
    both arms together; raises OutOfRange outside. No number is enough when the rates are equal, no days when nobody
    comes. Source: docs/model.md, F34; J. Fleiss, B. Levin, M. Paik, 2003.

    >>> size = sample_size(0.04, 0.048, daily=1500)
    >>> round(size.exact, 4), size.per_arm, round(size.rule_of_thumb), round(size.days, 3)
    (10316.1734, 10317, 10516, 13.756)
    """
    mean, delta = (SHARE.check(p1) + SHARE.check(p2)) / 2, p2 - p1
    z_level, z_power = _z(1 - LEVEL.check(level)), NormalDist().inv_cdf(POWER.check(power))
    spread = z_level * math.sqrt(2 * mean * (1 - mean)) + z_power * math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    exact, thumb = ratio(spread**2, delta**2), ratio(16 * mean * (1 - mean), delta**2)
    per_arm = None if exact is None else math.ceil(exact * (1 - 1e-12))
    return SampleSize(exact, per_arm, thumb, ratio(None if per_arm is None else 2 * per_arm, COUNT.check(daily)))


def power_of(p1: float, p2: float, n: float, level: float = 0.05) -> Value:
    """Return the chance that a test of `n` people per arm finds the change from `p1` to `p2`, in the right direction.

    None when n is 0 or both rates are 0 or 1. Raises OutOfRange. Source: docs/model.md, F35; power_proportions_2indep.

    >>> round(power_of(0.04, 0.048, 10000), 4)
    0.7877
    """
    mean, z = (SHARE.check(p1) + SHARE.check(p2)) / 2, _z(1 - LEVEL.check(level))
    reach = abs(p2 - p1) * math.sqrt(COUNT.check(n)) - z * math.sqrt(2 * mean * (1 - mean))
    sigmas = ratio(reach, math.sqrt(p1 * (1 - p1) + p2 * (1 - p2)))
    return None if sigmas is None or n == 0 else NormalDist().cdf(sigmas)


@dataclass(frozen=True)
class Detectable:
    """Hold the smallest rise that a test sees: in fractions of a whole, relative to the rate, and by the quick form."""

    points: Value
    relative: Value
    quick: Value


def minimum_effect(p1: float, n: float, level: float = 0.05, power: float = 0.8) -> Detectable:
    """Return the smallest rise from rate `p1` that `n` people per arm can show; None where none would do.

    Arguments and errors as for `sample_size`. Source: docs/model.md, F35 (F34 solved by bisection).

    >>> effect = minimum_effect(0.04, 10000)
    >>> round(effect.points, 4), round(effect.relative, 4), round(effect.quick, 4)
    (0.0081, 0.2033, 0.0078)
    """
    room, n = 1 - SHARE.check(p1), COUNT.check(n)
    both = _z(1 - LEVEL.check(level)) + NormalDist().inv_cdf(POWER.check(power))
    variance = ratio(2 * p1 * room, n)
    quick = None if variance is None else both * math.sqrt(variance)

    def needs(points: float) -> float:
        exact = sample_size(p1, min(1.0, p1 + points), level, power).exact
        return math.inf if exact is None else exact

    low, high = 0.0, room
    if needs(high) > n:
        return Detectable(None, None, quick)
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if needs(middle) > n else (low, middle)
    return Detectable(high, ratio(high, p1), quick)


@dataclass(frozen=True)
class Posterior:
    """Hold what the data say about two rates: means, P(B > A), expected loss of each choice, interval of the lift."""

    mean_a: float
    mean_b: float
    b_beats_a: float
    loss_a: float
    loss_b: float
    lift: tuple[float, float]


def posterior(a: Arm, b: Arm, prior: tuple[float, float] = (1, 1), credible: float = 0.95) -> Posterior:
    """Return the beta-binomial comparison of two arms; `prior` is the Beta(a0, b0) of both, each 0.1 to 1e6.

    The loss of a choice is the rate that it gives away on average: E[max(other - chosen, 0)]. `lift` is the equal-tail
    credible interval of p_B / p_A - 1, good to 1e-5; P(B > A) is no p-value. Raises OutOfRange.
    Source: docs/model.md, F36; E. Miller, Formulas for Bayesian A/B Testing; C. Stucchio, 2014.

    >>> both = posterior(Arm(412, 10000), Arm(468, 10000))
    >>> round(both.b_beats_a, 4), round(both.loss_b, 7), [round(limit, 4) for limit in both.lift]
    (0.9732, 2.97e-05, [-0.002, 0.2929])
    """
    from scipy.optimize import brentq  # here and not above: scipy is slow to start
    from scipy.special import betainc, betaincc, ndtr
    from scipy.special import betainccinv as upper
    from scipy.special import betaincinv as lower

    tail = (1 - CONFIDENCE.check(credible)) / 2
    of_a, of_b = ((PRIOR.check(prior[0]) + arm.x, PRIOR.check(prior[1]) + arm.n - arm.x) for arm in (a, b))
    # Walk along the quantiles of the surer rate and ask the other, which is smooth at that scale, for its chances.
    b_is_surer = of_b[1] / of_b[0] / (sum(of_b) + 1) < of_a[1] / of_a[0] / (sum(of_a) + 1)
    sure, vague = (of_b, of_a) if b_is_surer else (of_a, of_b)
    normal = np.linspace(-8.5, 8.5, 401 if min(*of_a, *of_b) >= 3 else 1601)  # a shape with a corner asks for more
    weight = np.exp(-(normal**2) / 2) * (normal[1] - normal[0]) / math.sqrt(2 * math.pi)
    rate = np.where(normal < 0, lower(*sure, ndtr(normal)), upper(*sure, ndtr(-normal)))
    rate = np.where(np.isnan(rate), normal > 0, rate)  # scipy gives up far out in the tails of some shapes

    def exceeds(times: float) -> float:  # P(p_B > times p_A)
        below, at = (betainc, rate / times) if b_is_surer else (betaincc, rate * times)
        return min(1.0, float(weight @ below(*vague, at.clip(0, 1))))

    # P(p_B > k p_A) is (1 +- credible) / 2 somewhere between these ends, whatever the two shapes are.
    ends = [math.log(y(*of_b, tail / 2) / x(*of_a, tail / 2)) for x, y in ((upper, lower), (lower, upper))]
    lift = [math.expm1(brentq(lambda x, p: exceeds(math.exp(x)) - p, *ends, (p,))) for p in (1 - tail, tail)]
    # E[max(sure - vague, 0)]; the loss the other way round differs by the difference of the means.
    means = of_a[0] / sum(of_a), of_b[0] / sum(of_b)
    below = betainc(vague[0] + 1, vague[1], rate) * vague[0] / sum(vague)
    ahead = float(weight @ (rate * betainc(*vague, rate) - below))
    losses = (ahead, ahead + means[0] - means[1]) if b_is_surer else (ahead + means[1] - means[0], ahead)
    lost_a, lost_b = (max(0.0, loss) for loss in losses)
    return Posterior(*means, exceeds(1), lost_a, lost_b, (lift[0], lift[1]))


def many_tests(tests: float, level: float = 0.05) -> tuple[float, float]:
    """Return (1 - (1 - alpha)^k, alpha / k): the chance of a false alarm in k independent tests, Bonferroni's level.

    `tests` from 1; raises OutOfRange. Wrong for repeated looks at one test: see `peeking`. Source: docs/model.md, F37.

    >>> [round(part, 4) for part in many_tests(5)]
    [0.2262, 0.01]
    """
    tests = Quantity("count", 1, 1e12).check(tests)
    return -math.expm1(tests * math.log1p(-LEVEL.check(level))), level / tests


def peeking(looks: int, level: float = 0.05, runs: int = 100_000, seed: int = 37) -> tuple[float, ...]:
    """Return, after each of `looks` equally spaced looks, the chance that a test of two equal arms has alarmed by then.

    Simulated, with an error of about sqrt(p (1 - p) / runs). `looks` 1 to 1000, `runs` 1 to a million; raises
    OutOfRange. Source: docs/model.md, F37; P. Armitage, C. McPherson, B. Rowe, JRSS A 132, 1969.

    >>> [round(rate, 2) for rate in peeking(5, runs=50_000)]
    [0.05, 0.08, 0.11, 0.13, 0.14]
    """
    limit = _z(1 - LEVEL.check(level))
    looks, runs = (int(Quantity("count", 1, most).check(n)) for n, most in ((looks, 1000), (runs, 1_000_000)))
    chance, walk, alarmed, rates = np.random.default_rng(seed), np.zeros(runs), np.zeros(runs, bool), []
    for look in range(1, looks + 1):
        walk += chance.standard_normal(runs)
        alarmed |= np.abs(walk) > limit * math.sqrt(look)
        rates.append(float(alarmed.mean()))
    return tuple(rates)


def sample_ratio(n_a: float, n_b: float, share_a: float = 0.5) -> tuple[float, float] | None:
    """Return (chi-square, p) of the people of two arms against the planned split; None when nobody came.

    `share_a` is the planned share of A (None for 0 or 1). A p below ALARM: look for a bug. Raises OutOfRange.
    Source: docs/model.md, F38; A. Fabijan et al., KDD 2019.

    >>> [round(part, 4) for part in sample_ratio(10000, 10310)]
    [4.7317, 0.0296]
    """
    total = COUNT.check(n_a) + COUNT.check(n_b)  # both arms miss their expected count by the same number
    chi2 = ratio((n_a - total * SHARE.check(share_a)) ** 2, total * share_a * (1 - share_a))
    return None if chi2 is None else (chi2, math.erfc(math.sqrt(chi2 / 2)))
