"""Carts left behind: how many, what winning some of them back brings, and what a rebate takes away again."""

from __future__ import annotations

from funnel.calculators import loyalty_loop as model
from statements.bars import Bars
from statements.blocks import Apart, Blocks, formula, fraction, heading, table, term
from statements.calculator import TableOfNumbers
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.settings import Control, Group, with_currency
from statements.text import _


def groups(inputs: model.Inputs) -> list[Group]:
    """The carts, the reminder, and folded what it costs."""
    unit = inputs.cart_currency
    return [
        Group(
            _("Carts"),
            [
                Control(
                    "carts", _("Carts, or other purchases begun"),
                    help=_("In shops, carts with something in them; elsewhere, forms sent or samples taken."),
                ),
                Control("orders", _("Orders that came of them")),
            ],
        ),
        Group(
            _("The reminder"),
            [
                Control("recovery", _("Won back, as a share of abandoned carts"), "percent", high=1),
                Control("sale", with_currency(_("Average order value"), unit), "money", high=1e15),
            ],
        ),
        Group(
            _("What is left of it"),
            [
                Control("margin", _("Gross margin, as a share of the price"), "percent", high=1),
                Control("rebate", _("Rebate in the reminder, as a share of the price"), "percent", high=1),
                Control("anyway", _("Would have come anyway, as a share of those won back"), "percent", high=1),
            ],
            folded=True,
        ),
    ]  # fmt: skip


def findings(say: Say, inputs: model.Inputs, result: model.Result) -> Findings:
    """Say how many carts became nothing, and what a reminder changes."""
    return Findings(
        headline=_headline(say, inputs, result),
        figures=_figures(say, result),
        notes=_notes(say, inputs, result),
        charts=[_bars(say, inputs, result)] if result.lost.recovered is not None and inputs.carts else [],
        body=_formulas(say, inputs, result) + _table(say, inputs, result),
    )


def _headline(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    lost = result.lost
    if lost.without_cart:
        return say(_("There are more orders than carts, so some orders came without a cart that was counted."))
    if lost.rate is None:
        return say(_("Without a single cart there is no share of carts that was abandoned: it is not defined."))
    said = say.plural(
        "%(rate)s of the carts became no order: %(n)s of %(carts)s.",
        "%(rate)s of the carts became no order: %(n)s of %(carts)s.",
        lost.abandoned, rate=say.percent(lost.rate), carts=say.count(inputs.carts),
    )  # fmt: skip
    return f"{said} " + say.plural(
        "Winning back %(share)s of those brings %(n)s order, worth %(value)s.",
        "Winning back %(share)s of those brings %(n)s orders, worth %(value)s.",
        lost.recovered, share=say.percent(inputs.recovery), value=say.money(lost.recovered_value),
    )  # fmt: skip


def _figures(say: Say, result: model.Result) -> list[KeyFigure]:
    lost = result.lost
    worth = say(_("worth %(value)s"), value=say.money(lost.recovered_value))
    return [
        KeyFigure(_("Cart abandonment"), say.percent(lost.rate), say(_("of all carts in the window"))),
        KeyFigure(_("Abandoned carts"), say.count(lost.abandoned)),
        KeyFigure(_("Orders won back"), say.count(lost.recovered), worth),
        KeyFigure(_("Gross profit of the reminder"), say.money(result.gain), say(_("after the rebate"))),
    ]  # fmt: skip


def _notes(say: Say, inputs: model.Inputs, result: model.Result) -> list[str]:
    notes, lost = [], result.lost
    if lost.without_cart:
        notes.append(
            say(
                _(
                    "A rate below %(zero)s is a sign that the two numbers count different things: orders by phone, a “buy "
                    "now” button that skips the cart, or carts of another window."
                ),
                zero=say.percent(0),
            )
        )
    elif result.gain is not None and result.gain < 0:
        notes.append(
            say(
                _(
                    "The rebate costs more than the orders bring. From a rebate of %(limit)s on, the reminder loses money: "
                    "everyone who answers gets it, also those who would have come anyway."
                ),
                limit=say.percent(result.limit),
            )
        )
    notes.append(
        say(
            _(
                "An abandoned cart is not a lost sale. Many carts are for comparing, for adding up, for later; so the share "
                "that can be won back is small, and some of it would have come back by itself."
            )
        )
    )
    notes.append(
        say(
            _(
                "A reminder needs the person’s consent. Carts and orders belong to one window; in the examples, a month or "
                "a quarter."
            )
        )
    )
    return notes


def _bars(say: Say, inputs: model.Inputs, result: model.Result) -> Bars:
    bars = Bars()
    bars.add(_("Carts"), say.count(inputs.carts), 1.0)
    bars.add(
        _("Orders"),
        _("%(count)s · %(rate)s of all carts") % {"count": say.count(inputs.orders), "rate": say.percent(result.kept)},
        result.kept,
        until=1.0,
    )
    bars.add(
        _("Orders, with those won back"),
        _("%(count)s · %(rate)s of all carts")
        % {"count": say.count(result.orders_after), "rate": say.percent(result.rate_after)},
        result.rate_after, kind="what_if", until=1.0,
    )  # fmt: skip
    return bars


def _formulas(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    lost = result.lost
    if lost.rate is None:
        return []
    said = formula(
        say(_("Cart abandonment")), term(Apart(say.count(1)), " − ", fraction("Q", "A")),
        term(Apart(say.count(1)), " − ", fraction(say.count(inputs.orders), say.count(inputs.carts))),
        say.percent(lost.rate),
        where=say(_("A: carts; Q: orders that came of them.")),
    )  # fmt: skip
    if lost.recovered is None:
        return said
    share, count = Apart(say.percent(inputs.recovery)), Apart(say.count(lost.abandoned))
    return said + formula(
        say(_("Orders won back")), "v · (A − Q)",
        term(share, " × ", count), say.figures(lost.recovered, 5),
        where=say(_("v: the share of abandoned carts that is won back.")),
    )  # fmt: skip


def _table(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the way from the orders won back to what they leave."""
    lost = result.lost
    if lost.recovered is None:
        return []
    rows = [
        [say(_("won back")), say.figures(lost.recovered, 5), say.money(lost.recovered_value)],
        [say(_("of these, would have come anyway")), say.figures(result.anyway, 5), ""],
        [say(_("brought by the reminder alone, and their margin")), say.figures(result.extra, 5), say.money(result.margin_won)],
        [say(_("rebate for everyone who came back")), "", say.money(result.given_away)],
        [say(_("left: the gross profit of the reminder")), "", say.money(result.gain)],
    ]  # fmt: skip
    note = say(
        _(
            "The reminder pays as long as the rebate stays below %(limit)s of the price. What sending it costs is not counted."
        ),
        limit=say.percent(result.limit),
    )
    return heading(_("What the reminder leaves"), note) + table(
        _("From the orders won back to the gross profit"),
        [_("Step"), _("Orders"), _("Amount")],
        rows,
        marked=len(rows) - 1,
    )


def csv_table(inputs: model.Inputs, result: model.Result) -> TableOfNumbers:
    """Return the carts as ids and plain numbers."""
    lost = result.lost
    rows: list[list[object]] = [
        ["carts", inputs.carts], ["orders", inputs.orders], ["abandonment", lost.rate], ["abandoned", lost.abandoned],
        ["recovered_orders", lost.recovered], ["recovered_value", lost.recovered_value], ["margin_won", result.margin_won],
        ["rebate", result.given_away], ["gross_profit", result.gain],
    ]  # fmt: skip
    return ["what", "value"], rows
