"""The calculator of F07 to F13; the formulas themselves are tested in test_money.py."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.calculators.money import NO_LEAD, Inputs, compute
from funnel.facts.stages import Stage
from funnel.links import scenario

BASE = Inputs.origin("base")


def four(value):
    return None if value is None else round(value, 4)


def of(source):
    return compute(Inputs.origin(source))


def test_the_base_funnel_gives_the_worked_examples():
    result = compute(BASE)
    assert [four(cost) for cost in result.costs] == [1.4250, 23.7500, 59.3750, 169.7270, 743.4783]  # F07
    assert (four(result.cpa), four(result.cac)) == (743.4783, 1242.3913)  # F08
    assert (result.sale, result.revenue) == (2150, 197_800)  # F09
    assert (four(result.roi), four(result.flattering), result.profit) == (0.0729, 0.7305, 8336)  # F10
    assert four(result.orders_back) == 0.932
    assert (four(result.roas), four(result.roas_needed)) == (2.9512, 1.6129)  # F11
    assert (four(result.l2c), four(result.per_customer)) == (0.0319, 31.3043)  # F12
    assert (four(result.sales_cost), four(result.unit)) == (498.9130, 1333)
    assert (four(result.ceiling), four(result.ceiling_bare)) == (26.6444, 42.5819)
    assert (four(result.rpv), four(result.visit_ceiling)) == (4.1208, 2.5549)  # F13


@pytest.mark.parametrize(
    ("source", "cac", "cpl", "l2c", "flattering", "roi"),
    [  # section 5, the derived values; None where a dash stands
        ("s1-ecom-sar", 61.2175, None, None, 2.4957, 0.3284),
        ("s2-saas-usd", 4103.4483, 38.0952, 0.0230, None, None),
        ("s3-academy-irt", 2_357_512.9534, 260_942.7609, 0.1625, 1.8844, 0.5864),
        ("s4-clinic-aed", 576.9231, 65.0338, 0.1537, 2.7267, 1.1615),
        ("s5-realestate-egp", 75_243.9024, 450.0000, 0.0095, 0.9669, 0.7702),
        ("s6-app-usd", 21.6049, 1.5556, 0.0720, None, None),
        ("s7-ngo-usd", 10.2510, 2.1520, 0.2099, 2.4143, 2.3119),
        ("s8-wholesale-irt", 2_440_944.8819, 71_005.9172, 0.1503, 10.6758, 0.2843),
    ],
)
def test_the_presets_give_the_derived_values(source, cac, cpl, l2c, flattering, roi):
    result = of(source)
    found = [four(x) for x in (result.cac, result.cpl, result.l2c, result.flattering, result.roi)]
    assert found == [cac, cpl, l2c, flattering, roi]


def test_what_else_section_5_says_of_single_presets():
    shop = of("s1-ecom-sar")
    assert (four(shop.roas_most), four(shop.roas_needed), shop.roas) == (4.3758, 2.6316, None)
    assert four(of("s8-wholesale-irt").orders_back) == 0.7786
    assert four(Inputs.origin("s2-saas-usd").ltv) == 9787.5
    assert four(of("s2-saas-usd").ceiling_target) == 18.7401  # (9787.5 / 3 - 2448.2759) x 58 / 2520
    assert four(compute(replace(BASE, margin=0.11)).roas_needed) == 9.0909  # F11


def test_single_sales_have_a_mean_and_a_median():
    result = compute(replace(BASE, known="list"))
    assert (result.singles.mean, result.singles.median, result.skewed) == (400, 120, True)
    assert (result.sale, result.revenue) == (400, 92 * 400)
    even = compute(replace(BASE, known="list", singles=(100.0, 110.0, 120.0)))
    assert (even.singles.count, even.singles.mean, even.skewed) == (3, 110, False)
    nothing = compute(replace(BASE, known="list", singles=()))
    assert nothing.sale is nothing.revenue is nothing.roi is nothing.ceiling is None


@given(st.floats(0, 1e9))
def test_a_known_revenue_and_its_average_say_the_same(sale):
    by_average = compute(replace(BASE, sale=sale))
    by_revenue = compute(replace(BASE, known="revenue", revenue=by_average.revenue, sale=None))
    assert math.isclose(by_average.sale, by_revenue.sale, abs_tol=1e-300)
    assert math.isclose(by_average.roi, by_revenue.roi, abs_tol=1e-12)


def test_nobody_at_a_stage_leaves_its_cost_undefined_and_the_others_alone():
    result = compute(replace(BASE, counts=(48000.0, 0.0, 1152.0, 403.0, 92.0)))
    assert result.costs[1] is result.cpl is result.l2c is result.ceiling is None
    assert four(result.costs[2]) == 59.375
    nobody = compute(replace(BASE, counts=(48000.0, 2880.0, 1152.0, 403.0, 0.0)))
    assert nobody.cpa is nobody.cac is nobody.sales_cost is nobody.ceiling is nobody.per_customer is None
    assert (nobody.l2c, nobody.revenue, nobody.roi) == (0, 0, -1)  # all that was spent is lost
    empty = compute(replace(BASE, counts=(None,) * 5))
    assert empty.costs == (None,) * 5
    assert empty.revenue is None


def test_no_marketing_cost_is_free_and_nothing_spent_has_no_return():
    free = compute(replace(BASE, marketing=0.0))
    assert (free.cpl, free.cpa, four(free.cac)) == (0, 0, 498.9130)
    assert compute(replace(BASE, marketing=0.0, sales=0.0)).roi is None


def test_without_margin_nothing_breaks_even():
    result = compute(replace(BASE, margin=0.0))
    assert (result.roi, result.roas_needed, result.orders_back) == (-1, None, None)
    assert result.ceiling < 0
    assert result.visit_ceiling == 0


def test_a_ceiling_may_be_negative():
    assert compute(replace(BASE, sales=200_000.0)).ceiling < 0  # selling costs more than the margin of a sale
    # With the first sale's margin as LTV, three times CAC is out of reach at any price of a lead.
    assert four(compute(replace(BASE, ltv=1333.0)).ceiling_target) == -1.7435
    assert math.isclose(compute(replace(BASE, ltv=1333.0, target=1.0)).ceiling_target, compute(BASE).ceiling)


def test_ads_that_claim_too_much_are_caught():
    assert not compute(BASE).overclaimed
    assert compute(replace(BASE, ad_revenue=198_000.0)).overclaimed
    assert compute(replace(BASE, ads=70_000.0)).ads_beyond


@given(st.floats(0.01, 1e6), st.floats(1, 1e6), st.floats(0, 1e6), st.floats(0.01, 1))
def test_at_the_ceiling_the_first_sale_pays_for_everything(sale, customers, sales, margin):
    """ROI on margin is 0 exactly where CPL is at its ceiling."""
    counts = (48000.0, 2880.0, 1152.0, 403.0, customers)
    at = compute(replace(BASE, counts=counts, sale=sale, sales=sales, margin=margin))
    if at.ceiling > 0:
        there = compute(
            replace(BASE, counts=counts, sale=sale, sales=sales, margin=margin, marketing=at.ceiling * 2880)
        )
        assert abs(there.profit) <= 1e-9 * (there.gross + sales)
        assert math.isclose(there.orders_back, 1)


@given(st.floats(0.001, 1000))
def test_another_unit_of_money_changes_amounts_and_no_ratio(unit):
    """Rial or toman: ratios stay what they are, so that no conversion is ever needed for them."""
    money = ("marketing", "sales", "ads", "ad_revenue", "sale")
    other = compute(replace(BASE, **{name: getattr(BASE, name) * unit for name in money}))
    result = compute(BASE)
    for name in ("roi", "flattering", "roas", "roas_most", "orders_back", "l2c"):
        assert math.isclose(getattr(other, name), getattr(result, name))
    assert math.isclose(other.ceiling, result.ceiling * unit)


def test_a_link_whose_lead_stage_is_not_there_opens_without_one():
    decoded = scenario.decode(Inputs, {"stages": "visits_customers", "n": "1000_20", "lead": "1"})
    assert decoded.inputs.lead == NO_LEAD
    assert [change.code for change in decoded.changes] == ["inconsistent"]
    assert compute(decoded.inputs).cpl is None
    with pytest.raises(ValueError, match="lead"):
        Inputs(stages=(Stage(), Stage()), counts=(1.0, 1.0), lead="1")
