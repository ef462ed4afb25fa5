"""Mix shift: why the rate of the whole moved, its parts or their shares; and what groups convert when put together."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from funnel.facts.presets import PRESETS
from funnel.facts.stages import clean_name
from funnel.formulas.conversion import Value, ratio
from funnel.formulas.mix import MixShift, Segment, Shift, blended, decompose, mean_rate
from funnel.links.codecs import Choice, Series, StageList, written
from funnel.quantities import COUNT, SHARE, certain

__all__ = [
    "MOST", "SEGMENT_IDS", "SOURCES", "VIEWS", "Inputs", "Label", "Part", "Result", "add_segment", "compute", "look_at",
    "remove_segment", "rename_segment",
]  # fmt: skip

SOURCES = ("s10-simpson-sar", "two-channels", "new-channel")
VIEWS = ("shift", "blend")
SEGMENT_IDS = ("mobile", "desktop", "search", "social", "email", "display")
LEAST, MOST = 2, 6

# What a rate may differ by (relative) and still be the same: equal rates of different counts need not give equal floats.
_SAME = 1e-12
# Fewer people than this are nobody: their rate would be beyond anything.
_NOBODY = 1e-6
# With fewer conversions than this in a period, chance alone easily moves a rate by a third of itself (1 / sqrt(10)).
FEW = 10


@dataclass(frozen=True)
class Label:
    """Name one segment: a known id, which the interface translates, or with id "" the learner's own name ("": none yet).

    Raises ValueError for an unknown id, for both at once, and for a name that `clean_name` would change.
    """

    id: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        if self.id and (self.name or self.id not in SEGMENT_IDS):
            raise ValueError(f"{self.id!r:.60} is no segment id, or has a name besides")
        if self.name != clean_name(self.name):
            raise ValueError("a segment's name must come from clean_name")


@dataclass(frozen=True)
class Inputs:
    """Hold the segments, with people and conversions of two periods; each tuple has one place per segment.

    The second period is "now". Where groups are blended (view "blend") its conversions follow from `rates`, fractions;
    else from `now_done`. `look_at` changes the view and carries the one over into the other. Raises ValueError where
    the places do not fit the segments.
    """

    source: str = field(
        default=SOURCES[0], metadata=written("from", Choice(SOURCES), "The example that was changed", origin=True)
    )
    view: str = field(default="shift", metadata=written("view", Choice(VIEWS), "Which question is asked"))
    segments: tuple[Label, ...] = field(
        default=(),
        metadata=written("segments", StageList(LEAST, MOST, SEGMENT_IDS, Label), "The segments or channels"),
    )
    before: tuple[float, ...] = field(
        default=(), metadata=written("n1", Series(COUNT, MOST), "People per segment in the first period")
    )
    before_done: tuple[float, ...] = field(
        default=(), metadata=written("x1", Series(COUNT, MOST), "Conversions per segment in the first period")
    )
    now: tuple[float, ...] = field(
        default=(), metadata=written("n2", Series(COUNT, MOST), "People per segment in the second period")
    )
    now_done: tuple[float, ...] = field(
        default=(), metadata=written("x2", Series(COUNT, MOST), "Conversions per segment in the second period")
    )
    rates: tuple[float, ...] = field(
        default=(), metadata=written("rates", Series(SHARE, MOST), "Rate per segment, where groups are blended")
    )

    def __post_init__(self) -> None:
        series = (self.before, self.before_done, self.now, self.now_done, self.rates)
        if not LEAST <= len(self.segments) <= MOST or any(len(one) != len(self.segments) for one in series):
            raise ValueError("every segment needs its place in every list")
        if any(None in one for one in series):
            raise ValueError("a place is empty")

    @classmethod
    def origin(cls, source: str = SOURCES[0]) -> "Inputs":
        """Return an example, as people and conversions; the blending one opens with the question of blending."""
        first, second = _EXAMPLES[source]
        ids = tuple(id for id, _people, _done in first)
        before, before_done, now, now_done = (
            tuple(float(row[place]) for row in rows) for rows in (first, second) for place in (1, 2)
        )
        view = "blend" if source == "two-channels" else "shift"
        return cls(
            source,
            view,
            tuple(map(Label, ids)),
            before,
            before_done,
            now,
            now_done,
            _rates(now, now_done, (0.0,) * len(ids)),
        )

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Make every list as long as the segments; an empty place is nobody."""
        count = len(fields["segments"])
        fitted = {
            name: tuple(value or 0.0 for value in (fields[name] + (0.0,) * count)[:count])
            for name in ("before", "before_done", "now", "now_done", "rates")
        }
        return fields | fitted


