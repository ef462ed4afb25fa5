"""The loyalty loop, round by round, for a hundred customers that marketing has won."""

from dataclasses import dataclass

from funnel.formulas.conversion import Value
from funnel.formulas.loyalty import Loyalty, loyalty, purchases_within, waves
from funnel.formulas.money import product
from funnel.quantities import Quantity

#: How many customers the picture follows, how often they can be sent round, and how far the two rates can be moved. At 1 the
#: loop would never end.
START, MOST_ROUNDS = 100, 6
REPEAT, REFER = Quantity("fraction", 0, 0.95), Quantity("fraction", 0, 0.9)

#: The rates of the course's businesses: repeat, refer (docs/model.md, F29 and section 5; the wholesaler's referrals are not given).
FROM = {
    "base": (0.35, 0.12),
    "s1-ecom-sar": (0.24, 0.06),
    "s3-academy-irt": (0.18, 0.1),
    "s8-wholesale-irt": (0.5512, 0.0),
}


@dataclass(frozen=True)
class Round:
    """Hold one round: `buying` people of the START go round and buy; `dots` the same, whole; `left` have left.

    `so_far` purchases of the START up to here, the first ones included; `referred` people who come by referral in this
    round: none in round 0, where the START come by marketing.
    """

    buying: Value
    dots: int
    left: Value
    so_far: Value
    referred: Value


def sent_round(number: int, repeat: float, refer: float) -> Round:
    """Return a round, 0 for the first purchase. Source: docs/model.md, F29.

    >>> second = sent_round(2, 0.35, 0.12)
    >>> round(second.buying, 2), second.dots, round(second.so_far, 2), round(second.referred, 2)
    (12.25, 12, 147.25, 1.44)
    """
    buying = START * repeat**number
    return Round(
        buying=buying,
        dots=round(buying),
        left=START - buying,
        so_far=product(START, purchases_within(repeat, number + 1)),
        referred=waves(START, refer, number + 1)[-1] if number else 0.0,
    )


def in_the_end(repeat: float, refer: float) -> Loyalty:
    """Return what the loop comes to if it goes on with these rates.

    >>> round(in_the_end(0.35, 0.12).purchases, 2)
    174.83
    """
    return loyalty(START, repeat, refer)
