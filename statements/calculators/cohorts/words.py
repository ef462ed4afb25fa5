"""Cohorts in words: their names, ages in months or years, and why there is no model."""

from __future__ import annotations

from funnel.calculators import cohorts as model
from statements.reader import reader
from statements.say import Say
from statements.text import _, typed


def number_name(index: int) -> str:
    """Return what a cohort without a name is called."""
    return _("Cohort %(number)s") % {"number": reader().numbers.count(index + 1)}


def names(inputs: model.Inputs) -> list[str]:
    """Return the cohorts' names as text."""
    return [name or number_name(i) for i, name in enumerate(inputs.names)]


def safe_names(inputs: model.Inputs) -> list[str]:
    """Return the cohorts' names; what a learner wrote is isolated, so that it keeps its own direction."""
    return [typed(name) if name else number_name(i) for i, name in enumerate(inputs.names)]


def after(say: Say, period: str, age: float) -> str:
    """Return "after 3 months", to stand anywhere in a sentence but at its head."""
    if period == "month":
        return say.plural("after %(n)s month", "after %(n)s months", float(age))
    if period == "quarter":
        return say.plural("after %(n)s quarter", "after %(n)s quarters", float(age))
    return say.plural("after %(n)s year", "after %(n)s years", float(age))


def age_title(period: str) -> str:
    """Return what the columns of the table and the axis of the chart count."""
    return {"month": _("Age in months"), "quarter": _("Age in quarters"), "year": _("Age in years")}[period]


def period_names() -> dict[str, str]:
    """Return the lengths that a period may have."""
    return {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}


def discount_label(period: str) -> str:
    return {
        "month": _("Discount rate per month"),
        "quarter": _("Discount rate per quarter"),
        "year": _("Discount rate per year"),
    }[period]


def horizon_label(period: str) -> str:
    return {
        "month": _("Look ahead, in months"),
        "quarter": _("Look ahead, in quarters"),
        "year": _("Look ahead, in years"),
    }[period]


def no_model(say: Say, reason: str) -> str:
    """Say why the sBG model does not fit, and what stands in for it."""
    if reason == "nobody-left":
        return say(
            _("Hardly anybody has left so far, so nothing can be learnt about leaving; the curve stays where it is.")
        )
    if reason == "no-spread":
        return say(
            _(
                "The share that renews does not rise with age here, so one churn rate for all fits as well as any "
                "spread of churn rates: the projection uses that one rate."
            )
        )
    if reason == "all-left":
        return say(
            _(
                "Everybody left at the first renewal: nobody is there whose leaving a model could describe, so there is "
                "no projection."
            )
        )
    if reason == "split":
        return say(
            _(
                "After the first losses nobody leaves any more, as if there were two kinds of customers. No model of "
                "this page fits that, so there is no projection."
            )
        )
    return say(
        _(
            "For a fit, people must be counted at %(n)s ages at least: at the start and at two renewals after it. With "
            "fewer there is no projection."
        ),
        n=say.count(3),
    )
