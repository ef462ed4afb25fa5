"""A workbook of ours comes back: what was exported, what somebody filled in, and every way in which it can be spoilt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.incoming.decoding import OLE, Unreadable
from documents.incoming.decoding import REFUSALS as FILES
from documents.incoming.our_workbook import PROBLEMS, REFUSALS, Given, read_workbook
from documents.outgoing.workbooks.hidden import MARK
from documents.outgoing.workbooks.stages import people
from documents.outgoing.workbooks.words import Words
from funnel.calculators import cohorts, customer_value, money
from funnel.calculators import stage_conversion as stages
from funnel.facts.stages import Stage, clean_name
from funnel.inputs.customer import with_discount_per
from funnel.links.scenario import decode
from tests.documents.outgoing.workbooks import BY_ID, CODES, EXAMPLES, RETURNING, ask, book, filled

TYPES: dict[str, Any] = {
    "stage_conversion": stages.Inputs, "money": money.Inputs, "customer_value": customer_value.Inputs, "cohorts": cohorts.Inputs,
}  # fmt: skip
FUNNELS = ("workbook-marketing", "workbook-sales", "workbook-joined")


def opened(found: Given) -> Any:
    """Return the inputs that a calculator makes of the scenario; nothing in it may have to be changed."""
    decoded = decode(TYPES[found.calculator], found.scenario)
    assert not decoded.changes, decoded.changes
    return decoded.inputs


def expected(inputs: Any) -> Any:
    """Return what a workbook keeps of inputs: everything, told in the one way that the sheet has."""
    if isinstance(inputs, stages.Inputs):
        said = people(inputs)
        return replace(said, what_if=None) if said.what_if and set(said.what_if) == {None} else said
    if isinstance(inputs, money.Inputs):
        sale = money.compute(inputs).sale
        return replace(inputs, known="average", sale=sale, revenue=None, singles=())
    if isinstance(inputs, customer_value.Inputs):
        return with_discount_per(inputs, inputs.period)
    return inputs


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_workbook(data)
    assert caught.value.code in (*FILES, *REFUSALS)
    return caught.value.code


@pytest.mark.parametrize("code", CODES)
def test_what_was_exported_comes_back(code):
    for id in RETURNING:
        for calculator in set(BY_ID[id].fits) & set(TYPES):
            for number, inputs in enumerate(EXAMPLES[calculator]):
                if number % len(CODES) != CODES.index(code):
                    continue  # the examples are dealt out among the languages
                data = BY_ID[id].make(ask(code, calculator, inputs))
                if calculator == "money" and id in FUNNELS:
                    assert opened(read_workbook(data)).now == inputs.counts
                    continue
                found = read_workbook(data)
                assert (found.document, found.language, found.calculator) == (id, code, calculator)
                assert opened(found) == expected(inputs), (id, code)
                assert not found.problems
                again = BY_ID[id].make(ask(code, calculator, opened(found)))
                assert again == data or read_workbook(again) == found


HOSTILE = st.sampled_from(
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "-2+3",
        "@x",
        "_x0041_",
        "#N/A",
        "TRUE",
        "1e5",
        "2026-01-01",
        "'x",
        "‏عدد‎",
        "a\tb\nc",
        "=" * 32_000,
        "\0",
        "",
    ]
)
NAMES = st.one_of(HOSTILE, st.text(max_size=60)).map(clean_name)
NUMBERS = st.one_of(st.none(), st.floats(0, 1e12), st.integers(0, 10**12).map(float))
REFERENCES = st.one_of(st.none(), st.floats(0, 5))


@st.composite
def funnels(draw):
    size = draw(st.integers(2, 10))
    known = st.sampled_from(["visits", "leads", "mql", "customers"]).map(Stage)
    named = st.lists(st.one_of(known, NAMES.map(lambda name: Stage(name=name))), min_size=size, max_size=size)
    column = st.lists(NUMBERS, min_size=size, max_size=size).map(tuple)
    rates = st.lists(REFERENCES, min_size=size - 1, max_size=size - 1)
    now = draw(column.filter(lambda values: any(value is not None for value in values)))
    return stages.Inputs(
        draw(st.sampled_from(["base", "own", "s1-ecom-sar"])), tuple(draw(named)), "people", now,
        draw(st.one_of(st.none(), column.filter(lambda values: any(value is not None for value in values)))),
        (None, *draw(rates)),
    )  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(funnels(), st.sampled_from(CODES), st.sampled_from(FUNNELS))
def test_any_funnel_comes_back_and_goes_out_again(inputs, code, id):
    found = read_workbook(BY_ID[id].make(ask(code, "stage_conversion", inputs)))
    ids = Words(code).stage_ids()  # who gives a stage the very name of a known one means that one
    meant = tuple(Stage(ids[one.name]) if one.name in ids else one for one in inputs.stages)
    assert opened(found) == replace(inputs, stages=meant)
    assert read_workbook(BY_ID[id].make(ask(code, "stage_conversion", opened(found)))) == found


@pytest.mark.parametrize("code", CODES)
def test_an_empty_form_that_somebody_fills_in_comes_back(code):
    say = Words(code)
    data = filled(
        BY_ID["workbook-joined"].make(ask(code)),
        {"now.0": 5000, "now.1": 410.5, "now.2": 0, "now.3": "۱۲٬۳۴۵" if code == "fa" else 12345, "name.3": "=1+1",
         "name.4": None, "name.5": None, "ref.1": 0.085, "if.0": 6000},
    )  # fmt: skip
    found = opened(read_workbook(data))
    assert found.now == (5000.0, 410.5, 0.0, 12345.0)
    assert found.stages == (Stage("visits"), Stage("leads"), Stage("mql"), Stage(name="=1+1"))
    assert found.reference == (None, 0.085, None, None)
    assert found.what_if == (6000.0, None, None, None)
    worth = filled(
        BY_ID["workbook-economics"].make(ask(code)),
        {
            "arpu": 47.5,
            "customer-margin": 0.78,
            "churn": 0.042,
            "period": say.many("lists.period")[1],
            "value-currency": "SAR",
        },
    )
    found = read_workbook(worth)
    assert found.calculator == "customer_value"
    value = opened(found)
    assert (value.arpu, value.margin, value.churn, value.period, value.currency) == (47.5, 0.78, 0.042, "year", "SAR")
    spent = filled(
        BY_ID["workbook-economics"].make(ask(code)),
        {"marketing": 68400, "now.0": 48000, "now.2": 92, "lead-stage": 2, "margin": 0.62, "average-sale": 2150},
    )
    found = read_workbook(spent)
    assert found.calculator == "money"
    assert (opened(found).lead, opened(found).counts, opened(found).sale) == ("1", (48000.0, None, 92.0), 2150.0)
    table = filled(
        BY_ID["workbook-cohorts"].make(ask(code)),
        {"count.0.0": 420, "count.0.2": 240, "count.1.0": 510, "name.1": "@x"},
    )
    rows = opened(read_workbook(table))
    assert (rows.counts, rows.names) == (((420.0, None, 240.0), (510.0,)), ("", "@x"))


def test_what_cannot_be_used_is_said_with_its_row_and_the_rest_is_kept():
    data = filled(
        BY_ID["workbook-sales"].make(ask("en", "stage_conversion", stages.start("base"))),
        {"now.1": "about 40", "now.2": -5, "ref.1": "4,2%", "now.3": 1e13},
    )
    found = read_workbook(data)
    assert [(one.code, one.row, one.given) for one in found.problems] == [
        ("number-letters", 6, "about 40"),
        ("number-out-of-range", 7, "-5"),
        ("number-out-of-range", 8, "10000000000000"),
        ("number-ambiguous", 6, "4,2%"),
    ]
    assert set(found.sheets) == {"Funnel"}
    assert found.wrong == 4
    assert opened(found).now == (48000.0, None, None, None, 92.0)
    assert all(one.code in PROBLEMS or one.code.startswith("number-") for one in found.problems)
    value = customer_value.Inputs()
    wrong = {"horizon": 5000, "value-currency": "GBP", "churn": 2}
    found = read_workbook(filled(BY_ID["workbook-economics"].make(ask("fa", "customer_value", value)), wrong))
    assert {one.code for one in found.problems} == {"number-out-of-range", "unknown-choice"}
    assert (opened(found).horizon, opened(found).currency, opened(found).churn) == (36.0, "none", 0.0)


def changed(data: bytes, change) -> bytes:
    made = book(data)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


FUNNEL = BY_ID["workbook-marketing"].make(ask("en", "stage_conversion", stages.start("base")))


def test_sheets_may_be_renamed_moved_and_added():
    def rename(made):
        made["Funnel"].title = "Mine"
        made.create_sheet("More", 5)

    assert opened(read_workbook(changed(FUNNEL, rename))) == stages.start("base")

    def move(made):
        made.move_sheet("Funnel", -1)

    assert opened(read_workbook(changed(FUNNEL, move))) == stages.start("base")


def test_what_is_not_ours_or_was_taken_apart_is_refused_with_a_reason():
    stranger = openpyxl.Workbook()
    stranger.active.append(["a", 1])
    out = io.BytesIO()
    stranger.save(out)
    assert refused(out.getvalue()) == "not-ours"
    assert refused(BY_ID["workbook-kpi"].make(ask("fa"))) == "no-calculator"
    assert refused(BY_ID["workbook-content"].make(ask("ar"))) == "no-calculator"
    for id in RETURNING:
        assert refused(BY_ID[id].make(ask("fa"))) == "nothing-filled", id

    def remove(made):
        del made["Funnel"]

    assert refused(changed(FUNNEL, remove)) == "changed"

    def insert(made):
        made["Funnel"].insert_rows(2)

    assert refused(changed(FUNNEL, insert)) == "changed"

    def newer(made):
        made[MARK]["B1"].value = "2"

    assert refused(changed(FUNNEL, newer)) == "newer"

    def other(made):
        made[MARK]["A1"].value = "x"

    assert refused(changed(FUNNEL, other)) == "not-ours"

    def foreign(made):
        made[MARK]["B3"].value = "tlh"

    assert refused(changed(FUNNEL, foreign)) == "newer"


def test_a_hidden_sheet_full_of_rubbish_is_refused_or_read_but_never_fails():
    rubbish = [
        ("input", "now.0", "Funnel", "x", "1", "1"),
        ("input",),
        ("base", "now"),
        ("calculator", "cohorts"),
        (None,),
    ]

    def spoil(made):
        for row in rubbish * 3000:
            made[MARK].append(row)

    assert refused(changed(FUNNEL, spoil)) in REFUSALS

    def far_away(made):  # Python refuses to read a number of thousands of digits
        made[MARK].append(("input", "now.0", "Funnel", "1", "4", "9" * 5_000))

    assert opened(read_workbook(changed(FUNNEL, far_away))) == stages.start("base")

    def swap(made):
        for row in made[MARK].iter_rows():
            if row[0].value == "calculator":
                row[1].value = "money"

    with pytest.raises(Unreadable):
        read_workbook(changed(FUNNEL, swap))


def test_ten_thousand_rows_more_change_nothing():
    def more(made):
        for i in range(10_000):
            made["Funnel"].append([i, "=1+1", f"row {i}", i])

    assert opened(read_workbook(changed(FUNNEL, more))) == stages.start("base")


def test_hostile_files_are_refused_with_a_reason():
    assert refused(b"") in FILES
    assert refused(b"%PDF-1.7") in FILES
    assert refused(b"PK\x03\x04 not a zip") == "damaged"
    assert refused(FUNNEL[:5000]) == "damaged"
    assert refused(OLE + "EncryptedPackage".encode("utf-16-le")) == "password"
    assert refused(OLE) == "old-workbook"
    assert refused(repacked("xl/sharedStrings.xml", lambda _part: b" " * (160 << 20))) == "bomb"
    assert refused(repacked("xl/workbook.xml", lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part)) == "damaged"
    long = b"<t>" + b"x" * 200_000 + b"</t>"
    assert refused(repacked("xl/sharedStrings.xml", lambda part: part.replace(b"<t>Visits</t>", long))) == "damaged"


def repacked(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook of a funnel with one part of the file changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(FUNNEL)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
    return out.getvalue()
