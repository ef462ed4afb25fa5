"""From data to a PDF: one Typst compiler for each template, our own fonts, the reader's language and digits.

The same data give the same bytes: no clock, no system font, no package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from course import library
from course.text import plain
from documents.asking import Ask
from documents.outgoing.days import day_text
from documents.outgoing.handouts.copying import copyable
from documents.outgoing.handouts.letters import printable
from documents.outgoing.handouts.prose import Prose
from documents.outgoing.qr import qr_svg
from documents.words import words
from funnel.facts.stages import Stage
from i18n.languages import DIGITS, Language, language
from i18n.numbers import Numbers, numbers
from i18n.plurals import category
from i18n.titles import names
from statements.text import typed

HERE = Path(__file__).resolve().parent
STATIC = HERE.parents[2] / "static"
FONTS = STATIC / "documents" / "paper"
MOST_LINK = 110  # characters of a link that are printed; the QR code and the link itself have all of it
#: Typst keeps what its last ten compilations used. A few empty ones (together some 5 ms) let it go: a server would hold 100 MB.
FORGET = 11
_one_at_a_time = Lock()


@lru_cache(maxsize=16)
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(input=str(HERE / template), root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return a template with its data as tagged PDF that meets PDF/UA-1. Raises typst.TypstError: a mistake of the house."""
    with _one_at_a_time:  # a compiler keeps what it has made, and is not made for two threads
        made = _compiler(template).compile(
            input=str(HERE / template), format="pdf", sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"],
            timestamp=0,
        )  # fmt: skip
        for _again in range(FORGET):
            _compiler("empty.typ").compile(input=str(HERE / "empty.typ"), format="pdf")
    return copyable(made)


@dataclass(frozen=True)
class Writer:
    """Hold what every handout is written with: the words, the digits and the facts of the reader's language."""

    ask: Ask
    kind: str

    @cached_property
    def language(self) -> Language:
        return language(self.ask.code)

    @cached_property
    def numbers(self) -> Numbers:
        return numbers(self.ask.code, self.ask.digits)

    @cached_property
    def prose(self) -> Prose:
        """The reader of lessons: it remembers the terms and sources that it met."""
        return Prose(self.ask.code, self.numbers, words(self.ask.code, "handouts")["certainty"])

    def said(self, table: str, key: str, **places: str) -> str:
        """Return a text of the house, filled, in the reader's digits."""
        return self.fill(words(self.ask.code, "handouts")[table][key], places)

    def plural(self, table: str, key: str, size: float, **places: str) -> str:
        """Return the form of a sentence that the shown number asks for."""
        forms = words(self.ask.code, "handouts")[table][key]
        return self.fill(forms[category(self.language.locale, size)], places)

    def fill(self, sentence: str, places: Mapping[str, str]) -> str:
        """Put places into a sentence; its own numbers get the reader's digits, what is put in stays as it is."""
        return self.numbers.text(sentence) % places

    def table(self, table: str) -> dict[str, Any]:
        """Return a table's plain texts by key: what a template needs."""
        found = words(self.ask.code, "handouts")[table]
        return {key: self.numbers.text(one) for key, one in found.items() if isinstance(one, str)}

    def letters(self) -> tuple[str, ...]:
        """Return what options are marked with."""
        return words(self.ask.code, "handouts")["common"]["letters"]

    def name(self, table: str, key: str) -> str:
        """Return the name of an id."""
        return self.numbers.text(names(self.ask.code)[table][key])

    def stage(self, stage: Stage, index: int) -> str:
        """Return a stage's name: the known one, the learner's own as typed and as an island, else its number."""
        if stage.id:
            return self.name("stages", stage.id)
        own = printable(stage.name, FONTS)
        return typed(own) if own else self.said("common", "stage", number=self.numbers.count(index + 1))

    def joined(self, parts: Iterable[str]) -> str:
        """Return parts with the comma of the language between them."""
        return ("، " if self.language.direction == "rtl" else ", ").join(parts)

    def terms(self, keys: Iterable[str]) -> list[dict[str, str]]:
        """Return terms of the glossary with what they mean, in the order of their language."""
        glossary = library.glossary(self.ask.code)
        known = [glossary[key] for key in keys if key in glossary]
        return [
            {"term": self.numbers.text(one.term), "definition": self.prose.text(plain(one.definition))}
            for one in sorted(known, key=lambda one: one.term)
        ]

    def day(self) -> str:
        """Return the date in the calendar of the language, "" without one."""
        return day_text(self.ask.day, self.ask.code, self.numbers) if self.ask.day else ""

    def base(self, title: str = "", running: str = "") -> dict[str, Any]:
        """Return what every template needs: without a title the document is called what it is."""
        card, link = words(self.ask.code, "catalogue")[self.kind], printable(self.ask.link, FONTS)
        kind = self.numbers.text(card["title"])
        page = self.said("common", "page", page="\0", pages="\0").split("\0")
        qr = qr_svg(self.ask.link) if self.ask.link else None
        return {
            "lang": self.language.code.partition("-")[0],
            "rtl": self.language.direction == "rtl",
            "digits": DIGITS[self.numbers.digits],
            "title": title or kind,
            "running": running or title or kind,
            "kind": kind,
            "about": self.numbers.text(card["about"]),
            "words": self.table("common") | {"page-of": page},
            "day": self.day(),
            "link": self.ask.link,
            "link-shown": link if len(link) <= MOST_LINK else link[: MOST_LINK - 1] + "…",
            "qr": qr.decode() if qr else None,
            "mark": _mark(),
        }


@lru_cache(maxsize=1)
def _mark() -> str:
    return (STATIC / "favicon.svg").read_text("utf-8")
