"""Tables of cohorts as tools export them: the same people, whatever stands beside them; never a size, a total or a share."""

from __future__ import annotations

import pytest

from documents.incoming.cohort_file import read_bytes, read_text
from tests.documents.incoming.test_workbook import book

PEOPLE = [("Jan", (420.0, 294.0, 240.0, 210.0)), ("Feb", (510.0, 347.0, 281.0)), ("Mar", (300.0, 219.0))]

#: Each time the same three cohorts.
RIGHT = {
    "size then month1": "Cohort,Size,Month 1,Month 2,Month 3\nJan,420,294,240,210\nFeb,510,347,281,\nMar,300,219,,",
    "size pct": "Cohort,Size,Month 0,Month 1,Month 2,Month 3\nJan,420,100%,70%,57.14%,50%\n"
    "Feb,510,100%,68.04%,55.1%,\nMar,300,100%,73%,,",
    "size pct from1": "Cohort,Users,1,2,3\nJan,420,70%,57.14%,50%\nFeb,510,68.04%,55.1%,\nMar,300,73%,,",
    "size parts": "Cohort,Size,0,1,2,3\nJan,420,1.0,0.7,0.5714,0.5\nFeb,510,1.0,0.6804,0.551,\nMar,300,1.0,0.73,,",
    "total": "Cohort,0,1,2,3\nAll users,1230,860,521,210\nJan,420,294,240,210\nFeb,510,347,281,\nMar,300,219,,",
    "avg": "Cohort,0,1,2,3\nJan,420,294,240,210\nFeb,510,347,281,\nMar,300,219,,\nمیانگین,410,287,260,210",
    "total col": "Cohort,Start,Then,Later,Last,Total\nJan,420,294,240,210,1164\nFeb,510,347,281,,1138\n"
    "Mar,300,219,,,519",
    "long": "cohort,period,size,users\nJan,0,420,420\nJan,1,420,294\nJan,2,420,240\nJan,3,420,210\n"
    "Feb,0,510,510\nFeb,1,510,347\nFeb,2,510,281\nMar,0,300,300\nMar,1,300,219",
    "long dates": "cohort_month,activity_month,users\n2024-01,2024-01,420\n2024-01,2024-02,294\n2024-01,2024-03,240\n"
    "2024-01,2024-04,210\n2024-02,2024-02,510\n2024-02,2024-03,347\n2024-02,2024-04,281\n"
    "2024-03,2024-03,300\n2024-03,2024-04,219",
    "long shares": "cohort,month,size,retention\nJan,0,420,1\nJan,1,420,0.7\nJan,2,420,0.5714\nJan,3,420,0.5\n"
    "Feb,0,510,1\nFeb,1,510,0.6804\nFeb,2,510,0.551\nMar,0,300,1\nMar,1,300,0.73",
    "calendar": "Cohort,Jan,Feb,Mar,Apr\nJan,420,294,240,210\nFeb,,510,347,281\nMar,,,300,219",
    "zeros": "Cohort,0,1,2,3\nJan,420,294,240,210\nFeb,510,347,281,0\nMar,300,219,0,0",
    "zeros desc": "Cohort,0,1,2,3\nMar,300,219,0,0\nFeb,510,347,281,0\nJan,420,294,240,210",
    "nan": "Cohort;0;1;2;3\nJan;420;294;240;210\nFeb;510;347;281;N/A\nMar;300;219;null;#N/A",
    "fa": "کوهورت;اندازه;ماه ۰;ماه ۱;ماه ۲;ماه ۳\nJan;۴۲۰;۴۲۰;۲۹۴;۲۴۰;۲۱۰\nFeb;۵۱۰;۵۱۰;۳۴۷;۲۸۱;\n"
    "Mar;۳۰۰;۳۰۰;۲۱۹;;\nجمع;۱۲۳۰;۱۲۳۰;۸۶۰;۵۲۱;۲۱۰",
    "ar": "الفوج;الحجم;الشهر ٠;الشهر ١;الشهر ٢;الشهر ٣\nJan;٤٢٠;٤٢٠;٢٩٤;٢٤٠;٢١٠\nFeb;٥١٠;٥١٠;٣٤٧;٢٨١;\n"
    "Mar;٣٠٠;٣٠٠;٢١٩;;",
    "title": "Retention by month\nCohort;0;1;2;3\nJan;420;294;240;210\nFeb;510;347;281\nMar;300;219",
    "with share": "Cohort;0;1;2;3\nJan;420 (100%);294 (70%);240 (57%);210 (50%)\nFeb;510 (100%);347 (68%);281 (55%)\n"
    "Mar;300 (100%);219 (73%)",
    "pct after start": "Jan;420;70%;57.14%;50%\nFeb;510;68.04%;55.1%\nMar;300;73%",
    "sep": '"sep=,"\nCohort,0,1,2,3\nJan,420,294,240,210\nFeb,510,347,281\nMar,300,219',
}  # fmt: skip


