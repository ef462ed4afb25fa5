"""What follows from a calculator's numbers, before anybody draws or prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from statements.bars import Bars
from statements.blocks import Block
from statements.plane import Late, Plane

Chart = Bars | Plane | Late


@dataclass(frozen=True)
class KeyFigure:
    """One key figure: what it is, the number as the reader sees it, and a word on what it counts."""

    label: str
    value: str
    note: str = ""


@dataclass
class Findings:
    """What follows from the numbers; every text is plain (see ``statements.blocks``).

    ``headline`` is one or two sentences, ``notes`` what the learner must know (edge cases, warnings), ``figures`` the key
    figures (the first one stays in sight on a phone), ``charts`` pictures, ``body`` tables and formulas.
    """

    headline: str
    figures: Sequence[KeyFigure] = ()
    notes: Sequence[str] = ()
    charts: Sequence[Chart] = ()
    body: Sequence[Block] = ()
