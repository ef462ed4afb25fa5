"""Money, the second question: whether what came back was worth what was spent; ROI, ROAS, and a usual sale."""

from __future__ import annotations

from statements.blocks import Blocks, Heading, Lowered, Paragraph, Table, formula, fraction, table, term
from statements.calculators.money.words import Words, bars_of, unknown_sales
from statements.findings import Findings, KeyFigure
from statements.text import _


def findings(words: Words) -> Findings:
    """Say what came back for what was spent."""
    say, result, inputs = words.say, words.result, words.inputs
    on_margin = inputs.basis == "margin"
    figures = [
        KeyFigure(
            _("ROI on gross margin") if on_margin else _("ROI on revenue, flattering"),
            say.percent(result.roi if on_margin else result.flattering),
            say(_("of what was spent %(when)s"), when=words.when),
        ),
        KeyFigure(_("Left over"), say.money(result.profit), _("gross margin less all that was spent")),
        KeyFigure(
            _("ROAS, the ads alone"),
            say.decimal(result.roas, 2),
            say(_("break-even at %(needed)s"), needed=say.decimal(result.roas_needed, 2)),
        ),
        KeyFigure(_("Sales that bring the CAC back"), say.decimal(result.orders_back, 2), _("for each customer")),
    ]
    bars = [
        (_("Revenue"), say.money(result.revenue), result.revenue, "before"),
        (_("Gross margin on it"), say.money(result.gross), result.gross, "now"),
        (_("Spent, marketing and sales"), say.money(result.invested), result.invested, "what_if"),
    ]
    until = {1: result.revenue} if result.revenue else {}
    return Findings(
        headline=_headline(words),
        figures=figures,
        notes=_notes(words),
        charts=[] if result.revenue is None else [bars_of(say, bars, until)],
        body=_formulas(words) + _table(words) + _singles(words),
    )


def _headline(words: Words) -> str:
    say, result, inputs = words.say, words.result, words.inputs
    if missing := unknown_sales(words):
        return missing
    facts = {
        "when": words.when,
        "revenue": say.money(result.revenue),
        "gross": say.money(result.gross),
        "invested": say.money(result.invested),
        "roi": say.percent(result.roi),
        "flattering": say.percent(result.flattering),
    }
    if result.roi is None:
        return say(_("Nothing was spent %(when)s, and of nothing no return can be worked out."), **facts)
    if inputs.basis == "revenue":
        return say(
            _(
                "Counted as revenue, %(revenue)s for %(invested)s spent looks like an ROI of %(flattering)s. But "
                "the goods are not paid for yet: on gross margin it is %(roi)s."
            ),
            **facts,
        )
    said = say(
        _(
            "Of %(revenue)s sold %(when)s, %(gross)s stays as gross margin, against %(invested)s spent. That is an "
            "ROI of %(roi)s."
        ),
        **facts,
    )
    if result.roi <= -1:
        said += " " + say(_("Nothing came back: the loss is total."))
    elif result.roi < 0:
        said += " " + say(_("The sales of this period do not pay for what was spent."))
    return said


def _notes(words: Words) -> list[str]:
    say, result, inputs = words.say, words.result, words.inputs
    notes = []
    if inputs.margin == 0:
        notes.append(
            say(_("With a gross margin of zero there is no break-even: no sale, however large, pays for an ad."))
        )
    if inputs.ads == 0:
        notes.append(say(_("Nothing was spent on ads, so ROAS is not defined.")))
    elif result.overclaimed:
        notes.append(
            say(
                _(
                    "The ads claim %(claimed)s, more than the %(revenue)s that was sold. Where several channels "
                    "count the same sale, their claims add up to more than the truth."
                ),
                claimed=say.money(inputs.ad_revenue),
                revenue=say.money(result.revenue),
            )
        )
    elif inputs.ad_revenue is None and result.roas_most is not None:
        notes.append(
            say(
                _(
                    "What the ads brought is not entered. If every sale came from them, ROAS would be %(most)s, "
                    "against %(needed)s for break-even; it cannot be more."
                ),
                most=say.decimal(result.roas_most, 2),
                needed=say.decimal(result.roas_needed, 2),
            )
        )
    if result.ads_beyond:
        notes.append(say(_("Ad spend is larger than the marketing cost that it should be a part of. Check both.")))
    notes += words.spoken()
    notes.append(
        say(
            _(
                "Counted is what was sold %(when)s, and nothing that these customers buy later. Some of them would "
                "have come without the money: ideally only sales that it caused count."
            ),
            when=words.when,
        )
    )
    return notes


def _formulas(words: Words) -> Blocks:
    say, result, inputs = words.say, words.result, words.inputs
    revenue, invested = say.figures(result.revenue, 7), say.figures(result.invested, 7)
    said = formula(
        say(_("ROI on gross margin")),
        fraction("V · g − I", "I"),
        fraction(term(revenue, " × ", say.figures(inputs.margin), " − ", invested), invested),
        say.percent(result.roi),
        where=say(_("V: revenue; g: gross margin; I: all that was spent.")),
    )
    if result.roas is None:
        return said
    return said + formula(
        say(_("ROAS and its break-even")),
        fraction(term("V", Lowered("ad")), "A"),
        fraction(say.figures(inputs.ad_revenue, 7), say.figures(inputs.ads, 7)),
        say.decimal(result.roas, 2),
        where=say(
            _("V: revenue that the ads claim; A: ad spend. Break-even is one divided by the gross margin: %(needed)s."),
            needed=say.decimal(result.roas_needed, 2),
        ),
    )


def _table(words: Words) -> Blocks:
    say, result = words.say, words.result
    rows = [
        [
            _("Gross margin"),
            say.money(result.gross),
            say.money(result.invested),
            say.money(result.profit),
            say.percent(result.roi),
        ],
        [
            _("Revenue"),
            say.money(result.revenue),
            say.money(result.invested),
            say.money(result.revenue_left),
            say.percent(result.flattering),
        ],
    ]
    head = [_("Counted as coming back"), _("Comes back"), _("Spent"), _("Seems left"), _("ROI (of what was spent)")]
    return table(_("The same period, counted in two ways"), head, rows, marked=0)


def _singles(words: Words) -> Blocks:
    """Return mean and median of the single sales, and what to read from each."""
    say, result, inputs = words.say, words.result, words.inputs
    if inputs.known != "list" or not result.singles.count:
        return []
    one = result.singles
    rows = [[say.count(one.count), say.money(one.mean), say.money(one.median)]]
    head = [_("Sales in the list"), _("Mean"), _("Median")]
    if result.skewed:
        said = say(
            _(
                "Half of the sales bring %(median)s or less, and yet the mean is %(mean)s: a few large ones pull "
                "it up. Use the mean for revenue, the median to picture a usual sale."
            ),
            median=say.money(one.median),
            mean=say.money(one.mean),
        )
    else:
        said = say(
            _("Mean and median are close: no single sale distorts the average. The mean is what revenue follows from.")
        )
    return [
        Heading(_("A usual sale")),
        Table(_("Two answers to what is usual"), head, rows, words=0),
        Paragraph(said),
    ]
