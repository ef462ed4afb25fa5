"""LibreOffice calculates every workbook anew: what it gets is what `funnel` gets, for our numbers and for changed ones."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from documents.incoming.our_workbook import read_workbook
from documents.outgoing.workbooks import WORKBOOKS
from documents.outgoing.workbooks.words import Words
from funnel.calculators import money
from funnel.calculators import stage_conversion as stages
from funnel.facts.stages import Stage
from funnel.formulas.conversion import Value
from tests.documents.incoming.test_our_workbook import opened
from tests.documents.outgoing.test_workbooks import ERRORS
from tests.documents.outgoing.workbooks import BY_ID, CODES, EXAMPLES, ask, book, filled, formulas, places
from tools.office import convert, install

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
COUNTS = ("workbook-marketing", "workbook-sales", "workbook-joined")


@cache
def asked() -> dict[str, bytes]:
    """Return every workbook in every language, empty and filled, the examples dealt out among the languages."""
    files = {}
    for turn, one in enumerate(WORKBOOKS):
        for place, code in enumerate(CODES):
            if not one.fits or turn % len(CODES) == place:
                files[f"{one.id}-{code}-empty"] = one.make(ask(code))
            for calculator in one.fits:
                for number, inputs in enumerate(EXAMPLES[calculator]):
                    if (number == 0 and calculator == one.fits[0]) or (number + turn) % len(CODES) == place:
                        files[f"{one.id}-{code}-{calculator}-{number}"] = one.make(ask(code, calculator, inputs))
    files["digits"] = BY_ID["workbook-economics"].make(ask("ar", "money", money.Inputs.origin("base"), "arab"))
    return files


def inputs_of(data: bytes) -> dict[str, object]:
    """Return what stands in the inputs of a workbook, by their names."""
    made = book(data)
    return {name: made[sheet][cell].value for name, (sheet, cell) in places(made).items()}


@cache
def swaps() -> dict[str, tuple[bytes, bytes]]:
    """Return workbooks in which somebody has typed another example's numbers, each with that example's own workbook."""
    found = {}
    for id in (*COUNTS, "workbook-economics", "workbook-cohorts", "workbook-kpi"):
        for calculator in BY_ID[id].fits:
            for number, inputs in enumerate(EXAMPLES[calculator][:2]):
                code = CODES[number % len(CODES)]
                wanted, empty = BY_ID[id].make(ask(code, calculator, inputs)), BY_ID[id].make(ask(code))
                found[f"typed-{id}-{calculator}-{number}"] = (filled(empty, inputs_of(wanted)), wanted)
    return found


@pytest.fixture(scope="module")
def calculated(tmp_path_factory) -> Callable[[str], bytes]:
    """Everything calculated by one call of LibreOffice: name -> file. Fails where there is no LibreOffice."""
    install()
    folder = tmp_path_factory.mktemp("workbooks")
    files = asked() | {name: pair[0] for name, pair in swaps().items()} | {"random": _random()[0]}
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    convert(sorted(folder.glob("*.xlsx")), "xlsx", folder / "out")

    def get(name: str) -> bytes:
        return Path(folder / "out" / f"{name}.xlsx").read_bytes()

    return get


@cache
def formulas_of(data: bytes) -> tuple[tuple[str, str, str], ...]:
    """Return sheet, address and text of every formula."""
    return tuple(formulas(book(data)))


def differences(wanted: bytes, got: bytes) -> list[tuple]:
    """Return the formulas whose values differ: ours, which come from `funnel`, and LibreOffice's."""
    ours, theirs = book(wanted, values=True), book(got, values=True)
    wrong = []
    for sheet, cell, formula in formulas_of(wanted):
        x, y = ours[sheet][cell].value, theirs[sheet][cell].value
        x, y = "" if x is None else x, "" if y is None else y
        both = isinstance(x, (int, float)) and isinstance(y, (int, float))
        if str(y).startswith(ERRORS) or not (math.isclose(x, y, rel_tol=1e-12) if both else x == y):
            wrong.append((sheet, cell, x, y, formula[:120]))
    return wrong


