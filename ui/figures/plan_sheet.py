"""A funnel plan as something to read: the table, what it still lacks, and the file to take along."""

from __future__ import annotations

from typing import Any

from documents.outgoing.data import csv_bytes
from funnel.figures import plan as model
from funnel.figures.plan import Inputs
from funnel.links.plan_codec import CELLS, HEAD, Row
from ui import state
from ui.figures import kit
from ui.text import _, escape, name, stage_name, typed

FIELDS = {"firm": ("business", "customer"), "handover": ("ready", "within", "back")}  # of the head
TOLD = tuple(CELLS)[1:]  # what is said of a stage besides its name
HINTS = 5  # more at once would only frighten


class Sheet:
    """A plan with its words in the reader's language."""

    def __init__(self, plan: Inputs, words: dict[str, Any]):
        self.plan, self.words, self.numbers = plan, words, state.reader().numbers
        self.preset = words["presets"].get(plan.source)
        self.people = model.people(plan)

    def preset_text(self, part: str, column: str) -> str | None:
        """Return what the preset says in a field, in the reader's digits; None where there is no preset."""
        if self.preset is None:
            return None
        if part == "head":
            return self.numbers.text(self.preset[column])
        row = self.row(part)
        if row.base < 0:
            return None
        if column == "name":
            return name("stages", model.STARTS[self.plan.source].stages[row.base])
        return self.numbers.text(self.preset["rows"][row.base][TOLD.index(column)])

    def own(self, part: str, column: str) -> str | None:
        """Return the learner's own text in a field, None where the preset's stands."""
        if part == "head":
            return self.plan.head[list(HEAD).index(column)]
        return self.row(part).cells[list(CELLS).index(column)]

    def text(self, part: str, column: str) -> str:
        """Return what stands in a field."""
        own = self.own(part, column)
        return (self.preset_text(part, column) or "") if own is None else own

    def row(self, part: str) -> Row:
        """Return a stage of the plan."""
        funnel, index = model.place(part)
        return getattr(self.plan, funnel)[index]

    def parts(self) -> list[str]:
        """Return the stages' parts in the order of ``plan.rows``: "m0" to "s4"."""
        return [f"{funnel[0]}{i}" for funnel in model.FUNNELS for i in range(len(getattr(self.plan, funnel)))]

    def name(self, index: int) -> str:
        """Return the name of a stage, counted over both funnels, as plain text."""
        return stage_name(model.stage(self.plan, self.plan.rows[index]), index)

    def cell(self, part: str, column: str) -> str:
        """Return a field as HTML."""
        own = self.own(part, column)
        if own is None:
            return escape(self.preset_text(part, column) or "")
        return typed(own) if own else f'<span class="tf-quiet">{kit.said(self.words["missing"])}</span>'

    def business(self) -> str:
        """Return the firm as HTML, or that it has no name."""
        return self.cell("head", "business") if self.text("head", "business") else kit.said(self.words["no_name"])

    def names(self, rows: tuple[int, ...]) -> str:
        """Return the names of some stages as HTML."""
        comma = _(", ")
        return escape(comma).join(typed(self.name(i)) for i in rows)


def table(sheet: Sheet) -> str:
    """Return the plan as an HTML table: the two funnels with the handover between them."""
    words, columns = sheet.words, sheet.words["columns"]
    head = "".join(f'<th scope="col">{kit.said(columns[one])}</th>' for one in CELLS)
    title = kit.filled(words["plan_of"], business=sheet.business())
    customer = f"<span>{kit.said(words['head_short']['customer'])}: {sheet.cell('head', 'customer')}</span>"
    rows = dict.fromkeys(model.FUNNELS, "")
    for i, part in enumerate(sheet.parts()):
        rows[model.place(part)[0]] += _row(sheet, i, part)
    band = '<tr class="tf-band"><th scope="rowgroup" colspan="6">{}</th></tr>'
    rule = "".join(
        f"<div><dt>{kit.said(words['head_short'][one])}</dt><dd>{sheet.cell('head', one)}</dd></div>"
        for one in FIELDS["handover"]
    )
    return (
        f'<table class="tf-plan"><caption><b>{title}</b>{customer}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{band.format(kit.said(words['marketing']))}{rows['marketing']}</tbody>"
        f'<tbody class="tf-rule">{band.format(kit.said(words["handover"]))}<tr><td colspan="6"><dl>{rule}</dl></td></tr></tbody>'
        f"<tbody>{band.format(kit.said(words['sales']))}{rows['sales']}</tbody></table>"
    )


def _row(sheet: Sheet, i: int, part: str) -> str:
    words, numbers, facts = sheet.words, sheet.numbers, []
    if sheet.people[i] is not None:
        facts.append(kit.filled(words["people"], n=numbers.count(sheet.people[i])))
    if i and (rate := sheet.plan.rows[i].rate) is not None:
        facts.append(kit.filled(words["target"], rate=numbers.percent(rate)))
    numbers_told = "".join(f'<span class="tf-quiet">{one}</span>' for one in facts)
    cells = "".join(f'<td data-label="{kit.said(words["columns"][one])}">{sheet.cell(part, one)}</td>' for one in TOLD)
    return f'<tr><th scope="row">{typed(sheet.name(i))}{numbers_told}</th>{cells}</tr>'


def hints(sheet: Sheet) -> str:
    """Return what the plan still lacks, in words."""
    words = sheet.words["gaps"]
    found = model.gaps(sheet.plan)
    if not found:
        return f'<p class="tf-note">{kit.said(words["none"])}</p>'
    first, rest = list(found.items())[:HINTS], len(found) - HINTS
    items = "".join(f"<li>{kit.filled(words[name], stages=sheet.names(rows))}</li>" for name, rows in first)
    if rest > 0:
        items += f"<li>{kit.filled(words['more'], n=sheet.numbers.count(rest))}</li>"
    return f'<h4>{kit.said(words["title"])}</h4><ul class="tf-notes">{items}</ul>'


def told(sheet: Sheet) -> str:
    """Say in words what the plan is now."""
    words, numbers, plan = sheet.words["told"], sheet.numbers, sheet.plan
    filled, every = model.filled(plan)
    end = sheet.people[-1]
    first = kit.filled(
        words["plan"],
        business=sheet.business(),
        marketing=numbers.count(len(plan.marketing)),
        sales=numbers.count(len(plan.sales)),
        filled=numbers.count(filled),
        all=numbers.count(every),
    )
    if end is None or plan.top is None:
        return f"{first} {kit.said(words['unknown'])}"
    return f"{first} {kit.filled(words['people'], top=numbers.count(plan.top), end=numbers.count(end))}"


def csv_file(sheet: Sheet) -> bytes:
    """Return the plan as a table: a row for each field of the firm and the handover, and for each stage; rates as fractions."""
    columns = ["part", "stage_id", "stage", "people", "target_rate", *TOLD]
    rows: dict[str, list[list[Any]]] = {part: [] for part in ("firm", "marketing", "handover", "sales")}
    for part, fields in FIELDS.items():
        for one in fields:
            rows[part].append([part, one, sheet.text("head", one), *[None] * (len(columns) - 3)])
    for i, part in enumerate(sheet.parts()):
        funnel, row, people = model.place(part)[0], sheet.plan.rows[i], sheet.people[i]
        whole = None if people is None else round(people, 2)
        texts = [sheet.text(part, one) for one in TOLD]
        rate = row.rate if i else None
        rows[funnel].append([funnel, model.stage(sheet.plan, row).id, sheet.name(i), whole, rate, *texts])
    return csv_bytes(columns, [row for part in rows.values() for row in part])
