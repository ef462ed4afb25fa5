import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import counts_from_rates, step_rates
from funnel.formulas.planning import certainty, least_people, required_counts, reverse, step_goals, whole_up
from funnel.quantities import OutOfRange

BASE = (48000, 2880, 1152, 403, 92)
RATES = step_rates(BASE)
R = 92 / 48000

some_rates = st.lists(st.floats(1e-4, 1), min_size=1, max_size=9).map(lambda rates: (None, *rates))


def exactly(n: int, p: Fraction, goal: int) -> Fraction:
    return sum((math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(goal, n + 1)), Fraction(0))


def test_f05_the_chain_for_150_customers():
    plan = reverse(150, RATES)
    assert [round(count, 4) for count in plan.counts] == [78260.8696, 4695.6522, 1878.2609, 657.0652, 150]
    assert plan.whole == (78261, 4696, 1879, 658, 150)
    assert plan.stepwise == (78384, 4703, 1881, 658, 150)
    assert plan.bias == 123
    assert math.isclose(plan.overall, R)
    assert round(plan.chance, 4) == 0.5109
    assert plan.blocked == plan.growth == ()


def test_f05_certainty():
    assert round(certainty(78261, R, 150), 4) == 0.5109
    assert round(certainty(86546, R, 150), 4) == 0.9000
    assert least_people(150, R, 0.9) == 86546
    assert certainty(86545, R, 150) < 0.9 <= certainty(86546, R, 150)


# Section 5: the overall rate, as a fraction.
OVERALL = {
    "s1-ecom-sar": 0.023429,
    "s2-saas-usd": 0.000690,
    "s3-academy-irt": 0.001072,
    "s4-clinic-aed": 0.012297,
    "s5-realestate-egp": 0.009535,
    "s6-app-usd": 0.032400,
    "s7-ngo-usd": 0.010391,
    "s8-wholesale-irt": 0.097692,
}


@pytest.mark.parametrize("id", OVERALL)
def test_f05_a_preset_needs_what_it_has(id):
    counts = PRESETS[id].counts[: PRESETS[id].customer_stage + 1]
    plan = reverse(counts[-1], step_rates(counts))
    assert round(plan.overall, 6) == OVERALL[id]
    assert plan.whole == plan.stepwise == counts
    assert plan.bias == 0
    assert 0.5 < plan.chance < 0.55


def test_f05_edges():
    blocked = reverse(10, (None, 0.5, 0, 0.5))
    assert blocked.counts == (None, None, 20, 10)
    assert (blocked.whole[0], blocked.bias, blocked.chance, blocked.blocked) == (None, None, None, (2,))
    assert reverse(0, (None, 0.5, 0)).counts == (0, 0, 0)
    assert reverse(0, (None, 0.5, 0)).chance == 1
    assert reverse(100, (None, 0.5, 1.25)).growth == (2,)
    assert reverse(None, (None, 0.5)).counts == (None, None)
    assert required_counts(5, (None, None, 0.5)) == (None, 10, 5)
    assert required_counts(1e12, (None, 5e-324)) == (None, 1e12)
    # More people than a count may be: no chance is claimed, and the plan still shows the number.
    assert reverse(1e12, (None, 0.5)).whole == (2 * 10**12, 10**12)
    assert reverse(1e12, (None, 0.5)).chance is None


