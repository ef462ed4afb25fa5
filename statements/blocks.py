"""What stands below a calculator's sentence, as plain data: headings, paragraphs, lists, tables, formulas.

Every text is plain: whoever draws it escapes it. Where a name that somebody typed, or a piece that runs another way, stands in
a text, it stands between isolates (U+2066 or U+2068, and U+2069).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from i18n import sums
from statements.reader import reader


@dataclass(frozen=True)
class Heading:
    """A section's heading."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list without an order."""

    items: Sequence[str]


@dataclass(frozen=True)
class Symbols:
    """A cell with a formula: its symbols, and below them the same with numbers."""

    symbols: Math
    numbers: Math


@dataclass(frozen=True)
class Outcome:
    """A cell with one of several outcomes: its number, what it means, and whether that is ``good``."""

    value: str
    words: str
    good: bool


@dataclass(frozen=True)
class Unknown:
    """A cell that has nothing to show yet."""

    text: str


Cell = str | Symbols | Outcome | Unknown


@dataclass(frozen=True)
class Table:
    """A table: ``caption`` is shown; the first ``words`` columns hold words, the others numbers; ``marked`` is a row set apart."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    words: int = 1
    marked: int | None = None


@dataclass(frozen=True)
class Shaded:
    """A cell of a heat table: its text, a smaller one beside it, how deep its colour is (0 to 1); not ``known``: hatched."""

    text: str = ""
    beside: str = ""
    depth: float | None = None
    known: bool = True


@dataclass(frozen=True)
class HeatTable:
    """A table whose colours say how large a number is: ``corner`` heads the names, ``across`` stands above the ``head``.

    Each row is its name, its cells, and whether it is set apart.
    """

    caption: str
    corner: str
    across: str
    head: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Shaded], bool]]


@dataclass(frozen=True)
class Fraction:
    """A fraction in a formula."""

    top: Math
    bottom: Math


@dataclass(frozen=True)
class Lowered:
    """An index in a formula."""

    part: Math


@dataclass(frozen=True)
class Raised:
    """An exponent in a formula."""

    part: Math


@dataclass(frozen=True)
class Apart:
    """A part of a formula that no neighbour may turn round, such as an amount with its currency."""

    part: Math


Math = str | Fraction | Lowered | Raised | Apart | tuple["Math", ...]


@dataclass(frozen=True)
class Formula:
    """A formula: its name, then ``parts`` joined by "=", which run as `runs` says; ``where`` says what its symbols mean."""

    name: str
    parts: Sequence[Math]
    where: str = ""


@dataclass(frozen=True)
class Reading:
    """One number on a card: what it is, the number, what it says, and what it does not say."""

    name: str
    value: str
    says: str
    says_not: str


@dataclass(frozen=True)
class Cards:
    """Cards beside each other, each a title with its readings; ``says_not`` introduces what a number does not say."""

    cards: Sequence[tuple[str, Sequence[Reading]]]
    says_not: str


@dataclass(frozen=True)
class Station:
    """One stop of a journey: its name, its number, and what leads back to it, if anything does."""

    name: str
    value: str
    back: str = ""


@dataclass(frozen=True)
class Journey:
    """A drawing of stations one after the other, some with a way back; everything in it stands in a table too."""

    stations: Sequence[Station]


Block = Heading | Paragraph | Items | Table | HeatTable | Formula | Cards | Journey
Blocks = list[Block]


def runs(*parts: Math) -> str:
    """Return the mark that opens the island of a formula, by what it is made of: words run with their script (`i18n.sums`)."""
    return sums.runs(sums.kind(" ".join(_said(parts))), reader().numbers)


def _said(part: Math | Sequence[Math]) -> Iterator[str]:
    """Yield the texts of a part."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Fraction):
        yield from (*_said(part.top), *_said(part.bottom))
    elif isinstance(part, Lowered | Raised | Apart):
        yield from _said(part.part)
    else:
        for one in part:
            yield from _said(one)


def index(part: Lowered) -> str:
    """Return the text of an index. It keeps Latin digits in every language: ۰ and ٠ below the line look like full stops."""
    return "".join(_said(part))


def in_island(text: str, opens: str) -> str:
    """Return a text of a formula for inside the island that `opens`: a number or word that would turn its neighbours is apart."""
    return sums.apart(text, reader().numbers, opens)


def island(text: str) -> str:
    """Return a short formula as an island in a sentence."""
    return sums.island(text, reader().numbers)


def heading(words: str, note: str = "") -> Blocks:
    """Return a section's heading, and below it a note."""
    return [Heading(words), *([Paragraph(note)] if note else [])]


def table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], *, words: int = 1, marked: int | None = None
) -> Blocks:
    """Return a table; see `Table`."""
    return [Table(caption, head, rows, words, marked)]


def formula(name: str, *parts: Math, where: str = "") -> Blocks:
    """Return a formula: symbols, then the learner's numbers in them, then the result; see `Formula`."""
    return [Formula(name, parts, where)]


def term(*parts: Math) -> Math:
    """Return pieces of a formula as one part of it."""
    return parts


def fraction(top: Math, bottom: Math) -> Fraction:
    """Return a fraction."""
    return Fraction(top, bottom)


def between(sign: str, parts: Sequence[Math]) -> Math:
    """Return parts with a sign between each two of them."""
    joined: list[Math] = []
    for part in parts:
        joined += [sign, part] if joined else [part]
    return tuple(joined)
