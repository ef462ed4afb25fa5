"""The glossary: every term, searchable across the languages, however its letters are typed."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from course import library
from course.text import TERM
from i18n.languages import cached_per_root, content_root, languages
from i18n.numbers import Numbers
from ui import navigation, state
from ui.blocks import html
from ui.learn.folding import alphabetical, folded, needle, rank
from ui.text import _, escape, ngettext, page_text


@cached_per_root
def _index() -> dict[str, tuple[str, ...]]:
    """Return for each term every name that it may be searched by, in all languages, folded."""
    texts: dict[str, list[str]] = {}
    for one in languages():
        for key, term in library.glossary(one.code).items():
            texts.setdefault(key, [key]).extend((term.term, *term.variants))
    return {key: tuple(map(folded, parts)) for key, parts in texts.items()}


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
    key = f"glossary-search-{state.reader().key}"
    if state.shown(key) is None:
        state.show(key, state.noted("glossary", ""))
    wanted = st.text_input(_("Search in all three languages"), key=key, autocomplete="off")
    state.note("glossary", wanted)  # it is still there after a look at a lesson
    found = ordered(state.reader().language.code, needle(wanted or ""))
    if not found:
        nothing = _("No term is written like that. Try a part of the word.")
        st.html(f'<p role="status">{escape(nothing)}</p>')
        return
    st.html(entries(tuple(found)))


def entries(keys: tuple[str, ...]) -> str:
    """Return how many terms there are and what each means, as HTML."""
    numbers = state.reader().numbers
    code = state.reader().language.code
    made = _entries(str(content_root()), code, numbers, keys)
    said = escape(ngettext("%(n)s term", "%(n)s terms", len(keys))) % {"n": numbers.count(len(keys))}
    letters = _letters(keys) if len(keys) == len(library.glossary(code)) else ""
    return f'<p class="tf-quiet" role="status">{said}</p>{letters}<dl class="tf-glossary">{made}</dl>'


def ordered(code: str, sought: str = "") -> list[str]:
    """Return the terms that are sought: the very word first, then those that begin with it; each in the language's order."""
    terms = library.glossary(code)
    ranked = [(rank(sought, _index()[key]), alphabetical(code, terms[key].term), key) for key in terms]
    return [key for _rank, _place, key in sorted(one for one in ranked if one[0] is not None)]


def _letters(keys: tuple[str, ...]) -> str:
    """Return links to the first term of each letter."""
    terms, first = library.glossary(state.reader().language.code), {}
    for key in keys:
        first.setdefault(terms[key].term[0].upper(), key)
    links = [navigation.link("glossary", letter, anchor(key)) for letter, key in first.items()]
    name = escape(_("First letters"))
    return f'<nav class="tf-letters" aria-label="{name}">{"".join(links)}</nav>'


@lru_cache(maxsize=16)
def _entries(_root: str, _code: str, _numbers: Numbers, keys: tuple[str, ...]) -> str:
    """Return the entries in their order; kept, since most reruns show the same ones."""
    return "".join(map(_entry, keys))


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
        out.append(f'<p class="tf-math">{html(numbers.formula(term.formula))}</p>')
    if term.misreading:
        out.append(f"<p>{escape(misread)} {escape(numbers.text(term.misreading))}</p>")
    if term.variants:
        out.append(f'<p class="tf-quiet">{escape(also)} {escape(comma.join(term.variants))}</p>')
    out.append(f'<p class="tf-quiet" translate="no">{" · ".join(others)}</p>')
    if used := _used().get(key):
        links = " · ".join(navigation.link(slug) for slug in used)
        out.append(f'<p class="tf-quiet">{escape(lessons)} {links}</p>')
    return "".join(out) + "</dd>"
