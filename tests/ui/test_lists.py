"""A list of numbers in one field: every way of typing it, and which place is named when one cannot be read."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.script import opened, words
from ui.kit.lists import ListError, read_list

DAYS = (21, 34, 45, 60, 72, 95, 140)


@pytest.mark.parametrize(
    "text",
    [
        "21, 34, 45, 60, 72, 95, 140",
        "21,34,45,60,72,95,140",
        "21 34 45 60 72 95 140",
        "21\n34\n45\n60\n72\n95\n140\n",
        "21; 34;45 ;60; 72; 95; 140;",
        "21\t34\t45\t60\t72\t95\t140",
        "  21 , 34 ,45 , 60, 72,95, 140, ",
        "۲۱، ۳۴، ۴۵، ۶۰، ۷۲، ۹۵، ۱۴۰",
        "۲۱،۳۴،۴۵،۶۰،۷۲،۹۵،۱۴۰",
        "٢١؛ ٣٤؛ ٤٥؛ ٦٠؛ ٧٢؛ ٩٥؛ ١٤٠",
        "\u200f21\u200e، 34، ۴۵، ٦٠, 72; 95 140",
    ],
)
def test_the_ways_of_parting_numbers(text):
    assert read_list(text, high=3650).values == DAYS


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("", ()),
        (" \n ", ()),
        ("0.10 .25 ۰٫۳۵", (0.1, 0.25, 0.35)),
        ("10%, 25 %; ٪۳۵", (0.1, 0.25, 0.35)),
        ("780,840,900", (780, 840, 900)),  # 780 million leads a month are beyond the bound, so it is a list
        ("۱٬۲۰۰، ۹۰۰", (1200, 900)),  # this mark parts no numbers
        ("1\u202f200 900", (1200, 900)),  # nor does a space that does not break
    ],
)
def test_what_a_number_may_look_like(text, values):
    assert read_list(text, high=1e7).values == values


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("21, abc, 45", "letters", 2),
        ("21, 34, 4x", "letters", 3),
        ("21 ,, 45", "missing", 2),
        ("21,,45", "missing", 2),
        ("21;;45", "missing", 2),
        (", 21", "missing", 1),
        ("21, -4", "negative", 2),
        ("21, 3/4", "slash", 2),
        ("21, 99999999", "out-of-range", 2),
        ("12,500", "ambiguous", 1),
        ("۱۲،۵۰۰", "ambiguous", 1),
        ("900 1,200 1100", "ambiguous", 2),
        ("900, 1,200", "ambiguous", 2),
        ("0,15; 0,35", "ambiguous", 1),
        ("0.5 0,15", "ambiguous", 2),
        ("21 1.500", "ambiguous", 2),
        ("21, 96+", "not-a-number", 2),
    ],
)
def test_what_cannot_be_read_is_named_by_its_place(text, code, place):
    with pytest.raises(ListError) as caught:
        read_list(text, high=1e7)
    assert (caught.value.code, caught.value.place) == (code, place)


def test_a_plus_marks_a_number():
    found = read_list("21, +50، ۹۶+; 34 150＋", marks=True)
    assert (found.values, found.marked) == ((21, 34), (50, 96, 150))
    assert read_list("21,96+,140+", high=3650, marks=True).marked == (96, 140)
    with pytest.raises(ListError) as caught:
        read_list("21, 96++", marks=True)
    assert (caught.value.code, caught.value.place) == ("not-a-number", 2)


def test_too_few_and_too_many():
    with pytest.raises(ListError) as caught:
        read_list("", least=1)
    assert (caught.value.code, caught.value.place) == ("missing", 1)
    with pytest.raises(ListError) as caught:
        read_list("1 2 3", most=2)
    assert caught.value.code == "too-many"
    with pytest.raises(ListError) as caught:
        read_list("1 " * 2000)
    assert (caught.value.code, caught.value.place) == ("too-long", None)


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_read_or_refused(text, marks):
    with contextlib.suppress(ListError):  # and no other error
        found = read_list(text, high=1e7, marks=marks)
        assert all(0 <= value <= 1e7 for value in found.values + found.marked)


@given(
    st.lists(st.one_of(st.integers(0, 10**6).map(str), st.floats(0, 1e6).map("{:.4f}".format)), max_size=30),
    st.sampled_from([", ", " ", "; ", "\n", "، ", "؛"]),
)
def test_what_is_written_with_gaps_comes_back(numbers, gap):
    assert read_list(gap.join(numbers)).values == tuple(map(float, numbers))


def fields(test):
    return {key: one for one in test.text_input if "list" in (key := one.key)}


def test_a_slip_is_named_and_costs_neither_the_list_nor_the_value():
    """The text stays to be mended, the list from before counts on, and an undo clears the slip."""
    test = opened("31_pipeline.py", "fa")
    desk = test.session_state["desk-pipeline"]
    desk.inputs = replace(desk.inputs, view="forecast")
    test.run()
    leads, _weights = fields(test)
    assert fields(test)[leads].value == "۴۰۰، ۵۰۰، ۴۵۰، ۶۰۰"
    fields(test)[leads].set_value("۷۸۰، ۸۴o، ۹۰۰").run()
    assert not test.exception
    assert fields(test)[leads].value == "۷۸۰، ۸۴o، ۹۰۰"
    assert desk.inputs.leads == (400, 500, 450, 600)
    assert "عدد شمارهٔ ۲ فهرست" in words(test)
    fields(test)[leads].set_value("780 ۸۴۰؛ ٩٠٠").run()
    assert desk.inputs.leads == (780, 840, 900)
    assert fields(test)[leads].value == "۷۸۰، ۸۴۰، ۹۰۰"
    assert "tf-field-error" not in words(test)
    fields(test)[leads].set_value("x").run()
    test.button(key="undo").click().run()
    assert fields(test)[leads].value == "۴۰۰، ۵۰۰، ۴۵۰، ۶۰۰"
    assert "tf-field-error" not in words(test)
