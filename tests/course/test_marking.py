"""Marking answers: right, wrong with the reply it deserves, and nothing that a learner sends breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.marking import mark
from course.schemas import Question

SINGLE = Question(kind="single", options=("a", "b", "c"), right=("b",), meets={"a": 1, "c": 2}, objectives=(1,))
MULTIPLE = Question(kind="multiple", options=("a", "b", "c"), right=("a", "c"), meets={"b": 3}, objectives=(1,))
ORDER = Question(kind="order", options=("x", "b", "k"), objectives=(1,))
MATCH = Question(kind="match", pairs={"a": "1", "b": "2"}, objectives=(1,))
NUMBER = Question(
    kind="number",
    answer=0.024,
    form="percent",
    tolerance=0.0005,
    traps={"before": 0.4, "mean": 0.2595},
    objectives=(1,),
)


def test_a_wrong_option_meets_its_misconception():
    found = mark(SINGLE, "c")
    assert (found.right, found.replies, found.meets) == (False, ("c",), (2,))
    assert mark(SINGLE, "b").right


def test_several_options_are_all_or_nothing_and_say_what_is_missing():
    assert mark(MULTIPLE, ["c", "a"]).right
    found = mark(MULTIPLE, ["a", "b"])
    assert (found.right, found.replies, found.meets, found.missed) == (False, ("b",), (3,), ("c",))
    assert mark(MULTIPLE, ["a"]).missed == ("c",)


def test_an_order_names_the_places_that_are_wrong():
    assert mark(ORDER, ["x", "b", "k"]).right
    assert mark(ORDER, ["b", "x", "k"]).places == ("b", "x")


def test_a_match_names_the_left_items_that_are_wrong():
    assert mark(MATCH, {"a": "1", "b": "2"}).right
    assert mark(MATCH, {"a": "1", "b": "1"}).places == ("b",)


def test_a_number_is_right_within_its_tolerance_and_knows_the_wrong_denominators():
    assert mark(NUMBER, 0.0244).right
    assert not mark(NUMBER, 0.0246).right
    assert mark(NUMBER, 0.4).replies == ("before",)
    assert mark(NUMBER, 0.2597).replies == ("mean",)
    assert mark(NUMBER, 0.9).replies == ()


@given(st.floats())
def test_any_number_is_marked_or_refused(answer):
    try:
        assert mark(NUMBER, answer).right == (abs(answer - 0.024) <= 0.0005)
    except ValueError:
        assert answer != answer or abs(answer) == float("inf")


@pytest.mark.parametrize("answer", ["", "z", None])
def test_what_is_no_option_is_refused(answer):
    with pytest.raises(ValueError, match="not"):
        mark(SINGLE, answer)


def test_a_trap_inside_the_tolerance_is_refused():
    with pytest.raises(ValueError, match="traps"):
        Question(kind="number", answer=1, tolerance=0.5, traps={"near": 1.2}, objectives=(1,))
