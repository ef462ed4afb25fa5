"""A zip with a workbook in it (.xlsx, .xlsm, .ods) -> the same with only the parts that hold cells, unpacked under limits.

What lies in the file is not believed: sizes are checked in the zip's directory and again while reading, macros, links to
other files and pictures are not looked at, a part that declares XML entities is refused, and a sheet that claims to reach
far beyond its cells is cut before it is handed to the reader, which lays a sheet out as one block of memory.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

import numpy as np

from documents.incoming.decoding import Unreadable
from documents.incoming.layouts import MAX_COLUMNS

MAX_UNPACKED = 150 * 2**20  # bytes of XML, of all parts that are read together
MAX_STRINGS = 48 * 2**20  # of the part with the texts, which is held in memory as a whole
MAX_PARTS = 5_000
MAX_BLOCK = 6_000_000  # cells of the block that a sheet is laid out as, 24 bytes each
_MOST_REPEATED = 10_000  # rows that an .ods file says are alike
_CHUNK = 1 << 20
#: The parts of a workbook that say what stands in its cells, and who wrote it.
_WANTED = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|docprops/app\.xml|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedstrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml"
    r"|mimetype|content\.xml|meta\.xml|meta-inf/manifest\.xml"
)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OFFICE = re.compile(rb"(?:LibreOffice|OpenOffice|NeoOffice|Collabora)", re.IGNORECASE)

Place = tuple[int, int]  # a cell: its row and column, from 0


@dataclass
class Packed:
    """Hold a cleaned workbook, and what its parts say.

    `ignored` are "macros" and "links" that were not looked at; `julian` says that it was written by LibreOffice, whose dates
    before October 1582 are of the Julian calendar; `from_1904` that its days are counted from 1904. By part's name: `below`
    the numbers below zero, which may be dates from before 1900; `hidden` rows that are not shown; `formulas` without a value
    saved with them; `cut` parts of which only the beginning is left.
    """

    data: io.BytesIO
    ignored: tuple[str, ...] = ()
    julian: bool = False
    from_1904: bool = False
    parts: list[str] = field(default_factory=list)
    below: dict[str, dict[Place, float]] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)
    formulas: dict[str, int] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    named: dict[str, str] = field(default_factory=dict)

    def part_of(self, number: int, name: str) -> str:
        """Return the part in which a sheet of the workbook stands: by its name, else by its number."""
        if name in self.named:
            return self.named[name]
        return self.parts[min(number, len(self.parts) - 1)] if self.parts else ""


def clean(data: bytes) -> Packed:
    """Return a packed workbook with only the parts that are wanted. Raises Unreadable, and what zipfile raises."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return _clean(packed)


