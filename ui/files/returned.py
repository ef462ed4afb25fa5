"""A file of ours that came back: what it is, what it says, what of it could not be read, and the way to its calculator."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from documents import catalogue
from documents.incoming.decoding import Unreadable
from documents.incoming.ours import Returned
from statements.calculators import calculator
from statements.say import Say
from statements.text import typed
from ui import navigation, state
from ui.blocks import html
from ui.calculator import changes_said
from ui.calculators.own_data_refusals import problem_line, refusal
from ui.text import _, escape, label


def draw_returned(found: Returned | Unreadable, forget: Callable[[], None]) -> None:
    """Draw what was recognised before anything is changed, or why a file of ours cannot be opened."""
    with st.container(key="own-reading", border=True):
        if isinstance(found, Unreadable):
            said = refusal(Say(), found.code, found.found)
            st.html(f'<p class="tf-field-error" role="alert">{html(said)}</p>')
        else:
            st.html(_recognised(found))
        with st.container(horizontal=True, key="own-take", gap="small"):
            if isinstance(found, Returned) and _open_button(found.calculator):
                forget()
                state.hand_over(found.calculator, found.inputs)
                st.switch_page(navigation.slugs()[found.calculator])
            st.button(_("Remove the file"), key="own-remove", icon=":material/delete:", on_click=forget)
        if isinstance(found, Returned):
            not_yet = _("Nothing has changed yet.")
            st.html(f'<p class="tf-note tf-quiet">{escape(not_yet)}</p>')


def _open_button(slug: str) -> bool:
    arrow = ":material/arrow_back:" if state.reader().rtl else ":material/arrow_forward:"
    words = _("Open in “%(page)s”") % {"page": navigation.title(slug)}
    return st.button(label(words), key="own-open", type="primary", icon=arrow, icon_position="right")


def _recognised(found: Returned) -> str:
    """Return what the file is, its sentence, and what of it could not be read."""
    say, one = Say(), calculator(found.calculator)
    facts = {"page": navigation.title(found.calculator), "document": ""}
    if found.document:
        reader = state.reader()
        facts["document"] = catalogue.card(found.document, reader.language.code, reader.digits).title
    sentences = {
        "scenario": _("This file is from here: numbers of “%(page)s”."),
        "table": _(
            "This file is from here: the table of “%(page)s”. The settings that it was made with are opened; what was changed "
            "in its other cells is not read."
        ),
        "stages": _("This file is from here: the stages of “%(page)s”. People are taken from its cells."),
        "workbook": _("This file is from here: the workbook “%(document)s”. Its numbers belong to “%(page)s”."),
    }
    title = _("What was recognised")
    out = [f"<h2>{escape(title)}</h2>", f'<p class="tf-note">{html(say(sentences[found.kind], **facts))}</p>']
    out.append(f'<p class="tf-headline" role="status">{html(one.findings(found.inputs).headline)}</p>')
    lines = changes_said(found.changes, one.field_names(found.inputs)) if found.changes else []
    for i, problem in enumerate(found.problems):
        line = problem_line(say, problem)
        sheet = typed(found.sheets[i]) if i < len(found.sheets) else ""
        lines.append(html(say(_("Sheet “%(sheet)s”. %(line)s"), sheet=sheet, line=line) if sheet else line))
    if lines:
        left = _("This could not be read and is left empty or as in the example:")
        out.append(f'<p class="tf-note">{escape(left)}</p>')
        out.append(f'<ul class="tf-notes">{"".join(f"<li>{line}</li>" for line in lines)}</ul>')
    return "".join(out)
