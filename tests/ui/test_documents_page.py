"""Templates and files: every document is offered with its picture, filled with the numbers that were chosen; files come back."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from documents import catalogue, scenario_file
from documents.asking import Ask
from documents.outgoing.data import csv_bytes, localised_csv, with_scenario
from funnel import calculators
from funnel.links.scenario import decode
from i18n.languages import languages, use_content_root
from statements.calculators import calculator
from statements.reader import reading
from tests.documents.test_scenario_file import HOSTILE_BOOKS, HOSTILE_JSON
from tests.support import ROOT
from tests.ui import invented
from tests.ui.script import opened, plain, words
from tests.ui.test_own_data import LOG, pasted
from ui.files.pictures import FOLDER, SIZES, picture

PAGE = "04_documents.py"
CODES = [one.code for one in languages()]


def buttons(test: AppTest) -> dict[str, str]:
    """Return the download buttons: the end of their keys, and their labels."""
    found = {}
    for one in test.get("download_button"):
        found[one.proto.id.rpartition("-files-")[2] or one.proto.id] = one.proto.label
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_document_is_offered_with_its_picture_title_and_words(code):
    test = opened(PAGE, code)
    assert not test.exception
    said = words(test)
    for key, one in catalogue.documents().items():
        card = catalogue.card(key, code)
        for text in (card.title, card.about, card.who):
            assert text.replace("'", "&#x27;") in said, text
        if one.needs != "scenario" or "stage_conversion" in one.fits:
            assert f"static/documents/{code}/{key}." in said
    assert said.count('loading="lazy"') == len(catalogue.documents())
    alts = re.findall(r'<img [^>]*alt="([^"]+)"', said)
    assert len(set(alts)) == len(catalogue.documents())
    assert len(test.get("download_button")) == len(catalogue.documents()) + 1


def test_every_document_has_a_small_picture_in_every_language():
    from PIL import Image

    whole = 0
    for code in CODES:
        for key in catalogue.documents():
            found = picture(key, code)
            assert found is not None, f"run python -m tools.previews {key} --language {code}"
            path = ROOT / found.url.removeprefix("app/")
            whole += path.stat().st_size
            assert path.stat().st_size <= 25_000, path
            width, height = SIZES[found.shape]
            with Image.open(path) as image:
                assert image.size == (2 * width, 2 * height)
        stems = {path.name.split(".")[0] for path in (FOLDER / code).glob("*.webp")}
        assert stems == set(catalogue.documents()), "a picture of no document"
    assert whole <= 1_000_000


def asked(monkeypatch) -> list[tuple[str, Ask]]:
    """Note what the page's buttons would make."""
    from ui.files import page

    seen: list[tuple[str, Ask]] = []
    monkeypatch.setattr(page, "document_button", lambda key, ask, *rest: seen.append((key, ask)))
    return seen


def choose(test: AppTest, which: int, value: str) -> AppTest:
    return test.selectbox[which].set_value(value).run()


def test_a_business_fills_the_workbooks_that_it_fits(monkeypatch):
    test = opened(PAGE, "en")
    seen = asked(monkeypatch)
    choose(test, 0, "s6-app-usd")
    assert not test.exception
    made = dict(seen)
    assert made["workbook-economics"].scenario["from"] == "s6-app-usd"
    assert made["workbook-cohorts"].calculator == "cohorts"
    assert made["workbook-content"].calculator == ""
    assert made["workbook-economics"].day is not None
    assert "/money?" in made["workbook-economics"].link or "/customer_value?" in made["workbook-economics"].link


def test_the_numbers_of_this_visit_fill_the_workbooks(monkeypatch):
    test = opened(PAGE, "en")
    assert "mine" not in test.selectbox[0].options
    inputs = calculators.begin("cohorts", "published-a")
    from ui.state import Desk

    test.session_state["desk-cohorts"] = Desk(inputs)
    seen = asked(monkeypatch)
    test.run()
    seen.clear()
    choose(test, 0, "mine")
    made = dict(seen)
    assert made["workbook-cohorts"].scenario["from"] == "published-a"
    assert made["workbook-marketing"].calculator == ""
    assert "Filled from “Cohorts”." in plain(test)
    assert "these numbers have no place in it" in plain(test)


