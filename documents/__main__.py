"""Documents from a terminal, so that a class can be prepared without clicking.

    python -m documents list [--language fa]
    python -m documents make exercises --language fa --lesson what-a-funnel-is --seed 7 --out class
    python -m documents make report --language ar --digits arab --link "http://localhost:8501/stage_conversion?v=1&from=s1-ecom-sar"
    python -m documents all --language fa --lesson what-a-funnel-is --site http://localhost:8501 --out class

`all` makes everything that the language has: each workbook, each document of each lesson (or of the one named), and the report on
each calculator (or the one named). Exit code: 0 made, 1 not made, 2 not understood; why is one sentence on standard error.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from course import library
from documents import catalogue
from documents.asking import Ask, Document
from documents.catalogue import CannotMake
from funnel import calculators
from funnel.links import scenario
from ui.still import documents as _pages  # noqa: F401  offers the pages among the documents

#: Why nothing is made: for each of `catalogue.CODES`, and for a link whose numbers cannot be read.
SENTENCES = {
    "document": "There is no document “{}”; `python -m documents list` shows all.",
    "language": "There is no language “{}” here.",
    "digits": "These digits do not belong to the language: “{}”.",
    "lesson": "There is no lesson “{}”.",
    "no-lesson": "This document belongs to a lesson: name it with --lesson.",
    "calculator": "There is no calculator “{}”.",
    "no-calculator": "This document is made from numbers: name a calculator with --calculator.",
    "fits": "This document cannot take the numbers of “{}”.",
    "day": "A date on paper lies between 1900 and 2199, not {}.",
    "seed": "A sheet's number is 1 to 9999, not {}.",
    "link": "This cannot be read in the link: {}.",
}


class NotWritten(Exception):
    """Say why a file could not be written."""


def ask_of(given: argparse.Namespace) -> Ask:
    """Return the question that the options ask. Raises CannotMake.

    The calculator is the one that is named, else the page of the link, whose numbers are taken.
    """
    opened = urlsplit(given.link)
    slug = given.calculator or opened.path.rstrip("/").rpartition("/")[2]
    if opened.query and not slug:
        raise CannotMake("no-calculator")
    link = given.link if opened.scheme in ("http", "https") else ""
    day = given.day or date.today()
    ask = Ask(given.language, given.digits, slug, lesson=given.lesson, seed=given.seed, link=link, day=day)
    catalogue.check(ask)
    return replace(ask, scenario=_scenario(slug, opened.query)) if slug else ask


def _scenario(slug: str, query: str) -> dict[str, str]:
    """Return a calculator's plain scenario from a link's query; "" is what it begins with."""
    decoded = scenario.decode(calculators.model(slug).Inputs, dict(parse_qsl(query, keep_blank_values=True)))
    if decoded.changes:
        first = decoded.changes[0]
        raise CannotMake("link", f"{first.field or 'the whole'}: {first.code} {first.given}".strip())
    return scenario.encode(decoded.inputs)


def linked(ask: Ask, site: str) -> Ask:
    """Return the question with the address of what it is about, on a site: for the link and the QR code on paper."""
    page = ask.calculator or ask.lesson
    if not site or not page or ask.link:
        return ask
    digits = {"digits": ask.digits} if ask.digits else {}
    return replace(ask, link=f"{site.rstrip('/')}/{page}?{urlencode({'lang': ask.code} | digits | dict(ask.scenario))}")


def everything(ask: Ask) -> Iterator[tuple[Document, Ask]]:
    """Yield every document with what it is made from; a lesson or calculator that was named stands for all others."""
    lessons = [ask.lesson] if ask.lesson else [one.slug for one in library.lessons()]
    for found in catalogue.documents().values():
        fitted = catalogue.fitting(found, ask)
        if found.needs == "lesson":
            yield from ((found, replace(fitted, lesson=slug)) for slug in lessons)
        elif found.needs == "scenario" and not ask.calculator:
            for slug in calculators.slugs() if found.any_calculator else found.fits:
                yield found, catalogue.asked_with(fitted, slug, calculators.begin(slug))
        elif found.needs != "scenario" or fitted.calculator:
            yield found, fitted


def _write(found: Document, ask: Ask, folder: Path) -> None:
    data = catalogue.make(found.id, ask)
    path = folder / catalogue.file_name(found.id, ask)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise NotWritten(f"{error.strerror or error}: {path}") from None
    print(path, flush=True)


def _list(code: str) -> None:
    catalogue.check(Ask(code))
    for key, found in catalogue.documents().items():
        card = catalogue.card(key, code)
        needs = {"lesson": "--lesson", "scenario": "--calculator"}.get(found.needs, "")
        print("\t".join((key, found.ending, needs, card.title, card.about)))


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code: 0 made, 1 not made, 2 not understood."""
    parser = argparse.ArgumentParser(
        prog="python -m documents", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("list", "make", "all"):
        one = commands.add_parser(name)
        one.add_argument("--language", default="en", help="code of a language, as fa")
        if name == "make":
            one.add_argument("document", help="an id from the list")
        if name == "list":
            continue
        one.add_argument("--digits", help="latn, arab or arabext (default: the language's own)")
        one.add_argument("--lesson", default="", help="address of a lesson, as what-a-funnel-is")
        one.add_argument("--calculator", default="", help="address of a calculator, as money")
        one.add_argument("--link", default="", help="the numbers: a link from “Share”, or its part from the ? on")
        one.add_argument(
            "--site", default="", help="where the course runs, as http://localhost:8501: for links on paper"
        )
        one.add_argument("--seed", type=int, default=1, help="number of an exercise sheet, 1 to 9999")
        one.add_argument("--day", type=date.fromisoformat, help="date to print, as 2026-01-31 (default: today)")
        one.add_argument("--out", type=Path, default=Path(), help="folder (default: this one)")
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):  # a Windows terminal may not know the letters of a title
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        if given.command == "list":
            _list(given.language)
            return 0
        ask = ask_of(given)
        if given.command == "make":
            _write(catalogue.document(given.document), linked(ask, given.site), given.out)
            return 0
        for found, fitted in everything(ask):
            _write(found, linked(fitted, given.site), given.out)
        return 0
    except CannotMake as error:
        print(SENTENCES[error.code].format(error.given[:200]), file=sys.stderr)
        return 2
    except NotWritten as error:
        print(f"The file cannot be written: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
