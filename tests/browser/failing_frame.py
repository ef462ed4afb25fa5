"""A visit that fails after the first words."""

import streamlit as st

from ui import shell

st.set_page_config(page_title=shell.app_name())
st.title("…")
raise ZeroDivisionError("secret-detail")
