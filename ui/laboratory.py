"""All calculators, each with a sentence: the menu has only those that most people come for."""

from __future__ import annotations

import streamlit as st

from ui import navigation
from ui.text import escape, page_text


def page() -> None:
    """Draw the page."""
    front, _body = page_text("pages", "calculators")
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    st.html(listed())


def listed() -> str:
    """Return the calculators by what they are about, as HTML."""
    groups = [f"<h2>{escape(name)}</h2>{navigation.cards(slugs)}" for name, slugs in navigation.calculators().items()]
    return "".join(groups)
