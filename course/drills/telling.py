"""An exercise in words: its facts, question, hints and worked solution in one language. Plain text, no markup.

Numbers that may stand in a sum of the running text are written 1,234.5 and 12.5%, as in all of the course's texts: whoever
shows them brings the reader's digits. What is below zero has a sign of its own side and comes in the reader's digits at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from course import library
from course.drills.kinds import Row, Shown, Step, Task
from course.drills.reckoning import reckoned
from i18n.numbers import Numbers

_PLACE = re.compile(r"%\((\w+)\)s")
NBSP = "\u00a0"


@dataclass(frozen=True)
class Line:
    """A line of the worked solution: its name, and the sum with its result as the texts of the course write sums."""

    label: str
    sum: str


@dataclass(frozen=True)
class Told:
    """An exercise in one language. ``rows`` are a name and cells; ``options`` and ``bins`` are texts by id."""

    title: str
    business: str
    ask: str
    hints: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    answer: str
    unit: str
    options: dict[str, str]
    bins: dict[str, str]
    solution: str = ""


class Teller:
    """Writes exercises for a reader: a language and her numbers."""

    def __init__(self, code: str, numbers: Numbers) -> None:
        self.code, self.numbers = code, numbers
        self._words = library.exercise_words(code, "words")

    def word(self, key: str) -> str:
        """Return a word of the exercises' list."""
        return self._words["words"][key]

    def currency(self, key: str) -> str:
        """Return a currency's name; a thousand and a million toman have names of their own."""
        return self._words["currencies"].get(key) or library.names(self.code)["currencies"][key]

    def shown(self, one: Shown, unit: bool = True) -> str:
        """Write a number or a name."""
        x = one.value
        if isinstance(x, str):
            if one.how == "stage":
                return library.names(self.code)["stages"][x]
            if one.how == "question":
                slug, key, part, name = x.split("/")
                return getattr(library.question_words(self.code, slug)[key], part)[name]
            return self._figure(x) if one.how == "figure" else self.word(x)
        if one.how == "percent":
            places = places_of(x * 100, 3) if one.places is None else one.places
            return self.numbers.percent(x, places) if x < 0 else f"{x * 100 + 1e-9:,.{places}f}%"
        places = one.places
        if places is None:
            places = places_of(x, 4 if one.how == "number" else 2)
            places = 2 if one.how == "money" and places == 1 and one.currency not in ("IRTM", "IRTK") else places
        text = self.numbers.decimal(x, places) if x < 0 else f"{x + 1e-9:,.{places}f}"
        return f"{text}{NBSP}{self.currency(one.currency)}" if one.how == "money" and unit and one.currency else text

    def _figure(self, path: str) -> str:
        name, *keys = path.split("/")
        found: Any = library.figure_words(self.code, name)
        for key in keys:
            # a board's heads stand beside it or, where all boards share them, above it
            found = found[key] if key in found else library.figure_words(self.code, name)[key]
        return re.sub(r"\s*\{R\d[^}]*\}", "", found)

    def value(self, task: Task, x: float, unit: bool = True) -> str:
        """Write a number as the task's answer is written."""
        how = "percent" if task.unit == "percent" else "money" if task.unit == "money" else "number"
        digits = task.digits
        if task.unit in ("count", "money") and digits == 0 and places_of(x, 1):
            digits = 1 if abs(x) < 100 else 0
        return self.shown(Shown(how, x, task.currency, digits), unit)  # type: ignore[arg-type]

    def reply(self, task: Task, key: str, x: float | None = None) -> str:
        """Return what is said to a wrong way, with the learner's number; nothing where a lesson says nothing."""
        if task.question:
            slug, name = task.question
            return library.question_words(self.code, slug)[name].replies.get(key, "")
        text = library.exercise_words(self.code, "replies")[key]["reply"]
        return text if x is None else self._filled(text, {"value": self.value(task, x)})

    def named(self, key: str) -> str:
        """Return the name of a wrong way."""
        return library.exercise_words(self.code, "replies")[key]["name"]

    def _filled(self, text: str, places: dict[str, str]) -> str:
        return _PLACE.sub(lambda hit: places[hit[1]], text)

    def told(self, task: Task) -> Told:
        """Return the exercise in words."""
        if task.question:
            return self._asked(task)
        said = library.exercise_words(self.code, task.drill)
        places = {key: self.shown(one) for key, one in task.places.items()}
        ask = said["ask"] if isinstance(said["ask"], str) else said["ask"][task.form.split("-")[-1]]
        hints = said["hints"] if "hints" in said else said["hint"][task.form]

        def texts(words: tuple[Shown | str, ...]) -> str:
            return self._filled(" ".join(self._words_of(words)).replace(" : ", ": "), places)

        return Told(
            title=said["title"],
            business=self._words["businesses"][task.frame] if task.frame else "",
            ask=self._filled(ask, places),
            hints=tuple(self._filled(one, places) for one in hints),
            columns=tuple(self.word(key) for key in task.columns),
            rows=tuple(self._row(one) for one in task.rows),
            lines=tuple(self._line(one) for one in task.steps),
            answer=self.value(task, task.answer) if task.kind in ("number", "mark") else "",
            unit=self.unit(task),
            options={one.id: texts(one.words) for one in task.options},
            bins={one.id: texts(one.words) for one in task.bins},
        )

    def _asked(self, task: Task) -> Told:
        """Return a lesson's own question in words."""
        slug, key = task.question or ("", "")
        said = library.question_words(self.code, slug)[key]
        return Told(
            title=library.lesson_text(self.code, slug).head.title,
            business="",
            ask=said.ask,
            hints=tuple(said.hints),
            columns=(),
            rows=(),
            lines=(),
            answer=self.value(task, task.answer) if task.kind == "number" else "",
            unit=said.unit,
            options={one.id: " ".join(self._words_of(one.words)) for one in task.options},
            bins={one.id: " ".join(self._words_of(one.words)) for one in task.bins},
            solution=said.solution,
        )

    def unit(self, task: Task) -> str:
        """Return what stands beside the field; nothing for people and bare numbers."""
        return "%" if task.unit == "percent" else self.currency(task.currency) if task.unit == "money" else ""

    def _words_of(self, words: tuple[Shown | str, ...]) -> list[str]:
        return [one.strip() if isinstance(one, str) else self.shown(one) for one in words]

    def _row(self, row: Row) -> tuple[str, ...]:
        return (self.shown(row.label), *(self.shown(one) for one in row.cells))

    def _line(self, step: Step) -> Line:
        parts = [one if isinstance(one, str) else self.shown(one, unit=False) for one in step.sum]
        text = " ".join(parts).replace("( ", "(").replace(" )", ")").replace(" ^ ", "^")
        if "<" in step.sum:
            return Line(self.shown(step.label), text)
        result = self.shown(step.result, unit=False)
        sign = "=" if abs(reckoned(step.sum) - float(step.result.value)) <= 1e-9 * max(1.0, abs(float(step.result.value))) \
            and places_kept(step.result) else "≈"  # fmt: skip
        return Line(self.shown(step.label), f"{text} {sign} {result}")


def places_of(x: float, most: int) -> int:
    """Return how many decimals, at most so many, a number has.

    >>> places_of(12.5, 3), places_of(12.0, 3), places_of(1 / 3, 2)
    (1, 0, 2)
    """
    return next((n for n in range(most) if abs(round(x, n) - x) < 1e-9 * max(1.0, abs(x))), most)


def places_kept(one: Shown) -> bool:
    """Say whether a number is shown with all its decimals."""
    x = float(one.value) * (100 if one.how == "percent" else 1)
    shown = places_of(x, {"percent": 3, "number": 4}.get(one.how, 2)) if one.places is None else one.places
    return abs(round(x, shown) - x) < 1e-9 * max(1.0, abs(x))
