"""A bar that is pulled to the answer: the bars that stand, and a slider for the one that moves."""

from __future__ import annotations

import streamlit as st

from course.drills.kinds import Task
from course.drills.telling import Told
from ui import state
from ui.text import _, escape

_STEPS = 100


def bars(task: Task, words: Told, key: str) -> None:
    """Draw the bars and the slider, which holds how far the bar is pulled, in the task's own terms."""
    numbers = state.reader().numbers
    percent = task.unit == "percent"
    step = task.scale / _STEPS
    if not percent:
        step = max(1.0, float(round(step)))
    at = st.slider(
        _("Pull the bar to the answer"), 0.0, task.scale, min(task.start, task.scale), step, key=key,
        format="percent" if percent else "localized",
    )  # fmt: skip
    standing = [] if percent else [(row.label, float(row.cells[0].value)) for row in task.rows]
    names = [row[0] for row in words.rows]
    out = []
    for name, (_label, value) in zip(names, standing, strict=False):
        out.append(_bar(escape(name), value / task.scale, escape(numbers.count(value)), ""))
    shown = numbers.percent(at, 1) if percent else numbers.count(at)
    out.append(_bar("?", at / task.scale, escape(shown), " tf-pulled"))
    st.html(f'<div class="tf-drawn" aria-hidden="true">{"".join(out)}</div>')


def _bar(name: str, share: float, text: str, kind: str) -> str:
    width = max(0.0, min(1.0, share)) * 100
    return (
        f'<div class="tf-drawn-row{kind}"><span>{name}</span>'
        f'<span class="tf-drawn-bar" style="inline-size:{width:.2f}%"></span><span>{text}</span></div>'
    )
