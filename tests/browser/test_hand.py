"""The hand on the funnel in a real browser: pulled by mouse and finger, moved by keys, typed into, guessed, cut off."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from funnel.calculators import stage_conversion as model
from funnel.links import scenario
from i18n.languages import language, languages
from i18n.numbers import numbers
from tests.browser.visit import LAPTOP, PHONE, english_left, strange_digits, visiting

pytestmark = pytest.mark.browser
PATH = "stage_conversion"
CODES = [one.code for one in languages()]


def at(page, key: str):
    """Return a part of the figure."""
    return page.locator(f'.tf-hand [data-id="{key}"]')


def middle(part) -> tuple[float, float]:
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def onward(code: str) -> int:
    """Return which way the bars grow: 1 to the right, -1 to the left."""
    return -1 if language(code).direction == "rtl" else 1


def pull(page, key: str, pixels: float, steps: int = 6, let_go: bool = True) -> None:
    """Pull a handle so far to the right."""
    x, y = middle(at(page, key))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + pixels, y, steps=steps)
    if let_go:
        page.mouse.up()


def shown(page) -> list[str]:
    """Return what the figure shows: the sentence, the counts (while the hand pulls, before their fields), the rates, the totals."""
    return page.evaluate(
        """() => { const f = document.querySelector('.tf-hand'); return [f.querySelector('.tf-hand-said').textContent,
        ...[...f.querySelectorAll('.tf-hand-count')].map(e =>
          'held' in f.dataset ? e.querySelector('.tf-hand-moved').innerText : e.querySelector('input').value),
        ...[...f.querySelectorAll('.tf-hand-share, .tf-hand-lost, .tf-hand-of, .tf-hand-totals dd')].map(e => e.textContent)]; }"""
    )


def served(visit) -> model.Inputs:
    """Wait for the server's answer; return the numbers that the address now holds."""
    visit.page.wait_for_selector(".tf-hand:not([data-waits])")
    visit.settle()
    visit.page.wait_for_timeout(500)  # the address is written at most every 400 ms
    query = {key: value[0] for key, value in parse_qs(urlparse(visit.page.url).query, keep_blank_values=True).items()}
    return scenario.decode(model.Inputs, query).inputs


def due(inputs: model.Inputs, code: str) -> list[str]:
    """Return the counts and the revenue that Python says of these numbers, as the reader sees them."""
    form, found = numbers(code), model.compute(inputs)
    return [*map(form.count, (found.what_if or found.now).counts), form.amount(found.revenue[0])]


@pytest.mark.parametrize("code", CODES)
def test_pulling_moves_everything_at_once_and_the_server_agrees(browser, app_url, code):
    """The bar grows to the reading side; while the hand moves nothing is asked of the server, and once when it lets go."""
    with visiting(browser, app_url, own=True) as visit:
        asked: list[int] = []
        visit.page.on("websocket", lambda socket: socket.on("framesent", lambda _frame: asked.append(1)))
        page = visit.go(f"{PATH}?lang={code}")
        before = shown(page)
        asked.clear()
        pull(page, "grip-0", -120 * onward(code), let_go=False)
        page.wait_for_timeout(300)
        during = shown(page)
        assert during != before
        assert not asked, "the server was asked while the hand moved"
        page.mouse.up()
        inputs = served(visit)
        assert inputs.now[0] < 48000, "pulled towards the start of the bar, the count falls"
        assert shown(page) == during, "what was on the screen is what stands there"
        assert [value for value in due(inputs, code) if value not in " ".join(during)] == []
        assert len(asked) == 1, "one run when the hand lets go"
        pull(page, "grip-0", 60 * onward(code))
        assert served(visit).now[0] > inputs.now[0]
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_the_keyboard_does_what_the_hand_does(browser, app_url, code):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?lang={code}")
        grip = at(page, "grip-0")
        grip.focus()
        page.keyboard.press("ArrowLeft" if onward(code) < 0 else "ArrowRight")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("PageUp")
        assert served(visit).now[0] == 48000 + 2 * 500
        assert grip.get_attribute("aria-valuenow") == "49000"
        said = grip.get_attribute("aria-valuetext")
        assert numbers(code).count(49000) in said
        assert numbers(code).count(model.compute(served(visit)).now.counts[-1]) in said, "it says what it did below"
        assert page.locator(".tf-hand-live").inner_text() == page.locator(".tf-hand-said").inner_text()
        page.keyboard.press("Home")
        assert served(visit).now[0] == 0
        page.keyboard.press("Control+z")
        assert served(visit).now[0] == 49000
        page.keyboard.press("Control+Shift+z")
        assert served(visit).now[0] == 0
        page.keyboard.press("Control+z")
        served(visit)
        share = at(page, "share-1")
        share.focus()
        page.keyboard.press("PageUp")
        assert served(visit).now[1] == pytest.approx(0.07)
        page.keyboard.press("Enter")
        answer = page.locator(".tf-hand-answer").inner_text()
        assert numbers(code).percent(0.07) in answer
        assert numbers(code).count(49000) in answer
        assert strange_digits([said, answer], language(code).digits) == []
        assert not visit.problems


