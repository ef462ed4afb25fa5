"""A page's findings (HTML of ours) as plain blocks: headings, paragraphs, lists, tables and formulas, for a file or for paper.

Directions stay as marks: `<bdi>` becomes an isolate (U+2066 to U+2069), so that a number or a stranger's name cannot turn
the text around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Block = dict[str, Any]
_VOID = frozenset(("br", "hr", "img", "input", "wbr"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
_FIRST_STRONG, _END = "\u2068", "\u2069"
_OPERATORS = frozenset("+−-×·÷/=")


@dataclass
class _Node:
    tag: str
    kind: frozenset[str] = frozenset()
    direction: str = ""
    inside: list[_Node | str] = field(default_factory=list)

    def nodes(self, *tags: str) -> list[_Node]:
        """Return what has one of these tags, at any depth, in order."""
        found: list[_Node] = []
        for one in self.inside:
            if isinstance(one, _Node):
                found += [one] if one.tag in tags else one.nodes(*tags)
        return found


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [_Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        node = _Node(tag, frozenset((given.get("class") or "").split()), given.get("dir") or "")
        self.open[-1].inside.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def _tree(page: str) -> _Node:
    reader = _Tree()
    reader.feed(page)
    reader.close()
    return reader.open[0]


def text(page: str) -> str:
    """Return a piece of a page as text, with a line break where the page has one.

    >>> text('<b>5</b> of <bdi dir="ltr">a &amp; b</bdi>')
    '5 of \\u2066a & b\\u2069'
    """
    return _text(_tree(page))


def _text(node: _Node) -> str:
    lines = "".join(_pieces(node)).split("\0")
    return "\n".join(line for line in (" ".join(one.split()) for one in lines) if line)


def _pieces(node: _Node) -> Iterator[str]:
    for one in node.inside:
        if isinstance(one, str):
            yield one
        elif one.tag == "bdi":
            yield _ISOLATES.get(one.direction, _FIRST_STRONG)
            yield from _pieces(one)
            yield _END
        else:  # what stands on a line of its own, or in a box of its own, is a word of its own
            yield "\0" if one.tag == "br" else " " if one.tag in ("span", "div") else ""
            yield from _pieces(one)


def blocks(page: str) -> list[Block]:
    """Return a page's blocks; each has a `k`.

    "h" and "p" have `t`; "ul" has `items`; "table" has `title` and `rows` of cells, the first of them the head; "formula" has
    `name`, `runs` (`k` "s", "sub" or "sup", and `t`; to be set from left to right) and `where`.
    """
    return list(_blocks(_tree(page)))


def _blocks(node: _Node) -> Iterator[Block]:
    for one in node.inside:
        if isinstance(one, str):
            if one.strip():
                yield {"k": "p", "t": " ".join(one.split())}
        elif one.tag in _HEADINGS or one.tag == "p":
            yield {"k": "p" if one.tag == "p" else "h", "t": _text(one)}
        elif one.tag in ("ul", "ol"):
            yield {"k": "ul", "items": [_text(item) for item in one.nodes("li")]}
        elif one.tag == "table":
            title = " ".join(_text(caption) for caption in one.nodes("caption"))
            rows = [[_text(cell) for cell in row.nodes("th", "td")] for row in one.nodes("tr")]
            yield {"k": "table", "title": title, "rows": rows}
        elif "tf-formula" in one.kind:
            yield _formula(one)
        elif "tf-loop" in one.kind:  # a drawing of what the tables say
            continue
        elif one.nodes(*_KNOWN):
            yield from _blocks(one)
        elif said := _text(one):
            yield {"k": "p", "t": said}


_KNOWN = ("table", "p", "ul", "ol", "div", *_HEADINGS)


def _formula(node: _Node) -> Block:
    parts = [one for one in node.inside if isinstance(one, _Node)]
    body = next((one for one in parts if one.tag == "bdi"), _Node("bdi"))
    name = _text(parts[0]) if parts and parts[0] is not body else ""
    where = " ".join(_text(one) for one in parts if "tf-quiet" in one.kind)
    runs: list[dict[str, str]] = []
    for kind, said in _parts(body):
        if runs and runs[-1]["k"] == kind:
            runs[-1]["t"] += said
        else:
            runs.append({"k": kind, "t": said})
    return {"k": "formula", "name": name, "runs": runs, "where": where}


def _parts(body: _Node) -> Iterator[tuple[str, str]]:
    """Yield a formula's pieces, an island of islands: its words and numbers must not turn around the "=" beside them."""
    yield "s", _ISOLATES["ltr"]
    for one in body.inside:
        if isinstance(one, str) or "tf-eq" in one.kind:
            yield "s", one if isinstance(one, str) else _bare(one)
        else:
            yield from _island(one, "s")
    yield "s", _END


def _bare(node: _Node) -> str:
    return "".join(one if isinstance(one, str) else _bare(one) for one in node.inside)


def _island(node: _Node, kind: str) -> Iterator[tuple[str, str]]:
    yield kind, _ISOLATES["ltr"]
    yield from _runs(node, kind)
    yield kind, _END


def _runs(node: _Node, kind: str) -> Iterator[tuple[str, str]]:
    """Yield a formula's pieces; a fraction is written on the line, with brackets around a sum."""
    for one in node.inside:
        if isinstance(one, str):
            yield kind, one
        elif "tf-frac" in one.kind:
            for part in one.inside:
                if isinstance(part, str) or "tf-over" in part.kind:
                    yield kind, " / "
                    continue
                sum_ = any(sign in _OPERATORS for sign in _bare(part).lstrip("\u061c\u200e")[1:])
                yield from [(kind, "("), *_island(part, kind), (kind, ")")] if sum_ else _island(part, kind)
        elif one.tag == "bdi":
            yield kind, _ISOLATES.get(one.direction, _FIRST_STRONG)
            yield from _runs(one, kind)
            yield kind, _END
        else:
            yield from _runs(one, one.tag if one.tag in ("sub", "sup") else kind)
