"""Words on the page: text made safe for HTML and for labels, and the longer texts of the content folders.

The words themselves come from `statements.text`; every file of this room takes them from here.
"""

from __future__ import annotations

import html
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from i18n.languages import content_root
from i18n.numbers import Numbers
from statements.reader import reader
from statements.text import N_, _, name, ngettext, npgettext, pgettext, pgettext_noop, stage_name

__all__ = [
    "N_",
    "_",
    "escape",
    "label",
    "name",
    "ngettext",
    "npgettext",
    "page_text",
    "pgettext",
    "pgettext_noop",
    "stage_name",
    "typed",
]


def escape(text: str) -> str:
    """Escape text for HTML."""
    return html.escape(text, quote=True)


_MARKDOWN = re.compile(r"([\\\\`*_\[\]<>$~|!#])")


def label(text: str) -> str:
    """Return text for a widget's label, where Streamlit would read a learner's * and [ as Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)


def typed(text: str) -> str:
    """Wrap a name that may be a learner's own for HTML: escaped, in its own direction."""
    return f'<bdi dir="auto">{escape(text)}</bdi>'


@lru_cache(maxsize=256)
def _page(path: Path) -> tuple[dict[str, Any], str]:
    _empty, front, body = path.read_text("utf-8").split("+++\n", 2)
    return tomllib.loads(front), body.strip()


@lru_cache(maxsize=256)
def _in_digits(path: Path, numbers: Numbers) -> tuple[dict[str, Any], str]:
    front, body = _page(path)
    return {key: numbers.text(value) for key, value in front.items()}, numbers.text(body)


def page_text(folder: str, slug: str) -> tuple[dict[str, Any], str]:
    """Return the front matter and the Markdown of ``content/<lang>/<folder>/<slug>.md``, in the reader's digits."""
    found = reader()
    return _in_digits(content_root() / found.language.code / folder / f"{slug}.md", found.numbers)
