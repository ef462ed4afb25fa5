"""The catalogue and its command line: names that every system takes, words in every language, errors in one sentence."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import __main__ as command
from documents import catalogue
from documents.asking import Ask, Document
from documents.catalogue import CannotMake, card, data_name, file_name, make
from documents.outgoing.names import MOST_BYTES, safe_name
from documents.words import problems, words
from funnel import calculators
from funnel.links import scenario
from i18n.languages import languages, use_content_root
from i18n.numbers import numbers
from i18n.titles import source_name
from tests.support import ROOT

CODES = [one.code for one in languages()]
READERS = [(one.code, digits) for one in languages() for digits in one.digit_choices]
RESERVED = set('<>:"/\\|?*')
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}
DIRECTION = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(name: str) -> bool:
    stem = name.split(".")[0]
    return (
        not RESERVED & set(name)
        and not DIRECTION & set(name)
        and all(unicodedata.category(sign)[0] != "C" for sign in name)
        and name == unicodedata.normalize("NFC", name)
        and 0 < len(name.encode()) <= MOST_BYTES
        and name[-1] not in ". "
        and name[0] not in " .-~"
        and stem.lower().rstrip() not in DEVICES
    )


@given(st.text(max_size=400), st.sampled_from(["pdf", "xlsx", "csv", "json"]))
def test_any_text_becomes_a_safe_name(text, ending):
    name = safe_name(text, ending)
    assert safe(name), ascii(name)
    assert name.endswith(f".{ending}")
    assert safe_name(name.removesuffix(f".{ending}"), ending) == name


@pytest.mark.parametrize(
    "text", ["con", "NUL", "lpt1", "COM¹.txt", "aux.tar", "...", " ", "a. . .", "-", "--x", "\u202egnp.exe", "a/b\\c:d",
             "é" * 300, "e\u0301" * 300, "ب" * 300, "\u200c\u200c", "a\u0000b\nc", "𝕏" * 100, "~$x", ".hidden"],
)  # fmt: skip
def test_hostile_names(text):
    assert safe(safe_name(text, "pdf")), ascii(safe_name(text, "pdf"))


@pytest.mark.parametrize(("code", "digits"), READERS)
def test_a_file_says_which_business_it_is_filled_with(code, digits):
    for slug in calculators.slugs():
        for source in calculators.sources(slug):
            name = data_name(slug, "json", "json", code, digits, source=source)
            assert safe(name), ascii(name)
            known = numbers(code, digits).text(source_name(code, source))
            assert not known or safe_name(known, "json").split(" ")[0] in name
    ask = catalogue.asked_with(Ask(code, digits), "money", calculators.begin("money", "s1-ecom-sar"))
    assert {"en": "Cloud and a Half", "ar": "غيمة ونصف", "fa": "یک ابر و نیم"}[code] in file_name("workbook-kpi", ask)


# --- with two documents that stand in for the real ones ---


def said(ask: Ask) -> bytes:
    return repr(
        (ask.code, ask.calculator, sorted(ask.scenario.items()), ask.lesson, ask.seed, ask.link, ask.day)
    ).encode()


STAND_INS = {
    one.id: one
    for one in (
        Document("workbook-cohorts", "xlsx", said, "", ("cohorts",)),
        Document("exercises", "pdf", said, "lesson"),
        Document("report", "pdf", said, "scenario", ("money", "cohorts")),
    )
}


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(catalogue, "documents", lambda: STAND_INS)


@pytest.mark.parametrize(
    ("key", "ask", "code"),
    [("nothing", Ask("en"), "document"), ("report", Ask("zz"), "language"), ("report", Ask("en", "arab"), "digits"),
     ("exercises", Ask("en"), "no-lesson"), ("exercises", Ask("en", lesson="../x"), "lesson"),
     ("report", Ask("en"), "no-calculator"), ("report", Ask("en", calculator="os"), "calculator"),
     ("workbook-cohorts", Ask("en", calculator="money"), "fits"),
     ("exercises", Ask("en", lesson="what-a-funnel-is", seed=0), "seed")],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(few, key, ask, code):
    with pytest.raises(CannotMake) as error:
        make(key, ask)
    assert error.value.code == code
    assert code in catalogue.CODES


def run(*arguments: str) -> int:
    return command.main(list(arguments))


def test_the_command_line_makes_a_file_that_is_named_for_a_person(few, tmp_path, capsys):
    typed = ["make", "exercises", "--language", "fa", "--lesson", "what-a-funnel-is", "--seed", "7", "--out"]
    assert run(*typed, str(tmp_path)) == 0
    (made,) = tmp_path.iterdir()
    assert made.name.startswith("برگهٔ تمرین - ")
    assert made.name.endswith("۷.pdf")
    assert str(made) in capsys.readouterr().out
    assert b"what-a-funnel-is" in made.read_bytes()


def test_a_link_fills_a_document(few, tmp_path):
    link = "https://x.example/money?lang=fa&v=1&from=s1-ecom-sar"
    day = "2026-01-31"
    assert run("make", "report", "--language", "fa", "--link", link, "--out", str(tmp_path), "--day", day) == 0
    inputs = calculators.begin("money", "s1-ecom-sar")
    (made,) = tmp_path.iterdir()
    asked = Ask("fa", None, "money", scenario.encode(inputs), link=link, day=date(2026, 1, 31))
    assert made.read_bytes() == said(asked)


def test_all_makes_every_document_once(few, tmp_path):
    assert run("all", "--language", "ar", "--lesson", "what-a-funnel-is", "--out", str(tmp_path / "class")) == 0
    assert len(list((tmp_path / "class").iterdir())) == 2 + 2  # the report on each calculator that it takes


@pytest.mark.parametrize(
    "arguments",
    [["make", "nothing"], ["make", "report"], ["make", "report", "--language", "zz"], ["list", "--language", "zz"],
     ["make", "report", "--calculator", "../money"], ["make", "report", "--calculator", "money", "--link", "?from=zz"],
     ["make", "report", "--link", "?v=1"], ["make", "exercises", "--lesson", "x"], ["all", "--lesson", "x"],
     ["make", "report", "--digits", "arab", "--calculator", "money"], ["make", "workbook-cohorts", "--calculator", "money"],
     ["make", "exercises", "--lesson", "what-a-funnel-is", "--seed", "100000"]],
)  # fmt: skip
def test_a_mistake_is_one_sentence_and_an_exit_code(few, arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    out = capsys.readouterr()
    assert len(out.err.strip().splitlines()) == 1
    assert "Traceback" not in out.err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_one_sentence(few, capsys, tmp_path):
    (tmp_path / "taken").write_text("")
    assert run("make", "workbook-cohorts", "--out", str(tmp_path / "taken" / "x")) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_there_is_a_sentence_for_whatever_cannot_be_made():
    assert set(command.SENTENCES) == {*catalogue.CODES, "link"}


def test_what_is_not_understood_has_an_exit_code():
    with pytest.raises(SystemExit) as error:
        run("make")
    assert error.value.code == 2


# --- with the real ones ---


def test_every_document_is_listed_in_order_and_described_in_every_language():
    known = catalogue.documents()
    assert list(known) == list(catalogue.ORDER)
    for code, digits in READERS:
        for key in known:
            one = card(key, code, digits)
            assert one.title
            assert one.about
            assert one.who
            assert "\n" not in one.about


@pytest.mark.parametrize(("code", "digits"), READERS)
def test_every_file_has_its_own_safe_name(code, digits):
    from course import library

    names = []
    for found, ask in command.everything(Ask(code, digits)):
        names.append(file_name(found.id, ask))
        assert safe(names[-1]), names[-1]
        assert names[-1].endswith(f".{found.ending}")
    assert len(names) == len(set(names))
    assert len(names) > len(library.lessons())
    for slug in calculators.slugs():
        for kind, ending in (("csv", "csv"), ("localised", "csv"), ("json", "json"), ("png", "png"), ("svg", "svg")):
            assert safe(data_name(slug, kind, ending, code, digits))


def test_every_document_s_needs_can_be_met():
    for one in catalogue.documents().values():
        assert one.needs in ("", "lesson", "scenario")
        assert one.ending in catalogue.MIME
        assert set(one.fits) <= set(calculators.slugs())
        assert one.fits or one.needs != "scenario"


def test_list_prints_a_line_a_document():
    done = subprocess.run(
        [sys.executable, "-m", "documents", "list", "--language", "fa"], cwd=ROOT, capture_output=True, check=True
    )
    assert len(done.stdout.decode().splitlines()) == len(catalogue.ORDER)


# --- words ---


def test_the_words_of_documents_agree_in_all_languages():
    assert problems() == []


def test_a_missing_key_a_lost_place_and_a_wrong_plural_are_found(tmp_path):
    for code in ("en", "ar"):
        folder = tmp_path / code / "documents"
        folder.mkdir(parents=True)
        facts = (ROOT / "content" / code / "language.toml").read_text("utf-8")
        (tmp_path / code / "language.toml").write_text(facts, "utf-8")
    english = 'a = "one %(n)s"\nb = ["x", "y"]\nc = "z"\n[d]\none = "a"\nother = "b"\n'
    (tmp_path / "en/documents/x.toml").write_text(english, "utf-8")
    (tmp_path / "ar/documents/x.toml").write_text(
        'a = "واحد"\nb = ["x"]\nc = " "\ne = "1"\n[d]\none = "أ"\nother = "ب"\n', "utf-8"
    )
    with use_content_root(tmp_path):
        found = "\n".join(problems())
        assert words("en", "x")["b"] == ("x", "y")
        with pytest.raises(TypeError):
            words("en", "x")["a"] = "changed"
    for line in (
        "a: its places",
        "b[1]: is missing",
        "c: is empty here",
        "e: is not in English",
        "d (plural): plural categories",
    ):
        assert line in found
