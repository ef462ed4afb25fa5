"""The sheet with the stages: ten rows for as many as somebody may fill in; below it the key figures, and a chart."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from documents.outgoing.workbooks.book import Book, Page, last_used, quoted
from documents.outgoing.workbooks.hidden import kept
from funnel.calculators.stage_conversion import CopyResult, bottlenecks, copy_result
from funnel.facts.stages import MAX_STAGES
from funnel.formulas.conversion import Value, Values, ratio
from funnel.formulas.money import cost_per_stage, product
from funnel.inputs.funnel import Inputs

HEAD, FIRST = 3, 4  # rows, from 0
LAST = FIRST + MAX_STAGES - 1
NO, NAME, EXTRA, NOW, RATE, TOP, LOST, REF, GAIN, IF, IF_RATE, CHANGE, NOTE, STEP = range(14)
#: The inputs that only one workbook has, in the order of their rows.
OWN = {"marketing": ("marketing",), "sales": ("target", "average-sale", "margin"), "joined": ("handover",)}
KINDS = {"marketing": "money", "average-sale": "money", "margin": "share", "target": "count", "handover": "whole"}
_SAME = "1E-13"  # as funnel.calculators.stage_conversion


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


# --- below the stages ------------------------------------------------------------------------------------------------


def key_figures(table: Table) -> int:
    """Write the key figures; return the row after the last."""
    page, say, book = table.page, table.say, table.book
    row = LAST + 2
    page.text(row - 1, NO, say("funnel.keys"), NOTE, bold=True, font_size=12, valign="bottom")
    page.grow(row - 1, 30)

    def tell(key: str, formula: str, value: float | str, kind: str, steps: tuple[str, str] | None = None) -> str:
        nonlocal row
        page.label(row, NO, say(f"keys.{key}.name"), EXTRA)
        cell = page.formula(row, NOW, formula, value, kind)
        if steps is None:
            page.text(row, RATE, say(f"keys.{key}.hint"), NOTE, valign="vcenter")
        else:
            page.formula(row, RATE, *steps, "text", NOTE)
        row += 1
        return cell

    names, counts = table.column(NAME), table.column(NOW)
    last, final = table.last.replace("$", ""), table.final.replace("$", "")
    now, found = table.now, table.found
    size = len(table.inputs.stages)
    tell("stages", last_used(names, counts, FIRST), size, "whole")
    tell(
        "final", f'IF({last}=0,"",IF(ISNUMBER(INDEX({counts},{last})),INDEX({counts},{last}),""))',
        "" if now.counts[-1] is None else now.counts[-1], "count",
    )  # fmt: skip
    top = page.cell(FIRST, NOW)
    tell("overall", book.undefined_unless(f"{final}/{top}", top, final),
         book.shown(now.overall, now.counts[0], now.counts[-1]), "small")  # fmt: skip
    for key, column, values, where, best, kind in (
        ("lowest", RATE, now.rates, found.lowest_rate, "MIN", "rate"),
        ("largest-loss", LOST, now.lost, found.largest_loss, "MAX", "count"),
        ("largest-gain", GAIN, found.gains, found.largest_gain, "MAX", "number"),
    ):
        steps = _steps(table, column, page.cell(row, NOW), where)
        tell(key, *_extreme(table, column, values, where, best), kind, steps)
    for name in OWN[table.kind]:
        label = say(f"keys.{name}.name")
        page.label(row, NO, label, EXTRA)
        limits = ("1", str(MAX_STAGES)) if KINDS[name] == "whole" else ()
        cell = page.give(row, NOW, name, KINDS[name], table.facts.get(name), label=(row, NO, label), choices=limits)
        assert cell == table.asked[name].replace("$", ""), "the formulas of the table look for it elsewhere"
        page.text(row, RATE, say(f"keys.{name}.hint"), NOTE, valign="vcenter")
        row += 1
    {"marketing": _marketing, "sales": _sales, "joined": _joined}[table.kind](table, tell)
    return row


def _numbers(table: Table, column: int) -> list[str]:
    return [table.page.cell(FIRST + place, column) for place in range(1, MAX_STAGES)]


def _extreme(
    table: Table, column: int, values: Sequence[Value], where: tuple[int, ...], best: str
) -> tuple[str, float | str]:
    """Return formula and value of the lowest rate, the largest loss or the largest gain."""
    cells = _numbers(table, column)
    area = f"{cells[0]}:{cells[-1]}"
    none = table.say("funnel.none")
    any_number = any(value is not None for value in values[1:])
    if best == "MIN":
        return f'IF(COUNT({area})=0,"",MIN({area}))', values[where[0]] if where else ""  # type: ignore[return-value]
    value: float | str = values[where[0]] if where else none if any_number else ""  # type: ignore[assignment]
    return f'IF(COUNT({area})=0,"",IF(MAX({area})<=0,{quoted(none)},MAX({area})))', value


def _steps(table: Table, column: int, extreme: str, where: tuple[int, ...]) -> tuple[str, str]:
    """Return the formula that names the steps whose number is that in the cell `extreme`, all in a tie, and its value."""
    comma = "، " if table.book.rtl else ", "
    parts = [
        f"IF(ISNUMBER({cell}),IF(ABS({cell}-{extreme})<={_SAME}*MAX(ABS({cell}),ABS({extreme})),"
        f'{quoted(comma)}&{table.page.cell(FIRST + place, STEP)},""),"")'
        for place, cell in enumerate(_numbers(table, column), 1)
    ]
    text = comma.join(table.step(place) for place in where)
    return f'IF(ISNUMBER({extreme}),MID({"&".join(parts)},{len(comma) + 1},2000),"")', text


def _marketing(table: Table, tell: Callable[..., str]) -> None:
    cost, book = table.asked["marketing"], table.book
    paid, final = table.facts.get("marketing"), table.now.counts[-1]
    tell("cost-last", book.undefined_unless(f"{cost}/{table.final}", cost, table.final),
         book.shown(ratio(paid, final), paid, final), "money")  # fmt: skip


def _sales(table: Table, tell: Callable[..., str]) -> None:
    book, final = table.book, table.now.counts[-1]
    sale, margin = table.facts.get("average-sale"), table.facts.get("margin")
    value, share, goal = (table.asked[name] for name in ("average-sale", "margin", "target"))
    revenue = product(final, sale)
    found = tell("revenue", book.undefined_unless(f"{table.final}*{value}", table.final, value),
                 book.shown(revenue, final, sale), "money")  # fmt: skip
    tell("gross", book.undefined_unless(f"{found}*{share}", found, share),
         book.shown(product(revenue, margin), revenue, margin), "money")  # fmt: skip
    tell("target-revenue", book.undefined_unless(f"{goal}*{value}", goal, value), "", "money")


def _joined(table: Table, tell: Callable[..., str]) -> None:
    book, counts = table.book, table.inputs.now
    place, people = table.asked["handover"], table.column(NOW)
    handed = table.facts.get("handover")
    count = counts[int(handed) - 1] if handed else None
    there = f"INDEX({people},{place})"
    shown = "" if count is None else count
    cell = tell(
        "handed",
        f'IF(ISNUMBER({place}),IF({place}<={table.last},IF(ISNUMBER({there}),{there},""),""),"")',
        shown,
        "count",
    )
    top = table.page.cell(FIRST, NOW)
    tell("marketing-rate", book.undefined_unless(f"{cell}/{top}", top, cell),
         book.shown(ratio(count, counts[0]), counts[0], count), "small")  # fmt: skip
    tell("sales-rate", book.undefined_unless(f"{table.final}/{cell}", cell, table.final),
         book.shown(ratio(counts[-1], count), count, counts[-1]), "small")  # fmt: skip


def chart(table: Table, row: int) -> None:
    """Draw the stages as bars on one baseline at the reading side, top first; "what if" beside them where there is one."""
    page, book, say = table.page, table.book, table.say
    drawn = book.file.add_chart({"type": "bar"})
    last = FIRST + max(2, len(table.inputs.stages)) - 1
    series = [(NOW, "funnel.now", "#1F6F8B")] + ([(IF, "funnel.what-if", "#D98324")] if table.what_if else [])
    for column, name, colour in series:
        drawn.add_series(
            {
                "name": say(name), "categories": [page.name, FIRST, NAME, last, NAME],
                "values": [page.name, FIRST, column, last, column], "fill": {"color": colour}, "gap": 40,
                "data_labels": {"value": True, "num_format": book.shape + "#,##0", "font": book.font},
            }
        )  # fmt: skip
    drawn.set_title(
        {"name": say("funnel.chart"), "name_font": {**book.font, "size": 12, "bold": True}, "overlay": False}
    )
    drawn.set_y_axis({"reverse": True, "num_font": book.font, "major_tick_mark": "none"})
    # Reversed, the baseline and the names stand at the right.
    drawn.set_x_axis({"reverse": book.rtl, "min": 0, "visible": False, "major_gridlines": {"visible": False}})
    drawn.set_legend({"position": "bottom", "font": book.font} if len(series) > 1 else {"none": True})
    drawn.set_size({"width": 1060, "height": 120 + 34 * (last - FIRST + 1) * len(series)})
    page.sheet.insert_chart(row, NO, drawn, {"description": say("funnel.chart"), "object_position": 2})
    page.last = row + 5 + 2 * (last - FIRST + 1) * len(series)
