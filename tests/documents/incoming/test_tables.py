"""Text and files become tables, or a clear refusal; the same rows as Python's own reader finds, and never anything else."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.folding import fold_name
from documents.incoming import tables
from documents.incoming.tables import REFUSALS, Unreadable, look, open_text, read_table

ROWS = "مرحله;تعداد\nبازديد;48000\nسرنخ;2880\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ROWS, "text"),
        (ROWS.encode(), "utf-8"),
        (ROWS.encode("utf-8-sig"), "utf-8"),
        (ROWS.encode("utf-16"), "utf-16"),
        ("\ufeff".encode("utf-16-be") + ROWS.encode("utf-16-be"), "utf-16"),
        (ROWS.replace("ی", "ي").encode("cp1256"), "windows-1256"),
        (ROWS.replace("\n", "\r\n").encode(), "utf-8"),
        (ROWS.replace("\n", "\r").encode(), "utf-8"),
        ((ROWS + "\n\n  \r\n").encode(), "utf-8"),
    ],
)
def test_every_encoding_and_line_end_gives_the_same_table(data, encoding):
    table = read_table(data)
    assert table.layout.encoding == encoding
    assert [fold_name(name) for name in table.names] == [fold_name("مرحله"), fold_name("تعداد")]
    assert [(fold_name(a), b) for a, b in table.rows()] == [(fold_name("بازدید"), "48000"), ("سرنخ", "2880")]
    assert table.row_number(1) == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "؛", "،"])
def test_the_delimiter_is_found(delimiter):
    text = "\n".join(delimiter.join(cells) for cells in (["a", "b c", "d"], ["1", "x 2", "3"], ["4", "y", "6"]))
    assert read_table(text).rows() == [("1", "x 2", "3"), ("4", "y", "6")]


def test_marks_for_thousands_do_not_pass_for_delimiters():
    assert read_table("Visits;48,000\nLeads;2,880").rows() == [("Visits", "48,000"), ("Leads", "2,880")]
    assert read_table("Visits\t1,048,000\nLeads\t2,880").layout.delimiter == "\t"


def test_more_columns_win_over_a_sign_inside_the_cells():
    assert look("u1,shop|visit,2024\nu2,shop|buy,2024").delimiter == ","
    assert look("u1;visit;2024-03-01 10:00:00,5\nu2;buy;2024-03-01 10:00:00,5").delimiter == ";"


def test_headings_missing_doubled_and_below_a_title():
    assert read_table("a,a,,a\nx,y,z,w\n1,2,3,4").names == ("a", "a (2)", "", "a (3)")
    assert read_table("1,2\n3,4").names == ("", "")
    found = read_table("Report of March\n\nstage;people\nVisits;5\nLeads;3")
    assert found.names == ("stage", "people")
    assert found.layout.titles == 2
    assert found.row_number(0) == 4


def test_a_row_that_is_too_wide_is_no_title_but_a_mistake():
    found = read_table("Visits,48,000\nLeads,2880\nSales,92")
    assert found.layout.titles == 0
    assert [(one.row, one.found) for one in found.problems] == [(1, 3)]
    assert [found.row_number(i) for i in range(found.size)] == [2, 3]


def test_the_learner_overrules_what_was_found():
    assert look("a,b\nc,d", header=False).names == ("", "")
    assert read_table("a;b,c\nd;e,f", delimiter=";", header=False).rows() == [("a", "b,c"), ("d", "e,f")]


def test_ragged_rows_are_left_out_with_their_numbers_and_empty_lines_are_not_counted_wrong():
    found = read_table("a,b\n1,2\n3\n\n4,5,6\n7,8")
    assert [row for row in found.rows() if any(row)] == [("1", "2"), ("7", "8")]
    assert [(one.code, one.row, one.found, one.wanted) for one in found.problems] == [
        ("width", 3, 1, 2),
        ("width", 5, 3, 2),
    ]
    assert found.row_number(found.size - 1) == 6


def test_row_numbers_hold_in_a_large_file_too():
    lines = ["id,n"] + [f"u{i},{i}" if i % 10_007 else f"u{i}" for i in range(1, 250_001)]
    found = read_table("\n".join(lines).encode())
    assert found.left_out == 250_000 // 10_007
    assert [one.row for one in found.problems[:2]] == [10_008, 20_015]
    last = found.texts(0)[-1]
    assert found.row_number(found.size - 1) == int(last[1:]) + 1


def test_quotes_hold_delimiters_lines_and_quotes():
    assert read_table('a,b\n"1,5","say ""hi"""\n"two\nlines",3').rows() == [("1,5", 'say "hi"'), ("two\nlines", "3")]


