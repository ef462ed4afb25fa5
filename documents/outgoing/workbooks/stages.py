"""Marketing, sales, and both joined: one table of stages whose rates, losses and bottlenecks follow what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from documents.asking import Ask
from documents.outgoing.workbooks.about import about
from documents.outgoing.workbooks.agreement import agreement
from documents.outgoing.workbooks.book import Book
from documents.outgoing.workbooks.stage_table import Table
from funnel.calculators import handover, money
from funnel.facts.stages import Stage
from funnel.formulas.conversion import Value
from funnel.inputs.funnel import Inputs, fit, in_basis
from funnel.links.scenario import decode, encode
from funnel.quantities import COUNT

#: The stages that an empty form begins with; the marketing funnel ends where sales takes over (correction C17).
EMPTY = {
    "workbook-marketing": ("visits", "leads", "mql"),
    "workbook-sales": ("sql", "opportunity", "customers"),
    "workbook-joined": ("visits", "leads", "mql", "sql", "opportunity", "customers"),
}


@dataclass(frozen=True)
class Filled:
    """Hold what goes into the table: the funnel in people, and numbers that only one of the workbooks has, by name."""

    inputs: Inputs
    filled: bool
    facts: Mapping[str, Value]


def marketing(ask: Ask) -> bytes:
    """Make the marketing funnel: what a person at each stage costs."""
    return _make(ask, "workbook-marketing")


def sales(ask: Ask) -> bytes:
    """Make the sales funnel: what it brings, and how many people a target needs."""
    return _make(ask, "workbook-sales")


def joined(ask: Ask) -> bytes:
    """Make both funnels in one table, with the agreement on the handover."""
    return _make(ask, "workbook-joined")


def people(inputs: Inputs) -> Inputs:
    """Return the same funnel in people, as the sheet has it; a count that the rates do not lead to is left empty."""
    if inputs.basis == "people":
        return inputs
    what_if = None if inputs.what_if is None else in_basis(inputs.what_if, "people")
    return replace(inputs, basis="people", now=in_basis(inputs.now, "people"), what_if=what_if)


def filled(ask: Ask, id: str) -> Filled:
    """Return what the person in front of the calculator has, or the empty form."""
    if ask.calculator == "stage_conversion" and ask.scenario:
        inputs = people(decode(Inputs, ask.scenario).inputs)
        return Filled(inputs, True, {"handover": _handed([stage.id for stage in inputs.stages])})
    if ask.calculator == "money" and ask.scenario:
        paid = decode(money.Inputs, ask.scenario).inputs
        nothing = (None,) * len(paid.stages)
        facts = {"marketing": paid.marketing, "average-sale": money.compute(paid).sale, "margin": paid.margin}
        facts["handover"] = _handed([stage.id for stage in paid.stages])
        return Filled(Inputs(paid.source, paid.stages, "people", paid.counts, None, nothing), True, facts)
    if ask.calculator == "handover" and ask.scenario:
        scored = decode(handover.Inputs, ask.scenario).inputs
        found = handover.compute(scored)
        counts = tuple(fit(count, COUNT) for count in found.counts)
        inputs = Inputs(
            scored.source, tuple(map(Stage, handover.STAGES)), "people", counts, None, (None,) * len(counts)
        )
        facts = {"handover": found.handed_at + 1, "marketing": scored.marketing}
        return Filled(inputs, True, facts)
    stages = EMPTY[id]
    nobody = (None,) * len(stages)
    return Filled(
        Inputs("own", tuple(map(Stage, stages)), "people", nobody, None, nobody), False, {"handover": _handed(stages)}
    )


def _handed(ids: Sequence[str]) -> float | None:
    """Return the number of the stage at which marketing hands over, from 1 (correction C17)."""
    return ids.index("mql") + 1 if "mql" in ids else None


def _make(ask: Ask, id: str) -> bytes:
    book, given = Book(ask, id), filled(ask, id)
    terms = ["step-rate", "from-top", "overall", "lost-people", "reference", "gain", "bottleneck", "what-if"]
    extra = {"workbook-marketing": ["cost-per-stage"], "workbook-sales": ["needed", "average-sale", "margin"]}
    whose = (given.inputs.title or book.say.source(given.inputs.source)) if given.filled else ""
    about(book, terms + extra.get(id, ["handover", "sla"]), whose)
    Table(book, given.inputs, given.facts).write()
    if id == "workbook-joined":
        agreement(book)
    return book.close("stage_conversion", encode(given.inputs))
