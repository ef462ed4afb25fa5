"""Pages, their names and the switch of language and digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import streamlit as st

from course import library
from ui import state
from ui.text import _, escape, page_text, pgettext

PAGES = Path(__file__).resolve().parent.parent / "pages"
ICONS = {
    "home": "home",
    "course": "school",
    "glossary": "menu_book",
    "sources": "fact_check",
    "documents": "folder",
    "stage_conversion": "filter_alt",
    "target_planner": "target",
    "where_to_push": "trending_up",
    "own_data": "upload_file",
    "money": "payments",
    "customer_value": "favorite",
    "cohorts": "grid_view",
    "loyalty_loop": "loop",
    "handover": "handshake",
    "pipeline": "calendar_month",
    "experiments": "science",
    "mix_shift": "pie_chart",
    "four_businesses": "storefront",
    "about": "info",
}


def sections() -> dict[str, str]:
    """Return the menu's headings by the first digit of a page's number."""
    return {
        "0": "",
        "1": _("The funnel"),
        "2": _("Money and customers"),
        "3": _("Sales"),
        "4": _("Tests and comparisons"),
        "9": _("About"),
    }


@lru_cache(maxsize=1)
def slugs() -> dict[str, Path]:
    """Return the slug and file of every page that has one, in the order of the leading number."""
    return {re.sub(r"^\d+_", "", path.stem): path for path in sorted(PAGES.glob("[0-9]*.py"))}


@lru_cache(maxsize=64)
def folder(slug: str) -> str:
    """Return where a page's text lies in ``content/<lang>/``: calculators have a model of the same name."""
    if slug not in slugs():
        return "lessons"
    return "calculators" if (PAGES.parent / "funnel" / "calculators" / f"{slug}.py").exists() else "pages"


def title(slug: str) -> str:
    """Return a page's name in the learner's language."""
    where, reader = folder(slug), state.reader()
    if where == "lessons":
        return reader.numbers.text(library.lesson_text(reader.language.code, slug).head.title)
    return page_text(where, slug)[0]["title"]


def pages() -> dict[str, list]:
    """Return the pages for ``st.navigation``: Latin addresses, equal in all languages; names in the learner's.

    The lessons have addresses of their own and stand on the course page, not in the menu. Made once for a session and
    language: thirty of them cost a run as much as a page's text.
    """
    return state.note_once(f"pages-{state.reader().key}", _make_pages)


def _make_pages() -> dict[str, list]:
    headings, found = sections(), {}
    for slug, path in slugs().items():
        icon = f":material/{ICONS[slug]}:" if slug in ICONS else None
        one = st.Page(path, title=title(slug), icon=icon, url_path=slug, default=slug == "home")
        found.setdefault(headings[path.name[0]], []).append(one)
    for lesson in library.lessons():
        found[headings["0"]].append(_lesson_page(lesson.slug))
    return found


_lesson_drawers: list[Callable[[str], None]] = []


def lessons_drawn_by(draw: Callable[[str], None]) -> None:
    """Say how a lesson's page is drawn: lessons link to pages, so this file cannot know them."""
    _lesson_drawers[:] = [draw]


def _lesson_page(slug: str):
    def draw() -> None:
        _lesson_drawers[-1](slug)

    return st.Page(draw, title=title(slug), url_path=slug, visibility="hidden")


def calculators() -> dict[str, list[str]]:
    """Return the calculators' slugs by the heading that they have in the menu."""
    headings, found = sections(), {}
    for slug, path in slugs().items():
        if folder(slug) == "calculators":
            found.setdefault(headings[path.name[0]], []).append(slug)
    return found


def address(slug: str, *, anchor: str = "", view: str = "") -> str:
    """Return a page's address as seen from any other; ``anchor`` is an id on it, ``view`` a way to look at it."""
    return ("./" if slug == "home" else slug) + (f"?view={view}" if view else "") + (f"#{anchor}" if anchor else "")


def to(slug: str, *, anchor: str = "") -> str:
    """Return the attributes of an ``<a>`` to a page of ours. Every such link has them: without a reload (rtl/boot.js)."""
    return f'href="{escape(address(slug, anchor=anchor))}" data-inside=""'


def link(slug: str, words: str = "", anchor: str = "") -> str:
    """Return a link to a page as HTML."""
    return f"<a {to(slug, anchor=anchor)}>{escape(words or title(slug))}</a>"


def page_link(slug: str, words: str = "", *, back: bool = False) -> None:
    """Draw a link to a page, its arrow pointing onward in the reading direction, or back."""
    arrow = f'<span aria-hidden="true">{"←" if state.reader().rtl != back else "→"}</span>'
    said = escape(words or title(slug))
    st.html(f'<a class="tf-go" {to(slug)}>{f"{arrow} {said}" if back else f"{said} {arrow}"}</a>')


def _picked_language() -> None:
    if code := state.shown("language"):
        state.read_as(code)


def _picked_digits() -> None:
    if digits := state.shown(_digits_key()):
        state.read_as(digits=digits)


def _digits_key() -> str:
    return f"digits-{state.reader().language.code}"


SAMPLES = {"latn": "123", "arab": "١٢٣", "arabext": "۱۲۳"}


def switches() -> None:
    """Draw the switch of language and, where the language has more than one, of digits: one click each."""
    from i18n.languages import languages

    reader = state.reader()
    with st.container(horizontal=True, horizontal_alignment="right", key="switches", gap="small"):
        if len(reader.language.digit_choices) > 1:
            state.show(_digits_key(), reader.digits)
            st.segmented_control(
                _("Digits"),
                list(reader.language.digit_choices),
                format_func=SAMPLES.get,
                key=_digits_key(),
                required=True,
                on_change=_picked_digits,
                label_visibility="collapsed",
            )
        own_names = {one.code: one.name for one in languages()}
        state.show("language", reader.language.code)
        st.segmented_control(
            pgettext("interface", "Language"),
            list(own_names),
            format_func=own_names.get,
            key="language",
            required=True,
            on_change=_picked_language,
            label_visibility="collapsed",
        )
