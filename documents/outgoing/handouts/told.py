"""What a calculator's page says of its numbers, as data for a template: only the page can say it."""

from __future__ import annotations

from typing import Any

from documents.asking import Told
from documents.outgoing import markup
from documents.outgoing.handouts.letters import settable
from documents.outgoing.handouts.paper import FONTS


def told_data(told: Told) -> dict[str, Any]:
    """Return sentence, key figures, charts, tables, formulas and what was set, every text in it fit to be set."""
    return {
        "said": _line(told.headline),
        "figures": [[_line(part) for part in one] for one in told.figures],
        "watch": [_line(note) for note in told.notes],
        "charts": [list(chart) for chart in told.charts],
        "blocks": [_block(one) for one in markup.blocks(told.body)],
        "given": [
            {"title": _shown(title), "rows": [[_shown(cell) for cell in row] for row in rows]}
            for title, rows in told.given
        ],
    }


def _shown(text: str) -> str:
    return settable(text, FONTS)


def _line(page: str) -> str:
    return _shown(markup.text(page))


def _block(one: markup.Block) -> dict[str, Any]:
    """Return a block with every text in it fit to be set."""

    def shown(value: Any) -> Any:
        if isinstance(value, str):
            return _shown(value)
        if isinstance(value, list):
            return [shown(part) for part in value]
        return {key: part if key == "k" else shown(part) for key, part in value.items()}

    made = shown(one)
    if one["k"] == "formula":  # its spaces count, at the ends of its pieces too
        made["runs"] = [
            {"k": new["k"], "t": " " * old["t"].startswith(" ") + new["t"] + " " * old["t"].endswith(" ")}
            for old, new in zip(one["runs"], made["runs"], strict=True)
        ]
    return made
