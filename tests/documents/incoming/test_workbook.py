"""Workbooks: what they hold becomes text; what they hide is not looked at; what would harm is refused."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.incoming import packed
from documents.incoming import workbook as workbook_in
from documents.incoming.decoding import OLE, REFUSALS, Unreadable
from documents.incoming.tables import read_table
from documents.incoming.workbook import is_workbook, read_workbook


def book(*sheets: list[list], names: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for i, rows in enumerate(sheets):
        sheet = made.create_sheet(names[i] if i < len(names) else f"s{i}")
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def repacked(data: bytes, change: dict[str, bytes | None], **more) -> bytes:
    """Return a workbook with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(name for name in change if name not in old.namelist())]:
            content = change.get(name, old.read(name) if name in old.namelist() else b"")
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


PLAIN = book([["مرحله", "تعداد"], ["بازدید", 48000], ["سرنخ", 2880.5]], [["x"], ["y"]], names=("داده", "دوم"))


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_workbook(data)
    assert caught.value.code in REFUSALS
    return caught.value.code


def test_a_sheet_becomes_a_table():
    found = read_workbook(PLAIN)
    assert (found.sheets, found.sheet, found.ignored, found.cut) == (("داده", "دوم"), 0, (), False)
    table = read_table(found.text, delimiter="\t")
    assert table.names == ("مرحله", "تعداد")
    assert table.rows() == [("بازدید", "48000"), ("سرنخ", "2880.5")]
    assert read_workbook(PLAIN, 1).text == b"x\ny\n"
    assert read_workbook(PLAIN, 99).sheet == 0


def test_dates_numbers_and_gaps_are_written_as_in_a_text_file():
    rows = [
        ["when", "n", "b", "t"],
        [datetime.datetime(2024, 3, 5, 14, 30), 1e6, True, "a\tb\n c"],
        [datetime.date(2024, 3, 6), 0.1, None, None],
    ]
    table = read_table(read_workbook(book(rows)).text, delimiter="\t")
    assert table.rows() == [("2024-03-05 14:30:00", "1000000", "True", "a b c"), ("2024-03-06 00:00:00", "0.1", "", "")]


def test_formulas_count_as_the_value_saved_with_them_and_are_not_calculated():
    table = read_table(read_workbook(book([["stage", "n"], ["a", "=1+1"], ["b", 5]])).text, delimiter="\t")
    assert table.rows() == [("a", ""), ("b", "5")]


def test_macros_and_links_are_ignored_and_said():
    found = read_workbook(
        repacked(PLAIN, {"xl/vbaProject.bin": b"\0evil", "xl/externalLinks/externalLink1.xml": b"<evil/>"})
    )
    assert found.ignored == ("macros", "links")
    assert found.text == read_workbook(PLAIN).text


def test_a_bomb_is_refused_by_its_directory_and_by_what_comes_out_of_it(monkeypatch):
    bomb = repacked(PLAIN, {"xl/worksheets/sheet1.xml": b" " * 3_000_000})
    monkeypatch.setattr(packed, "MAX_UNPACKED", 1_000_000)
    assert refused(bomb) == "bomb"
    # The directory lies: it says that the part is small.
    small, big = (3_000_000).to_bytes(4, "little"), (30).to_bytes(4, "little")
    assert bomb.count(small) >= 2
    assert refused(bomb.replace(small, big)) in ("bomb", "damaged")


def test_too_many_texts_for_memory_are_refused(monkeypatch):
    monkeypatch.setattr(packed, "MAX_STRINGS", 100)
    assert refused(repacked(PLAIN, {"xl/sharedStrings.xml": b"<sst>" + b" " * 200 + b"</sst>"})) == "bomb"


def test_entities_are_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    assert refused(repacked(PLAIN, {"xl/sharedStrings.xml": evil})) == "damaged"


def test_other_files_are_named_for_what_they_are():
    assert refused(OLE + b"\0" * 600) == "old-workbook"
    assert refused(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")) == "password"
    assert refused(repacked(PLAIN, {"xl/workbook.xml": None})) == "not-a-workbook"
    assert refused(repacked(PLAIN, {"xl/workbook.xml": None, "xl/workbook.bin": b"x"})) == "old-workbook"
    assert refused(b"PK\x03\x04 not really") == "damaged"
    assert refused(PLAIN[: len(PLAIN) // 2]) == "damaged"
    assert refused(repacked(PLAIN, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c"})) == "damaged"
    assert refused(book([[]])) == "empty"
    assert refused(b"PK\x03\x04" + b"0" * (50 * 2**20)) == "too-big"


def test_an_encrypted_zip_asks_for_the_password_to_be_taken_off():
    data = bytearray(PLAIN)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    assert refused(bytes(data)) == "password"


def test_too_many_columns_and_too_many_cells(monkeypatch):
    assert refused(book([list(range(500))])) == "columns"
    monkeypatch.setattr(workbook_in, "MAX_CELLS", 50)
    found = read_workbook(book([[i, i] for i in range(100)]))
    assert found.cut
    assert found.text.count(b"\n") == 25


def test_what_is_a_workbook_is_seen_by_its_first_bytes():
    assert is_workbook(PLAIN)
    assert is_workbook(OLE)
    assert not is_workbook(b"a,b\n")


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(data):
    broken = bytearray(PLAIN)
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_workbook(bytes(broken))
    except Unreadable as error:
        code = error.code
    else:
        return
    assert code in REFUSALS
