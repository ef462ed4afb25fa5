"""The handover in words: the four cells, what the next threshold would change, what each signal weighs."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import handover as model
from funnel.formulas import scoring
from statements.blocks import (
    Apart,
    Blocks,
    Cell,
    Heading,
    Items,
    Outcome,
    Paragraph,
    formula,
    fraction,
    heading,
    table,
    term,
)
from statements.say import Say
from statements.text import _


def cells(say: Say, at: scoring.Outcome) -> Blocks:
    """Return the confusion matrix: two ways to be right, two to be wrong."""
    rows: list[list[Cell]] = [
        [
            _("Handed over (MQL)"),
            Outcome(say.count(at.found), _("found: sales talks to the right people"), True),
            Outcome(say.count(at.wasted), _("wasted calls"), False),
        ],
        [
            _("Stays with marketing"),
            Outcome(say.count(at.missed), _("missed: nobody calls them"), False),
            Outcome(say.count(at.spared), _("rightly left"), True),
        ],
    ]
    head = [_("Leads"), _("Good: sales would accept them"), _("Not good")]
    return heading(_("Two ways to be right, two to be wrong")) + table(
        _("All leads of the window, in people"), head, rows, words=3
    )


def trade_off(say: Say, result: model.Result) -> Blocks:
    """Say what one threshold looser and one stricter would bring, and what a good lead is worth in wasted calls."""
    said = []
    looser, stricter = result.step(-1), result.step(1)
    if looser is not None:
        found = say.plural("%(n)s more good lead", "%(n)s more good leads", looser.found)
        wasted = say.plural("%(n)s more wasted call", "%(n)s more wasted calls", looser.wasted)
        text = say(
            _("One threshold looser (%(score)s) brings %(found)s and %(wasted)s."),
            score=_score(say, looser.threshold), found=found, wasted=wasted,
        )  # fmt: skip
        said.append(_priced(say, text, looser))
    if stricter is not None:
        found = say.plural("%(n)s good lead", "%(n)s good leads", -stricter.found)
        wasted = say.plural("%(n)s wasted call", "%(n)s wasted calls", -stricter.wasted)
        text = say(
            _("One threshold stricter (%(score)s) saves %(wasted)s and loses %(found)s."),
            score=_score(say, stricter.threshold), found=found, wasted=wasted,
        )  # fmt: skip
        said.append(_priced(say, text, stricter))
    if result.pays_for is not None and result.pays_for > 0:
        said.append(
            say.plural(
                "One more good lead is worth up to %(n)s wasted call; beyond that, looser costs more than it brings.",
                "One more good lead is worth up to %(n)s wasted calls; beyond that, looser costs more than it brings.",
                result.pays_for,
            )
        )
    return [Heading(_("A little looser, a little stricter")), Items(said)]


def _score(say: Say, threshold: float | None) -> str:
    return say(_("nobody at all")) if threshold is None else say.figures(threshold)


def _priced(say: Say, text: str, step: model.Step) -> str:
    """Add what a step costs or saves, and how many calls stand against one good lead."""
    if step.each is not None:
        text += " " + say.plural(
            "That is %(n)s wasted call for each good lead.", "That is %(n)s wasted calls for each good lead.", step.each
        )
    if step.saved > 0:
        return text + " " + say(_("Both errors together get cheaper by %(money)s."), money=say.money(step.saved))
    if step.saved < 0:
        return text + " " + say(_("Both errors together get dearer by %(money)s."), money=say.money(-step.saved))
    return text + " " + say(_("Both errors together cost the same."))


def formulas(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return both rates and the chance from which a call pays, with the learner's numbers in them."""
    at = result.at
    return (
        formula(
            say(_("Good ones among those handed over (SQL rate, precision)")),
            fraction(say(_("found")), say(_("handed over"))),
            fraction(say.count(at.found), say.count(at.handed)), say.percent(at.precision),
        )
        + formula(
            say(_("Good leads reached (recall)")),
            fraction(say(_("found")), say(_("all good leads"))),
            fraction(say.count(at.found), say.count(at.found + at.missed)), say.percent(at.recall),
        )
        + formula(
            say(_("From which chance on a call pays")),
            fraction("c", "w · m"),
            fraction(say.figures(inputs.call), term(Apart(say.percent(inputs.win)), " × ", Apart(say.figures(inputs.margin)))),
            say.percent(result.limit),
            where=say(_("c: cost of handling a lead; w: share of good leads that buy; m: gross profit per customer.")),
        )
    )  # fmt: skip


def evidence(say: Say, inputs: model.Inputs, result: model.Result, names: Sequence[str]) -> Blocks:
    """Return what each signal tells, beside the points it got."""
    rows = [
        [
            one, say.percent(inputs.good[i]), say.percent(inputs.other[i]), say.decimal(result.odds[i], 1),
            say.figures(inputs.points[i]), say.decimal(result.fitting[i], 1),
        ]
        for i, one in enumerate(names)
    ]  # fmt: skip
    head = [
        _("Signal"), _("Among good leads"), _("Among the others"), _("Raises the odds by the factor"),
        _("Your points"), _("Points that follow the evidence"),
    ]  # fmt: skip
    said = [
        say(
            _(
                "The factor compares a lead that shows the signal with one that does not: at %(one)s the signal says "
                "nothing, below it speaks against."
            ),
            one=say.count(1),
        )
    ]
    if any(factor is None for factor in result.odds):
        said.append(
            say(
                _(
                    "A signal that all or none of a group show has no factor, and then no fitting points can be worked out."
                )
            )
        )
    elif inputs.leads and all(points is not None for points in result.fitting):
        said.append(
            say(
                _(
                    "Points in proportion to the logarithm of the factor put the leads in the order of their chance to be "
                    "good. The best that any points can do on these signals is a cost of %(cost)s."
                ),
                cost=say.money(result.possible),
            )
        )
    return (
        heading(_("What the signals weigh"))
        + table(_("What each signal tells, and the points it has"), head, rows)
        + [Paragraph(line) for line in said]
    )
