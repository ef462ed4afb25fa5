"""One place to search: calculators, lessons, terms and pages, by their names in any of the languages."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from course import library
from i18n.languages import cached_per_root, languages
from i18n.titles import page_title
from ui import navigation, state
from ui.learn.folding import folded, needle, rank
from ui.learn.glossary import anchor
from ui.text import _, escape, ngettext, page_text

MOST = 30  # of each kind: who finds more has not searched yet


@dataclass(frozen=True)
class Hit:
    """Hold one thing that can be found: its kind, where it is, and what it is called in every language, folded."""

    kind: str
    slug: str
    names: tuple[str, ...]
    anchor: str = ""


@cached_per_root
def _index() -> tuple[Hit, ...]:
    codes = [one.code for one in languages()]
    hits = []
    for slug in navigation.slugs():
        if navigation.folder(slug) == "calculators":
            hits.append(Hit("calculator", slug, tuple(folded(page_title(code, slug)) for code in codes)))
    for lesson in library.lessons():
        names = tuple(folded(library.lesson_text(code, lesson.slug).head.title) for code in codes)
        hits.append(Hit("lesson", lesson.slug, names))
    for key in library.glossary("en"):
        names = [key]
        for code in codes:
            if (term := library.glossary(code).get(key)) is not None:
                names += [term.term, *term.variants]
        hits.append(Hit("term", "glossary", tuple(map(folded, names)), anchor(key)))
    return tuple(hits)


def found(wanted: str) -> list[Hit]:
    """Return what has a name that holds the words, the same name first, then names that begin with it; [] for nothing."""
    sought = needle(wanted)
    ranked = [(rank(sought, hit.names), hit) for hit in _index()] if sought else []
    return [hit for place, hit in sorted((one for one in ranked if one[0] is not None), key=lambda one: one[0])]


def page() -> None:
    """Draw the page."""
    front, _body = page_text("pages", "search")
    st.title(front["title"], anchor=False)
    key = f"search-{state.reader().key}"
    if state.shown(key) is None:
        state.show(key, state.noted("sought", ""))
    wanted = st.text_input(front["lead"], key=key, autocomplete="off", placeholder=front["example"])
    state.note("sought", wanted)  # it is still there after a look at a lesson
    if not (wanted or "").strip():
        return
    hits = found(wanted)
    if not hits:
        nothing = _("Nothing is called like that. Try a part of the word, or another language.")
        st.html(f'<p role="status">{escape(nothing)}</p>')
        return
    said = ngettext("%(n)s found", "%(n)s found", len(hits)) % {"n": state.reader().numbers.count(len(hits))}
    out = [f'<p class="tf-quiet" role="status">{escape(said)}</p>']
    heads = {"calculator": _("Calculators"), "lesson": _("Lessons"), "term": _("Terms")}
    kinds = dict.fromkeys(hit.kind for hit in hits)  # the kind of the best hit first
    for kind in kinds:
        items = "".join(_item(hit) for hit in hits[:200] if hit.kind == kind)
        out.append(f'<h2>{escape(heads[kind])}</h2><ul class="tf-cards">{items}</ul>')
    st.html("".join(out))


def _item(hit: Hit) -> str:
    """Return one hit: its name and a sentence, the whole a link."""
    code, numbers = state.reader().language.code, state.reader().numbers
    if hit.kind == "term":
        term = library.glossary(code)[hit.anchor.removeprefix(anchor(""))]
        name, line = term.term, numbers.text(term.definition)
    elif hit.kind == "lesson":
        name, line = navigation.title(hit.slug), numbers.text(library.lesson_text(code, hit.slug).head.lead)
    else:
        name, line = navigation.title(hit.slug), page_text("calculators", hit.slug)[0]["lead"]
    return navigation.card(hit.slug, name, line, anchor=hit.anchor)
