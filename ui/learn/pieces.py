"""Pieces of a lesson that each of its views shows: to read, for the projector, on paper."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from course.schemas import Lesson, LessonHead
from funnel.links import scenario
from statements import calculators
from ui import state
from ui.figures import hand
from ui.kit.in_lesson import draw_in_lesson
from ui.text import escape


def aims(head: LessonHead) -> str:
    """Return what one can do after the lesson, as an HTML list."""
    text = state.reader().numbers.text
    return f"<ul>{''.join(f'<li>{escape(text(one))}</li>' for one in head.objectives)}</ul>"


def desk_of(lesson: Lesson) -> str:
    """Return the name of the desk of a lesson's calculator."""
    return f"lesson-{lesson.slug}"


def calculator(lesson: Lesson) -> None:
    """Draw the laboratory's calculator small, with the numbers that the lesson starts from."""
    one = calculators.calculator(lesson.figure)
    inputs = scenario.decode(one.model.Inputs, dict(parse_qsl(lesson.figure_link))).inputs
    key = desk_of(lesson)
    if lesson.figure == "stage_conversion":
        with st.container(border=True, key=f"{key}-figure"):
            hand.live(key, inputs, ("basis", "undo", "predict"))
    else:
        draw_in_lesson(one, key, inputs)
