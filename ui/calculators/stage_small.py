"""Stage conversion as a small figure for a lesson: one funnel in rates, its sentence, its bars."""

from __future__ import annotations

from functools import partial

from funnel.calculators import stage_conversion as model
from funnel.quantities import RATE
from ui.calculators.stage_findings import chart_rows
from ui.calculators.stage_words import Words
from ui.kit.page import Bars, Control, Findings, Group, Lab
from ui.text import _, stage_name


def groups(inputs: model.Inputs) -> list[Group]:
    """The number at the top and the step rates."""
    names = [stage_name(stage, i) for i, stage in enumerate(inputs.stages)]

    def put(i: int, inputs: model.Inputs, value: float | None) -> model.Inputs:
        return model.set_value(inputs, "now", i, value)

    controls = [Control("now", names[0], "count", 0, optional=True, put=partial(put, 0))]
    for i in range(1, len(names)):
        of_whom = _("“%(stage)s”, as a share of “%(before)s”") % {"stage": names[i], "before": names[i - 1]}
        controls.append(Control("now", of_whom, "percent", i, high=RATE.high, optional=True, put=partial(put, i)))
    return [Group("", controls)]


def findings(inputs: model.Inputs) -> Findings:
    """The sentence and the bars."""
    result = model.compute(inputs)
    return Findings(Words(inputs, result, html=True).headline(), charts=[Bars(chart_rows(Words(inputs, result)))])


LAB = Lab("stage_conversion", model, groups, findings, lambda inputs: ([], []))
