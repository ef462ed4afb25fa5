"""No element lies over another: every page at six sizes, light and dark, and presented; and what a thumb or a keyboard reaches.

One page is opened and resized. The languages take turns, so that each page is seen in each size and each language sees all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from course import library
from course.screens import screens
from i18n.languages import languages
from tests.browser.visit import visiting
from ui.navigation import slugs

pytestmark = pytest.mark.browser
OVER = Path(__file__).with_name("rectangles.js").read_text("utf-8")
CODES = [one.code for one in languages()]
SIZES = ((360, 640), (390, 844), (768, 1024), (1024, 768), (1280, 720), (1920, 1080))
LESSONS = [one.slug for one in library.lessons()]
PAGES = [*slugs(), *LESSONS]
# Everything that is pressed and smaller than a thumb. A link in a line of text is as high as its line; a field's wrapper takes
# the press for it, and a slider's whole line.
SMALL = """() => {
  const what = 'a[href], button, input:not([type=hidden], [type=range]), textarea, summary, [role=slider]';
  const wrapped = 'label, .stTextInput, .stSelectbox, .stMultiSelect, .stFileUploader';
  const inLine = e => e.matches('a, summary') && e.closest('p, li, td, th, dd, .tf-p, .tf-term')
    && getComputedStyle(e).display.startsWith('inline');
  return [...document.querySelectorAll(what)]
    .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && !inLine(e))
    .filter(e => !e.closest('.tf-term, .stSlider, [data-testid=stSkipToContent]'))
    .map(e => [e, (e.closest(wrapped) ?? e).getBoundingClientRect()])
    .filter(([e, r]) => r.width > 2 && r.right > 0 && r.left < innerWidth && (r.height < 43 || r.width < 31.5))
    .map(([e, r]) => `${e.tagName}.${e.className.slice(0, 40)} "${(e.innerText || e.ariaLabel || '').slice(0, 20)}" `
      + `${r.width | 0}x${r.height | 0}`);
}"""
AT_FIGURE = (
    "!!document.activeElement.closest('[data-rtl-begin], .tf-hand-stages, .tf-pull, .st-key-picture, [class*=st-key-field-],"
    ".st-key-own-rules, .st-key-editor, [class*=st-key-slide-]')"
)


@pytest.mark.parametrize("slug", PAGES)
def test_nothing_lies_over_anything(browser, app_url, slug):
    code, wrong = CODES[PAGES.index(slug) % len(CODES)], []
    with visiting(browser, app_url, size=dict(zip(("width", "height"), SIZES[0], strict=True))) as visit:
        page = visit.go(f"{'' if slug == 'home' else slug}?lang={code}")
        small = page.evaluate(SMALL)
        for i, (width, height) in enumerate(SIZES):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(
                color_scheme="dark" if i % 2 else "light"
            )  # colours move nothing: each theme at three sizes
            visit.settle()
            wrong += [f"{code} {width}x{height}: {one}" for one in page.evaluate(OVER)]
    assert not wrong, "\n".join(wrong)
    assert not small, "\n".join(small)


@pytest.mark.parametrize("slug", LESSONS)
def test_nothing_lies_over_anything_on_the_projector(browser, app_url, slug):
    code, wrong = CODES[LESSONS.index(slug) % len(CODES)], []
    figures = [at for at, one in enumerate(screens(code, slug), 1) if one.kind in ("figure", "place", "guess")]
    with visiting(browser, app_url, size={"width": 1280, "height": 720}) as visit:
        page = visit.go(f"{slug}?lang={code}&view=present&at=1")
        page.locator(f".st-key-screen-{len(screens(code, slug))}").wait_for(state="attached", timeout=20_000)
        for at in (1, *figures):
            for digit in str(at):
                page.keyboard.press(digit)
            page.keyboard.press("Enter")
            for width, height in ((1280, 720), (1024, 768)):
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(150)
                wrong += [f"{code} {width}x{height}, screen {at}: {one}" for one in page.evaluate(OVER)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "slug", ["home", "stage_conversion", "target_planner", "customer_value", "own_data", *LESSONS[:1]]
)
def test_the_keyboard_comes_to_the_figure_in_twelve_stops(browser, app_url, slug):
    with visiting(browser, app_url, size={"width": 1280, "height": 720}) as visit:
        page = visit.go(f"{'' if slug == 'home' else slug}?lang=fa")
        page.keyboard.press("Tab")
        assert page.locator("[data-testid=stSkipToContent]:focus").count() == 1, (
            "the first stop is the way past the menu"
        )
        page.keyboard.press("Enter")
        for _stop in range(12):
            if page.evaluate(AT_FIGURE):
                return
            page.keyboard.press("Tab")
    pytest.fail("the figure is further than twelve stops away")
