"""Which signs our paper font has: what it lacks is shown as a box, so that a stranger's name never breaks a document."""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path

from documents.folding import DIRECTIONS

BOX = "□"
#: Signs of formulas that the fonts behind ours have (kit.typ).
_SUMS = frozenset(" \n\u00a0\u0304₀₁₂₃₄₅₆₇₈₉αβγδεκλμνπρσφχωΓΔΠΣΦΩ√≈≠≤≥±×÷·∞∑∏∫−→←↔′″")


def printable(text: str, fonts: Path) -> str:
    """Return text that can be printed: signs without a glyph become a box, direction marks and what cannot be seen go.

    >>> from documents.outgoing.handouts.paper import FONTS
    >>> printable("نرخ\\u202e 漢 x", FONTS)
    'نرخ □ x'
    """
    return settable("".join(sign for sign in text if sign not in DIRECTIONS and sign != "\n"), fonts).strip()


def settable(text: str, fonts: Path) -> str:
    """Return text that can be printed and keeps its direction marks, for sentences of ours with a stranger's names in them."""
    have, out = covered(fonts / "VazirmatnPaper-Regular.ttf"), []
    for sign in unicodedata.normalize("NFC", text):
        if ord(sign) in have or sign in DIRECTIONS or sign in _SUMS:
            out.append(sign)
        elif unicodedata.category(sign)[0] not in "CM":
            out.append(BOX)
    return "".join(out)


@lru_cache(maxsize=4)
def covered(path: Path) -> frozenset[int]:
    """Return the code points that a TrueType font has a glyph for (its `cmap` of format 4 or 12)."""
    data = path.read_bytes()
    tables = {data[at : at + 4]: at for at in range(12, 12 + 16 * _short(data, 4), 16)}
    base = struct.unpack_from(">I", data, tables[b"cmap"] + 8)[0]
    found: set[int] = set()
    for i in range(_short(data, base + 2)):
        at = base + struct.unpack_from(">I", data, base + 4 + 8 * i + 4)[0]
        if _short(data, at) == 4:
            found |= _format_4(data, at)
        elif _short(data, at) == 12:
            for n in range(struct.unpack_from(">I", data, at + 12)[0]):
                first, last, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * n)
                found |= set(range(first, last + 1))
    return frozenset(found)


def _short(data: bytes, at: int) -> int:
    return struct.unpack_from(">H", data, at)[0]


def _format_4(data: bytes, at: int) -> set[int]:
    count = _short(data, at + 6) // 2
    ends, starts = at + 14, at + 16 + 2 * count
    deltas, offsets = starts + 2 * count, starts + 4 * count
    found = set()
    for i in range(count):
        first, last = _short(data, starts + 2 * i), _short(data, ends + 2 * i)
        delta, offset = _short(data, deltas + 2 * i), _short(data, offsets + 2 * i)
        for code in range(first, last + 1):
            where = offsets + 2 * i + offset + 2 * (code - first)
            glyph = code + delta if offset == 0 else _short(data, where) and _short(data, where) + delta
            if glyph & 0xFFFF and code != 0xFFFF:
                found.add(code)
    return found
