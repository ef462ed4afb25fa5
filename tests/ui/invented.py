"""Invented languages: the English words bent in ways that find hidden assumptions. Made from the real catalogue."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.support import ROOT
from tools.messages import extract

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")


def only_x(text: str) -> str:
    return " ".join(["X", *PLACEHOLDER.findall(text)])


def doubled(text: str) -> str:
    return f"{text} {PLACEHOLDER.sub('', text)}"


def long(text: str) -> str:
    return f"{text} Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def marked(text: str) -> str:
    return f"\u200f\u2067{text}\u2069"


def hostile(text: str) -> str:
    return f'{text}<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>&lt;\'"`{{}}[x](javascript:hurt)**_'


BENDS: dict[str, Callable[[str], str]] = {
    "xx": only_x,
    "dd": doubled,
    "ll": long,
    "mm": marked,
    "hh": hostile,
}
RIGHT_TO_LEFT = {"mm", "hh"}


def _bend_toml(text: str, bend: Callable[[str], str]) -> str:
    def value(hit: re.Match) -> str:
        return f"{hit[1]} = '''{bend(hit[2])}'''"

    return re.sub(r'^([\w-]+) = "(.*)"$', value, text, flags=re.M)


def _bend_page(text: str, bend: Callable[[str], str]) -> str:
    _empty, front, body = text.split("+++\n", 2)
    return f"+++\n{_bend_toml(front, bend)}+++\n" + "\n\n".join(bend(part) for part in body.split("\n\n"))


def _bend_lesson(text: str, bend: Callable[[str], str]) -> str:
    """Bend a lesson line by line; its directives and the marks of lists and headings stay."""
    _empty, front, body = text.split("+++\n", 2)
    lines = []
    for line in body.splitlines():
        mark, said = re.fullmatch(r"(\s*(?:[-*]\s|\d+\.\s|#+\s)?)(.*)", line).groups()
        said, length = re.fullmatch(r"(.*?)(: (?:\?|[\d,.]+%?))?", said).groups()  # a bar of a guess keeps its length
        lines.append(line if not said or line.startswith("{") else mark + bend(said) + (length or ""))
    return f"+++\n{_bend_toml(front, bend)}+++\n" + "\n".join(lines) + "\n"


def make(folder: Path) -> Path:
    """Write a content root with English and every invented language; return it."""
    shutil.copytree(ROOT / "content" / "en", folder / "en")
    shutil.copy(ROOT / "content" / "syllabus.toml", folder)
    shutil.copy(ROOT / "content" / "guesses.toml", folder)
    shutil.copytree(ROOT / "content" / "questions", folder / "questions")
    template = extract()
    for code, bend in BENDS.items():
        here = folder / code
        shutil.copytree(ROOT / "content" / "en", here)
        direction, digits = ("rtl", "arabext") if code in RIGHT_TO_LEFT else ("ltr", "latn")
        (here / "language.toml").write_text(
            f'name = "{code}"\nlocale = "{"fa" if direction == "rtl" else "en"}"\ndirection = "{direction}"\n'
            f'digits = "{digits}"\ndigit_choices = ["{digits}"]\nfont = "Vazirmatn"\norder = 9\nstatus = "released"\n',
            "utf-8",
        )
        (here / "names.toml").write_text(_bend_toml((here / "names.toml").read_text("utf-8"), bend), "utf-8")
        for page in here.rglob("*.md"):
            text = page.read_text("utf-8")
            how = _bend_lesson if page.name == "lesson.md" else _bend_page
            page.write_text(how(text, bend) if text.startswith("+++") else bend(text), "utf-8")
        words = ("glossary.toml", "corrections.toml", "documents/catalogue.toml")
        for facts in [*here.rglob("quiz.toml"), *(here / file for file in words)]:
            facts.write_text(_bend_toml(facts.read_text("utf-8"), bend), "utf-8")
        catalogue = Catalog(locale="fa" if direction == "rtl" else "en")
        for message in template:
            if message.id:
                bent = tuple(bend(part) for part in message.id) if message.pluralizable else bend(message.id)
                catalogue.add(message.id, bent, context=message.context, flags=message.flags)
        (here / "LC_MESSAGES").mkdir()
        with (here / "LC_MESSAGES" / "ui.po").open("wb") as file:
            write_po(file, catalogue)
    return folder
