"""Say which plural form a number needs: by CLDR, and by the gettext header that the message files carry."""

import re
from collections.abc import Callable
from functools import lru_cache
from gettext import c2py
from math import isfinite

from babel import Locale
from babel.messages.plurals import get_plural
from babel.plural import to_gettext

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's six categories, in the order in which a message file numbers its forms."""


@lru_cache(maxsize=64)
def _locale(locale: str) -> Locale:
    return Locale.parse(locale.replace("-", "_"))


def categories(locale: str) -> tuple[str, ...]:
    """Return the categories that a language tells apart, in the order of its message files' forms.

    >>> categories("ar"), categories("fa")
    (('zero', 'one', 'two', 'few', 'many', 'other'), ('one', 'other'))
    """
    used = _locale(locale).plural_form.tags | {"other"}
    return tuple(one for one in CATEGORIES if one in used)


def category(locale: str, n: float) -> str:
    """Return CLDR's category of a number (UTS #35, part 3, section 5; the sign does not matter).

    A whole float counts as its integer, because that is how it is shown. Raises `TypeError` for None, NaN, infinity.

    >>> [category("ar", n) for n in (0, 1, 2, 3, 11, 100, 1.5)]
    ['zero', 'one', 'two', 'few', 'many', 'other', 'other']
    """
    return _locale(locale).plural_form(_plain(n))


def plural_forms(locale: str) -> str:
    """Return the Plural-Forms header of a language: Babel's, or what CLDR's rules give where Babel counts other forms.

    A test holds it equal to CLDR for n = 0..1000.

    >>> plural_forms("fa")
    'nplurals=2; plural=(n > 1);'
    """
    found = get_plural(locale.replace("-", "_"))
    if found.num_plurals == form_count(locale):
        return found.plural_forms
    # "e" is CLDR's compact exponent ("1 million" in French and Spanish): gettext does not know it, and ours is 0.
    return re.sub(r"\be\b", "0", to_gettext(_locale(locale).plural_form))


@lru_cache(maxsize=64)
def _rule(locale: str) -> Callable[[int], int]:
    return c2py(plural_forms(locale).partition("plural=")[2].rstrip(" ;"))


def form_count(locale: str) -> int:
    """Return how many plural forms a message of this language has.

    >>> form_count("ar")
    6
    """
    return len(categories(locale))


def form_index(locale: str, n: float) -> int:
    """Return which form of a message the number takes: by the Plural-Forms header, for fractions by CLDR.

    Raises `TypeError` for None, NaN, infinity.

    >>> form_index("ar", 102), form_index("ar", 2.5), form_index("fa", 0.5)
    (5, 5, 0)
    """
    plain = _plain(n)
    if isinstance(plain, int):
        return _rule(locale)(plain)
    return categories(locale).index(category(locale, plain))


def _plain(n: float) -> float:
    if isinstance(n, bool) or n is None or isinstance(n, str):
        raise TypeError(f"a plural needs a number, not {n!r}")
    if not isfinite(n):
        raise TypeError(f"a plural needs a finite number, not {n!r}")
    whole = int(n)
    return abs(whole) if whole == n else abs(float(n))
