"""The loyalty loop: customers who come back and bring others; and in a second view, carts left behind."""

from __future__ import annotations

from funnel.calculators import loyalty_loop as model
from funnel.facts.businesses import CURRENCIES
from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, Journey, Station, heading
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.loyalty_loop import carts
from statements.calculators.loyalty_loop.sums import formulas, tables, wave_name
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.settings import Control, Group, Pick, currency_options, with_currency
from statements.text import _


def picks(inputs: model.Inputs) -> list[Pick]:
    """Which part of the page, what a referral is counted by, and the currency of that part."""
    money = currency_options(CURRENCIES)
    found = [
        Pick(
            "view", _("What do you want to look at?"),
            {"loop": _("Coming back and bringing others"), "carts": _("Carts left behind")},
        )
    ]  # fmt: skip
    if inputs.view == "carts":
        return [*found, Pick("cart_currency", _("Currency"), money, menu=True)]
    return [
        *found,
        Pick(
            "counted", _("Referrals are counted"),
            {"customer": _("per customer"), "purchase": _("per purchase")},
            help=_("Per purchase, someone who buys more often also brings more people."),
        ),
        Pick("currency", _("Currency"), money, menu=True),
    ]  # fmt: skip


def groups(inputs: model.Inputs) -> list[Group]:
    """The paid customers and the two loops; or the carts."""
    if inputs.view == "carts":
        return carts.groups(inputs)
    per_customer = inputs.counted == "customer"
    return [
        Group(
            _("Paid for"),
            [
                Control("customers", _("New customers that were paid for")),
                Control(
                    "cost", with_currency(_("What marketing and sales spent on them"), inputs.currency), "money", high=1e15
                ),
            ],
        ),
        Group(
            _("The two loops"),
            [
                Control(
                    "repeat", _("Purchases followed by another one"), "percent", high=3, slide=(0, 1.1, 0.01),
                    help=_("Of all purchases, the first and the later ones, the share after which the customer buys again."),
                ),
                Control(
                    "refer",
                    _("New customers brought, as a share of customers")
                    if per_customer
                    else _("New customers brought, as a share of purchases"),
                    "percent", high=3, slide=(0, 1.5, 0.01),
                    help=_("Only those who really became customers count, not everyone who was told."),
                ),
            ],
        ),
        Group(
            _("Where the sum ends"),
            [
                Control("most", _("Purchases counted at most"), "number", low=1, high=1000, slide=(1, 20, 1)),
                Control("discount", _("Discount rate from one purchase to the next"), "percent", high=1),
            ],
            folded=True,
            note=_("Two ways to count later purchases more carefully: not beyond a number, or each one for a little less."),
        ),
    ]  # fmt: skip


def findings(inputs: model.Inputs) -> Findings:
    """Say what the paid customers become, draw the loop and its waves; or speak about the carts."""
    result = model.compute(inputs)
    if inputs.view == "carts":
        return carts.findings(Say(inputs.cart_currency), inputs, result)
    say = Say(inputs.currency)
    return Findings(
        headline=_headline(say, inputs, result),
        figures=_figures(say, result),
        notes=_notes(say, inputs, result),
        charts=_charts(say, inputs, result),
        body=_journey(say, inputs, result) + formulas(say, inputs, result) + tables(say, inputs, result),
    )


