"""After the first sale: repeat purchases, referrals, and carts that were left behind.

A loop that does not die out (a factor of 1 or more) has no finite sum: its results are None and it is flagged, for the
screen to explain that a market saturates long before.
"""

import math
from dataclasses import dataclass
from typing import Literal

from funnel.formulas.conversion import Value, Values, ratio
from funnel.formulas.money import DERIVED, given, product
from funnel.quantities import COUNT, RATE, SHARE, Quantity

Loop = Literal["repeat", "refer"]

CYCLES = Quantity("count", 0, 1e6)
WAVES = Quantity("count", 0, 1000)


@dataclass(frozen=True)
class Loyalty:
    """Hold what loyalty makes of the customers that were paid for.

    `purchases_per_customer` a number, 1 without repeats; `customers` people including all referred; `purchases` of all
    of them; `effective_cac` money per customer, referred ones included; `diverges`: which loops do not die out, and
    whatever needs their sum is None.
    """

    purchases_per_customer: Value
    customers: Value
    purchases: Value
    effective_cac: Value
    diverges: tuple[Loop, ...]


@dataclass(frozen=True)
class Abandonment:
    """Hold how many carts became no order, and what a reminder brings back.

    `rate` a fraction, below 0 and not clamped when there are more orders than carts (`without_cart` is true: orders
    that no cart event was counted for); `abandoned` carts; `recovered` orders and `recovered_value` money, None when
    there is nothing to recover from.
    """

    rate: Value
    abandoned: Value
    recovered: Value
    recovered_value: Value
    without_cart: bool


def _series(factor: Value) -> Value:
    """Return 1 + f + f^2 + ... = 1 / (1 - f), None where the sum grows without end."""
    return None if factor is None or factor >= 1 else ratio(1.0, 1 - factor)


def purchases_per_customer(repeat: Value) -> Value:
    """Return 1 / (1 - rho), purchases per customer including the first; None when rho is 1 or more.

    `repeat` rho is the chance, a fraction, that a purchase is followed by another. Raises OutOfRange when negative.
    Source: docs/model.md, F29, geometric series; the loop as in D. C. Edelman, Branding in the Digital Age.

    >>> round(purchases_per_customer(0.35), 4), purchases_per_customer(1)
    (1.5385, None)
    """
    return _series(given(RATE, repeat))


def purchases_within(repeat: Value, most: Value) -> Value:
    """Return (1 - rho^n) / (1 - rho), purchases per customer when nobody buys more than n times.

    `repeat` rho is a fraction, n = `most` a whole number to 1e6; the sum is finite for any rho: n at rho = 1. None
    beyond a float. Raises OutOfRange outside those ranges, ValueError when n is not whole. Source: docs/model.md, F29,
    geometric series.

    >>> round(purchases_within(0.35, 3), 4), purchases_within(1, 3)
    (1.4725, 3.0)
    """
    repeat, most = given(RATE, repeat), given(CYCLES, most)
    if repeat is None or most is None:
        return None
    if not most.is_integer():
        raise ValueError(f"{most!r} is not a whole number of purchases")
    if repeat == 1 or most == 0:
        return most
    if repeat == 0:
        return 1.0
    # expm1 keeps the digits that 1 - rho^n loses when rho is close to 1.
    exponent = most * math.log(repeat)
    return math.expm1(exponent) / (repeat - 1) if exponent < 700 else None


def discounted_purchases(repeat: Value, discount: Value) -> Value:
    """Return 1 / (1 - rho / (1 + z)), purchases per customer when each later one counts less; None when it diverges.

    `repeat` rho is a fraction, `discount` z a fraction per cycle; it diverges when rho reaches 1 + z. Raises OutOfRange
    for a negative argument. Source: docs/model.md, F29, geometric series.

    >>> round(discounted_purchases(0.35, 0.08), 4)
    1.4795
    """
    repeat, discount = given(RATE, repeat), given(RATE, discount)
    return None if repeat is None or discount is None else _series(repeat / (1 + discount))


