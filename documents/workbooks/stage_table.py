"""The sheet with the stages, ten rows for as many as somebody may fill in; `stage_keys.py` writes what is below them."""

from __future__ import annotations

from collections.abc import Mapping

from documents.workbooks.book import Book, Page, quoted
from documents.workbooks.hidden import kept
from documents.workbooks.stage_keys import (
    CHANGE,
    EXTRA,
    FIRST,
    GAIN,
    HEAD,
    IF,
    IF_RATE,
    LAST,
    LOST,
    NAME,
    NO,
    NOTE,
    NOW,
    OWN,
    RATE,
    REF,
    STEP,
    TOP,
    chart,
    key_figures,
)  # fmt: skip
from funnel.calculators.stage_conversion import CopyResult, bottlenecks, copy_result
from funnel.facts.stages import MAX_STAGES
from funnel.formulas.conversion import Value, Values
from funnel.formulas.money import cost_per_stage
from funnel.inputs.funnel import Inputs


class Table:
    """The sheet with the stages: inputs, what follows beside them, the key figures below, and a chart."""

    def __init__(self, book: Book, inputs: Inputs, facts: Mapping[str, Value]) -> None:
        self.book, self.say, self.inputs, self.facts = book, book.say, inputs, facts
        self.now: CopyResult = copy_result(self.inputs.now, "people")
        self.what_if = None if self.inputs.what_if is None else copy_result(self.inputs.what_if, "people")
        self.found = bottlenecks(self.now, self.inputs.reference)
        self.names = [self.say.stage(stage, i) for i, stage in enumerate(self.inputs.stages, 1)]
        self.page = Page(book, "funnel", (7, 27, 13, 12, 10, 10, 11, 10, 11, 12, 10, 11, 21, 4), landscape=True)
        self.arrow = " ← " if book.rtl else " → "
        self.kind = book.id.removeprefix("workbook-")
        # Where the key figures stand; the formulas of the table need some of them.
        self.last, self.final = (self.page.cell(LAST + 2 + i, NOW, True) for i in range(2))
        self.asked = {name: self.page.cell(LAST + 8 + i, NOW, True) for i, name in enumerate(OWN[self.kind])}

    def column(self, column: int) -> str:
        """Return the address of a column's cells, for formulas."""
        return f"{self.page.cell(FIRST, column, True)}:{self.page.cell(LAST, column, True)}"

    def write(self) -> None:
        """Write the sheet, and name its columns for other formulas."""
        page, say = self.page, self.say
        page.title(self.book.id, NOTE, "funnel.lead")
        page.heads(HEAD, [*say.many("funnel.before"), say(f"funnel.{self.kind}"), *say.many("funnel.after")])
        for place in range(MAX_STAGES):
            self.given_in(place)
            self.follows(place)
        after = key_figures(self)
        chart(self, after + 1)
        page.sheet.set_column(STEP, STEP, None, None, {"hidden": True})
        page.finish(NOTE, HEAD, (FIRST, NAME + 1), whole=True)
        for name, column in (("counts", NOW), ("what_if", IF), ("reference", REF), ("stages", NAME)):
            self.book.file.define_name(f"tf_{name}", "=" + page.far(FIRST, column, LAST))

    def at(self, values: Values | None, place: int) -> Value:
        """Return the value of a stage; None beyond those that are given."""
        return values[place] if values is not None and place < len(values) else None

    def given_in(self, place: int) -> None:
        """Write what a person fills in of one stage."""
        page, say, row = self.page, self.say, FIRST + place
        page.label(row, NO, say.numbers.count(place + 1))
        stage = self.inputs.stages[place] if place < len(self.inputs.stages) else None
        heads = say.many("funnel.before")
        after = say.many("funnel.after")

        def give(column: int, name: str, kind: str, value: float | str | None, label: str, keep: str = "") -> None:
            page.give(row, column, f"{name}.{place}", kind, value, label=(HEAD, column, label), keep=keep)

        give(NAME, "name", "name", self.names[place] if stage else None, heads[NAME], kept(stage))
        give(NOW, "now", "count", self.at(self.inputs.now, place), after[0])
        if place:
            give(REF, "ref", "rate", self.at(self.inputs.reference, place), after[REF - NOW])
        else:
            page.label(row, REF, "")
        give(IF, "if", "count", self.at(self.inputs.what_if, place), after[IF - NOW])

    def follows(self, place: int) -> None:
        """Write what follows of one stage."""
        page, book, row = self.page, self.book, FIRST + place
        n, now, what_if = self.now, self.at(self.inputs.now, place), self.at(self.inputs.what_if, place)
        here, top, new = page.cell(row, NOW), page.cell(FIRST, NOW, True), page.cell(row, IF)
        page.formula(
            row, TOP, book.undefined_unless(f"{here}/{top}", top, here),
            book.shown(self.at(n.from_top, place), self.inputs.now[0], now), "small",
        )  # fmt: skip
        page.formula(
            row, CHANGE, f'IF(COUNT({here},{new})<2,"",{new}-{here})',
            "" if None in (now, what_if) else what_if - now,
        )  # fmt: skip
        self.extra(place)
        if not place:
            for column in (RATE, LOST, GAIN, IF_RATE, NOTE):
                page.label(row, column, "")
            return
        above, before = page.cell(row - 1, NOW), self.at(self.inputs.now, place - 1)
        rate = page.formula(
            row, RATE, book.undefined_unless(f"{here}/{above}", above, here),
            book.shown(self.at(n.rates, place), before, now), "rate",
        )  # fmt: skip
        page.formula(
            row, LOST, f'IF(COUNT({above},{here})<2,"",{above}-{here})',
            "" if None in (before, now) else self.at(n.lost, place),
        )  # fmt: skip
        goal, final = page.cell(row, REF), self.inputs.now[-1]
        page.formula(
            row, GAIN, book.undefined_unless(f"{self.final}*({goal}/{rate}-1)", rate, goal, self.final),
            book.shown(self.at(self.found.gains, place), self.at(n.rates, place), self.at(self.inputs.reference, place), final),
            "number",
        )  # fmt: skip
        new_above, new_before = page.cell(row - 1, IF), self.at(self.inputs.what_if, place - 1)
        page.formula(
            row, IF_RATE, book.undefined_unless(f"{new}/{new_above}", new_above, new),
            book.shown(self.at(self.what_if and self.what_if.rates, place), new_before, what_if), "rate",
        )  # fmt: skip
        grown, nobody, stopped = self.say.many("funnel.issues")
        value = self.at(n.rates, place)
        page.formula(
            row, NOTE,
            f'IF(ISNUMBER({rate}),IF({rate}>1,{quoted(grown)},IF({rate}=0,{quoted(stopped)},"")),'
            f'IF({rate}="","",{quoted(nobody)}))',
            ("" if None in (before, now) else nobody) if value is None else grown if value > 1 else "" if value else stopped,
            "text",
        )  # fmt: skip
        names = [page.cell(row - 1, NAME), page.cell(row, NAME)]
        either = [f'IF({cell}="",{quoted(self.say.unnamed(place + i))},{cell})' for i, cell in enumerate(names)]
        page.formula(row, STEP, f"{either[0]}&{quoted(self.arrow)}&{either[1]}", self.step(place), "text")

    def step(self, place: int) -> str:
        """Return the step that leads to a stage, in words; a stage beyond those that are given is called by its number."""
        called = [self.names[i] if i < len(self.names) else self.say.unnamed(i + 1) for i in (place - 1, place)]
        return self.arrow.join(called)

    def extra(self, place: int) -> None:
        """Write the column that only this workbook has."""
        page, book, row, id = self.page, self.book, FIRST + place, self.book.id
        here = page.cell(row, NOW)
        if id == "workbook-joined":
            owners = self.say.many("lists.owner")
            handed = self.facts.get("handover") or 0
            owner = owners[0 if place < handed else 1] if handed and place < len(self.names) else None
            page.give(row, EXTRA, "", "choice", owner, choices=owners)
        elif id == "workbook-marketing":
            cost = self.asked["marketing"]
            now, paid = self.at(self.inputs.now, place), self.facts.get("marketing")
            page.formula(
                row, EXTRA, book.undefined_unless(f"{cost}/{here}", cost, here),
                book.shown(cost_per_stage(paid, (now,))[0], paid, now), "money",
            )  # fmt: skip
        else:
            target, below, rate = self.asked["target"], page.cell(row + 1, EXTRA), page.cell(row + 1, RATE)
            chain = "\"\"" if place == MAX_STAGES - 1 else (
                f'IF(ISNUMBER({below}),IF({below}=0,0,IF(ISNUMBER({rate}),IFERROR({below}/{rate},'
                f'{quoted(book.undefined)}),"")),"")'
            )  # fmt: skip
            here = f"IF({self.last}={place + 1},{target},{chain})"
            unused = f"OR({self.last}<{place + 1},NOT(ISNUMBER({target})))"
            page.formula(row, EXTRA, f'IF({unused},"",{here})', "", "number")
