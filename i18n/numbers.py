"""Turn numbers into text and text into numbers: the only place of the house that does.

Babel gives CLDR's signs and patterns; native digits, the side of the percent sign and the speed are ours (python-babel
#446 and #731: Babel writes no native digits, and needs 16 µs for what takes 1 µs here).

Rounding is half away from zero on the decimal that a person sees (0.285 % is 0.29 %), as calculators and Intl do;
Python's own rounding would show 12.25 as 12.2.
"""

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_compact_decimal

from . import rounding, sums
from .languages import DIGITS, Language, cached_per_root, language
from .reading import CODES, MAX_CHARACTERS, NumberError, parse

__all__ = ["CODES", "DASH", "DIGITS", "MAX_CHARACTERS", "NumberError", "Numbers", "numbers", "parse"]

DASH = "–"
LRM, ALM, MINUS = "\u200e", "\u061c", "\u2212"
_BARE = str.maketrans(
    "".join(DIGITS.values()) + "٫٬٪", DIGITS["latn"] * 3 + ".,%", LRM + ALM + "\u200f\u2066\u2067\u2068\u2069"
)


def _number(x: Any) -> float:
    """Return x as int or float; raise a TypeError that says what came instead of a number."""
    if type(x) is not float and type(x) is not int:
        if isinstance(x, (bool, str)) or x is None:
            raise TypeError(f"a number is needed, not {x!r}")
        x = int(x) if hasattr(x, "__index__") else float(x)
    if x - x != 0:  # NaN and both infinities; cheaper than math.isfinite and safe for large integers
        raise TypeError(f"a finite number is needed, not {x!r}")
    finite: float = x
    return finite


@lru_cache(maxsize=4096)  # Babel looks for the right word in a long list
def _compact(x: float, locale: Locale) -> str:
    return format_compact_decimal(x, format_type="short", locale=locale, fraction_digits=1)


