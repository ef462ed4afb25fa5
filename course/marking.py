"""Marking: is an answer right, and which reply does it deserve? Pure; words come later."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.schemas import Question

#: What an answer is: an option's id (single), ids (multiple, order), left id -> right id (match), or a number.
Answer = str | Sequence[str] | Mapping[str, str] | float


@dataclass(frozen=True)
class Mark:
    """Say whether an answer is right, which replies it calls for (ids of options or traps), and which misconceptions it meets.

    ``missed`` are right options that were not chosen; ``places`` the positions (order) or left ids (match) that are wrong.
    """

    right: bool
    replies: tuple[str, ...] = ()
    meets: tuple[int, ...] = ()
    missed: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def mark(question: Question, answer: Answer) -> Mark:
    """Mark an answer. Raises ValueError for one of another kind than the question asks for.

    >>> key = Question(kind="number", answer=0.06, form="percent", tolerance=0.0005, traps={"top": 0.024}, objectives=(1,))
    >>> mark(key, 0.0601).right, mark(key, 0.024).replies
    (True, ('top',))
    """
    if question.kind == "number":
        return _number(question, answer)
    if question.kind == "match":
        return _match(question, answer)
    if question.kind == "single":
        if answer not in question.options:
            raise ValueError(f"{answer!r:.40} is not an option")
        chosen: tuple[str, ...] = (answer,)
    else:
        chosen = tuple(answer)  # type: ignore[arg-type]
        if set(chosen) - set(question.options):
            raise ValueError("not among the options")
    if question.kind == "order":
        places = tuple(one for one, due in zip(chosen, question.options, strict=True) if one != due)
        return Mark(not places, places=places)
    wrong = tuple(one for one in question.options if one in chosen and one not in question.right)
    missed = tuple(one for one in question.right if one not in chosen)
    meets = tuple(dict.fromkeys(question.meets[one] for one in wrong if one in question.meets))
    return Mark(not wrong and not missed, wrong or (chosen if not missed else ()), meets, missed)


def _number(question: Question, answer: Answer) -> Mark:
    if not isinstance(answer, (int, float)) or not math.isfinite(answer):
        raise ValueError("a number is asked for")
    assert question.answer is not None  # a number has one: `Question` sees to it
    room = max(question.tolerance, 1e-12 * abs(question.answer))
    if abs(answer - question.answer) <= room:
        return Mark(True)
    near = [(abs(answer - value), name) for name, value in question.traps.items() if abs(answer - value) <= room]
    return Mark(False, (min(near)[1],) if near else ())


def _match(question: Question, answer: Answer) -> Mark:
    if not isinstance(answer, Mapping) or set(answer) != set(question.pairs):
        raise ValueError("every item needs its partner")
    places = tuple(left for left, right in question.pairs.items() if answer[left] != right)
    return Mark(not places, places=places)
