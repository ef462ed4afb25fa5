"""Templates and files: a picture of each document before it is taken, what it is filled with, and the way back in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from course import library
from documents import catalogue, scenario_file
from documents.asking import Ask, Document
from funnel import calculators
from funnel.calculators import own_data
from funnel.facts.stages import PRESETS
from statements.settings import source_name
from ui import navigation, state
from ui.calculators.own_data import log_here
from ui.calculators.own_data_bring import SLUG as OWN_DATA
from ui.calculators.own_data_bring import USED_NOW, draw_file, draw_found
from ui.files.buttons import ask, document_button, file_button
from ui.files.pictures import SIZES, picture
from ui.inputs import number_field
from ui.text import _, escape, label, page_text

EMPTY, MINE = "empty", "mine"


@dataclass(frozen=True)
class Offer:
    """A document with what it is asked for, and a word on what it is filled with."""

    id: str
    ask: Ask
    filled: str = ""


def page() -> None:
    """Draw the page."""
    if state.noted(USED_NOW):  # data that somebody brought here have been put on the page of one's own data
        state.note(USED_NOW, False)
        st.switch_page(navigation.slugs()[OWN_DATA])
    front, body = page_text("pages", "documents")
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    known = catalogue.documents()
    _draw_workbooks(known)
    _draw_lesson(known)
    _draw_calculator(known)
    rest = [Offer(key, ask()) for key, one in known.items() if one.ending != "xlsx" and not one.needs]
    if rest:
        _heading(_("For the whole course"))
        _cards(rest, "whole")
    _draw_back(front["back"])
    st.markdown(body)


# --- which numbers --------------------------------------------------------------------------------------------------


def _calculators() -> list[str]:
    """Return the calculators in the order of the menu."""
    return [slug for heading in navigation.calculators().values() for slug in heading]


def _laid_out() -> dict[str, Any]:
    """Return the calculators whose pages were opened in this session, with their present numbers."""
    found = {slug: state.laid_out(slug) for slug in _calculators()}
    return {slug: inputs for slug, inputs in found.items() if inputs is not None}


def _examples(slugs: Sequence[str]) -> list[str]:
    """Return the businesses that these calculators can begin with."""
    known = {source for slug in slugs for source in calculators.sources(slug)}
    return [key for key in ("base", *PRESETS) if key in known]


def _numbers_menu(known: Mapping[str, Document]) -> str:
    """Draw the choice of the numbers that workbooks are filled with; return what was chosen."""
    fits = [slug for one in known.values() if one.ending == "xlsx" for slug in one.fits]
    names = {EMPTY: _("None: empty, to fill in")}
    if any(slug in fits for slug in _laid_out()):
        names[MINE] = _("Mine, as they are in the laboratory now")
    names |= {key: source_name(key) for key in _examples(fits)}
    return _menu("numbers", _("Which numbers should stand in them?"), names)


def _menu(key: str, words: str, names: Mapping[str, str], start: str | None = None) -> str:
    """Draw a choice that survives a change of language; return what was chosen."""
    note, widget = f"files-{key}", f"files-{key}-{state.reader().key}"
    chosen = state.noted(note, start)
    chosen = chosen if chosen in names else next(iter(names))
    state.show(widget, chosen)
    st.selectbox(
        words, list(names), key=widget, format_func=lambda one: label(names[one]),
        on_change=lambda: state.note(note, state.shown(widget)),
    )  # fmt: skip
    return chosen


def _draw_workbooks(known: Mapping[str, Document]) -> None:
    _heading(_("Workbooks"))
    _cards(_workbooks(known, _numbers_menu(known)), "workbooks")


def _workbooks(known: Mapping[str, Document], chosen: str) -> list[Offer]:
    laid, offers = _laid_out(), []
    for key, one in known.items():
        if one.ending != "xlsx":
            continue
        found = _numbers_for(one, chosen, laid)
        if found is not None:
            words = _("Filled from “%(page)s”.") % {"page": navigation.title(found[0])}
            offers.append(Offer(key, ask(*found), words))
        else:
            empty = _("It stays empty: these numbers have no place in it.") if chosen != EMPTY and one.fits else ""
            offers.append(Offer(key, ask(), empty))
    return offers


def _numbers_for(one: Document, chosen: str, laid: Mapping[str, Any]) -> tuple[str, Any] | None:
    """Return the calculator and inputs that a document is filled with; None where it stays empty."""
    for slug in one.fits:
        if chosen == MINE and slug in laid:
            return slug, laid[slug]
        if chosen not in (EMPTY, MINE) and chosen in calculators.sources(slug):
            return slug, calculators.begin(slug, chosen)
    return None


# --- sections -------------------------------------------------------------------------------------------------------


def _heading(title: str) -> None:
    st.html(f"<h2>{escape(title)}</h2>")


def _cards(offers: Sequence[Offer], key: str) -> None:
    with st.container(key=f"files-{key}"):
        for offer in offers:
            with st.container(key=f"file-{offer.id}", border=True):
                st.html(_card(offer))
                document_button(offer.id, offer.ask, "files", _("Take it (%(kind)s)") % {"kind": _kind(offer.id)})


def _kind(key: str) -> str:
    return {"xlsx": "Excel", "pdf": "PDF", "html": "HTML", "zip": "SCORM"}[catalogue.document(key).ending]


def _card(offer: Offer) -> str:
    """Return a document's picture and what it is, as HTML."""
    card = catalogue.card(offer.id, offer.ask.code, offer.ask.digits)
    shown = ""
    if (where := picture(offer.id, offer.ask.code)) is not None:
        width, height = SIZES[where.shape]
        alt = escape(_("The first page of “%(document)s”") % {"document": card.title})
        shown = f'<img src="{where.url}" width="{width}" height="{height}" loading="lazy" decoding="async" alt="{alt}">'
    filled = f'<p class="tf-quiet" role="status">{escape(offer.filled)}</p>' if offer.filled else ""
    return (
        f'<div class="tf-doc"><div class="tf-doc-picture">{shown}</div><h3>{escape(card.title)}</h3><p>{escape(card.about)}</p>'
        f'<p class="tf-quiet">{escape(card.who)}</p>{filled}</div>'
    )


