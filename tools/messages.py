"""Move interface text between Python and the translators: `python -m tools.messages extract|update|check`.

extract prints the template; update brings it into every `content/<code>/LC_MESSAGES/ui.po`; check lists every problem
and exits with 1 if there is one. The template is never stored: the Python code is the template.
"""

import io
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog as Messages
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from course.text import plain
from documents.words import problems as document_problems
from i18n.catalog import CatalogError, catalog_problems, load_po, po_path
from i18n.languages import Language, content_root, languages
from i18n.numbers import numbers
from i18n.plurals import form_count, plural_forms
from i18n.spelling import spelling_problems

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("frame.py", "app.py", "pages", "ui", "statements", "rooms", "rtl", "serving")
"""Where text for the screen may stand, in the order in which the translator meets it."""

KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_noop": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "plural": (1, 2),  # say.plural(one, many, n)
}
WIDTH = 110


def extract(root: Path | None = None) -> Messages:
    """Return every message that the Python files under `root` ask for, in the order of the files and lines.

    A comment that begins with "Translators:" right above a message goes along with it.
    """
    template = Messages(charset="utf-8")
    root = root or ROOT
    for path in _files(root):
        name = path.relative_to(root).as_posix()
        for _line, message, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), options={"encoding": "utf-8"}
        ):
            if message:
                template.add(message, None, [(name, None)], auto_comments=comments, context=context)
    return template


def _files(root: Path) -> list[Path]:
    found = []
    for source in SOURCES:
        path = root / source
        found += sorted(path.rglob("*.py")) if path.is_dir() else [path] if path.exists() else []
    return found


def po_text(messages: Messages, language: Language | None = None, header_comment: str = "") -> str:
    """Return a message file as text: no dates and no line numbers, so that git shows only what a person changed."""
    body = io.BytesIO()
    write_po(body, messages, WIDTH, omit_header=True, ignore_obsolete=True, include_previous=True, include_lineno=False)
    facts = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if language:
        facts = [f"Language: {language.code}", *facts, f"Plural-Forms: {plural_forms(language.locale)}"]
    header = "".join(f'"{fact}\\n"\n' for fact in facts)
    comment = f"{header_comment.strip()}\n" if header_comment.strip() else ""
    return f'{comment}msgid ""\nmsgstr ""\n{header}\n' + body.getvalue().decode("utf-8").rstrip("\n") + "\n"


def update(root: Path | None = None, template: Messages | None = None) -> list[str]:
    """Bring the messages of the code into every language's `ui.po`; return one line per language on what changed.

    Translations stay. A message that changed a little keeps its old translation, marked fuzzy, until a person has
    looked at it; a message that nobody asks for any more goes (git remembers it). Raises `CatalogError` for a file
    that cannot be read.
    """
    template = template or extract(root)
    said = []
    for language in languages(drafts=True):
        if language.code == "en":
            continue
        path = po_path(language.code)
        held = load_po(path) if path.exists() else Messages(charset="utf-8")
        comment = held.header_comment if path.exists() else f"# Two Funnels, {language.code}: the interface"
        before = {(one.context, str(one.id)) for one in held if one.id}
        # Babel fills new plural messages with as many empty forms as the catalogue says, so it has to be told.
        held._num_plurals = form_count(language.locale)
        held.update(template, update_creation_date=False)
        after = {(one.context, str(one.id)) for one in held if one.id}
        for one in held:
            if one.id and not isinstance(one.id, str):
                one.string = tuple(one.string or ()) + ("",) * (form_count(language.locale) - len(one.string or ()))
        text = po_text(held, language, comment)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        todo = sum(1 for one in held if one.id and (one.fuzzy or not one.string or not all(one.string)))
        new, gone = len(after - before), len(before - after)
        said.append(f"{language.code}: {len(after)} messages, {new} new, {gone} gone, {todo} to do")
    return said


def check(root: Path | None = None, template: Messages | None = None) -> list[str]:
    """Return every problem of every released language's words, with file and key: `ui.po`, names, pages, documents."""
    template = template or extract(root)
    codes = [language.code for language in languages()]
    found = [line for code in codes for line in (*catalog_problems(code, template), *text_problems(code))]
    return found + document_problems()


def text_problems(code: str) -> list[str]:
    """Return what is misspelt in a language's names and pages: values and prose, not keys."""
    found = []
    folder = content_root() / code
    seen = numbers(code).text  # as the reader sees it: a course text is written with 123 in every language
    for path in sorted([*folder.rglob("*.toml"), *folder.rglob("*.md")]):
        text = path.read_text("utf-8")
        front, body = ("", text) if path.suffix == ".md" else (text, "")
        if text.startswith("+++\n"):
            front, body = text.split("+++\n", 2)[1:]
        body = plain(re.sub(r"^\{.*\}$", "", body, flags=re.M))  # without a lesson's directives and marks
        values = [
            (key, value)
            for key, value in _strings(tomllib.loads(front))
            if key != "stamp" and (path.name != "language.toml" or key == "name")
        ]
        for key, value in [*values, ("text", body)]:
            found += [
                f"{path.relative_to(folder.parent)}: {key}: {problem}"
                for problem in spelling_problems(code, seen(value))
            ]
    return found


def _strings(table: dict, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _strings(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield from _strings({str(i): one for i, one in enumerate(value)}, f"{prefix}{key}.")
        elif isinstance(value, str):
            yield prefix + key, value


def main(arguments: list[str]) -> int:
    """Run one command; return the exit code: 0 fine, 1 problems, 2 not a command."""
    commands = {"extract": lambda: [po_text(extract())], "update": update, "check": check}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        lines = commands[arguments[0]]()
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 1
    print(*lines, sep="\n")
    return int(arguments[0] == "check" and bool(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
