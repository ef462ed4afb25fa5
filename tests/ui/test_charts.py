"""The message of a chart is the one that Streamlit itself would send."""

import json

import pyarrow as pa
import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.specs import spec_of
from funnel.calculators import stage_conversion
from statements.calculators import calculator
from statements.reader import reading
from ui.kit.pictures import _BARS, _PLANE, chart_message, chart_table, draw_chart


@pytest.fixture(autouse=True)
def somebody_reads():
    with reading("fa"):
        yield


START = stage_conversion.start("base")


@pytest.mark.parametrize("slug", ["stage_conversion", "handover"])
def test_a_chart_is_sent_as_streamlit_sends_it(slug, monkeypatch):
    sent = []
    monkeypatch.setattr(
        DeltaGenerator, "_enqueue", lambda _self, kind, message, **more: sent.append((kind, message, more))
    )
    one = calculator(slug)
    start = START if slug == "stage_conversion" else one.start()
    (chart, *_rest) = one.findings(start).charts
    draw_chart(st._main, chart, "what it shows")
    columns = _BARS if slug == "stage_conversion" else _PLANE
    data = chart_table(chart.rows(), columns)
    st.vega_lite_chart(data, spec_of(chart, True), alt="what it shows", width="stretch")
    (kind, ours, more), (their_kind, theirs, their_more) = sent
    assert kind == their_kind
    assert more["layout_config"] == their_more["layout_config"]
    assert json.loads(ours.spec) == json.loads(theirs.spec)
    assert pa.ipc.open_stream(ours.data.data).read_all() == pa.ipc.open_stream(theirs.data.data).read_all() == data
    for message in (ours, theirs):
        message.ClearField("spec")
        message.ClearField("data")
    assert ours == theirs


def test_the_data_of_a_chart_are_in_it():
    one = calculator("stage_conversion")
    chart = one.findings(START).charts[0]
    assert pa.ipc.open_stream(chart_message(chart, "x").data.data).read_all().num_rows == len(chart.rows()) > 3
