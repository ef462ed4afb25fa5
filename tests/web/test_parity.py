"""What the figure computes and writes in the browser equals what Python says, to the last digit."""

from __future__ import annotations

import itertools
import random

import pytest

from funnel.calculators import stage_conversion as model
from funnel.facts.stages import Stage
from funnel.quantities import OutOfRange
from i18n.languages import languages
from i18n.numbers import numbers
from tests.web.node import ask

SOME = random.Random(11)
EDGES = [0.0, 1.0, 0.5, 1e-9, 1e12, 0.1 + 0.2, 1 / 3, 2.5, 99.95, 99.949999, 0.0995, 0.05, 100.0, 1e11 + 0.5, 12345.5]


def count():
    """A count as learners have them, and as they do not."""
    kind = SOME.random()
    if kind < 0.15:
        return None if kind < 0.04 else SOME.choice(EDGES)
    size = 10 ** SOME.uniform(0, 6 if kind < 0.9 else 12)
    return float(round(size)) if kind < 0.7 else size


def rate():
    """A rate as learners have them, with growth and nothing among them."""
    kind = SOME.random()
    if kind < 0.15:
        return None if kind < 0.04 else SOME.choice([0.0, 1.0, 1.15, 3.0, 1e-7, 1e12])
    return round(SOME.random(), 3) if kind < 0.6 else SOME.random()


def scenario() -> model.Inputs:
    """A random funnel of 2 to 10 stages in either basis."""
    size = SOME.randint(2, 10)
    basis = SOME.choice(model.BASES)
    values = tuple(count() if basis == "people" or i == 0 else rate() for i in range(size))
    return model.Inputs(stages=(Stage(),) * size, basis=basis, now=values, reference=(None,) * size)


def act(inputs: model.Inputs) -> dict:
    """One movement of the hand: a count, or a rate below the top."""
    i = SOME.randrange(len(inputs.stages))
    if i and SOME.random() < 0.5:
        return {"do": "setShare", "i": i, "to": rate() or 0.0}
    return {"do": "setCount", "i": i, "to": count() or 0.0}


def moved(inputs: model.Inputs, one: dict) -> model.Inputs:
    """Apply a movement as the server does."""
    operation = model.set_share if one["do"] == "setShare" else model.set_count
    try:
        return operation(inputs, "now", one["i"], one["to"])
    except OutOfRange:
        return inputs


def test_the_figure_computes_what_python_computes():
    """Thousands of random funnels, moved by hand: the same values, and the same of everything shown."""
    cases, due = [], []
    for _ in range(4000):
        before = scenario()
        one = act(before)
        after = moved(before, one)
        found = model.copy_result(after.now, after.basis)
        paid = model.compute(after).revenue[0]
        cases.append([list(before.now), before.basis, one["do"], one["i"], one["to"], after.average_sale])
        due.append(
            [list(after.now), *map(list, (found.counts, found.rates, found.from_top, found.lost)), found.overall, paid]
        )
    said = ask(
        "funnel.js",
        "((v, r) => [v, r.counts, r.rates, r.fromTop, r.lost, r.overall, m.revenue(r.counts.at(-1), x[5])])"
        "(...((v) => [v, m.result(v, x[1])])(m[x[2]](x[0], x[1], x[3], x[4])))",
        cases,
    )
    wrong = [(case, a, b) for case, a, b in zip(cases, said, due, strict=True) if a != b]
    assert not wrong, f"{len(wrong)} of {len(cases)} differ, first {wrong[0]}"


READERS = [(one.code, digits) for one in languages() for digits in one.digit_choices]


@pytest.mark.parametrize(("code", "digits"), READERS)
def test_the_figure_writes_numbers_as_python_does(code, digits):
    """Counts, rates, changes and money of all sizes, near ties too."""
    form = numbers(code, digits)
    values = EDGES + [-x for x in EDGES] + [10.0**k for k in range(-11, 13)]
    values += [k / 200 for k in range(0, 4000, 7)] + [k / 1000 + 0.0005 for k in range(500)]
    values += [SOME.uniform(-1, 1) * 10 ** SOME.uniform(-10, 12) for _ in range(3000)]
    money = [x * 1000 for x in values] + [1e15, 123456789012345.6, 9.87654e17, 1e24]
    pairs = [(abs(a), abs(b)) for a, b in itertools.pairwise(values)]
    cases = [["count", x] for x in values] + [["percent", x] for x in values] + [["amount", x] for x in money]
    due = [form.count(x) for x in values] + [form.percent(x) for x in values] + [form.amount(x) for x in money]
    cases += [["count", x, True] for x in values] + [["percent", x, True] for x in values]
    due += [form.count(x, signed=True) for x in values] + [form.percent(x, signed=True) for x in values]
    cases += [["change", a, b] for a, b in pairs] + [["shownCount", x] for x in values] + [["count", None]]
    due += [form.change(a, b) for a, b in pairs] + [form.shown_count(x) for x in values] + [form.dash]
    said = ask("numbers.js", "m.writer(x[0])[x[1]](...x.slice(2))", [[form.signs(), *case] for case in cases])
    wrong = [(case, a, b) for case, a, b in zip(cases, said, due, strict=True) if a != b]
    assert not wrong, f"{len(wrong)} of {len(cases)} differ, first {wrong[:5]}"
