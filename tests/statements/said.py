"""Everything that a calculator says of its numbers, as neutral text: no HTML, no markup, directions as marks.

`said` is the only place that knows how the words are got; whatever makes them, the golden files stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from funnel.links.scenario import decode
from statements.blocks import Block
from statements.calculator import Calculator
from statements.calculators import calculator
from statements.reader import reading

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
    one = calculator(slug)
    found = decode(one.model.Inputs, dict(parse_qsl(query, keep_blank_values=True)))
    assert not found.changes, f"{slug}: the link is not read as it is written: {found.changes}"
    inputs = found.inputs
    with reading(code, digits):
        said_ = one.findings(inputs)
        return Said(
            said_.headline,
            [(figure.label, figure.value, figure.note) for figure in said_.figures],
            list(said_.notes),
            [chart.rows() for chart in said_.charts],
            list(said_.body),
            one.table(inputs),
            list(_given(one, inputs)),
        )


def _given(one: Calculator, inputs: Any) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    picks = one.picks(inputs)
    if picks:
        yield (
            "",
            "",
            [(pick.label, pick.options.get(getattr(inputs, pick.field), ""), pick.help or "") for pick in picks],
        )
    for group in one.groups(inputs):
        yield group.title, group.note, [(each.label, each.text(inputs), each.help or "") for each in group.controls]
