"""A sum in figures, "403 ÷ 1,152 = 35%", reads from the left in every language: how it is found in running text."""

from __future__ import annotations

import re
from collections.abc import Callable

_FIGURE = r"\(*\d+(?:[.,]\d+)*%?\)*"
_SUM = re.compile(rf"(?<![\w.]){_FIGURE}(?:\s[÷×+−=≈]\s{_FIGURE})+")
# A percentage in native digits brings a letter mark that would turn the sum around: it is kept to itself.
_MARKED = re.compile(r"\u061c[^\s()]+")


def in_sums(text: str, made: Callable[[str], str]) -> str:
    """Return text with each sum replaced by what is made of it; a bracket whose partner stands outside stays outside.

    >>> in_sums("So (that is 403 ÷ 1,152 = 35%), see (2).", lambda said: f"<{said}>")
    'So (that is <403 ÷ 1,152 = 35%>), see (2).'
    """
    return _SUM.sub(lambda hit: _one(hit[0], made), text)


def _one(said: str, made: Callable[[str], str]) -> str:
    whole, before, after = said, "", ""
    while said.count("(") > said.count(")") and said.startswith("("):
        before, said = before + "(", said[1:]
    while said.count(")") > said.count("(") and said.endswith(")"):
        after, said = after + ")", said[:-1]
    return before + made(said) + after if said.count("(") == said.count(")") else whole


def in_marked(shown: str, made: Callable[[str], str]) -> str:
    """Return a sum in native digits with each percentage that brings a letter mark replaced by what is made of it."""
    return _MARKED.sub(lambda hit: made(hit[0]), shown)
