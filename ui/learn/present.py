"""Presenting a lesson: one idea on a screen, in large type, by keys; the figures live; a second window for the trainer.

All screens are drawn once, as containers ``screen-1``, ``screen-2``, ...; ``ui/figures/web/present.js`` shows one of them, so
that going on costs no run. It tells the place a moment later: a fragment of its own writes it into the address.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from course import library
from course.schemas import Lesson
from course.screens import Screen, screens
from ui import navigation, state, workshop
from ui.figures import kit, pull
from ui.figures.parts import sending
from ui.learn import asked, mine
from ui.learn.pieces import aims, calculator
from ui.learn.prose import prose
from ui.text import _, escape


def doors(slug: str, words: dict[str, str]) -> None:
    """Draw the links to a lesson's other views; a browser opens full screen only from the link's own press."""
    links = {view: navigation.address(slug, view=view) for view in ("present", "print", "lesson")}
    links["room"] = workshop.address(slug)
    _mount(slug, "doors", {"words": words, "links": links})


def show(slug: str) -> None:
    """Draw the lesson for the projector."""
    code = state.reader().language.code
    found = screens(code, slug)
    facts = library.lesson(slug)
    _conduct(slug, found)
    with st.container(key="screens"):
        for i, one in enumerate(found, 1):
            with st.container(key=f"screen-{i}"):
                _draw(facts, one)
    with st.container(key="present-note"):
        st.html(f'<div class="tf-prose">{_note(slug)}</div>')


def notes(slug: str) -> None:
    """Draw the trainer's second window: the place, what comes next, the clock, and the note."""
    st.title(navigation.title(slug), anchor=False)
    _mount(slug, "notes", _told(slug, screens(state.reader().language.code, slug)))
    st.html(f'<div class="tf-prose">{_note(slug)}</div>')


def _note(slug: str) -> str:
    return prose(library.trainer_note(state.reader().language.code, slug))


@st.fragment
def _conduct(slug: str, found: tuple[Screen, ...]) -> None:
    """Draw the part that shows the screens, and the address with the place; only this runs again when the place changes."""
    _mount(slug, "show", _told(slug, found) | {"at": state.view()[1]})
    st.html(state.address())


def _mount(slug: str, mode: str, data: dict) -> None:
    key = f"present-{slug}-{mode}"

    def turned() -> None:
        if getattr(state.shown(key), "view", None) == "lesson":
            state.set_view("")

    def moved() -> None:
        at = getattr(state.shown(key), "at", None)
        if state.view()[0] == "present" and type(at) is int:
            state.set_view("present", at)

    sending("present", key, {"mode": mode, "slug": slug} | data, on_view_change=turned, on_at_change=moved)
    if mode == "show" and state.view()[0] != "present":
        st.rerun()  # `turned` was called, and only a fragment is drawn anew: the whole page is another now


def _told(slug: str, found: tuple[Screen, ...]) -> dict:
    """Return what the part says, in the reader's words and digits."""
    reader = state.reader()
    words = {
        "place": _("%(at)s / %(all)s"), "bar": _("Presentation"), "back": _("Back"), "next": _("Next"), "note": _("Note"),
        "all": _("All screens"),
        "keys": _(
            "Arrow keys or space: on and back · a number and Enter: that screen · N: note · B: black · F: full screen · "
            "W: second window · G or Esc: close this list"
        ),
        "black": _("Black"), "window": _("Second window"), "full": _("Full screen"), "leave": _("Leave"),
        "room": _("Workshop room"),
        "then": _("Then: %(title)s"), "over": _("This is the last screen."),
    }  # fmt: skip
    digits = [reader.numbers.count(n) for n in range(10)]
    link = {"lang": reader.language.code, "digits": reader.digits, "view": "notes"}
    return {
        "words": words, "digits": digits, "lang": reader.language.code, "query": urlencode(link),
        "room": workshop.address(slug),
        "titles": [_title(slug, one) for one in found],
    }  # fmt: skip


def _title(slug: str, one: Screen) -> str:
    """Return what a screen is called: its heading, or what kind it is."""
    numbers = state.reader().numbers
    if one.kind in ("question", "answer"):
        number = numbers.count(list(library.questions(slug)).index(one.key) + 1)
        return (_("Question %(number)s") if one.kind == "question" else _("Answer %(number)s")) % {"number": number}
    if one.kind == "place":
        return numbers.text(kit.words(one.key)["title"])
    if one.kind in ("predict", "guess") and one.title:
        return numbers.text(one.title)
    names = {
        "title": navigation.title(slug), "predict": _("First guess, then look"), "guess": _("First guess, then look"),
        "reveal": _("The answer"), "wrong": _("What people get wrong"), "tomorrow": _("What to try tomorrow"),
        "yours": numbers.text(mine.words()["title"]), "end": _("After this lesson you can"),
    }  # fmt: skip
    return names.get(one.kind) or numbers.text(one.title)


def _draw(facts: Lesson, one: Screen) -> None:
    """Draw one screen; every one has one heading, since only one is seen at a time."""
    slug, numbers = facts.slug, state.reader().numbers
    heading = escape(_title(slug, one))
    if one.kind in ("figure", "place"):
        st.html(f'<h1 class="tf-over">{heading}</h1>')
        with st.container(key=f"live-{slug}-{one.key or 'calculator'}"):
            calculator(facts) if one.kind == "figure" else kit.show(one.key)
        return
    code = state.reader().language.code
    if one.kind == "guess":
        st.html(f'<h1 class="tf-over">{heading}</h1>')
        with st.container(key=f"live-{slug}-{one.key}"):
            pull.live(next(it for it in library.lesson_text(code, slug).blocks if it.title == one.key), told=False)
        return
    head, inside, kind = library.lesson_text(code, slug).head, "", ""
    if one.kind == "title":
        kind = " tf-cover"
        place = _("Lesson %(number)s") % {"number": numbers.count(library.number(slug))}
        inside = f'<p class="tf-quiet">{escape(place)}</p><p class="tf-lead">{escape(numbers.text(head.lead))}</p>'
        after = _("After this lesson you can")
        inside += f"<h2>{escape(after)}</h2>{aims(head)}"
    elif one.kind == "end":
        inside = aims(head)
    elif one.kind == "question":
        inside = asked.question(library.questions(slug)[one.key], library.question_words(code, slug)[one.key])
    elif one.kind == "answer":
        inside = asked.answer(library.questions(slug)[one.key], library.question_words(code, slug)[one.key])
    elif one.kind == "yours":
        asked_for = "".join(f"<li>{escape(each)}</li>" for each in mine.to_write(slug))
        idea = escape(numbers.text(mine.words()["parts"][slug]["idea"]))
        inside = f'<div class="tf-prose"><div class="tf-p">{idea}</div><ul>{asked_for}</ul></div>'
    elif one.kind == "predict":
        guesses = "".join(f"<li>{prose(guess)}</li>" for guess in one.guesses)
        inside = f'<div class="tf-ask tf-prose">{prose(one.text)}</div><ul class="tf-guesses">{guesses}</ul>'
    else:
        inside = f'<div class="tf-prose">{prose(one.text)}</div>'
    st.html(f'<div class="tf-slide{kind}"><h1>{heading}</h1>{inside}</div>')
