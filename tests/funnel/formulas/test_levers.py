import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import counts_from_rates, step_rates
from funnel.formulas.levers import Lift, effect, pair, ranking
from funnel.quantities import OutOfRange
from tests.funnel.strategies import near

BASE = (48000, 2880, 1152, 403, 92)
RATES = step_rates(BASE)

small_rates = st.lists(st.floats(1e-3, 0.5), min_size=2, max_size=8).map(lambda rates: (None, *rates))
tops = st.integers(1, 10**6)
lifts = st.floats(0, 1)


def four(value):
    return round(value, 4)


@pytest.mark.parametrize("step", [0, 1, 2, 3, 4])
def test_f06_ten_per_cent_is_worth_the_same_everywhere(step):
    lifted = effect(48000, RATES, [Lift(step, relative=0.1)])
    assert four(lifted.counts[-1]) == 101.2
    assert four(lifted.gain) == 9.2
    assert four(lifted.relative) == 0.1


def test_f06_all_four():
    assert four(effect(48000, RATES, [Lift(step, relative=0.1) for step in (1, 2, 3, 4)]).relative) == 0.4641


def test_f06_one_point():
    single = [effect(48000, RATES, [Lift(step, points=0.01)]) for step in (1, 2, 3, 4)]
    assert [four(one.relative) for one in single] == [0.1667, 0.0250, 0.0286, 0.0438]
    assert [four(one.gain) for one in single] == [15.3333, 2.3000, 2.6299, 4.0300]
    assert ranking(single, "gain") == ((0,), (3,), (2,), (1,))


def test_f06_the_cap():
    capped = effect(1000, (None, 0.95), [Lift(1, relative=0.1)])
    assert (capped.counts[-1], capped.capped) == (1000, (1,))
    assert effect(1000, (None, 0.99), [Lift(1, points=0.01)]).capped == ()
    assert effect(1000, (None, 1.15), [Lift(1, relative=0.1)]).gain == 0
    assert effect(1000, (None, 1.15), [Lift(1, relative=0.1)]).capped == (1,)


def test_a_lift_may_go_down_but_not_below_nobody():
    assert math.isclose(effect(1000, (None, 0.5), [Lift(1, relative=-0.1)]).gain, -50)
    assert math.isclose(effect(1000, (None, 1.15), [Lift(1, points=-0.05)]).gain, -50)
    gone = effect(1000, (None, 0.5), [Lift(1, points=-0.9)])
    assert (gone.counts[-1], gone.relative, gone.capped, gone.money_per_gain) == (0, -1, (), None)


def test_not_defined():
    dead = (None, 0.5, 0, 0.5)
    assert effect(100, dead, [Lift(2, relative=0.1)]).gain is None
    assert math.isclose(effect(100, dead, [Lift(2, points=0.1)]).gain, 2.5)
    assert effect(100, dead, [Lift(2, points=0.1)]).relative is None
    assert effect(100, dead, [Lift(1, relative=0.1)]).gain == 0
    assert effect(None, RATES, [Lift(1, relative=0.1)]).gain is None
    assert effect(100, (None, None, 0.5), [Lift(2, relative=0.1)]).gain is None
    assert effect(1e12, (None, *[1e12] * 30), [Lift(0, relative=1)]).gain is None


def test_costs():
    one = effect(48000, RATES, [Lift(1, relative=0.1, cost=460)])
    assert math.isclose(one.gain_per_money, 0.02)
    assert math.isclose(one.money_per_gain, 50)
    free = effect(48000, RATES, [Lift(1, relative=0.1, cost=0)])
    assert (free.cost, free.gain_per_money, free.money_per_gain) == (0, None, 0)
    assert effect(48000, RATES, [Lift(1, relative=0.1)]).cost is None
    assert effect(48000, RATES, [Lift(1, 0.1, cost=5), Lift(2, 0.1)]).cost is None


def test_a_lift_high_up_is_handled_all_the_way_down():
    handling = (0, 0, 0, 100, 50)
    costs = [effect(48000, RATES, [Lift(step, 0.1, cost=0)], handling).cost for step in (1, 3, 4)]
    assert near(costs, (40.3 * 100 + 9.2 * 50, 40.3 * 100 + 9.2 * 50, 9.2 * 50))
    saved = effect(48000, RATES, [Lift(3, -0.1, cost=0)], handling)
    assert saved.cost < 0
    assert saved.gain_per_money is None
    assert effect(48000, RATES, [Lift(1, 0.1, cost=0)], (None, 0, 0, 0, 0)).cost is None


