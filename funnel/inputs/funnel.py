"""What a learner enters about one funnel: its stages, its numbers now, and perhaps a changed copy of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from funnel.facts.businesses import CURRENCIES, start_of
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, MODELS, PRESETS, SOURCES, Stage, clean_name
from funnel.formulas.conversion import Value, Values, counts_from_rates, step_rates
from funnel.links.codecs import Choice, Maybe, Name, Number, Series, StageList, write_number, written
from funnel.quantities import COUNT, MONEY, NUMBER, RATE, Quantity

BASES = ("people", "rates")

# The bounds of a value depend on the basis, so the codec lets any number through and `Inputs.repair` checks it.
_NUMBERS = Series(NUMBER)


def quantity_of(basis: str, index: int) -> Quantity:
    """Return what a value of a copy is: a count, or below the top in the basis "rates" a rate.

    >>> quantity_of("rates", 1).kind
    'fraction'
    """
    return RATE if basis == "rates" and index > 0 else COUNT


@dataclass(frozen=True)
class Inputs:
    """Hold one funnel of 2 to 10 stages and, perhaps, a second copy of its numbers to compare with.

    In the basis "people" a copy holds the people at each stage: change one and the rates follow. In the basis "rates"
    it holds the people at the top and then the step rates as fractions: change one and the people below follow. None is
    a value left empty. `reference` are step rates to compare with, as fractions, the first always None. `average_sale` is
    money in `currency` for each one at the last stage, or None. `title` is the learner's name for the whole.
    Raises ValueError (OutOfRange for a number) when the lengths, ids or bounds are wrong.
    """

    source: str = field(
        default="base",
        metadata=written("from", Choice(SOURCES), "The model or preset that this funnel began as", origin=True),
    )
    stages: tuple[Stage, ...] = field(
        default=tuple(Stage(id) for id in MODELS["base"].stages),
        metadata=written("stages", StageList(MIN_STAGES, MAX_STAGES), "The stages, top first"),
    )
    basis: str = field(
        default="people",
        metadata=written("basis", Choice(BASES), "What is entered, and stays when a stage above changes", origin=True),
    )
    now: Values = field(
        default=tuple(float(count) for count in MODELS["base"].counts),
        metadata=written("now", _NUMBERS, "The funnel as it is: people, or the top and the step rates"),
    )
    what_if: Values | None = field(
        default=None, metadata=written("if", Maybe(_NUMBERS), "The funnel as it could be, in the same form")
    )
    reference: Values = field(
        default=MODELS["base"].reference,
        metadata=written("ref", _NUMBERS, "Step rates to compare with, from one's own history or a like segment"),
    )
    average_sale: Value = field(
        default=None,
        metadata=written("avg", Maybe(Number(MONEY)), "What one at the last stage brings on average; None: not asked"),
    )
    currency: str = field(default="none", metadata=written("cur", Choice(CURRENCIES), "The currency of the amount"))
    title: str = field(
        default="",
        metadata=written("title", Name(), 'What the learner calls this funnel: a shop, a client; "" for nothing'),
    )

    def __post_init__(self) -> None:
        if self.source not in SOURCES:
            raise ValueError(f"{self.source!r:.60} is not a known model or preset")
        if self.basis not in BASES:
            raise ValueError(f"{self.basis!r:.60} is not a basis")
        object.__setattr__(self, "stages", tuple(self.stages))
        if not MIN_STAGES <= len(self.stages) <= MAX_STAGES:
            raise ValueError(f"a funnel has {MIN_STAGES} to {MAX_STAGES} stages, not {len(self.stages)}")
        if not all(isinstance(stage, Stage) for stage in self.stages):
            raise ValueError("stages must be Stage objects")
        object.__setattr__(self, "now", self._checked(self.now, self.basis))
        if self.what_if is not None:
            object.__setattr__(self, "what_if", self._checked(self.what_if, self.basis))
        object.__setattr__(self, "reference", self._checked(self.reference, "rates"))
        if self.reference[0] is not None:
            raise ValueError("no step leads to the top, so it has no reference rate")
        if self.average_sale is not None:
            object.__setattr__(self, "average_sale", MONEY.check(self.average_sale))
        if self.currency not in CURRENCIES:
            raise ValueError(f"{self.currency!r:.20} is not a currency")
        if self.title != clean_name(self.title):
            raise ValueError("a funnel's name must come from clean_name")

    def _checked(self, values: Sequence[Value], basis: str) -> Values:
        if len(values) != len(self.stages):
            raise ValueError(f"{len(values)} values for {len(self.stages)} stages")
        return tuple(
            None if value is None else quantity_of(basis, index).check(value) for index, value in enumerate(values)
        )

    @classmethod
    def origin(cls, source: str, basis: str) -> "Inputs":
        """Return the unchanged model or preset in this basis: what a link leaves out."""
        inputs = start(source)
        if basis == inputs.basis:
            return inputs
        what_if = None if inputs.what_if is None else in_basis(inputs.what_if, basis)
        return replace(inputs, basis=basis, now=in_basis(inputs.now, basis), what_if=what_if)

    @classmethod
    def repair(cls, values: dict[str, Any], report: Callable[..., None]) -> dict[str, Any]:
        """Make copies read from a link as long as the stages, and leave empty what is out of range."""
        size = len(values["stages"])
        repaired = dict(values)
        for name, basis in (("now", values["basis"]), ("what_if", values["basis"]), ("reference", "rates")):
            if values[name] is None:
                continue
            series = list(values[name])
            if len(series) != size:
                report(name, "too-many" if len(series) > size else "too-few", None, str(len(series)), str(size))
                series = (series + [None] * size)[:size]
            for index, value in enumerate(series):
                top_reference = name == "reference" and index == 0
                if value is not None and (top_reference or not quantity_of(basis, index).fits(value)):
                    report(name, "out-of-range", index, write_number(value), "")
                    series[index] = None
            repaired[name] = tuple(series)
        return repaired


def start(source: str) -> Inputs:
    """Return the funnel of a model or preset, in people, not changed yet. Raises ValueError for an unknown id.

    >>> start("base").now
    (48000.0, 2880.0, 1152.0, 403.0, 92.0)
    """
    if source in MODELS:
        model = MODELS[source]
        stages = tuple(map(Stage, model.stages))
        return Inputs(source, stages, "people", model.counts, None, model.reference, *_sale(source, stages))
    if source in PRESETS:
        preset = PRESETS[source]
        stages = tuple(map(Stage, preset.stages))
        none = (None,) * len(stages)
        return Inputs(source, stages, "people", preset.counts, preset.what_if, none, *_sale(source, stages))
    raise ValueError(f"{source!r:.60} is not a known model or preset")


def _sale(source: str, stages: tuple[Stage, ...]) -> tuple[Value, str]:
    """Return the average sale and its currency, where the funnel's last stage is the one that pays."""
    found = start_of(source)
    return (found.fact("avg") if found.stages == stages else None), found.currency


def fit(value: Value, quantity: Quantity) -> Value:
    """Return a derived value, or None when it is out of the bounds of its quantity.

    Only growth beyond 1e12 people, or from a fraction of a person, leads there. It is shown as not defined rather than
    bent to the bound, which would put a false number on the screen. What rounding alone pushed over is bent.

    >>> fit(1e12 * (1 + 1e-15), COUNT), fit(2e12, COUNT)
    (1000000000000.0, None)
    """
    if value is None or quantity.fits(value):
        return value
    return quantity.high if math.isclose(value, quantity.high, rel_tol=1e-12) else None


def in_basis(copy: Values, basis: str) -> Values:
    """Return a copy written in the other basis; what is not defined there is None.

    `copy` must be in the basis that is not `basis`.

    >>> in_basis((1000.0, 400.0, 100.0), "rates")
    (1000.0, 0.4, 0.25)
    """
    if basis == "rates":
        return (copy[0], *(fit(rate, RATE) for rate in step_rates(copy)[1:]))
    return tuple(fit(count, COUNT) for count in counts_from_rates(copy[0], copy))
