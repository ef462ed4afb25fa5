"""The hidden sheet by which a workbook is recognised: where each input stands, for whoever writes it and whoever reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from funnel.facts.stages import Stage

MARK = "two-funnels"  # the name of the sheet, its first cell, and a property of the file
FORMAT = "1"
UNNAMED = "~"
_NUMBERS = ("place", "row", "column", "label_row", "label_column")


class Input(NamedTuple):
    """One input: its name, where it stands, its kind, and the cell that says what it is, so that a moved sheet is noticed.

    `place` is the number of its sheet; that, rows and columns count from 0. `value` is the text that it was filled with, ""
    for a number; `keep` is what `kept` says of the stage whose name that is.
    """

    name: str
    sheet: str
    place: int
    row: int
    column: int
    kind: str
    label_row: int
    label_column: int
    label: str
    keep: str
    value: str


def kept(stage: Stage | None) -> str:
    """Return what stands for a stage whose name is left as it is: its id, or UNNAMED; "" for a name of a person's own."""
    return "" if stage is None else stage.id or ("" if stage.name else UNNAMED)


def input_of(cells: Sequence[str]) -> Input | None:
    """Return an input by the cells of its row; None where somebody has spoilt them."""
    texts = dict(zip(Input._fields, [*cells, *[""] * len(Input._fields)], strict=False))
    if not all(texts[name].isdecimal() and len(texts[name]) < 8 for name in _NUMBERS):
        return None
    return Input(**{**texts, **{name: int(texts[name]) for name in _NUMBERS}})
