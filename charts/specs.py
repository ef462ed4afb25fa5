"""How the charts look: Vega-Lite specs, built by Altair once for each form and kept; the rows come from `statements`.

A row of bars is one line of the picture: a title, a line of words, or a bar, all bars on one baseline at the reading side. No
cone: length is read rightly, area is not. Words stand on lines of their own, so that no label lies over a bar and none is cut
on a phone. Lengths are shares of the longest bar. A plane's axis is no axis of Vega's: its ticks are rows like everything else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from statements.bars import Bars
from statements.findings import Chart
from statements.plane import BELOW, COLOURS, KEY_LINE, Late

LINE = 23  # px, height of one line of the bars
FONT = "Vazirmatn, sans-serif"
COLOUR = dict(zip(COLOURS, ("#0d9488", "#8593a8", "#c2690a", "#6d5bd0", "#be3a6b"), strict=True))
LOST = "#94a3b8"
PAPER = "var(--tf-paper)"  # the page's ground, light or dark; a picture that leaves has a white one

Spec = dict[str, Any]


def spec_of(chart: Chart, rtl: bool) -> Spec:
    """Return the Vega-Lite spec of a chart for a reading direction; no data in it."""
    if isinstance(chart, Late):
        chart = chart.make()
    if isinstance(chart, Bars):
        return bars_spec(rtl, len(chart.rows()))
    return plane_spec(chart.height, chart.key_lines, chart.margin, rtl)


@lru_cache(maxsize=64)
def bars_spec(rtl: bool, lines: int) -> Spec:
    """Return the Vega-Lite spec of bars on so many lines, for a reading direction; no data in it."""
    line = alt.Y("line:O", axis=None, scale=alt.Scale(domain=list(range(lines)), paddingInner=0.2, paddingOuter=0))
    scale = alt.Scale(reverse=rtl, domain=[0, 1], nice=False)
    along = alt.X("value:Q", axis=None, scale=scale)
    kind = alt.datum.kind
    base = alt.Chart(alt.NamedData(name="rows"))  # Altair wants a name; Streamlit brings the rows without one
    lost = base.transform_filter("datum.until > datum.value").mark_bar(color=LOST, opacity=0.25, cornerRadiusEnd=3)
    colour = alt.Color("kind:N", legend=None, scale=alt.Scale(domain=list(COLOUR), range=list(COLOUR.values())))
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


@lru_cache(maxsize=64)
def plane_spec(height: int, key_lines: int, margin: int, rtl: bool) -> Spec:
    """Return the Vega-Lite spec of every plane of a height, a number of lines in its key and a margin (px); no data in it."""
    base = alt.Chart(alt.NamedData(name="rows"))
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, zero=False))
    colour = alt.Color("colour:N", legend=None, scale=alt.Scale(domain=list(COLOUR), range=list(COLOUR.values())))

    def of(*kinds: str):
        return base.transform_filter({"field": "kind", "oneOf": list(kinds)})

    words = {"fontSize": 12.5, "baseline": "middle"}
    edge, edge_text = (alt.expr("width - 26"), alt.expr("width - 33")) if rtl else (26, 33)
    dash = alt.condition("datum.order == 1", alt.value([6, 4]), alt.value([1, 0]))
    series = {"detail": "line:N", "order": "order:Q"}
    layers = [
        of("y-tick").mark_rule(color="#94a3b8", opacity=0.35).encode(y),
        of("band").mark_area(opacity=0.22).encode(x, y, alt.Y2("y2:Q"), colour, detail="line:N"),
        of("column")
        .mark_rect(opacity=0.85, cornerRadiusTopLeft=2, cornerRadiusTopRight=2)
        .encode(x, y, alt.X2("x2:Q"), alt.Y2("y2:Q"), colour),
        of("upright").mark_rule(strokeDash=[4, 4], strokeWidth=1.5).encode(x, colour),
        of("level").mark_rule(strokeDash=[4, 4], strokeWidth=1.5).encode(y, colour),
        of("line").mark_line(strokeWidth=2.5, strokeJoin="round").encode(x, y, colour, **series),
        of("dashed").mark_line(strokeWidth=2.5, strokeDash=[6, 4]).encode(x, y, colour, **series),
        of("dot").mark_point(filled=True, size=48, opacity=1).encode(x, y, colour),
        of("y-tick").mark_text(align="right", **words).encode(y, x=alt.XValue(-8), text="text:N"),
        of("x-tick").mark_text(align="center", **words).encode(x, y=alt.YValue(height + 14), text="text:N"),
        of("x-title")
        .mark_text(align="right", fontWeight=600, **words)
        .encode(x=alt.XValue("width"), y=alt.YValue(height + 36), text="text:N"),
        of("y-title")
        .mark_text(align="left", fontWeight=600, **words)
        .encode(x=alt.XValue(4 - margin), y=alt.YValue(-26), text="text:N"),
        of("key")
        .mark_rule(strokeWidth=4)
        .encode(y, colour, x=alt.XValue("width") if rtl else alt.XValue(0), x2=alt.X2Value(edge), strokeDash=dash),
        of("key")
        .mark_text(align="right" if rtl else "left", **words)
        .encode(y, x=alt.XValue(edge_text), text="text:N"),
        *(
            of(kind).mark_text(**place, **drawn, dy=-9, fontWeight=600, **words).encode(x, y, text="text:N")
            for kind, place in (
                ("label-end", {"align": "right", "dx": -4}),
                ("label-start", {"align": "left", "dx": 5}),
            )
            for drawn in ({"stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round"}, {})  # no line runs through a note
        ),
    ]
    chart = alt.layer(*layers).properties(width="container", height=height)
    padding = {"left": margin, "right": 22, "top": 36, "bottom": BELOW + KEY_LINE * key_lines}
    spec = chart.configure(font=FONT, padding=padding).configure_view(stroke=None).to_dict()
    del spec["data"], spec["$schema"]
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    for part in spec["layer"]:
        part["mark"] |= {"tooltip": None, "aria": False}
    return spec
