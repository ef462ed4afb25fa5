"""Bytes or text -> a table of columns of text. Nothing in it is evaluated.

`look` (documents.incoming.layouts) reads the beginning and says what it found; `read_table` reads the whole, or only some
columns of it, with Arrow's CSV reader. What cannot be a table at all raises `Unreadable`; a row that does not fit is left out
and becomes a `Problem`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from documents.incoming.decoding import MAX_BYTES, REFUSALS, Text, Unreadable, open_text
from documents.incoming.layouts import DELIMITERS, MAX_COLUMNS, TYPED_DELIMITERS, Layout, look, unwrapped
from funnel.facts.stages import clean_text

__all__ = [
    "DELIMITERS", "LISTED", "MAX_BYTES", "MAX_COLUMNS", "MAX_ROWS", "REFUSALS", "Layout", "Problem", "Table", "Text",
    "Unreadable", "look", "open_text", "read_table",
]  # fmt: skip

MAX_ROWS = 2_000_000
MAX_BAD_ROWS = 100_000  # rows of a wrong width; beyond this the file is no table
LISTED = 20  # problems that are kept with their texts


@dataclass(frozen=True)
class Problem:
    """Say what is wrong with one row: `row` as a spreadsheet counts it, from 1, `given` the text, shortened.

    Codes of this module: "width" (`found` cells instead of `wanted`).
    """

    code: str
    row: int
    given: str = ""
    found: int = 0
    wanted: int = 0


@dataclass(frozen=True)
class Table:
    """Hold columns of text. `columns` is by position, for the columns that were read; see `texts` and `rows`.

    `problems` are the first rows that were left out, `left_out` how many there are; `cut` says that the file has more
    rows than are read. `bad` are the positions of all rows left out, among the rows of the file.
    """

    layout: Layout
    columns: dict[int, pa.ChunkedArray]
    size: int
    problems: tuple[Problem, ...]
    bad: np.ndarray
    cut: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return self.layout.names

    @property
    def left_out(self) -> int:
        return len(self.bad)

    def texts(self, column: int) -> list[str]:
        """Return one column as a list of texts without spaces at their ends."""
        return [unwrapped(text.strip()) for text in self.columns[column].to_pylist()]

    def rows(self) -> list[tuple[str, ...]]:
        """Return all rows that were read, as texts; for small tables."""
        return list(zip(*(self.texts(column) for column in sorted(self.columns)), strict=True))

    @cached_property
    def _gaps(self) -> np.ndarray:
        return self.bad - np.arange(len(self.bad))

    def row_number(self, index: int) -> int:
        """Return the number of a row as a spreadsheet counts it, from 1: headings and rows left out count too."""
        return int(self.layout.above + 1 + index + np.searchsorted(self._gaps, index, "right"))


def read_table(
    data: bytes | str | Text, *, layout: Layout | None = None, only: Collection[int] | None = None,
    coded: Collection[int] = (), limit: int = MAX_ROWS, delimiter: str | None = None, header: bool | None = None,
) -> Table:  # fmt: skip
    """Read a table of texts, or only the columns `only`. Raises Unreadable.

    `layout` is what `look` said of the same data, if it has been asked. The columns `coded` come back dictionary-coded,
    which is smaller where few texts recur; `limit` is the most rows that are read.

    >>> table = read_table("stage,people\\nVisits,48000\\nLeads,2880")
    >>> table.names, table.size, table.texts(1), table.row_number(0)
    (('stage', 'people'), 2, ['48000', '2880'], 2)
    """
    opened = open_text(data)
    text = opened.data
    if layout is None:
        layout = look(opened, delimiter=delimiter, header=header)
    if layout.delimiter in TYPED_DELIMITERS:
        text = memoryview(bytes(text).decode("utf-8", "replace").replace(layout.delimiter, "\t").encode())
        layout = replace(layout, delimiter="\t")
    if layout.uneven:
        text = _evened(text, layout)
    wanted = sorted(range(len(layout.names)) if only is None else set(only))
    found, bad, problems = _arrow(text, layout, wanted, frozenset(coded))
    cut = found.num_rows > limit
    if cut:
        found = found.slice(0, limit)
        bad = bad[bad - np.arange(len(bad)) <= limit]
    if not found.num_rows:
        raise Unreadable("no-rows")
    columns = {i: found.column(str(i)) for i in wanted}
    if layout.open_quote is not None:
        columns = {i: _replaced(column, '^"(.*)"$') for i, column in columns.items()}
    if layout.wrapped:
        columns = {i: _replaced(column, '^="(.*)"$') for i, column in columns.items()}
    return Table(layout, columns, found.num_rows, problems, bad, cut)


def _replaced(column: pa.ChunkedArray, pattern: str) -> pa.ChunkedArray:
    """Take off what stands around whole cells: quotation marks that were read as ordinary signs, or ="text"."""
    kind = column.type
    plain = pc.replace_substring_regex(column.cast(pa.string()), pattern, "\\1")
    return plain if pa.types.is_string(kind) else plain.dictionary_encode()


def _evened(text: memoryview, layout: Layout) -> memoryview:
    """Take off the delimiters behind the last column, where only some rows have them."""
    sign = re.escape(layout.delimiter.encode())
    cell = rb'(?:"[^"]*"|[^"\r\n' + sign + rb"])*"
    row = rb"^(" + cell + rb"(?:" + sign + cell + rb"){%d})" % (len(layout.names) - 1) + sign + rb"+[ \t]*(?=\r?$)"
    return memoryview(re.sub(row, rb"\1", bytes(text), flags=re.MULTILINE))


def _arrow(
    text: memoryview, layout: Layout, wanted: Sequence[int], coded: frozenset[int]
) -> tuple[pa.Table, np.ndarray, tuple[Problem, ...]]:
    """Read with all processors; with one, once more, where rows are left out, because only then they have numbers."""
    small = len(text) < 1 << 20
    collected = _Collector(layout.cells or len(layout.names))
    found = _read(text, layout, wanted, coded, collected, threads=not small)
    if collected.count and not small:
        collected = _Collector(layout.cells or len(layout.names))
        found = _read(text, layout, wanted, coded, collected, threads=False)
    # Arrow counts the physical lines that it skips; a heading may hold several of them, and "sep=;" is no row.
    bad = np.array(collected.numbers, np.int64) - layout.lines - 1
    shift = layout.above - layout.lines
    return found, bad, tuple(replace(problem, row=problem.row + shift) for problem in collected.problems)


class _Collector:
    """Gather the rows that do not have as many cells as there are columns."""

    def __init__(self, width: int) -> None:
        self.width, self.count, self.numbers, self.problems = width, 0, [], []

    def __call__(self, row) -> str:
        self.count += 1
        if self.count > MAX_BAD_ROWS:
            return "error"
        if row.number is not None:
            self.numbers.append(row.number)
            if len(self.problems) < LISTED:
                given = clean_text(row.text[:400], 40)
                self.problems.append(Problem("width", row.number, given, row.actual_columns, self.width))
        return "skip"


def _read(
    text: memoryview, layout: Layout, wanted: Sequence[int], coded: frozenset[int], collected: _Collector,
    threads: bool, block: int | None = None,
) -> pa.Table:  # fmt: skip
    dictionary = pa.dictionary(pa.int32(), pa.string())
    names = [str(i) for i in range(layout.cells or len(layout.names))]
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(text)),
            read_options=arrow_csv.ReadOptions(
                column_names=names, skip_rows=layout.lines, use_threads=threads, block_size=block
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=layout.delimiter, quote_char='"' if layout.quoted else False,
                newlines_in_values=layout.quoted, escape_char="\\" if layout.escaped else False,
                double_quote=not layout.escaped, ignore_empty_lines=False, invalid_row_handler=collected,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: dictionary if int(name) in coded else pa.string() for name in names},
                include_columns=[str(i) for i in wanted], strings_can_be_null=False, check_utf8=False,
            ),
        )  # fmt: skip
    except pa.ArrowInvalid as error:
        if collected.count > MAX_BAD_ROWS:
            raise Unreadable("ragged") from None
        if "Empty CSV" in str(error):
            raise Unreadable("no-rows") from None
        if block is None:  # a row longer than a block
            collected.__init__(collected.width)
            return _read(text, layout, wanted, coded, collected, False, len(text) + 1)
        raise Unreadable("damaged") from None
