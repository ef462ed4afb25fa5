import math

from hypothesis import given
from hypothesis import strategies as st

from funnel.formulas.conversion import (
    counts_from_rates,
    from_top,
    lift_result,
    lifted,
    loss_rates,
    losses,
    ratio,
    reference_gains,
    step_rates,
)
from tests.funnel.strategies import near, representable, whole_counts

BASE = (48000, 2880, 1152, 403, 92)


def rounded(values, digits=4):
    return [value if value is None else round(value, digits) for value in values]


def test_f01_step_rates():
    assert rounded(step_rates(BASE)) == [None, 0.0600, 0.4000, 0.3498, 0.2283]
    assert rounded(step_rates(BASE), 6)[3:] == [0.349826, 0.228288]
    assert step_rates((1000, 400, 460))[2] == 1.15


def test_f01_edges():
    assert step_rates((0, 0, 5)) == (None, None, None)
    assert step_rates((5, 0, 0)) == (None, 0, None)
    assert ratio(1e12, 5e-324) is None


def test_f02_overall():
    assert rounded(from_top(BASE)) == [1.0, 0.0600, 0.0240, 0.0084, 0.0019]
    assert round(from_top(BASE)[-1], 8) == 0.00191667
    assert math.isclose(math.prod(step_rates(BASE)[1:]), 92 / 48000)
    # The mean of the step rates is the mistake to warn of: it is not the overall rate.
    assert round(sum(step_rates(BASE)[1:]) / 4, 4) == 0.2595


def test_f03_losses():
    assert losses(BASE) == (None, 45120, 1728, 749, 311)
    assert rounded(loss_rates(step_rates(BASE))) == [None, 0.9400, 0.6000, 0.6502, 0.7717]
    assert losses((1000, 400, 460))[2] == -60


def test_f04_gains():
    gains = reference_gains(92, step_rates(BASE), (None, 0.065, 0.42, 0.45, 0.24))
    assert rounded(gains) == [None, 7.6667, 4.6000, 26.3444, 4.7200]


def test_f04_edges():
    assert reference_gains(10, (None, 0, None, 0.5), (None, 0.1, 0.1, 0.25)) == (None, None, None, -5)
    assert reference_gains(None, (None, 0.5), (None, 0.6)) == (None, None)
    assert reference_gains(1e12, (None, 1e-300), (None, 1e6)) == (None, None)


def test_f06_lifts():
    assert rounded([lift_result(0.1), lift_result(0.1, 0.1, 0.1, 0.1)]) == [0.1, 0.4641]
    assert lifted(0.95, relative=0.1) == (1.0, True)
    assert lifted(1.15, points=0.01) == (1.15, True)
    assert lifted(0.99, points=0.01) == (1.0, False)


@given(whole_counts)
def test_overall_is_the_product_of_the_step_rates(counts):
    assert math.isclose(from_top(counts)[-1], math.prod(step_rates(counts)[1:]), rel_tol=1e-12)


@given(whole_counts)
def test_counts_to_rates_to_counts(counts):
    assert representable(counts)
    assert near(counts_from_rates(counts[0], step_rates(counts)), counts, 1e-12)


@given(st.lists(st.floats(1e-6, 0.9), min_size=1, max_size=9), st.floats(0, 0.1), st.data())
def test_the_elasticity_of_the_overall_rate_is_one_at_every_step(rates, lift, data):
    step = data.draw(st.integers(0, len(rates) - 1))
    raised = [rate * (1 + lift) if index == step else rate for index, rate in enumerate(rates)]
    assert math.isclose(math.prod(raised) / math.prod(rates), 1 + lift, rel_tol=1e-9)
