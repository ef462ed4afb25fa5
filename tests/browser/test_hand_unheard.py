"""The hand on a connection that loses or delays: nothing that was done is lost, nothing is torn out of the hand."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_hand import PATH, at, middle, pull, served, shown
from tests.browser.visit import Wire, visiting

pytestmark = pytest.mark.browser


def test_a_lost_connection_loses_nothing(browser, app_url):
    """What is done while nothing reaches the server arrives when it can be reached again."""
    with visiting(browser, app_url, own=True) as visit:
        wire = Wire(visit.page)
        page = visit.go(f"{PATH}?lang=fa")
        wire.deaf = True
        pull(page, "grip-0", 120)
        at(page, "share-1").focus()
        page.keyboard.press("PageUp")
        page.wait_for_timeout(800)
        during = shown(page)
        told = len(wire.lost)
        page.wait_for_timeout(4000)
        assert len(wire.lost) > told > 0, "it tells again"
        expect(page.locator(".tf-hand[data-waits]")).to_have_count(1)
        wire.deaf = False
        page.wait_for_selector(".tf-hand:not([data-waits])", timeout=30_000)
        inputs = served(visit)
        assert inputs.now[0] < 48000
        assert inputs.now[1] == pytest.approx(0.07)
        assert shown(page) == during


def test_an_answer_that_comes_while_a_handle_is_pressed_waits_for_it_to_be_let_go(browser, app_url):
    """The first act makes "undo" possible, so its answer makes the figure's parts anew: not under a finger."""
    with visiting(browser, app_url, own=True) as visit:
        wire = Wire(visit.page)
        page = visit.go(f"{PATH}?lang=ar")
        wire.slow = True
        at(page, "share-1").focus()
        page.keyboard.press("PageUp")
        page.wait_for_timeout(1500)
        assert wire.kept, "the answer is on its way"
        x, y = middle(at(page, "grip-0"))
        page.mouse.move(x, y)
        page.mouse.down()
        pressed = shown(page)
        wire.hurry()
        page.wait_for_timeout(800)
        assert shown(page) == pressed
        expect(page.locator(".tf-hand[data-waits]")).to_have_count(1)
        page.mouse.move(x + 120, y, steps=6)
        page.wait_for_timeout(100)
        during = shown(page)
        assert during != pressed, "the handle is still in the hand"
        page.mouse.up()
        inputs = served(visit)
        assert inputs.now[0] < 48000
        assert inputs.now[1] == pytest.approx(0.07)
        assert shown(page) == during
        assert not visit.problems
