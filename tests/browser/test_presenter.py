"""Presenting a lesson: by keys alone, large enough for the back of the room, nothing cut off, the place kept."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error

from course import library
from course.screens import screens
from i18n.languages import language, languages
from i18n.numbers import numbers
from tests.browser.visit import strange_digits, visiting

pytestmark = pytest.mark.browser
PROJECTOR = {"width": 1280, "height": 720}
OLD_PROJECTOR = {"width": 1024, "height": 768}
CODES = [one.code for one in languages()]
LESSONS = [one.slug for one in library.lessons()]
ONE = "what-a-funnel-is"

# What is wrong with the screen that is shown: letters under 24 px (of a figure that is made to fit: 9.5, which one of twelve
# cards and their map needs), text beside the screen, text that does not fit.
WRONG = r"""() => {
  const shown = [...document.querySelectorAll('[class*=st-key-screen-]')]
    .filter(e => getComputedStyle(e).visibility === 'visible');
  if (shown.length !== 1) return [[`${shown.length} screens are shown`], []];
  const [screen] = shown, out = new Set(), live = !!screen.querySelector('[class*=st-key-live-]');
  if (screen.scrollWidth > screen.clientWidth + 1) out.add('scrolls sideways');
  if (screen.scrollHeight > screen.clientHeight + 1)
    out.add(`cut off below: ${screen.scrollHeight} > ${screen.clientHeight}`);
  const roots = [screen, ...document.querySelectorAll('.tf-show, .st-key-present-note')], texts = [];
  for (const root of roots) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.nodeValue.trim(), e = walk.currentNode.parentElement;
      if (!text || !e || e.closest('script,style,noscript,option,[data-testid=stIconMaterial],.tf-over,desc,title')) continue;
      if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
      const range = document.createRange();
      range.selectNodeContents(walk.currentNode);
      const r = range.getBoundingClientRect();
      const hidden = (up) => up && up !== root && ((up.clientWidth > 0 && up.clientWidth <= 2) || hidden(up.parentElement));
      if (r.width < 2 || hidden(e)) continue;
      if (!live) texts.push(text);                                  // a figure's own words are its own test's business
      const size = parseFloat(getComputedStyle(e).fontSize) * (e.currentCSSZoom ?? 1);
      if (size < (live ? 9.5 : 23.9)) out.add(`${size.toFixed(1)} px: ${text.slice(0, 60)}`);
      if (r.left < -1 || r.right > innerWidth + 1) out.add(`beside the screen: ${text.slice(0, 60)}`);
      if ((r.top < -1 || r.bottom > innerHeight + 1) && !e.closest('.tf-show'))
        out.add(`above or below the screen: ${text.slice(0, 60)}`);
      for (let up = e; up && up !== root; up = up.parentElement)
        if (/hidden|clip/.test(getComputedStyle(up).overflowX) && up.clientWidth && up.scrollWidth > up.clientWidth + 2)
          out.add(`cut at its end: ${text.slice(0, 60)}`);
    }
  }
  return [[...out], texts];
}"""
AT = r"""Number([...document.querySelectorAll('[class*=st-key-screen-]')]
  .find(e => getComputedStyle(e).visibility === 'visible')?.className.match(/st-key-screen-(\d+)/)[1])"""

SHOWN = (
    "[...document.querySelectorAll('[class*=st-key-screen-]')].find(e => getComputedStyle(e).visibility === 'visible')"
)
FIGURE = f"!!{SHOWN}?.querySelector('[class*=st-key-live-]')"
TALLER = f"(() => {{ const e = {SHOWN}; return e.scrollHeight > e.clientHeight + 1; }})()"
PLACE = "document.querySelector('.tf-numbers output')?.textContent"


def present(visit, slug: str, code: str, at: int = 1):
    """Open a lesson's presentation from a link, and wait until all of it is there."""
    page = visit.go(f"{slug}?lang={code}&digits={language(code).digits}&view=present&at={at}")
    page.locator(f".st-key-screen-{len(screens(code, slug))}").wait_for(state="attached", timeout=20_000)
    page.locator(".tf-show").wait_for(timeout=20_000)
    page.evaluate("document.fonts.ready")
    return page


