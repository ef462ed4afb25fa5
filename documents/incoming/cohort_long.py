"""Cells of a table of cohorts, and tables with a line an age (cohort, age, people), put together to a row a cohort."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from documents.folding import fold_digits, fold_name
from documents.incoming.headings import speaks

#: Cells that say that nothing is known.
_UNKNOWN = "- – — − -- nan n/a na #n/a null none nil … ... . ? ؟ نامشخص"
UNKNOWN = frozenset(("", *_UNKNOWN.split()))
_PERCENT = re.compile(r"[%٪]?\s*(\d+(?:[.,٫]\d+)?)\s*[%٪]?")
_PERIODS = """
    age period month week day quarter year number index after since offset lifetime سن ماه هفته روز دوره فصل سال عمر شهر أسبوع يوم
    العمر الشهر الأسبوع اليوم الفترة
"""
_PERIODS = frozenset(map(fold_name, _PERIODS.split()))

Value = Callable[[str], float | None]


@dataclass
class Row:
    """Hold a line: its number, the cohort's name, and a cell for each age."""

    line: int
    name: str
    cells: list[str]


def unknown(cell: str) -> bool:
    """Say whether a cell says that nothing is known."""
    return cell in UNKNOWN or (len(cell) < 9 and cell.casefold() in UNKNOWN)


def share_of(cell: str) -> float | None:
    """Return what a percentage is; None for what is none."""
    plain = fold_digits(cell).strip()
    hit = _PERCENT.fullmatch(plain) if "%" in plain or "٪" in plain else None
    return float(hit[1].replace(",", ".").replace("٫", ".")) / 100 if hit else None


def gathered(head: list[str] | None, lines: Sequence[tuple[int, list[str]]], value: Value) -> list[Row] | None:
    """Return cohorts of a table with a line an age: cohort, age, people; None where it is no such table."""
    if len(lines) < 3 or min(len(row) for _n, row in lines) < 3:
        return None
    width = min(len(row) for _n, row in lines)
    columns = [[row[i] for _n, row in lines] for i in range(width)]
    for cohort in range(min(2, width)):
        names = columns[cohort]
        if not 1 <= len(set(names)) <= len(names) / 1.5 or "" in names:
            continue
        for age in (i for i in range(width) if i != cohort):
            ages = _ages_of(names, columns[age], head[age] if head and age < len(head) else "", value)
            if ages is not None and (people := _people(head, columns, names, {cohort, age}, value)) is not None:
                return _gathered(lines, names, ages, people)
    return None


def _ages_of(names: Sequence[str], cells: Sequence[str], heading: str, value: Value) -> list[int] | None:
    """Return the ages where a column holds them: each once a cohort, from 0 or 1; or times, the first of them the cohort's."""
    numbers = [value(cell) for cell in cells]
    if None not in numbers and all(number % 1 == 0 and number < 400 for number in numbers):
        ages = [int(number) for number in numbers]
        lowest, pairs = min(ages), set(zip(names, ages, strict=True))
        said = any(word in _PERIODS for word in re.split(r"[\W_]+", fold_name(heading)))
        runs = {name: sorted(age for one, age in pairs if one == name) for name in set(names)}
        whole = all(run == list(range(run[0], run[0] + len(run))) for run in runs.values())
        if lowest in (0, 1) and len(pairs) == len(ages) and (said or whole) and len(set(ages)) > 1:
            return [age - lowest for age in ages]
        return None
    times = sorted({fold_digits(one) for one in (*names, *cells)})
    form = re.sub(r"\d", "0", times[0])
    if len(times) > 60 or not re.fullmatch(r"0{4}(?:[-/.]?00)?(?:[-/.]00)?", form):
        return None
    if any(re.sub(r"\d", "0", one) != form for one in times):
        return None
    ages = [times.index(fold_digits(c)) - times.index(fold_digits(n)) for n, c in zip(names, cells, strict=True)]
    return ages if min(ages) == 0 and len(set(zip(names, ages, strict=True))) == len(ages) else None


def _people(
    head: list[str] | None, columns: Sequence[Sequence[str]], names: Sequence[str], taken: set[int], value: Value
) -> list[str] | None:  # fmt: skip
    """Return the cells with the people who are there: not the size of the cohort, and no rate unless there is a size for it."""
    numbers = {i: [value(cell) for cell in column] for i, column in enumerate(columns) if i not in taken}
    whole = {
        i: found for i, found in numbers.items()
        if all(unknown(columns[i][at]) or number is not None for at, number in enumerate(found))
    }  # fmt: skip

    def constant(found: Sequence[float | None]) -> bool:
        held: dict[str, set] = {}
        for name, number in zip(names, found, strict=True):
            held.setdefault(name, set()).add(number)
        return all(len(one) == 1 for one in held.values())

    sizes = [i for i, found in whole.items() if constant(found)]
    rates = [i for i, found in whole.items() if i not in sizes and max(filter(None, found), default=0) <= 1]
    counts = [i for i in whole if i not in (*sizes, *rates)]
    if counts:
        said = {i: speaks("count", head[i]) if head and i < len(head) else 0.0 for i in counts}
        return list(columns[max(counts, key=lambda i: (said[i], -i))])
    percents = [i for i in numbers if i not in whole and all(unknown(c) or share_of(c) is not None for c in columns[i])]
    if sizes and (rates or percents):
        size = numbers[sizes[0]]
        shares = numbers[rates[0]] if rates else [share_of(cell) for cell in columns[percents[0]]]
        pairs = zip(size, shares, strict=True)
        return ["" if a is None or b is None else f"{a * b:.0f}" for a, b in pairs]
    return None


def _gathered(
    lines: Sequence[tuple[int, list[str]]], names: Sequence[str], ages: Sequence[int], people: Sequence[str]
) -> list[Row]:
    rows: dict[str, Row] = {}
    for (line, _cells), name, age, cell in zip(lines, names, ages, people, strict=True):
        row = rows.setdefault(name, Row(line, name, []))
        row.cells += [""] * (age + 1 - len(row.cells))
        row.cells[age] = cell
    return list(rows.values())
