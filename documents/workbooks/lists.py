"""Content plan and journey research: prefilled tables to be completed, with states, dates and running counts."""

from __future__ import annotations

from collections.abc import Sequence

from documents.asking import Ask
from documents.workbooks.about import about
from documents.workbooks.book import Book, Page, quoted

HEAD = 3


def content(ask: Ask) -> bytes:
    """Make the content plan by stage and segment."""
    book = Book(ask, "workbook-content")
    about(book, ("zone", "segment", "goal", "measure"))
    zones = book.say.many("lists.zone")
    page, first, end = _table(book, "content", (7, 17, 20, 27, 30, 16, 18, 21, 23, 13, 13, 13), "zone", "work", 8)
    _count(book, page, end + 1, zones, (first, end), "work")
    page.finish(11, HEAD, (HEAD + 1, 2))
    return book.close()


def research(ask: Ask) -> bytes:
    """Make the research plan of the customer journey, and an empty map of the journey."""
    book = Book(ask, "workbook-research")
    about(book, ("journey", "touchpoint", "pain", "evidence"))
    phases = book.say.many("lists.phase")
    page, first, end = _table(book, "research", (7, 15, 36, 22, 24, 14, 36, 16, 13, 13), "phase", "answered", 6)
    _count(book, page, end + 1, phases, (first, end), "answered")
    page.finish(9, HEAD, (HEAD + 1, 2))
    _map(book, phases)
    return book.close()


def _table(book: Book, key: str, widths: Sequence[float], group: str, states: str, empty: int) -> tuple[Page, int, int]:
    """Write a list: a group, texts, then owner, state and date. Returns the page, its first row and the one after the last."""
    say = book.say
    page = Page(book, key, widths, landscape=True)
    page.title(key, len(widths) - 1)
    page.heads(HEAD, [say("shared.number"), *say.many(f"{key}.heads")])
    rows, groups = say.rows(f"{key}.rows"), say.many(f"lists.{group}")
    owners, done = say.many("lists.owner"), say.many(f"lists.{states}")
    texts, first = len(widths) - 5, HEAD + 1
    for place in range(len(rows) + empty):
        row = first + place
        which, *cells = rows[place] if place < len(rows) else ("",)
        page.label(row, 0, say.numbers.count(place + 1))
        page.give(row, 1, "", "choice", groups[int(which)] if which else None, choices=groups)
        for offset in range(texts):
            page.give(row, 2 + offset, "", "text", cells[offset] if offset < len(cells) else "")
        page.give(row, texts + 2, "", "choice", None, choices=owners)
        page.give(row, texts + 3, "", "choice", done[0] if which else None, choices=done)
        page.give(row, texts + 4, "", "date")
    return page, first, first + len(rows) + empty


def _count(book: Book, page: Page, row: int, groups: Sequence[str], area: tuple[int, int], states: str) -> None:
    """Write how many rows each group has, and how many of them are done."""
    say, (first, end), done = book.say, area, book.say.many(f"lists.{states}")[-1]
    state = len(page.widths) - 2
    page.heads(row, say.many(f"counting.{states}"), 1)
    column, found = (f"{page.cell(first, c, True)}:{page.cell(end - 1, c, True)}" for c in (1, state))
    rows = [row[0] for row in say.rows("content.rows" if states == "work" else "research.rows")]
    for place, group in enumerate(groups):
        line, many = row + 1 + place, sum(int(which) == place for which in rows)
        page.label(line, 1, group)
        total = page.formula(line, 2, f"COUNTIF({column},{page.cell(line, 1)})", many, "whole")
        ready = page.formula(line, 3, f"COUNTIFS({column},{page.cell(line, 1)},{found},{quoted(done)})", 0, "whole")
        page.formula(
            line, 4, book.undefined_unless(f"{ready}/{total}", total, ready), book.shown(0.0 if many else None), "share"
        )


def _map(book: Book, phases: Sequence[str]) -> None:
    """Write the empty map: what is seen of the journey, phase by phase."""
    say = book.say
    page = Page(book, "map", (24, *(24 for _ in phases)), landscape=True)
    page.title("map", len(phases))
    page.heads(HEAD, [say("map.head"), *phases])
    for row, label in enumerate(say.many("map.rows"), HEAD + 1):
        page.label(row, 0, label)
        page.grow(row, 62)
        for column in range(1, len(phases) + 1):
            page.give(row, column, "", "text")
    page.finish(len(phases), HEAD, (HEAD + 1, 1))
