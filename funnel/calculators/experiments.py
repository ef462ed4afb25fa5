"""A/B tests: how many people a test needs, what a result says and does not say, what looking early does to it."""

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from funnel.formulas import experiments as tests
from funnel.formulas.conversion import Value, ratio
from funnel.formulas.experiments import FEW, Arm, Detectable, Posterior, SampleSize, ZTest
from funnel.formulas.statistics import wilson
from funnel.formulas.trials import Curve, Draw, Found, beta_curve, draws, exact_test, size_curve, when_found
from funnel.inputs.experiments import LOOKS, SEED, SOURCES, UNITS, VIEWS, Inputs, next_draw

__all__ = ["FEW", "LOOKS", "SEED", "SOURCES", "UNITS", "VIEWS", "Inputs", "Result", "compute", "next_draw"]

RUNS, PATHS = 40_000, 12  # simulated tests behind a rate, and drawn as lines
PER = 10_000  # people that an expected loss is told of
LEAST_EFFECT = 1e-9  # less is no effect that any number of people would show
Interval = tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """Hold what a test needs. `target`: the rate to be told from the base, None beyond 100%; effects are fractions.

    `total`: people in both arms; `days` and `weeks` are whole; `z_level`, `z_power` the normal quantiles, `mean` of both
    rates; `reach` and `chance`: what the people at hand can show; `others`: (effect, rate, size, days) for 0.5 ... 2
    times the effect; `curve`: people against the effect.
    """

    base: float
    effect: float
    target: Value
    size: SampleSize
    total: int | None
    days: int | None
    weeks: int | None
    z_level: float
    z_power: float
    mean: Value
    reach: Detectable | None
    chance: Value
    others: tuple[tuple[float, Value, SampleSize, int | None], ...]
    curve: Curve

    @property
    def reach_rate(self) -> Value:
        """Return the rate that the smallest detectable effect leads to."""
        return None if self.reach is None or self.reach.points is None else self.base + self.reach.points


NO_SIZE = SampleSize(None, None, None, None)
MOST_DAYS = 1e9
TIMES = (0.5, 0.75, 1.0, 1.5, 2.0)


