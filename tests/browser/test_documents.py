"""Templates and files, on a phone: pictures from our own server, files with a name in the learner's language, and the way back."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from documents import catalogue
from documents.asking import Ask
from i18n.languages import languages
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
PATH = "documents?lang={}"


def taken(page, key: str):
    """Press a document's button and return the download."""
    with page.expect_download(timeout=60_000) as waiting:
        page.locator(f".st-key-files-{key} button").click()
    return waiting.value


@pytest.mark.parametrize("code", [one.code for one in languages()])
def test_a_workbook_and_a_handout_are_taken_and_the_workbook_comes_back(browser, app_url, code):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(PATH.format(code))
        files = {"workbook-cohorts": (b"PK\x03\x04", Ask(code)), "handout-lesson": (b"%PDF-", None)}
        for key, (start, ask) in files.items():
            file = taken(page, key)
            assert Path(file.path()).read_bytes().startswith(start)
            name = unicodedata.normalize("NFC", file.suggested_filename)
            assert name == catalogue.file_name(key, ask or Ask(code, lesson="what-a-funnel-is"))
        name = catalogue.card("workbook-cohorts", code).title
        shown = page.get_by_role("img", name=name).first
        shown.scroll_into_view_if_needed()
        page.wait_for_function("e => e.complete && e.naturalWidth > 0", arg=shown.element_handle())
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
        assert not visit.problems


@pytest.mark.parametrize("code", [one.code for one in languages()])
def test_numbers_go_out_and_come_back_in(browser, app_url, code, tmp_path):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(PATH.format(code))
        with page.expect_download() as waiting:
            page.locator("[class*=st-key-files-json-] button").click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        page.locator("input[type=file]").set_input_files(path)
        page.locator(".st-key-own-open button").wait_for(timeout=20_000)
        assert page.locator(".st-key-own-reading .tf-headline").count() == 1
        page.locator(".st-key-own-open button").click()
        page.wait_for_url("**/stage_conversion*")
        page.locator(".st-key-tools").wait_for(timeout=20_000)
        visit.settle()
        assert "lang=" in page.url
        assert not visit.problems


def test_a_button_shows_that_it_is_at_work(browser, app_url):
    """What takes longer than a second must say so; the sign is Streamlit's own."""
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(PATH.format("fa"))
        button = page.locator(".st-key-files-slides-lesson button")
        seen = page.evaluate_handle(
            """e => { const seen = [e.parentElement.innerHTML];
            new MutationObserver(() => seen.push(e.parentElement.innerHTML)).observe(e.parentElement,
              {subtree: true, childList: true, attributes: true, characterData: true}); return seen; }""",
            button.element_handle(),
        )
        with page.expect_download(timeout=60_000):
            button.click()
        states = seen.evaluate("seen => seen")
        assert any("pinner" in one or "aria-busy" in one for one in states[1:]), states[1:3]
