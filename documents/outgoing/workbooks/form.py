"""A sheet that reads like a form: one number a row, its name at the start, what it means at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.outgoing.workbooks.book import LINE, Book, Page
from funnel.facts.businesses import CURRENCIES

LABEL, VALUE, HINT = 0, 1, 2


class Form:
    """Write rows from the top down; each returns the address of its number. `given` are Inputs to fill them with, if any."""

    def __init__(self, book: Book, key: str, given: Any = None) -> None:
        self.book, self.say, self.given = book, book.say, given
        self.page = Page(book, key, (36, 19, 62))
        self.page.title(key, HINT)
        self.page.heads(3, self.say.many("form.heads"))
        self.row = 4

    def section(self, key: str) -> None:
        """Begin a group of rows."""
        self.page.text(self.row, 0, self.say(f"form.{key}"), HINT, bold=True, font_size=12)
        self.row += 1

    def ask(self, key: str, kind: str, value: float | str | None = None, choices: Sequence[str] = ()) -> str:
        """Write an input. The name of the field, `key`, is also the key of its words under `terms`."""
        label = self._label(key)
        cell = self.page.give(self.row, VALUE, key, kind, value, choices=choices, label=(self.row, LABEL, label))
        self.book.file.define_name(f"tf_{key.replace('-', '_')}", "=" + self.page.far(self.row, VALUE))
        self.row += 1
        return cell

    def field(self, key: str, kind: str, name: str) -> str:
        """Write an input for a field of the Inputs."""
        return self.ask(key, kind, None if self.given is None else getattr(self.given, name))

    def currency(self, key: str) -> None:
        """Write the choice of the currency; none is the empty cell."""
        chosen = None if self.given is None else self.given.currency
        self.ask(key, "choice", None if chosen == CURRENCIES[0] else chosen, CURRENCIES[1:])

    def tell(self, key: str, formula: str, value: float | str, kind: str) -> str:
        """Write a number that follows."""
        self._label(key)
        cell = self.page.formula(self.row, VALUE, formula, value, kind)
        self.row += 1
        return cell

    def _label(self, key: str) -> str:
        label = self.say(f"terms.{key}.name")
        self.page.label(self.row, LABEL, label)
        self.page.text(self.row, HINT, self.say(f"terms.{key}.meaning"), border=1, border_color=LINE, valign="vcenter")
        return label

    def finish(self) -> None:
        """Set what is printed and what stays in sight."""
        self.page.finish(HINT, 3, (4, 1), whole=True)
