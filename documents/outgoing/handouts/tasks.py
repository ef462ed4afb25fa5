"""The tasks of an exercise sheet: the lesson's questions in a seeded order, and sums with seeded numbers.

A task knows its question as the course marks it, so a test can mark the key by the same rules as the app.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from random import Random
from typing import Any

from course import library
from course.marking import Answer
from course.schemas import Question, QuestionWords
from documents.outgoing.handouts.paper import Writer
from documents.words import words
from funnel.facts.stages import MODELS
from funnel.formulas.conversion import (
    counts_from_rates,
    from_top,
    lift_result,
    losses,
    ratio,
    reference_gains,
    step_rates,
)

#: Which sums belong to which lesson; a lesson without formulas has none.
SUMS: dict[str, tuple[str, ...]] = {
    "what-a-funnel-is": ("step", "lost"),
    "top-of-the-funnel": ("step",),
    "middle-of-the-funnel": ("step", "product"),
    "bottom-of-the-funnel": ("step", "lost"),
    "marketing-versus-sales": ("product", "overall"),
    "measuring-a-funnel": ("step", "overall", "lost", "product", "reverse", "lift"),
    "improving-a-funnel": ("lift", "gain"),
    "money-in-the-funnel": ("cost", "product"),
    "forecasting-and-pipeline": ("reverse", "product"),
    "build-your-own-funnel": ("overall", "reverse"),
    "channels-and-tools": ("cost",),
}
_TOPS = (2_000, 4_000, 5_000, 8_000, 10_000, 12_000, 20_000, 25_000, 40_000, 60_000)
_RATES = (0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)
_STEPS = 3
#: Two rates whose quotient has few decimals.
_PAIRS = tuple((low, high) for low, high in pairwise(_RATES) if math.isclose(high / low, round(high / low, 2)))


@dataclass(frozen=True)
class Task:
    """Hold one task: what is asked, how it is marked, its right answer, and how both are printed.

    `options` are (letter or number, text) of what is chosen from; `left` the lines that are matched or put in order.
    """

    question: Question
    answer: Answer
    ask: str
    solution: str
    answer_lines: tuple[str, ...]
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()


def sheet(writer: Writer, slug: str, seed: int) -> list[Task]:
    """Return the tasks of a sheet, questions and sums mixed: the same lesson, language and seed, the same tasks."""
    chance = Random(f"{slug}:{seed}")
    found = course_tasks(writer, slug, chance)
    chance.shuffle(found)
    sums = [_sum(writer, kind, chance) for kind in SUMS.get(slug, ())]
    for made in sums:
        found.insert(chance.randint(0, len(found)), made)
    return found


def course_tasks(writer: Writer, slug: str, chance: Random | None) -> list[Task]:
    """Return a lesson's own questions as tasks, in their order; with `chance` what is chosen from is shuffled."""
    said = library.question_words(writer.ask.code, slug)
    return [_task(writer, facts, said[key], chance) for key, facts in library.questions(slug).items()]


