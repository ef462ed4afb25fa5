"""Customer value: the worked numbers of docs/model.md (F15 to F19, F21, F23, F24) through `compute`, and its edges."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from funnel.calculators.customer_value import (
    VARIANTS,
    Inputs,
    compute,
    with_counted_churn,
    with_discount_per,
    with_period,
)
from funnel.facts.presets import PRESETS
from funnel.formulas.retention import fit_geometric
from funnel.links import scenario

LESSON = Inputs()

money = st.floats(0, 1e9)
shares = st.floats(0, 1)


def variants(inputs: Inputs, form: str = "margin") -> dict[str, float | None]:
    return {one.id: getattr(one, form).value for one in compute(inputs).worth.variants}


def rounded(values, places=4):
    return [None if value is None else round(value, places) for value in values]


def test_f15_without_a_contract():
    orders = compute(LESSON).orders
    assert (round(orders.value.revenue, 4), round(orders.value.margin, 4)) == (1440, 504)
    assert (orders.count, round(orders.margin_per_order, 4)) == (8, 63)
    assert rounded((orders.half, orders.double)) == [252, 1008]


def test_f16_with_churn():
    worth = compute(LESSON).worth
    assert round(worth.m, 4) == 37.05
    assert round(worth.stay.value, 4) == 23.8095
    assert round(variants(LESSON)["now"], 4) == 882.1429
    assert round(variants(LESSON, "revenue")["now"], 4) == 1130.9524
    assert round(worth.flattery, 2) == 0.28
    assert round(variants(LESSON)["kept"], 4) == 845.0929  # m r / c
    assert round(variants(replace(LESSON, churn=0.021))["now"], 4) == 1764.2857


def test_the_simple_variant_takes_the_payments_of_a_year():
    assert round(variants(LESSON)["simple"], 4) == 1111.5
    assert round(variants(Inputs.origin("s7-ngo-usd"))["simple"], 4) == round(144 * 0.97 * 3, 4)


def test_f18_the_three_timings():
    got = variants(LESSON)
    assert rounded(got[key] for key in ("start", "end", "end-if-kept")) == [719.6250, 712.5000, 682.5750]
    # each by direct summation
    kept = [0.958**t for t in range(3000)]
    assert math.isclose(got["start"], sum(37.05 * r / 1.01**t for t, r in enumerate(kept)))
    assert math.isclose(got["end"], sum(37.05 * r / 1.01 ** (t + 1) for t, r in enumerate(kept)))
    assert math.isclose(got["end-if-kept"], sum(37.05 * r / 1.01**t for t, r in enumerate(kept) if t))


def test_f18_a_yearly_discount_rate_becomes_a_monthly_one_by_compounding():
    assert round(compute(replace(LESSON, discount=0.12, discount_per="year")).worth.discount, 6) == 0.009489
    yearly = with_discount_per(LESSON, "year")
    assert round(yearly.discount, 6) == 0.126825
    assert rounded(variants(yearly).values()) == rounded(variants(LESSON).values())


def test_f19_horizon_and_half_life():
    worth = compute(LESSON).worth
    assert round(variants(LESSON)["horizon"], 4) == 693.9092
    assert round(worth.reached, 4) == 0.7866
    assert round(worth.half_life, 4) == 16.1545


def test_f17_counted():
    stay = compute(LESSON).stay
    assert (round(stay.churn, 4), round(1 - stay.churn, 4), stay.problem) == (0.0421, 0.9579, None)
    assert round(stay.ends, 4) == 1.0269  # E / B, the mistake
    without_x = compute(replace(LESSON, lost=None)).stay
    assert round(1 - without_x.churn, 4) == 0.9579


def test_f17_a_known_rate_in_other_periods():
    spans = {span.period: span for span in compute(replace(LESSON, basis="rate")).stay.spans}
    assert rounded((spans["year"].retention, spans["year"].churn, spans["year"].multiplied)) == [0.5976, 0.4024, 0.5040]
    yearly = compute(replace(LESSON, basis="rate", counted="year", known=0.30)).stay
    assert round({span.period: span for span in yearly.spans}["month"].churn, 4) == 0.0293


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"begin": 0.0}, "nobody"),
        ({"lost": None, "new": None}, "missing"),
        ({"lost": 1451.0}, "more-lost"),
        ({"new": 1490.0}, "more-new"),
        ({"new": 0.0, "lost": None}, "more-kept"),
    ],
)
def test_f17_counts_that_give_no_churn(changes, problem):
    stay = compute(replace(LESSON, **changes)).stay
    assert (stay.churn, stay.problem, stay.spans, stay.curve) == (None, problem, (), ())


def test_f17_counts_that_contradict_each_other_are_told():
    stay = compute(replace(LESSON, end=1500.0)).stay
    assert (stay.problem, stay.expected_end, round(stay.churn, 4)) == ("contradiction", 1489, 0.0421)


def test_f17_revenue_retention_may_pass_one():
    assert compute(replace(LESSON, revenue_begin=2000.0, revenue_end=2200.0)).stay.revenue == 1.1
    assert compute(replace(LESSON, revenue_begin=0.0, revenue_end=5.0)).stay.revenue is None
    assert compute(LESSON).stay.revenue is None


def test_f21_two_kinds():
    kinds = compute(LESSON).kinds
    assert round(kinds.mix.naive.value, 4) == 4.4444
    assert round(kinds.mix.true.value, 4) == 11.25
    assert rounded(kinds.mix.retention[:4]) == [0.7750, 0.8145, 0.8502, 0.8796]
    assert rounded(kinds.left[1]) == [0.3, 0.475, 0.775, 0.3871]


def test_f23_payback():
    back = compute(LESSON).back
    assert round(back.simple.periods, 4) == 11.0661
    assert (round(back.churned.periods, 4), back.churned.whole) == (14.5679, 15)
    so_far = {row[0]: row[3] for row in back.rows}
    assert rounded((so_far[14], so_far[15])) == [398.3538, 418.6729]


def test_f23_never():
    back = compute(replace(LESSON, arpu=10.0, margin=1.0)).back
    assert (back.churned.periods, back.churned.reason, round(back.burden, 4)) == (None, "cac-exceeds-ltv", 1.7220)
    nothing = compute(replace(LESSON, margin=0.0)).back
    assert (nothing.churned.reason, nothing.simple.periods, nothing.burden) == ("no-margin", None, None)


def test_f24_value_to_cost():
    back = compute(LESSON).back
    assert rounded((back.ratio, back.ratio_on_revenue)) == [2.1516, 2.7584]
    assert compute(replace(LESSON, cac=0.0)).back.ratio is None
    assert compute(replace(LESSON, churn=0.0)).back.ratio is None


# --- the presets, with the derived values of section 5 ---------------------------------------------------------------


def test_s2_saas():
    result = compute(Inputs.origin("s2-saas-usd"))
    assert round(result.worth.m, 4) == 234.9
    assert (round(result.back.simple.periods, 4), result.back.churned.whole) == (17.4689, 23)
    assert round(result.back.value.value, 4) == 9787.5
    assert round(result.back.ratio, 4) == 2.3852


def test_s6_needs_a_horizon():
    inputs = Inputs.origin("s6-app-usd")
    result = compute(inputs)
    assert round(result.worth.m, 4) == 4.6722
    assert round(result.back.simple.periods, 4) == 4.6241
    assert round(inputs.cac, 4) == 21.6049
    model = result.worth.varying.model
    assert rounded((model.alpha, model.beta)) == [0.7475, 3.5329]
    assert model.alpha < 1  # so there is no lifetime value without a horizon, and the example starts with one
    assert inputs.variant == "horizon"
    assert round(result.worth.varying.within, 4) == 30.9193
    assert round(result.worth.chosen.margin.value, 4) == 29.7140
    assert round(fit_geometric(PRESETS["s6-app-usd"].facts["cohort"])[0], 3) == inputs.churn
    assert compute(LESSON).worth.varying is None


def test_s7_donors():
    inputs = Inputs.origin("s7-ngo-usd")
    result = compute(inputs)
    assert inputs.period == "year"
    assert round(1 - inputs.churn, 4) == 0.74
    assert round(result.worth.stay.value, 4) == 3.8462
    assert round(variants(inputs, "revenue")["now"], 4) == 553.8462  # gross gifts, of a margin of 97%
    assert round(variants(inputs)["now"], 4) == 537.2308
    assert round(inputs.cac * 86, 4) == 4900


@pytest.mark.parametrize("source", ["s2-saas-usd", "s7-ngo-usd"])
def test_the_two_kinds_of_a_preset_have_its_mean_churn(source):
    inputs = Inputs.origin(source)
    assert math.isclose(compute(inputs).kinds.mix.mean_churn, inputs.churn)


# --- edges and laws --------------------------------------------------------------------------------------------------


def test_nobody_leaves():
    got = variants(replace(LESSON, churn=0.0))
    assert got["now"] is got["kept"] is None
    assert round(got["horizon"], 4) == round(37.05 * 36, 4)
    assert round(got["start"], 4) == round(37.05 * 101, 4)
    assert compute(replace(LESSON, churn=0.0)).worth.half_life is None
    still = variants(replace(LESSON, churn=0.0, discount=0.0))
    assert [still[key] for key in ("start", "end", "end-if-kept")] == [None] * 3


def test_everybody_leaves():
    got = variants(replace(LESSON, churn=1.0, discount=0.0))
    assert rounded(got[key] for key in ("now", "kept", "start", "end", "end-if-kept", "horizon")) == [
        37.05, 0, 37.05, 37.05, 0, 37.05,
    ]  # fmt: skip
    assert compute(replace(LESSON, churn=1.0)).worth.half_life == 0


@given(churn=st.floats(0.001, 1), discount=st.floats(0, 2), arpu=money, margin=shares)
def test_the_timings_keep_their_order(churn, discount, arpu, margin):
    got = variants(replace(LESSON, churn=churn, discount=discount, arpu=arpu, margin=margin))
    slack = 1e-9 * max(1.0, got["now"])
    assert got["now"] + slack >= got["start"] >= got["end"] - slack >= got["end-if-kept"] - 2 * slack
    assert got["now"] + slack >= got["horizon"]
    assert math.isclose(
        got["kept"] + compute(replace(LESSON, arpu=arpu, margin=margin)).worth.m, got["now"], abs_tol=slack
    )


@given(churn=st.floats(0.001, 1), horizon=st.integers(1, 1200))
def test_without_a_discount_the_timings_are_the_plain_ones(churn, horizon):
    got = variants(replace(LESSON, churn=churn, discount=0.0, horizon=float(horizon)))
    assert math.isclose(got["start"], got["now"])
    assert math.isclose(got["end"], got["now"])
    assert math.isclose(got["end-if-kept"], got["kept"], abs_tol=1e-9)


@given(first=st.floats(0.001, 1), second=st.floats(0.001, 1), share=shares)
def test_the_true_stay_is_never_shorter_and_retention_never_falls(first, second, share):
    mix = compute(replace(LESSON, churn_first=first, churn_second=second, share=share)).kinds.mix
    assert mix.true.value >= mix.naive.value * (1 - 1e-9)
    known = [rate for rate in mix.retention if rate is not None]
    assert all(later >= rate - 1e-9 for rate, later in pairwise(known))


@given(churn=st.floats(0.0001, 0.99), cac=st.floats(1, 1e6), arpu=st.floats(1, 1e5))
def test_churn_never_makes_payback_faster_and_it_fails_exactly_when_cost_exceeds_value(churn, cac, arpu):
    back = compute(replace(LESSON, churn=churn, cac=cac, arpu=arpu)).back
    assume(abs(back.burden - 1) > 1e-6)
    assert (back.churned.periods is None) == (back.burden > 1) == (back.ratio < 1)
    if back.churned.whole is not None:
        assert back.churned.whole >= back.simple.whole


@given(churn=st.floats(0, 0.5))
def test_a_year_and_a_month_keep_the_same_customers(churn):
    inputs = replace(LESSON, churn=churn)
    there_and_back = with_period(with_period(inputs, "year"), "month")
    assert math.isclose(there_and_back.churn, churn, abs_tol=1e-9)
    assert math.isclose(there_and_back.arpu, inputs.arpu)
    assert there_and_back.horizon == 36


def test_a_period_is_compounded_not_multiplied():
    year = with_period(LESSON, "year")
    assert (year.arpu, round(year.churn, 4), year.horizon) == (570, 0.4024, 3)
    # whoever pays by the year has paid for twelve months before leaving, so the value is a little higher
    assert round(variants(year)["now"], 2) == 1104.78 > variants(LESSON)["now"]


def test_a_counted_churn_can_be_used():
    used = with_counted_churn(replace(LESSON, view="churn", period="year"))
    assert (used.view, round(used.churn, 4)) == ("value", 0.4029)
    nothing = replace(LESSON, view="churn", begin=0.0)
    assert with_counted_churn(nothing) is nothing


def test_a_link_cannot_ask_for_half_a_payment():
    assert scenario.decode(Inputs, {"v": "1", "n": "12.4"}).inputs.horizon == 12


@given(
    arpu=st.sampled_from([0.0, 1e-300, 1e15]), cac=st.sampled_from([0.0, 1e-300, 1e15]),
    churn=st.sampled_from([0.0, 5e-324, 1e-300, 1e-12, 0.5, 1 - 1e-16, 1.0]), discount=st.sampled_from([0.0, 1e-300, 10.0]),
    variant=st.sampled_from(VARIANTS), horizon=st.sampled_from([1.0, 1200.0]),
)  # fmt: skip
def test_hostile_numbers_stay_bounded(arpu, cac, churn, discount, variant, horizon):
    inputs = replace(LESSON, arpu=arpu, cac=cac, churn=churn, known=churn, basis="rate", discount=discount,
                     variant=variant, horizon=horizon)  # fmt: skip
    result = compute(inputs)
    for rows in (result.worth.curve, result.stay.curve, result.back.curve, result.back.rows):
        assert len(rows) <= 60
        assert all(math.isfinite(number) for row in rows for number in row)
