"""The least page, for Streamlit as shipped."""

import streamlit as st

st.write("Hello")
