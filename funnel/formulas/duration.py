"""How long deals take when some are still open: the survival curve of Kaplan and Meier, its median and its area."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from funnel.formulas.conversion import Value
from funnel.quantities import DURATION

_HALF = 1e-9  # a share this close to a half is one: it is a product of fractions


@dataclass(frozen=True)
class Survival:
    """Hold the share of deals that are still open after so many days.

    Per day on which a deal was won, ascending: `days`, `at_risk` (deals followed at least that long), `won` (deals won
    on it) and `shares` (still open after it). `median` days, None while more than half are open at the end; `mean` the
    area under the curve up to `last`, the longest duration, in days: the mean when `whole`, else only a lower bound.
    """

    days: tuple[float, ...]
    at_risk: tuple[int, ...]
    won: tuple[int, ...]
    shares: tuple[float, ...]
    median: Value
    mean: Value
    last: float
    whole: bool

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Return the curve as a line of (day, share): flat between two days on which deals were won."""
        points = [(0.0, 1.0)]
        for day, share in zip(self.days, self.shares, strict=True):
            points += [(day, points[-1][1]), (day, share)]
        return (*points, (self.last, points[-1][1]))


def kaplan_meier(won: Sequence[float], still_open: Sequence[float] = ()) -> Survival:
    """Return S(t) = product of 1 - d_i / n_i over the days t_i up to t on which d_i of n_i deals were won.

    `won`: days from first contact to won, per deal; `still_open`: days so far of deals that nobody knows the end of. An
    open deal counts among the n_i up to its own day, that day included, and is then left out. Where S is exactly a half
    between two days, the median is their middle, so that without open deals it is the ordinary one. Raises OutOfRange
    for a negative duration. Source: docs/model.md, F14; E. L. Kaplan, P. Meier, Nonparametric Estimation from Incomplete
    Observations, Journal of the American Statistical Association 53, 1958.

    >>> curve = kaplan_meier((21, 34, 45, 60, 72, 95, 140), (50, 96, 150))
    >>> [round(share, 4) for share in curve.shares], curve.median
    ([0.9, 0.8, 0.7, 0.5833, 0.4667, 0.35, 0.175], 72.0)
    """
    ended = sorted(DURATION.check(day) for day in won)
    everyone = sorted([*ended, *(DURATION.check(day) for day in still_open)])
    days = sorted(set(ended))
    events = [ended.count(day) for day in days]
    at_risk = [sum(1 for day in everyone if day >= here) for here in days]
    shares, share = [], 1.0
    for count, of in zip(events, at_risk, strict=True):
        share *= (of - count) / of
        shares.append(share)
    last = everyone[-1] if everyone else 0.0
    found = (tuple(days), tuple(at_risk), tuple(events), tuple(shares))
    whole = bool(shares) and shares[-1] == 0
    return Survival(*found, _median(days, shares), _area(days, shares, last) if everyone else None, last, whole)


def _median(days: Sequence[float], shares: Sequence[float]) -> Value:
    for place, share in enumerate(shares):
        if math.isclose(share, 0.5, rel_tol=_HALF):
            following = days[place + 1] if place + 1 < len(days) else days[place]
            return (days[place] + following) / 2
        if share < 0.5:
            return days[place]
    return None


def _area(days: Sequence[float], shares: Sequence[float], last: float) -> float:
    heights = (1.0, *shares)
    return math.fsum(
        (end - start) * height for (start, end), height in zip(pairwise((0.0, *days, last)), heights, strict=True)
    )