@pytest.mark.parametrize("typed", ["۱۲۳۴", "١٢٣٤", "1,234"])
def test_numbers_are_typed_in_any_digits(browser, app_url, typed):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?lang=fa")
        at(page, "count-0").fill(typed)
        page.keyboard.press("Enter")
        assert served(visit).now[0] == 1234
        expect(at(page, "count-0")).to_have_value("۱٬۲۳۴")
        at(page, "count-0").fill("12/5")
        page.keyboard.press("Enter")
        expect(page.locator(".tf-hand-error")).to_have_count(1)
        expect(at(page, "count-0")).to_have_value("۱٬۲۳۴")
        assert served(visit).now[0] == 1234
        at(page, "count-0").fill("")
        page.keyboard.press("Enter")
        assert served(visit).now[0] is None
        expect(page.locator(".tf-hand-error")).to_have_count(0)
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_stages_are_edited_in_place(browser, app_url, code):
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?lang={code}")
        at(page, "editStages").click()
        at(page, "add-0").click()
        served(visit)
        expect(at(page, "name-1")).to_be_focused()
        at(page, "name-1").fill("<b>Réunion ۱")
        page.keyboard.press("Enter")
        assert served(visit).stages[1].name == "<b>Réunion ۱"
        at(page, "down-1").click()
        assert served(visit).stages[2].name == "<b>Réunion ۱"
        expect(at(page, "down-2")).to_be_focused()
        at(page, "remove-2").click()
        assert len(served(visit).stages) == 5
        at(page, "basis-people").check(force=True)
        assert served(visit).basis == "people"
        pull(page, "share-2", 60 * onward(code))
        inputs = served(visit)
        assert inputs.now[2] > 1152
        assert inputs.now[3] == pytest.approx(403), "the people below stay"
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_the_result_is_veiled_until_it_has_been_guessed(browser, app_url, code):
    form = numbers(code)
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{PATH}?lang={code}")
        at(page, "predict").click()
        served(visit)
        pull(page, "grip-0", -100 * onward(code))
        inputs = served(visit)
        truth = form.count(model.compute(inputs).now.counts[-1])
        everything = " ".join(visit.texts())
        assert truth not in everything, "the result is somewhere on the page"
        assert page.locator(".tf-table").count() == 0
        expect(at(page, "show")).to_be_disabled()
        at(page, "guess").focus()
        page.keyboard.press("End")
        served(visit)
        at(page, "show").click()
        served(visit)
        said = page.locator(".tf-hand-guess p").inner_text()
        assert truth in said
        assert page.locator(".tf-table").count() > 0
        assert at(page, "guess").count() == 1, "the guess stays on the picture, beside the truth"
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_a_finger_pulls_and_a_tap_asks_of_whom(browser, app_url, code):
    with visiting(browser, app_url, size=PHONE, has_touch=True, is_mobile=True) as visit:
        page = visit.go(f"{PATH}?lang={code}")
        grip = at(page, "grip-0")
        grip.scroll_into_view_if_needed()
        x, y = middle(grip)
        touch = page.context.new_cdp_session(page)
        far = x - 80 * onward(code)
        for kind, spot in (("touchStart", x), ("touchMove", (x + far) / 2), ("touchMove", far), ("touchEnd", None)):
            points = [] if spot is None else [{"x": spot, "y": y}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        assert served(visit).now[0] < 40000
        at(page, "share-2").tap()
        expect(page.locator(".tf-hand-answer")).to_have_count(1)
        assert page.locator(".tf-hand-part").count() == 1
        assert page.locator(".tf-hand-whole").count() == 1
        at(page, "top-3").tap()
        assert page.locator(".tf-hand-stage").first.get_attribute("class").endswith("tf-hand-whole"), (
            "the top lights up"
        )
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "the page scrolls sideways"
        small = page.evaluate(
            "[...document.querySelectorAll('.tf-hand :is(button, [role=slider], .tf-hand-choice label)')]"
            ".filter(e => e.checkVisibility() && Math.min(e.offsetWidth, e.offsetHeight) < 36).map(e => e.className)"
        )
        assert not small, "too small for a finger"
        assert not visit.problems


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", CODES)
def test_the_figure_is_accessible_and_in_the_readers_language(browser, app_url, code, theme):
    with visiting(browser, app_url, size=LAPTOP, theme=theme) as visit:
        page = visit.go(f"{PATH}?lang={code}")
        page.locator(".st-key-keep button").click()
        visit.settle()
        pull(page, "grip-0", -100 * onward(code))
        at(page, "editStages").click()
        at(page, "share-1").click()
        served(visit)
        assert not visit.violations(".tf-hand")
        assert strange_digits([*visit.texts(), *visit.spoken()], language(code).digits) == []
        if code != "en":
            inside = page.locator(".tf-hand").evaluate(
                "f => [f.innerText, ...[...f.querySelectorAll('[aria-label],[aria-valuetext]')].flatMap(e =>"
                " [e.getAttribute('aria-label'), e.getAttribute('aria-valuetext')])].filter(Boolean)"
            )
            assert english_left(inside) == []


def test_the_figure_loads_from_us_and_nothing_else(browser, app_url):
    with visiting(browser, app_url) as visit:
        visit.go(f"{PATH}?lang=en")
        modules = [one for one in visit.requests if "/bidi-components/" in one]
        assert any(re.search(r"/two-funnels\.hand/hand\.js", one) for one in modules)
        assert not visit.problems


@pytest.mark.parametrize("place", ["", "what-a-funnel-is"])
@pytest.mark.parametrize("code", CODES)
def test_the_same_hand_on_the_home_page_and_in_a_lesson(browser, app_url, code, place):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(f"{place}?lang={code}")
        grip = at(page, "grip-0")
        grip.scroll_into_view_if_needed()
        before = shown(page)
        pull(page, "grip-0", -60 * onward(code))
        page.wait_for_selector(".tf-hand:not([data-waits])")
        visit.settle()
        after = shown(page)
        assert after != before
        assert strange_digits(after, language(code).digits) == []
        grip.press("Control+z")
        page.wait_for_selector(".tf-hand:not([data-waits])")
        visit.settle()
        assert shown(page) == before
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert not visit.problems
