"""Stage conversion: how many get from each stage to the next, where most is lost, and which step is worth changing."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from funnel.formulas.conversion import (
    LIFT,
    POINT,
    Value,
    Values,
    counts_from_rates,
    lifted,
    log_change,
    ratio,
    reference_gains,
)
from funnel.inputs.copies import ISSUE_CODES, CopyResult, Issue, copy_result
from funnel.inputs.editing import (
    add_stage,
    adopt_what_if,
    as_own,
    drop_what_if,
    keep_now,
    let_flow,
    move_stage,
    rebase,
    remove_stage,
    rename,
    set_average_sale,
    set_count,
    set_currency,
    set_reference,
    set_share,
    set_title,
    set_value,
    try_what_if,
)
from funnel.inputs.funnel import BASES, Inputs, quantity_of, start

__all__ = [
    "BASES", "ISSUE_CODES", "Bottlenecks", "CopyResult", "Difference", "Inputs", "Issue", "Lever", "Result",
    "add_stage", "adopt_what_if", "as_own", "bottlenecks", "compute", "copy_result", "difference", "drop_what_if", "keep_now",
    "let_flow", "levers", "move_stage", "quantity_of", "rebase", "remove_stage", "rename", "set_average_sale",
    "set_count", "set_currency", "set_reference", "set_share", "set_title", "set_value",
    "start", "try_what_if",
]  # fmt: skip

# Closer than this (relative) is the same: what is left is the rounding of a dozen operations.
_SAME = 1e-13
# Two rates computed from scaled counts may differ in the last bits without anybody having changed the step.
_UNCHANGED = 1e-9


@dataclass(frozen=True)
class Bottlenecks:
    """Hold three answers to "which step is the bottleneck?", as positions of the step's lower stage; ties all show.

    `lowest_rate`; `largest_loss` of people (empty when nobody is lost); `largest_gain` of final people if only that
    step rose to its reference (empty without a reference, or when every step is as good). `gains`: that gain per stage,
    None where not defined. `agree`: the answers that exist name the same steps.
    """

    lowest_rate: tuple[int, ...]
    largest_loss: tuple[int, ...]
    largest_gain: tuple[int, ...]
    gains: Values
    agree: bool


@dataclass(frozen=True)
class Lever:
    """Hold what one step is worth: extra people at the end from +10% relative, and from +1 percentage point.

    A rate stops at 1, then `..._capped` is true; a rate above 1 is never lowered. None is "not defined"; with a rate of
    0 only `relative` is.
    """

    index: int
    relative: Value
    relative_capped: bool
    point: Value
    point_capped: bool


@dataclass(frozen=True)
class Difference:
    """Hold the changed copy minus the funnel as it is.

    `counts` people; `rates` and `overall_rate` differences of fractions (0.01 is one point); `final` people at the last
    stage, `final_relative` the same as a fraction of now (None when now is 0); `changed_steps` positions whose rate
    changed, 0 for the top count; `contributions` ln(new / old) of the top count and each step, which sum to ln(new /
    old) of the final count where all are defined.
    """

    counts: Values
    rates: Values
    overall_rate: Value
    final: Value
    final_relative: Value
    changed_steps: tuple[int, ...]
    contributions: Values


@dataclass(frozen=True)
class Result:
    """Hold the answer: both copies, and for the copy being changed (what_if, else now) its bottlenecks and levers.

    `levers` are in step order; `ranked_by_point` are their positions by the worth of a point, best first;
    `equal_relative` says that +10% is worth the same at every step where it can be had in full. `revenue` is money of now
    and of what if: the people at the last stage times the average sale, None where one of them is missing.
    """

    now: CopyResult
    what_if: CopyResult | None
    bottlenecks: Bottlenecks
    levers: tuple[Lever, ...]
    ranked_by_point: tuple[int, ...]
    equal_relative: bool
    difference: Difference | None
    revenue: tuple[Value, Value]


def compute(inputs: Inputs) -> Result:
    """Compute the rates, losses, bottlenecks, levers and the difference between the copies.

    Pure and total: any valid inputs give a result without NaN or infinity. Simplifications: one closed cohort, and a
    change of one rate leaves the others as they are.
    Source: docs/model.md, F01-F04 and F06; Google Analytics Data API, Funnel; the rest follows from the product rule.

    >>> result = compute(start("base"))
    >>> round(result.now.overall, 8), result.bottlenecks.largest_gain, [round(x.point, 4) for x in result.levers]
    (0.00191667, (3,), [15.3333, 2.3, 2.6299, 4.03])
    """
    now = copy_result(inputs.now, inputs.basis)
    what_if = None if inputs.what_if is None else copy_result(inputs.what_if, inputs.basis)
    changing = now if what_if is None else what_if
    steps = levers(changing)
    worth = {step.index: step.point for step in steps if step.point is not None}
    return Result(
        now=now,
        what_if=what_if,
        bottlenecks=bottlenecks(changing, inputs.reference),
        levers=steps,
        ranked_by_point=tuple(sorted(worth, key=lambda index: -worth[index])),  # a stable sort keeps ties in order
        equal_relative=_equal_relative(steps),
        difference=None if what_if is None else difference(now, what_if),
        revenue=(
            _times(now.counts[-1], inputs.average_sale),
            None if what_if is None else _times(what_if.counts[-1], inputs.average_sale),
        ),
    )


def _best(values: Sequence[Value], of: Value = None) -> tuple[int, ...]:
    """Return the positions of the largest value, all of them in a tie; none when all are None.

    `of` is the number that the values are differences to: they are known as well as that number is, and no better.
    """
    largest = max((value for value in values if value is not None), default=None)
    if largest is None:
        return ()
    unsure = _SAME * (abs(largest) + (of or 0.0))
    return tuple(index for index, value in enumerate(values) if value is not None and largest - value <= unsure)


def _positive(values: Values) -> Values:
    return tuple(value if value is not None and value > 0 else None for value in values)


def bottlenecks(copy: CopyResult, reference: Values) -> Bottlenecks:
    """Return the three definitions of the bottleneck for one copy. `reference` are fractions, one per stage.

    Source: docs/model.md, F04; follows from the product rule.
    """
    gains = reference_gains(copy.counts[-1], copy.rates, reference)
    lowest = _best([None if rate is None else -rate for rate in copy.rates])
    loss = _best(_positive(copy.lost))
    gain = _best(_positive(gains), of=copy.counts[-1])
    answers = {answer for answer in (lowest, loss, gain) if answer}
    return Bottlenecks(lowest, loss, gain, gains, len(answers) <= 1)


def levers(copy: CopyResult) -> tuple[Lever, ...]:
    """Return for each step of one copy, top first, what lifting it would add at the end.

    Source: docs/model.md, F06; follows from the product rule.
    """
    return tuple(_lever(copy, index) for index in range(1, len(copy.rates)))


def _lever(copy: CopyResult, index: int) -> Lever:
    rate = copy.rates[index]
    if rate is None:
        return Lever(index, None, False, None, False)
    by_lift, lift_capped = lifted(rate, relative=LIFT)
    by_point, point_capped = lifted(rate, points=POINT)
    if rate == 0:
        # Ten per cent of nothing is nothing to speak of; a point is real people, whom the steps below take on.
        reached = counts_from_rates(copy.counts[index - 1], (None, POINT, *copy.rates[index + 1 :]))
        return Lever(index, None, False, _finite(reached[-1]), False)
    final = copy.counts[-1]
    # From the size of the lift itself, not from the difference of two rates, which would lose digits.
    relative = ratio(by_lift - rate, rate) if lift_capped else LIFT
    point = ratio(by_point - rate if point_capped else POINT, rate)
    return Lever(index, _times(final, relative), lift_capped, _times(final, point), point_capped)


def _finite(value: Value) -> Value:
    return value if value is not None and math.isfinite(value) else None


def _times(value: Value, factor: Value) -> Value:
    return None if value is None or factor is None else _finite(value * factor)


def _equal_relative(steps: tuple[Lever, ...]) -> bool:
    full = [step.relative for step in steps if step.relative and not step.relative_capped]
    return len(full) > 1 and all(math.isclose(one, other, rel_tol=_SAME) for one, other in pairwise(full))


def _minus(after: Value, before: Value) -> Value:
    return None if after is None or before is None else after - before


def _changed(before: Value, after: Value) -> bool:
    if before is None or after is None:
        return before is not after
    return not math.isclose(before, after, rel_tol=_UNCHANGED)


def difference(now: CopyResult, what_if: CopyResult) -> Difference:
    """Return what the changed copy does differently. Both copies must have the same stages.

    Source: follows from N_k = N_0 r_1 ... r_k (docs/model.md, F02), whose logarithm splits into one part per factor.
    """
    # The factors of the final count: the top count, then the rates.
    before = (now.counts[0], *now.rates[1:])
    after = (what_if.counts[0], *what_if.rates[1:])
    final = _minus(what_if.counts[-1], now.counts[-1])
    return Difference(
        counts=tuple(map(_minus, what_if.counts, now.counts)),
        rates=tuple(map(_minus, what_if.rates, now.rates)),
        overall_rate=_minus(what_if.overall, now.overall),
        final=final,
        final_relative=ratio(final, now.counts[-1]),
        changed_steps=tuple(index for index, pair in enumerate(zip(before, after, strict=True)) if _changed(*pair)),
        contributions=tuple(map(log_change, before, after)),
    )
