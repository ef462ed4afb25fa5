"""Files of ours that come back: JSON, the calculators' tables (CSV) and workbooks, known by what is in them, not by their names.

What is not ours is left to `documents.incoming.own_file`, which reads any table of stages and any log.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from documents.incoming.decoding import MAX_BYTES, Unreadable, open_text
from documents.incoming.tables import LISTED, Problem
from documents.incoming.workbook import is_workbook
from documents.outgoing.data import SCENARIO, unsafe_cell
from documents.scenario_file import looks_like_json, open_scenario, read, says_ours
from funnel.calculators import stage_conversion
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, STAGE_IDS, Stage, clean_name, clean_text
from funnel.links.scenario import Change
from funnel.quantities import COUNT
from i18n.numbers import NumberError, parse

_MOST_CSV = 1 << 20  # a calculator's table is far smaller
_MARK = b'name="two-funnels"'  # the hidden sheet: documents.outgoing.workbooks.hidden.MARK
_MOST_ROWS = 2_000
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?")
_HEAD = ("copy", "stage_id", "stage", "people")


@dataclass(frozen=True)
class Returned:
    """Hold what came back: its kind, its calculator and valid inputs; what had to be changed, and which rows were wrong.

    `kind` is "scenario" (JSON), "table" (of a calculator), "stages" (the table that is read from its cells) or "workbook".
    `document` is the id of a workbook, `sheets` those in which the `problems` are, in their order.
    """

    kind: str
    calculator: str
    inputs: Any
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    document: str = ""
    sheets: tuple[str, ...] = ()


def recognise(name: str, data: bytes | str) -> Returned | None:
    """Return what a file of ours holds; None for a file of anybody else. Raises Unreadable for one of ours that is broken,
    and for nothing else.

    >>> recognise("x.csv", b"stage,people\\nVisits,48000") is None
    True
    """
    if len(data) > MAX_BYTES:
        return None  # own_file says so
    if isinstance(data, bytes) and is_workbook(data):
        return _workbook(data)
    if looks_like_json(data, name):
        if not says_ours(data):
            return None  # own_file reads rows of JSON, or says why not
        opened = read(data)
        return Returned("scenario", opened.calculator, opened.inputs, opened.changes)
    return _table(data) if len(data) <= _MOST_CSV else None


def _workbook(data: bytes) -> Returned | None:
    """Read a workbook of ours. The names of its sheets are looked at first: a stranger's is not opened twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open("xl/workbook.xml") as part:
            ours = _MARK in part.read(_MOST_CSV)
    except Exception:  # zipfile and zlib raise whatever a broken file makes them stumble over; own_file says why
        return None
    if not ours:
        return None
    from documents.incoming.our_workbook import read_workbook  # only who brings a workbook needs it

    try:
        given = read_workbook(data)
    except Unreadable as error:
        if error.code == "not-ours":
            return None
        raise
    opened = open_scenario(given.calculator, given.scenario)
    return Returned(
        "workbook", opened.calculator, opened.inputs, opened.changes, given.problems, given.document, given.sheets
    )


# --- tables ---------------------------------------------------------------------------------------------------------


def _table(data: bytes | str) -> Returned | None:
    try:
        text = bytes(open_text(data).data).decode("utf-8", "replace")
    except Unreadable:
        return None  # own_file says why
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)  # a spreadsheet may have saved it again in its own way
    if SCENARIO not in head and not all(word in head for word in _HEAD):
        return None
    rows = _rows(text, delimiter)
    columns = [cell.strip() for cell in rows[0]] if rows else []
    if columns[-1:] == [SCENARIO] and len(rows) > 1 and len(rows[1]) == len(columns):
        slug, mark, query = rows[1][-1].partition("?")
        if mark:
            opened = open_scenario(slug, dict(parse_qsl(query, keep_blank_values=True, max_num_fields=300)[:200]))
            return Returned("table", opened.calculator, opened.inputs, opened.changes)
    if tuple(columns[: len(_HEAD)]) == _HEAD:
        return _stages(rows[1:])
    return None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            found.append(cells)
            if len(found) > _MOST_ROWS:
                break
    except (csv.Error, ValueError):  # a cell beyond the module's limit, too many fields
        pass
    return found


def _stages(rows: Sequence[Sequence[str]]) -> Returned:
    """Read the table of stage conversion: people are taken from its cells, so that they can be changed in a spreadsheet."""
    copies: dict[str, list[tuple[Stage, float | None]]] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(rows, 2):
        if not any(map(str.strip, cells)):
            continue
        if len(cells) < len(_HEAD):
            problems.append(Problem("width", number, clean_text(",".join(cells), 40), len(cells), len(_HEAD)))
            continue
        which, key, label, people = (cell.strip() for cell in cells[: len(_HEAD)])
        stage = Stage(key) if key in STAGE_IDS else Stage(name=clean_name(unsafe_cell(label)))
        copies.setdefault("what_if" if which == "what_if" else "now", []).append(
            (stage, _people(people, number, problems))
        )
    now = copies.get("now") or copies.get("what_if") or []
    if len(now) < MIN_STAGES:
        raise Unreadable("no-rows")
    if len(now) > MAX_STAGES:
        raise Unreadable("stages", len(now))
    stages = tuple(stage for stage, _count in now)
    what_if = copies.get("what_if")
    same = what_if is not None and what_if is not now and tuple(stage for stage, _count in what_if) == stages
    blank = stage_conversion.Inputs.origin("own", "people")
    inputs = replace(
        blank, stages=stages, now=tuple(count for _stage, count in now), reference=(None,) * len(stages),
        what_if=tuple(count for _stage, count in what_if) if same else None,
    )  # fmt: skip
    return Returned("stages", "stage_conversion", inputs, (), tuple(problems[:LISTED]))


def _people(text: str, row: int, problems: list[Problem]) -> float | None:
    """Return a count; an empty cell is a value left empty, and what cannot be read becomes one with a problem."""
    if not text:
        return None
    try:
        # our own numbers have at most one point and no marks between thousands: nothing in them is in doubt
        number = float(text) if _PLAIN.fullmatch(text) else parse(text)
    except NumberError as error:
        problems.append(Problem(f"number-{error.code}", row, clean_text(text, 40)))
        return None
    if COUNT.fits(number):
        return number
    problems.append(Problem("number-out-of-range", row, clean_text(text, 40)))
    return None
