"""What a calculator's page says of its numbers, for the report on them: made when the report is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from documents.asking import Told
from documents.outgoing.pictures import chart_png
from ui import state
from ui.inputs import field_text
from ui.kit.lists import written
from ui.text import escape

if TYPE_CHECKING:
    from ui.kit.page import Findings


def findings(slug: str, inputs: Any) -> Findings:
    """Return what a calculator finds, from its numbers alone. Not for stage conversion, which is told in its own way."""
    if slug == "own_data":
        from ui.calculators.own_data_findings import findings, sample_live

        return findings(inputs, sample_live() if inputs.source == "sample" else None, None)
    return page(slug).LAB.findings(inputs)


def page(slug: str) -> ModuleType:
    """Return the module of a calculator's page."""
    return import_module(f"ui.calculators.{slug}")


def told(slug: str, inputs: Any, found: Callable[[], Findings] | None = None) -> Told:
    """Return what the report on these numbers says; `found` gives the findings where the page knows more than the numbers."""
    said = found() if found is not None else findings(slug, inputs)
    rtl = state.reader().rtl
    return Told(
        said.headline,
        tuple((escape(one.label), one.value, escape(one.note)) for one in said.figures),
        tuple(said.notes),
        said.body,
        tuple(_given(slug, inputs)),
        tuple(chart_png(chart.spec, chart.rows(), "", rtl) for chart in said.charts),
    )


def _given(slug: str, inputs: Any) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield what was set, by the headings of the page."""
    lab = getattr(page(slug), "LAB", None)
    if lab is None:
        return
    picked = [(pick.label, pick.options.get(getattr(inputs, pick.field), "")) for pick in lab.picks(inputs)]
    if picked:
        yield "", tuple(picked)
    for group in lab.groups(inputs):
        shown = [(one.label, _value(one, inputs)) for one in group.controls]
        if filled := tuple((what, value) for what, value in shown if value):
            yield group.title, filled


def _value(control: Any, inputs: Any) -> str:
    """Return a number, or a list of them, as its field shows it; "" for an empty field."""
    value = control.value(inputs)
    if control.kind == "list":
        return written(value, getattr(inputs, control.marked) if control.marked else ())
    return "" if value is None else field_text(value, control.kind)
