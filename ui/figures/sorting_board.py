"""Sorting boards: activities by stage of the funnel, then by direction; the answer is often "it depends", and says on what."""

from __future__ import annotations

from dataclasses import dataclass, field

from funnel.codecs import Choice
from funnel.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.figures.sort import Board

NAME = "sorting-board"
BOARDS = {
    "stages": Board(
        NAME, "stages", ("tofu", "mofu", "bofu"),
        ("seo", "demo", "ad", "offer", "webinar", "case", "fair", "trial", "newsletter", "consult"),
    ),
    "directions": Board(
        NAME, "directions", ("inbound", "outbound"),
        ("articles", "letters", "pages", "seo", "fair", "ads", "viral", "newsletter"),
    ),
}  # fmt: skip


def _places(name: str, key: str, doc: str) -> tuple[str, ...]:
    return field(default=BOARDS[name].start, metadata=written(key, BOARDS[name].codec, doc))


@dataclass(frozen=True)
class Inputs:
    """The board looked at, and where the cards of each lie."""

    board: str = field(default="stages", metadata=written("board", Choice(tuple(BOARDS)), "The board looked at"))
    stages: tuple[str, ...] = _places("stages", "s", "Where each activity lies: stage of the funnel")
    directions: tuple[str, ...] = _places("directions", "d", "Where each activity lies: pull or push")


def draw(_inputs: Inputs) -> None:
    """Draw the choice of boards and the board."""
    words = kit.words(NAME)
    board = BOARDS[state.present(f"figure-{NAME}").inputs.board]
    inputs = board.take()
    kit.choose(NAME, "board", words["board"], {one: words[one]["name"] for one in BOARDS})
    board.draw(inputs)


def describe(inputs: Inputs) -> str:
    """Say how the cards of both boards lie."""
    words = kit.words(NAME)
    names = [kit.filled(words["told"], board=kit.said(words[one]["name"])) for one in BOARDS]
    told = [board.told(inputs) for board in BOARDS.values()]
    return " ".join(f"{name} {text}" for name, text in zip(names, told, strict=True))


FIGURE = Figure(Inputs(), draw, describe)
