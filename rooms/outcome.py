"""What came of a room, as plain data for files: what was asked, the rounds side by side, no names. In one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from funnel.calculators import stage_conversion
from funnel.facts.stages import Stage, clean_name
from funnel.links import scenario
from i18n.numbers import numbers
from rooms.items import Item, said
from rooms.storage import Room
from rooms.tally import Answer, by_round


@dataclass(frozen=True)
class Asked:
    """One thing that was asked, with its tally by round."""

    number: int
    item: Item
    ask: str
    rounds: dict[int, dict[str, Any]]


@dataclass(frozen=True)
class Outcome:
    """A room's results in a language; ``link`` is the query of the room's funnel on "Stage conversion", "" without one."""

    code: str
    language: str
    digits: str
    lesson: str
    seats: int
    asked: tuple[Asked, ...]
    link: str = ""


def outcome(room: Room, answers: Sequence[Sequence[Answer]], seats: int, code: str, digits: str) -> Outcome:
    """Return the results of the items that were asked; open texts only as far as they were let through."""
    write = numbers(code, digits)
    asked = tuple(
        Asked(i + 1, item, write.text(said(item.ask, code)), rounds)
        for i, item in enumerate(room.items)
        if (rounds := by_round(item, answers[i]))
    )
    links = [link(one, code) for one in asked if one.item.kind == "rates"]
    return Outcome(room.code, code, digits, room.lesson, seats, asked, links[-1] if links else "")


def link(asked: Asked, code: str) -> str:
    """Return the query that opens the funnel of the last round's medians."""
    item, last = asked.item, asked.rounds[max(asked.rounds)]
    stages = tuple(Stage(name=clean_name(said(one, code))) for one in item.stages)
    rates = (None, *(one["median"] for one in last["steps"]))
    inputs = stage_conversion.Inputs(stages=stages, now=(item.top, *rates[1:]), basis="rates")
    return urlencode(scenario.encode(inputs))
