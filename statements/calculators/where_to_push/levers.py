"""Where to push: what follows from the levers, each alone and all together."""

from __future__ import annotations

from funnel.quantities import all_known, certain
from statements.bars import Bars
from statements.blocks import Blocks, Lowered, between, formula, fraction, heading, table, term
from statements.calculators.where_to_push.words import Words, zero_rates
from statements.findings import Findings, KeyFigure
from statements.text import _


def all_levers(words: Words) -> Findings:
    """Rank the levers by what they bring and by what each extra one at the end costs."""
    result = words.result
    if words.total() is None or not result.levers or not result.by_gain:
        return Findings(headline=_nothing(words), notes=_zero(words) + words.growth())
    best = result.lever(result.by_gain[0][0]).effect.gain
    charts = [_gain_bars(words)] if best else []
    if len(result.by_money) > 1:
        charts.append(_money_bars(words))
    return Findings(
        headline=_headline(words), figures=_figures(words), notes=_notes(words), charts=charts,
        body=_formula(words) + _table(words) + _together(words) + _elsewhere(words),
    )  # fmt: skip


def _nothing(words: Words) -> str:
    if words.total() is None:
        return words.say(
            _("Fill in every step rate: without them, nothing is known about “%(last)s”."), last=words.last
        )
    if not words.result.levers and words.inputs.how == "reference":
        return words.say(_("Enter a reference rate above the present rate for at least one step."))
    if not words.result.levers:
        return words.say(_("No lever is pulled yet: enter a lift for at least one step."))
    return words.say(_("With these rates the gain at “%(last)s” is not defined."), last=words.last)


def _zero(words: Words) -> list[str]:
    if words.inputs.how == "reference":
        return zero_rates(words, range(len(words.names)))
    return zero_rates(words, [one.step for one in words.result.levers])


def _headline(words: Words) -> str:
    say, result = words.say, words.result
    best = result.lever(result.by_gain[0][0])
    facts = {
        "last": words.last, "before": words.number(words.total()), "after": words.number(best.effect.counts[-1]),
        "gain": say.count(best.effect.gain, signed=True), "levers": words.levers(result.by_gain[0]),
    }  # fmt: skip
    if not best.effect.gain:
        return say(_("None of these levers brings anybody more to “%(last)s”."), **facts)
    if result.alike:
        told = _("Each of these levers alone brings “%(last)s” from %(before)s to %(after)s: %(gain)s.")
    else:
        told = _("Most comes from %(levers)s: “%(last)s” goes from %(before)s to %(after)s, %(gain)s.")
    said = say(told, **facts)
    if result.by_money:
        cheapest = result.lever(result.by_money[0][0]).effect
        facts = {"levers": words.levers(result.by_money[0]), "cost": say.money(cheapest.money_per_gain)}
        if not cheapest.cost:
            said += " " + say(_("Best for the money: %(levers)s, at no cost."), **facts)
        else:
            said += " " + say(_("Best for the money: %(levers)s, at %(cost)s for each extra one."), **facts)
    return said


def _figures(words: Words) -> list[KeyFigure]:
    say, result = words.say, words.result
    at = _("at “%(last)s”") % {"last": words.names[-1]}
    shown = [KeyFigure(_("Most from one lever"), say.count(result.lever(result.by_gain[0][0]).effect.gain, True), at)]
    if len(result.levers) > 1 and result.together.gain is not None:
        relative = {"share": say.percent(result.together.relative, signed=True), "last": words.names[-1]}
        shown.append(
            KeyFigure(
                _("All levers together"), say.count(result.together.gain, True),
                _("%(share)s at “%(last)s”") % relative if result.together.relative is not None else at,
            )
        )  # fmt: skip
    if result.by_money:
        step = result.by_money[0][0]
        cost = result.lever(step).effect.money_per_gain
        shown.append(KeyFigure(_("Cheapest extra one"), words.per_extra(cost), words.lever(step)))
    if result.by_profit:
        step = result.by_profit[0][0]
        shown.append(
            KeyFigure(_("Largest profit from one lever"), say.money(result.lever(step).profit), words.lever(step))
        )
    return shown


