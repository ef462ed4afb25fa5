"""The ways to write one date: which forms there are, and where in a text of such a form each field stands.

A form is found by a text whose digits are all set to zero ("0000-00-00 00:00"). Names of months and days of the week in
English, Arabic and Persian are read, of the Gregorian and the Persian calendar; those of the lunar Hijri calendar are known,
so that it can be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from documents.folding import MARKS
from i18n.languages import DIGITS

BLOCK = 1 << 14  # texts at a time: what is worked on stays in the processor's cache

_HALF = r"(?: ?(?P<half>[AaPp]\.?[Mm]\.?|[قب]\.ظ\.?|صباحا|مساء|صبح|عصر|[صم]))?"
_CLOCK = r"(?P<h>00?):(?P<min>00)(?::(?P<s>00)(?:[.,](?P<f>0{1,9}))?)?" + _HALF
_ZONE = r"(?: ?(?:Z|(?:UTC|GMT)?(?P<zone>[-+])(?P<zh>00):?(?P<zm>00)?|UTC|GMT))?"
_BETWEEN = r"(?:T| *- *| *, *| )"
_DATES = (
    ("year-first", r"(?P<y>0000)(?P<sign>[-/.])(?P<m>00?)(?P=sign)(?P<d>00?)"),
    ("year-last", r"(?P<m>00?)(?P<sign>[-/.])(?P<d>00?)(?P=sign)(?P<y>0000)"),
    ("short", r"(?P<y>00)(?P<sign>[-/.])(?P<m>00?)(?P=sign)(?P<d>00)"),
    ("short", r"(?P<y>00?)(?P<sign>[-/.])(?P<m>00?)(?P=sign)(?P<d>00)"),
    ("named", r"(?P<d>00?)[-/., ]{0,2}M[-/., ]{0,2}(?P<y>0000|00)"),
    ("named", r"M[-/. ]{0,2}(?P<d>00?)[, ]{1,2}(?P<y>0000)"),
    ("named", r"(?P<y>0000)[-/., ]{1,2}M[-/., ]{1,2}(?P<d>00?)"),
    ("named", r"(?P<d>00?) M(?P<y>)"),
    ("year-first", r"(?P<y>0000)(?P<m>00)(?P<d>00)"),
)
_JAVASCRIPT = r"M (?P<d>00) (?P<y>0000) " + _CLOCK + _ZONE
_OTHERS = (
    ("year-first", r"(?P<y>0000)(?P<m>00)(?P<d>00)T?(?P<h>00)(?P<min>00)(?P<s>00)?Z?"),
    ("named", r"M (?P<d>00?) " + _CLOCK + _ZONE + r" (?P<y>0000)"),
    ("epoch", r"(?P<e>0{9,10})(?:\.(?P<f>0{1,9}))?"),
    ("epoch-ms", r"(?P<e>0{13})(?:\.0+)?"),
    ("epoch-us", r"(?P<e>0{16})"),
    ("epoch-ns", r"(?P<e>0{19})"),
)
_FORMS = tuple(
    (kind, re.compile(rf"\s*{form}\s*"))
    for kind, form in (
        *((kind, f"{date}(?:{_BETWEEN}{_CLOCK})?{_ZONE}") for kind, date in _DATES if "<y>)" not in date),
        *((kind, f"{_CLOCK}{_BETWEEN}{date}") for kind, date in _DATES if "<y>)" not in date),
        *_OTHERS,
    )
)

_ZEROS = frozenset("0٠۰")
TO_ZERO = {ord(digit): digits[0] for digits in DIGITS.values() for digit in digits}
_SIGNS = {"\u00a0": " ", "\u202f": " ", "،": ",", "٬": ",", "\u060d": "/", "\u2044": "/", "\u2215": "/"}
_SIGNS |= dict.fromkeys("–—−‐‑", "-") | {"؍": "/", "\t": " "}

# --- names ----------------------------------------------------------------------------------------------------------

_FOLD = str.maketrans("يىكأإآةۀھ", "ییکاااههه", "\u0640\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652ء")


def _fold(word: str) -> str:
    return word.casefold().translate(_FOLD)


_GREGORIAN = (
    "january jan يناير ژانویه جانفي كانون_الثاني جنوری ینایر", "february feb فبراير فوریه فيفري شباط فبروری",
    "march mar مارس مارچ آذار", "april apr أبريل آوریل أفريل نيسان اپریل ابریل", "may مايو مه ماي أيار می مئی",
    "june jun يونيو ژوئن جوان حزيران جون", "july jul يوليو ژوئیه جويلية تموز جولای جولائی",
    "august aug أغسطس اوت أوت آب آگوست اگست اغسطس", "september sept sep سبتمبر سپتامبر شتنبر أيلول سپتمبر",
    "october oct أكتوبر اکتبر تشرين_الأول اکتوبر", "november nov نوفمبر نوامبر تشرين_الثاني نومبر",
    "december dec ديسمبر دسامبر كانون_الأول دسمبر",
)  # fmt: skip
_PERSIAN = (
    "فروردین حمل farvardin", "اردیبهشت ثور ordibehesht", "خرداد جوزا khordad", "تیر سرطان tir", "مرداد امرداد اسد mordad",
    "شهریور سنبله shahrivar", "مهر میزان mehr", "آبان عقرب aban", "آذر قوس azar", "دی جدی dey", "بهمن دلو bahman",
    "اسفند حوت esfand",
)  # fmt: skip
_LUNAR = (
    "محرم", "صفر", "ربيع_الأول ربیع‌الاول ربیع_اول", "ربيع_الثاني ربيع_الآخر ربیع_ثانی", "جمادى_الأولى جمادی_الاول جمادی_اول",
    "جمادى_الآخرة جمادى_الثانية جمادی_الثانی جمادی_ثانی", "رجب", "شعبان", "رمضان", "شوال", "ذو_القعدة ذیقعده ذی_القعده",
    "ذو_الحجة ذیحجه ذی_الحجه",
)  # fmt: skip
MONTHS = {
    _fold(name.replace("_", " ")): (calendar, number)
    for calendar, months in (("lunar", _LUNAR), ("persian", _PERSIAN), ("gregorian", _GREGORIAN))
    for number, names in enumerate(months, 1)
    for name in names.split()
}
_IGNORED = """
    mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday at on of st nd rd th
    شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه یک دو سه چهار پنج ساعت ماه روز سال مورخ مورخه در
    الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الساعة يوم في
