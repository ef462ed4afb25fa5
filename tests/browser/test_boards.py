"""The board of cards itself: by finger, on a phone, moved faster than the server answers, unheard, given up, presented."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from i18n.languages import language
from i18n.numbers import numbers
from tests.browser.test_figures_sort import EACH_LANGUAGE, Sorted
from tests.browser.visit import LAPTOP, PHONE, Wire, visiting
from ui.figures import dark_patterns
from ui.figures.judged import SIGNS

pytestmark = pytest.mark.browser


def touch(page, *points: tuple[float, float]) -> None:
    """Put a finger down at the first point, draw it over the others, and lift it."""
    session = page.context.new_cdp_session(page)
    for kind, (x, y) in [("touchStart", points[0]), *[("touchMove", one) for one in points[1:]]]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(40)
    page.wait_for_timeout(80)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@EACH_LANGUAGE
def test_a_finger_drags_at_the_grip_taps_and_scrolls_elsewhere(browser, app_url, code):
    with visiting(browser, app_url, size=PHONE, has_touch=True) as visit:
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", code)
        page = shown.page
        shown.card("seats").evaluate("e => e.scrollIntoView({block: 'center'})")
        box = shown.card("seats").bounding_box()
        grip = shown.card("seats").locator(".tf-sort-grip").bounding_box()
        assert grip["width"] >= 40, "large enough for a finger"
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        session = page.context.new_cdp_session(page)
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + 20}]})
        bar = shown.box.locator(".tf-sort-bar")
        bar.wait_for()  # the board is higher than the screen: the columns come to the finger
        target = bar.locator("[data-column=honest]").bounding_box()
        assert target["y"] + target["height"] <= PHONE["height"]
        to = {"x": target["x"] + target["width"] / 2, "y": target["y"] + target["height"] / 2}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [to]})
        page.wait_for_timeout(100)
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert shown.lies("seats") == "honest"
        assert not bar.is_visible()
        shown.answered("seats", "honest")

        shown.card("stock").evaluate("e => e.scrollIntoView({block: 'center'})")
        box = shown.card("stock").bounding_box()
        inside = box["x"] + (box["width"] - 25 if language(code).direction == "rtl" else 25)
        scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
        before = page.evaluate(scrolled)
        touch(page, *[(inside, box["y"] + 20 - i * 30) for i in range(6)])
        page.wait_for_timeout(300)
        assert page.evaluate(scrolled) > before + 40, "beside the grip a finger scrolls the page"
        assert shown.lies("stock") == "deck"

        shown.card("stock").evaluate("e => e.scrollIntoView({block: 'center'})")
        shown.card("stock").tap(position={"x": box["width"] / 2, "y": 20})
        shown.box.locator(".tf-sort-choices [data-to=depends]").tap()
        assert shown.lies("stock") == "depends"
        shown.answered("stock", "depends")
        assert not visit.problems


@EACH_LANGUAGE
def test_on_a_phone_the_pile_is_a_row_and_a_column_a_list_of_names(browser, app_url, code):
    """Twelve interviews stay a way of one screen and a half; the card touched last says all that it has to say."""
    with visiting(browser, app_url, size=PHONE, has_touch=True) as visit:
        shown = Sorted(visit, "business-models", "touchpoint-map", "interviews", code)
        board = shown.box.locator(".tf-sort")

        def put(card: str, column: str) -> float:
            shown.card(card).evaluate("e => e.scrollIntoView({block: 'center', inline: 'start'})")
            x = shown.card(card).bounding_box()["x"]
            shown.card(card).tap()
            shown.box.locator(f".tf-sort-choices [data-to={column}]").tap()
            shown.answered(card, column)
            return x

        assert board.bounding_box()["height"] < 1.5 * PHONE["height"]
        x = put("i2", "evaluate")
        assert shown.card("i3").bounding_box()["x"] == pytest.approx(x, abs=2), "the next card takes its place"
        whole = shown.card("i2").locator("xpath=..")
        box = whole.bounding_box()
        assert box["y"] >= 0, "the card that was put away is in sight"
        assert box["y"] + box["height"] <= PHONE["height"]
        put("i3", "after")
        why = whole.locator(".tf-sort-why")
        assert not why.is_visible()
        assert whole.bounding_box()["height"] < 60
        assert SIGNS["right"] in whole.inner_text(), "the verdict stays, as a sign"
        shown.card("i2").tap()
        assert why.is_visible()
        assert board.bounding_box()["height"] < 1.5 * PHONE["height"]
        assert not visit.problems


def test_fast_moves_are_all_kept_and_nothing_glides_for_who_wants_stillness(browser, app_url):
    """Ten cards in a second, faster than any answer: what the address holds in the end is what was done."""
    with visiting(browser, app_url, reduced_motion="reduce") as visit:
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", "en")
        for card in dark_patterns.CARDS:
            shown.card(card).focus()
            shown.page.keyboard.press("ArrowDown")
            assert shown.lies(card) != "deck"
            assert shown.page.evaluate("document.querySelector('.tf-sort').getAnimations({subtree: true}).length") == 0
        shown.box.locator(".tf-sort:not([data-waits])").wait_for()
        visit.settle()
        places = {card: shown.lies(card) for card in dark_patterns.CARDS}
        shown.page.wait_for_function("/dark-patterns.at=[012]{10}/.test(location.search)")
        shown.page.reload()
        visit.settle()
        assert {card: shown.lies(card) for card in dark_patterns.CARDS} == places
        assert not visit.problems


def test_a_board_that_is_not_heard_tells_again_until_it_is_answered(browser, app_url):
    """What is sorted while nothing reaches the server arrives when it can be reached again; nothing is pulled back."""
    with visiting(browser, app_url, size=PHONE, own=True) as visit:
        wire = Wire(visit.page)
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", "fa")
        page, waits = shown.page, shown.box.locator(".tf-sort[data-waits]")
        wire.deaf = True
        for card in ("timer", "members", "seats"):
            shown.card(card).focus()
            page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")  # from the first column on to the second
        during = {card: shown.lies(card) for card in dark_patterns.CARDS}
        assert during["seats"] != during["timer"] != "deck"
        told = len(wire.lost)
        page.wait_for_timeout(4000)
        assert len(wire.lost) > told > 0, "it tells again"
        expect(waits).to_have_count(1)
        assert {card: shown.lies(card) for card in dark_patterns.CARDS} == during
        wire.deaf = False
        expect(waits).to_have_count(0, timeout=10_000)
        verdict = shown.facts["seats"].get(during["seats"], "wrong")
        shown.box.locator(f"li[data-verdict={verdict}] > [data-card=seats]").wait_for()
        assert numbers("fa").count(3) in shown.said()
        visit.settle()
        page.reload()
        visit.settle()
        assert {card: shown.lies(card) for card in dark_patterns.CARDS} == during, "the address has it, too"
        assert not visit.problems


def test_a_drag_can_be_given_up(browser, app_url):
    with visiting(browser, app_url, size={**LAPTOP, "height": 1500}) as visit:
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", "fa")
        page, box = shown.page, shown.card("timer").bounding_box()
        page.mouse.move(box["x"] + 40, box["y"] + 15)
        page.mouse.down()
        to = shown.column("dark").bounding_box()
        page.mouse.move(to["x"] + 30, to["y"] + 30, steps=5)
        page.keyboard.press("Escape")
        page.mouse.up()
        assert shown.lies("timer") == "deck"
        assert shown.box.locator(".tf-sort-held").count() == 0
        page.mouse.move(box["x"] + 40, box["y"] + 15)
        page.mouse.down()
        page.mouse.move(box["x"] + 40, box["y"] - 200, steps=5)  # let go beside the board
        page.mouse.up()
        assert shown.lies("timer") == "deck"
        assert not visit.problems


def test_while_a_lesson_is_presented_arrow_keys_move_the_card_and_not_the_screens(browser, app_url):
    with visiting(browser, app_url, size={"width": 1280, "height": 720}) as visit:
        page = visit.go("psychology-ethics-privacy?lang=ar&view=present")
        shown = "[...document.querySelectorAll('[class*=st-key-screen-]')].find(e => getComputedStyle(e).visibility === 'visible')"
        for _ in range(60):
            if page.evaluate(f"!!{shown}?.querySelector('.st-key-figure-dark-patterns')"):
                break
            page.keyboard.press("PageDown")
        card = page.locator(".st-key-figure-dark-patterns [data-card=timer]")
        card.focus()
        for key in ("ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
        visit.settle()
        assert card.evaluate("e => e.closest('[data-column]').dataset.column") == "depends"
        assert page.evaluate(f"!!{shown}.querySelector('.st-key-figure-dark-patterns')"), "the screen stands"
        box = card.bounding_box()
        assert 0 <= box["y"] <= 720 - 60, "the card that was moved is in sight"
        page.keyboard.press("PageDown")
        page.wait_for_timeout(200)
        assert not page.evaluate(f"!!{shown}.querySelector('.st-key-figure-dark-patterns')"), "a clicker goes on"
