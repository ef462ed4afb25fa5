"""What explains a calculator: the lessons, and its terms, each explained where it stands."""

from __future__ import annotations

from course import library
from ui import navigation, state
from ui.learn.prose import prose
from ui.text import _, escape


def related(slug: str) -> str:
    """Return the lessons and terms of a calculator as HTML; empty where the course names none."""
    one = library.syllabus().calculators.get(slug)
    if one is None:
        return ""
    written = {lesson.slug for lesson in library.lessons()}
    known = library.glossary(state.reader().language.code)
    lessons = [navigation.link(name) for name in one.lessons if name in written]
    terms = [f"[[{key}]]" for key in one.terms if key in known]
    out = []
    if lessons:
        words = _("The lesson:")
        out.append(f"<p><b>{escape(words)}</b> {' · '.join(lessons)}</p>")
    if terms:
        words = _("Its terms:")
        out.append(f'<div class="tf-terms"><b>{escape(words)}</b> {prose(" · ".join(terms))}</div>')
    return f'<section class="tf-prose">{"".join(out)}</section>' if out else ""
