"""What is copied out of a handout is what was written, in order, in every language."""

from __future__ import annotations

import re

import pytest

from course import library
from course.text import SOURCE, plain
from i18n.numbers import numbers
from tests.documents.outgoing.papers import BY_ID, CODES, LESSON, letters, made, poppler, read, words

SIGNS = r"(?:[\W\d_](?<![\u0610-\u065f\u200c]))+"  # what stands between words


def _sentences(code: str) -> list[str]:
    """Return a lesson's sentences as they are shown, without tables, lists and what a source's mark stands in."""
    found = []
    for block in library.lesson_text(code, LESSON).blocks:
        if block.kind == "text":
            text = re.sub(r"^#.*$|^[|].*$|^\d\.|^- ", "\n", block.text, flags=re.M)
            found += re.split(r"(?<=[.؟?])\s+|\n", re.sub(SOURCE, "\n", text))
    return [letters(numbers(code).text(plain(one))) for one in found]


@pytest.mark.office
@pytest.mark.parametrize("code", CODES)
def test_a_lesson_is_copied_in_order(code):
    """Every sentence, letter by letter and with its vowel marks, one after the other."""
    said, at, seen = letters(poppler(made("handout-lesson", code))), 0, 0
    for sentence in _sentences(code):
        if len(sentence) > 25:
            place = said.find(sentence, at)
            assert place >= 0, f"not copied in order: {sentence}"
            at, seen = place, seen + 1
    assert seen > 25


@pytest.mark.office
@pytest.mark.parametrize("code", ["ar", "fa"])
def test_words_with_marks_and_joined_letters_are_copied_whole(code):
    """Lam-alef, vowel marks and ZWNJ: what readers of a PDF usually turn around."""
    said = set(re.split(SIGNS, words(poppler(made("handout-lesson", code)))))
    text = " ".join(plain(one.text) for one in library.lesson_text(code, LESSON).blocks if one.kind == "text")
    written = set(re.split(SIGNS, words(re.sub(r"[|\d]+", " ", text))))
    hard = {one for one in written if re.search(r"\u0644[\u064b-\u0652]?[\u0622-\u0627]|[\u064b-\u0655\u200c]", one)}
    assert len(hard) > 30
    assert hard <= said, hard - said


@pytest.mark.office
@pytest.mark.parametrize("code", CODES)
def test_the_title_is_in_the_document(code):
    title = library.lesson_text(code, LESSON).head.title
    assert title in words(poppler(made("handout-lesson", code)))
    assert read(made("handout-lesson", code)).metadata.title == title


@pytest.mark.office
@pytest.mark.parametrize("code", CODES)
def test_no_sign_is_lost(code):
    for key in BY_ID:
        assert "\ufffd" not in poppler(made(key, code))
