"""The handover: points and a threshold decide which leads sales gets; what both errors cost; the two funnels joined."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import handover as model
from funnel.facts.businesses import CURRENCIES
from funnel.quantities import certain
from statements.blocks import Blocks, heading, table
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.handover import funnels
from statements.calculators.handover.words import cells, evidence, formulas, trade_off
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.settings import Control, Group, Pick, currency_options, with_currency
from statements.text import _


def signal_names() -> list[str]:
    """Return what the signals of the model are called, in their order."""
    return [_("Right role"), _("Saw the pricing page"), _("Opens the emails"), _("Asked for a demo")]


def picks(inputs: model.Inputs) -> list[Pick]:
    """Which part of the page, and what money is counted in."""
    found = [
        Pick(
            "view", _("What do you want to look at?"),
            {"scoring": _("Points and threshold"), "funnels": _("The two funnels joined")},
        )
    ]  # fmt: skip
    if inputs.view == "funnels":
        found.append(funnels.hand_pick())
    return [*found, Pick("currency", _("Currency"), currency_options(CURRENCIES), menu=True)]


def groups(inputs: model.Inputs) -> list[Group]:
    """The rule, the money, and what the signals tell."""
    names, unit = signal_names(), inputs.currency
    threshold = Control(
        "threshold", _("Handed over from this score on"), "number", high=1000, slide=(0, 100, 1),
        help=_("A lead whose points add up to this much, or more, is a marketing-qualified lead (MQL)."),
    )  # fmt: skip
    points = [
        Control("points", _("Points: %(signal)s") % {"signal": one}, "number", i, high=1000, slide=(0, 60, 1))
        for i, one in enumerate(names)
    ]
    money = [
        Control("call", with_currency(_("Cost of handling one lead in sales"), unit), "money", high=1e15),
        Control("margin", with_currency(_("Gross profit per customer"), unit), "money", high=1e15),
    ]
    share = Control(
        "share", _("Good leads, as a share of all leads"), "percent", high=1,
        help=_("Good: sales would accept the lead (SQL) if it were called. The share counts those that nobody calls, too."),
    )  # fmt: skip
    win = Control("win", _("Customers, as a share of good leads handed over"), "percent", high=1)
    around = [
        Control("visits", _("Visits")),
        Control("leads", _("Leads")),
        Control("marketing", with_currency(_("Marketing cost"), unit), "money", high=1e15),
    ]
    told = Group(
        _("What the signals tell"),
        [
            control
            for i, one in enumerate(names)
            for control in (
                Control("good", _("“%(signal)s”, among good leads") % {"signal": one}, "percent", i, high=1),
                Control("other", _("“%(signal)s”, among the others") % {"signal": one}, "percent", i, high=1),
            )
        ],
        folded=True,
        note=_("How common each signal is. Only leads whose end is known can tell you; the numbers here are invented."),
    )
    if inputs.view == "funnels":
        return [
            Group(_("The rule"), [threshold]),
            Group(_("The joined funnel"), [*around, share, win, money[0]]),
            Group(_("Points of each signal"), points, folded=True),
            told,
        ]
    return [
        Group(_("The rule"), [threshold, *points]),
        Group(_("What is at stake"), [share, *money]),
        told,
        Group(_("The rest of the funnel"), [*around, win], folded=True),
    ]


def findings(inputs: model.Inputs) -> Findings:
    """Say what the threshold does, or what the joined funnel looks like."""
    say, result = Say(inputs.currency), model.compute(inputs)
    if inputs.view == "funnels":
        return funnels.findings(say, inputs, result)
    return Findings(
        headline=_headline(say, inputs, result),
        figures=_figures(say, inputs, result),
        notes=_notes(say, inputs, result),
        charts=[_plane(say, inputs, result)] if inputs.leads else [],
        body=cells(say, result.at)
        + trade_off(say, result)
        + formulas(say, inputs, result)
        + _table(say, result)
        + evidence(say, inputs, result, signal_names()),
    )


def _headline(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    at = result.at
    if not inputs.leads:
        return say(_("There are no leads, so there is nobody to hand over."))
    if not at.handed:
        said = say(_("Nobody reaches %(score)s points, so nobody is handed over."), score=say.figures(inputs.threshold))
        return f"{said} " + say(_("All good leads are missed; that costs %(cost)s."), cost=say.money(result.cost.total))
    said = say.plural(
        "From %(score)s points on, %(n)s of %(leads)s leads is handed over; %(precision)s of those are good.",
        "From %(score)s points on, %(n)s of %(leads)s leads are handed over; %(precision)s of those are good.",
        at.handed, score=say.figures(inputs.threshold), leads=say.count(inputs.leads),
        precision=say.percent(at.precision),
    )  # fmt: skip
    return f"{said} " + say(
        _("Wasted calls cost %(wasted)s, missed good leads %(missed)s."),
        wasted=say.money(result.cost.wasted), missed=say.money(result.cost.missed),
    )  # fmt: skip


def _figures(say: Say, inputs: model.Inputs, result: model.Result) -> list[KeyFigure]:
    at = result.at
    shown = [
        KeyFigure(_("Cost of both errors"), say.money(result.cost.total), say(_("wasted calls and missed good leads"))),
        KeyFigure(_("Handed over (MQL)"), say.count(at.handed), say(_("of %(n)s leads"), n=say.count(inputs.leads))),
        KeyFigure(
            _("Good ones among them (SQL rate)"), say.percent(at.precision),
            say(_("%(n)s found"), n=say.count(at.found)),
        ),
        KeyFigure(
            _("Good leads reached"), say.percent(at.recall), say(_("%(n)s missed"), n=say.count(at.missed)),
        ),
    ]  # fmt: skip
    if result.best is not None:
        several = len(result.bests) > 1
        shown.append(
            KeyFigure(
                _("Cheapest thresholds, equally good") if several else _("Cheapest threshold"),
                say.join([score_words(say, result.sweep[i].threshold) for i in result.bests]),
                say(_("each costs %(cost)s") if several else _("costs %(cost)s"), cost=say.money(result.costs[result.best].total)),
            )
        )  # fmt: skip
    return shown


def score_words(say: Say, threshold: float | None) -> str:
    """Return a threshold in words; None is one that nobody reaches."""
    return say(_("hand over nobody")) if threshold is None else say.figures(threshold)


def _notes(say: Say, inputs: model.Inputs, result: model.Result) -> list[str]:
    notes, at = [], result.at
    if not result.highest:
        notes.append(
            say(
                _(
                    "No signal has points, so every lead scores the same and the score sorts nothing: all go over, or none."
                )
            )
        )
    elif inputs.threshold > result.highest:
        notes.append(
            say(_("The highest possible score is %(most)s, below the threshold."), most=say.figures(result.highest))
        )
    if inputs.leads and not at.handed:
        notes.append(
            say(_("The SQL rate is a share of those handed over. Of nobody there is no share: it is not defined."))
        )
    if inputs.leads and at.recall is None:
        notes.append(say(_("No lead is good, so there is no share of good leads to reach; every call is wasted.")))
    if inputs.leads and at.false_alarm is None:
        notes.append(say(_("Every lead is good, so no call is wasted; a threshold can only miss some.")))
    if inputs.call > result.worth:
        notes.append(
            say(
                _(
                    "A good lead brings %(worth)s on average and handling one costs %(call)s. Then no call pays, and the "
                    "cheapest rule is to hand over nobody."
                ),
                worth=say.money(result.worth),
                call=say.money(inputs.call),
            )
        )
    notes.append(
        say(
            _(
                "The people here are computed, not counted: signals are taken to be independent of each other among good "
                "leads, and among the others. All counts and costs belong to one window; in the examples, a quarter."
            )
        )
    )
    return notes


def _plane(say: Say, inputs: model.Inputs, result: model.Result) -> Plane:
    """Return the cost of both errors over the threshold: steps, because only scores that occur make a difference."""
    totals: list[float] = [certain(one.total) for one in result.costs]
    wasted: list[float] = [certain(one.wasted) for one in result.costs]
    missed: list[float] = [certain(one.missed) for one in result.costs]
    parts = wasted + missed
    end = max(result.highest * 1.1, inputs.threshold, 10.0)
    plane = Plane(
        axis(0, end, say.figures, _("Threshold, in points"), exact=True),
        axis(
            min(0.0, *totals, *parts), max(*totals, *parts) or 1.0, say.compact,
            with_currency(_("Cost in the window"), inputs.currency),
        ),
    )  # fmt: skip
    ends = [*(certain(one.threshold) for one in result.sweep[:-1]), end]
    plane.line(_stairs(ends, wasted), _("Wasted calls"), "what_if", dashed=True)
    plane.line(_stairs(ends, missed), _("Missed good leads"), "third", dashed=True)
    plane.line(_stairs(ends, totals), _("Both together"), "now")
    if result.best is not None:
        best = [(result.sweep[i].threshold, totals[i]) for i in result.bests]
        dots = [(end if score is None else score, total) for score, total in best]
        plane.dots(dots, _("Cheapest threshold"), "fourth")
    plane.upright(min(inputs.threshold, end), _("Your threshold"))
    return plane


def _stairs(ends: Sequence[float], values: Sequence[float]) -> list[tuple[float, float]]:
    """Return a line that keeps each value up to and including the score that it ends with."""
    points, start = [], 0.0
    for end, value in zip(ends, values, strict=True):
        points += [(start, value), (end, value)]
        start = end
    return points


def _table(say: Say, result: model.Result) -> Blocks:
    """Return every threshold that makes a difference, the learner's marked."""
    rows = []
    for i, (at, price) in enumerate(zip(result.sweep, result.costs, strict=True)):
        words = score_words(say, at.threshold)
        if i in result.bests:
            words = say(_("%(score)s (cheapest)"), score=words)
        rows.append(
            [
                words, say.count(at.handed), say.percent(at.precision), say.percent(at.recall),
                say.percent(at.false_alarm), say.money(price.total),
            ]
        )  # fmt: skip
    head = [
        _("Threshold"), _("Handed over"), _("Good ones among them"), _("Good leads reached"),
        _("Others called in vain"), _("Cost of both errors"),
    ]  # fmt: skip
    lead = say(
        _(
            "Thresholds between two scores act like the higher one. “Good leads reached” is a share of all good leads, "
            "“others called in vain” a share of all the others."
        )
    )
    return heading(_("Every threshold"), lead) + table(
        _("What each threshold would do; yours is marked"), head, rows, marked=result.here
    )


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the thresholds, or the joined funnel, as ids and plain numbers."""
    result = model.compute(inputs)
    if inputs.view == "funnels":
        return funnels.csv_table(inputs, result)
    head = ["threshold", "handed_over", "found", "wasted", "missed", "spared", "precision", "recall", "false_alarm",
            "cost_wasted", "cost_missed"]  # fmt: skip
    return head, [
        [at.threshold, at.handed, at.found, at.wasted, at.missed, at.spared, at.precision, at.recall, at.false_alarm,
         price.wasted, price.missed]
        for at, price in zip(result.sweep, result.costs, strict=True)
    ]  # fmt: skip


CALCULATOR = Calculator("handover", model, groups, findings, csv_table, picks)