def test_two_levers_at_once():
    two = pair(48000, RATES, Lift(1, relative=0.1, cost=100), Lift(4, points=0.01, cost=200))
    assert four(two.first.gain) == 9.2
    assert four(two.second.gain) == 4.03
    assert math.isclose(two.interaction, 0.1 * two.second.gain)
    assert two.both.cost == 300
    assert pair(1, (None, 0, 0.1), Lift(1, 0.1), Lift(2, 0.1)).interaction is None
    # At a cap, together is less than the sum.
    assert pair(100, (None, 0.9), Lift(1, relative=0.1), Lift(1, points=0.05)).interaction < 0


def test_ranking():
    cost = {1: 900, 2: 300, 3: None, 4: 0}
    effects = [effect(48000, RATES, [Lift(step, relative=0.1, cost=cost[step])]) for step in cost]
    assert ranking(effects) == ((3,), (1,), (0,), (2,))
    assert ranking(effects, "gain") == ((0, 1, 2, 3),)
    assert ranking([]) == ()
    nothing = effect(48000, RATES, [Lift(1, cost=0)])
    assert ranking([nothing, effects[0]]) == ((1,), (0,))
    assert ranking([nothing], "gain") == ((0,),)
    with pytest.raises(ValueError, match="neither"):
        ranking(effects, "luck")


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_the_presets(preset):
    rates = step_rates(preset.counts)
    effects = [effect(preset.counts[0], rates, [Lift(step, 0.1, cost=100)]) for step in range(1, len(rates))]
    assert all(math.isclose(one.relative, 0.1) for one in effects)
    assert ranking(effects) == (tuple(range(len(effects))),)


def test_bad_levers_are_rejected():
    for wrong in (
        lambda: Lift(1, relative=-1.1),
        lambda: Lift(1, points=1.5),
        lambda: Lift(1, cost=-1),
        lambda: effect(-1, RATES, ()),
        lambda: effect(1, (None, -0.1), ()),
        lambda: effect(1, RATES, (), (0, 0, 0, 0, -1)),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    for wrong in (
        lambda: Lift(-1),
        lambda: Lift(0, points=0.01),
        lambda: effect(1, RATES, [Lift(5, 0.1)]),
        lambda: effect(1, RATES, (), (1, 2)),
    ):
        with pytest.raises(ValueError, match=r"step|handling"):
            wrong()


@given(tops, small_rates)
def test_without_levers_nothing_changes(top, rates):
    still = effect(top, rates, ())
    assert near(still.counts, counts_from_rates(top, rates))
    assert (still.gain, still.relative, still.cost, still.gain_per_money) == (0, 0, 0, None)


@given(tops, small_rates, lifts, lifts, st.data())
def test_two_steps_multiply(top, rates, one, other, data):
    first, second = data.draw(st.permutations(range(len(rates))))[:2]
    two = pair(top, rates, Lift(first, relative=one), Lift(second, relative=other))
    assert math.isclose(1 + two.both.relative, (1 + one) * (1 + other), rel_tol=1e-9)
    final = counts_from_rates(top, rates)[-1]
    assert math.isclose(two.interaction, one * other * final, rel_tol=1e-6, abs_tol=1e-9 * final)


@given(tops, small_rates, lifts, st.floats(0, 0.2), st.data())
def test_the_order_of_levers_does_not_matter(top, rates, relative, points, data):
    step = data.draw(st.integers(1, len(rates) - 1))
    levers = [Lift(step, relative=relative), Lift(step, points=points), Lift(0, relative=0.5)]
    assert effect(top, rates, levers) == effect(top, rates, levers[::-1])
    # Two levers at one step are one lever with both lifts.
    assert near(
        effect(top, rates, levers[:2]).counts, effect(top, rates, [Lift(step, relative=relative, points=points)]).counts
    )


@given(tops, small_rates, lifts, lifts, st.data())
def test_a_larger_lift_never_gains_less(top, rates, one, other, data):
    step = data.draw(st.integers(1, len(rates) - 1))
    less, more = (effect(top, rates, [Lift(step, relative=lift)]) for lift in sorted((one, other)))
    assert more.gain >= less.gain >= 0
    assert more.counts[step] <= more.counts[step - 1]


@given(
    st.floats(0, 1e12),
    st.lists(st.one_of(st.none(), st.floats(0, 1), st.floats(0, 1e12)), min_size=1, max_size=30),
    st.floats(-1, 1e6),
    st.floats(-1, 1),
)
def test_every_valid_argument_has_an_answer(top, rates, relative, points):
    found = effect(
        top, (None, *rates), [Lift(0, relative), Lift(1, relative, points, cost=1)], [1e15] * (len(rates) + 1)
    )
    values = (*found.counts, *found.extra, found.relative, found.cost, found.gain_per_money, found.money_per_gain)
    assert all(value is None or math.isfinite(value) for value in values)
