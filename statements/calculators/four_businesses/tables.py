"""Four businesses, one budget, below the picture: the table, the causes, and what each business starts from."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import four_businesses as model
from statements.blocks import Apart, Blocks, Items, Paragraph, Table, formula, heading, table, term
from statements.say import Say
from statements.text import _, name


def name_of(business: str) -> str:
    """Return the short name of a business."""
    return {
        "s1-ecom-sar": _("Online shop"),
        "s2-saas-usd": _("SaaS subscription"),
        "s8-wholesale-irt": _("Wholesale"),
        "s4-clinic-aed": _("Dental clinic"),
    }[business]


def names(say: Say, ids: Sequence[str]) -> str:
    """Return the names of some businesses; a dash for none."""
    return say.join([name_of(one) for one in ids]) if ids else say.dash


def back_in(say: Say, one: model.Business) -> str:
    """Say in which month all the money is back."""
    if one.back is not None:
        return say(_("month %(n)s"), n=say.count(one.back))
    if one.never:
        return say(_("never"))
    return say(_("after month %(n)s"), n=say.count(model.LONGEST))


def body(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return what stands below the picture."""
    return (
        _returns(say, inputs, result)
        + heading(_("Why the answers differ"))
        + _why(say, result)
        + _product(say, inputs, result)
        + _without(say, inputs, result)
        + heading(_("What they start from"))
        + _starts(say, inputs, result)
    )


def _marked(inputs: model.Inputs) -> int:
    return model.IDS.index(inputs.shown)


def _returns(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    def after(months: int) -> str:
        return say.plural("After %(n)s month", "After %(n)s months", months)

    later = result.months != model.YEAR
    rows = []
    for one in result.businesses:
        row = [name_of(one.id), back_in(say, one), say.percent(one.at_year, 0)]
        row += [say.percent(one.at_end, 0)] if later else []
        rows.append([*row, say.percent(one.limit, 0)])
    head = [_("Business"), _("All money back"), after(model.YEAR), *([after(result.months)] if later else [])]
    caption = _("Gross margin that has come back, as a share of the budget")
    return table(caption, [*head, _("In the very end")], rows, marked=_marked(inputs))


def _why(say: Say, result: model.Result) -> Blocks:
    """Say in sentences what puts the first first and the best ahead."""
    if not result.best_end:
        return []
    four = {one.id: one for one in result.businesses}
    best = four[result.best_end[0]]
    said = []
    if result.first_back:
        first = four[result.first_back[0]]
        facts = {"name": name_of(first.id), "share": say.percent(first.first, 0), "lag": say.figures(first.lag)}
        if first.lag == 0:
            said.append(
                say(
                    _(
                        "First: %(name)s. One purchase brings back %(share)s of what winning the customer cost, and it "
                        "comes at once."
                    ),
                    **facts,
                )
            )
        else:
            said.append(
                say(
                    _(
                        "First: %(name)s. One purchase brings back %(share)s of what winning the customer cost, and it "
                        "comes soon: the lag is %(lag)s months on average."
                    ),
                    **facts,
                )
            )
    if result.first_back != result.best_end:
        said.append(
            say(
                _(
                    "Most: %(name)s. A purchase brings back %(share)s, but in the time shown a customer makes "
                    "%(times)s of them, those who stop included."
                ),
                name=name_of(best.id),
                share=say.percent(best.first, 0),
                times=say.decimal(best.purchases, 2),
            )
        )
    slow = [
        one for one in result.businesses if (one.back is None or one.back > model.YEAR) and one.orders_back is not None
    ]
    for one in slow:
        facts = {
            "name": name_of(one.id),
            "share": say.percent(one.first),
            "times": say.decimal(one.orders_back, 1),
            "limit": say.percent(one.limit, 0),
        }
        if one.never:
            said.append(
                say(_("Never: %(name)s. %(times)s purchases would be needed, and customers leave sooner."), **facts)
            )
        elif one.limit is None:
            said.append(
                say(
                    _("Slow: %(name)s. A payment brings back only %(share)s, so %(times)s of them are needed."), **facts
                )
            )
        else:
            said.append(
                say(
                    _(
                        "Slow: %(name)s. A payment brings back only %(share)s, so %(times)s of them are needed, "
                        "and some customers leave before. Those who stay keep paying: in the very end it is "
                        "%(limit)s."
                    ),
                    **facts,
                )
            )
    return [Items(said)]


def _product(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    own = result.businesses[_marked(inputs)]
    when = say.plural("Back after %(n)s month", "Back after %(n)s months", result.months)
    shown = formula(
        say(_("%(name)s, for each unit spent"), name=name_of(own.id)),
        "g · P / CAC · n",
        term(Apart(say.percent(own.first)), " × ", Apart(say.decimal(own.purchases, 2))),
        say.percent(own.at_end, 0),
        where=say(
            _(
                "g: gross margin; P: price of a purchase or of a month; n: purchases per customer in the time "
                "shown, lag included."
            )
        ),
    )
    rows = [
        [
            name_of(one.id),
            say.percent(one.first),
            say.figures(one.lag),
            say.decimal(one.purchases, 2),
            say.percent(one.at_end, 0),
        ]
        for one in result.businesses
    ]
    head = [
        _("Business"),
        _("Back with one purchase (of the cost of winning the customer)"),
        _("Lag, months"),
        _("Purchases per customer"),
        when,
    ]
    return shown + table(_("Margin, lag and repeats together"), head, rows, marked=_marked(inputs))


def _without(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    rows = [
        [
            name_of(one.id),
            say.percent(one.at_end, 0),
            say.percent(one.no_lag, 0),
            say.percent(one.once, 0),
            say.percent(one.as_revenue, 0),
        ]
        for one in result.businesses
    ]
    head = [_("Business"), _("As it is"), _("With no lag"), _("If nobody bought again"), _("If revenue were margin")]
    caption = say.plural(
        "What is back after %(n)s month, of the budget, with one cause taken away",
        "What is back after %(n)s months, of the budget, with one cause taken away",
        result.months,
    )
    said = say(_("The last column is the flattering one: it forgets that the goods have to be paid for."))
    return [Table(caption, head, rows, marked=_marked(inputs)), Paragraph(said)]


def _starts(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    rows = []
    for one in result.businesses:
        own = Say(one.currency)
        rows.append(
            [
                name("presets", one.id),
                own.money(one.per_top),
                say.percent(one.overall),
                own.money(one.cac),
                own.money(one.unit),
                say.decimal(one.orders_back, 2),
            ]
        )
    head = [
        _("Business (fictional), in its own currency"),
        _("Spent for each one at the top"),
        _("Overall rate"),
        _("CAC"),
        _("Gross margin of a purchase"),
        _("Purchases that bring the CAC back"),
    ]
    said = say(_("Spent is marketing and sales. For the subscription, a purchase is the payment of one month."))
    return [Table(_("The presets, with your changes"), head, rows, marked=_marked(inputs)), Paragraph(said)]
