"""Stage conversion: the list of stages and the reference rates, as fields; drawn only while they are open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from funnel.calculators import stage_conversion as model
from funnel.facts.businesses import CURRENCIES
from funnel.facts.stages import MAX_NAME, MAX_STAGES, MIN_STAGES
from funnel.quantities import RATE
from statements.settings import currency_options
from ui import state
from ui.inputs import number_field
from ui.kit.form import choose
from ui.text import _, label, stage_name

Change = Callable[..., None]  # (operation of the model, its arguments)


def labels(inputs: model.Inputs) -> list[str]:
    """Return the stages' names for widget labels."""
    return [label(stage_name(stage, i)) for i, stage in enumerate(inputs.stages)]


def edit_stages(inputs: model.Inputs, change: Change) -> None:
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
                    on_change=lambda i=i, key=key, shown=shown: change(model.rename, i, state.shown(key) or "", shown),
                )
                for icon, words, disabled, *operation in (
                    ("arrow_upward", _("Move “%(stage)s” up"), i == 0, model.move_stage, i, i - 1),
                    ("arrow_downward", _("Move “%(stage)s” down"), i == last, model.move_stage, i, i + 1),
                    ("add", _("Add a stage after “%(stage)s”"), last + 1 >= MAX_STAGES, model.add_stage, i),
                    ("delete", _("Remove “%(stage)s”"), last + 1 <= MIN_STAGES, model.remove_stage, i),
                ):
                    stage_button(icon, words, shown, i, disabled, change, *operation)


def stage_button(
    icon: str, words: str, stage: str, index: int, disabled: bool, act: Callable[..., None], *args: Any
) -> None:
    """Draw a button beside a stage; ``words`` have a place for its name, ``act`` is called with ``args``."""
    text = words % {"stage": label(stage)}
    st.button(
        text,
        icon=f":material/{icon}:",
        key=f"{icon}-{index}",
        disabled=disabled,
        type="tertiary",
        on_click=act,
        args=args,
        help=text,
    )


def name_field(inputs: model.Inputs, change: Change, key: str) -> None:
    """Draw the field for what the learner calls this funnel: it stands on the report and in the names of the files."""
    key = f"{key}-{state.reader().key}"
    state.show(key, inputs.title)
    st.text_input(
        _("Whose funnel is it?"),
        key=key,
        on_change=lambda: change(model.set_title, str(state.shown(key) or "")),
        placeholder=_("a shop, a client: stands on the report and the files"),
        max_chars=MAX_NAME,
        autocomplete="off",
    )


def edit_about(inputs: model.Inputs, change: Change) -> None:
    """Draw the funnel's name, its currency, and the reference rates for the third definition; only while open."""
    box = st.expander(_("Name, currency, reference rates"), key="reference", on_change="rerun", icon=":material/flag:")
    with box:
        if not box.open:
            return
        name_field(inputs, change, "title")
        choose(
            "stage_conversion-currency", _("Currency"), currency_options(CURRENCIES), inputs.currency,
            lambda code: change(model.set_currency, code), menu=True,
        )  # fmt: skip
        st.markdown(
            _(
                "What has each step reached before, or what does a comparable business reach? Your own history is "
                "the better reference; a rate from another trade misleads."
            )
        )
        names = labels(inputs)
        for i in range(1, len(names)):
            number_field(
                _("“%(stage)s”, as a share of “%(before)s”") % {"stage": names[i], "before": names[i - 1]},
                inputs.reference[i],
                f"field-reference-{i}",
                partial(_put_reference, change, i),
                kind="percent",
                high=RATE.high,
            )


def _put_reference(change: Change, index: int, value: float | None) -> None:
    change(model.set_reference, index, value)
