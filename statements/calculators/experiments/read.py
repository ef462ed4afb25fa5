"""A/B tests, after: what two arms say, what they do not say, and whether the test was fit to say anything."""

from __future__ import annotations

from collections.abc import Callable

from funnel.calculators import experiments as model
from funnel.formulas.experiments import ALARM
from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, Lowered, formula, fraction, heading, table, term
from statements.calculators.experiments.cards import agreement, cards
from statements.calculators.experiments.words import (
    Interval,
    gap,
    gap_between,
    gap_ends,
    how_often,
    lift,
    lift_between,
    lift_ends,
    p_value,
    rate,
    short,
    size,
)
from statements.findings import Findings, KeyFigure
from statements.plane import Axis, Plane, axis
from statements.say import Say
from statements.text import _

WATCH = 0.05  # p of the split below which it is worth a look
CLOSE = 1e-12


def read(inputs: model.Inputs, found: model.Reading) -> Findings:
    """Say what the result says."""
    say = Say()
    return Findings(
        headline=_headline(say, inputs, found),
        figures=_figures(say, inputs, found),
        notes=_notes(say, inputs, found),
        charts=[_bars(say, inputs, found), _curves(say, inputs)],
        body=heading(_("Two ways to read the same numbers"), agreement(say, found))
        + cards(say, inputs, found)
        + _intervals(say, inputs, found)
        + _test(say, found)
        + _winners(say, inputs, found)
        + _split(say, inputs, found),
    )


def _empty(found: model.Reading) -> bool:
    return found.a.rate is None or found.b.rate is None


def _width(found: model.Reading) -> float | None:
    """Return how wide the interval of the difference is, for the number of decimals."""
    return None if found.newcombe is None else found.newcombe[1] - found.newcombe[0]


def _headline(say: Say, inputs: model.Inputs, found: model.Reading) -> str:
    if _empty(found):
        return say(_("An arm without people has no rate, so there is nothing to compare yet."))
    gap_, level = found.test.difference, short(say, inputs.level)
    facts = {
        "a": rate(say, found.a.rate), "b": rate(say, found.b.rate), "gap": size(say, gap_, _width(found)),
        "lift": say.percent(None if found.test.lift is None else abs(found.test.lift), 1),
    }  # fmt: skip
    if abs(certain(gap_)) < CLOSE:
        said = say(_("A and B came out alike, at %(a)s."), **facts)
    elif found.test.lift is None:
        said = say(_("In B %(b)s converted, in A nobody: B is %(gap)s ahead."), **facts)
    elif certain(gap_) > 0:
        said = say(_("In B %(b)s converted, in A %(a)s: B is %(gap)s ahead, or %(lift)s of A’s rate."), **facts)
    else:
        said = say(_("In B %(b)s converted, in A %(a)s: B is %(gap)s behind, or %(lift)s of A’s rate."), **facts)
    if found.test.z is None:
        return said + " " + say(_("Nobody differs from anybody here, so there is nothing to test."))
    if found.p is None:
        return said
    said += " " + say(
        _("If there were no difference, a gap at least this large would come up in %(often)s of such tests.")
        if found.p_exact is None
        else _(
            "If there were no difference, a result no likelier than this one would come up in %(often)s of such tests."
        ),
        often=how_often(say, found.p),
    )
    if found.p < inputs.level:
        return said + " " + say(_("That is below your level of %(level)s: significant."), level=level)
    told = _("That is not below your level of %(level)s: not significant, which does not mean “no difference”.")
    return said + " " + say(told, level=level)


def _figures(say: Say, inputs: model.Inputs, found: model.Reading) -> list[KeyFigure]:
    sure = short(say, inputs.confidence)
    facts = {"sure": sure}
    of_lift = say(_("%(sure)s interval: %(range)s"), range=lift_between(say, found.lift), **facts) if found.lift else ""
    of_gap = ""
    if found.newcombe is not None:
        of_gap = say(_("%(sure)s interval: %(range)s"), range=gap_between(say, found.newcombe), **facts)
    kind = _("exact test, two-sided") if found.p_exact is not None else _("z test, two-sided")
    shown = [
        KeyFigure(_("Relative lift of B"), lift(say, found.test.lift), of_lift),
        KeyFigure(_("Difference in points"), gap(say, found.test.difference, _width(found)), of_gap),
        KeyFigure(_("p-value"), p_value(say, found.p), kind if found.p is not None else ""),
        KeyFigure(_("P(B > A)"), say.chance(found.bayes.b_beats_a), _("from these data and the prior")),
    ]
    if found.ratio is not None:
        shown.append(KeyFigure(_("p of the split"), p_value(say, found.ratio[1]), _verdict(found.ratio[1])))
    return shown


