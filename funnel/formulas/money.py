"""The money of a funnel: what a stage costs, what a sale brings, and what may be paid for a lead or a visit.

All amounts of one call are in one currency and belong to one window; nothing here converts. `Value` is a number or
None; None means "not entered" or "not defined", and whatever needs it is None too.
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from funnel.formulas.conversion import Value, Values, ratio
from funnel.quantities import COUNT, MONEY, NUMBER, RATE, SHARE, Quantity, all_known

# What another formula returned has no upper bound of its own: one unit of money over a millionth of a sale is fine.
DERIVED = Quantity("number", 0, sys.float_info.max)


def given(quantity: Quantity, value: Value) -> Value:
    """Return the value checked against its quantity, or None when there is none.

    Raises OutOfRange outside the bounds of the quantity.

    >>> given(SHARE, 0.62), given(SHARE, None)
    (0.62, None)
    """
    return None if value is None else quantity.check(value)


def product(*values: Value) -> Value:
    """Return the product; None when anything is missing or it is beyond a float.

    >>> product(2, 3.5), product(2, None), product(1e200, 1e200)
    (7.0, None, None)
    """
    known = all_known(values)
    result = None if known is None else math.prod(known)
    return result if result is not None and math.isfinite(result) else None


@dataclass(frozen=True)
class Average:
    """Hold two answers to "how much is usual?": mean and median, in the unit of the data, and how many there were."""

    mean: Value
    median: Value
    count: int


def average(quantity: Quantity, values: Sequence[float]) -> Average:
    """Return mean and median of single amounts (sales, days); both None when there are none.

    A few large amounts pull the mean and leave the median where it is. Raises OutOfRange outside the quantity.
    Source: docs/model.md, F09 and F14; P. Farris et al., Marketing Metrics.

    >>> average(MONEY, (90, 110, 120, 130, 1550))
    Average(mean=400.0, median=120.0, count=5)
    """
    checked = [quantity.check(value) for value in values]
    if not checked:
        return Average(None, None, 0)
    return Average(math.fsum(checked) / len(checked), median(checked), len(checked))


def cost_per_stage(cost: Value, counts: Sequence[Value]) -> Values:
    """Return CP_i = M / N_i, money per person at each stage; None at a stage with nobody.

    Going down, the cost per person grows by 1 / r_i: CP_i = CP_(i-1) / r_i. Raises OutOfRange for a negative cost or
    count. Source: docs/model.md, F07; P. Farris et al., Marketing Metrics.

    >>> [round(cost, 4) for cost in cost_per_stage(68400, (48000, 2880, 1152, 403, 92))]
    [1.425, 23.75, 59.375, 169.727, 743.4783]
    """
    return tuple(ratio(given(MONEY, cost), given(COUNT, count)) for count in counts)


def cost_per_lead(marketing: Value, leads: Value) -> Value:
    """Return CPL = M / leads, money per lead; None without leads.

    Raises OutOfRange for a negative argument. Source: docs/model.md, F07; P. Farris et al., Marketing Metrics.

    >>> cost_per_lead(68400, 2880)
    23.75
    """
    return cost_per_stage(marketing, (leads,))[0]


def cost_per_acquisition(marketing: Value, customers: Value) -> Value:
    """Return CPA = M / K, marketing money per new customer; None without customers.

    Raises OutOfRange for a negative argument. Source: docs/model.md, F08; P. Farris et al., Marketing Metrics.

    >>> round(cost_per_acquisition(68400, 92), 4)
    743.4783
    """
    return cost_per_stage(marketing, (customers,))[0]


def acquisition_cost(marketing: Value, sales: Value, customers: Value) -> Value:
    """Return CAC = (M + S) / K, all money spent per new customer; None without customers.

    `marketing` and `sales` are costs of the period in which those customers were won. Raises OutOfRange for a negative
    argument. Source: docs/model.md, F08; P. Farris et al., Marketing Metrics; D. Skok, SaaS Metrics 2.0.

    >>> round(acquisition_cost(68400, 45900, 92), 4)
    1242.3913
    """
    marketing, sales = given(MONEY, marketing), given(MONEY, sales)
    total = None if marketing is None or sales is None else marketing + sales
    return ratio(total, given(COUNT, customers))


def average_sale(revenue: Value, sales: Value) -> Value:
    """Return ASV = V / Q, money per sale; None without sales.

    Raises OutOfRange for a negative argument. Source: docs/model.md, F09; P. Farris et al., Marketing Metrics.

    >>> average_sale(197800, 92)
    2150.0
    """
    return ratio(given(MONEY, revenue), given(COUNT, sales))


def roi(revenue: Value, margin: Value, investment: Value) -> Value:
    """Return ROI = (V g - I) / I, a fraction: -1 is total loss, 0 is money back, above 1 is possible.

    `margin` is the gross margin, 0 to 1; `investment` is marketing plus sales cost. None when nothing was invested.
    Raises OutOfRange outside those ranges. Source: docs/model.md, F10; P. Farris et al., Marketing Metrics.

    >>> round(roi(197800, 0.62, 114300), 4)
    0.0729
    """
    revenue, margin, investment = given(MONEY, revenue), given(SHARE, margin), given(MONEY, investment)
    if revenue is None or margin is None or investment is None:
        return None
    return ratio(revenue * margin - investment, investment)


def revenue_roi(revenue: Value, investment: Value) -> Value:
    """Return (V - I) / I, a fraction: the rough form of ROI, which flatters by leaving out what was sold.

    None when nothing was invested. Raises OutOfRange for a negative argument. Source: docs/model.md, F10; P. Farris et al.,
    Marketing Metrics.

    >>> round(revenue_roi(197800, 114300), 4)
    0.7305
    """
    return roi(revenue, 1.0, investment)


def roas(ad_revenue: Value, ad_spend: Value) -> Value:
    """Return ROAS = V_ad / A, revenue attributed to ads per unit of money spent on them; None without ad spend.

    Raises OutOfRange for a negative argument. Source: docs/model.md, F11; Prooflytics, How to Calculate Marketing ROI.

    >>> round(roas(121000, 41000), 4)
    2.9512
    """
    return ratio(given(MONEY, ad_revenue), given(MONEY, ad_spend))


def break_even_roas(margin: Value) -> Value:
    """Return 1 / g, the ROAS at which the margin on the sales just pays the ads; None at a margin of 0.

    `margin` is the gross margin, 0 to 1; raises OutOfRange beyond. Source: docs/model.md, F11; Prooflytics, How to
    Calculate Marketing ROI.

    >>> round(break_even_roas(0.62), 4), break_even_roas(0)
    (1.6129, None)
    """
    return ratio(1.0, given(SHARE, margin))


def lead_to_customer(leads: Value, customers: Value) -> Value:
    """Return L2C = K / L, a fraction of those leads that became customers; None without leads, above 1 not clamped.

    Raises OutOfRange for a negative argument. Source: docs/model.md, F12; P. Farris et al., Marketing Metrics.

    >>> round(lead_to_customer(2880, 92), 6)
    0.031944
    """
    return ratio(given(COUNT, customers), given(COUNT, leads))


def leads_per_customer(leads: Value, customers: Value) -> Value:
    """Return 1 / L2C = L / K, leads needed for one customer; None without customers.

    Raises OutOfRange for a negative argument. Source: docs/model.md, F12; P. Farris et al., Marketing Metrics.

    >>> round(leads_per_customer(2880, 92), 4)
    31.3043
    """
    return ratio(given(COUNT, leads), given(COUNT, customers))


def break_even_cpl(sale: Value, margin: Value, sales_cost: Value, l2c: Value) -> Value:
    """Return (ASV g - s) L2C, the money per lead at which a first sale just pays for itself.

    `sale` is the average sale, `margin` a fraction 0 to 1, `sales_cost` money per customer, `l2c` a fraction. Negative:
    the channel cannot pay on this basis. Raises OutOfRange outside those ranges. Source: docs/model.md, F12, derived there
    from the definitions in P. Farris et al., Marketing Metrics.

    >>> l2c = lead_to_customer(2880, 92)
    >>> round(break_even_cpl(2150, 0.62, 45900 / 92, l2c), 4), round(break_even_cpl(2150, 0.62, 0, l2c), 4)
    (26.6444, 42.5819)
    """
    return _lead_ceiling(product(given(DERIVED, sale), given(SHARE, margin)), sales_cost, l2c)


def target_cpl(ltv: Value, target_ratio: Value, sales_cost: Value, l2c: Value) -> Value:
    """Return CPL_max = (LTV / t - s) L2C, the most a lead may cost while LTV / CAC stays at least t.

    `ltv` is lifetime margin in money, `target_ratio` t a number above 0 (None at 0), `sales_cost` money per customer,
    `l2c` a fraction. Negative: the channel cannot pay on this basis. Raises OutOfRange for a negative argument.
    Source: docs/model.md, F12, derived there from the definitions in P. Farris et al., Marketing Metrics.

    >>> round(target_cpl(9787.5, 3, 2448.2759, 58 / 2520), 4)
    18.7401
    """
    return _lead_ceiling(ratio(given(DERIVED, ltv), given(RATE, target_ratio)), sales_cost, l2c)


def _lead_ceiling(worth: Value, sales_cost: Value, l2c: Value) -> Value:
    sales_cost, l2c = given(DERIVED, sales_cost), given(DERIVED, l2c)
    return product(None if worth is None or sales_cost is None else worth - sales_cost, l2c)


def revenue_per_visitor(revenue: Value, visits: Value) -> Value:
    """Return RPV = V / N_0 = R x ASV, money per visit; None without visits.

    Raises OutOfRange for a negative argument. Source: docs/model.md, F13, from the product rule.

    >>> round(revenue_per_visitor(197800, 48000), 4)
    4.1208
    """
    return ratio(given(MONEY, revenue), given(COUNT, visits))


def break_even_visit(rpv: Value, margin: Value) -> Value:
    """Return RPV x g, the money per visit at which visits just pay for themselves, before any sales cost.

    `rpv` is revenue per visitor, `margin` a fraction 0 to 1; raises OutOfRange beyond. Source: docs/model.md, F13, from the
    product rule.

    >>> round(break_even_visit(revenue_per_visitor(197800, 48000), 0.62), 4)
    2.5549
    """
    return product(given(DERIVED, rpv), given(SHARE, margin))


def break_even_orders(cac: Value, sale: Value, margin: Value) -> Value:
    """Return CAC / (ASV g), the orders whose gross profit returns what the customer cost; None when they earn nothing.

    `margin` is a fraction 0 to 1. Raises OutOfRange outside the ranges. Source: docs/model.md, F08 and F09, and the preset
    s8-wholesale-irt of section 5.

    >>> round(break_even_orders(620_000_000 / 254, 28_500_000, 0.11), 4)
    0.7786
    """
    return ratio(given(DERIVED, cac), product(given(DERIVED, sale), given(SHARE, margin)))


def profit(revenue: Value, margin: Value, investment: Value) -> Value:
    """Return V g - I, the money that is left after the goods and the funnel are paid; negative is a loss.

    `margin` is a fraction 0 to 1. Raises OutOfRange outside the ranges. Source: docs/model.md, F10; P. Farris et al.,
    Marketing Metrics.

    >>> profit(197800, 0.62, 114300)
    8336.0
    """
    revenue, margin, investment = given(MONEY, revenue), given(SHARE, margin), given(MONEY, investment)
    if revenue is None or margin is None or investment is None:
        return None
    return NUMBER.check(revenue * margin - investment)
