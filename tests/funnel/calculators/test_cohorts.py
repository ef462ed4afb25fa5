import math
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.calculators import cohorts
from funnel.calculators.cohorts import Inputs, compute, sums, with_cohorts, with_count
from funnel.formulas.retention import SBG, fit_sbg, fit_together, residual_tenure
from funnel.links import scenario
from funnel.links.codecs import Change, Names, Table, reporter
from funnel.quantities import COUNT

LESSON = Inputs.origin("textbook")
APP = Inputs.origin("s6-app-usd")


def rounded(values, digits=4):
    return [value if value is None else round(value, digits) for value in values]


def of(*rows, **fields) -> Inputs:
    counts = tuple(tuple(None if n is None else float(n) for n in row) for row in rows)
    return replace(with_cohorts(LESSON, ("",) * len(rows), counts), **fields)


def test_f22_the_table():
    result = compute(LESSON)
    assert rounded(result.table.pooled) == [1, 0.6992, 0.5602, 0.5]
    assert rounded(result.table.chained) == [1, 0.6992, 0.5683, 0.4973]
    assert rounded(result.table.unweighted)[1] == 0.7035
    assert result.mean_misleads
    assert result.table.cells[3] == (1, None, None, None), "not known yet is not zero"
    assert result.speaking == (4, 3, 2, 1)
    found = sums(LESSON, 2)
    assert (found.there, found.began, found.steps[0]) == (521, 930, (1230, 860))


def test_the_lesson_in_numbers():
    result = compute(LESSON)
    assert (result.lost, result.at_risk, round(result.churn, 4)) == (520, 2111, 0.2463)
    assert (round(result.fit.model.alpha, 4), round(result.fit.model.beta, 4)) == (0.4702, 1.0904)
    assert (round(result.likelihood, 1), round(result.fit.log_likelihood, 1)) == (-1178.5, -1151.8)
    assert rounded(result.sbg)[:4] == [1, 0.6987, 0.5704, 0.4951]
    assert (round(result.sbg[12], 4), round(result.geometric[12], 4)) == (0.2806, 0.0336)
    assert (round(result.tenure.within, 4), round(result.tenure.endless.value, 4)) == (5.3664, 17.0263)
    assert (round(result.tenure_geometric.within, 4), round(result.tenure_geometric.endless.value, 4)) == (
        3.8228,
        3.9403,
    )
    assert rounded([one.each.within for one in result.ahead]) == [7.5014, 6.9188, 6.0758, 4.6615]
    assert (result.there, round(result.coming, 1)) == (1350, 7833.5)


@pytest.mark.parametrize(
    ("source", "alpha", "beta", "age", "share"),
    [
        ("published-a", 0.7041, 1.1820, None, None),
        ("published-b", 0.6681, 3.8061, 8, 0.4604),
        ("s6-app-usd", 0.7475, 3.5329, 12, 0.3241),
    ],
)
def test_f20_the_published_fits_and_the_app(source, alpha, beta, age, share):
    result = compute(Inputs.origin(source))
    assert (round(result.fit.model.alpha, 4), round(result.fit.model.beta, 4)) == (alpha, beta)
    assert age is None or round(result.sbg[age], 4) == share


def test_f20_what_is_still_to_come():
    (ahead,) = compute(Inputs.origin("published-b")).ahead
    assert (ahead.age, ahead.there) == (7, 491)
    assert round(ahead.each.endless.value, 4) == 7.5296  # DERL(n = 8, d = 0.10)
    (ahead,) = compute(replace(Inputs.origin("published-b"), horizon=120.0)).ahead
    assert math.isclose(ahead.each.within, ahead.each.endless.value, rel_tol=1e-3)


def test_with_alpha_at_most_one_and_no_discount_the_sum_has_no_end():
    result = compute(APP)
    assert result.tenure.endless.reason == result.ahead[0].each.endless.reason == "endless"
    assert result.tenure.within == pytest.approx(sum(result.sbg[:12]))
    assert compute(replace(APP, discount=1e-6)).tenure == result.tenure, "next to no discount is none"
    assert compute(replace(APP, discount=0.01)).tenure.endless.value > result.tenure.within


def test_one_cohort_of_several_is_fitted_by_itself():
    january = compute(replace(LESSON, fit="1"))
    assert january.fit == fit_sbg((420, 294, 240, 210))
    assert january.seen == january.table.cells[0]
    assert [one.row for one in january.ahead] == [0]
    assert compute(replace(LESSON, fit="4")).fit.reason == "too-short"
    assert compute(replace(LESSON, fit="4")).best == ""


def test_a_joint_fit_maximises_the_joint_likelihood():
    from scipy.optimize import minimize

    def loss(logs):
        alpha, beta = math.exp(logs[0]), math.exp(logs[1])
        total = 0.0
        for row in LESSON.counts:
            for t, (before, after) in enumerate(pairwise(row)):
                rate = (beta + t) / (alpha + beta + t)
                total -= after * math.log(rate) + (before - after) * math.log(1 - rate)
        return total

    best = minimize(loss, (0.0, 0.0), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-9, "maxiter": 4000})
    fit = compute(LESSON).fit
    assert math.exp(best.x[0]) == pytest.approx(fit.model.alpha, rel=1e-4)
    assert math.exp(best.x[1]) == pytest.approx(fit.model.beta, rel=1e-4)
    assert -best.fun == pytest.approx(fit.log_likelihood)


def test_splitting_a_cohort_changes_no_fit():
    whole = fit_together([(1000, 631, 468, 382)])[1].model
    halves = fit_together([(600, 400, 300, 250), (400, 231, 168, 132)])[1].model
    assert (halves.alpha, halves.beta) == pytest.approx((whole.alpha, whole.beta))
    assert fit_together([]) == fit_together([(5,), (None,)]) == (None, fit_sbg(()))


