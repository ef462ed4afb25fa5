"""Pipeline and forecast, the view of durations: how long deals take when the open ones count, and how many are open."""

from __future__ import annotations

from funnel.calculators import pipeline as model
from statements.blocks import Blocks, Lowered, formula, fraction, table, term
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.text import _


def cycle(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say how long deals take when the open ones count, and how many are open at a time."""
    say, time = Say(), result.time
    drawn = time.curve.last > 0
    return Findings(
        headline=_cycle_headline(say, inputs, time),
        figures=_cycle_figures(say, time),
        notes=_cycle_notes(say, inputs, time),
        charts=[_curve(say, inputs, time)] if drawn else [],
        body=_cycle_formulas(say, inputs, time) + (_steps(say, time) if time.curve.days else []),
    )


def _cycle_headline(say: Say, inputs: model.Inputs, time: model.Cycle) -> str:
    median = time.curve.median
    if not time.won.count and not inputs.still_open:
        said = say(_("Without deals there is no sales cycle to speak of: type the days of some."))
    elif not time.won.count:
        said = say(_("None of these deals is won yet, so the length of the cycle is not known."))
    elif median is None:
        said = say.plural(
            "Fewer than half of the deals are won within the %(n)s day observed, so their median is not known yet.",
            "Fewer than half of the deals are won within the %(n)s days observed, so their median is not known yet.",
            time.curve.last,
        )
    elif inputs.still_open:
        said = say.plural(
            "Counting the open deals, half are won within %(n)s day; the won deals alone would say %(won)s.",
            "Counting the open deals, half are won within %(n)s days; the won deals alone would say %(won)s.",
            median, won=say.count(time.won.median),
        )  # fmt: skip
    else:
        said = say.plural(
            "Half of the deals are won within %(n)s day.", "Half of the deals are won within %(n)s days.", median
        )
    if time.deals is None:
        return said
    open_now = say.plural(
        "About %(n)s deal is open at any time.", "About %(n)s deals are open at any time.", float(round(time.deals))
    )
    return said + " " + open_now


def _cycle_figures(say: Say, time: model.Cycle) -> list[KeyFigure]:
    days, curve = _("in days"), time.curve
    least = days if curve.whole or curve.mean is None else _("in days, at least")
    return [
        KeyFigure(_("Median, open deals counted"), say.figures(curve.median, 3), days),
        KeyFigure(_("Mean, open deals counted"), say.figures(curve.mean, 3), least),
        KeyFigure(_("Median of the won deals"), say.figures(time.won.median, 3), days),
        KeyFigure(_("Mean of the won deals"), say.figures(time.won.mean, 3), days),
        KeyFigure(_("Deals in progress"), say.count(time.deals), _("on average, at any time")),
    ]


def _cycle_notes(say: Say, inputs: model.Inputs, time: model.Cycle) -> list[str]:
    notes = []
    if inputs.still_open:
        notes.append(
            say.plural(
                "Mean and median of the won deals leave out %(n)s open deal. Long deals are open the longest, so both are "
                "too short.",
                "Mean and median of the won deals leave out %(n)s open deals. Long deals are open the longest, so both are "
                "too short.",
                float(len(inputs.still_open)),
            )
        )
    if time.won.count and not time.curve.whole:
        notes.append(
            say(_("The longest of these deals is still open, so the mean with the open deals is only a lower bound."))
        )
    if time.won.count or inputs.still_open:
        notes.append(
            say(_("The curve treats an open deal as one that is won later. Leave out deals that are known to be lost."))
        )
    notes.append(
        say(
            _(
                "The number of deals in progress is a long-run average of a steady pipeline; it does not hold while "
                "the pipeline grows or empties."
            )
        )
    )
    return notes


def _curve(say: Say, inputs: model.Inputs, time: model.Cycle) -> Plane:
    days = axis(0.0, time.curve.last, say.count, _("Days since first contact"))
    plane = Plane(days, axis(0.0, 1.0, lambda share: say.percent(share, 0), _("Deals that are still open")))
    if inputs.still_open and time.only_won.days:
        plane.line(time.only_won.corners, _("From the won deals only"), "before", dashed=True)
    label = _("With the open deals counted") if inputs.still_open else _("Deals still open")
    plane.line(time.curve.corners, label)
    if inputs.still_open:
        plane.dots([(day, _height(time, day)) for day in inputs.still_open], _("A deal that is still open"), "what_if")
    plane.level(0.5, _("half"))
    return plane


def _height(time: model.Cycle, day: float) -> float:
    """Return where on the curve a day lies."""
    return next(
        (share for at, share in reversed(tuple(zip(time.curve.days, time.curve.shares, strict=True))) if at <= day), 1.0
    )


def _cycle_formulas(say: Say, inputs: model.Inputs, time: model.Cycle) -> Blocks:
    curve = formula(
        say(_("Share still open after t days")),
        "S(t)",
        term("∏ (1 − ", fraction(term("d", Lowered("i")), term("n", Lowered("i"))), ")"),
        where=say(
            _(
                "Multiplied over the days up to t on which a deal was won. d: deals won on that day; n: deals that were "
                "followed at least that long, open ones included."
            )
        ),
    )
    little = formula(
        say(_("Deals in progress")),
        "N",
        "λ · W",
        term(fraction(say.figures(inputs.arrivals, 5), say.count(model.WEEK)), " × ", say.figures(inputs.stay)),
        say.figures(time.deals, 4),
        where=say(_("λ: new deals per day; W: mean days in the pipeline, of all deals (Little's law).")),
    )
    return curve + little


def _steps(say: Say, time: model.Cycle) -> Blocks:
    curve = time.curve
    rows = [
        [say.figures(day), say.count(of), say.count(count), say.percent(share)]
        for day, of, count, share in zip(curve.days, curve.at_risk, curve.won, curve.shares, strict=True)
    ]
    head = [_("Days"), _("Deals followed until then"), _("Won on that day"), _("Still open after it")]
    return table(_("The curve, step by step"), head, rows)
