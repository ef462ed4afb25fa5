"""Customer value without a contract: order value times frequency times years, and how much hangs on the guess."""

from __future__ import annotations

from funnel.calculators import customer_value as model
from statements.bars import Bars
from statements.blocks import Blocks, between, formula, heading, table
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.text import _


def findings(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say what the simple transactional formula gives, and how much hangs on the guessed years."""
    say, made = Say(inputs.currency), result.orders
    got = made.value
    facts = {
        "margin": say.money(got.margin), "revenue": say.money(got.revenue),
        "orders": say.plural("%(n)s order", "%(n)s orders", made.count),
        "years": say.plural("%(n)s year", "%(n)s years", inputs.years),
    }  # fmt: skip
    headline = say(_("The lifetime value (LTV) is %(margin)s: the margin of %(orders)s in %(years)s."), **facts)
    if got.revenue > got.margin:
        headline += " " + say(_("The revenue of %(revenue)s is the flattering form."), **facts)
    figures = [
        KeyFigure(_("Lifetime value (LTV)"), say.money(got.margin), _("on margin")),
        KeyFigure(_("If revenue were counted"), say.money(got.revenue)),
        KeyFigure(_("Orders expected"), say.count(made.count), facts["years"]),
        KeyFigure(_("Margin per order"), say.money(made.margin_per_order)),
    ]
    notes = [
        say(
            _(
                "How long a customer keeps buying is a guess here, and often the frequency too. Halve the years, and "
                "the value is halved."
            )
        ),
        say(
            _(
                "Customers without a contract do not cancel: they fall silent. Whoever has not bought for a while may "
                "be gone or only waiting, so churn cannot simply be counted."
            )
        ),
        say(_("Nothing is discounted, and the cost of winning the customer is not taken off.")),
    ]
    if inputs.source == "s7-ngo-usd":
        notes.insert(
            0,
            say(
                _(
                    "In this example the customers are donors and an order is a single gift; one gift a year is a guess too."
                )
            ),
        )
    if got.margin == 0:
        notes.insert(0, say(_("One of the four numbers is zero, so the product is zero.")))
    bars = _bars(say, made)
    block = formula(
        _("Lifetime value (LTV)"),
        "a · f · y · g",
        between(" × ", [say.figures(x, 7) for x in (inputs.order, inputs.orders, inputs.years, inputs.order_margin)]),
        say.figures(got.margin, 7),
        where=say(
            _(
                "a: average order value; f: orders per year; y: years, guessed; g: gross margin. Without g it is the "
                "revenue form."
            )
        ),
    )
    return Findings(headline, figures, notes, [bars] if got.revenue > 0 else [], block + _years_table(say, made))


def _bars(say: Say, made: model.Orders) -> Bars:
    got, bars = made.value, Bars()
    longest = max(got.revenue, made.double) or 1.0
    for title, amount, kind in (
        (_("Revenue (the flattering form)"), got.revenue, "before"), (_("Margin"), got.margin, "now"),
        (_("Margin, if the years are half as many"), made.half, "what_if"),
        (_("Margin, if the years are twice as many"), made.double, "what_if"),
    ):  # fmt: skip
        bars.add(title, say.money(amount), amount / longest, kind=kind)
    return bars


def _years_table(say: Say, made: model.Orders) -> Blocks:
    rows = [
        [
            say.plural("%(n)s year", "%(n)s years", years),
            say.count(orders),
            say.money(one.margin),
            say.money(one.revenue),
        ]
        for years, orders, one in made.guesses
    ]
    head = [_("Years guessed"), _("Orders expected"), _("LTV on margin"), _("On revenue")]
    return heading(_("Other guesses")) + table(_("The same customer, other years"), head, rows)
