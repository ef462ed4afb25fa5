"""Links inside the app, in a real browser: a test's name says which of Streamlit's internals boot.js leans on.

After a Streamlit upgrade, the failing names here are the list of what changed.
"""

import pytest

from tests.rtl.browser import Gallery

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("rtl")]

PHONE = {
    "viewport": {"width": 390, "height": 800},
    "user_agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
    "has_touch": True,
    "is_mobile": True,
}
LAPTOP = {"viewport": {"width": 1280, "height": 720}}
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"


@pytest.fixture
def second(browser, address):
    """The gallery's second page, with links to a page that is not in the menu; `window.same` is lost by a reload."""
    gallery = Gallery(browser, address, **LAPTOP).open("lang=fa", path="second")
    gallery.page.locator("a[data-inside]").first.wait_for()
    gallery.run("window.same = true")
    yield gallery
    gallery.context.close()
    assert gallery.trouble == []


def link(gallery: Gallery, name: str):
    return gallery.page.get_by_role("link", name=name, exact=True)


def arrived(gallery: Gallery, path: str, title: str) -> None:
    gallery.page.locator("h1", has_text=title).wait_for(timeout=8000)
    gallery.wait(f"location.pathname === '/{path}' && location.search.includes('lang=fa')")
    gallery.idle()


def test_streamlits_router_listens_to_popstate_and_knows_hidden_pages_so_links_load_nothing(second):
    before = second.run("history.length")
    link(second, "3").click()
    arrived(second, "third", "صفحهٔ سوم")
    assert second.run("[window.same, history.length]") == [True, before + 1]
    second.page.go_back()
    arrived(second, "second", "صفحهٔ دوم")
    second.page.go_forward()
    arrived(second, "third", "صفحهٔ سوم")
    second.page.go_back()
    arrived(second, "second", "صفحهٔ دوم")
    link(second, "1").click()
    arrived(second, "", "عنوان صفحه")
    assert second.run("[window.same, history.length]") == [True, before + 1]


def test_streamlit_leaves_the_scroll_of_the_page_before_so_a_page_begins_at_its_top_or_at_the_anchor(second):
    link(second, "3b").click()
    arrived(second, "third", "صفحهٔ سوم")
    second.wait("document.activeElement.id === 'deep'")
    assert 0 <= second.box("#deep")["y"] < 720
    deep = second.run(TOP)
    assert deep > 3000
    second.page.get_by_test_id("stSidebarNavLink").nth(1).click()
    arrived(second, "second", "صفحهٔ دوم")
    second.wait("document.activeElement.tagName === 'H1'")
    link(second, "3").click()
    arrived(second, "third", "صفحهٔ سوم")
    second.wait(f"{TOP} === 0 && document.activeElement.tagName === 'H1'")
    second.run(f"{TOP} = 1234")
    second.page.get_by_test_id("stSidebarNavLink").first.click()
    arrived(second, "", "عنوان صفحه")
    second.wait(f"{TOP} === 0")
    second.page.go_back()
    arrived(second, "third", "صفحهٔ سوم")
    second.wait(f"{TOP} === 1234")  # where she was


def test_st_html_keeps_ids_so_a_plain_address_with_an_anchor_opens_there(browser, address):
    gallery = Gallery(browser, address, **LAPTOP).open("lang=fa", path="third")
    gallery.page.goto(f"{address}/third?lang=fa#deep")
    gallery.wait("document.activeElement.id === 'deep'")
    assert 0 <= gallery.box("#deep")["y"] < 720
    for strange in ("#%E0%A4%A", "#nowhere", "#'>\"["):
        gallery.page.goto("about:blank")
        gallery.page.goto(f"{address}/third?lang=fa{strange}")
        arrived(gallery, "third", "صفحهٔ سوم")
        assert gallery.run(TOP) == 0
    gallery.context.close()
    assert gallery.trouble == []


def test_streamlits_server_keeps_the_later_of_two_waiting_runs_so_a_link_waits_for_what_was_typed(second):
    page = second.page
    for text, way in (("یک", "3"), ("دو", "3b"), ("سه", "menu")):
        page.get_by_label("نام").fill(text)
        menu = page.get_by_test_id("stSidebarNavLink")
        (menu.first if way == "menu" else link(second, way)).click()  # no Enter: the field hears of it as it is left
        arrived(second, *(("", "عنوان صفحه") if way == "menu" else ("third", "صفحهٔ سوم")))
        menu.nth(1).click()
        arrived(second, "second", "صفحهٔ دوم")
        assert page.get_by_label("نام").input_value() == text
    assert second.run("window.same")


def test_st_switch_page_empties_the_query_in_a_step_of_its_own_that_is_none_for_back(second):
    before = second.run("history.length")
    second.page.get_by_role("button", name="switch").click()
    arrived(second, "third", "صفحهٔ سوم")
    assert second.run("[window.same, history.length]") == [True, before + 1]
    second.page.go_back()
    arrived(second, "second", "صفحهٔ دوم")


@pytest.mark.parametrize("key", ["Control", "Shift"])
def test_streamlits_menu_takes_clicks_with_a_key_held_so_they_are_kept_from_it(second, key):
    for one in (link(second, "3b"), second.page.get_by_test_id("stSidebarNavLink").first):
        with second.context.expect_page() as opened:
            one.click(modifiers=[key])
        opened.value.locator("h1").wait_for()
        opened.value.close()
    with second.context.expect_page() as opened:
        link(second, "3").click(button="middle")
    opened.value.close()
    second.page.wait_for_timeout(500)
    assert second.page.url.split("?")[0].endswith("/second")
    assert second.run("window.same")


def test_streamlits_menu_toggles_itself_on_a_phone_so_links_do_not_click_it(browser, address):
    gallery = Gallery(browser, address, **PHONE).open("lang=fa", path="second")
    gallery.run("window.same = true")
    link(gallery, "3").click()
    arrived(gallery, "third", "صفحهٔ سوم")
    gallery.page.wait_for_timeout(500)
    middle = "document.elementFromPoint(195, 400)"
    assert gallery.run(f"!{middle}.closest('[data-testid=stSidebar]') && !!{middle}.closest('[data-testid=stMain]')")
    gallery.page.go_back()
    arrived(gallery, "second", "صفحهٔ دوم")
    link(gallery, "1").click()
    arrived(gallery, "", "عنوان صفحه")
    gallery.page.wait_for_timeout(500)
    assert gallery.run(f"!{middle}.closest('[data-testid=stSidebar]')")
    gallery.context.close()
    assert gallery.trouble == []
