"""The marker and the words in a real browser: language, address bar and Streamlit's English at run time."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("rtl")]


# --- the marker -------------------------------------------------------------------------------------------------------


def test_st_html_keeps_data_attributes_so_the_marker_switches_language_without_reload(fresh):
    page = fresh.open("lang=fa").page
    fresh.run("window.same = true")
    length = fresh.run("history.length")
    for lang, direction in (("en", "ltr"), ("ar", "rtl"), ("fa", "rtl")):
        fresh.pick(lang)
        assert fresh.run("[document.documentElement.dir, navigator.language.slice(0, 2)]") == [direction, lang]
        fresh.wait(f"location.search.includes('lang={lang}') && document.cookie.includes('lang={lang}')")
        assert (fresh.box(".stSidebar")["x"] > 600) == (direction == "rtl")
    assert fresh.run("[window.same, history.length]") == [True, length]
    marker = page.locator(".stElementContainer:has(> .stHtml > [data-rtl-lang])")
    assert marker.count() == 1
    assert not marker.is_visible()
    fresh.slider().focus()
    before = fresh.value()
    page.keyboard.press("ArrowLeft")
    assert fresh.value() == before + 1  # React Aria followed


def test_streamlit_keeps_our_replaced_query_through_navigation_back_and_reload(fresh):
    page = fresh.open("lang=fa&n=35").page
    length = fresh.run("history.length")
    fresh.slider().focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    fresh.wait("location.search === '?v=1&lang=fa&digits=arabext&n=38'")
    page.get_by_test_id("stSidebarNavLink").nth(1).click()
    fresh.wait("location.pathname === '/second' && location.search.endsWith('&n=38')")
    fresh.pick("en")
    fresh.wait("location.pathname === '/second' && location.search === '?v=1&lang=en&digits=latn&n=38'")
    page.go_back()
    fresh.wait("location.pathname === '/' && location.search === '?v=1&lang=en&digits=latn&n=38'")
    page.wait_for_selector(".stSlider")
    assert fresh.value() == 38
    assert fresh.run("history.length") == length + 1
    page.reload()
    page.wait_for_selector(".stSlider")
    assert fresh.value() == 38
    assert fresh.run("document.documentElement.lang") == "en"


def test_many_moves_stay_far_below_the_browsers_limit_of_address_changes(played):
    played.run("""(() => { window.writes = 0; const own = history.replaceState;
        history.replaceState(null, "", "?embed_options=light_theme");
        history.replaceState = function () { window.writes += 1; return own.apply(this, arguments); };
        const m = document.querySelector("[data-rtl-lang]");
        for (let i = 0; i < 300; i++) setTimeout(() => { m.dataset.rtlQuery = `lang=fa&n=${i % 90}`; }, i * 5); })()""")
    played.wait("location.search.startsWith('?lang=fa&n=29&')")
    played.page.wait_for_timeout(500)
    assert played.run("window.writes") <= 10
    assert played.page.url.endswith("?lang=fa&n=29&embed_options=light_theme")  # Streamlit's own parameters stay


def test_a_new_server_session_under_an_open_page_loads_the_address_again(played):
    played.run("""history.replaceState(null, "", "?lang=fa&n=44"); window.same = true;
        document.querySelector("[data-rtl-lang]").insertAdjacentHTML("afterend", `<div data-rtl-lang=fa
            data-rtl-digits=arabext data-rtl-query="n=1" data-rtl-page="" data-rtl-session=new></div>`)""")
    played.wait("window.same === undefined && document.querySelector('svg.marks')")
    assert played.value() == 44


# --- Streamlit's own words --------------------------------------------------------------------------------------------


def test_streamlits_words_are_translated_restored_and_ours_are_left_alone(played):
    page = played.page
    side, skip = page.get_by_test_id("stSidebar"), page.get_by_test_id("stSkipToContent")
    assert side.get_attribute("aria-label") == "«Sidebar»"
    assert skip.text_content() == "«Skip to main content»"
    assert page.locator("[aria-label='«Help for تعداد»']").count() == 1
    assert page.locator(".stSelectbox input").get_attribute("placeholder") == "«Choose an option»"
    assert page.locator("[aria-roledescription='«axis»']").count() == 2
    assert page.locator(".stVegaLiteChart").first.locator("text=«").count() == 0
    assert page.locator("#skipped").inner_text() == page.locator("#ours").inner_text() == "Sidebar"
    played.pick("en")
    assert side.get_attribute("aria-label") == "Sidebar"
    assert skip.text_content() == "Skip to main content"
    assert page.locator("[aria-label='Help for تعداد']").count() == 1
    played.pick("ar")
    assert side.get_attribute("aria-label") == "«Sidebar»"


def test_every_word_of_the_gallery_is_translated(opened):
    """What is still English here, Streamlit says in a way that rtl/words.py does not list."""
    known = re.compile(
        r"csv|CSV|AIDA|^n$|^s$|^(ar|fa|en)$|Sidebar|^(year|month|day), |Selected (Date|Time)|March|def f"
    )
    found = opened["fa"].run("""[...document.querySelectorAll('body *')].flatMap((e) => {
      if (e.closest('pre, code, style, script, noscript, .katex, [translate=no]')) return [];
      return [...['aria-label', 'title', 'placeholder', 'aria-roledescription', 'alt'].map((a) => e.getAttribute(a)),
        ...[...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.nodeValue)]
        .filter((s) => s && /[A-Za-z]{2}/.test(s) && !s.includes('«')); })""")
    assert [text for text in found if not known.search(text)] == []
