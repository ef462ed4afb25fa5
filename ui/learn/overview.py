"""The course page: the lessons, where the learner was, and her progress to take along."""

from __future__ import annotations

import streamlit as st

from course import library
from course.progress import Progress
from course.progress import read as read_progress
from ui import navigation, state
from ui.text import _, escape, ngettext, page_text


def page() -> None:
    """Draw the page."""
    front, body = page_text("pages", "course")
    st.title(front["title"], anchor=False)
    st.markdown(front["lead"])
    progress = state.progress()
    written = {library.number(one.slug): one for one in library.lessons()}
    if progress.last in written:
        last = written[progress.last].slug
        with st.container(key="onward"):
            navigation.page_link(last, _("Go on with: %(lesson)s") % {"lesson": navigation.title(last)})
    for number, lesson in written.items():
        _row(number, lesson.slug, lesson.minutes, progress)
    st.markdown(body)
    _take_along(progress)


def _row(number: int, slug: str, minutes: int, progress: Progress) -> None:
    """Draw one lesson: its link, what it gives, how long it takes, how far the learner is."""
    numbers = state.reader().numbers
    facts = [_("about %(minutes)s minutes") % {"minutes": numbers.count(minutes)}]
    done = progress.lessons.get(number)
    if done is not None:
        asked = len(library.questions(slug))
        right = done.right.bit_count()
        said = ngettext("%(n)s of %(all)s questions right", "%(n)s of %(all)s questions right", right)
        facts.append(said % {"n": numbers.count(right), "all": numbers.count(asked)} if done.tried else _("opened"))
    with st.container(key=f"course-{slug}"):
        st.html(entry(number, slug, facts))


def entry(number: int, slug: str, facts: list[str]) -> str:
    """Return a lesson's link, what it gives, and facts about it, as HTML."""
    numbers = state.reader().numbers
    head = library.lesson_text(state.reader().language.code, slug).head
    words = {"number": numbers.count(number), "lesson": navigation.title(slug)}
    name, lead, quiet = (
        escape(text) for text in (_("%(number)s. %(lesson)s") % words, numbers.text(head.lead), " · ".join(facts))
    )
    inside = f'<b>{name}</b><span class="tf-course-lead">{lead}</span><span class="tf-quiet">{quiet}</span>'
    return f'<div class="tf-course">{navigation.around(slug, inside)}</div>'


def _take_along(progress: Progress) -> None:
    """Draw the progress as a code and a file, and the way to bring one back."""
    box = st.expander(_("Take your progress along, or bring it back"), key="progress", on_change="rerun")
    with box:
        if not box.open:
            return
        st.markdown(
            _(
                "Your progress is kept in this browser only. With this code it continues in another one; whoever has the "
                "code sees which lessons were opened and which questions were right, nothing else."
            )
        )
        st.code(progress.write(), language=None)
        st.download_button(
            _("Save as a file"),
            progress.write(),
            "two-funnels-progress.txt",
            "text/plain",
            key="progress-save",
            on_click="ignore",
        )
        given = st.text_input(
            _("A code from another browser"), key=f"progress-code-{state.reader().key}", autocomplete="off"
        )
        file = st.file_uploader(
            _("Or the file"), key=f"progress-file-{state.reader().key}", type=["txt"], max_upload_size=1
        )
        if st.button(_("Bring it back"), key="progress-load"):
            text = file.getvalue()[:1000].decode("utf-8", "replace") if file is not None else given
            found = read_progress(text)
            if found is None:
                st.error(_("This is no progress code. Copy the whole code, or choose the file that was saved here."))
            else:
                state.keep_progress(found)
                st.rerun()
    st.html(state.progress_marker())
