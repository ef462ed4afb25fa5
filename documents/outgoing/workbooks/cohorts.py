"""The cohort table: people by cohort and age, and the shares of those who began that are still there."""

from __future__ import annotations

from documents.asking import Ask
from documents.outgoing.workbooks.about import about
from documents.outgoing.workbooks.book import Book, Page, quoted
from funnel.calculators.cohorts import MOST_AGES, MOST_COHORTS, Inputs, compute
from funnel.formulas.conversion import Value
from funnel.formulas.retention import CohortTable
from funnel.links.scenario import decode, encode

HEAD, FIRST = 3, 4
LEAST_AGES = 13  # a year by months, from age 0
LAST = FIRST + MOST_COHORTS - 1


def cohorts(ask: Ask) -> bytes:
    """Make the workbook, filled from the cohorts calculator or empty."""
    book = Book(ask, "workbook-cohorts")
    given = decode(Inputs, ask.scenario).inputs if ask.calculator == "cohorts" and ask.scenario else None
    about(book, ("cohort", "age", "share-cohort", "pooled", "chained", "unweighted"))
    ages = max(LEAST_AGES, max(map(len, given.counts)) if given else 0)
    assert ages <= MOST_AGES
    counts = _counts(book, given, ages)
    _shares(book, given, ages, counts)
    base = None if given is None else encode(given)
    return book.close("cohorts", base)


def _heads(page: Page, ages: int, first: str) -> None:
    say = page.book.say
    page.heads(HEAD, [say("shared.number"), first, *(say.numbers.count(age) for age in range(ages))])


def _counts(book: Book, given: Inputs | None, ages: int) -> Page:
    """Write the sheet that is filled in."""
    say = book.say
    page = Page(book, "cohort-counts", (7, 22, *(9 for _ in range(ages))), landscape=True)
    page.title("cohort-counts", ages + 1)
    label = say("cohort-counts.cohort")
    _heads(page, ages, label)
    for place in range(MOST_COHORTS):
        row = FIRST + place
        page.label(row, 0, say.numbers.count(place + 1))
        name = given.names[place] if given and place < len(given.names) else None
        page.give(row, 1, f"name.{place}", "name", name, label=(HEAD, 1, label))
        known = given.counts[place] if given and place < len(given.counts) else ()
        for age in range(ages):
            count = known[age] if age < len(known) else None
            page.give(
                row, 2 + age, f"count.{place}.{age}", "count", count, label=(HEAD, 2 + age, say.numbers.count(age))
            )
    book.file.define_name("tf_cohorts", "=" + page.far(FIRST, 2) + ":" + page.cell(LAST, ages + 1, True))
    page.finish(ages + 1, HEAD, (FIRST, 2), whole=True)
    return page


def _shares(book: Book, given: Inputs | None, ages: int, counts: Page) -> None:
    """Write the sheet with the shares, three ways to sum them up, and their curve."""
    say = book.say
    page = Page(book, "cohort-shares", (7, 30, *(9 for _ in range(ages))), landscape=True)
    page.title("cohort-shares", ages + 1)
    _heads(page, ages, say("cohort-counts.cohort"))
    table = compute(given).table if given else None
    for place in range(MOST_COHORTS):
        row, first = FIRST + place, counts.far(FIRST + place, 2)
        page.label(row, 0, say.numbers.count(place + 1))
        name = counts.far(row, 1)
        called = given.names[place] if given and place < len(given.names) else ""
        here = given is not None and place < len(given.counts)
        if not called and here and given.counts[place][0] is not None:
            called = say.unnamed(place + 1)
        unnamed = quoted(say.unnamed(place + 1))
        page.formula(row, 1, f'IF({name}<>"",{name},IF(ISNUMBER({first}),{unnamed},""))', called, "text")
        known = given.counts[place] if here else ()
        for age in range(ages):
            cell, value = counts.far(row, 2 + age), known[age] if age < len(known) else None
            base: Value = known[0] if known else None
            share = table.cells[place][age] if table and value is not None else None
            page.formula(
                row,
                2 + age,
                book.undefined_unless(f"{cell}/{first}", first, cell),
                book.shown(share, base, value),
                "share",
            )
    _sums(page, table, ages, counts)
    row = LAST + 6
    drawn = book.file.add_chart({"type": "column"})  # a line would fall to 0 where nothing is known yet
    for offset, key, colour in ((0, "pooled", "#1F6F8B"), (1, "chained", "#D98324")):
        drawn.add_series({
            "name": say(f"terms.{key}.name"), "categories": [page.name, HEAD, 2, HEAD, ages + 1],
            "values": [page.name, LAST + 1 + offset, 2, LAST + 1 + offset, ages + 1],
            "fill": {"color": colour}, "gap": 60,
        })  # fmt: skip
    font = book.font
    drawn.set_title({"name": say("cohort-shares.chart"), "name_font": {**font, "size": 12, "bold": True}})
    # Time runs from left to right in every language, as in the app: its axis carries numbers.
    drawn.set_x_axis({"num_font": font, "name": say("terms.age.name"), "name_font": font})
    drawn.set_y_axis(
        {
            "min": 0,
            "max": 1,
            "num_format": book.shape + "0%",
            "num_font": font,
            "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}},
        }
    )
    drawn.set_legend({"position": "bottom", "font": font})
    drawn.set_size({"width": 900, "height": 320})
    page.sheet.insert_chart(row, 1, drawn, {"description": say("cohort-shares.chart")})
    page.last = row + 17
    page.finish(ages + 1, HEAD, (FIRST, 2), whole=True)


def _sums(page: Page, table: CohortTable | None, ages: int, counts: Page) -> None:
    """Write the pooled, chained and unweighted shares of each age."""
    book = page.book
    for offset, key in enumerate(("pooled", "chained", "unweighted"), 1):
        page.label(LAST + offset, 0, "")
        page.label(LAST + offset, 1, book.say(f"terms.{key}.name"))
    base = counts.far(FIRST, 2, LAST)

    def sums(age: int, since: int) -> tuple[str, str]:
        """Return the formulas of the people at two ages, of the cohorts that are known at both and began with somebody."""
        here, there = counts.far(FIRST, 2 + age, LAST), counts.far(FIRST, 2 + since, LAST)
        ripe = f"--ISNUMBER({base}),--({base}<>0),--ISNUMBER({here}),--ISNUMBER({there})"
        return f"SUMPRODUCT({ripe},{here})", f"SUMPRODUCT({ripe},{there})"

    for age in range(ages):
        column = 2 + age
        over, under = sums(age, 0)
        pooled = page.formula(
            LAST + 1, column, f'IF({under}=0,"",{over}/{under})', _at(table and table.pooled, age), "share"
        )
        before = page.cell(LAST + 2, column - 1)
        step, from_ = sums(age, age - 1) if age else ("", "")
        # Whoever has left stays away, even where nobody was there to leave.
        chained = pooled if not age else (
            f'IF(ISNUMBER({before}),IF({from_}<>0,{before}*({step}/{from_}),IF(AND({before}=0,N({pooled})=0,{pooled}<>""),0,"")),"")'
        )  # fmt: skip
        page.formula(LAST + 2, column, chained, _at(table and table.chained, age), "share")
        shares = f"{page.cell(FIRST, column)}:{page.cell(LAST, column)}"
        page.formula(
            LAST + 3,
            column,
            f'IF(COUNT({shares})=0,"",SUM({shares})/COUNT({shares}))',
            _at(table and table.unweighted, age),
            "share",
        )


def _at(values: tuple[Value, ...] | None, age: int) -> float | str:
    found = values[age] if values and age < len(values) else None
    return "" if found is None else found
