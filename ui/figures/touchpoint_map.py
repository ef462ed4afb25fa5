"""Touchpoint map: interviews are sorted by the phase in which the decision fell; counted is what was named, decided, paid."""

from __future__ import annotations

from dataclasses import dataclass, field

from course import library
from funnel.figures.touchpoints import Influence, Interview, influence, ranked
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.figures.sort import Board
from ui.learn.prose import prose

NAME = "touchpoint-map"
PHASES = ("consider", "evaluate", "buy", "after")
TOUCHPOINTS = ("rep", "sample", "ad", "neighbour", "fair", "delivery")
BOARD = Board(NAME, "interviews", PHASES, tuple(f"i{n}" for n in range(1, 13)))
ORDERS = ("named", "decided", "paid")


@dataclass(frozen=True)
class Inputs:
    """Where the decision of each interview fell, and by what the map is ordered."""

    interviews: tuple[str, ...] = BOARD.lying("at", "The phase of each interview")
    order: str = field(default="named", metadata=written("by", Choice(ORDERS), "What the map is ordered by"))


def counted(inputs: Inputs) -> dict[str, Influence]:
    """Return what the interviews sorted so far say of each touchpoint."""
    told = {
        key: Interview(tuple(one["named"]), one["decided"]) for key, one in library.figure_facts(NAME)["told"].items()
    }
    return influence(told, BOARD.places(inputs), TOUCHPOINTS, PHASES)


def draw(_inputs: Inputs) -> None:
    """Draw the interviews, then the map that they make."""
    words = kit.words(NAME)
    inputs = BOARD.draw()
    kit.html(f'<h4>{kit.said(words["map"])}</h4><div class="tf-prose tf-quiet">{prose(words["how"])}</div>')
    kit.choose(NAME, "order", words["order"], {one: words["orders"][one] for one in ORDERS})
    kit.html(f'{_map(inputs, words)}<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _order(inputs: Inputs, found: dict[str, Influence]) -> tuple[str, ...]:
    paid = library.figure_facts(NAME)["paid"]
    if inputs.order == "paid":
        return tuple(sorted(TOUCHPOINTS, key=lambda one: -paid[one]))
    return ranked(found, inputs.order)


def _map(inputs: Inputs, words: dict) -> str:
    """Return the touchpoints as rows of three bars: named, decided, paid for."""
    numbers, found, paid = state.reader().numbers, counted(inputs), library.figure_facts(NAME)["paid"]
    rows = []
    for one in _order(inputs, found):
        said = found[one]
        where = [
            kit.filled(words["at"], phase=kit.said(words["interviews"]["columns"][phase]), n=numbers.count(n))
            for phase, n in said.phase.items()
            if n
        ]
        bars = (
            _bar("named", said.share_named, kit.filled(words["named"], n=numbers.count(said.named)))
            + _bar("decided", said.share_decided, kit.filled(words["decided"], n=numbers.count(said.decided)))
            + _bar("paid", paid[one], kit.filled(words["paid"], share=numbers.percent(paid[one], 0)))
        )
        phases = f'<p class="tf-where">{kit.said(words["comma"]).join(where)}</p>' if where else ""
        rows.append(f"<li><b>{kit.said(words['touchpoints'][one])}</b><div>{bars}{phases}</div></li>")
    return f'<ol class="tf-touch">{"".join(rows)}</ol>'


def _bar(kind: str, share: float | None, text: str) -> str:
    bar = f'<i style="--share:{share:.4f}"></i>' if share else ""
    return f'<p class="tf-touch-{kind}"><span>{bar}</span><span>{text}</span></p>'


def describe(inputs: Inputs) -> str:
    """Say how the interviews lie, what was named most, what decided most, and what the money goes into."""
    words, numbers = kit.words(NAME), state.reader().numbers
    found, paid = counted(inputs), library.figure_facts(NAME)["paid"]
    said = BOARD.told(inputs)
    if not BOARD.count(inputs).sorted:
        return said
    most, decided = ranked(found, "named")[0], ranked(found, "decided")[0]
    empty = max((one for one in TOUCHPOINTS if not found[one].decided), key=paid.__getitem__)
    return f"{said} " + kit.filled(
        words["told"],
        most=kit.said(words["touchpoints"][most]),
        named=numbers.count(found[most].named),
        decisive=kit.said(words["touchpoints"][decided]),
        decided=numbers.count(found[decided].decided),
        share=numbers.percent(paid[decided], 0),
        empty=kit.said(words["touchpoints"][empty]),
        spent=numbers.percent(paid[empty], 0),
    )


FIGURE = Figure(Inputs(), draw, describe)
