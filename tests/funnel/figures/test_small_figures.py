"""Arithmetic and links of seven figures: the course's numbers, and links that nobody should have written."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.figures import rounds
from funnel.figures.leaks import kept, scaled
from funnel.figures.ownership import PLACES, handover
from funnel.figures.picked import Picked, with_more
from funnel.figures.reach import GAIN, STEPS, aims, best, shares
from funnel.figures.six_businesses import WORRIES, business

SHOP = (62400, 33072, 5622, 2867, 1462)


def test_a_reminder_brings_what_the_course_says():
    found = kept(SHOP, 2, 4, 0.08, 214, 0.38)
    assert isclose(found.final, 332.8)
    assert isclose(found.revenue, 71219.2)
    assert isclose(found.margin, 332.8 * 81.32)


def test_a_discount_comes_out_of_the_margin():
    found = kept(SHOP, 3, 4, 0.08, 214, 0.38, 0.1)
    assert isclose(found.margin / found.final, 59.92)


@given(st.floats(0, 1), st.integers(0, 3), st.integers(1, 4))
def test_what_is_kept_never_exceeds_what_was_lost(share, start, at):
    if at <= start:
        return
    found = kept(SHOP, start, at, share)
    assert 0 <= found.back <= found.lost
    assert SHOP[-1] <= found.after <= SHOP[start]


@given(st.floats(1, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_bar_has_room_for_everything(now, gain, guess, most):
    base, more, _at = scaled(now, gain, guess, most)
    assert base + more <= 1 + 1e-9


def test_the_lesson_s_example_is_one_of_the_settings():
    half = aims("s3-academy-irt")[5]
    assert half.reach == 90_000
    assert isclose(half.fit, 0.12)
    assert round(half.final) == 211


def test_the_best_aim_depends_on_the_business():
    assert best(aims("s3-academy-irt")) not in (0, STEPS - 1)
    assert best(aims("s7-ngo-usd")) == 0
    for one in GAIN:
        assert max(shares(aims(one), "suitable")) == 1
        assert all(0 <= aim.fit <= 1 for aim in aims(one))


def test_wherever_the_handover_is_the_overall_rate_stays():
    found = [handover(one) for one in PLACES]
    assert len({one.overall for one in found}) == 1
    for one in found[1:-2]:
        assert isclose(one.marketing * one.sales, one.overall)


def test_the_handover_at_a_lead_is_the_courses():
    found = handover("leads")
    assert isclose(found.sales, 92 / 2880)
    assert isclose(found.worth, 26.6444, abs_tol=1e-4)
    assert handover("mql").handed == 1152


@pytest.mark.parametrize(
    ("source", "worry", "cac"),
    [
        ("s1-ecom-sar", 0.7400, 61.2175),
        ("s2-saas-usd", 2968.2353, 4103.4483),
        ("s4-clinic-aed", 0.2297, 576.9231),
        ("s5-realestate-egp", 63208.3333, 75243.9024),
        ("s7-ngo-usd", 0.1799, 10.2510),
        ("s8-wholesale-irt", 0.5512, 2440944.8819),
    ],
)
def test_a_business_has_the_courses_numbers(source, worry, cac):
    found = business(source)
    assert isclose(found.worry, worry, abs_tol=6e-5)
    assert isclose(found.cac, cac, abs_tol=6e-5)


def test_every_business_has_customers_among_its_stages():
    for source in WORRIES:
        found = business(source)
        assert found.customers in found.counts
        assert 0 < found.thousand < 100, "the guess has room for it"


def test_the_loop_is_the_courses():
    end = rounds.in_the_end(0.35, 0.12)
    assert isclose(end.purchases * 0.92, 160.8392, abs_tol=1e-4)
    assert isclose(rounds.sent_round(2, 0.35, 0.12).so_far / 100, 1.4725)


def test_the_first_hundred_were_not_referred():
    assert [round(rounds.sent_round(at, 0.35, 0.12).referred, 4) for at in range(3)] == [0, 12, 1.44]


@given(st.integers(0, rounds.MOST_ROUNDS), st.floats(0, 0.95), st.floats(0, 0.9))
def test_nobody_is_lost_on_the_way_round(number, repeat, refer):
    found = rounds.sent_round(number, repeat, refer)
    assert isclose(found.buying + found.left, rounds.START)
    assert 0 <= found.dots <= rounds.START
    assert found.so_far <= rounds.in_the_end(repeat, refer).purchases + 1e-6


CELLS = Picked(("goal-marketing", "goal-sales", "owner-sales"))


@given(st.lists(st.sampled_from(CELLS.options), unique=True))
def test_opened_cells_survive_a_link(some):
    value = with_more(CELLS.options, (), some)
    assert CELLS.read(CELLS.write(value), (), lambda *_: pytest.fail("nothing is wrong")) == value


@given(st.text(max_size=200))
def test_no_link_can_break_the_cells(text):
    found = []
    value = CELLS.read(text, (), lambda *what: found.append(what))
    assert set(value) <= set(CELLS.options)
    assert CELLS.read(CELLS.write(value), (), lambda *_: None) == value
    assert len(found) < 60
