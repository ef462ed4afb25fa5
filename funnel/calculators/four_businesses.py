"""Four businesses, one budget: what a unit of money spent on winning customers brings back, month by month.

The four keep their books in three currencies, so nothing but ratios is compared: gross margin that came back, over the
budget that was spent. Money is spent at the start of month 1; a first purchase with a lag of k months comes in month
k + 1; a month counts when it is over.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from funnel.facts.businesses import Start, start_of
from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import Value, Values, from_top, ratio
from funnel.formulas.money import acquisition_cost, break_even_orders, product
from funnel.formulas.pipeline import normalised
from funnel.links.codecs import Choice, Number, Series, written
from funnel.quantities import MONEY, SHARE, Quantity, certain

IDS = ("s1-ecom-sar", "s2-saas-usd", "s8-wholesale-irt", "s4-clinic-aed")
SUBSCRIPTION = 1  # its place in IDS: it has a churn per month, the others a chance of another purchase
SOURCES = ("textbook",)
LAG = Quantity("duration", 0, 12)
GAP = Quantity("duration", 1, 24)
HORIZON = Quantity("duration", 12, 60)
YEAR = 12
LONGEST = 240  # months in which a payback is looked for
MONTH = 365.25 / 12  # days
MOST_LAG = 48  # months: of a mean lag of 12, less than one in 10^13 is later
SAME = 1e-9

# Mean months from spending to the first purchase. Only the subscription's follows from its preset (a cycle of 68 days);
# the other three are ours, and so are three of the times between purchases: the wholesaler's preset says "within 60
# days", the others say nothing, and the clinic's not even that anybody comes back.
LAGS = (0.0, round(PRESETS[IDS[1]].facts["cycle"] / MONTH, 1), 1.0, 1.0)
GAPS = (3.0, None, 2.0, 12.0)


def _facts(name: str, otherwise: float = 0.0) -> tuple[float, ...]:
    return tuple(start_of(source).fact(name, otherwise) for source in IDS)


@dataclass(frozen=True)
class Inputs:
    """Hold a budget and how four businesses work; each tuple has one place per business, in the order of IDS.

    Raises ValueError unless every place that needs a number has one, and the subscription's places of `repeats` and
    `gaps` have none.
    """

    source: str = field(
        default="textbook", metadata=written("from", Choice(SOURCES), "Where the numbers began", origin=True)
    )
    shown: str = field(default=IDS[0], metadata=written("show", Choice(IDS), "The business whose numbers are at hand"))
    budget: float = field(
        default=10_000.0, metadata=written("budget", Number(MONEY), "What is spent, in the learner's own currency")
    )
    months: float = field(default=24.0, metadata=written("months", Number(HORIZON), "How far to look, in months"))
    rates: Values = field(
        default=(), metadata=written("rates", Series(SHARE, len(IDS)), "The last step rate, fractions")
    )
    margins: Values = field(default=(), metadata=written("margins", Series(SHARE, len(IDS)), "Gross margin, fractions"))
    lags: Values = field(
        default=(), metadata=written("lags", Series(LAG, len(IDS)), "Mean months from spending to the first purchase")
    )
    repeats: Values = field(
        default=(),
        metadata=written("repeats", Series(SHARE, len(IDS)), "The chance that a purchase is followed by one"),
    )
    gaps: Values = field(
        default=(), metadata=written("gaps", Series(GAP, len(IDS)), "Whole months from a purchase to the next")
    )
    churn: float = field(default=0.0, metadata=written("churn", Number(SHARE), "Churn of the subscription, per month"))

    def __post_init__(self) -> None:
        for name in ("rates", "margins", "lags", "repeats", "gaps"):
            values = getattr(self, name)
            known = [value is not None for value in values]
            if known != [_needed(name, place) for place in range(len(IDS))]:
                raise ValueError(f"{name} needs one number for each business")

    @classmethod
    def origin(cls, source: str = "textbook") -> "Inputs":
        """Return the four presets, with our assumptions where they are silent."""
        repeats = _facts("repeat")
        return cls(
            source,
            rates=tuple(start_of(one).rates[-1] for one in IDS),
            margins=_facts("margin"),
            lags=LAGS,
            repeats=tuple(None if place == SUBSCRIPTION else value for place, value in enumerate(repeats)),
            gaps=GAPS,
            churn=_facts("churn")[SUBSCRIPTION],
        )

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Put the preset's number wherever a link left a place empty."""
        start = cls.origin()
        for name in ("rates", "margins", "lags", "repeats", "gaps"):
            given = (*fields[name], *(None,) * len(IDS))[: len(IDS)]
            usual = getattr(start, name)
            fields[name] = tuple(
                (given[i] if given[i] is not None else usual[i]) if _needed(name, i) else None for i in range(len(IDS))
            )
        return fields


