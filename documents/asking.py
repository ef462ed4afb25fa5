"""What a document is asked for with, and what comes back: the same for a button, a page and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Told:
    """Hold what a calculator's page says of its numbers, for a report on them.

    `headline`, the three parts of each of `figures` (what it is, the number, a word on it), `notes` and `body` are HTML of
    ours, in the reader's words and digits; `given` are the numbers that were set, as text: (heading, (what, number) ...);
    `charts` are PNG.
    """

    headline: str
    figures: tuple[tuple[str, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    body: str = ""
    given: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    charts: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Ask:
    """Hold what a document is made from.

    `code` and `digits` say for which reader; `calculator` is a slug and `scenario` its plain `{str: str}` (empty: the
    document stays empty); `lesson` a slug; `seed` fixes the order of an exercise sheet; `link` is printed as text and QR;
    `day` is the date printed, because a document has no clock of its own. `told` gives, when it is called, what the
    calculator's page says of its numbers: only the page can say it.
    """

    code: str
    digits: str | None = None
    calculator: str = ""
    scenario: Mapping[str, str] = field(default_factory=dict)
    lesson: str = ""
    seed: int = 1
    link: str = ""
    day: date | None = None
    told: Callable[[], Told] | None = None


@dataclass(frozen=True)
class Document:
    """Describe one document: its `id` (key of its words), file `ending` and `make`, from an Ask to bytes.

    `needs` names what must be asked for with it: "" nothing, "scenario" a calculator's numbers, "lesson" a lesson;
    `fits` the calculators whose numbers it can take; with `any_page` it takes all others too, where `Ask.told` comes along.
    """

    id: str
    ending: str
    make: Callable[[Ask], bytes]
    needs: str = ""
    fits: tuple[str, ...] = ()
    any_page: bool = False

    def takes(self, ask: Ask) -> bool:
        """Say whether this can be made from the numbers that are asked for."""
        return ask.calculator in self.fits or (self.any_page and bool(ask.calculator) and ask.told is not None)