def _plan(inputs: Inputs) -> Plan:
    base, level, power, daily = inputs.base, inputs.level, inputs.power, inputs.daily or 0.0

    def size(effect: float) -> tuple[Value, SampleSize, int | None]:
        target = base + effect
        if target > 1 + 1e-12:
            return None, NO_SIZE, None
        target = min(1.0, target)
        if effect < LEAST_EFFECT:
            return target, NO_SIZE, None
        needed = tests.sample_size(base, target, level, power, daily)
        return target, needed, None if needed.days is None or needed.days > MOST_DAYS else math.ceil(needed.days)

    effect = inputs.effect
    target, needed, days = size(effect)
    others = tuple((times * effect, *size(times * effect)) for times in TIMES) if needed.exact is not None else ()
    steps = tuple(effect * (0.45 + 0.0257 * i) for i in range(81)) if others else ()
    reach = chance = None
    if inputs.have is not None:
        reach = tests.minimum_effect(base, inputs.have, level, power)
        chance = None if target is None or not effect else tests.power_of(base, target, inputs.have, level)
    return Plan(
        base, effect, target, needed,
        None if needed.per_arm is None else 2 * needed.per_arm,
        days, None if days is None else -(-days // 7),
        NormalDist().inv_cdf(1 - level / 2), NormalDist().inv_cdf(power), None if target is None else (base + target) / 2,
        reach, chance, others, size_curve(base, steps, level, power),
    )  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """Hold what two arms say, in both ways of reading. Differences and intervals are fractions of a whole, B minus A.

    `p_exact`: Fisher's, only where too few people did it for the z test; `p_one` the one-sided p of "B is higher";
    `least`: the smallest gap that would be significant; `planned`: people per arm that the test was to have; `winners`:
    what tests of that size report of a quarter, half, three quarters and all of the smallest effect they can find.
    """

    a: Arm
    b: Arm
    test: ZTest
    p_exact: Value
    p_one: Value
    of_a: Interval | None
    of_b: Interval | None
    wald: Interval | None
    newcombe: Interval | None
    lift: Interval | None
    bayes: Posterior
    ratio: Interval | None
    least: Value
    planned: float
    reach: Detectable
    winners: tuple[Found, ...]

    @property
    def lost(self) -> tuple[float, float]:
        """Return what choosing A, and choosing B, gives away on average: people who would have done it, of PER."""
        return PER * self.bayes.loss_a, PER * self.bayes.loss_b

    def relative(self, difference: float) -> Value:
        """Return a difference of rates as a share of A's rate."""
        return ratio(difference, self.a.rate)

    @property
    def p(self) -> Value:
        """Return the p-value to go by: the exact one where few did it."""
        return self.test.p if self.p_exact is None else self.p_exact


@lru_cache(maxsize=256)
def _posterior(xa: float, na: float, xb: float, nb: float, prior: Interval, credible: float) -> Posterior:
    return tests.posterior(Arm(xa, na), Arm(xb, nb), prior, credible)


def _read(inputs: Inputs) -> Reading:
    a, b, sure = Arm(inputs.xa, inputs.na), Arm(inputs.xb, inputs.nb), inputs.confidence
    test, z = tests.z_test(a, b), NormalDist().inv_cdf(1 - inputs.level / 2)
    prior = inputs.prior_x, inputs.prior_y
    planned = min(a.n, b.n) if inputs.have is None else inputs.have
    reach = Detectable(None, None, None) if a.rate is None else tests.minimum_effect(a.rate, planned, inputs.level, 0.8)
    found = []
    if reach.points and a.rate is not None:
        shares = (when_found(a.rate, a.rate + reach.points * i / 4, planned, inputs.level) for i in (1, 2, 3, 4))
        found = [one for one in shares if one is not None]
    return Reading(
        a, b, test,
        None if test.enough else exact_test(a, b),
        None if test.z is None else math.erfc(test.z / math.sqrt(2)) / 2,
        wilson(a.x, a.n, z), wilson(b.x, b.n, z),
        tests.wald(a, b, sure), tests.newcombe(a, b, sure), tests.lift_interval(a, b, sure),
        _posterior(a.x, a.n, b.x, b.n, prior, sure),
        tests.sample_ratio(a.n, b.n, inputs.split),
        None if test.error is None else z * test.error,
        planned, reach, tuple(found),
    )  # fmt: skip


def report(reading: Reading) -> list[list[object]]:
    """Return a reading as rows (quantity, value, low, high) for a file."""
    test, bayes, none = reading.test, reading.bayes, (None, None)
    chi2, p_split = reading.ratio or none
    return [
        ["rate_a", reading.a.rate, *(reading.of_a or none)],
        ["rate_b", reading.b.rate, *(reading.of_b or none)],
        ["difference_wald", test.difference, *(reading.wald or none)],
        ["difference_newcombe", test.difference, *(reading.newcombe or none)],
        ["relative_lift", test.lift, *(reading.lift or none)],
        ["relative_lift_credible", None, *bayes.lift],
        ["z", test.z, *none],
        ["p_two_sided", test.p, *none],
        ["p_exact", reading.p_exact, *none],
        ["b_beats_a", bayes.b_beats_a, *none],
        ["loss_a", bayes.loss_a, *none],
        ["loss_b", bayes.loss_b, *none],
        ["split_chi2", chi2, *none],
        ["split_p", p_split, *none],
    ]


def posterior_curves(inputs: Inputs) -> tuple[Curve, Curve]:
    """Return the posterior densities of both rates, for a picture."""
    prior = inputs.prior_x, inputs.prior_y
    return beta_curve(inputs.xa, inputs.na, prior), beta_curve(inputs.xb, inputs.nb, prior)


@dataclass(frozen=True)
class Peeks:
    """Hold false alarms in tests of two equal versions: after 1, 2, ... 50 looks (`alarms`, simulated in RUNS tests).

    `chance`: at the chosen number of looks, with its simulation `error`; `separate`: what the formula for separate
    tests would give; `limit`: the z at which a look alarms; `drawn`: some tests by chance. `any_metric`: a false alarm
    in k independent metrics, `strict` Bonferroni's level for each, `any_strict` a false alarm with it.
    """

    alarms: tuple[float, ...]
    chance: float
    error: float
    separate: tuple[float, ...]
    limit: float
    drawn: tuple[Draw, ...]
    any_metric: float
    strict: float
    any_strict: float

    @property
    def alarmed(self) -> int:
        """Return how many of the drawn tests raised an alarm."""
        return sum(draw.alarm is not None for draw in self.drawn)


@lru_cache(maxsize=64)
def _alarms(level: float, seed: int) -> tuple[float, ...]:
    return tests.peeking(int(LOOKS.high), level, RUNS, seed)


def _peek(inputs: Inputs) -> Peeks:
    looks, level = int(inputs.looks), inputs.level
    alarms = _alarms(level, int(inputs.seed))
    chance = alarms[looks - 1]
    any_metric, strict = tests.many_tests(inputs.metrics, level)
    return Peeks(
        alarms, chance, math.sqrt(chance * (1 - chance) / RUNS),
        tuple(tests.many_tests(k, level)[0] for k in range(1, int(LOOKS.high) + 1)),
        NormalDist().inv_cdf(1 - level / 2), draws(looks, PATHS, level, int(inputs.seed)),
        any_metric, strict, tests.many_tests(inputs.metrics, strict)[0],
    )  # fmt: skip


@dataclass(frozen=True)
class Result:
    """Hold the part that the view asks for; the others are None."""

    plan: Plan | None = None
    reading: Reading | None = None
    peeks: Peeks | None = None


def compute(inputs: Inputs) -> Result:
    """Compute what the view asks for. Pure and total; bounded work. Source: docs/model.md, F31 to F38.

    >>> plan = compute(Inputs.origin("textbook")).plan
    >>> plan.size.per_arm, plan.days, round(plan.chance, 4)
    (10317, 14, 0.7877)
    >>> reading = compute(Inputs(view="read")).reading
    >>> round(reading.test.z, 4), round(reading.p, 4), round(reading.bayes.b_beats_a, 4)
    (1.9307, 0.0535, 0.9732)
    """
    if inputs.view == "plan":
        return Result(plan=_plan(inputs))
    if inputs.view == "read":
        return Result(reading=_read(inputs))
    return Result(peeks=_peek(inputs))
