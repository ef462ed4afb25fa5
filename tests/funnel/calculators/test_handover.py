from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.calculators.handover import HANDS, STAGES, Inputs, compute
from funnel.links import scenario

BASE = Inputs.origin("base")


def four(values):
    return [round(value, 4) for value in values]


@pytest.mark.parametrize(
    ("source", "counts", "cac", "l2c"),
    [
        ("base", [48000, 2880, 1152, 403, 92], 1242.3913, 0.0319),
        ("s2-saas-usd", [84000, 2520, 958, 383, 58], 4103.4483, 0.0230),
    ],
)
def test_the_model_gives_the_businesss_own_funnel(source, counts, cac, l2c):
    result = compute(Inputs.origin(source))
    assert four(result.counts) == counts
    assert round(result.l2c, 4) == l2c
    # the cost of a call is rounded to the cent, so CAC agrees to a tenth of a dollar
    assert abs(result.cac - cac) < 0.1


def test_f01_f02_f07_of_the_base_funnel():
    result = compute(BASE)
    assert four(result.rates[1:]) == [0.06, 0.4, 0.3498, 0.2283]
    assert four(result.per_head) == [1.425, 23.75, 59.375, 169.727, 743.4783]
    assert round(result.overall, 8) == 0.00191667


def test_the_base_funnels_matrix():
    result = compute(BASE)
    assert four((result.at.found, result.at.wasted, result.at.missed, result.at.spared)) == [
        403, 749, 115.4947, 1612.5053,
    ]  # fmt: skip
    assert four((result.at.precision, result.at.recall, result.at.false_alarm)) == [0.3498, 0.7772, 0.3172]
    assert round(result.worth, 4) == 304.3077
    assert round(result.limit, 4) == 0.1309
    assert four((result.cost.wasted, result.cost.missed, result.cost.total)) == [29840.16, 30544.6149, 60384.7749]
    best = result.sweep[result.best], result.costs[result.best]
    assert (best[0].threshold, round(best[0].handed), round(best[1].total, 2)) == (25, 1294, 56936.26)
    assert round(result.pays_for, 4) == 6.6382
    assert four(result.odds[:3]) == [3.5, 4.0, 2.8519]


def test_a_stricter_threshold_is_not_always_better():
    """Misconception of lesson 4: here both neighbours of the cheapest threshold, the stricter too, leave less."""
    left = [compute(replace(BASE, threshold=threshold)).left_over for threshold in (20, 25, 30)]
    assert left[1] == max(left)


def test_steps_to_the_next_threshold():
    result = compute(BASE)
    looser, stricter = result.step(-1), result.step(1)
    assert (looser.threshold, stricter.threshold) == (25, 35)
    assert looser.found > 0 > stricter.found
    assert looser.each < result.pays_for
    assert looser.saved == pytest.approx(result.cost.total - result.costs[result.best].total)
    assert compute(replace(BASE, threshold=0)).step(-1) is None
    assert compute(replace(BASE, threshold=76)).step(1) is None


def test_threshold_above_the_maximum():
    result = compute(replace(BASE, threshold=76))
    assert result.at.precision is None
    assert (result.at.handed, result.at.recall) == (0, 0)
    assert result.here == len(result.sweep) - 1
    assert result.cac is None
    assert result.sales_rate is None
    assert result.rates[3] is None


def test_all_points_zero():
    result = compute(replace(BASE, points=(0.0,) * 4))
    assert result.highest == 0
    assert len(result.sweep) == 2
    assert result.at.handed == 0
    assert compute(replace(BASE, points=(0.0,) * 4, threshold=0)).at.precision == pytest.approx(BASE.share)


def test_no_leads_and_no_visits():
    result = compute(replace(BASE, leads=0, visits=0))
    assert result.best is None
    assert result.overall is result.l2c is result.cac is None
    assert result.widths == (0,) * len(STAGES)


def test_moving_the_line_keeps_the_product():
    for hand in HANDS:
        result = compute(replace(BASE, hand=hand))
        assert result.marketing_rate * result.sales_rate == pytest.approx(result.overall)
        assert result.counts == compute(BASE).counts


def test_a_link_with_holes_is_filled_from_the_business():
    decoded = scenario.decode(Inputs, {"from": "s2-saas-usd", "points": "5_-", "good": "0.5_2_0.1_0.2_0.9"})
    start = Inputs.origin("s2-saas-usd")
    assert decoded.inputs.points == (5, *start.points[1:])
    assert decoded.inputs.good == (0.5, start.good[1], 0.1, 0.2)
    assert {change.code for change in decoded.changes} == {"out-of-range", "too-many"}


@given(st.floats(0, 200), st.tuples(*[st.floats(0, 60)] * 4))
def test_the_joined_funnel_never_grows_below_the_leads(threshold, points):
    counts = compute(replace(BASE, threshold=threshold, points=points)).counts
    assert all(below <= above + 1e-6 for above, below in pairwise(counts[1:]))
