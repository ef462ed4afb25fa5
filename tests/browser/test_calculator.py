"""The first calculator, used as a learner uses it: by hand, by keyboard, by link, and badly."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from i18n.languages import languages
from i18n.numbers import numbers
from tests.browser.visit import LAPTOP, PHONE, strange_digits, visiting

pytestmark = pytest.mark.browser
PATH = "stage_conversion"


def field(visit, index: int):
    """Return the field of a stage."""
    return visit.page.locator(".st-key-editor [data-testid=stTextInput] input").nth(index)


def enter(visit, index: int, text: str) -> None:
    """Type a text into a stage's field and press Enter."""
    box = field(visit, index)
    box.fill(text)
    box.press("Enter")
    visit.settle()


def headline(visit) -> str:
    return visit.page.locator(".tf-headline").inner_text()


@pytest.mark.parametrize(
    ("typed", "shown"), [("١٢٣٤٥", "12,345"), ("۱۲۳۴۵", "12,345"), ("12 345", "12,345"), ("۱۲٬۳۴۵", "12,345")]
)
def test_native_digits_are_understood_and_echoed(browser, app_url, typed, shown):
    with visiting(browser, app_url) as visit:
        visit.go(f"{PATH}?view=fields&lang=en")
        enter(visit, 0, typed)
        assert field(visit, 0).input_value() == shown
        assert shown in headline(visit)


@pytest.mark.parametrize("code", [one.code for one in languages()])
def test_what_cannot_be_read_gets_a_sentence_and_changes_nothing(browser, app_url, code):
    hostile = [
        "abc",
        "-5",
        "12/5",
        "1,5",
        "9" * 50_000,
        "<script>alert(1)</script>",
        "10000000000000",
        "1 2 3 4",
        "=1+1",
        "％",
    ]
    with visiting(browser, app_url) as visit:
        visit.go(f"{PATH}?view=fields&lang={code}")
        before = headline(visit)
        for text in hostile:
            enter(visit, 0, text)
            error = visit.page.locator(".tf-field-error")
            expect(error, f"no sentence for {text[:20]!r}").to_have_count(1)
            assert len(error.inner_text()) < 300
            expect(field(visit, 0)).to_have_value(numbers(code).count_field(48000))
            assert headline(visit) == before
        enter(visit, 0, "1000")
        expect(visit.page.locator(".tf-field-error")).to_have_count(0)
        assert not visit.problems


@pytest.mark.parametrize("code", [one.code for one in languages()])
def test_edge_cases_are_explained_not_hidden(browser, app_url, code):
    cases = {
        "0_0_0_0_0": 1,  # nobody at the top
        "100_200_50_20_10": 1,  # a stage larger than the one before
        "1000000000000_1000000000000_1_1_1": 0,
        "100_-_50_20_10": 1,  # one stage empty
        "100_50_0_0_0": 1,  # a zero in the middle
    }
    with visiting(browser, app_url, size=PHONE) as visit:
        for now, least in cases.items():
            page = visit.go(f"{PATH}?view=fields&lang={code}&v=1&now={now}")
            assert page.locator(".tf-headline").count() == 1
            assert page.locator(".tf-notes li").count() >= least, f"{now}: nothing explains it"
            assert page.locator("[data-testid=stException], [data-testid=stAlertContentError]").count() == 0
            assert not page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"), f"{now} scrolls sideways"
            assert "nan" not in headline(visit).lower()
            assert "inf" not in re.findall(r"[a-z]+", headline(visit).lower())
        assert not visit.problems


def test_rates_let_the_counts_below_follow_and_people_let_them_stay(browser, app_url):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=en")
        enter(visit, 1, "12%")
        assert "184 reach “Customers”" in headline(visit)
        page.get_by_role("radio", name="People").or_(page.get_by_role("button", name="People: ")).first.click()
        visit.settle()
        assert field(visit, 1).input_value() == "5,760"
        enter(visit, 1, "2880")
        assert "184 reach “Customers”" in headline(visit)


