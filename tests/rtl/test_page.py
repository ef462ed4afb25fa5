"""The page as text: language, safety of what is written into it, and the hashes for the Content-Security-Policy."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.file_util import get_static_dir

from rtl import head_script_hashes, marker
from rtl.page import Still, Texts, boot_script, facts, inline_script_hashes, render
from tests.rtl.gallery import LANGUAGES

INDEX = (Path(get_static_dir()) / "index.html").read_text("utf8")
HOSTILE = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> \\1 \\g<0> <!--"
_ARABIC, PERSIAN, ENGLISH = LANGUAGES


class Elements(HTMLParser):
    """Collect the start tags of a page with their attributes, and the text of each <script> and <title>."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.inside = ""
        self.texts: dict[str, list[str]] = {"script": [], "title": []}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs)))
        self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside in self.texts:
            self.texts[self.inside].append(data)

    def of(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.found if name == tag]


def page(language=PERSIAN, digits="arabext", text="دو قیف", words=None, still=None) -> str:
    """Render Streamlit's index."""
    told = facts(LANGUAGES, {language.code: words or {}})
    return render(INDEX, language, digits, Texts(text, text, text, {}), told, still)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_the_page_names_its_language_direction_and_digits(language):
    assert Elements(page(language, "latn")).of("html") == [
        {"lang": language.code, "dir": language.direction, "data-digits": "latn"}
    ]


def test_the_page_starts_with_its_doctype_so_that_no_browser_falls_into_quirks_mode():
    assert page().lower().startswith("<!doctype html>")


def test_the_page_asks_for_our_fonts_and_icon_and_not_for_streamlits():
    links = [(link["rel"], link["href"]) for link in Elements(page()).of("link") if link["rel"] != "modulepreload"]
    assert ("preload", "./app/static/vazirmatn-arabic.woff2") in links
    assert ("icon", "./app/static/favicon.svg") in links
    assert not any("SourceSans" in href for _, href in links)
    # Streamlit looks for "shortcut icon" and would fetch the icon of an st.Page from another host into it.
    assert not {"shortcut icon", "service-desc"} & {rel for rel, _ in links}


def test_an_english_page_does_not_fetch_the_arabic_letters():
    assert "vazirmatn-arabic" not in "".join(str(link) for link in Elements(page(ENGLISH, "latn")).of("link"))


def test_the_page_says_something_before_and_without_scripts():
    found = page(text="دو قیف")
    assert Elements(found).texts["title"] == ["دو قیف"]
    assert '<p class="rtl-noscript">دو قیف</p></noscript>' in found
    assert '<div class="rtl-splash"><p>دو قیف</p></div>' in found
    assert "openapi" not in found


STILL = Still("T <1>", "about", '<link rel="canonical" href="{site-address}/x">', "<main><h1>text</h1></main>")


def test_a_page_with_a_text_of_its_own_is_read_before_the_app_is_fetched():
    found = page(still=STILL)
    assert "<title>T &lt;1&gt;</title>" in found
    assert STILL.head in found
    text = found.index(STILL.body)
    assert text < found.index('id="rtl-facts"') < found.index('<script type="module"')
    assert text < found.index('rel="modulepreload"'), "what the app is made of must not come before the text"
    assert 'rel="stylesheet"' not in found, "a stylesheet in the head holds the first view back"
    assert '<div id="root" class="rtl-coming"></div>' in found
    assert 'rtl-splash"><p>' not in found


def test_hostile_texts_stay_texts():
    found = Elements(page(text=HOSTILE, words={"Stop": HOSTILE}))
    assert found.texts["title"] == [HOSTILE]
    assert not found.of("img")
    assert len(found.of("script")) == len(Elements(page()).of("script"))
    told = next(text for text in found.texts["script"] if text.startswith("{"))
    assert json.loads(told)["fa"]["words"]["Stop"] == HOSTILE
    assert "<" not in told


def test_the_hashes_admit_exactly_the_inline_scripts_that_run():
    inline = re.findall(r"<script>(.*?)</script>", page(), re.DOTALL)
    assert len(inline) == 2  # Streamlit's prerenderReady and ours
    assert boot_script() in inline
    wanted = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
    assert sorted(head_script_hashes()) == sorted(wanted)
    for language in LANGUAGES:
        assert set(inline_script_hashes(page(language, language.digits))) == set(wanted)


def test_the_head_script_could_stand_in_any_page():
    assert "</script" not in boot_script().lower()
    assert "<!--" not in boot_script()
    assert "<script" not in boot_script().lower()


@given(st.text(), st.text(), st.text())
def test_no_text_escapes_from_the_marker(query, page_name, session):
    markup = marker("fa", "arabext", query, page_name, session)
    found = Elements(markup).found
    assert [tag for tag, _ in found] == ["div"]
    assert markup.count("<") == 2
    assert set(found[0][1]) == {f"data-rtl-{name}" for name in ("lang", "digits", "query", "page", "session")}


def test_the_marker_says_what_the_address_should_be():
    assert marker("fa", "arabext") == (
        '<div data-rtl-lang="fa" data-rtl-digits="arabext" data-rtl-page="" data-rtl-session=""></div>'
    )
    assert 'data-rtl-query="v=1&amp;name=%D8%A7%20%3Cb%3E"' in marker("fa", "arabext", "v=1&name=ا <b>")
    assert 'data-rtl-query="a=b%20c+d"' in marker("fa", "arabext", "a=b%20c+d")  # quoted already: stays
