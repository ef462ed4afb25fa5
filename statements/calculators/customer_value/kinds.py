"""Customer value: two kinds of customers, and the average stay that their mean churn gets wrong."""

from __future__ import annotations

from funnel.calculators import customer_value as model
from statements.blocks import Blocks, between, formula, fraction, heading, table, term
from statements.calculators.customer_value.words import axis_title, by, periods
from statements.findings import Findings, KeyFigure
from statements.plane import Plane, axis
from statements.say import Say
from statements.text import _

TABLE_PERIODS = 8  # rows of the table; the picture goes on


def findings(inputs: model.Inputs, result: model.Result) -> Findings:
    """Say how long a mixed base stays, and why its retention rises by itself."""
    say, found = Say(), result.kinds
    return Findings(
        _headline(say, inputs, found),
        _figures(say, inputs, found),
        _notes(say, inputs, found),
        [_plane(say, inputs, found)],
        _formulas(say, inputs, found) + _table(say, inputs, found),
    )


def _headline(say: Say, inputs: model.Inputs, found: model.Kinds) -> str:
    mix = found.mix
    facts = {
        "c": say.percent(mix.mean_churn),
        "naive": periods(say, inputs.period, mix.naive.value),
        "true": periods(say, inputs.period, mix.true.value),
    }
    if mix.naive.value is None:
        return say(_("Nobody ever leaves, so the average stay has no limit."))
    if mix.true.value is None:
        return say(
            _(
                "The mean churn of %(c)s promises an average stay of %(naive)s, but one kind never leaves: the true "
                "average has no limit."
            ),
            **facts,
        )
    if mix.true.value <= mix.naive.value * (1 + 1e-9):
        return say(
            _("All customers are alike here, so the mean churn of %(c)s tells the true average stay: %(true)s."),
            **facts,
        )
    return say(_("The mean churn of %(c)s promises an average stay of %(naive)s; in truth it is %(true)s."), **facts)


def _figures(say: Say, inputs: model.Inputs, found: model.Kinds) -> list[KeyFigure]:
    mix = found.mix
    label = by(inputs.period, _("Retention in month %(n)s"), _("Retention in year %(n)s"))
    return [
        KeyFigure(
            _("True average stay"), periods(say, inputs.period, mix.true.value), _("each kind by itself, then the mean")
        ),
        KeyFigure(
            _("From the mean churn"), periods(say, inputs.period, mix.naive.value), _("too short where kinds differ")
        ),
        KeyFigure(_("Mean churn at the start"), say.percent(mix.mean_churn), _("of all customers")),
        KeyFigure(label % {"n": say.count(1)}, say.percent(mix.retention[0])),
        KeyFigure(label % {"n": say.count(4)}, say.percent(mix.retention[3])),
    ]


def _notes(say: Say, inputs: model.Inputs, found: model.Kinds) -> list[str]:
    first, fourth = found.mix.retention[0], found.mix.retention[3]
    notes = []
    if first is not None and fourth is not None and fourth > first + 1e-9:
        notes.append(
            say(
                _(
                    "Nobody changed and no service improved: those who leave easily are gone first, and the ones who "
                    "stay anyway are a larger share of the rest. Rising retention of a group proves nothing by itself."
                )
            )
        )
    if fourth is None:
        notes.append(say(_("Once nobody is left, there is nobody who could stay: no retention.")))
    if (inputs.churn_first == 0 and inputs.share > 0) or (inputs.churn_second == 0 and inputs.share < 1):
        notes.append(
            say(
                _(
                    "A kind with a churn of %(none)s stays for ever, and one such customer makes the average endless.",
                ),
                none=say.percent(0),
            )
        )
    notes.append(
        say(
            _(
                "The lifetime value is the margin times the stay, so it is wrong by the same factor. Value each "
                "segment with its own churn."
            )
        )
    )
    notes.append(
        say(
            _(
                "The two kinds are an illustration. Real customers are of many kinds; the sBG model spreads churn over "
                "all of them."
            )
        )
    )
    if inputs.source == "s6-app-usd" and inputs.period == "month":
        notes.insert(0, say(_("These two kinds come near to what this app's payers did in their first six months.")))
    return notes


def _plane(say: Say, inputs: model.Inputs, found: model.Kinds) -> Plane:
    whole = [(t, rate) for t, rate in enumerate(found.mix.retention, 1) if rate is not None]
    last = len(found.mix.retention)
    x = axis(1, last, lambda v: say.figures(v), axis_title(inputs.period), whole=True, exact=True, about=last)
    plane = Plane(x, axis(0, 1, lambda v: say.percent(v, 0), _("Retention, of those still there")))
    for rate, words, colour in (
        (1 - inputs.churn_first, _("First kind alone"), "third"), (1 - inputs.churn_second, _("Second kind alone"), "what_if"),
    ):  # fmt: skip
        plane.line([(1, rate), (last, rate)], words, colour, dashed=True)
    plane.line(whole, _("All together"))
    plane.dots(whole)
    return plane


def _formulas(say: Say, inputs: model.Inputs, found: model.Kinds) -> Blocks:
    w, v = say.figures(inputs.share), say.figures(found.other)
    a, b = say.figures(inputs.churn_first), say.figures(inputs.churn_second)
    mix = found.mix
    naive = formula(
        _("From the mean churn"),
        fraction(say.count(1), "w₁ c₁ + w₂ c₂"),
        fraction(say.count(1), term(w, " × ", a, " + ", v, " × ", b)),
        say.figures(mix.naive.value, 6),
        where=say(_("w: share at the start; c: churn of each kind")),
    )
    if mix.true.value is None:
        return naive if mix.naive.value is not None else []
    parts = [f for share, f in ((inputs.share, fraction(w, a)), (found.other, fraction(v, b))) if share > 0]
    true = formula(
        _("True average stay"),
        term(fraction("w₁", "c₁"), " + ", fraction("w₂", "c₂")),
        between(" + ", parts),
        say.figures(mix.true.value, 6),
        where=say(_("Never less than the one above: a mean of reciprocals is at least the reciprocal of the mean.")),
    )
    return naive + true


def _table(say: Say, inputs: model.Inputs, found: model.Kinds) -> Blocks:
    kept = (None, *found.mix.retention)
    rows = []
    for t, (first, second, both, share) in enumerate(found.left[: TABLE_PERIODS + 1]):
        rows.append(
            [
                say.count(t),
                say.percent(first),
                say.percent(second),
                say.percent(both),
                say.percent(share),
                say.percent(kept[t]) if t else "",
            ]
        )
    head = [
        by(inputs.period, _("Months"), _("Years")),
        _("First kind"),
        _("Second kind"),
        _("Together"),
        _("First kind among those left"),
        _("Retention"),
    ]
    return heading(_("Who is left")) + table(_("Still there, as shares of all customers at the start"), head, rows)
