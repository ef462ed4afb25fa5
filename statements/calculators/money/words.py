"""Money, what its three questions share: names, periods, bars, and what to say when the sales are not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from funnel.calculators import money as model
from statements.bars import Bars
from statements.say import Say
from statements.text import _, pgettext, stage_name, typed


def names_of(inputs: model.Inputs) -> list[str]:
    """Return the stages' names as text."""
    return [stage_name(stage, i) for i, stage in enumerate(inputs.stages)]


def when(period: str) -> str:
    """Return the period as a part of a sentence: "this month"."""
    return {
        "month": pgettext("when", "this month"),
        "quarter": pgettext("when", "this quarter"),
        "year": pgettext("when", "this year"),
        "campaign": pgettext("when", "in this campaign"),
    }[period]


@dataclass(frozen=True)
class Words:
    """Hold the inputs, their result and who writes them; `names` of the stages, each isolated where a learner wrote it."""

    inputs: model.Inputs
    result: model.Result

    @property
    def say(self) -> Say:
        return Say(self.inputs.currency)

    @property
    def names(self) -> list[str]:
        pairs = zip(self.inputs.stages, names_of(self.inputs), strict=True)
        return [name if stage.id else typed(name) for stage, name in pairs]

    @property
    def lead(self) -> str | None:
        """The name of the lead stage."""
        return None if self.inputs.lead == model.NO_LEAD else self.names[int(self.inputs.lead)]

    @property
    def when(self) -> str:
        return when(self.inputs.period)

    def spoken(self) -> list[str]:
        """Say what to call the people of the businesses that have no customers."""
        if self.inputs.source == "s7-ngo-usd":
            return [
                self.say(
                    _(
                        "A charity has donors, not customers. Read “customer” as a completed gift, CAC as what winning one cost."
                    )
                )
            ]
        if self.inputs.source == "s4-clinic-aed":
            return [self.say(_("A clinic has patients. Read “customer” as a patient who accepted a treatment plan."))]
        return []


def bars_of(
    say: Say, rows: Sequence[tuple[str, str, float | None, str]], until: dict[int, float] | None = None
) -> Bars:
    """Draw amounts on one baseline; what is negative or not defined has words and no bar."""
    longest = max((value for _title, _note, value, _kind in rows if value is not None), default=0.0)
    bars = Bars()
    for i, (title, note, value, kind) in enumerate(rows):
        share = None if value is None or longest <= 0 else max(0.0, value / longest)
        rest = (until or {}).get(i)
        bars.add(title, note, share, kind=kind, until=rest / longest if rest and longest > 0 else None)
    return bars


def unknown_sales(words: Words) -> str | None:
    """Say what is missing before the sales can be counted."""
    say, result, inputs = words.say, words.result, words.inputs
    if result.revenue is not None:
        return None
    if result.customers is None and inputs.known != "revenue":
        return say(_("Enter the people at “%(last)s”; without them there is no revenue."), last=words.names[-1])
    if inputs.known == "list":
        return say(_("Type the single sales, one a row; their mean counts as the average sale."))
    if inputs.known == "revenue":
        return say(_("Enter the revenue; without it nothing is known to have come back."))
    if inputs.source in ("s2-saas-usd", "s6-app-usd"):
        return say(
            _(
                "A subscription has no single sale: it pays a little each month. Enter what a customer pays in the "
                "time that you want to count, for example a year."
            )
        )
    return say(_("Enter the average sale; without it nothing is known to have come back."))
