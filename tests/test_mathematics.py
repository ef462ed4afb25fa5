"""A house decision as a test: mathematics is made in one place, or somebody reads it from the wrong side."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support import ROOT

#: Files outside `statements` that may write a sign of arithmetic: they read it, or what they write goes through Numbers.text.
#: So do the readers of what people bring, and the exercises, whose steps are drawn by ui/practice/task.py.
ARITHMETIC = {
    "course/arithmetic.py", "documents/outgoing/handouts/letters.py",
    "documents/outgoing/handouts/tasks.py", "documents/outgoing/plain.py",
}  # fmt: skip
ISLAND = re.compile("[\u2066\u2067]|\\\\u206[67]")
TAG = re.compile("<[^>]*>")


def docstrings(tree: ast.AST) -> set[int]:
    holders = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module) and node.body
    ]
    return {id(node.body[0].value) for node in holders if isinstance(node.body[0], ast.Expr)}


def found_in(text: str, room: str, name: str) -> list[str]:
    """Return where a file makes mathematics of its own."""
    tree, wrong = ast.parse(text), []
    told = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and ISLAND.search(ast.unparse(node)):
            wrong.append(f"{name}:{node.lineno} opens an island")
        elif isinstance(node, ast.Attribute) and node.attr == "formula" and ast.unparse(node.value) == "term":
            if f"formula({ast.unparse(node)})" not in text:
                wrong.append(f"{name}:{node.lineno} shows a formula by itself")
        elif (
            room != "statements"
            and not (name in ARITHMETIC or name.startswith(("documents/incoming/", "course/drills/")))
            and isinstance(node, ast.Constant)
            and id(node) not in told
        ):
            value = node.value if isinstance(node.value, str) else ""
            wrong += [f"{name}:{node.lineno} writes a sum: {value!r}"] * bool(re.search("[÷×−≈]", TAG.sub("", value)))
    return wrong


@pytest.mark.parametrize("room", ["course", "statements", "charts", "documents", "ui"])
def test_mathematics_is_made_in_one_place(room):
    """By i18n.sums: a calculator's formulas with the blocks of `statements`, every other text by `Numbers.text`."""
    paths: list[Path] = sorted((ROOT / room).rglob("*.py"))
    wrong = [one for path in paths for one in found_in(path.read_text("utf-8"), room, str(path.relative_to(ROOT)))]
    assert not wrong, f"a sum that is not made by i18n.sums is read from the wrong side by somebody: {wrong}"


@pytest.mark.parametrize(
    "text",
    ['f"{a} × {b}"', 'f"\\u2066{a} = {b}\\u2069"', "out.append(escape(term.formula))", 'x = "<p>403 ÷ 1,152</p>"'],
)
def test_what_makes_a_sum_by_itself_is_found(text):
    assert found_in(text, "ui", "ui/x.py")
