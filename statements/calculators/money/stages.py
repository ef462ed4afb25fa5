"""Money, the first question: what a person at each stage cost, and what a new customer cost in all."""

from __future__ import annotations

from statements.blocks import Blocks, Lowered, formula, fraction, table, term
from statements.calculators.money.words import Words, bars_of, names_of
from statements.findings import Findings, KeyFigure
from statements.text import _


def findings(words: Words) -> Findings:
    """Say what a person at each stage cost."""
    say, result, inputs = words.say, words.result, words.inputs
    figures = [
        KeyFigure(
            _("CAC, marketing and sales"),
            say.money(result.cac),
            say(_("for each one at “%(last)s”"), last=words.names[-1]),
        ),
        KeyFigure(
            _("CPA, marketing alone"), say.money(result.cpa), say(_("for each one at “%(last)s”"), last=words.names[-1])
        ),
    ]
    if words.lead is not None:
        note = say(_("for each one at “%(lead)s”"), lead=words.lead)
        figures.append(KeyFigure(_("CPL, marketing alone"), say.money(result.cpl), note))
    figures.append(KeyFigure(_("Spent in all"), say.money(result.invested), words.when))

    def each(cost: float | None, count: float | None) -> str:
        facts = {"cost": say.money(cost), "n": say.count(count)}
        return say(_("not defined") if cost is None else _("%(cost)s for each of %(n)s"), **facts)

    bars = [
        (name, each(cost, count), cost, "now")
        for name, cost, count in zip(names_of(inputs), result.costs, inputs.counts, strict=True)
    ]
    bars.append((_("With sales cost: CAC"), say.money(result.cac), result.cac, "what_if"))
    return Findings(
        headline=_headline(words),
        figures=figures,
        notes=_notes(words),
        charts=[bars_of(say, bars)],
        body=_formulas(words) + _table(words),
    )


def _headline(words: Words) -> str:
    say, result, inputs = words.say, words.result, words.inputs
    facts = {"when": words.when, "last": words.names[-1], "spent": say.money(inputs.marketing)}
    if result.customers is None:
        return say(_("Enter the people at “%(last)s”; without them no cost per customer is defined."), **facts)
    if result.cac is None:
        return say(
            _(
                "Nobody reached “%(last)s” %(when)s, so a cost per customer is not defined: the money is spent, and "
                "there is nobody to divide it by."
            ),
            **facts,
        )
    return say(
        _(
            "Marketing spent %(spent)s %(when)s: %(cpa)s for each one at “%(last)s”. With the sales cost it comes "
            "to %(cac)s, the customer acquisition cost (CAC)."
        ),
        cpa=say.money(result.cpa),
        cac=say.money(result.cac),
        **facts,
    )


def _notes(words: Words) -> list[str]:
    say, result, inputs = words.say, words.result, words.inputs
    notes = []
    above = zip(words.names[:-1], inputs.counts[:-1], strict=True)
    if nobody := [say(_("“%(stage)s”"), stage=name) for name, count in above if count == 0]:
        sentence = _("Nobody is at %(stages)s, so a cost there is not defined. It is not zero: the money was spent.")
        notes.append(say(sentence, stages=say.join(nobody)))
    if inputs.marketing == 0:
        notes.append(
            say(_("With no marketing cost every stage seems free. That says only that unpaid time was not counted."))
        )
    if inputs.sales == 0 and result.cac is not None:
        notes.append(
            say(
                _(
                    "No sales cost is counted, so CAC equals CPA. If somebody talks to customers, that time belongs here."
                )
            )
        )
    notes += words.spoken()
    notes.append(
        say(
            _(
                "Cost and customers have to belong together. Where a sale takes longer than the period, a part of this "
                "money has won customers who are not counted yet."
            )
        )
    )
    return notes


def _formulas(words: Words) -> Blocks:
    say, result, inputs = words.say, words.result, words.inputs
    if result.cac is None:
        return []
    customers = say.count(result.customers)
    said = formula(
        say(_("Cost for each one at a stage")),
        term("CP", Lowered("i")),
        fraction("M", term("N", Lowered("i"))),
        fraction(say.figures(inputs.marketing, 7), customers),
        say.money(result.cpa),
        where=say(_("M: marketing cost; N: people at the stage, here “%(last)s”."), last=words.names[-1]),
    )
    before, rate = result.costs[-2], result.rates[-1]
    if before is not None and rate:
        said += formula(
            say(_("The same from the stage before")),
            term("CP", Lowered("i")),
            fraction(term("CP", Lowered("i-1")), term("r", Lowered("i"))),
            fraction(say.figures(before, 6), say.figures(rate, 6)),
            say.money(result.cpa),
            where=say(_("r: the step rate. Whoever does not go on is paid for by those who do.")),
        )
    top = f"{say.figures(inputs.marketing, 7)} + {say.figures(inputs.sales, 7)}"
    return said + formula(
        say(_("Customer acquisition cost (CAC)")),
        fraction("M + S", "K"),
        fraction(top, customers),
        say.money(result.cac),
        where=say(_("S: sales cost; K: new customers of the same period.")),
    )


def _table(words: Words) -> Blocks:
    say, result, inputs = words.say, words.result, words.inputs
    rows = [
        [
            name,
            say.count(inputs.counts[i]),
            say.percent(result.rates[i]) if i else "",
            say.money(result.costs[i]),
        ]
        for i, name in enumerate(words.names)
    ]
    head = [_("Stage"), _("People"), _("Step rate (of the stage before)"), _("Marketing cost for each one")]
    return table(_("The price of getting this far"), head, rows)