def _task(writer: Writer, facts: Question, said: QuestionWords, chance: Random | None) -> Task:
    text, letters = writer.prose.text, writer.letters()
    asked = partial(Task, facts, ask=said.ask, solution=said.solution)
    if facts.kind == "number":
        shown = _shown(writer, facts.answer or 0.0, facts.form)
        unit = writer.numbers.percent_sign if said.unit == "%" else text(said.unit)
        line = shown if said.unit in ("", "%") else f"{shown} {unit}"
        return asked(facts.answer or 0.0, answer_lines=(line,), unit=unit)
    if facts.kind == "match":
        right, left = sorted(set(facts.pairs.values())), list(facts.pairs)
        if chance is not None:
            chance.shuffle(right)
            chance.shuffle(left)
        letter = dict(zip(right, letters, strict=False))
        lines = {key: f"{letter[to]}. {text(said.right[to])}" for key, to in facts.pairs.items()}
        return asked(
            dict(facts.pairs),
            answer_lines=tuple(f"{text(said.left[key])}: {lines[key]}" for key in left),
            options=tuple((letter[key], text(said.right[key])) for key in right),
            left=tuple(text(said.left[key]) for key in left),
        )
    offered = list(facts.options)
    if chance is not None:
        chance.shuffle(offered)
    if facts.kind == "order":
        if chance is not None and offered == list(facts.options):
            offered.reverse()  # in its right order it would ask nothing
        lines = tuple(f"{writer.numbers.count(i)}. {text(said.options[key])}" for i, key in enumerate(facts.options, 1))
        return asked(list(facts.options), answer_lines=lines, left=tuple(text(said.options[key]) for key in offered))
    letter = dict(zip(offered, letters, strict=False))
    chosen = [key for key in offered if key in facts.right]
    return asked(
        chosen[0] if facts.kind == "single" else chosen,
        answer_lines=tuple(f"{letter[key]}. {text(said.options[key])}" for key in chosen),
        options=tuple((letter[key], text(said.options[key])) for key in offered),
    )


def _shown(writer: Writer, x: float, form: str) -> str:
    numbers = writer.numbers
    if form == "percent":
        return numbers.percent(x, places=_places(x * 100))
    return {"count": numbers.count, "money": numbers.amount}.get(form, lambda n: numbers.figures(n, 6))(x)


def _places(x: float) -> int:
    """Return how many decimals, up to three, a number has."""
    return next((n for n in range(3) if math.isclose(round(x, n), x, abs_tol=1e-9)), 3)


def _plain(x: float) -> str:
    """Write a number of a sum with 123; `Writer.prose` gives it the reader's digits."""
    return f"{x:,.{_places(x)}f}"


def _percent(x: float) -> str:
    return f"{_plain(round(x * 100, 9))}%"


@dataclass(frozen=True)
class _Made:
    """A sum with its numbers: the answer, its form as the course has it, and what goes into the words' places."""

    answer: float
    form: str
    places: dict[str, str]


def _sum(writer: Writer, kind: str, chance: Random) -> Task:
    said = words(writer.ask.code, "handouts")["tasks"][kind]
    made = _MAKERS[kind](writer, chance)
    tolerance = 0.0005 if made.form == "percent" else 0.5 if made.form == "count" else 0.005
    question = Question(kind="number", answer=made.answer, form=made.form, tolerance=tolerance, objectives=(1,))
    return Task(
        question,
        made.answer,
        ask=said["ask"] % made.places,
        solution=said["solution"] % made.places,
        answer_lines=(_shown(writer, made.answer, made.form),),
        unit=writer.numbers.percent_sign if made.form == "percent" else "",
    )


def _funnel(chance: Random) -> tuple[list[float], list[int]]:
    """Return step rates and people that are whole at every stage, at least 5 at the end."""
    while True:
        top, rates = chance.choice(_TOPS), chance.sample(_RATES, _STEPS)
        counts = counts_from_rates(float(top), (None, *rates))
        if all(math.isclose(x, round(x), abs_tol=1e-6) for x in counts) and counts[-1] >= 5:
            return rates, [round(x) for x in counts]


def _named(writer: Writer, chance: Random) -> tuple[list[str], list[int], str]:
    """Return a named model's first stages with made-up people, and both as they are told."""
    long = [one for key, one in sorted(MODELS.items()) if key != "own" and len(one.stages) > _STEPS]
    names = [writer.name("stages", key) for key in chance.choice(long).stages[: _STEPS + 1]]
    counts = _funnel(chance)[1]
    return names, counts, writer.joined(f"{name} {_plain(n)}" for name, n in zip(names, counts, strict=True))


def _two_stages(writer: Writer, chance: Random) -> tuple[tuple[int, int], dict[str, str]]:
    """Return the people at a stage of such a funnel, after those at the stage before, and how they are told."""
    names, counts, told = _named(writer, chance)
    i = chance.randint(1, _STEPS)
    return (counts[i - 1], counts[i]), {"funnel": told, "stage": names[i]}


