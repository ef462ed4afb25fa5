"""The shapes of an exercise: what is shown, what is asked, which wrong ways are known. Numbers and ids only, no words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from course.drills.chance import Chance

Kind = Literal["number", "choose", "many", "order", "match", "mark"]
MOST_TRIES = 4_000


class Undrawable(ValueError):
    """No numbers were found that fit."""


class _Again(Exception):
    """These numbers do not fit: draw others."""


def need(fits: bool) -> None:
    """Draw again unless the numbers fit."""
    if not fits:
        raise _Again


@dataclass(frozen=True)
class Shown:
    """A number as it is shown, or an id whose name is. ``places`` None is as many decimals as it has (three at most)."""

    how: Literal["count", "percent", "money", "number", "stage", "word", "figure", "question"]
    value: float | str
    currency: str = ""
    places: int | None = None


def count(x: float) -> Shown:
    """Show people or things."""
    return Shown("count", x)


def percent(x: float, places: int | None = None) -> Shown:
    """Show a fraction in percent."""
    return Shown("percent", x, places=places)


def money(x: float, currency: str, places: int | None = None) -> Shown:
    """Show an amount."""
    return Shown("money", x, currency, places)


def number(x: float, places: int | None = None) -> Shown:
    """Show a bare number."""
    return Shown("number", x, places=places)


def stage(key: str) -> Shown:
    """Show a stage's name."""
    return Shown("stage", key)


def word(key: str) -> Shown:
    """Show a word of the exercises' list."""
    return Shown("word", key)


@dataclass(frozen=True)
class Trap:
    """A wrong result worth recognising: its value, and the key of the reply, which names the wrong way."""

    value: float
    reply: str


@dataclass(frozen=True)
class Step:
    """One line of the worked solution: what is computed, the sum as numbers and signs, and its result."""

    label: Shown
    sum: tuple[Shown | str, ...]
    result: Shown


@dataclass(frozen=True)
class Row:
    """A line of what is given: its name, and a number for each column."""

    label: Shown
    cells: tuple[Shown, ...]


@dataclass(frozen=True)
class Option:
    """What can be chosen: its words, and what a wrong choice is answered."""

    id: str
    words: tuple[Shown | str, ...]
    reply: str = ""


@dataclass(frozen=True)
class Task:
    """One exercise. ``answer`` is a number; an option's id (choose), ids (many, order), or card -> column (match).

    ``rows`` is the table of what is given, ``columns`` its heads (word keys, where it has more than one). ``unit``,
    ``digits`` and ``currency`` say how a number is answered; ``tolerance`` is in its own terms (a fraction for
    percent). mark: ``scale`` is the length of what is pulled, ``start`` where it stands. match: ``options`` are the
    cards, ``bins`` the columns, ``also`` what else is right. ``question`` is a lesson's own (slug and key), whose words
    are there. ``opens`` is the calculator with these numbers.
    """

    kind: Kind
    answer: Any
    form: str = ""
    frame: str = ""
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    places: Mapping[str, Shown] = field(default_factory=dict)
    unit: Literal["", "percent", "count", "money", "number"] = ""
    digits: int = 0
    currency: str = ""
    tolerance: float = 0.0
    traps: tuple[Trap, ...] = ()
    steps: tuple[Step, ...] = ()
    options: tuple[Option, ...] = ()
    bins: tuple[Option, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scale: float = 0.0
    start: float = 0.0
    opens: tuple[str, Mapping[str, str]] | None = None
    checked: float | None = None
    truth: str = ""
    robots: Mapping[str, Any] = field(default_factory=dict)
    exact: bool = False
    question: tuple[str, str] | None = None
    drill: str = ""
    version: int = 1
    seed: int = 0

    @property
    def key(self) -> str:
        """Return the short id that opens this task: ``conv-overall.1.4711``."""
        return f"{self.drill}.{self.version}.{self.seed}"


@dataclass(frozen=True)
class Drill:
    """A generator: its lesson, how long its tasks take, and how one is drawn.

    ``truths`` are what may be true in a choosing task, with weights: drawn before the numbers, so that no naive rule wins.
    """

    id: str
    lesson: str
    kind: Kind
    seconds: int
    draw: Callable[..., Task]
    truths: Mapping[str, float] = field(default_factory=dict)
    version: int = 1


def drill(
    found: list[Drill], name: str, lesson: str, kind: Kind, seconds: int, **more: Any
) -> Callable[[Callable[..., Task]], Callable[..., Task]]:
    """Register the generator that is written below."""

    def keep(draw: Callable[..., Task]) -> Callable[..., Task]:
        found.append(Drill(name, lesson, kind, seconds, draw, **more))
        return draw

    return keep


def tolerance(unit: str, digits: int) -> float:
    """Return half of the last digit that is asked for; a fraction for percent.

    >>> tolerance("percent", 1), tolerance("money", 2)
    (0.0005, 0.005)
    """
    return 0.5 * 10.0 ** -(digits + (2 if unit == "percent" else 0))


def drawn(one: Drill, seed: int) -> Task:
    """Return the task of a seed. Raises Undrawable where no numbers fit in 4,000 tries: a fault of the generator."""
    c = Chance(f"{one.id}.{one.version}.{seed}")
    truth = c.weighted(dict(one.truths)) if one.truths else ""
    for _ in range(MOST_TRIES):
        try:
            made = one.draw(c, truth) if truth else one.draw(c)
            return replace(_apart(made), drill=one.id, version=one.version, seed=seed, truth=truth)
        except (_Again, Undrawable):
            continue
    raise Undrawable(f"{one.id}.{one.version}.{seed}")


def _apart(made: Task) -> Task:
    """Keep the traps that can be told from the answer and from each other; draw again where fewer than two are left."""
    if made.unit == "" or made.kind not in ("number", "mark"):
        return made
    room = 0.25 if made.exact else made.tolerance or tolerance(made.unit, made.digits)
    if made.kind == "mark":
        room = 0.03 * made.scale
    kept: list[Trap] = []
    for trap in made.traps:
        if not math.isfinite(trap.value) or abs(trap.value - made.answer) <= max(3 * room, 0.5 * made.exact):
            continue
        if all(abs(trap.value - other.value) > 2 * room for other in kept):
            kept.append(trap)
    need(len(kept) >= (1 if made.kind == "mark" else 2))
    return replace(made, traps=tuple(kept), tolerance=0.0 if made.exact else room)
