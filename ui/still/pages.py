"""What stands on a page, as HTML: the same texts in the same order as in the app, every figure as it begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from course import library
from course.schemas import Lesson
from course.text import Block
from documents import catalogue
from funnel.calculators import stage_conversion
from funnel.links import scenario
from statements import calculators
from statements.blocks import Formula
from statements.findings import Findings
from ui import home, laboratory, navigation, state, workshop
from ui.blocks import blocks_html
from ui.figures import kit
from ui.kit.page import headline
from ui.learn import asked, glossary, lesson, mine, overview, sources, teach
from ui.learn.prose import prose
from ui.learn.related import related
from ui.navigation import to
from ui.still.bars import bars
from ui.still.picture import picture
from ui.text import _, escape, page_text


def slugs() -> tuple[str, ...]:
    """Return every page there is: those of the menu, then the lessons."""
    return (*navigation.slugs(), *(one.slug for one in library.lessons()))


def page(slug: str, *, alone: bool = False) -> str:
    """Return a page as HTML, for who is reading; ``alone`` leaves out what leads elsewhere. Raises KeyError for what is none."""
    if slug not in slugs():
        raise KeyError(slug)
    title = _("Two Funnels") if slug == "home" else navigation.title(slug)
    where = navigation.folder(slug)
    if where == "lessons":
        inside = _lesson(slug, alone)
    elif where == "calculators":
        inside = _calculator(slug)
    else:
        inside = _PAGES.get(slug, _text)(slug)
    return f"<h1>{escape(title)}</h1>{inside}"


def element(made: str) -> str:
    """Return HTML with the class that Streamlit gives it, for the stylesheets."""
    return f'<div class="stHtml">{made}</div>' if made else ""


def markdown(text: str) -> str:
    """Return Markdown with the class that Streamlit gives it."""
    return f'<div class="tf-markdown">{prose(text)}</div>' if text else ""


# --- pages that are only read -------------------------------------------------------------------------------------------


def _text(slug: str) -> str:
    front, body = page_text(navigation.folder(slug), slug)
    return markdown(front["lead"]) + markdown(body)


def _home(_slug: str) -> str:
    above, joint, below = home.told()
    inputs = stage_conversion.Inputs.origin("base", "rates")
    return element(above) + home.ways() + element(bars(inputs, joint)) + element(below)


def _glossary(slug: str) -> str:
    front, _body = page_text("pages", slug)
    room = '<div class="tf-field-room"></div>'  # of the field to search in, which the app brings
    entries = glossary.entries(tuple(glossary.ordered(state.reader().language.code)))
    return markdown(front["lead"]) + room + element(entries)


def _calculators(slug: str) -> str:
    return _text(slug) + element(laboratory.listed())


def _search(slug: str) -> str:
    front, _body = page_text("pages", slug)
    return markdown(front["lead"]) + '<div class="tf-field-room"></div>'


def _teach(slug: str) -> str:
    front, _body = page_text("pages", slug)
    steps = ("choose", "", "look", "looktext", "print", "", "room", "roomtext", "after", "aftertext")
    inside = [
        teach.step(i // 2 + 1, front[steps[i]]) + (markdown(front[steps[i + 1]]) if steps[i + 1] else "")
        for i in range(0, len(steps), 2)
    ]
    return markdown(front["lead"]) + "".join(map(element, inside))


def _sources(slug: str) -> str:
    return _text(slug) + "".join(map(element, sources.told()))


def _course(slug: str) -> str:
    front, body = page_text("pages", slug)
    count = state.reader().numbers.count
    rows = "".join(
        element(
            overview.entry(
                library.number(one.slug), one.slug, [_("about %(minutes)s minutes") % {"minutes": count(one.minutes)}]
            )
        )
        for one in library.lessons()
    )
    return markdown(front["lead"]) + rows + markdown(body)


def _documents(slug: str) -> str:
    front, body = page_text("pages", slug)
    reader = state.reader()
    cards = [catalogue.card(key, reader.language.code, reader.digits) for key in catalogue.ORDER]
    items = "".join(f"<h3>{escape(one.title)}</h3><p>{escape(one.about)}</p>" for one in cards)
    return markdown(front["lead"]) + markdown(body) + element(items)


def _workshop(_slug: str) -> str:
    return element(workshop.told())


_PAGES: dict[str, Callable[[str], str]] = {
    "home": _home, "glossary": _glossary, "sources": _sources, "course": _course, "documents": _documents, "workshop": _workshop,
    "calculators": _calculators, "search": _search, "teach": _teach,
}  # fmt: skip


def _calculator(slug: str) -> str:
    """Return what a calculator is for and how it is read. Its numbers are the link's: they come with the app."""
    front, explanation = page_text("calculators", slug)
    return f"{markdown(front['lead'])}<hr>{markdown(explanation)}{element(related(slug))}"


