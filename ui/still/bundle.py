"""Modules of ours as one script, for pages that have no server to fetch them from.

The modules in ``ui/figures/web`` import each other by name (``import { a, b } from "./x.js"``) and export constants, functions and
classes; that is all of the language that this understands, and it says so where a module does more.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

WEB = Path(__file__).resolve().parent.parent / "figures" / "web"
_IMPORT = re.compile(r'^import \{ ([\w$, ]+) \} from "\./([\w-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (const|let|function|class) ([\w$]+)", re.MULTILINE)
_DEFAULT = re.compile(r"^export default .*?;\n", re.MULTILINE | re.DOTALL)
_LINE_COMMENT = re.compile(r"^\s*//.*\n", re.MULTILINE)
_COMMENT = re.compile(r"\s*/\*\*.*?\*/", re.DOTALL)


@cache
def bundle(entry: str) -> str:
    """Return a module and all that it imports as one script. Raises ValueError for what is not understood."""
    order: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{name}.js imports itself: {' -> '.join(above)}")
        for _names, other in _IMPORT.findall(_source(name)):
            visit(other, (*above, name))
        if name not in order:
            order.append(name)

    visit(entry, ())
    made = "".join(f"modules.{_safe(name)} = (() => {{\n{_module(name)}}})();\n" for name in order)
    return f'"use strict";\n(() => {{\nconst modules = {{}};\n{made}}})();\n'


def _source(name: str) -> str:
    return (WEB / f"{name}.js").read_text("utf-8")


def _safe(name: str) -> str:
    return name.replace("-", "_")


def _module(name: str) -> str:
    """Return a module's text with its imports taken from the others, and its exports given back."""
    text = _DEFAULT.sub("", _source(name))  # a default export is for Streamlit
    given = [found[1] for found in _EXPORT.findall(text)]
    text = _IMPORT.sub(lambda hit: f"const {{ {hit[1]} }} = modules.{_safe(hit[2])};", text)
    text = _EXPORT.sub(lambda hit: f"{hit[1]} {hit[2]}", text)
    text = _LINE_COMMENT.sub("", _COMMENT.sub("", text))
    if left := re.search(r"^(?:import|export)\b.*", text, re.MULTILINE):
        raise ValueError(f"{name}.js: {left[0]}")
    return f"{text}return {{ {', '.join(given)} }};\n"
