"""Leaks: what comes back when some of those lost between two stages of a funnel can be kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from funnel.formulas.conversion import Value, ratio
from funnel.formulas.loyalty import abandonment
from funnel.formulas.money import product


@dataclass(frozen=True)
class Kept:
    """Hold what a fix brings: `lost` people between two stages, `back` of them kept, `final` more people at the end.

    `after` people at the end in all; `abandoned` the fraction of the first of the two stages that still does not reach
    the end; `revenue` and `margin` money of the `final` ones.
    """

    lost: Value
    back: Value
    final: Value
    after: Value
    abandoned: Value
    revenue: Value
    margin: Value


def kept(
    counts: Sequence[float], start: int, at: int, share: float, sale: Value = None, margin: Value = None, discount: float = 0.0
) -> Kept:  # fmt: skip
    """Return what it brings when a `share` of those who reached stage `start` but not stage `at` reach `at` after all.

    From `at` on they go like everybody else. `share`, `margin` (of the price) and `discount` (of the price, given to
    those who come back) are fractions; `sale` is money per sale. With `at` the last stage this is the recovery of carts.
    Source: docs/model.md, F30 v (A - Q), then the step rates F01; F03 for the loss.

    >>> shop = (62400, 33072, 5622, 2867, 1462)
    >>> reminder = kept(shop, 2, 4, 0.08, 214, 0.38)
    >>> round(reminder.final, 4), round(reminder.revenue, 4), round(reminder.abandoned, 4)
    (332.8, 71219.2, 0.6808)
    >>> round(kept(shop, 3, 4, 0.08).final, 4), round(kept(shop, 2, 3, 0.08).final, 4)
    (112.4, 112.3909)
    """
    found = abandonment(counts[start], counts[at], share)
    final = product(found.recovered, ratio(counts[-1], counts[at]))
    after = None if final is None else counts[-1] + final
    left = ratio(after, counts[start])
    revenue = product(final, sale, 1 - discount)
    cost = product(final, sale, None if margin is None else 1 - margin)
    return Kept(
        lost=found.abandoned,
        back=found.recovered,
        final=final,
        after=after,
        abandoned=None if left is None else 1 - left,
        revenue=revenue,
        margin=None if revenue is None or cost is None else revenue - cost,
    )


def scaled(now: float, gain: float, guess: float, most: float) -> tuple[float, float, float]:
    """Return `now`, `gain` and `now` plus `guess` as fractions of a bar that has room for `now` plus `most`.

    >>> scaled(80, 10, 20, 20)
    (0.8, 0.1, 1.0)
    """
    whole = max(now + most, now + gain)
    return now / whole, gain / whole, (now + guess) / whole
