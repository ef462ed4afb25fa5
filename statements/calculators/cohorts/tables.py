"""What stands below the cohorts' chart: the heat map, the formulas, the two models beside each other, what is to come."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import cohorts as model
from funnel.formulas.conversion import Value
from funnel.formulas.lifetime import Outcome
from funnel.quantities import certain
from statements.blocks import (
    Blocks,
    HeatTable,
    Lowered,
    Raised,
    Shaded,
    between,
    formula,
    fraction,
    heading,
    island,
    table,
    term,
)
from statements.calculators.cohorts.words import after, age_title, safe_names
from statements.say import Say
from statements.text import _

COUNTS_UP_TO = 13  # columns; beyond, a cell shows its share only
ROWS_COMPARED = 12


def body(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return everything below the chart."""
    return (
        _heat(say, inputs, result)
        + _shares(say, inputs, result)
        + _models(say, inputs, result)
        + _ahead(say, inputs, result)
    )


# --- the heat map ---------------------------------------------------------------------------------------------------


def _heat(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the table of shares by cohort and age; what is not known yet is hatched, never 0."""
    width = len(result.speaking)
    rows: list[tuple[str, Sequence[Shaded], bool]] = []
    for i, name in enumerate(safe_names(inputs)):
        counts = (*inputs.counts[i], *(None,) * (width - len(inputs.counts[i])))
        cells = [_cell(say, share, count, width) for share, count in zip(result.table.cells[i], counts, strict=True)]
        rows.append((name, cells, False))
    if len(inputs.counts) > 1:
        for words, shares in (
            (_("All, pooled"), result.table.pooled),
            (_("All, chained"), result.table.chained),
        ):
            rows.append((words, [Shaded(say.percent(share)) for share in shares], True))
    head = [say.count(age) for age in range(width)]
    note = _("Share of each cohort that is still there. Hatched: not known yet, which is not zero.")
    title = _("The cohorts, by age")
    return [*heading(title, note), HeatTable(title, _("Cohort"), age_title(inputs.period), head, rows)]


def _cell(say: Say, share: Value, count: Value, width: int) -> Shaded:
    if count is None:
        return Shaded(known=False)
    people = say.count(count) if width <= COUNTS_UP_TO else ""
    return Shaded(say.dash, people) if share is None else Shaded(say.percent(share), people, min(1.0, share))


# --- how the shares are made ----------------------------------------------------------------------------------------


def _shares(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return pooled and chained share with the learner's numbers, at age 2 or the oldest there is."""
    sums = model.sums(inputs, 2)
    if len(inputs.counts) < 2 or sums is None:
        return []
    age = say.count(sums.age)
    pooled = formula(
        say(_("Pooled at age %(age)s"), age=age),
        fraction(term("Σ n", Lowered("a")), term("Σ n", Lowered("0"))),
        fraction(say.count(sums.there), say.count(sums.began)),
        say.percent(result.table.pooled[sums.age], 2),
        where=say(_("Only cohorts that are old enough, above and below the line.")),
    )
    chained = formula(
        say(_("Chained up to age %(age)s"), age=age),
        term("Π ", fraction(term("Σ n", Lowered("a")), term("Σ n", Lowered("a−1")))),
        between(" · ", [fraction(say.count(kept), say.count(risk)) for risk, kept in sums.steps]),
        say.percent(result.table.chained[sums.age], 2),
        where=say(
            _(
                "Each step counts every cohort that is old enough for that step, so the younger ones speak too (the "
                "method of Kaplan and Meier)."
            )
        ),
    )
    return pooled + chained


# --- the two models -------------------------------------------------------------------------------------------------


def _models(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the formulas of both models and what they expect, beside what was counted."""
    if result.churn is None or result.tenure_geometric is None:
        return []
    text = heading(_("Two models of staying")) + formula(
        say(_("Geometric: one churn rate for all")),
        "c",
        fraction(term("Σ (n", Lowered("a−1"), " − n", Lowered("a"), ")"), term("Σ n", Lowered("a−1"))),
        fraction(say.count(result.lost), say.count(result.at_risk)),
        say.percent(result.churn, 2),
        where=say(
            _("Of all renewals that are known, the share that did not come: the same chance for everybody, every time.")
        ),
    )
    if result.fit.model is not None:
        text += _sbg(say, result)
    if result.tenure is not None and inputs.horizon > 1:
        text += _payments_formula(say, inputs, result)
    return text + _compared(say, inputs, result)


def _payments_formula(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the discounted expected lifetime (DEL) up to the look ahead."""
    last = say.count(int(inputs.horizon) - 1)
    zero, one = say.count(0), say.count(1)
    return formula(
        say(_("Payments of a new customer (DEL)")),
        term("S(", zero, ") + … + ", fraction(term("S(", last, ")"), term("(", one, " + d)", Raised(last)))),
        say.decimal(certain(result.tenure).within, 2),
        where=say(
            _("%(d)s. The payment at the start counts in full, each later one if the customer is still there."),
            d=island(f"d = {say.percent(inputs.discount)}"),
        ),
    )


def _sbg(say: Say, result: model.Result) -> Blocks:
    shape, t = result.fit.model, len(result.sbg) - 1
    alpha, beta, one = say.decimal(certain(shape).alpha, 4), say.decimal(certain(shape).beta, 4), say.count(1)
    step = fraction(
        term(beta, " + ", say.count(t), " − ", one), term(alpha, " + ", beta, " + ", say.count(t), " − ", one)
    )
    return formula(
        say(_("sBG: churn rates that differ from customer to customer")),
        "S(t)",
        term("S(t − ", one, ") · ", fraction(term("β + t − ", one), term("α + β + t − ", one))),
        term(say.percent(result.sbg[t - 1], 2), " · ", step),
        say.percent(result.sbg[t], 2),
        where=say(
            _(
                "Here for %(t)s. %(alpha)s and %(beta)s say how the churn rates are spread; they are the ones under which "
                "the counts are most likely. In the first period the churn is %(first)s."
            ),
            t=island(f"t = {say.count(t)}"),
            alpha=island(f"α = {alpha}"),
            beta=island(f"β = {beta}"),
            first=island(f"α / (α + β) = {say.percent(result.first_churn, 2)}"),
        ),
    )


def _compared(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    horizon = int(inputs.horizon)
    ages = [age for age in range(1, result.last + 1) if result.seen[age] is not None][:ROWS_COMPARED]
    ages += [horizon] if horizon > result.last else []
    rows = []
    for age in ages:
        counted = result.seen[age] if age < len(result.seen) else None
        rows.append(
            [
                _("Still there %(after)s") % {"after": after(say, inputs.period, age)},
                say.percent(counted),
                say.percent(result.geometric[age]),
                say.percent(result.sbg[age]) if result.sbg else say.dash,
            ]
        )
    one, spread = result.tenure_geometric, result.tenure if result.fit.model else None
    for words, kind in (
        (say(_("Payments of a new customer, of %(n)s at most"), n=say.count(horizon)), "within"),
        (say(_("Payments of a new customer, without an end")), "endless"),
    ):
        rows.append([words, "", _payments(say, one, kind), _payments(say, spread, kind)])
    rows.append(
        [
            say(_("How likely the counts are (logarithm; nearer to zero is better)")),
            "",
            say.decimal(result.likelihood, 1),
            say.decimal(result.fit.log_likelihood, 1),
        ]
    )
    head = [_("What is compared"), _("Counted"), _("Geometric"), "sBG"]
    return table(_("Counted and expected. Payments are discounted to the first one."), head, rows)


def _payments(say: Say, tenure: model.Tenure | None, kind: str) -> str:
    if tenure is None:
        return say.dash
    value = getattr(tenure, kind)
    if isinstance(value, Outcome):
        return _("endless") if value.value is None else say.decimal(value.value, 2)
    return say.decimal(value, 2)


# --- what is to come ------------------------------------------------------------------------------------------------


def _ahead(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the payments still to come, cohort by cohort: the residual lifetime (DERL)."""
    if not result.ahead:
        return []
    labels = safe_names(inputs)
    rows: list[Sequence[str]] = [
        [
            labels[one.row],
            say.count(one.age),
            say.count(one.there),
            _payments(say, one.each, "within"),
            _payments(say, one.each, "endless"),
            say.count(one.all_within),
        ]
        for one in result.ahead
    ]
    if len(rows) > 1:
        rows.append([_("All"), "", say.count(result.there), "", "", say.count(result.coming)])
    n = say.count(inputs.horizon)
    head = [
        _("Cohort"),
        age_title(inputs.period),
        _("Still there"),
        _("Of each, in the next %(n)s payments") % {"n": n},
        _("Of each, without an end"),
        _("Of all, in the next %(n)s payments") % {"n": n},
    ]
    lead = say(
        _(
            "Who has stayed long is likelier to stay on, so an old cohort is worth more per head than a new one. A payment "
            "times its margin is money; here payments are counted, discounted to the next one."
        )
    )
    return heading(_("What is still to come"), lead) + table(
        _("Expected payments of those still there, from the next renewal on"), head, rows
    )