# --- lessons -----------------------------------------------------------------------------------------------------------


def _lesson(slug: str, alone: bool) -> str:
    facts = library.lesson(slug)
    text = library.lesson_text(state.reader().language.code, slug)
    title = escape(_("Check yourself"))
    parts = [element(lesson.opening(slug)), "" if alone else _doors(slug), *(block(facts, one) for one in text.blocks)]
    return "".join([*parts, element(f'<h2 id="check">{title}</h2>'), questions(slug), "" if alone else _onward(slug)])


def _doors(slug: str) -> str:
    """Return the ways to a lesson's other views."""
    words = {"present": _("Present"), "print": _("Print this lesson")}
    links = "".join(
        f'<a class="tf-do" {to(slug, query=f"view={view}")}>{escape(said)}</a>' for view, said in words.items()
    )
    return f'<div class="tf-doors">{links}</div>'


def block(facts: Lesson, one: Block) -> str:
    """Return a lesson's block as HTML."""
    if one.kind in ("predict", "guess"):
        return _predict(one)
    if one.kind == "yours":
        return element(f'<div class="tf-box">{mine.asked_for(facts.slug)}</div>')
    if one.kind == "tomorrow":
        return element(lesson.tomorrow(one))
    if one.kind == "figure":
        return figure(facts) if facts.figure else ""
    if one.kind == "place":
        return kit.standing(one.title)
    return element(lesson.told(one))


def _predict(one: Block) -> str:
    """Return a guess to make, and the truth behind a press."""
    guesses = "".join(f"<li>{prose(guess)}</li>" for guess in one.guesses)
    show = escape(_("Show without a guess"))
    return (
        f'<div class="tf-framed tf-predict">{element(lesson.question(one))}<ul class="tf-guesses">{guesses}</ul>'
        f'<details class="tf-truth"><summary>{show}</summary><div class="tf-reply">{prose(one.reveal)}</div></details></div>'
    )


def figure_inputs(facts: Lesson) -> Any:
    """Return what a lesson's calculator begins with."""
    one = calculators.calculator(facts.figure)
    return scenario.decode(one.model.Inputs, dict(parse_qsl(facts.figure_link))).inputs


def figure(facts: Lesson) -> str:
    """Return a lesson's calculator as it begins, as HTML."""
    one = calculators.calculator(facts.figure)
    inputs = figure_inputs(facts)
    if facts.figure == "stage_conversion":
        shown = f'<div data-hand="{escape(facts.slug)}">{bars(inputs, tools=True)}</div>'
    else:
        found = one.findings(inputs)
        drawn = picture(found.charts[0], found.headline) if found.charts else ""
        said = headline(Findings(found.headline, found.figures[:2]), strip=False)
        formulas = [block for block in found.body if isinstance(block, Formula)][:1]
        shown = f"{said}{drawn}{blocks_html(formulas)}"
    words = _("Open “%(calculator)s” with these numbers") % {"calculator": navigation.title(facts.figure)}
    link = f"<a {to(facts.figure, query=facts.figure_link)}>{escape(words)}</a>"
    return f'<div class="tf-framed">{element(str(shown))}<p>{link}</p></div>'


def questions(slug: str) -> str:
    """Return a lesson's questions, each with its answer behind a press."""
    words, count = library.question_words(state.reader().language.code, slug), state.reader().numbers.count
    asked_ = library.questions(slug)
    show, out = escape(_("Show the solution")), []
    for i, (key, facts) in enumerate(asked_.items(), 1):
        place = _("Question %(number)s of %(all)s") % {"number": count(i), "all": count(len(asked_))}
        out.append(
            f'<section class="tf-question" data-question="{escape(key)}"><p class="tf-quiet">{escape(place)}</p>'
            f"{asked.question(facts, words[key])}"
            f"<details><summary>{show}</summary>{asked.answer(facts, words[key])}</details></section>"
        )
    return element("".join(out))


def _onward(slug: str) -> str:
    return f'<nav class="tf-across">{"".join(map(element, lesson.onward(slug)))}</nav>'
