"""How a calculator's settings are drawn: numbers with a field and a slider, choices, the menu of presets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from funnel.quantities import OutOfRange
from statements.settings import Control, Pick, source_name
from ui import state
from ui.inputs import count_slider, number_field, range_slider, share_slider, slider_key
from ui.kit.lists import Read, list_field
from ui.text import _, label


def choose(
    key: str, words: str, options: dict[str, str], value: str, put: Callable[[str], None], *,
    menu: bool = False, help: str | None = None,
) -> None:  # fmt: skip
    """Draw a choice among a few, {value: what is read}; ``put`` takes what is chosen. ``menu`` draws a select box."""
    key = f"{key}-{state.reader().key}"
    state.show(key, value)

    def took() -> None:
        if (chosen := state.shown(key)) in options:
            put(chosen)

    draw, more = (st.selectbox, {}) if menu else (st.segmented_control, {"required": True})
    draw(words, list(options), format_func=options.get, key=key, on_change=took, help=help, **more)


def draw_pick(slug: str, pick: Pick, inputs: Any) -> None:
    """Draw a choice; another one redraws the whole page."""
    choose(
        f"{slug}-pick-{pick.field}", pick.label, pick.options, getattr(inputs, pick.field),
        lambda value: state.change(slug, lambda now: pick.changed(now, value)), menu=pick.menu, help=pick.help,
    )  # fmt: skip


def draw_source(slug: str, sources: Sequence[str], origin: Callable[[str], Any], inputs: Any) -> None:
    """Draw the menu of presets; choosing one replaces what is on the page."""
    choose(
        f"{slug}-source",
        _("Model or example"),
        {source: source_name(source) for source in sources},
        inputs.source,
        lambda source: state.put(slug, origin(source)),
        menu=True,
        help=_(
            "Every business here is fictional, and so are its numbers. Choosing one replaces what is on the page; "
            "“Undo” brings it back."
        ),
    )


def _draw_list(slug: str, control: Control) -> None:
    """Draw the field of a list of numbers."""
    inputs = state.open_desk(slug).inputs

    def put(found: Read) -> None:
        fields = {control.field: found.values} | ({control.marked: found.marked} if control.marked else {})
        state.change(slug, lambda now: replace(now, **fields))

    list_field(
        control.label, getattr(inputs, control.field), f"list-{slug}-{control.key}", put,
        marked=getattr(inputs, control.marked) if control.marked else None, low=control.low, high=control.high,
        least=control.least, most=control.most, tall=control.tall, help=control.help,
    )  # fmt: skip


def draw_control(slug: str, control: Control) -> None:
    """Draw a number's field and its slider, or the field of a list."""
    if control.kind == "list":
        _draw_list(slug, control)
        return
    desk = state.open_desk(slug)
    key = f"{slug}-{control.key}"
    slide = f"slide-{key}"
    growing = control.slide is None and control.kind != "percent"

    def put(value: float | None) -> None:
        problem = f"error-field-{key}-{state.reader().key}"
        if value is None and not control.optional:
            state.note(problem, ("missing", ""))
            return
        try:
            state.change(slug, lambda inputs: control.changed(inputs, value))
        except OutOfRange as bounds:
            numbers = state.reader().numbers
            form = numbers.percent_field if control.kind == "percent" else numbers.count_field
            state.note(problem, ("out-of-range", *map(form, (bounds.value, bounds.low, bounds.high))))
        else:
            state.note(problem, None)

    if control.slide != ():
        state.catch(desk, slider_key(slide, counts=growing), put)
    value = control.value(desk.inputs)
    number_field(
        label(control.label), value, f"field-{key}", put,
        kind=control.kind, low=control.low, high=control.high, help=control.help,
    )  # fmt: skip
    if control.slide == ():
        return
    if growing:
        count_slider(desk, control.label, value, slide)
    elif control.slide is None:
        share_slider(desk, control.label, value, slide)
    else:
        range_slider(desk, control.label, value, slide, control.slide, percent=control.kind == "percent")
