"""Make text copy out of a PDF as it was written: each glyph says its own letter, and only that.

Typst takes a letter and its vowel marks as one cluster and writes the text of the whole cluster on each of its glyphs («مرحلهٔ»
comes out with two «ه» and two hamzas); what has another text elsewhere gets an `ActualText` that readers spread over the
glyphs back to front. Here a glyph that takes room keeps the letters, a glyph without width keeps the marks, direction marks go,
and such an `ActualText` is not needed any more. Nothing that is seen changes.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Mapping
from itertools import pairwise, product

from documents.folding import DIRECTIONS

_OBJECT = re.compile(rb"(\d+) 0 obj\n(<<.*?>>)\s*(?:stream\r?\n|endobj)", re.S)
_LENGTH = re.compile(rb"/Length (\d+)")
_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_ACTUAL = re.compile(rb"/Span\s*<<\s*/ActualText\s*<FEFF([0-9A-F]+)>\s*>>(\s*BDC)(.*?)(?=EMC)", re.S)
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)|(?<!<)<([0-9A-Fa-f]+)>", re.S)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_TYPE_0 = re.compile(rb"/Subtype/Type0.*?/DescendantFonts\[(\d+) 0 R\]/ToUnicode (\d+) 0 R", re.S)
_WIDTHS = re.compile(rb"/W\[(.*)\]", re.S)


def copyable(pdf: bytes) -> bytes:
    """Return the PDF with the texts of its glyphs put right. The same bytes give the same bytes."""
    start = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    rows = pdf[start:].split(b"\n")  # "xref", "0 n", the row of no object, then each object's
    places = {number: int(row.split()[0]) for number, row in enumerate(rows[3 : 2 + int(rows[1].split()[1])], 1)}
    heads = {number: _OBJECT.match(pdf, at) for number, at in places.items()}
    widths = {}
    for head in heads.values():
        if head and (font := _TYPE_0.search(head[2])):
            widths[int(font[2])] = _widths(heads[int(font[1])][2])
    streams = {number: data for number, head in heads.items() if head and (data := _stream(pdf, head)) is not None}
    meanings: dict[int, set[str]] = {}
    changed = {}
    for number, room in widths.items():
        changed[number] = _PAIR.sub(lambda hit, room=room: _meaning(hit, room, meanings), streams[number])
    for number, data in streams.items():
        if number not in widths and b"/ActualText" in data:
            changed[number] = _ACTUAL.sub(lambda hit: _spoken(hit, meanings), data)
    order = sorted(places, key=places.__getitem__)
    starts = [*sorted(places.values()), start]
    out, moved = bytearray(pdf[: starts[0]]), {}
    for number, (begin, end) in zip(order, pairwise(starts), strict=True):
        moved[number] = len(out)
        whole = pdf[begin:end]
        out += _packed(whole, heads[number], changed[number]) if number in changed else whole
    table = b"".join(b"%010d 00000 n\r\n" % moved[number] for number in places)
    trailer = pdf[pdf.index(b"trailer", start) : pdf.rindex(b"startxref")]
    head = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1)
    return bytes(out) + head + table + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


def _stream(pdf: bytes, head: re.Match[bytes]) -> bytes | None:
    """Return an object's stream, unpacked, where it may be a page's text or a font's meanings; else None."""
    told = head[2]
    if b"/FlateDecode" not in told or b"/XObject" in told or b"/Length1" in told or b"/FontFile" in told:
        return None
    return zlib.decompress(pdf[head.end() : head.end() + int(_LENGTH.search(told)[1])])


def _packed(whole: bytes, head: re.Match[bytes], data: bytes) -> bytes:
    """Return an object with another stream."""
    begin = head.end() - head.start()
    packed = zlib.compress(data, 9)
    front = _LENGTH.sub(b"/Length %d" % len(packed), whole[:begin], count=1)
    return front + packed + whole[begin + int(_LENGTH.search(head[2])[1]) :]


def _widths(font: bytes) -> dict[int, float]:
    """Return the width of each glyph that has one: `c [w w ...]` or `first last w`."""
    found: dict[int, float] = {}
    tokens = re.findall(rb"[\d.]+|\[|\]", _WIDTHS.search(font)[1])
    while tokens:
        if tokens[1] == b"[":
            close = tokens.index(b"]")
            found |= {int(tokens[0]) + i: float(width) for i, width in enumerate(tokens[2:close])}
            tokens = tokens[close + 1 :]
        else:
            found |= dict.fromkeys(range(int(tokens[0]), int(tokens[1]) + 1), float(tokens[2]))
            tokens = tokens[3:]
    return found


def _meaning(hit: re.Match[bytes], widths: dict[int, float], meanings: dict[int, set[str]]) -> bytes:
    """Return what one glyph says, and remember it."""
    text = bytes.fromhex(hit[2].decode()).decode("utf-16-be")
    said = [sign for sign in text if sign not in DIRECTIONS]
    marks = [sign for sign in said if unicodedata.category(sign) == "Mn"]
    kept = [sign for sign in said if sign not in marks] if widths.get(int(hit[1], 16)) else marks
    text = "".join(kept or said or text)
    meanings.setdefault(int(hit[1], 16), set()).add(text)
    return b"<%s> <%s>" % (hit[1], text.encode("utf-16-be").hex().upper().encode())


def _spoken(hit: re.Match[bytes], meanings: Mapping[int, set[str]]) -> bytes:
    """Drop an `ActualText` that the glyphs now say themselves; keep any other. In two fonts one code may say two things."""
    text = bytes.fromhex(hit[1].decode()).decode("utf-16-be")
    codes = [code for string in _STRING.finditer(hit[3]) for code in _codes(string)]
    left = sorted(sign for sign in text if sign not in DIRECTIONS)
    said = [[one for one in meanings.get(code, ()) if set(one) <= set(left)] for code in codes]
    fits = any(sorted("".join(one)) == left for one in product(*said))
    return b"/Span<<>>" + hit[2] + hit[3] if fits else hit[0]


def _codes(string: re.Match[bytes]) -> list[int]:
    """Return the glyphs that a string of a page shows."""
    raw = bytes.fromhex(string[2].decode()) if string[2] else _ESCAPE.sub(_plain, string[1])
    return [int.from_bytes(raw[i : i + 2], "big") for i in range(0, len(raw), 2)]


def _plain(hit: re.Match[bytes]) -> bytes:
    return bytes([int(hit[1], 8)]) if hit[1][:1].isdigit() else _ESCAPED.get(hit[1], hit[1])
