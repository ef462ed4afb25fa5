"""The inside of a workbook in the old form (.xls): how far its sheets reach, and numbers that may be dates from before 1900.

The reader of workbooks lays a sheet out as one block of memory and gives dates from before 1900 as a time of day. So the
records of the file are walked first (Microsoft, [MS-CFB] for the compound file, [MS-XLS] for the records): only places
and numbers are looked at. An .xlsx with a password lies in a compound file, too.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Iterator
from functools import partial

from documents.incoming.decoding import Unreadable
from documents.incoming.packed import MAX_BLOCK, Packed

_END = 0xFFFFFFFA  # sectors from here on are no sectors
_CELLS = frozenset((0x0201, 0x0203, 0x0204, 0x0205, 0x0006, 0x027E, 0x00FD, 0x00D6))
_MULTIPLE = frozenset((0x00BD, 0x00BE))
_BOUNDSHEET, _BOF, _FILEPASS, _DATE1904, _NUMBER, _RK, _MULRK = 0x0085, 0x0809, 0x002F, 0x0022, 0x0203, 0x027E, 0x00BD


def look_inside(data: bytes) -> Packed:
    """Return an old workbook with what its records say. Raises Unreadable."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("password")
    try:
        stream = _stream(data)
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged") from error
    if not stream:
        raise Unreadable("old-workbook")
    found = Packed(io.BytesIO(data))
    found.julian = True  # Excel stores no day below zero: who does is LibreOffice, and counts by the Julian calendar
    starts: dict[int, str] = {}
    part, height, width = "", 0, 0
    for at, kind, body in _records(stream):
        if kind == _FILEPASS:
            raise Unreadable("password")
        if kind == _BOUNDSHEET and len(body) > 6:
            starts[struct.unpack_from("<I", body)[0]] = str(len(starts))
            found.parts.append(str(len(found.parts)))
        elif kind == _DATE1904 and body[:1] == b"\x01":
            found.from_1904 = True
        elif kind == _BOF and at in starts:
            part, height, width = starts[at], 0, 0
            found.below[part] = {}
        elif (kind in _CELLS or kind in _MULTIPLE) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind in _MULTIPLE else column
            height, width = max(height, row + 1), max(width, last + 1)
            if height * width > MAX_BLOCK:
                raise Unreadable("bomb")
            for place, number in _numbers(kind, body, row, column):
                if number < 0 and part:
                    found.below[part][place] = number
    return found


def _numbers(kind: int, body: bytes, row: int, column: int) -> Iterator[tuple[tuple[int, int], float]]:
    if kind == _NUMBER and len(body) >= 14:
        yield (row, column), struct.unpack_from("<d", body, 6)[0]
    elif kind == _RK and len(body) >= 10:
        yield (row, column), _rk(struct.unpack_from("<I", body, 6)[0])
    elif kind == _MULRK:
        for i in range((len(body) - 6) // 6):
            yield (row, column + i), _rk(struct.unpack_from("<I", body, 4 + 6 * i + 2)[0])


def _rk(packed: int) -> float:
    """Return a number that is packed into four bytes ([MS-XLS] 2.5.217).

    >>> _rk(0x3FF00000), _rk((5 << 2) | 2), _rk(((-180954 << 2) | 2) & 0xFFFFFFFF)
    (1.0, 5.0, -180954.0)
    """
    if packed & 2:
        number = float((packed - (1 << 32) if packed & 1 << 31 else packed) >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield each record's place, kind and content."""
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


# --- the compound file ----------------------------------------------------------------------------------------------


def _stream(data: bytes) -> bytes:
    """Return the stream with the workbook; nothing where there is none."""
    if len(data) < 512:
        return b""
    size = 1 << min(20, struct.unpack_from("<H", data, 30)[0])
    if size not in (512, 4096):
        return b""
    first_directory, smallest, first_mini, _minis, first_difat, difats = struct.unpack_from("<I4xIIIII", data, 48)

    def sector(number: int) -> bytes:
        start = (number + 1) * size
        return data[start : start + size]

    most = len(data) // size + 1
    fat_sectors = [number for number in struct.unpack_from("<109I", data, 76) if number < _END]
    for _turn in range(min(difats, most)):
        if first_difat >= _END:
            break
        numbers = struct.unpack(f"<{size // 4}I", sector(first_difat).ljust(size, b"\xff"))
        fat_sectors += [number for number in numbers[:-1] if number < _END]
        first_difat = numbers[-1]
    fat = b"".join(sector(number) for number in fat_sectors[:most])
    links = struct.unpack(f"<{len(fat) // 4}I", fat[: len(fat) // 4 * 4])

    def read(number: int, links: tuple[int, ...], sector: Callable[[int], bytes]) -> bytes:
        parts, left = [], len(data)
        while number < len(links):
            parts.append(sector(number))
            left -= max(1, len(parts[-1]))
            if left < 0:  # a chain that runs in a circle
                raise Unreadable("damaged")
            number = links[number]
        return b"".join(parts)

    directory = read(first_directory, links, sector)
    mini = b""
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        first, length = struct.unpack_from("<II", entry, 116)
        if entry[66] == _ROOT:
            mini = read(first, links, sector)
        elif entry[66] == _STREAM and name.lower() in ("workbook", "book"):
            if length >= smallest:
                return read(first, links, sector)[:length]
            table = read(first_mini, links, sector)
            mini_links = struct.unpack(f"<{len(table) // 4}I", table)
            return read(first, mini_links, partial(_piece, mini))[:length]
    return b""


def _piece(mini: bytes, number: int) -> bytes:
    return mini[64 * number : 64 * number + 64]


_ROOT, _STREAM = 5, 2