def referral_rate(per_purchase: Value, repeat: Value) -> Value:
    """Return q = u / (1 - rho), the new customers that one customer refers when each purchase refers u.

    `per_purchase` u is customers per purchase, `repeat` rho a fraction; None when rho is 1 or more. Raises OutOfRange
    for a negative argument. Source: docs/model.md, F29, geometric series.

    >>> round(referral_rate(0.08, 0.35), 4)
    0.1231
    """
    per_purchase, repeat = given(RATE, per_purchase), given(RATE, repeat)
    return None if repeat is None or repeat >= 1 else ratio(per_purchase, 1 - repeat)


def waves(customers: Value, refer: Value, count: int) -> Values:
    """Return K_0 q^j for j = 0 .. count - 1: the paid customers, whom they refer, whom those refer, and so on.

    `customers` people, `refer` q new customers per customer (1 or more grows: still returned, None beyond a float),
    `count` of waves to 1000. Raises OutOfRange outside those ranges. Source: docs/model.md, F29, geometric series.

    >>> [round(wave, 4) for wave in waves(92, 0.12, 4)]
    [92.0, 11.04, 1.3248, 0.159]
    """
    wave, refer = given(COUNT, customers), given(DERIVED, refer)
    waves: list[Value] = []
    for _ in range(int(WAVES.check(count))):
        waves.append(wave)
        wave = product(wave, refer)
    return tuple(waves)


def loyalty(customers: Value, repeat: Value, refer: Value, cac: Value = None) -> Loyalty:
    """Return what repeats and referrals make of the paid customers, and the CAC that is left.

    `customers` K_0 people; `repeat` rho the chance that a purchase is followed by another; `refer` q new customers
    referred per customer; `cac` money per paid customer. Assumes that referred customers buy and refer alike, and
    ignores the time between cycles. Raises OutOfRange for a negative argument.
    Source: docs/model.md, F29, K_0 / ((1 - rho)(1 - q)) and CAC (1 - q), geometric series; the loop as in D. C. Edelman,
    Branding in the Digital Age.

    >>> loop = loyalty(92, 0.35, 0.12, 114300 / 92)
    >>> [round(part, 4) for part in (loop.customers, loop.purchases, loop.effective_cac)]
    [104.5455, 160.8392, 1093.3043]
    >>> loyalty(92, 0.35, 1).diverges, loyalty(92, 0.35, 1).customers
    (('refer',), None)
    """
    customers, cac = given(COUNT, customers), given(DERIVED, cac)
    repeat, refer = given(RATE, repeat), given(DERIVED, refer)
    purchases, referred = _series(repeat), _series(refer)
    everybody = product(customers, referred)
    loops: tuple[tuple[Loop, Value], ...] = (("repeat", repeat), ("refer", refer))
    return Loyalty(
        purchases_per_customer=purchases,
        customers=everybody,
        purchases=product(everybody, purchases),
        effective_cac=None if referred is None or refer is None else product(cac, 1 - refer),
        diverges=tuple(name for name, factor in loops if factor is not None and factor >= 1),
    )


def abandonment(carts: Value, orders: Value, recovery: Value = None, sale: Value = None) -> Abandonment:
    """Return the share of carts that became no order, and what recovering some of them brings.

    `carts` and `orders` are counts of one window; `recovery` v the share of abandoned carts won back, 0 to 1; `sale`
    the average sale in money. The rate is None without carts. Raises OutOfRange outside those ranges.
    Source: docs/model.md, F30, 1 - Q / A and v (A - Q); P. Farris et al., Marketing Metrics.

    >>> lost = abandonment(5622, 1462, 0.08, 214)
    >>> round(lost.rate, 4), round(lost.recovered, 4), round(lost.recovered_value, 4)
    (0.74, 332.8, 71219.2)
    """
    carts, orders = given(COUNT, carts), given(COUNT, orders)
    recovery, sale = given(SHARE, recovery), given(DERIVED, sale)
    if carts is None or orders is None:
        return Abandonment(None, None, None, None, False)
    kept, abandoned = ratio(orders, carts), carts - orders
    recovered = None if recovery is None or abandoned < 0 else recovery * abandoned
    return Abandonment(
        rate=None if kept is None else 1 - kept,
        abandoned=abandoned,
        recovered=recovered,
        recovered_value=product(recovered, sale),
        without_cart=abandoned < 0,
    )
