"""Everything that a calculator says of its numbers, as neutral text: no HTML, no markup, directions as marks.

`said` is the only place that knows how the words are got; whatever makes them, the golden files stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from documents.event_log import Columns
from documents.own_file import Options, understand
from funnel import calculators
from funnel.scenario import decode
from tests.statements.from_html import Block, blocks, text
from ui.files.told import _value, findings, page
from ui.readers import reading

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
    link = dict(parse_qsl(query, keep_blank_values=True))
    log = link.pop("log", "")
    found = decode(calculators.model(slug).Inputs, link)
    assert not found.changes, f"{slug}: the link is not read as it is written: {found.changes}"
    inputs = found.inputs
    with reading(code, digits):
        if slug == "stage_conversion":
            return _stage_conversion(inputs)
        if slug == "own_data":
            return _own_data(inputs, log)
        return _as_text(findings(slug, inputs), page(slug).LAB.table(inputs), list(_given(page(slug).LAB, inputs)))


def _as_text(found: Any, table: Any, given: Any = ()) -> Said:
    return Said(
        text(found.headline),
        [(one.label, text(one.value), one.note) for one in found.figures],
        [text(note) for note in found.notes],
        [chart.rows() for chart in found.charts],
        blocks(found.body),
        table,
        given,
    )


def _given(lab: Any, inputs: Any) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    picks = lab.picks(inputs)
    if picks:
        yield "", "", [(one.label, one.options.get(getattr(inputs, one.field), ""), one.help or "") for one in picks]
    for group in lab.groups(inputs):
        yield group.title, group.note, [(one.label, _value(one, inputs), one.help or "") for one in group.controls]


def _own_data(inputs: Any, log: str) -> Said:
    from ui.calculators.own_data_findings import csv_table, findings, own_live, sample_live

    live, counted = sample_live() if inputs.source == "sample" else None, None
    if log:
        reading = understand((Path(__file__).parent / log).read_bytes(), Options(columns=Columns(0, 1, 2, 3)))
        live = own_live(reading.log, reading.layout.names[3])
        counted = live.count(inputs)
        inputs = calculators.model("own_data").with_result(inputs, counted)
    return _as_text(findings(inputs, live, counted), csv_table(inputs, live, counted))


def _stage_conversion(inputs: Any) -> Said:
    from ui.calculators.stage_files import csv_table
    from ui.calculators.stage_findings import _revenue, _strip, chart_rows, tables
    from ui.calculators.stage_words import Words

    result = calculators.model("stage_conversion").compute(inputs)
    words = Words(inputs, result, html=True)
    figure, beside = (line["t"] for line in blocks(_strip(words).replace("span>", "p>")))
    return Said(
        text(words.headline()),
        [(figure, beside, "")],
        [text(note) for note in words.issues()],
        [chart_rows(Words(inputs, result))],
        blocks(_revenue(words) + tables(words)),
        csv_table(inputs),
    )
