"""Every page, in every language and digit set, on a phone: seen with a learner's eyes, heard with a screen reader's.

A page is opened once in a language, from a link that names the digits, and switched to the other digits; then axe looks it
over in the dark, and by day in a laptop's window.
"""

from __future__ import annotations

import pytest

from i18n.languages import language, languages
from tests.browser.visit import LAPTOP, PHONE, english_left, strange_digits, visiting
from ui.navigation import SAMPLES, slugs

pytestmark = pytest.mark.browser
NEVER_DRAWN = "[data-testid=stBidiComponentRegular]:not([data-mounted])"  # rtl/boot.js, 7
OUR_FONTS = ("vazirmatn-", "MaterialSymbols-")


def path(slug: str, code: str, digits: str) -> str:
    return f"{'' if slug == 'home' else slug}?lang={code}&digits={digits}"


@pytest.mark.parametrize("code", [one.code for one in languages()])
@pytest.mark.parametrize("slug", slugs())
def test_a_page_is_whole_in_its_language_and_axe_finds_nothing_of_ours(browser, app_url, slug, code):
    wrong = []
    with visiting(browser, app_url, size=PHONE) as visit:
        digits, *others = reversed(language(code).digit_choices)
        visit.go(path(slug, code, digits))
        wrong += [f"{code}, {digits}: {one}" for one in looked_over(visit, code, digits)]
        for digits in others:
            before = visit.page.url
            visit.page.locator(".st-key-switches button").filter(has_text=SAMPLES[digits]).click()
            visit.page.wait_for_url(lambda url, old=before: url != old)  # the address names the digits
            visit.settle()
            wrong += [f"{code}, {digits}: {one}" for one in looked_over(visit, code, digits)]
        visit.page.emulate_media(color_scheme="dark")
        visit.settle()
        assert visit.page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
        wrong += [f"{code}, phone, dark: {one}" for one in visit.violations()]
        visit.page.emulate_media(color_scheme="light")
        visit.page.set_viewport_size(LAPTOP)
        visit.settle()
        assert visit.page.locator("[data-testid=stSidebar]").bounding_box()["width"] > 100, (
            "the menu stands beside the page"
        )
        wrong += [f"{code}, laptop, light: {one}" for one in visit.violations()]
        wrong += visit.problems
    assert not wrong, "\n".join(wrong)


def looked_over(visit, code: str, digits: str) -> list[str]:
    """Return what is wrong with a page on a phone."""
    page, wrong = visit.page, []
    root = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    if root != [code, language(code).direction]:
        wrong.append(f"<html lang dir> is {root}")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        wrong.append("the page scrolls sideways at 360 px")
    wide = page.evaluate("""() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e =>
        e.checkVisibility() && !e.closest('.tf-scroll,pre,svg,[style*="clip"]') && e.getBoundingClientRect().width > 0
        && (e.getBoundingClientRect().right > innerWidth + 2 || e.getBoundingClientRect().left < -2)
        && getComputedStyle(e).position !== 'absolute').map(e => e.className.toString().slice(0, 60)).slice(0, 5)""")
    if wide:
        wrong.append(f"sticks out at 360 px: {wide}")
    if page.locator(NEVER_DRAWN).count():
        wrong.append("a part never says that it is there: the page's first text stays eight seconds longer")
    seen = visit.texts()
    wrong += [f"digit of another set: {text}" for text in strange_digits(seen, digits)]
    if code != "en":
        wrong += [f"English in sight: {word}" for word in english_left(seen)]
        wrong += [f"English spoken: {word}" for word in english_left(visit.spoken())]
        # eSpeak's Arabic voice does not say the sign: percent is spelled where only a voice reads
        names = page.evaluate("""() => [...document.querySelectorAll('[aria-label], img[alt]')]
            .flatMap(e => [e.getAttribute('aria-label'), e.getAttribute('alt')]).filter(Boolean)""")
        wrong += [f"percent is a sign: {text}" for text in names if "%" in text or "٪" in text]
    fonts = [url.rsplit("/", 1)[-1] for url in visit.requests if ".woff" in url]
    return wrong + [
        f"a font that costs a phone for nothing: {name}" for name in fonts if not name.startswith(OUR_FONTS)
    ]


@pytest.mark.parametrize("browser_language", ["ar", "fa-IR", "en-US"])
@pytest.mark.parametrize("app_language", ["ar", "fa", "en"])
def test_the_app_language_wins_over_the_browsers(browser, app_url, app_language, browser_language):
    """Sidebar side, slider track, thumb and arrow keys follow the app, whatever the browser speaks."""
    rtl = language(app_language).direction == "rtl"
    with visiting(browser, app_url, locale=browser_language) as visit:
        page = visit.go(f"stage_conversion?view=fields&lang={app_language}")
        sidebar = page.locator("[data-testid=stSidebar]").bounding_box()
        assert (sidebar["x"] > 600) == rtl, f"the sidebar is on the wrong side: {sidebar}"
        slider = page.locator("[data-testid=stSlider] input[type=range]").nth(1)
        before = float(slider.input_value())
        slider.focus()
        page.keyboard.press("ArrowLeft")
        visit.settle()
        after = float(slider.input_value())
        assert (after > before) == rtl, f"ArrowLeft went from {before} to {after}"
        row = page.locator("[data-testid=stSlider]").nth(1)
        track, place = row.bounding_box(), row.locator("[data-testid=stSliderThumbValue]").bounding_box()
        near_end = place["x"] + place["width"] / 2 > track["x"] + track["width"] / 2
        assert near_end == rtl, "a rate of 6% has its thumb near the reading side"
        assert not visit.problems


@pytest.mark.parametrize(
    ("accept", "code"), [("fa-IR,fa;q=0.9", "fa"), ("ar-EG,en;q=0.5", "ar"), ("de-DE,de", "en"), ("en", "en")]
)
def test_the_very_first_response_has_language_and_direction(app_url, accept, code):
    import urllib.request

    for slug in ("", "stage_conversion"):
        request = urllib.request.Request(
            f"{app_url}/{slug}", headers={"Accept": "text/html", "Accept-Language": accept}
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            page = response.read().decode()
            assert response.headers["Content-Language"] == code
        assert f'<html lang="{code}" dir="{language(code).direction}"' in page


def test_nothing_moves_from_one_side_to_the_other_while_a_persian_page_loads(browser, app_url):
    """Sample direction and sidebar at every frame of the first load."""
    sample = """() => { window.seen = new Set(); const look = () => {
        const s = document.querySelector('[data-testid=stSidebar]');
        window.seen.add(document.documentElement.dir + (s ? (s.getBoundingClientRect().x > 400 ? ' right' : ' left') : ''));
        requestAnimationFrame(look); }; look(); }"""
    with visiting(browser, app_url, locale="fa-IR", own=True) as visit:
        visit.page.add_init_script(f"({sample})()")
        visit.go("")
        assert set(visit.page.evaluate("[...window.seen]")) <= {"", "rtl", "rtl right"}, visit.page.evaluate(
            "[...window.seen]"
        )
