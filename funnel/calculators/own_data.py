"""Your own data: stage counts, or a log of events counted as a funnel; the learner says what counts.

A link holds the settings and the result in numbers, never the events. Only the sample's events are known here.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from funnel.facts.sample_log import CHANNELS, EVENTS, STEPS, sample_log
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, Stage
from funnel.formulas.conversion import Value, Values, losses, ratio
from funnel.formulas.events import EventFunnel, Rules, funnel_of
from funnel.inputs.funnel import Inputs as StageInputs
from funnel.links.codecs import Choice, Maybe, Number, Series, StageList, written
from funnel.quantities import COUNT, Quantity

__all__ = [
    "ENTRIES", "KINDS", "ORDERS", "SOURCES", "UNITS", "WINDOW", "Inputs", "Result", "compute", "count_log",
    "rules_of", "to_stage_conversion", "window_ms", "with_result",
]  # fmt: skip

SOURCES = ("sample", "own")
KINDS = ("events", "stages")
ORDERS = ("ordered", "any")
ENTRIES = ("closed", "open")
UNITS = ("hours", "days")
WINDOW = Quantity("duration", 0.01, 100_000)
_UNIT_MS = {"hours": 3_600_000, "days": 86_400_000}


@dataclass(frozen=True)
class Inputs:
    """Hold how a log is counted, and of the learner's own data the result.

    `counts` and `went` are people at each stage, and those of them who came from the stage before; both are empty for the
    sample, whose events are counted anew. `everyone` is who is in the funnel at all. For stage counts, `went` is empty.
    Raises ValueError when these do not fit together, OutOfRange outside a quantity.
    """

    source: str = field(
        default="sample", metadata=written("from", Choice(SOURCES), "Whose numbers these are", origin=True)
    )
    kind: str = field(
        default="events",
        metadata=written("kind", Choice(KINDS), "What they come from: a log of events, or stage counts"),
    )
    order: str = field(
        default="ordered", metadata=written("order", Choice(ORDERS), "Whether steps count in order only")
    )
    entry: str = field(
        default="closed", metadata=written("entry", Choice(ENTRIES), "Where one enters: at the first step, or at any")
    )
    window: Value = field(
        default=None,
        metadata=written("window", Maybe(Number(WINDOW)), "How long it may take, in units; none is no limit"),
    )
    unit: str = field(default="days", metadata=written("unit", Choice(UNITS), "The unit of the window"))
    stages: tuple[Stage, ...] = field(
        default=tuple(map(Stage, STEPS)),
        metadata=written("stages", StageList(MIN_STAGES, MAX_STAGES), "The stages, top first"),
    )
    counts: Values = field(default=(), metadata=written("n", Series(COUNT), "People at each stage"))
    went: Values = field(
        default=(), metadata=written("went", Series(COUNT), "Of them, who came from the stage before; the first empty")
    )
    everyone: Value = field(
        default=None, metadata=written("all", Maybe(Number(COUNT)), "Everybody who is in the funnel at all")
    )

    def __post_init__(self) -> None:
        if not MIN_STAGES <= len(self.stages) <= MAX_STAGES:
            raise ValueError(f"a funnel has {MIN_STAGES} to {MAX_STAGES} stages, not {len(self.stages)}")
        if self.source == "sample":
            ids = [stage.id for stage in self.stages]
            if self.counts or self.went or self.everyone is not None or self.kind != "events":
                raise ValueError("the sample is counted, not entered")
            if not set(ids) <= set(EVENTS) or len(set(ids)) < len(ids):
                raise ValueError("the sample has no such events")
            return
        if len(self.counts) != len(self.stages) or len(self.went) not in (0, len(self.stages)):
            raise ValueError("every stage needs a place for its people")

    @classmethod
    def origin(cls, source: str = "sample") -> "Inputs":
        """Return the sample with its five steps in order; or two stages without numbers, for one's own."""
        if source == "sample":
            return cls()
        return cls("own", stages=(Stage(), Stage()), counts=(None, None))

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Make what a link holds fit together: the sample has no numbers of its own, one's own data as many as stages."""
        fixed = dict(fields)
        if fixed["source"] == "sample":
            ids = list(dict.fromkeys(stage.id for stage in fixed["stages"] if stage.id in EVENTS))
            fixed["stages"] = tuple(map(Stage, ids if len(ids) >= MIN_STAGES else STEPS))
            return fixed | {"kind": "events", "counts": (), "went": (), "everyone": None}
        size = len(fixed["stages"])
        fixed["counts"] = _as_long(fixed["counts"], size)
        fixed["went"] = _as_long(fixed["went"], size) if fixed["went"] and fixed["kind"] == "events" else ()
        return fixed


