"""What the calculators start from agrees with the presets."""

import pytest

from funnel.facts.businesses import BUSINESSES, CURRENCIES, start_of
from funnel.facts.presets import PRESETS


@pytest.mark.parametrize("source", BUSINESSES)
def test_a_start_ends_at_the_customer(source):
    start = start_of(source)
    assert len(start.stages) == len(start.counts) == len(start.rates)
    assert start.currency in CURRENCIES
    if source in PRESETS:
        assert start.stages[-1].id == PRESETS[source].stages[PRESETS[source].customer_stage]
        assert start.counts[-1] == PRESETS[source].counts[PRESETS[source].customer_stage]


@pytest.mark.parametrize(
    ("source", "overall"),
    [
        ("base", 0.00191667), ("s1-ecom-sar", 0.023429), ("s2-saas-usd", 0.000690), ("s3-academy-irt", 0.001072),
        ("s4-clinic-aed", 0.012297), ("s5-realestate-egp", 0.009535), ("s6-app-usd", 0.032400),
        ("s7-ngo-usd", 0.010391), ("s8-wholesale-irt", 0.097692),
    ],
)  # fmt: skip
def test_the_overall_rate_of_each_business(source, overall):
    """Curriculum section 5, derived check values; the product of the rates is the ratio of the ends."""
    start = start_of(source)
    product = 1.0
    for rate in start.rates[1:]:
        product *= rate
    assert product == pytest.approx(overall, abs=5e-7)
