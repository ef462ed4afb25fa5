"""The whole and its parts: the list of segments, to rename, add and remove; drawn only while it is open."""

from __future__ import annotations

import streamlit as st

from funnel.calculators import mix_shift as model
from statements.calculators.mix_shift.calculator import segment_names
from statements.reader import reader
from ui import state
from ui.text import _, label


def _change(operation, *args) -> None:
    state.change("mix_shift", lambda inputs: operation(inputs, *args))


def edit_segments(inputs: model.Inputs) -> None:
    """Draw the list of segments to rename, add and remove; only while it is open."""
    box = st.expander(_("Segments: rename, add, remove"), key="segments", on_change="rerun", icon=":material/edit:")
    with box:
        if not box.open:
            return
        few, read_by = len(inputs.segments) <= model.LEAST, reader()
        for i, shown in enumerate(segment_names(inputs)):
            key = f"segment-name-{i}-{read_by.key}"
            state.show(key, shown)
            with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", key=f"segment-{i}"):
                st.text_input(
                    _("Segment %(number)s") % {"number": read_by.numbers.count(i + 1)}, key=key,
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
