"""Tables that leave the app: ids and plain numbers, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """Return the value so that no spreadsheet takes a person's text for a formula; numbers stay numbers."""
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a CSV file in UTF-8 with a byte-order mark, which Excel needs to read Arabic script.

    >>> csv_bytes(["stage", "count"], [["=1+1", 5], ["x", None]]).decode("utf-8-sig").splitlines()
    ['stage,count', "'=1+1,5", 'x,']
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
