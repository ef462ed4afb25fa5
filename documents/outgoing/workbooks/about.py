"""The first sheet of every workbook: what it is, how it is used, what each number means and whose share a percentage is."""

from __future__ import annotations

from collections.abc import Sequence

from documents.outgoing.days import day_text
from documents.outgoing.workbooks.book import FILL, LINE, PALE, Book, Page, clip


def about(book: Book, terms: Sequence[str], source: str = "") -> None:
    """Write the sheet. `terms` are keys of the words' table `terms`; `source` is what the numbers began as, or ""."""
    say = book.say
    page = Page(book, "about", (6, 28, 74))
    page.title(book.id, 2)
    row = 2
    facts = [say("shared.from", name=source)] if source else []
    if book.ask.day:
        facts.append(say("shared.day", day=day_text(book.ask.day, book.ask.code, say.numbers)))
    if book.ask.link:
        facts.append(say("shared.link", link=clip(book.ask.link, 2000)))
    for fact in facts:
        page.text(row, 0, fact, 2)
        row += 1
    row = _section(page, row + 1, say("shared.how"))
    for number, step in enumerate([*say.many(f"{book.id}.how"), say("shared.protected")], 1):
        page.text(row, 0, say.numbers.count(number), align="center")
        page.text(row, 1, step, 2)
        row += 1
    row = _section(page, row + 1, say("shared.legend"))
    for fill, key in ((FILL, "given"), ("#FFFFFF", "computed"), (PALE, "fixed")):
        page.text(row, 0, "", bg_color=fill, border=1, border_color=LINE)
        page.text(row, 1, say(f"shared.{key}"), 2)
        row += 1
    row = _section(page, row + 1, say("shared.meanings")) if terms else row
    for term in terms:
        page.text(row, 0, say(f"terms.{term}.name"), 1, bold=True, bottom=4, bottom_color=LINE)
        page.text(row, 2, say(f"terms.{term}.meaning"), bottom=4, bottom_color=LINE)
        row += 1
    row = _section(page, row + 1, say("shared.notes"))
    for note in [*say.many(f"{book.id}.notes"), *say.many("shared.every")]:
        page.text(row, 0, "•", align="center")
        page.text(row, 1, note, 2)
        row += 1
    page.finish(2)


def _section(page: Page, row: int, text: str) -> int:
    page.text(row, 0, text, 2, bold=True, font_size=12)
    return row + 1
