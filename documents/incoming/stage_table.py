"""A table of stages and counts -> stages and numbers; and what was wrong with which row.

Rows of totals are left out and named, a breakdown (by device, by month) is put together or one part of it taken; what was
done is in the result, so that it can be shown and chosen otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from documents.folding import fold_digits, fold_name
from documents.incoming.headings import is_total, says_total
from documents.incoming.stage_columns import (
    Column,
    choose_count,
    choose_name,
    choose_parts,
    columns_of,
    is_rates,
    lies,
    read_numbers,
)
from documents.incoming.tables import LISTED, Layout, Problem, Table, Text, read_table
from funnel.facts.stages import MAX_STAGES, Stage, clean_name, clean_text

MAX_ROWS = 20_000
MAX_PARTS = 100
TOGETHER = ""  # the part that is all parts together
_SEPARATOR = " \t\u00a0:="
_NUMBER_AT_END = re.compile(r"[-+(]?[0-9٠-٩۰-۹][0-9٠-٩۰-۹.,٬٫'’]*(?:\s*\([^()]{1,12}\)|\s*(?:نفر|users?|people))?")
_LONGEST_NUMBER = 60  # characters, with its unit

#: What is odd about stages that were read. "shares": all are parts of one or percentages, so no people; "cut": a number seems
#: to be cut at its marks for thousands; these two cannot be used. "grows": a stage has more people than the one before; "dots":
#: points were taken as marks for thousands.
DOUBTS = ("shares", "cut", "grows", "dots")
UNUSABLE = ("shares", "cut")


@dataclass(frozen=True)
class Total:
    """Name a row that was taken for the total of the others."""

    row: int
    name: str
    count: float


@dataclass(frozen=True)
class StageTable:
    """Hold up to MAX_STAGES stages with their counts, top first.

    `name` and `count` are the columns they stand in; both None where the headings are the names and the first row holds
    the counts. `rows` were read; `more` were fine and beyond the number of stages that a funnel has. `problems` are the
    first rows that could not be used, `wrong` how many: "width", or "number-" with a code of `i18n.numbers.CODES`.
    `totals` are rows left out because they hold the total. Where rows are broken down, `parts` are the names of the parts,
    `part` the one that was taken (TOGETHER: the sums) and `by` the heading of the column. `doubts` are of DOUBTS.
    """

    stages: tuple[Stage, ...]
    counts: tuple[float, ...]
    name: int | None
    count: int | None
    rows: int
    more: int
    problems: tuple[Problem, ...]
    wrong: dict[str, int]
    totals: tuple[Total, ...] = ()
    parts: tuple[str, ...] = ()
    part: str = TOGETHER
    by: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether nothing speaks against these being numbers of people."""
        return not set(self.doubts) & set(UNUSABLE)


@dataclass
class _Item:
    """One number with its stage, its part, and the row it stands in."""

    label: str
    part: str
    text: str
    row: int
    value: float | None
    why: str


