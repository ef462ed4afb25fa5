"""The floor: the least page that a change can happen on."""

import streamlit as st

st.write(st.slider("Value", 0, 100, 40, key="value"))
