"""What a calculator is: what can be set, what follows from it, and the table that is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from statements.findings import Findings
from statements.settings import Group, Pick, field_names

TableOfNumbers = tuple[Sequence[str], Sequence[Sequence[object]]]


def no_picks(_inputs: Any) -> list[Pick]:
    """Offer no choice."""
    return []


@dataclass(frozen=True)
class Calculator:
    """Describe a calculator.

    ``model``: module of ``funnel.calculators`` with ``Inputs``, ``SOURCES`` and ``Inputs.origin(source)``. ``groups``, ``picks``:
    what can be set. ``findings``: what follows. ``table``: header and rows of the CSV (ids and plain numbers). ``charts``: how many
    at most. ``stays``: fields (a view) that another source or a new start leaves as they are. ``names``: what the fields are
    called that are neither in a group nor a pick, for the notice about a broken link. ``events``: its findings know more than the
    numbers where the events behind them are at hand; ``findings`` and ``table`` then take those as a second argument.
    """

    slug: str
    model: ModuleType
    groups: Callable[[Any], list[Group]]
    findings: Callable[..., Findings]
    table: Callable[..., TableOfNumbers]
    picks: Callable[[Any], list[Pick]] = no_picks
    charts: int = 1
    stays: Sequence[str] = ()
    names: Callable[[], dict[str, str]] = dict
    events: bool = False

    def start(self) -> Any:
        """Return the inputs that the page begins with."""
        return self.model.Inputs.origin(self.model.SOURCES[0])

    def field_names(self, inputs: Any) -> dict[str, str]:
        """Return what the fields are called, for the notice about a broken link."""
        return self.names() | field_names(self.groups(inputs), self.picks(inputs))

    def given(self, inputs: Any) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Yield what was set, by the headings of the page: (heading, (what, number as shown) ...); empty fields are left out."""
        picked = [(pick.label, pick.options.get(getattr(inputs, pick.field), "")) for pick in self.picks(inputs)]
        if picked:
            yield "", tuple(picked)
        for group in self.groups(inputs):
            shown = [(one.label, one.text(inputs)) for one in group.controls]
            if filled := tuple((what, value) for what, value in shown if value):
                yield group.title, filled
