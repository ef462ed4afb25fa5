"""What a document is asked for with, and what comes back: the same for a button, a page and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Ask:
    """Hold what a document is made from.

    `code` and `digits` say for which reader; `calculator` is a slug and `scenario` its plain `{str: str}` (empty: the
    document stays empty); `lesson` a slug; `seed` fixes the order of an exercise sheet; `link` is printed as text and QR;
    `day` is the date printed, because a document has no clock of its own. `events` are what a calculator's findings take
    besides its numbers, where the events behind these are at hand (see `statements.calculator`).
    """

    code: str
    digits: str | None = None
    calculator: str = ""
    scenario: Mapping[str, str] = field(default_factory=dict)
    lesson: str = ""
    seed: int = 1
    link: str = ""
    day: date | None = None
    events: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Document:
    """Describe one document: its `id` (key of its words), file `ending` and `make`, from an Ask to bytes.

    `needs` names what must be asked for with it: "" nothing, "scenario" a calculator's numbers, "lesson" a lesson;
    `fits` the calculators whose numbers it can take; with `any_calculator` it takes all others too.
    """

    id: str
    ending: str
    make: Callable[[Ask], bytes]
    needs: str = ""
    fits: tuple[str, ...] = ()
    any_calculator: bool = False

    def takes(self, ask: Ask) -> bool:
        """Say whether this can be made from the numbers that are asked for."""
        return ask.calculator in self.fits or (self.any_calculator and bool(ask.calculator))
