"""How words are compared: however their letters are typed, and in the order of the language's alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from i18n.languages import cached_per_root
from i18n.titles import names

# Letters that are typed for one another: Arabic and Persian yeh and kaf, hamza and its seats, teh marbuta, and the digits.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("يىئ", "ی"), **dict.fromkeys("ك", "ک"), **dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ؤ", "و"),
        **dict.fromkeys("ةۀ", "ه"), **dict.fromkeys("\u200c\u200b\u200d\u200e\u200f\u0640\u0654-", ""), "ء": "",
        **{digit: str(i) for i, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}, **{digit: str(i) for i, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    }
)  # fmt: skip


def folded(text: str) -> str:
    """Return text so that spellings of the same word are equal: case, marks, letter variants, digits, joiners.

    >>> folded("نرخ‌های تبديل") == folded("نرخهای تبدیل"), folded("الوعيُ") == folded("الوعی")
    (True, True)
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", bare).translate(_FOLDED)).strip()


def needle(wanted: str) -> str:
    """Return what is searched for, of what was typed: its beginning, since folding sorts marks, at a square of their number."""
    return folded(wanted[:400])[:80]


def rank(sought: str, called: Iterable[str]) -> int | None:
    """Say how well folded words fit any of the names: 0 the very name, 1 its beginning, 2 a word's beginning, 3 inside one.

    >>> [rank("sale", [name]) for name in ("sale", "sales funnel", "average sale", "resale", "price")]
    [0, 1, 2, 3, None]
    """
    if not sought:
        return 3
    best = None
    for name in called:
        if sought in name:
            place = 0 if name == sought else 1 if name.startswith(sought) else 2 if f" {sought}" in name else 3
            best = place if best is None else min(best, place)
    return best


@cached_per_root
def _places(code: str) -> dict[str, int]:
    """Return each letter's place in the language's alphabet; letters written together in `names.toml` are one."""
    groups = names(code)["alphabet"]["letters"].split()
    return {letter: place for place, group in enumerate(groups) for letter in group}


def alphabetical(code: str, text: str) -> tuple[tuple[int, int], ...]:
    """Return what puts texts in the order of a language's dictionary, as CLDR has it: its letters first, then others.

    >>> sorted(["هزینه", "پرورش", "وفاداری", "بازار"], key=lambda word: alphabetical("fa", word))
    ['بازار', 'پرورش', 'وفاداری', 'هزینه']
    """
    places = _places(code)
    plain = unicodedata.normalize("NFC", text.casefold()).replace("\u200c", " ")
    letters = [c for c in plain if not unicodedata.combining(c)]
    found = [(c, places.get(c, places.get(folded(c)))) for c in letters]
    return tuple((0, 0) if c.isspace() else (2, ord(c)) if place is None else (1, place) for c, place in found)
