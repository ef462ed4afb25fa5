"""Seven figures in every language: their main act by mouse and by keyboard alone, and what they then say."""

from __future__ import annotations

import pytest

from funnel.facts.presets import PRESETS
from funnel.figures.leaks import kept
from i18n.languages import language
from i18n.numbers import numbers
from tests.browser.test_figures_b import CODES, Shown, digits, words
from tests.browser.visit import LAPTOP, PHONE, visiting

pytestmark = pytest.mark.browser


def count(code: str, value: float) -> str:
    return numbers(code, language(code).digits).count(value)


def middle(where):
    """Bring something to the middle of the screen: near the header a focus would move the page under the mouse."""
    where.evaluate("e => e.scrollIntoView({block: 'center'})")
    return where


def picked(shown: Shown, part: str, text: str) -> str:
    """Choose by mouse; return what the figure says then."""
    return shown.after(middle(shown.option(part, text)).click)


def shifted(shown: Shown, part: str, key: str, times: int = 1) -> str:
    """Move a slider by keys; return what the figure says then."""
    slider = shown.box.locator(f"[class*=st-key-{shown.name}-{part}-]").get_by_role("slider")
    for _ in range(times):
        slider.focus()
        said = shown.after(lambda: shown.page.keyboard.press(key))
    return said


def dragged(shown: Shown, part: str, share: float) -> str:
    """Move a slider by mouse to a share of its length, in the reading direction; return what the figure says then."""
    where = shown.box.locator(f"[class*=st-key-{shown.name}-{part}-]")
    middle(where)
    thumb, track = where.get_by_role("slider").bounding_box(), where.bounding_box()
    at = share if shown.code == "en" else 1 - share
    shown.page.mouse.move(thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2)
    shown.page.mouse.down()
    shown.page.mouse.move(track["x"] + track["width"] * at, thumb["y"] + thumb["height"] / 2, steps=6)
    return shown.after(shown.page.mouse.up)


def pressed(shown: Shown, part: str, by: str = "mouse") -> str:
    """Press a button of the figure; return what the figure says then."""
    button = middle(shown.box.locator(f"[class*=st-key-{shown.name}-{part}-] button").first)
    if by == "mouse":
        return shown.after(button.click)
    button.focus()
    return shown.after(lambda: shown.page.keyboard.press("Enter"))


@pytest.mark.parametrize("code", CODES)
def test_the_timeline_is_filtered_and_read(browser, app_url, code):
    told = words(code, "timeline")
    with visiting(browser, app_url, size=LAPTOP) as visit:
        shown = Shown(visit, "where-models-come-from", "timeline", code)
        assert digits(code, "1924") in shown.said()
        said = shown.after(middle(shown.box.locator("[class*=st-key-timeline-kind-] button").nth(3)).click)
        assert digits(code, "3") in said
        assert digits(code, told["means"]["disputed"]) in said
        assert shown.box.locator(".tf-event").count() == 3
        buttons = shown.box.locator("[class*=st-key-timeline-pick-] button")
        buttons.nth(1).focus()
        assert told["events"]["dukesmith"]["name"] in shown.after(lambda: shown.page.keyboard.press("Enter"))
        shown.after(middle(shown.box.locator("[class*=st-key-timeline-kind-] button").first).click)
        years = [one["x"] for one in (e.bounding_box() for e in shown.box.locator(".tf-event i").all())]
        assert years == sorted(years), "time runs from left to right in every language"


@pytest.mark.parametrize("code", CODES)
def test_on_a_phone_the_timeline_is_a_list_by_year(browser, app_url, code):
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "where-models-come-from", "timeline", code)
        assert not shown.box.locator(".tf-timeline").is_visible()
        boxes = [one.bounding_box() for one in shown.box.locator("[class*=st-key-timeline-pick-] button").all()]
        assert len({round(one["x"]) for one in boxes}) == 1
        assert all(one["height"] >= 40 for one in boxes)
        assert [one["y"] for one in boxes] == sorted(one["y"] for one in boxes)


@pytest.mark.parametrize("code", CODES)
def test_reach_is_guessed_and_then_shown(browser, app_url, code):
    told = words(code, "reach-versus-fit")
    most, half = count(code, 11844), count(code, 10800)
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "top-of-the-funnel", "reach-versus-fit", code)
        onward = "ArrowRight" if code == "en" else "ArrowLeft"
        said = shifted(shown, "aim", onward, 5)
        assert most not in said
        assert digits(code, told["aims"][5]) in said
        said = pressed(shown, "take", "keys")
        assert most in said, "the truth"
        assert half in said, "the guess"
        assert shown.box.locator(".tf-strip-guess").count() == 1
        said = dragged(shown, "aim", 1.0)
        assert digits(code, told["aims"][9]) in said
        pressed(shown, "again")
        assert told["told"]["hit"] not in pressed(shown, "skip"), "without a guess nothing is compared"
        assert count(code, 15180) not in shown.said()
        picked(shown, "business", told["businesses"]["s7-ngo-usd"]["name"])
        assert count(code, 15180) in pressed(shown, "skip")


