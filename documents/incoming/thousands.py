"""Commas that are marks for thousands in a text whose cells are parted by commas, too: "Visits,48,000" has two cells."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from documents.folding import fold_digits
from documents.incoming.layouts import quoted

_MAX_TYPED = 50_000  # characters; a table of stages that is longer has no stages
_DIGIT = "[0-9٠-٩۰-۹]"
_GROUPED = rf"{_DIGIT}{{1,3}}(?:[,،٬]{_DIGIT}{{3}})+"
_BETWEEN = "[,،;؛\\t|]"
_SHARE = r"(?:\s*[(（\[][^()\[\],;\t|]{1,12}[)）\]])?"  # "48,000 (100%)"
_LONGEST_LINE = 300
_GROUPED_LINE = re.compile(rf"(?:(?!{_DIGIT}+[,،])([^,،;؛\t|]*?)[\s:=,،;؛\t|]+)?({_GROUPED}{_SHARE})\s*")
_OTHER_LINE = re.compile(rf"([^,،;؛\t|]*?\S)\s*[:=,،;؛\t|]\s*({_DIGIT}+{_SHARE})\s*")
_COMMA = re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{1,3}}[,،]{_DIGIT}{{3}}(?!{_DIGIT})")
_OTHERS = re.compile("[;؛\\t|]")
_LEAD, _REST = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}")
_OTHER_MARKS = re.compile("[,،]")
_MOST_CELLS = 24


def apart(text: str) -> str:
    """Put tabs between cells where commas are marks for thousands; return any other text as it is.

    Done where lines that would have unlike numbers of cells get equally many, or all of them two: a name and a number.

    >>> apart("Visits: 48,000\\nLeads,2880"), apart("a,1,2\\nb,3,4")
    ('Visits\\t48,000\\nLeads\\t2880', 'a,1,2\\nb,3,4')
    >>> apart("Stage,People,Rate\\nVisits,48,000,100%\\nLeads,2,880,6%")
    'Stage\\tPeople\\tRate\\nVisits\\t48,000\\t100%\\nLeads\\t2,880\\t6%'
    """
    if len(text) > _MAX_TYPED or not _COMMA.search(text):
        return text
    lines = text.splitlines()
    filled = [line.strip() for line in lines if line.strip()]
    rows = _two(filled) or _many(filled)
    if rows is None:
        return text
    alone = all(len(row) == 1 for row in rows)
    written = iter("\t".join(_written(cell, alone) for cell in row) for row in rows)
    return "\n".join(next(written) if line.strip() else "" for line in lines)


def _written(cell: str, alone: bool) -> str:
    cell = cell.strip()
    marked = '"' in cell or (alone and _OTHER_MARKS.search(cell))  # a comma in a lone cell would part it
    return quoted(cell) if marked else cell


def _two(lines: Sequence[str]) -> list[list[str]] | None:
    """Return name and number of each line, where every line has these two; None where not."""
    if any(len(line) > _LONGEST_LINE for line in lines):
        return None  # nobody typed it, and the patterns go back and forth in a line
    hits = [_GROUPED_LINE.fullmatch(line) for line in lines]
    if not any(hits):
        return None
    hits = [hit or _OTHER_LINE.fullmatch(line) for hit, line in zip(hits, lines, strict=True)]
    rows = [[hit[1] or "", hit[2]] if hit else re.split(_BETWEEN, line) for hit, line in zip(hits, lines, strict=True)]
    return None if any(len(row) != 2 for row in rows) or any('"' in line for line in lines) else rows


def _many(lines: Sequence[str]) -> list[list[str]] | None:
    """Return the cells of lines with more than two; lines of one cell are titles above or notes below."""
    if any(map(_OTHERS.search, lines)):
        return None
    sign = "،" if not any("," in line for line in lines) else ","
    try:
        rows = [next(csv.reader([line], delimiter=sign, skipinitialspace=True), [""]) for line in lines]
    except csv.Error:
        return None
    while len(rows) > 1 and all(not row[-1].strip() for row in rows if len(row) > 1) and any(len(r) > 1 for r in rows):
        rows = [row[:-1] if len(row) > 1 else row for row in rows]  # a delimiter behind the last cell
    wide = [row for row in rows if len(row) > 1]
    if not wide or max(map(len, wide)) > _MOST_CELLS:
        return None
    heading = not any(re.search(r"\d", fold_digits(cell)) for cell in wide[0])
    before = {len(row) for row in (wide[1:] if heading else wide)}
    for width in _widths(wide, heading):
        joined = [row if len(row) == 1 or (heading and row is wide[0]) else _joined(row, width, sign) for row in rows]
        if all(joined) and (before != {width}):
            return joined
    return None


def _widths(wide: Sequence[Sequence[str]], heading: bool) -> Iterator[int]:
    """Yield how many cells a line could have: as many as the headings; else as the shortest line, or two."""
    if heading:
        yield len(wide[0])
        return
    yield 1  # names and numbers one below the other
    shortest, counts = min(map(len, wide)), Counter(map(len, wide))
    if len(counts) > 1:
        yield shortest
    yield 2
    if any(_REST.fullmatch(cell) and cell[0] == "0" for row in wide for cell in map(fold_digits, row)):
        yield from range(3, shortest)  # a cell "000" is no number


def _joined(row: Sequence[str], width: int, sign: str) -> list[str] | None:
    """Return the row with its cells joined to exactly so many, if that can be done in one way only."""
    found = []
    for one in _ways(tuple(cell.strip() for cell in row), width, sign):
        found.append(one)
        if len(found) > 1:
            return None
    return list(found[0]) if found else None


def _ways(cells: tuple[str, ...], width: int, sign: str) -> Iterator[tuple[str, ...]]:
    """Yield the ways to join cells to `width` of them: a number's first group, then groups of three digits."""
    if len(cells) < width or width < 1:
        if not cells and not width:
            yield ()
        return
    if len(cells) == width:
        # groups of three digits that begin with a nought belong to the number before them
        if not any(_REST.fullmatch(fold_digits(cell)) and fold_digits(cell)[0] == "0" for cell in cells):
            yield cells
        return
    first = cells[0]
    stop = 1
    if _LEAD.fullmatch(fold_digits(first)):
        while stop < len(cells) and _REST.fullmatch(fold_digits(cells[stop])):
            stop += 1
    for end in range(1, stop + 1):
        if end < stop and fold_digits(cells[end])[0] == "0":
            continue
        for rest in _ways(cells[end:], width - 1, sign):
            yield (sign.join(cells[:end]), *rest)
