"""A lesson's own questions as exercises: one is taken by the seed, and what can be chosen is shuffled."""

from __future__ import annotations

from course import library
from course.drills.chance import Chance
from course.drills.kinds import Option, Shown, Task, Trap

VERSION = 1


def lesson_of(name: str) -> str:
    """Return the lesson of ``recall-7``. Raises ValueError for no such skill."""
    number = name.removeprefix("recall-")
    lessons = library.lessons()
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(lessons):
        raise ValueError(f"{name!r:.40} is no lesson's")
    return lessons[int(number) - 1].slug


def recall(name: str, seed: int) -> Task:
    """Return a question of a lesson as an exercise. Raises ValueError for no lesson of ours."""
    slug = lesson_of(name)
    c = Chance(f"{name}.{VERSION}.{seed}")
    key = c.pick(sorted(library.questions(slug)))
    facts = library.questions(slug)[key]

    def said(part: str, one: str) -> Shown:
        return Shown("question", f"{slug}/{key}/{part}/{one}")

    def options(ids: list[str], part: str) -> tuple[Option, ...]:
        return tuple(Option(one, (said(part, one),), one) for one in ids)

    common = {"drill": name, "version": VERSION, "seed": seed, "question": (slug, key)}
    if facts.kind == "number":
        form = facts.form if facts.form != "number" else "number"
        digits = 1 if form == "percent" else 0 if form == "count" else 2
        return Task("number", facts.answer, unit=form, digits=digits, tolerance=facts.tolerance,
                    traps=tuple(Trap(x, one) for one, x in facts.traps.items()), **common)  # fmt: skip
    if facts.kind == "match":
        return Task("match", dict(facts.pairs), options=options(c.shuffled(list(facts.pairs)), "left"),
                    bins=options(c.shuffled(sorted(set(facts.pairs.values()))), "right"), **common)  # fmt: skip
    shown = c.shuffled(list(facts.options))
    if facts.kind == "order":
        if shown == list(facts.options):
            shown.reverse()
        return Task("order", tuple(facts.options), options=options(shown, "options"), **common)
    kind, answer = ("choose", facts.right[0]) if facts.kind == "single" else ("many", tuple(facts.right))
    return Task(kind, answer, options=options(shown, "options"), **common)  # type: ignore[arg-type]