Rows = tuple[tuple[str, int, int], ...]
_EXAMPLES: dict[str, tuple[Rows, Rows]] = {
    "s10-simpson-sar": (PRESETS["s10-simpson-sar"].facts["p1"], PRESETS["s10-simpson-sar"].facts["p2"]),
    # The second period is the blend of docs/model.md, F39; the first has the same rates, so between them only the mix moves.
    "two-channels": (
        (("search", 20_000, 240), ("email", 20_000, 680)),
        (("search", 30_000, 360), ("email", 10_000, 340)),
    ),
    # Made up: display advertising is given up, a newsletter begins.
    "new-channel": (
        (("search", 8000, 240), ("social", 5000, 60), ("display", 3000, 12), ("email", 0, 0)),
        (("search", 9000, 288), ("social", 6000, 84), ("display", 0, 0), ("email", 2000, 110)),
    ),
}


def _rates(people: Sequence[float], done: Sequence[float], otherwise: Sequence[float]) -> tuple[float, ...]:
    """Return conversions / people, at most 1; where nobody is, what was there before."""
    found = [ratio(x, n) for n, x in zip(people, done, strict=True)]
    return tuple(old if new is None else min(1.0, new) for new, old in zip(found, otherwise, strict=True))


def look_at(inputs: Inputs, view: str) -> Inputs:
    """Change the view. What was blended becomes people and conversions, and the other way round.

    >>> blend = look_at(Inputs.origin(), "blend")
    >>> blend.rates, look_at(blend, "shift").now_done
    ((0.023, 0.054), (207.0, 162.0))
    """
    if view == inputs.view:
        return inputs
    if view == "blend":
        return replace(inputs, view=view, rates=_rates(inputs.now, inputs.now_done, inputs.rates))
    done = tuple(n * rate for n, rate in zip(inputs.now, inputs.rates, strict=True))
    return replace(inputs, view=view, now_done=done)


def add_segment(inputs: Inputs) -> Inputs:
    """Add a segment with nobody in it at the end; nothing happens where there are enough."""
    if len(inputs.segments) >= MOST:
        return inputs
    more: dict[str, Any] = {
        name: (*getattr(inputs, name), 0.0) for name in ("before", "before_done", "now", "now_done", "rates")
    }
    return replace(inputs, segments=(*inputs.segments, Label()), **more)


def remove_segment(inputs: Inputs, index: int) -> Inputs:
    """Remove a segment with its people; nothing happens where two are left."""
    if len(inputs.segments) <= LEAST:
        return inputs
    names = ("segments", "before", "before_done", "now", "now_done", "rates")
    kept = {name: getattr(inputs, name)[:index] + getattr(inputs, name)[index + 1 :] for name in names}
    return replace(inputs, **kept)


def rename_segment(inputs: Inputs, index: int, name: str, shown: str) -> Inputs:
    """Give a segment an own name, unless it is the one that is `shown` for it already."""
    if clean_name(name) == clean_name(shown):
        return inputs
    segments = (*inputs.segments[:index], Label(name=clean_name(name)), *inputs.segments[index + 1 :])
    return replace(inputs, segments=segments)


@dataclass(frozen=True)
class Part:
    """Hold one segment: people, conversions, rates (fractions) and shares of all people in both periods.

    `rate_effect` and `mix_effect`: fractions of the change of the whole, None for a segment that is not in both
    periods. `weighted`: share times rate now, its part of the blended rate.
    """

    people: tuple[float, float]
    done: tuple[float, float]
    rates: tuple[Value, Value]
    shares: tuple[Value, Value]
    rate_effect: Value
    mix_effect: Value
    weighted: Value


