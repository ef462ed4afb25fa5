"""A lesson's Markdown, cut into the blocks that a page draws.

Besides Markdown a lesson has directives, each on a line of its own: ``{teaches: id, id}`` below a heading,
``{corrects: C01}``, ``{figure}``, ``{place: id}``, ``{yours}`` (what the learner adds to her own funnel here), and blocks that
``{end}`` closes: ``{predict}`` (a question, a list of guesses, ``{reveal}``, the answer), ``{guess: id}`` (a question, a list of
bars "name: number" of which one is "name: ?", ``{reveal}``, the answer), ``{wrong}`` (what people get wrong), ``{advanced: title}``
(for those who want more), ``{real: title}`` (a case that happened) and ``{tomorrow}`` (what to try). In running text
``[[term-id]]`` or ``[[term-id|as written here]]`` is a term, and ``{R24|disputed}`` a source with its certainty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

DIRECTIVE = re.compile(
    r"^\{(teaches|corrects|figure|place|yours|predict|guess|reveal|wrong|advanced|real|tomorrow|end)(?::\s*([^}]*))?\}\s*$"
)
TERM = re.compile(r"\[\[([a-z0-9-]+)(?:\|([^\]]+))?\]\]")
SOURCE = re.compile(r"\{(R\d\d(?:,\s*R\d\d)*)\|([a-z-]+)\}")
#: Boxes whose title is read.
TITLED = ("advanced", "real")
_BAR = re.compile(r"(.+?):\s*(\?|[\d,]+(?:\.\d+)?%?)")
GUESS = re.compile(r"^\s*[-*]\s+(.*)$")


@dataclass
class Block:
    """One piece of a lesson: ``kind`` text, figure, place, yours, predict, guess, wrong, advanced, real or tomorrow.

    ``text`` is its Markdown; ``section`` counts the headings so far; ``teaches`` and ``corrects`` are the ids told here;
    ``guesses`` and ``reveal`` belong to predict and guess; ``title`` to advanced and real, and to place and guess: an id.
    """

    kind: str
    section: int = 0
    text: str = ""
    teaches: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    reveal: str = ""
    title: str = ""

    @property
    def said(self) -> str:
        """All Markdown that a learner reads in it."""
        return " ".join((self.title if self.kind in TITLED else "", self.text, *self.guesses, self.reveal))

    @property
    def bars(self) -> tuple[tuple[str, float | None], ...]:
        """The bars of a guess: what each is and how long, None for the one that is guessed."""
        return tuple(map(_bar, self.guesses))


class LessonError(ValueError):
    """Say which line of a lesson has a directive that does not fit."""


@dataclass
class _Open:
    """A block whose ``{end}`` has not come yet; ``line`` is where it began."""

    kind: str
    title: str
    line: int
    lines: list[str] = field(default_factory=list)
    reveal: list[str] | None = None
    teaches: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()


def _ids(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def blocks(body: str, first: int = 1) -> tuple[Block, ...]:
    """Cut a lesson's body into blocks, in order. Raises LessonError for a directive out of place.

    ``first`` is the body's first line in its file, so that an error names the line there.
    """
    found: list[Block] = []
    text = Block("text")
    opened: _Open | None = None
    section = 0

    def close_text() -> None:
        nonlocal text
        if text.text.strip() or text.teaches or text.corrects:
            text.text = text.text.strip()
            found.append(text)
        text = Block("text", section)

    for number, line in enumerate(body.splitlines(), first):
        hit = DIRECTIVE.match(line)
        if hit is None:
            if opened is not None:
                (opened.lines if opened.reveal is None else opened.reveal).append(line)
                continue
            if line.startswith("## "):
                section += 1
                close_text()
            text.text += line + "\n"
            continue
        name, value = hit.groups()
        if name == "end":
            if opened is None:
                raise LessonError(f"line {number}: {{end}} closes nothing")
            found.append(_closed(opened, section))
            opened = None
        elif name == "reveal":
            if opened is None or opened.kind not in ("predict", "guess"):
                raise LessonError(f"line {number}: {{reveal}} belongs into {{predict}} or {{guess}}")
            opened.reveal = []
        elif opened is not None and name not in ("teaches", "corrects"):
            raise LessonError(f"line {number}: {{{name}}} inside {{{opened.kind}}}")
        elif name in ("teaches", "corrects"):
            told = text if opened is None else opened
            setattr(told, name, getattr(told, name) + _ids(value))
        elif name in ("figure", "place", "yours"):
            close_text()
            found.append(Block(name, section, title=(value or "").strip()))
        else:
            close_text()
            opened = _Open(name, (value or "").strip(), number)
    if opened is not None:
        raise LessonError(f"line {opened.line}: {{{opened.kind}}} is never closed")
    close_text()
    return tuple(found)


def _closed(opened: _Open, section: int) -> Block:
    found = Block(opened.kind, section, teaches=opened.teaches, corrects=opened.corrects, title=opened.title)
    if opened.kind not in ("predict", "guess"):
        found.text = "\n".join(opened.lines).strip()
        return found
    guesses = tuple(hit[1].strip() for one in opened.lines if (hit := GUESS.match(one)))
    question = "\n".join(one for one in opened.lines if not GUESS.match(one)).strip()
    if opened.reveal is None or not guesses or (opened.kind == "predict" and len(guesses) < 2):
        raise LessonError(f"line {opened.line}: {{{opened.kind}}} needs what can be guessed and a {{reveal}}")
    found.text, found.guesses, found.reveal = question, guesses, "\n".join(opened.reveal).strip()
    if opened.kind == "guess":
        wrong = [one for one in guesses if _BAR.fullmatch(one) is None]
        if wrong or [length for _name, length in found.bars].count(None) != 1:
            raise LessonError(f"line {opened.line}: the bars of {{guess}} are “name: number”, and one is “name: ?”")
    return found


def _bar(text: str) -> tuple[str, float | None]:
    hit = _BAR.fullmatch(text)
    if hit is None:  # a lesson with such a bar was refused when it was read
        return text, None
    name, number = hit.groups()
    if number == "?":
        return name, None
    return name, float(number.rstrip("%").replace(",", "")) / (100 if number.endswith("%") else 1)


def plain(text: str) -> str:
    """Return running text without directives, term and source marks: what is read and counted."""
    text = TERM.sub(lambda hit: hit[2] or hit[1].replace("-", " "), text)
    return re.sub(rf" ?{SOURCE.pattern}", "", text)


def words(found: Iterable[Block]) -> int:
    """Count the words that a learner reads."""
    said = plain(" ".join(one.said for one in found))
    return len(re.findall(r"[^\W_]+(?:[\u200c’'-][^\W_]+)*", said))
