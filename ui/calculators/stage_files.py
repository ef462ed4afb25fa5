"""Stage conversion, to take away: the table as CSV, the chart as PNG and SVG. Made when asked for, not before."""

from __future__ import annotations

from functools import partial

from funnel.calculators import stage_conversion as model
from ui import charts, state
from ui.calculators.stage_findings import chart_rows, tables
from ui.calculators.stage_words import Words
from ui.files.buttons import data_files
from ui.text import stage_name

COLUMNS = ["copy", "stage_id", "stage", "people", "step_rate", "rate_low_95", "rate_high_95", "rate_from_top", "lost"]


def csv_table(inputs: model.Inputs) -> tuple[list[str], list[list[object]]]:
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
    return COLUMNS, rows


def _whole(x: float | None) -> float | int | None:
    """Return a whole number of people without ".0", as a spreadsheet would write it."""
    return int(x) if x is not None and x.is_integer() else x


def _picture(inputs: model.Inputs) -> tuple[dict, list[dict], str]:
    words = Words(inputs, model.compute(inputs))
    rows = chart_rows(words)
    return charts.funnel_spec(state.reader().rtl, len(rows)), rows, words.headline()


def draw_files(desk: state.Desk) -> None:
    """Draw the download buttons; each file is made from what is on the desk when it is asked for."""
    inputs = desk.inputs
    data_files(
        "stage_conversion", inputs, table=lambda: csv_table(inputs),
        page=lambda: tables(Words(inputs, model.compute(inputs), html=True)), pictures=[partial(_picture, inputs)],
        again=False,  # its people can be changed in a spreadsheet and brought back
    )  # fmt: skip
