"""Pages, their names and the switch of language and digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from course import library
from ui import state
from ui.figures.parts import part
from ui.text import _, escape, page_text, pgettext

PAGES = Path(__file__).resolve().parent.parent / "pages"
ICONS = {
    "home": "home",
    "search": "search",
    "teach": "co_present",
    "calculators": "calculate",
    "course": "school",
    "glossary": "menu_book",
    "sources": "fact_check",
    "documents": "folder",
    "workshop": "groups",
    "practice": "exercise",
    "mine": "edit_note",
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


#: The menu: few entries, so that all are seen at once. The other calculators are a press away, on the page that lists them.
MENU: dict[str, tuple[str, ...]] = {
    "": ("home", "search"),
    "learn": ("course", "practice", "mine", "glossary"),
    "calculate": ("stage_conversion", "own_data", "target_planner", "where_to_push", "calculators"),
    "teach": ("teach", "workshop", "documents"),
    "about": ("sources", "about"),
}


def menu() -> dict[str, tuple[str, ...]]:
    """Return the pages of the menu by their headings; the first have none."""
    headings = {
        "": "", "learn": _("Learn"), "calculate": _("Calculate"), "teach": _("Teach"), "about": _("About"),
    }  # fmt: skip
    return {headings[key]: listed for key, listed in MENU.items()}


def sections() -> dict[str, str]:
    """Return what the calculators are about, by the first digit of a page's number."""
    return {
        "1": _("The funnel"),
        "2": _("Money and customers"),
        "3": _("Sales"),
        "4": _("Tests and comparisons"),
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
    files = slugs()
    found = {heading: [_page(slug, files[slug], "visible") for slug in listed] for heading, listed in menu().items()}
    seen = {slug for listed in MENU.values() for slug in listed}
    found[""] += [_page(slug, path, "hidden") for slug, path in files.items() if slug not in seen]
    found[""] += [_lesson_page(lesson.slug) for lesson in library.lessons()]
    return found


def _page(slug: str, path: Path, visibility: Literal["visible", "hidden"]):
    icon = f":material/{ICONS[slug]}:" if slug in ICONS else None
    return st.Page(path, title=title(slug), icon=icon, url_path=slug, default=slug == "home", visibility=visibility)


_lesson_drawers: list[Callable[[str], None]] = []


def lessons_drawn_by(draw: Callable[[str], None]) -> None:
    """Say how a lesson's page is drawn: lessons link to pages, so this file cannot know them."""
    _lesson_drawers[:] = [draw]


def _lesson_page(slug: str):
    def draw() -> None:
        _lesson_drawers[-1](slug)

    return st.Page(draw, title=title(slug), url_path=slug, visibility="hidden")


def calculators() -> dict[str, list[str]]:
    """Return the calculators' slugs by what they are about."""
    headings, found = sections(), {}
    for slug, path in slugs().items():
        if folder(slug) == "calculators":
            found.setdefault(headings[path.name[0]], []).append(slug)
    return found


def address(slug: str, *, anchor: str = "", view: str = "", query: str = "") -> str:
    """Return a page's address as seen from any other.

    ``anchor`` is an id on it, ``view`` a way to look at it, ``query`` the numbers that it shows.
    """
    asked = "&".join(part for part in (f"view={view}" if view else "", query) if part)
    return ("./" if slug == "home" else slug) + (f"?{asked}" if asked else "") + (f"#{anchor}" if anchor else "")


def to(slug: str, *, anchor: str = "", query: str = "") -> str:
    """Return the attributes of an ``<a>`` to a page of ours. Every such link has them: without a reload (rtl/boot.js)."""
    return f'href="{escape(address(slug, anchor=anchor, query=query))}" data-inside=""'


def link(slug: str, words: str = "", anchor: str = "") -> str:
    """Return a link to a page as HTML."""
    return f"<a {to(slug, anchor=anchor)}>{escape(words or title(slug))}</a>"


def beside(slug: str, query: Mapping[str, str], words: str) -> str:
    """Return a link as HTML that opens a page with these values in a tab of its own, so that this page stays as it is."""
    found = state.reader()
    values = {"lang": found.language.code, "digits": found.digits, **query}
    to_tab = f'href="{escape(f"{slug}?{urlencode(values)}")}" target="_blank" rel="noopener"'
    return f"<a {to_tab}>{escape(words)}</a>"


def around(slug: str, inside: str, *, kind: str = "", anchor: str = "", query: str = "") -> str:
    """Return a link to a page around HTML that is safe already; ``kind`` is its class."""
    named = f' class="{kind}"' if kind else ""
    return f"<a{named} {to(slug, anchor=anchor, query=query)}>{inside}</a>"


def card(slug: str, name: str, line: str, *, anchor: str = "") -> str:
    """Return an item of a list of cards: a name and a sentence, the whole of it the link."""
    inside = f'<b>{escape(name)}</b><span class="tf-quiet">{escape(line)}</span>'
    return f"<li>{around(slug, inside, anchor=anchor)}</li>"


def cards(slugs: Iterable[str]) -> str:
    """Return links to pages, each with the first sentence of its lead, as HTML: the whole card is the link."""
    items = [card(slug, title(slug), page_text(folder(slug), slug)[0]["lead"]) for slug in slugs]
    return f'<ul class="tf-cards">{"".join(items)}</ul>'


def last_time(slug: str, *, untouched: bool = True) -> None:
    """Draw the offer to go on with what was changed here before, as this browser has kept it; "" is any calculator.

    It goes when something has been done here (not ``untouched``).
    """
    titles = {one: title(one) for listed in calculators().values() for one in listed}
    told = {
        "page": slug,
        "untouched": untouched,
        "titles": titles,
        "words": {"go": _("Go on with your last numbers: %(page)s")},
    }
    part("mine")(key=f"mine-{slug or 'home'}", data=[told])


def page_link(slug: str, words: str = "") -> None:
    """Draw a link to a page with an arrow onward."""
    st.html(page_link_html(slug, words))


def page_link_html(slug: str, words: str = "", way: Literal["on", "back", "up"] = "on") -> str:
    """Return a link to a page, its arrow pointing onward in the reading direction, or back; "up" has none."""
    back, said = way == "back", escape(words or title(slug))
    arrow = f'<span aria-hidden="true">{"←" if state.reader().rtl != back else "→"}</span>'
    said = {"on": f"{said} {arrow}", "back": f"{arrow} {said}", "up": said}[way]
    return f'<a class="tf-go" {to(slug)}>{said}</a>'


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
