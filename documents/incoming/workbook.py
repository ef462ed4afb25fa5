"""A workbook (.xlsx, .xlsm, .xls, .ods) -> the text of one of its sheets, tab-separated, for `documents.incoming.tables`.

Nothing in it is run: a formula counts as the value that was saved with it. Which parts the reader sees, and how large a
sheet may be, is decided by `documents.incoming.packed` and, for .xls, by `documents.incoming.old_workbook`. Days are
written as dates: of the Persian calendar where LibreOffice took such a date for one of the year 1404.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from documents.calendars import julian_text
from documents.incoming.decoding import MAX_BYTES, OLE, ZIP, Unreadable
from documents.incoming.layouts import MAX_COLUMNS, quoted
from documents.incoming.old_workbook import look_inside
from documents.incoming.packed import Packed, clean

MAX_CELLS = 600_000  # a text file of a million rows takes less
MAX_SHEETS = 100
_MOST_MERGED = 5_000
_DAY_0, _DAY_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)


@dataclass(frozen=True)
class Sheet:
    """Hold one sheet as tab-separated text, the names of all sheets that have cells, and which one this is.

    `ignored` says what was in the file and not looked at: "macros", "links". `cut` says that it has more cells than are
    read; `hidden_sheets` and `hidden_rows` how many are not shown in it (such sheets are left out, such rows are read);
    `formulas` how many cells hold a formula whose value was not saved.
    """

    text: bytes
    sheets: tuple[str, ...]
    sheet: int
    ignored: tuple[str, ...] = ()
    cut: bool = False
    hidden_sheets: int = 0
    hidden_rows: int = 0
    formulas: int = 0


def is_workbook(data: bytes) -> bool:
    """Say whether a file is a workbook, of whatever age, or at least packed like one."""
    return data.startswith((ZIP, OLE, b"PK\x05\x06"))


def read_workbook(data: bytes, sheet: int = 0, *, hidden: bool = False) -> Sheet:
    """Return a sheet of a workbook as text; with `hidden`, those sheets count that are not shown. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-big", len(data))
    try:
        packed = look_inside(data) if data.startswith(OLE) else clean(data)
        return _sheet(packed, sheet, hidden)
    except Unreadable:
        raise
    except MemoryError:
        raise
    except Exception as error:  # zipfile and calamine raise whatever a broken file makes them stumble over
        raise Unreadable("damaged") from error
    except BaseException as error:  # a panic of calamine's is one of these, and no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("damaged") from error


def _sheet(packed: Packed, wanted: int, hidden: bool) -> Sheet:
    import python_calamine as calamine  # only who brings a workbook needs it

    try:
        packed.data.seek(0)
        with calamine.load_workbook(packed.data) as book:
            cells = (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet)
            all_sheets = [one for one in book.sheets_metadata[:MAX_SHEETS] if one.typ in cells]
            sheets = [one for one in all_sheets if hidden or one.visible == calamine.SheetVisibleEnum.Visible]
            sheets = sheets or all_sheets
            if not sheets:
                raise Unreadable("empty")
            place = wanted if 0 <= wanted < len(sheets) else 0
            number = next(
                i for i, one in enumerate(book.sheets_metadata) if one is sheets[place] or one == sheets[place]
            )
            part = packed.part_of(number, sheets[place].name)
            grid = book.get_sheet_by_name(sheets[place].name)
            rows, cut = _rows(grid, packed, part)
    except calamine.PasswordError:
        raise Unreadable("password") from None
    formulas = packed.formulas.get(part, 0)
    text = _text(rows, _writer(packed))
    if not text:
        raise Unreadable("formulas" if formulas else "empty", formulas)
    return Sheet(
        text, tuple(one.name for one in sheets), place, packed.ignored,
        cut or part in packed.cut, len(all_sheets) - len(sheets), packed.hidden.get(part, 0), formulas,
    )  # fmt: skip


