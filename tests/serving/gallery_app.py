"""Serve the gallery as app.py serves the course."""

import base64
import hashlib

import streamlit as st

import serving

INLINE = b"document.documentElement.dataset.inline = 'ran'"
INDEX = b"\n      window.prerenderReady = false\n    "
HASHES = ["sha256-" + base64.b64encode(hashlib.sha256(text).digest()).decode() for text in (INLINE, INDEX)]

app = st.App(
    "gallery.py",
    middleware=serving.middleware(script_hashes=HASHES, inline_components=True),
    routes=serving.routes(version="9.9"),
    lifespan=serving.lifespan(),
    on_script_error=serving.on_script_error(lambda incident: st.error(f"incident {incident}")),
)
