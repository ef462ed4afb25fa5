"""How the app is served: `streamlit run app.py`. The script of every visit is frame.py."""

import logging
import os
from pathlib import Path

import streamlit as st

import rtl
import serving
from i18n.catalog import catalog
from ui import navigation, shell
from ui.rooms import workshop
from ui.still import web

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parent


def _words(code: str) -> dict[str, str]:
    """Return Streamlit's own words in a language."""
    return {word: catalog(code).pgettext("streamlit", word) for word in rtl.WORDS}


def _chunks(path: str) -> tuple[str, ...]:
    """Return the parts of Streamlit that a page's first view is drawn with: fetched at once, not one after the other."""
    if navigation.folder(path.rpartition("/")[2] or "home") == "calculators":
        return ("Slider", "TextInput", "ButtonGroup", "ArrowVegaLiteChart", "embed")
    return ("ButtonGroup",)


def _still(page: str, code: str, digits: str) -> rtl.Still | None:
    """Return a page's text, to be read before the app is there."""
    try:
        found = web.page(page, code, digits)
    except Exception:  # the app itself may well draw what this could not
        log.exception("no text before the app for %r in %s", page, code)
        return None
    return found and rtl.Still(found.title, found.description, found.head.format(base=rtl.BASE), found.body)


serving.ask_nobody()
serving.remember_more()
rooms = workshop(serving.same_origin)
app = st.App(
    ROOT / "frame.py",
    middleware=[
        *serving.middleware(rtl.head_script_hashes(), preload=_chunks),
        *rtl.middleware(
            words=_words,
            title=shell.title,
            noscript=shell.noscript,
            description=shell.description,
            still=_still,
            late=shell.late,
            public=os.environ.get("PUBLIC_ORIGIN", ""),
            alive=r"\b(?:embed=|view=(?:present|notes|print)\b)",
            icon_font=ROOT / "static" / "material-symbols.woff2",
            style=web.stylesheet(),
        ),
    ],
    routes=[*serving.routes(texts={"robots.txt": web.robots, "sitemap.xml": web.sitemap}), *rooms.routes()],
    lifespan=serving.lifespan(shell.warm, beside=rooms.running),
    on_script_error=serving.on_script_error(shell.sorry),
)