def _rows(grid: Any, packed: Packed, part: str) -> tuple[list[list[Any]], bool]:
    """Return the rows down to the last that is not empty, and whether there are more than are read."""
    if grid.end is None:
        return [], False
    height, width = (number + 1 for number in grid.end)  # its own total_width is one too small
    if width > MAX_COLUMNS and (found := _filled_width(grid)) > MAX_COLUMNS:
        raise Unreadable("columns", found)
    most = max(1, MAX_CELLS // min(width, MAX_COLUMNS))
    rows = grid.to_python(skip_empty_area=False, nrows=most)
    if width > MAX_COLUMNS:
        rows = [row[:MAX_COLUMNS] for row in rows]
    _old_dates(rows, packed, part)
    _merged(rows, grid)
    while rows and not any(value != "" for value in rows[-1]):
        rows.pop()
    return rows, height > most


def _filled_width(grid: Any) -> int:
    """Return the last column in which something stands, of the rows that are looked at first."""
    sample = grid.to_python(skip_empty_area=False, nrows=200)
    return max((i + 1 for row in sample for i in range(len(row) - 1, -1, -1) if row[i] != ""), default=0)


# --- cells to texts -------------------------------------------------------------------------------------------------


def _text(rows: list[list[Any]], write: Callable[[Any], str]) -> bytes:
    """Return rows of values as tab-separated text, column by column: that takes a third of the time."""
    columns = [_column(values, write) for values in zip(*rows, strict=True)]
    while columns and not pc.any(pc.not_equal(columns[-1], "")).as_py():
        columns.pop()
    if not columns:
        return b""
    lines = pc.binary_join_element_wise(*columns, pa.scalar("\t", pa.large_string()))
    ended = pc.binary_join_element_wise(lines, pa.scalar("", pa.large_string()), pa.scalar("\n", pa.large_string()))
    if isinstance(ended, pa.ChunkedArray):
        ended = pa.concat_arrays(ended.chunks)
    size = pc.sum(pc.binary_length(ended)).as_py()
    return ended.buffers()[2].to_pybytes()[:size]  # the texts lie there one behind the other


_SPOILT = r'["\x00]|^\s|\s$|\s\s|[\t\n\r\v\f\x1c-\x1f\x{85}\x{2028}\x{2029}]'


def _column(values: tuple[Any, ...], write: Callable[[Any], str]) -> pa.Array:
    """Return the values of a column as texts: those below a heading at once where they are of one kind."""
    head = 1 if type(values[0]) is str else 0  # a heading
    kinds = set(map(type, values[head:]))
    body = values[head:]
    if kinds <= {str}:
        return _texts(values)
    texts = None
    if kinds == {float}:
        numbers = np.array(body)
        if (np.abs(numbers) < 1e15).all() and (numbers == np.floor(numbers)).all():
            texts = pa.array(numbers.astype(np.int64)).cast(pa.large_string())
    elif kinds == {datetime.date} and min(body).year > 1582:
        texts = pa.array(body, pa.date32()).cast(pa.large_string())
    elif kinds <= {datetime.date, datetime.datetime}:
        midnight = datetime.time()
        body = [one if type(one) is datetime.datetime else datetime.datetime.combine(one, midnight) for one in body]
        if min(body).year > 1582 and not any(value.microsecond for value in body):
            texts = pa.array(body, pa.timestamp("s")).cast(pa.large_string())
    if texts is None:
        return _texts([value if type(value) is str else write(value) for value in values])
    return pa.concat_arrays([_texts(values[:head]), texts])


def _texts(values: Sequence[str]) -> pa.Array:
    """Return texts, each on one line without spaces at its ends, in quotation marks where it holds one."""
    try:
        texts = pa.array(values, pa.large_string())
    except UnicodeEncodeError:
        values = [value.encode("utf-8", "replace").decode() for value in values]
        texts = pa.array(values, pa.large_string())
    if pc.any(pc.match_substring_regex(texts, _SPOILT)).as_py():
        values = [value if value.isalnum() else " ".join(value.replace("\0", "").split()) for value in values]
        values = [quoted(value) if '"' in value else value for value in values]
        texts = pa.array(values, pa.large_string())
    return texts


def _writer(packed: Packed) -> Callable[[Any], str]:
    """Return what writes a cell as the text that a file of text would have."""
    early = datetime.datetime(1582, 10, 15)

    def moment(value: datetime.datetime) -> str:
        if packed.julian and value < early:
            return julian_text((value - _DAY_0).days) + (
                f" {value:%H:%M:%S}" if value.time() != datetime.time() else ""
            )
        return value.isoformat(" ", "milliseconds" if value.microsecond else "seconds")

    def day(value: datetime.date) -> str:
        if packed.julian and value < early.date():
            return julian_text((value - _DAY_0.date()).days)
        return value.isoformat()

    def number(value: float) -> str:
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)

    writers: dict[type, Callable[[Any], str]] = {
        float: number, int: str, bool: str, datetime.datetime: moment, datetime.date: day,
        datetime.time: datetime.time.isoformat, datetime.timedelta: str,
    }  # fmt: skip

    def write(value: Any) -> str:
        return writers.get(type(value), str)(value)

    return write


def _old_dates(rows: list[list[Any]], packed: Packed, part: str) -> None:
    """Write the dates from before 1900, which the reader gives as a time of day, from the numbers they are stored as."""
    for (row, column), serial in packed.below.get(part, {}).items():
        if row < len(rows) and column < len(rows[row]) and not isinstance(rows[row][column], (int, float, str)):
            rows[row][column] = serial_text(serial, julian=packed.julian, from_1904=packed.from_1904)


def serial_text(serial: float, *, julian: bool, from_1904: bool = False) -> str:
    """Write a spreadsheet's day number from before 1900 as a date; "" for what is none.

    LibreOffice counts by the Julian calendar before October 1582: 1404-07-15, typed as a Persian date, is -180954 there.

    >>> serial_text(-180954, julian=True), serial_text(-180954.0, julian=False), serial_text(-180953.5, julian=True)
    ('1404-07-15', '1404-07-24', '1404-07-15 12:00:00')
    """
    if not -693_000 < serial < 3_000_000:
        return ""
    seconds = round(serial * 86_400)
    days, rest = divmod(seconds, 86_400)
    days += (_DAY_1904 - _DAY_0).days if from_1904 else 0
    when = _DAY_0 + datetime.timedelta(days)
    text = julian_text(days) if julian and when < datetime.datetime(1582, 10, 15) else when.date().isoformat()
    return text + (f" {datetime.timedelta(seconds=rest)!s:0>8}" if rest else "")


def _merged(rows: list[list[Any]], grid: Any) -> None:
    """Write the text of cells that were merged downwards into each of their rows: it belongs to all of them."""
    ranges = grid.merged_cell_ranges or []
    for (top, left), (bottom, right) in ranges[:_MOST_MERGED]:
        if left != right or bottom == top or top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "":
                row[left] = rows[top][left]
