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
from documents.outgoing.handouts.paper import Writer, pdf
from funnel import calculators
from funnel.calculators import stage_conversion as model
from funnel.links import scenario
from i18n.titles import page_title, source_name

FITS = ("stage_conversion",)


def report(ask: Ask) -> bytes:
    """Return the report. What a link could not hold is what the calculator starts with."""
    writer = Writer(ask, "report")
    title = writer.prose.text(page_title(ask.code, ask.calculator))
    inputs = scenario.decode(calculators.model(ask.calculator).Inputs, ask.scenario).inputs
    source = getattr(inputs, "title", "") or writer.numbers.text(source_name(ask.code, getattr(inputs, "source", "")))
    base = writer.base(title, running=writer.said("report", "of", calculator=title, source=source) if source else title)
    base["words"] |= writer.table("report")
    base |= {
        "of": source,
        "date": writer.said("common", "date", date=writer.day()) if writer.day() else "",
        "terms": writer.terms(library.syllabus().calculators[ask.calculator].terms),
    }
    if ask.calculator in FITS:
        return pdf("report.typ", base | _funnel(writer, inputs))
    return pdf("findings.typ", base | findings_data(ask, inputs))


def _funnel(writer: Writer, inputs: model.Inputs) -> dict[str, Any]:
    """Return what a template needs to tell a funnel."""
    result = model.compute(inputs)
    said, two = headline(writer, inputs, result), result.what_if is not None
    return {
        "said": said,
        "bars": bars(writer, inputs, result),
        "alt": writer.said("lesson", "bars", said=said),
        "legend": writer.said("report", "legend-two" if two else "legend"),
        "head": _head(writer, two),
        "rows": _two_rows(writer, inputs, result) if two else _rows(writer, inputs, result.now),
        "bottlenecks": _bottlenecks(writer, inputs, result),
        "watch": _issues(writer, inputs, result),
    }


def _head(writer: Writer, two: bool) -> list[str]:
    one = ("stage", "people", "rate", "from-top", "lost")
    both = ("stage", "now", "what-if", "difference", "rate-now", "rate-if")
    return [writer.said("report", key) for key in (both if two else one)]


def _rows(writer: Writer, inputs: model.Inputs, copy: model.CopyResult) -> list[list[str]]:
    return [
        [
            name,
            count(writer, copy.counts[i]),
            percent(writer, copy.rates[i]) if i else "",
            percent(writer, copy.from_top[i]),
            count(writer, copy.lost[i]) if i else "",
        ]
        for i, name in enumerate(stage_names(writer, inputs))
    ]


def _two_rows(writer: Writer, inputs: model.Inputs, result: model.Result) -> list[list[str]]:
    now, new = result.now, result.what_if
    return [
        [
            name,
            count(writer, now.counts[i]),
            count(writer, new.counts[i]),
            writer.numbers.change(now.counts[i], new.counts[i]),
            percent(writer, now.rates[i]) if i else "",
            percent(writer, new.rates[i]) if i else "",
        ]
        for i, name in enumerate(stage_names(writer, inputs))
    ]


def _bottlenecks(writer: Writer, inputs: model.Inputs, result: model.Result) -> list[list[str]]:
    found, copy, names = result.bottlenecks, result.what_if or result.now, stage_names(writer, inputs)

    def row(
        key: str, indexes: Sequence[int], values: Sequence[float | None], form: Callable[[float], str]
    ) -> list[str]:
        if not indexes:
            return [writer.said("report", key), writer.said("report", "none"), writer.numbers.dash]
        steps = [writer.said("report", "step", before=names[i - 1], stage=names[i]) for i in indexes]
        return [writer.said("report", key), writer.joined(steps), form(values[indexes[0]])]

    return [
        row("lowest", found.lowest_rate, copy.rates, writer.numbers.percent),
        row("largest", found.largest_loss, copy.lost, writer.numbers.count),
        row("gain", found.largest_gain, found.gains, lambda x: writer.numbers.count(x, signed=True)),
    ]


def _issues(writer: Writer, inputs: model.Inputs, result: model.Result) -> list[str]:
    copy, names, said = result.what_if or result.now, stage_names(writer, inputs), []
    for issue in copy.issues:
        i = issue.index
        places: dict[str, Any] = {
            "stage": names[i],
            "before": names[max(0, i - 1)],
            "rate": percent(writer, copy.rates[i]),
        }
        if issue.code == "unsure":
            low, high = copy.intervals[i]
            places |= {"low": percent(writer, low), "high": percent(writer, high)}
        said.append(writer.said("report", issue.code, **places))
    return said
