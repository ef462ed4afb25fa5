"""What a calculator lets a learner set: numbers with a field and a slider, choices, and the presets they start from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from funnel.quantities import OutOfRange
from i18n import titles
from ui import state
from ui.inputs import count_slider, number_field, range_slider, share_slider, slider_key
from ui.kit.lists import Read, list_field
from ui.text import _, label, name


@dataclass(frozen=True)
class Control:
    """One number of the Inputs: a field of the dataclass, or one place (``index``) of a field that is a tuple.

    ``kind``: "count" (people), "money", "percent" (a fraction), "number" (anything else from 0 up). ``low`` and ``high`` bound
    what may be typed. ``slide`` bounds the slider (and steps it: low, high, step); None draws the usual one (percent 0 to
    100%, count and money growing with the value), () draws none. ``optional`` allows an empty field (None).
    ``put`` replaces the usual ``dataclasses.replace``: a function (inputs, value) -> inputs. It may raise OutOfRange, for bounds
    that move with another number (``low`` and ``high`` are those of when the row was drawn last).

    "list" is a list of numbers in one field, a tuple of ``least`` to ``most``; ``marked`` names a second field for those
    typed with a +. ``tall`` gives it several lines.
    """

    field: str
    label: str
    kind: str = "count"
    index: int | None = None
    low: float = 0.0
    high: float = 1e12
    slide: tuple[float, ...] | None = None
    help: str | None = None
    optional: bool = False
    put: Callable[[Any, float | None], Any] | None = None
    least: int = 0
    most: int = 60
    marked: str | None = None
    tall: bool = False

    @property
    def key(self) -> str:
        return self.field if self.index is None else f"{self.field}-{self.index}"

    def value(self, inputs: Any) -> float | None:
        found = getattr(inputs, self.field)
        return found if self.index is None else found[self.index]

    def changed(self, inputs: Any, value: float | None) -> Any:
        """Return the inputs with another value here."""
        if self.put is not None:
            return self.put(inputs, value)
        if self.index is None:
            return replace(inputs, **{self.field: value})
        items = list(getattr(inputs, self.field))
        items[self.index] = value
        return replace(inputs, **{self.field: tuple(items)})


@dataclass(frozen=True)
class Group:
    """Some controls under a heading; ``folded`` groups are drawn only when opened. ``note`` is a sentence below the heading."""

    title: str
    controls: Sequence[Control]
    folded: bool = False
    note: str = ""


@dataclass(frozen=True)
class Pick:
    """A choice among a few ids: a field of the Inputs that is a str. ``put`` as in Control. ``menu`` draws a select box.

    ``aside``: rarely changed (currency, period); drawn folded below the numbers, not above them.
    """

    field: str
    label: str
    options: dict[str, str]
    help: str | None = None
    menu: bool = False
    put: Callable[[Any, str], Any] | None = None
    aside: bool = False

    def changed(self, inputs: Any, value: str) -> Any:
        return self.put(inputs, value) if self.put else replace(inputs, **{self.field: value})


def source_name(source: str) -> str:
    """Return the name of a model, a preset or an example."""
    reader = state.reader()
    return reader.numbers.text(titles.source_name(reader.language.code, source))


def currency_options(codes: Sequence[str]) -> dict[str, str]:
    """Return the currencies' names by code, for a Pick."""
    return {code: name("currencies", code) for code in codes}


def with_currency(words: str, currency: str) -> str:
    """Return a field's label with its currency: "Average sale (SAR)"."""
    if currency == "none":
        return words
    return _("%(what)s (%(unit)s)") % {"what": words, "unit": name("currencies", currency)}


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
    inputs = state.present(slug).inputs

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
    desk = state.present(slug)
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


def field_names(groups: Sequence[Group], picks: Sequence[Pick]) -> dict[str, str]:
    """Return what the fields are called, for the notice about a broken link."""
    names = {control.field: control.label for group in groups for control in group.controls if control.index is None}
    series = {control.field: group.title for group in groups for control in group.controls if control.index is not None}
    return {pick.field: pick.label for pick in picks} | series | names
