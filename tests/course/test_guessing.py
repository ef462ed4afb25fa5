"""Guesses on a bar: their truths are those of the calculators, an answer never stands above its question, and words answer them."""

from __future__ import annotations

import pytest

from course import guessing, library, shape
from course.schemas import Guess
from course.text import LessonError, blocks

LESSON = """## Act
{guess: g}
How many?
- before: 1,000
- after: ?
{reveal}
250.
{end}
"""


def test_every_truth_is_computed_again():
    assert list(guessing.problems(library.guesses())) == []


def test_a_false_truth_is_heard():
    false = {"g": Guess(top=100, truth=43, calculator="handover", link="threshold=40&view=funnels", of="counts.4")}
    assert [one for one in guessing.problems(false) if "is 66" in one or "is 67" in one]


def test_bars_are_read():
    found = blocks(LESSON)
    guess = next(one for one in found if one.kind == "guess")
    assert guess.bars == (("before", 1000.0), ("after", None))


@pytest.mark.parametrize("wrong", ["- after: 5", "- after ?", "- a: ?\n- b: ?"])
def test_a_guess_without_one_open_bar_is_a_mistake(wrong):
    with pytest.raises(LessonError, match="one is"):
        blocks(f"{{guess: g}}\nq\n{wrong}\n{{reveal}}\nx\n{{end}}")


def test_an_answer_above_its_question_is_heard(monkeypatch):
    monkeypatch.setattr(library, "guesses", lambda: {"g": Guess(top=1000, truth=250, sum="1,000 ÷ 4")})
    told = [one for one in shape._acts(blocks("Of 1,000 there were 250.\n\n" + LESSON)) if "stands above" in one]
    assert told
    assert not [one for one in shape._acts(blocks("Of 1,000 some were left.\n\n" + LESSON)) if "stands above" in one]


def test_explaining_before_an_act_is_heard():
    assert any("before anybody has acted" in one for one in shape._acts(blocks("## A\nText.\n\n{wrong}\n- “x”\n{end}")))


def test_every_guess_is_answered_in_words():
    one = Guess(top=1000, truth=200, sum="200")
    said = {guessing.verdict(one, guess) for guess in (0, 150, 200, 300, 900)}
    assert said == {"many-low", "low", "near", "high", "many-high"}
    assert guessing.times(one, 0) is None
