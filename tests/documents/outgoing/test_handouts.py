"""Every handout in every language: made, tagged, named, found one's way in, the same bytes each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typst

from course import library
from documents.asking import Ask
from documents.outgoing.handouts import HANDOUTS, paper
from documents.outgoing.handouts.letters import covered, printable
from i18n.numbers import numbers
from tests.documents.outgoing.papers import BY_ID, CODES, HOSTILE, ask, hostile_inputs, made, poppler, read, words
from tests.support import ROOT

EVERY = [(key, code) for key in BY_ID for code in CODES]


@pytest.mark.parametrize(("key", "code"), EVERY)
def test_a_handout_is_tagged_titled_and_in_its_language(key, code):
    pdf = read(made(key, code))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"], "untagged: a screen reader has nothing to read"
    assert root["/Lang"] == code
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title, "no title"
    assert pdf.metadata.author, "no author"
    assert pdf.metadata.subject, "no description"
    assert pdf.metadata.creation_date is None or pdf.metadata.creation_date.year == 1970, (
        "a clock: other bytes tomorrow"
    )
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data(), "not PDF/UA-1"


@pytest.mark.parametrize(("key", "code"), EVERY)
def test_a_handout_has_bookmarks(key, code):
    titles = [one.title for one in read(made(key, code)).outline if not isinstance(one, list)]
    due = 1 if key in ("exercises", "exercises-key", "certificate") else 3
    assert len(titles) >= due, f"{titles}: nobody finds the way"


@pytest.mark.parametrize(("key", "code"), EVERY)
def test_fonts_travel_along(key, code):
    fonts = {}
    for page in read(made(key, code)).pages:
        fonts |= {
            str(font.get_object()["/BaseFont"]): font.get_object() for font in page["/Resources"]["/Font"].values()
        }
    assert any("VazirmatnPaper" in name for name in fonts)
    for name, font in fonts.items():
        facts = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in facts or "/FontFile3" in facts, f"{name} is not embedded"
        assert "/ToUnicode" in font, f"{name} cannot be copied"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", [one.slug for one in library.lessons()])
def test_every_lesson_can_be_handed_out(slug, code):
    """PDF/UA-1 refuses a missing glyph, so this holds every sign of the course against our fonts."""
    for one in HANDOUTS:
        if one.needs == "lesson":
            assert one.make(ask(one.id, code, lesson=slug)).startswith(b"%PDF-")


@pytest.mark.parametrize("code", CODES)
def test_typst_has_nothing_to_complain_of(code, monkeypatch):
    said = []
    compiler = paper._compiler

    class Listening:
        def __init__(self, template):
            self.template = template

        def compile(self, **given):
            made, warnings = compiler(self.template).compile_with_warnings(**given)
            said.extend(str(one) for one in warnings)
            return made

    monkeypatch.setattr(paper, "_compiler", Listening)
    for one in HANDOUTS:
        one.make(ask(one.id, code))
    assert not said


def test_the_same_question_gives_the_same_bytes():
    for one in HANDOUTS:
        again = one.make(ask(one.id, "fa"))
        paper._compiler.cache_clear()
        assert again == one.make(ask(one.id, "fa")), f"{one.id} has a clock or a memory"


def test_another_process_gives_the_same_bytes(tmp_path):
    """Python shuffles its sets anew in each; in this sheet two fonts use one code for two letters."""
    files = []
    for chance in "123":
        command = [sys.executable, "-m", "documents", "make", "exercises-key", "--language", "fa", "--seed", "7"]
        command += ["--lesson", "marketing-versus-sales", "--day", "2026-01-31", "--out", str(tmp_path / chance)]
        environment = os.environ | {"PYTHONHASHSEED": chance}
        subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
        files += [path.read_bytes() for path in (tmp_path / chance).iterdir()]
    assert len(files) == 3
    assert len(set(files)) == 1


@pytest.mark.parametrize(
    ("code", "digits", "native"), [("fa", None, "۰-۹"), ("ar", "arab", "٠-٩"), ("ar", None, "0-9")]
)
@pytest.mark.office
def test_pages_are_numbered_in_the_readers_digits(code, digits, native):
    said = words(poppler(made("handout-lesson", code, digits)))
    page = {"fa": "صفحهٔ", "ar": "الصفحة"}[code]
    assert re.search(rf"{page} ?[{native}] ?(?:از|من) ?[{native}]", said)
    others = set("0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩") - set(
        {"۰-۹": "۰۱۲۳۴۵۶۷۸۹", "٠-٩": "٠١٢٣٤٥٦٧٨٩", "0-9": "0123456789"}[native]
    )
    arabic = re.sub(r"[!-/:-~\s]*[A-Za-z][!-~]*", " ", said)  # links, keys of sources and Latin names keep their digits
    assert len([sign for sign in arabic if sign in others]) <= 3


@pytest.mark.parametrize("code", CODES)
def test_slides_show_the_lessons_funnel(code, monkeypatch):
    from documents.outgoing.handouts import lesson

    seen = []
    monkeypatch.setattr(lesson, "pdf", lambda _template, data: seen.append(data) or b"")
    lesson.slides(ask("slides-lesson", code, lesson="what-a-funnel-is"))
    assert [one for one in seen[0]["slides"] if one["kind"] == "bars" and one["bars"]]


def test_the_certificate_names_every_lesson_and_nobody():
    text = "".join(page.extract_text() for page in read(made("certificate", "en")).pages)
    for one in library.lessons():
        first = library.lesson_text("en", one.slug).head.title.split()[0]
        assert first in text
    assert len(read(made("certificate", "en")).pages) == 1


def test_a_report_of_hostile_names_is_made_and_says_them():
    for code in CODES:
        pdf = BY_ID["report"].make(ask("report", code, scenario=hostile_inputs()))
        assert len(read(pdf).pages) <= 5


@pytest.mark.office
def test_hostile_names_come_out_as_text():
    said = words(poppler(BY_ID["report"].make(ask("report", "en", scenario=hostile_inputs())))).replace(" ", "")
    for name in HOSTILE[:4] + HOSTILE[5:6] + HOSTILE[7:8]:
        assert words(name).replace(" ", "") in said, name
    assert "□□" in said, "what no font has is a box"
    assert "\ufffd" not in said


@pytest.mark.office
@pytest.mark.parametrize("code", CODES)
def test_nothing_falls_off_the_page(code):
    report = BY_ID["report"].make(ask("report", code, scenario=hostile_inputs()))
    for pdf in (report, made("handout-lesson", code), made("slides-lesson", code), made("exercises-key", code)):
        told = poppler(pdf, "-bbox")
        width, height = map(float, re.search(r'<page width="([\d.]+)" height="([\d.]+)"', told).groups())
        for left, top, right, bottom in re.findall(
            r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)"', told
        ):
            assert float(left) > 10, told
            assert float(right) < width - 10
            assert float(top) > 5
            assert float(bottom) < height - 5


def test_an_empty_question_still_makes_a_report():
    report = BY_ID["report"]
    assert report.make(Ask("ar", calculator="stage_conversion")).startswith(b"%PDF-")
    empty = {"v": "1", "from": "own", "now": ",,"}
    assert report.make(Ask("fa", calculator="stage_conversion", scenario=empty)).startswith(b"%PDF-")


def test_a_broken_template_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "HERE", tmp_path)
    (tmp_path / "x.typ").write_text("#panic()")
    with pytest.raises(typst.TypstError):
        paper.pdf("x.typ", {})
    paper._compiler.cache_clear()


def test_the_paper_font_knows_its_own_signs():
    from fontTools.ttLib import TTFont

    for weight in ("Regular", "Bold"):
        path = paper.FONTS / f"VazirmatnPaper-{weight}.ttf"
        assert covered(path) == frozenset(TTFont(path).getBestCmap())
    assert printable("\u202eمتن\u2067 😀", paper.FONTS) == "متن □"


def test_the_paper_fonts_are_what_the_tool_makes(tmp_path, monkeypatch):
    from tools import make_paper_fonts

    monkeypatch.setattr(make_paper_fonts, "OUT", tmp_path)
    for weight in ("Regular", "Bold"):
        new = make_paper_fonts.make(weight)
        assert new.read_bytes() == (paper.FONTS / new.name).read_bytes(), "python -m tools.make_paper_fonts"


def test_no_text_is_pasted_into_a_template():
    for path in Path(ROOT / "documents/outgoing/handouts").glob("*.typ"):
        text = path.read_text("utf-8")
        assert "eval(" not in text, f"{path.name}: what a person typed could become Typst"
    assert ".replace(" not in (ROOT / "documents/outgoing/handouts/paper.py").read_text("utf-8"), "data go in as data"


def test_sums_stay_whole():
    assert numbers("fa").text("a 2 + 3").endswith("\u2066۲\xa0+\xa0۳\u2069")
