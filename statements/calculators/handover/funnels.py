"""The two funnels joined: one journey, the line where marketing hands over, and what each side answers for."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import handover as model
from statements.bars import Bars
from statements.blocks import Apart, Blocks, Items, Lowered, formula, heading, table, term
from statements.calculator import TableOfNumbers
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.settings import Pick
from statements.text import _, name


def hand_pick() -> Pick:
    """Return the choice of the stage at which marketing hands over."""
    return Pick(
        "hand", _("Where does marketing hand over?"),
        {"leads": _("At the lead"), "mql": _("At the MQL"), "sql": _("At the SQL")},
        help=_("This course draws the line at the MQL. Others draw it elsewhere; what matters is that both teams know where."),
    )  # fmt: skip


def _names() -> list[str]:
    return [name("stages", stage) for stage in model.STAGES]


def findings(say: Say, inputs: model.Inputs, result: model.Result) -> Findings:
    """Say what each funnel keeps, draw both, and name what each team answers for."""
    return Findings(
        headline=_headline(say, result),
        figures=_figures(say, inputs, result),
        notes=_notes(say, inputs, result),
        charts=[_bars(say, result)],
        body=_formula(say, result) + _table(say, result) + _owners() + _agreement(say, inputs, result),
    )  # fmt: skip


def _headline(say: Say, result: model.Result) -> str:
    names = _names()
    facts = {
        "top": names[0], "hand": names[result.handed_at], "last": names[-1], "overall": say.percent(result.overall),
        "marketing": say.percent(result.marketing_rate), "sales": say.percent(result.sales_rate),
    }  # fmt: skip
    if result.overall is None:
        return say(_("Nobody visits, so neither funnel has a rate."))
    if result.sales_rate is None:
        return say(_("Nobody gets as far as “%(hand)s”, so there is nobody to hand over to sales."), **facts)
    return say(
        _(
            "Marketing brings %(marketing)s of “%(top)s” as far as “%(hand)s”; sales makes “%(last)s” of %(sales)s of those. "
            "Multiplied, that is the overall rate: %(overall)s."
        ),
        **facts,
    )


def _figures(say: Say, inputs: model.Inputs, result: model.Result) -> list[KeyFigure]:
    handed = result.counts[result.handed_at]
    return [
        KeyFigure(_("Customers in the window"), say.count(result.counts[-1])),
        KeyFigure(_("Marketing’s rate"), say.percent(result.marketing_rate), say(_("from the visit to the handover"))),
        KeyFigure(_("Sales’ rate"), say.percent(result.sales_rate), say(_("from the handover to the customer"))),
        KeyFigure(
            _("Marketing cost per handover"), say.money(result.per_head[result.handed_at]),
            say(_("for %(n)s handed over"), n=say.count(handed)),
        ),
        KeyFigure(
            _("All cost per customer (CAC)"), say.money(result.cac), say(_("marketing and the handling of every MQL")),
        ),
    ]  # fmt: skip


def _notes(say: Say, inputs: model.Inputs, result: model.Result) -> list[str]:
    notes = []
    if inputs.leads > inputs.visits:
        notes.append(
            say(_("There are more leads than visits. Either some leads never visited, or two windows were mixed up."))
        )
    if result.counts[-1] == 0:
        notes.append(say(_("Without a customer there is no cost per customer: it is not defined.")))
    notes.append(
        say(
            _(
                "Moving the line moves who answers for a loss; it does not change the customers. The threshold does: it "
                "trades one funnel’s rate for the other’s. Move both and watch."
            )
        )
    )
    notes.append(
        say(
            _("MQL and SQL are computed from the points and the threshold; visits, leads and costs are what you enter.")
        )
    )
    notes.append(
        say(_("Bars can be compared within a funnel, not between the two: each funnel is drawn to its own scale."))
    )
    return notes


def _bars(say: Say, result: model.Result) -> Bars:
    """Return the two funnels one below the other, each to its own scale; the handover stands in both."""
    names, bars, at = _names(), Bars(), result.handed_at

    def draw(begins: str, places: range, widths: Sequence[float], kind: str) -> None:
        for i in places:
            count, rate = say.count(result.counts[i]), result.rates[i]
            if i == places[0]:
                note = begins % {"count": count}
            elif rate is None:
                note = count
            else:
                note = _("%(count)s · %(rate)s of the stage before") % {"count": count, "rate": say.percent(rate)}
            bars.add(names[i], note, widths[i], kind=kind, until=widths[i - 1] if i > places[0] else None)

    draw(_("%(count)s · here marketing’s funnel begins"), range(at + 1), result.widths, "now")
    draw(_("%(count)s · here sales’ funnel begins"), range(at, len(names)), result.sales_widths, "what_if")
    return bars


def _formula(say: Say, result: model.Result) -> Blocks:
    return formula(
        say(_("Overall rate")),
        term("R", Lowered("m"), " · R", Lowered("s")),
        term(Apart(say.percent(result.marketing_rate)), " × ", Apart(say.percent(result.sales_rate))),
        say.percent(result.overall),
        where=say(
            _("R with m: from the visit to the handover, marketing’s; R with s: from there to the customer, sales’.")
        ),
    )


def _table(say: Say, result: model.Result) -> Blocks:
    owners = {True: _("Marketing"), False: _("Sales")}
    rows = [
        [
            words, owners[i <= result.handed_at] if i else "", say.count(result.counts[i]),
            say.percent(result.rates[i]) if i else "", say.percent(result.from_top[i]),
            say.money(result.per_head[i]),
        ]
        for i, words in enumerate(_names())
    ]  # fmt: skip
    head = [
        _("Stage"), _("Answers for this step"), _("People"), _("Step rate (of the stage before)"),
        _("Rate from the top"), _("Marketing cost per person"),
    ]  # fmt: skip
    return heading(_("Every step has an owner")) + table(
        _("The joined funnel, stage by stage"), head, rows, words=2, marked=result.handed_at
    )


def _owners() -> Blocks:
    """Return what each team answers for, and what both do: the corrected comparison of the course."""
    rows = [
        (_("Goal"), _("attract suitable people, create demand"), _("close deals, earn revenue")),
        (_("Interest"), _("creates it"), _("keeps it")),
        (_("Speaks to"), _("audiences and segments"), _("named people, firms and deals")),
        (_("Measured by"), _("reach, visits, leads, cost per lead, leads that become MQL"),
         _("SQL, win rate, length of the cycle, deal value, CAC")),
        (_("Both together"), _("the handover rule, what is known of the customer, loyalty"),
         _("the same: none of these belongs to one team")),
    ]  # fmt: skip
    return heading(_("What each side answers for")) + table(
        _("Marketing and sales on one journey"), [_("Question"), _("Marketing"), _("Sales")], rows, words=3
    )


def _agreement(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the handover rule as the two teams could write it down, with the learner's numbers."""
    lines = [
        say(
            _("An MQL is a lead with %(score)s points or more; the signals and their points are listed in writing."),
            score=say.figures(inputs.threshold),
        ),
        say.plural(
            "Marketing expects to hand over %(n)s lead in the window; sales keeps time free for that many.",
            "Marketing expects to hand over %(n)s leads in the window; sales keeps time free for that many.",
            result.at.handed,
        ),
        say(
            _(
                "Sales says of each one whether it is accepted (SQL), and if not, why. Expected: %(precision)s accepted."
            ),
            precision=say.percent(result.at.precision),
        ),
        say(_("Both look at the numbers together each quarter, and now and then call some leads below the threshold.")),
    ]  # fmt: skip
    lead = say(_("MQL and SQL mean what two teams agree on (an SLA). With your numbers it could read:"))
    return [*heading(_("Write it down"), lead), Items(lines)]


def csv_table(inputs: model.Inputs, result: model.Result) -> TableOfNumbers:
    """Return the joined funnel as ids and plain numbers."""
    head = ["stage", "people", "step_rate", "rate_from_top", "marketing_cost_per_person", "owner"]
    rows = [
        [stage, result.counts[i], result.rates[i], result.from_top[i], result.per_head[i],
         "" if not i else "marketing" if i <= result.handed_at else "sales"]
        for i, stage in enumerate(model.STAGES)
    ]  # fmt: skip
    return head, rows
