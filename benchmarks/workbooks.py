"""Read the largest workbook that is taken, beside the reader that did it before: openpyxl, row by row.

Run as a script in a process of its own: `python -m benchmarks.workbooks FILE`.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS, COLUMNS = 150_000, 4
ROUNDS = 3


def write_workbook(path: Path) -> None:
    """Write a log of events as a workbook: ids, a few recurring texts, real dates and numbers."""
    import xlsxwriter

    chance = random.Random(14)
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"})
    sheet = book.add_worksheet()
    start = datetime.datetime(2024, 1, 1)
    sheet.write_row(0, 0, ["person", "event", "time", "value"])
    for row in range(1, ROWS):
        sheet.write_string(row, 0, f"u{chance.randrange(40_000)}")
        sheet.write_string(row, 1, chance.choice(("visit", "sign-up", "trial", "purchase")))
        sheet.write_datetime(row, 2, start + datetime.timedelta(seconds=chance.randrange(10_000_000)))
        sheet.write_number(row, 3, chance.randrange(500))
    book.close()


def before(data: bytes) -> bytes:
    """Read the first sheet as it was read before this reader: the yardstick."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = []
    for values in sheet.iter_rows(values_only=True):
        row = [_text(value) for value in values]
        while row and not row[-1]:
            row.pop()
        rows.append(row)
    book.close()
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ", "milliseconds" if value.microsecond else "seconds")
    return " ".join(str(value).replace("\0", "").split())


def ours(data: bytes) -> bytes:
    """Read it as the page does."""
    from documents.incoming.workbook import read_workbook

    return read_workbook(data).text


def _times(data: bytes) -> dict[str, float]:
    """Return the least processor time of each, taken in turn, and whether both found the same."""
    found: dict[str, list[float]] = {"before": [], "ours": []}
    texts = {}
    for _turn in range(ROUNDS):
        for name, act in (("ours", ours), ("before", before)):
            begin = time.process_time()
            texts[name] = act(data)
            found[name].append(time.process_time() - begin)
    return {name: min(values) for name, values in found.items()} | {"same": float(texts["ours"] == texts["before"])}


def measure() -> dict[str, float]:
    """Return the times in seconds of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.xlsx"
        write_workbook(path)
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.workbooks", str(path)],
            capture_output=True, check=True, cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        return json.loads(made.stdout)


if __name__ == "__main__":
    print(json.dumps(_times(Path(sys.argv[1]).read_bytes())))
