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


@dataclass(frozen=True)
class Near:
    """How a number lies beside the right one: "right", "trap" (``trap`` is its place), "digit" (the right way, rounded too far),
    "fraction" (0.15 for 15%), "slip" (the decimal point), "rial" (ten times an amount in toman), "wrong"."""

    code: str
    trap: int = -1


_TENS = (10.0, 0.1, 100.0, 0.01, 1_000.0, 0.001, 1_000_000.0, 1e-6)


def near(
    given: float, answer: float, tolerance: float, traps: Sequence[float] = (), *,
    form: str = "number", digits: int = 0, currency: str = "",
) -> Near:  # fmt: skip
    """Compare a number with the right one; percentages are fractions. Raises ValueError for one that is not finite.

    >>> [near(x, 0.154, 0.0005, (0.846,), form="percent", digits=1).code for x in (0.1543, 0.846, 0.15, 0.00154, 1.54, 0.3)]
    ['right', 'trap', 'digit', 'fraction', 'slip', 'wrong']
    """
    if not math.isfinite(given):
        raise ValueError("a number is asked for")
    room = max(tolerance, 1e-9 * abs(answer))
    if abs(given - answer) <= room * (1 + 1e-9):
        return Near("right")
    close = [(abs(given - value), i) for i, value in enumerate(traps) if abs(given - value) <= room * (1 + 1e-9)]
    if close:
        return Near("trap", min(close)[1])
    scale = 100.0 if form == "percent" else 1.0
    for places in range(digits):
        if abs(rounded(answer * scale, places) - given * scale) < 1e-9 * max(1.0, abs(given * scale)):
            return Near("digit")
    if answer == 0:
        return Near("wrong")
    ratio = given / answer
    if form == "percent" and abs(ratio - 0.01) <= 0.0005:
        return Near("fraction")
    if currency == "IRT" and abs(ratio - 10) <= 0.05:
        return Near("rial")
    return Near("slip" if any(abs(ratio / tens - 1) <= 0.005 for tens in _TENS) else "wrong")


def rounded(x: float, places: int) -> float:
    """Return a number rounded half away from zero, as people do it."""
    step = 10.0**-places
    return math.copysign(math.floor(abs(x) / step + 0.5 + 1e-9) * step, x)
