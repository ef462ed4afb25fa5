import math
from dataclasses import astuple, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from funnel.calculators.stage_conversion import (
    ISSUE_CODES,
    Inputs,
    Issue,
    bottlenecks,
    compute,
    keep_now,
    rebase,
    set_value,
    start,
)
from funnel.facts.stages import Stage
from funnel.inputs.copies import copy_result
from funnel.quantities import OutOfRange
from tests.funnel.strategies import closed_counts, funnel_of, inputs, near, whole_counts


def issues(*counts, **more):
    return [astuple(issue) for issue in compute(funnel_of(counts, **more)).now.issues]


def test_the_base_funnel():
    result = compute(start("base"))
    assert result.bottlenecks.lowest_rate == result.bottlenecks.largest_loss == (1,)
    assert result.bottlenecks.largest_gain == (3,)
    assert not result.bottlenecks.agree
    assert [round(lever.relative, 4) for lever in result.levers] == [9.2] * 4
    assert [round(lever.point, 4) for lever in result.levers] == [15.3333, 2.3000, 2.6299, 4.0300]
    assert result.ranked_by_point == (1, 4, 3, 2)
    assert result.equal_relative
    assert result.what_if is result.difference is None


def test_a_point_as_a_share_of_the_overall_rate():
    result = compute(start("base"))
    assert [round(lever.point / 92, 4) for lever in result.levers] == [0.1667, 0.0250, 0.0286, 0.0438]


def test_rates_and_people_give_the_same_answer():
    people, rates = compute(start("base")), compute(rebase(start("base"), "rates"))
    assert near(people.now.counts, rates.now.counts)
    assert near(people.now.from_top, rates.now.from_top)
    assert near([lever.point for lever in people.levers], [lever.point for lever in rates.levers])
    assert people.bottlenecks.largest_gain == rates.bottlenecks.largest_gain


def test_growth_is_flagged_and_not_clamped():
    result = compute(funnel_of((1000, 400, 460)))
    assert result.now.rates[2] == 1.15
    assert result.now.lost[2] == -60
    assert result.now.issues == (Issue("growth", 2),)
    lever = result.levers[1]
    assert (lever.relative, lever.relative_capped, lever.point, lever.point_capped) == (0, True, 0, True)


def test_a_rate_stops_at_one():
    lever = compute(funnel_of((1000, 950))).levers[0]
    assert lever.relative_capped
    assert math.isclose(lever.relative, 50)
    assert not lever.point_capped


def test_nobody_at_the_top():
    assert issues(0, 0, 5) == [("zero-top", 0), ("zero-before", 1), ("zero-before", 2)]
    result = compute(funnel_of((0, 0, 5)))
    assert result.now.overall is None
    assert result.bottlenecks.lowest_rate == ()
    assert not result.equal_relative


def test_nobody_in_the_middle():
    assert issues(100, 0, 0, 5) == [("zero-here", 1), ("zero-before", 2), ("zero-before", 3)]
    now = compute(funnel_of((100, 0, 0, 5))).now
    assert now.rates == (None, 0, None, None)
    assert now.overall == 0.05


def test_a_stage_left_empty():
    assert issues(100, None, 5) == [("empty", 1)]
    assert issues(None, 1000, 500) == [("empty", 0)]
    result = compute(funnel_of((100, None, 5)))
    assert result.now.rates == (None, None, None)
    assert result.now.overall == 0.05
    assert result.levers[0].point is None


def test_rates_stand_without_anyone_at_the_top():
    for top in (0, None):
        now = compute(funnel_of((top, 0.5, 0.1), basis="rates")).now
        assert now.overall == 0.05
        assert now.counts == (top, top, top)
    assert issues(0, 0.5, basis="rates") == []
    assert issues(None, 0.5, basis="rates") == [("empty", 0)]
    assert issues(100, None, 0.5, basis="rates") == [("empty", 1)]


def test_undefined_rates_stay_explained_in_the_other_basis():
    nobody = rebase(funnel_of((100, 0, 0)), "rates")
    assert nobody.now == (100, 0, None)
    assert [astuple(issue) for issue in compute(nobody).now.issues] == [("zero-here", 1), ("zero-before", 2)]
    assert compute(nobody).now.counts == (100, 0, 0)


def test_a_point_at_a_step_of_zero_uses_the_rates_below():
    levers = compute(funnel_of((1000, 0, 0.5), basis="rates")).levers
    assert (levers[0].relative, levers[0].point) == (None, 5.0)
    assert (levers[1].relative, levers[1].point) == (0, 0)
    # In people nothing is known of the steps below nobody.
    assert compute(funnel_of((1000, 0, 0))).levers[0].point is None
    assert compute(funnel_of((1000, 100, 0))).levers[1].point == 1.0


def test_ties_show_all():
    found = compute(funnel_of((1000, 500, 250), reference=(None, 0.6, 0.6))).bottlenecks
    assert found.lowest_rate == (1, 2)
    assert found.largest_loss == (1,)
    assert found.largest_gain == (1, 2)
    assert not found.agree
    assert compute(funnel_of((40, 20, 0))).bottlenecks.largest_loss == (1, 2)


def test_no_loss_and_no_gain_name_no_bottleneck():
    found = compute(funnel_of((10, 10, 12), reference=(None, 0.5, 0.5))).bottlenecks
    assert found.largest_loss == found.largest_gain == ()
    assert found.gains[1] == -6
    assert found.agree


def test_the_bottlenecks_are_of_the_copy_being_changed():
    changed = set_value(start("base"), "what_if", 1, 40000)
    result = compute(changed)
    assert result.bottlenecks == bottlenecks(result.what_if, changed.reference)
    assert result.bottlenecks.lowest_rate == (2,)


