"""Customer value: the views, what can be set in each, and the way from a counted churn to a value."""

from __future__ import annotations

from dataclasses import replace

from funnel.calculators import customer_value as model
from funnel.facts.businesses import CURRENCIES
from funnel.quantities import certain
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.customer_value import kinds, orders, payback, stay, worth
from statements.calculators.customer_value.words import by, period_names, variant_names
from statements.findings import Findings
from statements.settings import Control, Group, Pick, currency_options, with_currency
from statements.text import _

SLUG = "customer_value"


def picks(inputs: model.Inputs) -> list[Pick]:
    """Which question, and in which units it is told."""
    names = period_names()
    found = [
        Pick(
            "view", _("What to look at"),
            {
                "value": _("Lifetime value"), "orders": _("Without a contract"), "churn": _("Churn and retention"),
                "kinds": _("Two kinds of customers"), "payback": _("Payback"),
            },
        )
    ]  # fmt: skip
    if inputs.view == "value":
        found.append(Pick("variant", _("Variant of the lifetime value"), variant_names(), menu=True))
    if inputs.view == "churn":
        found.append(Pick("basis", _("What is known"), {"counts": _("Customers counted"), "rate": _("The churn rate")}))
        found.append(Pick("counted", _("Over which period"), names))
        return found
    if inputs.view != "orders":
        help_ = _("The business stays the same: money is multiplied, churn is compounded, and so is a discount rate.")
        found.append(
            Pick("period", _("Period of the numbers"), {key: names[key] for key in model.PERIODS}, help=help_,
                 put=model.with_period)
        )  # fmt: skip
    if inputs.view == "value":
        found.append(
            Pick("discount_per", _("The discount rate is per"), {key: names[key] for key in model.PERIODS},
                 put=model.with_discount_per, aside=True)
        )  # fmt: skip
    if inputs.view != "kinds":
        found.append(Pick("currency", _("Currency"), currency_options(CURRENCIES), menu=True, aside=True))
    return found


def groups(inputs: model.Inputs) -> list[Group]:
    """What can be set in the present view."""
    return {"value": _value, "orders": _orders, "churn": _churn, "kinds": _kinds, "payback": _payback}[inputs.view](
        inputs
    )


def _brings(inputs: model.Inputs) -> list[Control]:
    period = inputs.period
    words = by(period, _("Revenue per customer and month (ARPU)"), _("Revenue per customer and year (ARPU)"))
    return [
        Control("arpu", with_currency(words, inputs.currency), "money", high=1e15),
        Control("margin", _("Gross margin, as a share of revenue"), "percent", high=1.0),
        Control(
            "churn", by(period, _("Churn per month"), _("Churn per year")), "percent", high=1.0, slide=(0.0, 0.5, 0.001),
            help=_("Of the customers at the start of the period, the share who leave in it."),
        ),
    ]  # fmt: skip


def _horizon(inputs: model.Inputs, value: float | None) -> model.Inputs:
    return replace(inputs, horizon=float(max(1, round(certain(value)))))


def _years() -> Control:
    return Control(
        "years", _("Years a customer stays (a guess)"), "number", high=100.0, slide=(0.0, 15.0, 0.5),
        help=_("Nobody knows this number beforehand. Try a lower and a higher one."),
    )  # fmt: skip


def _value(inputs: model.Inputs) -> list[Group]:
    discount = by(inputs.discount_per, _("Discount rate per month"), _("Discount rate per year"))
    most = by(inputs.discount_per, 0.05, 0.5)
    time = [
        Control(
            "discount", discount, "percent", high=10.0, slide=(0.0, most, most / 100),
            help=_("How much less money is worth when it comes later. A price discount is something else."),
        ),
        Control(
            "horizon", by(inputs.period, _("Horizon, in months"), _("Horizon, in years")), "count", low=1.0, high=1200.0,
            slide=by(inputs.period, (1.0, 120.0, 1.0), (1.0, 20.0, 1.0)), put=_horizon,
        ),
    ]  # fmt: skip
    return [
        Group(_("What one customer brings"), _brings(inputs)),
        Group(_("Time"), time),
        Group(_("For the simple variant"), [_years()], folded=True),
    ]


