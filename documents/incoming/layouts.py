"""How a text is laid out as a table, by its beginning: delimiter, quotation marks, lines above it, headings."""

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
    quotation mark is opened and never closed (marks are then ordinary signs), or None.
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


def look(data: bytes | str | Text, *, delimiter: str | None = None, header: bool | None = None) -> Layout:
    """Say how a text is laid out. `delimiter` and `header` overrule what would be found. Raises Unreadable.

    >>> found = look("Visits; 48.000\\nLeads; 2.880")
    >>> found.delimiter, found.header, found.rows[0]
    (';', False, ('Visits', '48.000'))
    """
    text = open_text(data)
    return _look(text.data, text.encoding, delimiter, header)


def _look(data: memoryview, encoding: str, delimiter: str | None, header: bool | None) -> Layout:
    sample = bytes(data[:SAMPLE])
    whole = len(sample) == len(data)
    if not whole:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    text = sample.decode("utf-8", "ignore")
    quoted = '"' in text or b'"' in data.obj
    if delimiter is None:
        delimiter = _delimiter(text)
    width = _width(_records(text, delimiter, quoted, SAMPLE_ROWS))
    open_quote = _open_quote(data, delimiter, width) if quoted and _odd_quotes(data) else None
    quoted = quoted and open_quote is None
    records = _records(text, delimiter, quoted, SAMPLE_ROWS)
    width = _width(records)
    if width > MAX_COLUMNS:
        raise Unreadable("columns", width)
    # Titles above a table have fewer cells than it; a row with more is one that went wrong, and will be said so.
    filled = [i for i, (cells, _line) in enumerate(records) if len(cells) >= width and any(map(str.strip, cells))]
    first = filled[0] if filled else 0
    cells = records[first][0]
    if header is None:
        lone = width == 1 and _LINE.fullmatch(cells[0])
        header = len(cells) == width and len(filled) > 1 and not lone and not any(map(_is_data, cells))
    names = _headings(cells[:width]) if header else ("",) * width
    above = first + 1 if header else first
    lines = records[above - 1][1] if above else 0
    rows = tuple(tuple(cells) for cells, _line in records[above:] if len(cells) == width and any(cells))
    return Layout(encoding, delimiter, quoted, header, names, lines, above, first, rows, open_quote)


def _records(text: str, delimiter: str, quoted: bool, most: int) -> list[tuple[list[str], int]]:
    """Return the first rows as cells, each with the number of physical lines read so far."""
    if delimiter in TYPED_DELIMITERS:
        text, delimiter = text.replace(delimiter, "\t"), "\t"
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    )
    records = []
    try:
        for cells in reader:
            records.append(([cell.strip() for cell in cells] or [""], reader.line_num))
            if len(records) == most:
                break
    except csv.Error:  # a cell beyond the module's limit of 128 KB
        pass
    return records or [([text[:1000]], 1)]


def _width(records: Sequence[tuple[list[str], int]]) -> int:
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
_DATA = re.compile(r"[-+(]?[0-9][0-9.,،'’:/_\-\s٬٫%T+Z)]*")


def _is_data(cell: str) -> bool:
    """Say whether a cell holds a number or a date, so that its row can hardly be one of headings."""
    return bool(_DATA.fullmatch(fold_digits(cell)))


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Return headings as the app keeps them; a doubled one gets a number."""
    names: list[str] = []
    for cell in cells:
        name = clean_text(cell, MAX_HEADING)
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
