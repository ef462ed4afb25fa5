"""Words of the interface, in the learner's language, looked up when called."""

from __future__ import annotations

import html
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from i18n.languages import content_root
from i18n.numbers import Numbers
from i18n.titles import names
from ui import state

__all__ = [
    "N_",
    "_",
    "escape",
    "label",
    "name",
    "ngettext",
    "page_text",
    "pgettext",
    "pgettext_noop",
    "stage_name",
    "typed",
]


def _(message: str) -> str:
    """Return the message in the learner's language."""
    return state.reader().catalog.gettext(message)


def ngettext(one: str, many: str, n: float) -> str:
    """Return the form for ``n`` in the learner's language; fill in ``%(n)s`` yourself."""
    return state.reader().catalog.ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """Return a message whose English has two meanings."""
    return state.reader().catalog.pgettext(context, message)


def N_(message: str) -> str:
    """Mark a message for the catalogue without looking it up."""
    return message


def pgettext_noop(_context: str, message: str) -> str:
    """Mark a message for the catalogue without looking it up."""
    return message


def name(kind: str, key: str) -> str:
    """Return the name of an id from ``content/<lang>/names.toml``; kinds are its tables (stages, models, presets)."""
    reader = state.reader()
    return reader.numbers.text(names(reader.language.code)[kind][key])


def stage_name(stage, index: int) -> str:
    """Return a stage's name: the known one in the learner's language, her own as typed, else its number."""
    if stage.id:
        return name("stages", stage.id)
    return stage.name or _("Stage %(number)s") % {"number": state.reader().numbers.count(index + 1)}


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
    reader = state.reader()
    return _in_digits(content_root() / reader.language.code / folder / f"{slug}.md", reader.numbers)
