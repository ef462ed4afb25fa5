"""What is remembered: levels need evidence, days follow FSRS, the text comes back, merging loses nothing."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from course import session
from course.memory import CAN, KEEPS, KNOWS, LONGEST, MET, Known, asked, due, merged, read, write
from course.progress import Progress
from course.progress import read as read_progress
from course.skills import SKILLS

steps = st.lists(
    st.tuples(st.sampled_from(SKILLS), st.sampled_from(["good", "hard", "again", "skipped"]), st.integers(0, 9)),
    max_size=60,
)


def lived(given_steps) -> dict[str, Known]:
    memory: dict[str, Known] = {}
    day = 300
    for skill, how, later in given_steps:
        day += later
        memory = asked(memory, skill, how, day)
    return memory


@given(steps)
def test_any_memory_comes_back_from_its_text(given_steps):
    memory = lived(given_steps)
    assert read(write(memory)) == memory
    assert len(write(memory)) <= 400
    progress = Progress(memory=memory).opened(3).answered(3, 1, True)
    assert read_progress(progress.write()) == progress
    assert len(progress.write()) < 1_000


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text):
    for whole in (text, f"2.{text}", f"2.{text}.1_3.0.0"):
        found = read_progress(whole)
        assert found is None or read_progress(found.write()) == found


def test_a_changed_letter_is_noticed():
    text = write(lived([("ltv", "good", 1), ("blend", "again", 2)]))
    for i in range(len(text)):
        other = text[:i] + ("A" if text[i] != "A" else "B") + text[i + 1 :]
        assert read(other) is None


@given(steps, steps)
@settings(max_examples=60)
def test_merging_loses_nothing_in_either_order(first, second):
    one, other = lived(first), lived(second)
    both = merged(one, other)
    assert both == merged(other, one)
    assert merged(both, one) == merged(both, other) == merged(both, both) == both
    for memory in (one, other):
        for skill, known in memory.items():
            assert both[skill].level >= known.level
            assert both[skill].day >= known.day


def test_two_right_answers_on_two_days_are_known_and_one_is_not():
    once = asked({}, "ltv", "good", 10)
    assert once["ltv"].level == CAN
    assert asked(once, "ltv", "good", 10) == once, "a second tap on the same day is no evidence"
    twice = asked(once, "ltv", "good", 12)
    assert twice["ltv"].level == KNOWS
    assert asked(once, "ltv", "hard", 12)["ltv"].level == CAN, "with a hint it is half a proof"
    assert asked(once, "ltv", "good", 12, fresh=False)["ltv"].level == CAN, "a link's numbers may be known by heart"
    missed = asked(twice, "ltv", "again", 20)
    assert missed["ltv"].level == CAN
    assert asked(twice, "ltv", "skipped", 20)["ltv"].level == KNOWS
    kept = asked(twice, "ltv", "good", 12 + 21)
    assert kept["ltv"].level == KEEPS
    assert asked({}, "ltv", "again", 3)["ltv"].level == MET


def test_a_level_never_rises_without_evidence():
    memory = lived([(skill, "good", 1) for skill in SKILLS[:20]])
    for _day in range(5):
        again = merged(memory, memory)
        assert {name: one.level for name, one in again.items()} == {name: one.level for name, one in memory.items()}


def test_a_clock_that_was_wrong_is_the_same_day():
    memory = asked({}, "ltv", "good", 500)
    back = asked(memory, "ltv", "again", 3)
    assert back["ltv"].day == 500


def test_days_are_those_of_fsrs():
    """A thousand learners: what is kept in 13 bits gives fsrs's own days, but for rounding."""
    scheduler = Scheduler(
        desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
    )
    rng, far = random.Random(7), 0
    how = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good}
    for _learner in range(1_000):
        memory, card, day = {}, Card(card_id=1), 100
        for _turn in range(6):
            name = rng.choices(["again", "hard", "good"], [0.2, 0.2, 0.6])[0]
            when = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
            card, _log = scheduler.review_card(card, how[name], when)
            memory = asked(memory, "ltv", name, day)
            due_, theirs = memory["ltv"].due - day, (card.due - when).days
            far += abs(due_ - theirs) > max(1, 0.08 * theirs)
            day += max(1, theirs + rng.choice([0, 0, 1, 5]))
    assert far <= 60, f"{far} of 6,000 intervals differ by more than a day and 8%"


def test_after_a_hundred_days_everything_is_due_and_the_best_comes_first():
    memory = lived([(skill, "good", 1) for skill in SKILLS[:30]])
    today = max(one.day for one in memory.values()) + 100
    assert len(due(memory, today)) == len(memory)
    assert session.back_after_long(memory, today)
    items = session.plan(memory, range(1, 16), today)
    recalls = [memory[item.skill].recall(today) for item in items if item.skill in memory]
    assert recalls, "what was known comes first"
    assert recalls[0] >= sorted(recalls)[len(recalls) // 2]


@given(steps, st.lists(st.integers(1, 15), max_size=5), st.integers(300, 900))
@settings(max_examples=60)
def test_a_session_is_short_mixed_and_the_same_after_a_reload(given_steps, lessons, today):
    memory = lived(given_steps)
    items = session.plan(memory, lessons, today)
    assert items == session.plan(memory, lessons, today)
    assert 1 <= len(items) <= session.MOST
    assert len({item.skill for item in items}) == len(items)


def test_a_set_is_read_whatever_it_holds():
    for text in ("", "...", "*", "L99", "L0", "conv-overall*", "conv-overall*999", "x" * 5_000, "L7*3.conv-overall"):
        assert len(session.read_set(text, 5)) <= session.MOST_IN_SET
    assert session.read_set("L7", 5) == session.read_set("L7", 5) != session.read_set("L7", 6)
    assert session.own_seed(5, 3) != session.own_seed(5, 4)
