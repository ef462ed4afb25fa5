"""Make any Streamlit app right-to-left, switchable at run time, in the visitor's language from the first byte.

app = st.App("frame.py", middleware=rtl.middleware(words=..., title=..., noscript=...))    # how it is served
st.html(rtl.marker("fa", "arabext", query="v=1&n=5", page="funnel"))                       # once in every run
"""

from rtl.icons import IconFont
from rtl.page import BASE, Still, head_script_hashes, marker
from rtl.serve import middleware
from rtl.words import WORDS

__all__ = ["BASE", "WORDS", "IconFont", "Still", "head_script_hashes", "marker", "middleware"]
