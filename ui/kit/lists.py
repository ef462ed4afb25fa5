"""A list of numbers typed into one field: read it, or say which of them could not be read.

Numbers stand apart by commas, semicolons, spaces or lines, in any of the three digit sets. A comma can also be meant
inside a number, as in 12,500 or 0,15: where both would make sense, the reader asks back instead of guessing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from i18n.numbers import NumberError, parse
from statements.fields import list_text, shorten, why_not
from ui import state
from ui.text import _, escape, label

LONGEST = 2000  # characters that are looked at
_NO_WIDTH = dict.fromkeys(
    map(ord, "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
# Between two numbers: a semicolon, a comma with a space beside it, or only spaces. No-break spaces stay in the number.
_GAP = " \\t\\r\\n\\v\\f"
_BETWEEN = re.compile(rf"[{_GAP}]*(?:[;؛]|[,،](?=[{_GAP}]|$)|(?<=[{_GAP}])[,،])[{_GAP}]*|[{_GAP}]+")
_COMMA = re.compile("[,،]")
_MARK = re.compile("[+＋﹢]")


class ListError(ValueError):
    """Say why a list is not taken: `place` counts from 1 (None: the whole), `code` as in NumberError and "missing",
    "out-of-range", "too-many"; `given` is the text at that place."""

    def __init__(self, code: str, place: int | None = None, given: str = ""):
        super().__init__(f"{code} at {place}: {given[:60]!r}")
        self.code, self.place, self.given = code, place, given


@dataclass(frozen=True)
class Read:
    """Hold the numbers of a list: all of them, or with marks the plain ones and those marked with a +, in their order."""

    values: tuple[float, ...]
    marked: tuple[float, ...] = ()


def read_list(
    text: str, *, low: float = 0.0, high: float = 1e12, least: int = 0, most: int = 60, marks: bool = False
) -> Read:
    """Return the numbers of a list, each within the bounds, or raise ListError. A percentage is taken as a fraction.

    With ``marks``, a number with a + before or after it is a marked one ("96+": ninety-six days and still open).

    >>> read_list("۲۱، ۳۴؛ 45 60").values, read_list("21, 96+", marks=True)
    ((21.0, 34.0, 45.0, 60.0), Read(values=(21.0,), marked=(96.0,)))
    """
    if len(text) > LONGEST:
        raise ListError("too-long", None, text)
    text = re.sub(r"\s+(?=[%٪])", "", text.translate(_NO_WIDTH)).strip()
    plain, marked = [], []
    for place, part in enumerate(_parts(text, high), 1):
        if place > most:
            raise ListError("too-many", None, str(most))
        own = marks and _MARK.search(part) is not None
        (marked if own else plain).append(_number(_MARK.sub("", part, count=1) if own else part, place, low, high))
    if len(plain) + len(marked) < least:
        raise ListError("missing", len(plain) + len(marked) + 1)
    return Read(tuple(plain), tuple(marked))


def _parts(text: str, high: float) -> list[str]:
    """Split a list into the texts of its numbers."""
    if not text:
        return []
    between = [found.group().strip() for found in _BETWEEN.finditer(text)]
    pieces = _BETWEEN.split(text)
    if not pieces[-1]:  # a separator after the last number
        pieces.pop()
    commas = any(_COMMA.search(mark) for mark in between)
    parts: list[str] = []
    for piece in pieces:
        split = _COMMA.split(piece)
        if len(split) > 1 and (_one_number(split, high) or (between and not commas)):
            raise ListError("ambiguous", len(parts) + 1, piece)
        parts += split
    return parts


def _one_number(parts: Sequence[str], high: float) -> bool:
    """Say whether parts between commas could be one number with its thousands marked: 12,500."""
    digits = [_MARK.sub("", part) for part in parts]
    return (
        all(part.isdigit() for part in digits)
        and len(digits[0]) <= 3
        and not digits[0].startswith(("0", "٠", "۰"))
        and all(len(part) == 3 for part in digits[1:])
        and float("".join(digits)) <= high
    )


def _number(part: str, place: int, low: float, high: float) -> float:
    if not part.strip():
        raise ListError("missing", place)
    try:
        value = parse(part, "percent" if re.search("[%٪]", part) else "count")
    except NumberError as error:
        raise ListError(error.code, place, part) from None
    if not low <= value <= high:
        raise ListError("out-of-range", place, part)
    return value


# --- the field ------------------------------------------------------------------------------------------------------


def list_field(
    label_: str, values: Sequence[float], key: str, apply: Callable[[Read], None], *,
    marked: Sequence[float] | None = None, low: float = 0.0, high: float = 1e12, least: int = 0, most: int = 60,
    tall: bool = False, help: str | None = None,
) -> None:  # fmt: skip
    """Draw a field for a list of numbers. With ``marked`` (maybe empty) a number may carry a +.

    What cannot be read stays in the field, so that one slip does not cost the whole list; the list from before counts on.
    """
    reader = state.reader()
    key = f"{key}-{reader.key}"
    held = (tuple(values), tuple(marked or ()))
    problem = state.noted(f"error-{key}")
    if problem and problem["held"] != held:  # another list came meanwhile: a preset, an undo
        problem = None
        state.note(f"error-{key}", None)
    state.show(key, problem["text"] if problem else list_text(*held))

    def took() -> None:
        text = str(state.shown(key) or "")
        try:
            found = read_list(text, low=low, high=high, least=least, most=most, marks=marked is not None)
        except ListError as error:
            state.note(f"error-{key}", {"text": text, "held": held, "error": error})
            return
        state.note(f"error-{key}", None)
        apply(found)

    draw = st.text_area if tall else st.text_input
    more = {"height": 96} if tall else {"autocomplete": "off"}
    draw(label(label_), key=key, on_change=took, help=help, placeholder=_("empty"), **more)
    if problem:
        said, kept = _said(problem["error"], low, high, most), escape(_("Until then the list from before counts."))
        st.html(f'<p class="tf-field-error" role="alert">{said} {kept}</p>')


def _said(error: ListError, low: float, high: float, most: int) -> str:
    """Say what is wrong with a list, as HTML."""
    numbers = state.reader().numbers
    given, place = numbers.isolate(shorten(error.given)), numbers.count(error.place or 0)
    if error.code == "too-many":
        return escape(_("The list is too long: at most %(most)s numbers fit here.") % {"most": numbers.count(most)})
    if error.code == "too-long" and error.place is None:
        return escape(_("The text is too long to be a list of numbers."))
    if error.code == "ambiguous":
        sentence = _(
            "Number %(place)s of the list, “%(given)s”, can be read in two ways. Put a space after each comma; inside a "
            "number write no mark for thousands (%(thousands)s), and a decimal as %(decimal)s."
        )
        plain = {"thousands": list_text((12500,)), "decimal": list_text((12.5,))}
        return escape(sentence % {"place": place, "given": given, **plain})
    where = escape(_("Number %(place)s of the list was not taken.") % {"place": place})
    return (
        where
        + " "
        + escape(why_not(error.code, shorten(error.given), numbers.count_field(low), numbers.count_field(high)))
    )
