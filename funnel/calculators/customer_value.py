"""Customer lifetime value in its named variants, churn and its periods, two kinds of customers, payback."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import Value, ratio
from funnel.formulas.lifetime import (
    TIMINGS,
    Mixture,
    Outcome,
    Payback,
    SimpleLTV,
    churn_rate,
    convert_churn,
    convert_discount,
    expected_periods,
    half_life,
    limited,
    ltv,
    ltv_to_cac,
    ltv_within,
    margin_per_period,
    mixture,
    payback,
    retention_rate,
    revenue_retention,
    share_reached,
    simple_ltv,
)
from funnel.formulas.retention import SBG, discounted_tenure, fit_sbg
from funnel.inputs.customer import COUNTED, MONTHS, PERIODS, SOURCES, VARIANTS, Inputs, with_discount_per, with_period
from funnel.quantities import certain

__all__ = [
    "COUNTED", "MONTHS", "PERIODS", "SOURCES", "TIMINGS", "VARIANTS", "Inputs", "Result", "compute",
    "with_counted_churn", "with_discount_per", "with_period",
]  # fmt: skip

MOST_DISCOUNT = (
    1000.0  # what a month's rate of 1000% would be in a year is far beyond; funnel.formulas.lifetime stops here
)
LONGEST = 1200  # periods that a picture reaches at most
STEPS = 30  # points of a curve: enough for a smooth line
KIND_PERIODS = 12


def with_counted_churn(inputs: Inputs) -> Inputs:
    """Return the inputs with the churn that was counted as the churn to value customers with; unchanged without one."""
    churn = _stay(inputs).churn
    if churn is None:
        return inputs
    return replace(inputs, churn=convert_churn(churn, MONTHS[inputs.period] / MONTHS[inputs.counted]), view="value")


@dataclass(frozen=True)
class Variant:
    """Hold one named lifetime value, on margin and (the flattering mistake) on revenue."""

    id: str
    margin: Outcome
    revenue: Outcome


@dataclass(frozen=True)
class Varying:
    """Hold an sBG model of varying churn, and the margin that it expects within the horizon."""

    model: SBG
    within: Value


@dataclass(frozen=True)
class Worth:
    """Hold margin `m` and `discount` per period, the `stay` in periods, every variant, and what has come by when.

    `reached` is the share of m / c within the horizon; `before` the chosen one without its discount; `flattery` how much
    too high revenue is, a fraction. `curve` rows: (periods, undiscounted, discounted, on revenue).
    """

    m: float
    discount: float
    a_year: float
    stay: Outcome
    half_life: Value
    reached: Value
    variants: tuple[Variant, ...]
    chosen: Variant
    before: Outcome
    flattery: Value
    curve: tuple[tuple[float, float, float, float], ...]
    varying: Varying | None


@dataclass(frozen=True)
class Span:
    """Hold a churn told for another period: by compounding, and by multiplying, which is wrong (may pass 1)."""

    period: str
    churn: float
    retention: float
    multiplied: float


@dataclass(frozen=True)
class Stay:
    """Hold churn and retention of one period, or why there is none.

    `problem`: nobody (B is 0), missing, more-lost (X > B), more-new (W > E), more-kept (E - W > B), or contradiction
    (B - X + W is not E; `expected_end` is what it would be). `ends` is E / B, which is no retention. `curve` rows:
    (periods, share still there, what multiplying would say). `times` is how many periods a year has.
    """

    churn: Value
    problem: str | None
    times: float
    expected_end: Value
    ends: Value
    stay: Outcome | None
    half_life: Value
    spans: tuple[Span, ...]
    revenue: Value
    curve: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Kinds:
    """Hold a base of two kinds, with the second kind's share.

    `left` rows: of each kind and of both, how many are still there after 0, 1, ... periods, and the first kind's share
    of those (None when nobody is).
    """

    mix: Mixture
    other: float
    left: tuple[tuple[float, float, float, Value], ...]


@dataclass(frozen=True)
class Back:
    """Hold the payback without and with churn, and LTV to CAC. `curve` rows: (payments, with churn, without).

    `burden` is CAC c / m, the share of LTV that CAC takes: from 1 on, CAC is never back. `rows` are payments worth a
    line: (number, share still there, what it brings, total so far, that less CAC).
    """

    simple: Payback
    churned: Payback
    value: Outcome
    burden: Value
    ratio: Value
    ratio_on_revenue: Value
    curve: tuple[tuple[float, float, float], ...]
    rows: tuple[tuple[int, float, float, float, float], ...]


@dataclass(frozen=True)
class Orders:
    """Hold the simple transactional value; `guesses` holds it for other numbers of years: (years, orders, value)."""

    value: SimpleLTV
    count: float
    margin_per_order: float
    half: float
    double: float
    guesses: tuple[tuple[float, float, SimpleLTV], ...]


@dataclass(frozen=True)
class Result:
    """Hold what each view shows."""

    worth: Worth
    orders: Orders
    stay: Stay
    kinds: Kinds
    back: Back


def compute(inputs: Inputs) -> Result:
    """Compute every view. Pure and total. Sources: docs/model.md, F15 to F19, F21, F23, F24; s6 also F20.

    >>> result = compute(Inputs())
    >>> round(result.worth.chosen.margin.value, 4), round(result.worth.chosen.revenue.value, 4)
    (882.1429, 1130.9524)
    >>> result.back.churned.whole, round(result.back.ratio, 4), round(result.orders.value.margin, 4)
    (15, 2.1516, 504.0)
    """
    return Result(_worth(inputs), _orders(inputs), _stay(inputs), _kinds(inputs), _back(inputs))


def _points(most: float) -> list[float]:
    """Return where a curve up to `most` periods is computed: at every period if they are few."""
    most = min(float(LONGEST), max(1.0, math.ceil(most)))
    if most <= STEPS:
        return [float(n) for n in range(int(most) + 1)]
    return [most * i / STEPS for i in range(STEPS + 1)]


def _worth(inputs: Inputs) -> Worth:
    m, c, n = margin_per_period(inputs.arpu, inputs.margin), inputs.churn, inputs.horizon
    a_year = MONTHS["year"] / MONTHS[inputs.period]
    rate = convert_discount(inputs.discount, MONTHS[inputs.period] / MONTHS[inputs.discount_per])
    d = MOST_DISCOUNT if rate is None else min(MOST_DISCOUNT, rate)
    how: dict[str, Callable[[float], Outcome]] = {
        "simple": lambda money: limited(money * a_year * inputs.years),
        "now": lambda money: ltv(money, c),
        "kept": lambda money: ltv(money, c, timing="end-if-kept"),
        "start": lambda money: ltv(money, c, d, "start"),
        "end": lambda money: ltv(money, c, d, "end"),
        "end-if-kept": lambda money: ltv(money, c, d, "end-if-kept"),
        "horizon": lambda money: limited(certain(ltv_within(money, c, n))),
    }
    variants = tuple(Variant(key, how[key](m), how[key](inputs.arpu)) for key in VARIANTS)
    timing = inputs.variant if inputs.variant in TIMINGS else "start"
    points = _points(max(1.25 * n, 6, 3 / c if c > 0.01 else 0))
    curve = tuple(
        (
            t,
            certain(ltv_within(m, c, t)),
            certain(ltv_within(m, c, t, d, timing)),
            certain(ltv_within(inputs.arpu, c, t)),
        )
        for t in points
    )
    flattery = ratio(1, inputs.margin)
    return Worth(
        m, d, a_year, expected_periods(c), half_life(c), share_reached(c, n), variants,
        variants[VARIANTS.index(inputs.variant)], how["kept" if timing == "end-if-kept" else "now"](m),
        None if flattery is None else flattery - 1, curve, _varying(inputs.source, int(n), m),
    )  # fmt: skip


@lru_cache(maxsize=8)
def _fitted(source: str) -> SBG | None:
    cohort = PRESETS[source].facts.get("cohort") if source in PRESETS else None
    return fit_sbg(cohort).model if cohort else None


def _varying(source: str, horizon: int, m: float) -> Varying | None:
    """Return what the sBG model of an example's own cohort says; None for examples without one (docs/model.md, F20)."""
    model = _fitted(source)
    if model is None:
        return None
    return Varying(model, certain(discounted_tenure(model, horizon=horizon).value) * m)  # the horizon has an end


