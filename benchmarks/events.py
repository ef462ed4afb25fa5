"""Read a log of a million events and count its funnel, beside the fastest CSV reader at hand reading the same file.

Run as a script in a process of its own, so that its memory is nobody else's: `python -m benchmarks.events times FILE` or
`... memory FILE`.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROWS = 1_000_000
PEOPLE = 250_000
ROUNDS = 12
EVENTS = ("visit", "product-view", "add-to-cart", "checkout", "purchase", "support")
WEIGHTS = (40, 25, 15, 10, 5, 5)
SOURCES = ("google", "instagram", "email", "direct")


def write_log(path: Path) -> None:
    """Write a fictional log: ids of eight letters and digits, times with seconds, in no order."""
    chance = random.Random(20)
    people = [f"{chance.getrandbits(32):08x}" for _ in range(PEOPLE)]
    events = chance.choices(EVENTS, WEIGHTS, k=ROWS)
    start = 1_704_067_200
    with path.open("w", encoding="utf-8") as file:
        file.write("person,event,time,source\n")
        for event in events:
            moment = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(start + chance.randrange(120 * 86_400)))
            file.write(f"{people[chance.randrange(PEOPLE)]},{event},{moment},{chance.choice(SOURCES)}\n")


def ours(data: bytes) -> tuple[int, ...]:
    """Do what the page does with a file: look, read, code, suggest the steps, count the funnel."""
    from documents.incoming.own_file import Brought, Options, suggest_steps
    from funnel.formulas.events import Rules, funnel_of

    log = Brought("log.csv", data).read(Options()).log
    return funnel_of(log.people_codes, log.events, log.when, Rules(suggest_steps(log)[:5])).people


def readers() -> dict[str, Callable[[bytes], object]]:
    """Return the CSV readers that are installed anyway."""
    import io

    import pandas
    import pyarrow as pa
    from pyarrow import csv

    return {
        "pyarrow.csv": lambda data: csv.read_csv(pa.BufferReader(data)),
        "pandas (pyarrow engine)": lambda data: pandas.read_csv(io.BytesIO(data), engine="pyarrow"),
    }


def _times(data: bytes) -> dict[str, float]:
    """Return the best time of each, taken in turn: what a busy machine adds is nobody's merit or fault."""
    todo = {**readers(), "ours": ours}
    found: dict[str, list[float]] = {name: [] for name in todo}
    for turn in range(ROUNDS + 1):
        for name, act in todo.items():
            begin = time.perf_counter()
            act(data)
            if turn:  # the first is for imports and caches
                found[name].append(time.perf_counter() - begin)
    return {name: min(values) for name, values in found.items()}


def _memory(data: bytes) -> dict[str, float]:
    """Return the process's peak before and after, in MiB; the file itself is in memory before."""
    import documents.incoming.own_file  # noqa: F401

    unit = 2**20 if sys.platform == "darwin" else 2**10
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    ours(data)
    return {"before": before, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit}


def measure() -> tuple[dict[str, float], dict[str, float], int]:
    """Return the times, the memory, and the size of the file in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.csv"
        write_log(path)
        found = [
            json.loads(
                subprocess.run(
                    [sys.executable, "-m", "benchmarks.events", what, str(path)],
                    capture_output=True, check=True, cwd=Path(__file__).parent.parent,
                ).stdout
            )
            for what in ("times", "memory")
        ]  # fmt: skip
        return found[0], found[1], path.stat().st_size


if __name__ == "__main__":
    content = Path(sys.argv[2]).read_bytes()
    print(json.dumps((_times if sys.argv[1] == "times" else _memory)(content)))
