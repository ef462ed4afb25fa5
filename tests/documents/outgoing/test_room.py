"""A room's results as files: the same numbers in each, from the reader's side, and nothing typed is a formula."""

import io
import random

import pytest
from openpyxl import load_workbook

from documents.outgoing import room as files
from i18n.languages import languages
from rooms import runs
from rooms.items import Item
from rooms.outcome import outcome
from rooms.storage import Room
from rooms.tally import Answer

EVIL = '=HYPERLINK("http://x.example")'


def results(code, digits):
    chance = random.Random(1)
    items = (
        *runs.run("marketing-versus-sales")[:3],
        runs.run("measuring-a-funnel")[-1],
        Item(kind="text", ask={"": EVIL}),
        Item(kind="estimate", ask={"": "?"}, low=0, high=1, form="percent"),
    )

    def value(item):
        if item.kind in ("choice", "order"):
            ids = [one.id for one in item.options]
            return [chance.choice(ids)] if item.kind == "choice" else chance.sample(ids, len(ids))
        if item.kind == "rates":
            return [0.5] * (len(item.stages) - 1)
        return EVIL if item.kind == "text" else chance.random()

    answers = [[Answer(number, seat, value(item), True) for number in (1, 2) for seat in range(12)] for item in items]
    room = Room("123456", b"", 0.0, code, "marketing-versus-sales", 1, items)
    return outcome(room, answers, 12, code, digits), items


@pytest.mark.parametrize("one", languages(), ids=lambda one: one.code)
def test_the_three_files_of_a_room(one):
    found, items = results(one.code, one.digits)
    assert len(found.asked) == len(items)
    assert "basis=rates" in found.link
    sheet = load_workbook(io.BytesIO(files.workbook(found))).worksheets[0]
    assert bool(sheet.sheet_view.rightToLeft) == (one.direction == "rtl")
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"], "what somebody typed became a formula"
    assert {cell.value for cell in cells} >= {12, 1000, 500}, "answers and the people of the room's funnel"
    table = files.table(found).decode("utf-8-sig")
    assert len(table.splitlines()) > 20
    assert "\n=" not in table
    assert ",=" not in table
    assert files.paper(found).startswith(b"%PDF")
