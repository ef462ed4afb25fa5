"""Numbers and sentences of a calculator: the reader's digits, the right plural, the currency. Plain text."""

from __future__ import annotations

from statements.reader import reader
from statements.text import _, name, ngettext

NBSP = "\u00a0"


def amount_of(currency: str, n: int) -> str:
    """Return "%(n)s USD" in the form that the whole part ``n`` of an amount asks for, as lessons have it: 23.75 دولارًا."""
    forms = {
        "SAR": lambda: ngettext("%(n)s SAR", "%(n)s SAR", n),
        "AED": lambda: ngettext("%(n)s AED", "%(n)s AED", n),
        "EGP": lambda: ngettext("%(n)s EGP", "%(n)s EGP", n),
        "IRT": lambda: ngettext("%(n)s toman", "%(n)s toman", n),
        "IRR": lambda: ngettext("%(n)s rial (Iran)", "%(n)s rial (Iran)", n),
        "USD": lambda: ngettext("%(n)s USD", "%(n)s USD", n),
        "EUR": lambda: ngettext("%(n)s EUR", "%(n)s EUR", n),
    }
    return forms[currency]()


class Say:
    """Write what a calculator says. Every method takes None too and then writes a dash: "not defined".

    Call it with a sentence of the catalogue and its facts: ``say(_("%(n)s left"), n=say.count(5))``.
    """

    def __init__(self, currency: str = "none") -> None:
        self.numbers = reader().numbers
        self.dash = self.numbers.dash
        self.currency = currency

    def __call__(self, sentence: str, **facts: str) -> str:
        """Fill a sentence."""
        return sentence % facts

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

    def chance(self, x: float | None) -> str:
        """Write a probability that is worked out from data: it comes near to 0% and 100%, and is never either."""
        if x is None:
            return self.dash
        if x > 0.9999:
            return self(_("above %(limit)s"), limit=self.percent(0.9999, 2))
        if x < 0.0001:
            return self(_("below %(limit)s"), limit=self.percent(0.0001, 2))
        return self.percent(x, 2 if x > 0.999 else None)

    def hardly(self, x: float) -> str:
        """Write an expected number of people, at least 0, that is never quite nothing."""
        return self.count(x) if x >= 0.01 else self(_("below %(limit)s"), limit=self.decimal(0.01, 2))

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
        x = float(round(x)) if whole else x
        amount = self.numbers.amount(x, signed)
        if self.currency == "none":
            return amount
        shown = abs(float(f"{x:.2f}" if abs(x) < 999.995 else round(x)))
        return (amount_of(self.currency, int(shown)) % {"n": amount}).replace(" ", NBSP)

    @property
    def unit(self) -> str:
        """The currency's name."""
        return "" if self.currency == "none" else name("currencies", self.currency)

    def join(self, parts: list[str]) -> str:
        """Join parts of a list as the language joins them."""
        if len(parts) < 2:
            return "".join(parts)
        text = parts[0]
        for part in parts[1:-1]:
            text = self(_("%(first)s, %(second)s"), first=text, second=part)
        return self(_("%(first)s and %(second)s"), first=text, second=parts[-1])
