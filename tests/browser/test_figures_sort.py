"""Figures on which cards are sorted, in every language: by mouse, by finger and by keyboard alone, and what they then say."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from course import library
from i18n.languages import language
from i18n.numbers import numbers
from tests.browser.test_figures_b import CODES, Shown, digits, words
from tests.browser.visit import LAPTOP, PHONE, visiting
from ui.figures import dark_patterns, stage_mapper, touchpoint_map
from ui.figures.judged import SIGNS

pytestmark = pytest.mark.browser
EACH_LANGUAGE = pytest.mark.parametrize("code", CODES)
# the lesson, the figure, its board, and three cards with the columns that they are put into
FIGURES = [
    (
        "psychology-ethics-privacy",
        "dark-patterns",
        "board",
        (("timer", "dark"), ("members", "honest"), ("seats", "dark")),
    ),
    ("top-of-the-funnel", "sorting-board", "stages", (("demo", "mofu"), ("webinar", "tofu"), ("ad", "bofu"))),
    (
        "where-models-come-from",
        "stage-mapper",
        "aida",
        (("attention", "top"), ("desire", "bottom"), ("action", "after")),
    ),
    ("business-models", "touchpoint-map", "interviews", (("i1", "evaluate"), ("i5", "buy"), ("i3", "after"))),
]


class Sorted(Shown):
    """One figure with a board on its lesson's page."""

    def __init__(self, visit, lesson: str, name: str, field: str, code: str, query: str = ""):
        super().__init__(visit, lesson, name, code, query)
        told = words(code, name)
        self.words, self.facts = told | told[field], library.figure_facts(name)[field]
        self.box.locator(".tf-sort-card").first.wait_for()

    def card(self, card: str):
        return self.box.locator(f"[data-card={card}]")

    def column(self, column: str):
        return self.box.locator(f"section[data-column={column}]")

    def lies(self, card: str) -> str:
        """Return the column in which a card lies, as the eye sees it."""
        return self.card(card).evaluate("e => e.closest('[data-column]').dataset.column")

    def spoken(self) -> str:
        return self.box.locator(".tf-sort-live").inner_text()

    def answered(self, card: str, column: str) -> str:
        """Wait for what the server says of a card, and check it; return what the figure says."""
        verdict = self.facts[card].get(column, "wrong")
        self.box.locator(f"li[data-verdict={verdict}] > [data-card={card}]").wait_for()
        self.visit.settle()
        why = self.words["why"][card]
        why = digits(self.code, re.sub(r" ?\{R.*?\}", "", why if isinstance(why, str) else why[column]))
        said = self.card(card).locator("xpath=..").inner_text()
        assert why in " ".join(said.split()), "why, in words"
        assert SIGNS[verdict] in said, "not by colour alone"
        assert why.split(".")[0] in self.spoken(), "a screen reader hears it, too"
        return self.said()

    def drag(self, card: str, column: str) -> None:
        """Drag a card by mouse, from its name to the middle of a column's head."""
        self.card(card).scroll_into_view_if_needed()
        from_, to = self.card(card).bounding_box(), self.column(column).locator("h4").bounding_box()
        self.page.mouse.move(from_["x"] + from_["width"] / 2, from_["y"] + 14)
        self.page.mouse.down()
        self.page.mouse.move(to["x"] + to["width"] / 2, to["y"] + 12, steps=8)
        self.page.wait_for_timeout(60)  # a frame: the page may scroll below the card
        to = self.column(column).locator("h4").bounding_box()
        self.page.mouse.move(to["x"] + to["width"] / 2, to["y"] + 12)
        self.page.wait_for_timeout(60)
        assert "tf-sort-here" in self.column(column).get_attribute("class")
        self.page.mouse.up()


