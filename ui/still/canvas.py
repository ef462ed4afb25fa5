"""What a figure is drawn on where no app is: its elements become HTML, in boxes like those of the app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from ui.desks import Desk
from ui.text import escape


@dataclass
class Box:
    """A box of elements; `with box:` draws into it, also later, as with Streamlit's containers."""

    canvas: Canvas
    key: str = ""
    across: bool = False
    parts: list[str | Box] = field(default_factory=list)

    def __enter__(self) -> Box:
        self.canvas.open.append(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.canvas.open.pop()

    def html(self) -> str:
        """Return the box as HTML; an empty one is none."""
        inside = "".join(part if isinstance(part, str) else part.html() for part in self.parts)
        names = [f"st-key-{self.key}"] if self.key else []
        names += ["tf-across"] if self.across else []
        return f'<div class="{" ".join(names)}">{inside}</div>' if inside and names else inside


@dataclass
class Canvas:
    """What is drawn on: the boxes that are open, the innermost last, and the desks of the figures drawn."""

    open: list[Box] = field(default_factory=list)
    desks: dict[str, Desk] = field(default_factory=dict)

    def html(self, made: str) -> None:
        """Add an element. It has the class of Streamlit's, for the stylesheets."""
        self.open[-1].parts.append(f'<div class="stHtml">{made}</div>')

    def box(self, key: str = "", across: bool = False) -> Box:
        """Add a box."""
        made = Box(self, key, across)
        self.open[-1].parts.append(made)
        return made

    def choice(self, words: str, options: dict[str, str], value: Any) -> None:
        """Add a choice as it stands: its name, what there is to choose from, and which one is chosen."""
        items = "".join(
            f"<li{' aria-current=true' if one == value else ''}>{escape(text)}</li>" for one, text in options.items()
        )
        self.open[-1].parts.append(f'<div class="tf-chosen"><p>{escape(words)}</p><ul>{items}</ul></div>')


_current: ContextVar[Canvas | None] = ContextVar("canvas", default=None)


def canvas() -> Canvas | None:
    """Return what is drawn on; None in the app, which draws with Streamlit."""
    return _current.get()


@contextmanager
def drawing() -> Iterator[Box]:
    """Draw on a canvas inside a `with` block; what comes back has the HTML afterwards."""
    made = Canvas()
    whole = Box(made)
    before = _current.set(made)
    try:
        with whole:
            yield whole
    finally:
        _current.reset(before)
