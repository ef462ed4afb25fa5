"""A lesson on paper: its text with the figures as they stand, room to write, and the answers on a page of their own."""

from __future__ import annotations

import streamlit as st

from course import library
from course.schemas import Lesson
from course.text import SOURCE, Block
from ui import navigation, state
from ui.figures import kit
from ui.learn import asked, mine, present
from ui.learn.pieces import aims, calculator
from ui.learn.prose import prose_on_paper
from ui.text import _, escape


class _Terms:
    """Number the terms of a lesson where they stand first: on paper none can be opened, so each has a note."""

    def __init__(self) -> None:
        self.met: list[str] = []

    def prose(self, text: str) -> str:
        """Return running text as HTML, with a small number at each term's first place."""
        return prose_on_paper(text, self._number)

    def _number(self, term: str) -> str:
        if term in self.met:
            return ""
        self.met.append(term)
        return f'<sup class="tf-number">{state.reader().numbers.count(len(self.met))}</sup>'

    def notes(self) -> str:
        """Return the terms with their meaning, as HTML."""
        numbers, known = state.reader().numbers, library.glossary(state.reader().language.code)
        rows = "".join(
            f'<li><span class="tf-number">{numbers.count(i)}</span> <b>{escape(known[term].term)}</b>: '
            f"{escape(numbers.text(known[term].definition))}</li>"
            for i, term in enumerate(self.met, 1)
        )
        return f'<ul class="tf-small">{rows}</ul>'


def sheet(slug: str) -> None:
    """Draw the lesson for the printer."""
    facts = library.lesson(slug)
    text = library.lesson_text(state.reader().language.code, slug)
    numbers, terms = state.reader().numbers, _Terms()
    present.doors(slug, {"paper": _("Print"), "lesson": _("Back to the lesson")})
    place = _("Lesson %(number)s") % {"number": numbers.count(library.number(slug))}
    address = f"{state.link(slug).split('?')[0]}?lang={state.reader().language.code}"
    name, after = escape(_("Two Funnels")), escape(_("After this lesson you can"))
    with st.container(key="sheet"):
        st.html(
            f'<header class="tf-paper-head"><span>{name} · {escape(place)}</span>'
            f'<bdi dir="ltr">{escape(address)}</bdi></header>'
            f'<h1>{escape(navigation.title(slug))}</h1><p class="tf-lead">{escape(numbers.text(text.head.lead))}</p>'
            f'<section class="tf-aims"><h2>{after}</h2>{aims(text.head)}</section>'
        )
        for block in text.blocks:
            _draw(facts, block, terms)
        st.html(_questions(slug) + _notes(text.blocks, terms))
        st.html(_answers(slug, text.blocks))


def _draw(facts: Lesson, block: Block, terms: _Terms) -> None:
    """Draw one block; figures are drawn as they stand, their buttons and sliders left out by the stylesheet."""
    if block.kind == "figure":
        calculator(facts)
    elif block.kind == "place":
        kit.show(block.title)
    elif block.kind in ("predict", "guess"):
        title, yours = escape(_("First guess, then look")), escape(_("Your guess"))
        guesses = "".join(f"<li>{terms.prose(one)}</li>" for one in block.guesses)
        st.html(
            f'<section class="tf-box"><h3>{title}</h3>{terms.prose(block.text)}'
            f'<ul class="tf-asked">{guesses}</ul><p class="tf-write">{yours}</p></section>'
        )
    elif block.kind == "wrong":
        title = escape(_("What people get wrong"))
        st.html(f'<section class="tf-box tf-mistakes"><h3>{title}</h3>{terms.prose(block.text)}</section>')
    elif block.kind == "yours":
        told = mine.words()
        room = "".join(f'<p class="tf-write">{escape(one)}</p>' for one in mine.to_write(facts.slug))
        idea = terms.prose(told["parts"][facts.slug]["idea"])
        st.html(f'<section class="tf-box"><h3>{escape(told["title"])}</h3>{idea}{room}</section>')
    elif block.kind in ("advanced", "real"):
        st.html(f'<section class="tf-box"><h3>{terms.prose(block.title)}</h3>{terms.prose(block.text)}</section>')
    elif block.kind == "tomorrow":
        title = escape(_("What to try tomorrow"))
        st.html(f'<section class="tf-box"><h3>{title}</h3>{terms.prose(block.text)}</section>')
    elif block.text:
        st.html(f'<div class="tf-prose">{terms.prose(block.text)}</div>')


def _asked(slug: str) -> list[tuple]:
    """Return for each question its heading, its facts and its words."""
    words = library.question_words(state.reader().language.code, slug)
    count = state.reader().numbers.count
    return [
        (escape(_("Question %(number)s") % {"number": count(i)}), facts, words[key])
        for i, (key, facts) in enumerate(library.questions(slug).items(), 1)
    ]


def _questions(slug: str) -> str:
    heading, room = escape(_("Check yourself")), '<p class="tf-write"></p>' * 2
    every = "".join(
        f'<section class="tf-question"><h3>{title}</h3>{asked.question(facts, words)}{room}</section>'
        for title, facts, words in _asked(slug)
    )
    return f'<section class="tf-questions"><h2>{heading}</h2>{every}</section>'


def _answers(slug: str, blocks: tuple[Block, ...]) -> str:
    """Return the page of answers, which may be torn off: first the truth beside each guess, then the questions."""
    heading, guess = escape(_("Answers")), escape(_("First guess, then look"))
    guessed = "".join(
        f'<section class="tf-question"><h3>{guess}</h3>'
        f'<div class="tf-quiet">{prose_on_paper(one.text)}</div>{prose_on_paper(one.reveal)}</section>'
        for one in blocks
        if one.kind in ("predict", "guess")
    )
    solved = "".join(
        f'<section class="tf-question"><h3>{title}</h3>{asked.answer(facts, words)}</section>'
        for title, facts, words in _asked(slug)
    )
    return f'<section class="tf-answers"><h2>{heading}</h2>{guessed}{solved}</section>'


def _notes(blocks: tuple[Block, ...], terms: _Terms) -> str:
    """Return what the small numbers and the sources stand for."""
    told = " ".join(one.said for one in blocks)
    known = library.syllabus().sources
    cited = sorted({key.strip() for hit in SOURCE.finditer(told) for key in hit[1].split(",")} & set(known))
    sources = "".join(
        f'<li><bdi dir="ltr" lang="en" translate="no">{key} {escape(known[key].text)}</bdi></li>' for key in cited
    )
    mine, references = escape(_("Terms of this lesson")), escape(_("References"))
    out = f"<h2>{mine}</h2>{terms.notes()}" if terms.met else ""
    if sources:
        out += f'<h2>{references}</h2><ul class="tf-small">{sources}</ul>'
    return f'<section class="tf-terms">{out}</section>'
