"""What `statements` says, drawn as HTML: texts are escaped here, and here only; isolates become elements.

Tables cost a tenth of a grid so, mirror by themselves, and a screen reader reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache, singledispatch

from markupsafe import Markup, escape

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
    Journey,
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
    runs,
)
from statements.reader import reader

_ISOLATE = re.compile("[\u2066-\u2069]")
_OPEN = {"\u2066": '<bdi dir="ltr" class="tf-island">', "\u2067": '<bdi dir="rtl">', "\u2068": '<bdi dir="auto">'}
_DIRECTION = {"\u2066": "ltr", "\u2067": "rtl"}
_WORDS = Markup(' class="tf-words"')
_MARKED = Markup(' class="tf-marked"')
_NOTHING = Markup("")


@lru_cache(
    maxsize=8192, typed=True
)  # of what a page says, most stays; typed: Markup equals its text, and is not escaped
def html(text: str) -> Markup:
    """Return plain text as HTML; what stands between isolates becomes an element with a direction of its own.

    >>> str(html("“\\u2068a & b\\u2069”: 5"))
    '“<bdi dir="auto">a &amp; b</bdi>”: 5'
    """
    safe = str(escape(text))
    return Markup(islands(safe) if _ISOLATE.search(safe) else safe)


def islands(made: str) -> str:
    """Return HTML whose texts have isolates with elements in their place; none may stand in an attribute."""
    depth = 0

    def tag(hit: re.Match[str]) -> str:
        nonlocal depth
        if hit[0] in _OPEN:
            depth += 1
            return _OPEN[hit[0]]
        if not depth:
            return ""
        depth -= 1
        return "</bdi>"

    return _ISOLATE.sub(tag, made) + "</bdi>" * depth


def blocks_html(blocks: Iterable[Block]) -> Markup:
    """Return blocks as HTML, one after the other."""
    return _NOTHING.join(map(draw, blocks))


@singledispatch
def draw(block: Block) -> Markup:
    """Return a block as HTML."""
    raise TypeError(f"nothing is known of {type(block).__name__}")


@draw.register
def _(block: Heading) -> Markup:
    return Markup("<h2>{}</h2>").format(html(block.text))


@draw.register
def _(block: Paragraph) -> Markup:
    return Markup('<p class="tf-note">{}</p>').format(html(block.text))


@draw.register
def _(block: Items) -> Markup:
    items = _NOTHING.join(Markup("<li>{}</li>").format(html(item)) for item in block.items)
    return Markup('<ul class="tf-notes">{}</ul>').format(items)


# --- tables ---------------------------------------------------------------------------------------------------------


@draw.register
def _(block: Table) -> Markup:
    wide = max(len(block.head), *(len(row) for row in block.rows), block.words)
    kinds = [_WORDS if i < block.words else _NOTHING for i in range(wide)]
    top = "".join(f'<th scope="col"{kinds[i]}>{html(one)}</th>' for i, one in enumerate(block.head))
    body = []
    for place, row in enumerate(block.rows):
        first, *rest = map(cell, row)
        cells = "".join(f"<td{kinds[i]}>{one}</td>" for i, one in enumerate(rest, 1))
        body.append(f'<tr{_MARKED if place == block.marked else ""}><th scope="row">{first}</th>{cells}</tr>')
    return Markup(
        f'<div class="tf-scroll" role="region" tabindex="0" aria-label="{_label(block.caption)}"><table class="tf-table">'
        f"<caption>{html(block.caption)}</caption><thead><tr>{top}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _label(text: str) -> Markup:
    """Return text for an attribute; isolates stay signs there."""
    return escape(text)


def cell(given: Cell) -> Markup:
    """Return a table's cell as HTML."""
    if isinstance(given, str):
        return html(given)
    if isinstance(given, Symbols):
        line = Markup('<bdi dir="{}" class="tf-island">{}</bdi><br><bdi dir="{}" class="tf-island tf-quiet">{}</bdi>')
        above, below = runs(given.symbols), runs(given.numbers)
        return line.format(_DIRECTION[above], math(given.symbols, above), _DIRECTION[below], math(given.numbers, below))
    if isinstance(given, Outcome):
        kind = "good" if given.good else "bad"
        return Markup('<div class="tf-outcome tf-{}"><strong>{}</strong><br>{}</div>').format(
            kind, html(given.value), html(given.words)
        )
    assert isinstance(given, Unknown)
    return Markup('<span class="tf-quiet">{}</span>').format(html(given.text))


