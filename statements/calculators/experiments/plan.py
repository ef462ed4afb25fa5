"""A/B tests, before: how many people, how many days, and what the people at hand can show."""

from __future__ import annotations

from dataclasses import replace

from funnel.calculators import experiments as model
from funnel.quantities import certain
from statements.blocks import Blocks, Lowered, formula, fraction, heading, table, term
from statements.calculators.experiments.words import gap, lift, rate, short, size
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.text import _

EVERYBODY = 8e9  # people on earth
LONG = 90  # days
LOWEST = 0.08  # of the height; a lower line would lie on the curve and its axis
MARGIN = 0.09  # of the width, for the words of the other axis
DOUBTFUL = 0.5  # a rise by half is more than most changes bring


def plan(inputs: model.Inputs, found: model.Plan) -> Findings:
    """Say how many people a test needs, and why."""
    say = Say()
    return Findings(
        headline=_headline(say, inputs, found),
        figures=_figures(say, inputs, found),
        notes=_notes(say, inputs, found),
        charts=[_plane(say, inputs, found)] if len(found.curve) > 1 else [],
        body=_formulas(say, inputs, found) + _others(say, inputs, found) + _at_hand(say, inputs, found),
    )


def _effect(say: Say, inputs: model.Inputs, effect: float | None, least: float | None = None) -> str:
    """Write an effect as the learner gave it: relative, or in points; with the decimals that the least one needs."""
    if effect is None:
        return say.dash
    return lift(say, inputs.in_unit(effect)) if inputs.unit == "relative" else gap(say, effect, least)


def _headline(say: Say, inputs: model.Inputs, found: model.Plan) -> str:
    facts = {"base": short(say, inputs.base), "target": short(say, found.target)}
    if found.target is None:
        return say(
            _("From %(base)s, so large a rise would lead beyond %(all)s. No rate can be that high."),
            all=say.percent(1), **facts,
        )  # fmt: skip
    if found.size.per_arm is None:
        if inputs.unit == "relative" and inputs.lift > 0:
            return say(
                _("Of a rate of %(base)s, every percentage is nothing. Give the effect in percentage points instead."),
                **facts,
            )
        return say(_("No number of people can show a difference of zero. Enter the smallest effect worth having."))
    said = say.plural(
        "To see a rise from %(base)s to %(target)s, each of the two arms needs %(n)s person.",
        "To see a rise from %(base)s to %(target)s, each of the two arms needs %(n)s people.",
        float(found.size.per_arm), **facts,
    )  # fmt: skip
    if found.days is not None:
        said += " " + say.plural(
            "With %(daily)s visitors a day in both arms together, that takes %(n)s day.",
            "With %(daily)s visitors a day in both arms together, that takes %(n)s days.",
            float(found.days), daily=say.count(inputs.daily),
        )  # fmt: skip
    return said


def _figures(say: Say, inputs: model.Inputs, found: model.Plan) -> list[KeyFigure]:
    both = "" if found.total is None else say(_("in both: %(n)s"), n=say.count(found.total))
    shown = [KeyFigure(_("People per arm"), say.count(found.size.per_arm), both)]
    daily = say(_("at %(n)s visitors a day"), n=say.count(inputs.daily)) if found.days is not None else ""
    shown.append(KeyFigure(_("Days"), say.count(found.days), daily))
    if inputs.have is not None and found.reach is not None:
        people = {"n": say.count(inputs.have)}
        note = say(_("with %(n)s people per arm"), **people)
        shown.append(KeyFigure(_("Smallest detectable effect"), _effect(say, inputs, found.reach.points), note))
        to = say(_("for your effect, with %(n)s per arm"), **people)
        shown.append(KeyFigure(_("Power of the test"), say.percent(found.chance), to))
    return shown


def _notes(say: Say, inputs: model.Inputs, found: model.Plan) -> list[str]:
    notes, needed = [], found.size.per_arm
    if needed is not None:
        told = _(
            "If the rise is real, such a test finds it in %(power)s of cases. If there is no difference, it still reports one "
            "in %(level)s of cases."
        )
        notes.append(say(told, power=short(say, inputs.power), level=short(say, inputs.level)))
        if needed > EVERYBODY:
            notes.append(say(_("There are not that many people on earth. Look for a bolder change.")))
        if found.days is None:
            notes.append(say(_("Enter the visitors a day to see how long it takes; without visitors it never ends.")))
        elif found.days > LONG:
            told = _("So long a test mixes seasons, and many people come back as new ones. Look for a bolder change.")
            notes.append(say(told))
        else:
            told = say.plural(
                "Run it for whole weeks, so that every weekday counts as often: %(n)s week.",
                "Run it for whole weeks, so that every weekday counts as often: %(n)s weeks.", float(certain(found.weeks)),
            )  # fmt: skip
            notes.append(told)
        notes.append(
            say(_("Fix the number before you start and judge once, when it is reached. Looking earlier has a price."))
        )
    if inputs.have is not None and found.reach is not None:
        notes += _reach_notes(say, inputs, found)
    return notes


def _reach_notes(say: Say, inputs: model.Inputs, found: model.Plan) -> list[str]:
    """Say what the people at hand cannot do."""
    people = {"n": say.count(inputs.have)}
    if inputs.have == 0:
        return [say(_("With nobody in an arm there is no test, so no power and no smallest effect."))]
    if certain(found.reach).points is None:
        return [
            say(
                _("With %(n)s people per arm, not even a rise to %(all)s would show. Do not test."),
                all=say.percent(1),
                **people,
            )
        ]
    relative = certain(found.reach).relative
    if relative is not None and relative >= DOUBTFUL:
        told = _(
            "With %(n)s people per arm only a rise of %(rise)s or more would show, and few changes do as much. Do not test: "
            "ask some of these people, or watch them."
        )
        return [say(told, rise=say.percent(relative, 0), **people)]
    return []


