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
from documents.outgoing.handouts.paper import Writer, pdf
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
    writer = Writer(ask, "handout-lesson")
    nodes = [node for _block, node in _nodes(writer)]
    data = _base(writer, "lesson") | {
        "blocks": nodes,
        "answers": [node for node in nodes if node["kind"] == "predict"],
        "terms": writer.terms(writer.prose.terms),
        "sources": [
            {"key": key, "text": writer.prose.text(library.source(key).text)} for key in sorted(writer.prose.sources)
        ],
    }
    return pdf("lesson.typ", data)


def slides(ask: Ask) -> bytes:
    """Return a lesson as slides: a thought each, questions before answers."""
    writer = Writer(ask, "slides-lesson")
    pages: list[dict[str, Any]] = []
    heading = ""
    for block, node in _nodes(writer):
        if node["kind"] == "text":
            first = node["body"][0] if node["body"] else {}
            heading = _plain(first["c"]) if first.get("k") == "h" else heading
            pages += _text_slides(writer, heading, block.text)
        elif node["kind"] == "predict":
            pages.append(node | {"kind": "guess"})
            pages.append({"kind": "reveal", "body": node["reveal"]})
        elif node["kind"] == "figure" and node["bars"]:
            pages.append(node | {"kind": "bars", "heading": heading})
        elif node["kind"] == "wrong":
            pages.append({"kind": "wrong", "heading": writer.said("lesson", "wrong"), "body": node["body"]})
    return pdf("slides.typ", _base(writer, "lesson", "slides") | {"slides": pages})


def runsheet(ask: Ask) -> bytes:
    """Return what a trainer needs in hand: aims, how it runs, questions with answers, what goes wrong."""
    writer = Writer(ask, "runsheet")
    nodes = [node for _block, node in _nodes(writer)]
    needs = [library.lesson_text(ask.code, slug).head.title for slug in library.lesson(ask.lesson).needs]
    data = _base(writer, "lesson", "runsheet") | {
        "needs": [writer.prose.text(one) for one in needs],
        "flow": _sections(writer.prose.blocks(library.trainer_note(ask.code, ask.lesson))),
        "guesses": [node for node in nodes if node["kind"] == "predict"],
        "wrong": [node["body"] for node in nodes if node["kind"] == "wrong"],
        "check": [
            {
                "ask": writer.prose.blocks(task.ask),
                "answer": task.answer_lines,
                "solution": writer.prose.blocks(task.solution),
            }
            for task in course_tasks(writer, ask.lesson, None)
        ],
    }
    return pdf("runsheet.typ", data)


def _base(writer: Writer, *tables: str) -> dict[str, Any]:
    """Return what every paper on a lesson begins with, and the words of these tables: where two have one key, the later's."""
    lesson, head = library.lesson(writer.ask.lesson), library.lesson_text(writer.ask.code, writer.ask.lesson).head
    places = {
        "number": writer.numbers.count(library.number(lesson.slug)),
        "minutes": writer.numbers.count(lesson.minutes),
    }
    base = writer.base(writer.prose.text(head.title))
    for table in tables:
        base["words"] |= writer.table(table)
    base["words"]["answer-on"] = writer.said("lesson", "answer", page="\0").split("\0")
    return base | {
        "facts": writer.said("lesson", "facts", **places),
        "lead": writer.prose.text(head.lead),
        "objectives": [writer.prose.text(one) for one in head.objectives],
    }


def _nodes(writer: Writer) -> Iterator[tuple[Block, dict[str, Any]]]:
    """Yield the lesson's blocks that have something to say on paper, each with what a template draws of it."""
    for block in library.lesson_text(writer.ask.code, writer.ask.lesson).blocks:
        if (node := _node(writer, block)) is not None:
            yield block, node


def _node(writer: Writer, block: Block) -> dict[str, Any] | None:
    if block.kind == "figure":
        return _figure(writer)
    if block.kind == "place":
        return _place(writer, block.title)
    if block.kind in ("predict", "guess"):
        return {
            "kind": "predict",
            "question": writer.prose.blocks(block.text),
            "guesses": [writer.prose.line(one) for one in block.guesses],
            "reveal": writer.prose.blocks(block.reveal),
        }
    if block.kind == "yours":
        return _yours(writer)
    if not block.text:
        return None
    if block.kind in ("real", "tomorrow"):
        title = block.title or writer.said("lesson", "tomorrow")
        return {"kind": "advanced", "body": writer.prose.blocks(block.text), "title": writer.prose.line(title)}
    return {"kind": block.kind, "body": writer.prose.blocks(block.text), "title": writer.prose.line(block.title)}


def _yours(writer: Writer) -> dict[str, Any]:
    """Return what the learner adds to her own funnel: what is asked, a line to write on for each."""
    said = library.mine_words(writer.ask.code)
    names = [said["fields"][one] for one in PARTS[writer.ask.lesson] if one != "known" and one in said["fields"]]
    lines = "\n".join(f"- {one}: ______" for one in names)
    body = writer.prose.blocks(f"{said['parts'][writer.ask.lesson]['idea']}\n\n{lines}".strip())
    return {"kind": "advanced", "body": body, "title": writer.prose.line(said["title"])}


def _figure(writer: Writer) -> dict[str, Any] | None:
    """Return a calculator's figure: a funnel is drawn with the lesson's numbers, of another its place is told."""
    lesson = library.lesson(writer.ask.lesson)
    if not lesson.figure:
        return None
    node = _told(writer.said("lesson", "figure", title=writer.prose.text(page_title(writer.ask.code, lesson.figure))))
    if lesson.figure == "stage_conversion":
        inputs = scenario.decode(stage_conversion.Inputs, dict(parse_qsl(lesson.figure_link))).inputs
        result = stage_conversion.compute(inputs)
        said = headline(writer, inputs, result)
        node |= {"bars": bars(writer, inputs, result), "said": said, "alt": writer.said("lesson", "bars", said=said)}
    return node


def _place(writer: Writer, name: str) -> dict[str, Any]:
    words = library.figure_words(writer.ask.code, name)
    return _told(
        writer.said("lesson", "place", **{key: writer.prose.text(plain(words[key])) for key in ("title", "idea")})
    )


def _told(note: str) -> dict[str, Any]:
    """Return a figure that is alive on the screen only: where it is found."""
    return {"kind": "figure", "note": note, "bars": [], "said": "", "alt": ""}


def _plain(nodes: list[dict[str, Any]]) -> str:
    return "".join(_plain(one["c"]) if "c" in one else one["t"] for one in nodes if one["k"] != "src")


def _text_slides(writer: Writer, heading: str, text: str) -> list[dict[str, Any]]:
    """Return a section as slides: of each paragraph how it begins, lists and tables whole; a few of them on each."""
    pages: list[list[dict[str, Any]]] = [[]]
    full = 0
    for part in re.split(r"\n\s*\n", text):
        found = writer.prose.blocks(part)
        if not found or found[0]["k"] == "h":
            continue
        if found[0]["k"] == "p":
            parts, weight = [{"k": "thought", "c": writer.prose.line(_thought(part))}], 1
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
