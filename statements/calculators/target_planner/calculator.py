"""Target planner: what is wanted below, and who is needed above; half a chance said aloud."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import target_planner as model
from funnel.facts.businesses import CURRENCIES
from funnel.quantities import RATE, all_known
from statements.bars import Bars
from statements.blocks import Blocks, Lowered, between, formula, fraction, heading, table, term
from statements.calculator import Calculator, TableOfNumbers
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.settings import Control, Group, Pick, currency_options, with_currency
from statements.text import _, short_name, stage_name, typed


def _stages(inputs: model.Inputs) -> list[str]:
    """Return the stages' names as text."""
    return [stage_name(stage, i) for i, stage in enumerate(inputs.stages)]


def _safe(inputs: model.Inputs) -> list[str]:
    """Return the stages' names; what a learner wrote is isolated, so that it keeps its own direction."""
    return [words if stage.id else typed(words) for stage, words in zip(inputs.stages, _stages(inputs), strict=True)]


def picks(inputs: model.Inputs) -> list[Pick]:
    """What is wanted, and in which currency."""
    found = [Pick("goal", _("What do you want?"), {"customers": _("Customers"), "revenue": _("Revenue")})]
    if inputs.goal == "revenue":
        found.append(Pick("currency", _("Currency"), currency_options(CURRENCIES), menu=True))
    return found


def groups(inputs: model.Inputs) -> list[Group]:
    """The target, the certainty, the rates."""
    names = _stages(inputs)
    if inputs.goal == "revenue":
        wanted = [
            Control("revenue", with_currency(_("Revenue wanted"), inputs.currency), "money", high=1e15),
            Control("sale", with_currency(_("Average sale value"), inputs.currency), "money", high=1e15),
        ]
    else:
        wanted = [Control("target", _("Wanted at “%(stage)s”") % {"stage": names[-1]}, high=1e9)]
    sure = Control(
        "chance", _("How sure do you want to be?"), "percent", low=0.5, high=0.99, slide=(0.5, 0.99, 0.01),
        help=_("The plain plan reaches the target about half the time. More certainty needs more people at the top."),
    )  # fmt: skip
    have = Control("top", _("“%(stage)s” now") % {"stage": names[0]}, optional=True)
    rates = [
        Control(
            "rates", _("“%(stage)s”, as a share of “%(before)s”") % {"stage": names[i], "before": names[i - 1]},
            "percent", i, high=RATE.high, optional=True,
        )
        for i in range(1, len(names))
    ]  # fmt: skip
    return [Group(_("The target"), [*wanted, sure, have]), Group(_("Step rates"), rates)]


def findings(inputs: model.Inputs) -> Findings:
    """Say who is needed, draw the chain upward, and which single rate would also do."""
    say, result, names = Say(inputs.currency), model.compute(inputs), _safe(inputs)
    needed = all_known(result.plan.counts)
    facts = {"top": names[0], "last": names[-1], "target": say.count(result.customers)}
    return Findings(
        headline=_headline(say, inputs, result, facts),
        figures=_figures(say, inputs, result, names),
        notes=_notes(say, inputs, result, names),
        charts=[] if needed is None else [_bars(say, needed, _stages(inputs))],
        body=_formulas(say, inputs, result, names)
        + _table(say, inputs, result, names)
        + _single(say, inputs, result, names),
    )


def _headline(say: Say, inputs: model.Inputs, result: model.Result, facts: dict[str, str]) -> str:
    if result.customers is None:
        return say(_("Enter what an average sale brings; without it, revenue says nothing about customers."))
    plan = result.plan
    if plan.blocked:
        return say(_("With a step rate of zero, no number of people at “%(top)s” reaches the target."), **facts)
    if plan.whole[0] is None:
        return say(_("Fill in every step rate to plan backwards from the target."))
    said = say.plural(
        "%(target)s at “%(last)s” needs about %(n)s person at “%(top)s”.",
        "%(target)s at “%(last)s” need about %(n)s people at “%(top)s”.",
        float(plan.whole[0]), **facts,
    )  # fmt: skip
    if plan.chance is not None and result.customers > 0:
        said += " " + say(
            _("That is an average: the chance to reach the target with so many is only %(chance)s."),
            chance=say.percent(plan.chance),
        )
    if result.surely is not None and result.surely > plan.whole[0]:
        said += " " + say.plural(
            "To be %(sure)s sure, take %(n)s person.", "To be %(sure)s sure, take %(n)s people.",
            float(result.surely), sure=say.percent(inputs.chance, 0),
        )  # fmt: skip
    return said


