"""Everything that one copy of a funnel says about itself: counts, rates, losses, and what needs an explanation."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from funnel.formulas.conversion import Value, Values, counts_from_rates, from_top, loss_rates, losses, step_rates
from funnel.formulas.statistics import wilson

ISSUE_CODES = ("empty", "zero-top", "zero-before", "zero-here", "growth", "unsure")

Interval = tuple[float, float] | None
# A rate whose interval is wider than this part of the rate itself is called unsure: 12% to 20% around 16%.
_WIDE = 0.5


@dataclass(frozen=True)
class Issue:
    """Point at one stage with something to explain.

    `code`: "empty" (left empty), "zero-top" (nobody at the top: shares of the top are not defined), "zero-before" (the
    rate into this stage is not defined, nobody was at the stage before), "zero-here" (a valid 0%: nobody gets past),
    "growth" (a rate above 100%), "unsure" (so few people that chance alone could give quite another rate). `index` is
    the stage, for a rate its lower stage.
    """

    code: str
    index: int


@dataclass(frozen=True)
class CopyResult:
    """Hold everything about one copy, one value per stage; None is "not defined".

    `counts` people; `rates` step rates as fractions of the stage before (first None); `from_top` fractions of the top;
    `lost` people lost before each stage (first None, negative = growth); `loss_rates` 1 - rate; `overall` the last of
    `from_top`; `intervals` the Wilson 95% interval (low, high) of each step rate as fractions, None for the first, for a
    rate that is not defined or above 1.
    """

    counts: Values
    rates: Values
    from_top: Values
    lost: Values
    loss_rates: Values
    overall: Value
    intervals: tuple[Interval, ...]
    issues: tuple[Issue, ...]


def copy_result(copy: Values, basis: str) -> CopyResult:
    """Return everything about one copy; see `Inputs` for the form of a copy in each basis.

    In the basis "rates" the rates are what was entered, so they and their product are defined even with nobody, or
    nothing entered, at the top.
    """
    if basis == "people":
        counts, rates, shares = copy, step_rates(copy), from_top(copy)
    else:
        rates = (None, *copy[1:])
        counts, shares = counts_from_rates(copy[0], rates), counts_from_rates(1.0, rates)
    intervals = (None, *(_interval(*pair) for pair in pairwise(counts)))
    return CopyResult(
        counts=counts,
        rates=rates,
        from_top=shares,
        lost=losses(counts),
        loss_rates=loss_rates(rates),
        overall=shares[-1],
        intervals=intervals,
        issues=(*_issues(copy, counts, rates, shares[-1]), *_unsure(rates, intervals)),
    )


def _interval(above: Value, here: Value) -> Interval:
    return wilson(here, above) if above and here is not None and here <= above else None


def _unsure(rates: Values, intervals: tuple[Interval, ...]) -> Iterator[Issue]:
    for index, (rate, interval) in enumerate(zip(rates, intervals, strict=True)):
        if rate and interval is not None and interval[1] - interval[0] > _WIDE * rate:
            yield Issue("unsure", index)


def _issues(copy: Values, counts: Values, rates: Values, overall: Value) -> Iterator[Issue]:
    if copy[0] is None:
        yield Issue("empty", 0)
    elif copy[0] == 0 and overall is None:
        yield Issue("zero-top", 0)
    for index in range(1, len(copy)):
        rate, above = rates[index], counts[index - 1]
        if rate is None:
            # With a count but no rate given, nobody was above: that is what an undefined rate becomes in "rates".
            if copy[index] is None and counts[index] is None:
                yield Issue("empty", index)
            elif above is not None:
                yield Issue("zero-before", index)
        elif rate == 0:
            yield Issue("zero-here", index)
        elif rate > 1:
            yield Issue("growth", index)
