"""What every calculator says, to every reader, is what is stored; a change is looked at and stored with `make golden`."""

from __future__ import annotations

import pytest

from funnel import calculators
from tests.statements.golden import LANGUAGES, SCENARIOS, difference


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", SCENARIOS)
def test_a_calculator_says_what_is_stored(slug, code):
    found = difference(slug, code)
    assert not found, f"if this is meant, run `make golden` and look at the diff:\n{found}"


def test_every_calculator_has_scenarios():
    assert sorted(SCENARIOS) == sorted(calculators.slugs())
    few = [slug for slug, scenarios in SCENARIOS.items() if len(scenarios) < 4]
    assert not few