def _as_long(values: Values, size: int) -> Values:
    return (*values[:size], *(None,) * (size - len(values)))


@dataclass(frozen=True)
class Result:
    """Hold the funnel, a place per stage.

    `people` at each stage; `went` who came from the stage before; `rates` of the step into each stage: went / people at the
    stage before; `from_top` the share of those who entered (closed: people at the first stage; open: everybody who did any
    step); `lost` who did not go on from the stage before. None is not defined. `overall` is the last `from_top`. `growth`
    are stages with more people than the one before. `log` is the count of the sample's events, None for one's own data.
    """

    people: Values
    went: Values
    rates: Values
    from_top: Values
    lost: Values
    entered: Value
    overall: Value
    growth: tuple[int, ...]
    log: EventFunnel | None = None


def window_ms(inputs: Inputs) -> int | None:
    """Return the window in milliseconds, None where there is none.

    >>> window_ms(replace(Inputs(), window=1.5, unit="hours"))
    5400000
    """
    return None if inputs.window is None else round(inputs.window * _UNIT_MS[inputs.unit])


def rules_of(inputs: Inputs, steps: tuple[int, ...]) -> Rules:
    """Return what counts, for the events with these codes."""
    return Rules(steps, inputs.order == "ordered", inputs.entry == "closed", window_ms(inputs))


def count_log(
    inputs: Inputs, steps: tuple[int, ...], people: np.ndarray, events: np.ndarray, when: np.ndarray,
    groups: np.ndarray | None = None, group_count: int = 0,
) -> EventFunnel:  # fmt: skip
    """Count a log in milliseconds by the inputs' rules; `steps` are the event codes of the stages."""
    return funnel_of(people, events, when, rules_of(inputs, steps), groups, group_count)


def with_result(inputs: Inputs, found: EventFunnel) -> Inputs:
    """Return the inputs of one's own log with its count, as a link carries it."""
    went = (None, *map(float, found.went[1:])) if inputs.entry == "open" else ()
    return replace(inputs, counts=tuple(map(float, found.people)), went=went, everyone=float(found.everyone))


def compute(inputs: Inputs) -> Result:
    """Compute rates and losses; the sample's events are counted first. Pure and total.

    Source: docs/model.md, F01 to F03; for open funnels Google Analytics, Data API, Funnel.

    >>> result = compute(Inputs())
    >>> result.people, round(result.overall, 4), result.log.whole.count
    ((577.0, 231.0, 125.0, 65.0, 37.0), 0.0641, 37)
    >>> compute(replace(Inputs(), entry="open")).went
    (None, 231.0, 137.0, 81.0, 46.0)
    """
    log = None
    counts, went, everyone = inputs.counts, inputs.went, inputs.everyone
    if inputs.source == "sample":
        sample = sample_log()
        steps = tuple(EVENTS.index(stage.id) for stage in inputs.stages)
        log = count_log(inputs, steps, sample.people, sample.events, sample.when, sample.channels, len(CHANNELS))
        counts, everyone = tuple(map(float, log.people)), float(log.everyone)
        went = (None, *map(float, log.went[1:]))
    is_open = inputs.kind == "events" and inputs.entry == "open"
    came = (None, *(went or counts)[1:])
    rates = (None, *(ratio(here, above) for here, above in zip(came[1:], counts[:-1], strict=True)))
    entered = everyone if is_open else counts[0]
    from_top = tuple(ratio(count, entered) for count in counts)
    lost = tuple(
        None if i == 0 or above is None or here is None else above - here
        for i, (above, here) in enumerate(zip((None, *counts[:-1]), came, strict=True))
    )
    growth = tuple(i for i, gone in enumerate(losses(counts)) if gone is not None and gone < 0)
    return Result(counts, came, rates, from_top, lost, entered, from_top[-1], growth, log)


def to_stage_conversion(inputs: Inputs) -> StageInputs:
    """Return the same stages and people for the calculator *Stage conversion*."""
    counts = compute(inputs).people
    return StageInputs("own", inputs.stages, "people", counts, None, (None,) * len(counts))
