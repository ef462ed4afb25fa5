import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.pipeline import (
    coverage,
    cycle_length,
    deals_in_progress,
    fan,
    forecast,
    growth_bias,
    mean_lag,
    normalised,
    velocity,
    velocity_effects,
    weighted_pipeline,
)
from funnel.quantities import OutOfRange
from tests.funnel.strategies import near

LEADS, LAG = (400, 500, 450, 600), (0.15, 0.35, 0.30, 0.20)

lags = st.lists(st.floats(0.01, 1), min_size=1, max_size=12).map(tuple)
months = st.lists(st.integers(0, 10**6), min_size=1, max_size=24).map(tuple)


def four(value):
    return round(value, 4)


def test_f14_cycle_length():
    cycle = cycle_length((21, 34, 45, 60, 72, 95, 140))
    assert (four(cycle.mean), cycle.median, cycle.count) == (66.7143, 60, 7)
    assert cycle_length(()).mean is cycle_length(()).median is None


def test_f25_velocity():
    assert four(velocity(64, 18500, 0.275, 73)) == 4460.2740
    assert four(velocity(64, 18500, 0.275, 73) * 90) == 401424.6575
    effects = {one.lever: one for one in velocity_effects(64, 18500, 0.275, 73)}
    assert list(effects) == ["opportunities", "value", "win-rate", "cycle"]
    assert four(effects["win-rate"].velocity) == 4906.3014
    assert four(effects["cycle"].velocity) == 4955.8600
    assert [four(one.change) for one in effects.values()] == [0.1, 0.1, 0.1, 0.1111]


def test_f25_of_the_presets():
    saas, homes = PRESETS["s2-saas-usd"], PRESETS["s5-realestate-egp"]
    assert four(velocity(241, 3480, 58 / 241, saas.facts["cycle"])) == 2968.2353
    assert four(velocity(57, homes.facts["avg"], 41 / 57, homes.facts["cycle"])) == 63208.3333


def test_f25_edges():
    assert velocity(64, 18500, 0.275, 0) is velocity(None, 1, 1, 1) is velocity(1, 1, 1, None) is None
    assert velocity(1, 1, 0, 1) == 0
    sure = velocity_effects(1, 1, 1, 1)[2]
    assert (sure.velocity, sure.change, sure.capped) == (1, 0, True)
    assert velocity_effects(64, 18500, 0.275, 73, 1)[3].velocity is None
    assert {one.velocity for one in velocity_effects(1, 1, None, 1)} == {None}
    assert {one.change for one in velocity_effects(0, 1, 1, 1)} == {None}


def test_f26_coverage():
    now = coverage(2_400_000, 750_000, 0.275)
    assert (now.coverage, four(now.needed), four(now.expected), now.met) == (3.2, 3.6364, 660_000, False)
    assert four(now.missing) == four(750_000 / 0.275 - 2_400_000)
    assert four(coverage(2_400_000, 750_000, 0.275, 0.6).needed) == 6.0606
    assert weighted_pipeline(((820_000, 0.10), (640_000, 0.25), (510_000, 0.45), (430_000, 0.70))) == 772_500


def test_f26_edges():
    for target in (0, -5):
        met = coverage(100, target, 0.5)
        assert (met.coverage, met.missing, met.met) == (None, 0, True)
    never = coverage(100, 50, 0)
    assert (never.coverage, never.needed, never.expected, never.missing) == (2, None, 0, None)
    assert coverage(300, 100, 1 / 3).missing < 1e-9  # "3x" is right at a third
    assert coverage(None, 50, 0.5).coverage is coverage(10, None, 0.5).missing is coverage(10, 5, None).needed is None
    assert weighted_pipeline(()) == 0
    assert weighted_pipeline(((1, None),)) is None


def test_f27_little():
    assert four(deals_in_progress(11 / 7, 73)) == 114.7143
    assert deals_in_progress(None, 73) is deals_in_progress(1, None) is None


def test_f28_forecast():
    plan = forecast(LEADS, LAG, 0.05)
    assert [four(people) for people in plan.customers] == [3, 10.75, 18.125, 23.875, 22.25, 13.5, 6]
    assert four(plan.total) == 97.5
    assert [four(shown) for shown in plan.same_month] == [0.0075, 0.0215, 0.0403, 0.0398]
    assert four(plan.mean_lag) == four(mean_lag(LAG)) == 1.55
    assert four(growth_bias(LAG, 0.1)) == 0.8664
    assert not plan.corrected


