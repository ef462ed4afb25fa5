"""A lesson cut into screens for the projector: one idea on each, and the same cuts in every language.

The cuts follow the longest of the languages, so that a screen's number means the same everywhere and a switch of language keeps
the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from course import library
from course.text import plain
from i18n.languages import cached_per_root, languages

#: Letters that fit one screen in large type, however long the words are.
MOST_LETTERS = 430
#: A list leaves lines half empty, which is easier to read: it may keep the sentence that leads to it.
MOST_WITH_LIST = 560
MOST_ROWS = 6
_ITEM = re.compile(r"(?:[-*]|\d+[.)])\s")
_ITEM_COSTS = 28  # letters that an item of a list or a row of a table loses at its last line


@dataclass(frozen=True)
class Screen:
    """What is shown at once: ``kind`` title, text, figure, place, yours, predict, guess, reveal, wrong, question, answer or end.

    ``title`` is the heading above ("" for the kinds whose heading is the interface's), ``text`` its Markdown, ``guesses`` those
    of predict, ``key`` a question's id or the name of a figure.
    """

    kind: str
    title: str = ""
    text: str = ""
    guesses: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class _Unit:
    """What is to stand on a screen: whole, as it is in ``screen``, or ``parts`` that may be divided among several.

    ``head`` are the lines that stand above the parts on each of them (a table's); ``sizes`` how many letters each part has in the
    longest of the languages.
    """

    kind: str
    screen: Screen
    parts: tuple[str, ...] = ()
    head: str = ""
    sizes: tuple[int, ...] = ()

    @property
    def shape(self) -> tuple[str, int]:
        return self.kind, len(self.parts)


@cached_per_root
def screens(code: str, slug: str) -> tuple[Screen, ...]:
    """Return a lesson's screens in a language, in order. Raises what ``library.lesson_text`` raises."""
    mine = _units(code, slug)
    alike = [mine]
    for one in languages():
        other = _units(one.code, slug)
        if [unit.shape for unit in other] == [unit.shape for unit in mine]:
            alike.append(other)
    sized = []
    for same in zip(*alike, strict=True):  # one unit in every language
        texts = zip(*(unit.parts for unit in same), strict=True)
        sized.append(replace(same[0], sizes=tuple(max(map(_size, each)) for each in texts)))
    asked = [Screen(kind, key=key) for key in library.questions(slug) for kind in ("question", "answer")]
    return (Screen("title"), *_cut(sized), *asked, Screen("end"))


def _size(text: str) -> int:
    return len(plain(text))


def _units(code: str, slug: str) -> list[_Unit]:
    found, title = [], ""
    for block in library.lesson_text(code, slug).blocks:
        if block.kind == "text" and (hit := re.match(r"## (.*)\n*", block.text)):
            title = hit[1]
            block = replace(block, text=block.text[hit.end() :])
        if block.kind == "predict":
            found.append(_Unit("predict", Screen("predict", title, text=block.text, guesses=block.guesses)))
            found.append(_Unit("reveal", Screen("reveal", text=block.reveal)))
        elif block.kind == "guess":
            found.append(
                _Unit("guess", Screen("guess", title, text=block.text, guesses=block.guesses, key=block.title))
            )
            found.append(_Unit("reveal", Screen("reveal", text=block.reveal)))
        elif block.kind in ("figure", "place"):
            found.append(_Unit(block.kind, Screen(block.kind, title, key=block.title)))
        elif block.kind == "yours":
            found.append(_Unit("yours", Screen("yours", key=slug)))
        else:
            kind = block.kind if block.kind in ("wrong", "tomorrow") else "text"
            heading = {"text": title, "advanced": block.title, "real": block.title}.get(block.kind, "")
            found += _pieces(Screen(kind, heading), block.text)
    return found


def _pieces(screen: Screen, text: str) -> Iterator[_Unit]:
    """Yield paragraphs, lists and tables."""
    for piece in re.split(r"\n\s*\n", text.strip()):
        lines = piece.splitlines()
        if not lines:
            continue
        if piece.startswith("|"):
            yield _Unit("table", screen, tuple(lines[2:]), "\n".join(lines[:2]) + "\n")
        elif _ITEM.match(piece):
            items: list[str] = []
            for line in lines:
                if _ITEM.match(line) or not items:
                    items.append(line)
                else:
                    items[-1] += "\n" + line
            yield _Unit("list", screen, tuple(items))
        else:
            yield _Unit("paragraph", screen, (piece,))


def _cut(units: list[_Unit]) -> Iterator[Screen]:
    """Fill screens: short neighbours of a section share one, long lists and tables take several."""
    held: Screen | None = None
    used, last = 0, ""

    def full() -> Iterator[Screen]:
        nonlocal held, used
        if held is not None:
            yield held
        held, used = None, 0

    for unit in units:
        if not unit.parts:
            yield from full()
            yield unit.screen
            continue
        cost = sum(unit.sizes) + (_ITEM_COSTS * len(unit.parts) if unit.kind != "paragraph" else 0)
        near = held is not None and _goes_with(held, unit.screen)
        leads = near and unit.kind == "list" and last == "paragraph" and used <= MOST_LETTERS / 3
        most = MOST_WITH_LIST if leads else MOST_LETTERS
        if not leads and not (near and used + cost <= most):
            yield from full()
        chunks = _chunks(unit, cost, most - used)
        for n, chunk in enumerate(chunks):
            if n:
                yield from full()
            text = unit.head + "\n".join(chunk)
            held = unit.screen if held is None else held
            held = replace(held, text=f"{held.text}\n\n{text}".strip())
            used += cost if len(chunks) == 1 else MOST_LETTERS
        last = unit.kind
    yield from full()


def _goes_with(held: Screen, screen: Screen) -> bool:
    return (held.kind, held.title) == (screen.kind, screen.title)


def _chunks(unit: _Unit, cost: int, room: int) -> list[tuple[str, ...]]:
    """Cut a list or a table into runs of about equal length that fit; ``room`` is what the first screen has left."""
    if unit.kind == "paragraph":
        return [unit.parts]
    rows = len(unit.parts) if unit.kind == "table" else 0
    count = max(1, -(-cost // max(room, MOST_LETTERS // 2)) if cost > room else 1, -(-rows // MOST_ROWS))
    if count == 1:
        return [unit.parts]
    out: list[list[str]] = [[]]
    share = cost / count
    filled = 0.0
    for part, size in zip(unit.parts, unit.sizes, strict=True):
        if out[-1] and filled + (size + _ITEM_COSTS) / 2 > share * len(out) and len(out) < count:
            out.append([])
        out[-1].append(part)
        filled += size + _ITEM_COSTS
    return [tuple(one) for one in out]