def _plane(say: Say, inputs: model.Inputs, found: model.Plan) -> Plane:
    curve = [(certain(inputs.in_unit(effect)), people) for effect, people in found.curve]
    least, most = curve[0][0], curve[-1][0]
    if inputs.unit == "relative":
        digits = 0 if most >= 0.05 else None
        across = axis(
            least,
            most,
            lambda x: say.percent(x, digits),
            _("Smallest effect worth having, of the rate now"),
            exact=True,
        )
    else:
        digits = 1 if most >= 0.005 else 3
        title = _("Smallest effect worth having, in percentage points")
        across = axis(least, most, lambda x: say.numbers.points(x, digits, False), title, exact=True)
    up = axis(0.0, curve[0][1], say.compact, _("People per arm"))
    plane = Plane(replace(across, low=least - MARGIN * (most - least)), up)
    plane.line(curve, _("People needed per arm"))
    if inputs.have is not None and LOWEST * up.high < inputs.have < up.high:
        plane.level(inputs.have, say(_("what you have: %(n)s"), n=say.count(inputs.have)))
    for effect, _target, needed, _days in found.others:
        at = certain(inputs.in_unit(effect))
        if needed.exact is not None and least <= at <= most:
            if effect == found.effect:
                plane.upright(at, say(_("your effect: %(n)s"), n=say.count(needed.per_arm)), "now")
            plane.dots([(at, needed.exact)], colour="now" if effect == found.effect else "before")
    return plane


def _formulas(say: Say, inputs: model.Inputs, found: model.Plan) -> Blocks:
    if found.size.per_arm is None:
        return []
    p1, p2, mean = (say.figures(p, 4) for p in (inputs.base, found.target, found.mean))
    one, two, below = say.count(1), say.count(2), f"({p2} − {p1})²"
    roots = (
        f"{say.decimal(found.z_level, 3)} √({two} × {mean} × ({one} − {mean})) + "
        f"{say.decimal(found.z_power, 3)} √({p1} × ({one} − {p1}) + {p2} × ({one} − {p2}))"
    )
    symbols = term(
        "(z",
        Lowered(f"{one}−α/{two}"),
        f" √({two} p̄ ({one} − p̄)) + z",
        Lowered(f"{one}−β"),
        f" √(p₁ ({one} − p₁) + p₂ ({one} − p₂)))²",
    )
    whole = formula(
        say(_("People per arm")),
        "n",
        fraction(symbols, "(p₂ − p₁)²"),
        fraction(term("(", roots, ")²"), below),
        say.decimal(found.size.exact, 1),
        where=say(
            _(
                "p₁: the rate now; p₂: the rate to be told from it; p̄: their mean; α: the significance level; β: how "
                "often the effect is missed, one minus the power. Rounded up to whole people."
            )
        ),
    )
    thumb = formula(
        say(_("Rule of thumb, for the usual level and power")),
        fraction(term(say.count(16), " p̄ (", one, " − p̄)"), "(p₂ − p₁)²"),
        fraction(term(say.count(16), " × ", mean, " × (", one, " − ", mean, ")"), below),
        say.count(found.size.rule_of_thumb),
        where=say(
            _("Good enough for a quick look with a level of %(level)s and a power of %(power)s; it knows no others."),
            level=say.percent(0.05, 0), power=say.percent(0.8, 0),
        ),
    )  # fmt: skip
    return whole + thumb


def _others(say: Say, inputs: model.Inputs, found: model.Plan) -> Blocks:
    if not found.others:
        return []
    least = found.others[0][0]
    head = [_("Effect"), _("Rate to be told from the rate now"), _("People per arm"), _("Days")]
    rows = [
        [_effect(say, inputs, effect, least), rate(say, target), say.count(needed.per_arm), say.count(days)]
        for effect, target, needed, days in found.others
    ]
    marked = [effect for effect, *_rest in found.others].index(found.effect)
    note = say(
        _("Half the effect needs about four times the people. That is why small improvements are so costly to prove.")
    )
    return heading(_("Smaller effects, more people"), note) + table(
        _("From half your effect to twice your effect"), head, rows, marked=marked
    )


def _at_hand(say: Say, inputs: model.Inputs, found: model.Plan) -> Blocks:
    """Return what the people at hand can show."""
    if not inputs.have or found.reach is None or found.reach.points is None:
        return []
    told = _(
        "With %(n)s people per arm and the power you chose, the smallest rise that shows is %(points)s, from %(base)s to "
        "%(target)s. The quick form gives %(quick)s."
    )
    note = say(
        told, n=say.count(inputs.have), points=size(say, found.reach.points), base=short(say, inputs.base),
        target=rate(say, found.reach_rate), quick=size(say, found.reach.quick),
    )  # fmt: skip
    one, two, base = say.count(1), say.count(2), say.figures(inputs.base, 4)
    block = formula(
        say(_("Quick form of the smallest detectable effect")),
        term(
            "(z",
            Lowered("1−α/2"),
            " + z",
            Lowered("1−β"),
            ") √(",
            two,
            " p₁ (",
            one,
            " − p₁) / n)",
        ),
        f"({say.decimal(found.z_level, 3)} + {say.decimal(found.z_power, 3)}) "
        f"√({two} × {base} × ({one} − {base}) / {say.count(inputs.have)})",
        say.figures(found.reach.quick, 3),
    )
    return heading(_("With the people you have"), note) + block