def test_an_open_quote_is_said_and_the_rows_are_saved():
    found = read_table('a,b\nx,1\ny,"2\nz,3\n"w",4\nv,5\n')
    assert found.layout.open_quote == 3
    assert found.rows() == [("x", "1"), ("y", '"2'), ("z", "3"), ("w", "4"), ("v", "5")]
    inch = read_table('a,b\n5" screen,1\ny,2')
    assert inch.layout.open_quote is None
    assert inch.rows()[0] == ('5" screen', "1")


def test_formulas_stay_texts():
    assert read_table("stage,n\n=1+1,5\n@SUM(A1),=HYPERLINK()").rows() == [("=1+1", "5"), ("@SUM(A1)", "=HYPERLINK()")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"), ("", "empty"), (b"\n\n \r\n", "empty"), (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "binary"), (b"\x01\x02\x03" * 100, "binary"), (bytes(1000), "binary"),
        (b"PK\x03\x04abc", "workbook"), (b"x" * (50 * 2**20 + 1), "too-big"), ("x" * (50 * 2**20 + 1), "too-big"),
        ((",".join(map(str, range(10_000))) + "\n") * 3, "columns"), ("a,b\nc\n" * 150_000, "ragged"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(data, code):
    with pytest.raises(Unreadable) as caught:
        read_table(data)
    assert caught.value.code == code
    assert code in REFUSALS


def test_a_row_longer_than_a_block_is_read():
    found = read_table("a,b\n1,2\n" + "x" * 3_000_000 + ",4\n5,6")
    assert found.size == 3
    assert len(found.texts(0)[1]) == 3_000_000


def test_only_so_many_rows_are_read():
    found = read_table("a,b\n1,2\n3\n4,5\n6,7\n8", limit=2)
    assert found.cut
    assert found.rows() == [("1", "2"), ("4", "5")]
    assert found.left_out == 1


def test_columns_can_be_read_alone_and_coded():
    found = read_table("a,b,c\nx,y,1\nx,z,2", only=[0, 2], coded=[0])
    assert sorted(found.columns) == [0, 2]
    assert found.texts(0) == ["x", "x"]
    assert found.columns[0].chunk(0).dictionary.to_pylist() == ["x"]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300)))
def test_any_bytes_or_text_give_a_table_or_a_refusal(data):
    try:
        found = read_table(data)
    except Unreadable as error:
        found = error
    if isinstance(found, Unreadable):
        assert found.code in REFUSALS
        return
    assert found.size == len(found.rows()) > 0
    assert all(len(row) == len(found.names) for row in found.rows())


cells = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"], blacklist_characters="\ufeff"), max_size=8)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(cells, st.just('a"b'), st.just("x,y"), st.just("p\nq")), min_size=3, max_size=3),
        min_size=2,
        max_size=8,
    ),
    st.sampled_from(",;\t|"),
    st.booleans(),
)
def test_rows_written_by_python_are_read_as_python_reads_them(rows, delimiter, large):
    out = io.StringIO()
    rows = [["h1", "h2", "h3"], *([f"k{i}", *row[1:]] for i, row in enumerate(rows))]
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    table = read_table(out.getvalue().encode() if large else out.getvalue(), delimiter=delimiter)
    assert table.rows() == [tuple(cell.strip() for cell in row) for row in rows[1:]]
    assert [table.row_number(i) for i in range(table.size)] == list(range(2, len(rows) + 1))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["a,b", "c", "d,e,f", "", '"x', '"y,z",w', "g,h"]), min_size=1, max_size=12))
def test_row_numbers_name_the_row_of_the_text(lines):
    text = "\n".join(["h1,h2", *lines])
    try:
        table = read_table(text, header=True, delimiter=",")
    except Unreadable:
        return
    if table.layout.quoted:
        return  # then a row may be several lines
    for problem in table.problems:
        width = len(text.split("\n")[problem.row - 1].split(","))
        assert width == problem.found != problem.wanted
    for i, row in enumerate(table.rows()):
        line = text.split("\n")[table.row_number(i) - 1]
        assert [cell.strip('"') for cell in row] == [
            cell.strip('"') for cell in (line or "," * (len(row) - 1)).split(",")
        ]


def test_decoded_text_can_be_kept():
    text = open_text(ROWS.encode("utf-16"))
    assert look(text).names == look(ROWS).names
    assert read_table(text).rows() == read_table(ROWS).rows()


def test_the_row_cap_leaves_room_for_a_million_events():
    assert tables.MAX_ROWS >= 1_000_000
