import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.incoming.cohort_file import ERRORS, MOST_CHARACTERS, WARNINGS, WHOLE, Reading, read_bytes, read_text
from funnel.calculators.cohorts import MOST_AGES, MOST_COHORTS, Inputs, compute, with_cohorts
from i18n.numbers import CODES

LESSON = [
    ("Jan", (420, 294, 240, 210)),
    ("Feb", (510, 347, 281)),
    ("Mar", (300, 219)),
    ("Apr", (640,)),
]


def cohorts(reading: Reading) -> list:
    return [(one.name, one.counts) for one in reading.cohorts]


def problems(reading: Reading) -> list:
    return [(problem.line, problem.code) for problem in reading.problems]


@pytest.mark.parametrize(
    "text",
    [
        "Jan;420;294;240;210\nFeb;510;347;281\nMar;300;219\nApr;640",
        "Jan; 420; 294; 240; 210\r\nFeb; 510; 347; 281;\r\nMar; 300; 219;;\r\nApr; 640;;;\r\n",
        "Jan,420,294,240,210\nFeb,510,347,281\nMar,300,219\nApr,640",
        "Jan, 420, 294, 240, 210\n\nFeb, 510, 347, 281\nMar, 300, 219\nApr, 640",
        "Jan\t420\t294\t240\t210\nFeb\t510\t347\t281\t\nMar\t300\t219\t–\t–\nApr\t640",
        "Jan 420 294 240 210\nFeb 510 347 281\nMar 300 219\nApr 640",
        "Jan  420  294   240  210\nFeb  510  347  281\nMar  300  219\nApr  640",
        "Jan؛ ۴۲۰؛ ۲۹۴؛ ۲۴۰؛ ۲۱۰\nFeb؛ ٥١٠؛ ٣٤٧؛ ٢٨١\nMar؛ 300؛ 219\nApr؛ 640",
        "Jan، ۴۲۰، ۲۹۴، ۲۴۰، ۲۱۰\nFeb، ۵۱۰، ۳۴۷، ۲۸۱\nMar، ۳۰۰، ۲۱۹\nApr، ۶۴۰",
        '"Jan","420","294","240","210"\n"Feb","510","347","281"\n"Mar","300","219"\n"Apr","640"',
        "sep=;\nJan;420;294;240;210\nFeb;510;347;281\nMar;300;219\nApr;640",
    ],
)
def test_every_common_way_to_write_a_table_reads_the_same(text):
    assert cohorts(read_text(text)) == LESSON
    assert not read_text(text).problems


def test_a_heading_is_no_cohort():
    for head in ("cohort;0;1;2;3", "Cohort;People;1;2;3", ";0;1;2;3", "هم‌گروه؛ماه صفر؛ماه یک؛ماه دو"):
        found = read_text(f"{head}\n2023;420;294\n2024;510".replace("؛", ";"))
        assert cohorts(found) == [("2023", (420, 294)), ("2024", (510,))]
        assert problems(found) == [(1, "heading")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("420;294;240", [("", (420, 294, 240))]),
        ("1;420;294\n2;510;347\n3;300", [("1", (420, 294)), ("2", (510, 347)), ("3", (300,))]),
        ("2023\t420\t294\n2024\t510", [("2023", (420, 294)), ("2024", (510,))]),
        ("2024-01,420,294", [("2024-01", (420, 294))]),
        ("۱۴۰۳/۰۱;420;294", [("۱۴۰۳/۰۱", (420, 294))]),
        ("North Gulf 420 294", [("North Gulf", (420, 294))]),
        ("Jan 2024  420  294", [("Jan 2024", (420, 294))]),
        ("Jan 1,200 900\nFeb 800", [("Jan", (1200, 900)), ("Feb", (800,))]),
        ("Jan;1,200;۹۰۰\nFeb;۱٬۰۰۰", [("Jan", (1200, 900)), ("Feb", (1000,))]),
        ('"Gulf; north";5;4', [("Gulf; north", (5, 4))]),
        (";420;294\n;300", [("", (420, 294)), ("", (300,))]),
        ("A;420\n;300", [("A", (420,)), ("", (300,))]),
    ],
)
def test_what_is_a_name_and_what_a_count(text, expected):
    assert cohorts(read_text(text)) == expected