def test_the_lesson_and_the_sheet_s_number_are_chosen(monkeypatch):
    test = opened(PAGE, "fa")
    seen = asked(monkeypatch)
    choose(test, 1, "money-in-the-funnel")
    test.text_input[0].input("۷").run()
    made = dict(seen)
    assert made["exercises"].lesson == made["runsheet"].lesson == "money-in-the-funnel"
    assert made["exercises"].seed == 7
    assert made["handout-lesson"].link.split("?")[0].endswith("/money-in-the-funnel")
    test.text_input[0].input("-3").run()
    assert dict(seen)["exercises"].seed == 7
    assert not test.exception


def test_a_report_is_made_on_the_chosen_calculator(monkeypatch):
    test = opened(PAGE, "en")
    seen = asked(monkeypatch)
    slug = catalogue.document("report").fits[-1]
    choose(test, 2, slug)
    assert dict(seen)["report"].calculator == slug


# --- the way back ---------------------------------------------------------------------------------------------------


class Upload:
    """What the field for files gives the page."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self._data = name, data

    def getvalue(self) -> bytes:
        return self._data


def brought(monkeypatch, name: str, data: bytes, code: str = "en") -> AppTest:
    """Open the page with a file in its field."""
    import streamlit as st

    left = [Upload(name, data)]
    monkeypatch.setattr(st, "file_uploader", lambda *_args, **_more: left.pop() if left else None)
    test = opened(PAGE, code)
    assert not test.exception
    assert not test.error
    return test


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", calculators.slugs())
def test_numbers_come_back_with_a_sentence_of_what_they_are(monkeypatch, slug, code):
    inputs = calculators.begin(slug)
    test = brought(monkeypatch, "x.json", scenario_file.write(slug, inputs), code)
    said = words(test)
    assert 'class="tf-headline"' in said
    test.button(key="own-open").click().run()
    assert test.session_state[f"desk-{slug}"].inputs == inputs
    assert not test.error


def test_a_workbook_of_ours_comes_back(monkeypatch):
    inputs = calculators.begin("cohorts", "published-a")
    data = catalogue.make("workbook-cohorts", catalogue.asked_with(Ask("fa"), "cohorts", inputs))
    test = brought(monkeypatch, "x.xlsx", data)
    assert "Cohort table" in plain(test)
    test.button(key="own-open").click().run()
    assert test.session_state["desk-cohorts"].inputs.counts == inputs.counts


def test_a_plan_of_ours_is_known_and_no_calculator_opens_it(monkeypatch):
    test = brought(monkeypatch, "x.xlsx", catalogue.make("workbook-content", Ask("en")))
    assert "a plan or a list" in plain(test)
    assert not [one for one in test.button if one.key in ("own-open", "own-use")]


def test_a_table_of_stages_that_was_changed_comes_back(monkeypatch):
    table = "copy,stage_id,stage,people\nnow,visits,Visits,50000\nnow,leads,Leads,12/5\nnow,customers,Customers,100\n"
    test = brought(monkeypatch, "x.csv", table.encode())
    said = plain(test)
    assert "People are taken from its cells." in said
    assert "Row 3:" in said
    test.button(key="own-open").click().run()
    assert test.session_state["desk-stage_conversion"].inputs.now == (50000.0, None, 100.0)


def test_what_was_changed_in_a_file_is_said(monkeypatch):
    data = csv_bytes(*with_scenario(["a"], [["x"]], "money", calculators.begin("money"))).replace(
        b"from=base", b"from=zz"
    )
    if b"from=zz" not in data:
        data = data.replace(b"v=1", b"v=1&from=zz")
    said = plain(brought(monkeypatch, "x.csv", data))
    assert "“zz” is not known here" in said


def test_a_stranger_s_stages_are_shown_and_used_on_their_page(monkeypatch):
    test = brought(monkeypatch, "x.csv", "مرحله;تعداد\nبازدید;۴۸٬۰۰۰\nسرنخ;2880".encode())
    assert "48,000" in plain(test)
    test.button(key="own-use").click().run()
    assert test.session_state["desk-own_data"].inputs.counts == (48000.0, 2880.0)


@pytest.mark.parametrize("code", ["en", "ar"])
@pytest.mark.parametrize(
    "what", [*HOSTILE_JSON, *HOSTILE_BOOKS, "empty file", "ragged", "windows-1256", "links", "html"]
)
def test_hostile_files_get_a_sentence(monkeypatch, what, code):
    if what in HOSTILE_JSON:
        name, data = "x.json", HOSTILE_JSON[what][0]
    elif what in HOSTILE_BOOKS:
        name, data = "x.xlsx", HOSTILE_BOOKS[what]
    else:
        name, data = {
            "empty file": ("x.csv", b""),
            "ragged": ("x.csv", b"copy,stage_id,stage,people\nnow\nnow,a\n,,,,,,,,\n"),
            "windows-1256": ("x.csv", "مرحلة;العدد\nزيارة;5\nعميل;3".encode("cp1256")),
            "links": ("x.xlsx", _with_links()),
            "html": (
                "<img src=x>.csv",
                b"copy,stage_id,stage,people\nnow,,<img src=x onerror=hurt()>,5\nnow,,*b*,<script>\n",
            ),
        }[what]
    test = brought(monkeypatch, name, data, code)
    said = words(test)
    assert any(word in said for word in ('role="alert"', 'class="tf-headline"', "tf-table")), said[-2000:]
    assert "<img src=x" not in said
    assert "<script" not in said


def _with_links() -> bytes:
    """Return a workbook of a stranger that names another file."""
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["Visits", 48000], ["Leads", 2880]):
        book.active.append(row)
    book.save(out)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    return out.getvalue()


# --- elsewhere ------------------------------------------------------------------------------------------------------


def test_the_localised_table_has_words_and_digits():
    with reading("fa"):
        text = localised_csv(calculator("money").findings(calculators.begin("money")).body).decode("utf-8-sig")
    assert re.search("[۰-۹]", text)
    assert not re.search("[0-9]", text)
    assert not re.search("[\u200e\u200f\u061c\u2066-\u2069<>]", text)
    assert len(text.splitlines()) > 5


@pytest.mark.parametrize("code", invented.BENDS)
def test_files_come_back_in_invented_languages(monkeypatch, bent_root, code):
    with use_content_root(bent_root):
        test = brought(monkeypatch, "x.json", scenario_file.write("money", calculators.begin("money")), code)
    assert not any("<img src=x" in one.proto.body for one in test.get("html"))


def test_the_icons_of_files_are_in_our_small_font():
    from ui.files.buttons import ICONS

    known = set((ROOT / "rtl" / "icons.txt").read_text("utf-8").split())
    assert set(ICONS.values()) <= known


def test_the_report_on_a_log_of_this_visit_says_what_its_page_says(monkeypatch):
    seen = asked(monkeypatch)
    log = pasted(LOG)
    log.button(key="own-use").click().run()
    test = opened(PAGE, "en")
    for key, value in log.session_state._state.filtered_state.items():
        if key.startswith(("desk-", "note-")):
            test.session_state[key] = value
    test.run()
    seen.clear()
    next(one for one in test.selectbox if one.label == "Which calculator?").set_value("own_data").run()
    assert not test.exception
    ask = dict(seen)["report"]
    one = calculator("own_data")
    with reading("en"):
        made = one.findings(decode(one.model.Inputs, ask.scenario).inputs, *ask.events)
    said = re.sub("[\u2066-\u2069]", "", made.headline)
    assert said.startswith("Of 2 at “seen”, 1 reaches “paid”: an overall rate of 50.0%.")
    assert "26 hours" in said
    assert "not here" not in str(made)
