"""Target planner: docs/model.md, F05 to the digits given, and what must hold for any target."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from funnel.calculators.target_planner import SOURCES, Inputs, compute

BASE = Inputs.origin("base")


def test_the_worked_example():
    result = compute(BASE)
    assert [round(count, 4) for count in result.plan.counts] == [78260.8696, 4695.6522, 1878.2609, 657.0652, 150]
    assert result.plan.whole[0] == 78261
    assert result.plan.stepwise == (78384, 4703, 1881, 658, 150)
    assert result.plan.bias == 123
    assert result.plan.chance == pytest.approx(0.5109, abs=5e-5)
    assert result.surely == 86546


def test_one_rate_alone():
    """T / (N0 times the other rates), by hand from F05 and F06."""
    goals = {goal.index: goal for goal in compute(BASE).goals}
    assert [round(goals[i].rate, 4) for i in (1, 2, 3, 4)] == [0.0978, 0.6522, 0.5704, 0.3722]
    for i, goal in goals.items():
        rates = list(BASE.rates)
        rates[i] = goal.rate
        assert compute(replace(BASE, rates=tuple(rates))).plan.counts[0] == pytest.approx(48000)


def test_revenue_is_a_number_of_sales():
    result = compute(replace(BASE, goal="revenue", revenue=322_500.0, sale=2150.0))
    assert result.customers == 150
    assert result.plan.whole[0] == 78261


@pytest.mark.parametrize(("revenue", "sale"), [(1000.0, 0.0), (1e15, 1e-3)])
def test_a_revenue_that_says_nothing_of_customers(revenue, sale):
    result = compute(replace(BASE, goal="revenue", revenue=revenue, sale=sale))
    assert result.customers is None
    assert result.plan.counts == (None,) * 5
    assert result.surely is None


def test_edges_of_the_formula():
    nobody = compute(replace(BASE, target=0.0))
    assert nobody.plan.whole == (0, 0, 0, 0, 0)
    assert nobody.surely == 0
    stopped = compute(replace(BASE, rates=(None, 0.06, 0.0, 0.35, 0.23)))
    assert stopped.plan.blocked == (2,)
    assert stopped.plan.whole[0] is None
    assert [goal.rate is None for goal in stopped.goals] == [True, False, True, True]
    growing = compute(replace(BASE, rates=(None, 0.5, 1.5, 1.6, 1.0)))
    assert growing.plan.growth == (2, 3)
    assert growing.surely is None, "an overall rate above 1 is no chance"


@settings(max_examples=60)
@given(st.integers(1, 400), st.floats(0.001, 0.9), st.floats(0.5, 0.99))
def test_the_certainty_is_the_least_number(target, rate, chance):
    inputs = Inputs("base", BASE.stages[:2], rates=(None, rate), target=float(target), chance=chance)
    n = compute(inputs).surely
    assert binom.sf(target - 1, n, rate) >= chance - 1e-9
    assert n == target or binom.sf(target - 1, n - 1, rate) < chance + 1e-9


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_a_larger_target_never_needs_fewer(one, other):
    low, high = sorted((one, other))
    few, many = compute(replace(BASE, target=low)), compute(replace(BASE, target=high))
    assert few.plan.counts[0] <= many.plan.counts[0]
    assert few.surely <= many.surely


@pytest.mark.parametrize("source", SOURCES)
def test_every_business_is_asked_for_more_than_it_has(source):
    inputs = Inputs.origin(source)
    result = compute(inputs)
    assert result.plan.counts[0] > inputs.top
    assert result.surely > result.plan.whole[0]