def test_each_line_says_what_is_wrong_with_it_and_the_others_are_taken():
    text = "A;10;12x\nB;;3\nC\nD;1e13\nE;10;12;9\nF;10;;9\nG;0\nH;50%\nI;10;9\nJ;1.500"
    found = read_text(text)
    assert problems(found) == [
        (1, "not-a-number"), (2, "no-start"), (3, "no-counts"), (4, "out-of-range"), (5, "grows"), (6, "gap"),
        (7, "nobody"), (8, "not-a-number"), (10, "not-a-number"),
    ]  # fmt: skip
    assert [name for name, _counts in cohorts(found)] == ["E", "F", "G", "I"]
    assert cohorts(found)[1] == ("F", (10, None, 9))
    assert (found.problems[0].given, found.problems[0].age, found.problems[0].why) == ("12x", 1, "letters")
    assert [problem.why for problem in found.problems[-2:]] == ["percent", "ambiguous"]
    assert [problem.fatal for problem in found.problems] == [True] * 4 + [False] * 3 + [True] * 2


def test_too_much_is_cut_and_said():
    many = read_text("\n".join(["5;4"] * 30))
    assert (len(many.cohorts), problems(many)) == (MOST_COHORTS, [(0, "too-many-cohorts")])
    wide = read_text(";".join(["5"] * 60))
    assert (len(wide.cohorts[0].counts), problems(wide)) == (MOST_AGES, [(1, "too-many-ages")])
    assert problems(read_text("5" * (MOST_CHARACTERS + 1))) == [(0, "too-large")]
    assert problems(read_text("\n".join(["x"] * 300)))[0] == (0, "too-many-lines")
    assert problems(read_text(" \n\t\n")) == problems(read_text("cohort;0;1;2"))[1:] == [(0, "empty")]


PERSIAN = "کوهورت;0;1\nبهمن;420;294"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (PERSIAN.encode(), ["heading"]),
        (PERSIAN.encode("utf-8-sig"), ["heading"]),
        (PERSIAN.encode("utf-16"), ["heading"]),
        (PERSIAN.encode("cp1256"), ["other-letters", "heading"]),
    ],
)
def test_a_file_in_any_common_encoding(data, codes):
    text, found = read_bytes(data)
    assert text == PERSIAN
    assert cohorts(found) == [("بهمن", (420, 294))]
    assert [problem.code for problem in found.problems] == codes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not-text"),
        (b"a;1\x00;2", "not-text"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"5;4\n" * 100_000, "too-large"),
        (b"5;4\n" * 20_000, "too-large"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_table(data, code):
    _text, found = read_bytes(data)
    assert not found.cohorts
    assert problems(found) == [(0, code)]


def usable(reading: Reading) -> None:
    for problem in reading.problems:
        assert problem.code in (*ERRORS, *WARNINGS, *WHOLE)
        assert problem.why in ("", *CODES)
        assert len(problem.given) <= 24
    if reading.cohorts:
        names, counts = zip(*((one.name, one.counts) for one in reading.cohorts), strict=True)
        compute(with_cohorts(Inputs.origin(), names, counts))
    else:
        assert any(problem.fatal for problem in reading.problems), "nothing was read, and nothing says why"


pieces = st.sampled_from(
    [
        "Jan",
        "بهمن",
        "420",
        "۲۹۴",
        "1,200",
        "12x",
        "-",
        "–",
        "",
        '"',
        "0",
        "1",
        "2",
        "1e9",
        "1e300",
        "5%",
        "\u200f",
        "\ufeff",
        "sep=;",
    ]
)
lines = st.lists(pieces, max_size=40)
tables = st.builds(
    lambda rows, mark: "\n".join(mark.join(row) for row in rows),
    st.lists(lines, max_size=30), st.sampled_from(["\t", ";", "؛", ",", "،", " ", "  ", "; ", "|"]),
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), tables))
@example("\ud800;5\x00;4")
@example('"5\n4')
@example("\u2028;5\x1c3")
def test_any_text_is_read_or_says_why_not(text):
    usable(read_text(text))


@given(st.one_of(st.binary(max_size=300), tables.map(lambda text: text.encode("utf-16")), tables.map(str.encode)))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_read_or_say_why_not(data):
    usable(read_bytes(data)[1])
