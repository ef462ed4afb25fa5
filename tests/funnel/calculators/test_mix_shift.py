"""Mix shift: docs/model.md, F39 to the digits given, and what must hold for any segments."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from funnel.calculators import mix_shift as model
from funnel.calculators.mix_shift import SEGMENT_IDS, SOURCES, Inputs, Label, compute
from funnel.links import scenario
from tests.support import ROOT

START = Inputs.origin()
counts = st.integers(0, 10**6).map(float)


@st.composite
def segments(draw):
    """Two to six segments, some of them with nobody in a period, conversions never above people."""
    size = draw(st.integers(2, 6))
    columns = []
    for _period in range(2):
        people = tuple(draw(st.one_of(st.just(0.0), counts)) for _segment in range(size))
        columns += [people, tuple(n * draw(st.sampled_from([0.0, 0.012, 0.1, 0.5, 1.0])) for n in people)]
    return Inputs(SOURCES[0], "shift", (Label(),) * size, *columns, (0.0,) * size)


def test_f39_both_segments_improve_and_the_whole_falls():
    result = compute(START)
    rates = [part.rates for part in result.parts]
    assert rates == [(0.02, 0.023), (0.05, 0.054)]
    assert (result.shift.before, result.shift.after) == (0.038, 0.03075)
    assert round(result.shift.rate_effect, 6) == 0.003425
    assert round(result.shift.mix_effect, 6) == -0.010675
    assert round(result.shift.change, 6) == -0.00725
    assert round(result.shift.standardised, 6) == 0.0416
    assert result.shift.simpson
    assert (result.risen, result.fallen) == ((0, 1), ())
    assert [part.shares for part in result.parts] == [(0.4, 0.75), (0.6, 0.25)]


def test_f39_blending_is_no_mean_of_rates():
    result = compute(Inputs.origin("two-channels"))
    assert round(result.shift.after, 6) == 0.0175
    assert round(result.plain, 6) == 0.023
    assert round(result.gap, 6) == 0.0055
    assert result.people[1] == 40_000
    assert round(result.done[1], 6) == 700
    assert result.largest == 0
    assert result.pulls


def test_the_largest_group_need_not_be_the_one_that_pulls():
    """9,000 at 2.3%, 3,000 at 5.4% and 2,000 at 0%: the mean 2.57%, the whole 2.64%, away from the largest group."""
    three = model.add_segment(model.look_at(START, "blend"))
    result = compute(replace(three, now=(9000.0, 3000.0, 2000.0)))
    assert (round(result.plain, 4), round(result.shift.after, 4)) == (0.0257, 0.0264)
    assert result.largest == 0
    assert not result.pulls


def test_equal_rates_leave_only_the_mix():
    """20,000 and 20,000 at the same two rates are 2.3%: what is lost to 1.75% is the mix alone."""
    result = compute(Inputs.origin("two-channels"))
    assert result.shift.before == pytest.approx(0.023)
    assert result.shift.rate_effect == pytest.approx(0, abs=1e-15)
    assert result.shift.mix_effect == pytest.approx(-0.0055)
    assert (result.risen, result.fallen, result.shift.simpson) == ((), (), False)


def test_new_and_vanished_segments_stand_apart():
    """By hand: 312 of 16,000 before, 482 of 17,000 now; in both periods 300 of 13,000 and 372 of 15,000."""
    result = compute(Inputs.origin("new-channel"))
    shift = result.shift
    assert (result.gone, result.new) == ((2,), (3,))
    assert shift.before == pytest.approx(312 / 16_000)
    assert shift.after == pytest.approx(482 / 17_000)
    assert result.common == (pytest.approx(300 / 13_000), pytest.approx(372 / 15_000))
    assert shift.vanished == pytest.approx(300 / 13_000 - 312 / 16_000)
    assert shift.new == pytest.approx(482 / 17_000 - 372 / 15_000)
    assert result.parts[2].rate_effect is None
    assert result.parts[3].mix_effect is None


def test_nobody_in_a_period():
    result = compute(replace(START, before=(0.0, 0.0), before_done=(0.0, 0.0)))
    assert (result.shift.before, result.shift.change, result.shift.rate_effect) == (None, None, None)
    assert result.shift.after == 0.03075
    nowhere = compute(replace(START, now=(0.0, 0.0)))
    assert nowhere.largest is None
    assert nowhere.gap is None
    assert nowhere.stray == (0, 1), "conversions of nobody"


def test_one_in_one_out_have_nothing_in_common():
    result = compute(
        replace(START, before=(4000.0, 0.0), now=(0.0, 3000.0), before_done=(80.0, 0.0), now_done=(0.0, 162.0))
    )
    assert result.shift.rate_effect is None
    assert result.shift.change == pytest.approx(0.054 - 0.02)
    assert result.common == (None, None)


def test_more_conversions_than_people_are_flagged_not_clamped():
    result = compute(replace(START, now_done=(9900.0, 162.0)))
    assert result.over == (0,)
    assert result.parts[0].rates[1] == 1.1
    assert compute(replace(START, now_done=(9.0, 162.0))).few == (0,)


def test_changing_the_view_changes_no_number():
    blend = model.look_at(START, "blend")
    assert compute(blend).shift.after == pytest.approx(0.03075)
    assert model.look_at(blend, "shift") == replace(START, rates=blend.rates)
    moved = replace(blend, now=(12_000.0, 3000.0))
    assert model.look_at(moved, "shift").now_done[0] == pytest.approx(276), "the rate holds, the people change"
    gone = model.look_at(replace(blend, now=(0.0, 3000.0)), "blend")
    assert gone.rates == blend.rates, "nobody there has no rate; the old one waits"


def test_segments_come_go_and_are_renamed():
    more = model.add_segment(START)
    assert more.segments == (*START.segments, Label())
    assert compute(more).shift == compute(START).shift
    assert model.remove_segment(more, 2) == START
    assert model.remove_segment(START, 0) == START, "two are the least"
    assert model.remove_segment(more, 0).before == (6000.0, 0.0)
    full = START
    for _more in range(9):
        full = model.add_segment(full)
    assert len(full.segments) == model.MOST
    named = model.rename_segment(START, 1, "  Tablet\u202e_~ ", "Desktop")
    assert named.segments[1] == Label(name="Tablet_~")
    assert model.rename_segment(START, 1, "Desktop ", "Desktop") == START, "the shown name is no new name"
    assert scenario.decode(Inputs, scenario.encode(named)).inputs == named


def test_a_link_with_a_list_too_short_or_a_segment_unknown():
    decoded = scenario.decode(Inputs, {"v": "1", "segments": "mobile_desktop_tablet", "n1": "4000_-"})
    assert decoded.inputs.segments == (Label("mobile"), Label("desktop"), Label(name="tablet"))
    assert decoded.inputs.before == (4000.0, 0.0, 0.0)
    assert [change.code for change in decoded.changes] == ["unknown"]


def test_every_language_names_the_segments_and_the_examples():
    for folder in sorted((ROOT / "content").glob("*/names.toml")):
        names = tomllib.loads(folder.read_text("utf-8"))
        assert set(names["segments"]) == set(SEGMENT_IDS), folder
        assert set(names["examples"]) >= set(SOURCES[1:]), folder


@given(segments())
def test_the_parts_of_the_change_add_up(inputs):
    result = compute(inputs)
    shift = result.shift
    assume(shift.change is not None and shift.rate_effect is not None)
    whole = shift.rate_effect + shift.mix_effect + shift.new + shift.vanished
    assert whole == pytest.approx(shift.change, abs=1e-12)
    assert sum(part.rate_effect for part in result.parts if part.rate_effect is not None) == pytest.approx(
        shift.rate_effect
    )
    assert sum(part.shares[1] for part in result.parts) == pytest.approx(1)


@given(segments(), st.randoms(use_true_random=False))
def test_the_order_of_the_segments_does_not_matter(inputs, random):
    order = list(range(len(inputs.segments)))
    random.shuffle(order)
    columns = {
        name: tuple(getattr(inputs, name)[i] for i in order) for name in ("before", "before_done", "now", "now_done")
    }
    one, other = compute(inputs), compute(replace(inputs, **columns))
    assert (other.shift.change is None) == (one.shift.change is None)
    if one.shift.rate_effect is not None:
        assert other.shift.rate_effect == pytest.approx(one.shift.rate_effect, abs=1e-12)
        assert other.shift.mix_effect == pytest.approx(one.shift.mix_effect, abs=1e-12)


@given(segments())
def test_the_blend_lies_between_the_lowest_and_the_highest_rate(inputs):
    result = compute(model.look_at(inputs, "blend"))
    rates = [part.rates[1] for part in result.parts if part.rates[1] is not None]
    assume(rates)
    assert min(rates) - 1e-12 <= result.shift.after <= max(rates) + 1e-12
    assert min(rates) - 1e-12 <= result.plain <= max(rates) + 1e-12


@given(segments())
def test_simpson_means_that_no_segment_went_the_way_of_all(inputs):
    result = compute(inputs)
    if result.shift.simpson:
        before, now = result.common
        assert not (result.risen if now > before else result.fallen)
        assert result.fallen if now > before else result.risen
