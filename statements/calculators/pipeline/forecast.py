"""Pipeline and forecast, the view of months: when the leads of some months become customers."""

from __future__ import annotations

from dataclasses import replace

from funnel.calculators import pipeline as model
from funnel.quantities import all_known, certain
from statements.blocks import Blocks, Lowered, Raised, formula, fraction, table, term
from statements.calculators.pipeline.deals import short
from statements.findings import Findings, KeyFigure
from statements.plane import Axis, Late, Plane, axis
from statements.say import Say
from statements.text import _

MOST_TERMS = 5  # of a sum that is written out
LEADS_HEIGHT = 150
MARGIN = 0.09  # of the width
ALL_TICKS = 12  # so many months each have a tick


def outlook(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say how many customers the leads bring and when, what is missing, and what the same-month ratio hides."""
    say, found = Say(), result.outlook
    plan = found.plan
    figures = [
        KeyFigure(_("Customers in all"), say.count(plan.total), _("expected from these leads")),
        KeyFigure(_("Of these, after the last month"), say.count(found.later), _("not yet to be seen in its numbers")),
        KeyFigure(_("Mean lag"), say.figures(plan.mean_lag, 3), _("months from lead to purchase")),
        KeyFigure(
            _("Same-month ratio"), say.percent(found.seen),
            say(
                _("while leads grow by %(growth)s a month; the eventual rate is %(rate)s"),
                growth=short(say, inputs.growth), rate=say.percent(inputs.rate),
            ),
        ),
    ]  # fmt: skip
    charts: list[Plane | Late] = [_leads(say, inputs, result)]
    if plan.total is not None:
        charts.append(Late(lambda: _customers(say, inputs, result)))
    return Findings(
        headline=_outlook_headline(say, inputs, found),
        figures=figures,
        notes=_outlook_notes(say, inputs, found),
        charts=charts,
        body=[]
        if plan.total is None
        else _outlook_formulas(say, inputs, found) + _months(say, inputs, found) + _lags(say, found),
    )


def _outlook_headline(say: Say, inputs: model.Inputs, found: model.Outlook) -> str:
    plan = found.plan
    if plan.total is None:
        return say(_("All lag weights are zero, so nobody ever buys. Enter at least one weight above zero."))
    if plan.total == 0:
        return say(_("Without leads, or with a rate of zero, there are no customers to expect."))
    if not found.later:
        return say.plural(
            "The leads of these months should bring about %(n)s customer, all of it within these months.",
            "The leads of these months should bring about %(n)s customers, all of them within these months.",
            plan.total,
        )
    return say.plural(
        "The leads of these months should bring about %(n)s customer, %(later)s of it only after the last month.",
        "The leads of these months should bring about %(n)s customers, %(later)s of them only after the last month.",
        plan.total, later=say.count(found.later),
    )  # fmt: skip


def _outlook_notes(say: Say, inputs: model.Inputs, found: model.Outlook) -> list[str]:
    plan = found.plan
    notes: list[str] = []
    if plan.total is None:
        return notes
    if plan.corrected:
        notes.append(
            say(
                _(
                    "The shares did not sum to %(all)s, so each was divided by their sum. The table below shows what was used."
                ),
                all=say.percent(1),
            )
        )
    if 0 < len(found.complete) < len(plan.customers):
        notes.append(
            say(
                _(
                    "Grey columns are too low: some buyers of these months come from leads before the first month or after "
                    "the last one. Those leads are missing from the list, not zero."
                )
            )
        )
    elif not found.complete:
        notes.append(
            say(
                _(
                    "No month is complete: the lag is longer than the list, so every month lacks buyers whose leads came "
                    "before the first month or come after the last one. They are missing, not zero."
                )
            )
        )
    if found.bias is not None and plan.mean_lag:
        notes.append(
            say(
                _(
                    "Customers divided by the leads of the same month is not the eventual rate. With leads growing by "
                    "%(growth)s per month it shows %(bias)s of it, because today's customers come from earlier, fewer leads."
                ),
                growth=short(say, inputs.growth),
                bias=say.percent(found.bias),
            )
            if inputs.growth
            else say(_("Only while leads neither grow nor shrink is the same-month ratio equal to the eventual rate."))
        )
    notes.append(
        say(_("The band shows chance alone. It takes the rate and the lag as known, and these are the larger doubt."))
    )
    return notes


def _month_axis(say: Say, months: int) -> Axis:
    """Return the axis of the months; left of the first one there is room for the numbers of the other axis."""
    about = months if months <= ALL_TICKS else 6
    found = axis(0.5, months + 0.5, say.count, _("Month"), about=about, whole=True, exact=True)
    return replace(found, low=0.5 - MARGIN * months)


def _leads(say: Say, inputs: model.Inputs, result: model.Result) -> Plane:
    months = max(len(inputs.leads), len(result.outlook.plan.customers))
    most = max(inputs.leads)
    plane = Plane(_month_axis(say, months), axis(0.0, most, say.compact, _("Leads"), about=3), LEADS_HEIGHT)
    plane.columns([(i + 0.7, i + 1.3, leads) for i, leads in enumerate(inputs.leads)], colour="third")
    return plane


def _customers(say: Say, inputs: model.Inputs, result: model.Result) -> Plane:
    """Draw the mean, the band of chance, and one possible course. This simulates, up to a tenth of a second."""
    mean, complete = certain(all_known(result.outlook.plan.customers)), result.outlook.complete
    drawn = model.chance(inputs.leads, inputs.weights, inputs.rate, inputs.seed)
    low_by_month, middle, high_by_month, one = (
        certain(all_known(row)) for row in (drawn.low, drawn.middle, drawn.high, drawn.one)
    )
    most = max(*high_by_month, *one, *mean)
    plane = Plane(_month_axis(say, len(mean)), axis(0.0, most, say.compact, _("Customers")))
    low, _middle, high = drawn.total
    facts = {"low": say.count(low), "high": say.count(high)}
    band = say(_("Eight of ten draws (in all %(low)s to %(high)s)"), **facts)
    plane.band([(i + 1, a, b) for i, (a, b) in enumerate(zip(low_by_month, high_by_month, strict=True))], band, "third")
    bars = [(i + 0.8, i + 1.2, people) for i, people in enumerate(mean)]
    plane.columns([bars[i] for i in complete], _("Expected, all leads known") if complete else "")
    rest = [bar for i, bar in enumerate(bars) if i not in complete]
    plane.columns(rest, _("Expected, some leads missing") if rest else "", "before")
    plane.line([(i + 1, people) for i, people in enumerate(middle)], _("Median of the draws"), "third", dashed=True)
    course = say(_("One possible course (draw %(n)s)"), n=say.count(int(inputs.seed)))
    plane.dots([(i + 1, people) for i, people in enumerate(one)], course, "what_if")
    return plane


def _outlook_formulas(say: Say, inputs: model.Inputs, found: model.Outlook) -> Blocks:
    month = len(inputs.leads)
    terms = [f"{say.count(leads)} × {say.percent(weight)}" for leads, weight in found.terms[:MOST_TERMS]]
    if len(found.terms) > MOST_TERMS:
        terms.append("…")
    customers = formula(
        say(_("Customers of month %(n)s"), n=say.count(month)),
        term("q · Σ L", Lowered("t−k"), " w", Lowered("k")),
        f"{say.percent(inputs.rate, 2)} × ({' + '.join(terms)})",
        say.figures(found.plan.customers[month - 1], 5),
        where=say(
            _(
                "q: the eventual rate; L: the leads of k months earlier; w: the share of the buyers who buy k months after "
                "their lead."
            )
        ),
    )
    bias = formula(
        say(_("What the same-month ratio shows of the eventual rate")),
        term("Σ ", fraction(term("w", Lowered("k")), term("(1 + G)", Raised("k")))),
        say.percent(found.bias, 2),
        where=say(
            _("G: growth of leads per month, here %(growth)s, steady for a long time."),
            growth=short(say, inputs.growth),
        ),
    )
    return customers + bias


def _months(say: Say, inputs: model.Inputs, found: model.Outlook) -> Blocks:
    plan, size = found.plan, len(inputs.leads)
    rows = [
        [
            say.count(i + 1),
            say.count(inputs.leads[i]) if i < size else "",
            say.count(people),
            say.percent(plan.same_month[i], 2) if i < size else "",
            say.percent(plan.before[i]) if plan.before[i] else "",
            say.percent(plan.after[i]) if plan.after[i] else "",
        ]
        for i, people in enumerate(plan.customers)
    ]
    head = [
        _("Month"),
        _("Leads"),
        _("Expected customers"),
        _("Same-month ratio"),
        _("Missing: share of the lag before the first month"),
        _("Missing: share of the lag after the last month"),
    ]
    return table(_("Month by month"), head, rows)


def _lags(say: Say, found: model.Outlook) -> Blocks:
    rows = [[say.count(lag), say.percent(share)] for lag, share in enumerate(found.plan.weights)]
    return table(_("The lag as it is used"), [_("Months after the lead"), _("Share of the buyers")], rows)
