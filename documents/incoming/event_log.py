"""A table of events -> codes and times, ready for `funnel.formulas.events`; and what was wrong with which row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from documents.folding import fold_name
from documents.incoming.codes import coded, codes_of, people_codes
from documents.incoming.dates import Dates, read_dates
from documents.incoming.shape import Shape, alike, describe
from documents.incoming.tables import LISTED, Layout, Problem, Table, Text, read_table
from funnel.facts.stages import clean_name, clean_text

MAX_EVENTS = 5_000  # different events; more are no events but texts
_MAX_SPELLINGS = 50_000
TOP_GROUPS = 8
OTHERS, NONE = "\0others", "\0none"  # names of two groups that are no values of the column


@dataclass(frozen=True)
class Columns:
    """Say which column holds what, by position; `by` is a column to compare groups by, or None.

    `day_first` decides dates such as 05/03/2024, `short` where a year of two digits stands, `serial` that numbers are days of a
    spreadsheet since 1900 or 1904 (see `read_dates`); None leaves it to the column. `merge` takes spellings for one event that
    differ by more than is ignored anyway (`documents.incoming.shape.alike`).
    """

    person: int
    event: int
    time: int
    by: int | None = None
    day_first: bool | None = None
    short: str | None = None
    serial: int | None = None
    merge: bool = False


@dataclass(frozen=True)
class EventLog:
    """Hold the rows that are fine, as codes: see `funnel.formulas.events.funnel_of`.

    `names` are the events' names, all different and fit for a stage, `counts` how many rows each has. `group_names` name the
    groups, the greatest first; OTHERS and NONE stand for the rest and for an empty cell. `rows` were read, `fine` of them
    taken; `problems` are the first of the others, `wrong` how many there are, by code ("width", "heading", "no-person",
    "no-event", "no-time", "time"). `people` is the number of different persons, `span` the first and the last moment. `alike` are
    the places of names that could be spellings of one event, `doubts` codes of DOUBTS.
    """

    people_codes: np.ndarray
    events: np.ndarray
    when: np.ndarray
    groups: np.ndarray | None
    names: tuple[str, ...]
    counts: tuple[int, ...]
    group_names: tuple[str, ...]
    rows: int
    fine: int
    people: int
    span: tuple[int, int]
    problems: tuple[Problem, ...]
    wrong: dict[str, int]
    dates: Dates
    cut: bool = False
    alike: tuple[tuple[int, ...], ...] = ()
    doubts: tuple[str, ...] = ()


#: What is odd about a log that can be used: nobody has two events (is the column the person?), ids were rounded by a spreadsheet
#: (9.9E+15), or letters turned into question marks.
DOUBTS = ("nobody-twice", "rounded", "lost-letters")


def guess_columns(layout: Layout, more: Sequence[pa.Array] = ()) -> Columns | None:
    """Guess which column holds what (see `documents.incoming.shape`); None where there is hardly an event log.

    >>> from documents.incoming.tables import look
    >>> guess_columns(look("what,at,ip\\nvisit,2024-03-01,a\\nbuy,2024-03-02,a\\nvisit,2024-03-02,b\\nvisit,2024-03-02,c")).person
    2
    """
    return columns_of(describe(layout.names, layout.rows, more))


def columns_of(shape: Shape) -> Columns | None:
    """Return the best candidates as columns; None where the table is no log."""
    if not shape.is_log:
        return None
    person, event, time = (part[0].column for part in (shape.person, shape.event, shape.time))
    return Columns(person, event, time, serial=1900 if shape.serial else None)


def read_log(data: bytes | str | Text, columns: Columns, *, layout: Layout | None = None) -> EventLog:
    """Read an event log. Raises `documents.incoming.tables.Unreadable` for what is no table.

    >>> log = read_log("who,what,when\\nA,Visit,2024-03-01\\nA,visit ,2024-03-02\\nB,,2024-03-02", Columns(0, 1, 2))
    >>> log.names, log.counts, log.fine, log.problems[0].code, log.problems[0].row
    (('Visit',), (2,), 2, 'no-event', 4)
    """
    wanted = {columns.person, columns.event, columns.time}
    coded = {columns.event}
    if columns.by is not None:
        wanted, coded = wanted | {columns.by}, coded | {columns.by}
    coded -= {columns.person, columns.time}
    return code_log(read_table(data, layout=layout, only=wanted, coded=coded), columns)


def code_log(table: Table, columns: Columns) -> EventLog:
    """Turn the columns of a table into an event log."""
    with ThreadPoolExecutor(1) as worker:  # Arrow and numpy let go of Python's lock
        later = worker.submit(people_codes, table.columns[columns.person])
        dates = read_dates(
            _texts(table.columns[columns.time]), day_first=columns.day_first, short=columns.short, serial=columns.serial
        )
        events, kinds = _kinds(table.columns[columns.event], alike if columns.merge else fold_name)
        groups, group_names = (None, ()) if columns.by is None else _groups(table.columns[columns.by])
        people, empty = later.result()
    missing = people == empty if empty is not None else np.zeros(table.size, bool)
    nameless = events < 0
    wrong, problems, blank = _wrong(table, columns, dates, missing, nameless)
    fine = dates.valid & ~missing & ~nameless
    kept = int(np.count_nonzero(fine))
    if kept < table.size:
        people, events, when = people[fine], events[fine], dates.when[fine]
        groups = None if groups is None else groups[fine]
        events, kinds = _occurring(events, kinds)  # what stands only in rows that are left out is no event
    else:
        when = dates.when
    names = _names(kinds) if len(kinds) <= MAX_EVENTS else ()
    if not names and kinds:
        wrong["events"] = len(kinds)
    tally = np.bincount(events, minlength=len(names)).tolist() if names else []
    # Codes have no gaps, unless rows are left out.
    people_count = int(people.max()) + 1 if kept == table.size else int(np.count_nonzero(np.bincount(people)))
    doubts = _doubts(table.columns[columns.person], people_count, kept)
    span = (int(when.min()), int(when.max())) if kept else (0, 0)
    return EventLog(
        people, events, when, groups, names, tuple(tally), group_names, table.size - blank + table.left_out, kept,
        people_count, span, problems, wrong, dates, table.cut, _alike(names), doubts,
    )  # fmt: skip


def _occurring(events: np.ndarray, kinds: list[str]) -> tuple[np.ndarray, list[str]]:
    """Return codes and kinds without those that do not occur."""
    used = np.bincount(events, minlength=len(kinds)) > 0
    if used.all():
        return events, kinds
    return (np.cumsum(used) - 1)[events].astype(events.dtype), [
        kind for kind, here in zip(kinds, used, strict=True) if here
    ]


def _alike(names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return the places of names that could be spellings of one event."""
    places: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        places.setdefault(alike(name) or name, []).append(i)
    return tuple(tuple(found) for found in places.values() if len(found) > 1)


