"""Measure what the project claims about speed: `python -m benchmarks`; exit code 1 if a budget is missed.

All figures of a table come from one run on one machine, so the ratios carry over to others; times do not.
"""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

import streamlit

from benchmarks.lines import PARTS, Line, Plan

RESULTS = Path(__file__).parent / "results"
QUICK = {"rounds": 2, "changes": 20, "learners": 50, "seconds": 8.0, "visits": 1, "presses": 9}


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen parts, print the table, keep it as JSON; return the exit code."""
    defaults = Plan()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=f"of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--app", type=Path, default=defaults.app)
    parser.add_argument("--home", default=defaults.home, help="url path of the reading page")
    parser.add_argument("--calculator", default=defaults.calculator, help="url path of the calculator")
    parser.add_argument("--slider", default=defaults.slider, help="prefix of its slider's key")
    parser.add_argument("--query", default=defaults.query, help="query of every visit, as lang=fa")
    parser.add_argument("--quick", action="store_true", help="shorter; for a look, not for a claim")
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    plan = Plan(
        app=given.app.resolve(), home=given.home, calculator=given.calculator, slider=given.slider, query=given.query,
        **(QUICK if given.quick else {}),
    )  # fmt: skip
    lines: list[Line] = []
    for name in given.parts or PARTS:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        lines += PARTS[name](plan)
    print(table(lines))
    keep(lines, given.quick)
    return 0 if all(line.passed for line in lines) else 1


def table(lines: list[Line]) -> str:
    """Lay the lines out for a terminal."""
    head = ("what", "measured", "budget", "", "from")
    rows = [
        (line.name, f"{line.value:.2f} {line.unit}".strip(), f"{line.budget:g} {line.unit}".strip(),
         "PASS" if line.passed else "OVER", line.beside)
        for line in lines
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    texts = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]]
    texts.insert(1, "  ".join("-" * width for width in widths))
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    where = (
        f"Streamlit {streamlit.__version__}, Python {platform.python_version()}, {os.cpu_count()} cores, load {load}"
    )
    return "\n".join([where, *(text.rstrip() for text in texts)])


def keep(lines: list[Line], quick: bool) -> None:
    """Write the figures to results/, named by the time."""
    RESULTS.mkdir(exist_ok=True)
    content = {
        "streamlit": streamlit.__version__,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "quick": quick,
        "lines": [line.to_dict() for line in lines],
    }
    file = RESULTS / f"{time.strftime('%Y-%m-%dT%H%M%S')}.json"
    file.write_text(json.dumps(content, indent=1) + "\n", "utf8")


if __name__ == "__main__":
    sys.exit(main())
