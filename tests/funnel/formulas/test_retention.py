import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.facts.presets import PRESETS
from funnel.formulas.lifetime import Outcome, ltv
from funnel.formulas.retention import (
    SBG,
    cohort_table,
    discounted_tenure,
    expected_tenure,
    fit_geometric,
    fit_sbg,
    geometric_survival,
    leaving,
    residual_tenure,
    retention_rates,
    survival,
)
from funnel.quantities import OutOfRange

EXAMPLE = SBG(1.2, 3.6)
REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)
HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)
COHORTS = ((420, 294, 240, 210), (510, 347, 281), (300, 219), (640,))

models = st.builds(SBG, st.floats(0.01, 100), st.floats(0.01, 100))
whole_shapes = st.builds(SBG, st.integers(1, 9), st.integers(1, 900))


def rounded(values, digits=4):
    return [value if value is None else round(value, digits) for value in values]


def test_f20_the_example():
    assert rounded(survival(EXAMPLE, 4)) == [1, 0.7500, 0.5948, 0.4899, 0.4145]
    assert rounded(retention_rates(EXAMPLE, 4)) == [0.7500, 0.7931, 0.8235, 0.8462]
    assert rounded(leaving(EXAMPLE, 2)) == [0.2500, 0.1552]
    assert round(expected_tenure(EXAMPLE).value, 4) == 19
    assert round(discounted_tenure(EXAMPLE, 0.10).value, 4) == 4.1263
    assert round(ltv(1, 0.25, 0.10).value, 4) == 3.1429


def test_f20_the_published_fits():
    regular, high_end = fit_sbg(REGULAR).model, fit_sbg(HIGH_END).model
    assert (round(regular.alpha, 4), round(regular.beta, 4)) == (0.7041, 1.1820)
    assert (round(high_end.alpha, 4), round(high_end.beta, 4)) == (0.6681, 3.8061)
    assert round(survival(high_end, 8)[8], 4) == 0.4604
    assert round(residual_tenure(high_end, 8, 0.10).value, 4) == 7.5296


def test_f20_the_app():
    model = fit_sbg(PRESETS["s6-app-usd"].facts["cohort"]).model
    assert (round(model.alpha, 4), round(model.beta, 4)) == (0.7475, 3.5329)
    assert round(survival(model, 12)[12], 4) == 0.3241
    assert discounted_tenure(model) == Outcome(None, "endless")
    assert discounted_tenure(model, horizon=12).value == pytest.approx(sum(survival(model, 11)))


def test_f20_edges():
    assert expected_tenure(SBG(1, 5)) == expected_tenure(SBG(0.5, 5)) == Outcome(None, "endless")
    assert residual_tenure(SBG(0.5, 5), 3).reason == "endless"
    assert discounted_tenure(SBG(0.5, 5), 1e-9).reason == "endless"
    assert discounted_tenure(SBG(0.5, 5), 1e-8).value > 1000
    assert survival(EXAMPLE, 0) == (1,)
    assert retention_rates(EXAMPLE, 0) == leaving(EXAMPLE, 0) == ()
    assert rounded(geometric_survival(0.25, 2)) == [1, 0.75, 0.5625]


@pytest.mark.parametrize(
    ("counts", "reason"),
    [
        ((), "too-short"),
        ((100, 50), "too-short"),
        ((100, 0, 0), "all-left"),
        ((0, 0, 0), "too-short"),
        ((100, 100, 100), "nobody-left"),
        ((1e12, 1e12 - 1, 1e12 - 2, 1e12 - 2.5), "nobody-left"),
        ((1000, 900, 810, 729), "no-spread"),
        ((1000, 900, 800, 700), "no-spread"),
        ((100, 50, 0), "no-spread"),
        ((1000, 600, 600, 600), "split"),
    ],
)
def test_a_cohort_without_a_fit_says_why(counts, reason):
    fit = fit_sbg(counts)
    assert (fit.model, fit.log_likelihood, fit.reason) == (None, None, reason)


def test_impossible_arguments_are_rejected():
    for wrong in (
        lambda: SBG(0, 1),
        lambda: SBG(1, math.nan),
        lambda: survival(EXAMPLE, -1),
        lambda: survival(EXAMPLE, 10_001),
        lambda: survival(EXAMPLE, 1.5),
        lambda: residual_tenure(EXAMPLE, 0),
        lambda: discounted_tenure(EXAMPLE, -0.1),
        lambda: discounted_tenure(EXAMPLE, 0.1, horizon=0),
        lambda: fit_sbg((10, -1, 0)),
        lambda: cohort_table(((10, -1),)),
    ):
        with pytest.raises(OutOfRange):
            wrong()
    for fit in (fit_sbg, fit_geometric):
        with pytest.raises(ValueError, match="cannot grow"):
            fit((10, 11, 9))


def test_the_geometric_fit_is_the_mean_churn():
    churn, likelihood = fit_geometric(REGULAR)
    assert math.isclose(churn, (1000 - 241) / sum(REGULAR[:-1]))
    assert likelihood < fit_sbg(REGULAR).log_likelihood
    assert fit_geometric((0, 0)) is fit_geometric((5,)) is fit_geometric(()) is None
    assert fit_geometric((5, 5)) == (0, 0)


