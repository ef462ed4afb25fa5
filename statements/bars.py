"""A chart of horizontal bars as rows: what stands on each line, and how long its bar is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from statements.reader import reader

Row = dict[str, Any]


class Bars:
    """A chart of horizontal bars, all on one baseline at the reading side: each row a title, words and a bar.

    A row is one line of the picture: ``kind`` ("title", "note", or the colour of a bar), ``text``, and of a bar ``value``, a
    share of the longest (0 to 1); ``until`` draws the rest pale behind it, ``low`` and ``high`` an interval.
    """

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def add(
        self, title: str = "", note: str = "", value: float | None = None, *, kind: str = "now",
        until: float | None = None, low: float | None = None, high: float | None = None,
    ) -> None:  # fmt: skip
        """Add a bar with its title and words, each on a line of its own; empty ones are left out."""
        # A line takes the direction of its first letter; without this mark that could be the one beside a percent sign.
        mark = "\u200f" if reader().rtl else ""
        bar = {"value": value, "until": until, "low": low, "high": high}
        for line, text in (("title", title), ("note", note), (kind, "")):
            if text or line == kind:
                drawn = bar if line == kind else dict.fromkeys(bar)
                self._rows.append({"kind": line, "text": text and mark + text, **drawn, "line": len(self._rows)})

    def rows(self) -> Sequence[Row]:
        """Return the rows, from the top down."""
        return self._rows