@draw.register
def _(block: HeatTable) -> Markup:
    rows = "".join(
        f'<tr{_MARKED if marked else ""}><th scope="row">{html(name)}</th>{"".join(map(_shaded, cells))}</tr>'
        for name, cells, marked in block.rows
    )
    head = "".join(f'<th scope="col">{html(one)}</th>' for one in block.head)
    name = _label(block.caption)
    return Markup(
        f'<div class="tf-scroll" role="region" tabindex="0" aria-label="{name}"><table class="tf-table tf-heat" '
        f'aria-label="{name}"><thead><tr><th scope="col" class="tf-words">{html(block.corner)}</th>'
        f'<th scope="colgroup" colspan="{len(block.head)}" class="tf-words">{html(block.across)}</th></tr>'
        f"<tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _shaded(one: Shaded) -> str:
    if not one.known:
        return '<td class="tf-unripe"></td>'
    beside = f'<span class="tf-quiet">{html(one.beside)}</span>' if one.beside else ""
    if one.depth is None:
        return f"<td>{html(one.text)}{beside}</td>"
    depth = round(6 + 46 * one.depth)  # letters stay readable on the deepest, and 0% is tinted too
    return (
        f'<td style="background:color-mix(in srgb, var(--tf-now) {depth}%, transparent)">{html(one.text)}{beside}</td>'
    )


# --- formulas: symbols from left to right, words with their script ---------------------------------------------------------------


@draw.register
def _(block: Formula) -> Markup:
    # Each part is one box: a power is not a word of its own, and a line ends between two parts.
    opens = runs(*block.parts)
    body = Markup('<span class="tf-eq"> = </span>').join(
        Markup("<span>{}</span>").format(math(one, opens)) for one in block.parts
    )
    after = Markup('<span class="tf-quiet">{}</span>').format(html(block.where)) if block.where else _NOTHING
    return Markup('<div class="tf-formula"><span>{}</span><bdi dir="{}">{}</bdi>{}</div>').format(
        html(block.name), _DIRECTION[opens], body, after
    )


def math(part: Math, opens: str) -> Markup:
    """Return a part of a formula that stands in an island as HTML; a screen reader hears a fraction as "top / bottom"."""
    if isinstance(part, str):
        return html(in_island(part, opens))
    if isinstance(part, Fraction):
        line = '<span class="tf-frac"><span>{}</span><span class="tf-over"> / </span><span>{}</span></span>'
        return Markup(line).format(math(part.top, opens), math(part.bottom, opens))
    if isinstance(part, Lowered):
        return Markup("<sub>{}</sub>").format(index(part))
    if isinstance(part, Raised):
        return Markup("<sup>{}</sup>").format(math(part.part, opens))
    if isinstance(part, Apart):
        return Markup("<bdi>{}</bdi>").format(math(part.part, opens))
    return _NOTHING.join(math(one, opens) for one in part)


# --- cards and journeys ---------------------------------------------------------------------------------------------


@draw.register
def _(block: Cards) -> Markup:
    one = Markup('<dt>{}</dt><dd><strong>{}</strong><p>{}</p><p class="tf-not"><span>{}</span> {}</p></dd>')
    cards = [
        Markup('<section class="tf-card"><h3>{}</h3><dl>{}</dl></section>').format(
            html(title),
            _NOTHING.join(
                one.format(html(r.name), html(r.value), html(r.says), html(block.says_not), html(r.says_not))
                for r in readings
            ),
        )
        for title, readings in block.cards
    ]
    return Markup('<div class="tf-pair">{}</div>').format(_NOTHING.join(cards))


@draw.register
def _(block: Journey) -> Markup:
    onward = Markup('<span class="tf-go" aria-hidden="true"><span>{}</span><span>↓</span></span>').format(
        "←" if reader().rtl else "→"
    )
    stops = []
    for stop in block.stations:
        back = Markup('<div class="tf-back">{}</div>').format(html(stop.back)) if stop.back else _NOTHING
        node = Markup('<div class="tf-turn"><div class="tf-node"><span>{}</span><strong>{}</strong></div>{}</div>')
        stops.append(node.format(html(stop.name), html(stop.value), back))
    return Markup('<div class="tf-loop">{}</div>').format(onward.join(stops))
