"""How one field of a scenario is written into a link and read back.

Besides the signs in a learner's own words, only letters, digits and - . _ ~ are used, which no browser, mail program or
chat escapes: values of a list are joined by "_", an empty place is "-", own words start with "~" and carry "~0" for "~"
and "~1" for "_"; words with other letters than Latin start with "~~" and are in Punycode.

Reading never fails. A codec returns what it could use and reports each thing that it dropped or changed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from funnel.facts.stages import MAX_STAGES, STAGE_IDS, Stage, clean_name, clean_text
from funnel.links.names import SEPARATOR as _SEPARATOR
from funnel.links.names import read_name, write_name
from funnel.quantities import Quantity

#: What can happen to a part of a link; the interface has one sentence for each.
CODES = ("version", "unreadable", "out-of-range", "too-many", "too-few", "unknown", "cleaned", "inconsistent")

MAX_GIVEN = 60
_MAX_TEXT = 4000  # the longest field that `write` produces is far shorter: 10 names of 40 characters
_MAX_NUMBER = 40  # the longest float in shortest form has 24 characters
_EMPTY = "-"
_ROW = "~"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]{1,4})?")


@dataclass(frozen=True)
class Change:
    """Say that a part of a link could not be used as it was.

    `field` is the name of the field ("v" for the version, "" for the whole), `code` one of CODES, `index` the position
    in a list or None, `given` what the link held (cleaned, at most 60 characters), `used` what stands there now, as
    text ("" for left empty).
    """

    field: str
    code: str
    index: int | None
    given: str
    used: str


Report = Callable[[str, int | None, str, str], None]
"""report(code, index, given, used): what a codec calls while reading."""


class Codec(Protocol):
    """Write one field as link text and read it back: `read(write(x), ...) == x` for every valid x."""

    def write(self, value: Any) -> str: ...

    def read(self, text: str, fallback: Any, report: Report) -> Any: ...


def written(key: str, codec: Codec, doc: str, *, origin: bool = False) -> dict[str, Any]:
    """Return the metadata of a field: its `key` in a link, its codec, and one sentence on what it is.

    Fields with `origin` choose what the others default to (see `scenario.encode`).
    """
    return {"key": key, "codec": codec, "doc": doc, "origin": origin}


def write_number(value: float) -> str:
    """Write a finite number so that `float()` gives exactly the same back, as short as that allows.

    >>> write_number(48000.0), write_number(0.06), write_number(1e22)
    ('48000', '0.06', '1e22')
    """
    return repr(float(value)).removesuffix(".0").replace("e+", "e")


def read_number(text: str) -> float | None:
    """Read what `write_number` wrote; None for anything else. May return infinity ("1e999"), never NaN.

    >>> read_number("0.06"), read_number("nan"), read_number("1e999")
    (0.06, None, inf)
    """
    if len(text) > _MAX_NUMBER or not _NUMBER.fullmatch(text):
        return None
    return float(text)


@dataclass(frozen=True)
class Number:
    """One number within the bounds of a quantity."""

    quantity: Quantity

    def write(self, value: float) -> str:
        return write_number(value)

    def read(self, text: str, fallback: float, report: Report) -> float:
        value = read_number(text)
        if value is not None and self.quantity.fits(value):
            return self.quantity.check(value)
        report("unreadable" if value is None else "out-of-range", None, text, "")
        return fallback


@dataclass(frozen=True)
class Choice:
    """One of a few known ids."""

    options: tuple[str, ...]

    def write(self, value: str) -> str:
        return value

    def read(self, text: str, fallback: str, report: Report) -> str:
        if text in self.options:
            return text
        report("unknown", None, text, fallback)
        return fallback


@dataclass(frozen=True)
class Maybe:
    """A field that may be None as a whole, written "none"."""

    inner: Codec

    def write(self, value: Any) -> str:
        return "none" if value is None else self.inner.write(value)

    def read(self, text: str, fallback: Any, report: Report) -> Any:
        return None if text == "none" else self.inner.read(text, fallback, report)


def _split(text: str, most: int, report: Report) -> list[str]:
    """Split a list into at most `most` parts, whatever its length."""
    parts = text[:_MAX_TEXT].split(_SEPARATOR, most)
    # What was cut in the middle could read as a different, valid number: drop it rather than guess.
    if len(text) > _MAX_TEXT and len(parts) > 1:
        parts.pop()
        report("too-many", None, text, str(min(len(parts), most)))
    elif len(parts) > most:
        report("too-many", None, text, str(most))
    return parts[:most]


@dataclass(frozen=True)
class Series:
    """A list of numbers, any of them None (left empty), each within the bounds of a quantity."""

    quantity: Quantity
    most: int = MAX_STAGES

    def write(self, value: tuple[float | None, ...]) -> str:
        return _SEPARATOR.join(_EMPTY if item is None else write_number(item) for item in value)

    def read(self, text: str, fallback: Any, report: Report) -> Any:
        parts = _split(text, self.most, report)
        numbers = [read_number(part) for part in parts]
        if all(number is None for number in numbers) and _EMPTY not in parts:
            report("unreadable", None, text, "" if fallback is None else self.write(fallback))
            return fallback
        values: list[float | None] = []
        for index, (part, number) in enumerate(zip(parts, numbers, strict=True)):
            usable = number is not None and self.quantity.fits(number)
            values.append(number if usable else None)
            if not usable and part != _EMPTY:
                report("unreadable" if number is None else "out-of-range", index, part, "")
        return tuple(values)


@dataclass(frozen=True)
class NumberList:
    """A list of numbers without gaps, each within the bounds of a quantity; written "none" when it is empty.

    One unusable number makes the whole fall back: without it, every later number would stand for another month.
    """

    quantity: Quantity
    least: int = 0
    most: int = MAX_STAGES

    def write(self, value: tuple[float, ...]) -> str:
        return _SEPARATOR.join(map(write_number, value)) or "none"

    def read(self, text: str, fallback: tuple[float, ...], report: Report) -> tuple[float, ...]:
        parts = [] if text == "none" else _split(text, self.most, report)
        if len(parts) < self.least:
            report("too-few", None, text, self.write(fallback))
            return fallback
        values = []
        for index, part in enumerate(parts):
            number = read_number(part)
            if number is None or not self.quantity.fits(number):
                report("unreadable" if number is None else "out-of-range", index, part, "")
                return fallback
            values.append(self.quantity.check(number))
        return tuple(values)


@dataclass(frozen=True)
class StageList:
    """A list of stages: known ids, and the learner's own names after "~".

    `known` and `kind` are the ids and the class of what is listed, for a list of other things than stages.
    """

    least: int
    most: int
    known: tuple[str, ...] = STAGE_IDS
    kind: type = Stage

    def write(self, value: tuple[Any, ...]) -> str:
        return _SEPARATOR.join(one.id or write_name(one.name) for one in value)

    def read(self, text: str, fallback: tuple[Any, ...], report: Report) -> tuple[Any, ...]:
        parts = _split(text, self.most, report)
        if len(parts) < self.least:
            report("too-few", None, text, self.write(fallback))
            return fallback
        return tuple(self._one(part, index, report) for index, part in enumerate(parts))

    def _one(self, part: str, index: int, report: Report) -> Any:
        if part in self.known:
            return self.kind(part)
        own = part.startswith("~")
        name = read_name(part) if own else part
        cleaned = clean_name(name)
        # An id that only a later version knows still says something to the learner: it becomes her own name.
        if not own and part:
            report("unknown", index, part, cleaned)
        elif cleaned != name:
            report("cleaned", index, name, cleaned)
        return self.kind(name=cleaned)


@dataclass(frozen=True)
class Names:
    """A list of a learner's own names, "" where something has none. A name stands after "~", as in StageList."""

    most: int

    def write(self, value: tuple[str, ...]) -> str:
        return _SEPARATOR.join(write_name(name) if name else _EMPTY for name in value)

    def read(self, text: str, fallback: Any, report: Report) -> tuple[str, ...]:
        return tuple(self._name(part, index, report) for index, part in enumerate(_split(text, self.most, report)))

    def _name(self, part: str, index: int, report: Report) -> str:
        if part == _EMPTY:
            return ""
        name = read_name(part)
        cleaned = clean_name(name)
        if cleaned != name:
            report("cleaned", index, name, cleaned)
        return cleaned


