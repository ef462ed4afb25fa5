"""What a learner can do, and when to ask again: levels by evidence, days by FSRS. Pure; the day comes as an argument.

A day is the number of days since 1 January 2026 where the learner lives. Due days follow from what is kept (last day and
stability), so a device that was off for 100 days, or whose clock was wrong, needs no repair: a day before the last one counts
as the last one.
"""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

from course.skills import PLACE, SKILLS, half

EPOCH = date(2026, 1, 1)
LAST_DAY = 2**14 - 1
LONGEST = 120  # days: a course is not for a lifetime
#: Default weights: nobody without an account has a history to fit. Without steps and without chance, a day is a day.
_SCHEDULER = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
)
RATINGS = {"again": Rating.Again, "hard": Rating.Hard, "good": Rating.Good, "easy": Rating.Easy}
NEW, MET, CAN, KNOWS, KEEPS = range(5)
KEPT_AFTER = 21  # days
_FADED = 0.7
_SHORTEST, _LARGEST = 0.05, 400.0  # stability in days, on a scale of 255 steps


@dataclass(frozen=True, order=True)
class Known:
    """One skill: the last day it was asked, how firmly it stands (days), how hard it is (1 to 10), its level and evidence.

    ``points`` are half points towards the next level, ``days`` the days in a row on which it was right; both at most 3.
    """

    day: int
    stability: float
    difficulty: float
    level: int = MET
    points: int = 0
    days: int = 0

    @property
    def due(self) -> int:
        """Return the day on which it is to be asked again."""
        return self.day + max(1, min(LONGEST, round(self.stability)))

    def recall(self, today: int) -> float:
        """Return the chance that it is still known, 0 to 1."""
        return _SCHEDULER.get_card_retrievability(self._card(), _noon(max(today, self.day)))

    def faded(self, today: int) -> bool:
        """Say whether something that was known may be gone by now."""
        return self.level >= CAN and self.recall(today) < _FADED

    def _card(self) -> Card:
        last = _noon(self.day)
        return Card(card_id=1, state=State.Review, step=None, stability=self.stability, difficulty=self.difficulty,
                    due=last + timedelta(days=1), last_review=last)  # fmt: skip


Memory = Mapping[str, Known]


def day_of(when: date) -> int:
    """Return a date's day, 0 to 16383 (the year 2070).

    >>> day_of(date(2026, 12, 1))
    334
    """
    return max(0, min(LAST_DAY, (when - EPOCH).days))


def _noon(day: int) -> datetime:
    return datetime(EPOCH.year, EPOCH.month, EPOCH.day, 12, tzinfo=UTC) + timedelta(days=day)


def asked(memory: Memory, skill: str, how: str, today: int, *, fresh: bool = True) -> dict[str, Known]:
    """Return the memory after a first try: ``how`` is "good" (right), "hard" (right after a hint), "again" or "skipped".

    "skipped" ("I do not know yet") is asked again soon, but takes no level. "easy" is for testing out alone. A task that comes
    with a link (not ``fresh``) may be known by heart: it proves one point at most. Only one task of a skill a day is evidence;
    a second right one of the same day changes nothing. Raises KeyError for no skill of ours.
    """
    place = PLACE[skill]
    before = memory.get(skill)
    today = max(today, before.day) if before else today
    missed = how in ("again", "skipped")
    if before and before.day == today and not missed:
        return dict(memory)
    card = before._card() if before else Card(card_id=place + 1)
    after, _log = _SCHEDULER.review_card(card, RATINGS["again" if missed else how], _noon(today))
    made = replace(
        before or Known(today, 1.0, 5.0), day=today, stability=_kept_stability(after.stability or 1.0),
        difficulty=_kept_difficulty(after.difficulty or 5.0),
    )  # fmt: skip
    return {**memory, skill: _levelled(before, made, skill, how, today, fresh)}


def _levelled(before: Known | None, made: Known, skill: str, how: str, today: int, fresh: bool) -> Known:
    level = before.level if before else NEW
    if how == "again":
        return replace(made, level=max(MET, level - 1), points=0, days=0)
    if how == "skipped":
        return replace(made, level=max(MET, level), days=0)
    if how == "easy":
        return replace(made, level=max(CAN, level), points=2, days=1)
    proof = (1 if half(skill) else 2) // (2 if how == "hard" else 1)
    points, days = min(4, made.points + proof), min(3, made.days + 1)
    gap = today - before.day if before else 0
    if level >= KNOWS:
        return replace(made, level=KEEPS if gap >= KEPT_AFTER or level == KEEPS else KNOWS, points=3, days=days)
    level = max(level, CAN if points >= 2 else MET)
    if points >= 4 and days >= 2 and fresh:
        return replace(made, level=KNOWS, points=3, days=days)
    return replace(made, level=level, points=min(points, 3), days=days)


