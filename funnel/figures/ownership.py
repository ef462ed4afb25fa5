"""Where marketing hands over to sales on one journey, and what each place makes of the measures of both."""

from dataclasses import dataclass

from funnel.facts.businesses import start_of
from funnel.formulas.conversion import Value, from_top, ratio
from funnel.formulas.money import break_even_cpl, cost_per_stage, lead_to_customer

#: Places of the handover on the course's base funnel: at a stage, or after all of them (nothing is handed over).
PLACES = ("visits", "leads", "mql", "sql", "customers", "loyalty")


@dataclass(frozen=True)
class Handover:
    """Hold what a place means: `handed` people; `marketing` and `sales` rates, fractions; `cost` and `worth` money.

    `marketing` is the share of the first contacts that is handed over, `sales` the share of those handed over who buy
    (F12); `cost` marketing's money per person handed over, `worth` the most that one may cost when the first sale must
    pay for it. A rate is None where that team has no step before the purchase; `overall` is the same everywhere.
    """

    handed: Value
    marketing: Value
    sales: Value
    cost: Value
    worth: Value
    overall: Value
    customers: float


def handover(place: str) -> Handover:
    """Return what the handover at a place of PLACES means for the course's base funnel. Raises ValueError elsewhere.

    Source: docs/model.md, F02, F07 and F12 on the base funnel; the places C17.

    >>> found = handover("leads")
    >>> found.handed, round(found.sales, 4), found.cost, round(found.worth, 4)
    (2880.0, 0.0319, 23.75, 26.6444)
    >>> handover("visits").marketing, handover("loyalty").handed, handover("customers").sales
    (None, None, None)
    """
    start, at = start_of("base"), PLACES.index(place)
    customers = start.counts[-1] or 0.0
    overall = from_top(start.counts)[-1]
    if at == len(start.counts):
        return Handover(None, overall, None, None, None, overall, customers)
    handed = start.counts[at]
    last = at == len(start.counts) - 1
    sales = None if last else lead_to_customer(handed, customers)
    per_customer = ratio(start.fact("sales"), customers)
    return Handover(
        handed=handed,
        marketing=None if at == 0 else from_top(start.counts)[at],
        sales=sales,
        cost=cost_per_stage(start.fact("mkt"), start.counts)[at],
        worth=break_even_cpl(
            start.fact("avg"), start.fact("margin"), per_customer, lead_to_customer(handed, customers)
        ),
        overall=overall,
        customers=customers,
    )