def _step(writer: Writer, chance: Random) -> _Made:
    (before, here), told = _two_stages(writer, chance)
    rate = step_rates((before, here))[1]
    return _Made(rate, "percent", told | {"sum": f"{_plain(here)} ÷ {_plain(before)} = {_percent(rate)}"})


def _overall(writer: Writer, chance: Random) -> _Made:
    _names, counts, told = _named(writer, chance)
    rate = from_top(counts)[-1]
    work = f"{_plain(counts[-1])} ÷ {_plain(counts[0])} = {_percent(rate)}"
    return _Made(rate, "percent", {"funnel": told, "sum": work})


def _lost(writer: Writer, chance: Random) -> _Made:
    (before, here), told = _two_stages(writer, chance)
    lost = losses((before, here))[1]
    return _Made(lost, "count", told | {"sum": f"{_plain(before)} − {_plain(here)} = {_plain(lost)}"})


def _product(writer: Writer, chance: Random) -> _Made:
    rates, (top, *_between, last) = _funnel(chance)
    work = " × ".join([_plain(top), *map(_percent, rates)]) + f" = {_plain(last)}"
    return _Made(last, "count", {"top": _plain(top), "rates": writer.joined(map(_percent, rates)), "sum": work})


def _reverse(writer: Writer, chance: Random) -> _Made:
    rates, (top, *_between, last) = _funnel(chance)
    work = " ÷ ".join([_plain(last), *map(_percent, reversed(rates))]) + f" = {_plain(top)}"
    return _Made(top, "count", {"rates": writer.joined(map(_percent, rates)), "target": _plain(last), "sum": work})


def _lift(writer: Writer, chance: Random) -> _Made:
    before, after = chance.choice(_PAIRS)
    lift = lift_result(ratio(after - before, before))
    places = {"before": _percent(before), "after": _percent(after), "points": _plain(round((after - before) * 100, 9))}
    work = f"{_percent(after)} ÷ {_percent(before)} − 1 = {_percent(lift)}"
    return _Made(lift, "percent", places | {"sum": work})


def _gain(writer: Writer, chance: Random) -> _Made:
    before, after = chance.choice(_PAIRS)
    last = 100 * chance.randint(1, 9)
    more = reference_gains(last, (None, before), (None, after))[1]
    work = f"{_plain(last)} × {_percent(after)} ÷ {_percent(before)} − {_plain(last)} = {_plain(round(more, 9))}"
    places = {"before": _percent(before), "after": _percent(after), "last": _plain(last), "sum": work}
    return _Made(more, "count", places)


def _cost(writer: Writer, chance: Random) -> _Made:
    each, last = chance.choice((12, 15, 18, 24, 30, 45, 60, 75)), chance.choice((20, 25, 40, 50, 80, 120))
    spend = each * last
    cost = ratio(spend, last)
    work = f"{_plain(spend)} ÷ {_plain(last)} = {_plain(cost)}"
    return _Made(cost, "money", {"spend": _plain(spend), "last": _plain(last), "sum": work})


_MAKERS: dict[str, Callable[[Writer, Random], _Made]] = {
    "step": _step, "overall": _overall, "lost": _lost, "product": _product, "reverse": _reverse, "lift": _lift,
    "gain": _gain, "cost": _cost,
}  # fmt: skip


def as_data(writer: Writer, task: Task) -> dict[str, Any]:
    """Return a task as a template draws it."""
    hint = {"single": "one", "multiple": "many", "order": "order", "match": "match"}.get(task.question.kind, "")
    return {
        "kind": task.question.kind,
        "ask": writer.prose.blocks(task.ask),
        "hint": writer.said("exercises", hint) if hint else "",
        "unit": task.unit,
        "options": task.options,
        "left": task.left,
        "answers": task.answer_lines,
        "solution": writer.prose.blocks(task.solution),
    }
