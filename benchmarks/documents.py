"""Make every document once more, after its makers are warm, on one core; and read the largest file that the import takes.

Run as a script in a process of its own, so that its memory is nobody else's: `python -m benchmarks.documents times` or
`... memory FILE`, after `... write FILE`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

ROUNDS = 3
CODE = "fa"  # the longest way: shaping, right to left, other digits
ROWS = 150_000  # of four cells: as many as the import reads of a workbook


def _times() -> dict[str, tuple[float, float]]:
    """Return the seconds of each document, filled with what it can take: for the first time, and again."""
    from documents import catalogue
    from documents.asking import Ask

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = {}
    for key, one in catalogue.documents().items():
        ask = catalogue.example(one, Ask(CODE, lesson="money-in-the-funnel", day=date(2026, 1, 31), seed=7))
        seconds = []
        for _turn in range(ROUNDS + 1):  # the first has imports and empty caches, as the first learner meets them
            begin = time.process_time()
            catalogue.make(key, ask)
            seconds.append(time.process_time() - begin)
        found[key] = (seconds[0], min(seconds[1:]))
    return found


def _write() -> dict[str, float]:
    """Write a log of events as a workbook with as many cells as are read."""
    import xlsxwriter

    book = xlsxwriter.Workbook(sys.argv[2])
    sheet = book.add_worksheet()
    for column, word in enumerate(("person", "event", "time", "source")):
        sheet.write(0, column, word)
    for row in range(1, ROWS):
        day = f"2024-{row % 12 + 1:02d}-{row % 28 + 1:02d} 10:00"
        for column, value in enumerate((f"P{row % 40_000:05d}", ("visit", "order", "paid")[row % 3], day, "search")):
            sheet.write(row, column, value)
    book.close()
    return {}


def _memory() -> dict[str, float]:
    """Return the process's peak before and after reading the workbook, in MiB, and the seconds that it takes."""
    from documents.incoming.ours import recognise
    from documents.incoming.own_file import Brought, Options

    data = Path(sys.argv[2]).read_bytes()
    unit = 2**20 if sys.platform == "darwin" else 2**10
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    begin = time.process_time()
    assert recognise("log.xlsx", data) is None
    reading = Brought("log.xlsx", data).read(Options())
    assert reading.log is not None
    assert reading.log.fine > 100_000
    return {
        "before": before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
        "seconds": time.process_time() - begin,
        "rows": reading.log.fine,
    }


def measure() -> tuple[dict[str, tuple[float, float]], dict[str, float], int]:
    """Return the times, the memory, and the size of the largest import in bytes."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.xlsx"
        # The peak of a process begins with that of the one that starts it: so this one only starts others.
        found = {what: _run(what, path) for what in ("write", "times", "memory")}
        return found["times"], found["memory"], path.stat().st_size


def _run(what: str, path: Path) -> dict:
    command = [sys.executable, "-m", "benchmarks.documents", what, str(path)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parent.parent)
    return json.loads(done.stdout)


if __name__ == "__main__":
    print(json.dumps({"times": _times, "memory": _memory, "write": _write}[sys.argv[1]]()))
