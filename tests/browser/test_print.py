"""A lesson on paper, as Chromium prints it: whole, black on white, nothing to click, the answers on pages of their own."""

from __future__ import annotations

import re
import unicodedata

import pytest

from course import library
from i18n.catalog import catalog
from i18n.languages import language, languages
from i18n.numbers import numbers
from tests.browser.test_presenter import until
from tests.browser.visit import visiting
from tests.documents.outgoing.papers import poppler

pytestmark = pytest.mark.browser
CODES = [one.code for one in languages()]
# One with a chart and bars, one with two figures, one with an advanced box and a table.
LESSONS = ["what-a-funnel-is", "top-of-the-funnel", "improving-a-funnel"]


def pages(visit) -> list[str]:
    """Print the page and return the text of each sheet, without marks of direction, in plain letters."""
    text = poppler(visit.page.pdf(prefer_css_page_size=True))
    return [letters(sheet) for sheet in text.split("\f")[:-1]]


def letters(text: str) -> str:
    """Return only letters and digits: a PDF knows Arabic letters by their forms, and no spaces where a line ends."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if one.isalnum())


def has(sheet: str, text: str, code: str) -> bool:
    """Tell whether most words of a text are on a sheet; a ligature is sometimes copied with its letters turned around."""
    words = [letters(one) for one in re.findall(r"[^\W\d_]{3,}", text)]
    found = [one for one in words if one in sheet]
    return len(found) >= (0.9 if code == "en" else 0.6) * len(words)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_is_printed_whole_with_its_answers_apart(browser, app_url, slug, code):
    with visiting(browser, app_url, theme="dark" if code == "fa" else "light") as visit:
        page = visit.go(f"{slug}?lang={code}&view=print")
        page.locator(".tf-answers").wait_for()
        page.emulate_media(media="print")
        for hidden in (
            ".stButton",
            ".stSlider",
            ".stButtonGroup",
            ".tf-doors",
            "[data-testid=stSidebar]",
            "[data-testid=stHeader]",
        ):
            assert page.locator(f"{hidden}:visible").count() == 0, hidden
        paper = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
        assert page.evaluate(paper) == "rgb(255, 255, 255)", "white, also from a dark screen"
        ink = "getComputedStyle(document.querySelector('.st-key-sheet .tf-p')).color"
        assert page.evaluate(ink) == "rgb(0, 0, 0)"
        assert page.evaluate("document.querySelectorAll('.st-key-sheet details[open]').length") == 0
        sheets = pages(visit)
        wrong = list(visit.problems)
    assert not wrong
    assert 4 <= len(sheets) <= 16
    heading = letters(catalog(code).gettext("Answers"))
    starts = [sheet.removeprefix(numbers(code).count(i))[: len(heading)] for i, sheet in enumerate(sheets, 1)]
    first = next(i for i, start in enumerate(starts) if sorted(start) == sorted(heading))
    before, after = "".join(sheets[:first]), "".join(sheets[first:])
    for one in library.question_words(code, slug).values():
        assert has(before, one.ask, code), one.ask
        assert has(after, one.solution, code), one.solution
        if code == "en":
            assert letters(one.solution[-40:]) not in before, "a solution stands before its page"
    for block in library.lesson_text(code, slug).blocks:
        if block.kind == "text" and block.text:
            assert has(before, re.sub(r"\{.*?\}|\[\[.*?\]\]", "", block.text), code), block.text[:80]


@pytest.mark.parametrize("code", CODES)
def test_pages_are_numbered_in_the_readers_digits(browser, app_url, code):
    with visiting(browser, app_url) as visit:
        visit.go(f"what-a-funnel-is?lang={code}&view=print").locator(".tf-answers").wait_for()
        sheets = pages(visit)
    for i, sheet in enumerate(sheets, 1):
        assert numbers(code).count(i) in sheet[:3] + sheet[-3:], (i, sheet[:20], sheet[-20:])


@pytest.mark.parametrize("code", CODES)
def test_the_way_to_the_printer_and_back(browser, app_url, code):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"what-a-funnel-is?lang={code}")
        page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
        page.locator(".tf-do-print").click()
        page.locator(".tf-answers").wait_for(timeout=20_000)
        visit.settle()
        assert "view=print" in page.url
        page.locator(".tf-do-paper").click()
        assert page.evaluate("document.body.dataset.printed") == "yes"
        page.locator(".tf-do-lesson").click()
        page.locator(".tf-do-present").wait_for(timeout=20_000)
        until(page, "location.search.includes('view')", False)


@pytest.mark.parametrize("path", ["what-a-funnel-is", "stage_conversion", "money"])
def test_other_pages_print_without_the_app_around_them(browser, app_url, path):
    with visiting(browser, app_url, theme="dark") as visit:
        page = visit.go(f"{path}?lang=fa")
        title = page.locator("h1").first.inner_text()
        page.emulate_media(media="print")
        for hidden in (
            "[data-testid=stSidebar]",
            "[data-testid=stHeader]",
            ".st-key-switches",
            ".stButton",
            ".tf-doors",
        ):
            assert page.locator(f"{hidden}:visible").count() == 0, hidden
        assert (
            page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"
        )
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
        sheets = pages(visit)
    assert has(sheets[0], title, "fa")
    assert language("fa").direction == "rtl"
    assert len(sheets) >= 2, "all of it, not only what the window showed"
