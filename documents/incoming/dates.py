"""A column of texts -> moments, a million at a time; the forms of a date are in `documents.incoming.date_forms`.

Texts of one form ("2024-03-05 14:30") are read together: their bytes are laid side by side and each field is taken out
of all of them at once. A sample shows which forms there are. A time zone that is written is obeyed, otherwise the
clock is taken as it stands. The year says which calendar it is: 1403 is a Persian year, 2024 is not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from documents.calendars import GREGORIAN, PERHAPS_LUNAR, days
from documents.folding import fold_digits
from documents.incoming.date_forms import TO_ZERO, Form, Texts

_SAMPLE = 400
_ROUNDS = 60
_LONGEST = 80  # bytes of a text that can be a date

_AFTERNOON = ("P", "p", "ب", "م", "ع")  # in Persian ب.ظ and عصر, in Arabic م and مساء
#: Numbers of seconds since 1970 that are taken for a moment: 1990 to 2099. A phone number has ten digits, too.
EPOCH = (631_152_000, 4_102_444_800)
#: Days of a spreadsheet that are taken for a moment: 1954 to 2119.
SERIAL = (20_000.0, 80_000.0)
SERIAL_DAYS = {1900: 25_569, 1904: 24_107}  # what 1970-01-01 is in each count
SHORT = ("last", "first", "persian")


@dataclass(frozen=True)
class Dates:
    """Hold a column of moments: `when` in milliseconds since 1970 (0 where not `valid`), and what was understood.

    `order` is "day" or "month" where the year stands last, for what is taken to come first, "" elsewhere; `asked` says
    that nothing in the column decides it. `jalali` and `gregorian` say which calendars occur, `lunar` that years or names
    are, or could be, of the lunar Hijri calendar. `short` says where a year of two digits was taken to stand (of SHORT),
    "" where there is none; `serial` is 1900 or 1904 where the numbers are days of a spreadsheet; `hours` says that numbers
    of ten digits were taken as year, month, day and hour.
    """

    when: np.ndarray
    valid: np.ndarray
    order: str = ""
    asked: bool = False
    jalali: bool = False
    gregorian: bool = False
    lunar: bool = False
    short: str = ""
    serial: int = 0
    hours: bool = False


@dataclass
class _Seen:
    """What the dates of a column show about it."""

    years: tuple[int, int] = (9999, 0)
    old: tuple[int, int] = (9999, 0)  # of the years that are not Gregorian
    lunar: bool = False
    first: int = 0  # dates whose first number can only be a day
    second: int = 0
    short_first: int = 0  # dates of two-digit years whose first number can only be a year
    short_last: int = 0
    plain: bool = False  # a form that only writes the day first: 05.03.2024, or a Persian year

    def note(self, years: np.ndarray) -> None:
        """Note years that were read."""
        self.years = (min(self.years[0], int(years.min())), max(self.years[1], int(years.max())))
        old = years[years < GREGORIAN[0]]
        if len(old):
            self.old = (min(self.old[0], int(old.min())), max(self.old[1], int(old.max())))


def read_dates(
    column: pa.Array | pa.ChunkedArray,
    *,
    day_first: bool | None = None,
    short: str | None = None,
    serial: int | None = None,
) -> Dates:
    """Read a column of texts as moments; what cannot be read is not `valid`. Never fails.

    `day_first` decides dates such as 05/03/2024; without it a number above 12 anywhere in the column does. `short` (of SHORT)
    says where a year of two digits stands and of which calendar it is; `serial` that numbers are a spreadsheet's days since
    1900 or 1904.

    >>> found = read_dates(pa.array(["2024-03-20", "۱۴۰۳/۰۱/۰۱ ۰۰:۰۰", "1710892800", "soon"]))
    >>> (found.when // 86_400_000).tolist(), found.valid.tolist()
    ([19802, 19802, 19802, 0], [True, True, True, False])
    """
    if serial:
        return read_serials(column, serial)
    texts, seen = Texts(column), _Seen()
    when, valid = np.zeros(len(texts), np.int64), np.zeros(len(texts), bool)
    waiting: list[tuple[Form, np.ndarray | None]] = []

    def read(form: Form, rows: np.ndarray | None) -> np.ndarray | None:
        """Read the rows that have the form; return those that have not."""
        matched = _read(texts, rows, form, _How(), when, valid, seen)
        if form.kind in ("year-last", "short", "epoch"):
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
    kinds = {form.kind for form, _rows in waiting}
    order, asked, taken, hours = "", False, "", False
    if kinds & {"year-last", "short"}:
        month_first = seen.second > seen.first if day_first is None else not day_first
        if "short" in kinds:
            taken = short or ("persian" if seen.short_first > seen.short_last else "last")
        if "year-last" in kinds or taken == "last":
            asked = day_first is None and not (seen.first or seen.second or seen.plain)
            order = "month" if month_first else "day"
        how = _How(day_first=not month_first, short=taken or "last")
        for form, rows in waiting:
            if form.kind == "short" or (form.kind == "year-last" and month_first):
                _read(texts, rows, form, how, when, valid, seen if form.kind == "short" else _Seen())
    if "epoch" in kinds:
        hours = _are_hours(texts, [one for one in waiting if one[0].kind == "epoch"], when, valid, seen)
    low, high = seen.years
    return Dates(
        when, valid, order, asked, jalali=low < GREGORIAN[0], gregorian=high >= GREGORIAN[0],
        lunar=seen.lunar or PERHAPS_LUNAR[0] <= seen.old[0] <= seen.old[1] <= PERHAPS_LUNAR[1], short=taken, hours=hours,
    )  # fmt: skip


def read_serials(column: pa.Array | pa.ChunkedArray, base: int) -> Dates:
    """Read a column of numbers as a spreadsheet's days since 1900 or 1904.

    >>> int(read_serials(pa.array(["45356.5"]), 1900).when[0]) == 1_709_640_000_000
    True
    """
    plain = column.cast(pa.string())
    if isinstance(plain, pa.ChunkedArray):
        plain = plain.combine_chunks()
    if isinstance(plain, pa.ChunkedArray):
        plain = pa.concat_arrays(plain.chunks) if plain.num_chunks else pa.array([], pa.string())
    if not pc.all(pc.string_is_ascii(plain), min_count=0).as_py():
        plain = pa.array([fold_digits(one).replace("٫", ".") for one in plain.to_pylist()], pa.string())
    plain = pc.utf8_trim_whitespace(plain)
    fits = pc.match_substring_regex(plain, r"^\d{5}(\.\d{1,12})?$")
    days = pc.if_else(fits, plain, pa.scalar("0")).cast(pa.float64()).to_numpy(zero_copy_only=False)
    valid = (days >= SERIAL[0]) & (days < SERIAL[1])
    # A second is the finest that a spreadsheet shows: 0.604 of a day is 14:29:45.6 and was 14:29:46.
    when = np.where(valid, np.round((days - SERIAL_DAYS[base]) * 86_400).astype(np.int64) * 1000, 0)
    return Dates(when, valid, gregorian=bool(valid.any()), serial=base)


@dataclass(frozen=True)
class _How:
    """How a form of more than one meaning is read."""

    day_first: bool = True
    short: str = "last"


def _are_hours(texts: Texts, waiting: list, when: np.ndarray, valid: np.ndarray, seen: _Seen) -> bool:
    """Read numbers of ten digits as year, month, day and hour, where every one of them can be that; say whether.

    Of numbers of seconds, one in a hundred could.
    """
    found = []
    for form, rows in waiting:
        if form.has("f") or len(form.at) != 10 or form.hit.end("e") != 10:
            return False
        for place, block in texts.blocks(rows, len(form)):
            fits = (block - form.low <= form.span).all(axis=0)
            number = form.number(block, "e", np.int64)
            year, month, day, hour = (number // 10**n % 10**width for n, width in ((6, 4), (4, 2), (2, 2), (0, 2)))
            date, good = days(year.astype(np.int32), month.astype(np.int32), day.astype(np.int32))
            good &= (hour < 24) & (((year > 1990) & (year < 2060)) | ((year > 1370) & (year < 1450)))
            if not good[fits].all():
                return False
            here = (np.arange(len(texts))[place] if rows is None else rows[place])[fits]
            found.append((here, (date.astype(np.int64) * 86_400_000 + hour * 3_600_000)[fits], year[fits]))
    if sum(len(here) for here, _moment, _year in found) == 0:
        return False
    for here, moment, year in found:
        when[here], valid[here] = moment, True
        seen.note(year)
    return True


def _forms(texts: Texts, rest: np.ndarray | None) -> list[Form]:
    """Return the forms of dates among a sample of what is not read yet, the most frequent first."""
    count = len(texts) if rest is None else len(rest)
    if not count or (rest is None and texts.lengths[0] > _LONGEST):
        return []
    places = np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.int64)
    templates = Counter(texts.text(int(i if rest is None else rest[i])).translate(TO_ZERO) for i in places)
    found = (Form.of(template) for template, _count in templates.most_common())
    return [form for form in found if form is not None]


def _read(
    texts: Texts,
    rows: np.ndarray | None,
    form: Form,
    how: _How,
    when: np.ndarray,
    valid: np.ndarray,
    seen: _Seen,
) -> np.ndarray:
    """Read the rows that have this form into `when` and `valid`; return which of them have it."""
    matched = np.zeros(len(texts) if rows is None else len(rows), bool)
    for place, block in texts.blocks(rows, len(form)):
        fits = (block - form.low <= form.span).all(axis=0)
        if form.kind.startswith("epoch"):
            moment = _epoch(block, form)
            good = fits & (moment >= EPOCH[0] * 1000) & (moment < EPOCH[1] * 1000)
            if good.any():
                seen.note(np.array([GREGORIAN[0]]))
        else:
            moment, good = _moment(block, form, how, fits, seen)
        matched[place] = fits
        moment[~good] = 0
        if rows is None:
            when[place], valid[place] = moment, good
        else:
            here = rows[place][fits]
            when[here], valid[here] = moment[fits], good[fits]
    return matched


def _epoch(block: np.ndarray, form: Form) -> np.ndarray:
    number = form.number(block, "e", np.int64)
    if form.kind == "epoch":
        return number * 1000 + (form.thousandths(block) if form.has("f") else 0)
    return number // {"epoch-ms": 1, "epoch-us": 1000, "epoch-ns": 1_000_000}[form.kind]


def _century(year: np.ndarray, short: str) -> np.ndarray:
    if short == "persian":
        return year + np.where(year < 50, 1400, 1300)
    return year + np.where(year < 70, 2000, 1900)


def _short(
    a: np.ndarray, b: np.ndarray, c: np.ndarray, how: _How, fits: np.ndarray, seen: _Seen
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return year, month and day of three numbers of at most two digits."""
    seen.short_first += int(np.count_nonzero(fits & (a > 31)))
    seen.short_last += int(np.count_nonzero(fits & (c > 31)))
    if how.short != "last":
        return _century(a, how.short), b, c
    seen.first += int(np.count_nonzero(fits & (a > 12)))
    seen.second += int(np.count_nonzero(fits & (b > 12)))
    day, month = (a, b) if how.day_first else (b, a)
    return _century(c, "last"), month, day


def _moment(block: np.ndarray, form: Form, how: _How, fits: np.ndarray, seen: _Seen) -> tuple[np.ndarray, np.ndarray]:
    """Return milliseconds since 1970, and which of them are moments."""
    year, day = form.number(block, "y"), form.number(block, "d")
    month = np.full_like(year, form.month) if form.kind == "named" else form.number(block, "m")
    if form.calendar == "lunar":
        seen.lunar = True
        return np.zeros(len(year), np.int64), np.zeros(len(year), bool)
    if form.kind == "year-last":
        seen.first += int(np.count_nonzero(fits & (month > 12)))
        seen.second += int(np.count_nonzero(fits & (day > 12)))
        if how.day_first:
            month, day = day, month
    elif form.kind == "short":
        year, month, day = _short(year, month, day, how, fits, seen)
    elif form.kind == "named" and form.hit.end("y") - form.hit.start("y") == 2:
        year = _century(year, "persian" if form.calendar == "persian" else "last")
    date, good = days(year, month, day)
    good &= fits
    if form.calendar:
        good &= (year >= GREGORIAN[0]) == (form.calendar == "gregorian")
    if good.any():
        years = year if good.all() else year[good]
        seen.note(years)
        seen.plain |= form.kind == "year-last" and (int(years.max()) < GREGORIAN[0] or form.hit["sign"] == ".")
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
