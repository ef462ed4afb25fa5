"""An app that fails, served like ours."""

from pathlib import Path

import streamlit as st

import rtl
import serving
from ui import shell

app = st.App(
    Path(__file__).with_name("failing_frame.py"),
    middleware=[
        *serving.middleware(rtl.head_script_hashes()),
        *rtl.middleware(lambda _code: {}, shell.title, shell.noscript),
    ],
    routes=serving.routes(),
    on_script_error=serving.on_script_error(shell.sorry),
)
