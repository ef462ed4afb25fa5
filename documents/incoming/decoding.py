"""Bytes, or what was pasted -> text in UTF-8: UTF-8 and UTF-16 with their marks, Windows-1256. What is no text is refused."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

MAX_BYTES = 50 * 2**20
SAMPLE = 256 * 1024

#: Why a file cannot be used at all; the interface has a sentence for each.
REFUSALS = (
    "empty", "too-big", "binary", "workbook", "old-workbook", "password", "not-a-workbook", "bomb", "damaged",
    "no-rows", "columns", "ragged", "formulas", "json-broken", "json-deep", "json-no-rows",
)  # fmt: skip


class Unreadable(ValueError):
    """Say that a file cannot be used at all: `code` of REFUSALS and, where it helps, the number that was found."""

    def __init__(self, code: str, found: int = 0):
        super().__init__(code)
        self.code, self.found = code, found


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CONTROLS = bytes(i for i in range(32) if i not in b"\t\n\r\x0b\x0c\x1a\x1b")
ZIP, OLE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")


@dataclass(frozen=True)
class Text:
    """Hold a text as UTF-8, without mark and closing empty lines, and what it was written in (see Layout)."""

    data: memoryview
    encoding: str


def open_text(data: bytes | str | Text) -> Text:
    """Decode a file or what was pasted. Raises Unreadable. Keep the result to read the same data again."""
    return data if isinstance(data, Text) else Text(*_utf8(data))


def _utf8(data: bytes | str) -> tuple[memoryview, str]:
    if len(data) > MAX_BYTES:
        raise Unreadable("too-big", len(data))
    if isinstance(data, str):
        data, encoding = data.removeprefix("\ufeff").encode("utf-8", "replace"), "text"
        if len(data) > MAX_BYTES:
            raise Unreadable("too-big", len(data))
        return _trimmed(memoryview(data)), encoding
    if data.startswith((ZIP, OLE)):
        raise Unreadable("workbook")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            if encoding == "utf-8":
                break
            return _trimmed(memoryview(data.decode(encoding, "replace").lstrip("\ufeff").encode("utf-8", "replace"))), (
                "utf-16"
            )
    sample = data[:SAMPLE]
    if b"\0" in data or len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) / 100:
        raise Unreadable("binary")
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return _trimmed(memoryview(data.decode("cp1256").encode())), "windows-1256"
    return _trimmed(memoryview(data)[3:] if data.startswith(codecs.BOM_UTF8) else memoryview(data)), "utf-8"


def _trimmed(data: memoryview) -> memoryview:
    """Cut off line ends and blanks at the end of the file; what is left empty is refused."""
    end = len(data)
    while end:
        tail = bytes(data[max(0, end - 4096) : end])
        kept = tail.rstrip(b"\r\n \x1a\0")
        end -= len(tail) - len(kept)
        if kept:
            break
    if not end or not bytes(data[:SAMPLE]).strip():
        raise Unreadable("empty")
    return data[:end]
