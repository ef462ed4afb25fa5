"""The loyalty loop's sums: the formulas with the learner's numbers, and the tables of waves and purchases."""

from __future__ import annotations

from funnel.calculators import loyalty_loop as model
from statements.blocks import Apart, Blocks, formula, fraction, heading, table, term
from statements.say import Say
from statements.text import _


def wave_name(say: Say, i: int) -> str:
    """Return what a wave is called, as text; the first are the customers paid for."""
    return _("Paid for") if i == 0 else _("Wave %(n)s") % {"n": say.count(i)}


def formulas(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the sums with the learner's numbers in them; those that have no end are left out."""
    loop = result.loop
    rho, q, one = Apart(say.figures(inputs.repeat)), Apart(say.figures(result.refer)), Apart(say.count(1))
    blocks: Blocks = []
    if inputs.counted == "purchase" and result.refer is not None:
        blocks += (
            formula(
                say(_("New customers per customer")), fraction("u", term(one, " − ρ")),
                fraction(say.figures(inputs.refer), term(one, " − ", rho)), q,
                where=say(_("u: new customers per purchase; ρ: share of purchases followed by another.")),
            )
        )  # fmt: skip
    if loop.purchases_per_customer is not None:
        blocks += (
            formula(
                say(_("Purchases per customer")), term(one, " + ρ + ρ² + …"), fraction(one, term(one, " − ρ")),
                fraction(one, term(one, " − ", rho)), say.figures(loop.purchases_per_customer, 5),
                where=say(_("ρ: share of purchases followed by another.")),
            )
        )  # fmt: skip
    if loop.customers is not None:
        blocks += (
            formula(
                say(_("Customers in all")), "K + K q + K q² + …", fraction("K", term(one, " − q")),
                fraction(say.count(inputs.customers), term(one, " − ", q)), say.figures(loop.customers, 7),
                where=say(_("K: customers paid for; q: new customers per customer.")),
            )
        )  # fmt: skip
    if loop.effective_cac is not None:
        blocks += (
            formula(
                say(_("Effective CAC")), term("CAC · (", one, " − q)"),
                term(Apart(say.figures(result.cac, 7)), " × (", one, " − ", q, ")"), Apart(say.money(loop.effective_cac)),
            )
        )  # fmt: skip
    return heading(_("The arithmetic")) + blocks if blocks else []


def tables(say: Say, inputs: model.Inputs, result: model.Result) -> Blocks:
    """Return the waves one by one, and the purchases per customer counted in three ways."""
    places = 4 if inputs.customers < 10_000 else 1
    waves = [
        [wave_name(say, i), say.decimal(wave, places), say.decimal(running, places)]
        for i, (wave, running) in enumerate(zip(result.waves, result.running, strict=True))
    ]
    if result.loop.customers is not None:
        waves.append([say(_("All waves")), "", say.decimal(result.loop.customers, places)])
    per = [
        [say(_("without an end")), say.decimal(result.loop.purchases_per_customer, 4)],
        [
            say.plural("at most %(n)s purchase", "at most %(n)s purchases", float(int(inputs.most))),
            say.decimal(result.within, 4),
        ],
        [
            say(_("with a discount rate of %(z)s from one purchase to the next"), z=say.percent(inputs.discount)),
            say.decimal(result.discounted, 4),
        ],
    ]  # fmt: skip
    return (
        heading(_("Wave by wave"))
        + table(_("Customers, expected numbers"), [_("Wave"), _("New in this wave"), _("All so far")], waves)
        + heading(_("How many purchases is that per customer?"))
        + table(_("Purchases per customer, the first one included"), [_("Counted"), _("Purchases")], per)
    )