def due(memory: Memory, today: int) -> list[str]:
    """Return the skills that are due, least sure first."""
    found = [(known.recall(today), name) for name, known in memory.items() if known.due <= today]
    return [name for _recall, name in sorted(found)]


# --- kept as a text -----------------------------------------------------------------------------------------------


def _kept_stability(x: float) -> float:
    return float(_SHORTEST * (_LARGEST / _SHORTEST) ** (_step_of(x) / 255))


def _step_of(x: float) -> int:
    share = math.log(max(x, _SHORTEST) / _SHORTEST) / math.log(_LARGEST / _SHORTEST)
    return max(0, min(255, round(255 * share)))


def _kept_difficulty(x: float) -> float:
    return 1 + 9 * max(0, min(31, round((x - 1) / 9 * 31))) / 31


_BITS = 34  # of a skill: day 14, stability 8, difficulty 5, level 3, points 2, days 2
_ROOM = 64
MOST_CHARACTERS = 420


def write(memory: Memory) -> str:
    """Return the memory as a short text of letters, digits, "-" and "_": 400 characters for 64 skills."""
    if not memory:
        return ""
    met, rows = 0, 0
    names = [name for name in SKILLS if name in memory]
    for name in names:
        one = memory[name]
        met |= 1 << PLACE[name]
        row = one.day
        for value, bits in ((_step_of(one.stability), 8), (round((one.difficulty - 1) / 9 * 31), 5), (one.level, 3),
                            (min(one.points, 3), 2), (min(one.days, 3), 2)):  # fmt: skip
            row = row << bits | value
        rows = rows << _BITS | row
    size = (_ROOM + _BITS * len(names) + 7) // 8
    body = ((met << _BITS * len(names)) | rows).to_bytes(size, "big")
    return base64.urlsafe_b64encode(body + _check(body)).decode().rstrip("=")


def read(text: str) -> dict[str, Known] | None:
    """Read what ``write`` wrote; None for anything else, however long or hostile.

    >>> read(""), read("<script>"), read("AAAA")
    ({}, None, None)
    """
    if not text:
        return {}
    if len(text) > MOST_CHARACTERS or not all(c.isascii() and (c.isalnum() or c in "-_") for c in text):
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    body, check = raw[:-2], raw[-2:]
    if len(body) < _ROOM // 8 or _check(body) != check:
        return None
    whole, spare = int.from_bytes(body, "big"), 8 * len(body) - _ROOM
    count = spare // _BITS
    met, rows = whole >> _BITS * count, whole & ((1 << _BITS * count) - 1)
    names = [name for name in SKILLS if met >> PLACE[name] & 1]
    if met.bit_length() > len(SKILLS) or len(names) != count:
        return None
    found = {}
    for name in reversed(names):
        row, rows = rows & ((1 << _BITS) - 1), rows >> _BITS
        parts = []
        for bits in (2, 2, 3, 5, 8):
            parts.append(row & ((1 << bits) - 1))
            row >>= bits
        days, points, level, hard, firm = parts
        if not MET <= level <= KEEPS:
            return None
        found[name] = Known(
            row, _SHORTEST * (_LARGEST / _SHORTEST) ** (firm / 255), 1 + 9 * hard / 31, level, points, days
        )
    kept = {name: found[name] for name in names}
    return kept if write(kept) == text else None


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:2]


def merged(one: Memory, other: Memory) -> dict[str, Known]:
    """Return what two devices know together: the later memory of each skill, and the better level that either has proven.

    The order does not matter, and merging twice changes nothing.
    """
    found = {}
    for name in SKILLS:
        pair = [memory[name] for memory in (one, other) if name in memory]
        if pair:
            last = max(pair, key=lambda known: (known.day, known.stability, known.difficulty))
            level, points, days = (max(getattr(known, part) for known in pair) for part in ("level", "points", "days"))
            found[name] = replace(last, level=level, points=points, days=days)
    return found
