"""What is known so far: a row for each lesson, a ring for each skill. No points, no streaks, no ranking."""

from __future__ import annotations

import streamlit as st

from course import drills, library
from course.memory import CAN, KEEPS, KNOWS, MET, NEW, Memory
from course.skills import RECALL
from ui import navigation, state
from ui.text import _, escape

_PART = {NEW: 0, MET: 25, CAN: 50, KNOWS: 100, KEEPS: 100}


def levels() -> dict[int, str]:
    """Return the names of the levels."""
    return {
        NEW: _("new"),
        MET: _("met"),
        CAN: _("can do it"),
        KNOWS: _("knows it"),
        KEEPS: _("keeps it"),
    }


def draw_known(memory: Memory, today: int) -> None:
    """Draw the map."""
    names = levels()
    legend = "".join(f"<span>{_ring(level, False)} {escape(name)}</span>" for level, name in names.items())
    gone = _("may have faded")
    faded = f"<span>{_ring(CAN, True)} {escape(gone)}</span>"
    rows = []
    for number, lesson in enumerate(library.lessons(), 1):
        skills = [*drills.of_lesson(lesson.slug), RECALL[number - 1]]
        rings = "".join(_skill(memory, name, today, names) for name in skills)
        cell = f'<td class="tf-words"><span class="tf-rings">{rings}</span></td>'
        rows.append(f'<tr><th scope="row">{navigation.link(lesson.slug)}</th>{cell}</tr>')
    title, heads = escape(_("What you can do so far")), (_("Lesson"), _("Exercises"))
    head = "".join(f'<th scope="col" class="tf-words">{escape(one)}</th>' for one in heads)
    st.html(
        f'<h2 class="tf-group">{title}</h2><p class="tf-legend">{legend}{faded}</p><div class="tf-scroll"><table class="tf-table">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def title(name: str) -> str:
    """Return the name of a skill: its exercise's, or that of a lesson's own questions."""
    reader = state.reader()
    if name in RECALL:
        return _("Questions of the lesson")
    return reader.numbers.text(library.exercise_words(reader.language.code, name)["title"])


def _skill(memory: Memory, name: str, today: int, names: dict[int, str]) -> str:
    known = memory.get(name)
    level, faded = (known.level, known.faded(today)) if known else (NEW, False)
    said = f"{title(name)}: {names[level]}"
    return _ring(level, faded, said)


def _ring(level: int, faded: bool, said: str = "") -> str:
    kind = " tf-keeps" if level == KEEPS else ""
    kind += " tf-faded" if faded else ""
    named = f' role="img" aria-label="{escape(said)}" title="{escape(said)}"' if said else ' aria-hidden="true"'
    return f'<i class="tf-knows{kind}" style="--tf-part:{_PART[level]}"{named}></i>'
