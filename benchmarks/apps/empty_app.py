"""Serve the floor exactly as the course is served, so that a ratio to it speaks of our pages only."""

import streamlit as st

import serving

app = st.App("empty.py", middleware=serving.middleware(), routes=serving.routes(), lifespan=serving.lifespan())
