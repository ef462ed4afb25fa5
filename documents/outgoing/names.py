"""Names of files: what they are, in the reader's language, safe on Windows, macOS, Linux and Android."""

from __future__ import annotations

import re
import unicodedata

MOST_BYTES = 200  # in UTF-8; file systems take 255, and a browser may add " (1)" or ".crdownload"
_RESERVED = re.compile(r'[<>:"/\\|?*~\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=\.|\Z)", re.IGNORECASE)
_JOINER = "\u200c"  # Persian words have it inside, and Chromium would write "_" for it: a space reads better
_SPACES = dict.fromkeys(map(ord, f"%٪{_JOINER}"), " ")


def safe_name(stem: str, ending: str) -> str:
    """Return a name that every system takes: no reserved signs or names, no direction marks, NFC, at most MOST_BYTES.

    >>> safe_name("A/B: which? ", "csv"), safe_name("con", "csv"), safe_name("...", "pdf")
    ('A-B - which.csv', '_con.csv', 'file.pdf')
    """
    text = unicodedata.normalize("NFC", stem[: 4 * MOST_BYTES].translate(_SPACES))
    text = _RESERVED.sub("-", re.sub(r":\s+", " - ", text))
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "C")
    text = " ".join(text.split())
    text = re.sub(r"-(?=-)|-+(?=\s*\Z)", "", text) if set(text) != {"-"} else ""
    text = _cut(text, MOST_BYTES - len(ending.encode()) - 2).strip(" .-") or "file"
    return f"{'_' if _DEVICES.match(text) else ''}{text}.{ending}"


def _cut(text: str, most: int) -> str:
    """Return as much of a text as fits into so many bytes, without a letter torn from its marks."""
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[:most].decode("utf-8", "ignore")
    if unicodedata.combining(text[len(kept)]):
        kept = kept[: next((i for i in range(len(kept) - 1, -1, -1) if not unicodedata.combining(kept[i])), 0)]
    return kept
