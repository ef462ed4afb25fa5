"""A table of cohorts as tools export it -> a name and the numbers of people by age for each: sizes, totals, shares, long tables.

Works on cells of text, so that what is wrong with one of them can still be said of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from documents.folding import fold_digits, fold_name
from documents.incoming.cohort_long import Row, Value, gathered, share_of, unknown
from documents.incoming.headings import is_total

_MOST_AGES = 60
_MONTH = re.compile(r"((?:1[34]|20)\d\d)(0[1-9]|1[0-2])")
_YEAR = re.compile(r"1[34]\d\d|19\d\d|20\d\d")
_AVERAGES = """
    average avg mean weighted median all میانگین متوسط میانه معدل المتوسط الوسيط الكل همه کل
"""
_AVERAGES = frozenset(map(fold_name, _AVERAGES.split()))
_SIZE = ("size", "اندازه", "حجم")


@dataclass
class Arranged:
    """Hold the cohorts' rows, and what was done: codes with the line (0: the whole) and what stood there.

    "size": a column of sizes was told from the ages; "total": a row, or column, of totals or averages was left out; "future":
    zeros of times that have not come were taken as not known; "converted": shares were turned into people; "long": a row an
    age was put together; "calendar": numbers below months of the calendar were moved to the ages; "twice": the first two
    numbers of every line are equal; "shares": shares without a size cannot be used.
    """

    rows: list[Row]
    notes: list[tuple[int, str, str]] = field(default_factory=list)

    def note(self, code: str, line: int = 0, given: str = "") -> None:
        self.notes.append((line, code, given))


def names_lines(firsts: Sequence[str], value: Value) -> bool:
    """Say whether the first cells name the lines, though they are numbers: 1, 2, 3 or 2024, 2023 or 202311, 202312.

    >>> names_lines(["202311", "202312", "202401"], float), names_lines(["420", "510"], float)
    (True, False)
    """
    values = [value(cell) for cell in firsts]
    if len(values) < 2 or None in values:
        return False
    if values == [values[0] + i for i in range(len(values))]:
        return True
    plain = [fold_digits(cell).strip() for cell in firsts]
    ordered = all(a < b for a, b in pairwise(values)) or all(a > b for a, b in pairwise(values))
    if ordered and all(map(_MONTH.fullmatch, plain)):
        return True
    return all(map(_YEAR.fullmatch, plain)) and all(abs(a - b) == 1 for a, b in pairwise(values)) and ordered


def arrange(
    head: Sequence[str] | None,
    lines: Sequence[tuple[int, list[str]]],
    named: Sequence[bool],
    value: Value,
    *,
    zeros: bool,
) -> Arranged:
    """Return the cohorts of a table's lines. `named` says of each line whether its first cell is a name; `zeros` that zeros at
    the end are people who left.
    """
    head = [fold_digits(cell) for cell in head] if head else None
    long = gathered(head, lines, value)
    if long is not None:
        found = Arranged(long)
        found.note("long")
    else:
        found = Arranged([])
        _wide(found, head, lines, named, value)
    _without_totals(found, value)
    _shifted(found)
    if not zeros:
        _future(found, value)
    return found


# --- one line a cohort ----------------------------------------------------------------------------------------------


def _wide(
    found: Arranged, head: list[str] | None, lines: Sequence[tuple[int, list[str]]], named: Sequence[bool], value: Value
) -> None:
    first, ages = _ages(head) if head else (None, [])
    start = ages[0] if ages else 0
    end = len(head or ())
    if first is not None and first + len(ages) < end:
        end = first + len(ages)
        found.note("total", given=head[end])
    elif head and first is None and len(head) > 2 and is_total(head[-1]) and not is_total(head[0]):
        end -= 1  # a column of totals behind the ages
        found.note("total", given=head[end])
    else:
        end = None
    sizes = [
        i for i in range(1, first or 0) if 2 * sum(value(_cell(row, i)) is not None for _n, row in lines) > len(lines)
    ]
    size = next((i for i in sizes if any(word in fold_name(head[i]) for word in _SIZE)), sizes[-1] if sizes else None)
    if first is None and head and len(head) > 3 and any(word in fold_name(head[1]) for word in _SIZE):
        first, size = 2, 1
    for (number, row), has_name in zip(lines, named, strict=True):
        if first:
            name = ", ".join(_cell(row, i) for i in range(first) if i not in sizes and i != size and _cell(row, i))
            found.rows.append(Row(number, name, row[first:end]))
        else:
            found.rows.append(Row(number, row[0] if has_name else "", row[1 if has_name else 0 : end]))
        if ages and ages[-1] - ages[0] >= len(ages):
            _spread(found.rows[-1], ages)
    given = [value(_cell(row, size)) if size is not None else None for _n, row in lines]
    shares = _in_shares(found.rows, value)
    if shares:
        if size is None and not _convertible(found, value):
            found.note("shares")
            return
        _convert(found, given, start, shares)
    elif size is not None and start == 1 and not _same(found.rows, given, value):
        for row, (_number, cells) in zip(found.rows, lines, strict=True):
            row.cells.insert(0, _cell(cells, size))
        return  # the size is the number at the start
    if size is not None:
        found.note("size", given=head[size])
    elif not shares and first is None and _twice(found.rows, value):
        found.note("twice")


def _cell(row: Sequence[str], i: int) -> str:
    return row[i] if i < len(row) else ""


def _age(heading: str) -> int | None:
    """Return the age that a heading names: 3, "Month 3", "M3", "+3"."""
    digits = re.findall(r"\d+", heading)
    return (
        int(digits[0]) if len(digits) == 1 and len(digits[0]) < 4 and len(heading) < 30 and "%" not in heading else None
    )


def _ages(head: Sequence[str]) -> tuple[int | None, list[int]]:
    """Return where headings with ages begin, and the ages, from 0 or 1 on: 0, 1, 2, or "Day 0", "Day 1", "Day 7"."""
    ages = list(map(_age, head))
    for i, age in enumerate(ages):
        if age not in (0, 1):
            continue
        found = [age]
        for later in ages[i + 1 :]:
            if later is None or later <= found[-1]:
                break
            found.append(later)
        if len(found) >= 2:
            return i, found
    return None, []


def begins_with_ages(head: Sequence[str]) -> bool:
    """Say whether already the first heading is an age, so that the lines have no names."""
    return _ages([fold_digits(cell) for cell in head])[0] == 0


def _spread(row: Row, ages: Sequence[int]) -> None:
    """Put the cells at their ages, where ages are left out."""
    cells = [""] * min(ages[-1] + 1 - ages[0], _MOST_AGES)
    for age, cell in zip(ages, row.cells, strict=False):
        if age - ages[0] < len(cells):
            cells[age - ages[0]] = cell
    row.cells = cells


def _same(rows: Sequence[Row], sizes: Sequence[float | None], value: Value) -> bool:
    """Say whether the first numbers are the sizes again."""
    pairs = [(value(_cell(row.cells, 0)), size) for row, size in zip(rows, sizes, strict=True)]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return bool(known) and all(a == b for a, b in known)


def _twice(rows: Sequence[Row], value: Value) -> bool:
    long = [row for row in rows if len(row.cells) > 2]
    pairs = [(value(row.cells[0]), value(row.cells[1])) for row in long]
    return len(pairs) > 1 and all(a is not None and a == b and a > 1 for a, b in pairs)


# --- shares ---------------------------------------------------------------------------------------------------------


def _in_shares(rows: Sequence[Row], value: Value) -> str:
    """Say how the numbers are shares: "percent", "part" (of one), or "" where they are people."""
    cells = [cell for row in rows for cell in row.cells if not unknown(cell)]
    if not cells:
        return ""
    if 2 * sum(share_of(cell) is not None for cell in cells) > len(cells):
        return "percent"
    values = [number for cell in cells if (number := value(cell)) is not None]
    if len(values) > 1 and len(values) == len(cells) and max(values) <= 1 and any(number % 1 for number in values):
        return "part"
    return ""


def _convertible(found: Arranged, value: Value) -> bool:
    """Say whether each row of percentages begins with its number of people: 420, 70%, 57%."""
    return bool(found.rows) and all(
        row.cells and share_of(row.cells[0]) is None and (value(row.cells[0]) or 0) > 1 for row in found.rows
    )


def _convert(found: Arranged, sizes: Sequence[float | None], start: int, shares: str) -> None:
    """Turn shares of the size into people."""
    for row, given in zip(found.rows, sizes, strict=True):
        size, cells = given, row.cells
        if size is None and cells and share_of(cells[0]) is None and shares == "percent":
            size, cells = _plain(cells[0]), cells[1:]
        if size is None:
            continue
        people = []
        for cell in cells:
            share = share_of(cell) if shares == "percent" else _plain(cell)
            people.append(f"{size * share:.0f}" if share is not None else cell)
        whole = people and people[0] == f"{size:.0f}"
        row.cells = people if whole or (start == 0 and given is not None) else [f"{size:.0f}", *people]
    found.note("converted")


def _plain(cell: str) -> float | None:
    plain = re.sub(r"(?<=\d)[,٬ ](?=\d{3})", "", fold_digits(cell)).replace("٫", ".").strip()
    return float(plain) if re.fullmatch(r"\d{1,12}(?:\.\d{1,12})?", plain) else None


# --- totals, the future, the calendar -------------------------------------------------------------------------------


def _without_totals(found: Arranged, value: Value) -> None:
    """Leave out rows that hold totals or averages: by their name; without one, by their sum."""
    kept = []
    for row in found.rows:
        words = fold_name(row.name).strip(" :.*").split()
        if row.name and (is_total(row.name) or (words and words[0] in _AVERAGES and len(words) < 4)):
            found.note("total", row.line, row.name)
        else:
            kept.append(row)
    if not kept:
        found.notes = [note for note in found.notes if note[1] != "total"]
        return
    found.rows = kept
    if len(kept) > 3 and any(row.name for row in kept):
        starts = [value(_cell(row.cells, 0)) or 0.0 for row in kept]
        for at in (len(kept) - 1, 0):
            if not kept[at].name and starts[at] and starts[at] == sum(starts) - starts[at]:
                found.note("total", kept[at].line)
                del kept[at]
                break


def _shifted(found: Arranged) -> None:
    """Move numbers to the left where the columns are months of the calendar, and each cohort begins one later."""
    leads = []
    for row in found.rows:
        lead = next((i for i, cell in enumerate(row.cells) if not unknown(cell)), None)
        if lead is None:
            return
        leads.append(lead)
    if len(leads) < 2 or min(leads) > 0:
        return
    if all(b == a + 1 for a, b in pairwise(leads)) or (len(leads) > 2 and all(b == a - 1 for a, b in pairwise(leads))):
        for row, lead in zip(found.rows, leads, strict=True):
            row.cells = row.cells[lead:]
        found.note("calendar")


def _future(found: Arranged, value: Value) -> None:
    """Take zeros at the ends of the rows as not known where they are a staircase: the times have not come yet."""
    known, zero = [], 0
    for row in found.rows:
        cells = list(row.cells)
        while cells and unknown(cells[-1]):
            cells.pop()
        end = len(cells)
        while end and value(cells[end - 1]) == 0:
            end -= 1
        zero += end < len(cells)
        known.append(end)
    steps = [a - b for a, b in pairwise(known)]
    down = all(step >= 0 for step in steps)
    stairs = down or all(step <= 0 for step in steps)
    if zero < 2 or min(known) < 1 or not stairs or 2 * sum(abs(step) == 1 for step in steps) < len(steps):
        return
    for row, end in zip(found.rows, known, strict=True):
        row.cells = row.cells[:end]
    found.note("future")