def _notes(words: Words) -> list[str]:
    say, result, inputs = words.say, words.result, words.inputs
    notes = _zero(words)
    if inputs.how != "reference":  # there the lift ends at a rate of at most 1, whatever it is
        notes += words.capped([one.step for one in result.levers if one.effect.capped])
    if result.alike and inputs.how == "relative" and result.lever(result.levers[0].step).effect.gain:
        told = _(
            "A lift of the same share is worth the same at every step, because the rates are multiplied. So the cost decides."
        )
        notes.append(say(told))
    if inputs.how == "points" and len(result.by_gain) > 1:
        notes.append(say(_("A point is worth most where the rate is smallest: it is a larger share of that rate.")))
    if inputs.how == "reference" and result.idle:
        told = _("Already at or above the reference rate, so there is nothing to lift: %(levers)s.")
        notes.append(say(told, levers=words.levers(result.idle)))
    unpriced = [one.step for one in result.levers if inputs.costs[one.step] is None]
    if len(unpriced) == len(result.levers):
        notes.append(say(_("To compare the levers by money as well, enter what they cost.")))
    elif unpriced:
        told = _("Not compared by money, because the cost is missing: %(levers)s.")
        notes.append(say(told, levers=words.levers(unpriced)))
    notes += _handling_note(words)
    losing = [one.step for one in result.levers if one.profit is not None and one.profit < 0]
    if losing:
        told = _("At the worth that you entered, this costs more than it brings: %(levers)s.")
        notes.append(say(told, levers=words.levers(losing)))
    doubtful = next((one for one in result.levers if one.fall), None)
    if doubtful:
        told = _(
            "%(levers)s: if the extra people fit less well, the gain is gone once the later rates fall by %(fall)s in all."
        )
        notes.append(say(told, levers=words.heads([doubtful.step]), fall=say.percent(doubtful.fall)))
    return notes + words.growth()


def _handling_note(words: Words) -> list[str]:
    say = words.say
    dear = next((one for one in words.result.levers if one.handling), None)
    if dear is None:
        return []
    told = _(
        "%(levers)s: of %(cost)s in all, %(handling)s go to the extra people on the way down. The higher up a lever is, the "
        "more stages it fills and pays for."
    )
    costs = {"cost": say.money(dear.effect.cost), "handling": say.money(dear.handling)}
    return [say(told, levers=words.heads([dear.step]), **costs)]


def _gain_bars(words: Words) -> Bars:
    say, result, bars = words.say, words.result, Bars()
    longest = result.lever(result.by_gain[0][0]).effect.gain or 1.0
    for step in [step for group in result.by_gain for step in group]:
        one = result.lever(step)
        if step:
            told = _("%(gain)s at the end · rate %(before)s to %(after)s")
            ends = say.percent(words.inputs.rates[step]), say.percent(one.rate)
        else:
            told = _("%(gain)s at the end · number %(before)s to %(after)s")
            ends = say.count(words.inputs.top), say.count(one.effect.counts[0])
        note = told % {"gain": say.count(one.effect.gain, True), "before": ends[0], "after": ends[1]}
        bars.add(words.lever(step), note, certain(one.effect.gain) / longest)
    return bars


def _money_bars(words: Words) -> Bars:
    say, result, bars = words.say, words.result, Bars()
    order = [step for group in result.by_money for step in group]
    worths = {step: result.lever(step).effect.gain_per_money for step in order}
    best = max((worth for worth in worths.values() if worth is not None), default=1.0)
    for step in order:
        note, length = _("Each extra one costs nothing"), 1.0
        if worths[step] is not None:
            cost = say.money(result.lever(step).effect.money_per_gain)
            note = _("%(cost)s for each extra one") % {"cost": cost}
            length = certain(worths[step]) / best
        bars.add(words.lever(step), note, length, kind="third")
    return bars


