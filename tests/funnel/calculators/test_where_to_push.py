"""Where to push: docs/model.md, F04 and F06 to the digits given, and what must hold for any funnel."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.calculators.where_to_push import SOURCES, Inputs, compute
from funnel.facts.stages import Stage
from funnel.links import scenario

BASE = Inputs.origin("base")
FREE = replace(BASE, handling=(None,) * 5)
rates = st.floats(1e-3, 0.9)


def four(value):
    return round(value, 4)


def gains(inputs):
    return [four(one.effect.gain) for one in compute(inputs).levers]


def of(top, *steps, **more):
    """A funnel of unnamed stages; `more` are further fields, the lists filled up with None."""
    count = len(steps) + 1
    nothing = (None,) * count
    series = dict.fromkeys(("reference", "relative", "points", "costs", "handling"), nothing)
    return Inputs("base", "levers", more.pop("how", "relative"), (Stage(),) * count, top, (None, *steps),
                  **(series | {"first": "0", "second": "0"} | more))  # fmt: skip


def test_f06_ten_per_cent_is_worth_the_same_at_every_step():
    result = compute(BASE)
    assert gains(BASE) == [9.2, 9.2, 9.2, 9.2]
    assert {four(one.effect.counts[-1]) for one in result.levers} == {101.2}
    assert result.alike
    assert result.by_gain == ((1, 2, 3, 4),)
    assert four(result.together.relative) == 0.4641
    assert four(result.together.gain) == four(92 * 0.4641)
    assert result.together.gain > result.sum_of_gains == pytest.approx(36.8)


def test_f06_more_people_at_the_top_are_worth_as_much():
    result = compute(replace(BASE, relative=(0.1, 0.1, None, None, 0.1)))
    assert [(one.step, four(one.effect.gain)) for one in result.levers] == [(0, 9.2), (1, 9.2), (4, 9.2)]
    assert result.lever(0).rate is None


def test_f06_one_point_is_worth_most_where_the_rate_is_smallest():
    result = compute(replace(BASE, how="points"))
    assert [four(one.effect.gain) for one in result.levers] == [15.3333, 2.3, 2.6299, 4.03]
    assert [four(one.effect.relative) for one in result.levers] == [0.1667, 0.025, 0.0286, 0.0438]
    assert result.by_gain == ((1,), (4,), (3,), (2,))
    assert not result.alike


def test_f06_a_rate_stops_at_one():
    result = compute(of(1000.0, 0.95, relative=(None, 0.1)))
    lever = result.lever(1)
    assert lever.rate == 1
    assert lever.effect.capped == (1,)
    assert four(lever.effect.gain) == 50, "0.95 to 1, not to 1.045"


def test_f06_a_rate_of_zero_has_no_relative_lift():
    dead = of(1000.0, 0.5, 0.0, relative=(None, 0.1, 0.1), points=(None, 1.0, 1.0))
    result = compute(dead)
    assert result.lever(2).effect.gain is None
    assert result.lever(2).rate is None
    assert result.by_gain == ((1,),), "only the other lever can be ranked, and it brings nobody"
    assert result.sum_of_gains is None
    assert four(compute(replace(dead, how="points")).lever(2).effect.gain) == 5


def test_f04_three_bottlenecks():
    found = compute(BASE).bottlenecks
    assert found.lowest_rate == found.largest_loss == (1,)
    assert [four(gain) for gain in found.gains[1:]] == [7.6667, 4.6, 26.3444, 4.72]
    assert found.largest_gain == (3,)
    assert not found.agree


def test_f04_the_gain_to_the_reference_is_a_lever_with_a_cost():
    """The same four numbers when each step is really lifted; what they cost decides (F04: divided by the cost)."""
    result = compute(replace(FREE, how="reference"))
    assert [four(one.effect.gain) for one in result.levers] == [7.6667, 4.6, 26.3444, 4.72]
    assert [four(one.rate) for one in result.levers] == [0.065, 0.42, 0.45, 0.24]
    assert result.by_gain[0] == (3,)
    assert result.by_money == ((3,), (1,), (2,), (4,))
    dear = compute(replace(FREE, how="reference", costs=(None, 2400.0, 1800.0, 90_000.0, 3600.0)))
    assert dear.by_money[0] == (1,), "the largest gain is not the best one at any price"


@pytest.mark.parametrize(("rate", "goal"), [(0.5, 0.5), (0.6, 0.5), (0.0, 0.5), (None, 0.5), (0.5, None), (1.2, 1.0)])
def test_f04_no_lever_without_a_way_up_to_the_reference(rate, goal):
    result = compute(of(1000.0, rate, 0.5, how="reference", reference=(None, goal, None)))
    assert result.levers == ()
    assert result.idle == ((1,) if rate is not None and goal is not None and rate >= goal else ())


def test_two_at_once_are_more_than_their_sum():
    """(1.1)(1.1) = 1 + 0.1 + 0.1 + 0.01: 92 customers times 0.21 are 19.32, and 0.92 of them come from the product."""
    result = compute(BASE).pair
    assert four(result.first.gain) == four(result.second.gain) == 9.2
    assert four(result.both.gain) == 19.32
    assert four(result.interaction) == 0.92
    assert compute(replace(BASE, first="1", second="1")).pair.both.gain == pytest.approx(19.32)
    assert compute(replace(BASE, first="0")).pair is None, "the top is not lifted"
    assert compute(replace(BASE, how="points", first="0")).pair is None, "the top has no rate to add points to"


def test_lifts_high_up_are_paid_for_all_the_way_down():
    """40.3 more SQL for each of the first three levers, 114 each; the last lever adds nobody above it."""
    result = compute(BASE)
    assert [round(one.handling, 2) for one in result.levers] == [4594.2, 4594.2, 4594.2, 0]
    assert [round(one.effect.cost, 2) for one in result.levers] == [6994.2, 6394.2, 5494.2, 3600]
    assert [round(one.effect.money_per_gain, 2) for one in result.levers] == [760.24, 695.02, 597.2, 391.3]
    assert result.by_money == ((4,), (3,), (2,), (1,))
    assert compute(FREE).by_money == ((3,), (2,), (1,), (4,)), "without handling, the order is that of the costs"


def test_profit_is_worth_minus_every_cost():
    result = compute(BASE)
    assert BASE.worth == 1333, "2,150 at a margin of 62%"
    assert round(result.lever(4).profit, 2) == round(9.2 * 1333 - 3600, 2)
    assert result.by_profit[0] == (4,)
    assert compute(replace(BASE, worth=None)).by_profit == ()
    poor = compute(replace(BASE, worth=100.0))
    assert all(one.profit < 0 for one in poor.levers)


def test_a_lever_without_a_cost_is_not_ranked_by_money_but_a_free_one_comes_first():
    result = compute(replace(FREE, costs=(None, 900.0, None, 0.0, 300.0)))
    assert result.by_money == ((3,), (4,), (1,))
    assert result.lever(2).profit is None
    assert result.lever(3).effect.money_per_gain == 0


def test_worse_people_may_eat_up_the_gain():
    """A tenth more in, and every eleventh fewer of them through: 1.1 times (1 - 1/11) is 1."""
    result = compute(BASE)
    assert four(result.lever(1).fall) == 0.0909
    assert result.lever(4).fall is None
    worse = replace(BASE, rates=(None, 0.06 * 1.1, 0.4 * (1 - result.lever(1).fall), *BASE.rates[3:]))
    assert compute(worse).copy.counts[-1] == pytest.approx(92)


def test_the_same_gain_elsewhere():
    goals = {goal.index: goal for goal in compute(replace(BASE, how="points")).goals}
    assert four(goals[1].rate) == 0.07, "the best lever itself"
    for step, goal in goals.items():
        moved = tuple(goal.rate if i == step else rate for i, rate in enumerate(BASE.rates))
        assert compute(replace(BASE, rates=moved)).copy.counts[-1] == pytest.approx(92 + 15.3333, abs=1e-3)


def test_presets_bring_the_worth_that_they_know():
    worth = {source: Inputs.origin(source).worth for source in SOURCES}
    assert worth["s2-saas-usd"] == 9787.5, "the lifetime value that docs/model.md works out"
    assert worth["s8-wholesale-irt"] == 3_135_000
    assert worth["s6-app-usd"] is None
    assert compute(Inputs.origin("s7-ngo-usd")).copy.overall == pytest.approx(0.010391, abs=5e-7)


def test_a_link_with_fewer_stages_still_has_two_levers():
    decoded = scenario.decode(Inputs, {"v": "1", "from": "base", "stages": "visits_leads", "two": "9"})
    assert (decoded.inputs.first, decoded.inputs.second) == ("1", "1")
    assert decoded.inputs.rates == (None, 0.06)


@given(st.lists(rates, min_size=2, max_size=9), st.floats(0.01, 1))
def test_equal_lifts_are_worth_the_same_and_together_more(steps, lift):
    small = [rate / 2 for rate in steps]
    result = compute(of(1e5, *small, relative=(None, *(lift,) * len(small))))
    assert result.alike
    assert result.together.relative == pytest.approx((1 + lift) ** len(small) - 1)
    assert result.together.gain > result.sum_of_gains


@given(st.lists(rates, min_size=2, max_size=9, unique=True))
def test_points_rank_in_the_order_of_the_rates(steps):
    result = compute(of(1e5, *steps, how="points", points=(None, *(1.0,) * len(steps))))
    if not result.together.capped:
        ranked = [step for group in result.by_gain for step in group]
        chosen = [steps[step - 1] for step in ranked]
        assert chosen == pytest.approx(sorted(chosen), rel=1e-6)


@given(st.lists(rates, min_size=2, max_size=6), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_handling_cost_never_makes_a_lever_cheaper(steps, one, two):
    funnel = of(1e4, *steps, relative=(None, *(0.1,) * len(steps)), costs=(None, *(100.0,) * len(steps)))
    cheap, dear = (compute(replace(funnel, handling=(None, *(each,) * len(steps)))) for each in sorted((one, two)))
    for a, b in zip(cheap.levers, dear.levers, strict=True):
        assert a.effect.cost <= b.effect.cost * (1 + 1e-12)
