import math

import pytest

from funnel.quantities import COUNT, MONEY, NUMBER, RATE, SHARE, OutOfRange, Quantity


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, -1, -1e-300, 1.0001e12, 10**4000])
def test_what_is_no_count_is_rejected_with_the_bounds(value):
    with pytest.raises(OutOfRange) as caught:
        COUNT.check(value)
    assert (caught.value.low, caught.value.high) == (0, 1e12)
    assert not COUNT.fits(value)


def test_both_bounds_are_allowed():
    assert [COUNT.check(0), COUNT.check(1e12), SHARE.check(1)] == [0.0, 1e12, 1.0]


def test_growth_is_a_valid_rate():
    assert RATE.check(1.15) == 1.15


def test_minus_zero_never_reaches_a_screen():
    assert str(COUNT.check(-0.0)) == "0.0"


@pytest.mark.parametrize("bounds", [(1, 0), (0, math.inf), (math.nan, 1)])
def test_bounds_must_be_a_range(bounds):
    with pytest.raises(ValueError, match="range"):
        Quantity("number", *bounds)


def test_a_default_must_be_in_range():
    with pytest.raises(OutOfRange):
        Quantity("count", 0, 1, default=2)
    assert MONEY.default is NUMBER.default is None
