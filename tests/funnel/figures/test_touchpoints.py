"""The touchpoint map: lesson 12's numbers, and sums that agree with each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from course import library
from funnel.figures.touchpoints import Interview, influence, ranked

FACTS = library.figure_facts("touchpoint-map")
PHASES = ("consider", "evaluate", "buy", "after")
SAID = {key: Interview(tuple(one["named"]), one["decided"]) for key, one in FACTS["told"].items()}
ALL = tuple(FACTS["paid"])
BEST = {
    card: next(phase for phase, verdict in one.items() if verdict == "right")
    for card, one in FACTS["interviews"].items()
}


def test_the_interviews_are_the_lessons():
    """Lesson 12: of 12 shops 11 name the rep, decisive for 3; of the 8 that name the sample it decided 6."""
    found = influence(SAID, BEST, ALL, PHASES)
    assert len(SAID) == 12
    assert (found["rep"].named, found["rep"].decided) == (11, 3)
    assert (found["sample"].named, found["sample"].decided) == (8, 6)
    assert ranked(found, "named")[0] == "rep"
    assert ranked(found, "decided")[0] == "sample"
    assert found["ad"].decided == 0
    assert FACTS["paid"]["ad"] > FACTS["paid"]["sample"], "what decided nothing costs more than what decided most"
    assert sum(FACTS["paid"].values()) == pytest.approx(1)


def test_whoever_decided_was_named():
    assert all(one.decided in one.named for one in SAID.values())
    assert {name for one in SAID.values() for name in one.named} == set(ALL)


@given(some.dictionaries(some.sampled_from(list(SAID)), some.sampled_from(("", *PHASES))))
def test_only_what_is_sorted_counts(phases):
    found = influence(SAID, phases, ALL, PHASES)
    read = sum(map(bool, phases.values()))
    assert sum(one.decided for one in found.values()) == read, "each interview decides once"
    for one in found.values():
        assert sum(one.phase.values()) == one.decided <= one.named <= read
        assert (one.share_named is None) == (read == 0)
        if read:
            assert one.share_named == one.named / read
            assert one.share_decided == one.decided / read
