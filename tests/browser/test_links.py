"""Every kind of link inside the app: nothing is loaded anew, what was typed is still there, Back and forward work."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from course import library
from i18n.languages import language, languages
from i18n.numbers import numbers
from tests.browser.visit import READY, visiting
from ui.learn.glossary import anchor

pytestmark = pytest.mark.browser
CODES = [one.code for one in languages()]
LESSONS = [one.slug for one in library.lessons()]
ONE, TWO = LESSONS[:2]
PHONE = {
    "size": {"width": 390, "height": 844},
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
    "has_touch": True,
    "is_mobile": True,
}
MENU = "[data-testid=stSidebarNavLink][href$='{}']"
# Each kind of link: the page on which it stands, the link, and where it leads: a page, "#" an anchor, "?" a view.
KINDS = {
    "a lesson, at a calculator's foot": ("target_planner", "section.tf-prose p a", "measuring-a-funnel"),
    "a term of a calculator": ("target_planner", ".tf-term .tf-told a", "glossary#*"),
    "a term in a lesson": (ONE, ".tf-prose .tf-term .tf-told a", "glossary#*"),
    "a source's mark": (ONE, "a.tf-source", "sources#*"),
    "a lesson, of the glossary": ("glossary", ".tf-glossary dd a", "*"),
    "a lesson, of the course": ("course", f".tf-course a[href='{TWO}']", TWO),
    "where the learner was": ("course", ".st-key-onward a", "*"),
    "the next lesson": (ONE, ".st-key-lesson-onward a >> nth=1", TWO),
    "the lesson before": (TWO, ".st-key-lesson-onward a >> nth=0", ONE),
    "all lessons": (TWO, ".st-key-lesson-onward a >> nth=1", "course"),
    "home's way to learn": ("", ".tf-way-card >> nth=0", "*"),
    "home's way to teach": ("", ".tf-way-card >> nth=1", "teach"),
    "a page that was found": ("glossary", ".tf-letters a >> nth=3", "glossary#*"),
    "a calculator, on the home page": ("", ".tf-laboratory a[href=money]", "money"),
    "the menu": (ONE, MENU.format("/about"), "about"),
    "home, by the menu": ("about", "[data-testid=stSidebarNavLink] >> nth=0", ""),
    "a calculator, of the documents": ("documents", ".st-key-files-data a.tf-go", "*"),
    "with these numbers": (ONE, f".st-key-open-{ONE} button", "*"),
    "a lesson to print": (ONE, ".tf-do-print", f"{ONE}?view=print"),
    "a lesson to present": (ONE, ".tf-do-present", f"{ONE}?view=present"),
}
IN_EACH_LANGUAGE = [
    "a lesson, at a calculator's foot",
    "a source's mark",
    "a term in a lesson",
    "the next lesson",
    "a lesson to print",
]
AT = "location.pathname.split('/').pop()"
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"


def until(page: Page, expression: str, expected=True, seconds: float = 20) -> None:
    """Wait until an expression has a value; Playwright's own waiting needs ``eval``, which our policy refuses."""
    found = None
    for _ in range(int(seconds * 20)):
        if (found := page.evaluate(expression)) == expected:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{expression} is {found!r}, not {expected!r}; at {page.url}")


def arrived(page: Page, slug: str, code: str) -> None:
    """Wait until a page is there, by its own marker, and the address says so."""
    marker = f"document.querySelector('[data-rtl-page=\"{slug}\"]')"
    until(page, f"{AT} === '{slug}' && !!{marker} && location.search.includes('lang={code}')")
    page.wait_for_selector("h1:visible", timeout=20_000)
    page.wait_for_selector(READY, timeout=20_000)


def follow(page: Page, address: str, code: str) -> None:
    """Go to a page of the app by a link put there for the test: lessons are not in the menu."""
    page.evaluate(
        """(to) => { const a = document.createElement('a'); a.href = to || './'; a.dataset.inside = '';
        document.body.append(a); a.click(); a.remove(); }""",
        address,
    )
    arrived(page, address, code)


def field(page: Page):
    return page.locator(".st-key-editor input[type=text], .stTextInput input").nth(0)


def typed(visit, code: str) -> Page:
    """Open the target planner and set its target, without Enter; `window.same` would not outlive a reload."""
    page = visit.go(f"target_planner?lang={code}")
    page.evaluate("window.same = true")
    field(page).fill(numbers(code).count(777))
    return page


def kept(page: Page, code: str) -> None:
    """Assert that the target is still the one that was typed, that it can be taken back and that it can be done again."""
    if page.evaluate(AT) != "target_planner":
        page.locator(MENU.format("/target_planner")).click()
        arrived(page, "target_planner", code)
    for button, said in ((None, 777), ("undo", 150), ("redo", 777)):
        if button:
            page.locator(f".st-key-{button} button").click()
        until(page, "document.querySelector('.stTextInput input')?.value", numbers(code).count(said))


