"""The calculator of pipeline and forecast; its formulas by themselves are tested in test_pipeline and test_duration."""

import math
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.calculators.pipeline import DRAW, LEADS, SOURCES, Inputs, chance, compute
from funnel.facts.presets import PRESETS
from funnel.links import scenario

BOOK = Inputs.origin("textbook")


def four(value):
    return None if value is None else round(value, 4)


def of(**changes):
    return compute(replace(BOOK, **changes))


def test_f25_velocity_of_the_lesson():
    flow = compute(BOOK).flow
    assert (four(flow.day), four(flow.quarter)) == (4460.2740, 401424.6575)
    assert four(flow.month) == four(64 * 18500 * 0.275 / 73 * 30)
    assert [lever.lever for lever in flow.levers] == ["cycle", "opportunities", "value", "win-rate"]
    assert [four(lever.change) for lever in flow.levers] == [0.1111, 0.1, 0.1, 0.1]
    found = {lever.lever: lever for lever in flow.levers}
    assert four(found["win-rate"].velocity) == 4906.3014
    assert four(found["cycle"].velocity) == 4955.8600
    assert (four(found["cycle"].now), four(found["cycle"].then)) == (73, 65.7)
    assert four(found["win-rate"].then) == 0.3025
    assert four(found["cycle"].gain) == four(4955.8600 - 4460.2740)


def test_f25_velocity_of_the_presets():
    assert four(compute(Inputs.origin("s2-saas-usd")).flow.day) == 2968.2353
    assert four(compute(Inputs.origin("s5-realestate-egp")).flow.day) == 63208.3333


def test_f25_edges():
    still = of(cycle=0.0).flow
    assert still.day is still.month is still.quarter is None
    assert {lever.gain for lever in still.levers} == {lever.change for lever in still.levers} == {None}
    for nothing in ({"win_rate": 0.0}, {"opportunities": 0.0}, {"value": 0.0}):
        flow = of(**nothing).flow
        assert flow.day == 0
        assert {lever.change for lever in flow.levers} == {None}  # ten per cent more than nothing
    sure = {lever.lever: lever for lever in of(win_rate=0.95).flow.levers}["win-rate"]
    assert (sure.capped, sure.then, four(sure.change)) == (True, 1, four(1 / 0.95 - 1))
    assert of(win_rate=0.95).flow.levers[-1].lever == "win-rate"


def test_f26_coverage_of_the_lesson():
    cover = compute(BOOK).cover
    assert (cover.open, cover.covered.coverage) == (2_400_000, 3.2)
    assert (four(cover.in_time), four(cover.covered.needed)) == (3.6364, 6.0606)
    assert cover.sum == 772_500
    assert cover.weighted == (82_000, 160_000, 229_500, 301_000)
    assert four(cover.pipeline) == four(750_000 / (0.275 * 0.6))
    assert four(cover.covered.missing) == four(cover.pipeline - 2_400_000)
    assert four(cover.covered.expected) == 396_000
    assert four(of(in_period=1.0).cover.covered.expected) == 660_000


def test_f26_three_times_is_right_at_a_third():
    assert four(of(value_rate=1 / 3, in_period=1.0).cover.covered.needed) == 3
    assert four(of(value_rate=2 / 3, in_period=0.5).cover.covered.needed) == 3


def test_f26_edges():
    met = of(target=0.0).cover
    assert (met.covered.met, met.covered.coverage, met.covered.missing, met.pipeline) == (True, None, 0, None)
    assert of(target=-5.0).cover.covered.met
    for never in ({"value_rate": 0.0}, {"in_period": 0.0}):
        cover = of(**never).cover
        assert cover.covered.needed is cover.covered.missing is cover.pipeline is None
        assert (cover.covered.expected, cover.covered.coverage) == (0, 3.2)
    assert of(value_rate=0.0).cover.in_time is None
    empty = of(values=(0.0,) * 4).cover
    assert (empty.open, empty.covered.coverage, empty.sum) == (0, 0, 0)


def test_f27_deals_in_progress():
    assert four(compute(BOOK).time.deals) == 114.7143
    assert of(arrivals=0.0).time.deals == 0


def test_f14_cycle_of_the_lesson():
    time_ = compute(BOOK).time
    assert (four(time_.won.mean), time_.won.median) == (66.7143, 60)
    assert time_.only_won.median == 60
    assert time_.curve.median == 72  # by hand in test_duration
    assert four(time_.curve.mean) == 87.2333


def test_f14_edges():
    nothing = of(won=(), still_open=()).time
    assert nothing.won.mean is nothing.won.median is nothing.curve.median is nothing.curve.mean is None
    waiting = of(won=()).time
    assert (waiting.won.count, waiting.curve.median, waiting.curve.mean) == (0, None, 150)  # all the curve is at one