def place(code: str, at: int, slug: str = ONE) -> str:
    """Return the place as the trainer sees it, in the reader's digits."""
    count = numbers(code).count
    return " ".join((count(at), {"en": "/", "ar": "من", "fa": "از"}[code], count(len(screens(code, slug)))))


def until(page, expression: str, expected, seconds: float = 10) -> None:
    """Wait until an expression has a value; Playwright's own waiting needs ``eval``, which our policy refuses."""
    found = None
    for _ in range(int(seconds * 20)):
        try:
            if (found := page.evaluate(expression)) == expected:
                return
        except Error:
            found = "a page that is being left"
        page.wait_for_timeout(50)
    raise AssertionError(f"{expression} is {found!r}, not {expected!r}")


def stands(page, code: str, at: int, slug: str = ONE) -> None:
    """Assert which screen is shown, and that the trainer's line says so."""
    until(page, AT, at)
    until(page, "document.querySelector('.tf-place').textContent", place(code, at, slug))


@pytest.mark.parametrize("slug", LESSONS)
def test_every_screen_is_read_from_the_back_of_the_room(browser, app_url, slug):
    wrong = []
    with visiting(browser, app_url, size=PROJECTOR, theme="dark" if len(slug) % 2 else "light") as visit:
        for code in CODES:
            page = present(visit, slug, code)
            last = len(screens(code, slug))
            for at in range(1, last + 1):
                until(page, AT, at)
                found, texts = page.evaluate(WRONG)
                wrong += [f"{code} {at}: {one}" for one in found]
                wrong += [f"{code} {at}: digits {one}" for one in strange_digits(texts, language(code).digits)]
                if code == "fa" and page.evaluate(FIGURE):
                    page.set_viewport_size(OLD_PROJECTOR)
                    until(page, TALLER, False)
                    page.set_viewport_size(PROJECTOR)
                    until(page, TALLER, False)
                page.keyboard.press("PageDown")
            stands(page, code, last, slug)
            page.keyboard.press("Home")
            stands(page, code, 1, slug)
        wrong += visit.problems
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("code", CODES)
def test_a_lesson_is_presented_by_keys_alone(browser, app_url, code):
    onward, back = ("ArrowLeft", "ArrowRight") if language(code).direction == "rtl" else ("ArrowRight", "ArrowLeft")
    with visiting(browser, app_url, size=PROJECTOR) as visit:
        page = visit.go(f"{ONE}?lang={code}")
        page.locator(".tf-do-present").focus()
        page.keyboard.press("Enter")
        page.locator(".tf-show").wait_for()
        stands(page, code, 1)
        last = len(screens(code, ONE))
        page.locator(f".st-key-screen-{last}").wait_for(state="attached")
        assert page.evaluate("!!document.fullscreenElement"), "the button's press opened full screen"
        assert not page.locator("[data-testid=stSidebar]").is_visible()
        assert not page.locator("[data-testid=stHeader]").is_visible()
        for at in range(2, last + 1):
            page.keyboard.press(onward)
            stands(page, code, at)
        page.keyboard.press(onward)
        stands(page, code, last)
        for at in range(last - 1, 0, -1):
            page.keyboard.press("PageUp" if at % 2 else back)
            stands(page, code, at)
        page.keyboard.press("End")
        stands(page, code, last)
        page.keyboard.press("Home")
        page.keyboard.press("Space")
        stands(page, code, 2)
        page.keyboard.press("q")
        page.locator(".tf-do-present").wait_for()
        assert "view" not in page.url
        assert not page.evaluate("!!document.fullscreenElement")
        assert not visit.problems


def test_black_note_and_leaving(browser, app_url):
    with visiting(browser, app_url, size=PROJECTOR) as visit:
        page = present(visit, ONE, "fa", 3)
        note, black = page.locator(".st-key-present-note"), page.locator(".tf-black")
        for key, what in (("b", black), (".", black), ("n", note)):
            assert not what.is_visible()
            page.keyboard.press(key)
            assert what.is_visible(), key
            if what is note:
                assert not [one for one in page.evaluate(WRONG)[0] if "px" in one], "the note is large, too"
            page.keyboard.press(key)
            assert not what.is_visible(), key
        page.keyboard.press("b")
        page.keyboard.press("Escape")
        assert not black.is_visible(), "Esc closes what is open first"
        stands(page, "fa", 3)
        page.keyboard.press("Escape")
        page.locator(".tf-do-present").wait_for()


