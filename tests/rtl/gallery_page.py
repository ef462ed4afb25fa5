"""The script of the gallery."""

import datetime
import secrets
import time

import pandas as pd
import streamlit as st

import rtl
from tests.rtl.gallery import LANGUAGES

state = st.session_state
by_code = {language.code: language for language in LANGUAGES}
if "lang" not in state:
    tag = st.context.locale or "en"
    state.lang = st.query_params.get("lang") or tag.split("-")[0]
    state.digits = tag.rsplit("-", 1)[-1] if "-nu-" in tag else by_code[state.lang].digits
    state.n = int(st.query_params.get("n", 35))
    state.session = secrets.token_hex(4)

right = by_code[state.lang].direction == "rtl"
again = f"{state.lang}-{state.digits}"  # a key with it makes Streamlit draw the widget, and its digits, anew


def pick() -> None:
    """Take over the chosen language."""
    if state.picked:
        state.lang, state.digits = state.picked, by_code[state.picked].digits


def moved() -> None:
    """Take over the slider's value."""
    state.n = state[f"n-{again}"]


def elements() -> None:
    """Draw what the tests look at."""
    st.title("عنوان صفحه" if right else "Page title")
    st.markdown("متن «گیومه» با AIDA و ۱۲۳ … و می‌خواهیم — پایان" if right else "Some text")
    st.markdown("> نقل قول\n\n1. یک\n2. دو\n\n* الف\n* ب\n\n| مرحله | تعداد |\n|---|---|\n| دیدن | ۱۲ |")
    state.setdefault(f"n-{again}", state.n)
    st.slider("تعداد", 0, 100, key=f"n-{again}", format="localized", help="کمک", on_change=moved)
    st.slider("نرخ", 0.0, 1.0, 0.25, 0.01, format="percent", key=f"p-{again}")
    st.slider("بازه", 0, 100, (20, 70), format="localized", key=f"r-{again}")
    left, right_ = st.columns(2)
    with left:
        st.text_input("نام", icon=":material/person:", key="name")
        st.number_input("عدد", value=7, key="number", help="کمک")
        st.selectbox("گزینه", ["اول", "دوم", "سوم"], index=None, key="select")
        st.multiselect("چند گزینه", ["اول", "دوم", "سوم"], ["اول"], key="multi")
        st.date_input("تاریخ", datetime.date(2026, 3, 21), key="date")
        st.time_input("ساعت", datetime.time(9, 30), key="time")
        st.file_uploader("پرونده", key="file", type=["csv"])
        st.text_area("یادداشت", key="notes")
    with right_:
        st.toggle("کلید", key="toggle", help="کمک")
        st.toggle("کلید روشن", True, key="toggle_on")
        st.checkbox("تیک", True, key="check")
        st.radio("یکی", ["اول", "دوم"], key="radio", horizontal=True)
        st.segmented_control("قطعه", ["اول", "دوم", "سوم"], default="دوم", key="segment")
        st.pills("قرص", ["اول", "دوم", "سوم"], default="اول", key="pills")
        st.metric("سنجه", "۱۲٬۳۴۵", "-3.5%", help="کمک")
        st.metric("سنجه", "۱۲٬۳۴۵", "۳٫۵", border=True)
        st.progress(0.25, "پیشرفت")
        with st.expander("بازشو", icon=":material/info:"):
            st.write("درون")
        with st.popover("پنجره", icon=":material/tune:"):
            st.write("درون پنجره")
        if st.button("گفتگو", icon=":material/arrow_back:", key="ask"):
            dialog()
        if st.button("نان", key="toast"):
            st.toast("نان تُست", icon=":material/check:")
    one, two = st.tabs(["زبانهٔ یک", "زبانهٔ دو"])
    one.info("خبر", icon=":material/info:")
    two.warning("هشدار")
    st.table(pd.DataFrame({"مرحله": ["دیدن", "خریدن"], "تعداد": [12, 3]}))
    st.download_button("بارگیری", "x", icon=":material/download:")
    st.page_link(second, label="صفحهٔ دوم", icon=":material/arrow_forward:")
    st.code("def f(x): return x")
    st.latex(r"\frac{a}{b} = c")
    spec = {
        "mark": "bar",
        "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "s", "type": "nominal"}},
    }
    st.vega_lite_chart(pd.DataFrame({"s": ["دیدن (AIDA)", "خریدن"], "n": [12, 3]}), spec)
    st.html('<p id="skipped" data-rtl-skip>Sidebar</p><p id="ours">Sidebar</p>')


@st.dialog("گفتگو")
def dialog() -> None:
    """Draw a dialog."""
    st.write("متن گفتگو")


def other() -> None:
    """Draw a second page."""
    st.title("صفحهٔ دوم" if right else "Second page")
    state.setdefault("typed", "")
    st.text_input("نام", state.typed, key="name2", on_change=typed)
    st.html('<a data-inside href="third">3</a> <a data-inside href="third#deep">3b</a> <a data-inside href="./">1</a>')
    if st.button("switch", key="switch"):
        st.switch_page(third)


def typed() -> None:
    """Take over the text, after a while: a server with a room full of learners is slow."""
    time.sleep(0.3)
    state.typed = state.name2


def hidden() -> None:
    """Draw a page that is not in the menu, long enough to be scrolled."""
    st.title("صفحهٔ سوم" if right else "Third page")
    st.html('<p style="height:4000px"></p><p id="deep">…</p><p style="height:4000px"></p>')


first = st.Page(elements, title="نخست" if right else "First", url_path="first", default=True, icon=":material/home:")
second = st.Page(other, title="دوم" if right else "Second", url_path="second")
third = st.Page(hidden, title="سوم" if right else "Third", url_path="third", visibility="hidden")
page = st.navigation([first, second, third])
st.sidebar.segmented_control("زبان", list(by_code), default=state.lang, key="picked", on_change=pick)
place = st.container(height="content")
page.run()
query = f"v=1&lang={state.lang}&digits={state.digits}&n={state.n}"
place.html(
    rtl.marker(state.lang, state.digits, query, page="" if page is first else page.url_path, session=state.session)
)
