import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from funnel.calculators.experiments import Inputs, compute, posterior_curves
from funnel.formulas.experiments import Arm
from funnel.formulas.trials import beta_curve, draws, exact_test, size_curve, when_found

READ = Inputs(view="read")


def test_posterior_curves_are_densities():
    for inputs in (READ, replace(READ, xa=0.0, na=0.0, prior_x=0.1), replace(READ, xb=10_000.0)):
        for (x, n), curve in zip(
            ((inputs.xa, inputs.na), (inputs.xb, inputs.nb)), posterior_curves(inputs), strict=True
        ):
            theirs = stats.beta(inputs.prior_x + x, inputs.prior_y + n - x)
            for rate, height in curve[::15]:
                assert height == pytest.approx(theirs.pdf(rate), rel=1e-6)
    assert max(height for _rate, height in beta_curve(1e7 - 1, 1e7)) < math.inf


def test_draws_alarm_where_they_leave_the_limits():
    for draw in draws(50, 200, 0.05, 3):
        out = [i for i, z in enumerate(draw.path) if abs(z) > 1.959964]
        assert draw.alarm == (out[0] if out else None)
    share = np.mean([draw.alarm is not None for draw in draws(10, 1000, 0.05, 5)])
    assert share == pytest.approx(0.193, abs=0.04)


@pytest.mark.parametrize(("p1", "p2", "n"), [(0.04, 0.044, 10_000), (0.1, 0.11, 2000), (0.3, 0.36, 900)])
def test_the_average_winner_is_what_a_simulation_finds(p1, p2, n):
    chance = np.random.default_rng(8)
    a, b = chance.binomial(n, p1, 400_000), chance.binomial(n, p2, 400_000)
    pooled = (a + b) / (2 * n)
    gap = (b - a) / n
    won = gap > 1.959964 * np.sqrt(pooled * (1 - pooled) * 2 / n)
    found = when_found(p1, p2, n)
    assert found.power == pytest.approx(won.mean(), abs=0.01)
    assert found.shown == pytest.approx(gap[won].mean(), rel=0.01)


def test_no_rise_has_no_winners():
    assert when_found(0.1, 0.1, 100) is when_found(0.2, 0.1, 100) is when_found(0.1, 0.2, 0) is None
    assert when_found(0.1, 0.9, 1e6).factor == pytest.approx(1)


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 300), st.integers(1, 300), st.floats(0, 1), st.floats(0, 1))
def test_the_exact_test_is_scipys(na, nb, share_a, share_b):
    a, b = Arm(round(na * share_a), na), Arm(round(nb * share_b), nb)
    theirs = stats.fisher_exact([[a.x, na - a.x], [b.x, nb - b.x]]).pvalue
    assert exact_test(a, b) == pytest.approx(theirs, rel=1e-6)


def test_the_exact_test_says_when_it_cannot():
    assert exact_test(Arm(0, 0), Arm(1, 2)) is exact_test(Arm(1.5, 4), Arm(1, 2)) is None
    assert exact_test(Arm(50_000, 10**6), Arm(50_100, 10**6)) is None  # too many cases, and no need


@pytest.mark.parametrize("seed", range(5))
def test_f36_sampling_agrees(seed):
    """Draw the two rates a million times: another road to every Bayesian number."""
    chance = np.random.default_rng(seed)
    na, nb = (float(n) for n in chance.integers(20, 3000, 2))
    xa, xb = float(chance.binomial(int(na), 0.1)), float(chance.binomial(int(nb), 0.12))
    prior = (1.0, 1.0) if seed % 2 else (2.0, 20.0)
    arms = {"xa": xa, "na": na, "xb": xb, "nb": nb}
    bayes = compute(replace(READ, **arms, prior_x=prior[0], prior_y=prior[1])).reading.bayes
    a = chance.beta(prior[0] + xa, prior[1] + na - xa, 1_000_000)
    b = chance.beta(prior[0] + xb, prior[1] + nb - xb, 1_000_000)
    assert bayes.b_beats_a == pytest.approx((b > a).mean(), abs=0.002)
    assert bayes.loss_b == pytest.approx(np.maximum(a - b, 0).mean(), abs=2e-4)
    assert bayes.loss_a == pytest.approx(np.maximum(b - a, 0).mean(), abs=2e-4)
    assert bayes.lift == pytest.approx(np.quantile(b / a - 1, [0.025, 0.975]), rel=0.02, abs=0.01)


def test_a_curve_leaves_out_what_cannot_be():
    assert [effect for effect, _n in size_curve(0.9, (0.0, 0.05, 0.2), 0.05, 0.8)] == [0.05]
