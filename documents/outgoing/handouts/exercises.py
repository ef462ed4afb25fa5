"""The exercise sheet and its key: two files of the same tasks."""

from __future__ import annotations

from typing import Any

from course import library
from documents.asking import Ask
from documents.outgoing.handouts.paper import Desk, pdf
from documents.outgoing.handouts.tasks import as_data, sheet


def exercises(ask: Ask) -> bytes:
    """Return the sheet with room to answer. The same lesson and seed give the same tasks."""
    return pdf("exercises.typ", _data(ask, "exercises"))


def key(ask: Ask) -> bytes:
    """Return the answers to the sheet with the same seed, each with the way to it."""
    return pdf("exercises.typ", _data(ask, "exercises-key"))


def _data(ask: Ask, kind: str) -> dict[str, Any]:
    desk = Desk(ask, kind)
    title = desk.prose.text(library.lesson_text(ask.code, ask.lesson).head.title)
    seed = desk.numbers.text(str(ask.seed))
    base = desk.base(title)
    base["words"] |= desk.table("exercises") | {
        "sheet": desk.said("exercises", "sheet", seed=seed),
        "same": desk.said("exercises", "same", seed=seed),
    }
    tasks = [as_data(desk, task) for task in sheet(desk, ask.lesson, ask.seed)]
    for i, task in enumerate(tasks, 1):
        task["title"] = desk.said("exercises", "task", number=desk.numbers.count(i))
    return base | {"tasks": tasks, "with-key": kind == "exercises-key"}