def _figures(say: Say, inputs: model.Inputs, result: model.Result, names: Sequence[str]) -> list[KeyFigure]:
    plan = result.plan
    shown = [
        KeyFigure(_("Needed at the top"), say.count(plan.whole[0]), _("on average")),
        KeyFigure(
            _("For the certainty you chose"), say.count(result.surely),
            say(_("in %(sure)s of cases"), sure=say.percent(inputs.chance, 0)),
        ),
        KeyFigure(_("Overall rate"), say.percent(plan.overall)),
    ]  # fmt: skip
    if inputs.top is not None:
        shown.append(KeyFigure(_("Chance with the people you have"), say.percent(result.reached)))
    return shown


def _notes(say: Say, inputs: model.Inputs, result: model.Result, names: Sequence[str]) -> list[str]:
    notes, plan = [], result.plan
    for i in plan.growth:
        notes.append(
            say(
                _("“%(stage)s” is larger than the stage before it. In a closed group that cannot be: check the rate."),
                stage=names[i],
            )
        )
    if result.customers == 0:
        notes.append(say(_("A target of zero needs nobody.")))
    if plan.overall is not None and plan.overall > 1:
        notes.append(
            say(_("An overall rate above %(all)s is no chance, so no certainty can be worked out."), all=say.percent(1))
        )
    if plan.bias:
        notes.append(
            say(
                _(
                    "Rounding up at every step would ask for %(much)s at the top, %(bias)s too many. Carry the fractions "
                    "and round once, at the end."
                ),
                much=say.count(plan.stepwise[0]),
                bias=say.count(plan.bias),
            )
        )
    notes.append(say(_("The chances assume that people decide independently of each other and that the rates hold.")))
    return notes


def _bars(say: Say, counts: Sequence[float], names: Sequence[str]) -> Bars:
    bars, longest = Bars(), max(counts) or 1.0
    for i, count in enumerate(counts):
        bars.add(
            names[i], say.count(model.whole_up(count)), count / longest, until=counts[i - 1] / longest if i else None
        )
    return bars


def _formulas(say: Say, inputs: model.Inputs, result: model.Result, names: Sequence[str]) -> Blocks:
    rates = [say.percent(rate) for rate in inputs.rates[1:]]
    plan = result.plan
    return formula(
        say(_("Needed at the top")),
        fraction("T", term("r₁ · … · r", Lowered("k"))) if len(rates) > 2 else fraction("T", "r₁ · r₂"),
        fraction(say.count(result.customers), between(" × ", rates)),
        say.figures(plan.counts[0], 7),
        where=say(_("T: the target; r: the step rates. Rounded up once, to whole people.")),
    )


def _table(say: Say, inputs: model.Inputs, result: model.Result, names: Sequence[str]) -> Blocks:
    plan = result.plan
    rows = [
        [
            names[i],
            say.percent(inputs.rates[i]) if i else "",
            say.decimal(plan.counts[i], 1) if plan.counts[i] is not None else say.dash,
            say.count(plan.whole[i]),
            say.count(plan.stepwise[i]),
        ]
        for i in range(len(names))
    ]
    head = [
        _("Stage"),
        _("Step rate (of the stage before)"),
        _("Expected"),
        _("Rounded up once"),
        _("Rounded at every step"),
    ]
    return table(_("The plan, stage by stage"), head, rows)


def _single(say: Say, inputs: model.Inputs, result: model.Result, names: Sequence[str]) -> Blocks:
    """Return which single rate would reach the target with the people that are there now."""
    if inputs.top is None or not any(goal.rate is not None for goal in result.goals):
        return []
    rows = []
    for goal in result.goals:
        i = goal.index
        step = say(_("“%(before)s” to “%(stage)s”"), before=short_name(names[i - 1]), stage=short_name(names[i]))
        if goal.rate is None:
            needed, change = say.dash, say.dash
        elif not goal.reachable:
            needed, change = say(_("not even %(all)s"), all=say.percent(1)), say.dash
        else:
            needed, change = say.percent(goal.rate), say.points(goal.change)
        rows.append([step, say.percent(inputs.rates[i]), needed, change])
    head = [_("Step"), _("Rate now"), _("Rate needed"), _("Difference in points")]
    lead = say(
        _("With the %(n)s you have at “%(top)s”, one of these rates alone would be enough:"),
        n=say.count(inputs.top), top=names[0],
    )  # fmt: skip
    return heading(_("Or change one rate"), lead) + table(_("One rate changed, all others as they are"), head, rows)


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the plan as ids and plain numbers."""
    plan, names = model.compute(inputs).plan, _stages(inputs)
    head = ["stage_id", "stage", "step_rate", "expected", "rounded_once", "rounded_every_step"]
    rows = [
        [stage.id, names[i], inputs.rates[i], plan.counts[i], plan.whole[i], plan.stepwise[i]]
        for i, stage in enumerate(inputs.stages)
    ]
    return head, rows


CALCULATOR = Calculator("target_planner", model, groups, findings, csv_table, picks)
