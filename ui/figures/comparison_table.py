"""The comparison table of the two funnels: filtered by rows, or with cells hidden, to test oneself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from course import library
from funnel.figures.picked import Picked, with_more
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.learn.prose import prose

NAME = "comparison-table"
ROWS = ("definition", "goal", "focus", "interest", "addressed", "stages", "metrics", "owner", "shared")
GROUPS = ("purpose", "work", "together")
SIDES = ("marketing", "sales")
CELLS = tuple(f"{row}-{side}" for row in ROWS for side in SIDES)
HIDDEN = {"nothing": (), "marketing": ("marketing",), "sales": ("sales",), "both": SIDES}


@dataclass(frozen=True)
class Inputs:
    """Which rows are shown, which side is hidden, and which of the hidden cells have been opened."""

    rows: str = field(default="all", metadata=written("rows", Choice(("all", *GROUPS)), "Which rows are shown"))
    hide: str = field(default="nothing", metadata=written("hide", Choice(tuple(HIDDEN)), "Which side is hidden"))
    open: tuple[str, ...] = field(default=(), metadata=written("open", Picked(CELLS), "Hidden cells that were opened"))


def rows(inputs: Inputs) -> tuple[str, ...]:
    """Return the rows that are shown."""
    groups = library.figure_facts(NAME)["groups"]
    return tuple(one for one in ROWS if inputs.rows == "all" or one in groups[inputs.rows])


def closed(inputs: Inputs) -> tuple[str, ...]:
    """Return the cells in sight that are still hidden, in reading order."""
    sides = HIDDEN[inputs.hide]
    cells = (f"{row}-{side}" for row in rows(inputs) for side in sides)
    return tuple(one for one in cells if one not in inputs.open)


def draw(inputs: Inputs) -> None:
    """Draw the two filters, what opens cells, and the rows."""
    words = kit.words(NAME)
    kit.choose(NAME, "rows", words["rows"], {one: words["groups"][one] for one in ("all", *GROUPS)})
    kit.choose(
        NAME, "hide", words["hide"], {one: words["hidden"][one] for one in HIDDEN},
        put=lambda now, value: replace(now, hide=value, open=()),
    )  # fmt: skip
    left = closed(inputs)
    if inputs.hide != "nothing":
        with kit.container(horizontal=True, key=f"{NAME}-open"):
            if left:
                _opens("next", words["next"], left[:1], primary=True)
                _opens("all", words["reveal_all"], left)
            if inputs.open:
                kit.button(NAME, "again", words["again"], lambda now: replace(now, open=()))
    with kit.container(key=f"{NAME}-rows"):
        heads = "".join(f"<b>{kit.said(words['sides'][side])}</b>" for side in SIDES)
        kit.html(f'<div class="tf-compare-head" aria-hidden="true"><b></b>{heads}</div>')
        for row in rows(inputs):
            with kit.container(key=f"{NAME}-row-{row}"):
                _row(inputs, row, left, words)


def _opens(part: str, text: str, cells: tuple[str, ...], *, primary: bool = False) -> None:
    """Draw a button that opens cells."""
    kit.button(NAME, part, text, lambda now: replace(now, open=with_more(CELLS, now.open, cells)), primary=primary)


def _row(inputs: Inputs, row: str, left: tuple[str, ...], words: dict) -> None:
    told = words["table"][row]
    kit.html(f"<h4>{kit.said(told['name'])}</h4>")
    for side in SIDES:
        cell = f"{row}-{side}"
        if cell in left:
            _opens(cell, words["reveal"].format(row=told["name"], side=words["sides"][side]), (cell,))
        else:
            kit.html(f'<div class="tf-cell"><b>{kit.said(words["sides"][side])}</b>{prose(told[side])}</div>')
    if inputs.hide != "nothing" and not any(f"{row}-{side}" in left for side in SIDES):
        kit.html(f'<div class="tf-cell-why">{prose(told["why"])}</div>')


def describe(inputs: Inputs) -> str:
    """Say how many rows are shown, and how many of the hidden cells are open."""
    words, numbers = kit.words(NAME), state.reader().numbers
    hidden = tuple(f"{row}-{side}" for row in rows(inputs) for side in HIDDEN[inputs.hide])
    left = closed(inputs)
    shape = "whole" if not hidden else "done" if not left else "test"
    row, side = (left or CELLS)[0].rsplit("-", 1)  # the next one to open; told only while there is one
    return kit.filled(
        words["told"][shape],
        n=numbers.count(len(rows(inputs))),
        hidden=numbers.count(len(hidden)),
        open=numbers.count(len(hidden) - len(left)),
        row=kit.said(words["table"][row]["name"]),
        side=kit.said(words["sides"][side]),
    )


FIGURE = Figure(Inputs(), draw, describe)
