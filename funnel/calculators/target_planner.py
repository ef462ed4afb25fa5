"""Target planner: from the customers or the revenue wanted back to every stage above, and how sure that makes it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from funnel.facts.businesses import BUSINESSES, CURRENCIES, start_of
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, Stage
from funnel.formulas.conversion import Value, Values, ratio
from funnel.formulas.planning import (
    ReversePlan,
    StepGoal,
    Whole,
    certainty,
    least_people,
    reverse,
    step_goals,
    whole_up,
)
from funnel.links.codecs import Choice, Maybe, Number, Series, StageList, written
from funnel.quantities import COUNT, MONEY, RATE, Quantity, certain

__all__ = ["CHANCE", "GOALS", "SOURCES", "Inputs", "Result", "compute", "whole_up"]

SOURCES = BUSINESSES
GOALS = ("customers", "revenue")
# Beyond 99% a certainty is a promise nobody should make; below a half the plain answer is the better one.
CHANCE = Quantity("fraction", 0.5, 0.99)
TARGET = Quantity("count", 0, 1e9)


@dataclass(frozen=True)
class Inputs:
    """Hold a target and the rates it has to pass. Rates are fractions per stage, the first None.

    Raises ValueError when stages and rates differ in number, OutOfRange outside a quantity.
    """

    source: str = field(
        default="base", metadata=written("from", Choice(SOURCES), "The business that the rates began as", origin=True)
    )
    stages: tuple[Stage, ...] = field(
        default=(), metadata=written("stages", StageList(MIN_STAGES, MAX_STAGES), "The stages, top first")
    )
    goal: str = field(default="customers", metadata=written("goal", Choice(GOALS), "What is wanted"))
    target: float = field(default=150.0, metadata=written("target", Number(TARGET), "Customers wanted, in the window"))
    revenue: float = field(default=0.0, metadata=written("revenue", Number(MONEY), "Revenue wanted, in the window"))
    sale: float = field(default=0.0, metadata=written("sale", Number(MONEY), "Average sale value"))
    currency: str = field(default="none", metadata=written("cur", Choice(CURRENCIES), "The currency of all amounts"))
    rates: Values = field(
        default=(), metadata=written("rates", Series(RATE), "The rate of the step into each stage, the first empty")
    )
    top: Value = field(default=None, metadata=written("top", Maybe(Number(COUNT)), "People at the top now"))
    chance: float = field(
        default=0.9, metadata=written("sure", Number(CHANCE), "How sure the plan should be, a fraction")
    )

    def __post_init__(self) -> None:
        if len(self.stages) != len(self.rates) or len(self.stages) < MIN_STAGES:
            raise ValueError("every stage needs a place for its rate")

    @classmethod
    def origin(cls, source: str = "base") -> "Inputs":
        """Return a business's plan for about a half more customers than it has."""
        start = start_of(source)
        target = 150.0 if source == "base" else float(_round_up(start.counts[-1] * 1.5))
        # A sale that the preset does not name is left at 0: the page then asks for it.
        sale = start.fact("avg", start.fact("arpu", 0.0))
        return cls(source, start.stages, "customers", target, target * sale, certain(sale), start.currency, start.rates,
                   start.counts[0])  # fmt: skip

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Make the rates fit the stages that a link names."""
        count = len(fields["stages"])
        rates = (None, *fields["rates"][1:count])
        return fields | {"rates": rates + (None,) * (count - len(rates))}


def _round_up(count: float) -> int:
    """Return the next number with two significant digits."""
    unit = 10 ** max(0, math.floor(math.log10(count)) - 1) if count >= 1 else 1
    return math.ceil(count / unit) * unit


@dataclass(frozen=True)
class Result:
    """Hold the plan: `customers` wanted (None when a revenue is wanted of sales worth nothing).

    `plan` the chain upward; `surely` people at the top for the certainty asked for, None where no number is enough;
    `reached` the chance with the people that are there now; `goals` the single rates that would also do, each by
    itself, with the people there now.
    """

    customers: Value
    plan: ReversePlan
    surely: Whole
    reached: Value
    goals: tuple[StepGoal, ...]


def compute(inputs: Inputs) -> Result:
    """Compute the plan. Pure and total. Source: docs/model.md, F05 and F06, from the product rule; the chance is binomial.

    >>> result = compute(Inputs.origin("base"))
    >>> result.plan.whole[0], round(result.plan.chance, 4), result.surely
    (78261, 0.5109, 86546)
    """
    customers: Value = inputs.target
    if inputs.goal == "revenue":
        customers = ratio(inputs.revenue, inputs.sale)
        if customers is not None and not TARGET.fits(customers):
            customers = None
    plan = reverse(customers, inputs.rates)
    whole_top = None if inputs.top is None else float(math.floor(inputs.top))
    return Result(
        customers,
        plan,
        least_people(customers, plan.overall, inputs.chance),
        certainty(whole_top, plan.overall, customers),
        step_goals(customers, inputs.top, inputs.rates),
    )
