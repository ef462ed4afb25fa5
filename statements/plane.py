"""A plane with lines, bands, columns and dots, for whatever has a numeric axis, as rows: left to right in every language.

Positions are shares of the axes (0 to 1), and every tick is a row with its own text, because Vega writes no Persian digits.
What a line means stands in a key below the picture, one line of words each: names beside the lines would lie over them when
a learner moves the numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from statements.bars import Row
from statements.reader import reader
from statements.text import _

HEIGHT = 300
#: What a line, a column or a bar can be; each has a colour of its own (see `charts.specs`).
COLOURS = ("now", "before", "what_if", "third", "fourth")
BELOW, KEY_LINE = 48, 22  # px: what the axis needs below the picture, and a line of the key
LABELS_APART = 0.075  # share of the height between two labels
Point = tuple[float, float]
_UNSEEN = re.compile("[\u061c\u200c\u200e\u200f\u2066-\u2069]")


@dataclass(frozen=True)
class Axis:
    """One axis: its bounds, its ticks with their texts, and what it measures (with the unit)."""

    low: float
    high: float
    ticks: Sequence[tuple[float, str]]
    title: str

    def share(self, value: float) -> float:
        """Return where a value lies, 0 to 1."""
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.0


def _step(low: float, high: float, about: int, whole: bool) -> float:
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999)
    return max(1.0, step) if whole else step


def axis(
    low: float, high: float, form: Callable[[float], str], title: str, *, about: int = 5, whole: bool = False,
    exact: bool = False,
) -> Axis:  # fmt: skip
    """Return an axis with round ticks. It ends at the first tick at or above ``high``, or with ``exact`` at ``high``.

    ``whole`` allows ticks at whole numbers only (months, looks).
    """
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        low, high = (low, low + 1.0) if math.isfinite(low) else (0.0, 1.0)
    step = _step(low, high, about, whole)
    first, last = math.ceil(low / step - 1e-9), math.ceil(high / step - 1e-9)
    if exact:
        last = math.floor(high / step + 1e-9)
    else:
        high = last * step
    mark = "\u200f" if reader().rtl else ""
    return Axis(low, high, [(i * step, mark + form(i * step)) for i in range(first, last + 1)], title)


def _runs_from_left(title: str) -> str:
    """Return an axis's title; where everything around it is read from the right, it says which way the axis runs."""
    return _("%(axis)s (from left to right)") % {"axis": title} if reader().rtl else title


@dataclass
class Plane:
    """Collect what is to be drawn; ``rows`` gives it to the spec. Colours are the keys of ``COLOURS``."""

    x: Axis
    y: Axis
    height: int = HEIGHT
    _rows: list[Row] = field(default_factory=list)
    _labels: list[tuple[float, float, str, str]] = field(default_factory=list)
    _key: list[tuple[str, str, bool]] = field(default_factory=list)
    _lines: int = 0

    def _add(
        self, kind: str, x: float | None = None, y: float | None = None, x2: float | None = None, y2: float | None = None,
        text: str = "", colour: str = "now", order: float = 0.0,
    ) -> None:  # fmt: skip
        row = {"kind": kind, "colour": colour, "text": text, "x": x, "y": y, "x2": x2, "y2": y2}
        self._rows.append(row | {"order": float(order), "line": float(self._lines)})

    def line(self, points: Sequence[Point], label: str = "", colour: str = "now", dashed: bool = False) -> None:
        """Draw a line through the points; ``label`` goes into the key."""
        self._lines += 1
        for i, (x, y) in enumerate(points):
            self._add("dashed" if dashed else "line", self.x.share(x), self.y.share(y), colour=colour, order=i)
        self._explain(label, colour, dashed)

    def _explain(self, label: str, colour: str, dashed: bool = False) -> None:
        if label and (label, colour, dashed) not in self._key:
            self._key.append((label, colour, dashed))

    def band(self, points: Sequence[tuple[float, float, float]], label: str = "", colour: str = "now") -> None:
        """Fill between two lines: (x, low, high)."""
        self._lines += 1
        for i, (x, low, high) in enumerate(points):
            self._add("band", self.x.share(x), self.y.share(low), y2=self.y.share(high), colour=colour, order=i)
        self._explain(label, colour)

    def columns(self, bars: Sequence[tuple[float, float, float]], label: str = "", colour: str = "now") -> None:
        """Draw columns from the baseline: (left end, right end, value)."""
        base = self.y.share(max(self.y.low, min(0.0, self.y.high)))
        for left, right, value in bars:
            self._add("column", self.x.share(left), base, self.x.share(right), self.y.share(value), colour=colour)
        self._explain(label, colour)

    def dots(self, points: Sequence[Point], label: str = "", colour: str = "now") -> None:
        """Draw dots."""
        for x, y in points:
            self._add("dot", self.x.share(x), self.y.share(y), colour=colour)
        self._explain(label, colour)

    def upright(self, x: float, text: str = "", colour: str = "before") -> None:
        """Draw a vertical line at x with its words at the top."""
        self._add("upright", self.x.share(x), colour=colour)
        if text:
            self._labels.append((self.x.share(x), 0.97, text, colour))

    def level(self, y: float, text: str = "", colour: str = "before") -> None:
        """Draw a horizontal line at y with its words at the end."""
        self._add("level", y=self.y.share(y), colour=colour)
        if text:
            self._labels.append((1.0, self.y.share(y), text, colour))

    def rows(self) -> list[Row]:
        """Return the rows for the spec: axes first, then what was drawn, then the labels, moved apart."""
        drawn, self._rows = self._rows, []
        mark = "\u200f" if reader().rtl else ""  # a word takes the direction of its first letter
        for value, text in self.y.ticks:
            self._add("y-tick", y=self.y.share(value), text=text)
        for value, text in self.x.ticks:
            self._add("x-tick", self.x.share(value), text=text)
        self._add("x-title", text=mark + _runs_from_left(self.x.title))
        self._add("y-title", text=mark + self.y.title)
        axes, self._rows = self._rows, []
        lowest = 0.03
        for x, y, text, colour in sorted(self._labels, key=lambda label: label[1]):
            y = max(y, lowest)
            lowest = y + LABELS_APART
            self._add("label-end" if x > 0.5 else "label-start", x, min(y, 1.05), text=mark + text, colour=colour)
        for i, (text, colour, dashed) in enumerate(self._key):
            below = -(BELOW + KEY_LINE * (i + 0.5)) / self.height
            self._add("key", y=below, text=mark + text, colour=colour, order=float(dashed))
        labels, self._rows = self._rows, drawn
        return [*axes, *drawn, *labels]

    @property
    def margin(self) -> int:
        """Return how many pixels the texts of the upright axis need beside the picture."""
        longest = max((len(_UNSEEN.sub("", text)) for _value, text in self.y.ticks), default=0)
        return min(96, max(32, 8 * math.ceil((7.2 * longest + 12) / 8)))

    @property
    def key_lines(self) -> int:
        """Return how many lines the key below the picture has."""
        return len(self._key)


@dataclass
class Late:
    """A plane that is made only when it is drawn, after the headline: for what takes long. ``make`` must be cached."""

    make: Callable[[], Plane]

    def rows(self) -> Sequence[Row]:
        """Return the plane's rows."""
        return self.make().rows()
