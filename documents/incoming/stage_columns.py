"""Which columns of a table of stages hold names, numbers of people and a breakdown, by what their values do. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.folding import fold_digits, fold_name
from documents.incoming.headings import is_total, speaks
from funnel.quantities import COUNT
from i18n.numbers import NumberError, parse

_DIGITS = "[0-9٠-٩۰-۹]"
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_WORDS = "users?|people|persons?|visitors?|customers?|leads?|نفر|کاربر|شخص|أشخاص|مستخدم|زائر|عدد"
_WITH_WORD = re.compile(rf"([-+]?{_DIGITS}[0-9٠-٩۰-۹.,،٬٫'’ ]*?)\s*(?:{_WORDS})", re.IGNORECASE)
_WITH_SHARE = re.compile(rf"(.*?{_DIGITS})\s*[(（[]\s*[%٪]?\s*{_DIGITS}+(?:[.,٫]{_DIGITS}+)?\s*[%٪]?\s*[)）\]]")
_PERCENT = re.compile(rf"[%٪]?\s*{_DIGITS}+(?:[.,٫/]{_DIGITS}+)?\s*[%٪]")
_PERIODS = """
    month week quarter year period day date ماه هفته فصل سال دوره روز تاریخ الشهر شهر الأسبوع أسبوع السنة سنة اليوم الربع
"""
_SEGMENTS = """
    device source channel medium campaign country city segment group category gender platform region
    دستگاه منبع کانال کمپین کشور شهر گروه بخش الجهاز المصدر القناة الحملة البلد المدينة الفئة المجموعة
"""
_PERIODS = frozenset(map(fold_name, _PERIODS.split()))
_SEGMENTS = frozenset(map(fold_name, _SEGMENTS.split()))


@dataclass(frozen=True)
class Numbers:
    """Hold a column's numbers: None and a reason (a code with "number-") where there is none.

    `dots` says that points were taken as marks for thousands, because people are counted whole.
    """

    values: tuple[float | None, ...]
    why: tuple[str, ...]
    dots: bool = False

    @property
    def found(self) -> list[float]:
        return [value for value in self.values if value is not None]


def read_numbers(texts: Sequence[str]) -> Numbers:
    """Read a column of counts: "48,000", "48.000" where all of them are so, "48,000 (100%)", "۴۸٬۰۰۰ نفر".

    >>> read_numbers(["48.000", "2.880", "92"]).values, read_numbers(["1.0", "0.4"]).values
    ((48000.0, 2880.0, 92.0), (1.0, 0.4))
    >>> read_numbers(["48,000 (100%)", "۹۲ نفر", "6%"]).values
    (48000.0, 92.0, None)
    """
    plain = [bare(text) for text in texts]
    dotted = [fold_digits(text).replace("٫", ".") for text in plain]
    pointed = [text for text in dotted if "." in text]
    dots = bool(pointed) and all(map(_DOTTED.fullmatch, pointed))
    if dots:
        plain = [text.replace(".", "") for text in dotted]
    values: list[float | None] = []
    why: list[str] = []
    for text in plain:
        try:
            value = parse(text)
        except NumberError as error:
            values.append(None)
            why.append(f"number-{error.code}")
            continue
        fits = COUNT.fits(value)
        values.append(value if fits else None)
        why.append("" if fits else "number-out-of-range")
    return Numbers(tuple(values), tuple(why), dots)


def bare(text: str) -> str:
    """Return a count without the word or the share that stands behind it.

    >>> bare("48,000 (100%)"), bare("۹۲ نفر"), bare("Visits")
    ('48,000', '۹۲', 'Visits')
    """
    if len(text) > 100 or not text or text.isdecimal():
        return text
    hit = _WITH_SHARE.fullmatch(text) or _WITH_WORD.fullmatch(text)
    text = hit[1] if hit else text
    return (hit[1] if (hit := _WITH_WORD.fullmatch(text)) else text).strip()


def is_percent(text: str) -> bool:
    """Say whether a cell is a percentage."""
    return bool(_PERCENT.fullmatch(text))


def is_rates(cells: Sequence[str]) -> bool:
    """Say whether a row holds rates: at least two of them and no numbers of people."""
    filled = [cell for cell in cells if cell]
    if sum(map(is_percent, filled)) >= 2:
        return not any(value > 1 for value in read_numbers(filled).found)
    found = read_numbers(filled).found
    return len(found) >= 2 and max(found) <= 1 and any(value % 1 for value in found)


@dataclass(frozen=True)
class Column:
    """Hold what a column's values do: the share of filled cells that are counts, and what kind of numbers they are."""

    heading: str
    texts: tuple[str, ...]
    numbers: Numbers

    @property
    def filled(self) -> list[str]:
        return [text for text in self.texts if text]

    @property
    def share(self) -> float:
        """The share of the filled cells that are numbers."""
        return len(self.numbers.found) / len(self.filled) if self.filled else 0.0

    @property
    def shares(self) -> bool:
        """Whether these are rates: all of them from 0 to 1, not all whole; or percentages."""
        found = self.numbers.found
        parts = bool(found) and max(found) <= 1 and any(value % 1 for value in found)
        return parts or (bool(self.filled) and 2 * sum(map(is_percent, self.filled)) > len(self.filled))

    @property
    def ranks(self) -> bool:
        """Whether these only number the rows: 1, 2, 3."""
        found = self.numbers.found
        steps = [after - before for before, after in pairwise(found)]
        return len(found) > 1 and found[0] in (0, 1) and set(steps) <= {0.0, 1.0} and any(steps)

    def worth(self) -> float:
        """Return what speaks for this column being the numbers of people; below 0 it is none."""
        if self.share <= 0.5:
            return -9.0
        found = self.numbers.found
        whole = sum(value % 1 == 0 for value in found) / len(found)
        falls = sum(a >= b for a, b in pairwise(found)) / max(1, len(found) - 1)
        said = speaks("count", self.heading) - (3 if speaks("rate", self.heading) > 0 else 0)
        total = 1.5 if is_total(self.heading) else 0.0
        worth = 2 * whole + falls + 2 * said + total + self.share
        return worth - 6 * self.shares - 4 * (self.ranks and not speaks("count", self.heading) > 0)


