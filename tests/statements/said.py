"""Everything that a calculator says of its numbers, as neutral text: no HTML, no markup, directions as marks.

`said` is the only place that knows how the words are got; whatever makes them, the golden files stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

from funnel import calculators
from funnel.links.scenario import decode
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
    """Return what a calculator says of the numbers in a link's query, to a reader of a language."""
    found = decode(calculators.model(slug).Inputs, dict(parse_qsl(query, keep_blank_values=True)))
    assert not found.changes, f"{slug}: the link is not read as it is written: {found.changes}"
    inputs = found.inputs
    with reading(code, digits):
        if slug == "stage_conversion":
            return _stage_conversion(inputs)
        said_, page_ = findings(slug, inputs), page(slug)
        lab = getattr(page_, "LAB", None) or _own_data()
        return Said(
            text(said_.headline),
            [(one.label, text(one.value), one.note) for one in said_.figures],
            [text(note) for note in said_.notes],
            [chart.rows() for chart in said_.charts],
            blocks(said_.body),
            lab.table(inputs),
            list(_given(lab, inputs)),
        )


def _given(lab: Any, inputs: Any) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    picks = lab.picks(inputs)
    if picks:
        yield "", "", [(one.label, one.options.get(getattr(inputs, one.field), ""), one.help or "") for one in picks]
    for group in lab.groups(inputs):
        yield group.title, group.note, [(one.label, _value(one, inputs), one.help or "") for one in group.controls]


def _own_data() -> Any:
    from ui.calculators.own_data_findings import csv_table, sample_live

    return SimpleNamespace(
        table=lambda inputs: csv_table(inputs, sample_live() if inputs.source == "sample" else None, None),
        picks=lambda _inputs: (),
        groups=lambda _inputs: (),
    )


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
