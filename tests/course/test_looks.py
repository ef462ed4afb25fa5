"""Questions that cannot be answered by their looks: the measures find what they are for, and English keeps them."""

from __future__ import annotations

import pytest

from course import looks
from course.looks import Asked
from course.schemas import Question, QuestionWords


def _single(right: str, above: str = "", **options: str) -> Asked:
    key = Question(kind="single", options=tuple(options), right=(right,), objectives=(1,))
    return Asked("lesson", "q", key, QuestionWords(ask="?", hints=("!",), solution=".", options=options), above)


def _match(**pairs: str) -> Asked:
    words = QuestionWords(ask="?", hints=("!",), solution=".", left=pairs, right={one: one for one in pairs.values()})
    return Asked("lesson", "q", Question(kind="match", pairs=pairs, objectives=(1,)), words)


def _number(answer: float, form: str, above: str) -> Asked:
    words = QuestionWords(ask="?", hints=("!",), solution=".")
    key = Question(kind="number", answer=answer, form=form, tolerance=0.002, objectives=(1,))
    return Asked("lesson", "q", key, words, above)


def test_a_right_option_that_is_longest_everywhere_is_found():
    questions = [_single("b", a="Short", b="A far longer answer than the others", c="Brief")] * 4
    assert looks.looks(questions, "en")["the longest option"] == looks.Look(1.0, pytest.approx(1 / 3), 4)
    assert any("the longest option scores 100%" in line for line in looks.problems(questions, "en"))


def test_a_right_option_that_is_never_longest_is_found_too():
    questions = [_single("a", a="Some words", b="A far longer answer", c="Some words")] * 4
    assert looks.looks(questions, "en")["any but the longest option"].score == 0.5


@pytest.mark.parametrize(
    ("code", "loud"), [("en", "It always helps"), ("fa", "همیشه کمک می‌کند"), ("ar", "يفيد دائمًا في ذلك")]
)
def test_absolute_words_in_the_wrong_options_alone_are_found(code, loud):
    found = looks.looks([_single("a", a="It can help", b=loud, c=loud)] * 4, code)
    assert found["an option without absolute words"].score == 1
    assert found["an option with an absolute word"].score == 0


def test_a_matching_in_the_order_shown_is_found_and_so_is_its_opposite():
    for one in (_match(x="a", y="b", z="c"), _match(x="c", y="b", z="a")):
        assert any("side by side" in line for line in looks.problems([one], "en"))
    assert not any("side by side" in line for line in looks.problems([_match(x="b", y="c", z="a")], "en"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            _single(
                "a", "So cheaper leads can bring dearer customers.", a="Cheaper leads bring dearer customers", b="Rain"
            ),
            _single("a", "A lead has its price.", a="Cheaper leads bring dearer customers", b="Rain"),
        ),
        (_number(59.92, "money", "So 59.92 riyals remain."), _number(59.92, "money", "Of 159.92 riyals some remain.")),
        (_number(0.74, "percent", "The shop loses 74% of its carts."), _number(0.74, "percent", "It loses 73%.")),
        (_number(1234.0, "count", "That makes 1,234 people."), _number(1234.0, "count", "That makes 1,235.")),
    ],
)
def test_an_answer_that_the_lesson_tells_is_found(one, other):
    assert looks.told([one, other]) == ["lesson: q"]
    assert looks.told([other]) == []


def test_an_order_that_the_lesson_lists_is_found():
    options = {"a": "Name the task", "b": "Look around first", "c": "Decide together"}
    key = Question(kind="order", options=tuple(options), objectives=(1,))
    words = QuestionWords(ask="?", hints=("!",), solution=".", options=options)
    lines = ["Name the task first.", "Look around.", "Decide together."]
    assert looks.told([Asked("lesson", "q", key, words, " ".join(lines))]) == ["lesson: q"]
    assert looks.told([Asked("lesson", "q", key, words, " ".join(reversed(lines)))]) == []