@pytest.mark.parametrize("code", CODES)
def test_a_leak_is_found_and_mended(browser, app_url, code):
    name, told = "checkout-leaks", words(code, "checkout-leaks")
    shop = told["businesses"]["s1-ecom-sar"]
    found = kept(PRESETS["s1-ecom-sar"].counts, 3, 4, 0.08)
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "bottom-of-the-funnel", name, code)
        assert shown.said() == told["told"]["nothing"]
        steps = shown.box.locator(f"[class*=st-key-{name}-leak-] button")
        assert count(code, 1405) in shown.after(middle(steps.nth(3)).click)
        assert digits(code, shop["leaks"]["order"])[:30] in shown.box.inner_text()
        said = shown.press("fix", shop["fixes"]["guest"]["name"])
        assert count(code, found.after) not in said
        shifted_, key = shown.box.locator(f"[class*=st-key-{name}-guess-]").get_by_role("slider"), "End"
        shifted_.focus()
        shown.page.keyboard.press(key)
        shown.visit.settle()
        said = pressed(shown, "take", "keys")
        assert count(code, found.after) in said
        assert count(code, 600) in said
        assert shown.box.locator(".tf-gain .tf-more").count() == 1
        assert shown.box.locator(".tf-guess").count() == 1
        assert count(code, kept(PRESETS["s1-ecom-sar"].counts, 3, 4, 0.2).after) in picked(shown, "share", "20%")
        assert digits(code, shop["fixes"]["timer"]["name"]) in picked(shown, "fix", shop["fixes"]["timer"]["name"])
        assert not shown.box.locator(".tf-gain").count(), "what deceives is not counted"
        assert picked(shown, "business", told["businesses"]["s4-clinic-aed"]["name"]) == told["told"]["nothing"]


@pytest.mark.parametrize("code", CODES)
def test_the_line_between_the_owners_is_moved(browser, app_url, code):
    with visiting(browser, app_url, size=LAPTOP) as visit:
        shown = Shown(visit, "marketing-versus-sales", "ownership", code)
        assert count(code, 2880) in shown.said()
        said = shifted(shown, "place", "ArrowRight" if code == "en" else "ArrowLeft")
        assert count(code, 1152) in said
        assert count(code, 92) in said
        assert shown.box.locator(".tf-owner-marketing").count() == 2
        said = dragged(shown, "place", 1.0)
        assert count(code, 1152) not in said
        assert count(code, 92) in said
        assert shown.box.locator(".tf-owner-sales").count() == 0
        boxes = [one.bounding_box()["x"] for one in shown.box.locator(".tf-owners > li").all()]
        assert boxes == sorted(boxes, reverse=code != "en"), "the journey follows the reading direction"


@pytest.mark.parametrize("code", CODES)
def test_hidden_cells_are_opened_one_by_one_and_stay_open(browser, app_url, code):
    name, told = "comparison-table", words(code, "comparison-table")
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "marketing-versus-sales", name, code)
        hidden = told["table"]["definition"]["marketing"]
        assert hidden in shown.box.inner_text()
        assert count(code, 18) in picked(shown, "hide", told["hidden"]["both"])
        assert hidden not in shown.box.inner_text()
        pressed(shown, "next", "keys")
        assert hidden in shown.box.inner_text()
        assert told["table"]["definition"]["why"] not in shown.box.inner_text()
        said = pressed(shown, "definition-sales")
        assert count(code, 2) in said
        assert told["table"]["definition"]["why"] in shown.box.inner_text()
        visit.page.wait_for_timeout(600)  # the address follows
        link = visit.page.url.removeprefix(f"{app_url}/")
        said = shown.said()
        visit.go(link)
        shown.box.locator(".tf-shows").wait_for()
        assert shown.said() == said
        assert told["told"]["done"].split("{")[0] in pressed(shown, "all")
        assert count(code, 4) in picked(shown, "rows", told["groups"]["together"])


@pytest.mark.parametrize("code", CODES)
def test_a_business_is_switched_and_guessed(browser, app_url, code):
    name, told = "business-models", words(code, "business-models")
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "business-models", name, code)
        assert told["models"]["s1-ecom-sar"]["name"] in shown.said()
        said = shown.press("model", told["models"]["s8-wholesale-irt"]["name"])
        assert count(code, 97.7) not in said
        assert digits(code, "1690") not in shown.box.inner_text()
        slider = shown.box.locator(f"[class*=st-key-{name}-guess-]").get_by_role("slider")
        slider.focus()
        shown.page.keyboard.press("Home")
        visit.settle()
        said = pressed(shown, "take", "keys")
        assert count(code, 97.7) in said
        assert count(code, 1690) in shown.box.inner_text()
        assert told["models"]["s2-saas-usd"]["name"] in picked(shown, "model", told["models"]["s2-saas-usd"]["name"])
        assert count(code, 0.69) in pressed(shown, "skip")


@pytest.mark.parametrize("code", CODES)
def test_buyers_are_sent_round(browser, app_url, code):
    name = "loyalty-loop-figure"
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "after-the-sale", name, code)
        assert shown.box.locator(".tf-crowd .tf-on").count() == 100
        told, entrance = words(code, name), shown.box.locator(".tf-enters span")
        assert entrance.inner_text() == told["begins"].replace("{n}", count(code, 100)), "they were not referred"
        assert count(code, 135) in pressed(shown, "next")
        assert entrance.inner_text() == told["enters"].replace("{n}", count(code, 12))
        assert shown.box.locator(".tf-crowd .tf-on").count() == 35
        assert count(code, 147) in shifted(shown, "round", "ArrowRight" if code == "en" else "ArrowLeft")
        assert count(code, 175) not in shown.said()
        assert count(code, 175) in pressed(shown, "take", "keys")
        shifted(shown, "repeat", "End")
        assert shown.box.locator(".tf-crowd .tf-on").count() == 90, "0.95 twice"
