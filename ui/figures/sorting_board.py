"""Sorting boards: activities by stage of the funnel, then by direction; the answer is often "it depends", and says on what."""

from __future__ import annotations

from dataclasses import dataclass, field

from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui.figures import kit
from ui.figures.kit import Figure
from ui.figures.sort import Board, draw_one

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


@dataclass(frozen=True)
class Inputs:
    """The board looked at, and where the cards of each lie."""

    board: str = field(default="stages", metadata=written("board", Choice(tuple(BOARDS)), "The board looked at"))
    stages: tuple[str, ...] = BOARDS["stages"].lying("s", "Where each activity lies: stage of the funnel")
    directions: tuple[str, ...] = BOARDS["directions"].lying("d", "Where each activity lies: pull or push")


def draw(_inputs: Inputs) -> None:
    """Draw the choice of boards and the board."""
    draw_one(NAME, "board", BOARDS)


def describe(inputs: Inputs) -> str:
    """Say how the cards of both boards lie."""
    words = kit.words(NAME)
    names = [kit.filled(words["told"], board=kit.said(words[one]["name"])) for one in BOARDS]
    told = [board.told(inputs) for board in BOARDS.values()]
    return " ".join(f"{name} {text}" for name, text in zip(names, told, strict=True))


FIGURE = Figure(Inputs(), draw, describe)