def _counted(inputs: Inputs) -> tuple[Value, str | None, Value]:
    """Return churn from the counts, what is wrong with them, and the end that they lead to (docs/model.md, F17)."""
    b, x, w, e = inputs.begin, inputs.lost, inputs.new, inputs.end
    if b == 0:
        return None, "nobody", None
    if x is not None and x > b:
        return None, "more-lost", None
    if w is None or e is None:
        return (None, "missing", None) if x is None else (churn_rate(b, x), None, None)
    if w > e:
        return None, "more-new", None
    if e - w > b:
        return None, "more-kept", None
    if x is None:
        return 1 - certain(retention_rate(b, e, w)), None, None
    wrong = abs(b - x + w - e) > 1e-9 * max(b, e)
    return churn_rate(b, x), "contradiction" if wrong else None, b - x + w if wrong else None


def _stay(inputs: Inputs) -> Stay:
    churn, problem, expected_end = (inputs.known, None, None) if inputs.basis == "rate" else _counted(inputs)
    ends = ratio(inputs.end, inputs.begin) if inputs.basis == "counts" else None
    times, bought = MONTHS["year"] / MONTHS[inputs.counted], None
    if inputs.revenue_begin is not None and inputs.revenue_end is not None:
        bought = revenue_retention(inputs.revenue_begin, inputs.revenue_end)
    if churn is None:
        return Stay(None, problem, times, expected_end, ends, None, None, (), bought, ())
    base, half = MONTHS[inputs.counted], half_life(churn)
    spans = tuple(
        Span(key, convert_churn(churn, n / base), (1 - churn) ** (n / base), churn * n / base)
        for key, n in MONTHS.items()
    )
    least = {"month": 12, "quarter": 8, "year": 5}[inputs.counted]
    points = _points(max(least, 3.0 * half if half is not None and half < LONGEST else least))
    curve = tuple((t, (1 - churn) ** t, max(0.0, 1 - churn * t)) for t in points)
    return Stay(churn, problem, times, expected_end, ends, expected_periods(churn), half, spans, bought, curve)


