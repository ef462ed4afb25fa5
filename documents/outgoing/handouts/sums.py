"""Sums in figures on paper: each is an island that reads from the left, and a short one is not broken over two lines."""

from __future__ import annotations

from course.sums import in_marked, in_sums
from i18n.numbers import Numbers

_LRI, _RLI, _PDI = "\u2066", "\u2067", "\u2069"
_WHOLE = 44  # a sum up to so many characters is not broken over two lines: broken, it is read in the wrong order


def islands(text: str, numbers: Numbers) -> str:
    """Return text in the reader's digits, each sum "403 ÷ 1,152 = 35%" a left-to-right island.

    >>> from i18n.numbers import numbers
    >>> islands("(403 ÷ 1,152 = 35%)", numbers("fa")).replace(_LRI, "<").replace(_PDI, ">").replace(_RLI, "{")
    '<(۴۰۳\\xa0÷\\xa0۱٬۱۵۲\\xa0=\\xa0{\\u061c۳۵٪>)>'
    """
    return numbers.text(in_sums(text, lambda said: _island(numbers.text(said))))


def _island(shown: str) -> str:
    if len(shown) <= _WHOLE:
        shown = shown.replace(" ", "\u00a0")
    return f"{_LRI}{in_marked(shown, lambda said: f'{_RLI}{said}{_PDI}')}{_PDI}"