def read_stages(
    data: bytes | str | Text, *, layout: Layout | None = None, name: int | None = None, count: int | None = None,
    part: str | None = None, totals: bool = False,
) -> StageTable:  # fmt: skip
    """Read stages and counts, one stage a row, or all in one row below their names. Raises Unreadable.

    `name` and `count` overrule the guess which columns these are; `part` which part of a breakdown is taken; with `totals`
    rows that look like totals are stages.

    >>> found = read_stages("Visits; 48,000\\nLeads; 2,880\\nCustomers; ?")
    >>> [stage.name for stage in found.stages], found.counts, found.problems[0].row
    (['Visits', 'Leads'], (48000.0, 2880.0), 3)
    >>> read_stages("Visits,Leads\\n48000,2880").counts
    (48000.0, 2880.0)
    >>> read_stages("Stage,Rate,People\\nVisits,1,900\\nSales,0.1,90\\nTotal,,990").counts
    (900.0, 90.0)
    """
    table = read_table(data, layout=layout, limit=MAX_ROWS)
    columns = columns_of(table.names, [table.texts(i) for i in sorted(table.columns)])
    wrong = {"width": table.left_out} if table.left_out else {}
    by, dots = "", False
    side = lies(columns, table.layout.header) if name is None and count is None else None
    if side is not None:
        items, by = _side_by_side(table, columns, *side), columns[side[1]].heading if side[1] is not None else ""
    elif len(columns) == 1:
        items, dots = _one_column(table, columns[0])
        name = count = 0
    else:
        count = choose_count(columns, name) if count is None else count
        name = choose_name(columns, count) if name is None else name
        by_columns = choose_parts(columns, name, count)
        items = _upright(table, columns, name, count, by_columns)
        by, dots = ", ".join(columns[i].heading for i in by_columns), columns[count].numbers.dots
    size = len({item.row for item in items}) if side and side[1] is not None else len(items)
    doubts = ["cut"] if side is None and count and _is_cut(table.layout, columns, count) else []
    items, parts, taken, problems = _put_together(items, part)
    items, left_out = (items, ()) if totals else _without_totals(items)
    listed = [*table.problems, *problems]
    for problem in problems:
        wrong[problem.code] = wrong.get(problem.code, 0) + 1
    values = [item.value for item in items if item.value is not None]
    percents = sum(problem.code == "number-percent" for problem in problems)
    if (values and max(values) <= 1 and any(value % 1 for value in values)) or percents > len(values):
        doubts.append("shares")
    kept = items[:MAX_STAGES]
    if any(b.value > a.value for a, b in pairwise(kept)):
        doubts.append("grows")
    if dots:
        doubts.append("dots")
    listed.sort(key=lambda problem: problem.row)
    return StageTable(
        tuple(Stage(name=clean_name(item.label)) for item in kept), tuple(item.value for item in kept), name, count,
        size + table.left_out, len(items) - len(kept), tuple(listed[:LISTED]), wrong, left_out, parts, taken, by,
        tuple(doubts),
    )  # fmt: skip


# --- rows to items --------------------------------------------------------------------------------------------------


def _side_by_side(table: Table, columns: Sequence[Column], counts: Sequence[int], label: int | None) -> list[_Item]:
    items = []
    for at in range(table.size):
        cells = [columns[i].texts[at] for i in counts]
        if table.size > 1 and (not any(cells) or is_rates(cells)):
            continue
        part = columns[label].texts[at] if label is not None else ""
        for i in counts:
            one = columns[i]
            items.append(
                _Item(
                    one.heading, part, one.texts[at], table.row_number(at), one.numbers.values[at], one.numbers.why[at]
                )
            )
    return items


def _upright(table: Table, columns: Sequence[Column], name: int, count: int, by: Sequence[int]) -> list[_Item]:
    items, above = [], ""
    numbers = columns[count].numbers
    for at in range(table.size):
        label = columns[name].texts[at]
        part = ", ".join(filter(None, (columns[i].texts[at] for i in by)))
        if by and not label and part and columns[count].texts[at]:
            label = above  # a name that stands only in the first row of its group
        above = label or above
        items.append(
            _Item(label, part, columns[count].texts[at], table.row_number(at), numbers.values[at], numbers.why[at])
        )
    return items


def _one_column(table: Table, column: Column) -> tuple[list[_Item], bool]:
    """Return items from one column: "Visits: 48,000", numbers alone, or names and numbers in turn, one below the other."""
    rows = [table.row_number(i) for i in range(table.size)]
    pairs = [(text, row) for text, row in zip(column.texts, rows, strict=True) if text]
    if table.layout.header and column.heading:
        pairs = _in_turn([(column.heading, rows[0] - 1), *pairs]) or _in_turn(pairs)
    else:
        pairs = _in_turn(pairs)
    if pairs:
        found = read_numbers([text for _name, text, _row in pairs])
        return [
            _Item(label, "", text, row, value, why)
            for (label, text, row), value, why in zip(pairs, found.values, found.why, strict=True)
        ], found.dots
    hits = [_name_and_number(text) for text in column.texts]
    plain = [number for _name, number in hits]
    found = read_numbers(plain)
    return [
        _Item(name, "", text, table.row_number(i), found.values[i], found.why[i]) for i, (name, text) in enumerate(hits)
    ], found.dots


