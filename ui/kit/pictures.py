"""Charts drawn by Streamlit: the rows go out as an Arrow table, the spec is `charts.specs`'s."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from charts.specs import spec_of
from statements.bars import Bars, Row
from statements.findings import Chart
from statements.plane import Late
from statements.reader import reader
from ui.arrow import numbers, texts

_WORDS = ("kind", "text", "colour")
_BARS = ("line", "kind", "text", "value", "until", "low", "high")
_PLANE = ("kind", "colour", "text", "x", "y", "x2", "y2", "order", "line")


def draw_chart(chart: Chart, alt_text: str, key: str) -> None:
    """Draw a chart; its text alternative is a sentence."""
    if isinstance(chart, Late):
        chart = chart.make()
    data = chart_table(chart.rows(), _BARS if isinstance(chart, Bars) else _PLANE)
    st.vega_lite_chart(data, spec_of(chart, reader().rtl), alt=alt_text, width="stretch", key=key)


def chart_table(rows: Sequence[Row], columns: Sequence[str] = _BARS) -> pa.Table:
    """Return a chart's rows as an Arrow table."""
    made = [(texts if name in _WORDS else numbers)([row.get(name) for row in rows]) for name in columns]
    return pa.Table.from_arrays(made, list(columns))
