"""What the calculators say, as stored text: one file for a calculator and a language, a section for each scenario.

Isolates are shown: ⟨a name⟩, ⟨ltr:an island⟩. Marks of direction (U+200E, U+200F, U+061C) stand in the text, as they do in
the app. `make golden` writes all of them anew.
"""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from documents.outgoing.plain import tables
from statements.blocks import (
    Apart,
    Block,
    Cards,
    Formula,
    Fraction,
    Heading,
    HeatTable,
    Items,
    Journey,
    Lowered,
    Math,
    Paragraph,
    Raised,
    Table,
)
from tests.statements.said import Rows, Said, said

HERE = Path(__file__).parent
FOLDER = HERE / "golden"
LANGUAGES = ("ar", "fa", "en")
#: This language's file has the numbers of the charts and the CSV too, and what was set each time; the others what is new in it.
WHOLE = "en"
#: Arabic begins with 123; one scenario of each calculator is read in its other digits too.
NATIVE = "arab"
MOST_POINTS = 12  # of a drawn line
SCENARIOS: dict[str, dict[str, str]] = tomllib.loads((HERE / "scenarios.toml").read_text("utf-8"))
_SHOWN = str.maketrans({"\u2066": "⟨ltr:", "\u2067": "⟨rtl:", "\u2068": "⟨", "\u2069": "⟩", "\n": "⏎"})
_HIDDEN = re.compile("[\u200b\u200e\u200f\u061c\u2066-\u2069\u00a0\u202f]")


def stored(slug: str, code: str) -> Path:
    """Return where a calculator's words in a language are stored."""
    return FOLDER / slug / f"{code}.txt"


def written(slug: str, code: str) -> str:
    """Return a calculator's words in a language, all scenarios, as they are stored."""
    whole, known = code == WHOLE, set()
    made = [_section(name, query, said(slug, query, code), whole, known) for name, query in SCENARIOS[slug].items()]
    if code == "ar":
        name, query = next(iter(SCENARIOS[slug].items()))
        made.append(_section(f"{name}, in native digits", query, said(slug, query, code, NATIVE), whole, known))
    return "\n".join(made)


def difference(slug: str, code: str) -> str:
    """Return how a calculator's words differ from those that are stored, as a readable unified diff; "" if they do not.

    What cannot be seen (marks of direction, special spaces) is left out of it, unless nothing else differs.
    """
    path = stored(slug, code)
    before, now = path.read_text("utf-8") if path.exists() else "", written(slug, code)
    if before == now:
        return ""
    for hidden in ("", lambda sign: f"\\u{ord(sign[0]):04x}"):
        old, new = (_HIDDEN.sub(hidden, text).splitlines() for text in (before, now))
        lines = difflib.unified_diff(old, new, f"stored: {slug}/{code}.txt", "said now", lineterm="", n=2)
        if found := "\n".join(lines):
            return found
    return "the ends of lines differ"


def rewrite() -> list[Path]:
    """Store what is said now and return the files that changed; files of what is gone are removed."""
    kept, changed = set(), []
    for slug in SCENARIOS:
        for code in LANGUAGES:
            path, new = stored(slug, code), written(slug, code)
            kept.add(path)
            if not path.exists() or path.read_text("utf-8") != new:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(new, "utf-8")
                changed.append(path)
    for path in FOLDER.rglob("*.txt"):
        if path not in kept:
            path.unlink()
            changed.append(path)
    return changed


# --- as text ------------------------------------------------------------------------------------------------------------


def _section(name: str, query: str, found: Said, whole: bool, known: set[str]) -> str:
    """Return a scenario's section; `known` are the lines of what was set that an earlier section has."""
    given = _given(found)
    new = [line for line in given if whole or line not in known]
    known.update(given)
    lines = [f"===== {name}: {query or '(nothing)'}", ""]
    for title, part in (
        ("SAYS", [found.headline]),
        ("FIGURES", [f"{label}: {value}" + (f" ({note})" if note else "") for label, value, note in found.figures]),
        ("NOTES", [f"- {note}" for note in found.notes]),
        *((f"CHART {i}", _chart(rows, whole)) for i, rows in enumerate(found.charts, 1)),
        ("BODY", [line for block in found.body for line in _block(block)]),
        ("GIVEN", new),
        ("CSV", [_row(cells) for cells in (found.table[0], *found.table[1]) if whole]),
    ):
        lines += [title, *(f"  {line.translate(_SHOWN)}".rstrip() for line in part), ""] if part else []
    return "\n".join(lines)


