"""How far a learner is, as a short text that her own browser keeps: nothing of it is stored on the server.

Format 2 is ``2.<memory>.<format 1>``: what she can do (``course.memory``), then the lessons as below.
``1_1.1f.1b_3.0.0`` says, for format 1: lesson 1 was opened, its questions 1 to 5 were tried (binary 11111), all but the third
were right at the first try (11011); lesson 3 was opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from course import memory as remembered

FORMAT, WITH_MEMORY = "1", "2"
_ENTRY = re.compile(r"([1-9]\d?)\.([0-9a-f]{1,4})\.([0-9a-f]{1,4})")
MOST_CHARACTERS = 900


@dataclass(frozen=True)
class Done:
    """A lesson that was opened: bits of its questions that were tried, and of those right at the first try."""

    tried: int = 0
    right: int = 0


@dataclass(frozen=True)
class Progress:
    """Every opened lesson by its number, the last one, and what is remembered of each skill."""

    lessons: Mapping[int, Done] = field(default_factory=dict)
    last: int = 0
    memory: remembered.Memory = field(default_factory=dict)

    def opened(self, lesson: int) -> Progress:
        """Return the progress with a lesson opened, and it the last."""
        return replace(self, lessons={lesson: Done(), **self.lessons}, last=lesson)

    def answered(self, lesson: int, question: int, right: bool) -> Progress:
        """Return the progress with a question answered (counted from 0); only the first try counts."""
        known = self.lessons.get(lesson, Done())
        bit = 1 << question
        if not known.tried & bit:
            known = replace(known, tried=known.tried | bit, right=known.right | (bit if right else 0))
        return replace(self, lessons={**self.lessons, lesson: known}, last=lesson)

    def write(self) -> str:
        """Return the short text."""
        rows = [f"{number}.{done.tried:x}.{done.right:x}" for number, done in sorted(self.lessons.items())]
        if self.last in self.lessons:
            rows.append(str(self.last))
        text = "_".join([FORMAT, *rows])
        return f"{WITH_MEMORY}.{remembered.write(self.memory)}.{text}" if self.memory else text

    def merged(self, other: Progress) -> Progress:
        """Return what two devices know together: in either order the same, and twice as good as once."""
        lessons = {}
        for number in sorted({*self.lessons, *other.lessons}):
            pair = [one.lessons[number] for one in (self, other) if number in one.lessons]
            tried, right = 0, 0
            for done in pair:
                tried, right = tried | done.tried, right | done.right
            lessons[number] = Done(tried, right)
        return Progress(lessons, max(self.last, other.last), remembered.merged(self.memory, other.memory))


def read(text: str) -> Progress | None:
    """Read what ``write`` wrote; None for anything else, however long or hostile.

    >>> read("1_1.1f.1b_3.0.0_3").lessons[1].right, read("<script>") is None
    (27, True)
    """
    text = text.strip()
    if not text or len(text) > MOST_CHARACTERS:
        return None
    if text.startswith(f"{WITH_MEMORY}."):
        known, _dot, rest = text.removeprefix(f"{WITH_MEMORY}.").partition(".")
        memory, done = remembered.read(known), read(rest) if rest.startswith(FORMAT) else None
        return replace(done, memory=memory) if memory and done else None
    version, *rows = text.split("_")
    if version != FORMAT:
        return None
    lessons: dict[int, Done] = {}
    last = 0
    for i, row in enumerate(rows):
        hit = _ENTRY.fullmatch(row)
        if hit is None:
            if i == len(rows) - 1 and re.fullmatch(r"[1-9]\d?", row) and int(row) in lessons:
                last = int(row)
                continue
            return None
        tried, right = int(hit[2], 16), int(hit[3], 16)
        lessons[int(hit[1])] = Done(tried, right & tried)
    return Progress(lessons, last)
