"""A desk: what a session holds of one calculator or figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from funnel.links import scenario

MOST_STEPS_BACK = 50


@dataclass
class Desk:
    """One calculator's present Inputs, its past (for undo), and what the link could not give."""

    inputs: Any
    past: list[Any] = field(default_factory=list)
    future: list[Any] = field(default_factory=list)  # what was undone, the last first
    changes: tuple[scenario.Change, ...] = ()
    seen: dict[str, Any] = field(default_factory=dict)  # what each slider showed when it was drawn last
    kept: Any = None  # Inputs that the key figures are compared with: "now", while the learner tries a "what if"

    def put(self, inputs: Any) -> None:
        """Make ``inputs`` the present, and what was there the first step back; what was undone is gone then."""
        if inputs != self.inputs:
            self.past.append(self.inputs)
            del self.past[:-MOST_STEPS_BACK]
            self.future.clear()
            self.inputs = inputs

    def undo(self) -> None:
        """Go one step back; nothing happens where there is none."""
        if self.past:
            self.future.append(self.inputs)
            self.inputs = self.past.pop()

    def redo(self) -> None:
        """Do again what was undone last; nothing happens where there is nothing."""
        if self.future:
            self.past.append(self.inputs)
            self.inputs = self.future.pop()
