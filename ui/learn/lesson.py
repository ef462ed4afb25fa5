"""A lesson's page: what it gives, its text with a live figure and a guess to make, the check, the trainer's note."""

from __future__ import annotations

from importlib import import_module
from urllib.parse import parse_qsl

import streamlit as st

from course import library
from course.schemas import Lesson
from course.text import Block
from funnel import scenario
from ui import navigation, state
from ui.kit.page import Lab
from ui.kit.small import small
from ui.learn.prose import prose
from ui.learn.quiz import check
from ui.text import _, escape, label


def page(slug: str) -> None:
    """Draw the lesson."""
    lesson = next(one for one in library.lessons() if one.slug == slug)
    code, numbers = state.reader().language.code, state.reader().numbers
    text = library.lesson_text(code, slug)
    state.keep_progress(state.progress().opened(library.number(slug)))
    place = _("Lesson %(number)s · about %(minutes)s minutes") % {
        "number": numbers.count(library.number(slug)), "minutes": numbers.count(lesson.minutes),
    }  # fmt: skip
    st.title(numbers.text(text.head.title), anchor=False)
    aims = "".join(f"<li>{escape(numbers.text(one))}</li>" for one in text.head.objectives)
    st.html(
        f'<p class="tf-quiet">{escape(place)}</p><p class="tf-lead">{escape(numbers.text(text.head.lead))}</p>'
        f'<section class="tf-aims"><h2>{escape(_aims())}</h2><ul>{aims}</ul></section>{state.kept()}'
    )
    for i, block in enumerate(text.blocks):
        _draw(lesson, i, block)
    st.html(f'<h2 id="check">{escape(_check())}</h2>')
    check(slug)
    _trainer(slug, code)
    _onward(slug)


def _aims() -> str:
    return _("After this lesson you can")


def _check() -> str:
    return _("Check yourself")


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


@st.fragment
def _predict(slug: str, i: int, block: Block) -> None:
    """Ask for a guess first; then show the truth beside it. Skipping is allowed."""
    numbers = state.reader().numbers
    key = f"predict-{slug}-{i}"
    with st.container(border=True, key=key):
        st.html(f'<h3>{escape(_guess_first())}</h3><div class="tf-ask">{prose(block.text)}</div>')
        guess = st.radio(
            _("Your guess"), range(len(block.guesses)), index=None, key=f"{key}-{state.reader().key}",
            format_func=lambda n: label(numbers.text(block.guesses[n])), label_visibility="collapsed",
        )  # fmt: skip
        skipped = state.noted(key) or (guess is None and st.button(_("Show without a guess"), key=f"{key}-skip"))
        if skipped:
            state.note(key, True)
        if guess is not None or skipped:
            st.html(f'<div class="tf-reply" role="status">{prose(block.reveal)}</div>')


def _guess_first() -> str:
    return _("First guess, then look")


def _lab(slug: str) -> Lab:
    return import_module("ui.calculators.stage_small" if slug == "stage_conversion" else f"ui.calculators.{slug}").LAB


def _figure(lesson: Lesson) -> None:
    """Draw the laboratory's calculator small, and the way into the full one with the same numbers."""
    lab = _lab(lesson.figure)
    inputs = scenario.decode(lab.model.Inputs, dict(parse_qsl(lesson.figure_link))).inputs
    key = f"lesson-{lesson.slug}"
    small(lab, key, inputs)
    words = _("Open “%(calculator)s” with these numbers") % {"calculator": navigation.title(lesson.figure)}
    if st.button(label(words), key=f"open-{lesson.slug}", icon=":material/open_in_new:"):
        state.hand_over(lesson.figure, state.present(key).inputs)
        st.switch_page(navigation.slugs()[lesson.figure])


def _trainer(slug: str, code: str) -> None:
    """Draw the trainer's note, only while it is open."""
    path = library.lesson_path(code, slug, "trainer.md")
    if not path.exists():
        return
    box = st.expander(_("For the trainer"), key=f"trainer-{slug}", on_change="rerun", icon=":material/co_present:")
    with box:
        if box.open:
            st.html(f'<div class="tf-prose">{prose(path.read_text("utf-8"))}</div>')


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
