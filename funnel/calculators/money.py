"""Money in the funnel: what a person at each stage costs, what comes back, and what a lead or a visit may cost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from funnel.facts.businesses import BUSINESSES, CURRENCIES, Start, start_of
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, Stage
from funnel.formulas.conversion import Value, Values, ratio, step_rates
from funnel.formulas.lifetime import ltv, margin_per_period
from funnel.formulas.loyalty import purchases_per_customer
from funnel.formulas.money import (
    Average,
    acquisition_cost,
    average,
    average_sale,
    break_even_cpl,
    break_even_orders,
    break_even_roas,
    break_even_visit,
    cost_per_stage,
    lead_to_customer,
    leads_per_customer,
    product,
    profit,
    revenue_per_visitor,
    revenue_roi,
    roas,
    roi,
    target_cpl,
)
from funnel.links.codecs import Choice, Maybe, Number, NumberList, Series, StageList, written
from funnel.quantities import COUNT, MONEY, SHARE, Quantity, certain

SOURCES = BUSINESSES
VIEWS = ("stages", "worth", "lead")
BASES = ("margin", "revenue")
PERIODS = ("month", "quarter", "year", "campaign")
KNOWN = ("average", "revenue", "list")
NO_LEAD = "none"
LEADS = (NO_LEAD, *(str(place) for place in range(MAX_STAGES)))
MOST_SALES = 40
RATIO = Quantity("number", 0.1, 100)
#: The rule of thumb of investors in software subscriptions; no law (docs/model.md, F24).
USUAL_RATIO = 3.0
#: Five sales of which one is large (docs/model.md, F09): mean 400, median 120.
SKEWED_SALES = (90.0, 110.0, 120.0, 130.0, 1550.0)
#: From here on the mean misleads about the usual sale. The threshold is ours.
SKEW = 1.25


@dataclass(frozen=True)
class Inputs:
    """Hold a funnel's people and its money, all of one period and in one currency.

    Raises ValueError when stages and counts differ in number or the lead stage is none of them.
    """

    source: str = field(
        default="base", metadata=written("from", Choice(SOURCES), "The business that the numbers began as", origin=True)
    )
    view: str = field(default="stages", metadata=written("view", Choice(VIEWS), "The question that the page answers"))
    basis: str = field(default="margin", metadata=written("by", Choice(BASES), "What ROI counts as coming back"))
    known: str = field(default="average", metadata=written("known", Choice(KNOWN), "How the sales are given"))
    currency: str = field(default="none", metadata=written("cur", Choice(CURRENCIES), "The currency of all amounts"))
    period: str = field(default="month", metadata=written("per", Choice(PERIODS), "The period of all numbers"))
    stages: tuple[Stage, ...] = field(
        default=(), metadata=written("stages", StageList(MIN_STAGES, MAX_STAGES), "The stages, top first")
    )
    counts: Values = field(default=(), metadata=written("n", Series(COUNT), "People at each stage, in the period"))
    lead: str = field(default=NO_LEAD, metadata=written("lead", Choice(LEADS), "The place of the stage of leads"))
    marketing: float = field(default=0.0, metadata=written("mkt", Number(MONEY), "Marketing cost, ads included"))
    sales: float = field(default=0.0, metadata=written("sales", Number(MONEY), "Sales cost"))
    ads: float = field(default=0.0, metadata=written("ads", Number(MONEY), "Ad spend, a part of marketing cost"))
    ad_revenue: Value = field(
        default=None, metadata=written("adrev", Maybe(Number(MONEY)), "Revenue attributed to the ads")
    )
    sale: Value = field(default=None, metadata=written("sale", Maybe(Number(MONEY)), "Average sale value"))
    revenue: Value = field(default=None, metadata=written("rev", Maybe(Number(MONEY)), "Revenue of the period"))
    singles: tuple[float, ...] = field(
        default=(), metadata=written("list", NumberList(MONEY, most=MOST_SALES), "Single sales")
    )
    margin: float = field(default=0.5, metadata=written("margin", Number(SHARE), "Gross margin, a fraction"))
    ltv: Value = field(
        default=None, metadata=written("ltv", Maybe(Number(MONEY)), "Gross margin that a customer brings in her time")
    )
    target: float = field(default=USUAL_RATIO, metadata=written("t", Number(RATIO), "Wanted ratio of LTV to CAC"))

    def __post_init__(self) -> None:
        if len(self.stages) != len(self.counts) or len(self.stages) < MIN_STAGES:
            raise ValueError("every stage needs a place for its people")
        if self.lead != NO_LEAD and int(self.lead) >= len(self.stages) - 1:
            raise ValueError("the lead stage has to be one above the last")

    @classmethod
    def origin(cls, source: str = "base") -> "Inputs":
        """Return a business's money; what its preset does not say is None, not 0."""
        start = start_of(source)
        sale, margin = start.fact("avg"), start.fact("margin", 0.5)
        return cls(
            source,
            currency=start.currency,
            period=start.period,
            stages=start.stages,
            counts=start.counts,
            lead=NO_LEAD if start.lead is None else str(start.lead),
            marketing=start.fact("mkt", 0.0),
            sales=start.fact("sales", 0.0),
            ads=start.fact("ads", 0.0),
            ad_revenue=start.fact("ad_revenue"),
            sale=sale,
            revenue=product(start.counts[-1], sale),
            singles=SKEWED_SALES if source == "base" else (),
            margin=certain(margin),
            ltv=_lifetime(start, sale, certain(margin)),
        )

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Make the counts and the lead stage fit the stages that a link names."""
        size = len(fields["stages"])
        counts = fields["counts"][:size]
        lead = fields["lead"]
        if lead != NO_LEAD and int(lead) >= size - 1:
            report("lead", "inconsistent", None, lead, NO_LEAD)
            lead = NO_LEAD
        return fields | {"counts": counts + (None,) * (size - len(counts)), "lead": lead}


def _lifetime(start: Start, sale: Value, margin: float) -> Value:
    """Return the margin that a customer brings in her time, where the preset knows how often she comes back."""
    arpu, churn, repeat = start.fact("arpu"), start.fact("churn"), start.fact("repeat")
    worth = None
    if arpu is not None and churn is not None:
        worth = ltv(margin_per_period(arpu, margin), churn).value
    elif sale is not None and repeat is not None:
        worth = product(sale, margin, purchases_per_customer(repeat))
    # A field should not show six decimals of a toman.
    return None if worth is None else float(round(worth, 2 if worth < 100_000 else 0))


@dataclass(frozen=True)
class Result:
    """Hold the money of a funnel; None is "not defined" or "not entered".

    `costs` marketing cost per person at each stage and `rates` the steps between them; `top`, `leads`, `customers`
    people; `invested` M + S. `cpl`, `cpa` (marketing only) and `cac` (marketing and sales) money per person. `singles`
    mean and median of the typed sales, `skewed` when the mean misleads; `sale` and `revenue` as used, `unit` the margin
    on a sale, `gross` the margin on the revenue, `profit` and `revenue_left` what I leaves of margin and revenue. `roi`
    on margin, `flattering` on revenue. `roas`, `roas_most` if every sale came from the ads, `roas_needed` to break
    even. `l2c` a fraction, `per_customer` leads; `sales_cost` per customer. `ceiling` the highest CPL that a first sale
    pays, `ceiling_bare` before sales cost, `ceiling_target` that keeps LTV / CAC at the target; `room` what the CPL
    leaves of the ceiling. `rpv` revenue per visit, `visit_ceiling` the highest cost per visit before sales cost,
    `visit_cost` what a visit costs. `orders_back` sales until the margin has paid the CAC. `overclaimed`: more revenue
    attributed to ads than there was. `ads_beyond`: more ad spend than marketing cost.
    """

    costs: Values
    rates: Values
    top: Value
    leads: Value
    customers: Value
    invested: Value
    cpl: Value
    cpa: Value
    cac: Value
    singles: Average
    skewed: bool
    sale: Value
    unit: Value
    revenue: Value
    gross: Value
    profit: Value
    revenue_left: Value
    roi: Value
    flattering: Value
    roas: Value
    roas_most: Value
    roas_needed: Value
    l2c: Value
    per_customer: Value
    sales_cost: Value
    ceiling: Value
    ceiling_bare: Value
    ceiling_target: Value
    room: Value
    rpv: Value
    visit_ceiling: Value
    visit_cost: Value
    orders_back: Value
    overclaimed: bool
    ads_beyond: bool


def _within(value: Value) -> Value:
    """Return the amount, or None where it is more money than the formulas take."""
    return value if value is not None and MONEY.fits(value) else None


def _less(one: Value, other: Value) -> Value:
    return None if one is None or other is None else one - other


def _sold(inputs: Inputs, singles: Average) -> tuple[Value, Value]:
    """Return the average sale and the revenue: from whichever is known, by V = K x ASV."""
    customers = inputs.counts[-1]
    if inputs.known == "revenue":
        return average_sale(inputs.revenue, customers), inputs.revenue
    sale = singles.mean if inputs.known == "list" else inputs.sale
    return sale, _within(product(customers, sale))


def compute(inputs: Inputs) -> Result:
    """Compute costs, returns and ceilings. Pure and total. Source: docs/model.md, F07 to F13; P. Farris, N. Bendle,
    P. Pfeifer, D. Reibstein, Marketing Metrics.

    >>> result = compute(Inputs.origin("base"))
    >>> result.cpl, round(result.cac, 4), round(result.roi, 4), round(result.flattering, 4)
    (23.75, 1242.3913, 0.0729, 0.7305)
    >>> round(result.ceiling, 4), round(result.rpv, 4), round(result.roas, 4)
    (26.6444, 4.1208, 2.9512)
    """
    top, customers, margin = inputs.counts[0], inputs.counts[-1], inputs.margin
    place = None if inputs.lead == NO_LEAD else int(inputs.lead)
    leads = None if place is None else inputs.counts[place]
    costs = cost_per_stage(inputs.marketing, inputs.counts)
    invested = _within(inputs.marketing + inputs.sales)
    singles = average(MONEY, inputs.singles)
    sale, revenue = _sold(inputs, singles)
    cpl, cac = None if place is None else costs[place], acquisition_cost(inputs.marketing, inputs.sales, customers)
    l2c, sales_cost = lead_to_customer(leads, customers), ratio(inputs.sales, customers)
    ceiling = break_even_cpl(sale, margin, sales_cost, l2c)
    ceiling_target = target_cpl(inputs.ltv, inputs.target, sales_cost, l2c)
    rpv = revenue_per_visitor(revenue, top)
    return Result(
        costs=costs,
        rates=step_rates(inputs.counts),
        top=top,
        leads=leads,
        customers=customers,
        invested=invested,
        cpl=cpl,
        cpa=costs[-1],
        cac=cac,
        singles=singles,
        skewed=bool(singles.median and singles.mean and singles.mean >= SKEW * singles.median),
        sale=sale,
        unit=product(sale, margin),
        revenue=revenue,
        gross=product(revenue, margin),
        profit=profit(revenue, margin, invested),
        revenue_left=_less(revenue, invested),
        roi=roi(revenue, margin, invested),
        flattering=revenue_roi(revenue, invested),
        roas=roas(inputs.ad_revenue, inputs.ads) if inputs.ad_revenue is not None else None,
        roas_most=roas(revenue, inputs.ads) if revenue is not None else None,
        roas_needed=break_even_roas(margin),
        l2c=l2c,
        per_customer=leads_per_customer(leads, customers),
        sales_cost=sales_cost,
        ceiling=ceiling,
        ceiling_bare=break_even_cpl(sale, margin, 0.0, l2c),
        ceiling_target=ceiling_target,
        room=_less(ceiling, cpl),
        rpv=rpv,
        visit_ceiling=break_even_visit(rpv, margin),
        visit_cost=costs[0],
        orders_back=break_even_orders(cac, sale, margin),
        overclaimed=inputs.ad_revenue is not None and revenue is not None and inputs.ad_revenue > revenue,
        ads_beyond=inputs.ads > inputs.marketing,
    )
