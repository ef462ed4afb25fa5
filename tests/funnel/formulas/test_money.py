import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import ratio, step_rates
from funnel.formulas.money import (
    acquisition_cost,
    average,
    average_sale,
    break_even_cpl,
    break_even_orders,
    break_even_roas,
    break_even_visit,
    cost_per_acquisition,
    cost_per_lead,
    cost_per_stage,
    lead_to_customer,
    leads_per_customer,
    profit,
    revenue_per_visitor,
    revenue_roi,
    roas,
    roi,
    target_cpl,
)
from funnel.quantities import MONEY, OutOfRange
from tests.funnel.strategies import near, whole_counts

BASE = (48000, 2880, 1152, 403, 92)
M, S, V, G = 68400, 45900, 197800, 0.62

amounts = st.floats(0, 1e12)
positive = st.floats(1e-3, 1e9)


def four(value):
    return round(value, 4)


def test_f07_cost_per_stage():
    assert [four(cost) for cost in cost_per_stage(M, BASE)] == [1.4250, 23.7500, 59.3750, 169.7270, 743.4783]
    assert cost_per_lead(M, 2880) == 23.75
    assert math.isclose(cost_per_lead(M, 2880) / 0.40, cost_per_lead(M, 1152))
    assert cost_per_stage(M, (10, 0, None)) == (6840, None, None)
    assert cost_per_stage(0, (10,)) == (0,)


def test_f08_cpa_and_cac():
    assert four(cost_per_acquisition(M, 92)) == 743.4783
    assert four(acquisition_cost(M, S, 92)) == 1242.3913
    assert acquisition_cost(M, S, 0) is acquisition_cost(M, None, 92) is acquisition_cost(None, S, 92) is None


def test_f09_average_sale():
    assert average_sale(V, 92) == 2150
    assert average_sale(V, 0) is None
    orders = average(MONEY, (90, 110, 120, 130, 1550))
    assert (orders.mean, orders.median, orders.count) == (400, 120, 5)
    assert average(MONEY, (1, 2)).median == 1.5
    nobody = average(MONEY, ())
    assert (nobody.mean, nobody.median, nobody.count) == (None, None, 0)


def test_f10_roi():
    assert four(revenue_roi(V, M + S)) == 0.7305
    assert four(roi(V, G, M + S)) == 0.0729
    assert four(profit(V, G, M + S)) == 122636 - 114300
    assert roi(V, G, 0) is roi(None, G, 1) is roi(V, None, 1) is roi(V, G, None) is profit(V, G, None) is None


def test_f11_roas():
    assert four(roas(121000, 41000)) == 2.9512
    assert four(break_even_roas(0.62)) == 1.6129
    assert four(break_even_roas(0.11)) == 9.0909
    assert roas(121000, 0) is break_even_roas(0) is break_even_roas(None) is None


def test_f12_lead_to_customer_and_the_highest_cpl():
    l2c = lead_to_customer(2880, 92)
    assert four(l2c) == 0.0319
    assert four(leads_per_customer(2880, 92)) == 31.3043
    assert four(S / 92) == 498.9130
    assert four(break_even_cpl(2150, G, S / 92, l2c)) == 26.6444
    assert four(break_even_cpl(2150, G, 0, l2c)) == 42.5819
    assert lead_to_customer(0, 0) is leads_per_customer(5, 0) is None
    assert break_even_cpl(None, G, 0, l2c) is break_even_cpl(2150, G, None, l2c) is None
    assert break_even_cpl(2150, G, 0, None) is target_cpl(100, 0, 0, 0.1) is target_cpl(None, 3, 0, 0.1) is None
    assert break_even_cpl(100, 0.5, 80, 0.1) == -3  # the channel cannot pay: a number, not an error


def test_f12_with_a_target_ratio():
    assert math.isclose(target_cpl(900, 3, 100, 0.1), 20)
    # A ratio of 1 with one sale's margin for LTV is the break-even.
    assert math.isclose(target_cpl(2150 * G, 1, 50, 0.03), break_even_cpl(2150, G, 50, 0.03))


def test_f13_revenue_per_visitor():
    rpv = revenue_per_visitor(V, 48000)
    assert four(rpv) == 4.1208
    assert four(break_even_visit(rpv, G)) == 2.5549
    assert math.isclose(rpv, 92 / 48000 * 2150)
    assert revenue_per_visitor(V, 0) is break_even_visit(None, G) is None


# Section 5: CAC, CPL, L2C, ROI revenue, ROI margin; None is its dash.
DERIVED = {
    "s1-ecom-sar": (61.2175, None, None, 2.4957, 0.3284),
    "s2-saas-usd": (4103.4483, 38.0952, 0.0230, None, None),
    "s3-academy-irt": (2357512.9534, 260942.7609, 0.1625, 1.8844, 0.5864),
    "s4-clinic-aed": (576.9231, 65.0338, 0.1537, 2.7267, 1.1615),
    "s5-realestate-egp": (75243.9024, 450.0000, 0.0095, 0.9669, 0.7702),
    "s6-app-usd": (21.6049, 1.5556, 0.0720, None, None),
    "s7-ngo-usd": (10.2510, 2.1520, 0.2099, 2.4143, 2.3119),
    "s8-wholesale-irt": (2440944.8819, 71005.9172, 0.1503, 10.6758, 0.2843),
}


