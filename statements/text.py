"""Words in the reader's language, looked up when called: plain text, never markup."""

from __future__ import annotations

import re

from funnel.facts.stages import Stage
from i18n.titles import names
from statements.reader import reader

__all__ = [
    "N_",
    "_",
    "name",
    "ngettext",
    "npgettext",
    "pgettext",
    "pgettext_noop",
    "short_name",
    "shown_name",
    "stage_name",
    "typed",
]

FIRST_STRONG, END = "\u2068", "\u2069"
_ABBREVIATED = re.compile(r"\(([A-Z]{2,5})\)\u2069?$")
_ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def _(message: str) -> str:
    """Return the message in the learner's language."""
    return reader().catalog.gettext(message)


def ngettext(one: str, many: str, n: float) -> str:
    """Return the form for ``n`` in the learner's language; fill in ``%(n)s`` yourself."""
    return reader().catalog.ngettext(one, many, n)


def npgettext(context: str, one: str, many: str, n: float) -> str:
    """Return the form that agrees with n, of a message that means this only in this context."""
    return reader().catalog.npgettext(context, one, many, n)


def pgettext(context: str, message: str) -> str:
    """Return a message whose English has two meanings."""
    return reader().catalog.pgettext(context, message)


def N_(message: str) -> str:
    """Mark a message for the catalogue without looking it up."""
    return message


def pgettext_noop(_context: str, message: str) -> str:
    """Mark a message for the catalogue without looking it up."""
    return message


def name(kind: str, key: str) -> str:
    """Return the name of an id from ``content/<lang>/names.toml``; kinds are its tables (stages, models, presets)."""
    found = reader()
    return found.numbers.text(names(found.language.code)[kind][key])


def stage_name(stage: Stage, index: int) -> str:
    """Return a stage's name: the known one in the learner's language, her own as typed, else its number."""
    if stage.id:
        return name("stages", stage.id)
    return stage.name or _("Stage %(number)s") % {"number": reader().numbers.count(index + 1)}


def short_name(name: str) -> str:
    """Return a name for a table's narrow cell: its abbreviation, where it ends with one in brackets.

    >>> short_name("Marketing qualified leads (MQL)"), short_name("Visits")
    ('MQL', 'Visits')
    """
    hit = _ABBREVIATED.search(name)
    return hit[1] if hit else name


def typed(text: str) -> str:
    """Return a name that may be a learner's own as an island in its own direction (U+2068, U+2069)."""
    return f"{FIRST_STRONG}{text.translate(_ISOLATES)}{END}"


def shown_name(stage: Stage, index: int) -> str:
    """Return a stage's name for a sentence: what a learner wrote keeps its own direction."""
    text = stage_name(stage, index)
    return text if stage.id else typed(text)