def _draw_lesson(known: Mapping[str, Document]) -> None:
    _heading(_("For a lesson"))
    with st.container(key="files-choices"):
        names = {one.slug: navigation.title(one.slug) for one in library.lessons()}
        lesson = _menu("lesson", _("Which lesson?"), names, _last_lesson())
        seed = _seed_field()
    asked = ask(lesson=lesson, seed=seed)
    _cards([Offer(key, asked) for key, one in known.items() if one.needs == "lesson"], "lesson")


def _last_lesson() -> str | None:
    last = state.progress().last
    return next((one.slug for one in library.lessons() if library.number(one.slug) == last), None)


def _seed_field() -> int:
    """Draw the field for the number of an exercise sheet."""
    seed = state.noted("files-seed", 1)
    number_field(
        _("Number of the exercise sheet"), float(seed), "files-seed-field", _put_seed, kind="count", low=1,
        high=catalogue.MOST_SEED, help=_("Another number gives other tasks; the same number gives the same tasks again."),
    )  # fmt: skip
    return seed


def _put_seed(value: float | None) -> None:
    state.note("files-seed", round(value or 1))


def _draw_calculator(known: Mapping[str, Document]) -> None:
    """Draw what is made from one calculator's numbers: documents that need them, and the numbers themselves."""
    _heading(_("Your numbers"))
    laid = _laid_out()
    names = {slug: navigation.title(slug) for slug in _calculators()}
    slug = _menu("calculator", _("Which calculator?"), names, next(reversed(laid), None))
    inputs = laid.get(slug)
    said = (
        _("The numbers are those on its page now.")
        if inputs is not None
        else _("Its page has not been opened in this visit; the numbers are those that it begins with.")
    )
    st.html(f'<p class="tf-note tf-quiet">{escape(said)}</p>')
    inputs = calculators.begin(slug) if inputs is None else inputs
    asked = ask(slug, inputs, events=log_here(inputs) if slug == OWN_DATA else ())
    fitting = [Offer(key, asked) for key, one in known.items() if one.needs == "scenario" and one.takes(asked)]
    _cards(fitting, "scenario")
    source = getattr(inputs, "source", "")
    named = catalogue.data_name(slug, "json", "json", asked.code, asked.digits, source=source)
    with st.container(key="files-data", horizontal=True):
        file_button(_("Numbers (JSON)"), named, lambda: scenario_file.write(slug, inputs), f"files-json-{slug}")
        navigation.page_link(slug, _("Tables and charts: on its page, under “Take away”"))


def _draw_back(lead: str) -> None:
    """Draw the way for files to come in: ours, and tables of anybody."""
    title = _("Bring a file back")
    st.html(f'<h2 id="back">{escape(title)}</h2><p class="tf-note">{escape(lead)}</p>')
    draw_file()
    draw_found(state.laid_out(OWN_DATA) or own_data.Inputs.origin("sample"))
