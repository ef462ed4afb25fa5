"""A lesson's page: what it gives, its text with a live figure and a guess to make, the check, the trainer's note."""

from __future__ import annotations

import streamlit as st

from course import library
from course.schemas import Lesson
from course.text import Block
from ui import navigation, state
from ui.figures import kit, pull
from ui.files.buttons import lesson_files
from ui.learn import mine, present, printed
from ui.learn.pieces import aims, calculator, desk_of
from ui.learn.prose import prose
from ui.learn.quiz import before, check
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
    st.title(numbers.text(text.head.title), anchor=False)
    check_title = _("Check yourself")
    st.html(opening(slug) + state.progress_marker())
    present.doors(slug, {"present": _("Present"), "room": _("Workshop room"), "print": _("Print this lesson")})
    before(slug)
    for i, block in enumerate(text.blocks):
        _draw(lesson, i, block)
    st.html(f'<h2 id="check">{escape(check_title)}</h2>')
    check(slug)
    for block in text.blocks:
        if block.kind == "tomorrow":
            st.html(tomorrow(block))
    _take(slug)
    _trainer(slug, code)
    with st.container(horizontal=True, key="lesson-onward"):
        for link in onward(slug):
            st.html(link)


def opening(slug: str) -> str:
    """Return what stands below a lesson's title, as HTML: its place, what it gives, what one can do afterwards."""
    lesson, numbers = library.lesson(slug), state.reader().numbers
    head = library.lesson_text(state.reader().language.code, slug).head
    place = _("Lesson %(number)s · about %(minutes)s minutes") % {
        "number": numbers.count(library.number(slug)), "minutes": numbers.count(lesson.minutes),
    }  # fmt: skip
    after = _("After this lesson you can")
    return (
        f'<p class="tf-quiet">{escape(place)}</p><p class="tf-lead">{escape(numbers.text(head.lead))}</p>'
        f'<details class="tf-aims"><summary>{escape(after)}</summary>{aims(head)}</details>'
    )


def told(block: Block) -> str:
    """Return a block that is only read, as HTML; of the others nothing."""
    if block.kind == "text" and block.text:
        return f'<div class="tf-prose">{prose(block.text)}</div>'
    if block.kind == "wrong":
        title = escape(_("What people get wrong"))
        return f'<aside class="tf-box tf-mistakes"><h3>{title}</h3>{prose(block.text)}</aside>'
    if block.kind == "advanced":
        return f'<details class="tf-box"><summary>{prose(block.title)}</summary>{prose(block.text)}</details>'
    if block.kind == "real":
        title = _("It happened: %(title)s") % {"title": state.reader().numbers.text(block.title)}
        return f'<div class="tf-box tf-real"><h3>{escape(title)}</h3>{prose(block.text)}</div>'
    return ""


def tomorrow(block: Block) -> str:
    """Return what to try tomorrow, as HTML."""
    title = escape(_("What to try tomorrow"))
    return f'<div class="tf-box tf-tomorrow"><h3>{title}</h3>{prose(block.text)}</div>'


def question(block: Block) -> str:
    """Return what a guess is asked for, as HTML."""
    title = escape(_("First guess, then look"))
    return f'<h3>{title}</h3><div class="tf-ask">{prose(block.text)}</div>'


def _draw(lesson: Lesson, i: int, block: Block) -> None:
    """Draw one block; what to try tomorrow stands below the check."""
    if read := told(block):
        st.html(read)
    elif block.kind == "predict":
        _predict(lesson.slug, i, block)
    elif block.kind == "guess":
        pull.live(block)
    elif block.kind == "yours":
        mine.part(lesson.slug)
    elif block.kind == "figure" and lesson.figure:
        _figure(lesson)
    elif block.kind == "place":
        kit.show(block.title)


@st.fragment
def _predict(slug: str, i: int, block: Block) -> None:
    """Ask for a guess first; then show the truth beside it. Skipping is allowed."""
    numbers = state.reader().numbers
    key = f"predict-{slug}-{i}"
    with st.container(border=True, key=key):
        st.html(question(block))
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


def onward(slug: str) -> list[str]:
    """Return the links to the lesson before, to all of them and to the one after, as HTML."""
    order = [one.slug for one in library.lessons()]
    at = order.index(slug)
    links = [navigation.page_link_html("course", _("All lessons"), "up")]
    if at:
        words = _("Before: %(lesson)s") % {"lesson": navigation.title(order[at - 1])}
        links.insert(0, navigation.page_link_html(order[at - 1], words, "back"))
    if at + 1 < len(order):
        words = _("Next: %(lesson)s") % {"lesson": navigation.title(order[at + 1])}
        links.append(navigation.page_link_html(order[at + 1], words))
    return links
