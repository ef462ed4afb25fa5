"""Read a number that a person typed, in any of the three digit sets; ask back instead of guessing.

Imported through `i18n.numbers`, which is the one door for numbers; a file of its own because reading is long.
"""

import re
from decimal import Decimal

from .languages import DIGITS

MAX_CHARACTERS = 64
_MAX_LOOKED_AT = 1024

_MARKS = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_SPACES = "\t\n\v\f\r\u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

# Everything that is typed for the same thing becomes one character, by one pass over at most 1024 characters.
_ONE_SPELLING: dict[int, str | None] = {
    **{ord(digit): str(value) for digits in DIGITS.values() for value, digit in enumerate(digits)},
    **{ord(mark): None for mark in _MARKS},
    **{ord(space): " " for space in _SPACES},
    **dict.fromkeys(map(ord, "\u2212\u2010\u2011\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\ufe62\uff0b"), "+"),
    **dict.fromkeys(map(ord, "٪\ufe6a\uff05"), "%"),
    **dict.fromkeys(map(ord, "\u2044\u2215\u060d\uff0f"), "/"),
    **dict.fromkeys(map(ord, "\u060c\uff0c"), ","),  # the Arabic comma is typed for ٬ where the keyboard has no ٬
    **dict.fromkeys(map(ord, "\u2019\u2018"), "'"),
}  # fmt: skip

_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d{1,2}")
# A group mark stands before exactly three digits, and all marks of one number are the same.
_GROUPED = re.compile(r"[1-9]\d{0,2}(?P<mark>[,٬'_ ])\d{3}(?:(?P=mark)\d{3})*(?:(?P<point>[.٫])(?P<tail>\d*))?")
_PLAIN = re.compile(r"(?:\d+(?:[.٫]\d*)?|[.٫]\d+)")
_DOTS_AS_GROUPS = re.compile(r"\d{1,3}(?:([.٫])\d{3})(?:\1\d{3})+")
_COUNT_OR_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_COMMA_SOMEWHERE = re.compile(r"[\d,٬'_.٫]*[,٬'_][\d,٬'_.٫]*")
_SEVERAL = re.compile(r"\d[\d,٬'_.٫]*%?\s*(?:[ ;؛:|+–—~\-]|\.\.+|…)\s*[-+]?[\d.٫]")

CODES = (
    "empty", "too-long", "letters", "slash", "percent", "several", "ambiguous", "not-a-number", "negative",
)  # fmt: skip
"""Why a text is not taken as a number, in the order in which the reasons are looked for."""


class NumberError(ValueError):
    """Say why a text is not taken: `code` is one of `CODES`, `given` the text, shortened to 64 characters."""

    def __init__(self, code: str, given: str):
        shown = given if len(given) <= MAX_CHARACTERS else given[:MAX_CHARACTERS] + "…"
        super().__init__(f"{code}: {shown!r}")
        self.code, self.given = code, shown


def parse(text: str, kind: str = "count") -> float:
    """Return the number that a person typed. `kind` is "count" (0 and up), "percent" (a fraction) or "number".

    Reads Latin, Arabic and Persian digits, also mixed; `, ٬ ، ' ’ _` and every space as group marks before exactly
    three digits; `.` and `٫` as the decimal mark; bidi marks and ZWNJ count for nothing; "1e6" is a million. For
    "percent" both "6" and "6%" give 0.06, exactly. Only "number" may be negative.

    Raises `NumberError` whose code says what to ask: "slash" (decimal mark in Iran, division elsewhere), "ambiguous"
    ("12,5", "1.234.567", a count of "1.500"), "letters" (also "5k" and words such as هزار), "percent" (a percent sign
    where none belongs), "several" ("10-20"), "negative", "empty", "too-long" (over 64 characters), "not-a-number".
    Raises `ValueError` for another `kind`. No other error for any string.

    >>> parse("۱۲٬۵۰۰"), parse("٪۶٫۵", "percent"), parse("−3.5", "number")
    (12500.0, 0.065, -3.5)
    >>> parse("12,5")
    Traceback (most recent call last):
      ...
    i18n.reading.NumberError: ambiguous: '12,5'
    """
    if kind not in ("count", "percent", "number"):
        raise ValueError(f"kind is count, percent or number, not {kind!r}")
    stripped = text.strip()
    if len(stripped) > _MAX_LOOKED_AT:
        raise NumberError("too-long", text)
    plain = stripped.translate(_ONE_SPELLING).strip()
    if not plain:
        raise NumberError("empty", text)
    if len(plain) > MAX_CHARACTERS:
        raise NumberError("too-long", text)

    body, marked = plain, kind != "percent"
    if not marked and body.endswith("%"):
        body, marked = body[:-1].rstrip(), True
    # In Persian the percent sign stands on the left, so some type it first: one, before or after the minus.
    if not marked and body.startswith("%"):
        body, marked = body[1:].lstrip(), True
    sign = body[:1] if body[:1] in ("+", "-") else ""
    body = body.removeprefix(sign).lstrip()
    if not marked:
        body = body.removeprefix("%").lstrip()
    value = Decimal(_digits(body, kind, text))
    if sign == "-" and value:
        if kind != "number":
            raise NumberError("negative", text)
        value = value.copy_negate()
    # Decimal, because float("6.5") / 100 is not always the float nearest to 0.065.
    return float(value.scaleb(-2) if kind == "percent" else value)


def _digits(body: str, kind: str, text: str) -> str:
    if _SCIENTIFIC.fullmatch(body):
        return body
    grouped = _GROUPED.fullmatch(body)
    if grouped or _PLAIN.fullmatch(body):
        if kind == "count" and _COUNT_OR_THOUSANDS.fullmatch(body):
            raise NumberError("ambiguous", text)
        return re.sub(r"[,٬'_ ]", "", body).replace("٫", ".")
    raise NumberError(_why_not(body, kind), text)


def _why_not(body: str, kind: str) -> str:
    if any(character.isalpha() for character in body):
        return "letters"
    if "/" in body and any(character.isdigit() for character in body):
        return "slash"
    if "%" in body and kind != "percent" and re.search(r"\d", body):
        return "percent"
    if _SEVERAL.search(body):
        return "several"
    if re.search(r"\d", body) and (_COMMA_SOMEWHERE.fullmatch(body) or _DOTS_AS_GROUPS.fullmatch(body)):
        return "ambiguous"
    return "not-a-number"
