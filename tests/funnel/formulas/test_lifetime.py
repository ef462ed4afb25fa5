import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import ratio
from funnel.formulas.lifetime import (
    TIMINGS,
    Outcome,
    Payback,
    churn_rate,
    convert_churn,
    convert_discount,
    expected_periods,
    half_life,
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
from funnel.quantities import OutOfRange

M, CHURN = 37.05, 0.042
ENDLESS = Outcome(None, "endless")

margins = st.floats(0.01, 1e6)
churns = st.floats(1e-6, 1)
discounts = st.floats(0, 2)
timings = st.sampled_from(TIMINGS)


def test_f15_simple():
    both = simple_ltv(180, 3.2, 2.5, 0.35)
    assert (round(both.revenue, 4), round(both.margin, 4)) == (1440, 504)


def test_f16_with_churn():
    assert round(margin_per_period(47.50, 0.78), 4) == M
    assert round(expected_periods(CHURN).value, 4) == 23.8095
    assert round(ltv(M, CHURN).value, 4) == 882.1429
    assert round(ltv(47.50, CHURN).value, 4) == 1130.9524
    assert round(ltv(47.50, CHURN).value / ltv(M, CHURN).value, 2) == 1.28
    assert round(ltv(M, CHURN / 2).value, 4) == 1764.2857
    assert math.isclose(ltv(M, CHURN, timing="end-if-kept").value, M * 0.958 / CHURN)


def test_f16_edges():
    assert ltv(M, 0) == expected_periods(0) == ENDLESS
    assert ltv(1e15, 1e-300) == ENDLESS
    assert ltv(-5, 0) == ENDLESS
    assert ltv(0, 0) == Outcome(0.0)
    assert ltv(M, 1) == Outcome(M)
    assert ltv(M, 1, timing="end-if-kept") == Outcome(0.0)
    assert ltv(M, 0, 0.01).value == pytest.approx(M * 101)


@pytest.mark.parametrize("churn", [-0.01, 1.01, math.nan, math.inf])
def test_impossible_churn_is_rejected(churn):
    for function in (expected_periods, half_life, lambda c: ltv(1, c), lambda c: convert_churn(c, 12)):
        with pytest.raises(OutOfRange):
            function(churn)


def test_other_impossible_arguments_are_rejected():
    with pytest.raises(ValueError, match="is none of"):
        ltv(1, 0.1, timing="later")
    for wrong in (
        lambda: ltv(1, 0.1, -0.01),
        lambda: ltv_within(1, 0.1, -1),
        lambda: simple_ltv(-1, 1, 1, 0.5),
        lambda: simple_ltv(1, 1, 1, 1.5),
        lambda: churn_rate(10, 11),
        lambda: retention_rate(10, 5, 6),
        lambda: retention_rate(10, 12, 1),
        lambda: convert_discount(-0.1, 12),
        lambda: payback(-1, 10),
        lambda: ltv_to_cac(1, -1),
        lambda: mixture((1,), (0.5,), -1),
        lambda: mixture((1.5, -0.5), (0.5, 0.5)),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    for shares, rates in (((0.5, 0.4), (0.1, 0.1)), ((1,), (0.1, 0.1)), ((), ())):
        with pytest.raises(ValueError, match=r"."):
            mixture(shares, rates)


def test_f17_churn_and_retention():
    assert round(churn_rate(1450, 61), 4) == 0.0421
    assert round(retention_rate(1450, 1489, 100), 4) == 0.9579
    assert math.isclose(churn_rate(1450, 61) + retention_rate(1450, 1489, 100), 1)
    assert round(ratio(1489, 1450), 4) == 1.0269  # the mistake: the new ones counted as kept
    assert round(1 - convert_churn(CHURN, 12), 4) == 0.5976
    assert round(convert_churn(CHURN, 12), 4) == 0.4024
    assert round(CHURN * 12, 4) == 0.5040  # the mistake: churn times 12
    assert round(convert_churn(0.30, 1 / 12), 4) == 0.0293


def test_f17_edges():
    assert churn_rate(0, 0) is retention_rate(0, 0, 0) is retention_rate(0, 5, 5) is revenue_retention(0, 1) is None
    assert convert_churn(1, 12) == 1
    assert convert_churn(0, 12) == 0
    assert revenue_retention(100, 112) == 1.12


def test_f18_three_conventions():
    assert [round(ltv(M, CHURN, 0.01, timing).value, 4) for timing in TIMINGS] == [719.6250, 712.5000, 682.5750]
    assert round(convert_discount(0.12, 1 / 12), 6) == 0.009489
    assert convert_discount(1000, 1e6) is None


def test_f19_horizon():
    assert round(ltv_within(M, CHURN, 36), 4) == 693.9092
    assert round(share_reached(CHURN, 36), 4) == 0.7866
    assert round(half_life(CHURN), 4) == 16.1545


def test_f19_edges():
    assert ltv_within(10, 0, 36) == 360
    assert ltv_within(10, 1, 36) == 10
    assert ltv_within(10, CHURN, 0) == 0
    assert (half_life(0), half_life(1), share_reached(0, 36), share_reached(1, 3)) == (None, 0, None, 1)


def test_f21_trap():
    trap = mixture((0.5, 0.5), (0.40, 0.05))
    assert round(trap.naive.value, 4) == 4.4444
    assert round(trap.true.value, 4) == 11.25
    assert [round(rate, 4) for rate in trap.retention] == [0.7750, 0.8145, 0.8502, 0.8796]


def test_f21_edges():
    assert mixture((0.5, 0.5), (0, 0.4)).true == ENDLESS
    assert mixture((0.0, 1.0), (0, 0.4)).true.value == 2.5  # nobody is of the kind that never leaves
    assert mixture((1,), (1,), 2).retention == (0, None)
    assert mixture((1,), (0,)).naive == ENDLESS


def test_f23_payback():
    assert round(payback(410, M).periods, 4) == 11.0661
    back = payback(410, M, CHURN)
    assert (round(back.periods, 4), back.whole) == (14.5679, 15)
    assert [round(ltv_within(M, CHURN, n), 4) for n in (14, 15)] == [398.3538, 418.6729]
    assert round(410 * CHURN / 10, 4) == 1.7220
    assert payback(410, 10, CHURN) == Payback(None, None, "cac-exceeds-ltv")


def test_f23_edges():
    assert payback(410, 0) == payback(410, -1, CHURN) == Payback(None, None, "no-margin")
    assert payback(0, 0) == Payback(0.0, 0)
    assert payback(2.1, 0.7).whole == 3  # 2.1 / 0.7 is a hair above 3 in a float
    assert payback(50, 100, 1) == Payback(0.0, 1)
    assert payback(100, 100, 1) == Payback(1.0, 1)
    assert payback(101, 100, 1).reason == "cac-exceeds-ltv"
    assert payback(1e15, 5e-324).reason == "no-margin"
    assert payback(1, 10, 5e-324).whole == 1


def test_f24_ratio():
    assert round(ltv_to_cac(ltv(M, CHURN).value, 410), 4) == 2.1516
    assert round(ltv_to_cac(ltv(47.50, CHURN).value, 410), 4) == 2.7584
    assert ltv_to_cac(5, 0) is ltv_to_cac(None, 410) is None


def test_the_presets():
    saas, cac = PRESETS["s2-saas-usd"].facts, (96000 + 142000) / 58
    m = margin_per_period(saas["arpu"], saas["margin"])
    value = ltv(m, saas["churn"]).value
    assert [round(n, 4) for n in (m, payback(cac, m).periods, value)] == [234.9, 17.4689, 9787.5]
    assert round(ltv_to_cac(value, cac), 4) == 2.3852
    app = PRESETS["s6-app-usd"].facts
    m = margin_per_period(app["arpu"], app["margin"])
    assert [round(n, 4) for n in (m, payback(84000 / 3888, m).periods)] == [4.6722, 4.6241]
    charity = PRESETS["s7-ngo-usd"].facts
    leaving = 1 - charity["annual_ret"]
    assert round(expected_periods(leaving).value, 4) == 3.8462
    assert round(ltv(12 * charity["monthly_gift"], leaving).value, 4) == 553.8462
    shops = PRESETS["s8-wholesale-irt"].facts
    assert round(payback(620_000_000 / 254, margin_per_period(shops["avg"], shops["margin"])).periods, 4) == 0.7786


@given(margins, st.floats(0, 1), discounts, timings, st.integers(0, 60))
def test_every_convention_is_its_sum(m, churn, discount, timing, n):
    r, times = 1 - churn, range(n)
    first = {"start": (0, 0), "end": (0, 1), "end-if-kept": (1, 1)}[timing]
    total = math.fsum(m * r ** (t + first[0]) / (1 + discount) ** (t + first[1]) for t in times)
    assert math.isclose(ltv_within(m, churn, n, discount, timing), total, rel_tol=1e-9, abs_tol=1e-12)


@given(margins, churns, discounts, st.floats(1e-6, 1), timings)
def test_discounting_only_lowers_and_fades_away(m, churn, discount, more, timing):
    value = ltv(m, churn, discount, timing).value
    assert ltv(m, churn, discount + more, timing).value <= value * (1 + 1e-12)
    assert math.isclose(ltv(m, churn, churn * 1e-9, timing).value, ltv(m, churn, 0, timing).value, rel_tol=1e-6)
    assert math.isclose(ltv_within(m, churn, 1e6, 0.01, timing), ltv(m, churn, 0.01, timing).value, rel_tol=1e-9)


@given(st.floats(0, 1), st.floats(0.01, 100))
def test_a_churn_converts_there_and_back(churn, periods):
    there = convert_churn(churn, periods)
    assert 0 <= there <= 1
    if there < 0.999:
        assert math.isclose(convert_churn(there, 1 / periods), churn, rel_tol=1e-9, abs_tol=1e-300)


@given(st.floats(0, 1e6), margins, st.floats(0, 1))
def test_the_cost_is_back_in_the_period_that_is_named(cac, m, churn):
    back = payback(cac, m, churn)
    if back.whole is None:
        assert ltv(m, churn).value <= cac * (1 + 1e-9)
    elif back.whole < 1e6:
        assert ltv_within(m, churn, back.whole) >= cac * (1 - 1e-9)
        assert back.whole == 0 or ltv_within(m, churn, back.whole - 1) <= cac * (1 + 1e-9)


@given(st.lists(st.tuples(st.floats(0.01, 1), st.floats(1e-6, 1)), min_size=1, max_size=5))
def test_jensen_and_retention_that_rises(kinds):
    total = sum(weight for weight, _ in kinds)
    trap = mixture([weight / total for weight, _ in kinds], [churn for _, churn in kinds], 12)
    assert trap.true.value >= trap.naive.value * (1 - 1e-9)
    rates = [rate for rate in trap.retention if rate is not None]
    assert all(later >= earlier * (1 - 1e-9) for earlier, later in pairwise(rates))
