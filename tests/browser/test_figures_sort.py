"""Figures on which cards are sorted, in every language: by mouse, by finger and by keyboard alone, and what they then say."""

from __future__ import annotations

import re

import pytest

from course import library
from i18n.languages import language
from i18n.numbers import numbers
from tests.browser.test_figures_b import CODES, Shown, digits, words
from tests.browser.visit import LAPTOP, PHONE, visiting
from ui.figures import stage_mapper, touchpoint_map
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
        for _ in range(2 * len(order)):  # along every row and down to the next one
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
