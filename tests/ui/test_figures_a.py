"""Links of seven figures: what is written is read back, and nothing that somebody types into a link breaks one."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.scenario import decode, encode, keys

FIGURES = (
    "business_models",
    "checkout_leaks",
    "comparison_table",
    "loyalty_loop_figure",
    "ownership",
    "reach_versus_fit",
    "timeline",
)


MODULES = {name: import_module(f"ui.figures.{name}") for name in FIGURES}


def module(name: str):
    """Return a figure's module."""
    return MODULES[name]


@pytest.mark.parametrize("name", FIGURES)
@settings(deadline=None)  # the machine may be busy
@given(data=st.data())
def test_any_link_is_opened_and_stays_what_it_became(name, data):
    inputs = module(name).Inputs()
    link = {key: data.draw(st.text(max_size=80)) for key in keys(type(inputs))}
    found = decode(type(inputs), link).inputs
    again = decode(type(inputs), encode(found))
    assert again.inputs == found
    assert not again.changes


def test_a_fix_of_another_business_is_dropped_and_said():
    leaks = module("checkout_leaks").Inputs
    found = decode(leaks, {"from": "s4-clinic-aed", "fix": "guest", "leak": "order"})
    assert found.inputs == leaks(business="s4-clinic-aed")
    assert {one.field for one in found.changes} == {"fix", "leak"}


def test_what_deceives_brings_nothing_that_is_counted():
    leaks = module("checkout_leaks")
    assert leaks.brought(leaks.Inputs(fix="timer")) is None
    assert round(leaks.brought(leaks.Inputs(fix="reminder")).final, 1) == 332.8


def test_the_timeline_opens_something_that_the_filter_shows():
    line = module("timeline")
    for kind in ("all", *line.KINDS):
        inputs = line.Inputs(kind=kind)
        assert line.opened(inputs) in line.shown(inputs)


def test_every_cell_of_the_table_can_be_closed_and_opened():
    table = module("comparison_table")
    hidden = table.Inputs(hide="both")
    assert table.closed(hidden) == table.CELLS
    assert table.closed(replace(hidden, open=table.CELLS)) == ()
    assert {row for group in table.GROUPS for row in table.rows(table.Inputs(rows=group))} == set(table.ROWS)