@pytest.mark.parametrize("id", DERIVED)
def test_section_5(id):
    preset = PRESETS[id]
    facts, customers = preset.facts, preset.counts[preset.customer_stage]
    leads = None if preset.lead_stage is None else preset.counts[preset.lead_stage]
    revenue = None if "avg" not in facts else customers * facts["avg"]
    spent = facts["mkt"] + facts["sales"]
    found = (
        acquisition_cost(facts["mkt"], facts["sales"], customers),
        cost_per_lead(facts["mkt"], leads),
        lead_to_customer(leads, customers),
        revenue_roi(revenue, spent),
        roi(revenue, facts["margin"], spent),
    )
    assert tuple(value if value is None else four(value) for value in found) == DERIVED[id]


def test_section_5_others():
    s1, s7, s8 = (PRESETS[id] for id in ("s1-ecom-sar", "s7-ngo-usd", "s8-wholesale-irt"))
    assert four(roas(1462 * s1.facts["avg"], s1.facts["ads"])) == 4.3758
    assert four(break_even_roas(s1.facts["margin"])) == 2.6316
    assert 478 * s7.facts["avg"] == 16730
    cac = acquisition_cost(s8.facts["mkt"], s8.facts["sales"], 254)
    assert four(break_even_orders(cac, s8.facts["avg"], s8.facts["margin"])) == 0.7786
    assert break_even_orders(cac, 5, 0) is break_even_orders(None, 5, 0.5) is None


def test_negative_money_is_rejected():
    for wrong in (
        lambda: cost_per_stage(-1, (1,)),
        lambda: cost_per_stage(1, (-1,)),
        lambda: acquisition_cost(1, -1, 1),
        lambda: average(MONEY, (1, -1)),
        lambda: roi(1, 1.1, 1),
        lambda: break_even_roas(-0.1),
        lambda: roas(math.nan, 1),
        lambda: break_even_visit(math.inf, 0.5),
    ):
        with pytest.raises(OutOfRange):
            wrong()


@given(amounts, whole_counts)
def test_the_cost_of_a_stage_is_that_of_the_one_above_by_the_rate(cost, counts):
    costs = cost_per_stage(cost, counts)
    down = [ratio(above, rate) for above, rate in zip(costs, step_rates(counts)[1:], strict=False)]
    assert near(costs[1:], down, 1e-9)


@given(st.floats(0, 1), positive)
def test_no_revenue_is_total_loss(margin, investment):
    assert roi(0, margin, investment) == revenue_roi(0, investment) == -1


@given(positive, st.floats(0, 1), positive)
def test_the_revenue_form_of_roi_never_says_less(revenue, margin, investment):
    assert revenue_roi(revenue, investment) >= roi(revenue, margin, investment)


@given(st.floats(0.01, 1), positive)
def test_at_the_break_even_roas_the_margin_pays_the_ads(margin, spend):
    revenue = break_even_roas(margin) * spend
    assert math.isclose(revenue * margin, spend)
    assert abs(roi(revenue, margin, spend)) < 1e-9


@given(positive, st.floats(0, 1), st.floats(0, 1e6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_at_the_break_even_cpl_a_lead_returns_nothing(sale, margin, sales_cost, leads, customers):
    cpl = break_even_cpl(sale, margin, sales_cost, lead_to_customer(leads, customers))
    left = customers * (sale * margin - sales_cost) - cpl * leads
    assert abs(left) <= 1e-9 * customers * (sale + sales_cost)


@given(st.lists(amounts, min_size=1, max_size=20))
def test_averages_lie_within_the_data(values):
    found = average(MONEY, values)
    assert min(values) <= found.median <= max(values)
    assert min(values) * (1 - 1e-12) <= found.mean <= max(values) * (1 + 1e-12)


@given(*[st.one_of(st.none(), st.floats(0, 1e12))] * 4, st.floats(0, 1))
def test_every_valid_argument_has_an_answer(marketing, sales, revenue, people, margin):
    costs, sale = acquisition_cost(marketing, sales, people), average_sale(revenue, people)
    l2c = lead_to_customer(people, sales)
    found = (
        *cost_per_stage(marketing, (people, sales)),
        costs,
        break_even_cpl(sale, margin, costs, l2c),
        target_cpl(sale, marketing, costs, l2c),
        break_even_visit(revenue_per_visitor(revenue, people), margin),
        break_even_orders(costs, sale, margin),
        roi(revenue, margin, marketing),
        roas(revenue, marketing),
    )
    assert all(value is None or math.isfinite(value) for value in found)
