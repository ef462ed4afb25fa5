"""Honest or dark pattern: examples of what shops do to sell are sorted; each answer says why, or what it depends on."""

from __future__ import annotations

from dataclasses import dataclass

from ui.figures.kit import Figure
from ui.figures.sort import Board

NAME = "dark-patterns"
CARDS = ("timer", "seats", "activity", "members", "deadline", "review", "stock", "ticked", "patient", "leave")
BOARD = Board(NAME, "board", ("honest", "depends", "dark"), CARDS)


@dataclass(frozen=True)
class Inputs:
    """Where each example lies."""

    board: tuple[str, ...] = BOARD.lying("at", "Where each example lies")


def draw(_inputs: Inputs) -> None:
    """Draw the board."""
    BOARD.draw()


FIGURE = Figure(Inputs(), draw, BOARD.told)
