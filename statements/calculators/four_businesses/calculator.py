"""Four businesses, one budget: who has the money back first, who has most of it later, and why that differs."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import four_businesses as model
from funnel.facts.businesses import start_of
from funnel.quantities import certain
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.four_businesses import tables
from statements.calculators.four_businesses.tables import back_in, name_of, names
from statements.findings import Findings, KeyFigure
from statements.plane import Axis, Plane, axis
from statements.say import Say
from statements.settings import Control, Group, Pick
from statements.text import _, stage_name

COLOURS = ("now", "third", "what_if", "fourth")


def picks(inputs: model.Inputs) -> list[Pick]:
    """Whose numbers are at hand."""
    return [Pick("shown", _("Whose numbers do you want to change?"), {one: name_of(one) for one in model.IDS})]


def groups(inputs: model.Inputs) -> list[Group]:
    """The budget, and one business at a time."""
    place = model.IDS.index(inputs.shown)
    common = [
        Control("budget", _("Budget for each, in your own currency"), "money", high=1e15),
        Control(
            "months",
            _("Months to look ahead"),
            "number",
            low=12,
            high=60,
            slide=(12, 60, 1),
            put=lambda inputs, value: model.with_whole(inputs, "months", certain(value)),
        ),
    ]
    start = start_of(inputs.shown)
    steps = {
        "before": stage_name(start.stages[-2], len(start.stages) - 2),
        "stage": stage_name(start.stages[-1], len(start.stages) - 1),
    }
    own = [
        Control("rates", _("“%(stage)s”, as a share of “%(before)s”") % steps, "percent", place, high=1.0),
        Control("margins", _("Gross margin (of revenue)"), "percent", place, high=1.0),
        Control(
            "lags",
            _("Months to the first purchase, on average"),
            "number",
            place,
            high=12,
            slide=(0, 12, 0.1),
            help=_("Counted from the spending of the money. Some buy sooner, some later."),
        ),
    ]
    if place == model.SUBSCRIPTION:
        own.append(Control("churn", _("Churn, each month"), "percent", high=1.0, slide=(0.0, 0.3, 0.001)))
    else:
        own += [
            Control("repeats", _("Chance that a purchase is followed by another"), "percent", place, high=1.0),
            Control(
                "gaps",
                _("Months from a purchase to the next"),
                "number",
                place,
                low=1,
                high=24,
                slide=(1, 24, 1),
                put=lambda inputs, value: model.with_whole(inputs, "gaps", certain(value), place),
            ),
        ]
    return [Group(_("The same for all four"), common), Group(name_of(inputs.shown), own, note=_silent(inputs.shown))]


def _silent(business: str) -> str:
    """Say which of the numbers the preset does not give, so that they are ours."""
    return {
        "s1-ecom-sar": _("Ours, not the preset's: the months to a purchase and from one to the next."),
        "s2-saas-usd": _("The months to the first payment follow from the preset's sales cycle."),
        "s8-wholesale-irt": _("Ours, not the preset's: the months to the first order."),
        "s4-clinic-aed": _("Ours, not the preset's: the months to the treatment. It knows of nobody who came again."),
    }[business]


def findings(inputs: model.Inputs) -> Findings:
    """Compare the four."""
    say, result = Say(), model.compute(inputs)
    return Findings(
        headline=_headline(say, inputs, result),
        figures=_figures(say, inputs, result),
        notes=_notes(say, inputs, result),
        charts=[_plane(say, result)],
        body=tables.body(say, inputs, result),
    )


def _headline(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    facts = {"first": names(say, result.first_back), "most": names(say, result.best_end)}
    if not result.best_end:
        return say(_("As the numbers stand, none of the four ever brings anything back."))
    best = next(one for one in result.businesses if one.id in result.best_end)
    facts |= {"share": say.percent(best.at_end, 0)}
    soonest = next((one.back for one in result.businesses if one.id in result.first_back), None)
    if soonest is None:
        said = say(_("None of the four ever has all of its money back."))
    else:
        said = say(
            _("First to have all the money back: %(first)s, in month %(month)s."), month=say.count(soonest), **facts
        )
    return f"{said} " + say.plural(
        "Most after %(n)s month: %(most)s, with %(share)s of the budget.",
        "Most after %(n)s months: %(most)s, with %(share)s of the budget.",
        result.months,
        **facts,
    )


def _figures(say: Say, inputs: model.Inputs, result: model.Result) -> list[KeyFigure]:
    own = result.businesses[model.IDS.index(inputs.shown)]
    of = say(_("of %(budget)s spent"), budget=say.money(inputs.budget))

    def after(months: int) -> str:
        return say.plural("after %(n)s month", "after %(n)s months", months)

    def most(ids: Sequence[str], amount: float | None, months: int) -> KeyFigure:
        return KeyFigure(
            _("Most, %(when)s") % {"when": after(months)},
            names(say, ids),
            say(_("%(amount)s came back"), amount=say.money(amount)),
        )

    def best(ids: Sequence[str]) -> model.Business | None:
        return next((one for one in result.businesses if one.id in ids), None)

    shown = [
        KeyFigure(
            _("%(name)s: back %(when)s") % {"name": name_of(own.id), "when": after(result.months)},
            say.money(own.end_money),
            of,
        ),
        KeyFigure(_("%(name)s: all money back") % {"name": name_of(own.id)}, back_in(say, own)),
    ]
    year, end = best(result.best_year), best(result.best_end)
    if year is not None:
        shown.append(most(result.best_year, year.year_money, model.YEAR))
    if end is not None and result.months != model.YEAR:
        shown.append(most(result.best_end, end.end_money, result.months))
    return shown


def _notes(say: Say, inputs: model.Inputs, result: model.Result) -> list[str]:
    own = result.businesses[model.IDS.index(inputs.shown)]
    notes, facts = [], {"name": name_of(own.id)}
    if own.first == 0:
        notes.append(
            say(_("%(name)s: with a rate or a margin of zero, nothing comes back, whatever is spent."), **facts)
        )
    elif own.never:
        notes.append(
            say(
                _(
                    "%(name)s: all that its customers ever bring is %(limit)s of what they cost, so the money is "
                    "never back."
                ),
                limit=say.percent(own.limit, 0),
                **facts,
            )
        )
    if own.limit is None:
        notes.append(
            say(
                _(
                    "%(name)s: if everybody buys again and again, the sum has no end. No market is like that: look at "
                    "the months shown."
                ),
                **facts,
            )
        )
    if inputs.budget == 0:
        notes.append(say(_("Nothing spent brings nothing back. The shares say what any amount would have become.")))
    notes.append(
        say(
            _(
                "Each business keeps its books in a currency of its own. Only what comes back for each unit spent is "
                "compared, so nothing is exchanged."
            ),
        )
    )
    notes.append(
        say(
            _(
                "Twice the budget is taken to bring twice as much, and money that comes later counts in full. Neither "
                "holds for long, least of all where prices rise fast."
            )
        )
    )
    return notes


def _plane(say: Say, result: model.Result) -> Plane:
    """Draw the four curves over the months, and the line at which all the money is back."""
    ticks = [
        (float(month), say.count(month)) for month in range(0, result.months + 1, 6 if result.months <= 36 else 12)
    ]
    highest = max(1.0, *(one.at_end for one in result.businesses))
    plane = Plane(
        Axis(0.0, float(result.months), ticks, _("Months since the money was spent")),
        axis(0, highest * 1.02, lambda y: say.percent(y, 0), _("Gross margin that is back, as a share of the budget")),
    )
    for one, colour in zip(result.businesses, COLOURS, strict=True):
        plane.line(list(enumerate(one.curve)), name_of(one.id), colour)
    plane.level(1.0, _("all the money is back"))
    return plane


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the four curves as shares of the budget, a row for each month."""
    four = model.compute(inputs).businesses
    head = ["month", *(one.id for one in four)]
    return head, [[month, *shares] for month, shares in enumerate(zip(*(one.curve for one in four), strict=True))]


CALCULATOR = Calculator("four_businesses", model, groups, findings, csv_table, picks, stays=("shown",))
