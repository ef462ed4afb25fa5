"""Content plan and journey research: prefilled tables to be completed, with states, dates and running counts."""

from __future__ import annotations

from collections.abc import Sequence

from documents.asking import Ask
from documents.outgoing.workbooks.about import about
from documents.outgoing.workbooks.book import Book, Page, quoted

HEAD = 3


def content(ask: Ask) -> bytes:
    """Make the content plan by stage and segment."""
    book = Book(ask, "workbook-content")
    about(book, ("zone", "segment", "goal", "measure"))
    _list(book, "content", (7, 17, 20, 27, 30, 16, 18, 21, 23, 13, 13, 13), "zone", "work", 8)
    return book.close()


def research(ask: Ask) -> bytes:
    """Make the research plan of the customer journey, and an empty map of the journey."""
    book = Book(ask, "workbook-research")
    about(book, ("journey", "touchpoint", "pain", "evidence"))
    _list(book, "research", (7, 15, 36, 22, 24, 14, 36, 16, 13, 13), "phase", "answered", 6)
    _map(book)
    return book.close()


def _list(book: Book, key: str, widths: Sequence[float], group: str, states: str, empty: int) -> None:
    """Write a list: a group, texts, then owner, state and date; `empty` rows at its end, and below them how many are done.

    `group` and `states` are keys of the words' lists: what a row belongs to, and how far it is.
    """
    say = book.say
    page = Page(book, key, widths, landscape=True)
    page.title(key, len(widths) - 1)
    page.heads(HEAD, [say("shared.number"), *say.many(f"{key}.heads")])
    rows, groups = say.rows(f"{key}.rows"), say.many(f"lists.{group}")
    owners, done = say.many("lists.owner"), say.many(f"lists.{states}")
    owner, state, date = range(len(widths) - 3, len(widths))
    first, end = HEAD + 1, HEAD + 1 + len(rows) + empty
    for place, row in enumerate(range(first, end)):
        which, *cells = rows[place] if place < len(rows) else ("",)
        page.label(row, 0, say.numbers.count(place + 1))
        page.give(row, 1, "", "choice", groups[int(which)] if which else None, choices=groups)
        for column in range(2, owner):
            page.give(row, column, "", "text", cells[column - 2] if column - 2 < len(cells) else "")
        page.give(row, owner, "", "choice", None, choices=owners)
        page.give(row, state, "", "choice", done[0] if which else None, choices=done)
        page.give(row, date, "", "date")
    page.heads(end + 1, say.many(f"counting.{states}"), 1)
    column, found = (f"{page.cell(first, c, True)}:{page.cell(end - 1, c, True)}" for c in (1, state))
    for place, name in enumerate(groups):
        row, many = end + 2 + place, sum(int(which) == place for which, *_cells in rows)
        page.label(row, 1, name)
        total = page.formula(row, 2, f"COUNTIF({column},{page.cell(row, 1)})", many, "whole")
        ready = page.formula(row, 3, f"COUNTIFS({column},{page.cell(row, 1)},{found},{quoted(done[-1])})", 0, "whole")
        page.formula(
            row, 4, book.undefined_unless(f"{ready}/{total}", total, ready), book.shown(0.0 if many else None), "share"
        )
    page.finish(len(widths) - 1, HEAD, (first, 2))


def _map(book: Book) -> None:
    """Write the empty map: what is seen of the journey, phase by phase."""
    say, phases = book.say, book.say.many("lists.phase")
    page = Page(book, "map", (24, *(24 for _ in phases)), landscape=True)
    page.title("map", len(phases))
    page.heads(HEAD, [say("map.head"), *phases])
    for row, label in enumerate(say.many("map.rows"), HEAD + 1):
        page.label(row, 0, label)
        page.grow(row, 62)
        for column in range(1, len(phases) + 1):
            page.give(row, column, "", "text")
    page.finish(len(phases), HEAD, (HEAD + 1, 1))
