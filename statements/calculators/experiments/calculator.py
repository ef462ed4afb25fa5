"""A/B tests: before (plan), after (read), and meanwhile (peek). What follows stands in a module for each view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from funnel.calculators import experiments as model
from funnel.inputs import experiments as bounds
from funnel.quantities import Quantity, certain
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.experiments.peek import peek
from statements.calculators.experiments.plan import plan
from statements.calculators.experiments.read import read
from statements.findings import Findings
from statements.settings import Control, Group, Pick
from statements.text import _

SLUG = "experiments"


def picks(inputs: model.Inputs) -> list[Pick]:
    """What is asked; in the plan, how the effect is given."""
    views = {"plan": _("Plan a test"), "read": _("Read a result"), "peek": _("Look early")}
    found = [Pick("view", _("What do you want to do?"), views)]
    if inputs.view == "plan":
        units = {"relative": _("As a share of the rate"), "points": _("In percentage points")}
        found.append(Pick("unit", _("The effect"), units, put=_in_unit))
    return found


def _in_unit(inputs: model.Inputs, unit: str) -> model.Inputs:
    """Give the same effect in the other unit."""
    return inputs.given_in(unit)


def _whole(name: str, least: str = "", most: str = "") -> Callable[[model.Inputs, float | None], model.Inputs]:
    """Return what puts a whole number into a field, refusing less than one field holds or more than another does."""

    def put(inputs: model.Inputs, value: float | None) -> model.Inputs:
        low = getattr(inputs, least) if least else 0.0
        high = getattr(inputs, most) if most else bounds.PEOPLE.high
        whole: dict[str, Any] = {name: Quantity("count", low, high).check(round(certain(value)))}
        return replace(inputs, **whole)

    return put


def _level() -> Control:
    return Control(
        "level", _("Significance level α"), "percent", low=bounds.LEVEL.low, high=bounds.LEVEL.high, slide=(0.01, 0.2, 0.01),
        help=_("How often you accept an alarm although there is no difference. Intervals are made to match."),
    )  # fmt: skip


def _have() -> Control:
    return Control(
        "have", _("People per arm that you can get"), optional=True, high=bounds.PEOPLE.high,
        help=_("For the smallest detectable effect and the power of the test."),
    )  # fmt: skip


def groups(inputs: model.Inputs) -> list[Group]:
    """Return the numbers that the view needs."""
    return {"plan": _plan, "read": _read, "peek": _peek}[inputs.view](inputs)


def _plan(inputs: model.Inputs) -> list[Group]:
    if inputs.unit == "relative":
        effect = Control(
            "lift", _("Smallest effect worth having, of the rate"), "percent", high=bounds.LIFT.high, slide=(0.01, 1.0, 0.01),
            help=_("The least rise for which the change would pay. Not the rise that you hope for."),
        )  # fmt: skip
    else:
        effect = Control(
            "points", _("Smallest effect worth having, in points"), "number", high=bounds.POINTS.high, slide=(0.1, 10.0, 0.1),
            help=_("The least rise for which the change would pay. Not the rise that you hope for."),
        )  # fmt: skip
    return [
        Group(
            _("The step to be improved"),
            [
                Control("base", _("Rate now"), "percent", high=1.0, slide=(0.0, 0.5, 0.001)),
                effect,
                Control("daily", _("Visitors a day, both arms together"), optional=True),
                _have(),
            ],
        ),
        Group(
            _("How careful"),
            [
                _level(),
                Control(
                    "power", _("Power of the test"), "percent", low=bounds.POWER.low, high=bounds.POWER.high,
                    slide=(0.5, 0.99, 0.01),
                    help=_("How often the test should find the effect if it is real."),
                ),
            ],
        ),
    ]  # fmt: skip


def _read(inputs: model.Inputs) -> list[Group]:
    more = _("No more than the people in the arm.")
    people = bounds.PEOPLE.high
    prior: dict[str, Any] = {"low": bounds.PRIOR.low, "high": bounds.PRIOR.high}
    return [
        Group(
            _("The two arms"),
            [
                Control("xa", _("A: conversions"), high=people, put=_whole("xa", most="na"), help=more),
                Control("na", _("A: people"), high=people, put=_whole("na", least="xa")),
                Control("xb", _("B: conversions"), high=people, put=_whole("xb", most="nb"), help=more),
                Control("nb", _("B: people"), high=people, put=_whole("nb", least="xb")),
            ],
        ),
        Group(
            _("Level, plan and prior"),
            [
                _level(),
                Control(
                    "have", _("People per arm that were planned"), optional=True, high=people,
                    help=_("Empty: the people of the smaller arm."),
                ),
                Control(
                    "split", _("Share of people planned for A"), "percent", low=bounds.SPLIT.low, high=bounds.SPLIT.high,
                    slide=(0.05, 0.95, 0.05),
                ),
                Control("prior_x", _("Prior of both arms: successes (a₀)"), "number", slide=(), **prior),
                Control("prior_y", _("Prior of both arms: failures (b₀)"), "number", slide=(), **prior),
            ],
            folded=True,
            note=_("A prior of one success and one failure takes every rate for equally plausible before the data."),
        ),
    ]  # fmt: skip


def _peek(inputs: model.Inputs) -> list[Group]:
    return [
        Group(
            "",
            [
                Control(
                    "looks", _("Looks at the test"), low=bounds.LOOKS.low, high=bounds.LOOKS.high,
                    slide=(bounds.LOOKS.low, bounds.LOOKS.high, 1.0), put=_whole("looks"),
                    help=_("After equally many new people each. The test stops at the first alarm."),
                ),
                _level(),
                Control(
                    "metrics", _("Independent metrics"), low=bounds.METRICS.low, high=bounds.METRICS.high, slide=(1.0, 30.0, 1.0),
                    put=_whole("metrics"), help=_("Each judged once, at the end."),
                ),
            ],
        )
    ]  # fmt: skip


def findings(inputs: model.Inputs) -> Findings:
    """Answer what the view asks."""
    result = model.compute(inputs)
    if result.plan is not None:
        return plan(inputs, result.plan)
    return read(inputs, result.reading) if result.reading is not None else peek(inputs, certain(result.peeks))


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the view's numbers under plain names."""
    result = model.compute(inputs)
    if result.plan is not None:
        head = ["base", "effect", "target", "per_arm_exact", "per_arm", "rule_of_thumb", "days"]
        return head, [
            [inputs.base, effect, target, size.exact, size.per_arm, size.rule_of_thumb, days]
            for effect, target, size, days in result.plan.others
        ]
    if result.peeks is not None:
        rows = zip(result.peeks.alarms, result.peeks.separate, strict=True)
        return ["looks", "false_alarms_simulated", "separate_tests"], [[k, *both] for k, both in enumerate(rows, 1)]
    return ["quantity", "value", "low", "high"], model.report(certain(result.reading))


CALCULATOR = Calculator(SLUG, model, groups, findings, csv_table, picks, charts=2, stays=("view",))
