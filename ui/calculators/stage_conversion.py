"""Stage conversion, the page: the figure that is moved by hand, or fields and sliders; what follows stands below."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from funnel.calculators import stage_conversion as model
from funnel.quantities import RATE
from statements.calculators.stage_conversion.calculator import (
    CALCULATOR,
    SLUG,
    SOURCES,
    basis,
    field_names,
    revenue,
    tables,
)
from statements.calculators.stage_conversion.words import Words
from ui import state
from ui.blocks import blocks_html, html
from ui.calculator import draw_around, tool_row
from ui.calculators.stage_edit import edit_about, edit_stages, labels, name_field
from ui.figures import hand
from ui.files.buttons import data_files
from ui.inputs import count_slider, number_field, share_slider, slider_key
from ui.kit.form import choose, draw_pick, draw_source
from ui.kit.page import notes_list, strip_line
from ui.kit.pictures import draw_chart
from ui.text import _

START = model.Inputs.origin("base", "rates")  # rates first: what is moved shows all the way down


def page() -> None:
    """Draw the page."""
    draw_around(SLUG, START, _body, field_names)


def _desk() -> state.Desk:
    return state.desk(SLUG, START)


def _inputs() -> model.Inputs:
    return _desk().inputs


def _change(operation, *args) -> None:
    """Apply one of the model's operations to what is on the desk."""
    state.put(SLUG, operation(_inputs(), *args))


def _copy() -> str:
    """Return which copy is being changed."""
    return state.noted("copy", "what_if") if _inputs().what_if is not None else "now"


def _body() -> None:
    """The controls that are used now and then, the stages, and the places for what follows from them."""
    inputs = _inputs()
    by_fields = state.view()[0] == "fields"
    tool_row(
        SLUG, _desk(), reset=lambda: model.Inputs.origin(_inputs().source, _inputs().basis), files=_files,
        more=_try_button if inputs.what_if is None else None,
    )  # fmt: skip
    with st.container(key="lab"):
        with st.container(key="choices"):
            draw_source(SLUG, SOURCES, lambda source: model.Inputs.origin(source, _inputs().basis), inputs)
            _choose_way(by_fields)
        with st.container(key="picture"):
            with st.container(horizontal=True, vertical_alignment="bottom", key="copies", gap="small"):
                if inputs.what_if is not None:  # the container always, or the figure below would be mounted anew
                    _choose_copy(by_fields)
            box = st.container()  # no st.empty: emptied for a moment, it would unmount the figure under the hand
    if by_fields:
        _by_fields(inputs, box)
    else:
        _by_hand(box)
    edit_about(inputs, _change)


def _by_hand(box: DeltaGenerator) -> None:
    """The figure that is moved by hand, and below it the places for what follows from it."""
    places = [st.empty(), st.empty()]
    state.note("drawing", True)
    try:
        with box:
            _figure(places)
    finally:
        state.note("drawing", False)
    _draw_by_hand(places)


@st.fragment
def _figure(places: list) -> None:
    """The figure; when the hand lets go, it and what follows are drawn anew, and the page only where its stages changed."""
    done = hand.take(SLUG)
    if not state.noted("drawing") and done & {*hand.STRUCTURAL, "undo", "redo"}:
        st.rerun()  # other parts of the page name the stages too
    hand.show(SLUG, ("basis", "predict", "stages", "sale"))  # undo stands above
    if state.noted("drawing"):
        for place in places:
            place.empty()
    else:
        _draw_by_hand(places)


def _draw_by_hand(places: list) -> None:
    """Draw what follows, unless the learner is asked to guess it."""
    inputs = _inputs()
    words = Words(inputs, model.compute(inputs))
    veiled = hand.held(SLUG).predict == "ask"
    why, below = places
    lines = Markup("").join(Markup("<p>{}</p>").format(html(one)) for one in words.why())
    said = "" if veiled else lines + notes_list(words.issues()) + _revenue(words)
    why.html(f'<div class="tf-note">{said}</div>{state.address(inputs)}')
    below.html("<span></span>" if veiled else blocks_html(tables(words)))


def _revenue(words: Words) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(html(one.text)) for one in revenue(words))


