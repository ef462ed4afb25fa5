"""A lesson on paper: the sheet for learners, the slides for the projector, the run sheet for the trainer."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from course import library
from course.schemas import Lesson
from course.text import Block, plain
from documents.asking import Ask
from documents.handouts.figures import bars, headline
from documents.handouts.paper import Desk, pdf
from documents.handouts.tasks import course_tasks
from funnel import scenario
from funnel.calculators import stage_conversion
from i18n.titles import page_title

SHORT = 4  # thoughts on one slide; a list or a table takes the room of three
FEW = 55  # characters: a sentence that short seldom stands by itself
_SENTENCE = re.compile(r"(?<=[.!?؟])(?:[»”\"]?)\s+(?=\S)")


def handout(ask: Ask) -> bytes:
    """Return a lesson's sheet for learners."""
    desk = Desk(ask, "handout-lesson")
    lesson, text = _lesson(ask)
    blocks, answers = [], []
    for block in text.blocks:
        node = _node(desk, lesson, block)
        if node is None:
            continue
        if block.kind == "predict":
            answers.append({"question": node["question"], "reveal": desk.prose.blocks(block.reveal)})
        blocks.append(node)
    data = _base(desk, lesson) | {
        "lead": desk.prose.text(text.head.lead),
        "objectives": [desk.prose.text(one) for one in text.head.objectives],
        "blocks": blocks,
        "answers": answers,
        "terms": terms(desk, tuple(desk.prose.terms)),
        "sources": [
            {"key": key, "text": desk.prose.text(library.source(key).text)} for key in sorted(desk.prose.sources)
        ],
    }
    return pdf("lesson.typ", data)


def slides(ask: Ask) -> bytes:
    """Return a lesson as slides: a thought each, questions before answers."""
    desk = Desk(ask, "slides-lesson")
    lesson, text = _lesson(ask)
    pages: list[dict[str, Any]] = []
    heading = ""
    for block in text.blocks:
        node = _node(desk, lesson, block)
        if node is None:
            continue
        if node["kind"] == "text":
            first = node["body"][0] if node["body"] else {}
            heading = _plain(first["c"]) if first.get("k") == "h" else heading
            pages += _text_slides(desk, heading, block.text)
        elif node["kind"] == "predict":
            pages.append(
                {"kind": "guess", "heading": heading, "question": node["question"], "guesses": node["guesses"]}
            )
            pages.append({"kind": "reveal", "heading": heading, "body": desk.prose.blocks(block.reveal)})
        elif node["kind"] == "figure" and node["bars"]:
            pages.append(node | {"kind": "bars", "heading": heading})
        elif node["kind"] == "wrong":
            pages.append({"kind": "wrong", "heading": desk.said("lesson", "wrong"), "body": node["body"]})
    data = _base(desk, lesson) | {
        "lead": desk.prose.text(text.head.lead),
        "objectives": [desk.prose.text(one) for one in text.head.objectives],
        "slides": pages,
    }
    return pdf("slides.typ", data)


def runsheet(ask: Ask) -> bytes:
    """Return what a trainer needs in hand: aims, how it runs, questions with answers, what goes wrong."""
    desk = Desk(ask, "runsheet")
    lesson, text = _lesson(ask)
    notes = library.lesson_path(ask.code, lesson.slug, "trainer.md").read_text("utf-8")
    needs = [library.lesson_text(ask.code, slug).head.title for slug in lesson.needs]
    guesses = [
        {
            "question": desk.prose.blocks(block.text),
            "guesses": [desk.prose.line(one) for one in block.guesses],
            "reveal": desk.prose.blocks(block.reveal),
        }
        for block in text.blocks
        if block.kind == "predict"
    ]
    data = _base(desk, lesson) | {
        "lead": desk.prose.text(text.head.lead),
        "objectives": [desk.prose.text(one) for one in text.head.objectives],
        "needs": [desk.prose.text(one) for one in needs],
        "flow": _sections(desk.prose.blocks(notes)),
        "guesses": guesses,
        "wrong": [desk.prose.blocks(block.text) for block in text.blocks if block.kind == "wrong"],
        "check": [
            {
                "ask": desk.prose.blocks(task.ask),
                "answer": task.answer_lines,
                "solution": desk.prose.blocks(task.solution),
            }
            for task in course_tasks(desk, lesson.slug, None)
        ],
    }
    return pdf("runsheet.typ", data)


def terms(desk: Desk, keys: tuple[str, ...]) -> list[dict[str, str]]:
    """Return terms of the glossary with what they mean, in the order of their language."""
    glossary = library.glossary(desk.ask.code)
    known = [glossary[key] for key in keys if key in glossary]
    return [
        {"term": desk.numbers.text(one.term), "definition": desk.prose.text(plain(one.definition))}
        for one in sorted(known, key=lambda one: one.term)
    ]


