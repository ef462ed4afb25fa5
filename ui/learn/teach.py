"""The trainer's way: choose a lesson, look through it, print, give the room the link, files afterwards."""

from __future__ import annotations

import streamlit as st

from course import library
from ui import navigation, state, workshop
from ui.files.buttons import lesson_files
from ui.kit.share import draw_share
from ui.learn import present
from ui.learn.prose import prose
from ui.text import _, escape, page_text


def page() -> None:
    """Draw the page."""
    front, _body = page_text("pages", "teach")
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    st.html(step(1, front["choose"]))
    slug = _choose(front["choose"])
    st.html(step(2, front["look"]))
    st.markdown(front["looktext"])
    present.doors(slug, {"present": _("Present"), "lesson": _("Read the lesson")})
    note = st.expander(_("For the trainer"), key=f"teach-note-{slug}", on_change="rerun", icon=":material/co_present:")
    with note:
        if note.open:
            text = library.trainer_note(state.reader().language.code, slug)
            st.html(f'<div class="tf-prose">{prose(text)}</div>')
    st.html(step(3, front["print"]))
    with st.container(key="teach-files"):
        lesson_files(slug)
        lesson_files(slug, trainer=True)
    st.html(step(4, front["room"]))
    st.markdown(front["roomtext"])
    to_room = f'href="{escape(workshop.address(slug))}"'
    st.html(f'<div class="tf-onward"><a {to_room}>{escape(front["open"])}</a></div>')
    draw_share(f"lesson-{slug}", state.link(slug), navigation.title(slug))
    st.html(step(5, front["after"]))
    st.markdown(front["aftertext"])
    navigation.page_link("documents")


def step(number: int, words: str) -> str:
    """Return the heading of a step, with its number, as HTML."""
    return f'<h2 class="tf-way"><span>{state.reader().numbers.count(number)}</span>{escape(words)}</h2>'


def _choose(words: str) -> str:
    """Draw the menu of lessons; return the one that is chosen, which stays chosen while other pages are looked at."""
    numbers, slugs = state.reader().numbers, [one.slug for one in library.lessons()]
    names = {
        slug: _("%(number)s. %(lesson)s") % {"number": numbers.count(i), "lesson": navigation.title(slug)}
        for i, slug in enumerate(slugs, 1)
    }
    key = f"teach-lesson-{state.reader().key}"
    if state.shown(key) not in names:
        state.show(key, state.noted("teach", slugs[0]))
    st.selectbox(words, slugs, format_func=names.get, key=key, label_visibility="collapsed")
    state.note("teach", state.shown(key, slugs[0]))
    return state.noted("teach")