def leads(page: Page, code: str, kind: str) -> None:
    """Follow a link, and go back; for some, forward too."""
    start, selector, target = KINDS[kind]
    path, _, anchor = target.partition("?")[0].partition("#")
    view = target.partition("?")[2]
    if page.evaluate(AT) != start or "view=" in page.url:
        follow(page, start, code)
    link = page.locator(selector).first
    link.wait_for(state="attached", timeout=20_000)
    if "tf-told" in selector:
        page.locator(".tf-term summary").first.click()
    href = link.get_attribute("href") or "stage_conversion"  # a button
    path = href if path == "*" else path
    named = href.partition("#")[2] if anchor else ""
    length = page.evaluate("history.length")
    link.click()
    arrived(page, path, code)
    if view:
        until(page, f"location.search.includes({view!r})")
        page.locator({"view=print": ".st-key-sheet", "view=present": ".tf-show"}[view]).wait_for()
    elif named:
        until(page, "document.activeElement.id", named)
        box = page.locator(f"[id='{named}']").bounding_box()
        assert 0 <= box["y"] < page.viewport_size["height"] - 20, f"{kind}: {named} is out of sight"
    else:
        until(page, f"document.activeElement.tagName === 'H1' && {TOP} === 0")
    assert page.evaluate("history.length") <= length + 1, kind
    page.go_back()
    arrived(page, start, code)
    until(page, "!location.search.includes('view=')")
    if kind in IN_EACH_LANGUAGE:
        page.go_forward()
        arrived(page, path, code)
        if view:
            until(page, f"location.search.includes({view!r})")
        page.go_back()
        arrived(page, start, code)
    if view:
        page.locator(".tf-do-print").wait_for()
    assert page.evaluate("window.same"), f"{kind}: the app was loaded anew"


@pytest.mark.parametrize("code", CODES)
def test_each_kind_of_link_keeps_what_was_typed(browser, app_url, code):
    with visiting(browser, app_url, size={"width": 1280, "height": 720}) as visit:
        page = typed(visit, code)
        for kind in KINDS if code == "fa" else IN_EACH_LANGUAGE:
            leads(page, code, kind)
        kept(page, code)
        page.go_back()  # from where the menu was used, and on to where all began
        page.wait_for_selector(READY)
        assert page.evaluate("window.same")
        assert not visit.problems


def test_what_was_typed_is_there_after_back(browser, app_url):
    with visiting(browser, app_url) as visit:
        page = typed(visit, "en")
        page.locator("section.tf-prose p a").first.click()
        arrived(page, "measuring-a-funnel", "en")
        page.go_back()
        arrived(page, "target_planner", "en")
        assert "target=777" in page.url
        kept(page, "en")
        assert page.evaluate("window.same")


def test_a_lesson_is_left_by_the_way_that_one_came(browser, app_url):
    """Esc in a presentation goes back, so that the next Back is not one into it again."""
    with visiting(browser, app_url) as visit:
        page = visit.go("course?lang=en")
        page.locator(f".tf-course a[href='{ONE}']").click()
        arrived(page, ONE, "en")
        page.locator(".tf-do-present").click()
        page.locator(".tf-show").wait_for()
        until(page, "location.search.includes('view=present')")
        assert page.evaluate("!!document.fullscreenElement")
        page.keyboard.press("q")
        page.locator(".tf-do-present").wait_for()
        until(page, "!location.search.includes('view=') && !document.fullscreenElement")
        page.go_forward()
        page.locator(".tf-show").wait_for()
        page.go_back()
        page.locator(".tf-do-present").wait_for()
        page.go_back()
        arrived(page, "course", "en")
        assert not visit.problems


def test_several_sources_of_a_claim_are_as_many_links(browser, app_url):
    slug, keys = next(
        (slug, re.split(r",\s*", hit[1]))
        for slug in LESSONS
        for block in library.lesson_text("en", slug).blocks
        if block.kind == "text" and (hit := re.search(r"\{(R\d\d,[^|}]*)\|", block.text))
    )
    with visiting(browser, app_url) as visit:
        page = visit.go(f"{slug}?lang=en")
        for key in keys:
            page.locator(f"a.tf-source[href='sources#{key}']").first.click()
            arrived(page, "sources", "en")
            until(page, "document.activeElement.id", key)
            page.go_back()
            arrived(page, slug, "en")


def test_every_anchor_is_on_its_page(browser, app_url):
    """Streamlit drops ids that name a property of documents or forms, such as "target"."""
    with visiting(browser, app_url) as visit:
        page = visit.go("glossary?lang=en")
        there = set(page.evaluate("[...document.querySelectorAll('.tf-glossary dt')].map((e) => e.id)"))
        assert there == {anchor(key) for key in library.glossary("en")}
        page = visit.go("sources?lang=en")
        there = set(page.evaluate("[...document.querySelectorAll('.tf-references li')].map((e) => e.id)"))
        assert there == set(library.syllabus().sources)


@pytest.mark.parametrize("code", CODES)
def test_a_links_address_works_without_the_app(browser, app_url, code):
    with visiting(browser, app_url) as visit:
        key = next(iter(library.syllabus().sources))
        page = visit.go(f"sources?lang={code}#{key}")
        until(page, "document.activeElement.id", key)
        assert page.locator("h1").count() == 1
        page.goto(f"{app_url}/{ONE}?view=print")
        page.locator(".st-key-sheet").wait_for(timeout=20_000)
        with page.context.expect_page() as opened:
            page.locator(".tf-do-lesson").click(modifiers=["Control"])
        opened.value.locator(".tf-do-print").wait_for(timeout=20_000)
        assert page.locator(".st-key-sheet").is_visible()


@pytest.mark.parametrize("code", CODES)
def test_on_a_phone_the_menu_does_not_lie_over_the_next_page(browser, app_url, code):
    with visiting(browser, app_url, **PHONE) as visit:
        page = visit.go(f"?lang={code}")
        for selector, path in ((".tf-laboratory a[href=money]", "money"), ("section.tf-prose p a >> nth=0", "*")):
            link = page.locator(selector)
            path = link.get_attribute("href") if path == "*" else path
            link.tap()
            arrived(page, path, code)
            page.wait_for_timeout(500)  # the menu slides
            over = "document.elementFromPoint(195, 500).closest('[data-testid=stSidebar]')"
            assert page.evaluate(f"{over} === null"), f"the menu lies over {path}"
        assert language(code).code == page.evaluate("document.documentElement.lang")
