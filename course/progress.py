"""How far a learner is, as a short text that her own browser keeps: nothing of it is stored on the server.

``1_1.1f.1b_3.0.0`` says, for format 1: lesson 1 was opened, its questions 1 to 5 were tried (binary 11111), all but the third
were right at the first try (11011); lesson 3 was opened.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

FORMAT = "1"
_ENTRY = re.compile(r"([1-9]\d?)\.([0-9a-f]{1,4})\.([0-9a-f]{1,4})")
MOST_CHARACTERS = 400


@dataclass(frozen=True)
class Done:
    """A lesson that was opened: bits of its questions that were tried, and of those right at the first try."""

    tried: int = 0
    right: int = 0


@dataclass(frozen=True)
class Progress:
    """Every opened lesson by its number, and the last one."""

    lessons: Mapping[int, Done] = field(default_factory=dict)
    last: int = 0

    def opened(self, lesson: int) -> Progress:
        """Return the progress with a lesson opened, and it the last."""
        return Progress({lesson: Done(), **self.lessons}, lesson)

    def answered(self, lesson: int, question: int, right: bool) -> Progress:
        """Return the progress with a question answered (counted from 0); only the first try counts."""
        known = self.lessons.get(lesson, Done())
        bit = 1 << question
        if not known.tried & bit:
            known = replace(known, tried=known.tried | bit, right=known.right | (bit if right else 0))
        return Progress({**self.lessons, lesson: known}, lesson)

    def write(self) -> str:
        """Return the short text."""
        rows = [f"{number}.{done.tried:x}.{done.right:x}" for number, done in sorted(self.lessons.items())]
        if self.last in self.lessons:
            rows.append(str(self.last))
        return "_".join([FORMAT, *rows])


def read(text: str) -> Progress | None:
    """Read what ``write`` wrote; None for anything else, however long or hostile.

    >>> read("1_1.1f.1b_3.0.0_3").lessons[1].right, read("<script>") is None
    (27, True)
    """
    text = text.strip()
    if not text or len(text) > MOST_CHARACTERS:
        return None
    version, *rows = text.split("_")
    if version != FORMAT:
        return None
    lessons, last = {}, 0
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
