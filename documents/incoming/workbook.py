"""A workbook (.xlsx) -> the text of one of its sheets, tab-separated, for `documents.incoming.tables`. Nothing in it is run.

What lies in the file is not believed: sizes are checked in the zip's directory and again while reading, only the parts that
hold cells are looked at (no macros, no links to other files, no pictures), and a part that declares XML entities is refused.
A formula counts as the value that was saved with it; it is not calculated.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
import zipfile
from dataclasses import dataclass

from documents.incoming.decoding import MAX_BYTES, OLE, ZIP, Unreadable
from documents.incoming.layouts import MAX_COLUMNS

MAX_UNPACKED = 150 * 2**20  # bytes of XML, of all parts that are read together
MAX_STRINGS = 48 * 2**20  # of the part with the texts, which is held in memory as a whole
MAX_PARTS = 5_000
MAX_CELLS = 600_000  # some ten seconds; a text file of a million rows takes less than one
MAX_SHEETS = 100
_CHUNK = 1 << 20
#: The parts of a workbook that say what stands in its cells.
_WANTED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedStrings\.xml"
    r"|xl/styles\.xml|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """Hold one sheet as tab-separated text, the names of all sheets that have cells, and which one this is.

    `ignored` says what was in the file and not looked at: "macros", "links". `cut` says that it has more cells than are
    read.
    """

    text: bytes
    sheets: tuple[str, ...]
    sheet: int
    ignored: tuple[str, ...] = ()
    cut: bool = False


def is_workbook(data: bytes) -> bool:
    """Say whether a file is a workbook, of whatever age, or at least packed like one."""
    return data.startswith((ZIP, OLE, b"PK\x05\x06"))


def read_workbook(data: bytes, sheet: int = 0) -> Sheet:
    """Return a sheet of a workbook as text. Raises Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-big", len(data))
    if data.startswith(OLE):  # an encrypted .xlsx lies in such a file, too; its directory is in UTF-16
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("password" if locked else "old-workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            clean, ignored = _clean(packed)
        return _sheet(clean, sheet, ignored)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl and zipfile raise whatever a broken file makes them stumble over
        raise Unreadable("damaged") from error


def _clean(packed: zipfile.ZipFile) -> tuple[io.BytesIO, tuple[str, ...]]:
    """Return a workbook with only the parts that are wanted, unpacked under the eye of a limit."""
    parts = packed.infolist()
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("password")
    if "xl/workbook.xml" not in names:
        raise Unreadable("old-workbook" if "xl/workbook.bin" in names else "not-a-workbook")
    wanted = [part for part in parts if _WANTED.fullmatch(part.filename)]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in wanted) > MAX_UNPACKED:
        raise Unreadable("bomb")  # checked again below, while unpacking: a directory can lie
    ignored = tuple(
        word
        for word, mark in (("macros", "xl/vbaproject.bin"), ("links", "xl/externallinks/"))
        if any(name.startswith(mark) for name in names)
    )
    left, clean = MAX_UNPACKED, io.BytesIO()
    with zipfile.ZipFile(clean, "w") as out:
        for part in wanted:
            texts, tail = part.filename.lower() == "xl/sharedstrings.xml", b""
            room = min(left, MAX_STRINGS) if texts else left
            with packed.open(part) as stream, out.open(part.filename, "w", force_zip64=True) as copy:
                while chunk := stream.read(_CHUNK):
                    left, room = left - len(chunk), room - len(chunk)
                    if room < 0:
                        raise Unreadable("bomb")
                    if _DOCTYPE.search(tail + chunk):
                        raise Unreadable("damaged")
                    tail = chunk[-32:]
                    copy.write(chunk)
    return clean, ignored


def _sheet(clean: io.BytesIO, wanted: int, ignored: tuple[str, ...]) -> Sheet:
    import openpyxl  # 0.1 s, and only who brings a workbook needs it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and validations, which are not looked at
        book = openpyxl.load_workbook(clean, read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets[:MAX_SHEETS] if hasattr(sheet, "iter_rows")]
            if not sheets:
                raise Unreadable("empty")
            place = wanted if 0 <= wanted < len(sheets) else 0
            rows, cut = _rows(sheets[place])
            names = tuple(sheet.title for sheet in sheets)
        finally:
            book.close()
    width = max(map(len, rows), default=0)
    if not width:
        raise Unreadable("empty")
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerows(row + [""] * (width - len(row)) for row in rows)
    return Sheet(out.getvalue().encode("utf-8", "replace"), names, place, ignored, cut)


def _rows(sheet) -> tuple[list[list[str]], bool]:
    """Return the rows as texts without the empty cells at their ends, and whether there are more than are read."""
    sheet.reset_dimensions()  # what the file says about its own size may be a lie
    rows: list[list[str]] = []
    cells = 0
    for values in sheet.iter_rows(values_only=True):
        cells += len(values) or 1
        if cells > MAX_CELLS and rows:
            return rows, True
        row = [_text(value) for value in values[: MAX_COLUMNS + 1]]
        while row and not row[-1]:
            row.pop()
        if len(row) > MAX_COLUMNS:
            raise Unreadable("columns", len(values))
        rows.append(row)
    return rows, False


def _text(value: object) -> str:
    """Return a cell as the text that a file of text would have."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "milliseconds" if value.microsecond else "seconds")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return " ".join(str(value).replace("\0", "").split())
