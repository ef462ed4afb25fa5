"""Four businesses, one budget: hand-checkable cases, the presets' derived values, and what must not matter."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.calculators.four_businesses import (
    IDS,
    LAGS,
    LONGEST,
    Inputs,
    compute,
    lag_weights,
    purchases,
    with_whole,
)
from funnel.calculators.money import Inputs as MoneyInputs
from funnel.calculators.money import compute as money
from funnel.formulas.lifetime import ltv, ltv_within, payback
from funnel.formulas.loyalty import purchases_per_customer, purchases_within
from funnel.formulas.pipeline import forecast, mean_lag
from funnel.links import scenario

START = Inputs.origin()
SHOP, SOFTWARE, WHOLESALE, CLINIC = range(4)
shares = st.floats(0, 1)


def with_(place, **fields):
    """Return the start with some numbers of one business changed."""
    changed = {}
    for name, value in fields.items():
        values = list(getattr(START, name))
        values[place] = value
        changed[name] = tuple(values)
    return replace(START, **changed)


def four(value):
    return round(value, 4)


def test_the_presets_give_the_derived_values():
    """Section 5: CAC, the payback of s2, the orders of s8, and ROI on margin as the first purchase less 1."""
    one = compute(START).businesses
    assert [four(b.cac) for b in one] == [61.2175, 4103.4483, 2_440_944.8819, 576.9231]
    assert four(one[SOFTWARE].unit) == 234.9
    assert four(one[SOFTWARE].limit) == 2.3852  # LTV : CAC
    assert [four(b.orders_back) for b in one] == [0.7528, 17.4689, 0.7786, 0.4626]
    assert [four(b.limit) for b in one] == [1.7479, 2.3852, 2.8617, 2.1615]
    assert [four(one[place].first - 1) for place in (SHOP, WHOLESALE, CLINIC)] == [0.3284, 0.2843, 1.1615]
    assert [round(b.overall, 6) for b in one] == [0.023429, 0.000690, 0.097692, 0.012297]
    for b in one:
        assert math.isclose(b.cac, money(MoneyInputs.origin(b.id)).cac)


def test_the_start_tells_its_story():
    result = compute(START)
    assert [b.back for b in result.businesses] == [1, 25, 3, 2]
    assert (result.first_back, result.best_year, result.best_end) == (
        (IDS[SHOP],),
        (IDS[WHOLESALE],),
        (IDS[WHOLESALE],),
    )
    assert [round(b.at_end, 2) for b in result.businesses] == [1.75, 0.98, 2.86, 2.16]
    assert LAGS[SOFTWARE] == 2.2  # 68 days


def test_one_sale_without_lag_is_back_at_once_or_never():
    one = compute(with_(CLINIC, lags=0.0)).businesses[CLINIC]
    assert (one.back, one.purchases) == (1, 1)
    assert set(one.curve[1:]) == {one.first}
    assert one.curve[0] == 0
    thin = compute(with_(CLINIC, lags=0.0, margins=0.26)).businesses[CLINIC]  # 559 of 576.92
    assert (thin.back, thin.never) == (None, True)
    assert four(thin.limit) == four(559 / 576.9230769)


def test_repeats_come_after_their_gap():
    """Half come back each time, two months later: 1, 1, 1.5, 1.5, 1.75 purchases."""
    assert purchases(0.0, 0.5, 2)[:5] == (1, 1, 1.5, 1.5, 1.75)
    for n in range(1, 9):
        assert math.isclose(purchases(0.0, 0.5512, 2)[2 * n - 1], purchases_within(0.5512, n))
    assert math.isclose(purchases(0.0, 0.24, 3)[-1], purchases_per_customer(0.24))


def test_a_lag_of_one_month_by_hand():
    """Poisson with mean 1: e^-1 buy at once, as many a month later, half as many after two."""
    e = math.exp(-1)
    assert [math.isclose(n, x) for n, x in zip(purchases(1.0, 0.0, 1), (e, 2 * e, 2.5 * e), strict=False)] == [True] * 3
    one = compute(with_(CLINIC, lags=1.0)).businesses[CLINIC]
    assert math.isclose(one.curve[2], 2.1614666666666666 * 2 * e)
    assert one.back == 2  # 80% after one month, 159% after two


@given(st.floats(0, 12))
def test_the_lag_has_the_mean_that_was_asked_for(mean):
    weights = lag_weights(mean)
    assert math.isclose(math.fsum(weights), 1)
    assert math.isclose(mean_lag(weights), mean, abs_tol=1e-9)


def test_the_lag_resembles_the_weights_that_the_course_gives():
    given_weights = (0.10, 0.25, 0.35, 0.20, 0.10)
    ours = lag_weights(mean_lag(given_weights))[:5]
    assert [round(weight, 2) for weight in ours] == [0.14, 0.28, 0.27, 0.18, 0.09]


@given(st.floats(0, 12), st.floats(0, 1), st.integers(1, 24))
@settings(max_examples=30)
def test_the_curve_is_the_forecast_of_the_pipeline_with_repeats(lag, again, gap):
    """The same convolution as F28, a purchase at a time."""
    firsts = forecast((1.0,), lag_weights(lag), 1.0).customers
    by_hand = 0.0
    for month in range(24):
        by_hand += sum(firsts[month - j * gap] * again**j for j in range(month // gap + 1))
        assert math.isclose(purchases(lag, again, gap)[month], by_hand, rel_tol=1e-9, abs_tol=1e-12)


@given(st.floats(0.001, 1), st.integers(12, 60))
def test_without_lag_the_subscription_is_the_ltv_of_its_horizon(churn, months):
    inputs = replace(with_(SOFTWARE, lags=0.0), churn=churn, months=float(months))
    one = compute(inputs).businesses[SOFTWARE]
    assert math.isclose(one.at_end * one.cac, ltv_within(one.unit, churn, months), rel_tol=1e-9)
    assert math.isclose(one.limit * one.cac, ltv(one.unit, churn).value)
    whole = payback(one.cac, one.unit, churn).whole
    assert one.back == (whole if whole is not None and whole <= LONGEST else None)


def test_the_subscription_without_lag_pays_back_as_f23_says():
    calm = replace(with_(SOFTWARE, lags=0.0), churn=0.0)
    assert compute(calm).businesses[SOFTWARE].back == 18  # 17.4689 payments
    assert compute(calm).businesses[SOFTWARE].limit is None
    assert compute(replace(calm, churn=0.024)).businesses[SOFTWARE].back == 23
    lost = compute(replace(calm, churn=0.06)).businesses[SOFTWARE]
    assert (lost.back, lost.never, round(lost.limit, 2)) == (None, True, 0.95)  # CAC above LTV


@given(shares, shares, st.floats(0, 12), shares, st.integers(1, 24))
@settings(max_examples=50)
def test_more_margin_rate_or_repeats_never_hurt_and_more_lag_never_helps(rate, margin, lag, again, gap):
    def at_end(**more):
        fields = {"rates": rate, "margins": margin, "lags": lag, "repeats": again, "gaps": float(gap)} | more
        return compute(with_(SHOP, **fields)).businesses[SHOP].at_end

    now = at_end()
    slack = 1e-12 + now * 1e-9
    assert at_end(rates=min(1.0, rate + 0.1)) >= now - slack
    assert at_end(margins=min(1.0, margin + 0.1)) >= now - slack
    assert at_end(repeats=min(1.0, again + 0.1)) >= now - slack
    assert at_end(lags=min(12.0, lag + 1)) <= now + slack


@given(st.floats(1, 1e12))
def test_the_budget_scales_the_amounts_and_nothing_else(budget):
    one, other = compute(START), compute(replace(START, budget=budget))
    assert one.best_end == other.best_end
    for a, b in zip(one.businesses, other.businesses, strict=True):
        assert a.curve == b.curve
        assert math.isclose(b.end_money, budget * a.at_end)


def test_a_change_in_one_business_leaves_the_others():
    changed = compute(with_(SHOP, rates=0.1, margins=0.9)).businesses
    assert changed[1:] == compute(START).businesses[1:]


def test_causes_are_taken_away_one_at_a_time():
    for one in compute(START).businesses:
        assert one.no_lag >= one.at_end - 1e-9
        assert one.once <= one.at_end + 1e-9
    wholesale = compute(START).businesses[WHOLESALE]
    assert math.isclose(wholesale.as_revenue * 0.11, wholesale.at_end)
    assert math.isclose(compute(with_(SOFTWARE, lags=0.0)).businesses[SOFTWARE].at_end,
                        compute(START).businesses[SOFTWARE].no_lag)  # fmt: skip


def test_nothing_at_all_is_an_answer():
    zero = replace(START, rates=(0.0,) * 4)
    result = compute(zero)
    assert result.first_back == result.best_year == result.best_end == ()
    for one in result.businesses:
        assert one.cac is one.orders_back is one.back is None
        assert (one.first, one.at_end, one.limit, one.never) == (0, 0, 0, True)
    tied = compute(replace(START, budget=0.0))
    assert [one.end_money for one in tied.businesses] == [0] * 4
    assert tied.best_end == (IDS[WHOLESALE],)


def test_customers_who_never_stop_have_no_end_sum():
    one = compute(with_(SHOP, repeats=1.0)).businesses[SHOP]
    assert one.limit is None
    assert not one.never


def test_a_link_with_gaps_is_filled_from_the_presets():
    decoded = scenario.decode(Inputs, {"rates": "0.6_-", "repeats": "0.3_0.9_-"})
    assert decoded.inputs.rates == (0.6, *START.rates[1:])
    assert decoded.inputs.repeats == (0.3, None, 0.5512, 0)
    with pytest.raises(ValueError, match="rates"):
        replace(START, rates=(0.5,))


def test_months_are_whole():
    assert with_whole(START, "gaps", 2.5, SHOP).gaps == (3, None, 2, 12)
