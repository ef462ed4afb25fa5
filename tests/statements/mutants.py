"""Does a test hear it when a statement is falsified? `python -m tests.statements.mutants`, by hand: it takes minutes.

Each mutant is one small falsehood, written into a copy of the tree; there what the calculators say must differ from what is stored.
Those by hand are wrong in ways that a person would be; `--all` makes more, one for every comparison, condition, sign and pair of
facts in the files of the statements. What lives must be equal to what was there: `EQUAL` says why.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import os
import random
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
#: Where the calculators' statements stand; in the lists a file is named by its place there.
CALCULATORS = ROOT / "statements" / "calculators"
FILES: dict[str, tuple[str, ...]] = {
    folder.name: tuple(f"{folder.name}/{path.stem}" for path in sorted(folder.glob("*.py")) if path.stem != "__init__")
    for folder in sorted(CALCULATORS.iterdir())
    if (folder / "calculator.py").exists()
}
#: What a copy needs.
COPIED = ("charts", "content", "course", "documents", "funnel", "i18n", "rtl", "serving", "statements", "tests", "ui")
#: What may be typed, how a slider goes and where a choice stands is no statement.
BOUNDS = frozenset((None, "low", "high", "slide", "least", "most", "put", "menu", "aside", "folded",
                    "optional", "extra", "stays", "charts"))  # fmt: skip

#: Functions in these files that say nothing of numbers: of a file that could not be read, how a field changes the inputs.
ELSEWHERE = frozenset(("put", "changed", "_put", "_change"))


@dataclass(frozen=True)
class Mutant:
    """Hold one falsehood: in a file of a calculator, from one place in its text to another, other text."""

    slug: str
    file: str
    start: int
    end: int
    new: str
    text: str

    @property
    def mutated(self) -> str:
        return self.text[: self.start] + self.new + self.text[self.end :]

    def __str__(self) -> str:
        line = self.text.count("\n", 0, self.start) + 1
        old = " ".join(self.text[self.start : self.end].split())
        return f"{self.slug}: {self.file}:{line}: {old[:90]!r} -> {' '.join(self.new.split())[:90]!r}"


def path_of(file: str) -> Path:
    """Return where a file of statements stands."""
    return CALCULATORS / f"{file}.py"


def by_hand() -> list[Mutant]:
    """Return the mutants of `mutants.toml`; each must still find its text, once."""
    made = []
    for one in tomllib.loads((HERE / "mutants.toml").read_text("utf-8"))["mutant"]:
        text = path_of(one["file"]).read_text("utf-8")
        if text.count(one["old"]) != 1:
            sys.exit(f"{one['file']} has {text.count(one['old'])} times: {one['old']}")
        slug = next(slug for slug, files in FILES.items() if one["file"] in files)
        start = text.index(one["old"])
        made.append(Mutant(slug, one["file"], start, start + len(one["old"]), one["new"], text))
    return made


# --- made ---------------------------------------------------------------------------------------------------------------

_INVERSE = {
    ast.Lt: ">=", ast.LtE: ">", ast.Gt: "<=", ast.GtE: "<", ast.Eq: "!=", ast.NotEq: "==", ast.Is: "is not", ast.IsNot: "is",
    ast.In: "not in", ast.NotIn: "in",
}  # fmt: skip
_OTHER = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}


def made(slug: str, file: str) -> Iterator[Mutant]:
    """Yield a mutant for every comparison, condition, sign, addition to a list and pair of facts in a file."""
    text = path_of(file).read_text("utf-8")
    starts = [0]
    for line in text.encode().splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def at(line: int, column: int) -> int:
        return len(text.encode()[: starts[line - 1] + column].decode())

    def span(node: ast.AST) -> tuple[int, int]:
        return at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)

    def source(node: ast.AST) -> str:
        start, end = span(node)
        return text[start:end]

    def instead(node: ast.AST, new: str) -> Mutant:
        return Mutant(slug, file, *span(node), new, text)

    for node in _said(ast.parse(text)):
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield instead(node, f"{source(node.left)} {_INVERSE[type(node.ops[0])]} {source(node.comparators[0])}")
        elif isinstance(node, ast.BoolOp):
            word = " or " if isinstance(node.op, ast.And) else " and "
            yield instead(node, word.join(f"({source(one)})" for one in node.values))
        elif isinstance(node, ast.BinOp) and type(node.op) in _OTHER and not _text(node):
            yield instead(node, f"({source(node.left)}) {_OTHER[type(node.op)]} ({source(node.right)})")
        elif _adds(node):
            yield instead(node, "pass")
        if isinstance(node, ast.If | ast.IfExp) and not isinstance(node.test, ast.Compare | ast.BoolOp):
            yield instead(node.test, f"not ({source(node.test)})")
        if isinstance(node, ast.Call) and (facts := [one for one in node.keywords if one.arg not in BOUNDS]):
            for one, two in pairwise(facts):
                if source(one.value) == source(two.value):
                    continue
                start, end = span(one.value)[0], span(two.value)[1]
                between = text[span(one.value)[1] : span(two.value)[0]]
                yield Mutant(slug, file, start, end, source(two.value) + between + source(one.value), text)
        if isinstance(node, ast.Dict) and None not in node.keys:
            for one, two in pairwise(node.values):
                between = text[span(one)[1] : span(two)[0]]
                yield Mutant(slug, file, span(one)[0], span(two)[1], source(two) + between + source(one), text)


def _said(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in functions that say something."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and (node.name in ELSEWHERE or _draws(node)):
            continue
        yield node
        yield from _said(node)


def _draws(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "st" for one in ast.walk(node))


def _adds(node: ast.AST) -> bool:
    """Say whether a statement adds something to what is said: a call of a method (`append`), or "+="."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute)
    return isinstance(node, ast.AugAssign)


