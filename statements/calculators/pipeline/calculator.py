"""Pipeline and forecast: four questions about time in the funnel, one view each."""

from __future__ import annotations

from collections.abc import Callable

from funnel.calculators import pipeline as model
from funnel.facts.businesses import CURRENCIES
from funnel.quantities import COUNT, DURATION, MONEY
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.pipeline.cycle import cycle
from statements.calculators.pipeline.deals import coverage, stage_names, velocity
from statements.calculators.pipeline.forecast import outlook
from statements.fields import list_text
from statements.findings import Findings
from statements.reader import reader
from statements.settings import Control, Group, Pick, currency_options, with_currency
from statements.text import _

SLUG = "pipeline"
VIEWS: dict[str, Callable[[model.Inputs, model.Result], Findings]] = {
    "velocity": velocity, "coverage": coverage, "cycle": cycle, "forecast": outlook,
}  # fmt: skip


def picks(inputs: model.Inputs) -> list[Pick]:
    """The question, and where there is money the currency."""
    views = {
        "velocity": _("Velocity"),
        "coverage": _("Coverage"),
        "cycle": _("Open deals and cycle"),
        "forecast": _("Forecast"),
    }
    found = [Pick("view", _("What do you want to know?"), views)]
    if inputs.view in ("velocity", "coverage"):
        found.append(Pick("currency", _("Currency"), currency_options(CURRENCIES), menu=True, aside=True))
    return found


def groups(inputs: model.Inputs) -> list[Group]:
    """Return the numbers that the view needs."""
    return {"velocity": _velocity, "coverage": _coverage, "cycle": _cycle, "forecast": _forecast}[inputs.view](inputs)


def _velocity(inputs: model.Inputs) -> list[Group]:
    four = [
        Control("opportunities", _("Open qualified opportunities"), high=COUNT.high),
        Control("value", with_currency(_("Average deal value"), inputs.currency), "money", high=MONEY.high),
        Control(
            "win_rate", _("Win rate, as a share of opportunities"), "percent", high=1.0,
            help=_("Of all opportunities that were decided, how many were won."),
        ),
        Control(
            "cycle", _("Sales cycle, in days"), "number", high=DURATION.high,
            help=_("Mean days from first contact to won."),
        ),
    ]  # fmt: skip
    lift = Control(
        "lift", _("Each lever better by"), "percent", low=model.LIFT.low, high=model.LIFT.high, slide=(0.01, 0.5, 0.01)
    )
    return [Group(_("The four levers"), four), Group(_("Size of the improvement"), [lift], folded=True)]


def _coverage(inputs: model.Inputs) -> list[Group]:
    names = stage_names()
    period = [
        Control("target", with_currency(_("Target still to be won"), inputs.currency), "money", high=MONEY.high),
        Control(
            "value_rate", _("Win rate, as a share of open value"), "percent", high=1.0,
            help=_("By value, not by number of deals: large deals are often won more rarely."),
        ),
        Control(
            "in_period", _("Of what is won, share that closes within the period"), "percent", high=1.0,
            help=_("Open deals that will be won later do not help this period."),
        ),
    ]  # fmt: skip
    values = [
        Control("values", with_currency(name, inputs.currency), "money", i, high=model.OPEN_VALUE.high)
        for i, name in enumerate(names)
    ]
    chances = [Control("chances", name, "percent", i, high=1.0) for i, name in enumerate(names)]
    return [
        Group(_("The period"), period),
        Group(_("Open value by stage"), values),
        Group(
            _("Chance to win, by stage"), chances, folded=True,
            note=_("The share of the deals that once stood in this stage and were won in the end, from your own records."),
        ),
    ]  # fmt: skip


def _cycle(inputs: model.Inputs) -> list[Group]:
    days = Control(
        "won", _("Days of each deal; a + marks one that is still open"), "list", marked="still_open", tall=True,
        high=model.DAYS.high, most=model.MOST_DAYS,
        help=_(
            "From first contact to won. For a deal that is still open, type its days so far and a plus sign, such as "
            "%(example)s. Leave lost deals out."
        ) % {"example": reader().numbers.isolate(list_text((), (96,)))},
    )  # fmt: skip
    flow = [
        Control("arrivals", _("New deals per week"), high=model.ARRIVALS.high),
        Control(
            "stay", _("Days in the pipeline, on average"), "number", high=model.DAYS.high,
            help=_("From entering the pipeline to leaving it, of all deals, won or lost."),
        ),
    ]  # fmt: skip
    return [Group(_("How long deals take"), [days]), Group(_("How many are open"), flow)]


def _forecast(inputs: model.Inputs) -> list[Group]:
    months = [
        Control(
            "leads", _("Leads by month, oldest first"), "list", high=model.LEADS.high, least=1, most=model.MOST_MONTHS
        ),
        Control(
            "weights", _("Lag: shares of the buyers, from the same month on"), "list", high=model.WEIGHT.high, least=1,
            most=model.MOST_LAGS,
            help=_(
                "Of all who buy in the end: which share buys in the month of the lead, one month later, two months "
                "later, and so on. Shares that do not sum to one are scaled."
            ),
        ),
        Control(
            "rate", _("Eventual rate: share of the leads that buys in the end"), "percent", high=1.0,
            slide=(0.0, 0.25, 0.001),
        ),
    ]  # fmt: skip
    growth = Control("growth", _("Growth of leads per month"), "percent", high=1.0, slide=(0.0, 0.5, 0.01))
    return [
        Group(_("Leads and their lag"), months),
        Group(_("If leads grow"), [growth], note=_("For the same-month ratio only; the forecast uses the list.")),
    ]


def findings(inputs: model.Inputs) -> Findings:
    """Return what the view has found."""
    return VIEWS[inputs.view](inputs, model.compute(inputs))


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the view's table as ids and plain numbers."""
    result = model.compute(inputs)
    if inputs.view == "velocity":
        head = ["lever", "now", "then", "velocity_per_day", "gain_per_day", "relative_change"]
        return head, [[one.lever, one.now, one.then, one.velocity, one.gain, one.change] for one in result.flow.levers]
    if inputs.view == "coverage":
        rows = zip(range(1, model.STAGES + 1), inputs.values, inputs.chances, result.cover.weighted, strict=True)
        return ["stage", "open_value", "win_probability", "weighted_value"], [list(row) for row in rows]
    if inputs.view == "cycle":
        curve = result.time.curve
        course = zip(curve.days, curve.at_risk, curve.won, curve.shares, strict=True)
        return ["days", "deals_at_risk", "won", "share_still_open"], [list(row) for row in course]
    plan, drawn = result.outlook.plan, model.chance(inputs.leads, inputs.weights, inputs.rate, inputs.seed)
    head = ["month", "leads", "expected_customers", "low_10", "median", "high_90", "same_month_ratio",
            "earlier_leads_missing", "later_leads_missing"]  # fmt: skip
    blank = (None,) * (len(plan.customers) - len(inputs.leads))
    columns = (
        range(1, len(plan.customers) + 1), inputs.leads + blank, plan.customers, drawn.low, drawn.middle, drawn.high,
        plan.same_month + blank, plan.before, plan.after,
    )  # fmt: skip
    return head, [list(row) for row in zip(*columns, strict=True)]


CALCULATOR = Calculator(SLUG, model, groups, findings, csv_table, picks, charts=2, stays=("view",))