@dataclass(frozen=True)
class Name:
    """One name of the learner's own, "" for none; written as in Names."""

    def write(self, value: str) -> str:
        return Names(1).write((value,))

    def read(self, text: str, fallback: str, report: Report) -> str:
        def whole(code: str, _index: int | None, given: str, used: str) -> None:
            report(code, None, given, used)

        return Names(1).read(text, (fallback,), whole)[0]


@dataclass(frozen=True)
class Table:
    """A few rows of numbers, joined by "~"; each row is a Series without the empty places at its end.

    A row holds at least one place. `rows` and `columns` are the most that are read.
    """

    quantity: Quantity
    rows: int
    columns: int

    def write(self, value: tuple[tuple[float | None, ...], ...]) -> str:
        return _ROW.join(Series(self.quantity, self.columns).write(row) for row in value)

    def read(self, text: str, fallback: Any, report: Report) -> Any:
        longest = (_MAX_NUMBER + 1) * self.columns * self.rows
        parts = text[:longest].split(_ROW, self.rows)
        if len(text) > longest and 1 < len(parts) <= self.rows:
            parts.pop()  # cut in its middle, the last row could read as another, valid one
        if len(parts) > self.rows or len(text) > longest:
            report("too-many", None, text, str(min(len(parts), self.rows)))
        table = []
        for number, part in enumerate(parts[: self.rows]):
            row = self._row(part, number, report)
            if row is None:
                return fallback
            table.append(row)
        return tuple(table)

    def _row(self, text: str, number: int, report: Report) -> tuple[float | None, ...] | None:
        """Return one row; None where nothing in it can be read. What is wrong is reported with the row's number."""

        def in_row(code: str, _index: int | None, given: str, used: str) -> None:
            report(code, number, given, used)

        row: tuple[float | None, ...] | None = Series(self.quantity, self.columns).read(text, None, in_row)
        while row is not None and len(row) > 1 and row[-1] is None:
            row = row[:-1]
        return row


def reporter(field: str, changes: list[Change]) -> Report:
    """Return a report function that appends to `changes` in the name of one field."""

    def report(code: str, index: int | None, given: str, used: str) -> None:
        changes.append(Change(field, code, index, clean_text(given, MAX_GIVEN), used))

    return report
