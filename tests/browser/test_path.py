"""A student's path on a phone, in three languages: an act, the truth beside it, her own funnel, tomorrow; kept over reload."""

from __future__ import annotations

import re

import pytest

from course import library
from i18n.languages import languages
from i18n.numbers import numbers
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
CODES = [one.code for one in languages()]
FIRST = {"what-a-funnel-is": "academy-end", "measuring-a-funnel": "base-end", "after-the-sale": "churn-year"}


def box(page, guess: str):
    return page.locator(f".st-key-figure-guess-{guess}")


def pulled(visit, guess: str, share: float) -> None:
    """Pull a guess's bar with the mouse to a share of its track, from where the line begins."""
    track = box(visit.page, guess).locator(".tf-pull-open")
    track.scroll_into_view_if_needed()
    visit.settle()  # what stands above may still grow
    at = track.bounding_box()
    rtl = box(visit.page, guess).locator(".tf-pull").get_attribute("dir") == "rtl"
    x = at["x"] + at["width"] * ((1 - share) if rtl else share)
    mouse, y = visit.page.mouse, at["y"] + at["height"] / 2
    mouse.move(x - 40 if rtl else x - 10, y)
    mouse.down()
    mouse.move(x, y, steps=4)
    mouse.up()
    visit.settle()


def take(visit, guess: str) -> None:
    box(visit.page, guess).locator(".tf-pull-take").click()
    box(visit.page, guess).locator(".tf-pull-truth").first.wait_for(timeout=20_000)
    visit.settle()


@pytest.mark.parametrize("code", CODES)
def test_from_the_act_to_tomorrow(browser, app_url, code):
    with visiting(browser, app_url, size=PHONE) as visit:
        for slug, guess in FIRST.items():
            page = visit.go(f"{slug}?lang={code}")
            shown, facts = numbers(code), library.guesses()[guess]
            truth = (shown.percent if facts.percent else shown.count)(facts.truth)
            assert truth not in box(page, guess).inner_text(), "the truth is nowhere before the guess"
            assert box(page, guess).locator(".tf-pull-take").is_disabled()
            pulled(visit, guess, 0.5)
            take(visit, guess)
            assert truth in box(page, guess).inner_text()
            assert box(page, guess).locator(".tf-pull-guess").count() == 1, "the guess stays beside the truth"
            assert page.locator(".tf-tomorrow").count() == 1
            assert re.search(rf"guess-{guess}\.seen=guessed", page.evaluate("location.search"))
            early = page.locator(f".st-key-before-{slug}-box").count()
            assert early == (1 if library.lesson(slug).before else 0)
        own = page.locator(".st-key-yours-after-the-sale")
        for n, typed in ((0, "100"), (1, "5%")):
            field = own.locator("input").nth(n)
            field.fill(typed)
            field.press("Enter")
            visit.settle()
        visit.go(f"money-in-the-funnel?lang={code}")
        margin = page.locator(".st-key-yours-money-in-the-funnel input").nth(3)
        margin.fill("40")
        margin.press("Enter")
        visit.settle()
        other = CODES[(CODES.index(code) + 1) % len(CODES)]
        visit.go(f"after-the-sale?lang={other}")
        found = own.locator(".tf-reply").inner_text()
        assert re.search("20|۲۰|٢٠", found), found  # 1 / 5% months


def test_a_guess_is_made_by_keyboard_and_survives_a_reload(browser, app_url):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go("measuring-a-funnel?lang=en")
        thumb = box(page, "base-end").locator("[role=slider]")
        thumb.focus()
        page.keyboard.press("End")
        page.keyboard.press("Home")
        for _press in range(3):
            page.keyboard.press("ArrowRight")
        assert thumb.get_attribute("aria-valuetext") == "3"
        page.wait_for_timeout(600)
        visit.settle()
        take(visit, "base-end")
        assert "Too low" in box(page, "base-end").inner_text() or "times as much" in box(page, "base-end").inner_text()
        visit.page.reload()
        visit.settle()
        assert box(page, "base-end").locator(".tf-pull-truth").count() == 1, "the address holds the guess"
        assert visit.problems == []


def test_the_record_is_kept_by_the_browser_and_gathered(browser, app_url):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go("what-a-funnel-is?lang=fa")
        own = page.locator(".st-key-yours-what-a-funnel-is")
        own.locator("textarea").fill("دیدند\nپرسیدند\nخریدند")
        own.locator("textarea").press("Control+Enter")
        visit.settle()
        assert "۳" in own.locator(".tf-reply").inner_text()
        page.context.clear_cookies()
        page = visit.go("mine?lang=en")  # a new session without a record in the link
        page.locator(".tf-mine li").nth(2).wait_for(timeout=20_000)
        assert page.locator(".tf-mine li").first.inner_text().startswith("دیدند")
        assert visit.problems == []
