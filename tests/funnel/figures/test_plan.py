"""The plan of both funnels: bounded in a link whatever is typed, never raising, true to its numbers."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from funnel.calculators import stage_conversion
from funnel.figures import plan
from funnel.links.plan_codec import CELLS, HEAD, MOST_ROWS, ROOM, SLACK, pack, unpack
from funnel.links.scenario import decode, encode

PARTS = [f"{letter}{i}" for letter in "ms" for i in range(MOST_ROWS)]


def full(text: str) -> tuple[plan.Inputs, bool]:
    """Return a plan of ten stages with the text in every cell, and whether anything was cut."""
    found, any_cut = plan.Inputs(), False
    for name in "ms":
        for _ in range(MOST_ROWS):
            found = plan.add(found, f"{name}0")
    for part, columns in [("head", HEAD), *((part, CELLS) for part in PARTS)]:
        for column in columns:
            found, cut = plan.put(found, part, column, text)
            any_cut |= cut
    return found, any_cut


@pytest.mark.parametrize("source", plan.STARTS)
def test_a_start_is_whole_and_short_in_a_link(source):
    start = plan.Inputs.origin(source)
    assert encode(start).keys() <= {"v", "from"}
    assert decode(plan.Inputs, encode(start)).inputs == start
    if source != "empty":
        assert not plan.gaps(start)
        assert len(set(plan.filled(start))) == 1
        assert len(plan.STARTS[source].rates) + 1 == len(start.rows)


def test_the_academys_target_is_the_lessons():
    people = plan.people(plan.Inputs.origin("academy"))
    assert people[:3] == (180_000, 9_900, 1_188)
    assert [round(n) for n in people[3:]] == [950, 238]  # lesson 15: "950 calls and about 238 enrolments"


@pytest.mark.parametrize(
    "text", ["مسئول فروش و بازاریابی " * 4, "x9" * 60, "".join(chr(0x4E00 + i * 37) for i in range(120))]
)
def test_no_plan_outgrows_a_link(text):
    found, cut = full(text)
    assert cut
    assert plan.fits(found)
    written = encode(found)
    assert sum(map(len, written.values())) <= ROOM
    for part in PARTS:
        found = plan.set_rate(found, part, 0.12345678901234567)
    opened = decode(plan.Inputs, encode(found))
    assert opened.inputs == found, "numbers typed afterwards have room of their own"
    assert not opened.changes


@given(some.text(max_size=300), some.sampled_from(["head", *PARTS]), some.data())
def test_whatever_is_typed_comes_back(text, part, data):
    column = data.draw(some.sampled_from(list(HEAD if part == "head" else CELLS)))
    found, _cut = plan.put(plan.Inputs.origin("academy"), part, column, text)
    opened = decode(plan.Inputs, encode(found))
    assert opened.inputs == found
    assert not opened.changes


@settings(max_examples=300)
@given(
    some.fixed_dictionaries(
        {},
        optional={
            "from": some.sampled_from([*plan.STARTS, "nobody", ""]),
            "head": some.text(max_size=60) | some.text(max_size=200).map(pack),
            "m": some.text(max_size=60) | some.text(alphabet="\t\n~019.-abي\u202e", max_size=200).map(pack),
            "s": some.binary(max_size=60).map(lambda b: base64.urlsafe_b64encode(b).decode()),
            "top": some.text(max_size=10),
        },
    )
)
def test_any_link_opens(link):
    found = decode(plan.Inputs, link).inputs
    assert plan.fits(found, ROOM + SLACK)
    assert len(plan.people(found)) == len(found.rows) <= 10
    stage_conversion.compute(plan.to_stage_conversion(found))
    assert decode(plan.Inputs, encode(found)).inputs == found
    plan.gaps(found)


def test_a_bomb_does_not_unfold():
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = maker.compress(b"a" * 2_000_000) + maker.flush()
    assert unpack(base64.urlsafe_b64encode(bomb).decode().rstrip("=")[: ROOM + SLACK]) is None
    assert unpack("a" * (ROOM + SLACK + 1)) is None


def test_stages_are_added_and_removed_within_bounds():
    found = plan.Inputs.origin("clinic")
    grown = plan.add(found, "m0")
    assert [row.base for row in grown.marketing] == [0, -1, 1]
    assert plan.remove(grown, "m1") == found
    alone = plan.remove(plan.remove(found, "m0"), "m0")
    assert len(alone.marketing) == 1
    for _ in range(9):
        found = plan.add(found, "s0")
    assert len(found.sales) == MOST_ROWS


def test_the_targets_go_to_stage_conversion():
    found = plan.to_stage_conversion(plan.set_rate(plan.Inputs.origin("academy"), "s0", 0.7))
    assert found.basis == "rates"
    assert found.now == (180_000, 0.055, 0.12, 0.7, 0.25)
    assert [stage.id for stage in found.stages] == ["reach", "landing-visits", "form", "call", "enrol"]
    assert stage_conversion.compute(found).now.counts[-1] == pytest.approx(1188 * 0.7 * 0.25)


def test_gaps_name_what_is_missing():
    found = plan.gaps(plan.Inputs())
    assert set(found) == {*HEAD, *CELLS, "rate", "top"}
    assert found["rate"] == (1, 2, 3)
    assert plan.filled(plan.Inputs()) == (0, 33)
    busy, _ = plan.put(plan.Inputs.origin("saas"), "m0", "measure", "visits, reach، followers")
    busy, _ = plan.put(busy, "s1", "channel", "phone, mail, chat, post, visit")
    assert plan.gaps(busy) == {"many": (0,), "waste": (4,)}


def test_cutting_is_told_and_keeps_the_beginning():
    found, cut = plan.put(plan.Inputs(), "m0", "owner", "a" * 50)
    assert cut
    assert found.marketing[0].cells[list(CELLS).index("owner")] == "a" * 40
    found, cut = plan.put(found, "m0", "owner", " Mina\u202e ")
    assert not cut
    assert found.marketing[0].cells[list(CELLS).index("owner")] == "Mina"
