"""What the tests of the workbooks share: examples to fill them with, and one look at a file."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl

from documents.asking import Ask, Document
from documents.outgoing.workbooks import WORKBOOKS
from documents.outgoing.workbooks.hidden import MARK
from funnel.calculators import cohorts, customer_value, handover, money
from funnel.calculators import stage_conversion as stages
from funnel.links.scenario import encode
from i18n.languages import languages

CODES = tuple(one.code for one in languages())
BY_ID: dict[str, Document] = {one.id: one for one in WORKBOOKS}
RETURNING = ("workbook-marketing", "workbook-sales", "workbook-joined", "workbook-economics", "workbook-cohorts")

EXAMPLES: dict[str, tuple[Any, ...]] = {
    "stage_conversion": (
        stages.start("base"),
        replace(stages.start("base"), what_if=(40000.0, 2880.0, 1152.0, 518.4, 124.0)),
        replace(stages.start("aida"), now=(1000.0, 400.0, 460.0, None)),  # grows, and a gap
        replace(stages.start("zones"), now=(0.0, 0.0, 0.0)),  # nobody
        stages.Inputs(
            "base", stages.start("base").stages, "rates", (48000.0, 0.06, 0.4, 0.45, 0.23), None, (None,) * 5
        ),
        replace(stages.start("sales-five"), now=(1000.0, 500.0, 250.0, 125.0, 62.5)),  # all steps tie
        stages.start("s9-abtest-aed"),
    ),
    "money": tuple(money.Inputs.origin(one) for one in ("base", "s1-ecom-sar", "s8-wholesale-irt", "s2-saas-usd")),
    "customer_value": (
        customer_value.Inputs(),
        customer_value.Inputs.origin("s7-ngo-usd"),
        customer_value.Inputs(churn=0.0, discount=0.0, cac=0.0),
        customer_value.Inputs(churn=1.0, margin=0.0, lost=2000.0),
        customer_value.Inputs(arpu=10.0, margin=1.0),
    ),
    "cohorts": tuple(cohorts.Inputs.origin(one) for one in cohorts.SOURCES),
    "handover": tuple(handover.Inputs.origin(one) for one in handover.SOURCES),
}


def ask(code: str, calculator: str = "", inputs: Any = None, digits: str | None = None) -> Ask:
    """Return what a workbook is asked for with; without inputs it stays empty."""
    scenario = {} if inputs is None else encode(inputs)
    return Ask(code, digits, calculator, scenario, link="http://127.0.0.1:8501/x?v=1", day=datetime.date(2026, 3, 1))


def every(code: str) -> Iterator[tuple[str, bytes]]:
    """Return every workbook in a language, empty and filled from an example of each calculator that fits: name, file."""
    for one in WORKBOOKS:
        yield f"{code}-{one.id}-empty", one.make(ask(code))
        for calculator in one.fits:
            yield f"{code}-{one.id}-{calculator}", one.make(ask(code, calculator, EXAMPLES[calculator][0]))


def book(data: bytes, values: bool = False) -> openpyxl.Workbook:
    """Open a file with its formulas, or with the values that were saved with them."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def shown(made: openpyxl.Workbook) -> list[Any]:
    """Return the sheets that a person sees."""
    return [sheet for sheet in made.worksheets if sheet.title != MARK]


def formulas(made: openpyxl.Workbook) -> Iterator[tuple[str, str, str]]:
    """Return sheet, address and text of every formula."""
    for sheet in made.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield sheet.title, cell.coordinate, cell.value


def places(made: openpyxl.Workbook) -> dict[str, tuple[str, str]]:
    """Return where each input stands, by its name: sheet and address, as the hidden sheet says."""
    found = {}
    for row in made[MARK].iter_rows(values_only=True):
        if row[0] == "input":
            address = made.worksheets[0].cell(int(row[4]) + 1, int(row[5]) + 1).coordinate
            found[row[1]] = (row[2], address)
    return found


def filled(data: bytes, values: dict[str, Any]) -> bytes:
    """Return a workbook in which somebody has changed inputs, by their names."""
    made = book(data)
    where = places(made)
    for name, value in values.items():
        sheet, address = where[name]
        made[sheet][address].value = value
        if isinstance(value, str):
            made[sheet][address].data_type = "s"  # what begins with "=" is text, as typed with an apostrophe
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
