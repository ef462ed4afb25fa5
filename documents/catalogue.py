"""Every document of the house by its id: what it is called, for whom it is, how it is made, and what its file is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from course import library
from documents.asking import Ask, Document
from documents.outgoing.names import safe_name
from documents.words import words
from funnel import calculators
from funnel.links import scenario
from funnel.links.codecs import Name
from i18n.languages import language
from i18n.numbers import numbers
from i18n.titles import page_title, source_name

#: The order in which they are listed: what is filled in first, then what is handed out.
ORDER: tuple[str, ...] = (
    "workbook-marketing", "workbook-sales", "workbook-joined", "workbook-kpi", "workbook-economics", "workbook-content",
    "workbook-research", "workbook-cohorts", "handout-lesson", "page-lesson", "slides-lesson", "exercises", "exercises-key",
    "runsheet", "scorm-lesson", "report", "page-funnel", "page-glossary", "scorm-course", "certificate",
)  # fmt: skip
SHEETS: tuple[str, ...] = ("exercises", "exercises-key")  # whose order follows the seed
TRAINERS: tuple[str, ...] = ("slides-lesson", "exercises-key", "runsheet", "scorm-lesson")
MIME: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "html": "text/html",
    "zip": "application/zip",
}
MOST_SEED = 9_999
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of what can be written in both calendars
CODES = ("document", "language", "digits", "lesson", "no-lesson", "calculator", "no-calculator", "fits", "seed", "day")


class CannotMake(ValueError):
    """Say why a document cannot be made from what was asked: `code` of CODES, and what was given."""

    def __init__(self, code: str, given: str = "") -> None:
        super().__init__(f"{code}: {given}" if given else code)
        self.code, self.given = code, given


@dataclass(frozen=True)
class Card:
    """Hold what a reader is told of a document before she takes it: its title, what it is, and for whom."""

    title: str
    about: str
    who: str


_offered: list[Document] = []


def offer(more: Sequence[Document]) -> None:
    """Offer documents that another room makes: this one knows no pages. Their ids stand in ORDER, as those of all others."""
    _offered[:] = [*(one for one in _offered if one.id not in {each.id for each in more}), *more]
    documents.cache_clear()


@cache
def documents() -> Mapping[str, Document]:
    """Return all documents by id, in order. Their makers are imported here and not before: a server starts without them."""
    from documents.outgoing.handouts import HANDOUTS
    from documents.outgoing.workbooks import WORKBOOKS

    return {one.id: one for one in sorted((*WORKBOOKS, *HANDOUTS, *_offered), key=lambda one: ORDER.index(one.id))}


def document(key: str) -> Document:
    """Return a document. Raises CannotMake."""
    try:
        return documents()[key]
    except KeyError:
        raise CannotMake("document", key) from None


def card(key: str, code: str, digits: str | None = None) -> Card:
    """Return what a reader is told of a document, in her language and digits."""
    text, said = numbers(code, digits).text, words(code, "catalogue")[key]
    return Card(text(said["title"]), text(said["about"]), text(said["who"]))


def make(key: str, ask: Ask) -> bytes:
    """Return a document as a file. Raises CannotMake for what does not go together."""
    found = document(key)
    check(ask)
    if found.needs == "lesson" and not ask.lesson:
        raise CannotMake("no-lesson")
    if found.needs == "scenario" and not ask.calculator:
        raise CannotMake("no-calculator")
    if ask.calculator and not found.takes(ask):
        raise CannotMake("fits", ask.calculator)
    return found.make(ask)


def check(ask: Ask) -> None:
    """Say whether there is what a question names, whatever document it is asked of. Raises CannotMake."""
    try:
        choices = language(ask.code).digit_choices
    except KeyError:
        raise CannotMake("language", ask.code) from None
    if ask.digits is not None and ask.digits not in choices:
        raise CannotMake("digits", ask.digits)
    if ask.lesson and ask.lesson not in {one.slug for one in library.lessons()}:
        raise CannotMake("lesson", ask.lesson)
    if ask.calculator and ask.calculator not in calculators.slugs():
        raise CannotMake("calculator", ask.calculator)
    if not 1 <= ask.seed <= MOST_SEED:
        raise CannotMake("seed", str(ask.seed))
    if ask.day and not FIRST_YEAR <= ask.day.year <= LAST_YEAR:
        raise CannotMake("day", ask.day.isoformat())


def fitting(found: Document, ask: Ask) -> Ask:
    """Return what of a question concerns this document: it gets no lesson and no scenario that it cannot take."""
    kept = ask if found.needs == "lesson" else replace(ask, lesson="")
    return kept if found.takes(ask) else replace(kept, calculator="", scenario={}, events=())


def example(found: Document, ask: Ask) -> Ask:
    """Return the question as a document is shown by it: with what the first calculator that it fits begins with."""
    fitted = fitting(found, ask)
    return asked_with(fitted, found.fits[0], calculators.begin(found.fits[0])) if found.fits else fitted


def asked_with(ask: Ask, calculator: str, inputs: object) -> Ask:
    """Return the question with a calculator's numbers in it."""
    return replace(ask, calculator=calculator, scenario=scenario.encode(inputs))


def file_name(key: str, ask: Ask) -> str:
    """Return what the file is called, in the reader's language, safely on every system.

    >>> file_name("exercises", Ask("en", lesson="what-a-funnel-is", seed=7))
    'Exercise sheet - What a funnel is, sheet 7.pdf'
    """
    said, text = words(ask.code, "catalogue"), numbers(ask.code, ask.digits).text
    stem = said[key]["title"]
    if ask.lesson:
        stem = said["file"]["of"] % {"document": stem, "subject": library.lesson_text(ask.code, ask.lesson).head.title}
    elif ask.calculator:
        stem = said["file"]["of"] % {"document": stem, "subject": page_title(ask.code, ask.calculator)}
        stem = _from(ask.code, stem, ask.scenario.get("from", ""), _title(ask.scenario))
    if key in SHEETS:
        stem = said["file"]["sheet"] % {"name": stem, "seed": str(ask.seed)}
    return safe_name(text(stem), document(key).ending)


def _title(written: Mapping[str, str]) -> str:
    """Return what the learner calls the whole, of a scenario that says it."""
    return Name().read(written["title"], "", lambda *_: None) if "title" in written else ""


def _from(code: str, stem: str, source: str, title: str = "") -> str:
    """Add what the learner calls it, or the name of the business that the numbers began as, where there is one."""
    known = title or source_name(code, source)
    return words(code, "catalogue")["file"]["from"] % {"name": stem, "source": known} if known else stem


def data_name(
    calculator: str, kind: str, ending: str, code: str, digits: str | None = None, number: int = 1, source: str = "",
    title: str = "",
) -> str:  # fmt: skip
    """Return what a calculator's table, chart or scenario is called as a file; `kind` is a key of the words' [kinds].

    A `number` above 1 tells the second chart from the first; `source` is what the numbers began as, `title` what
    the learner calls them.

    >>> data_name("money", "json", "json", "en")
    'Money in the funnel - numbers.json'
    >>> data_name("money", "json", "json", "en", source="own")
    'Money in the funnel - numbers, Your own stages.json'
    """
    said, text = words(code, "catalogue"), numbers(code, digits).text
    stem = said["file"]["kind"] % {"page": page_title(code, calculator), "kind": said["kinds"][kind]}
    stem += f" {number}" if number > 1 else ""
    return safe_name(text(_from(code, stem, source, title)), ending)
