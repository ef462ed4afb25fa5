"""Mix shift: what is chosen and set. What follows stands in the modules beside this one, one for each view."""

from __future__ import annotations

import streamlit as st

from funnel.calculators import mix_shift as model
from ui import state
from ui.calculators.mix_shift_blend import blend
from ui.calculators.mix_shift_findings import Words, segment_name, two_periods
from ui.kit.page import Control, Findings, Group, Lab, Pick
from ui.text import _, label

SLUG = "mix_shift"
PERIODS = ("before", "now")


def picks(inputs: model.Inputs) -> list[Pick]:
    """Which of the two questions."""
    views = {"shift": _("Two periods"), "blend": _("Put groups together")}
    return [Pick("view", _("What do you want to see?"), views, put=model.look_at)]


def _names(inputs: model.Inputs) -> list[str]:
    return [segment_name(segment, i) for i, segment in enumerate(inputs.segments)]


def groups(inputs: model.Inputs) -> list[Group]:
    """People and conversions of both periods, or people and rates of one."""
    if inputs.view == "blend":
        return [Group(_("The groups"), _blend_controls(inputs))]
    return [Group(_("First period"), _controls(inputs, "before")), Group(_("Second period"), _controls(inputs, "now"))]


def _controls(inputs: model.Inputs, period: str) -> list[Control]:
    people, done = {
        "before": (_("“%(segment)s”: people, first period"), _("“%(segment)s”: conversions, first period")),
        "now": (_("“%(segment)s”: people, second period"), _("“%(segment)s”: conversions, second period")),
    }[period]
    found = []
    for i, segment in enumerate(_names(inputs)):
        found.append(Control(period, people % {"segment": segment}, index=i))
        found.append(Control(f"{period}_done", done % {"segment": segment}, index=i))
    return found


def _blend_controls(inputs: model.Inputs) -> list[Control]:
    found = []
    for i, segment in enumerate(_names(inputs)):
        name = {"segment": segment}
        found.append(Control("now", _("“%(segment)s”: people") % name, index=i))
        found.append(Control("rates", _("“%(segment)s”: rate") % name, "percent", i, high=1, slide=(0, 0.2, 0.001)))
    return found


def _change(operation, *args) -> None:
    state.change(SLUG, lambda inputs: operation(inputs, *args))


def edit_segments(inputs: model.Inputs) -> None:
    """Draw the list of segments to rename, add and remove; only while it is open."""
    box = st.expander(_("Segments: rename, add, remove"), key="segments", on_change="rerun", icon=":material/edit:")
    with box:
        if not box.open:
            return
        few, reader = len(inputs.segments) <= model.LEAST, state.reader()
        for i, shown in enumerate(_names(inputs)):
            key = f"segment-name-{i}-{reader.key}"
            state.show(key, shown)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"segment-{i}"):
                st.text_input(
                    _("Segment %(number)s") % {"number": reader.numbers.count(i + 1)}, key=key,
                    on_change=lambda i=i, key=key, shown=shown: _change(
                        model.rename_segment, i, state.shown(key) or "", shown
                    ),
                )  # fmt: skip
                text = _("Remove “%(segment)s”") % {"segment": label(shown)}
                st.button(
                    text, icon=":material/delete:", key=f"delete-{i}", disabled=few, type="tertiary", help=text,
                    on_click=_change, args=(model.remove_segment, i),
                )  # fmt: skip
        st.button(
            _("Add a segment"), icon=":material/add:", key="more-segments",
            disabled=len(inputs.segments) >= model.MOST, on_click=_change, args=(model.add_segment,),
        )  # fmt: skip


def findings(inputs: model.Inputs) -> Findings:
    """Answer the question of the view."""
    words = Words(inputs, model.compute(inputs))
    return two_periods(words) if inputs.view == "shift" else blend(words)


def csv_table(inputs: model.Inputs) -> tuple[list[str], list[list[object]]]:
    """Return every segment of both periods as ids and plain numbers."""
    head = ["segment_id", "segment", "period", "people", "conversions", "share", "rate", "rate_effect", "mix_effect"]
    rows = []
    for segment, words, part in zip(inputs.segments, _names(inputs), model.compute(inputs).parts, strict=True):
        for place, period in enumerate(PERIODS):
            rows.append(
                [segment.id, words, period, part.people[place], part.done[place], part.shares[place], part.rates[place],
                 part.rate_effect, part.mix_effect]
            )  # fmt: skip
    return head, rows


LAB = Lab(SLUG, model, groups, findings, csv_table, picks, charts=2, extra=edit_segments)


def page() -> None:
    """Draw the page."""
    LAB.page()