def _orders(inputs: model.Inputs) -> list[Group]:
    controls = [
        Control("order", with_currency(_("Average order value"), inputs.currency), "money", high=1e15),
        Control("orders", _("Orders per customer and year"), "number", high=1e6, slide=(0.0, 24.0, 0.1)),
        _years(),
        Control("order_margin", _("Gross margin, as a share of revenue"), "percent", high=1.0),
    ]
    return [Group(_("Buying without a contract"), controls)]


def _churn(inputs: model.Inputs) -> list[Group]:
    first = with_currency(_("At the start of the period"), inputs.currency)
    later = with_currency(_("At its end, new customers left out"), inputs.currency)
    both = [
        Control("revenue_begin", first, "money", high=1e15, optional=True),
        Control("revenue_end", later, "money", high=1e15, optional=True),
    ]
    kept = Group(_("Revenue of the same customers"), both, folded=True)
    if inputs.basis == "rate":
        known = Control("known", _("Churn in this period"), "percent", high=1.0, slide=(0.0, 0.5, 0.001))
        return [Group(_("The churn rate"), [known]), kept]
    counts = [
        Control("begin", _("Customers at the start (B)")),
        Control("lost", _("Of those, lost in the period (X)"), optional=True),
        Control("new", _("New, and there at the end (W)"), optional=True),
        Control("end", _("Customers at the end (E)"), optional=True),
    ]
    return [Group(_("Customers counted"), counts), kept]


def _kinds(inputs: model.Inputs) -> list[Group]:
    churns = by(
        inputs.period,
        (_("First kind: churn per month"), _("Second kind: churn per month")),
        (_("First kind: churn per year"), _("Second kind: churn per year")),
    )
    controls = [
        Control("share", _("First kind: share of all customers at the start"), "percent", high=1.0),
        Control("churn_first", churns[0], "percent", high=1.0),
        Control("churn_second", churns[1], "percent", high=1.0),
    ]
    return [Group(_("Two kinds of customers"), controls)]


def _payback(inputs: model.Inputs) -> list[Group]:
    cost = Control("cac", with_currency(_("Cost of winning a customer (CAC)"), inputs.currency), "money", high=1e15)
    return [Group(_("What a customer costs"), [cost]), Group(_("What one customer brings"), _brings(inputs))]


FINDINGS = {
    "value": worth.findings,
    "orders": orders.findings,
    "churn": stay.findings,
    "kinds": kinds.findings,
    "payback": payback.findings,
}


def findings(inputs: model.Inputs) -> Findings:
    """Say what follows, in the present view."""
    return FINDINGS[inputs.view](inputs, model.compute(inputs))


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the present view as ids and plain numbers."""
    result = model.compute(inputs)
    if inputs.view == "value":
        head = ["variant", "ltv_on_margin", "ltv_on_revenue", "per", "currency"]
        return head, [
            [v.id, v.margin.value, v.revenue.value, inputs.period, inputs.currency] for v in result.worth.variants
        ]
    if inputs.view == "orders":
        return ["form", "ltv", "currency"], [
            ["revenue", result.orders.value.revenue, inputs.currency],
            ["margin", result.orders.value.margin, inputs.currency],
        ]  # fmt: skip
    if inputs.view == "churn":
        head = ["period", "churn", "retention", "multiplied"]
        return head, [[span.period, span.churn, span.retention, span.multiplied] for span in result.stay.spans]
    if inputs.view == "kinds":
        head = [inputs.period, "first_kind_left", "second_kind_left", "all_left", "retention"]
        kept = (None, *result.kinds.mix.retention)
        return head, [[t, *row[:3], kept[t]] for t, row in enumerate(result.kinds.left)]
    head = ["payments", "ltv_so_far", "without_churn", "cac", "per", "currency"]
    return head, [[*row, inputs.cac, inputs.period, inputs.currency] for row in result.back.curve]


CALCULATOR = Calculator(SLUG, model, groups, findings, csv_table, picks, stays=("view",))
