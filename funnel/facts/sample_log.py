"""A fictional event log of a web service with a free trial: seeded, so that everybody sees the same one.

It holds what real logs hold: repeated visits, steps out of their order, people who come in further down by an
invitation, an event that is no step, and channels that differ.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

#: The events of the log: five steps, and one that is none. Ids of stages.
EVENTS = ("visits", "signup", "trial", "activated", "paid", "opened")
STEPS = EVENTS[:5]
#: Where a person came from.
CHANNELS = ("search", "social", "email", "referral")
PEOPLE = 600
START = 1_759_276_800_000  # 2025-10-01 00:00, in milliseconds since 1970
DAYS = 45

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
_SHARES = (0.38, 0.32, 0.18, 0.12)  # of the channels
# The chance of each next step, by channel, and the typical delay before it.
_CHANCES = ((0.42, 0.62, 0.55, 0.46), (0.27, 0.48, 0.42, 0.30), (0.55, 0.70, 0.60, 0.52), (0.61, 0.74, 0.66, 0.60))
_DELAYS = (22 * _MINUTE, 9 * _HOUR, 30 * _HOUR, 6 * _DAY)


@dataclass(frozen=True)
class SampleLog:
    """Hold the log as arrays: codes of people, events and channels, and times in milliseconds since 1970."""

    people: np.ndarray
    events: np.ndarray
    when: np.ndarray
    channels: np.ndarray

    @property
    def counts(self) -> tuple[int, ...]:
        """How many times each event occurs."""
        return tuple(np.bincount(self.events, minlength=len(EVENTS)).tolist())


def _chances() -> Iterator[float]:
    """Yield numbers in [0, 1) that are the same everywhere: a linear congruential generator (Knuth, MMIX)."""
    state = 20_251_001
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


@lru_cache(maxsize=1)
def sample_log() -> SampleLog:
    """Return the log, ordered by time.

    >>> log = sample_log()
    >>> len(log.events), len(set(log.people.tolist()))
    (1458, 600)
    """
    rows: list[tuple[int, int, int, int]] = []
    chance = _chances()
    for person in range(PEOPLE):
        rows += _journey(person, chance)
    rows.sort()
    when, people, events, channels = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return SampleLog(people, events, when, channels)


def _journey(person: int, chance: Iterator[float]) -> list[tuple[int, int, int, int]]:
    """Return one person's events: (time, person, event, channel)."""
    pick = next(chance)
    channel = next(i for i in range(4) if pick < sum(_SHARES[: i + 1]) or i == 3)
    now = START + int(next(chance) * (DAYS - 12) * _DAY)
    rows = []
    invited = channel == 3 and next(chance) < 0.4  # comes in at the sign-up, without a visit
    step = 1 if invited else 0
    rows.append((now, person, step, channel))
    while not invited and next(chance) < 0.3:  # comes back before deciding
        now += int((0.2 + next(chance)) * 2 * _DAY)
        rows.append((now, person, 0, channel))
    while step < 4 and next(chance) < _CHANCES[channel][step]:
        # A product of chances: most need little time, some need very much.
        now += int(_DELAYS[step] * (0.15 + 4 * next(chance) * next(chance)))
        step += 1
        rows.append((now, person, step, channel))
        if step == 2 and next(chance) < 0.12:  # tried it first and signed up afterwards
            (earlier, *_rest), (later, *_more) = rows[-2], rows[-1]
            rows[-2:] = [(earlier, person, 2, channel), (later, person, 1, channel)]
    if step and next(chance) < 0.5:
        rows.append((now + int(next(chance) * 5 * _DAY), person, 5, channel))
    return [(moment // _MINUTE * _MINUTE, who, what, channel) for moment, who, what, channel in rows]
