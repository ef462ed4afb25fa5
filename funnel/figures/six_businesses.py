"""Six businesses on one journey: their funnel, what a customer costs and brings, and the number that each worries about."""

from dataclasses import dataclass

from funnel.facts.presets import PRESETS, Preset
from funnel.formulas.conversion import Value, Values, loss_rates, ratio, step_rates
from funnel.formulas.loyalty import abandonment
from funnel.formulas.money import acquisition_cost, product
from funnel.formulas.pipeline import velocity

#: The businesses, by preset, with the kind of number that worries each.
WORRIES = {
    "s1-ecom-sar": "abandonment",
    "s2-saas-usd": "velocity",
    "s4-clinic-aed": "no-show",
    "s5-realestate-egp": "velocity",
    "s7-ngo-usd": "onward",
    "s8-wholesale-irt": "onward",
}


@dataclass(frozen=True)
class Business:
    """Hold one business: `counts` and `rates` per stage (fractions, the first None), `customers` people.

    `thousand` customers per 1,000 at the top; `cac` money per customer; `sale` money per sale, or per month where it is a
    subscription; `worry` a fraction, or money per day where it is a velocity; `cycle` days or None.
    """

    counts: Values
    rates: Values
    customers: float
    thousand: Value
    cac: Value
    sale: Value
    worry: Value
    cycle: Value


def _fact(preset: Preset, name: str) -> Value:
    return float(preset.facts[name]) if name in preset.facts else None


def _worry(preset: Preset) -> Value:
    counts = dict(zip(preset.stages, map(float, preset.counts), strict=True))
    if WORRIES[preset.id] == "abandonment":
        return abandonment(counts["add-to-cart"], counts["order"]).rate
    if WORRIES[preset.id] == "no-show":
        return loss_rates(step_rates((counts["booked"], counts["attended"])))[1]
    if WORRIES[preset.id] == "velocity":  # the stage before the last holds the open deals
        opened, won = preset.counts[-2:]
        value = _fact(preset, "avg") or product(_fact(preset, "arpu"), 12)
        return velocity(opened, value, ratio(won, opened), _fact(preset, "cycle"))
    after, end = preset.counts[-1], preset.counts[preset.customer_stage]
    return ratio(after, end)


def business(source: str) -> Business:
    """Return a business of WORRIES. Raises KeyError for another id.

    Source: docs/model.md, F01, F02, F08, F14, F25 and F30.

    >>> round(business("s1-ecom-sar").worry, 4), round(business("s2-saas-usd").worry, 4)
    (0.74, 2968.2353)
    >>> round(business("s4-clinic-aed").worry, 4), round(business("s8-wholesale-irt").thousand, 1)
    (0.2297, 97.7)
    """
    preset = PRESETS[source]
    if source not in WORRIES:
        raise KeyError(source)
    customers = float(preset.counts[preset.customer_stage])
    return Business(
        counts=tuple(map(float, preset.counts)),
        rates=step_rates(preset.counts),
        customers=customers,
        thousand=product(1000, ratio(customers, preset.counts[0])),
        cac=acquisition_cost(_fact(preset, "mkt"), _fact(preset, "sales"), customers),
        sale=_fact(preset, "avg") or _fact(preset, "arpu"),
        worry=_worry(preset),
        cycle=_fact(preset, "cycle"),
    )