@pytest.mark.parametrize(
    ("row", "reason", "best"),
    [
        ((100,), "too-short", ""),
        ((100, 50), "too-short", ""),
        ((0, 0, 0), "too-short", ""),
        ((100, 100, 100), "nobody-left", "geometric"),
        ((1000, 900, 810, 729), "no-spread", "geometric"),
        ((1000, 600, 600, 600), "split", ""),
        ((100, 120, 90), "too-short", ""),
    ],
)
def test_without_a_fit_the_page_knows_why(row, reason, best):
    result = compute(of(row))
    assert (result.fit.reason, result.best) == (reason, best)
    assert bool(result.expected) == bool(best)
    assert (result.tenure is None) == (not best)


def test_one_churn_for_all_where_it_is_as_good():
    result = compute(of((1000, 900, 810, 729), discount=0.05, horizon=24.0))
    assert result.churn == pytest.approx(0.1)
    assert result.tenure == result.tenure_geometric
    (ahead,) = result.ahead
    later = [0.9 ** (k + 1) * 1.05**-k for k in range(2000)]
    assert ahead.each.endless.value == pytest.approx(sum(later))
    assert ahead.each.within == pytest.approx(sum(later[:24]))
    assert compute(of((9, 9, 9), discount=0.0)).tenure.endless.reason == "endless"


def test_a_cohort_that_grows_is_shown_but_not_fitted():
    result = compute(of(*LESSON.counts, (100, 130, 90)))
    assert result.grows == (4,)
    assert result.table.cells[4][1] == 1.3
    assert result.fit == compute(LESSON).fit
    assert compute(of((10, None, 12))).grows == (0,), "also across a gap"


def test_a_gap_is_not_known_and_not_zero():
    result = compute(of((100, None, 50, 40), (100, 60, 30)))
    assert result.table.cells[0] == (1, None, 0.5, 0.4)
    assert result.table.pooled[1] == 0.6
    assert result.at_risk == 50 + 100 + 60


def test_nobody_and_contradictions_give_no_number():
    result = compute(of((0, 5), (0,)))
    assert (result.seen, result.last, result.ahead) == ((None, None), 0, ())
    assert compute(of((1, 1e12), (1, None, 1, 1e12))).table.chained[1:] == (None, None, None)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.3, 8), st.floats(0.3, 8), st.floats(0.001, 0.5), st.integers(1, 120))
def test_what_is_to_come_grows_with_the_look_ahead_up_to_its_end(alpha, beta, discount, horizon):
    model = SBG(alpha, beta)
    people, row = 1e9, [1e9]
    for t in range(1, 8):
        people *= (beta + t - 1) / (alpha + beta + t - 1)
        row.append(people)
    (near,) = compute(of(row, discount=discount, horizon=float(horizon))).ahead
    (far,) = compute(of(row, discount=discount, horizon=120.0)).ahead
    assert near.each.within <= far.each.within <= far.each.endless.value * (1 + 1e-9)
    assert far.each.endless.value == pytest.approx(residual_tenure(model, 8, discount).value, rel=1e-3)


def test_counts_are_changed_one_by_one():
    assert with_count(LESSON, 3, 1, 400.0).counts[3] == (640, 400)
    assert with_count(LESSON, 3, 3, 400.0).counts[3] == (640, None, None, 400)
    assert with_count(LESSON, 0, 3, None).counts[0] == (420, 294, 240)
    assert with_count(LESSON, 0, 0, None) is LESSON


def test_a_link_keeps_names_gaps_and_fractions():
    inputs = replace(of((10, None, 2.5), (7,)), names=("~a_b-", "فروردین"), fit="2", horizon=7.0)
    text = scenario.encode(inputs)
    assert text["counts"] == "10_-_2.5~7"
    assert scenario.decode(Inputs, text) == scenario.Decoded(inputs)


@pytest.mark.parametrize(
    ("link", "codes"),
    [
        ({"counts": "5_4~x", "names": "a_b"}, ["unreadable"]),
        ({"counts": "~".join(["5"] * 30)}, ["too-many"]),
        ({"counts": "_".join(["5"] * 40)}, ["too-many"]),
        ({"counts": "5_4_3", "fit": "9"}, ["out-of-range"]),
        ({"h": "12.5"}, ["out-of-range"]),
        ({"names": "a_b_c_d_e_f"}, ["too-many"]),
        ({"counts": "9" * 200_000}, ["too-many", "unreadable"]),
        ({"counts": "5~" * 100_000}, ["too-many"]),
    ],
)
def test_a_broken_link_opens_as_far_as_it_can_be_read(link, codes):
    found = scenario.decode(Inputs, link)
    assert [change.code for change in found.changes] == codes
    assert len(found.inputs.names) == len(found.inputs.counts) <= cohorts.MOST_COHORTS
    assert found.inputs.horizon == int(found.inputs.horizon)


def test_the_codecs_report_the_row():
    changes: list[Change] = []
    assert Table(COUNT, 3, 3).read("5_4_3_2~1_-1_-", (), reporter("counts", changes)) == ((5, 4, 3), (1,))
    assert [(change.code, change.index) for change in changes] == [("too-many", 0), ("out-of-range", 1)]
    assert Names(3).read("plain_-_~x~1y~0", (), reporter("names", [])) == ("plain", "", "x_y~")


def test_the_largest_page_is_computed_in_time():
    rows = tuple(tuple(1e6 / (1 + i / 3) ** (1 + g / 40) for i in range(36)) for g in range(24))
    inputs = of(*rows, discount=1e-5, horizon=120.0)
    began = time.perf_counter()
    compute(inputs)
    assert time.perf_counter() - began < 0.5  # some 50 ms on the machine it was written on; a busy one takes longer
