"""A lesson's page: what it gives, its text with a live figure and a guess to make, the check, the trainer's note."""

from __future__ import annotations

import streamlit as st

from course import library
from course.schemas import Lesson
from course.text import Block
from ui import navigation, state
from ui.figures import kit
from ui.files.buttons import lesson_files
from ui.learn import present, printed
from ui.learn.pieces import aims, calculator, desk_of
from ui.learn.prose import prose
from ui.learn.quiz import check
from ui.text import _, escape, label


def page(slug: str) -> None:
    """Draw the lesson, as the reader looks at it."""
    views = {"present": present.show, "notes": present.notes, "print": printed.sheet}
    views.get(state.view()[0], _read)(slug)


def _read(slug: str) -> None:
    """Draw the lesson to read."""
    lesson = library.lesson(slug)
    code, numbers = state.reader().language.code, state.reader().numbers
    text = library.lesson_text(code, slug)
    state.keep_progress(state.progress().opened(library.number(slug)))
    place = _("Lesson %(number)s · about %(minutes)s minutes") % {
        "number": numbers.count(library.number(slug)), "minutes": numbers.count(lesson.minutes),
    }  # fmt: skip
    st.title(numbers.text(text.head.title), anchor=False)
    after, check_title = _("After this lesson you can"), _("Check yourself")
    st.html(
        f'<p class="tf-quiet">{escape(place)}</p><p class="tf-lead">{escape(numbers.text(text.head.lead))}</p>'
        f'<section class="tf-aims"><h2>{escape(after)}</h2>{aims(text.head)}</section>{state.progress_marker()}'
    )
    present.doors(slug, {"present": _("Present"), "print": _("Print this lesson")})
    for i, block in enumerate(text.blocks):
        _draw(lesson, i, block)
    st.html(f'<h2 id="check">{escape(check_title)}</h2>')
    check(slug)
    _take(slug)
    _trainer(slug, code)
    _onward(slug)


def _draw(lesson: Lesson, i: int, block: Block) -> None:
    """Draw one block."""
    if block.kind == "text":
        if block.text:
            st.html(f'<div class="tf-prose">{prose(block.text)}</div>')
    elif block.kind == "wrong":
        title = _("What people get wrong")
        st.html(f'<aside class="tf-box tf-mistakes"><h3>{escape(title)}</h3>{prose(block.text)}</aside>')
    elif block.kind == "advanced":
        st.html(f'<details class="tf-box"><summary>{prose(block.title)}</summary>{prose(block.text)}</details>')
    elif block.kind == "predict":
        _predict(lesson.slug, i, block)
    elif block.kind == "figure" and lesson.figure:
        _figure(lesson)
    elif block.kind == "place":
        kit.show(block.title)


@st.fragment
def _predict(slug: str, i: int, block: Block) -> None:
    """Ask for a guess first; then show the truth beside it. Skipping is allowed."""
    numbers = state.reader().numbers
    key, title = f"predict-{slug}-{i}", _("First guess, then look")
    with st.container(border=True, key=key):
        st.html(f'<h3>{escape(title)}</h3><div class="tf-ask">{prose(block.text)}</div>')
        guess = st.radio(
            _("Your guess"), range(len(block.guesses)), index=None, key=f"{key}-{state.reader().key}",
            format_func=lambda n: label(numbers.text(block.guesses[n])), label_visibility="collapsed",
        )  # fmt: skip
        skipped = state.noted(key) or (guess is None and st.button(_("Show without a guess"), key=f"{key}-skip"))
        if skipped:
            state.note(key, True)
        if guess is not None or skipped:
            st.html(f'<div class="tf-reply" role="status">{prose(block.reveal)}</div>')


def _figure(lesson: Lesson) -> None:
    """Draw the calculator, and the way into the full one with the same numbers."""
    calculator(lesson)
    words = _("Open “%(calculator)s” with these numbers") % {"calculator": navigation.title(lesson.figure)}
    if st.button(label(words), key=f"open-{lesson.slug}", icon=":material/open_in_new:"):
        state.hand_over(lesson.figure, state.open_desk(desk_of(lesson)).inputs)
        st.switch_page(navigation.slugs()[lesson.figure])


def _take(slug: str) -> None:
    """Draw what a learner takes away from the lesson, only while it is open."""
    box = st.popover(_("Take away"), icon=":material/download:", on_change="rerun", key=f"take-{slug}")
    with box:
        if box.open:
            lesson_files(slug)


def _trainer(slug: str, code: str) -> None:
    """Draw the trainer's note, only while it is open."""
    box = st.expander(_("For the trainer"), key=f"trainer-{slug}", on_change="rerun", icon=":material/co_present:")
    with box:
        if box.open:
            st.html(f'<div class="tf-prose">{prose(library.trainer_note(code, slug))}</div>')
            lesson_files(slug, trainer=True)


def _onward(slug: str) -> None:
    """Draw the links to the lesson before and the one after."""
    order = [one.slug for one in library.lessons()]
    at = order.index(slug)
    with st.container(horizontal=True, key="lesson-onward"):
        if at:
            navigation.page_link(
                order[at - 1], _("Before: %(lesson)s") % {"lesson": navigation.title(order[at - 1])}, back=True
            )
        navigation.page_link("course", _("All lessons"))
        if at + 1 < len(order):
            navigation.page_link(order[at + 1], _("Next: %(lesson)s") % {"lesson": navigation.title(order[at + 1])})
