"""How the app is served: `streamlit run app.py`. The script of every visit is frame.py."""

from pathlib import Path

import streamlit as st

import rtl
import serving
from i18n.catalog import catalog
from ui import navigation, shell

ROOT = Path(__file__).resolve().parent


def _words(code: str) -> dict[str, str]:
    """Return Streamlit's own words in a language."""
    return {word: catalog(code).pgettext("streamlit", word) for word in rtl.WORDS}


def _chunks(path: str) -> tuple[str, ...]:
    """Return the parts of Streamlit that a page's first view is drawn with: fetched at once, not one after the other."""
    if navigation.folder(path.rpartition("/")[2] or "home") == "calculators":
        return ("Slider", "TextInput", "ButtonGroup", "ArrowVegaLiteChart", "embed")
    return ("ButtonGroup",)


serving.ask_nobody()
app = st.App(
    ROOT / "frame.py",
    middleware=[
        *serving.middleware(rtl.head_script_hashes(), preload=_chunks),
        *rtl.middleware(
            words=_words,
            title=shell.title,
            noscript=shell.noscript,
            description=shell.description,
            icon_font=ROOT / "static" / "material-symbols.woff2",
            style=(ROOT / "ui" / "style.css").read_text("utf-8"),
        ),
    ],
    routes=serving.routes(),
    lifespan=serving.lifespan(shell.warm),
    on_script_error=serving.on_script_error(shell.sorry),
)
