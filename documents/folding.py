"""One spelling for what people type in several: digits of three scripts, ی and ي, ک and ك, marks that nobody sees."""

from __future__ import annotations

from i18n.languages import DIGITS

#: Marks without width that change nothing of what a name or number is. ZWNJ is among them: می‌شود is also typed میشود.
MARKS = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u0640"

#: Those of them that say a direction and nothing else: for a page or for paper, not for a file or a glyph.
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_DIGITS = {ord(digit): str(value) for digits in DIGITS.values() for value, digit in enumerate(digits)}
_LETTERS = {
    **dict.fromkeys(map(ord, "يىۍې"), "ی"),
    **dict.fromkeys(map(ord, "كڪ"), "ک"),
    **dict.fromkeys(range(0x064B, 0x0653), None),  # short vowels
    **dict.fromkeys(map(ord, MARKS), None),
}
_ALL = {**_DIGITS, **_LETTERS}


def fold_digits(text: str) -> str:
    """Return the text with Arabic and Persian digits as 0-9.

    >>> fold_digits("۱۴۰۳/٠٥")
    '1403/05'
    """
    return text if text.isascii() else text.translate(_DIGITS)


def fold_name(text: str) -> str:
    """Return what two spellings of one name have in common; for comparing, not for showing.

    >>> fold_name("ثبت‌نام  ۱") == fold_name("ثبت نام 1"), fold_name("كليك") == fold_name("کلیک")
    (False, True)
    >>> fold_name(" Sign-Up ") == fold_name("sign-up")
    True
    """
    folded = text if text.isascii() else text.translate(_ALL)
    return " ".join(folded.split()).casefold()
