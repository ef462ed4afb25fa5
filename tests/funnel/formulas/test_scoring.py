import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.formulas.scoring import (
    Signal,
    break_even,
    cheapest,
    cheapest_possible,
    cost,
    fitting_points,
    levels,
    odds_factor,
    outcome,
    position,
    sweep,
)
from funnel.quantities import OutOfRange

PAIR = (Signal(0.8, 0.4, 20), Signal(0.5, 0.1, 30))

shares = st.floats(0, 1)
some_signals = st.lists(st.builds(Signal, shares, shares, st.sampled_from([0, 5, 10, 15, 30])), min_size=1, max_size=4)


def test_two_signals_by_hand():
    people = levels(PAIR, 1000, 0.2)
    # both signals: 0.8 * 0.5 of 200 good, 0.4 * 0.1 of 800 others
    assert [round(part, 6) for part in (people[-1].score, people[-1].good, people[-1].other)] == [50, 80, 32]
    at = outcome(people, 30)
    assert [round(part, 6) for part in (at.found, at.wasted, at.missed, at.spared)] == [100, 80, 100, 720]
    assert [round(rate, 6) for rate in (at.precision, at.recall, at.false_alarm)] == [0.555556, 0.5, 0.1]


def test_equal_scores_are_one_level():
    twice = (Signal(0.5, 0.2, 10), Signal(0.5, 0.2, 10))
    assert [level.score for level in levels(twice, 100, 0.5)] == [0, 10, 20]
    tenths = (Signal(0.5, 0.2, 0.1), Signal(0.5, 0.2, 0.2), Signal(0.5, 0.2, 0.3))
    assert 0.3 in [level.score for level in levels(tenths, 100, 0.5)]
    assert outcome(levels(tenths, 100, 0.5), 0.3).found == pytest.approx(50 * (1 - 0.5 * 0.5 * 0.5 - 0.25))


def test_without_points_all_or_none():
    people = levels((Signal(0.8, 0.4, 0), Signal(0.5, 0.1, 0)), 1000, 0.2)
    assert [level.score for level in people] == [0]
    everybody, nobody = outcome(people, 0), outcome(people, 0.01)
    assert everybody.handed == pytest.approx(1000)
    assert everybody.precision == pytest.approx(0.2)
    assert (nobody.handed, nobody.precision, nobody.recall) == (0, None, 0)


def test_nobody_to_take_a_share_of():
    assert outcome(levels(PAIR, 0, 0.2), 0).precision is None
    assert outcome(levels(PAIR, 100, 0), 0).recall is None
    assert outcome(levels(PAIR, 100, 1), 0).false_alarm is None


def test_the_cheapest_threshold_leaves_most_money():
    people = levels(PAIR, 1000, 0.2)
    outcomes = sweep(people)
    left = [at.found * 300 - at.handed * 40 for at in outcomes]
    costs = [cost(at, 40, 300) for at in outcomes]
    assert cheapest(costs) == left.index(max(left))
    assert {round(one.total + money, 6) for one, money in zip(costs, left, strict=True)} == {200 * 260}


def test_a_lead_not_worth_its_call():
    outcomes = sweep(levels(PAIR, 1000, 0.2))
    costs = [cost(at, 40, 30) for at in outcomes]
    assert outcomes[cheapest(costs)].threshold is None
    assert costs[-1].total == 0
    assert costs[0].total == pytest.approx(800 * 40 + 200 * 10)


def test_break_even():
    assert break_even(40, 300) == pytest.approx(2 / 15)
    assert break_even(40, 0) is None


def test_what_no_logarithm_has():
    assert odds_factor(Signal(1, 0.5, 1)) is odds_factor(Signal(0.5, 1, 1)) is None
    assert fitting_points((Signal(0.5, 0, 10), PAIR[0])) == (None, None)
    assert fitting_points((Signal(0.5, 0.5, 10),)) == (None,), "nothing tells anything apart"
    against = fitting_points((Signal(0.2, 0.6, 10), Signal(0.6, 0.2, 30)))
    assert against == (0, 40)
    assert math.fsum(fitting_points((Signal(0.8, 0.4, 0), Signal(0.5, 0.1, 0)))) == pytest.approx(100)


def test_arguments_out_of_range_are_rejected():
    for wrong in (
        lambda: Signal(1.1, 0.5, 10),
        lambda: Signal(0.5, 0.5, -1),
        lambda: levels(PAIR, -1, 0.5),
        lambda: levels(PAIR, 1, 2),
        lambda: cost(outcome(levels(PAIR, 1, 0.5), 0), -1, 1),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    with pytest.raises(ValueError, match="at most"):
        levels((PAIR[0],) * 11, 1, 0.5)


@given(some_signals, st.floats(0, 1e9), shares, st.floats(0, 130))
def test_nobody_gets_lost_and_stricter_means_fewer(signals, leads, share, threshold):
    people = levels(signals, leads, share)
    at, stricter = outcome(people, threshold), outcome(people, threshold + 5)
    whole = at.found + at.wasted + at.missed + at.spared
    assert math.isclose(whole, leads, rel_tol=1e-9, abs_tol=1e-9)
    assert stricter.found <= at.found
    assert stricter.wasted <= at.wasted
    assert sweep(people)[position(people, threshold)].handed == at.handed


@given(some_signals, shares, st.floats(0, 100), st.floats(0, 1000))
def test_no_points_beat_the_rule_by_chance(signals, share, call, worth):
    costs = [cost(at, call, worth) for at in sweep(levels(signals, 1000, share))]
    best = costs[cheapest(costs)].total
    possible = cheapest_possible(signals, 1000, share, call, worth)
    assert -1e-9 <= possible <= best + 1e-6


@given(st.lists(st.tuples(st.floats(0.5, 0.95), st.floats(0.05, 0.5)), min_size=1, max_size=4), st.floats(0.05, 0.9))
def test_fitting_points_reach_the_least_cost(pairs, share):
    """Points that follow the logarithm of the odds put leads in the order of their chance, so one threshold is best."""
    fitting = fitting_points([Signal(p, q, 25) for p, q in pairs])
    if None in fitting:
        return
    signals = [Signal(p, q, points) for (p, q), points in zip(pairs, fitting, strict=True)]
    costs = [cost(at, 40, 300) for at in sweep(levels(signals, 1000, share))]
    assert costs[cheapest(costs)].total <= cheapest_possible(signals, 1000, share, 40, 300) + 1e-3
