"""Write Streamlit's page in the visitor's language: pure text in, text out."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

HERE = Path(__file__).parent
ROOT = '<div id="root"></div>'
_EXECUTABLE = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


class Language(Protocol):
    """What this package wants to know of a language; `i18n.languages.Language` has it."""

    @property
    def code(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def locale(self) -> str: ...

    @property
    def direction(self) -> str: ...

    @property
    def digits(self) -> str: ...

    @property
    def digit_choices(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Texts:
    """What a page brings before the app speaks: words in one language, and the app's own stylesheet.

    `words` maps Streamlit's English to this language; `late` is said where the app does not arrive.
    """

    title: str
    noscript: str
    description: str
    words: Mapping[str, str] = field(default_factory=dict)
    style: str = ""
    late: str = ""


@dataclass(frozen=True)
class Still:
    """A page's own text, to be read before the app has arrived and without it: HTML, made by whoever knows the page.

    `head` and `body` may hold BASE, the address of the site's root, with its last slash.
    """

    title: str
    description: str
    head: str
    body: str


BASE = "{site-address}/"  # stands in attributes and JSON; what a visitor asked for goes there, if it is an address


@cache
def boot_script() -> str:
    """Return the head script; it is the same in all languages, so that one hash admits it."""
    return (HERE / "boot.js").read_text("utf8")


@cache
def stylesheet() -> str:
    """Return the stylesheet that the page carries."""
    return (HERE / "rtl.css").read_text("utf8")


def facts(languages: Iterable[Language], words: Mapping[str, Mapping[str, str]]) -> str:
    """Return what the head script must know, as JSON that is safe inside <script> (no `<` in it)."""
    told = {
        language.code: {
            "dir": language.direction,
            "locale": language.locale.replace("_", "-"),
            "digits": list(language.digit_choices),
            "words": {word: said for word, said in words.get(language.code, {}).items() if said and said != word},
        }
        for language in languages
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).replace("<", "\\u003c")


# What goes from Streamlit's page: the comment before the doctype, the font that the theme does not use, the pointer to
# an API that is off, and the "shortcut icon": Streamlit would fetch the icon of an st.Page into it from another host.
_REMOVED = re.compile(
    r"""\A\s*<!--.*?-->\s*(?=<!doctype)
      | <!--(?:(?!-->).)*-->\s*(?=<link[^>]*rel="service-desc")
      | <link[^>]*rel="(?:service-desc|shortcut\ icon)"[^>]*>
      | <link[^>]*rel="preload"[^>]*as="font"[^>]*>""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


# What loads the app: last in the page, so that the text has the right of way on a slow line.
_LOADS = re.compile(r'<script type="module"[^>]*></script>|<link rel="modulepreload"[^>]*>')
_SHEET = re.compile(r'<link rel="stylesheet"( crossorigin)? href="([^"]*)">')


def render(index: str, language: Language, digits: str, texts: Texts, told: str, still: Still | None = None) -> str:
    """Return Streamlit's index page in one language; `told` comes from `facts`.

    The page arrives with <html lang dir>, so that nothing jumps sides, and with its text, if there is a `still`, else with a
    title and a calm first view. Streamlit's stylesheet is fetched beside it and put in its place by the head script, as the
    browser would draw nothing before it; the app's scripts come last.
    """
    fonts = ("arabic", "latin") if language.direction == "rtl" else ("latin",)
    head = [
        f"<title>{escape(still.title if still else texts.title)}</title>",
        f'<meta name="description" content="{escape(still.description if still else texts.description)}">',
        *([still.head] if still else []),
        '<link rel="icon" href="./app/static/favicon.svg" type="image/svg+xml">',
        '<link rel="icon" href="./app/static/favicon.png" type="image/png" sizes="64x64">',
        *(
            f'<link rel="preload" href="./app/static/vazirmatn-{font}.woff2" as="font" type="font/woff2" crossorigin>'
            for font in fonts
        ),
    ]
    boot = f'<script type="application/json" id="rtl-facts">{told}</script><script>{boot_script()}</script>'
    html = f'<html lang="{escape(language.code)}" dir="{escape(language.direction)}" data-digits="{escape(digits)}">'
    noscript = (
        "<noscript><style>.rtl-splash, #root { display: none; }</style>"
        f'<p class="rtl-noscript">{escape(texts.noscript)}</p></noscript>'
    )
    splash = f'<div id="root"><div class="rtl-splash"><p>{escape(texts.title)}</p></div></div>'
    if still:
        late = f'<p class="rtl-late" role="status" hidden>{escape(texts.late)}</p>'
        splash = f'<div id="rtl-still" class="stApp">{late}{still.body}</div><div id="root" class="rtl-coming"></div>'
    page = _REMOVED.sub("", index)
    page = _SHEET.sub(r'<link rel="preload" as="style"\1 href="\2" data-rtl-sheet>', page)
    loads = "".join(_LOADS.findall(page))
    page = _LOADS.sub("", page)
    page = re.sub(r"<html[^>]*>", lambda _: html, page, count=1)
    page = re.sub(r"<title>.*?</title>", lambda _: "\n    ".join(head), page, count=1, flags=re.DOTALL)
    page = re.sub(r"<noscript>.*?</noscript>", lambda _: noscript, page, count=1, flags=re.DOTALL)
    page = page.replace(
        "</head>", f"<style>{stylesheet()}{texts.style}</style></head>", 1
    )  # after Streamlit's own, to outdo it
    return page.replace(ROOT, f"{splash}{boot}{loads}", 1)


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """Return the Content-Security-Policy source, `'sha256-...'`, of each inline script that a page executes."""
    found = (
        match["text"]
        for match in _EXECUTABLE.finditer(page)
        if "src=" not in match["attributes"] and "application/json" not in match["attributes"]
    )
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in found)


@cache
def head_script_hashes() -> tuple[str, ...]:
    """Return the hashes of the inline scripts of every page: Streamlit's own and the head script."""
    from streamlit.file_util import get_static_dir

    index = (Path(get_static_dir()) / "index.html").read_text("utf8")
    return inline_script_hashes(index.replace("</head>", f"<script>{boot_script()}</script></head>", 1))


def marker(
    language: str, digits: str, query: str | None = None, page: str = "", session: str = "", keep: str = ""
) -> str:
    """Return the element that tells the browser the language, the digits and what the address bar should say.

    Draw it with `st.html` once in every run. `query` is the whole query without "?"; None leaves the address alone.
    `page` is the current page's url_path: the address is only written while the browser is on that page. `session` is
    any text that is new in each server session: if the server loses a session while its page stays open, the browser
    loads the page again, and the address brings everything back. `keep` is a text of letters, digits and ``._-`` that the
    browser keeps in a cookie of that name for a year.
    """
    told = {"lang": language, "digits": digits, "page": page, "session": session}
    if keep:
        told["keep"] = keep
    if query is not None:
        told["query"] = quote(query, safe="=&+%-._~!*'():@/?,;$")
    return "<div " + " ".join(f'data-rtl-{name}="{escape(value)}"' for name, value in told.items()) + "></div>"
