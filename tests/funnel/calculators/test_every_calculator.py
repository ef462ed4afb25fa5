"""What every calculator promises: any link opens, any valid inputs give a finite answer, and a link brings them back."""

from __future__ import annotations

import importlib
import math
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnel.links import scenario

SLUGS = sorted(
    path.stem for path in (Path(__file__).parents[3] / "funnel" / "calculators").glob("*.py") if path.stem != "__init__"
)
MODELS = {slug: importlib.import_module(f"funnel.calculators.{slug}") for slug in SLUGS}

numbers = st.one_of(
    st.sampled_from(["0", "1", "-1", "0.5", "1e-9", "1e12", "1e15", "1e300", "1e999", "nan", "-", "", "none"]),
    st.floats(0, 1).map(repr),
    st.floats(0, 1e6).map(repr),
    st.integers(0, 10**7).map(str),
)
anything = st.one_of(numbers, st.lists(numbers, max_size=12).map("_".join), st.text(max_size=40))


def link(draw, cls) -> dict[str, str]:
    """Draw the text of a link: for each field something valid, something nearly valid, or rubbish."""
    text = {}
    for item in fields(cls):
        options = getattr(item.metadata["codec"], "options", None)
        some = st.one_of(st.none(), st.sampled_from(options), anything) if options else st.one_of(st.none(), anything)
        value = draw(some)
        if value is not None:
            text[item.metadata["key"]] = value
    return text


def infinities(value, path: str = "") -> list[str]:
    """Return where a result holds a number that is none."""
    if isinstance(value, float) and not math.isfinite(value):
        return [f"{path} = {value}"]
    if is_dataclass(value):
        return [line for item in fields(value) for line in infinities(getattr(value, item.name), f"{path}.{item.name}")]
    if isinstance(value, (tuple, list)):
        return [line for i, item in enumerate(value) for line in infinities(item, f"{path}[{i}]")]
    if isinstance(value, dict):
        return [line for key, item in value.items() for line in infinities(item, f"{path}[{key}]")]
    return []


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_any_link_opens_and_any_inputs_give_an_answer(slug, data):
    model = MODELS[slug]
    decoded = scenario.decode(model.Inputs, link(data.draw, model.Inputs))
    assert not infinities(model.compute(decoded.inputs))
    again = scenario.decode(model.Inputs, scenario.encode(decoded.inputs))
    assert again.inputs == decoded.inputs
    assert not again.changes


def starts() -> list[tuple[str, str]]:
    found = []
    for slug, model in MODELS.items():
        origin = next(item for item in fields(model.Inputs) if item.metadata["origin"])
        found += [(slug, source) for source in origin.metadata["codec"].options]
    return found


@pytest.mark.parametrize(("slug", "source"), starts())
def test_every_start_computes_and_has_the_shortest_link(slug, source):
    model = MODELS[slug]
    inputs = model.Inputs.origin(source) if slug != "stage_conversion" else model.Inputs.origin(source, "people")
    assert not infinities(model.compute(inputs))
    assert set(scenario.encode(inputs)) <= {"v", "from"}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_field_says_what_it_is_and_how_a_link_writes_it(slug):
    keys = [item.metadata["key"] for item in fields(MODELS[slug].Inputs)]
    assert len(set(keys)) == len(keys)
    assert not {"v", "lang", "digits"} & set(keys), "these belong to the address itself"
    assert all(item.metadata["doc"] for item in fields(MODELS[slug].Inputs))