def test_negative_arguments_are_rejected():
    for wrong in (
        lambda: required_counts(-1, RATES),
        lambda: required_counts(1, (None, -0.1)),
        lambda: certainty(-1, 0.5, 1),
        lambda: certainty(1, math.nan, 1),
        lambda: least_people(1, 0.5, 1.1),
        lambda: step_goals(1, -1, RATES),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    with pytest.raises(ValueError, match="whole"):
        certainty(2.5, 0.5, 1)


def test_rounding_up_ignores_float_noise():
    assert whole_up(78260.8696) == 78261
    assert whole_up(78260.00000000001) == 78260
    assert whole_up(78260.0001) == 78261
    assert (whole_up(0), whole_up(1e-9)) == (0, 1)


def test_a_single_step_that_reaches_the_target():
    goals = step_goals(150, 48000, RATES)
    for goal in goals:
        rates = [goal.rate if index == goal.index else rate for index, rate in enumerate(RATES)]
        assert math.isclose(counts_from_rates(48000, rates)[-1], 150)
        assert math.isclose(goal.change, goal.rate - RATES[goal.index])
    assert all(goal.reachable for goal in goals)
    assert [goal.reachable for goal in step_goals(1000, 48000, RATES)] == [True, False, False, False]


def test_a_single_step_edges():
    first, second = step_goals(10, 100, (None, 0, 0.5))
    assert (first.rate, first.change, first.reachable) == (0.2, 0.2, True)
    assert (second.rate, second.change, second.reachable) == (None, None, False)
    assert [goal.rate for goal in step_goals(10, 0, (None, 0.5))] == [None]
    assert step_goals(20, 100, (None, 0.2))[0].reachable
    assert step_goals(100, 100, (None, 0.2))[0].reachable
    # A step that is above 1 already can certainly be what it is.
    assert step_goals(110, 100, (None, 1.15))[0].reachable
    assert not step_goals(120, 100, (None, 1.15))[0].reachable


def test_certainty_edges():
    assert (certainty(0, 0.5, 0), certainty(0, 0.5, 1), certainty(5, 0.5, 0)) == (1, 0, 1)
    assert (certainty(5, 0, 1), certainty(5, 1, 5), certainty(5, 1, 6)) == (0, 1, 0)
    assert certainty(5, 1.1, 3) is certainty(None, 0.5, 3) is certainty(5, None, 3) is certainty(5, 0.5, None) is None
    assert certainty(5, 0.5, 2.5) == certainty(5, 0.5, 3)
    assert 0 <= certainty(10, 5e-324, 1) < 1e-300


def test_least_people_edges():
    assert (least_people(0, 0.1, 0.9), least_people(5, 0.1, 0), least_people(5, 1, 1)) == (0, 0, 5)
    assert least_people(5, 0, 0.9) is least_people(5, 0.5, 1) is least_people(5, 1.5, 0.9) is None
    assert least_people(None, 0.5, 0.9) is least_people(1e12, 1e-3, 0.9) is least_people(1, 5e-324, 0.5) is None
    assert least_people(1, 0.5, 0.75) == 2
    assert least_people(1, 0.1, 0.1) == 1


@given(st.integers(1, 60), st.integers(0, 1000), st.integers(0, 61))
def test_certainty_is_the_exact_sum(n, thousandths, goal):
    exact = exactly(n, Fraction(thousandths, 1000), goal)
    assert math.isclose(certainty(n, thousandths / 1000, goal), exact, rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize(("n", "p", "goal"), [(700, Fraction(1, 25), 35), (700, Fraction(1, 25), 22)])
def test_certainty_is_the_exact_sum_of_hundreds(n, p, goal):
    assert math.isclose(certainty(n, float(p), goal), exactly(n, p, goal), rel_tol=1e-12)


@pytest.mark.parametrize("n", [101, 99_999, 10_000_001])
def test_half_of_an_odd_number_of_fair_coins(n):
    assert math.isclose(certainty(n, 0.5, (n + 1) // 2), 0.5, rel_tol=1e-12)


def test_a_large_number_with_a_small_rate_is_nearly_poisson():
    poisson = 1 - math.fsum(math.exp(-10) * 10**k / math.factorial(k) for k in range(15))
    assert math.isclose(certainty(10**12, 1e-11, 15), poisson, rel_tol=1e-9)


@given(st.integers(1, 10**7), st.floats(1e-6, 1 - 1e-6), st.floats(-6, 6))
def test_buyers_and_the_others_share_one_chance(n, p, spread):
    goal = min(n, max(1, round(n * p + spread * math.sqrt(n * p * (1 - p)))))
    others = certainty(n, 1 - p, n - goal + 1)
    # 1 - p is rounded, which moves the mean of the others by up to n * 1e-16.
    assert math.isclose(certainty(n, p, goal) + others, 1, rel_tol=1e-9)


@given(st.integers(0, 10**6), st.floats(0, 1), st.integers(0, 1000))
def test_certainty_grows_with_people_and_falls_with_the_target(n, p, goal):
    chance = certainty(n, p, goal)
    assert 0 <= chance <= 1
    assert certainty(n + 1, p, goal) >= chance - 1e-13
    assert certainty(n, p, goal + 1) <= chance + 1e-13


@given(st.integers(1, 5000), st.floats(1e-5, 1, exclude_max=True), st.floats(0.001, 0.999))
def test_least_people_is_enough_and_one_fewer_is_not(goal, rate, chance):
    n = least_people(goal, rate, chance)
    assert certainty(n, rate, goal) >= chance - 1e-13
    assert certainty(n - 1, rate, goal) < chance


@given(st.floats(0, 1e6), some_rates)
def test_the_plan_leads_back_to_the_target(target, rates):
    counts = required_counts(target, rates)
    assert math.isclose(counts_from_rates(counts[0], rates)[-1], target, rel_tol=1e-12, abs_tol=1e-300)


@given(st.integers(0, 10**4), some_rates)
def test_rounding_at_every_step_never_asks_for_fewer(target, rates):
    plan = reverse(target, rates)
    assert plan.bias >= 0
    assert all(up >= exact * (1 - 1e-12) for up, exact in zip(plan.whole, plan.counts, strict=True))


@given(st.floats(1, 1e6), st.floats(1.01, 10), some_rates)
def test_a_larger_target_needs_in_proportion_more(target, times, rates):
    one, more = required_counts(target, rates), required_counts(target * times, rates)
    assert all(math.isclose(b, a * times, rel_tol=1e-12) for a, b in zip(one, more, strict=True))


@given(
    st.floats(0, 1e12),
    st.floats(0, 1e12),
    st.lists(st.one_of(st.none(), st.floats(0, 1), st.floats(0, 1e12)), max_size=30),
)
def test_every_valid_argument_has_an_answer(target, top, rates):
    rates = (None, *rates)
    plan, goals = reverse(target, rates), step_goals(target, top, rates)
    found = [*plan.counts, plan.overall, plan.chance, *(goal.rate for goal in goals)]
    assert all(value is None or 0 <= value < math.inf for value in found)
    assert all(value is None or isinstance(value, int) for value in (*plan.whole, *plan.stepwise, plan.bias))
