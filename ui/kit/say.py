"""Numbers and sentences of a calculator as safe HTML: escaped words, the reader's digits, the right plural, the currency."""

from __future__ import annotations

import html
import re

from ui import state
from ui.text import _, escape, name, ngettext

NBSP = "\u00a0"


class Say:
    """Write what a calculator says. Every method takes None too and then writes a dash: "not defined".

    Call it with a sentence of the catalogue and its facts, which are HTML already: ``say(_("%(n)s left"), n=say.count(5))``.
    """

    def __init__(self, currency: str = "none") -> None:
        self.numbers = state.reader().numbers
        self.dash = self.numbers.dash
        self.currency = currency

    def __call__(self, sentence: str, **facts: str) -> str:
        """Fill a sentence; its own signs are text, never markup."""
        return escape(sentence) % facts

    def plural(self, one: str, many: str, n: float | None, **facts: str) -> str:
        """Fill the form for the number that is shown; ``%(n)s`` is that number. Extract with ``ngettext`` in view."""
        if n is None:
            return self(ngettext(one, many, 100), n=self.dash, **facts)  # nosec: as below
        chosen = ngettext(one, many, self.numbers.shown_count(n))  # nosec: the caller's literals are extracted there
        return self(chosen, n=self.count(n), **facts)

    def count(self, x: float | None, signed: bool = False) -> str:
        return self.dash if x is None else self.numbers.count(x, signed)

    def percent(self, x: float | None, places: int | None = None, signed: bool = False) -> str:
        return self.dash if x is None else self.numbers.percent(x, places, signed)

    def points(self, x: float | None, places: int = 1) -> str:
        """A difference of two rates, signed, with its unit: percentage points."""
        if x is None:
            return self.dash
        size = abs(float(self.numbers.shown_count(round(abs(x) * 100, places))))
        return self(ngettext("%(n)s point", "%(n)s points", size), n=self.numbers.points(x, places))

    def decimal(self, x: float | None, places: int = 1, signed: bool = False) -> str:
        return self.dash if x is None else self.numbers.decimal(x, places, signed)

    def figures(self, x: float | None, most: int = 4) -> str:
        return self.dash if x is None else self.numbers.figures(x, most)

    def compact(self, x: float | None) -> str:
        return self.dash if x is None else self.numbers.compact(x)

    def money(self, x: float | None, signed: bool = False) -> str:
        """An amount with its currency, in words of the language; the two never part at a line's end."""
        if x is None:
            return self.dash
        whole = abs(x) >= 100 and self.currency in ("IRT", "IRR")
        amount = self.numbers.amount(float(round(x)) if whole else x, signed)
        return amount if self.currency == "none" else f"{amount}{NBSP}{self.unit}"

    @property
    def unit(self) -> str:
        """The currency's name, as HTML."""
        return "" if self.currency == "none" else escape(name("currencies", self.currency))

    def join(self, parts: list[str]) -> str:
        """Join parts of a list as the language joins them; the parts are HTML."""
        if len(parts) < 2:
            return "".join(parts)
        text = parts[0]
        for part in parts[1:-1]:
            text = self(_("%(first)s, %(second)s"), first=text, second=part)
        return self(_("%(first)s and %(second)s"), first=text, second=parts[-1])


def plain(markup: str) -> str:
    """Return the words of HTML that we made, for a text alternative or a file."""
    return html.unescape(re.sub(r"<[^<>]*>", "", markup))


def heading(words: str, note: str = "") -> str:
    """Return a section's heading, from text, and below it a note, which is HTML."""
    return f"<h2>{escape(words)}</h2>" + (f'<p class="tf-note">{note}</p>' if note else "")


# --- formulas: never mirrored, in the reader's digits ---------------------------------------------------------------


_MARKS = "[\u061c\u200e\u200f+\\-−]"
_DIGITS = "[٠-٩۰-۹]"
# The second way takes a row of marks without a number as a whole: it would be tried anew at each of them otherwise.
_NATIVE = re.compile(f"{_MARKS}*+(?P<number>{_DIGITS}[٠-٩۰-۹٫٬\u061c\u200e]*٪?[\u061c\u200e]*)|{_MARKS}++")


def fraction(top: str, bottom: str) -> str:
    """Return a fraction as HTML; a screen reader hears "top / bottom"."""
    return f'<span class="tf-frac"><span>{top}</span><span class="tf-over"> / </span><span>{bottom}</span></span>'


def terms(part: str) -> str:
    """Return a part of a formula with each native number in a box of its own, for a place that is left to right."""
    return _NATIVE.sub(lambda hit: f"<bdi>{hit[0]}</bdi>" if hit["number"] else hit[0], part)


def formula(name_: str, *parts: str, where: str = "") -> str:
    """Return a formula block: its name, then ``parts`` joined by "=", left to right in every language.

    Parts are HTML: symbols, then the learner's numbers in them, then the result. ``where`` says what the symbols mean.
    """
    # Each part is one box: a power is not a word of its own, and a line ends between two parts. Each native number is one
    # too, or the terms between two of them would be written from right to left.
    boxes = (terms(part) for part in parts)
    body = '<span class="tf-eq"> = </span>'.join(f"<span>{box}</span>" for box in boxes)
    after = f'<span class="tf-quiet">{where}</span>' if where else ""
    return f'<div class="tf-formula"><span>{name_}</span><bdi dir="ltr">{body}</bdi>{after}</div>'
