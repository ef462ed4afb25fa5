"""The page of a calculator that is described, not programmed: controls on one side, what follows on the other.

Each number is a fragment of its own, and what follows from the numbers is drawn into a few places outside it; see
"The calculator's page" in docs/implementation-notes.md for why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from statements.calculator import Calculator
from statements.calculators import calculator
from statements.findings import Findings, KeyFigure
from statements.settings import Group, Pick
from ui import state
from ui.blocks import blocks_html, html
from ui.calculator import draw_around, tool_row
from ui.files.buttons import data_files
from ui.kit.form import draw_control, draw_pick, draw_source
from ui.kit.pictures import draw_chart
from ui.text import _, label

LONG_FIGURE = 13  # characters of a key figure that fit half a phone's width

Extra = Callable[[Any], None]  # draws what is neither a number nor a choice, below the controls, on every whole run


def draw_page(slug: str, extra: Extra | None = None) -> None:
    """Draw a calculator's page."""
    one = calculator(slug)

    def names() -> dict[str, str]:
        return one.field_names(state.open_desk(slug).inputs)

    draw_around(slug, one.start(), partial(_body, one, extra), names)


def _anew(one: Calculator, source: str) -> Any:
    """Return a source's inputs, seen as the page is seen now."""
    fresh, inputs = one.model.Inputs.origin(source), state.open_desk(one.slug).inputs
    return replace(fresh, **{item: getattr(inputs, item) for item in one.stays}) if one.stays else fresh


def _body(one: Calculator, extra: Extra | None) -> None:
    desk = state.open_desk(one.slug)
    tool_row(
        one.slug, desk, reset=lambda: _anew(one, state.open_desk(one.slug).inputs.source),
        files=lambda desk: data_files(one.slug, desk.inputs), keep=True,
    )  # fmt: skip
    # What follows from the numbers comes first: on a phone it is the first screen, and layout.css puts the choices below it.
    with st.container(key="lab"):
        with st.container(key="choices"):
            if len(one.model.SOURCES) > 1:
                draw_source(one.slug, one.model.SOURCES, partial(_anew, one), desk.inputs)
            picks = one.picks(desk.inputs)
            for pick in picks:
                if not pick.aside:
                    draw_pick(one.slug, pick, desk.inputs)
        with st.container(key="picture"):
            places = [st.empty() for _place in range(1 + one.charts)]
        editor = st.container(key="editor")
    places.append(st.empty())
    state.note("drawing", True)
    try:
        with editor:
            for number, group in enumerate(one.groups(desk.inputs)):
                _draw_group(one, number, group, places)
            if extra is not None:
                extra(desk.inputs)
            _draw_aside(one, [pick for pick in picks if pick.aside], desk)
    finally:
        state.note("drawing", False)
    _draw_findings(one, places)


def _draw_aside(one: Calculator, picks: Sequence[Pick], desk: state.Desk) -> None:
    """Draw the choices that are rarely changed, only while their box is open."""
    if not picks:
        return
    box = st.expander(
        _("Currency, period, definitions"), key=f"{one.slug}-aside", on_change="rerun", icon=":material/tune:"
    )
    with box:
        if box.open:
            for pick in picks:
                draw_pick(one.slug, pick, desk.inputs)


def _draw_group(one: Calculator, number: int, group: Group, places: list) -> None:
    """Draw a group of numbers; a folded one only while it is open."""
    if group.folded:
        box = st.expander(
            label(group.title), key=f"{one.slug}-group-{number}", on_change="rerun", icon=":material/tune:"
        )
        with box:
            if box.open:
                if group.note:
                    st.markdown(group.note)
                for index in range(len(group.controls)):
                    _row(one, number, index, places)
        return
    if group.title or group.note:
        title = Markup('<h2 class="tf-group">{}</h2>').format(html(group.title)) if group.title else ""
        note = Markup('<p class="tf-quiet">{}</p>').format(html(group.note)) if group.note else ""
        st.html(f"{title}{note}")
    for index in range(len(group.controls)):
        _row(one, number, index, places)


@st.fragment
def _row(one: Calculator, number: int, index: int, places: list) -> None:
    """One number's field and slider. Moving it redraws them and what follows, not the other rows."""
    groups = one.groups(state.open_desk(one.slug).inputs)
    if number < len(groups) and index < len(groups[number].controls):  # else the whole is about to be drawn anew
        draw_control(one.slug, groups[number].controls[index])
    if state.noted("drawing"):
        for place in places:
            place.empty()  # Streamlit lets a fragment write where it has written in the whole run
    else:
        _draw_findings(one, places)


def _draw_findings(one: Calculator, places: list) -> None:
    """Draw everything that follows from the numbers, each into its place."""
    desk = state.open_desk(one.slug)
    found = one.findings(desk.inputs)
    kept = one.findings(desk.kept).figures if desk.kept is not None and desk.kept != desk.inputs else ()
    first, *middle, last = places
    first.html(f"{headline(found, kept)}{state.address(desk.inputs)}")
    before = state.noted(f"{one.slug}-charts", 0)
    for i, place in enumerate(middle):
        if i < len(found.charts):
            draw_chart(place, found.charts[i], found.headline)
        elif i < before or state.noted("drawing"):
            place.empty()
    state.note(f"{one.slug}-charts", len(found.charts))
    last.html(blocks_html(found.body) or "<span></span>")


def headline(found: Findings, kept: Sequence[KeyFigure] = (), *, strip: bool = True) -> Markup:
    """Return the sentence, the notes, the key figures, and (``strip``) the line that stays in sight on a phone."""
    before = {figure.label: figure.value for figure in kept}
    begin = Markup(' data-rtl-begin=""') if strip else ""  # where the link past the menu leads (rtl/boot.js)
    said = Markup(f'<p class="tf-headline" role="status"{begin}>{html(found.headline)}</p>')
    if found.figures:
        tiles = "".join(_tile(figure, before.get(figure.label)) for figure in found.figures)
        said += Markup(f'<dl class="tf-figures">{tiles}</dl>')
    if found.figures and strip:
        said += strip_line(found.figures[0].label, found.figures[0].value)
    return said + notes_list(found.notes)


def _tile(figure: KeyFigure, was: str | None) -> Markup:
    long = " tf-long" if len(figure.value) > LONG_FIGURE else ""  # a number is never broken in two
    then = _("Now: %(count)s") % {"count": was} if was is not None and was != figure.value else ""
    was_said = f'<span class="tf-was">{html(then)}</span>' if then else ""
    note = f'<span class="tf-quiet">{html(figure.note)}</span>' if figure.note else ""
    return Markup(
        f'<div class="tf-figure{long}"><dt>{html(figure.label)}</dt><dd>{html(figure.value)}{was_said}{note}</dd></div>'
    )


def strip_line(what: str, value: str) -> Markup:
    """Return the one line that stays in sight on a phone; the headline says the same to a screen reader."""
    line = Markup('<div class="tf-strip" aria-hidden="true"><span>{}</span><span>{}</span></div>')
    return line.format(html(what), html(value))


def notes_list(notes: Sequence[str]) -> Markup:
    """Return what the learner must know as a list; nothing where there is nothing."""
    items = "".join(f"<li>{html(note)}</li>" for note in notes)
    return Markup(f'<ul class="tf-notes">{items}</ul>') if notes else Markup("")