def _lesson(ask: Ask) -> tuple[Lesson, library.LessonText]:
    lesson = next(one for one in library.syllabus().lessons if one.slug == ask.lesson)
    return lesson, library.lesson_text(ask.code, lesson.slug)


def _base(desk: Desk, lesson: Lesson) -> dict[str, Any]:
    title = desk.prose.text(library.lesson_text(desk.ask.code, lesson.slug).head.title)
    places = {"number": desk.numbers.count(library.number(lesson.slug)), "minutes": desk.numbers.count(lesson.minutes)}
    base = desk.base(title)
    base["words"] |= desk.table("lesson") | desk.table(desk.kind) if desk.kind == "runsheet" else desk.table("lesson")
    if desk.kind == "slides-lesson":
        base["words"] |= desk.table("slides")
    base["words"]["answer-on"] = desk.said("lesson", "answer", page="\0").split("\0")
    return base | {"facts": desk.said("lesson", "facts", **places)}


def _node(desk: Desk, lesson: Lesson, block: Block) -> dict[str, Any] | None:
    """Return a block of a lesson as a template draws it; None for what has nothing to say on paper."""
    if block.kind == "figure":
        return _figure(desk, lesson) if lesson.figure else None
    if block.kind == "place":
        return _place(desk, block.title)
    if block.kind == "predict":
        guesses = [desk.prose.line(one) for one in block.guesses]
        return {"kind": "predict", "question": desk.prose.blocks(block.text), "guesses": guesses}
    if not block.text:
        return None
    return {"kind": block.kind, "body": desk.prose.blocks(block.text), "title": desk.prose.line(block.title)}


def _figure(desk: Desk, lesson: Lesson) -> dict[str, Any]:
    """Return a calculator's figure: a funnel is drawn with the lesson's numbers, of another its place is told."""
    note = desk.said("lesson", "figure", title=desk.prose.text(page_title(desk.ask.code, lesson.figure)))
    node: dict[str, Any] = {"kind": "figure", "note": note, "bars": [], "alt": "", "said": ""}
    if lesson.figure == "stage_conversion":
        inputs = scenario.decode(stage_conversion.Inputs, dict(parse_qsl(lesson.figure_link))).inputs
        result = stage_conversion.compute(inputs)
        said = headline(desk, inputs, result)
        node |= {"bars": bars(desk, inputs, result), "said": said, "alt": desk.said("lesson", "bars", said=said)}
    return node


def _place(desk: Desk, name: str) -> dict[str, Any] | None:
    try:
        words = library.figure_words(desk.ask.code, name)
    except FileNotFoundError:
        return None
    told = {key: desk.prose.text(plain(words[key])) for key in ("title", "idea")}
    return {"kind": "figure", "note": desk.said("lesson", "place", **told), "bars": [], "alt": "", "said": ""}


def _plain(nodes: list[dict[str, Any]]) -> str:
    return "".join(_plain(one["c"]) if "c" in one else one["t"] for one in nodes if one["k"] != "src")


def _text_slides(desk: Desk, heading: str, text: str) -> list[dict[str, Any]]:
    """Return a section as slides: of each paragraph how it begins, lists and tables whole; a few of them on each."""
    pages: list[list[dict[str, Any]]] = [[]]
    full = 0
    for part in re.split(r"\n\s*\n", text):
        found = desk.prose.blocks(part)
        if not found or found[0]["k"] == "h":
            continue
        if found[0]["k"] == "p":
            parts, weight = [{"k": "thought", "c": desk.prose.line(_thought(part))}], 1
        else:
            parts, weight = found, SHORT - 1
        if pages[-1] and full + weight > SHORT:
            pages.append([])
            full = 0
        pages[-1] += parts
        full += weight
    return [{"kind": "thoughts", "heading": heading, "parts": parts} for parts in pages if parts]


def _thought(paragraph: str) -> str:
    """Return how a paragraph begins: its first sentence, or two where the first is a few words only."""
    sentences = _SENTENCE.split(" ".join(paragraph.split()))
    return sentences[0] if len(plain(sentences[0])) > FEW else " ".join(sentences[:2])


def _sections(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a trainer's note, cut at its headings."""
    found: list[dict[str, Any]] = []
    for node in nodes:
        if node["k"] == "h":
            found.append({"heading": node["c"], "body": []})
        elif found:
            found[-1]["body"].append(node)
        else:
            found.append({"heading": [], "body": [node]})
    return found
