"""Cohorts: who is still there by age, counted and pooled, and what a model of renewals expects of the time after."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from funnel.formulas.conversion import Value, Values
from funnel.formulas.lifetime import Outcome, ltv, ltv_within
from funnel.formulas.retention import (
    SBG,
    CohortTable,
    Fit,
    cohort_table,
    discounted_tenure,
    fit_together,
    geometric_survival,
    residual_tenure,
    survival,
)
from funnel.inputs.cohorts import (
    ALL,
    MOST_AGES,
    MOST_COHORTS,
    PERIODS,
    SOURCES,
    Inputs,
    Row,
    Rows,
    grows,
    with_cohorts,
    with_count,
)
from funnel.quantities import all_known, certain

__all__ = [
    "ALL", "MOST_AGES", "MOST_COHORTS", "NO_DISCOUNT", "PERIODS", "SOURCES", "Ahead", "Inputs", "Result", "Sums", "Tenure",
    "compute", "sums", "with_cohorts", "with_count",
]  # fmt: skip

# Per period. Nobody means less than a thousandth of a percent, and the endless sum would take long.
NO_DISCOUNT = 1e-5
# Beyond this, "still there" is no share of anything: the counts contradict each other. It is not shown.
_MOST_SHARE = 1e6


@dataclass(frozen=True)
class Sums:
    """Hold the sums behind the shares at one age: `there` of `began` people, and (at risk, kept) of each step to it."""

    age: int
    there: float
    began: float
    steps: tuple[tuple[float, float], ...]


def sums(inputs: Inputs, most: int) -> Sums | None:
    """Return the sums at the greatest age up to `most` that has a pooled and a chained share; None below age 1.

    >>> sums(Inputs.origin(), 2)
    Sums(age=2, there=521.0, began=930.0, steps=((1230.0, 860.0), (641.0, 521.0)))
    """
    rows, table = [row for row in inputs.counts if row[0]], _table(inputs.counts)
    ages = range(min(most, len(table.pooled) - 1), 0, -1)
    for age in ages:
        steps = tuple(_sum(rows, before, before + 1) for before in range(age))
        if None not in (table.pooled[age], table.chained[age]) and all(risk for risk, _kept in steps):
            began, there = _sum(rows, 0, age)
            return Sums(age, there, began, steps)
    return None


def _sum(rows: Sequence[Row], before: int, age: int) -> tuple[float, float]:
    """Return the people at two ages, of the cohorts that are known at both."""
    both = [pair for row in rows if len(row) > age and (pair := all_known((row[before], row[age])))]
    return sum(pair[0] for pair in both), sum(pair[1] for pair in both)


@dataclass(frozen=True)
class Tenure:
    """Hold how many payments a customer brings, discounted: within the horizon, and without an end."""

    within: float
    endless: Outcome


@dataclass(frozen=True)
class Ahead:
    """Hold what is still to come of a cohort (`row`): `there` people at `age`, and of each the payments from the next on.

    Discounted to the day of that next payment, as the residual lifetime DERL is.
    """

    row: int
    age: int
    there: float
    each: Tenure

    @property
    def all_within(self) -> float:
        """The payments of all of them within the horizon."""
        return self.there * self.each.within


@dataclass(frozen=True)
class Result:
    """Hold the table and its curves, the two fitted models, and what they expect.

    `table` as of `funnel.formulas.retention`. `speaking`: how many cohorts are known at each age. `grows`: rows that have more
    people than before at some age; they are left out of the fit. `seen`: the shares by age that the models are fitted
    to, `last` the greatest age of one. `at_risk`: the known renewals of the fitted cohorts, `lost` those that did not
    come. `churn` and `likelihood` (a logarithm): of the geometric model; `fit`: the sBG model, or why there is none.
    `best`: which of the two speaks of what is to come, "" for neither. `geometric`, `sbg`: the shares that they
    expect, from age 0 to the horizon or the last age, () without a model. `tenure` (of the best) and
    `tenure_geometric`: payments per new customer. `ahead`: what is still to come, per fitted cohort.
    """

    table: CohortTable
    speaking: tuple[int, ...]
    grows: tuple[int, ...]
    seen: Values
    last: int
    at_risk: float
    lost: float
    churn: Value
    likelihood: Value
    fit: Fit
    best: str
    geometric: tuple[float, ...]
    sbg: tuple[float, ...]
    tenure: Tenure | None
    tenure_geometric: Tenure | None
    ahead: tuple[Ahead, ...]

    @property
    def expected(self) -> tuple[float, ...]:
        """The shares that the better model expects, by age."""
        return self.sbg if self.best == "sbg" else self.geometric if self.best else ()

    @property
    def first_churn(self) -> Value:
        """The churn of the first period under the sBG model, alpha / (alpha + beta)."""
        shape = self.fit.model
        return None if shape is None else shape.alpha / (shape.alpha + shape.beta)

    @property
    def there(self) -> float:
        """The people still there in the cohorts that were fitted."""
        return math.fsum(one.there for one in self.ahead)

    @property
    def coming(self) -> float:
        """The payments that they are expected to make within the horizon, counted from their next one."""
        return math.fsum(one.all_within for one in self.ahead)

    @property
    def mean_misleads(self) -> bool:
        """Whether the mean of the percentages at age 1 differs from the share of the people, as shown."""
        mean, pooled = self.table.unweighted[1:2], self.table.pooled[1:2]
        return (
            bool(mean) and None not in (*mean, *pooled) and round(certain(mean[0]), 4) != round(certain(pooled[0]), 4)
        )


@lru_cache(maxsize=512)
def _fitted(rows: Rows) -> tuple[tuple[float, float] | None, Fit]:
    geometric, fit = fit_together(rows)
    return (None if fit.reason in ("too-short", "all-left") else geometric), fit


def compute(inputs: Inputs) -> Result:
    """Compute the table, the fits and what they expect. Pure and total. Source: docs/model.md, F20, F22.

    P. Fader, B. Hardie, 2007 (model and fit), 2010 (what is to come), 2014 (several cohorts).

    >>> result = compute(Inputs.origin("textbook"))
    >>> [round(share, 4) for share in result.table.pooled], [round(share, 4) for share in result.table.chained]
    ([1.0, 0.6992, 0.5602, 0.5], [1.0, 0.6992, 0.5683, 0.4973])
    >>> app = compute(Inputs.origin("s6-app-usd"))
    >>> round(app.fit.model.alpha, 4), round(app.fit.model.beta, 4), round(app.sbg[12], 4)
    (0.7475, 3.5329, 0.3241)
    """
    rows, table = inputs.counts, _table(inputs.counts)
    growing = tuple(i for i, row in enumerate(rows) if grows(row))
    alone = None if inputs.fit == ALL else int(inputs.fit) - 1
    chosen = [i for i in (range(len(rows)) if alone is None else [alone]) if i not in growing]
    seen = table.chained if alone is None else table.cells[alone]
    last = max((age for age, share in enumerate(seen) if share is not None), default=0)
    one_churn, fit = _fitted(tuple(rows[i] for i in chosen))
    churn, likelihood = one_churn or (None, None)
    best = "sbg" if fit.model else "" if churn is None or fit.reason == "split" else "geometric"
    discount = inputs.discount if inputs.discount >= NO_DISCOUNT else 0.0
    horizon, length = int(inputs.horizon), max(last, int(inputs.horizon))
    model = fit.model or churn
    steps = [_sum([rows[i] for i in chosen], age - 1, age) for age in range(1, len(table.pooled))]
    return Result(
        table=table,
        speaking=tuple(sum(share is not None for share in column) for column in zip(*table.cells, strict=True)),
        grows=growing,
        seen=seen,
        last=last,
        at_risk=sum(risk for risk, _kept in steps),
        lost=sum(risk - kept for risk, kept in steps),
        churn=churn,
        likelihood=likelihood,
        fit=fit,
        best=best,
        geometric=() if churn is None else geometric_survival(churn, length),
        sbg=survival(fit.model, length) if fit.model else (),
        tenure=_tenure(model, discount, horizon) if best and model is not None else None,
        tenure_geometric=None if churn is None else _tenure(churn, discount, horizon),
        ahead=()
        if model is None or not best
        else tuple(_ahead(model, i, rows[i], discount, horizon) for i in chosen if rows[i][0]),
    )


def _sane(values: Values) -> Values:
    return tuple(None if x is None or not 0 <= x <= _MOST_SHARE else x for x in values)


def _table(rows: Rows) -> CohortTable:
    """Return the cohort table, without shares that only contradictory counts can give."""
    found = cohort_table(rows)
    cells = tuple(map(_sane, found.cells))
    return CohortTable(cells, _sane(found.pooled), _sane(found.chained), _sane(found.unweighted))


def _tenure(model: SBG | float, discount: float, horizon: int) -> Tenure:
    """Return what a new customer pays under a model; a number is the churn of the geometric one."""
    if isinstance(model, SBG):
        within = discounted_tenure(model, discount, horizon).value
        return Tenure(within or 0.0, _endless(model, 1, discount, first=True))
    return Tenure(ltv_within(1, model, horizon, discount) or 0.0, ltv(1, model, discount))


def _ahead(model: SBG | float, row: int, counts: Row, discount: float, horizon: int) -> Ahead:
    """Return what is to come of a cohort after its last known count."""
    age = max(age for age, count in enumerate(counts) if count is not None)
    there = float(counts[age] or 0.0)
    if isinstance(model, SBG):
        share, within = 1.0, []
        for later in range(horizon):
            share *= (model.beta + age + later) / (model.alpha + model.beta + age + later)
            within.append(share * math.exp(-later * math.log1p(discount)))
        return Ahead(row, age, there, Tenure(math.fsum(within), _endless(model, age + 1, discount)))
    # With one churn for all, whoever has renewed is as good as new.
    new, kept = _tenure(model, discount, horizon), 1 - model
    endless = None if new.endless.value is None else kept * new.endless.value
    return Ahead(row, age, there, Tenure(kept * new.within, Outcome(endless, new.endless.reason)))


@lru_cache(maxsize=4096)
def _endless(model: SBG, n: int, discount: float, first: bool = False) -> Outcome:
    return discounted_tenure(model, discount) if first else residual_tenure(model, n, discount)
