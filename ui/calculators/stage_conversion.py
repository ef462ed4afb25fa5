"""Stage conversion, the calculator: what is chosen, typed and moved. What is seen stands in ``stage_findings``."""

from __future__ import annotations

from functools import partial

import streamlit as st

from funnel.calculators import stage_conversion as model
from funnel.quantities import RATE
from funnel.stages import MAX_STAGES, MIN_STAGES, MODELS, PRESETS
from ui import calculator, state
from ui.calculators.stage_files import draw_files
from ui.calculators.stage_findings import draw_chart, draw_headline, draw_tables
from ui.calculators.stage_words import Words
from ui.inputs import count_slider, number_field, share_slider, slider_key
from ui.text import _, label, name, stage_name

SLUG = "stage_conversion"
START = model.Inputs.origin("base", "rates")  # rates first: what is moved shows all the way down


def page() -> None:
    """Draw the page."""
    calculator.page(SLUG, START, _body, _field_names)


def _field_names() -> dict[str, str]:
    return {
        "source": _("the model"),
        "stages": _("the stages"),
        "basis": _("what is entered"),
        "now": _("the numbers of “now”"),
        "what_if": _("the numbers of “what if”"),
        "reference": _("the reference rates"),
    }


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
    with st.container(key="choices"):
        _choose_source(inputs)
        _choose_basis(inputs)
    calculator.tool_row(
        SLUG, _desk(), reset=lambda: model.Inputs.origin(_inputs().source, _inputs().basis), files=draw_files
    )
    _choose_copy(inputs)
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
    _edit_stages(inputs)
    _edit_reference(inputs)


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
    words = Words(inputs, model.compute(inputs), html=True)
    for place, draw in zip(places, (draw_headline, draw_chart, draw_tables), strict=True):
        with place:
            draw(words)


def _source_name(source: str) -> str:
    return name("models", source) if source in MODELS else name("presets", source)


def _choose_source(inputs: model.Inputs) -> None:
    key = f"source-{state.reader().key}"
    names = {source: _source_name(source) for source in (*MODELS, *PRESETS)}
    state.show(key, inputs.source)
    st.selectbox(
        _("Model or example"),
        list(names),
        format_func=names.get,
        key=key,
        on_change=lambda: state.put(SLUG, model.Inputs.origin(state.shown(key), _inputs().basis)),
        help=_(
            "Every business here is fictional, and so are its numbers. Choosing one replaces what is on the page; "
            "“Undo” brings it back."
        ),
    )


def _choose_basis(inputs: model.Inputs) -> None:
    key = f"basis-{state.reader().key}"
    names = {"rates": _("Rates: the counts below follow"), "people": _("People: the counts below stay")}
    state.show(key, inputs.basis)
    st.segmented_control(
        _("What do you enter?"),
        list(names),
        format_func=names.get,
        key=key,
        required=True,
        on_change=lambda: _change(model.rebase, state.shown(key)),
        help=_(
            "With people, you type how many are at each stage and the step rates follow. With rates, you "
            "type the number at the top and the step rates, and the people below follow."
        ),
    )


def _keep() -> None:
    state.note("copy", "what_if")
    _change(model.keep_now)


def _choose_copy(inputs: model.Inputs) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="copies", gap="small"):
        if inputs.what_if is None:
            st.button(
                _("Keep this as “now” and try a “what if”"), icon=":material/content_copy:", on_click=_keep, key="keep"
            )
            return
        key = f"copy-{state.reader().key}"
        names = {"now": _("Now"), "what_if": _("What if")}
        state.show(key, _copy())
        st.segmented_control(
            _("Which copy are you changing?"),
            list(names),
            format_func=names.get,
            key=key,
            required=True,
            on_change=lambda: state.note("copy", state.shown(key)),
        )
        st.button(
            _("Make “what if” the new “now”"),
            on_click=_change,
            args=(model.adopt_what_if,),
            type="tertiary",
            key="adopt",
        )
        st.button(_("Drop “what if”"), on_click=_change, args=(model.drop_what_if,), type="tertiary", key="drop")


def _labels(inputs: model.Inputs) -> list[str]:
    """Return the stages' names for widget labels."""
    return [label(stage_name(stage, i)) for i, stage in enumerate(inputs.stages)]


def _edit_value(inputs: model.Inputs, i: int) -> None:
    """Draw a stage's field and slider: people in one basis, in the other the rate of the step that leads to it."""
    desk = _desk()
    if i >= len(inputs.stages):
        return  # the stage has just been removed; the whole is about to be drawn anew
    copy = _copy()
    names = _labels(inputs)
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


def _edit_stages(inputs: model.Inputs) -> None:
    """Draw the list of stages to rename, reorder, add and remove; only while it is open."""
    box = st.expander(
        _("Stages: rename, add, reorder, remove"), key="stages", on_change="rerun", icon=":material/edit:"
    )
    with box:
        if not box.open:
            return
        last = len(inputs.stages) - 1
        for i, stage in enumerate(inputs.stages):
            shown = stage_name(stage, i)
            key = f"name-{i}-{state.reader().key}"
            state.show(key, shown)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"stage-{i}"):
                st.text_input(
                    _("Stage %(number)s") % {"number": state.reader().numbers.count(i + 1)},
                    key=key,
                    on_change=lambda i=i, key=key, shown=shown: _change(model.rename, i, state.shown(key) or "", shown),
                )
                _icon_button("arrow_upward", _("Move “%(stage)s” up"), shown, i, i == 0, model.move_stage, i, i - 1)
                _icon_button(
                    "arrow_downward", _("Move “%(stage)s” down"), shown, i, i == last, model.move_stage, i, i + 1
                )
                _icon_button(
                    "add", _("Add a stage after “%(stage)s”"), shown, i, last + 1 >= MAX_STAGES, model.add_stage, i
                )
                _icon_button("delete", _("Remove “%(stage)s”"), shown, i, last + 1 <= MIN_STAGES, model.remove_stage, i)


def _icon_button(icon: str, label_text: str, stage: str, index: int, disabled: bool, operation, *args) -> None:
    text = label_text % {"stage": label(stage)}
    st.button(
        text,
        icon=f":material/{icon}:",
        key=f"{icon}-{index}",
        disabled=disabled,
        type="tertiary",
        on_click=_change,
        args=(operation, *args),
        help=text,
    )


def _edit_reference(inputs: model.Inputs) -> None:
    """Draw the reference rates for the third definition of the bottleneck; only while open."""
    box = st.expander(
        _("Reference rates for the third definition"), key="reference", on_change="rerun", icon=":material/flag:"
    )
    with box:
        if not box.open:
            return
        st.markdown(
            _(
                "What has each step reached before, or what does a comparable business reach? Your own history is "
                "the better reference; a rate from another trade misleads."
            )
        )
        names = _labels(inputs)
        for i in range(1, len(names)):
            number_field(
                _("“%(stage)s”, as a share of “%(before)s”") % {"stage": names[i], "before": names[i - 1]},
                inputs.reference[i],
                f"reference-{i}",
                partial(_put_reference, i),
                kind="percent",
                high=RATE.high,
            )


def _put_reference(index: int, value: float | None) -> None:
    _change(model.set_reference, index, value)
