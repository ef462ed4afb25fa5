"""Words that the views of customer value share: periods, ordinals, the variants' names and what each one assumes."""

from __future__ import annotations

from typing import TypeVar

from statements.blocks import island
from statements.findings import KeyFigure
from statements.say import NBSP, Say
from statements.text import _

T = TypeVar("T")


def by(period: str, month: T, year: T) -> T:
    """Return the wording, or the bounds, for the period of the numbers."""
    return month if period == "month" else year


def periods(say: Say, period: str, x: float | None) -> str:
    """Return a number of periods with its unit; a dash where there is none."""
    if x is None:
        return say.dash
    if period == "month":
        return say.plural("%(n)s month", "%(n)s months", x)
    if period == "quarter":
        return say.plural("%(n)s quarter", "%(n)s quarters", x)
    return say.plural("%(n)s year", "%(n)s years", x)


def stay_figure(say: Say, period: str, x: float | None) -> KeyFigure:
    """Return the key figure of the average stay; where nobody leaves, it has no limit."""
    note = _("counting the first period") if x is not None else _("no limit: nobody leaves")
    return KeyFigure(_("Average stay"), periods(say, period, x), note)


def which(say: Say, period: str, n: float) -> str:
    """Return the name of the nth period: "month 15"."""
    return say(by(period, _("month %(n)s"), _("year %(n)s")), n=say.count(n)).replace(" ", NBSP)


def title(say: Say, period: str, n: float) -> str:
    """Return the name of the nth period where it stands alone: "Month 15"."""
    return say(by(period, _("Month %(n)s"), _("Year %(n)s")), n=say.count(n)).replace(" ", NBSP)


def each(say: Say, period: str, money: float) -> str:
    """Return an amount that comes every period: "37.05 USD a month"."""
    return say(by(period, _("%(money)s a month"), _("%(money)s a year")), money=say.money(money))


def axis_title(period: str) -> str:
    """Return what a time axis counts."""
    return {"month": _("Months"), "quarter": _("Quarters"), "year": _("Years")}[period]


def period_names() -> dict[str, str]:
    """Return what the periods are called by themselves."""
    return {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}


def variant_names() -> dict[str, str]:
    """Return what the variants of the lifetime value are called."""
    return {
        "simple": _("Simple: a guessed number of years"),
        "now": _("With churn, first payment at once"),
        "kept": _("With churn, first payment only after a period"),
        "start": _("Discounted, paid at the start of each period"),
        "end": _("Discounted, paid at the end, the first one certain"),
        "end-if-kept": _("Discounted, paid at the end by those still there"),
        "horizon": _("With churn, up to a horizon"),
    }


def convention(variant: str) -> str:
    """Return what a variant assumes about when payments come."""
    return {
        "simple": _("Convention: as many years as were guessed; no churn, no discount."),
        "now": _(
            "Convention: the first payment comes at once, every later one from those who are still there. Nothing is "
            "discounted."
        ),
        "kept": _(
            "Convention: the first payment comes only after a whole period, from those who are still there. Nothing is "
            "discounted."
        ),
        "start": _(
            "Convention: payments come at the start of each period, the first one now; later money counts for less."
        ),
        "end": _(
            "Convention: payments come at the end of each period; the first one is certain, and discounted as well."
        ),
        "end-if-kept": _(
            "Convention: payments come at the end of each period, and only from those who are still there."
        ),
        "horizon": _(
            "Convention: the first payment comes at once; payments after the horizon do not count. Nothing is "
            "discounted."
        ),
    }[variant]


def retention_symbol(say: Say) -> str:
    """Return r = 1 - c in the reader's digits, as an island of its own in a sentence."""
    return island(f"r = {say.count(1)} − c")