@EACH_LANGUAGE
@pytest.mark.parametrize(("lesson", "name", "field", "moves"), FIGURES, ids=[one[1] for one in FIGURES])
def test_cards_are_sorted_by_mouse_and_by_keyboard_alone(browser, app_url, lesson, name, field, moves, code):
    n = numbers(code, language(code).digits)
    with visiting(browser, app_url, size={**LAPTOP, "height": 1500}) as visit:
        shown = Sorted(visit, lesson, name, field, code)
        (dragged, there), (asked, then), (pressed, last) = moves
        before = shown.said()

        shown.drag(dragged, there)
        assert shown.lies(dragged) == there, "at once, before the server has answered"
        said = shown.answered(dragged, there)
        assert said != before
        assert n.count(1) in said

        shown.card(asked).focus()
        shown.page.keyboard.press("Enter")
        choices = shown.box.locator(".tf-sort-choices button")
        assert choices.count() == len(shown.words["columns"]), "every place but its own"
        shown.page.keyboard.press("Escape")
        assert choices.count() == 0
        shown.page.keyboard.press("Enter")
        for _ in list(shown.words["columns"])[: list(shown.words["columns"]).index(then)]:
            shown.page.keyboard.press("ArrowDown")
        shown.page.keyboard.press("Enter")
        assert shown.lies(asked) == then
        assert shown.card(asked).evaluate("e => e === document.activeElement"), "the focus goes along"
        assert shown.words["columns"][then] in shown.spoken()
        assert n.count(2) in shown.answered(asked, then)
        assert shown.words["columns"][then] in shown.card(asked).inner_text(), "its name says where it lies"

        shown.card(pressed).focus()
        shown.page.keyboard.press("ArrowDown")  # from the pile above to the column below
        first = shown.lies(pressed)
        assert first != "deck"
        order = list(shown.words["columns"])
        for _ in range(len(order)):
            if shown.lies(pressed) == last:
                break
            shown.page.keyboard.press("ArrowLeft" if language(code).direction == "rtl" else "ArrowRight")
            if shown.lies(pressed) == first:  # the row ends here: the next one is below
                shown.page.keyboard.press("ArrowDown")
            first = shown.lies(pressed)
        assert shown.lies(pressed) == last
        shown.answered(pressed, last)
        onward = [shown.column(one).bounding_box() for one in order[:2]]
        assert (onward[0]["x"] > onward[1]["x"]) == (language(code).direction == "rtl"), "columns go the way one reads"
        assert not visit.problems


def touch(page, *points: tuple[float, float]) -> None:
    """Put a finger down at the first point, draw it over the others, and lift it."""
    session = page.context.new_cdp_session(page)
    for kind, (x, y) in [("touchStart", points[0]), *[("touchMove", one) for one in points[1:]]]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(40)
    page.wait_for_timeout(80)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@EACH_LANGUAGE
def test_a_finger_drags_at_the_grip_taps_and_scrolls_elsewhere(browser, app_url, code):
    with visiting(browser, app_url, size=PHONE, has_touch=True) as visit:
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", code)
        page = shown.page
        shown.card("seats").evaluate("e => e.scrollIntoView({block: 'center'})")
        box = shown.card("seats").bounding_box()
        grip = shown.card("seats").locator(".tf-sort-grip").bounding_box()
        assert grip["width"] >= 40, "large enough for a finger"
        x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
        session = page.context.new_cdp_session(page)
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + 20}]})
        bar = shown.box.locator(".tf-sort-bar")
        bar.wait_for()  # the board is higher than the screen: the columns come to the finger
        target = bar.locator("[data-column=honest]").bounding_box()
        assert target["y"] + target["height"] <= PHONE["height"]
        to = {"x": target["x"] + target["width"] / 2, "y": target["y"] + target["height"] / 2}
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [to]})
        page.wait_for_timeout(100)
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert shown.lies("seats") == "honest"
        assert not bar.is_visible()
        shown.answered("seats", "honest")

        shown.card("stock").evaluate("e => e.scrollIntoView({block: 'center'})")
        box = shown.card("stock").bounding_box()
        inside = box["x"] + (box["width"] - 25 if language(code).direction == "rtl" else 25)
        scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
        before = page.evaluate(scrolled)
        touch(page, *[(inside, box["y"] + 20 - i * 30) for i in range(6)])
        page.wait_for_timeout(300)
        assert page.evaluate(scrolled) > before + 40, "beside the grip a finger scrolls the page"
        assert shown.lies("stock") == "deck"

        shown.card("stock").evaluate("e => e.scrollIntoView({block: 'center'})")
        shown.card("stock").tap(position={"x": box["width"] / 2, "y": 20})
        shown.box.locator(".tf-sort-choices [data-to=depends]").tap()
        assert shown.lies("stock") == "depends"
        shown.answered("stock", "depends")
        assert not visit.problems