def test_the_place_is_kept_over_a_switch_of_language_and_a_reload(browser, app_url):
    with visiting(browser, app_url, size=PROJECTOR) as visit:
        page = present(visit, ONE, "en")
        for _ in range(7):
            page.keyboard.press("PageDown")
        until(page, "location.search.includes('at=8')", True)
        page.mouse.move(200, 200)
        page.keyboard.press("g")  # the switches stand on the list of all screens, over no slide
        page.locator(".st-key-switches button").filter(has_text="فارسی").click()
        page.keyboard.press("g")
        until(page, "document.documentElement.lang", "fa", 30)
        visit.settle()
        stands(page, "fa", 8)
        page.keyboard.press("ArrowLeft")
        until(page, "/lang=fa.*at=9/.test(location.search)", True)
        page.reload()
        visit.settle()
        stands(page, "fa", 9)
        assert page.locator(".tf-slide h1:visible").inner_text() == screens("fa", ONE)[8].title


@pytest.mark.parametrize("at", ["", "0", "-3", "999", "zz", "٣"])
def test_a_wrong_place_in_a_link_is_no_matter(browser, app_url, at):
    with visiting(browser, app_url, size=PROJECTOR) as visit:
        page = visit.go(f"{ONE}?lang=en&view=present&at={at}")
        stands(page, "en", len(screens("en", ONE)) if at == "999" else 1)


def test_what_is_typed_in_a_field_belongs_to_the_field(browser, app_url):
    slug = "money-in-the-funnel"
    at = next(i for i, one in enumerate(screens("en", slug), 1) if one.kind == "figure")
    with visiting(browser, app_url, size=PROJECTOR) as visit:
        page = present(visit, slug, "en", at)
        screen = page.locator(f".st-key-screen-{at}")
        field = screen.locator("input[type=text]").first
        chart = screen.locator(".stVegaLiteChart svg").first
        assert chart.bounding_box()["width"] > 300, "drawn though it was hidden at first"
        field.click()
        for key in ("Home", "b", "n", ".", "ArrowRight", "Space", "End", "q"):
            page.keyboard.press(key)
            stands(page, "en", at, slug)
        assert not page.locator(".tf-black").is_visible()
        field.fill("96000")
        page.keyboard.press("Enter")
        until(page, f"document.querySelector('.st-key-screen-{at} input[type=text]').value", "96,000")
        stands(page, "en", at, slug)
        page.keyboard.press("PageDown")
        stands(page, "en", at + 1, slug)
        page.keyboard.press("b")
        assert page.locator(".tf-black").is_visible(), "what is hidden keeps no keys"
        page.keyboard.press("PageUp")
        stands(page, "en", at, slug)
        screen.locator("[role=slider], input[type=range]").first.focus()
        page.keyboard.press("ArrowRight")
        stands(page, "en", at, slug)


def test_the_second_window_keeps_step(browser, app_url):
    with visiting(browser, app_url, size=PROJECTOR, own=True) as visit:
        page = present(visit, ONE, "en", 2)
        with page.context.expect_page() as opened:
            page.keyboard.press("w")
        other = opened.value
        other.locator(".tf-station").wait_for(timeout=30_000)
        shown = other.locator(".tf-numbers output")
        until(other, PLACE, place("en", 2), 30)
        page.keyboard.press("PageDown")
        until(other, PLACE, place("en", 3), 30)
        assert screens("en", ONE)[3].title in other.locator(".tf-station").inner_text(), "what comes next"
        assert re.search(r"\d+:\d\d\s+\d\d:\d\d", other.locator(".tf-numbers").inner_text()), "elapsed and time of day"
        assert "kitchen funnel" in other.inner_text("body"), "the note"
        other.keyboard.press("PageDown")
        stands(page, "en", 4)
        page.mouse.move(200, 200)
        page.keyboard.press("g")  # the switches stand on the list of all screens, over no slide
        page.locator(".st-key-switches button").filter(has_text="العربية").click()
        page.keyboard.press("g")
        until(other, "document.documentElement.lang", "ar", 30)
        until(other, PLACE, place("ar", 4), 30)
        assert shown.is_visible()
