"""The report on a calculator whose sentences only its page can say: they come with the question and are set on paper."""

from __future__ import annotations

from typing import Any

from course import library
from documents import markup
from documents.asking import Ask, Told
from documents.handouts.lesson import terms
from documents.handouts.letters import settable
from documents.handouts.paper import FONTS, Desk, pdf
from funnel import calculators, scenario
from i18n.titles import page_title, source_name


def told_report(ask: Ask, told: Told) -> bytes:
    """Return the report on what a page has found: sentence, key figures, charts, tables, formulas, what was set."""
    desk = Desk(ask, "report")
    title = desk.prose.text(page_title(ask.code, ask.calculator))
    inputs = scenario.decode(calculators.model(ask.calculator).Inputs, ask.scenario).inputs
    source = desk.numbers.text(source_name(ask.code, getattr(inputs, "source", "")))
    base = desk.base(title, running=desk.said("report", "of", calculator=title, source=source) if source else title)
    base["words"] |= desk.table("report")
    said = _line(told.headline)
    data = base | {
        "of": source,
        "date": desk.said("common", "date", date=desk.day()) if desk.day() else "",
        "said": said,
        "figures": [[_line(part) for part in one] for one in told.figures],
        "watch": [_line(note) for note in told.notes],
        "charts": [list(chart) for chart in told.charts],
        "blocks": [_block(one) for one in markup.blocks(told.body)],
        "given": [
            {"title": _shown(title), "rows": [[_shown(cell) for cell in row] for row in rows]}
            for title, rows in told.given
        ],
        "terms": terms(desk, library.syllabus().calculators[ask.calculator].terms),
    }
    return pdf("told.typ", data)


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
