"""The way into a workshop room: opening one for a lesson, or joining one by its code. The room itself is no page of Streamlit's."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from course import library
from rooms import runs
from ui import navigation, state
from ui.learn.prose import prose
from ui.text import _, escape, page_text


def address(lesson: str = "") -> str:
    """Return where a room is opened, as seen from any page."""
    reader = state.reader()
    asked = {"lang": reader.language.code, "digits": reader.digits} | ({"lesson": lesson} if lesson else {})
    return f"room/new?{urlencode(asked)}"


def page() -> None:
    """Draw the page."""
    front, _body = page_text("pages", "workshop")
    st.title(front["title"], anchor=False)
    st.html(told())


def told() -> str:
    """Return what stands below the title, as HTML."""
    front, body = page_text("pages", "workshop")
    to_room = f'href="{escape(address())}"'
    return (
        f'<div class="tf-lead">{prose(front["lead"])}</div>'
        f'<div class="tf-onward"><a {to_room}>{escape(front["open"])}</a></div>{door()}'
        f'<div class="tf-prose">{prose(body)}</div>{_runs(front["runs"])}'
    )


def _runs(heading: str) -> str:
    """Return the lessons' ready runs, each a link that opens a room with it."""
    numbers, rows = state.reader().numbers, []
    for slug in runs.lessons():
        to_room = f'href="{escape(address(slug))}"'
        count = _("Questions: %(n)s") % {"n": numbers.count(runs.count(slug))}
        name = f"{numbers.count(library.number(slug))}. {navigation.title(slug)}"
        rows.append(f'<li><a {to_room}>{escape(name)}</a> <span class="tf-quiet">{escape(count)}</span></li>')
    return f'<h2>{escape(heading)}</h2><ul class="tf-runs">{"".join(rows)}</ul>'


def door() -> str:
    """Return the field in which a room's code is typed, in any digits; it leads there without a script too."""
    ask, six, join = _("The code on the screen"), _("Six digits"), _("Join a room")
    return (
        f'<form class="tf-door" action="r" method="get"><label>{escape(ask)} '
        f'<input name="code" inputmode="numeric" autocomplete="off" maxlength="16" required placeholder="{escape(six)}"></label>'
        f"<button>{escape(join)}</button></form>"
    )