def test_f28_forecast_of_the_lesson():
    outlook = compute(BOOK).outlook
    assert [four(people) for people in outlook.plan.customers] == [3, 10.75, 18.125, 23.875, 22.25, 13.5, 6]
    assert (four(outlook.plan.total), outlook.leads) == (97.5, 1950)
    assert [four(ratio) for ratio in outlook.plan.same_month] == [0.0075, 0.0215, 0.0403, 0.0398]
    assert four(outlook.later) == 41.75
    assert (four(outlook.bias), four(outlook.plan.mean_lag)) == (0.8664, 1.55)
    assert four(outlook.seen) == four(0.05 * 0.8664)
    assert outlook.terms == ((600, 0.15), (450, 0.35), (500, 0.30), (400, 0.20))
    assert outlook.complete == (3,)


def test_f28_of_the_saas_preset():
    saas, preset = Inputs.origin("s2-saas-usd"), PRESETS["s2-saas-usd"]
    leads = preset.counts[preset.lead_stage]
    assert saas.leads == (780, 840, 900)
    assert sum(saas.leads) == leads == 2520
    outlook = compute(saas).outlook
    assert math.isclose(outlook.plan.total, 58)
    assert outlook.complete == ()  # three months of leads, five of lag
    assert len(outlook.plan.customers) == 7


def test_f28_edges():
    doubled = of(weights=(0.3, 0.7, 0.6, 0.4)).outlook
    assert doubled.plan.corrected
    assert [four(people) for people in doubled.plan.customers][:4] == [3, 10.75, 18.125, 23.875]
    nothing = of(weights=(0.0, 0.0)).outlook
    assert nothing.plan.total is nothing.later is nothing.bias is nothing.seen is None
    assert (nothing.terms, nothing.complete) == ((), ())
    assert of(rate=0.0).outlook.plan.total == 0
    assert of(growth=0.0).outlook.bias == pytest.approx(1)


def test_the_made_up_parts_of_a_preset_fit_its_known_ones():
    for source in SOURCES[1:]:
        start, preset = Inputs.origin(source), PRESETS[source]
        assert math.isclose(math.fsum(start.values), start.opportunities * start.value)
        assert math.fsum(start.won) / len(start.won) == start.cycle == preset.facts["cycle"]
        assert math.isclose(math.fsum(start.weights), 1)
        assert sum(start.leads) == preset.counts[preset.lead_stage]
        assert abs(start.arrivals - start.opportunities / 13) < 0.05  # a quarter has thirteen weeks
        won = preset.counts[preset.customer_stage]
        assert math.isclose(compute(start).outlook.plan.total, won)
        assert math.isclose(start.opportunities * start.win_rate, won)


def test_the_draw_is_in_the_link_and_decides_the_band():
    one = chance(BOOK.leads, BOOK.weights, BOOK.rate, BOOK.seed)
    assert scenario.decode(Inputs, scenario.encode(replace(BOOK, seed=7.0))).inputs.seed == 7
    other = chance(BOOK.leads, BOOK.weights, BOOK.rate, BOOK.next_draw)
    assert one.one != other.one
    for low, middle, high, mean in zip(
        one.low, one.middle, one.high, compute(BOOK).outlook.plan.customers, strict=True
    ):
        assert low <= middle <= high
        assert abs(middle - mean) <= 1
    assert replace(BOOK, seed=DRAW.high).next_draw == DRAW.low
    assert replace(BOOK, seed=2.5).next_draw == 3


def test_the_largest_draw_is_quick():
    start = time.perf_counter()
    chance.__wrapped__((LEADS.high,) * 24, (1.0,) * 13, 0.5, 1.0)
    assert (
        time.perf_counter() - start < 1.5
    )  # some 0.1 s on the machine it was written on; the slowest test machine too


@given(st.floats(0.01, 0.5), st.floats(0.01, 0.66))
def test_the_shorter_cycle_is_always_the_best_lever(lift, win_rate):
    levers = of(lift=lift, win_rate=win_rate).flow.levers
    assert levers[0].lever == "cycle"
    assert math.isclose(levers[0].change, 1 / (1 - lift) - 1, rel_tol=1e-9)


@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=4), st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_the_weighted_value_never_passes_the_open_value(values, chances):
    cover = of(values=tuple(values), chances=tuple(chances)).cover
    assert 0 <= cover.sum <= cover.open * (1 + 1e-12)
    assert math.isclose(math.fsum(cover.weighted), cover.sum, abs_tol=1e-9)