_ROUNDED, _LOST = r"^\d[.,]\d+[eE]\+\d+$", r"\?{3,}|\x{fffd}{2,}"


def _doubts(column: pa.ChunkedArray, people: int, rows: int) -> tuple[str, ...]:
    """Return what is odd about the persons, by the first of them."""
    found = ["nobody-twice"] if rows == people > 2 else []
    sample = _texts(column.slice(0, 1000))
    for code, pattern in (("rounded", _ROUNDED), ("lost-letters", _LOST)):
        if pc.any(pc.match_substring_regex(sample, pattern)).as_py():
            found.append(code)
    return tuple(found)


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column if pa.types.is_string(column.type) else column.cast(pa.string())


def _kinds(column: pa.ChunkedArray, fold: Callable[[str], str] = fold_name) -> tuple[np.ndarray, list[str]]:
    """Return each row's kind of text as a code (-1 for an empty cell), and the kinds.

    Two spellings of one name are one kind, written as it is spelt most often; among very many it is not looked for.
    """
    held = coded(column)
    codes, texts = codes_of(held), held.dictionary.to_pylist()
    if len(texts) > _MAX_SPELLINGS:
        return np.where(codes == texts.index(""), -1, codes) if "" in texts else codes, texts
    often = np.bincount(codes, minlength=len(texts)).tolist()
    place: dict[str, int] = {}
    spelt: list[tuple[int, str]] = []
    to = np.full(max(1, len(texts)), -1, np.int32)
    for i, text in enumerate(texts):
        if not fold_name(text) or not (key := fold(text) or text):
            continue
        at = place.setdefault(key, len(spelt))
        if at == len(spelt):
            spelt.append((0, ""))
        if often[i] > spelt[at][0]:
            spelt[at] = (often[i], text)
        to[i] = at
    return to[codes], [text for _count, text in spelt]


