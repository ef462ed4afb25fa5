"""Everything that a calculator says of its numbers, as neutral text: no HTML, no markup, directions as marks.

`said` is the only place that knows how the words are got; whatever makes them, the golden files stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from documents.incoming.event_log import Columns
from documents.incoming.own_file import Options, understand
from funnel.links.scenario import decode
from statements.blocks import Block
from statements.calculator import Calculator
from statements.calculators import calculator
from statements.calculators.own_data.calculator import csv_table, findings
from statements.findings import Findings
from statements.reader import reading
from ui.calculators.own_data import own_live

Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Said:
    """Hold what is said.

    A name that somebody typed, and an island of another direction, stand in their text between isolates (U+2066 to U+2069).
    `given` is what was set: a heading, its note, and of each control its label, its value and its help.
    """

    headline: str
    figures: Sequence[tuple[str, str, str]]
    notes: Sequence[str]
    charts: Sequence[Rows]
    body: Sequence[Block]
    table: tuple[Sequence[str], Sequence[Sequence[object]]]
    given: Sequence[tuple[str, str, Sequence[tuple[str, str, str]]]] = field(default=())


def said(slug: str, query: str, code: str, digits: str | None = None) -> Said:
    """Return what a calculator says of the numbers in a link's query, to a reader of a language.

    A `log` beside them is a file in this folder: a learner's own log of events, counted as the link says.
    """
    one = calculator(slug)
    link = dict(parse_qsl(query, keep_blank_values=True))
    log = link.pop("log", "")
    found = decode(one.model.Inputs, link)
    assert not found.changes, f"{slug}: the link is not read as it is written: {found.changes}"
    inputs = found.inputs
    with reading(code, digits):
        if log:
            return _own_log(inputs, log)
        return as_text(one.findings(inputs), one.table(inputs), list(given_controls(one, inputs)))


def as_text(found: Findings, table: Any, given: Any = ()) -> Said:
    return Said(
        found.headline,
        [(figure.label, figure.value, figure.note) for figure in found.figures],
        list(found.notes),
        [chart.rows() for chart in found.charts],
        list(found.body),
        table,
        given,
    )


def _own_log(inputs: Any, log: str) -> Said:
    read = understand((Path(__file__).parent / log).read_bytes(), Options(columns=Columns(0, 1, 2, 3)))
    live = own_live(read.log, read.layout.names[3])
    counted = live.count(inputs)
    inputs = calculator("own_data").model.with_result(inputs, counted)
    return as_text(findings(inputs, live, counted), csv_table(inputs, live, counted))


def given_controls(one: Calculator, inputs: Any) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    picks = one.picks(inputs)
    if picks:
        yield (
            "",
            "",
            [(pick.label, pick.options.get(getattr(inputs, pick.field), ""), pick.help or "") for pick in picks],
        )
    for group in one.groups(inputs):
        yield group.title, group.note, [(each.label, each.text(inputs), each.help or "") for each in group.controls]
