"""Where to push: what is chosen and set. What follows stands in the modules beside this one, one for each view."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from funnel.calculators import where_to_push as model
from funnel.facts.businesses import CURRENCIES
from funnel.quantities import RATE
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.where_to_push.bottlenecks import three_bottlenecks
from statements.calculators.where_to_push.levers import all_levers
from statements.calculators.where_to_push.words import Words, two_at_once
from statements.findings import Findings
from statements.say import Say
from statements.settings import Control, Group, Pick, currency_options, with_currency
from statements.text import _

VIEWS: dict[str, Callable[[Words], Findings]] = {
    "levers": all_levers,
    "bottlenecks": three_bottlenecks,
    "pair": two_at_once,
}


def picks(inputs: model.Inputs) -> list[Pick]:
    """The question, how a lever lifts, and for two at once, which two."""
    views = {"levers": _("All levers"), "bottlenecks": _("Three bottlenecks"), "pair": _("Two at once")}
    found = [Pick("view", _("What do you want to see?"), views)]
    if inputs.view != "bottlenecks":
        hows = {
            "relative": _("By a share of the rate"),
            "points": _("By points"),
            "reference": _("Up to the reference rate"),
        }
        found.append(Pick("how", _("How does a lever lift a rate?"), hows))
    if inputs.view == "pair":
        words = Words(inputs)
        steps = {str(i): words.lever(i) for i in range(len(inputs.stages))}
        found.append(Pick("first", _("The first lever"), steps, menu=True))
        found.append(Pick("second", _("The second lever"), steps, menu=True))
    found.append(Pick("currency", _("Currency"), currency_options(CURRENCIES), menu=True, aside=True))
    return found


def groups(inputs: model.Inputs) -> list[Group]:
    """The levers with their costs, or the rates with their references; the rest folded."""
    words = Words(inputs)
    if inputs.view == "bottlenecks":
        return [
            Group(_("The funnel"), _funnel(words)),
            Group(_("Reference rates"), _references(words, range(1, len(words.names)))),
        ]
    steps: Sequence[int] = range(len(words.names))
    if inputs.view == "pair":
        steps = sorted({int(inputs.first), int(inputs.second)})
    return [
        _levers(words, steps),
        Group(_("What each lever costs"), _costs(words, steps)),
        Group(_("The funnel: people and rates"), _funnel(words), folded=True),
        Group(
            _("Extra people: their cost, and the worth of one at the end"), _handling(words), folded=True,
            note=_("Whoever comes in higher up has to be called, advised or served further down. What does one more cost there?"),
        ),
    ]  # fmt: skip


def _levers(words: Words, steps: Sequence[int]) -> Group:
    inputs = words.inputs
    if inputs.how == "reference":
        return Group(_("Reference rates"), _references(words, [i for i in steps if i]))
    if inputs.how == "points":
        return Group(
            _("Points added to each rate"),
            [
                Control(
                    "points", _now(words, i), "number", i, high=model.POINTS.high, slide=(0, 10, 0.1), optional=True
                )
                for i in steps
                if i
            ],
        )
    return Group(
        _("Lift of each rate, as a share of the rate"),
        [
            Control(
                "relative", _now(words, i), "percent", i, high=model.RELATIVE.high, slide=(0, 1, 0.01), optional=True
            )
            for i in steps
        ],
    )


def _now(words: Words, step: int) -> str:
    """Label a lever with what it lifts."""
    say, inputs = Say(), words.inputs
    if step == 0:
        return _("More at “%(stage)s” (now %(count)s)") % {
            "stage": words.names[0],
            "count": say.count(inputs.top),
        }
    facts = {"stage": words.names[step], "rate": say.percent(inputs.rates[step])}
    return _("Step to “%(stage)s” (now %(rate)s)") % facts


def _references(words: Words, steps: Sequence[int]) -> list[Control]:
    return [Control("reference", _now(words, i), "percent", i, high=1, optional=True) for i in steps]


def _costs(words: Words, steps: Sequence[int]) -> list[Control]:
    shown = [i for i in steps if i or words.inputs.how == "relative"]
    return [
        Control(
            "costs", with_currency(words.lever(i), words.inputs.currency), "money", i, high=1e15, slide=(),
            optional=True,
        )
        for i in shown
    ]  # fmt: skip


def _funnel(words: Words) -> list[Control]:
    names = words.names
    return [
        Control("top", _("“%(stage)s” now") % {"stage": names[0]}),
        *(
            Control(
                "rates", _("“%(stage)s”, as a share of “%(before)s”") % {"stage": names[i], "before": names[i - 1]},
                "percent", i, high=RATE.high, optional=True,
            )
            for i in range(1, len(names))
        ),
    ]  # fmt: skip


def _handling(words: Words) -> list[Control]:
    inputs, names = words.inputs, words.names
    each = [
        Control(
            "handling", with_currency(_("Each extra one at “%(stage)s”") % {"stage": name}, inputs.currency), "money", i,
            high=1e15, slide=(), optional=True,
        )
        for i, name in enumerate(names)
    ]  # fmt: skip
    worth = Control(
        "worth", with_currency(_("Gross profit of one more at “%(stage)s”") % {"stage": names[-1]}, inputs.currency),
        "money", high=1e15, slide=(), optional=True,
        help=_("What one more leaves after the cost of the goods, before marketing and sales. Empty leaves profit out."),
    )  # fmt: skip
    return [worth, *each]


def findings(inputs: model.Inputs) -> Findings:
    """Answer the question of the view."""
    return VIEWS[inputs.view](Words(inputs, model.compute(inputs)))


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return every step with its rate, reference, loss and lever as ids and plain numbers."""
    result, words = model.compute(inputs), Words(inputs)
    head = [
        "stage_id", "stage", "people", "step_rate", "reference_rate", "lost", "gain_at_reference", "rate_with_lever", "gain",
        "lever_cost", "handling_cost", "cost_per_extra", "profit",
    ]  # fmt: skip
    rows = []
    for i, stage in enumerate(inputs.stages):
        one = next((each for each in result.levers if each.step == i), None)
        rows.append(
            [
                stage.id, words.names[i], result.copy.counts[i], inputs.rates[i], inputs.reference[i], result.copy.lost[i],
                result.bottlenecks.gains[i],
                *(
                    [None] * 6
                    if one is None
                    else [
                        one.rate, one.effect.gain, inputs.costs[i], one.handling, one.effect.money_per_gain, one.profit,
                    ]
                ),
            ]
        )  # fmt: skip
    return head, rows


CALCULATOR = Calculator("where_to_push", model, groups, findings, csv_table, picks, charts=2, stays=("view",))
