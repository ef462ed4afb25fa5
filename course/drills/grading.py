"""Is the answer to an exercise right, and if not, which wrong way was taken? Pure; words come later."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.drills.kinds import Task
from course.marking import near
from i18n.numbers import parse

#: What is asked back and costs no try: the way was right, or nearly.
FREE = ("digit", "fraction", "slip", "rial", "close")
NEAR_ENOUGH = 0.025  # of the length of what is pulled
NEARLY = 0.08


@dataclass(frozen=True)
class Grade:
    """``code`` as ``course.marking.Near`` has it, and "close" for a bar nearly there; ``replies`` are keys of replies.

    ``missed`` counts right options that were not chosen, ``places`` are the cards or places that are wrong.
    """

    code: str
    replies: tuple[str, ...] = ()
    missed: int = 0
    places: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Say whether the answer is right."""
        return self.code == "right"


_MINUS = re.compile(r"^([\s\u061c\u200e\u200f\u2066-\u2069%٪]*)[-−](.*)$", re.S)


def typed(task: Task, text: str) -> float:
    """Return the number that was typed for a task; a return on cost may be below zero. Raises ``i18n.numbers.NumberError``.

    >>> from course import drills
    >>> typed(drills.task("roi-margin", 1), "−٪۲۵")
    -0.25
    """
    if task.unit != "percent":
        return parse(text, "number")
    below = _MINUS.match(text)
    return -parse(f"{below[1]}{below[2]}", "percent") if below else parse(text, "percent")


def grade(task: Task, answer: Any) -> Grade:
    """Grade an answer. Raises ValueError for one of another kind than the task asks for, whatever it is."""
    if task.kind in ("number", "mark"):
        if isinstance(answer, bool) or not isinstance(answer, (int, float)):
            raise ValueError("a number is asked for")
        return _mark(task, float(answer)) if task.kind == "mark" else _number(task, float(answer))
    ids = [one.id for one in task.options]
    if task.kind == "choose":
        if answer not in ids:
            raise ValueError("not an option")
        reply = next(one.reply for one in task.options if one.id == answer)
        return Grade("right") if answer == task.answer else Grade("wrong", (reply,) if reply else ())
    if task.kind == "match":
        bins = {one.id for one in task.bins}
        if not isinstance(answer, Mapping) or set(answer) != set(ids) or not set(answer.values()) <= bins:
            raise ValueError("every card needs its column")
        wrong = tuple(
            key for key in ids if answer[key] != task.answer[key] and answer[key] not in task.also.get(key, ())
        )
        return Grade("wrong" if wrong else "right", places=wrong)
    if (
        not isinstance(answer, Sequence)
        or isinstance(answer, str)
        or not set(answer) <= set(ids)
        or len(set(answer)) != len(answer)
    ):
        raise ValueError("not among the options")
    if task.kind == "order":
        if len(answer) != len(ids):
            raise ValueError("every place is needed")
        places = tuple(one for one, due in zip(answer, task.answer, strict=True) if one != due)
        return Grade("wrong" if places else "right", places=places)
    chosen, right = set(answer), set(task.answer)
    replies = tuple(dict.fromkeys(one.reply for one in task.options if one.id in chosen - right and one.reply))
    return Grade("right" if chosen == right else "wrong", replies, len(right - chosen))


def _number(task: Task, given: float) -> Grade:
    found = near(given, task.answer, task.tolerance, [trap.value for trap in task.traps],
                 form=task.unit, digits=task.digits, currency=task.currency)  # fmt: skip
    return Grade(found.code, (task.traps[found.trap].reply,) if found.code == "trap" else ())


def _mark(task: Task, given: float) -> Grade:
    room = NEAR_ENOUGH * task.scale
    if abs(given - task.answer) <= room:
        return Grade("right")
    for trap in task.traps:
        if abs(given - trap.value) <= room:
            return Grade("trap", (trap.reply,))
    return Grade("close" if abs(given - task.answer) <= NEARLY * task.scale else "wrong")
