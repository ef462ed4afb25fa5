"""Sums in running text, "403 ÷ 1,152 = 35%": found in any language, computed again, and compared within the rounding shown.

Numbers are written 1,234.5 and 12.5% in every text; the signs are ÷ × + −, brackets, and = or ≈ (or a word such as "is about").
A number that a sum results in may be rounded by half a unit of its last place, and so may a number with decimals that goes into
it; whole numbers and whole percentages that go in are taken as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+(?:\.\d+)?%?"
_UNIT = r"(?:\s[^\W\d_]+)?"  # one word between a number and a sign: "80 offers ÷ 0.40"
_TERM = rf"\(*[−-]?(?:{_NUMBER})\)*"
_SIGNS = {"÷": "÷", "×": "×", "+": "+", "−": "−", "-": "−"}
_ABOUT = r"=|≈|is about|is|,? about|می‌شود|یعنی حدود|،? حدود|أي نحو|،? نحو|أي حوالي|يساوي"
_SIDE = rf"{_TERM}(?:{_UNIT}\s[÷×+−-]\s{_TERM})*"
_SUM = re.compile(rf"(?<![\w.,÷×+−=≈%-])(?<![÷×+−]\s){_SIDE}(?:{_UNIT}\s?(?:{_ABOUT})\s{_SIDE})+")
_RELATION = re.compile(rf"{_UNIT}\s?(?:{_ABOUT})\s")
_CALCULATES = re.compile(rf"[\d%]\)*{_UNIT}\s[÷×+−-]\s")
_TOKEN = re.compile(rf"(?:{_NUMBER})|[()÷×+−-]")
# marks of direction, of emphasis and of terms say nothing about a sum
_SILENT = re.compile(r"[\u061c\u200e\u200f\u2066-\u2069*`]")
_EPSILON = 1e-9


@dataclass(frozen=True)
class Interval:
    """What a rounded number may be: from ``low`` to ``high``."""

    low: float
    high: float

    def of(self, sign: str, other: Interval) -> Interval:
        """Return the sum, difference, product or quotient. Raises ZeroDivisionError where the divisor may be 0."""
        if sign == "÷" and other.low <= 0 <= other.high:
            raise ZeroDivisionError("a divisor that may be 0")
        ways = {
            "+": lambda a, b: a + b,
            "−": lambda a, b: a - b,
            "×": lambda a, b: a * b,
            "÷": lambda a, b: a / b,
        }
        ends = [ways[sign](a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval, scale: float = 1.0) -> bool:
        """Say whether both may be the same number, the other times ``scale``."""
        room = _EPSILON * max(1.0, abs(self.low), abs(self.high))
        return self.low - room <= scale * other.high and scale * other.low <= self.high + room


@dataclass(frozen=True)
class Sum:
    """A sum as it is said: its sides, which must be equal, as text."""

    said: str
    sides: tuple[str, ...]


def sums(text: str) -> Iterator[Sum]:
    """Yield the sums of a text that calculate something: with a sign of arithmetic beside the equals sign.

    >>> [one.sides for one in sums("So (that is 403 ÷ 1,152 = 35%), and 5 = 5.")]
    [('403 ÷ 1,152', '35%')]
    """
    for hit in _SUM.finditer(_SILENT.sub("", text)):
        said = _balanced(hit[0])
        sides = tuple(_RELATION.split(said))
        if any(_CALCULATES.search(side) for side in sides):
            yield Sum(said, sides)


def _balanced(said: str) -> str:
    """Return a sum without the brackets whose partners stand outside it."""
    while said.count("(") > said.count(")") and said.startswith("("):
        said = said[1:]
    while said.count(")") > said.count("(") and said.endswith(")"):
        said = said[:-1]
    return said


def value(side: str) -> Interval:
    """Return what one side of a sum may be. Raises ValueError for one that cannot be read, ZeroDivisionError for ÷ 0.

    >>> value("12 ÷ 48"), value("75%")
    (Interval(low=0.25, high=0.25), Interval(low=0.745, high=0.755))
    """
    tokens = _TOKEN.findall(side)
    alone = len([one for one in tokens if one not in "()"]) == 1
    reader = _Reader(tokens, alone)
    found = reader.added()
    if reader.left():
        raise ValueError(f"{side!r} cannot be read as a sum")
    return found


class _Reader:
    """Reads tokens from the left: products before sums."""

    def __init__(self, tokens: list[str], alone: bool) -> None:
        self.tokens, self.at, self.alone = tokens, 0, alone

    def left(self) -> bool:
        return self.at < len(self.tokens)

    def _next(self, wanted: str) -> str:
        if self.left() and self.tokens[self.at] in wanted:
            self.at += 1
            return _SIGNS.get(self.tokens[self.at - 1], self.tokens[self.at - 1])
        return ""

    def added(self) -> Interval:
        found = self._multiplied()
        while sign := self._next("+−-"):
            found = found.of(sign, self._multiplied())
        return found

    def _multiplied(self) -> Interval:
        found = self._single()
        while sign := self._next("÷×"):
            found = found.of(sign, self._single())
        return found

    def _single(self) -> Interval:
        if self._next("−-"):
            found = self._single()
            return Interval(-found.high, -found.low)
        if self._next("("):
            found = self.added()
            if not self._next(")"):
                raise ValueError("a bracket is not closed")
            return found
        if not self.left() or not self.tokens[self.at][0].isdigit():
            raise ValueError("a number is missing")
        self.at += 1
        return _number(self.tokens[self.at - 1], self.alone)


def _number(said: str, alone: bool) -> Interval:
    of = 0.01 if said.endswith("%") else 1.0
    bare = said.rstrip("%").replace(",", "")
    places = len(bare.partition(".")[2])
    half = 0.5 * 10.0**-places if places or alone else 0.0
    return Interval(of * (float(bare) - half), of * (float(bare) + half))


def wrong(text: str) -> list[str]:
    """Return the sums of a text that do not come out.

    >>> wrong("91 ÷ 592 = 15.4%, 5% − 4% = 1 point, 12 × 5% = 61%")
    ['12 × 5% = 61%']
    """
    found = []
    for one in sums(text):
        try:
            values = [value(side) for side in one.sides]
        except (ValueError, ZeroDivisionError):
            found.append(one.said)
            continue
        # "5% − 4% = 1 point": the difference of percentages in points
        points = 100.0 if "×" not in one.sides[0] and "÷" not in one.sides[0] and "%" not in one.sides[-1] else 1.0
        if not all(values[0].meets(other) or other.meets(values[0], points) for other in values[1:]):
            found.append(one.said)
    return found


def problems(folder: Path) -> Iterator[str]:
    """Yield every sum in the texts below a language's folder that does not come out, with its file and line."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".toml"):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                for said in wrong(line):
                    yield f"{folder.name}/{path.relative_to(folder)}:{number}: {said}"
