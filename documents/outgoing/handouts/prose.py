"""A lesson's Markdown as plain data for a template: paragraphs, lists and tables of pieces, in the reader's digits.

A template gets texts, never markup: what a translator or a learner wrote can only be shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from course import library
from course.text import SOURCE, TERM
from i18n.numbers import Numbers

Node = dict[str, Any]
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_KEPT = re.compile("\ue000(.)\ue001")
_CLOSES = {"strong_open": "b", "em_open": "i"}


@dataclass
class Prose:
    """Turn running text into nodes for one language, and remember which terms and sources it met.

    A block node is ``{"k": "p" | "h" | "ul" | "ol" | "table", ...}``; an inline one has ``k`` "s" (text), "b", "i",
    "code", "term" or "src" (``t`` the keys, ``w`` the word for how sure the claim is).
    """

    code: str
    numbers: Numbers
    certainty: Mapping[str, str]
    terms: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """Return one line without markup, in the reader's digits, sums kept together."""
        return self.numbers.text(text)

    def blocks(self, text: str) -> list[Node]:
        """Return Markdown as block nodes."""
        kept: list[Node] = []

        def keep(node: Node) -> str:
            kept.append(node)
            return f"\ue000{chr(0xE100 + len(kept) - 1)}\ue001"

        text = TERM.sub(lambda hit: keep(self._term(hit)), text)
        text = SOURCE.sub(lambda hit: keep(self._source(hit)), text)
        tokens = _MARKDOWN.parse(self.numbers.text(text))
        found, _at = self._walk(tokens, 0, kept)
        return found

    def line(self, text: str) -> list[Node]:
        """Return one paragraph's inline nodes."""
        found = self.blocks(text)
        return [inline for block in found for inline in block["c"]] if found else []

    def _term(self, hit: re.Match[str]) -> Node:
        known = library.glossary(self.code).get(hit[1])
        if known is not None:
            self.terms[hit[1]] = None
        return {"k": "term", "t": self.numbers.text(hit[2] or (known.term if known else hit[1]))}

    def _source(self, hit: re.Match[str]) -> Node:
        keys = [key.strip() for key in hit[1].split(",")]
        self.sources |= dict.fromkeys(keys)
        return {"k": "src", "t": ", ".join(keys), "w": self.certainty.get(hit[2], hit[2])}

    def _walk(self, tokens: list[Token], at: int, kept: list[Node]) -> tuple[list[Node], int]:
        """Return the blocks from a place up to where the surrounding element closes, and that place."""
        found: list[Node] = []
        while at < len(tokens):
            token = tokens[at]
            if token.nesting < 0:
                return found, at
            if token.type in ("paragraph_open", "heading_open"):
                node: Node = {"k": "p", "c": self._inline(tokens[at + 1].children or [], kept)}
                if token.type == "heading_open":
                    node = {"k": "h", "level": int(token.tag[1]), "c": node["c"]}
                found.append(node)
                at += 3
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                items, at = [], at + 1
                while tokens[at].type == "list_item_open":
                    item, end = self._walk(tokens, at + 1, kept)
                    items.append(item)
                    at = end + 1
                found.append({"k": "ul" if token.type.startswith("b") else "ol", "c": items})
                at += 1
            elif token.type == "table_open":
                node, at = self._table(tokens, at, kept)
                found.append(node)
            elif token.nesting > 0:  # a quotation: its paragraphs
                inner, end = self._walk(tokens, at + 1, kept)
                found += inner
                at = end + 1
            else:
                if token.content.strip():  # code blocks and the like: as they are written
                    found.append({"k": "p", "c": [{"k": "code", "t": token.content.strip()}]})
                at += 1
        return found, at

    def _table(self, tokens: list[Token], at: int, kept: list[Node]) -> tuple[Node, int]:
        rows: list[list[list[Node]]] = []
        while tokens[at].type != "table_close":
            if tokens[at].type == "tr_open":
                rows.append([])
            elif tokens[at].type == "inline":
                rows[-1].append(self._inline(tokens[at].children or [], kept))
            at += 1
        return {"k": "table", "head": rows[0], "rows": rows[1:]}, at + 1

    def _inline(self, tokens: list[Token], kept: list[Node]) -> list[Node]:
        stack: list[list[Node]] = [[]]
        kinds: list[str] = []
        for token in tokens:
            if token.type in _CLOSES:
                stack.append([])
                kinds.append(_CLOSES[token.type])
            elif token.type in ("strong_close", "em_close"):
                inner = stack.pop()
                stack[-1].append({"k": kinds.pop(), "c": inner})
            elif token.type in ("softbreak", "hardbreak"):
                stack[-1].append({"k": "s", "t": " "})
            elif token.type == "code_inline":
                stack[-1].append({"k": "code", "t": token.content})
            elif token.content:
                stack[-1] += _pieces(token.content, kept)
        return stack[0]


def _pieces(text: str, kept: list[Node]) -> list[Node]:
    """Return a text as nodes, with what was put aside in its place again."""
    found: list[Node] = []
    for i, piece in enumerate(_KEPT.split(text)):
        if i % 2:
            node = kept[ord(piece) - 0xE100]
            if node["k"] == "src" and found and found[-1]["k"] == "s":
                found[-1] = {"k": "s", "t": found[-1]["t"].rstrip(" ")}
            found.append(node)
        elif piece:
            found.append({"k": "s", "t": piece})
    return found