def _names(texts: Sequence[str]) -> tuple[str, ...]:
    """Return names fit for a stage, all different: what is too long or doubled after cutting gets a number."""
    taken: set[str] = set()
    names = []
    for i, text in enumerate(texts):
        name = tried = clean_name(text) or f"#{i + 1}"
        n = 1
        while tried in taken:
            n += 1
            tried = clean_name(f"{name[:32]} ({n})")
        taken.add(tried)
        names.append(tried)
    return tuple(names)


def _groups(column: pa.ChunkedArray) -> tuple[np.ndarray, tuple[str, ...]]:
    """Return each row's group: the most frequent values, then the others together, then the empty cells."""
    codes, kinds = _kinds(column)
    often = np.bincount(codes + 1, minlength=len(kinds) + 1)
    order = np.argsort(-often[1:], kind="stable")
    top = [int(i) for i in order[:TOP_GROUPS] if often[i + 1]]
    shown = list(_names([kinds[i] for i in top]))
    to = np.full(len(kinds) + 1, len(top), np.int8)
    to[top] = range(len(top))
    if len(kinds) > len(top):
        shown.append(OTHERS)
    to[-1] = len(shown)  # -1, an empty cell, is the last place of the table
    if often[0]:
        shown.append(NONE)
    return to[codes], tuple(shown)


def _wrong(
    table: Table, columns: Columns, dates: Dates, missing: np.ndarray, nameless: np.ndarray
) -> tuple[dict[str, int], tuple[Problem, ...], int]:
    """Return how many rows cannot be used, by reason, the first of them in the order of the file, and the empty rows."""
    wrong = {"width": table.left_out} if table.left_out else {}
    listed = list(table.problems)
    if dates.valid.all() and not missing.any() and not nameless.any():
        return wrong, tuple(listed), 0
    times = _texts(table.columns[columns.time])
    empty = pc.equal(pc.binary_length(times), 0).to_numpy() & ~dates.valid
    blank = empty & missing & nameless  # an empty line is no mistake
    unread = ~dates.valid & ~empty & ~missing & ~nameless
    heading = np.zeros(table.size, bool)
    if table.names[columns.time]:  # tables put one below the other bring their headings with them
        heading = pc.equal(pc.utf8_trim_whitespace(times), table.names[columns.time]).to_numpy() & unread
    for code, rows in (
        ("heading", heading),
        ("no-person", missing & ~blank),
        ("no-event", nameless & ~missing),
        ("no-time", empty & ~missing & ~nameless),
        ("time", unread & ~heading),
    ):
        if found := int(np.count_nonzero(rows)):
            wrong[code] = found
            for i in np.flatnonzero(rows)[:LISTED].tolist():
                given = clean_text(times[i].as_py(), 40) if code == "time" else ""
                listed.append(Problem(code, table.row_number(i), given))
    listed.sort(key=lambda problem: problem.row)
    return wrong, tuple(listed[:LISTED]), int(np.count_nonzero(blank))
