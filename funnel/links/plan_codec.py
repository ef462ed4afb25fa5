"""How a plan's own words go into a link: packed, since a link writes each Arabic letter with six characters otherwise."""

import base64
import binascii
import zlib
from dataclasses import dataclass

from funnel.facts.stages import MAX_NAME, clean_text
from funnel.links.codecs import Report, read_number, write_number
from funnel.quantities import SHARE

#: The columns of a stage, and how many characters each may have.
CELLS = {"name": MAX_NAME, "want": 80, "do": 80, "channel": 60, "measure": 60, "owner": 40}
#: What is said once for the whole plan: the firm, its customer, and the handover rule.
HEAD = {"business": 80, "customer": 120, "ready": 120, "within": 60, "back": 120}
MOST_ROWS = 5  # in each of the two funnels: together as many as a funnel has
ROOM = 3300  # characters that a plan's words may take in a link
SLACK = 400  # what its numbers may take besides
_MOST_BYTES = 40_000  # the longest plan that is kept takes some 10,000
_OWN = "~"


@dataclass(frozen=True)
class Row:
    """Hold one stage of a plan: `base` is the stage of the preset whose words it has (-1 for none), `rate` a target (fraction).

    A cell is None where the preset's words stand (so that they follow the language), else the learner's own text.
    """

    base: int = -1
    cells: tuple[str | None, ...] = ("",) * len(CELLS)
    rate: float | None = None


def pack(text: str) -> str:
    """Return a text as letters, digits, - and _.

    >>> unpack(pack("سلام")) == "سلام"
    True
    """
    maker = zlib.compressobj(9, zlib.DEFLATED, -15)
    return base64.urlsafe_b64encode(maker.compress(text.encode("utf-8")) + maker.flush()).decode().rstrip("=")


def unpack(packed: str) -> str | None:
    """Return what `pack` packed; None for anything else, and for what would grow beyond all measure."""
    if len(packed) > ROOM + SLACK or not packed.isascii():
        return None
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        reader = zlib.decompressobj(-15)
        text = reader.decompress(data, _MOST_BYTES)
        return text.decode("utf-8") if reader.eof else None
    except (binascii.Error, zlib.error, ValueError):
        return None


def _write_cell(cell: str | None) -> str:
    return "" if cell is None else _OWN + cell


def _read_cell(text: str, limit: int, index: int, report: Report) -> str | None:
    if not text.startswith(_OWN):
        return None
    cleaned = clean_text(text[1:], limit)
    if cleaned != text[1:]:
        report("cleaned", index, text[1:], cleaned)
    return cleaned


@dataclass(frozen=True)
class Texts:
    """A few texts of known lengths, None where the preset's stands."""

    limits: tuple[int, ...]

    def write(self, value: tuple[str | None, ...]) -> str:
        return pack("\n".join(map(_write_cell, value)))

    def read(self, text: str, fallback: tuple[str | None, ...], report: Report) -> tuple[str | None, ...]:
        lines = (unpack(text) or "").split("\n")
        if len(lines) != len(self.limits):
            report("unreadable", None, text, "")
            return fallback
        return tuple(
            _read_cell(line, limit, i, report) for i, (line, limit) in enumerate(zip(lines, self.limits, strict=True))
        )


@dataclass(frozen=True)
class Rows:
    """The stages of one of the two funnels, 1 to `MOST_ROWS`."""

    def write(self, value: tuple[Row, ...]) -> str:
        return pack("\n".join(self._write(row) for row in value))

    def _write(self, row: Row) -> str:
        rate = "" if row.rate is None else write_number(row.rate)
        return "\t".join((str(row.base), rate, *map(_write_cell, row.cells)))

    def read(self, text: str, fallback: tuple[Row, ...], report: Report) -> tuple[Row, ...]:
        found = unpack(text)
        if not found:
            report("unreadable", None, text, "")
            return fallback
        lines = found.split("\n", MOST_ROWS)
        if len(lines) > MOST_ROWS:
            report("too-many", None, str(len(lines)), str(MOST_ROWS))
        return tuple(self._read(line, i, report) for i, line in enumerate(lines[:MOST_ROWS]))

    def _read(self, line: str, index: int, report: Report) -> Row:
        base, rate, *cells = (line.split("\t", len(CELLS) + 2) + [""] * (len(CELLS) + 2))[: len(CELLS) + 2]
        number = read_number(rate)
        if rate and (number is None or not SHARE.fits(number)):
            report("unreadable" if number is None else "out-of-range", index, rate, "")
            number = None
        known = int(base) if base.isascii() and base.isdigit() and len(base) < 3 else -1
        words = tuple(_read_cell(cell, limit, index, report) for cell, limit in zip(cells, CELLS.values(), strict=True))
        return Row(known, words, number if number is None else SHARE.check(number))
