"""The handover agreement (SLA) between marketing and sales: what is promised, by whom, and how it is checked."""

from __future__ import annotations

from documents.outgoing.workbooks.book import Book, Page, quoted

HEAD = 3
EMPTY_ROWS = 4


def agreement(book: Book) -> None:
    """Write the sheet: clauses to be completed, their owners, dates and states, and how much is agreed."""
    say = book.say
    page = Page(book, "sla", (7, 26, 52, 15, 30, 15, 14), landscape=True)
    page.title("sla", 6)
    page.heads(HEAD, [say("shared.number"), *say.many("sla.heads")])
    owners, states = say.many("lists.owner"), say.many("lists.agreed")
    rows = say.rows("sla.rows")
    first, size = HEAD + 1, len(rows) + EMPTY_ROWS
    for place in range(size):
        row = first + place
        clause, text, owner, measure = rows[place] if place < len(rows) else ("", "", "", "")
        page.label(row, 0, say.numbers.count(place + 1))
        page.give(row, 1, "", "text", clause)
        page.give(row, 2, "", "text", text)
        page.give(row, 3, "", "choice", owners[int(owner)] if owner else None, choices=owners)
        page.give(row, 4, "", "text", measure)
        page.give(row, 5, "", "choice", states[0] if clause else None, choices=states)
        page.give(row, 6, "", "date")
    end = first + size
    page.label(end + 1, 0, say("sla.done"), 1)
    clauses, found = (f"{page.cell(first, c)}:{page.cell(end - 1, c)}" for c in (1, 5))
    used = f'SUMPRODUCT(--({clauses}<>""))'
    page.formula(end + 1, 2, f'IF({used}=0,"",COUNTIF({found},{quoted(states[-1])})/{used})', 0, "share")
    page.finish(6, HEAD, (first, 2))