def _orders(inputs: Inputs) -> Orders:
    def with_years(years: float) -> SimpleLTV:
        return simple_ltv(inputs.order, inputs.orders, years, inputs.order_margin)

    value = with_years(inputs.years)
    guesses = tuple((years, inputs.orders * years, with_years(years)) for years in (1.0, 2.0, 3.0, 4.0, 5.0))
    each = margin_per_period(inputs.order, inputs.order_margin)
    return Orders(value, inputs.orders * inputs.years, each, value.margin / 2, value.margin * 2, guesses)


def _kinds(inputs: Inputs) -> Kinds:
    parts = ((inputs.share, inputs.churn_first), (1 - inputs.share, inputs.churn_second))
    shares, churns = zip(*parts, strict=True)
    mix = mixture(shares, churns, KIND_PERIODS)
    rows = []
    for t in range(KIND_PERIODS + 1):
        first, second = (share * (1 - churn) ** t for share, churn in parts)
        rows.append((first, second, first + second, ratio(first, first + second)))
    return Kinds(mix, 1 - inputs.share, tuple(rows))


def _back(inputs: Inputs) -> Back:
    m, c, cac = margin_per_period(inputs.arpu, inputs.margin), inputs.churn, inputs.cac
    plain, churned = payback(cac, m), payback(cac, m, c)
    value = ltv(m, c)
    whole = churned.whole
    aim = 2 * whole if whole is not None else 3 / c if c > 0 else 0
    points = _points(max(6, min(LONGEST, aim)))

    def worth(t: float) -> float:
        return certain(ltv_within(m, c, t))

    curve = tuple((t, worth(t), m * t) for t in points)
    worth_a_line = {1, 2, 3, 6, 12, 24, 36}
    if whole is not None and whole <= LONGEST:
        worth_a_line = {n for n in worth_a_line if n <= whole + 1} | {whole - 1, whole, whole + 1, 2 * whole}
    rows = tuple(
        (n, (1 - c) ** (n - 1), m * (1 - c) ** (n - 1), worth(n), worth(n) - cac) for n in sorted(worth_a_line) if n > 0
    )
    return Back(
        plain, churned, value, ratio(cac * c, m), ltv_to_cac(value.value, cac),
        ltv_to_cac(ltv(inputs.arpu, c).value, cac), curve, rows,
    )  # fmt: skip
