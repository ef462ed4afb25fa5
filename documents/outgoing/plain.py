"""What a calculator says as a file can hold it: tables of text, formulas on one line. Directions stay as isolates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from statements.blocks import (
    Apart,
    Block,
    Cards,
    Cell,
    Formula,
    Fraction,
    Heading,
    HeatTable,
    Items,
    Lowered,
    Math,
    Outcome,
    Paragraph,
    Raised,
    Shaded,
    Symbols,
    Table,
    Unknown,
    in_island,
    index,
    island,
    runs,
)

Rows = list[list[str]]
_OPERATORS = frozenset("+−-×·÷/=")
_FIRST_STRONG, _END = "\u2068", "\u2069"


def tables(blocks: Iterable[Block]) -> Iterator[tuple[str, Rows]]:
    """Yield each table: its caption and its rows, the head first."""
    for one in blocks:
        if isinstance(one, Table):
            yield one.caption, [list(one.head), *([cell(part) for part in row] for row in one.rows)]
        elif isinstance(one, HeatTable):
            body = [[name, *map(_shaded, cells)] for name, cells, _marked in one.rows]
            yield "", [[one.corner, one.across], ["", *one.head], *body]


def cell(given: Cell) -> str:
    """Return a table's cell as text, with a line break where it has two lines."""
    if isinstance(given, Symbols):
        return f"{island(on_one_line(given.symbols))}\n{island(on_one_line(given.numbers))}"
    if isinstance(given, Outcome):
        return f"{given.value}\n{given.words}"
    return given.text if isinstance(given, Unknown) else given


def _shaded(one: Shaded) -> str:
    return f"{one.text} {one.beside}".strip()


def on_one_line(part: Math) -> str:
    """Return a part of a formula as text: fractions with a stroke, indices and powers with their signs.

    >>> on_one_line(("m (1 − r", Raised("n"), ") / ", Fraction("a", "b")))
    'm (1 − r^n) / a / b'
    """
    if isinstance(part, str):
        return part
    if isinstance(part, Fraction):
        return f"{on_one_line(part.top)} / {on_one_line(part.bottom)}"
    if isinstance(part, Lowered):
        return f"_{on_one_line(part.part)}"
    if isinstance(part, Raised):
        return f"^{on_one_line(part.part)}"
    if isinstance(part, Apart):
        return on_one_line(part.part)
    return "".join(map(on_one_line, part))


# --- for a template -------------------------------------------------------------------------------------------------


def paper(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Yield blocks for a template; each has a `k`.

    "h" and "p" have `t`; "ul" has `items`; "table" has `title` and `rows` of cells, the first of them the head; "formula" has
    `name`, `runs` (`k` "s", "sub" or "sup", and `t`; to be set from left to right) and `where`. A journey is a drawing of what
    the tables say, and left out.
    """
    for one in blocks:
        if isinstance(one, Heading):
            yield {"k": "h", "t": one.text}
        elif isinstance(one, Paragraph):
            yield {"k": "p", "t": one.text}
        elif isinstance(one, Items):
            yield {"k": "ul", "items": list(one.items)}
        elif isinstance(one, Table | HeatTable):
            yield from ({"k": "table", "title": title, "rows": rows} for title, rows in tables([one]))
        elif isinstance(one, Formula):
            yield {"k": "formula", "name": one.name, "runs": _runs(one), "where": one.where}
        elif isinstance(one, Cards):
            yield from _cards(one)


def _cards(cards: Cards) -> Iterator[dict[str, Any]]:
    for title, readings in cards.cards:
        yield {"k": "h", "t": title}
        for one in readings:
            for text in (one.name, one.value, one.says, f"{cards.says_not} {one.says_not}"):
                yield {"k": "p", "t": text}


def _runs(formula: Formula) -> list[dict[str, str]]:
    """Return a formula's pieces, an island of islands: its words and numbers must not turn around the "=" beside them."""
    opens = runs(*formula.parts)
    pieces = [("s", opens)]
    for i, part in enumerate(formula.parts):
        pieces += [("s", " = ")] if i else []
        pieces += _island(part, "s", opens)
    joined: list[dict[str, str]] = []
    for kind, said in [*pieces, ("s", _END)]:
        if joined and joined[-1]["k"] == kind:
            joined[-1]["t"] += said
        else:
            joined.append({"k": kind, "t": said})
    return joined


def _island(part: Math, kind: str, opens: str) -> list[tuple[str, str]]:
    return [(kind, opens), *_pieces(part, kind, opens), (kind, _END)]


def _pieces(part: Math, kind: str, opens: str) -> Iterator[tuple[str, str]]:
    """Yield a part's pieces; a fraction is written on the line, with brackets around a sum."""
    if isinstance(part, str):
        yield kind, in_island(part, opens)
    elif isinstance(part, Fraction):
        yield from _bracketed(part.top, kind, opens)
        yield kind, " / "
        yield from _bracketed(part.bottom, kind, opens)
    elif isinstance(part, Lowered):
        yield "sub", index(part)
    elif isinstance(part, Raised):
        yield from _pieces(part.part, "sup", opens)
    elif isinstance(part, Apart):
        yield kind, _FIRST_STRONG
        yield from _pieces(part.part, kind, opens)
        yield kind, _END
    else:
        for one in part:
            yield from _pieces(one, kind, opens)


def _bracketed(part: Math, kind: str, opens: str) -> list[tuple[str, str]]:
    bare = on_one_line(part).lstrip("\u061c\u200e\u2066\u2067")
    inside = _island(part, kind, opens)
    return [(kind, "("), *inside, (kind, ")")] if any(sign in _OPERATORS for sign in bare[1:]) else inside
