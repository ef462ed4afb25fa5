"""What a calculator finds, as data for a template, every text in it fit to be set."""

from __future__ import annotations

from typing import Any

from charts.specs import spec_of
from documents.asking import Ask
from documents.outgoing.handouts.letters import settable
from documents.outgoing.handouts.paper import FONTS
from documents.outgoing.pictures import chart_png
from documents.outgoing.plain import paper
from statements.calculators import calculator
from statements.reader import reader, reading


def findings_data(ask: Ask, inputs: object) -> dict[str, Any]:
    """Return sentence, key figures, charts (PNG), tables, formulas and what was set of a calculator's `inputs`."""
    one = calculator(ask.calculator)
    with reading(ask.code, ask.digits):
        found, rtl = one.findings(inputs, *ask.events), reader().rtl
        return {
            "said": _shown(found.headline),
            "figures": [[_shown(part) for part in (each.label, each.value, each.note)] for each in found.figures],
            "watch": [_shown(note) for note in found.notes],
            "charts": [list(chart_png(spec_of(chart, rtl), chart.rows(), "", rtl)) for chart in found.charts],
            "blocks": [_block(block) for block in paper(found.body)],
            "given": [
                {"title": _shown(title), "rows": [[_shown(cell) for cell in row] for row in rows]}
                for title, rows in one.given(inputs)
            ],
        }


def _shown(text: str) -> str:
    """Return text as a font of ours can set it, each run of spaces as one."""
    return settable("\n".join(" ".join(line.split()) for line in text.split("\n")), FONTS)


def _block(one: dict[str, Any]) -> dict[str, Any]:
    """Return a block with every text in it fit to be set."""

    def shown(value: Any) -> Any:
        if isinstance(value, str):
            return _shown(value)
        if isinstance(value, list):
            return [shown(part) for part in value]
        return {key: part if key == "k" else shown(part) for key, part in value.items()}

    made: dict[str, Any] = shown(one)
    if one["k"] == "formula":  # its spaces count, at the ends of its pieces too
        made["runs"] = [
            {"k": new["k"], "t": " " * old["t"].startswith(" ") + new["t"] + " " * old["t"].endswith(" ")}
            for old, new in zip(one["runs"], made["runs"], strict=True)
        ]
    return made