@given(models, st.integers(1, 40))
def test_who_leaves_and_who_stays_are_everybody(model, periods):
    assert math.isclose(sum(leaving(model, periods)) + survival(model, periods)[-1], 1, rel_tol=1e-9)
    rates = retention_rates(model, periods)
    assert list(rates) == sorted(rates)


@settings(max_examples=40)
@given(st.one_of(models, whole_shapes), st.floats(0.02, 5), st.integers(1, 9))
def test_the_closed_form_is_the_sum(model, discount, n):
    there = survival(model, 3000)
    worth = [(1 + discount) ** -t for t in range(3001)]
    total = math.fsum(share * w for share, w in zip(there, worth, strict=True))
    assert math.isclose(discounted_tenure(model, discount).value, total, rel_tol=1e-9)
    assert math.isclose(discounted_tenure(model, discount, horizon=len(worth)).value, total, rel_tol=1e-9)
    rest = math.fsum(share * w for share, w in zip(there[n:], worth, strict=False)) / there[n - 1]
    assert math.isclose(residual_tenure(model, n, discount).value, rest, rel_tol=1e-9)


@given(models, st.floats(1e-4, 3))
def test_discount_shortens_and_fades_away(model, discount):
    assert discounted_tenure(model, discount * 2).value <= discounted_tenure(model, discount).value * (1 + 1e-12)
    if model.alpha > 2:
        assert math.isclose(discounted_tenure(model, 2e-8).value, expected_tenure(model).value, rel_tol=1e-4)
        assert math.isclose(1 + residual_tenure(model, 1).value, expected_tenure(model).value, rel_tol=1e-12)


@settings(max_examples=40)
@given(st.builds(SBG, st.floats(0.3, 20), st.floats(0.3, 20)), st.integers(3, 12))
def test_a_cohort_drawn_from_a_model_gives_the_model_back(model, periods):
    found = fit_sbg([1e6 * share for share in survival(model, periods)]).model
    assert math.isclose(found.alpha, model.alpha, rel_tol=1e-3)
    assert math.isclose(found.beta, model.beta, rel_tol=1e-3)


@pytest.mark.parametrize("seed", range(8))
def test_the_fit_is_as_likely_as_what_scipy_finds(seed):
    from scipy.optimize import minimize

    chance = np.random.default_rng(seed)
    churn = chance.beta(chance.uniform(0.3, 4), chance.uniform(0.3, 9), 2000)
    stays = chance.random((2000, 6)) > churn[:, None]
    counts = np.array([2000, *np.cumprod(stays, axis=1).sum(axis=0)], float)
    t, lost, kept = np.arange(6), counts[:-1] - counts[1:], counts[1:]

    def unlikely(logs):
        alpha, beta = np.exp(logs)
        return -(lost * np.log(alpha / (alpha + beta + t)) + kept * np.log((beta + t) / (alpha + beta + t))).sum()

    found = minimize(unlikely, (0, 1), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-10})
    fit = fit_sbg(counts)
    assert math.isclose(fit.log_likelihood, -found.fun, abs_tol=1e-6)
    assert (fit.model.alpha, fit.model.beta) == pytest.approx(np.exp(found.x), rel=1e-3)


@given(st.floats(0.001, 3), st.integers(1, 30), st.integers(1, 8))
def test_the_own_2f1_is_that_of_scipy(discount, beta, n):
    from scipy.special import hyp2f1

    alpha, b = 0.7041, beta + n  # no whole number: there scipy gives nan
    closed = (b - 1) / (alpha + b - 1) * hyp2f1(1, b, alpha + b, 1 / (1 + discount))
    assert math.isclose(residual_tenure(SBG(alpha, beta), n, discount).value, closed, rel_tol=1e-9)


def test_f22_the_example():
    table = cohort_table(COHORTS)
    assert rounded(table.cells[2]) == [1, 0.73, None, None]
    assert table.cells[3] == (1, None, None, None)
    assert rounded(table.pooled) == [1, 0.6992, 0.5602, 0.5]
    assert rounded(table.chained) == [1, 0.6992, 0.5683, 0.4973]
    assert rounded(table.unweighted)[1] == 0.7035
    assert math.isclose(table.pooled[1], 860 / 1230)
    assert math.isclose(table.pooled[2], 521 / 930)


def test_f22_edges():
    assert cohort_table(()).cells == cohort_table(()).pooled == cohort_table(((),)).chained == ()
    empty = cohort_table(((0, 0), (None, 3)))
    assert empty.cells == ((None, None), (None, None))
    assert empty.pooled == empty.chained == empty.unweighted == (None, None)
    assert cohort_table((*COHORTS, (0, 0, 0, 0))).chained == cohort_table(COHORTS).chained
    assert cohort_table(((10, 0, 0),)).chained == (1, 0, 0)
    unripe = cohort_table(((10, 5, None, None), (10, None, None, None)))
    assert unripe.pooled == unripe.chained == unripe.unweighted == (1, 0.5, None, None)


@given(st.lists(st.lists(st.integers(1, 1000), min_size=4, max_size=4), min_size=1, max_size=6))
def test_where_all_are_ripe_the_chain_is_the_pool(cohorts):
    table = cohort_table(cohorts)
    assert table.chained == pytest.approx(table.pooled, rel=1e-12)
