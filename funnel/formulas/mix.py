"""Why a total moves when its parts do not, or the other way round: rates, mix, Simpson's paradox. No screen.

A segment holds people (visits, leads) and those of them who did the thing. Its share is its people over all people of
its period. Which level is the right one, the total or the segments, is a question of causes and not of arithmetic.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from funnel.formulas.conversion import Value, ratio
from funnel.quantities import COUNT, RATE, SHARE, all_known, certain


@dataclass(frozen=True)
class Segment:
    """Hold one segment in one period: an id, its people, and how many of them did it. Raises OutOfRange below 0."""

    id: str
    people: float
    successes: float

    def __post_init__(self) -> None:
        COUNT.check(self.people)
        COUNT.check(self.successes)

    @property
    def rate(self) -> Value:
        """Return successes / people; above 1 is flagged elsewhere, not forbidden; None when nobody was there."""
        return ratio(self.successes, self.people)


def from_shares(shares: Mapping[str, float], rates: Mapping[str, float]) -> tuple[Segment, ...]:
    """Return segments of one period from their shares of the people and their rates, both by segment id.

    Raises ValueError unless the shares add up to 1 (to a millionth) and both name the same segments; OutOfRange.
    Source: docs/model.md, F39.

    >>> blended(from_shares({"mobile": 0.75, "desktop": 0.25}, {"mobile": 0.012, "desktop": 0.034}))
    0.0175
    """
    if shares.keys() != rates.keys():
        raise ValueError("shares and rates are of different segments")
    if not math.isclose(sum(SHARE.check(share) for share in shares.values()), 1, abs_tol=1e-6):
        raise ValueError("the shares do not add up to 1")
    return tuple(Segment(id, share, share * RATE.check(rates[id])) for id, share in shares.items())


def blended(segments: Sequence[Segment]) -> Value:
    """Return the rate of all segments together, sum of successes / sum of people; None when nobody was there.

    Not the mean of their rates: the larger segment counts for more. Source: docs/model.md, F39.

    >>> blended((Segment("a", 30_000, 360), Segment("b", 10_000, 340)))
    0.0175
    """
    return ratio(sum(segment.successes for segment in segments), sum(segment.people for segment in segments))


def mean_rate(segments: Sequence[Segment]) -> Value:
    """Return the plain mean of the rates of the segments that have one: the mistake to warn of; None without any.

    >>> round(mean_rate((Segment("a", 30_000, 360), Segment("b", 10_000, 340))), 4)
    0.023
    """
    rates = [segment.rate for segment in segments if segment.rate is not None]
    return ratio(sum(rates), len(rates))


@dataclass(frozen=True)
class Shift:
    """Hold one segment that has people in both periods: shares among such segments, rates, and its two effects."""

    id: str
    share_before: float
    share_after: float
    rate_before: float
    rate_after: float

    @property
    def rate_effect(self) -> float:
        """Return mean(w) (r2 - r1), what its own rate did to the total, as a fraction."""
        return (self.share_before + self.share_after) / 2 * (self.rate_after - self.rate_before)

    @property
    def mix_effect(self) -> float:
        """Return mean(r) (w2 - w1), what its growing or shrinking share did to the total, as a fraction."""
        return (self.rate_before + self.rate_after) / 2 * (self.share_after - self.share_before)


@dataclass(frozen=True)
class MixShift:
    """Hold why an overall rate changed, in fractions; None where a part is not defined.

    change = vanished + rate_effect + mix_effect + new. `vanished` is what dropping the segments that are gone did to
    the total of the first period, `new` what the added ones did to that of the second; both 0 when there are none. The
    two effects are of `common`, the segments with people in both periods. `standardised` is their rate in the second
    period had the first period's mix stayed. `simpson`: every one of them moved one way (or stood) and their total
    the other way.
    """

    before: Value
    after: Value
    change: Value
    rate_effect: Value
    mix_effect: Value
    vanished: Value
    new: Value
    standardised: Value
    simpson: bool
    common: tuple[Shift, ...]
    vanished_ids: tuple[str, ...]
    new_ids: tuple[str, ...]


def decompose(before: Sequence[Segment], after: Sequence[Segment]) -> MixShift:
    """Return the change of the overall rate between two periods as an effect of the rates and one of the mix.

    A segment without people in a period has no rate there, so it is new or vanished and kept apart. Without common
    segments only the totals and the change are defined; without people in a period, not even the change.
    Raises ValueError when an id comes twice in a period. Source: docs/model.md, F39; P. Bickel, E. Hammel, J. O'Connell,
    Science 187, 1975, 398-404 (the paradox).

    >>> why = decompose(
    ...     (Segment("mobile", 4000, 80), Segment("desktop", 6000, 300)),
    ...     (Segment("mobile", 9000, 207), Segment("desktop", 3000, 162)),
    ... )
    >>> round(why.rate_effect, 6), round(why.mix_effect, 6), round(why.change, 6), why.simpson
    (0.003425, -0.010675, -0.00725, True)
    """
    first, second = _living(before), _living(after)
    ids = [id for id in first if id in second]
    total = blended(before), blended(after)
    same = blended([first[id] for id in ids]), blended([second[id] for id in ids])
    common = _shifts([first[id] for id in ids], [second[id] for id in ids])
    rates = all_known(same)
    defined = bool(common) and rates is not None
    return MixShift(
        *total,
        _minus(total[1], total[0]),
        math.fsum(shift.rate_effect for shift in common) if defined else None,
        math.fsum(shift.mix_effect for shift in common) if defined else None,
        _minus(same[0], total[0]),
        _minus(total[1], same[1]),
        math.fsum(shift.share_before * shift.rate_after for shift in common) if defined else None,
        bool(common) and rates is not None and _reversed(common, rates[1] - rates[0]),
        common,
        tuple(id for id in first if id not in second),
        tuple(id for id in second if id not in first),
    )


def _living(segments: Sequence[Segment]) -> dict[str, Segment]:
    if len({segment.id for segment in segments}) < len(segments):
        raise ValueError("a segment comes twice in one period")
    return {segment.id: segment for segment in segments if segment.rate is not None}


def _shifts(first: Sequence[Segment], second: Sequence[Segment]) -> tuple[Shift, ...]:
    people = sum(segment.people for segment in first), sum(segment.people for segment in second)
    return tuple(
        Shift(one.id, one.people / people[0], two.people / people[1], certain(one.rate), certain(two.rate))
        for one, two in zip(first, second, strict=True)
    )


def _minus(left: Value, right: Value) -> Value:
    return None if left is None or right is None else left - right


def _reversed(common: Sequence[Shift], change: float) -> bool:
    """Say whether no segment moved the way of the total and at least one moved against it."""
    moves = [(shift.rate_after - shift.rate_before) * math.copysign(1, change) for shift in common]
    # A change within rounding of 0 is none: equal rates of different counts need not give equal floats.
    scale = max((max(shift.rate_before, shift.rate_after) for shift in common), default=0)
    least = 1e-12 * scale
    return abs(change) > least and all(move <= least for move in moves) and any(move < -least for move in moves)
