"""Workshop rooms: a class votes and estimates on its own phones, and what it thinks moves a funnel on the projector.

Pure parts (items, state, tallies, names) know no network and no clock; storage stands behind one protocol; the hub keeps the
open streams; the routes stand beside Streamlit. Nothing here knows Streamlit.
"""
