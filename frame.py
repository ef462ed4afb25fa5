"""The script of every visit: language, page settings, navigation, then the current page."""

import streamlit as st

from ui import shell

st.set_page_config(page_title=shell.app_name(), layout="wide")
shell.open_page().run()