def with_whole(inputs: Inputs, name: str, value: float, place: int | None = None) -> Inputs:
    """Return the inputs with a number of months set to the nearest whole one.

    >>> with_whole(Inputs.origin(), "months", 18.4).months
    18.0
    """
    whole = float(math.floor(value + 0.5))
    if place is None:
        one: dict[str, Any] = {name: whole}
        return replace(inputs, **one)
    values = list(getattr(inputs, name))
    values[place] = whole
    several: dict[str, Any] = {name: tuple(values)}
    return replace(inputs, **several)


def _needed(name: str, place: int) -> bool:
    return not (place == SUBSCRIPTION and name in ("repeats", "gaps"))


@dataclass(frozen=True)
class Business:
    """Hold what one unit of budget becomes in one business; shares are of the budget.

    `currency` of `per_top` (all cost per person at the top), `cac` and `unit` (gross margin of a purchase, or of a
    month); `overall` rate. `first` what the first purchase alone brings back, `orders_back` purchases until the CAC is
    back. `back` the month in which everything is back, None when it is not within 240; `never` when it cannot be.
    `curve` from month 0 to the horizon, `purchases` per customer within it, lag included. `at_year`, `at_end` and, for
    ever, `limit` (None when nobody ever leaves); `year_money`, `end_money` the same of the budget. At the horizon, one
    cause taken away: `no_lag`, `once` (first purchases only), `as_revenue` (the goods forgotten).
    """

    id: str
    currency: str
    lag: float
    per_top: Value
    overall: Value
    cac: Value
    unit: float
    first: float
    orders_back: Value
    back: int | None
    never: bool
    curve: tuple[float, ...]
    purchases: float
    at_year: float
    at_end: float
    limit: Value
    year_money: Value
    end_money: Value
    no_lag: float
    once: float
    as_revenue: float


@dataclass(frozen=True)
class Result:
    """Hold the four, in the order of IDS, and the ids of who is first or best; several when they tie, none at 0."""

    businesses: tuple[Business, ...]
    months: int
    first_back: tuple[str, ...]
    best_year: tuple[str, ...]
    best_end: tuple[str, ...]


@lru_cache(maxsize=256)
def lag_weights(mean: float) -> tuple[float, ...]:
    """Return the shares of buyers who buy 0, 1, 2, ... months after the money was spent: a Poisson lag of this mean.

    Some are early and some late, and one number says how late on average. Source: docs/model.md, F28 for lag weights; that
    they follow Poisson's law is our assumption. For a mean of 1.95 they are 0.14, 0.28, 0.27, 0.18, 0.09 ..., against
    0.10, 0.25, 0.35, 0.20, 0.10 in the preset s2-saas-usd. Raises OutOfRange beyond 12 months.

    >>> [round(weight, 4) for weight in lag_weights(1.0)[:4]], lag_weights(0.0)[:2]
    ([0.3679, 0.3679, 0.1839, 0.0613], (1.0, 0.0))
    """
    mean, weights = LAG.check(mean), [1.0]
    for k in range(1, MOST_LAG):
        weights.append(weights[-1] * mean / k)
    return certain(normalised(weights))  # the first weight is 1


