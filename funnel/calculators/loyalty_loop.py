"""The loyalty loop: what repeats and referrals make of the customers paid for; and carts left behind, won back in part."""

from dataclasses import dataclass, field

from funnel.facts.businesses import CURRENCIES, start_of
from funnel.formulas.conversion import Value, Values, ratio
from funnel.formulas.loyalty import (
    Abandonment,
    Loyalty,
    abandonment,
    discounted_purchases,
    loyalty,
    purchases_within,
    referral_rate,
    waves,
)
from funnel.formulas.money import product
from funnel.links.codecs import Choice, Number, written
from funnel.quantities import COUNT, MONEY, SHARE, Quantity, all_known, certain

__all__ = ["PEOPLE_ON_EARTH", "SOURCES", "WAVES", "Inputs", "Result", "compute"]

#: The lesson's example, and the businesses that say how many come back or bring somebody.
SOURCES = ("textbook", "s1-ecom-sar", "s3-academy-irt", "s8-wholesale-irt")
VIEWS = ("loop", "carts")
#: What a referral is counted by: each customer brings so many, or each purchase does.
COUNTED = ("customer", "purchase")
WAVES = 6
# Where each business's purchases begin: the stage that this page calls a cart.
_BEGUN = {
    "textbook": "add-to-cart",
    "s1-ecom-sar": "add-to-cart",
    "s3-academy-irt": "form",
    "s8-wholesale-irt": "sample",
}

# Above 1 a loop grows without end; up to 3 is enough to see that, and beyond there is nothing more to see.
FACTOR = Quantity("fraction", 0, 3)
MOST = Quantity("count", 1, 1000)

PEOPLE_ON_EARTH = 8.2e9
"""United Nations, World Population Prospects 2024: the estimate for 2024, rounded."""
_LONGEST = 400  # waves to look through for the one that would be larger than that


@dataclass(frozen=True)
class Inputs:
    """Hold the loop (customers paid for, how often they come back, whom they bring) and the carts of one window.

    Rates are fractions; `refer` is new customers per customer, or per purchase, as `counted` says.
    """

    source: str = field(
        default="textbook", metadata=written("from", Choice(SOURCES), "The business it began as", origin=True)
    )
    view: str = field(default="loop", metadata=written("view", Choice(VIEWS), "Which part of the page is open"))
    customers: float = field(default=92.0, metadata=written("paid", Number(COUNT), "New customers that were paid for"))
    cost: float = field(
        default=114_300.0, metadata=written("cost", Number(MONEY), "What marketing and sales spent to win them")
    )
    repeat: float = field(
        default=0.35, metadata=written("repeat", Number(FACTOR), "The chance that a purchase is followed by another")
    )
    counted: str = field(default="customer", metadata=written("per", Choice(COUNTED), "What a referral is counted by"))
    refer: float = field(
        default=0.12, metadata=written("refer", Number(FACTOR), "New customers referred, per customer or per purchase")
    )
    most: float = field(default=3.0, metadata=written("most", Number(MOST), "Purchases that are counted at most"))
    discount: float = field(
        default=0.08, metadata=written("disc", Number(SHARE), "The discount rate from one purchase to the next")
    )
    currency: str = field(default="USD", metadata=written("cur", Choice(CURRENCIES), "The currency of the costs"))
    carts: float = field(default=5622.0, metadata=written("carts", Number(COUNT), "Carts filled in the window"))
    orders: float = field(
        default=1462.0, metadata=written("orders", Number(COUNT), "Orders that came from these carts")
    )
    recovery: float = field(
        default=0.08,
        metadata=written("back", Number(SHARE), "The share of abandoned carts that a reminder turns into orders"),
    )
    sale: float = field(default=214.0, metadata=written("sale", Number(MONEY), "Average order value"))
    margin: float = field(default=0.38, metadata=written("margin", Number(SHARE), "Gross margin of an order"))
    rebate: float = field(
        default=0.0, metadata=written("rebate", Number(SHARE), "The rebate offered with the reminder, of the price")
    )
    anyway: float = field(
        default=0.0,
        metadata=written("anyway", Number(SHARE), "The share of recovered orders that would have come anyway"),
    )
    cart_currency: str = field(
        default="SAR", metadata=written("cartcur", Choice(CURRENCIES), "The currency of the orders")
    )

    @classmethod
    def origin(cls, source: str = "textbook") -> "Inputs":
        """Return the lesson's example, or a business's own numbers; the reminder's rate is the example's."""
        if source == "textbook":
            return cls()
        start = start_of(source)
        counts = {stage.id: count for stage, count in zip(start.stages, start.counts, strict=True)}
        return cls(
            source, customers=start.counts[-1], cost=start.number("mkt") + start.number("sales"),
            repeat=start.number("repeat"), refer=start.fact("refer", 0.0), currency=start.currency,
            carts=certain(counts[_BEGUN[source]]), orders=start.counts[-1], sale=start.number("avg"),
            margin=start.number("margin"), cart_currency=start.currency,
        )  # fmt: skip


