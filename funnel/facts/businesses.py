"""What the calculators start from: a business's stages, counts, rates and money, by the id of a model or preset."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import overload

from funnel.facts.presets import PRESETS, Fact
from funnel.facts.stages import MODELS, Stage
from funnel.formulas.conversion import Value, Values, step_rates

#: Currencies that an amount may be in; "none" names none. Nothing converts between them. IRT is toman, 10 rials (IRR).
CURRENCIES: tuple[str, ...] = ("none", "SAR", "AED", "EGP", "IRT", "IRR", "USD", "EUR")

#: The money of the base funnel (docs/model.md, F07 to F13): a quarter's costs and revenue, in US dollars.
BASE_FACTS: Mapping[str, Fact] = MappingProxyType(
    {"mkt": 68_400, "ads": 41_000, "sales": 45_900, "avg": 2150, "margin": 0.62, "ad_revenue": 121_000}
)

#: The businesses with one funnel of people that ends in a customer: all but the two that compare two groups.
BUSINESSES: tuple[str, ...] = ("base", *(key for key, one in PRESETS.items() if one.what_if is None))


@dataclass(frozen=True)
class Start:
    """Hold what a model or preset says, for a calculator to pick from.

    `stages` from the top to the customer (not beyond); `counts` people; `rates` fractions, the first None; `facts` the
    preset's other numbers by name (see funnel.facts.presets.Preset), empty for most models; `lead` the position of the stage
    that counts as a lead, or None; `period` what the numbers cover.
    """

    source: str
    stages: tuple[Stage, ...]
    counts: tuple[float, ...]
    rates: Values
    currency: str = "none"
    period: str = ""
    lead: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @overload
    def fact(self, name: str, otherwise: None = None) -> Value: ...

    @overload
    def fact(self, name: str, otherwise: float) -> float: ...

    def fact(self, name: str, otherwise: Value = None) -> Value:
        """Return one of the preset's plain numbers, or `otherwise` where it says nothing."""
        value = self.facts.get(name, otherwise)
        return value if value is None else float(value)

    def number(self, name: str) -> float:
        """Return one of the preset's plain numbers. Raises KeyError where it says nothing."""
        return float(self.facts[name])


def start_of(source: str) -> Start:
    """Return what a source says, its funnel cut after the customer stage. Raises KeyError for an unknown id.

    >>> start_of("s8-wholesale-irt").stages[-1].id, start_of("base").fact("mkt")
    ('first-order', 68400.0)
    """
    if source in MODELS:
        model = MODELS[source]
        counts = tuple(map(float, model.counts))
        base = source == "base"
        return Start(
            source, tuple(map(Stage, model.stages)), counts, step_rates(counts), "USD" if base else "none",
            "quarter" if base else "", 1 if base else None, BASE_FACTS if base else {},
        )  # fmt: skip
    preset = PRESETS[source]
    end = preset.customer_stage + 1
    counts = tuple(map(float, preset.counts[:end]))
    return Start(
        source, tuple(map(Stage, preset.stages[:end])), counts, step_rates(counts), preset.currency, preset.period,
        preset.lead_stage, preset.facts,
    )  # fmt: skip
