"""Every workbook in every language: it opens, looks as it should, prints, is protected, and holds no formula of a person."""

from __future__ import annotations

import datetime
import io
import re
import time
import zipfile
from dataclasses import replace
from functools import cache

import pytest

from documents.asking import Ask
from documents.outgoing.workbooks import WORKBOOKS
from documents.outgoing.workbooks.book import FILL
from documents.outgoing.workbooks.hidden import MARK
from documents.outgoing.workbooks.words import Words
from funnel.calculators import stage_conversion as stages
from funnel.facts.stages import Stage
from funnel.links.scenario import encode
from i18n.languages import language
from tests.documents.outgoing.workbooks import BY_ID, CODES, EXAMPLES, ask, book, every, formulas, shown

IDS = [one.id for one in WORKBOOKS]
ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("http://evil/","x")',
    "{=1+1}",
    "http://evil.example/",
)


@cache
def workbooks_of(code: str) -> dict[str, bytes]:
    """Return all workbooks of a language, empty and filled."""
    return dict(every(code))


@pytest.fixture(scope="module", params=CODES)
def made(request):
    """All workbooks of a language, empty and filled, opened: (code, {name: Workbook})."""
    return request.param, {name: book(data) for name, data in workbooks_of(request.param).items()}


def test_the_eight_are_there_with_the_calculators_that_fit():
    assert [
        f"workbook-{one}"
        for one in ("marketing", "sales", "joined", "kpi", "economics", "content", "research", "cohorts")
    ] == IDS
    assert all(one.ending == "xlsx" and set(one.fits) <= set(EXAMPLES) for one in WORKBOOKS)


def test_the_lists_are_the_same_in_every_language():
    english = Words("en")
    for code in CODES:
        say = Words(code)
        for table, width in (("sla.rows", 4), ("content.rows", 8), ("research.rows", 5)):
            rows = say.rows(table)
            assert {len(row) for row in rows} == {width}, (code, table)
            place = 2 if table == "sla.rows" else 0
            assert [int(row[place]) for row in rows] == [int(row[place]) for row in english.rows(table)], (code, table)


def test_it_runs_in_the_direction_of_the_language(made):
    code, files = made
    for name, data in files.items():
        for sheet in shown(data):
            assert bool(sheet.sheet_view.rightToLeft) == (language(code).direction == "rtl"), (name, sheet.title)


def test_its_headings_are_native_and_none_is_missing(made):
    code, files = made
    for name, data in files.items():
        opened = data
        assert opened.worksheets[0].title == Words(code)("sheets.about")
        text = [
            str(c.value)
            for sheet in shown(opened)
            for row in sheet.iter_rows()
            for c in row
            if isinstance(c.value, str)
        ]
        assert not [one for one in text if "%(" in one], name
        if code != "en":  # Latin words are names, acronyms and addresses
            latin = [
                t for t in text if re.search(r"[a-z]{4,}", re.sub(r"http\S+|SUMPRODUCT|Review|Unprotect Sheet", "", t))
            ]
            latin = [t for t in latin if not t.startswith("=") and t not in ("none",)]
            assert not latin, (name, latin[:5])


def test_it_prints_on_a4_with_its_heading_on_every_page(made):
    _code, files = made
    for name, data in files.items():
        sheets = shown(data)
        for sheet in sheets:
            where = (name, sheet.title)
            assert sheet.page_setup.paperSize == 9, where
            assert sheet.page_setup.fitToWidth in (None, 1), where
            assert sheet.sheet_properties.pageSetUpPr.fitToPage, where
            assert sheet.print_area, where
            assert "&P" in sheet.oddFooter.center.text or "&[Page]" in sheet.oddFooter.center.text, where
            assert sheet.oddHeader.center.text, where
        assert all(sheet.print_title_rows and sheet.freeze_panes for sheet in sheets[1:]), name


def test_only_the_marked_cells_can_be_changed_and_each_is_checked(made):
    _code, files = made
    for name, data in files.items():
        for sheet in shown(data):
            assert sheet.protection.sheet, (name, sheet.title)
            assert not sheet.protection.password, (name, sheet.title)
            open_ = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
            filled = {
                c.coordinate for row in sheet.iter_rows() for c in row
                if c.fill.fill_type and c.fill.start_color.rgb == "FF" + FILL[1:] and not c.protection.locked
            }  # fmt: skip
            assert open_ == filled, (name, sheet.title)
            rules = sheet.data_validations.dataValidation
            checked = {cell for rule in rules for area in rule.sqref.ranges for row in area.rows for cell in row}
            assert {sheet.cell(*cell).coordinate for cell in checked} == open_, (name, sheet.title)
            for rule in rules:
                assert rule.prompt, (name, sheet.title)
                assert rule.error, (name, sheet.title)
                assert len(rule.promptTitle) <= 32
                assert len(rule.prompt) <= 255
            assert not [cell for cell in sheet._cells.values() if cell.data_type == "f" and not cell.protection.locked]