class Numbers:
    """Write numbers in one language and one digit set. Build it with `numbers()`; never changes.

    Every method takes an int, a float or a numpy scalar, and raises `TypeError` for None, bool, str, NaN and infinity.
    `decimal_mark`, `group`, `minus`, `plus` (with their bidi marks) and `percent_sign` are the signs it writes.
    """

    def __init__(self, facts: Language, digits: str):
        locale = Locale.parse(facts.locale.replace("-", "_"))
        self._locale = locale
        symbols = locale.number_symbols
        signs = {**symbols["latn"], **{k: v for k, v in dict(symbols.get(digits, {})).items() if isinstance(v, str)}}
        native, rtl = digits != "latn", facts.direction == "rtl"
        self.code, self.digits, self.dash = facts.code, digits, DASH
        # Latin digits are always written 1,234.5, also where CLDR has 1.234,5: what `parse` reads is what we show.
        self.decimal_mark, self.group = ("٫", "٬") if native else (".", ",")
        # A hyphen before a number is not spoken by the Arabic and Persian voices of eSpeak: those languages get a minus sign.
        self.rtl, self.native = rtl, native
        self.minus: str = signs["minusSign"].replace("-", MINUS) if rtl else signs["minusSign"]
        self.plus: str = signs["plusSign"]
        self._about: str = self.minus.rstrip(LRM + ALM)[:-1] + "≈"
        self._table = str.maketrans("0123456789.,", DIGITS[digits] + "٫٬") if native else None
        self._field_minus = self.minus.strip(LRM + ALM)
        self.percent_sign = "٪" if native else "%"
        # Where the percent sign goes: behind its number in the direction of reading. Native digits in running text are read
        # from the right: U+061C keeps ٪ on their left in every surrounding. A signed percentage reads from the left (but with
        # Arabic digits, where the sign stands on the right): an island, or ٪ would be torn off. i18n/sums.py has the table.
        pattern = locale.percent_formats[None]
        sign = f"{LRM}%{LRM}" if rtl and not native else self.percent_sign
        before, after = pattern.prefix[0].replace("%", sign), pattern.suffix[0].replace("%", sign)
        self.percent_marks = (ALM, "٪") if native else (before, after)
        self._signed_percent = ("", before, after)  # before the sign, between sign and digits, after the digits
        if native:
            self._signed_percent = (sums.LRI, "", f"٪{sums.PDI}") if self.minus.startswith(LRM) else ("", "", "٪")
        elif rtl:
            self._signed_percent = (sums.LRI, "", f"{after.replace(LRM, '')}{sums.PDI}")
        self._digits_only = str.maketrans("".join(DIGITS.values()), DIGITS[digits] * 3)

    def __repr__(self) -> str:
        return f"numbers({self.code!r}, {self.digits!r})"

    def signs(self) -> dict[str, Any]:
        """Return every sign that these numbers are written with, for the browser's own writer (ui/figures/web/numbers.js).

        >>> numbers("fa").signs()["percent"][1], numbers("en").signs()["group"]
        ('٪', ',')
        """
        return {
            "digits": DIGITS[self.digits],
            "group": self.group,
            "decimal": self.decimal_mark,
            "minus": self.minus,
            "plus": self.plus,
            "about": self._about,
            "dash": self.dash,
            "percent": self.percent_marks,
            "signedPercent": self._signed_percent,
        }

    def shown(self, ascii_text: str) -> str:
        """Return a number written with 1,234.5 in these digits and separators."""
        return ascii_text.translate(self._table) if self._table else ascii_text

    def _sign(self, x: float, text: str, signed: bool) -> str:
        # A number that is shown as 0 carries no sign: neither "-0.0" nor "+0".
        if (x < 0 or signed) and text.strip("0.,"):
            return self.minus if x < 0 else self.plus
        return ""

    def count(self, x: float, signed: bool = False) -> str:
        """Write a number of people or things, rounded to whole ones.

        Below 100, what is not whole shows one decimal ("2.4" customers), because an expected number may be a
        fraction and 0.4 shown as 0 would be wrong by all of it; below 0.1, two significant digits ("0.042").

        >>> [numbers("en").count(x) for x in (12500, 1234.5, 2.4, 40.0, -7)]
        ['12,500', '1,235', '2.4', '40', '-7']
        """
        x = _number(x)
        text = rounding.count(abs(x))
        if not text:
            return self._about + self.shown("0")
        return self._sign(x, text, signed) + self.shown(text)

    def shown_count(self, x: float) -> float:
        """Return the number that `count(x)` shows, >= 0: give this one to `ngettext`, so that word and number agree.

        >>> numbers("ar").shown_count(102.6)
        103.0
        """
        return float(rounding.count(abs(_number(x))).replace(",", "") or 0)

    def shown_change(self, before: float, after: float) -> float:
        """Return by how much two counts (both >= 0) differ as they are shown: whole where one of them is shown whole.

        92 and 104.7 are shown as 92 and 105, so the change is 13: what stands on the screen adds up.

        >>> numbers("en").shown_change(92, 104.7), numbers("en").shown_change(12, 14.4)
        (13.0, 2.4)
        """
        change = self.shown_count(after) - self.shown_count(before)
        return float(round(change, 0 if max(before, after) >= 100 else 6))

    def change(self, before: float | None, after: float | None) -> str:
        """Write the change from one count to another, signed; a dash where one is not defined.

        >>> numbers("en").change(92, 104.7), numbers("en").change(None, 5)
        ('+13', '–')
        """
        return DASH if before is None or after is None else self.count(self.shown_change(before, after), signed=True)

    def decimal(self, x: float, places: int = 1, signed: bool = False) -> str:
        """Write a number with a fixed number of decimals, 0 to 15.

        >>> numbers("fa").decimal(1234.56, 2)
        '۱٬۲۳۴٫۵۶'
        """
        x = _number(x)
        text = rounding.rounded(abs(x), places)
        return self._sign(x, text, signed) + self.shown(text)

    def percent(self, fraction: float, places: int | None = None, signed: bool = False) -> str:
        """Write a fraction as a percentage: 0.125 is "12.5%".

        Without `places`: one decimal from 1% up, below that two significant digits ("0.032%") down to 0.0001%; what
        is smaller still but not nothing is "≈0%". Exactly 0 and 1 have no decimals.

        >>> [numbers("en").percent(x) for x in (0.06, 0.0042, 0, 1, 1e-9)]
        ['6.0%', '0.42%', '0%', '100%', '≈0%']
        """
        fraction = _number(fraction)
        size = _number(abs(fraction) * 100)
        if places is not None:
            text = rounding.rounded(size, places)
        elif size >= 1:
            text = "100" if abs(size - 100) < 1e-9 else rounding.rounded(size, 1)
        else:
            text = rounding.small(size, 1e-11)
        sign = self._sign(fraction, text, signed) if text else self._about
        if sign:
            outer, before, after = self._signed_percent
            return f"{outer}{sign}{before}{self.shown(text or '0')}{after}"
        before, after = self.percent_marks
        return f"{before}{self.shown(text)}{after}"

    def amount(self, x: float, signed: bool = False) -> str:
        """Write an amount of money without its unit: two decimals below 1000 where there is a fraction, else none.

        >>> [numbers("en").amount(x) for x in (23.75, 214, 1242.39, 0.0042, -0.5)]
        ['23.75', '214', '1,242', '0.0042', '-0.50']
        """
        x = _number(x)
        size = abs(x)
        if size >= 999.995 or abs(size - round(size)) < 5e-10:
            return self.decimal(round(x) if size >= 2**53 else x, 0, signed)
        return self.decimal(x, 2, signed) if size >= 0.1 else self.count(x, signed)

    def figures(self, x: float, most: int = 4) -> str:
        """Write a number with so many significant digits at most, as a formula shows it; whole numbers in full.

        >>> [numbers("en").figures(x) for x in (0.349826, 37.05, 48000, 78260.87, 0.5)]
        ['0.3498', '37.05', '48,000', '78,261', '0.5']
        """
        x = _number(x)
        if x == int(x):
            return self.decimal(int(x), 0)
        places = min(15, max(0, most - 1 - math.floor(math.log10(abs(x)))))
        text = rounding.rounded(abs(x), places)
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return self._sign(x, text, False) + self.shown(text or "0")

    def compact(self, x: float) -> str:
        """Write a large number short, in the words of the language: 310000000 is "310M" or «۳۱۰ میلیون».

        >>> [numbers("en").compact(x) for x in (310_000_000, 1500, 0.25, 40)], numbers("fa").compact(2.4e9)
        (['310M', '1.5K', '0.25', '40'], '۲٫۴\xa0میلیارد')
        """
        x = _number(x)
        if abs(x) < 1000:
            return self.figures(x, 3)
        text = _compact(abs(x), self._locale)
        return self._sign(x, "1", False) + self.shown(text.replace("٫", ".").replace("٬", ","))

    def points(self, difference: float, places: int = 1, signed: bool = True) -> str:
        """Write a difference of two fractions in percentage points: the number only, 0.015 is "+1.5".

        >>> numbers("en").points(0.05 - 0.04)
        '+1.0'
        """
        difference = _number(difference)
        text = rounding.rounded(_number(abs(difference) * 100), places)
        return self._sign(difference, text, signed) + self.shown(text)

    def digits_only(self, text: str) -> str:
        """Return text with every digit as one of these; separators stay."""
        return text.translate(self._digits_only)

    def bare(self, number: str) -> str:
        """Return a written number in these digits with its own signs and without marks: for an island of its own.

        >>> numbers("fa").bare("-12.5%")
        '-۱۲٫۵٪'
        """
        plain = number.translate(_BARE)
        sign = plain[: len(plain) - len(plain.lstrip("+-−"))]
        body, percent = plain[len(sign) :].rstrip("%"), "%" if plain.endswith("%") else ""
        return sign + self.shown(body) + (self.percent_sign if percent else "")

    def text(self, text: str) -> str:
        """Return running text with its numbers in these digits, separators and percent signs too, and its sums in islands.

        Digits in Latin words stay (B2B, F04, x2), so do "#12" and the number of a Markdown list. Not for code, links
        or HTML. Doing it twice changes nothing. Mathematics becomes what `i18n.sums` says of it.

        >>> numbers("fa").text("در B2B از هر 1,000 نفر")
        'در B2B از هر ۱٬۰۰۰ نفر'
        """
        return sums.running(text, self)

    def formula(self, text: str) -> str:
        """Return a formula in these digits as an island: words run with their script, symbols from left to right.

        >>> numbers("fa", "latn").formula("1 − سفارش‌ها ÷ سبدها")[0] == sums.RLI
        True
        """
        return sums.island(text, self)

    def isolate(self, text: str) -> str:
        """Return a range, ratio, formula or Latin word as a left-to-right island in its sentence (U+2066, U+2069)."""
        return f"{sums.LRI}{text}{sums.PDI}"

    def count_field(self, x: float) -> str:
        """Write what an input field shows: grouped, up to six decimals, no bidi marks; `parse` gives it back.

        >>> numbers("fa").count_field(12500.5)
        '۱۲٬۵۰۰٫۵'
        """
        return self._field(Decimal(repr(_number(x))))

    def percent_field(self, fraction: float) -> str:
        """Write what an input field shows for a fraction: 0.065 is "6.5%"; `parse(..., "percent")` gives it back.

        >>> numbers("ar", "arab").percent_field(0.065)
        '٦٫٥٪'
        """
        return self._field(Decimal(repr(_number(fraction))).scaleb(2), self.percent_sign)

    def _field(self, x: Decimal, end: str = "") -> str:
        text = f"{abs(x.quantize(Decimal('0.000001'), ROUND_HALF_UP) if int(x.as_tuple().exponent) < -6 else x):,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        if not end and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) and not self._table:
            text += "0"  # "1.125" could be read as a thousand, and `parse` asks back; "1.1250" could not
        return (self._field_minus if x < 0 and text.strip("0.,") else "") + self.shown(text) + end


@cached_per_root
def numbers(code: str, digits: str | None = None) -> Numbers:
    """Return the writer of numbers for a language, in the digits asked for or the language's own.

    `digits` is "latn", "arab" or "arabext". Raises `KeyError` for an unknown language, `ValueError` for other digits.

    >>> numbers("fa").count(12500), numbers("ar").count(12500), numbers("ar", "arab").count(12500)
    ('۱۲٬۵۰۰', '12,500', '١٢٬٥٠٠')
    """
    facts = language(code)
    digits = digits or facts.digits
    if digits not in DIGITS:
        raise ValueError(f"digits are one of {', '.join(DIGITS)}, not {digits!r}")
    return Numbers(facts, digits)
