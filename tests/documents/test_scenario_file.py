"""Files of ours that come back: the same meaning for every calculator; hostile ones get a code, never a traceback."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.incoming.decoding import REFUSALS, Unreadable
from documents.incoming.ours import Returned, recognise
from documents.incoming.own_file import Brought, Options, understand
from documents.outgoing.data import csv_bytes, with_scenario
from documents.scenario_file import CODES, MAX_BYTES, read, write
from funnel import calculators
from funnel.calculators import stage_conversion
from funnel.facts.stages import Stage, clean_name
from funnel.links import scenario
from tests.funnel.calculators.test_every_calculator import MODELS, SLUGS, link

calm = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("slug", SLUGS)
@calm
@given(data=st.data())
def test_json_and_csv_bring_the_same_numbers_back(slug, data):
    inputs = scenario.decode(MODELS[slug].Inputs, link(data.draw, MODELS[slug].Inputs)).inputs
    file = write(slug, inputs)
    opened = read(file)
    assert (opened.calculator, opened.inputs, opened.changes) == (slug, inputs, ())
    assert write(slug, opened.inputs) == file
    found = recognise("numbers.json", file)
    assert (found.kind, found.inputs) == ("scenario", inputs)
    table = csv_bytes(*with_scenario(["a", "b"], [["=x", 1.5], ["y", None]], slug, inputs))
    found = recognise("table.csv", table)
    assert (found.kind, found.calculator, found.inputs, found.changes) == ("table", slug, inputs, ())


@pytest.mark.parametrize("slug", SLUGS)
def test_every_start_comes_back(slug):
    for source in calculators.sources(slug):
        inputs = calculators.begin(slug, source)
        assert read(write(slug, inputs)).inputs == inputs


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_that_a_spreadsheet_saved_again_is_still_known(sign):
    inputs = calculators.begin("money")
    text = csv_bytes(*with_scenario(["a", "b"], [["x", 1]], "money", inputs)).decode("utf-8-sig").replace(",", sign)
    assert recognise("", text).inputs == inputs


names = st.text(max_size=60).map(lambda text: Stage(name=clean_name(text))) | st.sampled_from(
    [
        Stage("visits"),
        Stage("leads"),
        Stage(name="=1+1"),
        Stage(name="'=x"),
        Stage(name="الف, «ب»"),
        Stage(name='a"b;c'),
        Stage(),
    ]
)
counts = st.none() | st.floats(0, 1e12) | st.integers(0, 10**9).map(float)


@calm
@given(st.lists(st.tuples(names, counts, counts), min_size=2, max_size=10), st.booleans())
def test_the_table_of_stages_comes_back_from_its_cells(rows, two):
    inputs = replace(
        calculators.begin("stage_conversion", "own"), stages=tuple(row[0] for row in rows), now=tuple(row[1] for row in rows),
        reference=(None,) * len(rows), what_if=tuple(row[2] for row in rows) if two else None,
    )  # fmt: skip
    head = ["copy", "stage_id", "stage", "people", "step_rate"]
    body = [
        [copy, stage.id, stage.name, count, None]
        for copy, values in (("now", inputs.now), ("what_if", inputs.what_if))
        for stage, count in zip(inputs.stages, values or (), strict=bool(values))
    ]
    found = recognise("stages.csv", csv_bytes(head, body))
    assert (found.kind, found.problems) == ("stages", ())
    assert found.inputs == inputs


def test_rows_that_cannot_be_read_are_named():
    text = "copy,stage_id,stage,people\nnow,visits,Visits,48000\nnow,leads\nnow,,Mine,12/5\nnow,,Two,۱٬۲۰۰\nnow,,Three,-4\n"
    found = recognise("", text)
    assert [(one.row, one.code) for one in found.problems] == [
        (3, "width"), (4, "number-slash"), (6, "number-negative"),
    ]  # fmt: skip
    assert found.inputs.now == (48000.0, None, 1200.0, None)
    assert [stage.id or stage.name for stage in found.inputs.stages] == ["visits", "Mine", "Two", "Three"]


def test_a_table_of_a_stranger_is_left_to_the_other_reader():
    for text in ("Visits;48000\nLeads;2880", "stage,people\nVisits,48000\nLeads,2880", "", "x", '"', "a,scenario\n1,2"):
        assert recognise("their.csv", text) is None
        assert recognise("their.csv", text.encode()) is None


SECRET = {"format": "two-funnels/scenario", "version": 1, "calculator": "money", "scenario": {"v": "1"}}


def with_(**more) -> bytes:
    return json.dumps({**SECRET, **more}).encode()


HOSTILE_JSON = {
    "empty": (b"", "empty"),
    "blank": (b"   \n", "empty"),
    "broken": (b"{", "json-broken"),
    "cut": (write("money", calculators.begin("money"))[:-20], "json-broken"),
    "a text": (b'"two-funnels"', "json-no-rows"),
    "a list": (b"[1, 2]", "json-no-rows"),
    "no format": (b"{}", "json-no-rows"),
    "another format": (with_(format="other"), "json-no-rows"),
    "newer": (with_(version=2), "json-newer"),
    "far newer": (with_(version=10**30), "json-newer"),
    "version as text": (with_(version="1"), "json-shape"),
    "version true": (with_(version=True), "json-shape"),
    "version zero": (with_(version=0), "json-shape"),
    "no calculator": (with_(calculator=None), "json-calculator"),
    "a module": (with_(calculator="../../os"), "json-calculator"),
    "scenario a list": (with_(scenario=[]), "json-shape"),
    "scenario of numbers": (with_(scenario={"from": 1}), "json-shape"),
    "nested scenario": (with_(scenario={"from": {"a": "b"}}), "json-shape"),
    "many keys": (with_(scenario={str(i): "" for i in range(500)}), "json-shape"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, "json-deep"),
    "deep objects": (b'{"a":' * 50_000, "json-deep"),
    "a long number": (b'{"format": ' + b"9" * 10_000 + b"}", "json-broken"),
    "huge": (b'{"a": "' + b"x" * MAX_BYTES + b'"}', "json-no-rows"),
    "binary": (b"{\x00\x01\x02}", "binary"),
}


@pytest.mark.parametrize("what", HOSTILE_JSON)
def test_hostile_json_gets_a_code(what):
    data, code = HOSTILE_JSON[what]
    found = outcome("x.json", data)
    if found is None:  # nobody's JSON is read as rows
        found = Brought("x.json", data).read(Options()).refusal
    assert found == code
    assert code in CODES + REFUSALS


def test_what_is_odd_inside_is_dropped_and_said():
    found = read(with_(scenario={"v": "9", "from": "nonsense", "mkt": "1e999", "~": "\ud800"}))
    assert {change.code for change in found.changes} >= {"version", "unknown"}
    assert found.inputs == calculators.begin("money")


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_other_encodings_of_the_same_file_are_read(mark):
    inputs = replace(calculators.begin("stage_conversion"), stages=tuple(Stage(name=f"مرحلهٔ {i}") for i in range(5)))
    text = write("stage_conversion", inputs).decode()
    assert recognise("x.json", text.encode(mark)).inputs == inputs
    assert recognise("", text).inputs == inputs


def test_a_stage_named_like_code_comes_back():
    stages = (Stage(name="[[[[[[[[[[[["), Stage(name='"}]\\'), *stage_conversion.start("base").stages[2:])
    inputs = replace(calculators.begin("stage_conversion"), stages=stages)
    assert read(write("stage_conversion", inputs)).inputs == inputs


def outcome(name: str, data: bytes | str) -> Returned | str | None:
    """Return what was recognised, or the code of a refusal."""
    try:
        return recognise(name, data)
    except Unreadable as error:
        return error.code


@given(st.binary(max_size=300) | st.text(max_size=300))
def test_anything_is_recognised_refused_or_left_alone(data):
    for name in ("a.json", "a.csv", ""):
        found = outcome(name, data)
        assert found is None or isinstance(found, Returned) or found in CODES + REFUSALS


# --- workbooks ---


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


OURS = b'<workbook><sheets><sheet name="two-funnels" sheetId="1"/></sheets></workbook>'
HOSTILE_BOOKS = {
    "no zip": b"PK\x03\x04 and nothing more",
    "old": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "locked": bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
    "other zip": packed(readme_xml=b"x"),
    "only a name": packed(xl__workbook_xml=OURS),
    "a bomb": packed(xl__workbook_xml=OURS, xl__sharedStrings_xml=b" " * (60 << 20)),
    "entities": packed(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]>' + OURS),
}


@pytest.mark.parametrize("what", HOSTILE_BOOKS)
def test_hostile_workbooks_end_in_a_code(what):
    data = HOSTILE_BOOKS[what]
    assert outcome("x.xlsx", data) in (None, *REFUSALS)
    assert understand(data).refusal in REFUSALS
