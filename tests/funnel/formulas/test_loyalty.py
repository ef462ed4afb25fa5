import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.loyalty import (
    abandonment,
    discounted_purchases,
    loyalty,
    purchases_per_customer,
    purchases_within,
    referral_rate,
    waves,
)
from funnel.quantities import OutOfRange

dying_out = st.floats(0, 0.999)


def four(value):
    return round(value, 4)


def test_f29_the_loop():
    loop = loyalty(92, 0.35, 0.12, 114300 / 92)
    assert four(loop.purchases_per_customer) == 1.5385
    assert four(purchases_within(0.35, 3)) == 1.4725
    assert four(loop.customers) == 104.5455
    assert [four(wave) for wave in waves(92, 0.12, 4)] == [92, 11.0400, 1.3248, 0.1590]
    assert four(loop.purchases) == 160.8392
    assert four(loop.effective_cac) == 1093.3043
    assert loop.diverges == ()


def test_f29_referrals_by_purchase_and_discount():
    refer = referral_rate(0.08, 0.35)
    assert four(refer) == 0.1231
    assert four(loyalty(1, 0, refer).customers) == 1.1404
    assert four(discounted_purchases(0.35, 0.08)) == 1.4795


@pytest.mark.parametrize("id", ["s1-ecom-sar", "s3-academy-irt"])
def test_f29_of_the_presets(id):
    preset = PRESETS[id]
    repeat, refer = preset.facts["repeat"], preset.facts["refer"]
    customers = preset.counts[preset.customer_stage]
    assert math.isclose(loyalty(customers, repeat, refer).purchases, customers / ((1 - repeat) * (1 - refer)))


def test_f29_divergence_is_flagged():
    repeat, refer = loyalty(92, 1, 0.12, 100), loyalty(92, 0.35, 1.5, 100)
    assert (repeat.diverges, refer.diverges) == (("repeat",), ("refer",))
    assert repeat.purchases_per_customer is repeat.purchases is None
    assert four(repeat.customers) == 104.5455
    assert refer.customers is refer.purchases is refer.effective_cac is None
    assert four(refer.purchases_per_customer) == 1.5385
    assert loyalty(92, 2, 1).diverges == ("repeat", "refer")
    assert purchases_per_customer(1) is referral_rate(0.1, 1) is referral_rate(None, 0.1) is None


def test_f29_edges():
    assert (purchases_within(0, 0), purchases_within(0, 5), purchases_within(1, 7)) == (0, 1, 7)
    assert math.isclose(purchases_within(2, 3), 7)
    assert purchases_within(2, 1e6) is purchases_within(None, 1) is purchases_within(0.5, None) is None
    assert discounted_purchases(1, 0) is discounted_purchases(1.08, 0.08) is discounted_purchases(None, 0) is None
    assert four(discounted_purchases(1, 0.25)) == 5  # a loop without end, worth less each time
    assert waves(92, 0, 3) == (92, 0, 0)
    assert waves(92, None, 2) == (92, None)
    assert waves(None, 0.5, 2) == (None, None)
    assert waves(1, 1e12, 40)[-1] is None
    assert waves(1, 2, 0) == ()
    nothing = loyalty(None, None, None)
    assert (nothing.customers, nothing.purchases, nothing.effective_cac, nothing.diverges) == (None, None, None, ())


def test_f30_carts():
    lost = abandonment(5622, 1462, 0.08, 214)
    assert four(lost.rate) == 0.7400
    assert lost.abandoned == 4160
    assert four(lost.recovered) == 332.8
    assert four(lost.recovered_value) == 71219.2
    assert not lost.without_cart


def test_f30_of_the_presets():
    shop, clinic = PRESETS["s1-ecom-sar"], PRESETS["s4-clinic-aed"]
    assert four(abandonment(shop.counts[2], shop.counts[4]).rate) == 0.7400
    assert four(abandonment(clinic.counts[2], clinic.counts[3]).rate) == 0.2297  # appointments nobody came to


def test_f30_edges():
    more = abandonment(10, 12, 0.1, 5)
    assert (round(more.rate, 4), more.abandoned, more.without_cart) == (-0.2, -2, True)
    assert more.recovered is more.recovered_value is None
    empty = abandonment(0, 0, 0.1, 5)
    assert (empty.rate, empty.abandoned, empty.recovered, empty.without_cart) == (None, 0, 0, False)
    assert abandonment(0, 5).rate is abandonment(None, 5).rate is abandonment(5, None).abandoned is None
    assert abandonment(10, 5, 0.1).recovered_value is None


def test_arguments_out_of_range_are_rejected():
    for wrong in (
        lambda: purchases_per_customer(-0.1),
        lambda: loyalty(-1, 0.1, 0.1),
        lambda: loyalty(1, 0.1, 0.1, -5),
        lambda: waves(1, 0.5, 1001),
        lambda: discounted_purchases(0.5, -0.1),
        lambda: abandonment(1, 1, 1.5),
        lambda: abandonment(1, math.inf),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    with pytest.raises(ValueError, match="whole"):
        purchases_within(0.5, 1.5)


@given(st.floats(1e-9, 1e9), st.floats(0, 0.9))
def test_the_waves_sum_to_the_closed_form(customers, refer):
    assert math.isclose(math.fsum(waves(customers, refer, 400)), loyalty(customers, 0, refer).customers, rel_tol=1e-9)


@given(st.floats(0, 1.2), st.integers(0, 200))
def test_purchases_within_is_the_sum(repeat, most):
    assert math.isclose(purchases_within(repeat, most), math.fsum(repeat**k for k in range(most)), rel_tol=1e-9)


@given(dying_out, st.integers(1, 1000))
def test_a_limit_on_purchases_never_adds_any(repeat, most):
    within = purchases_within(repeat, most)
    assert within >= 1 - 1e-12
    assert within <= purchases_per_customer(repeat) * (1 + 1e-12)
    assert math.isclose(purchases_within(repeat, 1e6), purchases_per_customer(repeat), rel_tol=1e-9)


@given(dying_out, st.floats(0, 5))
def test_discounting_never_adds_purchases(repeat, discount):
    assert 1 <= discounted_purchases(repeat, discount) <= purchases_per_customer(repeat)
    assert discounted_purchases(repeat, 0) == purchases_per_customer(repeat)


@given(st.floats(1, 1e6), dying_out, st.floats(1, 1e6))
def test_the_money_spent_is_the_same_however_it_is_shared(customers, refer, cac):
    loop = loyalty(customers, 0, refer, cac)
    assert math.isclose(loop.customers * loop.effective_cac, customers * cac, rel_tol=1e-9)


@given(st.floats(0.001, 1e9), st.floats(0, 1), st.floats(0, 1))
def test_carts_are_kept_or_lost(carts, kept, recovery):
    lost = abandonment(carts, carts * kept, recovery)
    assert math.isclose(lost.rate, 1 - kept, abs_tol=1e-12)
    assert 0 <= lost.recovered <= lost.abandoned


@given(*[st.one_of(st.none(), st.floats(0, 1e12), st.floats(0, 1))] * 4)
def test_every_valid_argument_has_an_answer(customers, repeat, refer, cac):
    by_purchase = loyalty(customers, repeat, referral_rate(refer, repeat), cac)
    for loop in (loyalty(customers, repeat, refer, cac), by_purchase):
        found = (loop.purchases_per_customer, loop.customers, loop.purchases, loop.effective_cac)
        assert all(value is None or 0 <= value < math.inf for value in found)
