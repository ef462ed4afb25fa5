"""Sources and certainty: what the articles got wrong and what is right, and every reference with how it was seen."""

from __future__ import annotations

import streamlit as st

from course import library
from course.schemas import CERTAINTIES
from statements.blocks import Table
from ui import state
from ui.blocks import blocks_html
from ui.learn.prose import certainty
from ui.text import _, escape, page_text


def page() -> None:
    """Draw the page."""
    front, body = page_text("pages", "sources")
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    st.markdown(body)
    for one in told():
        st.html(one)


def told() -> list[str]:
    """Return what is certain, what was wrong, and the references, as HTML."""
    front, _body = page_text("pages", "sources")
    numbers = state.reader().numbers
    badges = "".join(
        f"<li>{escape(certainty(kind))}: {escape(numbers.text(front[kind]))}</li>"
        for kind in CERTAINTIES
        if kind in front
    )
    out = [f'<ul class="tf-notes">{badges}</ul>']
    told = library.corrections(state.reader().language.code)
    rows = [[numbers.isolate(key), numbers.text(one["said"]), numbers.text(one["right"])] for key, one in told.items()]
    if rows:
        head = [_("Number"), _("What was said"), _("What is right")]
        out.append(blocks_html([Table(_("What the articles got wrong"), head, rows, words=3)]))
    seen = {"seen": _("seen"), "secondary": _("seen through another page"), "known": _("known, not seen")}
    lines = []
    for key, one in library.syllabus().sources.items():
        words = f'<bdi dir="ltr" lang="en" translate="no">{key} {escape(one.text)}</bdi>'
        lines.append(f'<li id="{key}">{words} <span class="tf-quiet">({escape(seen[one.seen])})</span></li>')
    title = _("References")
    return [*out, f'<h2>{escape(title)}</h2><ul class="tf-references">{"".join(lines)}</ul>']