@dataclass(frozen=True)
class Result:
    """Hold both views: what the loop makes of the paid customers, and what a reminder makes of the carts.

    `refer` new customers per customer, None where endless repeats make it endless; `cac` money per paid customer;
    `loop` the sums; `waves` the first of them, `running` their sums so far; `longest` the largest wave shown; `again` of
    the paid customers those who buy once, twice, ..., `most_again` the largest of these; `within`
    purchases per customer with a limit, `discounted` with a discount; `outgrown` the first wave that is larger than
    mankind, None where none is (of those looked at).
    `lost` the carts; `kept` orders per cart, `orders_after` and `rate_after` with the recovered ones; `extra` orders
    that the reminder alone brought, `anyway` those that would have come without it; `margin_won` the margin on the
    former, `given_away` the rebate on both, `gain` the difference; `limit` the rebate, of the price, at which the gain
    is nothing.
    """

    refer: Value
    cac: Value
    loop: Loyalty
    waves: Values
    running: Values
    longest: Value
    again: tuple[float, ...]
    most_again: float
    within: Value
    discounted: Value
    outgrown: int | None
    lost: Abandonment
    kept: Value
    orders_after: Value
    rate_after: Value
    extra: Value
    anyway: Value
    margin_won: Value
    given_away: Value
    gain: Value
    limit: float


def compute(inputs: Inputs) -> Result:
    """Compute both views. Pure and total. Source: docs/model.md, F29 and F30; the gain after a rebate is derived (R52).

    >>> result = compute(Inputs.origin("textbook"))
    >>> round(result.loop.customers, 4), round(result.loop.purchases, 4), round(result.loop.effective_cac, 4)
    (104.5455, 160.8392, 1093.3043)
    >>> round(result.lost.rate, 4), round(result.lost.recovered, 4), round(result.lost.recovered_value, 4)
    (0.74, 332.8, 71219.2)
    """
    refer = inputs.refer if inputs.counted == "customer" else referral_rate(inputs.refer, inputs.repeat)
    cac = ratio(inputs.cost, inputs.customers)
    first = waves(inputs.customers, refer, WAVES)
    known = all_known(first)
    again = certain(all_known(waves(inputs.customers, inputs.repeat, WAVES)))
    lost = abandonment(inputs.carts, inputs.orders, inputs.recovery, inputs.sale)
    after = None if lost.recovered is None else inputs.orders + lost.recovered
    extra = product(lost.recovered, 1 - inputs.anyway)
    return Result(
        refer=refer,
        cac=cac,
        loop=loyalty(inputs.customers, inputs.repeat, refer, cac),
        waves=first,
        running=_running(first),
        longest=None if known is None else max(known),
        again=again,
        most_again=max(again),
        within=purchases_within(inputs.repeat, float(int(inputs.most))),
        discounted=discounted_purchases(inputs.repeat, inputs.discount),
        outgrown=_outgrown(inputs.customers, refer),
        lost=lost,
        kept=ratio(inputs.orders, inputs.carts),
        orders_after=after,
        rate_after=ratio(after, inputs.carts),
        extra=extra,
        anyway=product(lost.recovered, inputs.anyway),
        margin_won=product(extra, inputs.sale, inputs.margin),
        given_away=product(lost.recovered_value, inputs.rebate),
        gain=_gain(inputs, lost),
        limit=(1 - inputs.anyway) * inputs.margin,
    )


def _gain(inputs: Inputs, lost: Abandonment) -> Value:
    """Return v (A - Q) ASV ((1 - a) g - d): margin on the orders won, less the rebate that all recovered ones get."""
    return product(lost.recovered_value, (1 - inputs.anyway) * inputs.margin - inputs.rebate)


def _running(parts: Values) -> Values:
    """Return the sums so far; None from the first part that is missing."""
    sums: list[Value] = []
    so_far: Value = 0.0
    for part in parts:
        so_far = None if so_far is None or part is None else so_far + part
        sums.append(so_far)
    return tuple(sums)


def _outgrown(customers: float, refer: Value) -> int | None:
    """Return which wave of referrals, counted from 1, is the first with more people than live."""
    if refer is None or refer <= 1 or not 0 < customers <= PEOPLE_ON_EARTH:
        return None
    wave = customers
    for number in range(1, _LONGEST + 1):
        wave *= refer
        if wave > PEOPLE_ON_EARTH:
            return number
    return None
