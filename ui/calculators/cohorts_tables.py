"""What stands below the cohorts' chart: the heat map, the formulas, the two models beside each other, what is to come."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import cohorts as model
from funnel.formulas.conversion import Value
from funnel.formulas.lifetime import Outcome
from ui.calculators.cohorts_words import after, age_title, safe_names
from ui.kit.say import Say, formula, fraction, heading
from ui.tables import table
from ui.text import _, escape

COUNTS_UP_TO = 13  # columns; beyond, a cell shows its share only
ROWS_COMPARED = 12


def body(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    """Return everything below the chart."""
    return (
        _heat(say, inputs, result)
        + _shares(say, inputs, result)
        + _models(say, inputs, result)
        + _ahead(say, inputs, result)
    )


# --- the heat map ---------------------------------------------------------------------------------------------------


def _heat(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    """Return the table of shares by cohort and age; what is not known yet is hatched, never 0."""
    width = len(result.speaking)
    rows = []
    for i, name in enumerate(safe_names(inputs)):
        counts = (*inputs.counts[i], *(None,) * (width - len(inputs.counts[i])))
        cells = "".join(
            _cell(say, share, count, width) for share, count in zip(result.table.cells[i], counts, strict=True)
        )
        rows.append(f'<tr><th scope="row">{name}</th>{cells}</tr>')
    if len(inputs.counts) > 1:
        for words, shares in (
            (_("All, pooled"), result.table.pooled),
            (_("All, chained"), result.table.chained),
        ):
            cells = "".join(f"<td>{say.percent(share)}</td>" for share in shares)
            rows.append(f'<tr class="tf-marked"><th scope="row">{escape(words)}</th>{cells}</tr>')
    head = "".join(f'<th scope="col">{say.count(age)}</th>' for age in range(width))
    note = escape(_("Share of each cohort that is still there. Hatched: not known yet, which is not zero."))
    name = escape(_("The cohorts, by age"))
    first, ages = escape(_("Cohort")), escape(age_title(inputs.period))
    return heading(_("The cohorts, by age"), note) + (
        f'<div class="tf-scroll" role="region" tabindex="0" aria-label="{name}"><table class="tf-table tf-heat" '
        f'aria-label="{name}"><thead><tr><th scope="col" class="tf-words">{first}</th>'
        f'<th scope="colgroup" colspan="{width}" class="tf-words">{ages}</th></tr><tr><td></td>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _shade(share: float) -> int:
    """Return the percent of colour behind a share; letters stay readable on the deepest, and 0% is tinted too."""
    return round(6 + 46 * min(1.0, share))


def _cell(say: Say, share: Value, count: Value, width: int) -> str:
    if count is None:
        return '<td class="tf-unripe"></td>'
    people = f'<span class="tf-quiet">{say.count(count)}</span>' if width <= COUNTS_UP_TO else ""
    if share is None:
        return f"<td>{say.dash}{people}</td>"
    colour = f"color-mix(in srgb, var(--tf-now) {_shade(share)}%, transparent)"
    return f'<td style="background:{colour}">{say.percent(share)}{people}</td>'


# --- how the shares are made ----------------------------------------------------------------------------------------


def _shares(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    """Return pooled and chained share with the learner's numbers, at age 2 or the oldest there is."""
    sums = model.sums(inputs, 2)
    if len(inputs.counts) < 2 or sums is None:
        return ""
    age, zero, one = say.count(sums.age), say.count(0), say.count(1)
    pooled = formula(
        say(_("Pooled at age %(age)s"), age=age),
        fraction("Σ n<sub>a</sub>", f"Σ n<sub>{zero}</sub>"),
        fraction(say.count(sums.there), say.count(sums.began)),
        say.percent(result.table.pooled[sums.age], 2),
        where=say(_("Only cohorts that are old enough, above and below the line.")),
    )
    chained = formula(
        say(_("Chained up to age %(age)s"), age=age),
        "Π " + fraction("Σ n<sub>a</sub>", f"Σ n<sub>a−{one}</sub>"),
        " · ".join(fraction(say.count(kept), say.count(risk)) for risk, kept in sums.steps),
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


def _models(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    """Return the formulas of both models and what they expect, beside what was counted."""
    if result.churn is None or result.tenure_geometric is None:
        return ""
    one = say.count(1)
    text = heading(_("Two models of staying")) + formula(
        say(_("Geometric: one churn rate for all")),
        "c",
        fraction(f"Σ (n<sub>a−{one}</sub> − n<sub>a</sub>)", f"Σ n<sub>a−{one}</sub>"),
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


def _payments_formula(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    """Return the discounted expected lifetime (DEL) up to the look ahead."""
    last = say.count(int(inputs.horizon) - 1)
    zero, one = say.count(0), say.count(1)
    return formula(
        say(_("Payments of a new customer (DEL)")),
        f"S({zero}) + … + {fraction(f'S({last})', f'({one} + d)<sup>{last}</sup>')}",
        say.decimal(result.tenure.within, 2),
        where=say(
            _("%(d)s. The payment at the start counts in full, each later one if the customer is still there."),
            d=_ltr("d", say.percent(inputs.discount)),
        ),
    )


def _ltr(symbol: str, number: str) -> str:
    """Return "symbol = number" as an island that runs from left to right, the number with its sign where it belongs."""
    return f'<bdi dir="ltr" style="white-space: nowrap">{symbol} = <bdi>{number}</bdi></bdi>'


def _sbg(say: Say, result: model.Result) -> str:
    shape, t = result.fit.model, len(result.sbg) - 1
    alpha, beta, one = say.decimal(shape.alpha, 4), say.decimal(shape.beta, 4), say.count(1)
    step = fraction(f"{beta} + {say.count(t)} − {one}", f"{alpha} + {beta} + {say.count(t)} − {one}")
    return formula(
        say(_("sBG: churn rates that differ from customer to customer")),
        "S(t)",
        f"S(t − {one}) · " + fraction(f"β + t − {one}", f"α + β + t − {one}"),
        f"{say.percent(result.sbg[t - 1], 2)} · {step}",
        say.percent(result.sbg[t], 2),
        where=say(
            _(
                "Here for %(t)s. %(alpha)s and %(beta)s say how the churn rates are spread; they are the ones under which "
                "the counts are most likely. In the first period the churn is %(first)s."
            ),
            t=_ltr("t", say.count(t)),
            alpha=_ltr("α", alpha),
            beta=_ltr("β", beta),
            first=_ltr("α / (α + β)", say.percent(result.first_churn, 2)),
        ),
    )


def _compared(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    horizon = int(inputs.horizon)
    ages = [age for age in range(1, result.last + 1) if result.seen[age] is not None][:ROWS_COMPARED]
    ages += [horizon] if horizon > result.last else []
    rows = []
    for age in ages:
        counted = result.seen[age] if age < len(result.seen) else None
        rows.append(
            [
                escape(_("Still there %(after)s")) % {"after": after(say, inputs.period, age)},
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
        return escape(_("endless")) if value.value is None else say.decimal(value.value, 2)
    return say.decimal(value, 2)


# --- what is to come ------------------------------------------------------------------------------------------------


def _ahead(say: Say, inputs: model.Inputs, result: model.Result) -> str:
    """Return the payments still to come, cohort by cohort: the residual lifetime (DERL)."""
    if not result.ahead:
        return ""
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
        rows.append([escape(_("All")), "", say.count(result.there), "", "", say.count(result.coming)])
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