"""  # days of the week, and words around a date and a clock
_IGNORED = frozenset(_fold(word) for word in _IGNORED.split())
_HIJRI = frozenset(map(_fold, ("ه", "هـ", "ھ", "هجری", "ق", "AH")))
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")


class Texts:
    """The bytes of a column of texts."""

    def __init__(self, column: pa.Array | pa.ChunkedArray) -> None:
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        array = pa.concat_arrays(chunks) if chunks else pa.array([], pa.string())
        _valid, offsets, data = array.buffers()
        self.starts = np.zeros(1, np.int32)
        if len(array):
            self.starts = np.frombuffer(offsets, np.int32)[array.offset : array.offset + len(array) + 1]
        self.bytes = np.frombuffer(data, np.uint8) if data is not None and data.size else np.zeros(0, np.uint8)
        self.lengths = np.diff(self.starts)

    def __len__(self) -> int:
        return len(self.lengths)

    def text(self, index: int) -> str:
        return bytes(self.bytes[self.starts[index] : self.starts[index + 1]]).decode("utf-8", "replace")

    def blocks(self, rows: np.ndarray | None, length: int) -> Iterator[tuple[slice, np.ndarray]]:
        """Yield texts of one length as columns of bytes, with their places among `rows` (None: all texts)."""
        count, first = len(self) if rows is None else len(rows), int(self.starts[0])
        for begin in range(0, count, BLOCK):
            place = slice(begin, min(begin + BLOCK, count))
            if rows is None:
                block = self.bytes[first + begin * length : first + place.stop * length].reshape(-1, length)
            else:
                block = self.bytes[self.starts[rows[place]][:, None] + np.arange(length)]
            yield place, np.ascontiguousarray(block.T)


@dataclass(frozen=True)
class Form:
    """One way to write a date, found in a column: where its fields stand, and what the other bytes must be.

    `at` gives for each sign of the plain form (invisible marks left out, all digits 0) the byte with its value; `low` and
    `span` bound every byte. `month` is the number of a month that is written as a word, `calendar` the one it belongs to.
    """

    kind: str
    hit: re.Match
    at: tuple[int, ...]
    low: np.ndarray
    span: np.ndarray
    month: int = 0
    calendar: str = ""

    @classmethod
    def of(cls, template: str) -> Form | None:
        """Return the form of a text whose digits are all the zero of their script; None where it is no date."""
        signs, at, low, span = [], [], [], []
        for sign in template:
            written = sign.encode()
            low += written
            span += bytes(len(written))
            if sign in _ZEROS:
                span[-1] = 9
            if sign not in MARKS:
                signs.append("0" if sign in _ZEROS else _SIGNS.get(sign, sign))
                at.append(len(low) - 1)
        month, calendar = 0, ""
        if any(sign.isalpha() for sign in signs):
            signs, at, month, calendar = _worded(signs, at)
        plain = "".join(signs)
        for kind, form in _FORMS:
            if (kind == "named") == (month > 0) and (hit := form.fullmatch(plain)):
                as_column = (np.array(bounds, np.uint8)[:, None] for bounds in (low, span))
                return cls(kind, hit, tuple(at), *as_column, month, calendar)
        return None

    def __len__(self) -> int:
        return len(self.low)

    def has(self, name: str) -> bool:
        return bool(self.hit.groupdict().get(name))

    def number(self, block: np.ndarray, name: str, kind: type = np.int32) -> np.ndarray:
        """Return the number that stands in a field."""
        places = self.at[slice(*self.hit.span(name))]
        number = block[places[0]].astype(kind)
        number -= self.low[places[0], 0]
        for place in places[1:]:
            number *= 10
            number += block[place] - self.low[place, 0]
        return number

    def thousandths(self, block: np.ndarray) -> np.ndarray:
        """Return the fraction of a second in milliseconds."""
        places = self.at[slice(*self.hit.span("f"))][:3]
        number = np.zeros(block.shape[1], np.int32)
        for place in places:
            number = number * 10 + (block[place] - self.low[place, 0])
        return number * 10 ** (3 - len(places))


def _worded(signs: list[str], at: list[int]) -> tuple[list[str], list[int], int, str]:
    """Put one sign M for the name of a month, and leave out days of the week and the like."""
    plain = "".join(signs).split("(")[0].rstrip()  # "(Iran Standard Time)" says again what the zone has said
    kept: list[tuple[str, int]] = []
    month, calendar, end = 0, "", 0
    words = list(_WORD.finditer(plain))
    for place, hit in enumerate(words):
        if hit.start() < end:
            continue
        kept += [(signs[i], at[i]) for i in range(end, hit.start())]
        end = hit.end()
        word = _fold(hit[0].rstrip("."))
        after = words[place + 1] if place + 1 < len(words) else None
        two = f"{word} {_fold(after[0])}" if after and plain[hit.end() : after.start()] == " " else ""
        found = MONTHS.get(two) or MONTHS.get(word) or MONTHS.get(word.removesuffix("ماه"))
        if found and not month:
            calendar, month = found
            end = after.end() if MONTHS.get(two) else end
            kept.append(("M", at[hit.start()]))
        elif word in _HIJRI:
            calendar = "lunar"
        elif word not in _IGNORED:
            kept += [(signs[i], at[i]) for i in range(hit.start(), hit.end())]
    kept += [(signs[i], at[i]) for i in range(end, len(plain))]
    tidy: list[tuple[str, int]] = []
    for sign, place in kept:
        if sign in " ,-" and (not tidy or (sign == " " and tidy[-1][0] == " ")):
            continue
        tidy.append((sign, place))
    while tidy and tidy[-1][0] in " ,-":
        tidy.pop()
    return [sign for sign, _place in tidy], [place for _sign, place in tidy], month, calendar
