"""A workbook of ours, filled in by somebody -> the calculator that it belongs to and its scenario. Never run, only read.

It is recognised by its hidden sheet, which says where each input stands. Values are taken as they are stored, so what was
typed in Excel or LibreOffice comes back exactly; a number typed as text, in any digits, is understood too.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from typing import Any

from documents.incoming.decoding import Unreadable
from documents.incoming.tables import LISTED, Problem
from documents.incoming.workbook import read_workbook as open_sheet
from documents.outgoing.workbooks.book import LIMITS
from documents.outgoing.workbooks.hidden import FORMAT, MARK, UNNAMED, Input, input_of
from documents.outgoing.workbooks.words import Words
from funnel.calculators import cohorts, customer_value, money
from funnel.calculators.stage_conversion import Inputs as Funnel
from funnel.facts.businesses import CURRENCIES
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, Stage, clean_name, clean_text
from funnel.formulas.conversion import Value
from funnel.inputs.customer import HORIZON, INTEREST, YEARLY, YEARS
from funnel.links.scenario import decode, encode
from i18n.languages import languages
from i18n.numbers import NumberError, parse

#: Why a workbook is refused, besides `documents.incoming.decoding.REFUSALS`. not-ours: without our hidden sheet. newer: of a later
#: version of this app. no-calculator: a plan or list, which no calculator opens. changed: cells were moved or sheets deleted.
#: nothing-filled: too little is filled in for a scenario.
REFUSALS = ("not-ours", "newer", "no-calculator", "changed", "nothing-filled")
#: What can be wrong with one cell, besides "number-" and a code of `i18n.numbers.CODES`.
PROBLEMS = ("number-out-of-range", "unknown-choice")
#: The calculators that a workbook can come from or go to.
_FITS = {
    "workbook-marketing": ("stage_conversion",), "workbook-sales": ("stage_conversion",),
    "workbook-joined": ("stage_conversion",), "workbook-economics": ("money", "customer_value"), "workbook-cohorts": ("cohorts",),
}  # fmt: skip
MAX_INPUTS = 2_000


@dataclass(frozen=True)
class Given:
    """Hold what was read: the `document`, the `calculator` that opens the `scenario`, and cells that could not be used.

    `problems` have the row as the spreadsheet counts it, and `sheets` their sheets in the same order; `wrong` is how many
    there are, of which the first are listed. A cell with a problem counts as left empty.
    """

    document: str
    language: str
    calculator: str
    scenario: dict[str, str]
    problems: tuple[Problem, ...] = ()
    sheets: tuple[str, ...] = ()
    wrong: int = 0


@dataclass
class _Form:
    """What the hidden sheet says, and the cells of the inputs, by their names."""

    document: str = ""
    language: str = ""
    calculator: str = ""
    base: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, Problem]] = field(default_factory=list)

    def number(self, name: str, limits: tuple[float, float] | None = None) -> Value:
        """Return the number in an input; None when it is empty, not there, or cannot be used."""
        text = self.cells.get(name, "").strip()
        if not text:
            return None
        kind = self.inputs[name].kind
        try:
            value = _stored(text)
            value = parse(text, "percent" if kind in ("rate", "share") else "count") if value is None else value
        except NumberError as error:
            return self._wrong(f"number-{error.code}", name, text)
        low, high = limits or LIMITS.get(kind, (0, 1e15))
        return value + 0.0 if low <= value <= high else self._wrong("number-out-of-range", name, text)

    def choice(self, name: str, options: tuple[str, ...], ids: tuple[str, ...], otherwise: str) -> str:
        """Return the id of what was chosen from a list."""
        text = self.cells.get(name, "").strip()
        if not text:
            return otherwise
        if text in options:
            return ids[options.index(text)]
        self._wrong("unknown-choice", name, text)
        return otherwise

    def _wrong(self, code: str, name: str, text: str) -> None:
        where = self.inputs[name]
        self.problems.append((where.sheet, Problem(code, where.row + 1, clean_text(text, 40))))


def _stored(text: str) -> float | None:
    """Return a number as `documents.incoming.workbook` writes the stored ones; None for what somebody typed as text."""
    try:
        return float(text) if text.isascii() and "_" not in text and not text[:1].isspace() else None
    except ValueError:
        return None


def _grid(data: bytes, place: int) -> list[list[str]]:
    text = open_sheet(data, place, hidden=True).text.decode("utf-8")
    try:
        return list(csv.reader(io.StringIO(text), delimiter="\t"))
    except csv.Error:  # a cell beyond the module's limit: no spreadsheet writes one
        raise Unreadable("damaged") from None


def _cell(grid: list[list[str]], row: int, column: int) -> str:
    return grid[row][column] if 0 <= row < len(grid) and 0 <= column < len(grid[row]) else ""


def read_workbook(data: bytes) -> Given:
    """Read a filled-in workbook of ours. Raises Unreadable with a code of `documents.incoming.decoding.REFUSALS` or REFUSALS."""
    first = open_sheet(data, hidden=True)
    if MARK not in first.sheets:
        raise Unreadable("not-ours")
    form = _opened(data, _grid(data, first.sheets.index(MARK)), first.sheets)
    try:
        inputs: Any = _READERS[form.calculator](form)
    except Unreadable:
        raise
    except (KeyError, ValueError) as error:  # somebody changed the hidden sheet: it asks for what is not there
        raise Unreadable("changed") from error
    problems = form.problems[:LISTED]
    return Given(
        form.document, form.language, form.calculator, encode(inputs), tuple(one for _sheet, one in problems),
        tuple(sheet for sheet, _one in problems), len(form.problems),
    )  # fmt: skip


def _opened(data: bytes, rows: list[list[str]], sheets: tuple[str, ...]) -> _Form:
    """Return the form with its cells, by what the hidden sheet says."""
    form = _Form()
    if _cell(rows, 0, 0) != MARK:
        raise Unreadable("not-ours")
    if _cell(rows, 0, 1) != FORMAT:
        raise Unreadable("newer")
    for row in rows[1 : MAX_INPUTS + 100]:
        word, first, second, *_more = [*row, "", "", ""]
        if word == "base":
            form.base[first] = second
        elif word == "input" and (found := input_of(row[1:])) is not None:
            form.inputs[first] = found
        elif word in ("document", "language", "calculator"):
            setattr(form, word, first)
    if form.document not in _FITS:
        raise Unreadable("no-calculator" if form.document.startswith("workbook-") else "not-ours")
    if form.language not in {one.code for one in languages(drafts=True)}:
        raise Unreadable("newer")
    grids: dict[str, list[list[str]]] = {}
    for name, where in form.inputs.items():
        if where.sheet not in grids:
            number = sheets.index(where.sheet) if where.sheet in sheets else where.place
            grids[where.sheet] = _grid(data, number) if number < len(sheets) else []
        grid = grids[where.sheet]
        if where.label and _same(_cell(grid, where.label_row, where.label_column)) != _same(where.label):
            raise Unreadable("changed")
        form.cells[name] = _cell(grid, where.row, where.column)
    if not form.calculator:
        worth = any(form.cells.get(name) for name in ("arpu", "churn", "order"))
        form.calculator = "customer_value" if worth and not form.cells.get("marketing") else "money"
    if form.calculator not in _FITS[form.document] or not form.inputs:
        raise Unreadable("not-ours")
    return form


def _same(text: str) -> str:
    return " ".join(text.split())


def _names(form: _Form) -> tuple[tuple[Stage, ...], int]:
    """Return the stages down to the last row that has a name or a number."""
    known = Words(form.language).stage_ids()
    used = [
        i
        for i in range(MAX_STAGES)
        if form.cells.get(f"name.{i}", "").strip() or form.cells.get(f"now.{i}", "").strip()
    ]
    size = max(used, default=-1) + 1
    if size < MIN_STAGES:
        raise Unreadable("nothing-filled")
    stages = []
    for i in range(size):
        text, made = form.cells.get(f"name.{i}", ""), form.inputs[f"name.{i}"]
        if made.keep and _same(text) == _same(made.value):
            stages.append(Stage() if made.keep == UNNAMED else Stage(made.keep))
        else:
            name = clean_name(text)
            stages.append(Stage(known[name]) if name in known else Stage(name=name))
    return tuple(stages), size


def _numbers(form: _Form, name: str, size: int) -> tuple[Value, ...]:
    return tuple(form.number(f"{name}.{i}") if f"{name}.{i}" in form.inputs else None for i in range(size))


def _funnel(form: _Form) -> Funnel:
    stages, size = _names(form)
    now, what_if = _numbers(form, "now", size), _numbers(form, "if", size)
    base = decode(Funnel, form.base).inputs
    names = [one for name, one in form.inputs.items() if name.startswith("name.")]
    as_made = all(_same(form.cells[one.name]) == _same(one.value) for one in names)
    if as_made and all(value is None for value in (*now, *what_if)):
        raise Unreadable("nothing-filled")
    changed = None if all(value is None for value in what_if) else what_if
    return replace(base, stages=stages, basis="people", now=now, what_if=changed, reference=_numbers(form, "ref", size))


def _money(form: _Form) -> money.Inputs:
    typed = [
        name for name, one in form.inputs.items() if one.kind not in ("name", "choice") and form.cells[name].strip()
    ]
    if not typed:
        raise Unreadable("nothing-filled")
    stages, size = _names(form)
    base = decode(money.Inputs, form.base).inputs if form.base else money.Inputs.origin("base")
    lead = form.number("lead-stage", (1, size - 1))
    place = money.NO_LEAD if lead is None else str(int(lead) - 1)
    return replace(
        base, stages=stages, counts=_numbers(form, "now", size), lead=place, currency=_currency(form, "currency"),
        marketing=form.number("marketing") or 0.0, sales=form.number("sales") or 0.0, ads=form.number("ads") or 0.0,
        ad_revenue=form.number("ad-revenue"), known="average", sale=form.number("average-sale"), revenue=None, singles=(),
        margin=form.number("margin") or 0.0, ltv=form.number("known-ltv"),
        target=form.number("wanted-ratio", (money.RATIO.low, money.RATIO.high)) or base.target,
    )  # fmt: skip


def _currency(form: _Form, name: str) -> str:
    return form.choice(name, CURRENCIES[1:], CURRENCIES[1:], CURRENCIES[0])


#: The fields of the customer's worth, by the names of their cells.
_WORTH = {
    "arpu": "arpu", "customer-margin": "margin", "churn": "churn", "discount": "discount", "years": "years", "order": "order",
    "orders": "orders", "order-margin": "order_margin", "begin": "begin", "cac-known": "cac",
}  # fmt: skip
_LIMITS = {name: (one.low, one.high) for name, one in (("discount", INTEREST), ("years", YEARS), ("orders", YEARLY))}


def _value(form: _Form) -> customer_value.Inputs:
    base = decode(customer_value.Inputs, form.base).inputs
    got = {there: form.number(name, _LIMITS.get(name)) for name, there in _WORTH.items()}
    if all(got[there] is None for there in ("arpu", "churn", "order", "begin")):
        raise Unreadable("nothing-filled")
    worth = {there: value or 0.0 for there, value in got.items()}
    horizon = form.number("horizon", (HORIZON.low, HORIZON.high)) or base.horizon
    words = tuple(Words(form.language).many("lists.period"))
    period = form.choice("period", words, ("month", "year"), base.period)
    return replace(
        base, **worth, horizon=float(round(horizon)), period=period, discount_per=period,
        currency=_currency(form, "value-currency"), lost=form.number("lost"), new=form.number("new"), end=form.number("end"),
    )  # fmt: skip


def _cohorts(form: _Form) -> cohorts.Inputs:
    rows: list[tuple[Value, ...]] = []
    names: list[str] = []
    ages = sum(name.startswith("count.0.") for name in form.inputs)
    for place in range(cohorts.MOST_COHORTS):
        row = [form.number(f"count.{place}.{age}") for age in range(ages)]
        while len(row) > 1 and row[-1] is None:
            row.pop()
        rows.append(tuple(row))
        names.append(clean_name(form.cells.get(f"name.{place}", "")))
    while rows and rows[-1] == (None,) and not names[-1]:
        rows.pop()
        names.pop()
    if not any(value is not None for row in rows for value in row):
        raise Unreadable("nothing-filled")
    base = decode(cohorts.Inputs, form.base).inputs
    fit = base.fit if base.fit == cohorts.ALL or int(base.fit) <= len(rows) else cohorts.ALL
    return replace(base, counts=tuple(rows), names=tuple(names), fit=fit)


_READERS = {"stage_conversion": _funnel, "money": _money, "customer_value": _value, "cohorts": _cohorts}
