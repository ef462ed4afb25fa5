"""Each trick of `rtl` in a real browser; a test's name says which of Streamlit's internals it leans on.

After a Streamlit upgrade, the failing names here are the list of what changed.
"""

import re

import pytest

from tests.rtl.browser import Gallery, middle

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("rtl")]
RIGHT_TO_LEFT = ["fa", "ar"]


# --- the page ---------------------------------------------------------------------------------------------------------


def test_index_html_is_rewritten_before_the_first_script(browser, address):
    context = browser.new_context(java_script_enabled=False, locale="fa-IR")
    page = context.new_page()
    page.goto(address)
    assert (page.locator("html").get_attribute("lang"), page.locator("html").get_attribute("dir")) == ("fa", "rtl")
    assert page.title() == "Gallery fa"
    assert page.locator(".rtl-splash").text_content() == "Gallery fa"
    context.close()


def test_nothing_comes_from_another_host_nor_streamlits_text_and_icon_fonts(opened, address):
    requests = opened["fa"].requests
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    assert not any("SourceSans" in url for url in requests)
    assert opened["fa"].run("document.fonts.check('16px Vazirmatn', 'قیف')")


def test_material_symbols_are_drawn_as_icons_and_not_as_their_names(opened):
    names = ["stExpandSidebarButton", "stExpanderIcon", "stIconMaterial"]
    wide = opened["fa"].run(
        f"""{names}.flatMap((id) => [...document.querySelectorAll(`[data-testid=${{id}}]`)])
        .filter((e) => e.innerText.length > 2 && e.scrollWidth > 30).map((e) => e.innerText)"""
    )
    assert wide == []


def test_the_font_covers_what_the_three_languages_write(opened):
    faces = opened["fa"].run("[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family)")
    assert {face.strip('"') for face in faces} >= {"Vazirmatn", "Material Symbols Rounded"}


# --- emotion ----------------------------------------------------------------------------------------------------------


def test_emotion_writes_css_with_insertrule_so_text_starts_at_the_reading_side(opened):
    for lang, gallery in opened.items():
        assert gallery.style("h1", "textAlign") == "start", lang
        title, block = gallery.box("h1 span"), gallery.box("[data-testid=stMainBlockContainer]")
        assert (middle(title) > middle(block)) == (lang != "en")


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_emotion_four_value_margins_become_logical_so_lists_are_indented_at_their_start(opened, lang):
    block, item = opened[lang].box(".stMarkdown ol"), opened[lang].box(".stMarkdown li")
    assert item["x"] + item["width"] < block["x"] + block["width"] - 10
    assert item["x"] - block["x"] < 10


def test_emotion_radii_become_logical_so_segments_are_rounded_outside(opened):
    for lang, gallery in opened.items():
        first = ".stButtonGroup button"
        start, end = ("Right", "Left") if lang != "en" else ("Left", "Right")
        assert gallery.style(first, f"borderTop{start}Radius") != "0px", lang
        assert gallery.style(first, f"borderTop{end}Radius") == "0px", lang


# --- React Aria -------------------------------------------------------------------------------------------------------


def check_arrows(gallery: Gallery, step: int) -> None:
    """The left arrow moves the thumb to the left and changes the value by `step`; the up arrow adds."""
    before, thumb = gallery.value(), middle(gallery.box("[data-testid=stSliderThumbValue]"))
    gallery.slider().focus()
    gallery.page.keyboard.press("ArrowLeft")
    assert gallery.value() == before + step
    assert middle(gallery.box("[data-testid=stSliderThumbValue]")) < thumb
    gallery.page.keyboard.press("ArrowUp")
    assert gallery.value() == before + step + 1


@pytest.mark.parametrize(("lang", "step"), [("fa", 1), ("ar", 1), ("en", -1)])
def test_react_aria_reads_its_symbol_so_the_left_arrow_moves_left(opened, lang, step):
    check_arrows(opened[lang], step)


@pytest.mark.parametrize(("locale", "lang", "step"), [("fa-IR", "en", -1), ("ar", "fa", 1)])
def test_react_aria_reads_its_symbol_and_not_the_browsers_language(browser, address, locale, lang, step):
    gallery = Gallery(browser, address, locale).open(f"lang={lang}")
    check_arrows(gallery, step)
    gallery.context.close()


def test_react_aria_mirrors_the_click_on_a_slider(played):
    track = played.box(".stSlider [role=group] > div")
    played.page.mouse.click(track["x"] + track["width"] * 0.25, track["y"] + track["height"] / 2)
    assert 70 <= played.value() <= 80


@pytest.mark.parametrize(
    ("query", "digits", "percent"),
    [
        ("lang=fa", "۰۱۲۳۴۵۶۷۸۹", "۲۵٪"),
        ("lang=ar", "0123456789", "25%"),
        ("lang=en", "0123456789", "25%"),
        ("lang=fa&digits=latn", "0123456789", "25%"),
        ("lang=ar&digits=arab", "٠١٢٣٤٥٦٧٨٩", "٢٥٪"),
    ],
)
def test_streamlit_formats_with_navigator_languages_so_slider_numbers_are_real_digits(
    opened, browser, address, query, digits, percent
):
    gallery = opened[query[-2:]] if len(query) == 7 else Gallery(browser, address).open(query)
    texts = [*gallery.page.get_by_test_id("stSliderThumbValue").all_inner_texts()[:2]]
    texts += [gallery.slider().get_attribute("aria-valuetext")]
    texts += gallery.page.get_by_test_id("stSliderTickBar").first.inner_text().split()
    value = str(gallery.value()).translate(str.maketrans("0123456789", digits))
    found = [re.sub("[\u200e\u200f\u061c]", "", text) for text in texts]
    assert found == [value, percent, value, digits[0], digits[1] + digits[0] * 2]
    if len(query) > 7:
        gallery.context.close()


