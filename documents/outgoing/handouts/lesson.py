"""A lesson on paper: the sheet for learners, the slides for the projector, the run sheet for the trainer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from course import library
from course.text import Block, plain
from documents.asking import Ask
from documents.outgoing.handouts.figures import bars, headline
from documents.outgoing.handouts.paper import Desk, pdf
from documents.outgoing.handouts.tasks import course_tasks
from funnel.calculators import stage_conversion
from funnel.figures.mine import PARTS
from funnel.links import scenario
from i18n.titles import page_title

SHORT = 4  # thoughts on one slide; a list or a table takes the room of three
FEW = 55  # characters: a sentence that short seldom stands by itself
_SENTENCE = re.compile(r"(?<=[.!?؟])(?:[»”\"]?)\s+(?=\S)")


def handout(ask: Ask) -> bytes:
    """Return a lesson's sheet for learners."""
    desk = Desk(ask, "handout-lesson")
    nodes = [node for _block, node in _nodes(desk)]
    data = _base(desk, "lesson") | {
        "blocks": nodes,
        "answers": [node for node in nodes if node["kind"] == "predict"],
        "terms": desk.terms(desk.prose.terms),
        "sources": [
            {"key": key, "text": desk.prose.text(library.source(key).text)} for key in sorted(desk.prose.sources)
        ],
    }
    return pdf("lesson.typ", data)


def slides(ask: Ask) -> bytes:
    """Return a lesson as slides: a thought each, questions before answers."""
    desk = Desk(ask, "slides-lesson")
    pages: list[dict[str, Any]] = []
    heading = ""
    for block, node in _nodes(desk):
        if node["kind"] == "text":
            first = node["body"][0] if node["body"] else {}
            heading = _plain(first["c"]) if first.get("k") == "h" else heading
            pages += _text_slides(desk, heading, block.text)
        elif node["kind"] == "predict":
            pages.append(node | {"kind": "guess"})
            pages.append({"kind": "reveal", "body": node["reveal"]})
        elif node["kind"] == "figure" and node["bars"]:
            pages.append(node | {"kind": "bars", "heading": heading})
        elif node["kind"] == "wrong":
            pages.append({"kind": "wrong", "heading": desk.said("lesson", "wrong"), "body": node["body"]})
    return pdf("slides.typ", _base(desk, "lesson", "slides") | {"slides": pages})


def runsheet(ask: Ask) -> bytes:
    """Return what a trainer needs in hand: aims, how it runs, questions with answers, what goes wrong."""
    desk = Desk(ask, "runsheet")
    nodes = [node for _block, node in _nodes(desk)]
    needs = [library.lesson_text(ask.code, slug).head.title for slug in library.lesson(ask.lesson).needs]
    data = _base(desk, "lesson", "runsheet") | {
        "needs": [desk.prose.text(one) for one in needs],
        "flow": _sections(desk.prose.blocks(library.trainer_note(ask.code, ask.lesson))),
        "guesses": [node for node in nodes if node["kind"] == "predict"],
        "wrong": [node["body"] for node in nodes if node["kind"] == "wrong"],
        "check": [
            {
                "ask": desk.prose.blocks(task.ask),
                "answer": task.answer_lines,
                "solution": desk.prose.blocks(task.solution),
            }
            for task in course_tasks(desk, ask.lesson, None)
        ],
    }
    return pdf("runsheet.typ", data)


def _base(desk: Desk, *tables: str) -> dict[str, Any]:
    """Return what every paper on a lesson begins with, and the words of these tables: where two have one key, the later's."""
    lesson, head = library.lesson(desk.ask.lesson), library.lesson_text(desk.ask.code, desk.ask.lesson).head
    places = {"number": desk.numbers.count(library.number(lesson.slug)), "minutes": desk.numbers.count(lesson.minutes)}
    base = desk.base(desk.prose.text(head.title))
    for table in tables:
        base["words"] |= desk.table(table)
    base["words"]["answer-on"] = desk.said("lesson", "answer", page="\0").split("\0")
    return base | {
        "facts": desk.said("lesson", "facts", **places),
        "lead": desk.prose.text(head.lead),
        "objectives": [desk.prose.text(one) for one in head.objectives],
    }


def _nodes(desk: Desk) -> Iterator[tuple[Block, dict[str, Any]]]:
    """Yield the lesson's blocks that have something to say on paper, each with what a template draws of it."""
    for block in library.lesson_text(desk.ask.code, desk.ask.lesson).blocks:
        if (node := _node(desk, block)) is not None:
            yield block, node


def _node(desk: Desk, block: Block) -> dict[str, Any] | None:
    if block.kind == "figure":
        return _figure(desk)
    if block.kind == "place":
        return _place(desk, block.title)
    if block.kind in ("predict", "guess"):
        return {
            "kind": "predict",
            "question": desk.prose.blocks(block.text),
            "guesses": [desk.prose.line(one) for one in block.guesses],
            "reveal": desk.prose.blocks(block.reveal),
        }
    if block.kind == "yours":
        return _yours(desk)
    if not block.text:
        return None
    if block.kind in ("real", "tomorrow"):
        title = block.title or desk.said("lesson", "tomorrow")
        return {"kind": "advanced", "body": desk.prose.blocks(block.text), "title": desk.prose.line(title)}
    return {"kind": block.kind, "body": desk.prose.blocks(block.text), "title": desk.prose.line(block.title)}


def _yours(desk: Desk) -> dict[str, Any]:
    """Return what the learner adds to her own funnel: what is asked, a line to write on for each."""
    said = library.mine_words(desk.ask.code)
    names = [said["fields"][one] for one in PARTS[desk.ask.lesson] if one != "known" and one in said["fields"]]
    lines = "\n".join(f"- {one}: ______" for one in names)
    body = desk.prose.blocks(f"{said['parts'][desk.ask.lesson]['idea']}\n\n{lines}".strip())
    return {"kind": "advanced", "body": body, "title": desk.prose.line(said["title"])}


def _figure(desk: Desk) -> dict[str, Any] | None:
    """Return a calculator's figure: a funnel is drawn with the lesson's numbers, of another its place is told."""
    lesson = library.lesson(desk.ask.lesson)
    if not lesson.figure:
        return None
    node = _told(desk.said("lesson", "figure", title=desk.prose.text(page_title(desk.ask.code, lesson.figure))))
    if lesson.figure == "stage_conversion":
        inputs = scenario.decode(stage_conversion.Inputs, dict(parse_qsl(lesson.figure_link))).inputs
        result = stage_conversion.compute(inputs)
        said = headline(desk, inputs, result)
        node |= {"bars": bars(desk, inputs, result), "said": said, "alt": desk.said("lesson", "bars", said=said)}
    return node


def _place(desk: Desk, name: str) -> dict[str, Any]:
    words = library.figure_words(desk.ask.code, name)
    return _told(desk.said("lesson", "place", **{key: desk.prose.text(plain(words[key])) for key in ("title", "idea")}))


def _told(note: str) -> dict[str, Any]:
    """Return a figure that is alive on the screen only: where it is found."""
    return {"kind": "figure", "note": note, "bars": [], "said": "", "alt": ""}


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