def _verdict(p: float) -> str:
    if p < ALARM:
        return _("alarm: the test itself is broken")
    return _("worth a look, no alarm yet") if p < WATCH else _("as planned")


def _notes(say: Say, inputs: model.Inputs, found: model.Reading) -> list[str]:
    notes = []
    if found.ratio is not None and found.ratio[1] < ALARM:
        told = _(
            "The people are not split as planned, and chance hardly ever does this (p: %(p)s). Look for the bug before you read "
            "anything else here."
        )
        notes.append(say(told, p=p_value(say, found.ratio[1])))
    if _empty(found):
        return [*notes, say(_("What the Bayesian reading says about the empty arm is the prior alone."))]
    if not found.test.enough:
        told = _(
            "Fewer than about %(few)s successes or failures are to be expected in an arm: too few for the z test and the Wald "
            "interval. The p-value here is that of Fisher’s exact test; trust the Newcombe interval."
        )
        notes.append(say(told, few=say.count(model.FEW)) if found.p_exact is not None else "")
    if found.a.x == 0 or found.b.x == 0:
        told = _(
            "With no success in an arm, the classical interval of the relative lift is not defined: it needs the logarithm of zero."
        )
        notes.append(say(told))
    notes += _size_notes(say, inputs, found)
    notes.append(
        say(_("Count every person once, not every visit, and judge at the number of people that was planned."))
    )
    return [note for note in notes if note]


def _size_notes(say: Say, inputs: model.Inputs, found: model.Reading) -> list[str]:
    """Say what a test that was too small does to its result."""
    seen, reach = found.test.lift, found.reach.relative
    if found.p is None or seen is None or reach is None or found.least is None or not 0 < seen < reach:
        return []
    facts = {"n": say.count(found.planned), "reach": say.percent(reach, 1), "seen": say.percent(seen, 1)}
    if found.p < inputs.level:
        told = _(
            "With %(n)s people per arm the test was built to see a rise of %(reach)s or more; this one is %(seen)s. A gap that is "
            "significant although the test was too small for it is exaggerated on average: expect less than %(seen)s later."
        )
        return [say(told, **facts)]
    told = _(
        "With %(n)s people per arm the test was built to see a rise of %(reach)s or more. A smaller one, such as the "
        "%(seen)s here, is easily missed even if it is real."
    )
    return [say(told, **facts)]


def _bars(say: Say, inputs: model.Inputs, found: model.Reading) -> Bars:
    bars = Bars()
    both = [("A", found.a, found.of_a, "before"), ("B", found.b, found.of_b, "now")]
    longest = max([limits[1] for _n, _a, limits, _k in both if limits is not None] or [1.0]) or 1.0
    for name, arm, limits, kind in both:
        facts = {"x": say.count(arm.x), "n": say.count(arm.n), "rate": rate(say, arm.rate)}
        if limits is None:
            bars.add(name, say(_("nobody")), None, kind=kind)
            continue
        facts |= {"low": rate(say, limits[0]), "high": rate(say, limits[1])}
        words = say(_("%(x)s of %(n)s: %(rate)s; interval from %(low)s to %(high)s"), **facts)
        bars.add(name, words, certain(arm.rate) / longest, kind=kind, low=limits[0] / longest, high=limits[1] / longest)
    return bars


def _curves(say: Say, inputs: model.Inputs) -> Plane:
    of_a, of_b = model.posterior_curves(inputs)
    rates, heights = ([point[i] for point in (*of_a, *of_b)] for i in (0, 1))
    low, high, most = min(rates), max(rates), max(heights)
    digits = 0 if high - low > 0.05 else 1 if high - low > 0.005 else 2
    across = axis(low, high, lambda x: say.percent(x, digits), _("Rate"), exact=True)
    plane = Plane(across, Axis(0.0, most * 1.05, (), _("How plausible, after the data")), 220)
    plane.line(of_a, "A", "before")
    plane.line(of_b, "B", "now")
    return plane