def _clean(packed: zipfile.ZipFile) -> Packed:
    parts = packed.infolist()
    names = {part.filename.lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("password")
    open_document = "content.xml" in names and "xl/workbook.xml" not in names
    if not open_document and "xl/workbook.xml" not in names:
        raise Unreadable("old-workbook" if "xl/workbook.bin" in names else "not-a-workbook")
    wanted = [part for part in parts if _WANTED.fullmatch(part.filename.lower())]
    if len(parts) > MAX_PARTS or sum(part.file_size for part in wanted) > MAX_UNPACKED:
        raise Unreadable("bomb")  # checked again below, while unpacking: a directory can lie
    found = Packed(io.BytesIO(), tuple(_ignored(names)))
    left, texts = MAX_UNPACKED, {}
    with zipfile.ZipFile(found.data, "w") as out:
        for part in wanted:
            name = part.filename.lower()
            room = min(left, MAX_STRINGS) if name == "xl/sharedstrings.xml" else left
            content = b"".join(_unpacked(packed, part, room))
            left -= len(content)
            if name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
                texts[name] = content
            out.writestr(part.filename, _looked_at(found, part.filename, content))
    if not open_document:
        found.named = _named(texts.get("xl/workbook.xml", b""), texts.get("xl/_rels/workbook.xml.rels", b""))
    return found


def _named(book: bytes, relations: bytes) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name: their numbers need not agree."""
    targets: dict[str, str] = {}
    for one in _elements(relations):
        if one.tag.rpartition("}")[2] == "Relationship":
            target = one.get("Target", "")
            targets[one.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found = {}
    for one in _elements(book):
        if one.tag.rpartition("}")[2] == "sheet":
            id = next((value for key, value in one.attrib.items() if key.rpartition("}")[2] == "id" and "}" in key), "")
            if id in targets:
                found[one.get("name", "")] = targets[id]
    return found


def _elements(content: bytes) -> list[ElementTree.Element]:
    """Return the elements of a small part; none where it is large or broken. It declares no entities: that was looked at."""
    if len(content) > _CHUNK:
        return []
    try:
        return list(ElementTree.fromstring(content).iter())
    except ElementTree.ParseError:
        return []


def _ignored(names: set[str]) -> Iterator[str]:
    for word, marks in (("macros", ("xl/vbaproject.bin", "basic/")), ("links", ("xl/externallinks/",))):
        if any(name.startswith(marks) for name in names):
            yield word


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> Iterator[bytes]:
    """Yield a part by pieces, as long as there is room."""
    tail = b""
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            room -= len(chunk)
            if room < 0:
                raise Unreadable("bomb")
            if _DOCTYPE.search(tail + chunk):
                raise Unreadable("damaged")
            tail = chunk[-32:]
            yield chunk


def _looked_at(found: Packed, name: str, content: bytes) -> bytes:
    """Note what a part says, and return what the reader shall see of it."""
    low = name.lower()
    if low.startswith("xl/worksheets/"):
        found.parts.append(name)
        return _sheet(found, name, content)
    if low == "content.xml":
        return _open_document(found, name, content)
    if low in ("docprops/app.xml", "meta.xml"):
        found.julian = bool(_OFFICE.search(content[:100_000]))
    elif low == "xl/workbook.xml":
        found.from_1904 = bool(re.search(rb"date1904\s*=\s*[\"'](?:1|true)[\"']", content[:100_000]))
    elif low == "meta-inf/manifest.xml" and b"encryption-data" in content:
        raise Unreadable("password")
    return content


# --- Office Open XML ------------------------------------------------------------------------------------------------

_ROW = re.compile(rb"<(?:\w+:)?row\b(?:[^>]*?\sr=[\"'](\d{1,9})[\"'])?")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_NEAR = 4000  # bytes between a cell's tag and its value: a formula at most
_REF = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*?\shidden=[\"'](?:1|true)[\"']")
_HIDES = (b'hidden="1"', b'hidden="true"', b"hidden='1'", b"hidden='true'")
_BARE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^<>]*/>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)


def _sheet(found: Packed, name: str, content: bytes) -> bytes:
    kept = _within(content)
    if len(kept) < len(content):
        found.cut.add(name)
    found.below[name] = _below(kept)
    found.hidden[name] = len(_HIDDEN.findall(kept)) if any(mark in kept for mark in _HIDES) else 0
    found.formulas[name] = len(_BARE.findall(kept)) if b"f>" in kept or b"<f" in kept else 0
    return kept


def column_number(letters: bytes) -> int:
    """Return the place of a column, from 0.

    >>> column_number(b"A"), column_number(b"AB")
    (0, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _within(content: bytes) -> bytes:
    """Return a sheet down to the row at which the block that holds it would grow too large."""
    height, width, cells = _reach(content)
    if cells < content.count(b"<c>") + content.count(b"<c ") + content.count(b":c ") + content.count(b"<c/"):
        width = max(width, *(len(_CELL.findall(row)) for row in re.split(rb"<(?:\w+:)?row\b", content)))
    rows = content.count(b"<row") + content.count(b":row")  # those without a number follow the one before
    if max(height, rows) * width <= MAX_BLOCK:
        return content
    most = max(1, MAX_BLOCK // width)
    tags = enumerate(_ROW.finditer(content), 1)
    kept = content[: next((hit.start() for i, hit in tags if max(i, int(hit[1] or 0)) > most), len(content))]
    if width > MAX_BLOCK or _reach(kept)[0] > most:
        raise Unreadable("bomb")  # a cell that says it stands elsewhere than its row
    prefix = re.search(rb"<(\w+:)?sheetData\b", content)
    mark = (prefix[1] or b"") if prefix else b""
    return kept + b"</" + mark + b"sheetData></" + mark + b"worksheet>"


def _reach(content: bytes) -> tuple[int, int, int]:
    """Return the last row and the last column, from 1, that a cell or row says it stands in, and how many cells say so.

    >>> _reach(b'<row r="2"><c r="B2" s="1"/><c r="AA2"/></row>')
    (2, 27, 2)
    """
    signs = np.frombuffer(content + b" " * 24, np.uint8)
    at = np.flatnonzero(signs == ord("="))
    at = at[(at > 0) & (signs[at - 1] == ord("r")) & ((signs[at + 1] == ord('"')) | (signs[at + 1] == ord("'")))] + 2
    column, letters = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
    going = np.ones(len(at), bool)
    for place in range(4):
        sign = signs[at + place]
        going &= (sign >= 65) & (sign <= 90)
        column[going] = column[going] * 26 + sign[going] - 64
        letters += going
    row, going = np.zeros(len(at), np.int64), np.ones(len(at), bool)
    for place in range(9):
        sign = signs[at + letters + place]
        going &= (sign >= 48) & (sign <= 57)
        if not going.any():
            break
        row[going] = row[going] * 10 + sign[going] - 48
    return int(row.max(initial=0)), int(column.max(initial=0)), int(np.count_nonzero(letters))


def _below(content: bytes) -> dict[Place, float]:
    """Return the numbers below zero with their places."""
    found: dict[Place, float] = {}
    at = content.find(b"v>-")
    while at >= 0:
        near, end = max(0, at - _NEAR), content.find(b"<", at)
        start = max(content.rfind(b"<c ", near, at), content.rfind(b":c ", near, at))
        place = _REF.search(content, start, at) if start >= 0 else None
        try:
            value = float(content[at + 2 : end])
        except ValueError:
            place = None
        if place:
            found[int(place[2]) - 1, column_number(place[1])] = value
        at = content.find(b"v>-", at + 3)
    return found


# --- Open Document --------------------------------------------------------------------------------------------------

_REPEATED = re.compile(rb"number-(columns|rows)-repeated=([\"'])(\d+)[\"']")
_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>")
_AGAIN = re.compile(rb"number-(?:columns|rows)-repeated=[\"'](\d+)")
_FILTERED = re.compile(rb"<table:table-row\b[^>]*?table:visibility=[\"'](?:collapse|filter)")
_NO_VALUE = re.compile(
    rb"<table:table-cell\b(?=[^>]*table:formula=)(?![^>]*office:(?:|date-|string-|boolean-|time-)value=)[^>]*/>"
)


def _open_document(found: Packed, name: str, content: bytes) -> bytes:
    """Cut what is repeated so often that only a far too large or an empty sheet needs it, and count what is left."""

    def fewer(hit: re.Match[bytes]) -> bytes:
        most = MAX_COLUMNS + 1 if hit[1] == b"columns" else _MOST_REPEATED
        return b"number-" + hit[1] + b"-repeated=" + hit[2] + str(min(int(hit[3][:9]), most)).encode() + hit[2]

    content = _REPEATED.sub(fewer, content)
    total = rows = width = 0
    for hit in _TAG.finditer(content):
        again = _AGAIN.search(hit[2])
        times = int(again[1]) if again else 1
        if hit[1] == b"table-row":
            rows, width = times, 0
        elif not hit[2].rstrip().endswith(b"/") or times <= MAX_COLUMNS:
            width += times
            total += rows * times
        if total > MAX_BLOCK:
            raise Unreadable("bomb")
    found.parts.append(name)
    found.hidden[name] = len(_FILTERED.findall(content))
    found.formulas[name] = len(_NO_VALUE.findall(content))
    return content