def test_what_the_validations_allow(made):
    _code, files = made
    for name, data in files.items():
        for sheet in shown(data):
            for rule in sheet.data_validations.dataValidation:
                if rule.type == "decimal":
                    assert (rule.operator or "between", rule.formula1) == ("between", "0"), (name, rule.sqref)
                assert rule.type in ("decimal", "whole", "list", "date", "textLength"), (name, rule.type)
                if rule.type == "list":
                    assert len(rule.formula1) <= 257, (name, rule.sqref)


@pytest.mark.parametrize("code", CODES)
def test_no_formula_shows_an_error_and_nothing_runs_or_leads_elsewhere(code):
    for name, data in workbooks_of(code).items():
        values = book(data, values=True)
        found = [
            str(c.value) for sheet in values.worksheets for row in sheet.iter_rows() for c in row if c.value is not None
        ]
        assert not [value for value in found if value.startswith(ERRORS)], name
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.namelist()
            text = b"".join(packed.read(part) for part in parts if part.endswith((".xml", ".rels")))
        assert not [part for part in parts if "vba" in part.lower() or "externalLink" in part], name
        assert b"TargetMode" not in text, name
        assert b"<hyperlink" not in text, name


def test_it_is_recognised_by_a_sheet_that_nobody_sees():
    for one in WORKBOOKS:
        opened = book(one.make(ask("fa")))
        assert opened[MARK].sheet_state == "veryHidden"
        assert opened[MARK]["A1"].value == MARK
        assert opened.custom_doc_props[MARK].value == one.id


def test_the_same_asked_twice_gives_the_same_bytes():
    for one in WORKBOOKS:
        assert one.make(ask("ar")) == one.make(ask("ar")), one.id


def test_what_a_person_wrote_never_becomes_a_formula():
    for id in ("workbook-marketing", "workbook-sales", "workbook-joined"):
        plain = [one for *_where, one in formulas(book(_named(id, "plain")))]
        for text in HOSTILE:
            opened, name = book(_named(id, text)), text[:40].strip()
            cells = [c for sheet in shown(opened) for row in sheet.iter_rows() for c in row if c.value == name]
            assert cells, (id, text)
            assert {cell.data_type for cell in cells} == {"s"}, (id, text)
            assert [one for *_where, one in formulas(opened)] == plain, (id, text)


def _named(id: str, text: str) -> bytes:
    named = (Stage(name=text[:40].strip()), Stage("leads"), Stage(name="x" * 40))
    return BY_ID[id].make(ask("fa", "stage_conversion", replace(stages.start("own"), stages=named)))


def test_hostile_asks_make_a_file_all_the_same():
    long = "=1+1" * 10_000
    scenario = encode(stages.start("base")) | {
        "stages": "_".join(f"~{long}{i}" for i in range(10_000)),
        "now": "_".join("9" * 10_000),
    }
    asked = Ask("ar", None, "stage_conversion", scenario, link=long, day=datetime.date(2026, 1, 1))
    for one in WORKBOOKS:
        data = one.make(asked)
        longest = max(
            len(str(c.value or "")) for sheet in book(data).worksheets for row in sheet.iter_rows() for c in row
        )
        assert longest < 32_767, one.id
    assert BY_ID["workbook-kpi"].make(Ask("en", None, "nonsense", {"v": "x", "\0": "\ufffe"}))


def test_digits_are_the_readers():
    from documents.outgoing.workbooks.book import SHAPES

    for code, digits in (("fa", "arabext"), ("ar", "arab"), ("ar", "latn"), ("en", "latn")):
        data = BY_ID["workbook-marketing"].make(ask(code, "stage_conversion", stages.start("base"), digits))
        sheet = shown(book(data))[1]
        assert sheet["D5"].value == 48000
        assert sheet["D5"].number_format == SHAPES[digits] + "#,##0"


def test_a_workbook_is_made_in_well_under_two_seconds():
    inputs = EXAMPLES["cohorts"][0]
    many = replace(inputs, counts=((1e6,) * 36,) * 24, names=("name",) * 24)
    start = time.process_time()
    BY_ID["workbook-cohorts"].make(ask("fa", "cohorts", many))
    assert time.process_time() - start < 2


def test_the_chart_of_stages_stands_at_the_reading_side():
    for code in CODES:
        data = BY_ID["workbook-sales"].make(ask(code, "stage_conversion", stages.start("base")))
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            chart = packed.read("xl/charts/chart1.xml").decode()
        category, value = re.search(r"<c:catAx>.*</c:catAx>", chart)[0], re.search(r"<c:valAx>.*</c:valAx>", chart)[0]
        assert 'orientation val="maxMin"' in category, "the first stage stands at the top"
        assert ('orientation val="maxMin"' in value) == (language(code).direction == "rtl"), code
        assert 'c:barDir val="bar"' in chart