def _intervals(say: Say, inputs: model.Inputs, found: model.Reading) -> Blocks:
    def row(words: str, limits: Interval | None, ends: Callable[[Interval], tuple[str, str]]) -> list[str]:
        return [say(words), *((say.dash, say.dash) if limits is None else ends(limits))]

    def rates(limits: Interval) -> tuple[str, str]:
        return rate(say, limits[0]), rate(say, limits[1])

    def points(limits: Interval) -> tuple[str, str]:
        return gap_ends(say, limits)

    def lifts(limits: Interval) -> tuple[str, str]:
        return lift_ends(say, limits)

    rows = [
        row(_("Rate of A (Wilson)"), found.of_a, rates),
        row(_("Rate of B (Wilson)"), found.of_b, rates),
        row(_("B minus A in points (Wald, the textbook’s)"), found.wald, points),
        row(_("B minus A in points (Newcombe, good for few people too)"), found.newcombe, points),
        row(_("Relative lift (logarithm of the ratio)"), found.lift, lifts),
        row(_("Relative lift (credible)"), found.bayes.lift, lifts),
    ]
    head = [_("Interval"), _("From"), _("To")]
    caption = _("All intervals at %(sure)s") % {"sure": short(say, inputs.confidence)}
    return heading(_("How sure, number by number")) + table(caption, head, rows)


def _test(say: Say, found: model.Reading) -> Blocks:
    test = found.test
    if test.z is None:
        return []
    pa, pb, pooled = (say.figures(p, 4) for p in (found.a.rate, found.b.rate, test.pooled))
    one = say.count(1)
    return formula(
        say(_("The z test")),
        fraction(
            term("p", Lowered("B"), " − p", Lowered("A")),
            term("√(P (", one, " − P) (", one, "/n", Lowered("A"), " + ", one, "/n", Lowered("B"), "))"),
        ),
        fraction(
            term(pb, " − ", pa),
            term(
                "√(",
                pooled,
                " × (",
                one,
                " − ",
                pooled,
                ") × (",
                one,
                "/",
                say.count(found.a.n),
                " + ",
                one,
                "/",
                say.count(found.b.n),
                "))",
            ),
        ),
        say.decimal(test.z, 4),
        where=say(
            _(
                "p: the rates; P: the rate of both arms together; n: people. The two-sided p-value belonging to it is %(p)s."
            ),
            p=p_value(say, test.p),
        ),
    )


def _winners(say: Say, inputs: model.Inputs, found: model.Reading) -> Blocks:
    """Return what tests of this size report of true gains that they find."""
    if not found.winners or found.least is None:
        return []
    told = _(
        "Only a gap of %(least)s or more can be significant here. If the true gain is smaller, a test of this size finds it "
        "only when chance adds to it, so the gains that are found look bigger than they are. The smaller the test, the bigger the "
        "exaggeration."
    )
    note = say(told, least=size(say, found.least))
    head = [_("If the true gain were"), _("it is found in"), _("and then looks on average like"), _("times the truth")]
    rows = [
        [lift(say, found.relative(one.truth)), say.percent(one.power, 0), lift(say, found.relative(one.shown)),
         say.decimal(one.factor, 1)]
        for one in found.winners
    ]  # fmt: skip
    caption = _("Gains as a share of A’s rate, in tests of %(n)s people per arm") % {"n": say.count(found.planned)}
    return heading(_("Winners look bigger than they are"), note) + table(caption, head, rows)


def _split(say: Say, inputs: model.Inputs, found: model.Reading) -> Blocks:
    if found.ratio is None:
        return []
    chi2, p = found.ratio
    facts = {
        "n": say.count(found.a.n),
        "m": say.count(found.b.n),
        "share": short(say, inputs.split),
    }
    told = _(
        "Planned for A: %(share)s. There are %(n)s in A and %(m)s in B. If people were split as planned, a split at least this "
        "uneven would come up in %(often)s of such tests. Below %(alarm)s, by common convention, stop and look for a bug."
    )
    note = say(told, often=how_often(say, p), alarm=short(say, ALARM), **facts)
    block = formula(
        "χ²",
        term(
            fraction(term("(n", Lowered("A"), " − E", Lowered("A"), ")²"), term("E", Lowered("A"))),
            " + ",
            fraction(term("(n", Lowered("B"), " − E", Lowered("B"), ")²"), term("E", Lowered("B"))),
        ),
        say.decimal(chi2, 4),
        where=say(_("n: people that came; E: people that the planned split would give. p = %(p)s"), p=p_value(say, p)),
    )
    return heading(_("Was the traffic split as planned?"), note) + block
