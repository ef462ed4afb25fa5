"""The formulas of a funnel: rates from counts, counts from rates, losses, gains. No scenario, no screen.

`Value` is a number or None; None means "not entered" or "not defined", and whatever needs it is None too. Counts are
people (or deals) per stage, top first; rates are fractions, one per stage, the first always None because no step leads
to the top.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

Value = float | None
Values = tuple[Value, ...]

POINT = 0.01  # one percentage point, as a fraction
LIFT = 0.10  # ten per cent, relative


def ratio(part: Value, whole: Value) -> Value:
    """Return part / whole as a fraction; None when either is None, the whole is 0, or the result is beyond a float.

    Source: docs/model.md, F01; Google Analytics Data API, Funnel.

    >>> ratio(2880, 48000), ratio(5, 0), ratio(0, 5)
    (0.06, None, 0.0)
    """
    if part is None or not whole:
        return None
    result = part / whole
    return result if math.isfinite(result) else None


def step_rates(counts: Sequence[Value]) -> Values:
    """Return r_i = N_i / N_(i-1) per stage, as fractions; above 1 where a stage grew, never clamped.

    Source: docs/model.md, F01; Google Analytics Data API, Funnel (step completion).

    >>> [rate and round(rate, 6) for rate in step_rates((48000, 2880, 1152, 403, 92))]
    [None, 0.06, 0.4, 0.349826, 0.228288]
    """
    return (None, *(ratio(here, above) for above, here in pairwise(counts)))


def counts_from_rates(top: Value, rates: Sequence[Value]) -> Values:
    """Return the people per stage that `top` people and the step rates lead to; `rates[0]` is not used.

    Below a stage with nobody there is nobody, whatever the rate: 0 follows 0 even where a rate is None.
    Source: docs/model.md, F02, N_i = N_0 r_1 ... r_i.

    >>> counts_from_rates(1000, (None, 0.5, 0, None))
    (1000, 500.0, 0.0, 0.0)
    """
    counts = [top]
    for rate in rates[1:]:
        above = counts[-1]
        if above == 0:
            counts.append(0.0)
        else:
            counts.append(None if above is None or rate is None else above * rate)
    return tuple(counts)


def from_top(counts: Sequence[Value]) -> Values:
    """Return C_i = N_i / N_0 per stage, as fractions of those at the top; the last one is the overall rate R.

    Source: docs/model.md, F02; the product of the step rates wherever all of them are defined.

    >>> [round(share, 8) for share in from_top((48000, 2880, 1152, 403, 92))]
    [1.0, 0.06, 0.024, 0.00839583, 0.00191667]
    """
    return tuple(ratio(count, counts[0]) for count in counts)


def losses(counts: Sequence[Value]) -> Values:
    """Return D_i = N_(i-1) - N_i, the people lost before each stage; negative where a stage grew; the first is None.

    Source: docs/model.md, F03; Google Analytics Data API, Funnel (abandonment).

    >>> losses((48000, 2880, 1152, 403, 92))
    (None, 45120, 1728, 749, 311)
    """
    lost = (None if above is None or here is None else above - here for above, here in pairwise(counts))
    return (None, *lost)


def loss_rates(rates: Sequence[Value]) -> Values:
    """Return d_i = 1 - r_i per step, as fractions; negative where a stage grew.

    Source: docs/model.md, F03; Google Analytics Data API, Funnel (abandonment).

    >>> [loss and round(loss, 4) for loss in loss_rates((None, 0.06, 0.4))]
    [None, 0.94, 0.6]
    """
    return tuple(None if rate is None else 1 - rate for rate in rates)


def reference_gains(final: Value, rates: Sequence[Value], reference: Sequence[Value]) -> Values:
    """Return G_i = N_k (b_i / r_i - 1): extra people at the end if only step i rose to its reference rate b_i.

    `final` is N_k. Negative where the step already beats its reference; None where r_i is 0 or anything is missing.
    Source: docs/model.md, F04; follows from the product rule.

    >>> rates = step_rates((48000, 2880, 1152, 403, 92))
    >>> [gain and round(gain, 4) for gain in reference_gains(92, rates, (None, 0.065, 0.42, 0.45, 0.24))]
    [None, 7.6667, 4.6, 26.3444, 4.72]
    """
    gains: list[Value] = []
    for rate, goal in zip(rates, reference, strict=True):
        times = ratio(goal, rate)
        gain = None if final is None or times is None else final * (times - 1)
        gains.append(gain if gain is not None and math.isfinite(gain) else None)
    return tuple(gains)


def lifted(rate: float, *, relative: float = 0.0, points: float = 0.0) -> tuple[float, bool]:
    """Return (new rate, capped) after a lift: `relative` is a fraction of the rate, `points` a fraction added to it.

    The new rate stops at 1; a rate that is above 1 already is left where it is, which counts as capped.
    Source: docs/model.md, F06; follows from the product rule.

    >>> lifted(0.95, relative=0.1), lifted(0.5, points=0.01), lifted(1.15, relative=0.1)
    ((1.0, True), (0.51, False), (1.15, True))
    """
    raised = rate * (1 + relative) + points
    if raised <= 1:
        return raised, False
    return max(rate, 1.0), True


def lift_result(*lifts: float) -> float:
    """Return R'/R - 1, the relative change of the overall rate when steps are lifted by these relative fractions.

    One step lifted by x changes the overall rate by x, whichever step it is. Source: docs/model.md, F06.

    >>> round(lift_result(0.1, 0.1, 0.1, 0.1), 4)
    0.4641
    """
    return math.prod(1 + lift for lift in lifts) - 1


def log_change(before: Value, after: Value) -> Value:
    """Return ln(after / before); None unless both are above 0. Such changes add up along a product.

    Source: the logarithm of N_k = N_0 r_1 ... r_k (docs/model.md, F02).

    >>> log_change(2.0, 2.0), log_change(0, 1)
    (0.0, None)
    """
    if not before or not after:
        return None
    return math.log(after) - math.log(before)
