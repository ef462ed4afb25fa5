"""Every page in every language, real and invented, as a script: no exception, no English left, nothing lost."""

from __future__ import annotations

import re

import pytest

from i18n.languages import languages, use_content_root
from tests.browser.visit import ACRONYMS
from tests.support import ROOT
from tests.ui import invented
from tests.ui.script import opened, words

PAGES = [path.name for path in sorted((ROOT / "pages").glob("[0-9]*.py"))]
CALCULATORS = [page for page in PAGES if page[0] in "1234"]
REAL = [(language.code, digits) for language in languages() for digits in language.digit_choices]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("code", "digits"), REAL)
def test_every_page_opens_in_every_language(page, code, digits):
    test = opened(page, code, digits)
    assert not test.exception
    assert not test.error
    assert test.title[0].value
    if code != "en":
        bare = re.sub(r"<[^>]*>|`[^`]*`|\*[^*]*\*|\([^)]*\)", " ", words(test))
        english = re.findall(r"\b(?:the|and|with|that|people|stage|rate|from|now)\b", bare)
        assert not english, f"English words on the page: {english}"


@pytest.mark.parametrize("code", invented.BENDS)
def test_every_page_opens_in_an_invented_language(code, bent_root):
    """Where every word is X, no English word may stand on a calculator's page."""
    wrong = []
    with use_content_root(bent_root):  # once for all pages: what is read of a language is forgotten at the end
        for page in PAGES:
            test = opened(page, code)
            if code == "xx" and page in CALCULATORS:
                if page == "10_stage_conversion.py":
                    test.button(key="keep").click().run()
                bare = re.sub(r"<[^>]*>", " ", words(test))
                english = [word for word in re.findall(r"[A-Za-z]{3,}", bare) if word not in ACRONYMS]
                if english or "X" not in bare:
                    wrong.append(f"{page}: not from the catalogue or the content: {english[:20]}")
            wrong += [f"{page}: {one.message}" for one in test.exception]
            wrong += [f"{page}: {one.value}" for one in test.error]
    assert not wrong, "\n".join(wrong)


def test_hostile_words_of_a_translation_or_a_learner_stay_text(bent_root):
    """A translator's or learner's markup must not become an element of ours."""
    with use_content_root(bent_root):
        test = opened("10_stage_conversion.py", "hh", v="1", stages="visits_~<img src=q onerror=hurt()>_leads")
    assert not test.exception
    assert any("img src=q" in element.proto.body for element in test.get("html")), "the learner's name is on the page"
    for element in test.get("html"):
        assert "<img src=x" not in element.proto.body
        assert "<img src=q" not in element.proto.body
