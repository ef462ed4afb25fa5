"""Money, the third question: what a lead may cost at most, and what a visit may."""

from __future__ import annotations

from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, Heading, Paragraph, Table, formula, fraction, term
from statements.calculators.money.words import Words, bars_of, unknown_sales
from statements.findings import Findings, KeyFigure
from statements.text import _


def findings(words: Words) -> Findings:
    """Say what a lead costs, what it may cost, and the same of a visit."""
    if words.lead is None:
        return _without_leads(words)
    say, result = words.say, words.result
    figures = [
        KeyFigure(_("Highest CPL, paid by the first sale"), say.money(result.ceiling)),
        KeyFigure(_("Highest CPL for the wanted LTV to CAC"), say.money(result.ceiling_target)),
        KeyFigure(_("CPL now"), say.money(result.cpl), say(_("for each one at “%(lead)s”"), lead=words.lead)),
        KeyFigure(_("Lead to customer"), say.percent(result.l2c), _needed(words)),
    ]
    if result.ceiling is None and result.ceiling_target is not None:
        figures[0], figures[1] = figures[1], figures[0]
    known = result.cpl is not None or result.ceiling_target is not None
    return Findings(
        headline=_headline(words),
        figures=figures,
        notes=_notes(words),
        charts=[_bars(words)] if known else [],
        body=_formulas(words) + _visits(words),
    )


def _needed(words: Words) -> str:
    say, leads = words.say, words.result.per_customer
    return "" if leads is None else say.plural("%(n)s lead for one customer", "%(n)s leads for one customer", leads)


def _without_leads(words: Words) -> Findings:
    """Say what one at the top may cost, where no stage counts as a lead."""
    say, result = words.say, words.result
    top = say(_("for each one at “%(top)s”"), top=words.names[0])
    said = say(_("No stage here counts as a lead; one can be chosen under the numbers."))
    if result.visit_ceiling is not None:
        said += " " + say(
            _("Each one at “%(top)s” brings %(worth)s of gross margin and costs %(cost)s of marketing."),
            top=words.names[0],
            worth=say.money(result.visit_ceiling),
            cost=say.money(result.visit_cost),
        )
    rows = [
        (_("It costs now"), say.money(result.visit_cost), result.visit_cost, "now"),
        (_("It may cost, before any sales cost"), say.money(result.visit_ceiling), result.visit_ceiling, "what_if"),
    ]
    figures = [
        KeyFigure(_("Highest cost, before any sales cost"), say.money(result.visit_ceiling), top),
        KeyFigure(_("Cost now"), say.money(result.visit_cost), top),
        KeyFigure(_("Revenue"), say.money(result.rpv), top),
    ]
    charts = [] if result.visit_ceiling is None else [bars_of(say, rows)]
    return Findings(said, figures, words.spoken(), charts, _visits(words))


def _bars(words: Words) -> Bars:
    say, result, inputs = words.say, words.result, words.inputs
    rows = [(_("A lead costs now"), say.money(result.cpl), result.cpl, "now")]
    if result.ceiling is not None:
        rows.append((_("It may cost: paid by the first sale"), say.money(result.ceiling), result.ceiling, "what_if"))
    if result.ceiling_bare is not None and inputs.sales > 0:
        bare = result.ceiling_bare
        rows.append((_("The same, if selling cost nothing"), say.money(bare), bare, "before"))
    if result.ceiling_target is not None:
        title = _("It may cost: for the wanted LTV to CAC")
        rows.append((title, say.money(result.ceiling_target), result.ceiling_target, "third"))
    return bars_of(say, rows)


def _headline(words: Words) -> str:
    say, result, inputs = words.say, words.result, words.inputs
    facts: dict[str, str] = {
        "lead": words.lead or "",
        "last": words.names[-1],
        "when": words.when,
        "cpl": say.money(result.cpl),
        "ceiling": say.money(result.ceiling),
        "target": say.money(result.ceiling_target),
        "t": say.figures(inputs.target),
    }
    if result.leads is None or result.customers is None:
        return say(_("Enter the people at “%(lead)s” and at “%(last)s”; every ceiling rests on both."), **facts)
    if result.leads == 0:
        return say(_("Nobody is at “%(lead)s”, so neither what a lead costs nor what it may cost is defined."), **facts)
    if result.customers == 0:
        return say(
            _("A lead cost %(cpl)s %(when)s, and none became a customer: on this evidence no price is low enough."),
            **facts,
        )
    if result.ceiling is not None:
        if result.ceiling < 0:
            return say(
                _(
                    "No lead pays for itself here, not even a free one: selling to a customer costs %(selling)s, "
                    "more than the %(unit)s of margin that the first sale brings."
                ),
                selling=say.money(result.sales_cost),
                unit=say.money(result.unit),
                **facts,
            )
        said = say(
            _("A lead cost %(cpl)s %(when)s. If the first sale is to pay for it, it may cost %(ceiling)s at most."),
            **facts,
        )
        if result.room is not None and result.room < 0:
            said += " " + say(_("Each lead costs more than it brings back."))
        return said
    if result.ceiling_target is not None:
        said = say(
            _("A lead cost %(cpl)s %(when)s. If LTV is to be %(t)s times CAC, it may cost %(target)s at most."), **facts
        )
        return said + (
            " " + say(_("Now it costs more than that.")) if result.ceiling_target < certain(result.cpl) else ""
        )
    return unknown_sales(words) or say(_("With these numbers no ceiling is defined."))