def columns_of(headings: Sequence[str], columns: Sequence[Sequence[str]]) -> list[Column]:
    """Return the columns of a table with what their values do."""
    pairs = zip(headings, columns, strict=True)
    return [Column(heading, tuple(texts), read_numbers(texts)) for heading, texts in pairs]


def choose_count(columns: Sequence[Column], name: int | None) -> int:
    """Return the column with the numbers of people; of equally good ones, the first behind the names."""
    words = next((i for i, one in enumerate(columns) if one.filled and one.share <= 0.5), 0)
    places = [i for i in range(len(columns)) if i != name] or [0]
    return max(places, key=lambda i: (columns[i].worth() + (0.4 if i > words else 0.0), -i))


def choose_name(columns: Sequence[Column], count: int) -> int:
    """Return the column with the stages' names."""

    def worth(i: int) -> tuple[float, int]:
        one = columns[i]
        words = 0.0 if one.share > 0.5 or one.shares else 1.0
        said = speaks("stage", one.heading) - 0.5 * (fold_name(one.heading) in _SEGMENTS | _PERIODS)
        return 2 * words + said + (0.5 if one.filled else 0.0) - 1.5 * one.ranks, -i

    return max((i for i in range(len(columns)) if i != count), key=worth, default=count)


def choose_parts(columns: Sequence[Column], name: int, count: int) -> list[int]:
    """Return the columns by which the stages are broken down, where names recur because of them."""
    names = [fold_name(text) for text in columns[name].texts if text]
    blank = any(not text for text in columns[name].texts)
    if len(set(names)) == len(names) and not blank:
        return []
    found = []
    for i, one in enumerate(columns):
        if i in (name, count) or one.shares or not one.filled:
            continue
        if one.share > 0.5 and fold_name(one.heading) not in _PERIODS | _SEGMENTS:
            continue
        values = {fold_name(text) for text in one.filled}
        recurs = len(values) < len(one.filled)
        if recurs and len(one.filled) >= 0.9 * len(one.texts):
            found.append(i)
    return found


def lies(columns: Sequence[Column], header: bool) -> tuple[list[int], int | None] | None:
    """Return the columns that are stages, side by side, and the one that names the rows; None where stages are rows."""
    if len(columns) < 2 or not header:
        return None
    rates = [at for at in range(len(columns[0].texts)) if is_rates([one.texts[at] for one in columns])]
    if rates:  # below the numbers of people
        kept = [[text for at, text in enumerate(one.texts) if at not in rates] for one in columns]
        columns = columns_of([one.heading for one in columns], kept)
    counts = [i for i, one in enumerate(columns) if one.share > 0.5 and one.heading and not _aside(one)]
    labels = [i for i in range(len(columns)) if columns[i].share <= 0.5 and columns[i].filled and not columns[i].shares]
    periods = [i for i in counts if fold_name(columns[i].heading) in _PERIODS]
    if periods and not labels:
        labels, counts = periods[:1], [i for i in counts if i != periods[0]]
    if (
        len(counts) < 2
        or not columns[counts[0]].texts
        or len(labels) > 1
        or len(counts) <= (len(columns) - len(labels)) / 2
    ):
        return None
    label = labels[0] if labels else None
    said = columns[label].heading if label is not None else ""
    size = len(columns[counts[0]].texts)
    if label is not None and speaks("stage", said) > 0 and fold_name(said) not in _PERIODS | _SEGMENTS:
        return None
    if size == 1:
        return counts, label
    if len(counts) < 3 and not (label is not None and fold_name(said) in _PERIODS | _SEGMENTS):
        return None
    values = [columns[i].numbers.values for i in counts]
    across = _falling(list(zip(*values, strict=True)))
    down = _falling([[one for one in column if one is not None] for column in values])
    named = fold_name(said) in _PERIODS or fold_name(said) in _SEGMENTS
    if label is None:
        return (counts, None) if across > 0.95 > down else None
    return (counts, label) if across > 0.95 and (named or down < 0.8) else None


def _aside(one: Column) -> bool:
    """Whether a column stands beside the stages: a rate, or a total of all of them."""
    return one.shares or is_total(one.heading) or (speaks("rate", one.heading) > 0 and max(one.numbers.found) <= 100)


def _falling(rows: Sequence[Sequence[float | None]]) -> float:
    """Return the share of neighbours of which the second is not larger."""
    pairs = [(a, b) for row in rows for a, b in pairwise(row) if a is not None and b is not None]
    return sum(a >= b for a, b in pairs) / len(pairs) if pairs else 0.0
