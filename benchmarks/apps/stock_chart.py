"""One slider and one chart as Streamlit's tutorials draw it, for Streamlit as shipped."""

import altair as alt
import pandas as pd
import streamlit as st

share = st.slider("Share", 0, 100, 40)
stages = pd.DataFrame({"stage": ["visit", "cart", "order"], "people": [1000, 10 * share, 4 * share]})
st.altair_chart(alt.Chart(stages).mark_bar().encode(x="people", y=alt.Y("stage", sort=None)))
