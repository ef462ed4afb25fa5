"""House decisions as tests. Each message says why; the rooms themselves are drawn in docs/implementation-notes.md."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support import ROOT

STDLIB = set(sys.stdlib_module_names)
ROOMS = ("funnel", "i18n", "rtl", "serving", "course", "statements", "rooms", "charts", "documents", "ui")
MAY_IMPORT = {
    "funnel": {"funnel", "numpy", "scipy"},
    "i18n": {"i18n", "babel"},
    "rtl": {"rtl", "starlette", "streamlit", "i18n.languages"},
    "serving": {"serving", "starlette", "streamlit", "brotli"},
    "course": {"course", "pydantic", "fsrs", "i18n", "funnel"},
    "statements": {"statements", "funnel", "i18n"},
    "rooms": {"rooms", "funnel", "i18n", "course", "statements"}
    | {"pydantic", "starlette", "asyncpg", "brotli", "segno"},
    "charts": {"charts", "altair", "statements"},
    "documents": {"documents", "funnel", "i18n", "course", "statements", "rooms", "charts"}
    | {"numpy", "pandas", "pyarrow", "python_calamine", "markdown_it", "segno", "typst", "vl_convert", "xlsxwriter"},
    "ui": {
        "ui",
        "markdown_it",
        "markupsafe",
        "streamlit",
        "pyarrow",
        "pandas",
        "rtl",
        "funnel",
        "i18n",
        "course",
        "statements",
        "charts",
        "documents",
        "rooms",
    },
    "pages": {"streamlit", "ui"},
    "frame.py": {"streamlit", "ui"},
    # a command line puts rooms together, as app.py does
    "documents/__main__.py": {"documents", "funnel", "i18n", "course", "ui.still.documents"},
    "app.py": {"streamlit", "ui", "rtl", "serving", "i18n"},
}


def sources(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def every_source() -> list[Path]:
    return [path for place in MAY_IMPORT for path in sources(place)]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def allowed(name: str, room: str) -> bool:
    parts = name.split(".")
    prefixes = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
    return parts[0] in STDLIB or bool(prefixes & MAY_IMPORT[room])


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_its_row_allows(room):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in sources(room)
        if path == ROOT / room or path.relative_to(ROOT).as_posix() not in MAY_IMPORT
        for name in sorted(imported(path))
        if not allowed(name, room)
    ]
    assert not wrong, f"{room} may import only the standard library and {sorted(MAY_IMPORT[room])}: {wrong}"


def test_statements_hold_no_markup():
    tag = re.compile(
        r"</?(?:a|b|bdi|br|div|dd|dl|dt|h[1-6]|li|p|section|span|strong|sub|sup|table|td|th|tr|ul)\b[^<>]*>"
    )
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources("statements")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and tag.search(node.value)
    ]
    assert not wrong, f"what a calculator says is plain data; ui/blocks.py makes HTML of it, documents paper: {wrong}"


def test_only_state_touches_the_session_and_the_address():
    # rooms/ has no session of Streamlit's: what it reads there is a plain request's query
    wrong = [
        str(path.relative_to(ROOT))
        for path in every_source()
        if path != ROOT / "ui/state.py"
        and "rooms" not in path.parts
        and re.search(r"\.(session_state|query_params)\b", path.read_text("utf-8"))
    ]
    assert not wrong, (
        f"session and URL are read and written in ui/state.py only, so that a link can restore all: {wrong}"
    )


def links_past_navigation(path: Path) -> list[str]:
    """Return the links to pages of ours that are not written by ``ui.navigation.to``, as they stand in a file."""
    text = path.read_text("utf-8")
    if path.suffix == ".md":
        return re.findall(r"\]\((?!https?:)[^)]*\)", text)
    if path.suffix == ".js":
        return [hit for hit in re.findall(r"""make\(\s*["']a["'][^;]*""", text) if "data-inside" not in hit]
    made = [hit for hit in re.findall(r"<a\s[^>]*", text) if "{to" not in hit and 'href="http' not in hit]
    return made + re.findall(r"\bst\.page_link\b|\blink_button\b", text)


def test_every_link_of_ours_is_made_in_one_place():
    places = [*sources("ui"), *sources("pages"), *(ROOT / "ui").rglob("*.js"), *(ROOT / "content").rglob("*.md")]
    places.remove(ROOT / "ui/still/file.py")  # a file that travels has no app: its links lead to a site, or nowhere
    wrong = {str(path.relative_to(ROOT)): found for path in places if (found := links_past_navigation(path))}
    assert not wrong, f"ui.navigation.to makes a link that loads nothing anew and so keeps what a learner did: {wrong}"


def test_pages_and_frame_stay_thin():
    for path in [*sources("pages"), ROOT / "frame.py"]:
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 40, f"{path.name}: what a page does belongs in ui/"
        assert "unsafe_allow_html" not in text, f"{path.name}: raw HTML is ui's business"
        assert "alt." not in text, f"{path.name}: charts are ui's business"


def test_arithmetic_has_no_clock_and_no_unseeded_chance():
    for path in sources("funnel"):
        found = imported(path) & {"time", "datetime", "random", "secrets"}
        assert not found, f"{path.name}: the same inputs must always give the same result: {found}"


def test_only_i18n_speaks_to_babel():
    wrong = [
        str(path)
        for path in every_source()
        if "i18n" not in path.parts and any(n.startswith("babel") for n in imported(path))
    ]
    assert not wrong, f"one place turns numbers into text: {wrong}"


def test_only_rtl_knows_left_and_right():
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:"
    )
    wrong = [
        f"{path.name}: {hit.group()}"
        for path in (ROOT / "ui").rglob("*.css")
        for hit in physical.finditer(path.read_text("utf-8"))
    ]
    assert not wrong, f"logical sides only, or a language is laid out wrongly: {wrong}"


#: Files longer than one sitting, each with why it is better whole than cut.
LONG: dict[str, str] = {
    "benchmarks/lines.py": "every budget stands in one list",
    "funnel/calculators/customer_value.py": "one calculator of five views that share their checks",
}


def test_files_stay_readable():
    folders = [*ROOMS, "pages", "tests", "tools", "benchmarks"]
    long = {
        path.relative_to(ROOT).as_posix(): n
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if (n := len(path.read_text("utf-8").splitlines())) > 330
    }
    unexplained = {name: n for name, n in long.items() if name not in LONG}
    assert not unexplained, (
        f"a file that is read at one sitting has about 300 lines; cut by meaning, or say in LONG why not: {unexplained}"
    )
    assert set(LONG) <= set(long), f"short enough now: {set(LONG) - set(long)}"


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_when_loaded(path: Path, modules: set[str]) -> set[str]:
    """Return the modules of ours that a file names in any import, inside functions and for types too."""
    found = set()
    for name in imported(path):
        while name and name not in modules:
            name = name.rpartition(".")[0]
        found |= {name} - {""}
    return found - {module_of(path)}


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import each other, directly or around a corner (Tarjan, 1972)."""
    found: list[list[str]] = []
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []

    def visit(at: str) -> None:
        order[at] = low[at] = len(order)
        stack.append(at)
        for to in graph[at]:
            if to not in order:
                visit(to)
                low[at] = min(low[at], low[to])
            elif to in stack:
                low[at] = min(low[at], order[to])
        if low[at] == order[at]:
            group = [stack.pop()]
            while group[-1] != at:
                group.append(stack.pop())
            if len(group) > 1:
                found.append(sorted(group))

    for one in graph:
        if one not in order:
            visit(one)
    return found


def test_no_files_import_each_other_in_a_circle():
    paths = {module_of(path): path for room in ROOMS for path in sources(room)}
    graph = {name: imports_when_loaded(path, set(paths)) for name, path in paths.items()}
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    wrong = circles(graph)
    assert not wrong, f"what needs each other is one thing, or one of them belongs elsewhere: {wrong}"


def test_a_cited_formula_stands_in_the_model():
    model = (ROOT / "docs/model.md").read_text("utf-8")
    wrong = [
        f"{path.relative_to(ROOT)}: {one}"
        for path in [*every_source(), *sources("tests")]
        for cite in re.findall(r"docs/model\.md, (F\d\d(?:(?:,| and) F\d\d)*)", path.read_text("utf-8"))
        for one in re.findall(r"F\d\d", cite)
        if not re.search(rf"\b{one}\b", model)
    ]
    assert not wrong, f"a source that the reader cannot open is none: {wrong}"


def test_a_calculators_four_names_agree():
    models = {p.stem for p in (ROOT / "funnel/calculators").glob("*.py") if p.stem != "__init__"}
    pages = {p.stem.split("_", 1)[1] for p in (ROOT / "pages").glob("[0-9]*.py")}
    tests = {p.stem.removeprefix("test_") for p in (ROOT / "tests/funnel/calculators").glob("test_*.py")}
    assert models <= pages, f"no page for {models - pages}"
    assert models <= tests, f"no test file for {models - tests}"
    for folder in sorted(p.parent for p in (ROOT / "content").glob("*/language.toml")):
        texts = {p.stem for p in (folder / "calculators").glob("*.md")}
        assert models == texts, f"{folder.name}/calculators: {models ^ texts}; the names are the registry"


def test_every_language_has_every_name_and_page():
    folders = sorted(p.parent for p in (ROOT / "content").glob("*/language.toml"))
    shapes = {}
    for folder in folders:
        names = tomllib.loads((folder / "names.toml").read_text("utf-8"))
        shapes[folder.name] = {f"{table}.{key}" for table, rows in names.items() for key in rows}
        shapes[folder.name] |= {p.relative_to(folder).as_posix() for p in folder.rglob("*.md")}
        for page in folder.rglob("*.md"):
            text = page.read_text("utf-8")
            front = tomllib.loads(text.split("+++\n", 2)[1]) if text.startswith("+++") else {}
            shapes[folder.name] |= {f"{page.stem}:{key}" for key in front if key != "stamp"}
    for code, shape in shapes.items():
        assert shape == shapes["en"], f"{code} and en differ in {sorted(shape ^ shapes['en'])}"


def test_the_names_cover_the_ids_of_the_models():
    from funnel.facts.stages import MODELS, PRESETS, STAGE_IDS

    names = tomllib.loads((ROOT / "content/en/names.toml").read_text("utf-8"))
    assert set(names["stages"]) >= set(STAGE_IDS), set(STAGE_IDS) - set(names["stages"])
    assert set(names["stages"]) <= set(STAGE_IDS), f"names of no stage: {set(names['stages']) - set(STAGE_IDS)}"
    assert set(names["models"]) == set(MODELS)
    assert set(names["presets"]) == set(PRESETS)


def test_streamlit_is_pinned_exactly():
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert re.search(r"^streamlit==\d+\.\d+\.\d+$", text, re.M), "rtl/ leans on Streamlit's internals"


def test_every_package_the_asker_fixed_is_required():
    text = (ROOT / "requirements.txt").read_text("utf-8").lower()
    for name in ("streamlit", "altair", "pandas", "babel", "pytest"):
        assert re.search(rf"^{name}\b", text, re.M), f"{name} is part of the commission"


def test_nothing_of_a_machine_is_written_down():
    listed = [
        p
        for p in ROOT.rglob("*")
        if p.is_file()
        and p.suffix in {".py", ".md", ".toml", ".txt", ".css", ".js", ".po"}
        and not any(part.startswith(".") or part == "node_modules" for part in p.relative_to(ROOT).parts)
    ]
    machine = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/\w")
    wrong = [
        f"{p.relative_to(ROOT)}:{n}"
        for p in listed
        for n, line in enumerate(p.read_text("utf-8").splitlines(), 1)
        if machine.search(line) and p.name != "test_house_rules.py"
    ]
    assert not wrong, f"paths of one machine: {wrong}"


def test_no_words_hide_inside_an_f_string():
    hidden = []
    for path in every_source():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                names = {n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
                if names & {"_", "ngettext", "pgettext", "npgettext", "N_"}:
                    hidden.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not hidden, f"the extraction tool does not look into f-strings, so these would stay English: {hidden}"
