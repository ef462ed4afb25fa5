"""The figure's live sentence is the page's own first sentence, word for word: the right plural, the same numbers."""

from __future__ import annotations

import random

import pytest

from funnel.calculators import stage_conversion as model
from i18n.languages import languages
from statements import reader as readers
from statements.calculators.stage_conversion.words import Words
from tests.web.node import ask
from ui import state
from ui.figures import hand
from ui.text import stage_name

SOME = random.Random(5)


def changed(start: model.Inputs) -> model.Inputs:
    """Return the funnel with a last stage of any size, and perhaps a "what if"."""
    inputs = model.set_value(start, "now", 0, float(SOME.choice([0, 1, 2, 7, 11, 100, 103, 48000])))
    for i in range(1, len(inputs.stages)):
        inputs = model.set_value(inputs, "now", i, SOME.choice([0.0, 0.5, 1.0, 0.9, None, SOME.random()]))
    if SOME.random() < 0.6:
        inputs = model.set_value(model.keep_now(inputs), "what_if", SOME.randrange(1, 3), SOME.choice([0.5, 1.0, 0.25]))
    return inputs


@pytest.mark.parametrize(
    ("code", "digits"), [(one.code, digits) for one in languages() for digits in one.digit_choices]
)
def test_the_live_sentence_is_the_pages_own(code, digits):
    token = readers.current.set(readers.made(code, digits))
    try:
        cases, due = [], []
        for _ in range(400):
            inputs = changed(model.Inputs.origin("aida", "rates"))
            told = hand._told("", state.reader().key, inputs.currency)
            copy = inputs.now if inputs.what_if is None else inputs.what_if
            names = [stage_name(stage, i) for i, stage in enumerate(inputs.stages)]
            ghost = None if inputs.what_if is None else list(inputs.now)
            cases.append([told | {"names": names, "own": [False] * 4}, list(copy), ghost])
            due.append(Words(inputs, model.compute(inputs), plain=True)._what())
    finally:
        readers.current.reset(token)
    said = ask(
        "handwords.js",
        "new m.Reading(x[0]).sentence({veiled: false, result: f.result(x[1], 'rates'),"
        " ghost: x[2] && f.result(x[2], 'rates')})",
        cases,
        also={"f": "funnel.js"},
    )
    wrong = [(case[1:], a, b) for case, a, b in zip(cases, said, due, strict=True) if a != b]
    assert not wrong, f"{len(wrong)} differ, first {wrong[0]}"