@EACH_LANGUAGE
def test_the_loop_is_a_way_back_and_no_stage(browser, app_url, code):
    right = "".join(map(str, range(3))) + "-"  # all but what follows the purchase
    with visiting(browser, app_url, size=PHONE) as visit:
        query = f"&stage-mapper.model=journey&stage-mapper.journey={right}&stage-mapper.v=1"
        shown = Sorted(visit, "where-models-come-from", "stage-mapper", "journey", code, query)
        told = words(code, "stage-mapper")
        assert told["loop_open"] in shown.said()
        assert shown.box.locator(".tf-way-back").count() == 0
        assert shown.box.locator(".tf-sort-card").count() == 4, "the loop is no card"
        shown.card("experience").focus()
        shown.page.keyboard.press("Enter")
        shown.page.keyboard.press("ArrowUp")  # round, to the last choice
        said = shown.after(lambda: shown.page.keyboard.press("Enter"))
        assert told["loop_told"] in said
        assert told["loop"] in shown.box.locator(".tf-way-back").inner_text()
        shown.pick("model", told["effects"]["name"])
        assert shown.box.locator(".tf-sort-card").count() == len(stage_mapper.MODELS["effects"])
        assert shown.box.locator(".tf-way-back").count() == 1, "the other models stay as they were laid"
        assert not visit.problems


@EACH_LANGUAGE
def test_the_map_counts_what_is_sorted_and_shows_what_is_paid(browser, app_url, code):
    n, told = numbers(code, language(code).digits), words(code, "touchpoint-map")
    best = "".join(
        str(touchpoint_map.PHASES.index(next(phase for phase, verdict in one.items() if verdict == "right")))
        for one in library.figure_facts("touchpoint-map")["interviews"].values()
    )
    with visiting(browser, app_url, size=PHONE) as visit:
        query = f"&touchpoint-map.at={best[:-1]}-&touchpoint-map.v=1"
        shown = Sorted(visit, "business-models", "touchpoint-map", "interviews", code, query)
        rows = shown.box.locator(".tf-touch > li")
        assert told["named"].format(n=n.count(10)) in rows.first.inner_text()
        shown.card("i12").focus()
        shown.page.keyboard.press("Enter")
        shown.page.keyboard.press("ArrowUp")
        shown.after(lambda: shown.page.keyboard.press("Enter"))
        assert told["touchpoints"]["rep"] in rows.first.inner_text()
        for text in (told["named"].format(n=n.count(11)), told["decided"].format(n=n.count(3))):
            assert text in rows.first.inner_text(), "lesson 12: the rep, named by 11, decisive for 3"
        shown.option("order", told["orders"]["decided"]).locator("xpath=ancestor-or-self::button").focus()
        shown.page.keyboard.press("Enter")
        shown.box.locator(".tf-touch > li:first-child", has_text=told["touchpoints"]["sample"]).wait_for()
        assert told["decided"].format(n=n.count(6)) in rows.first.inner_text()
        shown.option("order", told["orders"]["paid"]).click()
        shown.box.locator(".tf-touch > li:nth-child(2)", has_text=told["touchpoints"]["ad"]).wait_for()
        assert told["paid"].format(share=n.percent(0.25, 0)) in rows.nth(1).inner_text()
        assert not visit.problems


@EACH_LANGUAGE
def test_the_second_board_sorts_pull_from_push_and_all_goes_back(browser, app_url, code):
    with visiting(browser, app_url) as visit:
        shown = Sorted(visit, "top-of-the-funnel", "sorting-board", "directions", code)
        shown.option("board", words(code, "sorting-board")["directions"]["name"]).click()
        shown.card("letters").wait_for()
        visit.settle()
        shown.drag("letters", "outbound")
        shown.answered("letters", "outbound")
        shown.card("fair").focus()
        shown.page.keyboard.press("ArrowDown")
        shown.answered("fair", shown.lies("fair"))
        back = shown.box.locator(".tf-sort-back")
        shown.after(back.click)
        assert shown.lies("letters") == shown.lies("fair") == "deck"
        assert back.is_disabled()
        assert not visit.problems


def test_fast_moves_are_all_kept_and_nothing_glides_for_who_wants_stillness(browser, app_url):
    """Ten cards in a second, faster than any answer: what the address holds in the end is what was done."""
    with visiting(browser, app_url, reduced_motion="reduce") as visit:
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", "en")
        for card in dark_patterns.CARDS:
            shown.card(card).focus()
            shown.page.keyboard.press("ArrowDown")
            assert shown.lies(card) != "deck"
            assert shown.page.evaluate("document.querySelector('.tf-sort').getAnimations({subtree: true}).length") == 0
        shown.box.locator(".tf-sort:not([data-waits])").wait_for()
        visit.settle()
        places = {card: shown.lies(card) for card in dark_patterns.CARDS}
        shown.page.wait_for_function("/dark-patterns.at=[012]{10}/.test(location.search)")
        shown.page.reload()
        visit.settle()
        assert {card: shown.lies(card) for card in dark_patterns.CARDS} == places
        assert not visit.problems