@dataclass(frozen=True)
class Result:
    """Hold the change between the periods and the blend of the second.

    `shift` see funnel.formulas.mix; `common` the rates of the segments in both periods together; `risen` and `fallen` such
    segments by how their own rate moved; `new` and `gone` those in one period only. Of the periods that the view shows:
    `over` segments with more conversions than people, `stray` those with conversions of nobody, `few` those with fewer
    than FEW conversions. `people` and `done`: totals. `plain` is the mean of the second period's rates, `gap` that mean
    minus the blended rate; `largest` the segment with most people in it, None when nobody is there; `pulls` says that
    its rate lies on the side of the mean to which the blended rate has moved.
    """

    parts: tuple[Part, ...]
    shift: MixShift
    people: tuple[float, float]
    done: tuple[float, float]
    common: tuple[Value, Value]
    risen: tuple[int, ...]
    fallen: tuple[int, ...]
    new: tuple[int, ...]
    gone: tuple[int, ...]
    over: tuple[int, ...]
    stray: tuple[int, ...]
    few: tuple[int, ...]
    plain: Value
    gap: Value
    largest: int | None
    pulls: bool


def compute(inputs: Inputs) -> Result:
    """Compute both answers. Pure and total. Source: docs/model.md, F39.

    >>> found = compute(Inputs.origin("s10-simpson-sar"))
    >>> round(found.shift.rate_effect, 6), round(found.shift.mix_effect, 6), round(found.shift.standardised, 4)
    (0.003425, -0.010675, 0.0416)
    >>> found.shift.simpson, found.risen, found.fallen
    (True, (0, 1), ())
    >>> found = compute(Inputs.origin("two-channels"))
    >>> round(found.shift.after, 4), round(found.plain, 4)
    (0.0175, 0.023)
    """
    before = _period(inputs.before, inputs.before_done)
    now = _period(inputs.now, _done_now(inputs))
    shift = decompose(before, now)
    people = _total(before), _total(now)
    effects = {int(one.id): one for one in shift.common}
    parts = tuple(_part(i, pair, people, effects) for i, pair in enumerate(zip(before, now, strict=True)))
    plain, after = mean_rate(now), blended(now)
    both = [(i, certain(parts[i].rates[0]), certain(parts[i].rates[1])) for i in effects]
    largest = max(range(len(now)), key=lambda i: now[i].people) if people[1] else None
    gap = None if plain is None or after is None else plain - after
    seen = (0, 1) if inputs.view == "shift" else (1,)
    return Result(
        parts,
        shift,
        people,
        (math.fsum(one.successes for one in before), math.fsum(one.successes for one in now)),
        (blended([before[i] for i in effects]), blended([now[i] for i in effects])),
        tuple(i for i, old, new in both if new - old > _SAME * max(old, new)),
        tuple(i for i, old, new in both if old - new > _SAME * max(old, new)),
        tuple(map(int, shift.new_ids)),
        tuple(map(int, shift.vanished_ids)),
        _where(parts, seen, lambda n, x: n > 0 and x > n),
        _where(parts, seen, lambda n, x: x > 0 and not n),
        _where(parts, seen, lambda n, x: n > 0 and x < FEW),
        plain,
        gap,
        largest,
        largest is not None and gap is not None and (certain(plain) - certain(now[largest].rate)) * gap > 0,
    )  # fmt: skip


def _where(parts: Sequence[Part], periods: Sequence[int], test: Callable[[float, float], bool]) -> tuple[int, ...]:
    """Return the segments whose people and conversions pass a test in one of the periods that the view shows."""
    return tuple(i for i, part in enumerate(parts) if any(test(part.people[t], part.done[t]) for t in periods))


def _total(period: Sequence[Segment]) -> float:
    return math.fsum(one.people for one in period)


def _done_now(inputs: Inputs) -> tuple[float, ...]:
    if inputs.view == "shift":
        return inputs.now_done
    return tuple(people * rate for people, rate in zip(inputs.now, inputs.rates, strict=True))


def _period(people: Sequence[float], done: Sequence[float]) -> tuple[Segment, ...]:
    pairs = enumerate(zip(people, done, strict=True))
    return tuple(Segment(str(i), n if n >= _NOBODY else 0.0, x) for i, (n, x) in pairs)


def _part(index: int, pair: tuple[Segment, Segment], people: tuple[float, float], effects: dict[int, Shift]) -> Part:
    shares = ratio(pair[0].people, people[0]), ratio(pair[1].people, people[1])
    rate, own = pair[1].rate, effects.get(index)
    return Part(
        (pair[0].people, pair[1].people),
        (pair[0].successes, pair[1].successes),
        (pair[0].rate, rate),
        shares,
        None if own is None else own.rate_effect,
        None if own is None else own.mix_effect,
        None if shares[1] is None or rate is None else shares[1] * rate,
    )
