"""Customer value: churn and retention of one period, and of others."""

from __future__ import annotations

from funnel.calculators import customer_value as model
from funnel.quantities import certain
from statements.blocks import Blocks, Raised, formula, fraction, heading, table, term
from statements.calculators.customer_value.words import (
    axis_title,
    period_names,
    periods,
    retention_symbol,
    stay_figure,
)
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.text import _


def findings(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say how many leave and stay in the period, and what that is in another."""
    say, found = Say(inputs.currency), result.stay
    if found.churn is None:
        return Findings(
            _problem(say, found.problem), notes=_notes(say, inputs, found), body=_bought(say, inputs, found)
        )
    spans = {span.period: span for span in found.spans}
    here, year = spans[inputs.counted], spans["year"]
    sentences = {
        "month": _("In a month %(churn)s of the customers leave and %(kept)s stay."),
        "quarter": _("In a quarter %(churn)s of the customers leave and %(kept)s stay."),
        "year": _("In a year %(churn)s of the customers leave and %(kept)s stay."),
    }
    headline = say(sentences[inputs.counted], churn=say.percent(here.churn), kept=say.percent(here.retention))
    other = spans["month"] if inputs.counted == "year" else year
    if 0 < here.churn < 1:
        words = (
            _("That is %(true)s a month, not %(wrong)s: churn is compounded, never divided.")
            if inputs.counted == "year"
            else _("That is %(true)s a year, not %(wrong)s: churn is compounded, never multiplied.")
        )
        headline += " " + say(words, true=say.percent(other.churn), wrong=say.percent(other.multiplied))
    figures = [
        KeyFigure(_label(inputs.counted), say.percent(here.churn), _("of the customers at the start")),
        KeyFigure(_("Retention"), say.percent(here.retention), _("of the customers at the start")),
        KeyFigure(_label(other.period), say.percent(other.churn), _("compounded")),
        KeyFigure(_("Half have left after"), periods(say, inputs.counted, found.half_life)),
        stay_figure(say, inputs.counted, certain(found.stay).value),
    ]
    return Findings(
        headline,
        figures,
        _notes(say, inputs, found),
        [_survival(say, inputs, found)],
        _formulas(say, inputs, found, other) + _spans(say, inputs, found) + _bought(say, inputs, found),
    )


def _label(period: str) -> str:
    return {"month": _("Churn per month"), "quarter": _("Churn per quarter"), "year": _("Churn per year")}[period]


def _problem(say: Say, problem: str | None) -> str:
    return say(
        {
            "nobody": _("Nobody was there at the start, so there is no share of them that could leave."),
            "more-lost": _("More were lost than were there at the start. Count as lost only customers from the start."),
            "more-new": _("More are new than are there at the end. Count as new only those who are still there."),
            "more-kept": _(
                "Without the new ones, more are there at the end than at the start. Somebody new was not counted as new."
            ),
        }.get(certain(problem), _("Enter how many were lost, or how many are new and how many are there at the end."))
    )


def _notes(say: Say, inputs: model.Inputs, found: model.Stay) -> list[str]:
    notes = []
    if found.problem == "contradiction":
        notes.append(
            say(
                _(
                    "The four numbers contradict each other: start, less lost, plus new would leave %(expected)s at "
                    "the end, not %(end)s. The churn here follows from the lost. Perhaps new customers who left again "
                    "were counted."
                ),
                expected=say.count(found.expected_end),
                end=say.count(inputs.end),
            )
        )
    if found.ends is not None and inputs.new and found.churn is not None:
        notes.append(
            say(
                _("End over start, %(ends)s, is not retention: it counts the %(new)s new ones as if they had stayed."),
                ends=say.percent(found.ends),
                new=say.count(inputs.new),
            )
        )
    if found.churn == 0:
        notes.append(
            say(
                _(
                    "Nobody left. Then the average stay has no limit and there is no half-life; a longer look will "
                    "find a churn above zero."
                )
            )
        )
    if found.churn == 1:
        notes.append(say(_("Everybody left in the period, so every longer period shows the same.")))
    if found.churn is not None:
        notes.append(
            say(
                _(
                    "Other periods assume that the same share of those still there leaves each time. In most "
                    "businesses newer customers leave faster."
                )
            )
        )
    notes.append(
        say(
            _(
                "Churn is about customers. Who drops out of the funnel before buying was never one, and counts as lost "
                "on the way."
            )
        )
    )
    return notes


def _survival(say: Say, inputs: model.Inputs, found: model.Stay) -> Plane:
    last = found.curve[-1][0]
    x = axis(0, last, lambda v: say.figures(v), axis_title(inputs.counted), whole=True, exact=True)
    plane = Plane(x, axis(0, 1, lambda v: say.percent(v, 0), _("Of the customers at the start")))
    if 0 < certain(found.churn) < 1:
        plane.line(
            [(t, wrong) for t, _kept, wrong in found.curve],
            _("If churn were multiplied (wrong)"),
            "before",
            dashed=True,
        )
    plane.line([(t, kept) for t, kept, _wrong in found.curve], _("Still there"))
    if found.half_life is not None and 0 < found.half_life < last:
        plane.upright(found.half_life, say(_("Half have left")))
    return plane


def _formulas(say: Say, inputs: model.Inputs, found: model.Stay, other: model.Span) -> Blocks:
    one = say.count(1)
    blocks: Blocks = []
    c, r = say.figures(found.churn, 6), say.figures(1 - certain(found.churn), 6)
    if inputs.basis == "counts":
        if inputs.lost is not None:
            blocks += formula(
                _("Churn rate"),
                "c",
                fraction("X", "B"),
                fraction(say.count(inputs.lost), say.count(inputs.begin)),
                c,
                where=say(_("X: lost, of those at the start; B: customers at the start")),
            )
        if inputs.new is not None and inputs.end is not None and found.problem is None:
            blocks += formula(
                _("Retention rate"),
                "r",
                fraction("E − W", "B"),
                fraction(term(say.count(inputs.end), " − ", say.count(inputs.new)), say.count(inputs.begin)),
                r,
                where=say(_("E: customers at the end; W: the new ones among them; %(r)s"), r=retention_symbol(say)),
            )
    power = f"{one}/{say.count(12)}" if inputs.counted == "year" else say.count(found.times)
    blocks += formula(
        _label(other.period),
        term(one, " − (", one, " − c)", Raised(power)),
        term(one, " − ", r, Raised(power)),
        say.figures(other.churn, 4),
        where=say(_("Everybody who stays has to stay again, so the retentions are multiplied.")),
    )
    if found.half_life:
        half = say.figures(0.5)
        blocks += formula(
            _("Half-life"),
            fraction(term("ln ", half), "ln r"),
            fraction(term("ln ", half), term("ln ", r)),
            say.figures(found.half_life, 6),
        )
    return blocks


def _spans(say: Say, inputs: model.Inputs, found: model.Stay) -> Blocks:
    names, impossible = period_names(), say(_("impossible"))
    rows = []
    for span in found.spans:
        wrong = say.percent(span.multiplied) + (f" ({impossible})" if span.multiplied > 1 else "")
        wrong = "" if span.period == inputs.counted else wrong
        rows.append([names[span.period], say.percent(span.churn), say.percent(span.retention), wrong])
    head = [_("Period"), _("Churn"), _("Retention"), _("Multiplied or divided (wrong)")]
    marked = model.COUNTED.index(inputs.counted)
    return heading(_("The same churn in other periods")) + table(
        _("Shares of the customers at the start of each period"), head, rows, marked=marked
    )


def _bought(say: Say, inputs: model.Inputs, found: model.Stay) -> Blocks:
    """Return the revenue retention, where both amounts are given."""
    if inputs.revenue_begin is None or inputs.revenue_end is None:
        return []
    if found.revenue is None:
        words = say(_("There was no revenue at the start, so there is no share of it that could be kept."))
        return heading(_("Revenue retention"), words)
    where = (
        _("Above %(all)s is possible here: those who stay may buy more. Of customers, no more than all can stay.")
        if found.revenue > 1
        else _("Revenue now of the customers from the start, over their revenue then. New customers do not count.")
    )
    return heading(_("Revenue retention")) + formula(
        _("Revenue retention"),
        fraction(say.figures(inputs.revenue_end, 7), say.figures(inputs.revenue_begin, 7)),
        say.percent(found.revenue),
        where=say(where, all=say.percent(1)),
    )
