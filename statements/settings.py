"""What a calculator lets a learner set: numbers, choices, and the presets they start from. How they are drawn is not said here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from i18n import titles
from statements.fields import field_text, list_text
from statements.reader import reader
from statements.text import _, name


@dataclass(frozen=True)
class Control:
    """One number of the Inputs: a field of the dataclass, or one place (``index``) of a field that is a tuple.

    ``kind``: "count" (people), "money", "percent" (a fraction), "number" (anything else from 0 up). ``low`` and ``high`` bound
    what may be typed. ``slide`` bounds the slider (and steps it: low, high, step); None draws the usual one (percent 0 to
    100%, count and money growing with the value), () draws none. ``optional`` allows an empty field (None).
    ``put`` replaces the usual ``dataclasses.replace``: a function (inputs, value) -> inputs. It may raise OutOfRange, for bounds
    that move with another number (``low`` and ``high`` are those of when the row was drawn last).

    "list" is a list of numbers in one field, a tuple of ``least`` to ``most``; ``marked`` names a second field for those
    typed with a +. ``tall`` gives it several lines.
    """

    field: str
    label: str
    kind: str = "count"
    index: int | None = None
    low: float = 0.0
    high: float = 1e12
    slide: tuple[float, ...] | None = None
    help: str | None = None
    optional: bool = False
    put: Callable[[Any, float | None], Any] | None = None
    least: int = 0
    most: int = 60
    marked: str | None = None
    tall: bool = False

    @property
    def key(self) -> str:
        """Return what tells this number from the others of its calculator."""
        return self.field if self.index is None else f"{self.field}-{self.index}"

    def value(self, inputs: Any) -> Any:
        """Return the number (None: empty), or the tuple of a list."""
        found = getattr(inputs, self.field)
        return found if self.index is None else found[self.index]

    def text(self, inputs: Any) -> str:
        """Return the number, or the list of them, as its field shows it; "" for an empty field."""
        value = self.value(inputs)
        if self.kind == "list":
            return list_text(value, getattr(inputs, self.marked) if self.marked else ())
        return "" if value is None else field_text(value, self.kind)

    def changed(self, inputs: Any, value: float | None) -> Any:
        """Return the inputs with another value here."""
        if self.put is not None:
            return self.put(inputs, value)
        if self.index is None:
            return replace(inputs, **{self.field: value})
        items = list(getattr(inputs, self.field))
        items[self.index] = value
        return replace(inputs, **{self.field: tuple(items)})


@dataclass(frozen=True)
class Group:
    """Some controls under a heading; ``folded`` groups are drawn only when opened. ``note`` is a sentence below the heading."""

    title: str
    controls: Sequence[Control]
    folded: bool = False
    note: str = ""


@dataclass(frozen=True)
class Pick:
    """A choice among a few ids: a field of the Inputs that is a str. ``put`` as in Control. ``menu`` draws a select box.

    ``aside``: rarely changed (currency, period); drawn folded below the numbers, not above them.
    """

    field: str
    label: str
    options: dict[str, str]
    help: str | None = None
    menu: bool = False
    put: Callable[[Any, str], Any] | None = None
    aside: bool = False

    def changed(self, inputs: Any, value: str) -> Any:
        return self.put(inputs, value) if self.put else replace(inputs, **{self.field: value})


def source_name(source: str) -> str:
    """Return the name of a model, a preset or an example."""
    found = reader()
    return found.numbers.text(titles.source_name(found.language.code, source))


def currency_options(codes: Sequence[str]) -> dict[str, str]:
    """Return the currencies' names by code, for a Pick."""
    return {code: name("currencies", code) for code in codes}


def with_currency(words: str, currency: str) -> str:
    """Return a field's label with its currency: "Average sale (SAR)"."""
    if currency == "none":
        return words
    return _("%(what)s (%(unit)s)") % {"what": words, "unit": name("currencies", currency)}


def field_names(groups: Sequence[Group], picks: Sequence[Pick]) -> dict[str, str]:
    """Return what the fields are called, for the notice about a broken link."""
    names = {control.field: control.label for group in groups for control in group.controls if control.index is None}
    series = {control.field: group.title for group in groups for control in group.controls if control.index is not None}
    return {pick.field: pick.label for pick in picks} | series | names
