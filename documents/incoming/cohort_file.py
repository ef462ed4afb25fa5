"""Read cohorts that a person typed, pasted or uploaded: a cohort per line, its name first, then a count per age.

Reading never fails: it returns what could be used and says of each line what was wrong with it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.incoming.cohort_table import arrange, begins_with_ages, names_lines, unknown
from documents.incoming.stage_columns import bare
from documents.incoming.tables import Unreadable, open_text
from documents.incoming.workbook import is_workbook, read_workbook
from funnel.facts.stages import clean_name, clean_text
from funnel.inputs.cohorts import MOST_AGES, MOST_COHORTS
from funnel.quantities import COUNT
from i18n.numbers import NumberError, parse

MOST_BYTES = 200_000  # the largest table that the page can show is far smaller
MOST_CHARACTERS = 40_000
MOST_LINES = 200
_MOST_PLACES = MOST_AGES + 8  # places of a line that are looked at: a name, the counts, and some too many
_LINE = 2_000
_SAMPLE = 30  # lines from which the separator is guessed
_SPACES, _SPACE = "  ", " "
_SEPARATORS = ("\t", ";", "؛", ",", "،", _SPACES, _SPACE)
_FREE = ("\t", ";", "؛")  # between these, a number may have marks between its thousands
_DATE = re.compile(r"\d{1,4}(?:[-/]\d{1,4}){1,2}|\d{1,2}\.\d{1,2}\.\d{4}")

# Errors: the line is not taken.
ERRORS = ("not-a-number", "no-start", "no-counts", "out-of-range")
# Warnings: the line is taken, as far as it goes.
WARNINGS = ("grows", "gap", "nobody", "too-many-ages", "heading", "total")
# Of the whole text, line 0.
WHOLE = (
    "empty", "too-large", "workbook", "not-text", "other-letters", "too-many-lines", "too-many-cohorts",
    "size", "total", "future", "converted", "long", "calendar", "twice", "shares",
)  # fmt: skip
_FATAL = ("empty", "too-large", "workbook", "not-text", "shares")


@dataclass(frozen=True)
class Problem:
    """Say what was wrong: the `line` from 1 (0: the whole), one of the codes above, and what stood there.

    `why` is a code of `i18n.numbers.CODES` where a number could not be read; `age` the age at which it happened.
    """

    line: int
    code: str
    given: str = ""
    why: str = ""
    age: int | None = None

    @property
    def fatal(self) -> bool:
        """Whether the line, or the whole text, was left out for it."""
        return self.code in ERRORS or self.code in _FATAL


@dataclass(frozen=True)
class Cohort:
    """Hold one cohort as it was read: its `line`, its name ("" for none), and its counts, None where not known."""

    line: int
    name: str
    counts: tuple[float | None, ...]


@dataclass(frozen=True)
class Reading:
    """Hold what was read, and what was wrong, in the order of the lines."""

    cohorts: tuple[Cohort, ...] = ()
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Return the text of a file and what is odd about it; "" where there is none (see `documents.incoming.tables.open_text`).

    >>> decode("نام;۵".encode("cp1256", "replace"))[0][:3], decode(b"PK\\x03\\x04")[1][0].code
    ('نام', 'workbook')
    """
    if len(data) > MOST_BYTES:
        return "", (Problem(0, "too-large"),)
    try:
        found = open_text(read_workbook(data).text if is_workbook(data) else data)
    except Unreadable as error:
        return "", (Problem(0, "workbook" if is_workbook(data) else "empty" if error.code == "empty" else "not-text"),)
    odd = (Problem(0, "other-letters"),) if found.encoding == "windows-1256" else ()
    return bytes(found.data).decode("utf-8", "replace"), odd


def read_bytes(data: bytes) -> tuple[str, Reading]:
    """Return the text of a file and what was read from it."""
    text, problems = decode(data)
    if any(problem.fatal for problem in problems):
        return "", Reading((), problems)
    found = read_text(text)
    return text, Reading(found.cohorts, problems + found.problems)


def read_text(text: str, *, zeros: bool = False) -> Reading:
    """Return the cohorts of a text. The separator is the one that gives the most counts: tab ; , or spaces.

    With `zeros`, zeros at the ends of the lines are people who left, also where they look like times that have not come.

    >>> found = read_text("Jan; 420; 294; ۲۴۰\\nFeb; 510; 12x")
    >>> found.cohorts[0].counts, found.problems[0]
    ((420.0, 294.0, 240.0), Problem(line=2, code='not-a-number', given='12x', why='letters', age=1))
    """
    if len(text) > MOST_CHARACTERS:
        return Reading((), (Problem(0, "too-large"),))
    lines = [(n, line[:_LINE]) for n, line in enumerate(re.split(r"\r\n|\r|\n", text), 1) if line.strip()]
    if lines and re.fullmatch(r'\ufeff?"?sep=.?"?\s*', lines[0][1]):  # a note of Excel to itself
        lines = lines[1:]
    if not lines:
        return Reading((), (Problem(0, "empty"),))
    problems = [Problem(0, "too-many-lines")] if len(lines) > MOST_LINES else []
    rows = _rows(lines[:MOST_LINES])
    while (
        len(rows) > 2 and len(_filled(rows[0][1])) == 1 < len(_filled(rows[1][1])) and _is_name(_filled(rows[0][1])[0])
    ):
        problems.append(Problem(rows[0][0], "heading", _shown(_filled(rows[0][1])[0])))  # a title
        rows = rows[1:]
    named, head = False, None
    if _heading(rows[0][1]):
        head = rows[0][1]
        problems.append(Problem(rows[0][0], "heading", _shown(" ".join(head))))
        named = _value(head[0]) is None and not begins_with_ages(head)
        rows = rows[1:]
    firsts = [places[0] for _n, places in rows]
    named = named or names_lines(firsts, _value)
    empty = named or any(map(_is_name, firsts)) or not any(firsts)
    has_name = [named or _is_name(first) or (empty and unknown(first)) for first in firsts]
    arranged = arrange(head, rows, has_name, _value, zeros=zeros)
    problems += [Problem(line, code, _shown(given)) for line, code, given in arranged.notes]
    cohorts = []
    if not any(problem.code == "shares" for problem in problems):
        for row in arranged.rows:
            cohort, wrong = _cohort(row.line, "" if unknown(row.name) else clean_name(row.name), row.cells)
            problems += wrong
            if cohort is not None:
                cohorts.append(cohort)
    if len(cohorts) > MOST_COHORTS:
        problems.insert(0, Problem(0, "too-many-cohorts"))
    elif not cohorts and not any(problem.fatal for problem in problems):
        problems.append(Problem(0, "empty"))
    return Reading(tuple(cohorts[:MOST_COHORTS]), tuple(problems))


