"""Pipeline and forecast, the views of the open deals: sales velocity and pipeline coverage."""

from __future__ import annotations

from collections.abc import Callable

from funnel.calculators import pipeline as model
from statements.bars import Bars
from statements.blocks import Apart, Blocks, formula, fraction, table, term
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.text import _

THREE = 3.0  # the rule of thumb: three times the target


def stage_names() -> list[str]:
    """Return the names of the pipeline's stages as text."""
    return [_("Qualified"), _("Need agreed"), _("Offer sent"), _("In negotiation")]


# --- velocity -------------------------------------------------------------------------------------------------------


def velocity(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say what is won per day, and which lever moves it most."""
    say, flow = Say(inputs.currency), result.flow
    figures = [KeyFigure(_("Sales velocity"), say.money(flow.day), _("won per day"))]
    for days, money in ((model.MONTH, flow.month), (model.QUARTER, flow.quarter)):
        figures.append(KeyFigure(_("In %(n)s days") % {"n": say.count(days)}, say.money(money)))
    defined = bool(flow.levers[0].gain)
    return Findings(
        headline=_velocity_headline(say, inputs, flow),
        figures=figures,
        notes=_velocity_notes(say, inputs, flow),
        charts=[_lever_bars(say, flow)] if defined else [],
        body=_velocity_formula(say, inputs, flow) + (_lever_table(say, inputs, flow) if flow.day is not None else []),
    )


def short(say: Say, lift: float, signed: bool = False) -> str:
    """Return a percentage that a learner chose, without a decimal where it has none."""
    return say.percent(lift, 0 if abs(lift * 100 - round(lift * 100)) < 1e-9 else 1, signed)


def _lever_names() -> dict[str, str]:
    return {
        "opportunities": _("More opportunities"),
        "value": _("Larger deals"),
        "win-rate": _("Higher win rate"),
        "cycle": _("Shorter cycle"),
    }


def _velocity_headline(say: Say, inputs: model.Inputs, flow: model.Flow) -> str:
    if inputs.cycle == 0:
        return say(_("A sales cycle of zero days has no velocity. Enter how many days a deal takes."))
    if flow.day is None:
        return say(_("These numbers are too far apart for a velocity. Check the sales cycle."))
    if flow.day == 0:
        return say(_("Nothing is won: one of the numbers above the line of the formula is zero."))
    best = flow.levers[0]
    return say(
        _(
            "This pipeline wins %(money)s per day on average. Of the four levers, each better by %(lift)s, "
            "“%(best)s” brings most: %(change)s."
        ),
        money=say.money(flow.day),
        lift=short(say, inputs.lift),
        best=_lever_names()[best.lever],
        change=say.percent(best.change, signed=True),
    )


def _velocity_notes(say: Say, inputs: model.Inputs, flow: model.Flow) -> list[str]:
    notes = []
    shorter = next(one for one in flow.levers if one.lever == "cycle")
    if shorter.change is not None:
        notes.append(
            say(
                _(
                    "A cycle shorter by %(lift)s brings %(change)s, not %(plain)s: velocity is divided by the cycle, "
                    "while the other three are multiplied."
                ),
                lift=short(say, inputs.lift),
                change=say.percent(shorter.change, 2, signed=True),
                plain=short(say, inputs.lift, signed=True),
            )
        )
    elif flow.day == 0:
        notes.append(say(_("More of nothing is nothing, so no lever has a relative change here.")))
    if any(one.capped for one in flow.levers):
        notes.append(
            say(_("A win rate stops at %(all)s, so this lever brings less than the others."), all=say.percent(1))
        )
    if inputs.source == "s2-saas-usd":
        notes.append(say(_("A deal is worth one year of subscription here.")))
    if inputs.source == "s5-realestate-egp":
        notes.append(
            say(
                _("A deal is worth the commission here, not the price of the home; the opportunities are reservations.")
            )
        )
    notes.append(say(_("Take all four numbers from the same kind of deals and the same period.")))
    return notes


def _lever_bars(say: Say, flow: model.Flow) -> Bars:
    bars, names, most = Bars(), _lever_names(), flow.levers[0].gain or 1.0
    for i, one in enumerate(flow.levers):
        note = say(
            _("%(money)s more per day (%(change)s)"),
            money=say.money(one.gain), change=say.percent(one.change, signed=True),
        )  # fmt: skip
        bars.add(names[one.lever], note, (one.gain or 0.0) / most, kind="before" if i else "now")
    return bars


def _velocity_formula(say: Say, inputs: model.Inputs, flow: model.Flow) -> Blocks:
    return formula(
        say(_("Sales velocity, per day")),
        fraction("O · V · w", "L"),
        fraction(
            term(
                say.count(inputs.opportunities),
                " × ",
                say.figures(inputs.value, 7),
                " × ",
                say.percent(inputs.win_rate),
            ),
            say.figures(inputs.cycle),
        ),
        Apart(say.money(flow.day)),
        where=say(_("O: open qualified opportunities; V: average deal value; w: win rate; L: sales cycle in days.")),
    )


def _lever_table(say: Say, inputs: model.Inputs, flow: model.Flow) -> Blocks:
    names = _lever_names()
    write: dict[str, Callable[[float | None], str]] = {
        "opportunities": say.count,
        "value": say.money,
        "win-rate": say.percent,
        "cycle": lambda days: say.figures(days, 4),
    }
    rows = [
        [
            names[one.lever],
            write[one.lever](one.now),
            write[one.lever](one.then),
            say.money(one.velocity),
            say.percent(one.change, 2, signed=True),
        ]
        for one in flow.levers
    ]
    head = [_("Lever"), _("Now"), _("Then"), _("Velocity per day"), _("Change of velocity")]
    lift = short(say, inputs.lift)
    return table(_("One lever better by %(lift)s, the others as they are") % {"lift": lift}, head, rows)


# --- coverage -------------------------------------------------------------------------------------------------------


def coverage(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say whether the open value is enough for the target, and what it is worth stage by stage."""
    say, cover = Say(inputs.currency), result.cover
    covered = cover.covered
    figures = [
        KeyFigure(_("Coverage"), say.figures(covered.coverage, 3), _("open value, as a multiple of the target")),
        KeyFigure(_("Coverage needed"), say.figures(covered.needed, 3), _("to reach the target on average")),
        KeyFigure(_("Open value missing"), say.money(covered.missing)),
        KeyFigure(_("Weighted pipeline"), say.money(cover.sum), _("won sooner or later, on average")),
    ]
    return Findings(
        headline=_coverage_headline(say, inputs, cover),
        figures=figures,
        notes=_coverage_notes(say, inputs, cover),
        charts=[_coverage_bars(say, inputs, cover)] if cover.open or inputs.target else [],
        body=_coverage_formulas(say, inputs, cover) + _stage_table(say, inputs, cover),
    )


def _coverage_headline(say: Say, inputs: model.Inputs, cover: model.Cover) -> str:
    covered = cover.covered
    if covered.met:
        return say(_("The target is met: nothing is left to be won in this period, so there is nothing to cover."))
    if covered.needed is None:
        return say(_("With a rate of zero nothing is won in this period, so no open value is enough for the target."))
    facts = {"coverage": say.figures(covered.coverage, 3), "needed": say.figures(covered.needed, 3)}
    if covered.missing:
        return say(
            _(
                "The open value is %(coverage)s times the target still to be won. At these rates it would need to be "
                "%(needed)s times, so %(missing)s is missing."
            ),
            missing=say.money(covered.missing),
            **facts,
        )
    return say(
        _(
            "The open value is %(coverage)s times the target still to be won. At these rates %(needed)s times is enough, "
            "on average."
        ),
        **facts,
    )


def _coverage_notes(say: Say, inputs: model.Inputs, cover: model.Cover) -> list[str]:
    notes, covered = [], cover.covered
    if covered.needed is not None and not covered.met:
        notes.append(
            say(
                _(
                    "“Have %(three)s times the target” is right only if the win rate times the share that closes in time is "
                    "about a third. Here it is %(share)s."
                ),
                three=say.figures(THREE),
                share=say.percent(cover.share),
            )
        )
        if cover.in_time is not None and inputs.in_period < 1:
            notes.append(
                say(
                    _("If everything that is won closed within the period, %(needed)s times would be enough."),
                    needed=say.figures(cover.in_time, 3),
                )
            )
    notes.append(
        say(
            _(
                "Two averages, two questions: weighted by stage the pipeline brings %(weighted)s sooner or later; one win "
                "rate for all brings %(expected)s within the period. Neither is a promise, and open value is not revenue."
            ),
            weighted=say.money(cover.sum),
            expected=say.money(covered.expected),
        )
    )
    return notes


def _coverage_bars(say: Say, inputs: model.Inputs, cover: model.Cover) -> Bars:
    amounts = [
        (_("Open value"), cover.open, "now"),
        (_("Open value needed for the target"), cover.pipeline, "what_if"),
        (_("Weighted by stage, sooner or later"), cover.sum, "third"),
        (_("Expected within the period"), cover.covered.expected, "third"),
        (_("Target still to be won"), inputs.target, "before"),
    ]
    known = [(title, money, kind) for title, money, kind in amounts if money is not None]
    bars, most = Bars(), max(money for _title, money, _kind in known) or 1.0
    for title, money, kind in known:
        bars.add(title, say.money(money), money / most, kind=kind)
    return bars


def _coverage_formulas(say: Say, inputs: model.Inputs, cover: model.Cover) -> Blocks:
    covered = cover.covered
    have = formula(
        say(_("Coverage")),
        fraction("P", "Q"),
        fraction(say.figures(cover.open, 7), say.figures(inputs.target, 7)),
        say.figures(covered.coverage, 4),
        where=say(_("P: open value of all stages; Q: target still to be won.")),
    )
    need = formula(
        say(_("Coverage needed")),
        fraction("1", "w · h"),
        fraction(say.count(1), term(say.percent(inputs.value_rate), " × ", say.percent(inputs.in_period))),
        say.figures(covered.needed, 5),
        where=say(_("w: win rate by value; h: of what is won, the share that closes within the period.")),
    )
    return have + need


def _stage_table(say: Say, inputs: model.Inputs, cover: model.Cover) -> Blocks:
    rows = [
        [name, say.money(value), say.percent(chance), say.money(weighted)]
        for name, value, chance, weighted in zip(
            stage_names(), inputs.values, inputs.chances, cover.weighted, strict=True
        )
    ]
    rows.append([_("All stages"), say.money(cover.open), "", say.money(cover.sum)])
    head = [_("Stage of the pipeline"), _("Open value"), _("Chance to win"), _("Weighted value")]
    return table(_("Weighted pipeline: each stage's open value times its chance"), head, rows, marked=len(rows) - 1)
