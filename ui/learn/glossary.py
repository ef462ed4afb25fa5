"""The glossary: every term, searchable across the languages, however its letters are typed."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import streamlit as st

from course import library
from course.text import TERM
from i18n.languages import cached_per_root, content_root, languages
from i18n.numbers import Numbers
from ui import navigation, state
from ui.text import _, escape, ngettext, page_text

# Letters that are typed for one another: Arabic and Persian yeh and kaf, hamza and its seats, teh marbuta, and the digits.
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("يىئ", "ی"), **dict.fromkeys("ك", "ک"), **dict.fromkeys("أإآٱ", "ا"), **dict.fromkeys("ؤ", "و"),
        **dict.fromkeys("ةۀ", "ه"), **dict.fromkeys("\u200c\u200b\u200d\u200e\u200f\u0640\u0654-", ""), "ء": "",
        **{digit: str(i) for i, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}, **{digit: str(i) for i, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
    }
)  # fmt: skip


def folded(text: str) -> str:
    """Return text so that spellings of the same word are equal: case, marks, letter variants, digits, joiners.

    >>> folded("نرخ‌های تبديل") == folded("نرخهای تبدیل"), folded("الوعيُ") == folded("الوعی")
    (True, True)
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", bare).translate(_FOLDED)).strip()


def needle(wanted: str) -> str:
    """Return what is searched for, of what was typed: its beginning, since folding sorts marks, at a square of their number."""
    return folded(wanted[:400])[:80]


@cached_per_root
def _index() -> dict[str, str]:
    """Return for each term everything that it may be searched by, in all languages, folded."""
    texts: dict[str, list[str]] = {}
    for one in languages():
        for key, term in library.glossary(one.code).items():
            texts.setdefault(key, [key]).extend((term.term, *term.variants))
    return {key: folded(" | ".join(parts)) for key, parts in texts.items()}


@cached_per_root
def _used() -> dict[str, list[str]]:
    """Return the lessons whose English text marks a term."""
    used: dict[str, list[str]] = {}
    for lesson in library.lessons():
        said = " ".join(one.said for one in library.lesson_text("en", lesson.slug).blocks)
        for key in dict.fromkeys(hit[1] for hit in TERM.finditer(said)):
            used.setdefault(key, []).append(lesson.slug)
    return used


def anchor(key: str) -> str:
    """Return a term's id on the page. Not the bare key: st.html drops an id that names a property of forms, as "target" does."""
    return f"term-{key}"


def page() -> None:
    """Draw the page."""
    front, _body = page_text("pages", "glossary")
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    wanted = st.text_input(
        _("Search in all three languages"), key=f"glossary-search-{state.reader().key}", autocomplete="off"
    )
    terms = library.glossary(state.reader().language.code)
    sought = needle(wanted or "")
    found = [key for key in terms if sought in _index()[key]]
    if not found:
        nothing = _("No term is written like that. Try a part of the word.")
        st.html(f'<p role="status">{escape(nothing)}</p>')
        return
    numbers = state.reader().numbers
    entries = _entries(str(content_root()), state.reader().language.code, numbers, tuple(found))
    said = escape(ngettext("%(n)s term", "%(n)s terms", len(found))) % {"n": numbers.count(len(found))}
    st.html(f'<p class="tf-quiet" role="status">{said}</p><dl class="tf-glossary">{entries}</dl>')


@lru_cache(maxsize=16)
def _entries(_root: str, code: str, _numbers: Numbers, keys: tuple[str, ...]) -> str:
    """Return the entries in the language's order; kept, since most reruns show the same ones."""
    terms = library.glossary(code)
    return "".join(_entry(key) for key in sorted(keys, key=lambda key: folded(terms[key].term)))


def _entry(key: str) -> str:
    """Return one term: its names here and in the other languages, what it means, how it is misread, where it is used."""
    code, numbers = state.reader().language.code, state.reader().numbers
    term = library.glossary(code)[key]
    misread, also, comma, lessons = _("Often misread:"), _("Also:"), _(", "), _("In the lessons:")
    others = [
        f'<bdi lang="{one.code}" dir="{one.direction}">{escape(library.glossary(one.code)[key].term)}</bdi>'
        for one in languages()
        if one.code != code and key in library.glossary(one.code)
    ]
    out = [f'<dt id="{anchor(key)}">{escape(term.term)}</dt><dd><p>{escape(numbers.text(term.definition))}</p>']
    if term.formula:
        out.append(f'<p><bdi dir="ltr">{escape(numbers.text(term.formula))}</bdi></p>')
    if term.misreading:
        out.append(f"<p>{escape(misread)} {escape(numbers.text(term.misreading))}</p>")
    if term.variants:
        out.append(f'<p class="tf-quiet">{escape(also)} {escape(comma.join(term.variants))}</p>')
    out.append(f'<p class="tf-quiet" translate="no">{" · ".join(others)}</p>')
    if used := _used().get(key):
        links = " · ".join(navigation.link(slug) for slug in used)
        out.append(f'<p class="tf-quiet">{escape(lessons)} {links}</p>')
    return "".join(out) + "</dd>"
