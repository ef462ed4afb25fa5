"""What a customer is worth over time: churn, lifetime value (LTV), payback. No scenario, no screen.

Rates are fractions per period, money is in one currency per period, and every rate of one call belongs to the same
period: a monthly margin never meets a yearly churn. What is not defined is None; where that needs telling apart, a
reason code stands beside it. The retention r of docs/model.md is 1 - churn.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from funnel.formulas.conversion import Value, Values, ratio
from funnel.quantities import COUNT, DURATION, MONEY, NUMBER, SHARE, OutOfRange, Quantity

DISCOUNT = Quantity("fraction", 0, 1000)
SPAN = Quantity("duration", 1e-6, 1e6)

# When the payments of LTV come. start: at the start of each period, the first one now (docs/model.md, F18 i). end: at the
# end of each period, the first one certain (ii). end-if-kept: at the end, only from who is still there (iii).
Timing = Literal["start", "end", "end-if-kept"]
TIMINGS: tuple[Timing, ...] = ("start", "end", "end-if-kept")

# endless: nobody ever leaves, or too few leave, so the sum has no limit. no-margin: a period brings nothing in.
# cac-exceeds-ltv: a customer leaves before the cost of winning her is back.
Reason = Literal["endless", "no-margin", "cac-exceeds-ltv"]


@dataclass(frozen=True)
class Outcome:
    """Hold a number, or None with the reason why it is not defined."""

    value: Value
    reason: Reason | None = None


def limited(value: float) -> Outcome:
    """Return the value as an Outcome; what is beyond a float counts as endless.

    >>> limited(math.inf)
    Outcome(value=None, reason='endless')
    """
    return Outcome(value) if math.isfinite(value) else Outcome(None, "endless")


@dataclass(frozen=True)
class SimpleLTV:
    """Hold the simple transactional LTV in both forms, in money per customer: never compare one with the other."""

    revenue: float
    margin: float


def simple_ltv(order_value: float, orders_per_year: float, years: float, margin: float) -> SimpleLTV:
    """Return a f y and a f y g: the value of a customer whose years are a guess; nothing is discounted.

    `order_value` in money, `margin` a fraction 0 to 1. Raises OutOfRange for negative numbers.
    Source: docs/model.md, F15; P. Farris, N. Bendle, P. Pfeifer, D. Reibstein, Marketing Metrics, ch. 5.

    >>> simple_ltv(180, 3.2, 2.5, 0.35).revenue, round(simple_ltv(180, 3.2, 2.5, 0.35).margin, 4)
    (1440.0, 504.0)
    """
    revenue = MONEY.check(order_value) * COUNT.check(orders_per_year) * DURATION.check(years)
    return SimpleLTV(revenue, revenue * SHARE.check(margin))


def margin_per_period(arpu: float, margin: float) -> float:
    """Return m = ARPU x g, the money that a customer leaves per period after what serving her costs.

    `arpu` is revenue per customer and period, `margin` a fraction 0 to 1. Raises OutOfRange outside these.
    Source: docs/model.md, F16.

    >>> round(margin_per_period(47.50, 0.78), 4)
    37.05
    """
    return MONEY.check(arpu) * SHARE.check(margin)


def expected_periods(churn: float) -> Outcome:
    """Return 1 / c, the periods that a customer stays on average, counting the first; endless when nobody leaves.

    `churn` per period, 0 to 1; raises OutOfRange. Source: docs/model.md, F16; P. Fader, B. Hardie, 2007.

    >>> round(expected_periods(0.042).value, 4), expected_periods(0).reason
    (23.8095, 'endless')
    """
    return ltv(1, churn)


def ltv(m: float, churn: float, discount: float = 0.0, timing: Timing = "start") -> Outcome:
    """Return the present value of margin `m` per period from a customer who leaves with the same chance each period.

    `churn` is a fraction 0 to 1 and `discount` a fraction from 0, both per period; `timing` names the convention (see
    TIMINGS): start m(1+d)/(c+d), end m/(c+d), end-if-kept m(1-c)/(c+d). Without discount these are m/c, m/c, m(1-c)/c.
    Endless when both rates are 0. CAC is not subtracted. Raises OutOfRange; ValueError for an unknown timing.
    Source: docs/model.md, F16, F18; S. Gupta, D. Lehmann, 2003 (end-if-kept); P. Fader, B. Hardie, 2010 (start).

    >>> round(ltv(37.05, 0.042).value, 4)
    882.1429
    >>> [round(ltv(37.05, 0.042, 0.01, timing).value, 4) for timing in TIMINGS]
    [719.625, 712.5, 682.575]
    """
    return _worth(m, churn, discount, timing, math.inf)


def ltv_within(m: float, churn: float, periods: float, discount: float = 0.0, timing: Timing = "start") -> Value:
    """Return the part of `ltv` that the first `periods` payments bring; None only where it is beyond a float.

    `periods` from 0, whole for a sum of payments; arguments and errors as for `ltv`. m (1 - r^n) / (1 - r) when
    nothing is discounted, m n when nobody leaves. Source: docs/model.md, F19; Farris et al., Marketing Metrics, ch. 5.

    >>> round(ltv_within(37.05, 0.042, 36), 4), ltv_within(10, 0, 36), ltv_within(10, 1, 36)
    (693.9092, 360.0, 10.0)
    """
    return _worth(m, churn, discount, timing, DURATION.check(periods)).value


def _worth(m: float, churn: float, discount: float, timing: Timing, periods: float) -> Outcome:
    m, churn, discount = NUMBER.check(m), SHARE.check(churn), DISCOUNT.check(discount)
    if timing not in TIMINGS:
        raise ValueError(f"{timing!r:.80} is none of {TIMINGS}")
    if m == 0 or periods == 0:
        return Outcome(0.0)
    # Each payment is worth q = r / (1 + d) of the one before; 1 - q is built without subtracting near-equal numbers.
    shrink = (churn + discount) / (1 + discount)
    if shrink == 0:
        weight = periods
    elif churn == 1 or periods == math.inf:
        weight = 1 / shrink
    else:
        weight = -math.expm1(periods * (math.log1p(-churn) - math.log1p(discount))) / shrink
    factor = {"start": 1.0, "end": 1 / (1 + discount), "end-if-kept": (1 - churn) / (1 + discount)}[timing]
    return Outcome(0.0) if factor == 0 else limited(m * factor * weight)


def share_reached(churn: float, periods: float) -> Value:
    """Return 1 - r^n, the share of the undiscounted LTV that `periods` payments bring; None when that LTV is endless.

    `churn` 0 to 1, `periods` from 0; raises OutOfRange. Source: docs/model.md, F19.

    >>> round(share_reached(0.042, 36), 4), share_reached(0, 36)
    (0.7866, None)
    """
    return ratio(ltv_within(1, churn, periods), expected_periods(churn).value)


def half_life(churn: float) -> Value:
    """Return ln 0.5 / ln r, the periods after which half the customers have left; 0 if all leave at once, None if none.

    `churn` per period, 0 to 1; raises OutOfRange. Source: docs/model.md, F19.

    >>> round(half_life(0.042), 4), half_life(1), half_life(0)
    (16.1545, 0.0, None)
    """
    churn = SHARE.check(churn)
    return 0.0 if churn == 1 else ratio(-math.log(2), math.log1p(-churn))


def churn_rate(start: float, lost: float) -> Value:
    """Return c = X / B, the fraction of the customers at the start who left in the period; None when there were none.

    Raises OutOfRange unless 0 <= lost <= start. Source: docs/model.md, F17.

    >>> round(churn_rate(1450, 61), 4), churn_rate(0, 0)
    (0.0421, None)
    """
    return ratio(Quantity("count", 0, COUNT.check(start)).check(lost), start)


def retention_rate(start: float, end: float, new: float) -> Value:
    """Return r = (E - W) / B, the fraction of the customers at the start who are still there at the end.

    `new` of those at the end came in the period: end / start alone is no retention. None when nobody was there at the
    start. Raises OutOfRange when the counts contradict each other: new > end, or more left over than there were.
    Source: docs/model.md, F17; Farris et al., Marketing Metrics, ch. 5.

    >>> round(retention_rate(1450, 1489, 100), 4)
    0.9579
    """
    kept = COUNT.check(end) - Quantity("count", 0, end).check(new)
    return ratio(Quantity("count", 0, COUNT.check(start)).check(kept), start)


def revenue_retention(start: float, end: float) -> Value:
    """Return the revenue now of the customers from the start over their revenue then; above 1 where they buy more.

    Money, from 0; None when the revenue was 0; raises OutOfRange. Source: docs/model.md, F17.

    >>> revenue_retention(2000, 2200), revenue_retention(0, 5)
    (1.1, None)
    """
    return ratio(MONEY.check(end), MONEY.check(start))


def convert_churn(churn: float, periods: float) -> float:
    """Return the churn over `periods` periods of a churn per one: 1 - (1 - c)^periods, never c x periods.

    12 turns monthly into yearly, 1/12 yearly into monthly. `churn` 0 to 1; raises OutOfRange. Source: docs/model.md, F17.

    >>> round(convert_churn(0.042, 12), 4), round(convert_churn(0.30, 1 / 12), 4)
    (0.4024, 0.0293)
    """
    churn, periods = SHARE.check(churn), SPAN.check(periods)
    return 1.0 if churn == 1 else -math.expm1(periods * math.log1p(-churn))


def convert_discount(discount: float, periods: float) -> Value:
    """Return the discount rate over `periods` periods of a rate per one: (1 + d)^periods - 1; None beyond a float.

    1/12 turns yearly into monthly. Raises OutOfRange for a negative rate. Source: docs/model.md, F18.

    >>> round(convert_discount(0.12, 1 / 12), 6)
    0.009489
    """
    power = SPAN.check(periods) * math.log1p(DISCOUNT.check(discount))
    return math.expm1(power) if power < 700 else None


@dataclass(frozen=True)
class Mixture:
    """Hold how long customers of several kinds stay: `naive` from their mean churn, `true` as they really do."""

    mean_churn: float
    naive: Outcome
    true: Outcome
    retention: Values


def mixture(shares: Sequence[float], churns: Sequence[float], periods: int = 4) -> Mixture:
    """Return the expected periods of a mixed base, naive and true, and its retention in periods 1 to `periods`.

    `shares` of the customers add up to 1; `churns` per period, 0 to 1, one per share. The true mean is never below the
    naive one (Jensen); it is endless when anybody never leaves. The retention rises though no customer changes: the
    fragile leave first. None once nobody is left. Raises OutOfRange, and ValueError when the shares do not add up.
    Source: docs/model.md, F21; P. Fader, B. Hardie, 2010.

    >>> trap = mixture((0.5, 0.5), (0.40, 0.05))
    >>> round(trap.naive.value, 4), round(trap.true.value, 4), [round(rate, 4) for rate in trap.retention]
    (4.4444, 11.25, [0.775, 0.8145, 0.8502, 0.8796])
    """
    kinds = [(SHARE.check(w), SHARE.check(c)) for w, c in zip(shares, churns, strict=True)]
    if not math.isclose(sum(w for w, _ in kinds), 1, abs_tol=1e-6):
        raise ValueError("the shares do not add up to 1")
    if not 0 <= periods <= 1000:
        raise OutOfRange(0, 1000, periods)
    there = [sum(w * (1 - c) ** t for w, c in kinds) for t in range(periods + 1)]
    true = sum(w * (expected_periods(c).value or math.inf) for w, c in kinds if w > 0)
    mean = min(1.0, sum(w * c for w, c in kinds))
    retention = tuple(ratio(there[t], there[t - 1]) for t in range(1, periods + 1))
    return Mixture(mean, expected_periods(mean), limited(true), retention)


@dataclass(frozen=True)
class Payback:
    """Hold when the cost of a customer is back: `periods` exactly, `whole` as payments that must have come."""

    periods: Value
    whole: int | None
    reason: Reason | None = None


def payback(cac: float, m: float, churn: float = 0.0) -> Payback:
    """Return the periods until margin `m` per period has repaid `cac`: CAC / m, or ln(1 - CAC c / m) / ln r with churn.

    Money of one currency; `m` is margin, not revenue, paid from the first period on. Never (None) when m <= 0 or when
    CAC c / m >= 1. Nothing is discounted. Raises OutOfRange. Source: docs/model.md, F23; D. Skok, SaaS Metrics 2.0.

    >>> round(payback(410, 37.05).periods, 4), round(payback(410, 37.05, 0.042).periods, 4)
    (11.0661, 14.5679)
    >>> payback(410, 37.05, 0.042).whole, payback(410, 10, 0.042).reason
    (15, 'cac-exceeds-ltv')
    """
    cac, m, churn = MONEY.check(cac), NUMBER.check(m), SHARE.check(churn)
    if cac == 0:
        return Payback(0.0, 0)
    simple = ratio(cac, m) if m > 0 else None
    if simple is None or simple > 1e300:
        return Payback(None, None, "no-margin")
    if simple * churn >= 1:
        # Everybody leaves after one payment, and that payment is the cost itself: back at once, at the last moment.
        return Payback(1.0, 1) if simple == churn == 1 else Payback(None, None, "cac-exceeds-ltv")
    if churn == 1:
        return Payback(0.0, 1)  # the limit of the formula: one payment, which is enough
    periods = math.log1p(-simple * churn) / math.log1p(-churn) if churn * simple > 0 else simple
    return Payback(periods, max(1, math.ceil(periods * (1 - 1e-12))))


def ltv_to_cac(value: Value, cac: float) -> Value:
    """Return LTV / CAC, a plain number; None when the LTV is not defined or the CAC is 0.

    Both in one currency and of one segment; `value` is a margin LTV. That it should be 3 is a rule of thumb of
    investors, not a law. Raises OutOfRange for a negative CAC. Source: docs/model.md, F24; D. Skok, SaaS Metrics 2.0.

    >>> round(ltv_to_cac(ltv(37.05, 0.042).value, 410), 4), ltv_to_cac(None, 410), ltv_to_cac(5, 0)
    (2.1516, None, None)
    """
    return ratio(value, MONEY.check(cac))
