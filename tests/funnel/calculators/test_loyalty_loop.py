import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.calculators.loyalty_loop import PEOPLE_ON_EARTH, WAVES, Inputs, compute

TEXTBOOK = Inputs.origin("textbook")


def four(value):
    return round(value, 4)


def test_f29_the_lessons_example():
    result = compute(TEXTBOOK)
    assert four(result.loop.purchases_per_customer) == 1.5385
    assert four(result.within) == 1.4725
    assert four(result.loop.customers) == 104.5455
    assert [four(wave) for wave in result.waves[:4]] == [92, 11.0400, 1.3248, 0.1590]
    assert four(result.loop.purchases) == 160.8392
    assert four(result.cac) == 1242.3913
    assert four(result.loop.effective_cac) == 1093.3043
    assert four(result.discounted) == 1.4795


def test_f29_referrals_counted_by_purchase():
    result = compute(replace(TEXTBOOK, counted="purchase", refer=0.08))
    assert four(result.refer) == 0.1231
    assert four(result.loop.customers / 92) == 1.1404


def test_f30_the_lessons_example_and_the_shop():
    for source in ("textbook", "s1-ecom-sar"):
        result = compute(Inputs.origin(source))
        assert four(result.lost.rate) == 0.7400
        assert four(result.lost.recovered) == 332.8
        assert four(result.lost.recovered_value) == 71219.2
        assert four(result.gain) == 27063.296


@pytest.mark.parametrize(
    ("source", "cac", "purchases"),
    [
        ("s1-ecom-sar", 61.2175, 1462 / (0.76 * 0.94)),
        ("s3-academy-irt", 2_357_512.9534, 193 / (0.82 * 0.9)),
        ("s8-wholesale-irt", 2_440_944.8819, 254 / 0.4488),
    ],
)
def test_the_businesses(source, cac, purchases):
    result = compute(Inputs.origin(source))
    assert four(result.cac) == cac
    assert math.isclose(result.loop.purchases, purchases)


def test_the_academy_and_the_wholesaler_have_purchases_begun_too():
    assert four(compute(Inputs.origin("s3-academy-irt")).lost.rate) == four(1 - 193 / 1188)
    assert four(compute(Inputs.origin("s8-wholesale-irt")).lost.rate) == four(1 - 254 / 845)


def test_the_wholesalers_reorders_are_the_second_purchases():
    again = compute(Inputs.origin("s8-wholesale-irt")).again
    assert again[0] == 254
    assert round(again[1]) == 140


def test_a_referral_rate_of_one_or_more_has_waves_but_no_total():
    level, growing = (compute(replace(TEXTBOOK, refer=refer)) for refer in (1.0, 1.5))
    for result in (level, growing):
        assert result.loop.customers is result.loop.purchases is result.loop.effective_cac is None
        assert result.loop.diverges == ("refer",)
        assert len(result.waves) == WAVES
    assert level.waves == (92,) * WAVES
    assert level.outgrown is None
    assert four(growing.waves[5]) == four(92 * 1.5**5)
    assert 92 * 1.5**growing.outgrown > PEOPLE_ON_EARTH >= 92 * 1.5 ** (growing.outgrown - 1)
    assert growing.outgrown == 46


def test_endless_repeats():
    result = compute(replace(TEXTBOOK, repeat=1.0))
    assert result.loop.purchases_per_customer is None
    assert four(result.loop.customers) == 104.5455
    assert result.within == 3
    assert four(result.discounted) == 13.5
    by_purchase = compute(replace(TEXTBOOK, repeat=1.0, counted="purchase"))
    assert by_purchase.refer is by_purchase.loop.customers is None
    assert by_purchase.waves == (92, *[None] * (WAVES - 1))
    assert by_purchase.longest is by_purchase.outgrown is None


def test_nobody():
    result = compute(replace(TEXTBOOK, customers=0))
    assert result.cac is result.loop.effective_cac is None
    assert (result.loop.customers, result.longest) == (0, 0)


def test_carts_that_do_not_fit():
    none, more = (compute(replace(TEXTBOOK, carts=carts)) for carts in (0, 1000))
    assert none.lost.rate is none.kept is none.rate_after is None
    assert none.lost.without_cart
    assert more.lost.without_cart
    assert four(more.lost.rate) == -0.462
    assert more.gain is more.extra is more.orders_after is None
    empty = compute(replace(TEXTBOOK, carts=0, orders=0))
    assert empty.lost.rate is None
    assert empty.gain == 0


def test_a_rebate_above_the_margin_of_those_won_loses_money():
    half = replace(TEXTBOOK, anyway=0.5)
    assert four(compute(half).limit) == 0.19
    assert four(compute(replace(half, rebate=0.1)).gain) == four(71219.2 * 0.09)
    assert compute(replace(half, rebate=0.19)).gain == pytest.approx(0)
    assert compute(replace(half, rebate=0.2)).gain < 0


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_gain_is_the_margin_won_less_what_is_given_away(margin, rebate, anyway):
    result = compute(replace(TEXTBOOK, margin=margin, rebate=rebate, anyway=anyway))
    assert math.isclose(result.gain, result.margin_won - result.given_away, abs_tol=1e-6)
    assert math.isclose(result.extra + result.anyway, result.lost.recovered)


@given(st.floats(0, 0.95), st.floats(0, 1e6))
def test_the_first_waves_never_exceed_the_total(refer, customers):
    result = compute(replace(TEXTBOOK, refer=refer, customers=customers))
    assert result.running[-1] <= result.loop.customers * (1 + 1e-12)
