"""A scenario on paper: sentence, chart, table, the three bottlenecks, what the words mean, date, link and QR code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from course import library
from documents.asking import Ask
from documents.handouts.figures import bars, count, headline, percent, stage_names
from documents.handouts.lesson import terms
from documents.handouts.paper import Desk, pdf
from documents.handouts.told import told_report
from funnel import scenario
from funnel.calculators import stage_conversion as model
from funnel.stages import MODELS
from i18n.titles import page_title

FITS = ("stage_conversion",)


def report(ask: Ask) -> bytes:
    """Return the report on a calculator: a funnel's numbers are told here, those of another by what its page says.

    What a link could not hold is what the calculator starts with.
    """
    if ask.calculator not in ("", *FITS) and ask.told is not None:
        return told_report(ask, ask.told())
    desk = Desk(ask, "report")
    inputs = scenario.decode(model.Inputs, ask.scenario).inputs
    result = model.compute(inputs)
    of = desk.name("models" if inputs.source in MODELS else "presets", inputs.source)
    title = desk.prose.text(page_title(ask.code, ask.calculator or "stage_conversion"))
    said = headline(desk, inputs, result)
    base = desk.base(title, running=desk.said("report", "of", calculator=title, source=of))
    base["words"] |= desk.table("report")
    two = result.what_if is not None
    data = base | {
        "of": of,
        "date": desk.said("common", "date", date=desk.day()) if desk.day() else "",
        "said": said,
        "bars": bars(desk, inputs, result),
        "alt": desk.said("lesson", "bars", said=said),
        "legend": desk.said("report", "legend-two" if two else "legend"),
        "head": _head(desk, two),
        "rows": _two_rows(desk, inputs, result) if two else _rows(desk, inputs, result.now),
        "bottlenecks": _bottlenecks(desk, inputs, result),
        "watch": _issues(desk, inputs, result),
        "terms": terms(desk, library.syllabus().calculators["stage_conversion"].terms),
    }
    return pdf("report.typ", data)


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
        joined = ("، " if desk.language.direction == "rtl" else ", ").join(steps)
        return [desk.said("report", key), joined, form(values[indexes[0]])]

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
