"""Tables that leave the app: ids and plain numbers, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from documents.folding import DIRECTIONS
from documents.outgoing.plain import tables
from funnel.links.scenario import encode
from statements.blocks import Block

# What a spreadsheet would calculate; with our apostrophe before it too, so that it can be taken off again.
_FORMULA = re.compile(r"'*\s*[=+\-@]")
# A signed number with its unit, as our tables say it, cannot be calculated: there is nothing to call and nothing to refer to.
_SIGNED = re.compile(r"[+-]\d[\d.,٫٬]*[%٪]?(?: [^\W\d_]+){0,4}")


def safe_cell(value: object) -> object:
    """Return the value so that no spreadsheet takes a person's text for a formula; numbers stay numbers."""
    if isinstance(value, str) and _FORMULA.match(value) and not _SIGNED.fullmatch(value):
        return "'" + value
    return "" if value is None else value


def unsafe_cell(text: str) -> str:
    """Return what `safe_cell` was given: its apostrophe is ours, not the person's."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


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


#: The last column of a calculator's table: in its first row, the settings that the table was made with, as a link has them.
SCENARIO = "scenario"


def with_scenario(
    headers: Sequence[str], rows: Sequence[Sequence[object]], calculator: str, inputs: object
) -> tuple[list[str], list[list[object]]]:
    """Return a table with the column by which the app knows it again, and can open what it was made from."""
    text = f"{calculator}?{urlencode(encode(inputs))}"
    body = [[*row, ""] for row in rows] or [[""] * (len(headers) + 1)]
    body[0][-1] = text
    return [*headers, SCENARIO], body


def localised_csv(blocks: Iterable[Block]) -> bytes:
    """Return the tables of a calculator as one CSV file: headings in words, numbers in the reader's digits, as shown.

    Each table has its caption above it and an empty row after it. Direction marks stay behind: they belong to a page.

    >>> from statements.blocks import Table
    >>> localised_csv([Table("A", ["n"], [["5"]])]).decode("utf-8-sig")
    'A\\r\\nn\\r\\n5\\r\\n'
    """
    rows: list[list[str]] = []
    for title, body in tables(blocks):
        rows += [*([[]] if rows else []), *([[title]] if title else []), *body]
    bare = str.maketrans("", "", "".join(DIRECTIONS))
    rows = [[" ".join(cell.translate(bare).split()) for cell in row] for row in rows]
    return csv_bytes(rows[0] if rows else [], rows[1:])
