"""Where to push: three definitions of the bottleneck, which ask three questions and may name three steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from statements.bars import Bars
from statements.blocks import Blocks, Lowered, formula, fraction, table, term
from statements.calculators.where_to_push.words import Words
from statements.findings import Findings, KeyFigure
from statements.text import _


def three_bottlenecks(words: Words) -> Findings:
    """Say which step is the bottleneck by each definition, and what it would bring at its reference rate."""
    found = words.result.bottlenecks
    return Findings(
        headline=_headline(words),
        figures=_figures(words) if found.lowest_rate else [],
        notes=_notes(words),
        charts=[_bars(words)] if any(gain is not None for gain in found.gains) else [],
        body=_three(words) + _formula(words) + _steps(words),
    )


def _headline(words: Words) -> str:
    say, found = words.say, words.result.bottlenecks
    if not found.lowest_rate:
        return say(_("With these numbers no step rate is defined yet."))
    if not found.largest_gain:
        told = _(
            "The lowest rate is at %(lowest)s. Whether that step is the bottleneck, only reference rates can tell."
        )
        return say(told, lowest=words.levers(found.lowest_rate))
    facts = {
        "levers": words.levers(found.largest_gain), "lowest": words.levers(found.lowest_rate), "last": words.last,
        "gain": say.count(found.gains[found.largest_gain[0]], signed=True),
    }  # fmt: skip
    said = say(_("Most is to be gained at %(levers)s: at its reference rate, %(gain)s at “%(last)s”."), **facts)
    if found.lowest_rate == found.largest_gain:
        return said
    return said + " " + say(_("The lowest rate is elsewhere, at %(lowest)s."), **facts)


def _figures(words: Words) -> list[KeyFigure]:
    say, copy, found = words.say, words.result.copy, words.result.bottlenecks
    shown = []
    if found.largest_gain:
        i = found.largest_gain[0]
        shown.append(KeyFigure(_("Most to gain"), say.count(found.gains[i], signed=True), words.lever(i)))
    i = found.lowest_rate[0]
    shown.append(KeyFigure(_("Lowest step rate"), say.percent(copy.rates[i]), words.lever(i)))
    if found.largest_loss:
        i = found.largest_loss[0]
        shown.append(KeyFigure(_("Most people lost"), say.count(copy.lost[i]), words.lever(i)))
    return shown


def _notes(words: Words) -> list[str]:
    say, result, inputs = words.say, words.result, words.inputs
    found, notes = result.bottlenecks, []
    if not any(goal is not None for goal in inputs.reference):
        notes.append(
            say(
                _(
                    "A reference rate is what this step has reached before, or what a comparable business reaches. Enter at "
                    "least one; without it, a low rate may simply be what such a step is like."
                )
            )
        )
    elif not found.largest_gain and found.lowest_rate:
        notes.append(say(_("No step is below its reference rate, so the third definition finds nothing to gain.")))
    elif found.agree:
        notes.append(
            say(_("Here all three point to the same step. That is not always so: they ask different questions."))
        )
    elif found.largest_gain:
        notes.append(
            say(
                _(
                    "Early steps lose most people in nearly every funnel, because most people are there. Only the comparison "
                    "with a reference says what could be won."
                )
            )
        )
    zero = [i for i, rate in enumerate(inputs.rates) if rate == 0 and inputs.reference[i] is not None]
    if zero:
        told = _("%(levers)s: from a rate of %(zero)s the gain at the reference is not defined.")
        notes.append(say(told, levers=words.heads(zero), zero=say.percent(0)))
    unsure = [issue.index for issue in result.copy.issues if issue.code == "unsure"]
    if unsure:
        told = _(
            "Few people are behind %(levers)s: chance alone could give quite another rate. Look at the column of intervals."
        )
        notes.append(say(told, levers=words.levers(unsure)))
    if found.largest_gain:
        told = _("Before you start there, divide by the cost: choose “%(view)s” and lift “%(how)s”.")
        notes.append(say(told, view=_("All levers"), how=_("Up to the reference rate")))
    return notes + words.growth()


def _bars(words: Words) -> Bars:
    """Draw what each step would bring at its reference, best first."""
    say, copy, bars = words.say, words.result.copy, Bars()
    gains = {i: gain for i, gain in enumerate(words.result.bottlenecks.gains) if gain is not None}
    known = sorted(gains, key=lambda i: -gains[i])
    longest = max(gains[known[0]], 0) or 1.0
    for i in known:
        note = _("%(gain)s at the end · rate %(rate)s, reference %(reference)s") % {
            "gain": say.count(gains[i], True), "rate": say.percent(copy.rates[i]),
            "reference": say.percent(words.inputs.reference[i]),
        }  # fmt: skip
        bars.add(words.lever(i), note, max(gains[i], 0.0) / longest)
    return bars


def _three(words: Words) -> Blocks:
    say, copy, found = words.say, words.result.copy, words.result.bottlenecks

    def row(
        name: str, steps: Sequence[int], values: Sequence[float | None], form: Callable[[float | None], str]
    ) -> list[str]:
        where = say.join([words.lever(i, isolated=True) for i in steps]) if steps else say.dash
        return [say(name), where, form(values[steps[0]]) if steps else say.dash]

    rows = [
        row(_("Lowest step rate"), found.lowest_rate, copy.rates, say.percent),
        row(_("Most people lost"), found.largest_loss, copy.lost, say.count),
        row(
            _("Most to gain at the end, if the step reached its reference rate"), found.largest_gain, found.gains,
            lambda gain: say.count(gain, signed=True),
        ),
    ]  # fmt: skip
    return table(_("Three definitions of the bottleneck"), [_("Definition"), _("Step"), _("Value")], rows, words=2)


def _formula(words: Words) -> Blocks:
    say, found = words.say, words.result.bottlenecks
    if not found.largest_gain:
        return []
    i = found.largest_gain[0]
    rate, goal = (say.figures(value) for value in (words.result.copy.rates[i], words.inputs.reference[i]))
    return formula(
        say(_("Gain at the end, if only %(levers)s reached its reference rate"), levers=words.levers([i])),
        term("N", Lowered("k"), " × (", fraction("b", "r"), " − ", say.count(1), ")"),
        term(say.figures(words.total(), 5), " × (", fraction(goal, rate), " − ", say.count(1), ")"),
        say.figures(found.gains[i]),
        where=say(_("N: people at “%(last)s” now; r: the step rate; b: its reference rate."), last=words.last),
    )  # fmt: skip


def _steps(words: Words) -> Blocks:
    say, copy, found = words.say, words.result.copy, words.result.bottlenecks
    sure = {"sure": say.percent(0.95, 0)}
    head = [
        _("Step"), _("Rate"), _("What chance allows for it (%(sure)s)") % sure, _("Reference rate"), _("People lost"),
        _("Gain at the reference"),
    ]  # fmt: skip
    rows = []
    for i in range(1, len(words.names)):
        interval = copy.intervals[i]
        between = say.dash
        if interval is not None:
            ends = {"low": say.percent(interval[0]), "high": say.percent(interval[1])}
            between = say(_("%(low)s to %(high)s"), **ends)
        rows.append(
            [
                words.lever(i, isolated=True), say.percent(copy.rates[i]), between, say.percent(words.inputs.reference[i]),
                say.count(copy.lost[i]), say.count(found.gains[i], signed=True),
            ]
        )  # fmt: skip
    return table(_("Every step by all three measures"), head, rows)
