"""Which languages there are and which one a visitor gets."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.languages import LanguageError, content_root, language, languages, negotiate, pick_digits, use_content_root

from .conftest import write_language


def test_the_real_languages_are_sound():
    assert {"ar", "fa", "en"} <= {one.code for one in languages(drafts=True)}


def test_order_and_drafts(content):
    assert [one.code for one in languages()] == ["ar", "fa", "en"]
    assert [one.code for one in languages(drafts=True)] == ["ar", "fa", "en", "ckb"]
    assert language("ckb").status == "draft"
    assert language("fa").digit_choices == ("arabext", "latn")
    with pytest.raises(KeyError):
        language("xx")


def test_the_content_root_comes_back(tmp_path):
    before = content_root(), languages()
    write_language(tmp_path, "xx", locale='"en"')
    with use_content_root(tmp_path):
        assert [one.code for one in languages()] == ["xx"]
        assert negotiate("fa") == "xx"
    assert (content_root(), languages()) == before


def test_every_problem_of_every_file_is_said_at_once(tmp_path):
    write_language(tmp_path, "fa", direction='"up"', status='"done"', locale='"xx_YY_zzz"', digits='"deva"', extra="1")
    write_language(tmp_path, "ar", direction='"up"', status='"done"', locale='"zz"', digits='"deva"')
    write_language(tmp_path, "en", name="", order='"1"', font='""', digit_choices="[]")
    write_language(tmp_path, "UP", locale='"en"')
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "language.toml").write_text("name = ", encoding="utf-8")
    with use_content_root(tmp_path), pytest.raises(LanguageError) as caught:
        languages()
    said = str(caught.value)
    for part in (
        "fa/language.toml: extra: unknown key", "ar/language.toml: direction: 'up'", "ar/language.toml: status: 'done'",
        "ar/language.toml: locale: 'zz'", "ar/language.toml: digits: 'deva' is not one of",
        "ar/language.toml: digits: 'deva' is not among", "en/language.toml: name: missing",
        "en/language.toml: order: should be int", "en/language.toml: font: empty",
        "en/language.toml: digit_choices: empty",
        "UP/language.toml: folder 'UP'", "broken/language.toml: cannot be read",
    ):  # fmt: skip
        assert part in said


def test_no_language_at_all(tmp_path):
    with use_content_root(tmp_path), pytest.raises(LanguageError, match="no folder"):
        languages()


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ((), "en"), ((None, None), "en"), (("fa",), "fa"), (("FA",), "fa"), (("fa-IR,fa;q=0.9,en;q=0.8",), "fa"),
        (("en;q=0.3, ar;q=0.7",), "ar"), (("en;q=0.3,ar;q=0.7,de",), "ar"), (("ar_EG",), "ar"),
        (("fa;q=0, ar;q=0.1",), "ar"),
        ((None, "xx", "fa"), "fa"), (("fa", "ar"), "fa"), (("*",), "en"), (("*, fa;q=0.1",), "fa"),
        (("fa;q=2",), "en"), (("fa;q=x, ar",), "ar"), (("zh-Hant-TW, ar-u-nu-arab",), "ar"), (("",), "en"),
        (("faa",), "en"), (("fa;q=0.5;level=1,ar;q=0.1",), "ar"), (("../../fa",), "en"), (("ckb",), "en"), ((5,), "en"),
    ],
)  # fmt: skip
def test_negotiate(content, wanted, code):
    assert negotiate(*wanted) == code


def test_a_translator_may_ask_for_a_draft(content):
    assert negotiate("ckb-IQ", drafts=True) == "ckb"


@given(st.lists(st.none() | st.text(max_size=60) | st.text(alphabet="fareqn-_;=,.01 *", max_size=60), max_size=4))
def test_negotiate_takes_anything(wanted):
    assert negotiate(*wanted) in {one.code for one in languages()}


@pytest.mark.parametrize("header", ["," * 10**6, "x-" * 10**6, "a;q=" + "0" * 10**6, " " * 10**6, "xx-" + "a-" * 500])
def test_negotiate_costs_nothing(header):
    began = time.perf_counter()
    assert negotiate(header) == "en"
    assert time.perf_counter() - began < 1


def test_pick_digits(content):
    assert pick_digits(language("ar"), None) == "latn"
    assert pick_digits(language("ar"), "arab") == "arab"
    assert pick_digits(language("ar"), "arabext") == "latn"
    assert pick_digits(language("fa"), "") == "arabext"


def test_threads_get_the_same_answer(content):
    got = []
    threads = [threading.Thread(target=lambda: got.append((languages(), negotiate("fa")))) for _ in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(got) == 16
    assert len(set(got)) == 1