def test_a_board_that_is_not_heard_tells_again_until_it_is_answered(browser, app_url):
    """What is sorted while nothing reaches the server arrives when it can be reached again; nothing is pulled back."""
    lost = []

    def between(socket) -> None:
        server = socket.connect_to_server()
        socket.on_message(lambda message: lost.append(message) if deaf else server.send(message))

    deaf = False
    with visiting(browser, app_url, size=PHONE) as visit:
        visit.page.route_web_socket(re.compile("/_stcore/stream"), between)
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", "fa")
        page, waits = shown.page, shown.box.locator(".tf-sort[data-waits]")
        deaf = True
        for card in ("timer", "members", "seats"):
            shown.card(card).focus()
            page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")  # from the first column on to the second
        during = {card: shown.lies(card) for card in dark_patterns.CARDS}
        assert during["seats"] != during["timer"] != "deck"
        told = len(lost)
        page.wait_for_timeout(4000)
        assert len(lost) > told >= 4, "it tells again"
        expect(waits).to_have_count(1)
        assert {card: shown.lies(card) for card in dark_patterns.CARDS} == during
        deaf = False
        expect(waits).to_have_count(0, timeout=10_000)
        verdict = shown.facts["seats"].get(during["seats"], "wrong")
        shown.box.locator(f"li[data-verdict={verdict}] > [data-card=seats]").wait_for()
        assert numbers("fa").count(3) in shown.said()
        visit.settle()
        page.reload()
        visit.settle()
        assert {card: shown.lies(card) for card in dark_patterns.CARDS} == during, "the address has it, too"
        assert not visit.problems


def test_a_drag_can_be_given_up(browser, app_url):
    with visiting(browser, app_url, size={**LAPTOP, "height": 1500}) as visit:
        shown = Sorted(visit, "psychology-ethics-privacy", "dark-patterns", "board", "fa")
        page, box = shown.page, shown.card("timer").bounding_box()
        page.mouse.move(box["x"] + 40, box["y"] + 15)
        page.mouse.down()
        to = shown.column("dark").bounding_box()
        page.mouse.move(to["x"] + 30, to["y"] + 30, steps=5)
        page.keyboard.press("Escape")
        page.mouse.up()
        assert shown.lies("timer") == "deck"
        assert shown.box.locator(".tf-sort-held").count() == 0
        page.mouse.move(box["x"] + 40, box["y"] + 15)
        page.mouse.down()
        page.mouse.move(box["x"] + 40, box["y"] - 200, steps=5)  # let go beside the board
        page.mouse.up()
        assert shown.lies("timer") == "deck"
        assert not visit.problems


def test_while_a_lesson_is_presented_arrow_keys_move_the_card_and_not_the_screens(browser, app_url):
    with visiting(browser, app_url, size={"width": 1280, "height": 720}) as visit:
        page = visit.go("psychology-ethics-privacy?lang=ar&view=present")
        shown = "[...document.querySelectorAll('[class*=st-key-screen-]')].find(e => getComputedStyle(e).visibility === 'visible')"
        for _ in range(60):
            if page.evaluate(f"!!{shown}?.querySelector('.st-key-figure-dark-patterns')"):
                break
            page.keyboard.press("PageDown")
        card = page.locator(".st-key-figure-dark-patterns [data-card=timer]")
        card.focus()
        for key in ("ArrowDown", "ArrowLeft"):
            page.keyboard.press(key)
        visit.settle()
        assert card.evaluate("e => e.closest('[data-column]').dataset.column") == "depends"
        assert page.evaluate(f"!!{shown}.querySelector('.st-key-figure-dark-patterns')"), "the screen stands"
        box = card.bounding_box()
        assert 0 <= box["y"] <= 720 - 60, "the card that was moved is in sight"
        page.keyboard.press("PageDown")
        page.wait_for_timeout(200)
        assert not page.evaluate(f"!!{shown}.querySelector('.st-key-figure-dark-patterns')"), "a clicker goes on"
