"""Mix shift: what is chosen and set. What follows stands in the modules beside this one, one for each view."""

from __future__ import annotations

from funnel.calculators import mix_shift as model
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.mix_shift.blend import blend
from statements.calculators.mix_shift.periods import Words, segment_name, two_periods
from statements.findings import Findings
from statements.settings import Control, Group, Pick
from statements.text import _

SLUG = "mix_shift"
PERIODS = ("before", "now")


def picks(inputs: model.Inputs) -> list[Pick]:
    """Which of the two questions."""
    views = {"shift": _("Two periods"), "blend": _("Put groups together")}
    return [Pick("view", _("What do you want to see?"), views, put=model.look_at)]


def segment_names(inputs: model.Inputs) -> list[str]:
    """Return the segments' names as text."""
    return [segment_name(segment, i) for i, segment in enumerate(inputs.segments)]


def groups(inputs: model.Inputs) -> list[Group]:
    """People and conversions of both periods, or people and rates of one."""
    if inputs.view == "blend":
        return [Group(_("The groups"), _blend_controls(inputs))]
    return [Group(_("First period"), _controls(inputs, "before")), Group(_("Second period"), _controls(inputs, "now"))]


def _controls(inputs: model.Inputs, period: str) -> list[Control]:
    people, done = {
        "before": (_("“%(segment)s”: people, first period"), _("“%(segment)s”: conversions, first period")),
        "now": (_("“%(segment)s”: people, second period"), _("“%(segment)s”: conversions, second period")),
    }[period]
    found = []
    for i, segment in enumerate(segment_names(inputs)):
        found.append(Control(period, people % {"segment": segment}, index=i))
        found.append(Control(f"{period}_done", done % {"segment": segment}, index=i))
    return found


def _blend_controls(inputs: model.Inputs) -> list[Control]:
    found = []
    for i, segment in enumerate(segment_names(inputs)):
        name = {"segment": segment}
        found.append(Control("now", _("“%(segment)s”: people") % name, index=i))
        found.append(Control("rates", _("“%(segment)s”: rate") % name, "percent", i, high=1, slide=(0, 0.2, 0.001)))
    return found


def findings(inputs: model.Inputs) -> Findings:
    """Answer the question of the view."""
    words = Words(inputs, model.compute(inputs))
    return two_periods(words) if inputs.view == "shift" else blend(words)


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return every segment of both periods as ids and plain numbers."""
    head = ["segment_id", "segment", "period", "people", "conversions", "share", "rate", "rate_effect", "mix_effect"]
    rows = []
    for segment, words, part in zip(inputs.segments, segment_names(inputs), model.compute(inputs).parts, strict=True):
        for place, period in enumerate(PERIODS):
            rows.append(
                [segment.id, words, period, part.people[place], part.done[place], part.shares[place], part.rates[place],
                 part.rate_effect, part.mix_effect]
            )  # fmt: skip
    return head, rows


CALCULATOR = Calculator(SLUG, model, groups, findings, csv_table, picks, charts=2)
