"""Whatever valid inputs a link brings, everything is said of them, in every language, and no number that is none shows."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.links.scenario import decode
from i18n.languages import languages
from statements.calculators import calculator
from statements.reader import reading
from tests.funnel.calculators.test_every_calculator import SLUGS, link
from tests.statements.said import as_text, given_controls

NO_NUMBER = re.compile(r"\b(nan|inf|None(?! of)|True|False)\b|%\(|\{\w")
TYPED = re.compile("\u2068[^\u2069]*\u2069")  # a name that somebody typed


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_of_any_inputs_everything_can_be_said(slug, data):
    one = calculator(slug)
    inputs = decode(one.model.Inputs, link(data.draw, one.model.Inputs)).inputs
    with reading(data.draw(st.sampled_from([each.code for each in languages()]))):
        said = as_text(one.findings(inputs), one.table(inputs), list(given_controls(one, inputs)))
    assert said.headline
    spoken = [said.headline, *said.notes, *(" ".join(parts) for parts in said.figures)]
    assert not [text for text in spoken if NO_NUMBER.search(TYPED.sub("", text))]