def _text(node: ast.BinOp) -> bool:
    return any(
        isinstance(one, ast.Constant | ast.JoinedStr | ast.List) and not isinstance(getattr(one, "value", None), int | float)
        for one in (node.left, node.right)
    )  # fmt: skip


# --- heard --------------------------------------------------------------------------------------------------------------


def move_into(copy: Path) -> None:
    """Read our code from the copy from now on, and once all that the calculators say, which must be what is stored."""
    sys.path[0] = str(copy)
    os.chdir(copy)
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] in COPIED]:
        del sys.modules[name]
    golden = importlib.import_module("tests.statements.golden")
    assert Path(golden.__file__).is_relative_to(copy)
    for slug in FILES:
        for code in golden.LANGUAGES:
            assert not golden.difference(slug, code), f"{slug} fails as it is: run the golden tests first"


def heard(mutant: Mutant, copy: Path) -> bool:
    """Return whether a golden test of the calculator fails in the copy with this mutant in it.

    A process of its own reads the calculators anew; what they stand on has been read before, or each would take seconds.
    """
    path = copy / path_of(mutant.file).relative_to(ROOT)
    path.write_text(mutant.mutated, "utf-8")
    child = os.fork()
    if child == 0:
        os._exit(_listen(mutant.slug))
    _pid, status = os.waitpid(child, 0)
    path.write_text(mutant.text, "utf-8")
    return os.waitstatus_to_exitcode(status) != 0


def _listen(slug: str) -> int:
    anew = ".".join(CALCULATORS.relative_to(ROOT).parts)
    for name in [name for name in sys.modules if name == anew or name.startswith(f"{anew}.")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    golden = sys.modules["tests.statements.golden"]
    try:
        return int(any(golden.difference(slug, code) for code in ("en", "fa", "ar")))
    except BaseException:
        return 2


def main() -> int:
    """Try the mutants and print those that nobody heard."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--all", action="store_true", help="make more, for everything that can be inverted or swapped")
    asked.add_argument("--sample", type=int, default=0, help="of those that are made, try so many, by a seeded draw")
    asked.add_argument("slugs", nargs="*", default=list(FILES))
    given = asked.parse_args()
    mutants = [one for one in by_hand() if one.slug in given.slugs]
    if given.all:
        more = [one for slug in given.slugs for file in FILES[slug] for one in made(slug, file)]
        mutants += random.Random(1).sample(more, given.sample) if 0 < given.sample < len(more) else more
    equal = tomllib.loads((HERE / "mutants.toml").read_text("utf-8"))["equal"]
    living = excused = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve()
        for name in COPIED:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        move_into(copy)
        for mutant in mutants:
            if heard(mutant, copy):
                continue
            if any(one["file"] == mutant.file and one["old"] in _line_of(mutant) for one in equal):
                excused += 1
                continue
            living += 1
            print(f"LIVES  {mutant}", flush=True)
    print(f"{len(mutants)} mutants, {living} live, {excused} are equal to what was there")
    return int(living > 0)


def _line_of(mutant: Mutant) -> str:
    first = mutant.text.rfind("\n", 0, mutant.start) + 1
    last = mutant.text.find("\n", mutant.end)
    return " ".join(mutant.text[first:last].split())


if __name__ == "__main__":
    sys.exit(main())
