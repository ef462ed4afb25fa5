"""A page that is only read."""

from __future__ import annotations

import streamlit as st

from ui.navigation import folder
from ui.text import page_text


def page(slug: str) -> None:
    """Draw the text of ``content/<lang>/pages/<slug>.md``."""
    front, body = page_text(folder(slug), slug)
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    st.markdown(body)
