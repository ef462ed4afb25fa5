import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.formulas.statistics import wilson


@pytest.mark.parametrize(
    ("x", "n", "digits", "limits"),
    [(9, 250, 4, (0.0191, 0.0670)), (0, 50, 4, (0.0, 0.0713)), (92, 48000, 5, (0.00156, 0.00235))],
)
def test_the_examples_of_f33(x, n, digits, limits):
    assert tuple(round(limit, digits) for limit in wilson(x, n)) == limits


def test_nobody_gives_no_interval():
    assert wilson(0, 0) is None


@pytest.mark.parametrize("arguments", [(-1, 5), (6, 5), (math.nan, 5), (1, math.inf), (1, 5, -1), (1, 5, math.nan)])
def test_impossible_counts_are_rejected(arguments):
    with pytest.raises(ValueError, match="no interval"):
        wilson(*arguments)


@given(st.floats(0, 1e12), st.floats(0, 1), st.floats(0, 1e200))
def test_the_interval_holds_the_rate_within_0_and_1(n, share, z):
    x = min(n, n * share)
    limits = wilson(x, n, z)
    if n > 0:
        low, high = limits
        assert 0 <= low <= x / n + 1e-12
        assert x / n - 1e-12 <= high <= 1
        mirrored = wilson(n - x, n, z)
        assert math.isclose(mirrored[0], 1 - high, abs_tol=1e-9)
