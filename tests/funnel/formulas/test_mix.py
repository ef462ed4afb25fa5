import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.mix import Segment, blended, decompose, from_shares, mean_rate
from funnel.quantities import OutOfRange

FACTS = PRESETS["s10-simpson-sar"].facts
BEFORE, AFTER = ([Segment(*part) for part in FACTS[key]] for key in ("p1", "p2"))


def test_f39_the_example():
    why = decompose(BEFORE, AFTER)
    assert [(shift.rate_before, shift.rate_after) for shift in why.common] == [(0.02, 0.023), (0.05, 0.054)]
    assert (why.before, why.after) == (0.038, 0.03075)
    parts = (why.rate_effect, why.mix_effect, why.change, why.standardised)
    assert [round(part, 6) for part in parts] == [0.003425, -0.010675, -0.007250, 0.0416]
    assert why.simpson
    assert why.vanished == why.new == 0
    assert why.vanished_ids == why.new_ids == ()


def test_f39_blending():
    visits = (Segment("a", 30_000, 360), Segment("b", 10_000, 340))
    assert round(blended(visits), 6) == 0.0175
    assert round(mean_rate(visits), 6) == 0.0230
    assert blended(()) is mean_rate(()) is blended((Segment("a", 0, 0),)) is None


def test_new_and_vanished_segments_are_kept_apart():
    before = (*BEFORE, Segment("tablet", 1000, 100))
    after = (*AFTER, Segment("watch", 500, 1), Segment("tablet", 0, 0))
    why, plain = decompose(before, after), decompose(BEFORE, AFTER)
    assert (why.vanished_ids, why.new_ids) == (("tablet",), ("watch",))
    assert (why.rate_effect, why.mix_effect, why.simpson) == (plain.rate_effect, plain.mix_effect, True)
    assert round(why.vanished, 6) == round(0.038 - 480 / 11_000, 6)
    assert round(why.new, 6) == round(370 / 12_500 - 0.03075, 6)
    assert math.isclose(why.vanished + why.rate_effect + why.mix_effect + why.new, why.change)


def test_without_a_common_segment_there_is_no_effect():
    why = decompose((Segment("a", 10, 1),), (Segment("b", 10, 2),))
    assert why.rate_effect is why.mix_effect is why.standardised is why.vanished is why.new is None
    assert (why.change, why.common, why.simpson) == (0.1, (), False)


def test_without_people_there_is_not_even_a_change():
    for why in (decompose((), BEFORE), decompose((Segment("mobile", 0, 0),), BEFORE)):
        assert why.before is why.change is why.rate_effect is None
        assert why.after == 0.038
    assert decompose(BEFORE, ()).change is None


def test_a_paradox_needs_the_total_to_turn():
    same = decompose(BEFORE, BEFORE)
    assert (same.change, same.rate_effect, same.mix_effect, same.simpson) == (0, 0, 0, False)
    back = decompose(AFTER, BEFORE)
    assert back.simpson
    assert back.change > 0 > back.rate_effect
    # One segment up and one down is no paradox, nor is a mix that moves while every rate stands still.
    assert not decompose(BEFORE, (Segment("mobile", 9000, 207), Segment("desktop", 3000, 120))).simpson
    assert not decompose(BEFORE, (Segment("mobile", 9000, 180), Segment("desktop", 3000, 150))).simpson
    # One that stands still while the other moves against the total is one.
    assert decompose(BEFORE, (Segment("mobile", 9000, 180), Segment("desktop", 3000, 162))).simpson


def test_shares_and_rates():
    segments = from_shares({"a": 0.75, "b": 0.25}, {"a": 0.012, "b": 0.034})
    assert math.isclose(blended(segments), 0.0175)
    with pytest.raises(ValueError, match="add up"):
        from_shares({"a": 0.75, "b": 0.35}, {"a": 0.012, "b": 0.034})
    with pytest.raises(ValueError, match="different segments"):
        from_shares({"a": 1}, {"b": 0.1})
    with pytest.raises(OutOfRange):
        from_shares({"a": -0.5, "b": 1.5}, {"a": 0.1, "b": 0.1})


def test_impossible_segments_are_rejected():
    for people, successes in ((-1, 0), (5, -1), (math.nan, 1)):
        with pytest.raises(OutOfRange):
            Segment("a", people, successes)
    with pytest.raises(ValueError, match="twice"):
        decompose((*BEFORE, BEFORE[0]), AFTER)


segments = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=6
).map(lambda parts: [Segment(id, *numbers) for id, numbers in parts.items()])


@given(segments, segments)
def test_the_parts_add_up_to_the_change(before, after):
    why = decompose(before, after)
    if why.rate_effect is not None:
        total = why.vanished + why.rate_effect + why.mix_effect + why.new
        scale = max(segment.rate or 0 for segment in (*before, *after))
        assert math.isclose(total, why.change, rel_tol=1e-9, abs_tol=1e-12 * scale + 1e-15)
        assert math.isclose(sum(shift.share_before for shift in why.common), 1)
        assert math.isclose(sum(shift.share_after for shift in why.common), 1)
        if why.simpson:
            assert why.rate_effect * (why.rate_effect + why.mix_effect) < 0


@given(segments)
def test_a_blend_lies_between_the_rates(parts):
    rates = [segment.rate for segment in parts if segment.rate is not None]
    if rates:
        everybody = [segment for segment in parts if segment.rate is not None]
        assert min(rates) * (1 - 1e-12) <= blended(everybody) <= max(rates) * (1 + 1e-12)
        assert decompose(parts, parts).change == 0
