"""The report on each calculator: what its page says, on paper, in every language; from the page and from a terminal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from documents import catalogue
from documents.__main__ import main
from documents.asking import Ask
from documents.outgoing.handouts import findings as on_paper
from documents.outgoing.handouts.letters import settable
from documents.outgoing.handouts.paper import FONTS
from documents.outgoing.plain import tables
from funnel import calculators
from funnel.facts.stages import Stage
from statements.calculators import calculator
from statements.findings import Findings
from statements.reader import reading
from tests.documents.outgoing.papers import CODES, HOSTILE, letters, poppler, read, words
from tests.ui.script import opened

SLUGS = [slug for slug in calculators.slugs() if slug != "stage_conversion"]
LINK = "http://localhost:8501/{}?v=1"
#: The smallest PNG: drawing the charts takes longest, and one test does it.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)


@pytest.fixture
def no_charts(monkeypatch):
    monkeypatch.setattr(on_paper, "chart_png", lambda *_given: DOT)


def asked(code: str, slug: str, inputs: object, digits: str | None = None) -> Ask:
    ask = Ask(code, digits, link=LINK.format(slug), day=date(2026, 11, 22))
    return catalogue.asked_with(ask, slug, inputs)


def said_words(said: Findings) -> list[str]:
    """Return the words that must be found: of the sentence, and of the heads of tables (a narrow column breaks between them)."""
    heads = [cell for _title, rows in tables(said.body) for cell in rows[0]]
    return [bare(word) for line in (said.headline, *heads) for word in line.split()]


def bare(text: str) -> str:
    """Return the letters alone: poppler writes a vowel mark beside its neighbour where a line is set very small."""
    return "".join(sign for sign in unicodedata.normalize("NFD", letters(text)) if unicodedata.category(sign)[0] != "M")


@pytest.mark.office
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_page_says_stands_in_its_report(slug, code, no_charts):
    inputs = calculators.begin(slug, calculators.sources(slug)[-1])
    with reading(code):
        said = calculator(slug).findings(inputs)
    pdf = catalogue.make("report", asked(code, slug, inputs))
    copied = poppler(pdf)
    found, flat = bare(copied), words(copied)
    missing = [word for word in said_words(said) if word not in found]
    assert not missing
    assert "□" not in flat, "a sign of ours that no font of ours has"
    if code == "en":
        for figure in said.figures:
            assert words(figure.value) in flat
    assert len(read(pdf).pages) <= 6
    root = read(pdf).trailer["/Root"]
    assert root["/Lang"] == code
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert LINK.format(slug) in str([one.get_object() for page in read(pdf).pages for one in page.get("/Annots", ())])


@pytest.mark.office
def test_digits_of_the_reader(no_charts):
    pdf = catalogue.make("report", asked("ar", "money", calculators.begin("money"), "arab"))
    own = re.sub(r"\S*[A-Za-z]\S*", "", words(poppler(pdf)))
    assert re.search("[٠-٩]", own)
    assert not re.search("[0-9]", own)


def test_hostile_names_break_no_report(no_charts):
    inputs = calculators.begin("own_data", "own")
    names = [name for name in HOSTILE[:8] if name.strip()]
    inputs = replace(
        inputs, kind="stages", stages=tuple(Stage(name=name) for name in names),
        counts=tuple(float(10**6 // 3**i) for i in range(len(names))),
    )  # fmt: skip
    for code in CODES:
        assert catalogue.make("report", asked(code, "own_data", inputs)).startswith(b"%PDF-")
    assert settable("漢 \u202eα√\u2069", FONTS) == "□ \u202eα√\u2069"


def test_charts_stand_in_it_as_pictures():
    pdf = read(catalogue.make("report", asked("fa", "target_planner", calculators.begin("target_planner"))))
    assert any(image.image.width > 1000 for page in pdf.pages for image in page.images)


def test_the_page_offers_a_report_on_every_calculator(monkeypatch):
    from ui.files import page

    test = opened("04_documents.py", "fa")
    seen: list[tuple[str, Ask]] = []
    monkeypatch.setattr(page, "document_button", lambda key, ask, *rest: seen.append((key, ask)))
    for slug in calculators.slugs():
        seen.clear()
        test.selectbox[2].set_value(slug).run()
        assert not test.exception
        ask = dict(seen)["report"]
        assert ask.calculator == slug
        assert bool(ask.events) == (slug == "own_data")


@pytest.mark.parametrize("digits", [None, "arab"])
def test_a_terminal_makes_it_too(digits, no_charts, tmp_path):
    given = ["make", "report", "--calculator", "money", "--language", "ar", "--out", str(tmp_path)]
    given += ["--link", "?v=1&from=s1-ecom-sar", "--site", "http://127.0.0.1:8501/"]
    given += ["--digits", digits] if digits else []
    assert main(given) == 0
    (path,) = tmp_path.iterdir()
    assert "غيمة ونصف" in path.name
    links = str([one.get_object() for page in read(path.read_bytes()).pages for one in page.get("/Annots", ())])
    assert "http://127.0.0.1:8501/money?lang=ar" in links
    assert "from=s1-ecom-sar" in links


def test_a_day_that_no_calendar_has_is_refused(capsys):
    assert main(["make", "report", "--calculator", "stage_conversion", "--language", "fa", "--day", "3000-01-01"]) == 2
    assert "3000-01-01" in capsys.readouterr().err