@lru_cache(maxsize=256)
def purchases(lag: float, again: float, gap: int) -> tuple[float, ...]:
    """Return the expected purchases per customer up to the end of month 1, 2, ... 240.

    A first purchase after a lag of mean `lag`; each purchase is followed by another, `gap` months later, with the
    chance `again`. Source: docs/model.md, F28 and F29, the sum of a geometric series at a distance.

    >>> [round(n, 4) for n in purchases(0.0, 0.5, 2)[:6]]
    [1.0, 1.0, 1.5, 1.5, 1.75, 1.75]
    """
    paid = np.zeros(LONGEST)
    paid[::gap] = again ** np.arange(len(paid[::gap]))
    return tuple(np.cumsum(np.convolve(lag_weights(lag), paid)[:LONGEST]).tolist())


def _one(inputs: Inputs, place: int, months: int) -> Business:
    start: Start = start_of(IDS[place])
    subscribed = place == SUBSCRIPTION
    again = 1 - inputs.churn if subscribed else certain(inputs.repeats[place])
    gap = 1 if subscribed else math.floor(certain(inputs.gaps[place]) + 0.5)
    price, margin = start.number("arpu" if subscribed else "avg"), certain(inputs.margins[place])
    lag = certain(inputs.lags[place])
    customers = start.counts[-2] * certain(inputs.rates[place])
    cost = start.fact("mkt"), start.fact("sales")
    cac = acquisition_cost(*cost, customers)
    gross = ratio(price, cac) or 0.0
    first = gross * margin
    bought = purchases(lag, again, gap)
    limit = ratio(first, 1 - again) if first and again < 1 else (None if first else 0.0)
    back = next((month for month, n in enumerate(bought, 1) if first * n >= 1 - SAME), None)
    at_year, at_end = first * bought[YEAR - 1], first * bought[months - 1]
    return Business(
        id=IDS[place],
        currency=start.currency,
        lag=lag,
        per_top=acquisition_cost(*cost, start.counts[0]),
        overall=from_top((*start.counts[:-1], customers))[-1],
        cac=cac,
        unit=price * margin,
        first=first,
        orders_back=break_even_orders(cac, price, margin),
        back=back,
        never=back is None and limit is not None and limit <= 1,
        curve=(0.0, *(first * n for n in bought[:months])),
        purchases=bought[months - 1],
        at_year=at_year,
        at_end=at_end,
        limit=limit,
        year_money=product(inputs.budget, at_year),
        end_money=product(inputs.budget, at_end),
        no_lag=first * purchases(0.0, again, gap)[months - 1],
        once=first * purchases(lag, 0.0, gap)[months - 1],
        as_revenue=gross * bought[months - 1],
    )


def _best(found: dict[str, float]) -> tuple[str, ...]:
    """Return the ids with the highest value above 0, as good as equal ones together."""
    most = max(found.values())
    return tuple(key for key, value in found.items() if value > 0 and value >= most * (1 - SAME))


def compute(inputs: Inputs) -> Result:
    """Compute the four curves. Pure and total. Source: docs/model.md, F08, F10, F16, F23, F28, F29 and the presets of
    section 5; the comparison itself is ours.

    >>> shop, software, wholesale, clinic = compute(Inputs.origin()).businesses
    >>> round(shop.first, 4), round(software.orders_back, 4), round(wholesale.orders_back, 4), round(clinic.first, 4)
    (1.3284, 17.4689, 0.7786, 2.1615)
    >>> [one.back for one in (shop, software, wholesale, clinic)]
    [1, 25, 3, 2]
    """
    months = int(inputs.months)
    four = tuple(_one(inputs, place, months) for place in range(len(IDS)))
    paid = {one.id: one.back for one in four if one.back is not None}
    soonest = min(paid.values(), default=None)
    return Result(
        businesses=four,
        months=months,
        first_back=tuple(key for key, month in paid.items() if month == soonest),
        best_year=_best({one.id: one.at_year for one in four}),
        best_end=_best({one.id: one.at_end for one in four}),
    )
