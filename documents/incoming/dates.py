"""A column of texts -> moments, a million at a time: ISO, yyyy/mm/dd in both calendars, dd/mm/yyyy, epoch numbers.

Texts of one form ("2024-03-05 14:30") are read together: their bytes are laid side by side and each field is taken out
of all of them at once. A sample shows which forms there are. A time zone that is written is obeyed, otherwise the
clock is taken as it stands. The year says which calendar it is: 1403 is a Persian year, 2024 is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from documents.calendars import GREGORIAN, PERHAPS_LUNAR, days
from documents.folding import MARKS
from i18n.languages import DIGITS

_BLOCK = 1 << 14  # texts at a time: what is worked on stays in the processor's cache
_SAMPLE = 400
_ROUNDS = 24
_LONGEST = 48  # bytes of a text that can be a date

_CLOCK = (
    r"(?:(?:T| +|, ?)(?P<h>00?):(?P<min>00)(?::(?P<s>00)(?:[.,](?P<f>0{1,9}))?)?(?: ?(?P<half>[AaPp]\.?[Mm]\.?|[قب]\.ظ\.?|[صم]))?)?"
    r"(?: ?(?:Z|UTC|GMT|(?P<zone>[-+])(?P<zh>00):?(?P<zm>00)?))?"
)
_FORMS = tuple(
    (kind, re.compile(rf"\s*{form}\s*"))
    for kind, form in (
        ("year-first", r"(?P<y>0000)(?P<sign>[-/.])(?P<m>00?)(?P=sign)(?P<d>00?)" + _CLOCK),
        ("year-last", r"(?P<m>00?)(?P<sign>[-/.])(?P<d>00?)(?P=sign)(?P<y>0000)" + _CLOCK),
        ("year-first", r"(?P<y>0000)(?P<m>00)(?P<d>00)(?:T?(?P<h>00)(?P<min>00)(?P<s>00)?Z?)?"),
        ("epoch", r"(?P<e>0{9,10})(?:\.(?P<f>0{1,9}))?"),
        ("epoch-ms", r"(?P<e>0{13})(?:\.0+)?"),
        ("epoch-us", r"(?P<e>0{16})"),
    )
)

_AFTERNOON = ("P", "p", "ب", "م")  # in Persian ب.ظ, in Arabic م
_ZEROS = frozenset("0٠۰")
_TO_ZERO = {ord(digit): digits[0] for digits in DIGITS.values() for digit in digits}
_SIGNS = {"\u00a0": " ", "\u202f": " ", "،": ",", "٬": ",", "\u060d": "/", "\u2044": "/", "\u2215": "/"}


@dataclass(frozen=True)
class Dates:
    """Hold a column of moments: `when` in milliseconds since 1970 (0 where not `valid`), and what was understood.

    `order` is "day" or "month" where the year stands last, for what is taken to come first, "" elsewhere; `asked` says
    that nothing in the column decides it. `jalali` and `gregorian` say which calendars occur, `lunar` that the years
    could be of the lunar Hijri calendar.
    """

    when: np.ndarray
    valid: np.ndarray
    order: str = ""
    asked: bool = False
    jalali: bool = False
    gregorian: bool = False
    lunar: bool = False


@dataclass
class _Seen:
    """What the dates of a column show about it."""

    years: tuple[int, int] = (9999, 0)
    first: int = 0  # dates whose first number can only be a day
    second: int = 0
    plain: bool = False  # a form that only writes the day first: 05.03.2024, or a Persian year


class _Texts:
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
        for begin in range(0, count, _BLOCK):
            place = slice(begin, min(begin + _BLOCK, count))
            if rows is None:
                block = self.bytes[first + begin * length : first + place.stop * length].reshape(-1, length)
            else:
                block = self.bytes[self.starts[rows[place]][:, None] + np.arange(length)]
            yield place, np.ascontiguousarray(block.T)


@dataclass(frozen=True)
class _Form:
    """One way to write a date, found in the column: where its fields stand, and what the other bytes must be.

    `at` gives for each sign of the plain form (invisible marks left out, all digits 0) the byte with its value; `low` and
    `span` bound every byte.
    """

    kind: str
    hit: re.Match
    at: tuple[int, ...]
    low: np.ndarray
    span: np.ndarray

    @classmethod
    def of(cls, template: str) -> _Form | None:
        """Return the form of a text whose digits are all the zero of their script; None where it is no date."""
        plain, at, low, span = "", [], [], []
        for sign in template:
            written = sign.encode()
            low += written
            span += bytes(len(written))
            if sign in _ZEROS:
                span[-1] = 9
            if sign not in MARKS:
                plain += "0" if sign in _ZEROS else _SIGNS.get(sign, sign)
                at.append(len(low) - 1)
        for kind, form in _FORMS:
            if hit := form.fullmatch(plain):
                as_column = (np.array(bounds, np.uint8)[:, None] for bounds in (low, span))
                return cls(kind, hit, tuple(at), *as_column)
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


def read_dates(column: pa.Array | pa.ChunkedArray, *, day_first: bool | None = None) -> Dates:
    """Read a column of texts as moments; what cannot be read is not `valid`. Never fails.

    `day_first` decides dates such as 05/03/2024; without it a number above 12 anywhere in the column does.

    >>> found = read_dates(pa.array(["2024-03-20", "۱۴۰۳/۰۱/۰۱ ۰۰:۰۰", "1710892800", "soon"]))
    >>> (found.when // 86_400_000).tolist(), found.valid.tolist()
    ([19802, 19802, 19802, 0], [True, True, True, False])
    """
    texts, seen = _Texts(column), _Seen()
    when, valid = np.zeros(len(texts), np.int64), np.zeros(len(texts), bool)
    waiting: list[tuple[_Form, np.ndarray | None]] = []

    def read(form: _Form, rows: np.ndarray | None) -> np.ndarray | None:
        """Read the rows that have the form; return those that have not."""
        matched = _read(texts, rows, form, True, when, valid, seen)
        if form.kind == "year-last":
            waiting.append((form, rows))
        return np.flatnonzero(~matched) if rows is None else rows[~matched]

    rest: np.ndarray | None = None  # all
    if len(texts) and texts.lengths.min() != texts.lengths.max():
        rest = np.flatnonzero((texts.lengths > 0) & (texts.lengths <= _LONGEST))
    for _round in range(_ROUNDS):
        forms = _forms(texts, rest)
        if rest is None and forms:
            rest = read(forms[0], None)
        elif forms:
            lengths = texts.lengths[rest]
            groups = {length: rest[lengths == length] for length in sorted({len(form) for form in forms})}
            others = rest[~np.isin(lengths, list(groups))]
            for form in forms:
                groups[len(form)] = read(form, groups[len(form)])
            rest = np.concatenate([others, *groups.values()])
        if not forms or not len(rest):
            break
    order, asked = "", False
    if waiting:
        decided = seen.first > 0 or seen.second > 0 or seen.plain
        asked = day_first is None and not decided
        month_first = seen.second > seen.first if day_first is None else not day_first
        order = "month" if month_first else "day"
        if month_first:
            for form, rows in waiting:
                _read(texts, rows, form, False, when, valid, _Seen())
    low, high = seen.years
    return Dates(
        when, valid, order, asked, jalali=low < GREGORIAN[0], gregorian=high >= GREGORIAN[0],
        lunar=PERHAPS_LUNAR[0] <= low <= high <= PERHAPS_LUNAR[1],
    )  # fmt: skip


def _forms(texts: _Texts, rest: np.ndarray | None) -> list[_Form]:
    """Return the forms of dates among a sample of what is not read yet, the most frequent first."""
    count = len(texts) if rest is None else len(rest)
    if not count or (rest is None and texts.lengths[0] > _LONGEST):
        return []
    places = np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64)
    templates = Counter(texts.text(int(i if rest is None else rest[i])).translate(_TO_ZERO) for i in places)
    found = (_Form.of(template) for template, _count in templates.most_common())
    return [form for form in found if form is not None]


def _read(
    texts: _Texts,
    rows: np.ndarray | None,
    form: _Form,
    day_first: bool,
    when: np.ndarray,
    valid: np.ndarray,
    seen: _Seen,
) -> np.ndarray:
    """Read the rows that have this form into `when` and `valid`; return which of them have it."""
    matched = np.zeros(len(texts) if rows is None else len(rows), bool)
    for place, block in texts.blocks(rows, len(form)):
        fits = (block - form.low <= form.span).all(axis=0)
        if form.kind.startswith("epoch"):
            moment, good = _epoch(block, form), fits
            seen.years = (min(seen.years[0], GREGORIAN[0]), max(seen.years[1], GREGORIAN[0]))
        else:
            moment, good = _moment(block, form, day_first, fits, seen)
        matched[place] = fits
        moment[~good] = 0
        if rows is None:
            when[place], valid[place] = moment, good
        else:
            here = rows[place][fits]
            when[here], valid[here] = moment[fits], good[fits]
    return matched


def _epoch(block: np.ndarray, form: _Form) -> np.ndarray:
    number = form.number(block, "e", np.int64)
    if form.kind == "epoch":
        return number * 1000 + (form.thousandths(block) if form.has("f") else 0)
    return number if form.kind == "epoch-ms" else number // 1000


def _moment(
    block: np.ndarray, form: _Form, day_first: bool, fits: np.ndarray, seen: _Seen
) -> tuple[np.ndarray, np.ndarray]:
    """Return milliseconds since 1970, and which of them are moments."""
    year, month, day = (form.number(block, name) for name in "ymd")
    if form.kind == "year-last":
        seen.first += int(np.count_nonzero(fits & (month > 12)))
        seen.second += int(np.count_nonzero(fits & (day > 12)))
        if day_first:
            month, day = day, month
    date, good = days(year, month, day)
    good &= fits
    if good.any():
        years = year if good.all() else year[good]
        low, high = int(years.min()), int(years.max())
        seen.years = (min(seen.years[0], low), max(seen.years[1], high))
        seen.plain |= form.kind == "year-last" and (high < GREGORIAN[0] or form.hit["sign"] == ".")
    if not form.has("h"):
        return date.astype(np.int64) * 86_400_000, good
    hour, clock = form.number(block, "h"), form.number(block, "min")
    good &= clock < 60
    if form.has("half"):
        good &= (hour >= 1) & (hour <= 12)
        hour %= 12
        hour += 12 * form.hit["half"].startswith(_AFTERNOON)
    good &= hour < 24
    clock += hour * 60
    clock *= 60
    if form.has("s"):
        second = form.number(block, "s")
        good &= second < 61
        clock += second
    if form.has("zone"):
        ahead = form.number(block, "zh") * 3600
        if form.has("zm"):
            ahead += form.number(block, "zm") * 60
        clock -= ahead if form.hit["zone"] == "+" else -ahead
    moment = date.astype(np.int64)
    moment *= 86_400
    moment += clock
    moment *= 1000
    if form.has("f"):
        moment += form.thousandths(block)
    return moment, good
