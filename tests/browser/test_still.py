"""A page before the app has arrived, and how the app takes its place: what is read stays where it is."""

from __future__ import annotations

import re

import pytest

from tests.browser.visit import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("still")]
PHONE = {"width": 390, "height": 800}
LAPTOP = {"width": 1280, "height": 900}
LESSON = "what-a-funnel-is"
TAKEN = "performance.getEntriesByName('rtl-taken-over').length"

#: What is read of a page, block by block: paragraphs, list items, headings, terms.
READ = """(where) => [...document.querySelectorAll(
    where + ' :is(h1, .tf-prose :is(h2, h3, .tf-p, li), .tf-lead, .tf-aims li, dt, dd > p)')]
  .map((one) => one.textContent.replace(/\\s+/g, ' ').trim()).filter(Boolean)"""
SHIFTS = """window.shifts = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value;
}).observe({type: 'layout-shift', buffered: true})"""
PLACES = """(where) => Object.fromEntries([...document.querySelectorAll(where + ' :is(.tf-prose .tf-p, .tf-prose h2)')]
  .map((one) => [one.textContent.slice(0, 60), Math.round(one.getBoundingClientRect().top)]))"""


def taken_over(page) -> None:
    """Wait until the app has taken the page's place."""
    for _ in range(600):
        if page.evaluate(TAKEN):
            return
        page.wait_for_timeout(100)
    raise TimeoutError("the app never took over")


@pytest.fixture
def slow(browser):
    """Open a page whose server is as slow as a phone's network: the app comes seconds after the text."""
    contexts = []

    def open_(address: str, size: dict, **options):
        context = browser.new_context(viewport=size, **options)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(SHIFTS)
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 150, "downloadThroughput": 250_000, "uploadThroughput": 100_000},
        )
        page.goto(address, wait_until="commit")
        page.wait_for_selector("#rtl-still h1")
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_the_app_takes_over_without_a_jump(slow, app_url, size):
    page = slow(f"{app_url}/{LESSON}?lang=fa", size)
    page.wait_for_selector("#rtl-still main .tf-onward, #rtl-still .tf-go", state="attached")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)  # our letters are there: they are narrower than those of before
    term = page.locator("#rtl-still .tf-prose .tf-term > summary").nth(4)
    term.click()  # with a hand: what moves for it is no jump
    term.evaluate("(term) => { term.scrollIntoView({block: 'center'}); term.focus({preventScroll: true}); }")
    page.wait_for_timeout(300)
    before = {text: top for text, top in page.evaluate(PLACES, "#rtl-still").items() if 80 < top < size["height"] - 80}
    term = page.evaluate("document.activeElement.textContent")
    read = page.evaluate(READ, "#rtl-still")
    assert not page.evaluate(TAKEN)
    assert before
    taken_over(page)
    page.wait_for_timeout(500)
    after = page.evaluate(PLACES, "[data-testid=stMain]")
    first = next(iter(before))
    assert abs(after[first] - before[first]) <= 4, "what was read first is where it was"
    assert all(abs(after[text] - top) <= 60 for text, top in before.items())
    assert page.evaluate("document.activeElement.textContent") == term
    assert page.evaluate("document.activeElement.parentElement.open")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")
    assert page.evaluate("shifts") <= 0.02
    there = page.evaluate(READ, "[data-testid=stMain]")
    assert [one for one in read if one in there] == [one for one in there if one in read], (
        "the same words in the same order"
    )
    missing = [one for one in there if one not in read]
    assert len(missing) <= 4, missing  # the question that is open has its words in the app's own order


def test_nobody_is_interrupted(slow, app_url):
    page = slow(f"{app_url}/about?lang=en", PHONE)
    page.evaluate("""() => {
      const range = document.createRange();
      range.selectNodeContents(document.querySelector('#rtl-still .tf-p'));
      getSelection().addRange(range);
    }""")
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", state="attached", timeout=60_000)
    page.wait_for_timeout(1500)
    assert not page.evaluate(TAKEN), "what is marked to be copied stays marked"
    page.evaluate("getSelection().removeAllRanges()")
    taken_over(page)
    assert page.locator("#rtl-still").count() == 0


@pytest.mark.parametrize(("path", "code"), [("", "ar"), (LESSON, "fa"), ("glossary", "en"), ("money", "ar")])
def test_a_page_without_scripts_is_read_and_leads_on(browser, app_url, path, code):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto(f"{app_url}/{path}?lang={code}")
        assert page.locator("h1").count() == 1
        assert page.locator(".rtl-noscript").is_visible()
        assert not page.locator("#root").is_visible()
        assert page.locator("html").get_attribute("dir") == ("ltr" if code == "en" else "rtl")
        links = page.locator("#rtl-still main a[data-inside]").all()
        assert links or path in ("about",)
        page.locator(".tf-menu a[href=course]").click()
        page.wait_for_selector("h1")
        assert page.url.endswith("/course")
    finally:
        context.close()


def test_without_a_connection_the_text_stays_and_says_what_is_missing(browser, app_url):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.route_web_socket(re.compile("_stcore/stream"), lambda socket: socket.close())
    try:
        page.goto(f"{app_url}/{LESSON}?lang=fa")
        page.wait_for_selector(".rtl-late:visible", timeout=30_000)
        assert page.locator("#rtl-still h1").is_visible()
        assert page.locator("[data-testid=stDialog]:visible").count() == 0
    finally:
        context.close()


@pytest.mark.parametrize("code", ["fa", "en"])
def test_the_text_is_accessible(browser, app_url, code):
    for path in ("", LESSON, "glossary"):
        context = browser.new_context(viewport=PHONE)
        page = context.new_page()
        page.route("**/static/js/*", lambda route: route.abort())
        try:
            page.goto(f"{app_url}/{path}?lang={code}")
            assert not Visit(page, app_url).violations("#rtl-still")
        finally:
            context.close()
