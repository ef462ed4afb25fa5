"""A small app of its own for the browser tests: every Streamlit element that `rtl` mends, in three languages."""

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

import rtl

STATIC = Path(__file__).resolve().parents[2] / "static"


@dataclass(frozen=True)
class Language:
    """What `rtl` asks of a language."""

    code: str
    name: str
    locale: str
    direction: str
    digits: str
    digit_choices: tuple[str, ...]


LANGUAGES = (
    Language("ar", "العربية", "ar", "rtl", "latn", ("latn", "arab")),
    Language("fa", "فارسی", "fa", "rtl", "arabext", ("arabext", "latn")),
    Language("en", "English", "en", "ltr", "latn", ("latn",)),
)
# Test words, not translations for readers: «…» shows that a text went through the translator.
WORDS = {code: {word: f"«{word}»" for word in rtl.WORDS} for code in ("ar", "fa")}


def negotiate(*wanted: str | None) -> str:
    """Return the first known language of some tags or Accept-Language headers."""
    codes = {language.code for language in LANGUAGES}
    tags = (tag.split(";")[0].strip().split("-")[0].lower() for each in wanted for tag in (each or "").split(","))
    return next((tag for tag in tags if tag in codes), "en")


app = st.App(
    Path(__file__).parent / "gallery_page.py",
    middleware=rtl.middleware(
        words=lambda code: WORDS.get(code, {}),
        title=lambda code: f"Gallery {code}",
        noscript=lambda code: f"No script {code}",
        icon_font=STATIC / "material-symbols.woff2",
        languages=lambda: LANGUAGES,
        negotiate=negotiate,
    ),
    routes=[Mount("/app/static", StaticFiles(directory=STATIC))],
)
