"""A calculator's numbers on paper: sentence, chart, tables, what the words mean, date, link and QR code.

A funnel is told here, with its bottlenecks; any other calculator says its findings (`findings.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from course import library
from documents.asking import Ask
from documents.outgoing.handouts.figures import bars, count, headline, percent, stage_names
from documents.outgoing.handouts.findings import findings_data
from documents.outgoing.handouts.paper import Desk, pdf
from funnel import calculators
from funnel.calculators import stage_conversion as model
from funnel.links import scenario
from i18n.titles import page_title, source_name

FITS = ("stage_conversion",)


def report(ask: Ask) -> bytes:
    """Return the report. What a link could not hold is what the calculator starts with."""
    desk = Desk(ask, "report")
    title = desk.prose.text(page_title(ask.code, ask.calculator))
    inputs = scenario.decode(calculators.model(ask.calculator).Inputs, ask.scenario).inputs
    source = getattr(inputs, "title", "") or desk.numbers.text(source_name(ask.code, getattr(inputs, "source", "")))
    base = desk.base(title, running=desk.said("report", "of", calculator=title, source=source) if source else title)
    base["words"] |= desk.table("report")
    base |= {
        "of": source,
        "date": desk.said("common", "date", date=desk.day()) if desk.day() else "",
        "terms": desk.terms(library.syllabus().calculators[ask.calculator].terms),
    }
    if ask.calculator in FITS:
        return pdf("report.typ", base | _funnel(desk, inputs))
    return pdf("findings.typ", base | findings_data(ask, inputs))


def _funnel(desk: Desk, inputs: model.Inputs) -> dict[str, Any]:
    """Return what a template needs to tell a funnel."""
    result = model.compute(inputs)
    said, two = headline(desk, inputs, result), result.what_if is not None
    return {
        "said": said,
        "bars": bars(desk, inputs, result),
        "alt": desk.said("lesson", "bars", said=said),
        "legend": desk.said("report", "legend-two" if two else "legend"),
        "head": _head(desk, two),
        "rows": _two_rows(desk, inputs, result) if two else _rows(desk, inputs, result.now),
        "bottlenecks": _bottlenecks(desk, inputs, result),
        "watch": _issues(desk, inputs, result),
    }


def _head(desk: Desk, two: bool) -> list[str]:
    one = ("stage", "people", "rate", "from-top", "lost")
    both = ("stage", "now", "what-if", "difference", "rate-now", "rate-if")
    return [desk.said("report", key) for key in (both if two else one)]


def _rows(desk: Desk, inputs: model.Inputs, copy: model.CopyResult) -> list[list[str]]:
    return [
        [
            name,
            count(desk, copy.counts[i]),
            percent(desk, copy.rates[i]) if i else "",
            percent(desk, copy.from_top[i]),
            count(desk, copy.lost[i]) if i else "",
        ]
        for i, name in enumerate(stage_names(desk, inputs))
    ]


def _two_rows(desk: Desk, inputs: model.Inputs, result: model.Result) -> list[list[str]]:
    now, new = result.now, result.what_if
    return [
        [
            name,
            count(desk, now.counts[i]),
            count(desk, new.counts[i]),
            desk.numbers.change(now.counts[i], new.counts[i]),
            percent(desk, now.rates[i]) if i else "",
            percent(desk, new.rates[i]) if i else "",
        ]
        for i, name in enumerate(stage_names(desk, inputs))
    ]


def _bottlenecks(desk: Desk, inputs: model.Inputs, result: model.Result) -> list[list[str]]:
    found, copy, names = result.bottlenecks, result.what_if or result.now, stage_names(desk, inputs)

    def row(
        key: str, indexes: Sequence[int], values: Sequence[float | None], form: Callable[[float], str]
    ) -> list[str]:
        if not indexes:
            return [desk.said("report", key), desk.said("report", "none"), desk.numbers.dash]
        steps = [desk.said("report", "step", before=names[i - 1], stage=names[i]) for i in indexes]
        return [desk.said("report", key), desk.joined(steps), form(values[indexes[0]])]

    return [
        row("lowest", found.lowest_rate, copy.rates, desk.numbers.percent),
        row("largest", found.largest_loss, copy.lost, desk.numbers.count),
        row("gain", found.largest_gain, found.gains, lambda x: desk.numbers.count(x, signed=True)),
    ]


def _issues(desk: Desk, inputs: model.Inputs, result: model.Result) -> list[str]:
    copy, names, said = result.what_if or result.now, stage_names(desk, inputs), []
    for issue in copy.issues:
        i = issue.index
        places: dict[str, Any] = {
            "stage": names[i],
            "before": names[max(0, i - 1)],
            "rate": percent(desk, copy.rates[i]),
        }
        if issue.code == "unsure":
            low, high = copy.intervals[i]
            places |= {"low": percent(desk, low), "high": percent(desk, high)}
        said.append(desk.said("report", issue.code, **places))
    return said
