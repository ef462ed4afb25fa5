"""Charts that stand still: a plane as shapes with words laid over them, bars as a list. The same rows as Vega draws in the app.

Planes run from left to right in every language. The shapes stretch with the page; the words keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from charts.specs import COLOUR
from statements.bars import Bars, Row
from statements.plane import Late, Plane
from ui.text import escape

UNIT = 1000  # of the drawing's own measure, both ways


def picture(chart: Any, told: str) -> str:
    """Return a chart as HTML, ``told`` being its text alternative; "" for a kind that is not known here."""
    if isinstance(chart, Late):
        chart = chart.make()
    if isinstance(chart, Plane):
        return _plane(chart, told)
    return _bars(chart.rows()) if isinstance(chart, Bars) else ""


def _bars(rows: Sequence[Row]) -> str:
    """Return bars: every line as it stands, a bar on the baseline, what is lost pale behind it."""
    out = []
    for row in rows:
        if row["kind"] in ("title", "note"):
            out.append(f'<li class="tf-bar-{row["kind"]}">{escape(row["text"])}</li>')
        elif row["value"] is not None:
            until = row["until"] if row["until"] is not None else row["value"]
            colour = COLOUR.get(row["kind"], COLOUR["now"])
            out.append(
                f'<li aria-hidden="true"><span class="tf-leak" style="--share:{row["value"]:.4f};--before:{until:.4f};'
                f'--tf-now:{colour}"><i></i></span></li>'
            )
    return f'<ul class="tf-bar-list">{"".join(out)}</ul>'


def _plane(plane: Plane, told: str) -> str:
    rows = plane.rows()
    words = "".join(map(_word, rows))
    key = "".join(
        f'<li><i style="border-color:{COLOUR[row["colour"]]}{";border-style:dashed" if row["order"] else ""}"></i>'
        f"{escape(row['text'])}</li>"
        for row in rows
        if row["kind"] == "key"
    )
    return (
        f'<figure class="tf-plane"><div role="img" aria-label="{escape(told)}" dir="ltr" style="block-size:{plane.height}px">'
        f'<svg viewBox="0 0 {UNIT} {UNIT}" preserveAspectRatio="none" aria-hidden="true">{_shapes(rows)}</svg>'
        f'<div aria-hidden="true">{words}</div></div>{f"<ul>{key}</ul>" if key else ""}</figure>'
    )


def _at(x: float, y: float) -> str:
    return f"{x * UNIT:.1f} {(1 - y) * UNIT:.1f}"


def _shapes(rows: Sequence[Row]) -> str:
    """Return the shapes; lines and bands gather the rows that have one number in common."""
    out: list[str] = []
    lines: dict[tuple[str, float], list[Row]] = {}
    for row in rows:
        kind, x, y = row["kind"], row["x"], row["y"]
        if kind in ("line", "dashed", "band"):
            lines.setdefault((kind, row["line"]), []).append(row)
        elif kind == "y-tick":
            out.append(f'<path d="M{_at(0, y)}L{_at(1, y)}" stroke="#94a3b8" opacity=".35"/>')
        elif kind == "column":
            left, right = sorted((x, row["x2"]))
            low, high = sorted((y, row["y2"]))
            out.append(
                f'<path d="M{_at(left, low)}L{_at(left, high)}L{_at(right, high)}L{_at(right, low)}Z" stroke="none" '
                f'fill="{COLOUR[row["colour"]]}" opacity=".85"/>'
            )
        elif kind in ("upright", "level"):
            ends = (_at(x, 0), _at(x, 1)) if kind == "upright" else (_at(0, y), _at(1, y))
            out.append(f'<path d="M{ends[0]}L{ends[1]}" stroke="{COLOUR[row["colour"]]}" stroke-dasharray="4 4"/>')
    for (kind, _line), points in lines.items():
        points.sort(key=lambda row: row["order"])
        colour = COLOUR[points[0]["colour"]]
        if kind == "band":
            back = "".join(f"L{_at(row['x'], row['y2'])}" for row in reversed(points))
            path = "L".join(_at(row["x"], row["y"]) for row in points)
            out.append(f'<path d="M{path}{back}Z" fill="{colour}" stroke="none" opacity=".22"/>')
        else:
            dash = ' stroke-dasharray="6 4"' if kind == "dashed" else ""
            path = "L".join(_at(row["x"], row["y"]) for row in points)
            out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dash}/>')
    return "".join(out)


def _word(row: Row) -> str:
    """Return what is written on a plane, and its dots, which must stay round."""
    kind = row["kind"]
    if kind == "dot":
        return f'<i style="--x:{row["x"]:.4f};--y:{row["y"]:.4f};background:{COLOUR[row["colour"]]}"></i>'
    if kind not in ("x-tick", "y-tick", "x-title", "y-title", "label-start", "label-end"):
        return ""
    x, y = (0.0 if row[one] is None else row[one] for one in ("x", "y"))
    return f'<span class="tf-{kind}" style="--x:{x:.4f};--y:{y:.4f}">{escape(row["text"])}</span>'
