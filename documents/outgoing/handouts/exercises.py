"""The exercise sheet and its key: two files of the same tasks."""

from __future__ import annotations

from typing import Any

from course import library
from documents.asking import Ask
from documents.outgoing.handouts.paper import Writer, pdf
from documents.outgoing.handouts.tasks import as_data, sheet


def exercises(ask: Ask) -> bytes:
    """Return the sheet with room to answer. The same lesson and seed give the same tasks."""
    return pdf("exercises.typ", _data(ask, "exercises"))


def key(ask: Ask) -> bytes:
    """Return the answers to the sheet with the same seed, each with the way to it."""
    return pdf("exercises.typ", _data(ask, "exercises-key"))


def _data(ask: Ask, kind: str) -> dict[str, Any]:
    writer = Writer(ask, kind)
    title = writer.prose.text(library.lesson_text(ask.code, ask.lesson).head.title)
    seed = writer.numbers.text(str(ask.seed))
    base = writer.base(title)
    base["words"] |= writer.table("exercises") | {
        "sheet": writer.said("exercises", "sheet", seed=seed),
        "same": writer.said("exercises", "same", seed=seed),
    }
    tasks = [as_data(writer, task) for task in sheet(writer, ask.lesson, ask.seed)]
    for i, task in enumerate(tasks, 1):
        task["title"] = writer.said("exercises", "task", number=writer.numbers.count(i))
    return base | {"tasks": tasks, "with-key": kind == "exercises-key"}