def _name_and_number(text: str) -> tuple[str, str]:
    """Return what stands before the number that a line ends with, and the number; all of it as the number where there is none.

    Looked for from the end, a few places only: "name, then very many colons" must not be looked through at each of them.

    >>> _name_and_number("Leads: 2,880"), _name_and_number("2880")
    (('Leads', '2,880'), ('', '2880'))
    """
    found, text = ("", text), text.strip()
    for at in range(len(text) - 1, max(-1, len(text) - _LONGEST_NUMBER), -1):
        if text[at] in _SEPARATOR and _NUMBER_AT_END.fullmatch(text, at + 1):
            found = text[:at].rstrip(_SEPARATOR), text[at + 1 :]
    return found


def _in_turn(cells: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Return name, number and row, where names and numbers take turns, or all names stand above all numbers; else nothing."""
    half = len(cells) // 2
    if half < 2 or len(cells) % 2:
        return []
    flags = [value is not None for value in read_numbers([text for text, _row in cells]).values]
    if flags == [False, True] * half:
        names, counts = cells[::2], cells[1::2]
    elif flags == [False] * half + [True] * half:
        names, counts = cells[:half], cells[half:]
    else:
        return []
    return [(name, text, row) for (name, _row), (text, row) in zip(names, counts, strict=True)]


# --- parts and totals -----------------------------------------------------------------------------------------------


def _put_together(
    items: Sequence[_Item], wanted: str | None
) -> tuple[list[_Item], tuple[str, ...], str, list[Problem]]:
    """Return one item a stage, the parts that there are, and the one that was taken; and rows without a number."""
    items = [item for item in items if item.label.strip() or item.text]  # an empty line is no mistake
    parts = list(dict.fromkeys(item.part for item in items if item.part))
    if len(parts) < 2:
        problems = [Problem(item.why, item.row, clean_text(item.text, 40)) for item in items if item.value is None]
        return [item for item in items if item.value is not None], (), TOGETHER, problems
    totals = [part for part in parts if all(is_total(one) for one in part.split(", "))]
    stages = {fold_name(item.label) for item in items}
    whole = next((part for part in totals if _covers(items, part) >= 0.5 * len(stages)), None)
    taken = wanted if wanted in (TOGETHER, *parts) else whole or TOGETHER
    if taken == TOGETHER:
        chosen = [item for item in items if item.part not in totals]
    else:
        chosen = [item for item in items if item.part == taken]
    problems = [Problem(item.why, item.row, clean_text(item.text, 40)) for item in chosen if item.value is None]
    summed: dict[str, _Item] = {}
    for item in chosen:
        if item.value is None:
            continue
        key = fold_name(item.label)
        if key in summed:
            summed[key].value += item.value
        else:
            summed[key] = _Item(item.label, taken, item.text, item.row, item.value, "")
    return list(summed.values()), tuple(parts[:MAX_PARTS]), taken, problems


def _covers(items: Sequence[_Item], part: str) -> int:
    return len({fold_name(item.label) for item in items if item.part == part})


def _without_totals(items: list[_Item]) -> tuple[list[_Item], tuple[Total, ...]]:
    """Take out the rows that hold the total of the others: by their name; without a telling name, by their sum."""
    if len(items) < 3:
        return items, ()
    named = [item for item in items if is_total(item.label, surely=True)]
    rest = [item for item in items if item not in named]
    if len(rest) < 2:
        return items, ()
    if not named:
        whole = sum(item.value for item in items)
        for item in (items[-1], items[0]):
            others = whole - item.value
            same = abs(item.value - others) <= max(0.5, 0.001 * others)
            if same and len(items) > 3 and (not item.label.strip() or says_total(item.label)):
                named, rest = [item], [one for one in items if one is not item]
                break
    return rest, tuple(Total(item.row, clean_name(item.label), item.value) for item in named)


def _is_cut(layout: Layout, columns: Sequence[Column], count: int) -> bool:
    """Say whether the numbers seem to be cut at their marks for thousands: behind them stand groups of three digits."""
    if layout.delimiter not in ",،" or count + 1 >= len(columns) or layout.names[count]:
        return False
    after = [fold_digits(text) for text in columns[count + 1].filled]
    groups = [text for text in after if len(text) == 3 and text.isdecimal()]
    return bool(groups) and len(groups) == len(after) and any(text[0] == "0" for text in groups)
