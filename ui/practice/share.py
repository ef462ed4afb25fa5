"""Take what is known along: as a code, as a QR, as a file; bring it to another device; forget it."""

from __future__ import annotations

import streamlit as st

from course.progress import MOST_CHARACTERS, Progress, read
from documents.outgoing.qr import qr_uri
from ui import state
from ui.text import _, escape

BRING = "bring"


def draw() -> None:
    """Draw the part that takes the progress along and brings it; what a link brings stands open."""
    brought = state.linked(BRING)
    if brought and not state.noted("practice-bring-done"):
        _offer(brought)
    box = st.expander(
        _("Take your progress along"), key="practice-share", on_change="rerun", icon=":material/swap_horiz:"
    )
    with box:
        if box.open:
            _draw_open()


def _draw_open() -> None:
    st.markdown(
        _("Your progress is kept in this browser only. With the code, the QR or the file it moves to another device.")
    )
    code = state.progress().write()
    st.code(code, language=None, wrap_lines=True)
    st.download_button(
        _("Save as a file"), f"{code}\n", file_name="progress.txt", key="practice-file", icon=":material/download:"
    )
    link = state.page_address("practice", {BRING: code})
    if picture := qr_uri(link):
        seen_as = _("QR code of a link that holds your progress")
        st.html(f'<img class="tf-qr" alt="{escape(seen_as)}" src="{picture}">')
    given = st.text_area(
        _("A code from another device"), key=f"practice-code-{state.reader().key}", max_chars=MOST_CHARACTERS, height=80
    )
    file = st.file_uploader(_("Or the file"), type="txt", key="practice-upload", max_upload_size=1)
    text = file.getvalue()[:4_000].decode("utf-8", "replace") if file else given
    if st.button(_("Bring it here"), key="practice-bring", disabled=not text):
        _bring(text)
    if st.button(
        _("Forget everything in this browser"), key="practice-forget", type="tertiary", icon=":material/delete:"
    ):
        state.note("practice-asks-forget", True)
    if state.noted("practice-asks-forget"):
        st.button(_("Yes, forget it"), key="practice-forget-yes", on_click=_forget)
    if said := state.noted("practice-brought"):
        tone, sentence = said
        st.html(f'<p class="tf-reply {tone}" role="status">{escape(sentence)}</p>')
    st.html(state.progress_marker())


def _offer(text: str) -> None:
    """Offer to bring what a link holds."""
    st.info(_("This link holds the progress of another device."), icon=":material/swap_horiz:")
    if st.button(_("Bring it here"), key="practice-bring-link", type="primary"):
        _bring(text)
        state.note("practice-bring-done", True)
        st.rerun()


def _bring(text: str) -> None:
    """Join a code with what is here: the better of both stays."""
    found = read(text)
    if found is None:
        state.note(
            "practice-brought",
            ("tf-wrong", _("This is no code of this site, or a part of it is missing. Nothing was changed.")),
        )
        return
    state.keep_progress(state.progress().merged(found))
    state.note("practice-brought", ("tf-right", _("Joined with what was here: nothing that you could do was lost.")))


def _forget() -> None:
    state.keep_progress(Progress())
    state.note("practice-asks-forget", False)
    state.note("practice-brought", None)
