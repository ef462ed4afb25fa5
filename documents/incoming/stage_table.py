"""A table of stages and counts -> stages and numbers; and what was wrong with which row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.incoming.tables import LISTED, Layout, Problem, Table, Text, read_table
from funnel.facts.stages import MAX_STAGES, Stage, clean_name, clean_text
from funnel.quantities import COUNT
from i18n.numbers import NumberError, parse

MAX_ROWS = 1_000
_MAX_TYPED = 50_000  # characters; beyond this nobody typed it
_DIGIT = "[0-9٠-٩۰-۹]"
_BETWEEN = "[,،;؛\\t|]"
# Read from the end, and what was taken is not given back: "name, then very many colons" would else be looked through again at
# each of them. Number, then marks, then the name.
_GROUPED_LINE = re.compile(rf"((?:{_DIGIT}{{3}}[,،٬])+{_DIGIT}{{1,3}})(?:[\s:=,،;؛|]++([^,،;؛\t|]*+))?")
_NAME_AND_NUMBER = re.compile(rf"((?:[.,٬٫'’]*+{_DIGIT}++)++[-+(]?)[\s:=]++(.*)")
_BEGINS_GROUPED = re.compile(rf"{_DIGIT}++[,،]")


@dataclass(frozen=True)
class StageTable:
    """Hold up to MAX_STAGES stages with their counts, top first.

    `name` and `count` are the columns they stand in; both None where the headings are the names and the first row holds
    the counts. `rows` were read; `more` were fine and beyond the number of stages that a funnel has. `problems` are the
    first rows that could not be used, `wrong` how many: "width", or "number-" with a code of `i18n.numbers.CODES`.
    """

    stages: tuple[Stage, ...]
    counts: tuple[float, ...]
    name: int | None
    count: int | None
    rows: int
    more: int
    problems: tuple[Problem, ...]
    wrong: dict[str, int]


def apart(text: str) -> str:
    """Put a tab between name and number where commas are marks for thousands: "Visits, 48,000" would be three cells.

    Done only where a line ends in such a number, and every line without one has two cells.

    >>> apart("Visits: 48,000\\nLeads,2880"), apart("a,1,2\\nb,3,4")
    ('Visits\\t48,000\\nLeads\\t2880', 'a,1,2\\nb,3,4')
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()] if len(text) <= _MAX_TYPED else []
    hits = [_backwards(_GROUPED_LINE, line) for line in lines]
    hits = [
        None if hit and hit[0] is not None and _BEGINS_GROUPED.match(line) else hit
        for hit, line in zip(hits, lines, strict=True)
    ]
    if not any(hits):
        return text
    rows = [[hit[0] or "", hit[1]] if hit else re.split(_BETWEEN, line) for hit, line in zip(hits, lines, strict=True)]
    if any(len(row) != 2 for row in rows):
        return text
    return "\n".join("\t".join(cell.strip() for cell in row) for row in rows)


def read_stages(
    data: bytes | str | Text, *, layout: Layout | None = None, name: int | None = None, count: int | None = None
) -> StageTable:
    """Read stages and counts, one stage a row, or all in one row below their names. Raises Unreadable.

    `name` and `count` overrule the guess which columns these are.

    >>> found = read_stages("Visits; 48,000\\nLeads; 2,880\\nCustomers; ?")
    >>> [stage.name for stage in found.stages], found.counts, found.problems[0].row
    (['Visits', 'Leads'], (48000.0, 2880.0), 3)
    >>> read_stages("Visits,Leads\\n48000,2880").counts
    (48000.0, 2880.0)
    """
    table = read_table(data, layout=layout, limit=MAX_ROWS)
    columns = [table.texts(i) for i in sorted(table.columns)]
    wrong = {"width": table.left_out} if table.left_out else {}
    listed = list(table.problems)
    lies = name is None and count is None and _lies(table, columns)
    if lies:
        names, texts, rows = list(table.names), [column[0] for column in columns], [table.row_number(0)] * len(columns)
        name = count = None
    else:
        names, texts, name, count = _upright(columns, name, count)
        rows = [table.row_number(i) for i in range(table.size)]
    stages, counts, more = [], [], 0
    for label, text, row in zip(names, texts, rows, strict=True):
        if not label.strip() and not text:
            continue  # an empty line is no mistake
        number, why = _number(text)
        if number is None:
            wrong[why] = wrong.get(why, 0) + 1
            listed.append(Problem(why, row, clean_text(text, 40)))
        elif len(stages) < MAX_STAGES:
            stages.append(Stage(name=clean_name(label)))
            counts.append(number)
        else:
            more += 1
    listed.sort(key=lambda problem: problem.row)
    return StageTable(
        tuple(stages), tuple(counts), name, count, len(texts) + table.left_out, more, tuple(listed[:LISTED]), wrong
    )


def _backwards(pattern: re.Pattern[str], text: str) -> tuple[str | None, str] | None:
    """Return name and number that a pattern, written for the text from its end, finds; the name None where there is none."""
    hit = pattern.fullmatch(text[::-1])
    return hit and (None if hit[2] is None else hit[2][::-1], hit[1][::-1])


def _number(text: str) -> tuple[float | None, str]:
    try:
        number = parse(text)
    except NumberError as error:
        return None, f"number-{error.code}"
    return (number, "") if COUNT.fits(number) else (None, "number-out-of-range")


def _share(texts: Sequence[str]) -> float:
    """Return which share of the texts can be read as counts."""
    filled = [text for text in texts if text]
    return sum(_number(text)[0] is not None for text in filled) / len(filled) if filled else 0.0


def _lies(table: Table, columns: Sequence[Sequence[str]]) -> bool:
    """Say whether the stages lie side by side: headings, and below them a row of counts."""
    if len(columns) < 2 or not table.layout.header or table.size > 1:
        return False
    return _share([column[0] for column in columns]) > 0.5


def _upright(
    columns: Sequence[Sequence[str]], name: int | None, count: int | None
) -> tuple[Sequence[str], Sequence[str], int, int]:
    """Return names and counts, a row each, and the columns they stand in."""
    if len(columns) == 1:  # "Visits: 48,000", or numbers alone
        hits = [_backwards(_NAME_AND_NUMBER, text) for text in columns[0]]
        pairs = [hit or ("", text) for hit, text in zip(hits, columns[0], strict=True)]
        return [pair[0] for pair in pairs], [pair[1] for pair in pairs], 0, 0
    if count is None:
        shares = [0.0 if i == name else _share(column) for i, column in enumerate(columns)]
        words = next((i for i, share in enumerate(shares) if share <= 0.5), 0)  # a number before them is a rank
        count = max(range(len(columns)), key=lambda i: (shares[i] > 0.5, i > words, min(shares[i], 0.5), -i))
    if name is None:
        others = [i for i in range(len(columns)) if i != count]
        name = min(others, key=lambda i: (_share(columns[i]) > 0.5, i))
    return columns[name], columns[count], name, count
