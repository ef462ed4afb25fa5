"""Cohorts: who is still there by age, what the curves say, and what a model of renewals expects of the time after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest

from funnel.calculators import cohorts as model
from funnel.quantities import certain
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.cohorts.tables import body
from statements.calculators.cohorts.words import (
    after,
    age_title,
    discount_label,
    horizon_label,
    names,
    no_model,
    period_names,
    safe_names,
)
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.settings import Control, Group, Pick
from statements.text import _


@dataclass(frozen=True)
class Cell(Control):
    """One count of one cohort."""

    row: int = 0

    @property
    def key(self) -> str:
        return f"{self.field}-{self.row}-{self.index}"

    def value(self, inputs: model.Inputs) -> float | None:
        row = inputs.counts[self.row] if self.row < len(inputs.counts) else ()
        age = certain(self.index)
        return row[age] if age < len(row) else None

    def changed(self, inputs: model.Inputs, value: float | None) -> model.Inputs:
        return model.with_count(inputs, self.row, certain(self.index), value)


def picks(inputs: model.Inputs) -> list[Pick]:
    """Which cohorts the models are fitted to, and what a period is."""
    found = [Pick("period", _("Length of a period"), period_names(), aside=True)]
    if len(inputs.counts) > 1:
        options = {model.ALL: _("All cohorts together")}
        options |= {str(i): name for i, name in enumerate(names(inputs), 1)}
        words = _("Choose one cohort to see its own curve and to change its numbers by hand.")
        found.insert(0, Pick("fit", _("Which cohort do the models follow?"), options, words, menu=True))
    return found


def groups(inputs: model.Inputs) -> list[Group]:
    """The look ahead, and the counts of one cohort."""

    def whole(now: model.Inputs, value: float | None) -> model.Inputs:
        return replace(now, horizon=float(max(1, round(value or 1))))

    ahead = [
        Control("horizon", horizon_label(inputs.period), "number", low=1, high=120, slide=(1, 60, 1), put=whole),
        Control(
            "discount", discount_label(inputs.period), "percent", high=1, slide=(0, 0.2, 0.001),
            help=_("A payment a period later counts for so much less. Zero counts all payments in full."),
        ),
    ]  # fmt: skip
    row = 0 if len(inputs.counts) == 1 else None if inputs.fit == model.ALL else int(inputs.fit) - 1
    found = [Group(_("The projection"), ahead)]
    if row is not None:
        ages = min(len(inputs.counts[row]) + 1, model.MOST_AGES)
        number = Say().count
        cells = [
            Cell("counts", _("Still there at age %(age)s") % {"age": number(age)}, index=age, row=row, optional=age > 0)
            for age in range(ages)
        ]
        title = _("Change the counts of “%(cohort)s”") % {"cohort": names(inputs)[row]}
        found.append(Group(title, cells, folded=True))
    return found


def findings(inputs: model.Inputs) -> Findings:
    """Say who is still there and who will be, draw the curves, and lay out table, models and what is to come."""
    say, result = Say(), model.compute(inputs)
    return Findings(
        headline=_headline(say, inputs, result),
        figures=_figures(say, inputs, result),
        notes=_notes(say, inputs, result),
        charts=[_plane(say, inputs, result)] if result.last else [],
        body=body(say, inputs, result),
    )


def _headline(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    if result.seen[0] is None:
        return say(_("Nobody is in this cohort, so there are no shares to tell."))
    if not result.last:
        return say(_("Only the start is known so far. How many stay, the next count will say."))
    facts = {"share": say.percent(result.seen[result.last]), "after": after(say, inputs.period, result.last)}
    if not result.best:
        return say(_("Of all who began, %(share)s are still there %(after)s."), **facts)
    return say(
        _("Of all who began, %(share)s are still there %(after)s; the model expects %(later)s %(then)s."),
        later=say.percent(result.expected[int(inputs.horizon)]), then=after(say, inputs.period, inputs.horizon), **facts,
    )  # fmt: skip


def _figures(say: Say, inputs: model.Inputs, result: model.Result) -> list[KeyFigure]:
    counted = result.seen[result.last] if result.last else None
    shown = [KeyFigure(_("Still there, as counted"), say.percent(counted), after(say, inputs.period, result.last))]
    if not result.best or result.tenure is None:
        return shown
    most = say.count(inputs.horizon)
    first = say(_("of at most %(n)s, counted from the start"), n=most)
    if inputs.discount >= model.NO_DISCOUNT:
        first = say(_("of at most %(n)s, counted from the start, discounted"), n=most)
    shown += [
        KeyFigure(
            _("Expected by the model"),
            say.percent(result.expected[int(inputs.horizon)]),
            after(say, inputs.period, inputs.horizon),
        ),
        KeyFigure(_("Payments of a new customer"), say.decimal(result.tenure.within, 2), first),
    ]
    if result.there > 0:
        who = say.plural("from the %(n)s customer still there", "from the %(n)s customers still there", result.there)
        shown.append(KeyFigure(_("Payments still to come"), say.count(result.coming), who))
    return shown


def _notes(say: Say, inputs: model.Inputs, result: model.Result) -> list[str]:
    notes, labels = [], safe_names(inputs)
    for i, row in enumerate(inputs.counts):
        if row[0] == 0:
            notes.append(say(_("“%(cohort)s” began with nobody; it has no shares and is left out."), cohort=labels[i]))
    for i in result.grows[:4]:
        notes.append(
            say(
                _(
                    "“%(cohort)s” has more people at some age than before. Nobody joins a cohort late, so the models leave "
                    "it out: check the counts, or whether these customers come and go as they like."
                ),
                cohort=labels[i],
            )
        )
    if result.fit.reason is not None:
        notes.append(no_model(say, result.fit.reason))
    if result.fit.model is not None and result.fit.model.alpha <= 1:
        notes.append(_endless(say, inputs, result.fit.model.alpha))
    if result.mean_misleads:
        said = _(
            "The plain mean of the percentages %(after)s would be %(mean)s, as if all cohorts were equally large. Counting "
            "people gives %(pooled)s."
        )
        mean, pooled = result.table.unweighted[1], result.table.pooled[1]
        facts = {"mean": say.percent(mean, 2), "pooled": say.percent(pooled, 2)}
        notes.append(say(said, after=after(say, inputs.period, 1), **facts))
    if result.best:
        notes.append(
            say(
                _(
                    "The models are made for renewals, where one sees who leaves; not for buyers who come and go as they like."
                )
            )
        )
    return notes


def _endless(say: Say, inputs: model.Inputs, alpha: float) -> str:
    """Say why the sum of all payments has no end, and what makes it finite."""
    facts = {"alpha": say.decimal(alpha, 4), "one": say.count(1)}
    if inputs.discount >= model.NO_DISCOUNT:
        return say(
            _(
                "Alpha is %(alpha)s. At %(one)s or below, a few customers hardly ever leave and the expected lifetime is "
                "endless; only the discount rate or the look ahead keeps the sum of payments finite."
            ),
            **facts,
        )
    return say(
        _(
            "Alpha is %(alpha)s. At %(one)s or below, a few customers hardly ever leave and the expected lifetime is "
            "endless. Nothing is discounted here, so the payments can only be added up as far as the look ahead."
        ),
        **facts,
    )


def _plane(say: Say, inputs: model.Inputs, result: model.Result) -> Plane:
    """Draw what was counted and what the models expect, by age."""
    length = max(result.last, int(inputs.horizon))
    alone = len(inputs.counts) == 1 or inputs.fit != model.ALL
    several = len(inputs.counts) > 1
    curves = [result.table.pooled, result.table.chained] if several else [result.seen]
    highest = max([1.0, *(share for curve in [*curves, result.seen] for share in curve if share is not None)])
    plane = Plane(
        axis(0, length, say.count, age_title(inputs.period), whole=True, exact=True),
        axis(0, min(highest, 100.0), partial(say.percent, places=0), _("Still there, as a share of those who began")),
    )

    def points(shares: Sequence[float | None]) -> list[tuple[float, float]]:
        return [(float(age), min(share, 100.0)) for age, share in enumerate(shares) if share is not None]

    if result.geometric:
        plane.line(points(result.geometric), _("Model: one churn rate for all (geometric)"), "third", dashed=True)
    if result.sbg:
        plane.line(points(result.sbg), _("Model: churn rates that differ (sBG)"), "what_if")
    if several:  # counted after expected, so that it lies on top where the two agree
        plane.line(points(result.table.chained), _("Counted: all cohorts, chained from step to step"), "now")
        plane.dots(points(result.table.pooled), _("Counted: all cohorts that are old enough, pooled"), "before")
    if alone:
        plane.dots(points(result.seen), _("Counted: the cohort chosen") if several else _("Counted"), "fourth")
    if result.last < length:
        plane.upright(result.last, _("last count"))
    return plane


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return ages as rows: the shares as plain fractions, then the people of each cohort."""
    result = model.compute(inputs)
    table = result.table
    head = ["age", "pooled", "chained", "mean_of_percentages", "geometric", "sbg", *names(inputs)]
    columns = zip_longest(table.pooled, table.chained, table.unweighted, result.geometric, result.sbg, *inputs.counts)
    return head, [[age, *values] for age, values in enumerate(columns)]


CALCULATOR = Calculator("cohorts", model, groups, findings, csv_table, picks)
