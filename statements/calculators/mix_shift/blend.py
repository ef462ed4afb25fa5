"""Mix shift: what groups convert when they are put together, and why that is not the mean of their rates."""

from __future__ import annotations

from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, Math, between, formula, fraction, table
from statements.calculators.mix_shift.periods import MOST_TERMS, PLACES, Words
from statements.findings import Findings, KeyFigure
from statements.text import _


def blend(words: Words) -> Findings:
    """Say what all groups convert together."""
    result = words.result
    if result.shift.after is None:
        return Findings(headline=words.say(_("Nobody is in any group: a common rate is not defined.")))
    return Findings(
        headline=_headline(words), figures=_figures(words), notes=_notes(words), charts=[_bars(words)],
        body=_formula(words) + _table(words),
    )  # fmt: skip


def _headline(words: Words) -> str:
    say, result = words.say, words.result
    place = certain(result.largest)
    largest = result.parts[place]
    facts = {
        "rate": say.percent(result.shift.after, PLACES), "plain": say.percent(result.plain, PLACES),
        "segment": words.safe[place], "share": say.percent(largest.shares[1]),
        "own": say.percent(largest.rates[1]),
    }  # fmt: skip
    if abs(certain(result.gap)) < 5e-5:
        return say(
            _("Together they convert at %(rate)s. Here the plain mean of the rates happens to be the same."), **facts
        )
    if not result.pulls:
        told = _(
            "Together they convert at %(rate)s, not at %(plain)s, the plain mean of the rates: larger groups count for more."
        )
        return say(told, **facts)
    told = _(
        "Together they convert at %(rate)s, not at %(plain)s, the plain mean of the rates: “%(segment)s” holds %(share)s of the "
        "people and pulls the whole towards its own %(own)s."
    )
    return say(told, **facts)


def _figures(words: Words) -> list[KeyFigure]:
    say, result = words.say, words.result
    count = {"people": say.count(result.people[1])}
    return [
        KeyFigure(_("Common rate"), say.percent(result.shift.after, PLACES), _("of all people")),
        KeyFigure(_("Plain mean of the rates"), say.percent(result.plain, PLACES), _("the mistake")),
        KeyFigure(_("Off by"), words.points(result.gap)),
        KeyFigure(_("Conversions"), say.count(result.done[1]), _("of %(people)s people") % count),
    ]


def _notes(words: Words) -> list[str]:
    say, result = words.say, words.result
    notes = [
        say(_("Move the people from one group to another: every rate stays, and the common rate moves all the same."))
    ]
    empty = [i for i, part in enumerate(result.parts) if not part.people[1]]
    if empty:
        told = _("Nobody is in %(segments)s, so that rate counts for nothing.")
        notes.append(say(told, segments=words.listed(empty)))
    return notes + words.doubts()


def _bars(words: Words) -> Bars:
    say, result, bars = words.say, words.result, Bars()
    longest = max((part.rates[1] or 0.0 for part in result.parts), default=0.0) or 1.0
    told = _("%(rate)s of %(people)s")
    for i, part in enumerate(result.parts):
        rate = part.rates[1]
        note = told % {"rate": say.percent(rate), "people": say.count(part.people[1])}
        bars.add(words.names[i], note, None if rate is None else rate / longest)
    bars.add(
        _("Plain mean of the rates"), say.percent(result.plain, PLACES), certain(result.plain) / longest, kind="before"
    )
    bars.add(
        _("Common rate"), say.percent(result.shift.after, PLACES), certain(result.shift.after) / longest, kind="third"
    )  # fmt: skip
    return bars


def _formula(words: Words) -> Blocks:
    say, result = words.say, words.result
    steps: list[Math] = ["Σ w r"]
    living = [part for part in result.parts if part.people[1]]
    if len(living) <= MOST_TERMS:
        people = [say.count(part.people[1]) for part in living]
        top = " + ".join(f"{n} × {say.percent(part.rates[1])}" for n, part in zip(people, living, strict=True))
        steps.append(fraction(top, between(" + ", people)))
    steps += [
        fraction(say.figures(result.done[1], 6), say.count(result.people[1])),
        say.percent(result.shift.after, PLACES),
    ]
    return formula(
        say(_("Common rate")),
        *steps,
        where=say(_("w: a group's share of all people; r: its rate. A mean weighted by people.")),
    )


def _table(words: Words) -> Blocks:
    say, result = words.say, words.result
    rows = [
        [
            words.safe[i], say.count(part.people[1]), say.percent(part.shares[1]), say.percent(part.rates[1]),
            say.count(part.done[1]), say.percent(part.weighted, PLACES),
        ]
        for i, part in enumerate(result.parts)
    ]  # fmt: skip
    rows.append(
        [
            _("All together"), say.count(result.people[1]), say.percent(1),
            say.percent(result.shift.after, PLACES), say.count(result.done[1]), say.percent(result.shift.after, PLACES),
        ]
    )  # fmt: skip
    head = [_("Group"), _("People"), _("Share of the people"), _("Its rate"), _("Conversions"), _("Share × rate")]
    return table(_("What each group adds to the common rate"), head, rows, marked=len(rows) - 1)
