"""A calculator small, as a lesson's figure: its first numbers, its sentence, its first chart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from statements.calculator import Calculator
from statements.findings import Findings
from statements.plane import Plane
from ui import state
from ui.kit.form import draw_control
from ui.kit.page import headline
from ui.kit.pictures import draw_chart

LOW = 190  # px, the height of a chart in a presentation


def draw_in_lesson(one: Calculator, key: str, inputs: Any, most: int = 3) -> None:
    """Draw a calculator small. ``key`` is its desk's name, apart from the page's: what is moved here stays here."""
    here = replace(one, slug=key)
    desk = state.desk(key, inputs)
    with st.container(border=True, key=f"{key}-figure"):
        places = [st.empty(), st.empty()]
        state.note("drawing", True)
        try:
            with st.container(key="editor"):
                rows = [
                    (number, index)
                    for number, group in enumerate(here.groups(desk.inputs))
                    for index in range(len(group.controls))
                    if not group.folded
                ]
                for number, index in rows[:most]:
                    _row(here, number, index, places)
        finally:
            state.note("drawing", False)
        _draw(here, places)


@st.fragment
def _row(one: Calculator, number: int, index: int, places: list) -> None:
    """One number; see ``ui.kit.page`` for why it is a fragment and why it first empties the places."""
    draw_control(one.slug, one.groups(state.open_desk(one.slug).inputs)[number].controls[index])
    if state.noted("drawing"):
        for place in places:
            place.empty()
    else:
        _draw(one, places)


def _draw(one: Calculator, places: list) -> None:
    found = one.findings(state.open_desk(one.slug).inputs)
    sentence, picture = places
    sentence.html(headline(Findings(found.headline, found.figures[:2]), strip=False))
    if found.charts:
        chart = found.charts[0]
        if isinstance(chart, Plane) and state.view()[0] == "present":
            chart.height = LOW  # drawn in letters twice as large, it must still fit a screen
        draw_chart(picture, chart, found.headline)
    else:
        picture.html("<span></span>")
