import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.formulas.duration import kaplan_meier
from funnel.formulas.pipeline import cycle_length
from funnel.quantities import OutOfRange

WON, OPEN = (21, 34, 45, 60, 72, 95, 140), (50, 96, 150)

durations = st.lists(st.integers(0, 60), max_size=40)


def four(values):
    return [round(value, 4) for value in values]


def test_by_hand():
    """Ten deals, three of them still open: by hand, 9/10, 8/10, 7/10, then of six, five, four, and of two."""
    curve = kaplan_meier(WON, OPEN)
    assert curve.days == WON
    assert curve.at_risk == (10, 9, 8, 6, 5, 4, 2)
    assert curve.won == (1,) * 7
    assert four(curve.shares) == [0.9, 0.8, 0.7, 0.5833, 0.4667, 0.35, 0.175]
    assert (curve.median, curve.last, curve.whole) == (72, 150, False)
    # 21 + 13 * .9 + 11 * .8 + 15 * .7 + 12 * .58333 + 23 * .46667 + 45 * .35 + 10 * .175
    assert round(curve.mean, 4) == 87.2333


def test_a_deal_won_on_the_day_that_another_is_looked_at():
    """The open one was followed through that day, so it is among the at-risk deals of the day."""
    curve = kaplan_meier((10, 10), (10, 12))
    assert (curve.at_risk, curve.won, curve.shares) == ((4,), (2,), (0.5,))
    assert curve.median == 10  # no later day that a deal was won on
    assert curve.corners == ((0, 1), (10, 1), (10, 0.5), (12, 0.5))


def test_edges():
    nothing = kaplan_meier(())
    assert (nothing.days, nothing.median, nothing.mean, nothing.last, nothing.whole) == ((), None, None, 0, False)
    waiting = kaplan_meier((), (30, 50))
    assert (waiting.shares, waiting.median, waiting.mean, waiting.whole) == ((), None, 50, False)
    at_once = kaplan_meier((0,))
    assert (at_once.shares, at_once.median, at_once.mean, at_once.whole) == ((0,), 0, 0, True)
    late = kaplan_meier((10,), (20, 30, 40))
    assert (late.shares, late.median) == ((0.75,), None)
    with pytest.raises(OutOfRange):
        kaplan_meier((5,), (-1,))


@given(st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_without_open_deals_it_is_the_plain_mean_and_median(won):
    curve, plain = kaplan_meier(won), cycle_length(won)
    assert curve.whole
    assert curve.median == plain.median
    assert math.isclose(curve.mean, plain.mean, rel_tol=1e-9, abs_tol=1e-9)


@given(durations, durations)
def test_an_open_deal_never_makes_the_cycle_shorter(won, still_open):
    before, after = kaplan_meier(won), kaplan_meier(won, still_open)
    assert all(a >= b - 1e-12 for a, b in zip(after.shares, before.shares, strict=True))
    if won:
        assert after.mean >= before.mean - 1e-9
        assert after.median is None or after.median >= before.median
    assert all(0 <= b <= a <= 1 for a, b in zip((1.0, *after.shares), after.shares, strict=False))


@given(durations.filter(bool), durations)
def test_statsmodels_agrees(won, still_open):
    from statsmodels.duration.survfunc import SurvfuncRight

    curve = kaplan_meier(won, still_open)
    times = np.array([*won, *still_open], dtype=float)
    theirs = SurvfuncRight(times, np.array([1] * len(won) + [0] * len(still_open)))
    assert list(theirs.surv_times) == list(curve.days)
    assert np.allclose(theirs.surv_prob, curve.shares, atol=1e-12)
    assert list(theirs.n_risk) == list(curve.at_risk)
    if not any(math.isclose(share, 0.5, rel_tol=1e-9) for share in curve.shares):  # it knows no middle of a half
        middle = theirs.quantile(0.5)
        assert (None if math.isnan(middle) else middle) == curve.median
