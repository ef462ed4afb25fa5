"""Lessons cut into screens: nothing is left out, the cuts are alike in every language, no screen is too full."""

from __future__ import annotations

import re

import pytest

from course import library
from course.screens import MOST_ROWS, MOST_WITH_LIST, screens
from course.text import plain
from i18n.languages import languages

LESSONS = [one.slug for one in library.lessons()]
CODES = [one.code for one in languages()]


@pytest.mark.parametrize("slug", LESSONS)
def test_a_screens_number_means_the_same_in_every_language(slug):
    kinds = {code: [(one.kind, one.key) for one in screens(code, slug)] for code in CODES}
    assert len({tuple(one) for one in kinds.values()}) == 1


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", LESSONS)
def test_every_word_is_on_a_screen(slug, code):
    shown: list[str] = []
    for one in screens(code, slug):
        shown += _words(" ".join((one.title, one.text, *one.guesses)))
    for block in library.lesson_text(code, slug).blocks:
        if block.kind not in ("place", "yours"):
            title = "" if block.kind == "guess" else block.title  # an id
            missing = set(_words(" ".join((title, block.text, *block.guesses, block.reveal)))) - set(shown)
            assert not missing
    told = [one for one in screens(code, slug) if one.kind in ("figure", "place")]
    assert len(told) == sum(one.kind in ("figure", "place") for one in library.lesson_text(code, slug).blocks)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", LESSONS)
def test_no_screen_is_too_full(slug, code):
    for one in screens(code, slug):
        assert len(plain(one.text)) <= MOST_WITH_LIST, one.text
        assert sum(line.startswith("|") for line in one.text.splitlines()) <= MOST_ROWS + 2


def test_one_idea_on_a_screen():
    found = screens("en", "what-a-funnel-is")
    assert [one.kind for one in found[:3]] == ["title", "guess", "reveal"], "an act before any explanation"
    assert [one.kind for one in found[-3:]] == ["question", "answer", "end"]
    assert found[1].guesses == ("saw a post: 180,000", "enrolled: ?")
    assert found[2].text.startswith("193 enrol")
    assert [one.kind for one in found].count("yours") == 1
    lists = [one for one in found if one.title == "Who is inside?"]
    assert lists[0].text.count("\n- ") == 4, "a short list stays with the sentence that leads to it"