def test_now_and_what_if_are_compared_and_undone(browser, app_url):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=en")
        page.locator(".st-key-keep button").click()
        visit.settle()
        assert "still the same" in headline(visit)
        enter(visit, 4, "25")
        said = headline(visit)
        assert "“Customers” goes from 92 to 101" in said
        assert "rises by 2.2 points" in said
        assert page.locator(".stVegaLiteChart svg text", has_text="What if: 101").count() == 1
        page.get_by_role("button", name="Undo").click()
        visit.settle()
        assert "still the same" in headline(visit)


def test_stages_are_renamed_added_moved_and_removed(browser, app_url):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=en")
        page.get_by_text("Stages: rename").click()
        visit.settle()
        name = page.get_by_label("Stage 2", exact=True)
        name.fill("<b>كلمة</b> of my own")
        name.press("Enter")
        visit.settle()
        assert "“<b>كلمة</b> of my own”" in headline(visit)
        page.get_by_role("button", name="Add a stage after “Customers”").click()
        visit.settle()
        assert page.locator(".st-key-stages").get_by_label("Stage 6", exact=True).count() == 1
        page.get_by_role("button", name="Remove “Visits”").click()
        visit.settle()
        page.get_by_role("button", name=re.compile("Move “Marketing.*up")).click()
        visit.settle()
        assert page.get_by_label("Stage 1", exact=True).input_value().startswith("Marketing")
        assert not visit.problems


def test_the_address_always_carries_everything(browser, app_url):
    """A reload, a change of language and a walk through the other pages lose nothing."""
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=en")
        enter(visit, 0, "50000")
        page.locator(".st-key-keep button").click()
        visit.settle()
        enter(visit, 1, "9")
        page.get_by_text("فارسی").first.click()
        page.wait_for_selector("html[dir=rtl]", state="attached")
        visit.settle()
        said = headline(visit)
        assert numbers("fa").count_field(50000) == field(visit, 0).input_value()
        assert not strange_digits(visit.texts(), "arabext")
        page.reload()
        visit.settle()
        assert headline(visit) == said
        page.locator("[data-testid=stSidebarNav] a").first.click()
        visit.settle()
        assert page.evaluate("document.documentElement.lang") == "fa"
        page.reload()
        visit.settle()
        assert page.evaluate("document.documentElement.lang") == "fa"
        assert not visit.problems


def test_a_shared_link_opens_the_same_on_another_machine(browser, app_url):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=ar&digits=arab")
        enter(visit, 0, "٧٧٠٠٠")
        page.locator(".st-key-keep button").click()
        visit.settle()
        enter(visit, 2, "٥٠")
        said = headline(visit)
        page.locator("[class*=st-key-share-] button").first.click()
        link = page.locator(".tf-share-link").input_value()
        assert page.locator("img.tf-qr").evaluate("e => e.naturalWidth > 0")
    with visiting(browser, app_url, locale="en-US") as other:
        other.page.goto(link)
        other.settle()
        assert headline(other) == said
        assert other.page.evaluate("document.documentElement.dataset.digits") == "arab"
        assert other.page.locator(".st-key-link-notice").count() == 0


@pytest.mark.parametrize("code", [one.code for one in languages()])
def test_a_wrong_link_opens_with_what_is_valid_and_says_what_was_wrong(browser, app_url, code):
    bad = {
        "v": "99", "from": "nonsense", "stages": "visits_~<img src=x onerror=alert(1)>_leads", "basis": "x",
        "now": "1000_1e999_-3", "if": "_" * 500, "ref": "nan", "digits": "roman", "zz": "?",
    }  # fmt: skip
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(f"{PATH}?view=fields&{urlencode({'lang': code, **bad})}")
        notice = page.locator(".st-key-link-notice")
        assert notice.count() == 1
        assert notice.locator("li").count() >= 3
        assert page.locator("img[src=x]").count() == 0
        assert page.locator(".tf-headline").count() == 1
        notice.get_by_role("button").click()
        visit.settle()
        assert page.locator(".st-key-link-notice").count() == 0
        assert not visit.problems