# --- mirrored by rtl.css ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_the_sliders_gradient_is_filled_from_the_reading_side(opened, lang):
    track = ".stSlider [role=group] > div > div:first-child"
    assert opened[lang].style(track, "scale") == "-1 1"
    assert opened["en"].style(track, "scale") == "none"
    assert "gradient" in opened[lang].style(track, "backgroundImage")


def test_the_values_of_a_range_slider_stay_over_their_thumbs(opened):
    for lang, gallery in opened.items():
        pairs = (
            gallery.page.locator(".stSlider")
            .nth(2)
            .get_by_test_id("stSliderThumbValue")
            .evaluate_all(
                """(values) => values.map((value) => {
              const thumb = value.parentElement.getBoundingClientRect(), box = value.getBoundingClientRect();
              return Math.abs(box.x + box.width / 2 - thumb.x - thumb.width / 2); })"""
            )
        )
        assert len(pairs) == 2, lang
        assert max(pairs) < 6, lang


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_sidebar_slides_out_on_the_reading_side_and_comes_back(opened, lang):
    gallery, page = opened[lang], opened[lang].page
    assert (gallery.box(".stSidebar")["x"] > 600) == (lang != "en")
    page.get_by_test_id("stSidebar").hover()
    page.get_by_label(re.compile("Collapse sidebar")).click()
    check_sidebar_comes_back(gallery, 1280, lang != "en")


def test_the_sidebar_of_a_phone_opens_on_the_reading_side(browser, address):
    gallery = Gallery(browser, address, viewport={"width": 390, "height": 800}).open("lang=ar")
    check_sidebar_comes_back(gallery, 390, True)
    gallery.context.close()


def check_sidebar_comes_back(gallery: Gallery, width: int, right: bool) -> None:
    """The button that opens the closed sidebar can be reached, and the page is not wider than the screen."""
    opener = gallery.page.get_by_test_id("stExpandSidebarButton")
    opener.wait_for()
    gallery.page.wait_for_timeout(400)  # the slide
    assert (middle(opener.bounding_box()) > width / 2) == right
    assert gallery.run("document.documentElement.scrollWidth") <= width
    opener.click()
    gallery.page.wait_for_timeout(400)
    side = gallery.box(".stSidebar")
    assert side["x"] >= -1
    assert side["x"] + side["width"] <= width + 1
    assert (middle(side) > width / 2) == right


def test_the_toggles_knob_stays_inside_its_track(opened):
    for lang, gallery in opened.items():
        worst = gallery.run("""Math.max(...[...document.querySelectorAll(
            '.stCheckbox label:has([role=switch])')].map((label) => {
            const track = label.querySelector(':scope > span + div').getBoundingClientRect();
            const knob = label.querySelector(':scope > span + div > div').getBoundingClientRect();
            return Math.max(track.left - knob.left, knob.right - track.right); }))""")
        assert worst <= 1, lang


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_progress_fills_from_the_reading_side(opened, lang):
    assert opened[lang].style("[data-testid=stProgressBarTrack]", "scale") == "-1 1"


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_select_pop_ups_are_hard_wired_to_ltr_and_are_turned(opened, lang):
    page = opened[lang].page
    page.locator(".stSelectbox input").click()
    option = page.get_by_role("option").first
    option.wait_for()
    assert option.evaluate("e => getComputedStyle(e).direction") == "rtl"
    page.keyboard.press("Escape")


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_times_dates_and_deltas_keep_their_order(opened, lang):
    gallery = opened[lang]
    segments = gallery.run("""[...document.querySelectorAll('.stTimeInput [role=spinbutton]')]
        .map((e) => e.getBoundingClientRect().x)""")
    assert segments == sorted(segments)  # 09:30 and not 30:09
    assert len(segments) >= 2
    assert gallery.style("[data-testid=stMetricDelta] p", "direction") == "ltr"  # -3.5% and not 3.5%-
    assert gallery.page.get_by_test_id("stMetricDelta").first.inner_text().strip().endswith("-3.5%")


@pytest.mark.parametrize("lang", RIGHT_TO_LEFT)
def test_code_formulas_and_charts_stay_left_to_right(opened, lang):
    for island in ("pre", ".katex", ".stVegaLiteChart"):
        assert opened[lang].style(island, "direction") == "ltr"
    assert opened[lang].style(".stVegaLiteChart svg text", "unicodeBidi") == "plaintext"


def test_tables_and_lists_follow_the_language(opened):
    assert opened["fa"].style(".stTable td", "textAlign") in ("start", "right")
    assert opened["fa"].style(".stMarkdown ol", "listStyleType") == "persian"
    assert opened["ar"].style(".stMarkdown ol", "listStyleType") == "decimal"  # Arabic with Latin digits
    header = opened["fa"].page.locator(".stMarkdown th")
    assert header.nth(0).bounding_box()["x"] > header.nth(1).bounding_box()["x"]


def test_number_inputs_take_persian_and_arabic_digits(played):
    field = played.page.locator(".stNumberInput input")
    field.fill("")
    field.press_sequentially("۱٢٫5")
    assert field.input_value() == "12.5"
