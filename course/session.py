"""Which exercises come next: what is due and weak first, mixed over the lessons, some ten minutes long. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course import drills
from course.memory import CAN, Memory, due
from course.skills import RECALL, SKILLS, seconds

MOST, LONG = 10, 600  # tasks, seconds
NEW_AT_ONCE = 3
AWAY = 30  # days after which somebody is welcomed back instead of being shown what is overdue


@dataclass(frozen=True)
class Item:
    """A task of a session: a skill, and the seed of its task."""

    skill: str
    seed: int

    @property
    def key(self) -> str:
        """Return the short id of the task."""
        return f"{self.skill}.{self.seed}"


def seed(day: int, skill: str, turn: int = 0) -> int:
    """Return the seed of a skill's task on a day: a reload gives the same one, another turn another."""
    made = hashlib.sha256(f"{day}.{skill}.{turn}".encode()).digest()[:4]
    return int.from_bytes(made, "big") % (drills.MOST_SEED - 1) + 1


def available(lessons: Iterable[int]) -> list[str]:
    """Return the skills of the lessons with these numbers, in order; of the first lesson where none was opened."""
    numbers = sorted({one for one in lessons if 1 <= one <= len(RECALL)}) or [1]
    slugs = {drills.lesson(f"recall-{one}") for one in numbers}
    return [name for name in SKILLS if _is_asked(name) and drills.lesson(name) in slugs]


def _is_asked(name: str) -> bool:
    return name in drills.DRILLS or name in RECALL


def back_after_long(memory: Memory, today: int) -> bool:
    """Say whether somebody comes back after a month or more."""
    return bool(memory) and today - max(one.day for one in memory.values()) >= AWAY


def plan(memory: Memory, lessons: Sequence[int], today: int, turn: int = 0, last: int = 0) -> list[Item]:
    """Return the tasks of a session, in order.

    One that is well kept begins; then what is due, weakest first; up to three that are new, of the lesson opened ``last``
    first; then what was not asked today. After a month away it goes from well kept to badly kept. Tasks of one lesson do
    not stand three in a row where others are there.
    """
    open_ = available(lessons)
    waiting = [name for name in due(memory, today) if _is_asked(name)]  # least sure first
    chosen = waiting[::-1] if back_after_long(memory, today) else waiting[-1:] + waiting[:-1]
    at_hand = f"recall-{last}" if f"recall-{last}" in RECALL else ""
    of_last = drills.lesson(at_hand) if at_hand else ""
    fresh = [name for name in open_ if name not in memory]
    fresh.sort(key=lambda name: (drills.lesson(name) != of_last, name in RECALL))
    chosen = chosen[: MOST - min(NEW_AT_ONCE, len(fresh))] + fresh[:NEW_AT_ONCE]
    rest = [name for name in open_ if name in memory and memory[name].day < today and name not in chosen]
    rest.sort(key=lambda name: (memory[name].level > CAN, memory[name].recall(today)))
    again = [name for name in open_ if name not in chosen and name not in rest]
    picked: list[str] = []
    time = 0
    for name in (*chosen, *rest, *fresh[NEW_AT_ONCE:], *sorted(again, key=lambda name: seed(today, name, turn))):
        if name not in picked and len(picked) < MOST and time + seconds(name) <= LONG:
            picked.append(name)
            time += seconds(name)
    return [Item(name, seed(today, name, turn)) for name in _mixed(picked)]


def of_lesson(slug: str, today: int, turn: int = 0) -> list[Item]:
    """Return a session of one lesson: its exercises, and one of its own questions."""
    names = [name for name in SKILLS if _is_asked(name) and drills.lesson(name) == slug]
    return [Item(name, seed(today, name, turn)) for name in names]


def _mixed(names: list[str]) -> list[str]:
    """Return the names so that no lesson stands three times in a row, where another is left."""
    left = list(names)
    out: list[str] = []
    while left:
        tail = {drills.lesson(name) for name in out[-2:]} if len(out) > 1 else set()
        pick = next((name for name in left if len(tail) != 1 or drills.lesson(name) not in tail), left[0])
        left.remove(pick)
        out.append(pick)
    return out


# --- sets: a link for a whole class ------------------------------------------------------------------------------------

MOST_IN_SET = 30
MOST_PEOPLE = 60


def read_set(text: str, seed_: int) -> list[Item]:
    """Return the tasks of a set: ids of generators or ``L7`` for a lesson, joined by dots, ``*3`` for three of them.

    What is no exercise of ours is left out; at most 30 tasks. The same set and seed give the same tasks, everywhere.

    >>> [one.skill for one in read_set("conv-overall*2.nonsense.L3", 7)]
    ['conv-overall', 'conv-overall', 'reach-fit', 'pull-push', 'recall-3']
    """
    found: list[Item] = []
    for part in text[:600].split("."):
        name, _star, times = part.partition("*")
        count = min(int(times), MOST_IN_SET) if times.isascii() and times.isdigit() and len(times) < 3 else 1
        for turn in range(count):
            for skill in _expanded(name):
                found.append(Item(skill, seed(seed_, skill, 1_000 + turn)))
    return found[:MOST_IN_SET]


def _expanded(name: str) -> list[str]:
    number = name.removeprefix("L")
    if name.startswith("L") and number.isascii() and number.isdigit() and 1 <= int(number[:3]) <= len(RECALL):
        return available([int(number)])
    return [name] if _is_asked(name) else []


def own_seed(seed_: int, place: int) -> int:
    """Return the seed of one person on a class's list, place 1 to 60: the same tasks with numbers of her own."""
    return 100 * seed_ + place if 1 <= place <= MOST_PEOPLE else seed_
