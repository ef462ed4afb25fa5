"""What a learner enters about a customer's worth: margin and churn, orders, counts, two kinds of customers, a cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from funnel.facts.businesses import CURRENCIES, start_of
from funnel.facts.presets import PRESETS
from funnel.formulas.lifetime import TIMINGS, convert_churn, convert_discount
from funnel.links.codecs import Choice, Maybe, Number, written
from funnel.quantities import COUNT, MONEY, SHARE, Quantity

SOURCES = ("textbook", "s2-saas-usd", "s6-app-usd", "s7-ngo-usd")
VIEWS = ("value", "orders", "churn", "kinds", "payback")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
PERIODS = ("month", "year")
COUNTED = tuple(MONTHS)
BASES = ("counts", "rate")
# simple: years guessed. now, kept: nothing discounted. start, end, end-if-kept: the three timings. horizon: cut off.
VARIANTS = ("simple", "now", "kept", *TIMINGS, "horizon")

INTEREST = Quantity("fraction", 0, 10)  # 1000% a year has happened
HORIZON = Quantity("duration", 1, 1200)
YEARS = Quantity("duration", 0, 100)
YEARLY = Quantity("count", 0, 1e6)


def _f(default: Any, key: str, codec: Any, doc: str, **more: Any) -> Any:
    return field(default=default, metadata=written(key, codec, doc, **more))


@dataclass(frozen=True)
class Inputs:
    """Hold what a customer brings, how many leave, and what she cost. Money is in one currency; rates are fractions."""

    source: str = _f("textbook", "from", Choice(SOURCES), "The example that the numbers began as", origin=True)
    view: str = _f("value", "view", Choice(VIEWS), "What is looked at")
    currency: str = _f("USD", "cur", Choice(CURRENCIES), "The currency of all amounts")
    period: str = _f("month", "per", Choice(PERIODS), "The period of ARPU, churn, horizon and payback")
    arpu: float = _f(47.5, "arpu", Number(MONEY), "Revenue per customer and period")
    margin: float = _f(0.78, "margin", Number(SHARE), "Gross margin as a fraction of revenue")
    churn: float = _f(0.042, "churn", Number(SHARE), "Share of the customers who leave in a period")
    discount: float = _f(0.01, "disc", Number(INTEREST), "Discount rate, per discount_per")
    discount_per: str = _f("month", "dper", Choice(PERIODS), "The period that the discount rate is given for")
    variant: str = _f("now", "kind", Choice(VARIANTS), "Which lifetime value is set apart")
    horizon: float = _f(36.0, "n", Number(HORIZON), "The periods that the finite horizon counts")
    years: float = _f(2.5, "years", Number(YEARS), "Years that a customer is guessed to stay")
    order: float = _f(180.0, "order", Number(MONEY), "Average order value, without a contract")
    orders: float = _f(3.2, "orders", Number(YEARLY), "Orders per customer and year, without a contract")
    order_margin: float = _f(0.35, "omargin", Number(SHARE), "Gross margin of the orders, a fraction")
    basis: str = _f("counts", "by", Choice(BASES), "Whether the churn is counted or a known rate")
    counted: str = _f("month", "cper", Choice(COUNTED), "The period in which churn was counted or is known")
    begin: float = _f(1450.0, "b", Number(COUNT), "Customers at the start of the period (B)")
    lost: float | None = _f(61.0, "x", Maybe(Number(COUNT)), "Of those, lost in the period (X)")
    new: float | None = _f(100.0, "w", Maybe(Number(COUNT)), "New in the period and there at its end (W)")
    end: float | None = _f(1489.0, "e", Maybe(Number(COUNT)), "Customers at the end of the period (E)")
    known: float = _f(0.042, "c", Number(SHARE), "A churn that is known, per counted period")
    revenue_begin: float | None = _f(
        None, "rb", Maybe(Number(MONEY)), "Revenue of the customers at the start, at the start"
    )
    revenue_end: float | None = _f(None, "re", Maybe(Number(MONEY)), "Revenue of the same customers at the end")
    share: float = _f(0.5, "w1", Number(SHARE), "Share of the first kind among the customers at the start")
    churn_first: float = _f(0.40, "c1", Number(SHARE), "Churn of the first kind per period")
    churn_second: float = _f(0.05, "c2", Number(SHARE), "Churn of the second kind per period")
    cac: float = _f(410.0, "cac", Number(MONEY), "What winning a customer cost")

    @classmethod
    def origin(cls, source: str = "textbook") -> Inputs:
        """Return an example's numbers. Guessed years, discount rates and the two kinds are illustrations everywhere."""
        if source == "textbook":
            return cls()
        start = start_of(source)
        facts, margin = start.facts, start.fact("margin")
        cost = start.number("mkt") + start.fact("sales", 0.0)
        shared: dict[str, Any] = {"source": source, "currency": start.currency, "margin": margin, "order_margin": margin,
                  "discount": 0.12, "discount_per": "year"}  # fmt: skip
        if source == "s2-saas-usd":
            arpu, churn = start.number("arpu"), start.number("churn")
            return cls(**shared, arpu=arpu, churn=churn, years=3.0, order=arpu * 12, orders=1.0, basis="rate",
                       known=churn, churn_first=0.04, churn_second=0.008, cac=cost / start.counts[-1])  # fmt: skip
        if source == "s6-app-usd":
            cohort = facts["cohort"]
            # 12.6% is the one churn for all that fits the seven months best (funnel.formulas.retention.fit_geometric); the two
            # kinds are the round numbers that come nearest to them.
            return cls(**shared, arpu=start.number("arpu"), churn=0.126, variant="horizon", horizon=12.0, years=1.0,
                       order=start.number("arpu"), orders=12.0, begin=float(cohort[0]), lost=float(cohort[0] - cohort[1]),
                       new=0.0, end=float(cohort[1]), known=0.126, churn_first=0.32, churn_second=0.03,
                       cac=cost / start.counts[-1])  # fmt: skip
        left = 1 - start.number("annual_ret")
        # The cost is borne by the monthly donors alone: a value and a cost must speak of the same people.
        return cls(**shared, period="year", arpu=start.number("monthly_gift") * 12, churn=round(left, 12), horizon=5.0,
                   years=3.0, order=start.number("avg"), orders=1.0, basis="rate", counted="year", known=round(left, 12),
                   churn_first=0.45, churn_second=0.07, cac=cost / PRESETS[source].counts[-1])  # fmt: skip

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """A horizon is a whole number of payments."""
        return fields | {"horizon": float(round(fields["horizon"]))}


def with_period(inputs: Inputs, period: str) -> Inputs:
    """Return the same business told per month or per year: money times 12, churn by compounding, never times 12.

    >>> round(with_period(Inputs(), "year").churn, 4)
    0.4024
    """
    if period == inputs.period:
        return inputs
    n = MONTHS[period] / MONTHS[inputs.period]
    return replace(
        inputs, period=period, arpu=min(MONEY.high, inputs.arpu * n), churn=convert_churn(inputs.churn, n),
        horizon=float(min(HORIZON.high, max(1, round(inputs.horizon / n)))),
        churn_first=convert_churn(inputs.churn_first, n), churn_second=convert_churn(inputs.churn_second, n),
    )  # fmt: skip


def with_discount_per(inputs: Inputs, period: str) -> Inputs:
    """Return the inputs with the same discount rate told per month or per year, by compounding."""
    rate = convert_discount(inputs.discount, MONTHS[period] / MONTHS[inputs.discount_per])
    return replace(inputs, discount_per=period, discount=INTEREST.high if rate is None else min(INTEREST.high, rate))
