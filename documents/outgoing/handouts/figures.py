"""The bars of a funnel as data for a template, and the sentences about it; every number through the reader's formatter."""

from __future__ import annotations

from typing import Any

from documents.outgoing.handouts.paper import Writer
from funnel.calculators.stage_conversion import CopyResult, Inputs, Result

SAME = 1e-9  # people: what is left below it is rounding


def stage_names(writer: Writer, inputs: Inputs) -> list[str]:
    """Return the stages' names as they are printed."""
    return [writer.stage(stage, i) for i, stage in enumerate(inputs.stages)]


def count(writer: Writer, x: float | None) -> str:
    """Write people, a dash where they are not defined."""
    return writer.numbers.dash if x is None else writer.numbers.count(x)


def percent(writer: Writer, x: float | None) -> str:
    """Write a rate, a dash where it is not defined."""
    return writer.numbers.dash if x is None else writer.numbers.percent(x)


def bars(writer: Writer, inputs: Inputs, result: Result) -> list[dict[str, Any]]:
    """Return for each stage its name and a bar for each copy: its share of the longest, and that of the stage before."""
    copies = [("of-before", "", result.now)]
    if result.what_if is not None:
        copies = [("now-of-before", "now-count", result.now), ("if-of-before", "if-count", result.what_if)]
    longest = max((x for _key, _top, copy in copies for x in copy.counts if x), default=1.0)
    rows = []
    for i, name in enumerate(stage_names(writer, inputs)):
        made = []
        for key, top, copy in copies:
            people, rate = count(writer, copy.counts[i]), percent(writer, copy.rates[i])
            if i:
                text = writer.said("report", key, count=people, rate=rate)
            else:
                text = writer.said("report", top, count=people) if top else people
            before = copy.counts[i - 1] if i else None
            made.append(
                {
                    "text": text,
                    "share": (copy.counts[i] or 0) / longest,
                    "before": (before or 0) / longest,
                    "old": key == "now-of-before",
                    "new": key == "if-of-before",
                }
            )
        rows.append({"name": name, "bars": made})
    return rows


def headline(writer: Writer, inputs: Inputs, result: Result) -> str:
    """Say the whole in one or two sentences."""
    names = stage_names(writer, inputs)
    if result.difference is not None:
        return _changed(writer, names, result)
    now = result.now
    top, last = now.counts[0], now.counts[-1]
    if top is None or last is None:
        return writer.said("report", "fill")
    if not top or now.overall is None:
        return writer.said("report", "nobody", first=names[0])
    places = {"top": count(writer, top), "first": names[0], "n": count(writer, last), "last": names[-1]}
    places["overall"] = percent(writer, now.overall)
    said = writer.plural("report", "standing", writer.numbers.shown_count(last), **places)
    worst = result.bottlenecks.largest_loss
    return f"{said} {_worst(writer, names, now, worst[0])}" if worst else said


def _worst(writer: Writer, names: list[str], copy: CopyResult, i: int) -> str:
    lost = copy.lost[i]
    places = {"before": names[i - 1], "stage": names[i], "n": count(writer, lost)}
    return writer.plural("report", "worst", writer.numbers.shown_count(lost), **places)


def _changed(writer: Writer, names: list[str], result: Result) -> str:
    before, after = result.now.counts[-1], result.what_if.counts[-1]
    if before is None or after is None:
        return writer.said("report", "fill")
    places = {"last": names[-1], "before": count(writer, before), "after": count(writer, after)}
    if abs(after - before) < SAME:
        return writer.said("report", "same", **places)
    places["change"] = writer.numbers.change(before, after)
    relative = result.difference.final_relative
    if relative is None:
        return writer.said("report", "changed", **places)
    return writer.said("report", "relative", relative=writer.numbers.percent(relative, signed=True), **places)
