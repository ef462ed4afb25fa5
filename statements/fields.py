"""Numbers as a field shows them, and why what was typed into it was not taken."""

from __future__ import annotations

from collections.abc import Sequence

from statements.reader import reader
from statements.text import _

# An Arabic letter mark keeps the percent sign of native digits on the left in a field too; `parse` does not mind it.
PERCENT_SIDE = {"latn": "", "arab": "\u061c", "arabext": "\u061c"}
SHOWN_OF_GIVEN = 24  # characters of what was typed that a message repeats


def field_text(value: float, kind: str) -> str:
    """Return a number as a field of this kind shows it."""
    found = reader()
    if kind == "percent":  # two decimals are enough to read; only what is typed anew replaces the exact rate behind
        return PERCENT_SIDE[found.digits] + found.numbers.percent_field(round(value, 4) or value)
    return found.numbers.count_field(value)


def list_text(values: Sequence[float], marked: Sequence[float] = ()) -> str:
    """Return the list as the field shows it: the reader's digits, no marks inside a number."""
    numbers = reader().numbers

    def one(value: float) -> str:
        return numbers.count_field(value).replace(numbers.group, "")

    return ("، " if reader().rtl else ", ").join([*map(one, values), *(one(value) + "+" for value in marked)])


def _sentence(code: str) -> str:
    """Say in the learner's language why the text was not taken."""
    sentences = {
        "slash": _(
            "“%(given)s” has a slash. For a decimal number, write %(decimal)s; for a fraction, write its percentage."
        ),
        "letters": _("“%(given)s” has letters or signs in it. Only a number fits here."),
        "negative": _("“%(given)s” is negative. Nothing here can be less than zero."),
        "ambiguous": _(
            "“%(given)s” can be read in two ways. For thousands, type %(thousands)s; for a decimal, type %(decimal)s."
        ),
        "too-long": _("That is too long to be a number. Type up to thirteen digits."),
        "several": _("“%(given)s” holds several numbers. Type one."),
        "percent": _("“%(given)s” is a percentage. A plain number is asked for here."),
        "missing": _("A number is needed here."),
        "out-of-range": _("“%(given)s” is outside what this field can hold: %(low)s to %(high)s."),
    }
    return sentences.get(code, _("“%(given)s” could not be read as a number."))


def shorten(given: str) -> str:
    """Return what was typed on one line, cut after some characters."""
    flat = " ".join(given.split())
    return flat if len(flat) <= SHOWN_OF_GIVEN else flat[:SHOWN_OF_GIVEN] + "…"


def why_not(code: str, given: str, *bounds: str) -> str:
    """Say why what was typed was not taken; ``bounds`` are the written ends for "out-of-range"."""
    numbers = reader().numbers
    words = dict(
        zip(("low", "high"), bounds, strict=False),
        given=numbers.isolate(given),
        thousands=numbers.count_field(12500),
        decimal=numbers.count_field(12.5),
    )
    return _sentence(code) % words
