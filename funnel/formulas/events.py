"""A funnel out of events: who did which step when. Arrays in, numbers out; a million events take some hundredths of a second.

Four ways to count, by two questions (see docs/model.md):

- *Closed*: one enters with the first step only. Each of a person's first steps is a possible entry; from it she goes to the
  next step that follows, and so on, within the window after the entry. The entry that leads furthest counts, of equally
  good ones the earliest.
- *Open*: one may enter at any step. A step counts everybody who did it; its rate counts those who had done the step
  before, within the window.
- *Ordered*: a step counts only after the one before it, or at the same moment (logs by the day have no finer order).
- *Any order*: after the entry, the order of the steps does not matter.

Source: the words and the distinctions are those of Google Analytics, Data API, Funnel (isOpenFunnel, steps, durations).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

MAX_STEPS = 10
MAX_GROUPS = 15
_BITS = 63


@dataclass(frozen=True)
class Rules:
    """Say what counts: `steps` are event codes, top first, all different; `window` in the unit of the times, or None."""

    steps: tuple[int, ...]
    ordered: bool = True
    closed: bool = True
    window: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.steps) <= MAX_STEPS or len(set(self.steps)) < len(self.steps):
            raise ValueError(f"a funnel has 1 to {MAX_STEPS} different steps, not {self.steps!r:.80}")


@dataclass(frozen=True)
class Spread:
    """Hold how long `count` people needed: the median and the quartiles, in the unit of the times, interpolated."""

    count: int
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class EventFunnel:
    """Hold the counts of one funnel, a place per step.

    `people` at each step; `went` those of them who came from the step before (the first place is 0), so that people -
    went entered here; `everyone` who is in the funnel at all. `times` from the step before to each step (the first None),
    `whole` from the first step to the last, in a closed funnel. `groups` and `groups_went`: the same counts for each group.
    """

    people: tuple[int, ...]
    went: tuple[int, ...]
    everyone: int
    times: tuple[Spread | None, ...]
    whole: Spread | None
    groups: tuple[tuple[int, ...], ...] = ()
    groups_went: tuple[tuple[int, ...], ...] = ()


class _Sorted:
    """The events of the steps, sorted by person, time, step (so that equal moments stand in the funnel's order), group.

    One integer holds all four: sorting plain integers is many times faster than sorting an order of rows.
    """

    def __init__(
        self, people: np.ndarray, events: np.ndarray, when: np.ndarray, rules: Rules, groups: np.ndarray | None
    ) -> None:
        count = int(events.max()) + 1 if len(events) else 0
        step_of = np.full(max([count, *(step + 1 for step in rules.steps)]), -1, np.int8)
        step_of[list(rules.steps)] = range(len(rules.steps))
        step = step_of.take(events)
        kept = np.flatnonzero(step >= 0)
        if len(kept) < len(step):
            people, when, step = people.take(kept), when.take(kept), step.take(kept)
            groups = None if groups is None else groups.take(kept)
        self.group_bits = 0 if groups is None else MAX_GROUPS.bit_length()
        self.clock: np.ndarray | None = None
        first = int(when.min()) if len(when) else 0
        span = int(when.max()) - first if len(when) else 0
        fixed = (len(rules.steps) - 1).bit_length() + self.group_bits
        most = int(people.max()).bit_length() if len(people) else 0
        if fixed + most + span.bit_length() > _BITS:  # too fine a clock over too long a time: number the moments
            self.clock, when = np.unique(when, return_inverse=True)
            first, span = 0, len(self.clock)
        self.step_bits = (len(rules.steps) - 1).bit_length()
        self.time_bits = span.bit_length()
        key = people.astype(np.int64)
        key <<= self.time_bits
        key += when if not first else when - first
        key <<= self.step_bits
        key += step
        if groups is not None:
            key <<= self.group_bits
            key += groups
        key.sort()
        self.key: np.ndarray = key
        marks = ((key >> self.group_bits) & ((1 << self.step_bits) - 1)).astype(np.int8)
        self.at = [np.flatnonzero(marks == k) for k in range(len(rules.steps))]
        self.window = rules.window

    def person(self, at: np.ndarray) -> np.ndarray:
        return np.asarray(self.key[at] >> (self.group_bits + self.step_bits + self.time_bits))

    def time(self, at: np.ndarray) -> np.ndarray:
        ticks = (self.key[at] >> (self.group_bits + self.step_bits)) & ((1 << self.time_bits) - 1)
        return np.asarray(ticks if self.clock is None else self.clock[ticks])

    def group(self, at: np.ndarray) -> np.ndarray:
        return np.asarray(self.key[at] & ((1 << self.group_bits) - 1))

    def next(self, k: int, after: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the place of the first event of step k behind each place, and whether it is the same person's."""
        at = self.at[k]
        if not len(at):
            return np.zeros(len(after), np.int64), np.zeros(len(after), bool)
        index = np.searchsorted(at, after, "right")
        found = at[np.minimum(index, len(at) - 1)]
        return found, (index < len(at)) & (self.person(found) == owner)

    def before(self, k: int, place: np.ndarray, owner: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the place of the last event of step k before each place, and whether it is the same person's."""
        at = self.at[k]
        if not len(at):
            return np.zeros(len(place), np.int64), np.zeros(len(place), bool)
        index = np.searchsorted(at, place, "left") - 1
        found = at[np.maximum(index, 0)]
        return found, (index >= 0) & (self.person(found) == owner)

    def soon(self, gap: np.ndarray) -> np.ndarray | bool:
        return True if self.window is None else gap <= self.window


def funnel_of(
    people: np.ndarray, events: np.ndarray, when: np.ndarray, rules: Rules, groups: np.ndarray | None = None,
    group_count: int = 0,
) -> EventFunnel:  # fmt: skip
    """Return the funnel of a log: for each event the person's and the event's code and the time, all whole numbers.

    Codes are 0 and up. `groups` gives each event's group (below `group_count`, at most MAX_GROUPS); a person belongs to the
    group of the event with which she enters. The order of the rows does not matter. Times may be any whole numbers.

    >>> log = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 1, 2, 0, 2, 1]), np.array([1, 3, 9, 2, 4, 5])
    >>> funnel_of(*log, Rules((0, 1, 2))).people, funnel_of(*log, Rules((0, 1, 2), closed=False)).people
    ((2, 1, 1), (2, 2, 2))
    >>> funnel_of(*log, Rules((0, 1, 2), window=5)).people
    (2, 1, 0)
    """
    log = _Sorted(people, events, when, rules, groups)
    return (_closed if rules.closed else _open)(log, rules, group_count)


def _firsts(owners: np.ndarray) -> np.ndarray:
    """Return where each person's first place is, in places sorted by person."""
    return np.flatnonzero(np.concatenate([np.ones(min(1, len(owners)), bool), owners[1:] != owners[:-1]]))


def _count(groups: np.ndarray, group_count: int) -> list[int]:
    return np.bincount(groups, minlength=group_count)[:group_count].tolist() if group_count else []


def _closed(log: _Sorted, rules: Rules, group_count: int) -> EventFunnel:
    entries = log.at[0]
    owners = log.person(entries)
    if rules.window is None:  # then no later entry leads further than the first
        best = _firsts(owners)
    else:
        depth = np.ones(len(entries), np.int8)
        for k, (walking, _took) in enumerate(_walk(log, rules, entries, owners)):
            depth[walking] = k + 2
        best = _furthest(owners, depth)
    entries, owners = entries[best], owners[best]
    home = log.group(entries)
    people = [len(entries)]
    spreads: list[Spread | None] = [None]
    by = [_count(home, group_count)]
    for walking, took in _walk(log, rules, entries, owners):
        people.append(len(walking))
        spreads.append(_spread(took[0]))
        by.append(_count(home[walking], group_count))
    whole = _spread(took[1]) if len(rules.steps) > 1 else None
    groups = tuple(zip(*by, strict=True)) if group_count else ()
    groups_went = tuple((0, *counts[1:]) for counts in groups)
    return EventFunnel(
        tuple(people), (0, *people[1:]), people[0], tuple(spreads), whole, groups, groups_went
    )  # fmt: skip


def _walk(
    log: _Sorted, rules: Rules, entries: np.ndarray, owners: np.ndarray
) -> Iterator[tuple[np.ndarray, tuple[np.ndarray, np.ndarray]]]:
    """Go from each entry as far as it leads. Yield for each step below the top which entries reach it, and how long
    those took from the step before and from the entry; in any order a step is reached when all steps up to it are."""
    walking = np.arange(len(entries))
    now, start = entries, log.time(entries)
    before = start
    for k in range(1, len(rules.steps)):
        found, same = log.next(k, now if rules.ordered else entries[walking], owners)
        reached = log.time(found)
        if rules.window is not None:
            same &= reached - start <= rules.window
        same = np.flatnonzero(same)
        walking, now, owners = walking[same], found[same], owners[same]
        start, before, reached = start[same], before[same], reached[same]
        if not rules.ordered:
            reached = np.maximum(reached, before)
        yield walking, (reached - before, reached - start)
        before = reached


def _furthest(owners: np.ndarray, depth: np.ndarray) -> np.ndarray:
    """Return each person's entry with the greatest depth, the earliest of several."""
    if not len(owners):
        return np.zeros(0, np.int64)
    count = len(owners)
    rank = depth.astype(np.int64) * count + np.arange(count)[::-1]
    best = np.maximum.reduceat(rank, _firsts(owners))
    return count - 1 - best % count


def _open(log: _Sorted, rules: Rules, group_count: int) -> EventFunnel:
    owners = log.person(np.arange(len(log.key)))
    firsts = _firsts(owners)
    place = np.zeros(len(owners), np.int64)  # of each event: the number of its person
    place[firsts[1:]] = 1
    np.cumsum(place, out=place)
    home = log.group(firsts) if group_count else np.zeros(0, np.int64)  # of each person
    people, went, spreads, by, by_went = [], [], [], [], []
    for k in range(len(rules.steps)):
        at = log.at[k]
        here = at[_firsts(owners[at])]
        people.append(len(here))
        by.append(_count(home[place[here]], group_count) if group_count else [])
        came, took = _came(log, rules, k) if k else (np.zeros(0, np.int64), np.zeros(0, np.int64))
        went.append(len(came))
        by_went.append(_count(home[place[came]], group_count) if group_count else [])
        spreads.append(_spread(took) if k else None)
    groups = tuple(zip(*by, strict=True)) if group_count else ()
    groups_went = tuple(zip(*by_went, strict=True)) if group_count else ()
    return EventFunnel(tuple(people), tuple(went), len(firsts), tuple(spreads), None, groups, groups_went)


def _came(log: _Sorted, rules: Rules, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return for each person who did step k within the window of the step before: a place of hers, and the time it took.

    The earliest event of the step before that has one counts; in any order, the nearer of the two beside it.
    """
    froms = log.at[k - 1]
    owners, start = log.person(froms), log.time(froms)
    found, good = log.next(k, froms, owners)
    gap = log.time(found) - start if len(log.at[k]) else np.zeros(len(froms), np.int64)
    good = good & log.soon(gap)
    if not rules.ordered and len(log.at[k]):
        earlier, fine = log.before(k, froms, owners)
        back = start - log.time(earlier)
        fine = fine & log.soon(back)
        gap = np.where(fine & (~good | (back < gap)), back, gap)
        good = good | fine
    froms, owners, gap = froms[good], owners[good], gap[good]
    first = _firsts(owners)
    return froms[first], gap[first]


def _spread(took: np.ndarray) -> Spread | None:
    """Return the quartiles of some durations; None of none. Source: linear interpolation, as in most spreadsheets."""
    if not len(took):
        return None
    return Spread(len(took), *(float(x) for x in np.quantile(took, (0.25, 0.5, 0.75))))