def _by_fields(inputs: model.Inputs, box: DeltaGenerator) -> None:
    """Fields and sliders beside the chart: for those who prefer them, and where the figure cannot load."""
    with box:
        draw_pick(SLUG, basis(), inputs)
        editor, picture = st.columns([5, 7], gap="large")
    with picture:
        places = [st.empty(), st.empty()]
    places.append(st.empty())
    state.note("drawing", True)
    try:
        with editor, st.container(key="editor"):
            if inputs.basis == "rates":
                st.markdown(_("Each rate is a share of the stage before it."))
            for i in range(len(inputs.stages)):
                _row(i, places)
    finally:
        state.note("drawing", False)
    _draw_findings(places)
    edit_stages(inputs, _change)


@st.fragment
def _row(index: int, places: list) -> None:
    """One stage's field and slider. Moving it redraws them and what follows, not the other stages: what they show stays
    true, and a change costs the server half as much."""
    _edit_value(_inputs(), index)
    if state.noted("drawing"):
        for place in places:
            place.empty()  # Streamlit lets a fragment write where it has written in the whole run
    else:
        _draw_findings(places)


def _draw_findings(places: list) -> None:
    """Draw everything that follows from the numbers, each into its place."""
    inputs = _inputs()
    words, found = Words(inputs, model.compute(inputs)), CALCULATOR.findings(inputs)
    (last,), (chart,) = found.figures, found.charts
    sentence, picture, below = places
    said = Markup('<p class="tf-headline" role="status">{}</p>').format(html(found.headline))
    said += _revenue(words) + notes_list(found.notes)
    said += strip_line(_("%(stage)s: %(count)s") % {"stage": last.label, "count": last.value}, last.note)
    sentence.html(f"{said}{state.address(inputs)}")
    draw_chart(picture, chart, Words(inputs, words.result, plain=True).headline())
    below.html(blocks_html(tables(words)))


def _files(desk: state.Desk) -> None:
    name_field(desk.inputs, _change, "take-title")
    data_files(SLUG, desk.inputs, again=False)  # its people can be changed in a spreadsheet and brought back


def _choose_way(by_fields: bool) -> None:
    names = {"hand": _("By hand, on the bars"), "fields": _("With fields and sliders")}
    choose(
        "way",
        _("How do you move it?"),
        names,
        "fields" if by_fields else "hand",
        lambda way: state.set_view("fields" if way == "fields" else "", 1),
    )


def _keep() -> None:
    state.note("copy", "what_if")
    _change(model.try_what_if)  # a change must flow down, or "what if" says nothing


def _try_button() -> None:
    st.button(_("Try a “what if”"), icon=":material/content_copy:", on_click=_keep, key="keep", type="primary")


def _choose_copy(by_fields: bool) -> None:
    if by_fields:  # the hand moves "what if"; "now" stands behind it
        names = {"now": _("Now"), "what_if": _("What if")}
        choose("copy", _("Which copy are you changing?"), names, _copy(), lambda copy: state.note("copy", copy))
    st.button(_("Make “what if” the new “now”"), on_click=_change, args=(model.adopt_what_if,), key="adopt")
    st.button(_("Drop “what if”"), on_click=_change, args=(model.drop_what_if,), key="drop")


def _edit_value(inputs: model.Inputs, i: int) -> None:
    """Draw a stage's field and slider: people in one basis, in the other the rate of the step that leads to it."""
    desk = _desk()
    if i >= len(inputs.stages):
        return  # the stage has just been removed; the whole is about to be drawn anew
    copy = _copy()
    names = labels(inputs)
    put = partial(_put, copy, i)
    key = f"{copy}-{i}-{inputs.basis}"
    people = i == 0 or inputs.basis == "people"
    state.catch(desk, slider_key(f"slide-{key}", counts=people), put)
    value = (desk.inputs.now if copy == "now" else desk.inputs.what_if)[i]
    if people:
        number_field(names[i], value, f"field-{key}", put)
        count_slider(desk, names[i], value, f"slide-{key}")
    else:
        of_whom = _("“%(stage)s”, as a share of “%(before)s”") % {"stage": names[i], "before": names[i - 1]}
        number_field(names[i], value, f"field-{key}", put, kind="percent", high=RATE.high)
        share_slider(desk, of_whom, value, f"slide-{key}")


def _put(copy: str, index: int, value: float | None) -> None:
    _change(model.set_value, copy, index, value)