def test_files_are_what_they_say(browser, app_url):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=fa")
        page.locator("[class*=st-key-take-] button").first.click()
        starts = {"csv": "\ufeffcopy,stage_id".encode(), "png": b"\x89PNG", "svg": b"<svg"}
        for ending, start in starts.items():
            with page.expect_download() as waiting:
                page.locator(f".st-key-stage_conversion-file-{ending} button").click()
            data = Path(waiting.value.path()).read_bytes()
            assert data.startswith(start), f"{ending} starts with {data[:20]!r}"
            assert waiting.value.suggested_filename.endswith(ending)
        assert "سرنخ" in data.decode()
        assert "font/woff2" in data.decode()


def test_the_keyboard_alone_suffices(browser, app_url):
    """From the address bar to a moved slider and an opened list, with a visible focus at every stop."""
    with visiting(browser, app_url, size=LAPTOP) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=fa")
        before, stops = headline(visit), []
        for _ in range(60):
            page.keyboard.press("Tab")
            focused = page.evaluate("[document.activeElement.tagName, document.activeElement.type || '']")
            stops.append(focused)
            if focused[:2] == ["INPUT", "range"] and sum(stop[1] == "range" for stop in stops) == 2:
                break
        else:
            pytest.fail(f"no second slider among {stops}")
        page.keyboard.press("ArrowLeft")  # towards more, in Persian
        page.keyboard.press("PageUp")
        visit.settle()
        assert headline(visit) != before


@pytest.mark.parametrize("basis", ["rates", "people"])
def test_no_press_of_a_fast_hand_is_lost(browser, app_url, basis):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?view=fields&lang=fa&v=1&basis={basis}")
        for index in (0, 1, 0, 1):
            slider = page.locator("[data-testid=stSlider] input[type=range]").nth(index)
            before, step = float(slider.input_value()), float(slider.get_attribute("step"))
            slider.focus()
            for _ in range(20):
                page.keyboard.press("ArrowUp")
                page.wait_for_timeout(20)
            visit.settle()
            assert round((float(slider.input_value()) - before) / step, 6) == 20


@pytest.mark.parametrize(("code", "digits", "tag"), [
    ("en", "latn", "en"), ("ar", "latn", "ar-u-nu-latn"), ("ar", "arab", "ar-u-nu-arab"), ("fa", "arabext", "fa-u-nu-arabext"),
])  # fmt: skip
def test_numbers_agree_with_the_browsers_own(browser, app_url, code, digits, tag):
    """Counts, negatives and percentages as Intl writes them, except where the house differs on purpose: the minus is one
    that voices speak (U+2212), and marks of direction keep sign and percent in their places wherever the number is put."""
    ours = numbers(code, digits)
    counts = [0, 1, 12, 999, 1000, 48000, 1234567, 10**12, -5, -48000]
    shares = [0, 0.06, 0.5, 1.15, -0.125]
    with visiting(browser, app_url) as visit:
        visit.page.goto(f"{app_url}/healthz")
        form = "n => new Intl.NumberFormat(tag, {style: 'percent', minimumFractionDigits: 1}).format(n)"
        theirs = visit.page.evaluate(
            "([tag, counts]) => counts.map(n => new Intl.NumberFormat(tag).format(n))", [tag, counts]
        )
        percents = visit.page.evaluate(f"([tag, shares]) => shares.map({form})", [tag, shares])
    assert [_bare(ours.count(n)) for n in counts] == [_bare(text) for text in theirs]
    mine = [ours.percent(n, places=1) for n in shares]
    assert [_bare(text) for text in mine] == [_bare(text) for text in percents]
    if digits != "latn":
        assert all(text[0] in "\u061c\u2066" for text in mine), "the percent sign stands on the left"


def _bare(text: str) -> str:
    return re.sub("[\u061c\u200e\u2066-\u2069]", "", text).replace("-", "\u2212")


def test_an_unexpected_error_is_told_in_the_learners_language(browser):
    from tests.support import ROOT, serve

    with serve(ROOT / "tests/browser/failing_app.py", cwd=ROOT) as url, visiting(browser, url, locale="fa-IR") as visit:
        visit.page.goto(f"{url}/?lang=fa")
        alert = visit.page.locator("[data-testid=stAlert]")
        alert.wait_for(timeout=20_000)
        assert re.search("[ا-ی]{3}", alert.inner_text())
        assert "ZeroDivisionError" not in visit.page.content()
        assert "secret-detail" not in visit.page.content()