def test_the_difference():
    rates = rebase(start("base"), "rates")
    better = set_value(keep_now(rates), "what_if", 3, 0.45)
    difference = compute(better).difference
    assert difference.changed_steps == (3,)
    assert round(difference.final, 4) == 26.3444
    assert difference.counts[:3] == (0, 0, 0)
    assert math.isclose(difference.final_relative, 26.3444 / 92, rel_tol=1e-5)
    assert difference.contributions[:3] == (0, 0, 0)
    assert compute(keep_now(rates)).difference.changed_steps == ()
    top = set_value(start("base"), "what_if", 0, 50000)
    assert compute(top).difference.changed_steps == (0, 1)


def test_a_difference_from_nothing_is_not_relative():
    difference = compute(funnel_of((100, 0), what_if=(100, 5))).difference
    assert (difference.final, difference.final_relative, difference.contributions) == (5, None, (0, None))
    assert difference.changed_steps == (1,)


def test_very_many_people():
    result = compute(funnel_of((1e12, 1e12, 1), reference=(None, 1, 1)))
    assert result.now.lost == (None, 0, 1e12 - 1)
    assert result.bottlenecks.largest_gain == (2,)
    everything = compute(funnel_of((1e12, *[1e12] * 9), basis="rates"))
    assert everything.now.overall == pytest.approx(1e108)


@given(inputs())
def test_every_number_is_finite_or_not_defined(valid):
    def numbers(value):
        if isinstance(value, float):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                yield from numbers(item)

    result = compute(valid)
    assert all(math.isfinite(number) for number in numbers(astuple(result)))
    for copy in filter(None, (result.now, result.what_if)):
        assert {len(copy.counts), len(copy.rates), len(copy.from_top), len(copy.lost)} == {len(valid.stages)}
        explained = {issue.index for issue in copy.issues}
        for index, rate in enumerate(copy.rates[1:], 1):
            assert rate is not None or explained & {index, index - 1}
        assert {issue.code for issue in copy.issues} <= set(ISSUE_CODES)
    assert set(result.ranked_by_point) <= set(range(1, len(valid.stages)))
    assert all(lever.point is None or lever.point >= 0 for lever in result.levers)


@given(whole_counts)
def test_a_relative_lift_is_worth_the_same_at_every_step(counts):
    result = compute(funnel_of(counts))
    full = [lever.relative for lever in result.levers if not lever.relative_capped]
    assert all(math.isclose(gain, 0.1 * counts[-1], rel_tol=1e-9) for gain in full)
    assert result.equal_relative == (len(full) > 1)


@given(closed_counts())
def test_points_help_most_where_the_rate_is_smallest(counts):
    result = compute(funnel_of(counts))
    if not any(lever.point_capped for lever in result.levers):
        assert result.now.rates[result.ranked_by_point[0]] == min(result.now.rates[1:])


@given(whole_counts, st.data())
def test_the_parts_of_a_change_sum_to_the_whole(counts, data):
    changed = data.draw(st.tuples(*[st.integers(1, 10**12).map(float)] * len(counts)))
    difference = compute(funnel_of(counts, what_if=changed)).difference
    whole = math.log(changed[-1] / counts[-1])
    assert math.isclose(sum(difference.contributions), whole, abs_tol=1e-9)


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_capped_levers_never_harm(top, rate):
    lever = compute(funnel_of((top, rate), basis="rates")).levers[0]
    assert lever.relative is None or lever.relative >= 0
    assume(rate > 1)
    assert lever.relative_capped
    assert lever.point_capped


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": "elsewhere"},
        {"basis": "percent"},
        {"stages": (Stage("visits"),)},
        {"stages": (Stage(),) * 11},
        {"stages": ("visits",) * 5},
        {"now": (1, 2)},
        {"now": (1, 2, 3, 4, -5)},
        {"now": (1, 2, 3, 4, math.nan)},
        {"what_if": (1, 2, 3)},
        {"reference": (0.1, None, None, None, None)},
        {"reference": (None, 1e13, None, None, None)},
    ],
)
def test_wrong_inputs_are_rejected(wrong):
    with pytest.raises(ValueError):  # noqa: PT011  (each has its own words)
        replace(Inputs(), **wrong)


def test_out_of_range_tells_the_bounds():
    with pytest.raises(OutOfRange) as caught:
        set_value(start("base"), "now", 0, 2e12)
    assert (caught.value.low, caught.value.high, caught.value.value) == (0, 1e12, 2e12)


def test_the_defaults_are_the_base_funnel_without_its_money():
    assert Inputs() == replace(start("base"), average_sale=None, currency="none")


def test_a_rate_of_few_people_looks_as_unsure_as_it_is():
    """Curriculum F33 through the calculator: 9 of 250, 0 of 50, the base funnel's ends, and 1 of 12."""

    def interval(above, here):
        low, high = copy_result((float(above), float(here)), "people").intervals[1]
        return round(low, 4), round(high, 4)

    assert interval(250, 9) == (0.0191, 0.0670)
    assert interval(50, 0) == (0.0, 0.0713)
    assert interval(12, 1) == (0.0149, 0.3539)
    low, high = copy_result((48000.0, 92.0), "people").intervals[1]
    assert (round(low, 5), round(high, 5)) == (0.00156, 0.00235)
    assert copy_result((10.0, 12.0), "people").intervals[1] is None, "a rate above 1 is no share of a group"
    assert copy_result((0.0, 0.0), "people").intervals[1] is None


def test_only_a_rate_of_few_people_is_called_unsure():
    assert issues(12, 1) == [("unsure", 1)]
    assert issues(1200, 100) == []
    assert issues(50, 0) == [("zero-here", 1)], "nobody is said already"
