"""Fields that a learner types into and sliders she moves: native digits in, native digits back, and a clear sentence."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from i18n.numbers import NumberError, parse
from statements.fields import field_text, shorten, why_not
from ui import state
from ui.text import _, escape

# Money and plain numbers are read as counts are: from 0 up, "1.500" asked back.
PARSED_AS = {"money": "count", "number": "count"}


def nice(x: float) -> float:
    """Return the least of 1, 2, 5 times a power of ten that is at least x; 10 for x below 10."""
    if x <= 10:
        return 10.0
    power = 10.0 ** math.floor(math.log10(x))
    return next((m * power for m in (1, 2, 5, 10) if m * power >= x), 10 * power)


def _took(key: str, kind: str, low: float, high: float, apply: Callable[[float | None], None]) -> None:
    value, problem = read_typed(str(state.shown(key) or ""), kind, low, high)
    state.note(f"error-{key}", problem)
    if problem is None:
        apply(value)


def read_typed(given: str, kind: str, low: float, high: float) -> tuple[float | None, tuple[str, ...] | None]:
    """Read what was typed: (value, None), empty is None; or (None, what ``why_not`` needs to say why not)."""
    numbers = state.reader().numbers
    form = numbers.percent_field if kind == "percent" else numbers.count_field
    try:
        value = None if not given.strip() else parse(given, PARSED_AS.get(kind, kind))
    except NumberError as error:
        return None, (error.code, shorten(given))
    if value is not None and not low <= value <= high:
        return None, ("out-of-range", shorten(given), form(low), form(high))
    return value, None


def number_field(
    label: str,
    value: float | None,
    key: str,
    apply: Callable[[float | None], None],
    *,
    kind: str = "count",
    low: float = 0.0,
    high: float = 1e12,
    help: str | None = None,
) -> None:
    """Draw a field for a count, money, a number, or a percentage (``kind="percent"``, value as a fraction); empty is None.

    What cannot be read leaves the old value in place and puts a sentence under the field.
    """
    reader = state.reader()
    key = f"{key}-{reader.key}"
    state.show(key, "" if value is None else field_text(value, kind))
    st.text_input(
        label,
        key=key,
        on_change=_took,
        args=(key, kind, low, high, apply),
        help=help,
        placeholder=_("empty"),
        autocomplete="off",
    )
    if problem := state.noted(f"error-{key}"):
        kept = _("The value stays as it was.")
        st.html(f'<p class="tf-field-error" role="alert">{escape(why_not(*problem))} {escape(kept)}</p>')


def slider_key(key: str, counts: bool) -> str:
    """Return the widget key of a slider; a count slider is another one when its end or step changes."""
    most, step = state.noted(f"most-{key}") or (0.0, 1.0)
    return f"{key}-{most:g}-{step:g}-{state.reader().key}" if counts else f"{key}-{state.reader().key}"


def share_slider(desk: state.Desk, label: str, value: float | None, key: str) -> None:
    """Draw a slider for a fraction between 0 and 1; a value beyond its end rests at the end and is not changed by it."""
    key = slider_key(key, counts=False)
    state.follow(desk, key, min(1.0, max(0.0, round(value or 0.0, 4))))
    st.slider(label, 0.0, 1.0, step=0.001, format="percent", key=key, label_visibility="collapsed")


def _grid(value: float, most: float) -> float:
    """Return the largest round step up to a 200th of the slider that the value is a multiple of; else 1, else none fits."""
    steps = [m * 10.0**power for power in range(14) for m in (1, 2, 5)]
    return max((step for step in steps if step <= max(1.0, most / 200) and value % step == 0), default=1.0)


def range_slider(
    desk: state.Desk, label: str, value: float | None, key: str, bounds: tuple[float, ...], percent: bool = False
) -> None:
    """Draw a slider between two bounds, (low, high) or (low, high, step); a value beyond an end rests there."""
    low, high, *rest = bounds
    step = rest[0] if rest else (high - low) / 200
    key = slider_key(key, counts=False)
    state.follow(desk, key, float(min(high, max(low, value if value is not None else low))))
    form = "percent" if percent else "localized"
    st.slider(label, float(low), float(high), step=float(step), format=form, key=key, label_visibility="collapsed")


def count_slider(desk: state.Desk, label: str, value: float | None, key: str) -> None:
    """Draw a slider for a count. Its end is a round number about twice the value and its step a round one that the value
    is a multiple of (a browser moves a value between two steps); both stay while the hand moves."""
    value = value or 0.0
    most, step = state.noted(f"most-{key}") or (0.0, 1.0)
    if not most or value > most or 0 < value < most / 10 or value % step:
        most = most if most / 10 <= value <= most != 0 else min(1e15, nice(value * 1.6))
        step = _grid(value, most)
        state.note(f"most-{key}", (most, step))
    key = slider_key(key, counts=True)
    state.follow(desk, key, float(value))
    st.slider(label, 0.0, most, step=step, format="localized", key=key, label_visibility="collapsed")
