"""What a few calculators offer besides their numbers and choices: buttons below the controls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from funnel.calculators import customer_value, experiments
from statements.reader import reader
from ui import state
from ui.text import _


def value_with_counted_churn(inputs: customer_value.Inputs) -> None:
    """Offer to value customers with the churn that was counted."""
    if inputs.view == "churn":
        st.button(
            _("Work out the lifetime value with this churn"),
            key=f"customer_value-use-{reader().key}",
            icon=":material/favorite:",
            on_click=state.change,
            args=("customer_value", customer_value.with_counted_churn),
        )


def draw_forecast_again(inputs: Any) -> None:
    """Offer another random draw of the forecast."""
    if inputs.view == "forecast":
        _another_draw("pipeline", lambda now: now.next_draw)


def draw_looks_again(inputs: Any) -> None:
    """Offer another random draw of the repeated looks."""
    if inputs.view == "peek":
        _another_draw("experiments", lambda now: experiments.next_draw(now.seed))


def _another_draw(slug: str, seed: Any) -> None:
    st.button(
        _("New draw"), key=f"{slug}-draw-{reader().key}", icon=":material/refresh:",
        on_click=state.change, args=(slug, lambda now: replace(now, seed=seed(now))),
        help=_("Lets chance play again. The number of the draw is in the link, so others see the same."),
    )  # fmt: skip
