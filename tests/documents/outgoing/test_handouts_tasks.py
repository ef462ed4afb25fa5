"""The exercise sheet and its key: seeded, of the same tasks, and right by the course's own marking."""

from __future__ import annotations

import pytest

from course import library
from course.marking import mark
from documents.asking import Ask
from documents.outgoing.handouts.paper import Writer
from documents.outgoing.handouts.tasks import SUMS, as_data, sheet
from documents.words import words
from i18n.numbers import parse
from tests.documents.outgoing.papers import BY_ID, CODES, LESSON, ask, made


def _sheet(code: str, slug: str, seed: int, digits: str | None = None):
    return sheet(Writer(Ask(code, digits, lesson=slug, seed=seed), "exercises"), slug, seed)


@pytest.mark.parametrize("slug", [one.slug for one in library.lessons()])
def test_the_key_is_right(slug):
    """By `course.marking`, which marks learners in the app."""
    for code in CODES:
        for seed in (1, 2, 77):
            for task in _sheet(code, slug, seed):
                assert mark(task.question, task.answer).right, task.ask


@pytest.mark.parametrize("code", CODES)
def test_what_the_key_prints_is_what_marks_right(code):
    """A learner who types the printed number into the app is right."""
    for slug in SUMS:
        for seed in range(1, 30):
            for task in _sheet(code, slug, seed):
                if task.question.kind != "number":
                    continue
                line = task.answer_lines[0].split(" ")[0].translate({0x061C: None, 0x200E: None})
                form = task.question.form
                x = parse(line, {"percent": "percent", "count": "count"}.get(form, "number"))
                assert mark(task.question, x).right, (line, task.question.answer)


def test_the_printed_letters_are_those_of_the_sheet():
    for seed in range(1, 20):
        for task in _sheet("en", LESSON, seed):
            letter = dict(task.options)
            for line in task.answer_lines:
                if task.question.kind in ("single", "multiple"):
                    mark_, text = line.split(". ", 1)
                    assert letter[mark_] == text
                elif task.question.kind == "match":
                    mark_, text = line.rpartition(": ")[2].split(". ", 1)
                    assert letter[mark_] == text
            if task.question.kind in ("single", "multiple"):
                assert len(task.answer_lines) == len(task.question.right)


def test_the_same_seed_gives_the_same_sheet_and_another_another():
    one = [task.ask for task in _sheet("fa", LESSON, 5)]
    assert one == [task.ask for task in _sheet("fa", LESSON, 5)]
    assert len({tuple(task.ask for task in _sheet("fa", LESSON, seed)) for seed in range(1, 30)}) == 29
    assert made("exercises", "fa") == BY_ID["exercises"].make(ask("exercises", "fa"))
    assert made("exercises", "fa") != made("exercises", "fa", None, 2)


def test_a_sheet_asks_the_same_in_every_language():
    """A class of two languages can use one key."""
    for seed in (1, 9):
        kinds = {code: [(task.question, task.answer) for task in _sheet(code, LESSON, seed)] for code in CODES}
        assert all(kinds[code] == kinds["en"] for code in CODES)


def test_a_question_in_order_is_never_asked_in_its_right_order():
    for lesson in library.lessons():
        for seed in range(1, 25):
            for task in _sheet("en", lesson.slug, seed):
                if task.question.kind == "order":
                    said = library.question_words("en", lesson.slug)
                    right = next(list(one.options.values()) for one in said.values() if one.ask == task.ask)
                    in_order = [line.split(". ", 1)[1] for line in task.answer_lines]
                    assert sorted(right) == sorted(in_order)
                    assert list(task.left) != in_order


def test_every_sum_has_words_and_is_asked_somewhere():
    for code in CODES:
        assert set(words(code, "handouts")["tasks"]) == {kind for kinds in SUMS.values() for kind in kinds}
    assert set(SUMS) <= {one.slug for one in library.lessons()}


def test_a_sheet_does_not_give_the_answer_away():
    writer = Writer(Ask("en", lesson=LESSON), "exercises")
    for task in sheet(writer, LESSON, 1):
        data = as_data(writer, task)
        assert data["options"] == task.options
        if task.question.kind == "number":
            assert task.answer_lines[0] not in task.ask