def cohorts(text: str) -> list:
    return [(one.name, one.counts) for one in read_text(text).cohorts]


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_the_same_people_are_read_from_every_export(text):
    found = [(name.replace("2024-0", "").translate(MONTHS), counts) for name, counts in cohorts(text)]
    assert sorted(found) == sorted(PEOPLE)


MONTHS = str.maketrans({"1": "Jan", "2": "Feb", "3": "Mar"})


@pytest.mark.parametrize(
    ("name", "code"),
    [("size pct", "size"), ("total", "total"), ("total col", "total"), ("size parts", "converted"), ("long", "long"),
     ("calendar", "calendar"), ("zeros", "future")],
)  # fmt: skip
def test_what_was_done_is_said(name, code):
    assert code in [problem.code for problem in read_text(RIGHT[name]).problems]


@pytest.mark.parametrize(
    "text",
    ["Jan;100%;70%\nFeb;100%;60%", "Cohort,0,1,2\nJan,1.0,0.7,0.57\nFeb,1.0,0.68,", "Jan;٪۱۰۰;٪۷۰\nFeb;٪۱۰۰;٪۶۰"],
)
def test_shares_without_a_size_are_no_people(text):
    found = read_text(text)
    assert not found.cohorts
    assert [problem.code for problem in found.problems if problem.fatal] == ["shares"]


def test_zeros_that_are_people_who_left_stay_where_the_learner_says_so():
    assert {one.name: one.counts for one in read_text(RIGHT["zeros"], zeros=True).cohorts}["Mar"] == (
        300,
        219,
        0,
        0,
    )
    mixed = "Jan;420;0;0\nFeb;510;347;0\nMar;300;0;0"
    assert [len(counts) for _name, counts in cohorts(mixed)] == [3, 3, 3]


@pytest.mark.parametrize(
    ("text", "names"),
    [("2024,420,294\n2023,510,347,281", ["2024", "2023"]), ("202311;420;294\n202401;510", ["202311", "202401"]),
     ("۱۴۰۳\t۴۲۰\t۲۹۴\n۱۴۰۲\t۵۱۰\t۳۴۷", ["۱۴۰۳", "۱۴۰۲"]), ("2024;1900;1500\n1990;1800;1400", ["", ""]),
     ("Day 0,Day 1,Day 2\n100,50,20\n90,40,10", ["", ""])],
)  # fmt: skip
def test_years_and_months_in_front_are_names(text, names):
    assert [name for name, _counts in cohorts(text)] == names


def test_ages_that_are_left_out_keep_their_places():
    assert cohorts("c,Day 0,Day 1,Day 7\nA,100,50,20") == [("A", (100, 50, None, None, None, None, None, 20))]


def test_a_workbook_of_cohorts_is_read():
    rows = [line.split(",") for line in RIGHT["size then month1"].splitlines()]
    _text, found = read_bytes(book([[int(cell) if cell.isdigit() else cell or None for cell in row] for row in rows]))
    assert [(one.name, one.counts) for one in found.cohorts] == PEOPLE