def test_f28_what_is_missing_is_not_zero():
    plan = forecast(LEADS, LAG, 0.05)
    assert [four(share) for share in plan.before] == [0.85, 0.5, 0.2, 0, 0, 0, 0]
    assert [four(share) for share in plan.after] == [0, 0, 0, 0, 0.15, 0.5, 0.8]
    hole = forecast((400, None, 450), (0.5, 0, 0.5), 0.1)
    assert near(hole.customers, (20, None, 42.5, None, 22.5))
    assert hole.same_month[1] is hole.total is None


def test_f28_weights_that_do_not_sum_to_one():
    plan = forecast(LEADS, (15, 35, 30, 20), 0.05)
    assert plan.corrected
    assert near(plan.weights, LAG)
    assert near(plan.customers, forecast(LEADS, LAG, 0.05).customers)
    assert normalised((0, 0)) is normalised(()) is mean_lag(()) is None
    nothing = forecast(LEADS, (0, 0), 0.05)
    assert nothing.customers == (None,) * 4
    assert (nothing.total, nothing.weights, nothing.corrected, nothing.mean_lag) == (None, (), False, None)


def test_f28_edges():
    assert forecast((), LAG, 0.05).customers == ()
    assert forecast((), LAG, 0.05).total == 0
    assert forecast((5, 6), LAG, None).customers == (None,) * 5
    assert forecast((0, 6), LAG, 0.05).same_month[0] is None
    assert growth_bias(LAG, -1) is growth_bias(LAG, None) is growth_bias((), 0.1) is None
    assert growth_bias(LAG, 0) == pytest.approx(1)
    assert growth_bias((0.5,) * 400, -1 + 1e-9) is None


def test_f28_of_the_saas_preset():
    plan = forecast((780, 840, 900), (0.10, 0.25, 0.35, 0.20, 0.10), 58 / 2520)
    assert len(plan.customers) == 7
    assert math.isclose(plan.total, 58)
    assert math.isclose(math.fsum(plan.customers), 58)


@pytest.mark.parametrize("leads_vary", [False, True])
def test_the_fan_lies_around_the_forecast(leads_vary):
    plan = forecast(LEADS, LAG, 0.05)
    found = fan(LEADS, LAG, 0.05, seed=1, runs=4000, leads_vary=leads_vary)
    assert found == fan(LEADS, LAG, 0.05, seed=1, runs=4000, leads_vary=leads_vary)
    assert found != fan(LEADS, LAG, 0.05, seed=2, runs=4000, leads_vary=leads_vary)
    low, middle, high = found.months
    assert all(a <= b <= c for a, b, c in zip(low, middle, high, strict=True))
    assert all(abs(b - mean) <= 1 for b, mean in zip(middle, plan.customers, strict=True))
    # 80% of a normal curve lie within 1.28 standard deviations; the variance is that of the thinning.
    spread = 1.2816 * math.sqrt(97.5 * (1 if leads_vary else 0.95))
    assert abs(found.total[0] - (97.5 - spread)) <= 2
    assert abs(found.total[2] - (97.5 + spread)) <= 2


def test_the_fan_of_half_a_lead_is_right_on_average():
    runs = 20_000
    quantiles = [(index + 0.5) / runs for index in range(runs)]
    found = fan((0.5,), (1,), 1, seed=3, runs=runs, quantiles=quantiles)
    assert abs(math.fsum(found.total) / runs - 0.5) < 0.02
    assert set(found.total) == {0, 1}


def test_the_fan_without_chance():
    sure = fan((5, 7), (1,), 1, seed=0, runs=10)
    assert sure.months == ((5, 7),) * 3
    assert sure.total == (12,) * 3
    assert fan((5, 7), (1,), 0, seed=0, runs=10).total == (0, 0, 0)


@pytest.mark.parametrize("leads_vary", [False, True])
def test_the_fan_of_what_is_not_defined(leads_vary):
    hole = fan((5, None), (1,), 1, seed=0, runs=10, quantiles=(0.5,), leads_vary=leads_vary)
    assert hole.months[0][1] is hole.total[0] is None
    assert fan((5,), (0,), 1, seed=0, quantiles=(0.5,), leads_vary=leads_vary).months == ((None,),)
    assert fan((5,), (1,), None, seed=0, quantiles=(0.5,), leads_vary=leads_vary).months == ((None,),)
    assert fan((), (1,), 1, seed=0, quantiles=(0.5,), leads_vary=leads_vary).total == (0,)