def test_every_workbook_calculated_anew_equals_funnel(calculated):
    checked = 0
    for name, data in asked().items():
        assert not differences(data, calculated(name)), name
        checked += len(formulas_of(data))
    assert checked > 3000


def test_changed_inputs_give_what_funnel_gives_for_them(calculated):
    for name, (typed, wanted) in swaps().items():
        ours, theirs = formulas_of(typed), formulas_of(wanted)
        if [one[:2] for one in ours] != [one[:2] for one in theirs]:
            continue  # a cohort table with more ages
        assert ours == theirs, name
        assert not differences(wanted, calculated(name)), name


@cache
def _random() -> tuple[bytes, stages.Inputs]:
    rng = random.Random(7)
    counts = tuple(float(round(1e6 * math.prod(rng.uniform(0.05, 0.9) for _ in range(i)))) for i in range(10))
    reference = (None, *(rng.uniform(0.1, 1) for _ in range(9)))
    named = tuple(Stage(name=f"گام {i}") for i in range(10))
    inputs = stages.Inputs("own", named, "people", counts, tuple(count * 1.1 for count in counts), reference)
    empty = BY_ID["workbook-joined"].make(ask("fa"))
    values = {f"now.{i}": counts[i] for i in range(10)} | {f"name.{i}": named[i].name for i in range(10)}
    values |= {f"ref.{i}": reference[i] for i in range(1, 10)} | {f"if.{i}": counts[i] * 1.1 for i in range(10)}
    return filled(empty, values), inputs


def test_a_person_types_ten_stages_and_gets_what_the_calculator_shows(calculated):
    data, inputs = calculated("random"), _random()[1]
    sheet = book(data, values=True)[Words("fa")("sheets.funnel")]
    found = stages.compute(replace(inputs, what_if=None))
    changed = stages.copy_result(inputs.what_if, "people")

    def column(letter: str) -> list[Value]:
        return [sheet[f"{letter}{row}"].value for row in range(6, 15)]

    def same(got: list[Value], wanted: tuple[Value, ...]) -> bool:
        return all(math.isclose(x, y, rel_tol=1e-12) for x, y in zip(got, wanted, strict=True))

    assert same(column("E"), found.now.rates[1:])
    assert same(column("F"), found.now.from_top[1:])
    assert same(column("G"), found.now.lost[1:])
    assert same(column("I"), found.bottlenecks.gains[1:])
    assert same(column("K"), changed.rates[1:])
    assert math.isclose(sheet["D18"].value, found.now.overall, rel_tol=1e-12)
    steps = found.bottlenecks.lowest_rate, found.bottlenecks.largest_loss, found.bottlenecks.largest_gain
    for row, places_ in zip((19, 20, 21), steps, strict=True):
        named = [f"{inputs.stages[i - 1].name} ← {inputs.stages[i].name}" for i in places_]
        assert sheet[f"E{row}"].value == "، ".join(named)


def test_what_libreoffice_has_saved_comes_back(calculated):
    for name in ("workbook-marketing-fa-stage_conversion-0", "workbook-joined-ar-stage_conversion-0"):
        assert opened(read_workbook(calculated(name))) == stages.start("base")
    files = asked()
    returning = [
        name for name in files if name.endswith("-0") and name.startswith(("workbook-economics", "workbook-cohorts"))
    ]
    assert {name.split("-")[3] for name in returning} == {"money", "customer_value", "cohorts"}
    for name in returning:
        assert read_workbook(calculated(name)) == read_workbook(files[name]), name


def test_libreoffice_shows_the_digits_of_the_reader(calculated, tmp_path):
    import subprocess

    due = {"digits": "٦٨٬٤٠٠٫٠٠", "workbook-economics-fa-money-0": "۶۸٬۴۰۰٫۰۰"}
    for name in due:
        (tmp_path / f"{name}.xlsx").write_bytes(calculated(name))
    convert([tmp_path / f"{name}.xlsx" for name in due], "pdf", tmp_path)
    for name, number in due.items():
        text = subprocess.run(
            [install()["pdftotext"], "-layout", str(tmp_path / f"{name}.pdf"), "-"], capture_output=True, check=True
        ).stdout.decode()
        assert number in text
