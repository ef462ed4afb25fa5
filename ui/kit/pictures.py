"""Charts drawn by Streamlit: the rows go out as an Arrow table, the spec is `charts.specs`'s.

`st.vega_lite_chart` copies, writes, reads and writes again the whole spec on every run: half of what a chart costs. Ours never
changes, so it is written once, and the message that Streamlit would send is filled here; a test holds the two equal.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import lru_cache

import pyarrow as pa
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.layout_utils import LayoutConfig
from streamlit.proto.VegaLiteChart_pb2 import VegaLiteChart

from charts.specs import Spec, bars_spec, plane_spec
from statements.bars import Bars, Row
from statements.findings import Chart
from statements.plane import Late
from statements.reader import reader
from ui.arrow import numbers, texts

_WORDS = ("kind", "text", "colour")
_BARS = ("line", "kind", "text", "value", "until", "low", "high")
_PLANE = ("kind", "colour", "text", "x", "y", "x2", "y2", "order", "line")

_FITTED = {"autosize": {"type": "fit", "contains": "padding"}}  # what Streamlit adds where a spec does not say


def draw_chart(place: DeltaGenerator, chart: Chart, alt_text: str) -> None:
    """Draw a chart into a place; its text alternative is a sentence."""
    if isinstance(chart, Late):
        chart = chart.make()
    message = chart_message(chart, alt_text)
    place._enqueue("vega_lite_chart", message, layout_config=LayoutConfig(width="stretch", height="content"))


def chart_message(chart: Chart, alt_text: str) -> VegaLiteChart:
    """Return what `st.vega_lite_chart` sends of a chart."""
    rows, rtl, bars = chart.rows(), reader().rtl, isinstance(chart, Bars)
    if isinstance(chart, Bars):
        spec = _written(bars_spec, rtl, len(rows))
    else:
        spec = _written(plane_spec, chart.height, chart.key_lines, chart.margin, rtl)
    message = VegaLiteChart(spec=spec, alt=alt_text, theme="streamlit")
    message.data.data = _stream(chart_table(rows, _BARS if bars else _PLANE))
    return message


@lru_cache(maxsize=64)
def _written(make: Callable[..., Spec], *form: int) -> str:
    return json.dumps(_FITTED | make(*form), separators=(",", ":"))


def _stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()


def chart_table(rows: Sequence[Row], columns: Sequence[str] = _BARS) -> pa.Table:
    """Return a chart's rows as an Arrow table."""
    made = [(texts if name in _WORDS else numbers)([row.get(name) for row in rows]) for name in columns]
    return pa.Table.from_arrays(made, list(columns))
