"""What one can be asked to do, in a fixed order: a skill's place is its bit in a learner's state. Append only."""

from __future__ import annotations

from course.drills import DRILLS, ORDER

#: A lesson's own questions, one skill for each lesson, then four families of cases that are still to be asked.
RECALL = tuple(f"recall-{i}" for i in range(1, 16))
SKILLS: tuple[str, ...] = (*ORDER, *RECALL, "case-top", "case-hand", "case-till", "case-data")
PLACE = {name: i for i, name in enumerate(SKILLS)}


def half(name: str) -> bool:
    """Say whether a right answer is half a proof: what is chosen from a few can be guessed."""
    return name in RECALL or (name in DRILLS and DRILLS[name].kind == "choose")


def seconds(name: str) -> int:
    """Return how long a task of a skill takes."""
    return DRILLS[name].seconds if name in DRILLS else 45
