"""The page's HTML as neutral blocks, with all that it says: marked rows and the drawing of the loop too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Block = dict[str, Any]
_VOID = frozenset(("br", "hr", "img", "input", "wbr"))
_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
_SMALL = {"sub": "_{%s}", "sup": "^{%s}"}
_APART = frozenset(("table", "p", "ul", "ol", "div", "h1", "h2", "h3", "h4"))


@dataclass
class _Node:
    tag: str
    kind: frozenset[str] = frozenset()
    direction: str = ""
    label: str = ""
    inside: list[_Node | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[_Node]:
        found = []
        for one in self.inside:
            if isinstance(one, _Node):
                found += [one] if one.tag in tags else one.all(*tags)
        return found


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [_Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        node = _Node(
            tag, frozenset((given.get("class") or "").split()), given.get("dir") or "", given.get("aria-label") or ""
        )
        self.open[-1].inside.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert tag in _VOID or self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def _tree(page: str) -> _Node:
    reader = _Tree()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]


def text(page: str) -> str:
    """Return a piece of a page as text; `<bdi>` becomes an isolate, `<br>` a line break."""
    return _text(_tree(page))


def _text(node: _Node) -> str:
    lines = "".join(_pieces(node)).split("\0")
    return "\n".join(line for line in (" ".join(one.split()) for one in lines) if line)


def _pieces(node: _Node) -> Iterator[str]:
    for one in node.inside:
        if isinstance(one, str):
            yield one
        elif one.tag == "bdi":
            yield _ISOLATES.get(one.direction, "\u2068")
            yield from _pieces(one)
            yield "\u2069"
        elif one.tag in _SMALL:
            yield _SMALL[one.tag] % "".join(_pieces(one))
        else:
            yield "\0" if one.tag == "br" else " " if one.tag in ("span", "div") else ""
            yield from _pieces(one)


def blocks(page: str) -> list[Block]:
    """Return a page's blocks.

    Each has a kind `k`: "h" and "p" with `t`; "ul" with `items`; "table" with `title`, `rows` and `marked` (numbers of rows);
    "formula" with `name`, `t` and `where`; "loop" with `items`.
    """
    return list(_blocks(_tree(page)))


def _blocks(node: _Node) -> Iterator[Block]:
    for one in node.inside:
        if isinstance(one, str):
            if one.strip():
                yield {"k": "p", "t": " ".join(one.split())}
        elif one.tag in ("h1", "h2", "h3", "h4", "p"):
            yield {"k": one.tag[0], "t": _text(one)}
        elif one.tag in ("ul", "ol"):
            yield {"k": "ul", "items": [_text(item) for item in one.all("li")]}
        elif one.tag == "table":
            rows = one.all("tr")
            yield {
                "k": "table",
                "title": " ".join(map(_text, one.all("caption"))) or one.label,
                "rows": [[_text(cell) for cell in row.all("th", "td")] for row in rows],
                "marked": [i for i, row in enumerate(rows) if "tf-marked" in row.kind],
            }
        elif "tf-formula" in one.kind:
            yield _formula(one)
        elif "tf-loop" in one.kind:
            yield {"k": "loop", "items": [" · ".join(_turn(turn)) for turn in one.all("div")]}
        elif one.all(*_APART):
            yield from _blocks(one)
        elif said := _text(one):
            yield {"k": "p", "t": said}


def _turn(node: _Node) -> Iterator[str]:
    """Yield a station's words, its number, and what leads back to it."""
    yield from map(_text, node.all("span", "strong"))
    yield from (_text(one) for one in node.inside if isinstance(one, _Node) and "tf-back" in one.kind)


def _formula(node: _Node) -> Block:
    """Return a formula; how its parts are kept in their places is the page's affair and no part of it."""
    name, body, *after = [one for one in node.inside if isinstance(one, _Node)]
    return {"k": "formula", "name": _text(name), "t": _line(body), "where": " ".join(map(_text, after))}


def _line(node: _Node) -> str:
    said = ""
    for one in node.inside:
        if isinstance(one, str):
            said += one
        elif one.tag in _SMALL:
            said += _SMALL[one.tag] % _line(one)
        elif "tf-frac" in one.kind:
            top, _over, bottom = one.inside
            said += f"[{_line(top)} / {_line(bottom)}]"
        else:
            said += _line(one)
    return " ".join(said.split()) if node.tag == "bdi" and node.direction == "ltr" else said
