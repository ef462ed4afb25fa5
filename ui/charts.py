"""Charts: each spec is built by Altair once per direction and kept; a run only swaps the rows in.

A row of the funnel chart is one line of the picture: a stage's name, then for each copy ("now", "what if") a line of
words and its bar, all bars on one baseline at the reading side. No cone: length is read rightly, area is not. Words
stand on lines of their own, so that no label lies over a bar and none is cut on a phone. Lengths are shares of the
longest bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import pyarrow as pa
import streamlit as st

from ui.arrow import numbers, texts

LINE = 23  # px, height of one line of the picture
FONT = "Vazirmatn, sans-serif"
COLOURS = {"now": "#0d9488", "before": "#8593a8", "what_if": "#c2690a", "third": "#6d5bd0", "fourth": "#be3a6b"}
LOST = "#94a3b8"
COLUMNS = ("line", "kind", "text", "value", "until", "low", "high")


@lru_cache(maxsize=64)
def funnel_spec(rtl: bool, lines: int) -> dict:
    """Return the Vega-Lite spec of the funnel chart with so many lines, for a reading direction; no data in it."""
    line = alt.Y("line:O", axis=None, scale=alt.Scale(domain=list(range(lines)), paddingInner=0.2, paddingOuter=0))
    scale = alt.Scale(reverse=rtl, domain=[0, 1], nice=False)
    along = alt.X("value:Q", axis=None, scale=scale)
    kind = alt.datum.kind
    base = alt.Chart(alt.NamedData(name="rows"))  # Altair wants a name; Streamlit brings the rows without one
    lost = base.transform_filter("datum.until > datum.value").mark_bar(color=LOST, opacity=0.25, cornerRadiusEnd=3)
    colour = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())))
    bars = base.transform_filter("datum.value != null").mark_bar(cornerRadiusEnd=3).encode(along, colour)
    unsure = base.transform_filter("datum.high != null").mark_rule(strokeWidth=2.5, opacity=0.85, color="currentColor")
    edge = alt.XValue("width") if rtl else alt.XValue(0)
    words = {"align": "right" if rtl else "left", "baseline": "middle", "dy": 1}
    title = base.transform_filter(kind == "title").mark_text(fontSize=15, fontWeight=700, **words)
    note = base.transform_filter(kind == "note").mark_text(fontSize=13.5, **words)
    text = [part.encode(edge, text="text:N") for part in (title, note)]
    between = unsure.encode(alt.X("low:Q", axis=None, scale=scale), alt.X2("high:Q"))
    layers = alt.layer(lost.encode(along, alt.X2("until:Q")), bars, between, *text).encode(line)
    chart = layers.properties(width="container", height=lines * LINE)
    spec = chart.configure(font=FONT, padding=0).configure_view(stroke=None).to_dict()
    del spec["data"], spec["$schema"]
    for part in spec["layer"]:
        part["mark"] |= {"tooltip": None, "aria": False}  # the sentence beside the chart says it better
    return spec


def funnel_rows(rows: Sequence[dict]) -> pa.Table:
    """Return chart rows as an Arrow table."""
    columns = {name: [row.get(name) for row in rows] for name in COLUMNS}
    made = {name: (texts if name in ("kind", "text") else numbers)(values) for name, values in columns.items()}
    return pa.Table.from_arrays(list(made.values()), list(made))


def funnel_chart(rows: Sequence[dict], *, rtl: bool, alt_text: str, key: str) -> None:
    """Draw the funnel chart."""
    st.vega_lite_chart(funnel_rows(rows), funnel_spec(rtl, len(rows)), alt=alt_text, width="stretch", key=key)
