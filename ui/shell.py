"""What surrounds every page: the start of a run, and what is said when something went wrong."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

import ui
from charts.specs import bars_spec
from course import library
from funnel.calculators import stage_conversion
from i18n.catalog import catalog
from i18n.languages import languages
from i18n.numbers import numbers
from ui import navigation, state
from ui.learn import lesson
from ui.still import documents as _pages  # noqa: F401  offers the pages among the documents
from ui.still import web
from ui.text import N_, _

navigation.lessons_drawn_by(lesson.page)


def app_name() -> str:
    """Return the app's name; it is the first call of a run, so it starts the visit."""
    state.begin()
    return _("Two Funnels")


def open_page():
    """Draw navigation and switches; return the page to run."""
    page = st.navigation(navigation.pages(), expanded=True)
    slug = page.url_path or "home"
    st.set_page_config(page_title=web.tab_title(slug))
    state.begin_page(slug)
    state.speak(whole=navigation.folder(slug) != "calculators")
    navigation.switches()
    return page


def sorry(incident: str) -> None:
    """Say, in the learner's language, that something went wrong, and what to do next."""
    st.error(
        _(
            "Your numbers are safe: they are in the address of this page. Reload the page; if it happens again, "
            "tell whoever runs this site this number: %(incident)s"
        )
        % {"incident": incident},
        title=_("Something went wrong"),
        icon=":material/error:",
    )


# --- said outside a visit: the page before the app speaks, and the first work of the server -----------------------


def title(code: str) -> str:
    """Return the app's name in a language."""
    return catalog(code).gettext("Two Funnels")


def noscript(code: str) -> str:
    """Return what a browser without JavaScript shows."""
    return catalog(code).gettext(
        N_(
            "Everything to read stands on this page. To move the funnels, check answers and save files, the browser "
            "needs JavaScript."
        )
    )


def late(code: str) -> str:
    """Return what is said where the app does not arrive."""
    return catalog(code).gettext(
        N_(
            "The text is complete. What can be moved has not arrived yet; it comes by itself as soon as the connection "
            "allows."
        )
    )


def description(code: str) -> str:
    """Return what a search engine shows."""
    return catalog(code).gettext(
        N_(
            "Learn the marketing funnel and the sales funnel by moving them: change the number "
            "at a stage and see what it does below."
        )
    )


def warm() -> None:
    """Do once, before the first visitor, what would otherwise keep her waiting: imports, catalogues, chart specs."""
    # The folder pages/ is ours to read (navigation.pages); until the first st.navigation of the process Streamlit would
    # take it for its own, and give the first visitor a page without its frame.
    PagesManager.uses_pages_directory = False
    # Every module of the pages: thirty visitors who import the same ones at once find some of them half made.
    for module in walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for one in languages():
        catalog(one.code)
        for digits in one.digit_choices:
            numbers(one.code, digits)
        for slug in ("home", "course", library.lessons()[0].slug):
            web.page(slug, one.code, one.digits)
    result = stage_conversion.compute(stage_conversion.start("base"))
    for rtl in (False, True):
        bars_spec(rtl, 3 * len(result.now.counts))