def _headline(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    loop = result.loop
    if "repeat" in loop.diverges:
        return say(_("If every purchase led to another, nobody would ever stop buying: the sum has no end."))
    if "refer" in loop.diverges:
        return say(
            _("Each customer brings %(q)s new ones, so every wave is at least as large as the one before: the sum has no end."),
            q=say.figures(result.refer),
        )  # fmt: skip
    if not inputs.customers:
        return say(_("Without a first customer there is nobody to come back or to bring others."))
    if not inputs.refer:
        return say.plural(
            "The %(n)s customer you paid for buys %(times)s times in the end and brings nobody.",
            "The %(n)s customers you paid for buy %(times)s times in the end and bring nobody.",
            inputs.customers, times=say.count(loop.purchases),
        )  # fmt: skip
    said = say.plural(
        "The %(n)s customer you paid for becomes %(all)s in the end, who buy %(times)s times.",
        "The %(n)s customers you paid for become %(all)s in the end, who buy %(times)s times.",
        inputs.customers, all=say.count(loop.customers), times=say.count(loop.purchases),
    )  # fmt: skip
    if not inputs.cost:
        return said
    return f"{said} " + say(
        _("Shared among all of them, each cost %(less)s instead of %(cac)s."),
        less=say.money(loop.effective_cac), cac=say.money(result.cac),
    )  # fmt: skip


def _figures(say: Say, result: model.Result) -> list[KeyFigure]:
    loop = result.loop
    return [
        KeyFigure(_("Effective CAC"), say.money(loop.effective_cac), say(_("instead of %(cac)s"), cac=say.money(result.cac))),
        KeyFigure(_("Customers in all"), say.count(loop.customers), say(_("paid for and brought by others"))),
        KeyFigure(_("Purchases in all"), say.count(loop.purchases)),
        KeyFigure(
            _("Purchases per customer"), say.decimal(loop.purchases_per_customer, 2), say(_("the first one included"))
        ),
    ]  # fmt: skip


def _notes(say: Say, inputs: model.Inputs, result: model.Result) -> list[str]:
    notes, loop = [], result.loop
    if "refer" in loop.diverges:
        notes.append(
            say(
                _(
                    "From %(one)s new customer per customer on, there is no total to name. Real markets do not do that for "
                    "long: soon the people who could be brought are customers already, and the number brought falls."
                ),
                one=say.count(1),
            )
        )
    if result.outgrown is not None:
        notes.append(
            say(
                _("At this pace, wave %(n)s would be more people than live on Earth (%(world)s). Read the first waves only."),
                n=say.count(result.outgrown), world=say.compact(model.PEOPLE_ON_EARTH),
            )
        )  # fmt: skip
    if "repeat" in loop.diverges:
        notes.append(
            say(
                _(
                    "A rate of %(all)s or more would mean that no customer ever leaves. With a limit of purchases, or a "
                    "discount, there is a sum: see the table of purchases."
                ),
                all=say.percent(1),
            )
        )
        if inputs.counted == "purchase":
            notes.append(say(_("Without an end to the purchases, the people brought per customer have no end either.")))
    if inputs.customers and not inputs.repeat and not inputs.refer:
        notes.append(say(_("Nobody comes back and nobody brings anyone: the customers paid for are all there are.")))
    if result.cac is None:
        notes.append(say(_("Without a customer there is no cost per customer: it is not defined.")))
    notes.append(
        say(
            _(
                "Customers who were brought are taken to buy and to bring others just as the paid ones do. How long a wave "
                "takes is left out: the sums are what it comes to in the end, not in this window."
            )
        )
    )
    return notes


def _charts(say: Say, inputs: model.Inputs, result: model.Result) -> list[Bars]:
    """Return who comes in wave by wave, and how often the paid customers buy; each only where its loop turns."""
    found = []
    if inputs.refer and result.longest:
        bars = Bars()
        for i, (wave, running) in enumerate(zip(result.waves, result.running, strict=True)):
            facts = {"wave": wave_name(say, i), "count": say.count(wave), "sum": say.count(running)}
            note = _("%(wave)s: %(count)s · %(sum)s so far") % facts if i else _("%(wave)s: %(count)s") % facts
            title = "" if i else _("Who comes in, wave by wave")
            bars.add(title, note, certain(wave) / result.longest, kind="what_if" if i else "now")
        found.append(bars)
    if inputs.repeat and inputs.customers:
        bars = Bars()
        for i, buyers in enumerate(result.again):
            note = _("Purchase %(number)s: %(count)s") % {"number": say.count(i + 1), "count": say.count(buyers)}
            title = "" if i else _("Who buys again")
            bars.add(title, note, buyers / result.most_again, kind="what_if" if i else "now")
        found.append(bars)
    return found


def _journey(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Draw the journey as a loop: boxes with arrows onward, and two that turn back."""
    loop = result.loop
    endless = say(_("no end"))

    def total(value: float | None) -> str:
        return endless if value is None and inputs.customers else say.count(value)

    per_customer = inputs.counted == "customer"
    brought = (
        _("each brings %(q)s new ones on average")
        if per_customer
        else _("each purchase brings %(q)s new ones on average")
    )
    stations = [
        Station(_("Paid for"), say.count(inputs.customers)),
        Station(_("Customers in all"), total(loop.customers), say(brought, q=say.figures(inputs.refer))),
        Station(
            _("Purchases in all"), total(loop.purchases),
            say(_("after %(rho)s of purchases, another one"), rho=say.percent(inputs.repeat)),
        ),
    ]  # fmt: skip
    note = say(
        _(
            "Whoever buys again need not weigh the choices anew: enjoy, recommend, feel attached, buy. That is the inner loop "
            "of the journey (D. Edelman); the funnel alone would end at the first purchase."
        )
    )
    return [*heading(_("The journey as a loop"), note), Journey(stations)]


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the waves, or the carts, as ids and plain numbers."""
    result = model.compute(inputs)
    if inputs.view == "carts":
        return carts.csv_table(inputs, result)
    rows = zip(result.waves, result.running, strict=True)
    return ["wave", "new_customers", "customers_so_far"], [[i, *row] for i, row in enumerate(rows)]


CALCULATOR = Calculator("loyalty_loop", model, groups, findings, csv_table, picks, charts=2)
