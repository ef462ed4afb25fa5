"""Who is reading: one person's language, digits and catalogue, together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from i18n.catalog import Catalog, catalog
from i18n.languages import Language, language, pick_digits
from i18n.numbers import Numbers, numbers


@dataclass(frozen=True)
class Reader:
    """Who is reading: the language, its catalogue and the chosen digits."""

    language: Language
    digits: str
    numbers: Numbers
    catalog: Catalog

    @property
    def rtl(self) -> bool:
        """Say whether the language is read from right to left."""
        return self.language.direction == "rtl"

    @property
    def key(self) -> str:
        """Return a suffix for widgets that must be made anew when language or digits change."""
        return f"{self.language.code}-{self.digits}"


# A session's script runs in a thread of its own, so the context holds this session's reader and nobody else's.
current: ContextVar[Reader | None] = ContextVar("reader", default=None)
_finders: list[Callable[[], Reader]] = []


def reader() -> Reader:
    """Return who is reading. Raises LookupError outside a session and outside `reading`."""
    found = current.get()
    if found is None:
        if not _finders:
            raise LookupError("nobody is reading: use `with reading(language)` outside a session")
        found = _finders[-1]()
        current.set(found)
    return found


def found_by(find: Callable[[], Reader]) -> None:
    """Say how the reader of a context is found that has none yet: the room that knows the session says it once."""
    _finders[:] = [find]


@contextmanager
def reading(code: str, digits: str | None = None) -> Iterator[None]:
    """Write for a reader inside a `with` block, where no session is: for a file, or from a command line."""
    before = current.set(made(code, digits))
    try:
        yield
    finally:
        current.reset(before)


def made(code: str, digits: str | None) -> Reader:
    """Return a reader of a language; digits that it does not have are replaced by its own."""
    found = language(code)
    digits = pick_digits(found, digits)
    return Reader(found, digits, numbers(code, digits), catalog(code))
