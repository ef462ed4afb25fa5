"""Boards of cards: what a browser sends is applied once and never trusted; facts and words are whole; what is moved is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from course import library
from funnel.figures.sorting import VERDICTS
from i18n.languages import languages
from ui import state
from ui.desks import Desk
from ui.figures import dark_patterns, sorting_board, stage_mapper, touchpoint_map
from ui.figures.sort import Board

BOARDS: list[Board] = [
    dark_patterns.BOARD,
    *sorting_board.BOARDS.values(),
    *stage_mapper.BOARDS.values(),
    touchpoint_map.BOARD,
]
each_board = pytest.mark.parametrize("board", BOARDS, ids=lambda one: f"{one.figure}-{one.field}")
BOARD = dark_patterns.BOARD


@pytest.fixture
def session(monkeypatch):
    """A session of its own: what ui.state keeps, without a page."""
    kept: dict[str, Any] = {f"desk-figure-{BOARD.figure}": Desk(dark_patterns.Inputs())}
    monkeypatch.setattr(state.st, "session_state", kept)
    return kept


def send(kept: dict, sent: Any) -> dict[str, str]:
    """Send as the board does; return where the cards that are sorted lie then."""
    kept[f"sort-{BOARD.figure}-{BOARD.field}"] = {"sent": sent}
    return {card: column for card, column in BOARD.places(BOARD.take()).items() if column}


def test_a_move_is_applied_once(session):
    assert send(session, {"n": 1, "at": {"timer": "dark"}}) == {"timer": "dark"}
    state.change(f"figure-{BOARD.figure}", lambda _inputs: dark_patterns.Inputs())  # put back meanwhile, elsewhere
    assert send(session, {"n": 1, "at": {"timer": "dark"}}) == {}, "sent again, as the answer had not come yet"
    assert send(session, {"n": 3, "at": {"timer": "honest", "seats": "deck"}}) == {"timer": "honest"}
    assert send(session, {"n": 2, "at": {"timer": "dark"}}) == {"timer": "honest"}, "an older one came late"


json = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=8),
    lambda inner: (
        some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8) | some.just("timer"), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(number=json | some.integers(1, 9), at=json | some.dictionaries(some.sampled_from(BOARD.cards), json))
def test_nothing_that_a_browser_sends_is_trusted(number, at):
    with pytest.MonkeyPatch.context() as patch:
        kept: dict[str, Any] = {f"desk-figure-{BOARD.figure}": Desk(dark_patterns.Inputs())}
        patch.setattr(state.st, "session_state", kept)
        for sent in ({"n": number, "at": at}, at, number):
            assert set(send(kept, sent).values()) <= set(BOARD.columns)


@each_board
def test_a_boards_facts_name_every_card_and_no_other(board):
    facts = library.figure_facts(board.figure)[board.field]
    assert set(facts) == set(board.cards)
    for card, verdicts in facts.items():
        assert set(verdicts) <= set(board.columns), card
        assert set(verdicts.values()) <= set(VERDICTS), card
        assert verdicts, f"{card} belongs nowhere"
    assert len(board.columns) <= 10, "a column is one digit in a link"


@each_board
@pytest.mark.parametrize("code", [one.code for one in languages()])
def test_a_board_has_a_word_for_every_answer(board, code):
    words = library.figure_words(code, board.figure)
    words = words | words[board.field]
    assert set(words["columns"]) == set(board.columns)
    assert set(words["cards"]) == set(board.cards) == set(words["why"])
    for card, why in words["why"].items():
        assert isinstance(why, str) or set(why) == set(board.columns), card
    assert len(set(words["cards"].values())) == len(board.cards), "two cards look alike"
    assert set(words.get("texts", {})) <= set(board.cards)


def test_the_loop_shows_only_when_purchase_and_experience_are_in_place():
    start = stage_mapper.Inputs()
    assert not stage_mapper.loops(start)
    whole = stage_mapper.Inputs(journey=("top", "middle", "bottom", "after"))
    assert stage_mapper.loops(whole)
    assert not stage_mapper.loops(stage_mapper.Inputs(journey=("top", "middle", "after", "bottom")))