def _block(block: Block) -> Iterator[str]:
    """Yield a block's lines; how the parts of a formula are kept in their places is no part of them."""
    if isinstance(block, Heading):
        yield from ("", f"# {block.text}")
    elif isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Items):
        yield from (f"- {item}" for item in block.items)
    elif isinstance(block, Journey):
        yield from ("↻ " + " · ".join(filter(None, (one.name, one.value, one.back))) for one in block.stations)
    elif isinstance(block, Table | HeatTable):
        yield f"[table] {block.caption}"
        ((_title, rows),) = tables([block])
        if isinstance(block, Table):
            marked = set() if block.marked is None else {block.marked + 1}
        else:
            marked = {i for i, (_name, _cells, apart) in enumerate(block.rows, 2) if apart}
        for i, row in enumerate(rows):
            yield ("» " if i in marked else "| ") + " | ".join(row)
    elif isinstance(block, Cards):
        for title, readings in block.cards:
            yield from ("", f"# {title}")
            for one in readings:
                yield from (one.name, one.value, one.says, f"{block.says_not} {one.says_not}")
    else:
        assert isinstance(block, Formula)
        line = " = ".join(map(_math, block.parts))
        yield f"[formula] {block.name}: {line}" + (f" ({block.where})" if block.where else "")


def _math(part: Math) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Fraction):
        return f"[{_math(part.top)} / {_math(part.bottom)}]"
    if isinstance(part, Lowered | Raised):
        return ("_{%s}" if isinstance(part, Lowered) else "^{%s}") % _math(part.part)
    return _math(part.part) if isinstance(part, Apart) else "".join(map(_math, part))


def _given(found: Said) -> list[str]:
    lines = []
    for title, note, controls in found.given:
        lines += [f"# {title}"] * bool(title) + [note] * bool(note)
        lines += [f"{label} = {value}" + (f" ({help_})" if help_ else "") for label, value, help_ in controls]
    return lines


def _chart(rows: Rows, whole: bool) -> list[str]:
    """Return a chart's lines: rows with words one by one, ticks and the points of a line one after the other."""
    lines = []
    for (what, _line), same in groupby(rows, lambda row: (f"{row['kind']} {row.get('colour', '')}", _together(row))):
        shown = [
            part for row in same if (part := " ".join((row["text"], *([",".join(_numbers(row))] * whole))).strip())
        ]
        if (size := len(shown)) > MOST_POINTS:  # a curve: some of its points say which one it is
            what = f"{what.strip()} ({size} points)"
            shown = [shown[i * (size - 1) // (MOST_POINTS - 1)] for i in range(MOST_POINTS)]
        if shown or whole:
            lines.append(f"{what.strip()}: {' · '.join(shown)}")
    return lines


def _together(row: dict[str, Any]) -> Any:
    """Return what rows have in common that are shown on one line: ticks of an axis, points of a line; else the row's words."""
    return row["text"] if "x" not in row or row["kind"] == "key" else "" if "tick" in row["kind"] else row["line"]


def _numbers(row: dict[str, Any]) -> Iterator[str]:
    for key in ("x", "y", "x2", "y2", "value"):
        if row.get(key) is not None:
            yield _number(row[key])
    for key in ("until", "low", "high"):
        if row.get(key) is not None:
            yield f"{key} {_number(row[key])}"
    if row["kind"] == "key" and row["order"]:
        yield "dashed"


def _number(value: float) -> str:
    return f"{value:.6g}" if value else "0"


def _row(cells: Any) -> str:
    return " | ".join(
        "" if cell is None else _number(cell) if isinstance(cell, float) and math.isfinite(cell) else str(cell)
        for cell in cells
    )
