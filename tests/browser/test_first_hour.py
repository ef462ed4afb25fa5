"""The first hour: a student on a phone and a trainer with a room waiting, each way counted in acts, in every language."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlparse

import pytest
import zxingcpp
from PIL import Image

from course import library
from funnel.calculators import stage_conversion as model
from funnel.links import scenario
from i18n.languages import languages
from i18n.numbers import numbers
from tests.browser.visit import visiting

pytestmark = pytest.mark.browser
CODES = [one.code for one in languages()]
PHONE = {"width": 390, "height": 844}
ROOM = {"width": 1280, "height": 720}
LESSON_SIX = [one.slug for one in library.lessons()][5]
SHOP = {
    "en": ("The corner shop", ("Saw the page", "Asked the price", "Came by", "Bought")),
    "fa": ("فروشگاه عمو", ("بازدید پیج", "پرسیدن قیمت", "آمدن به مغازه", "خرید")),
    "ar": ("متجر الحي", ("زيارة الصفحة", "السؤال عن السعر", "القدوم إلى المتجر", "الشراء")),
}  # fmt: skip
PEOPLE = (5200, 860, 120, 31)


class Acts:
    """Count what a person does: each press, each choice, each field that is filled."""

    def __init__(self, visit) -> None:
        self.visit, self.page, self.done = visit, visit.page, 0

    def press(self, target) -> None:
        """Press something, and wait for what follows."""
        target.click()
        self.done += 1
        self.visit.settle()

    def fill(self, target, text: str) -> None:
        """Type into a field and leave it."""
        target.fill(text)
        target.press("Enter")
        self.done += 1
        self.visit.page.wait_for_selector(".tf-hand:not([data-waits])")
        self.visit.settle()


def inputs_of(url: str) -> model.Inputs:
    """Return the numbers that an address holds."""
    query = {name: values[0] for name, values in parse_qs(urlparse(url).query).items()}
    return scenario.decode(model.Inputs, query).inputs


def in_sight(page, selector: str) -> bool:
    """Say whether something begins above the lower edge of the screen, bars at that edge set aside."""
    return page.evaluate(
        """(selector) => { const bar = document.querySelector('.st-key-tools'), top = bar && getComputedStyle(bar.parentElement)
          .position === 'fixed' ? bar.getBoundingClientRect().top : innerHeight;
        const box = document.querySelector(selector)?.getBoundingClientRect();
        return !!box && box.height > 0 && box.top >= 0 && box.top < top; }""",
        selector,
    )


def decoded(page) -> list[str]:
    """Return what a phone reads from the picture of the screen."""
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))]


@pytest.mark.parametrize("code", CODES)
def test_a_student_enters_her_own_shop(browser, app_url, code):
    title, names = SHOP[code]
    with visiting(browser, app_url, size=PHONE) as visit:
        page, acts = visit.go(f"?lang={code}"), Acts(visit)
        assert in_sight(page, ".tf-hand-track"), "the funnel is on the first screen of the home page"
        acts.press(page.locator(".st-key-way-own button"))
        field = lambda key: page.locator(f'.tf-hand [data-id="{key}"]')  # noqa: E731
        for i, (name, count) in enumerate(zip(names, PEOPLE, strict=True)):
            if i == 3:
                acts.press(field("add-2"))
            acts.fill(field(f"name-{i}"), name)
            acts.fill(field(f"count-{i}"), numbers(code).count(count))
        assert acts.done <= 12
        mine = inputs_of(page.url)
        assert tuple(stage.name for stage in mine.stages) == names
        assert mine.now == PEOPLE
        assert mine.source == "own"
        assert set(mine.reference) == {None}
        assert mine.average_sale is None
        assert "%D" not in page.url, "names in any letters are short in the link"
        held = page.evaluate(
            "[...document.querySelectorAll('.tf-hand-grip')].map(e => e.getBoundingClientRect().x)"
        )  # five thousand and thirty-one: no two handles below the top lie on each other's edge
        edge = page.evaluate("(() => { const b = document.querySelector('.tf-hand-track').getBoundingClientRect(); "
                             "return document.dir === 'rtl' ? b.right : b.left; })()")  # fmt: skip
        assert all(abs(x - edge) > 10 for x in held[1:])
        # the client's name is asked for where the files are taken from
        page.locator("[class*=st-key-take-] button").first.click()
        name = page.locator("[class*=st-key-take-title] input")
        name.fill(title)
        name.press("Enter")
        visit.settle()
        assert inputs_of(page.url).title == title
        # tomorrow, at the plain address, in the same browser
        page.goto(f"{app_url}/?lang={code}")
        visit.settle()
        link = page.locator("a.tf-last")
        link.wait_for(timeout=20_000)
        link.click()
        visit.page.wait_for_url("**/stage_conversion**")
        visit.settle()
        assert inputs_of(page.url).now == PEOPLE
        assert not visit.problems


@pytest.mark.parametrize("slug", ["stage_conversion", "target_planner", "customer_value", "loyalty_loop", "pipeline"])
def test_the_figure_comes_first_on_a_phone(browser, app_url, slug):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(f"{slug}?lang=fa")
        assert in_sight(page, ".tf-hand-said, .tf-headline")
        assert in_sight(page, ".tf-hand-track, .tf-figure")
        small = page.evaluate(
            """[...document.querySelectorAll('.st-key-tools button')].filter(e => e.getBoundingClientRect().height < 44
               || e.getBoundingClientRect().width < 44).length"""
        )
        assert page.locator(".st-key-tools button").count() == 6
        assert small == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        kind = page.evaluate("[...document.querySelectorAll('[class*=st-key-field-] input')].map(e => e.inputMode)")
        assert set(kind) <= {"decimal"}, "a phone is asked for its keys of digits"


@pytest.mark.parametrize("path", ["stage_conversion", ""])
def test_the_page_stays_still_when_a_lower_handle_is_let_go(browser, app_url, path):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(f"{path}?lang=fa")
        grip = page.locator('.tf-hand [data-id="grip-3"]')
        grip.evaluate("e => e.scrollIntoView({block: 'center'})")
        page.wait_for_timeout(300)
        before = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
        assert before > 200
        box = grip.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] - 60, box["y"] + box["height"] / 2, steps=6)
        page.mouse.up()
        page.wait_for_selector(".tf-hand:not([data-waits])")
        visit.settle()
        assert abs(page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") - before) < 2


def test_a_what_if_flows_also_where_people_were_typed(browser, app_url):
    shop = model.Inputs("own", model.start("own").stages, "people", (5200, 860, 38), None, (None,) * 3)
    with visiting(browser, app_url, size=ROOM) as visit:
        page = visit.go("stage_conversion?lang=en&" + "&".join(f"{k}={v}" for k, v in scenario.encode(shop).items()))
        page.locator(".st-key-keep button").click()
        visit.settle()
        field = page.locator('.tf-hand [data-id="count-1"]')
        field.fill("1200")
        field.press("Enter")
        page.wait_for_selector(".tf-hand:not([data-waits])")
        visit.settle()
        found = model.compute(inputs_of(page.url)).difference
        assert found.changed_steps == (1,)
        assert round(found.final_relative, 3) == round(1200 / 860 - 1, 3)
        # who wants the people to stay is told what that does, and can let it flow
        stuck = model.set_value(model.keep_now(shop), "what_if", 1, 1200)
        page = visit.go("stage_conversion?lang=en&" + "&".join(f"{k}={v}" for k, v in scenario.encode(stuck).items()))
        page.locator('.tf-hand [data-id="flow"]').click()
        page.wait_for_selector(".tf-hand:not([data-waits])")
        visit.settle()
        assert model.compute(inputs_of(page.url)).difference.changed_steps == (1,)


@pytest.mark.parametrize("code", CODES)
def test_a_link_is_shown_to_a_room_and_copied_over_http(browser, app_url, code):
    names = SHOP[code][1]
    with visiting(browser, app_url, size=ROOM, own=True) as visit:
        page = visit.go(f"stage_conversion?lang={code}&v=1&from=own&basis=people&stages={'_'.join('~' + n for n in names)}"
                        "&now=5200_860_120_31&ref=-_-_-_-")  # fmt: skip
        page.locator("[class*=st-key-share-] button").first.click()
        link = page.locator(".tf-share-link")
        link.wait_for(timeout=20_000)
        whole = link.input_value()
        assert inputs_of(whole).stages == inputs_of(page.url).stages
        assert link.evaluate("e => e.scrollHeight <= e.clientHeight + 1 && e.scrollWidth <= e.clientWidth + 1")
        page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})")
        page.locator(".tf-share-main").click()
        page.wait_for_function(
            "() => document.querySelector('.tf-share [role=status]').textContent !== ''", polling=100
        )
        page.locator(".tf-share-act").last.click()
        page.locator(".tf-share-room").wait_for()
        page.wait_for_timeout(300)
        image = page.locator(".tf-share-room img").bounding_box()
        assert image["height"] >= 0.6 * ROOM["height"]
        assert image["y"] >= 0
        assert image["y"] + image["height"] <= ROOM["height"]
        assert decoded(page) == [whole]
        page.keyboard.press("Escape")
        page.locator(".tf-share-room").wait_for(state="detached")


@pytest.mark.parametrize("code", CODES)
def test_a_trainer_finds_handout_and_link_of_lesson_six(browser, app_url, code):
    with visiting(browser, app_url, size=ROOM) as visit:
        page, acts = visit.go(f"?lang={code}"), Acts(visit)
        acts.press(page.locator("a.tf-way-card[href=teach]"))
        page.locator(".st-key-lab, [data-testid=stSelectbox] input").first.wait_for()
        acts.press(page.locator("[data-testid=stSelectbox] [role=combobox], [data-testid=stSelectbox] input").first)
        acts.press(page.locator("[role=option]").nth(5))
        with page.expect_download(timeout=60_000) as got:
            page.locator(".st-key-teach-files button").first.click()
            acts.done += 1
        assert acts.done <= 4
        assert got.value.suggested_filename.endswith(".pdf")
        link = page.locator(".tf-share-link")
        assert urlparse(link.input_value()).path == f"/{LESSON_SIX}"
        assert not visit.problems


def test_everything_is_found_in_any_language_and_the_very_word_first(browser, app_url):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go("search?lang=fa")
        field = page.locator(".stTextInput input")
        for wanted, first in (("سرنخ", "سرنخ"), ("churn", "ریزش"), ("قيمة العميل", "مشتری")):
            field.fill(wanted)
            field.press("Enter")
            visit.settle()
            assert first in page.locator(".tf-cards b").first.inner_text(), wanted
        page.locator(".tf-cards a").first.click()
        page.wait_for_selector(".tf-glossary dt, .st-key-lab")
        visit.settle()
        page = visit.go("glossary?lang=fa")
        letters = page.locator(".tf-letters a").all_inner_texts()
        alphabet = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
        own = [letter for letter in letters if letter in alphabet]
        assert own == sorted(own, key=alphabet.index)
        assert {"پ", "چ", "و", "ه"} <= set(own)


def test_a_slip_of_the_key_does_not_end_the_show(browser, app_url):
    with visiting(browser, app_url, size=ROOM) as visit:
        page = visit.go(f"{LESSON_SIX}?lang=fa")
        page.locator(".tf-do-present").click()
        place = page.locator(".tf-place")
        place.wait_for(timeout=20_000)
        visit.settle()
        for key in ("۱", "۲", "Enter"):
            page.keyboard.press(key) if key == "Enter" else page.evaluate(
                "(key) => document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))",
                key,
            )  # a Persian keyboard writes Persian digits
        assert place.inner_text().startswith("۱۲")
        page.keyboard.press("g")
        assert page.locator(".tf-all button").count() > 20
        assert page.locator(".tf-all button:focus").inner_text().startswith("۱۲")
        page.keyboard.press("Escape")
        assert page.locator(".tf-all").is_hidden()
        assert place.is_visible()
        page.keyboard.press("Escape")
        page.locator(".tf-do-present").wait_for(timeout=20_000)
        visit.settle()
        page.locator(".tf-do-present").click()
        place.wait_for(timeout=20_000)
        visit.settle()
        assert place.inner_text().startswith("۱۲")
        broken = page.evaluate(
            """[...document.querySelectorAll('.st-key-screens :is(th, td)')]
               .filter(e => getComputedStyle(e).overflowWrap === 'anywhere').length"""
        )
        assert broken == 0, "no word is cut in two in a table"