def _filled(places: Sequence[str]) -> list[str]:
    return [place for place in places if place]


# --- lines to places ------------------------------------------------------------------------------------------------


def _split(line: str, separator: str) -> list[str]:
    """Return the places of a line; never none of them."""
    if separator == _SPACE:
        words = line.split()
        first = next((i for i, word in enumerate(words) if re.search(r"\d", word)), len(words))
        places = [" ".join(words[:first]), *words[first:]] if first > 1 else words  # a name of several words
    elif separator == _SPACES:
        places = re.split(r"\s{2,}", line.strip())
    else:
        try:
            places = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
        except csv.Error:
            places = line.split(separator)
    places = [place.strip() for place in places[:_MOST_PLACES]]
    return places or [""]


def _rows(lines: Sequence[tuple[int, str]]) -> list[tuple[int, list[str]]]:
    """Return the places of each line, cut by the separator that gives the most counts; of equal ones the first."""
    sample = [line for _n, line in lines[:_SAMPLE]]
    here = [separator for separator in _SEPARATORS if any(separator in line for line in sample)] or [_SPACE]
    if _SPACES in here and all(_fits(_split(line, _SPACES)) for line in sample):
        here.remove(_SPACE)  # "Jan 2024  420  294": one space belongs to the name
    best = max(here, key=lambda separator: sum(_counts(_split(line, separator), separator) for line in sample))
    return [(number, _split(line, best)) for number, line in lines]


def _counts(places: Sequence[str], separator: str) -> int:
    """Return how many places hold a count. Between commas and spaces "200 900" is two of them, badly cut."""
    whole = [place for place in places if separator in _FREE or not re.search(r"\S\s+\S", place)]
    return sum(_value(place) is not None for place in whole)


def _fits(places: Sequence[str]) -> bool:
    return len(places) > 1 and all(unknown(place) or _value(place) is not None for place in places[1:])


def _value(place: str) -> float | None:
    try:
        return parse(bare(place), "count")
    except NumberError:
        return None


def _shown(text: str) -> str:
    return clean_text(text, 24)


def _heading(places: Sequence[str]) -> bool:
    """Say whether a line is a heading: ages 0, 1, 2 ... (or from 1), or words over all columns."""
    values = [_value(place) for place in places]
    ages = [value for value in values[1:] if value is not None]
    if len(ages) >= 2 and ages == [ages[0] + i for i in range(len(ages))] and ages[0] in (0, 1):
        return True
    return len(places) >= 2 and all(map(_is_name, places))


# --- places to a cohort ---------------------------------------------------------------------------------------------


def _cohort(line: int, name: str, places: Sequence[str]) -> tuple[Cohort | None, list[Problem]]:
    """Return the cohort of a line, or None, and what is wrong with it."""
    rest = list(places)
    while rest and unknown(rest[-1]):
        rest.pop()
    if not rest:
        return None, [Problem(line, "no-counts", _shown(name))]
    problems = [Problem(line, "too-many-ages")] if len(rest) > MOST_AGES else []
    counts: list[float | None] = []
    for age, place in enumerate(rest[:MOST_AGES]):
        if unknown(place):
            counts.append(None)
            continue
        try:
            value = parse(bare(place), "count")
        except NumberError as error:
            return None, [Problem(line, "not-a-number", _shown(place), error.code, age)]
        if not COUNT.fits(value):
            return None, [Problem(line, "out-of-range", _shown(place), age=age)]
        counts.append(value)
    while counts and counts[-1] is None:
        counts.pop()
    if not counts or counts[0] is None:
        return None, [Problem(line, "no-start", _shown(name))]
    return Cohort(line, name, tuple(counts)), problems + _doubts(line, counts, rest)


def _is_name(place: str) -> bool:
    """Say whether a place holds a name: words, or a date such as 2024-01."""
    return _value(place) is None and (any(c.isalpha() for c in place) or bool(_DATE.fullmatch(place)))


def _doubts(line: int, counts: Sequence[float | None], places: Sequence[str]) -> list[Problem]:
    """Return what is odd about counts that can be used."""
    if counts[0] == 0:
        return [Problem(line, "nobody")]
    found, before = [], counts[0]
    for age, count in enumerate(counts):
        if count is None:
            found.append(Problem(line, "gap", age=age))
        elif before is not None and count > before:
            found.append(Problem(line, "grows", _shown(places[age]), age=age))
        before = count if count is not None else before
    return found[:1] if all(problem.code == "gap" for problem in found) else [p for p in found if p.code == "grows"][:1]
