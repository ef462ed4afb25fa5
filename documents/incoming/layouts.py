"""How a text is laid out as a table, by its beginning: delimiter, quotation marks, lines above it, headings.

Spreadsheets and tools write more than the table: a line `sep=;`, lines of comment or titles above it (in a workbook as
rows of empty cells), a delimiter too many at the end of each row. What is found is said in the Layout.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from documents.folding import fold_digits
from documents.incoming.decoding import SAMPLE, Text, Unreadable, open_text
from funnel.facts.stages import clean_text

MAX_COLUMNS = 200
SAMPLE_ROWS = 200
MAX_HEADING = 60
DELIMITERS = ("\t", ";", "|", ",")
#: Typed by hand between a name and a number in Arabic and Persian; read as a tab where no other delimiter is found.
TYPED_DELIMITERS = ("؛", "،")


@dataclass(frozen=True)
class Layout:
    """Hold what `look` found.

    `encoding` is "text" (pasted), "utf-8", "utf-16" or "windows-1256"; `names` the headings, cleaned and made different
    ("" where there is none); `lines` physical lines above the first row of data and `above` how many rows those are, of
    which `titles` stand above the headings; `rows` the first rows of data as texts; `open_quote` the row in which a
    quotation mark is opened and never closed (marks are then ordinary signs), or None. `cells` is how many cells a row has,
    empty ones at its end included; `uneven` says that some rows are closed by a delimiter and others are not, `escaped` that a
    quotation mark inside a text is written with a backslash, `wrapped` that texts stand as ="text".
    """

    encoding: str
    delimiter: str
    quoted: bool
    header: bool
    names: tuple[str, ...]
    lines: int
    above: int
    titles: int
    rows: tuple[tuple[str, ...], ...]
    open_quote: int | None = None
    cells: int = 0
    uneven: bool = False
    escaped: bool = False
    wrapped: bool = False


def quoted(cell: str) -> str:
    """Return a cell in quotation marks, as a delimited text holds one with a delimiter or a mark in it.

    >>> quoted('a "b"; c')
    '"a ""b""; c"'
    """
    return '"' + cell.replace('"', '""') + '"'


def look(data: bytes | str | Text, *, delimiter: str | None = None, header: bool | None = None) -> Layout:
    """Say how a text is laid out. `delimiter` and `header` overrule what would be found. Raises Unreadable.

    >>> found = look("Visits; 48.000\\nLeads; 2.880")
    >>> found.delimiter, found.header, found.rows[0]
    (';', False, ('Visits', '48.000'))
    """
    text = open_text(data)
    return _look(text.data, text.encoding, delimiter, header)


Record = tuple[list[str], int]
_ESCAPED = re.compile(r'\\"[^,;\t|\r\n]')
_DOUBLED = re.compile(r'[^,;\t|\r\n]""[^,;\t|\r\n]')
_SEP = re.compile(r'\ufeff?"?sep=(.?)"?[ \t]*\r?(?:\n|$)', re.IGNORECASE)


def _look(data: memoryview, encoding: str, delimiter: str | None, header: bool | None) -> Layout:
    sample = bytes(data[:SAMPLE])
    whole = len(sample) == len(data)
    if not whole:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    text = sample.decode("utf-8", "ignore")
    noted = _SEP.match(text)  # a note of Excel to itself, no row
    if noted:
        text = text[noted.end() :]
        if delimiter is None and noted[1] in DELIMITERS and noted[1] in text:
            delimiter = noted[1]
        if not text.strip():
            raise Unreadable("no-rows")
    quoted = '"' in text or b'"' in data.obj
    escaped = quoted and bool(_ESCAPED.search(text)) and not _DOUBLED.search(text)
    if delimiter is None:
        delimiter = _delimiter(text)
    open_quote = None
    if quoted and not escaped and _odd_quotes(data):
        open_quote = _open_quote(data, delimiter, _width(_records(text, delimiter, quoted, SAMPLE_ROWS)))
    quoted = quoted and open_quote is None
    records = _records(text, delimiter, quoted, SAMPLE_ROWS, escaped)
    cells, width = _widths(records)
    if width > MAX_COLUMNS:
        raise Unreadable("columns", width)
    filled = [i for i, (row, _line) in enumerate(records) if any(row)]
    first = _first(records, filled, width)
    heading = records[first][0]
    if header is None:
        lone = width == 1 and _LINE.fullmatch(heading[0])
        fits = 0 < _reach(heading) <= width and sum(i >= first for i in filled) > 1
        header = fits and not lone and not any(map(_is_data, heading))
    names = _headings((heading + [""] * width)[:width]) if header else ("",) * width
    above = first + 1 if header else first
    below = [row for row, _line in records[above:] if any(row) and len(row) >= width and not any(row[width:])]
    lengths = {len(row) for row in below}
    if len(lengths) == 1:
        cells = lengths.pop()
    lines = records[above - 1][1] if above else 0
    return Layout(
        encoding, delimiter, quoted, header, names, lines + bool(noted), above, first,
        tuple(tuple(row[:width]) for row in below), open_quote, cells if len(lengths) < 2 else width, len(lengths) > 1,
        escaped, any(map(_is_wrapped, (cell for row in below[:20] for cell in row))),
    )  # fmt: skip


def _first(records: Sequence[Record], filled: Sequence[int], width: int) -> int:
    """Return the first row that is part of the table: titles and comments above it have fewer cells than it.

    A row with more cells is one that went wrong, and will be said so.
    """
    for place, i in enumerate(filled):
        row, following = records[i][0], [records[j][0] for j in filled[place + 1 : place + 2]]
        if row[0][:2] in ("# ", "#-", "##") and following:
            continue
        if _reach(row) >= width or (len(row) >= width and _reach(row) > max(1, width // 2)):
            # "2024" over several columns, which have their names in the next row
            words = following and not any(map(_is_data, (*row, *following[0])))
            if words and 2 * sum(map(bool, row)) <= width < 2 * sum(map(bool, following[0])):
                continue
            return i
    return next((i for i in filled if len(records[i][0]) >= width), filled[0] if filled else 0)


def _reach(row: Sequence[str]) -> int:
    """Return how many cells a row has without the empty ones at its end."""
    return next((i + 1 for i in range(len(row) - 1, -1, -1) if row[i]), 0)


def _widths(records: Sequence[Record]) -> tuple[int, int]:
    """Return how many cells the rows have, and how many of them are columns: not those that are empty in every row."""
    cells = _width(records)
    reaches = [_reach(row) for row, _line in records if len(row) == cells]
    alike = Counter(_reach(row) for row, _line in records if any(row))
    # Rows closed by a delimiter that the heading lacks: most reach exactly as far as the others.
    others = max((_reach(row) for row, _line in records if len(row) == cells - 1), default=0)
    width = max(1, *reaches, others if alike[others] else 0) if reaches else cells
    return cells, min(width, cells)


def _records(text: str, delimiter: str, quoted: bool, most: int, escaped: bool = False) -> list[Record]:
    """Return the first rows as cells, each with the number of physical lines read so far."""
    if delimiter in TYPED_DELIMITERS:
        text, delimiter = text.replace(delimiter, "\t"), "\t"
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
        escapechar="\\" if escaped else None, doublequote=not escaped,
    )  # fmt: skip
    records = []
    try:
        for cells in reader:
            records.append(([cell.strip() for cell in cells] or [""], reader.line_num))
            if len(records) == most:
                break
    except csv.Error:  # a cell beyond the module's limit of 128 KB
        pass
    return records or [([text[:1000]], 1)]


def _width(records: Sequence[Record]) -> int:
    """Return how many cells most rows have; of equally many, the larger number."""
    counts = Counter(len(cells) for cells, _line in records if any(cells))
    return max(counts, key=lambda n: (counts[n], n)) if counts else 1


def _delimiter(text: str) -> str:
    """Return the delimiter under which the rows are most alike; of equally good ones, the one that makes more columns."""
    best, rank = ",", (0.0, 0)
    for delimiter in (*DELIMITERS, *TYPED_DELIMITERS):
        if delimiter not in text or (delimiter in TYPED_DELIMITERS and rank[1] > 1):
            continue
        records = [cells for cells, _line in _records(text, delimiter, True, SAMPLE_ROWS) if any(cells)]
        width = _width([(cells, 0) for cells in records])
        alike = sum(len(cells) == width for cells in records) / max(1, len(records))
        if width > 1 and (found := (min(1.0, round(alike + 0.05, 1)), width)) > rank:
            best, rank = delimiter, found
    return best


_LINE = re.compile(r".*[\s:=]\d[\d.,٬٫'’]*")  # "Visits: 48,000": a stage in a table without delimiters
_DATA = re.compile(r"[-+(]?[0-9][0-9(.,،'’:/_\-\s٬٫%T+Z)]*")


def _is_data(cell: str) -> bool:
    """Say whether a cell holds a number or a date, so that its row can hardly be one of headings."""
    return bool(_DATA.fullmatch(fold_digits(unwrapped(cell))))


def _is_wrapped(cell: str) -> bool:
    return len(cell) > 2 and cell.startswith('="') and cell.endswith('"')


def unwrapped(cell: str) -> str:
    """Return what a cell says whose writer wanted to keep a spreadsheet from changing it: ="48000" or '48000.

    >>> unwrapped('="48000"'), unwrapped("'48000"), unwrapped("'tis")
    ('48000', '48000', "'tis")
    """
    if _is_wrapped(cell):
        return cell[2:-1]
    return cell[1:] if cell[:1] == "'" and cell[1:2].isdigit() else cell


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return headings as the app keeps them; a doubled one gets a number."""
    names: list[str] = []
    for cell in cells:
        name = clean_text(unwrapped(cell), MAX_HEADING)
        tries, n = name, 1
        while tries and tries in names:
            n += 1
            tries = f"{name} ({n})"
        names.append(tries)
    return tuple(names)


def _odd_quotes(data: memoryview) -> bool:
    signs = np.frombuffer(data, np.uint8)
    step = 1 << 20
    return sum(int(np.count_nonzero(signs[i : i + step] == 34)) for i in range(0, len(signs), step)) % 2 == 1


_END = "\x1e"


def _open_quote(data: memoryview, delimiter: str, width: int) -> int | None:
    """Return the row in which a quotation mark is opened that nothing closes, or only a later row's; None without one."""
    text = bytes(data).decode("utf-8", "replace") + "\n" + _END  # the last row, unless a mark before it is still open
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if delimiter in TYPED_DELIMITERS else delimiter)
    row, last, lines = 0, [_END], 0
    try:
        for cells in reader:
            row, last = row + 1, cells
            if reader.line_num - lines > 1 and len(cells) != width:
                break
            lines = reader.line_num
    except csv.Error:  # a cell beyond the module's limit: what is open swallows all that follows
        return row + 1
    return None if last == [_END] else row
