"""Stage conversion, to take away: the table as CSV, the chart as PNG and SVG. Made when asked for, not before."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from functools import partial

import streamlit as st

from documents.data import csv_bytes
from documents.pictures import chart_png, chart_svg
from funnel.calculators import stage_conversion as model
from ui import charts, state
from ui.calculators.stage_findings import chart_rows
from ui.calculators.stage_words import Words
from ui.text import _, stage_name

COLUMNS = ["copy", "stage_id", "stage", "people", "step_rate", "rate_low_95", "rate_high_95", "rate_from_top", "lost"]


def csv_file(inputs: model.Inputs) -> bytes:
    """Return the numbers of both copies: ids, names as shown, plain numbers; rates are fractions."""
    result = model.compute(inputs)
    rows = []
    for copy, found in (("now", result.now), ("what_if", result.what_if)):
        if found is None:
            continue
        for i, stage in enumerate(inputs.stages):
            rows.append(
                [
                    copy,
                    stage.id,
                    stage_name(stage, i),
                    _whole(found.counts[i]),
                    found.rates[i],
                    *(found.intervals[i] or (None, None)),
                    found.from_top[i],
                    _whole(found.lost[i]),
                ]
            )
    return csv_bytes(COLUMNS, rows)


def _whole(x: float | None) -> float | int | None:
    """Return a whole number of people without ".0", as a spreadsheet would write it."""
    return int(x) if x is not None and x.is_integer() else x


def _picture(inputs: model.Inputs, make: Callable[..., bytes]) -> bytes:
    words = Words(inputs, model.compute(inputs))
    rows, rtl = chart_rows(words), state.reader().rtl
    return make(charts.funnel_spec(rtl, len(rows)), rows, words.headline(), rtl)


def draw_files(desk: state.Desk) -> None:
    """Draw the download buttons; each file is made from what is on the desk when it is asked for."""
    stem = _("funnel")
    here = copy_context()  # the file is made outside the run, but for the same reader
    kinds = [
        (_("Table (CSV)"), "csv", "text/csv", "table_chart", csv_file),
        (_("Chart (PNG)"), "png", "image/png", "image", partial(_picture, make=chart_png)),
        (_("Chart (SVG)"), "svg", "image/svg+xml", "draw", partial(_picture, make=chart_svg)),
    ]
    for label, ending, mime, icon, make in kinds:
        st.download_button(
            label,
            lambda make=make: here.copy().run(lambda: make(desk.inputs)),
            f"{stem}.{ending}",
            mime,
            key=f"file-{ending}",
            on_click="ignore",
            icon=f":material/{icon}:",
            width="stretch",
        )