def _formula(words: Words) -> Blocks:
    """Return the gain of the best lever, with the learner's numbers."""
    say, result = words.say, words.result
    step = result.by_gain[0][0]
    one = result.lever(step)
    now, after = (words.inputs.rates[step], one.rate) if step else (words.inputs.top, one.effect.counts[0])
    if not now or not one.effect.gain:
        return []
    return formula(
        say(_("Extra at the end, from %(levers)s"), levers=words.levers([step])),
        term("N", Lowered("k"), " × (", fraction("r′", "r"), " − ", say.count(1), ")"),
        term(say.figures(words.total(), 5), " × (", fraction(say.figures(after), say.figures(now)), " − ", say.count(1), ")"),
        say.figures(one.effect.gain),
        where=say(
            _(
                "N: people at “%(last)s” now; r: the rate now (at the top, the number); r′: the same with the lever. The bracket "
 "is the relative lift."
),
            last=words.last,
        ),
    )  # fmt: skip


def _table(words: Words) -> Blocks:
    """Return every lever with what it brings and costs, in the order of the gain."""
    say, result = words.say, words.result
    ranked = [step for group in result.by_gain for step in group]
    order = ranked + [one.step for one in result.levers if one.step not in ranked]
    priced = any(one.effect.cost is not None for one in result.levers)
    valued = any(one.profit is not None for one in result.levers)
    rows = []
    for one in map(result.lever, order):
        before, after = (
            (say.percent(words.inputs.rates[one.step]), say.percent(one.rate))
            if one.step
            else (say.count(words.inputs.top), say.count(one.effect.counts[0]))
        )
        star = " *" if one.effect.capped and words.inputs.how != "reference" else ""
        row = [words.lever(one.step, isolated=True), before, after + star, say.count(one.effect.gain, True)]
        if priced:
            per = one.effect.money_per_gain
            row += [say.money(one.effect.cost), words.per_extra(per) if per is not None else say.dash]
        rows.append(row + ([say.money(one.profit)] if valued else []))
    head = [_("Which lever"), _("Now"), _("With the lever"), _("Extra at “%(last)s”") % {"last": words.names[-1]}]
    head += [_("All costs"), _("Cost of each extra one")] if priced else []
    head += [_("Profit")] if valued else []
    return table(_("Each lever alone, all others as they are"), head, rows)


def _together(words: Words) -> Blocks:
    say, result = words.say, words.result
    lifts = all_known(one.effect.relative for one in result.levers)
    if lifts is None or len(lifts) < 2 or result.together.relative is None or result.sum_of_gains is None:
        return []
    one = say.count(1)
    return formula(
        say(_("All levers together")),
        f"({one} + x₁) ({one} + x₂) … − {one}",
        term(between(" × ", [say.figures(1 + lift) for lift in lifts]), " − ", one),
        say.figures(result.together.relative),
        where=say(
            _(
                "x: the relative lift of each lever. Together they bring %(all)s at “%(last)s”; the sum of each alone is "
                "%(sum)s. Lifts are multiplied, not added."
            ),
            all=say.count(result.together.gain, True), sum=say.count(result.sum_of_gains, True), last=words.last,
        ),
    )  # fmt: skip


def _elsewhere(words: Words) -> Blocks:
    """Return how far each step alone would have to rise to bring as much as the best lever."""
    say, result = words.say, words.result
    rows = []
    for goal in result.goals:
        needed, change = say.dash, say.dash
        if goal.rate is not None and not goal.reachable:
            needed = say(_("not even %(all)s"), all=say.percent(1))
        elif goal.rate is not None:
            needed, change = say.percent(goal.rate), say.points(goal.change)
        rows.append(
            [words.lever(goal.index, isolated=True), say.percent(words.inputs.rates[goal.index]), needed, change]
        )
    if not rows:
        return []
    head = [_("Step"), _("Rate now"), _("Rate needed"), _("Difference in points")]
    title, caption = (
        _("The same gain by another step"),
        _("To bring as much as the best lever, each step alone would need"),
    )
    return heading(title) + table(caption, head, rows)