def _notes(words: Words) -> list[str]:
    say, result, inputs = words.say, words.result, words.inputs
    notes = []
    target = result.ceiling_target
    facts = {"target": say.money(target), "t": say.figures(inputs.target), "ltv": say.money(inputs.ltv)}
    if target is not None and target < 0:
        notes.append(
            say(
                _(
                    "The ceiling for LTV %(t)s times CAC is negative, %(target)s: with an LTV of %(ltv)s the sales "
                    "cost alone is already too high, and no price of a lead can mend that."
                ),
                **facts,
            )
        )
    elif target is not None and result.ceiling is not None and result.ceiling > target:
        notes.append(
            say(
                _(
                    "For an LTV of %(ltv)s to be %(t)s times CAC, a lead may cost only %(target)s: that asks for more "
                    "than money back."
                ),
                **facts,
            )
        )
    elif target is not None and result.ceiling is not None:
        notes.append(
            say(
                _(
                    "Counted over all that a customer brings, %(ltv)s, a lead may even cost %(target)s: later sales "
                    "pay, but the money comes later."
                ),
                **facts,
            )
        )
    if inputs.ltv is None:
        notes.append(
            say(
                _(
                    "What a customer brings in all (LTV) is not entered, so the ceiling for a ratio of LTV to CAC is not defined."
                )
            )
        )
    elif target is not None:
        notes.append(say(_("The ratio is your choice. Three is a rule of thumb of investors in software, not a law.")))
    if result.l2c is not None and result.l2c > 1:
        notes.append(
            say(
                _(
                    "There are more customers than leads, so they cannot all have come from these leads: the ceilings are too high."
                )
            )
        )
    elif result.l2c is not None:
        notes.append(
            say(
                _(
                    "The customers have to come from these very leads. If some of the leads are still deciding, the "
                    "rate is too low, and so is the ceiling."
                )
            )
        )
    return notes + words.spoken()


def _formulas(words: Words) -> Blocks:
    say, result, inputs = words.say, words.result, words.inputs
    said: Blocks = []
    if result.ceiling is not None:
        minus = f"{say.figures(result.unit, 7)} − {say.figures(result.sales_cost, 6)}"
        said = formula(
            say(_("Highest CPL, paid by the first sale")),
            "(ASV · g − s) · L2C",
            f"({minus}) × {say.figures(result.l2c)}",
            say.money(result.ceiling),
            where=say(
                _(
                    "ASV · g: gross margin of an average sale; s: sales cost per customer; L2C: the share of leads "
                    "that become customers."
                )
            ),
        )
    if result.ceiling_target is not None:
        share = fraction(say.figures(inputs.ltv, 7), say.figures(inputs.target))
        said += formula(
            say(_("Highest CPL for the wanted LTV to CAC")),
            term("(", fraction("LTV", "t"), " − s) · L2C"),
            term("(", share, f" − {say.figures(result.sales_cost, 6)}) × {say.figures(result.l2c)}"),
            say.money(result.ceiling_target),
            where=say(_("LTV: gross margin that a customer brings in all; t: the ratio wanted.")),
        )
    return said


def _visits(words: Words) -> Blocks:
    """Return what one at the top brings and may cost."""
    say, result = words.say, words.result
    facts = {"top": words.names[0]}
    rows = [
        [say(_("Revenue for each one at “%(top)s”"), **facts), say.money(result.rpv)],
        [say(_("Gross margin of it: the break-even cost, before any sales cost")), say.money(result.visit_ceiling)],
        [say(_("Marketing cost for each one now")), say.money(result.visit_cost)],
    ]
    if result.rpv is None:
        said = unknown_sales(words) or say(
            _("Nobody is at “%(top)s”, so nothing is defined for each one there."), **facts
        )
    else:
        said = say(
            _(
                "Watch this number where a discount brings more buyers and smaller sales: it weighs both. It is "
                "the overall rate times the average sale."
            )
        )
    return [
        Heading(_("And what may a visit cost?")),
        Table(_("At the top of the funnel"), [_("What"), _("Amount")], rows),
        Paragraph(said),
    ]
