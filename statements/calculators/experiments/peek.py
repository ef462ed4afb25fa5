"""A/B tests, meanwhile: what looking often, and measuring much, does to the false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from funnel.calculators import experiments as model
from statements.blocks import Blocks, Raised, formula, heading, table, term
from statements.calculators.experiments.words import rate, short, size
from statements.findings import Findings, KeyFigure
from statements.plane import Axis, Plane, axis
from statements.say import Say
from statements.text import _

PRINTED = (1, 2, 5, 10, 20, 50)
TEN = 10
HIGH = 3.6  # the z axis reaches so far at least
MARGIN = 0.09  # of the width, for the words of the other axis


def peek(inputs: model.Inputs, found: model.Peeks) -> Findings:
    """Say how often tests without any difference raise an alarm."""
    say = Say()
    return Findings(
        headline=_headline(say, inputs, found),
        figures=_figures(say, inputs, found),
        notes=_notes(say, inputs, found),
        charts=[_rates(say, inputs, found), _paths(say, inputs, found)],
        body=_looks(say, inputs, found) + _metrics(say, inputs, found),
    )


def _headline(say: Say, inputs: model.Inputs, found: model.Peeks) -> str:
    level = short(say, inputs.level)
    if inputs.looks == 1:
        told = _(
            "Looking once, at the end, gives a false alarm in %(level)s of tests without any difference, as promised."
        )
        return say(told, level=level)
    return say.plural(
        "Looking %(n)s time at a growing test and stopping at the first alarm gives a false alarm in %(rate)s of tests without "
        "any difference, not in %(level)s.",
        "Looking %(n)s times at a growing test and stopping at the first alarm gives a false alarm in %(rate)s of tests without "
        "any difference, not in %(level)s.",
        inputs.looks, rate=say.percent(found.chance), level=level,
    )  # fmt: skip


def _figures(say: Say, inputs: model.Inputs, found: model.Peeks) -> list[KeyFigure]:
    runs = say(_("of %(n)s simulated tests"), n=say.count(model.RUNS))
    drawn = say(_("of the %(n)s in the picture"), n=say.count(len(found.drawn)))
    metrics = say.plural(
        "in one of %(n)s independent metric, one look",
        "in one of %(n)s independent metrics, one look",
        inputs.metrics,
    )
    return [
        KeyFigure(_("False alarms with so many looks"), say.percent(found.chance), runs),
        KeyFigure(_("False alarms with one look"), short(say, inputs.level), _("the level you chose")),
        KeyFigure(_("Drawn tests that alarmed"), say.count(found.alarmed), drawn),
        KeyFigure(_("A false alarm among the metrics"), say.percent(found.any_metric), metrics),
    ]


def _notes(say: Say, inputs: model.Inputs, found: model.Peeks) -> list[str]:
    told = _(
        "In all these tests A and B are equal, so every alarm is false. The rate is simulated; another draw moves it by about "
        "%(error)s either way, and the paths altogether."
    )
    return [
        say(told, error=size(say, found.error)),
        say(
            _(
                "What helps: fix the number of people and judge once. Or take a sequential method: its limits are set wider before "
                "the start, so that all looks together stay within the level."
            )
        ),
    ]


def _rates(say: Say, inputs: model.Inputs, found: model.Peeks) -> Plane:
    across = axis(1.0, float(len(found.alarms)), say.count, _("Looks at the test"), about=6, whole=True, exact=True)
    up = axis(0.0, found.separate[-1], lambda x: say.percent(x, 0), _("Tests with a false alarm so far"), about=4)
    plane = Plane(replace(across, low=1 - MARGIN * across.high), up)
    plane.line(list(enumerate(found.alarms, 1)), _("Looking often at one growing test (simulated)"))
    plane.line(list(enumerate(found.separate, 1)), _("Formula for separate tests: wrong here"), "what_if", dashed=True)
    plane.level(inputs.level, say(_("your level: %(level)s"), level=short(say, inputs.level)))
    plane.dots([(inputs.looks, found.chance)])
    return plane


def _paths(say: Say, inputs: model.Inputs, found: model.Peeks) -> Plane:
    """Draw z after every look, for a few tests; where one leaves the limits for the first time, a dot."""
    last = max(2.0, inputs.looks)
    most = max(HIGH, found.limit * 1.1, *(abs(z) for draw in found.drawn for z in draw.path))
    across = axis(1.0, last, say.count, _("Looks at the test"), about=6, whole=True, exact=True)
    limits = [(0.0, say.count(0)), *((z, say.decimal(z, 2, signed=True)) for z in (-found.limit, found.limit))]
    up = Axis(-most, most, limits, _("z after each look, and the limits of the level"))
    plane = Plane(replace(across, low=1 - MARGIN * last), up, 240)
    calm, alarm = _("Tests that stay calm"), _("Tests that raise a false alarm; the dot is the first")
    for draw in found.drawn:
        words, colour = (calm, "before") if draw.alarm is None else (alarm, "what_if")
        points = list(enumerate(draw.path, 1))
        if len(points) > 1:
            plane.line(points, words, colour)
        elif draw.alarm is None:
            plane.dots(points, words, colour)
        if draw.alarm is not None:
            plane.dots([points[draw.alarm]], "" if len(points) > 1 else words, colour)
    for limit in (-found.limit, found.limit):
        plane.level(limit, colour="third")
    return plane


def _looks(say: Say, inputs: model.Inputs, found: model.Peeks) -> Blocks:
    looks = int(inputs.looks) if inputs.looks > 1 else TEN
    facts = {
        "n": say.count(looks),
        "wrong": say.percent(found.separate[looks - 1]),
        "right": say.percent(found.alarms[looks - 1]),
    }
    told = _(
        "Many web pages reckon as if every look were a test of its own, with new people: for %(n)s looks that gives %(wrong)s. "
        "But a look at a growing test contains everybody whom the earlier looks saw, so many of its false alarms come where an "
        "earlier look had one already. Counted once, they make %(right)s: less than those pages say, and still far above your "
        "level."
    )
    rows = [
        [say.count(k), say.percent(found.alarms[k - 1]), say.percent(found.separate[k - 1])]
        for k in _shown(int(inputs.looks))
    ]
    head = [_("Looks"), _("False alarms, one growing test"), _("False alarms, separate tests")]
    caption = _("Chance of at least one false alarm")
    marked = _shown(int(inputs.looks)).index(int(inputs.looks))
    title = _("Why the larger number is wrong")
    return heading(title, say(told, **facts)) + table(caption, head, rows, marked=marked)


def _shown(looks: int) -> Sequence[int]:
    return sorted({*PRINTED, looks})


def _metrics(say: Say, inputs: model.Inputs, found: model.Peeks) -> Blocks:
    facts = {
        "level": short(say, inputs.level), "any": say.percent(found.any_metric), "strict": rate(say, found.strict),
        "less": say.percent(found.any_strict),
    }  # fmt: skip
    note = say.plural(
        "Here the formula is in its place: with %(n)s metric, each tested once at %(level)s, at least one false alarm comes up in "
        "%(any)s of tests. Bonferroni tests each at %(strict)s and stays at %(less)s.",
        "Here the formula is in its place: with %(n)s metrics that have nothing to do with each other, each tested once at "
        "%(level)s, at least one false alarm comes up in %(any)s of tests. Bonferroni tests each at %(strict)s and stays at "
        "%(less)s.",
        inputs.metrics, **facts,
    )  # fmt: skip
    one, k, level = say.count(1), say.count(inputs.metrics), say.figures(inputs.level)
    blocks = formula(
        say(_("At least one false alarm in k independent metrics")),
        term(one, " − (", one, " − α)", Raised("k")),
        term(one, " − (", one, " − ", level, ")", Raised(k)),
        say.decimal(found.any_metric, 4),
        where=say(
            _(
                "Metrics of the same people usually move together; then the true number is lower, and Bonferroni stricter than "
                "needed."
            )
        ),
    ) + formula(say(_("Bonferroni’s level for each")), "α / k", f"{level} / {k}", say.figures(found.strict))  # fmt: skip
    return heading(_("Many metrics in one test"), note) + blocks