def test_arguments_out_of_range_are_rejected():
    for wrong in (
        lambda: cycle_length((5, -1)),
        lambda: velocity(1, 1, 1.1, 1),
        lambda: velocity_effects(1, 1, 0.5, 1, -0.1),
        lambda: coverage(1, 1, 0.5, 2),
        lambda: weighted_pipeline(((1, 1.1),)),
        lambda: deals_in_progress(-1, 1),
        lambda: normalised((0.5, -0.5)),
        lambda: growth_bias(LAG, -1.1),
        lambda: forecast((-1,), LAG, 0.5),
        lambda: forecast((1,), LAG, 1.5),
        lambda: fan((1,), LAG, 0.5, seed=-1),
        lambda: fan((1,), LAG, 0.5, seed=1, runs=0),
        lambda: fan((1,), LAG, 0.5, seed=1, quantiles=(1.1,)),
    ):
        with pytest.raises(OutOfRange):
            wrong()


@given(months, lags, st.just(0.0) | st.floats(1e-9, 1))
def test_every_lead_is_counted_once(leads, weights, rate):
    plan = forecast(leads, weights, rate)
    assert math.isclose(math.fsum(plan.customers), rate * sum(leads), rel_tol=1e-9)
    assert math.isclose(plan.total, rate * sum(leads), rel_tol=1e-9)
    assert len(plan.customers) == len(leads) + len(weights) - 1


@given(months, lags, st.floats(0.01, 1), st.floats(0.1, 10))
def test_only_the_proportions_of_the_weights_matter(leads, weights, rate, times):
    scaled = forecast(leads, [weight * times for weight in weights], rate)
    assert near(scaled.customers, forecast(leads, weights, rate).customers)


@given(lags, st.floats(0.001, 1))
def test_the_bias_is_what_a_growing_firm_sees(weights, growth):
    size = len(weights)
    leads = [100 * (1 + growth) ** month for month in range(size)]
    ripe = forecast(leads, weights, 0.05)
    assert ripe.before[size - 1] == 0
    assert math.isclose(ripe.same_month[size - 1] / 0.05, growth_bias(weights, growth), rel_tol=1e-9)
    assert growth_bias(weights, growth) <= 1 + 1e-12
    assert growth_bias(weights, -growth / 2) >= 1 - 1e-12


@given(lags)
def test_the_mean_lag_lies_within_the_lags(weights):
    assert 0 <= mean_lag(weights) <= (len(weights) - 1) * (1 + 1e-12)
    late = mean_lag((0, *weights))
    assert math.isclose(late, mean_lag(weights) + 1)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.floats(0.001, 0.5), st.floats(0.1, 1000), st.floats(0.01, 0.9))
def test_a_shorter_cycle_gains_more_than_the_others(opportunities, value, win_rate, cycle, lift):
    changes = [one.change for one in velocity_effects(opportunities, value, win_rate, cycle, lift)]
    assert near(changes[:3], (lift,) * 3, 1e-9)
    assert math.isclose(changes[3], 1 / (1 - lift) - 1, rel_tol=1e-9)


@given(st.floats(0, 1e9), st.floats(1, 1e9), st.floats(0.01, 1), st.floats(0.01, 1))
def test_enough_coverage_is_expected_to_win_the_target(pipeline, target, win_rate, in_period):
    found = coverage(pipeline, target, win_rate, in_period)
    assert math.isclose((pipeline + found.missing) * win_rate * in_period, max(target, found.expected), rel_tol=1e-9)


@given(*[st.one_of(st.none(), st.floats(0, 1e12))] * 2, *[st.one_of(st.none(), st.floats(0, 1))] * 2, st.floats(0, 1e6))
def test_every_valid_argument_has_an_answer(many, money, share, other, days):
    found = coverage(money, many, share, other)
    values = [found.coverage, found.needed, found.expected, found.missing, deals_in_progress(many, days)]
    for one in velocity_effects(many, money, share, days):
        values += [one.velocity, one.change]
    assert all(value is None or math.isfinite(value) for value in values)
