"""Valid inputs of every kind, for the properties."""

import math

from hypothesis import strategies as st

from funnel.facts.stages import SOURCES, STAGE_IDS, Stage, clean_name
from funnel.formulas.conversion import step_rates
from funnel.inputs.funnel import BASES, Inputs, quantity_of
from funnel.quantities import RATE

own_stages = st.text(max_size=60).map(lambda text: Stage(name=clean_name(text)))
stage = st.one_of(st.sampled_from(STAGE_IDS).map(Stage), st.just(Stage()), own_stages)


def value_for(basis: str, index: int):
    quantity = quantity_of(basis, index)
    numbers = [
        st.just(0.0),
        st.just(1.0),
        st.integers(0, 100_000).map(float),
        st.floats(0, 1),
        st.floats(quantity.low, quantity.high),
    ]
    return st.one_of(st.none(), *numbers)


def copy_of(basis: str, size: int):
    return st.tuples(*(value_for(basis, index) for index in range(size)))


@st.composite
def inputs(draw, bases=BASES, most=10):
    size = draw(st.integers(2, most))
    basis = draw(st.sampled_from(bases))
    reference = (None, *draw(copy_of("rates", size))[1:])
    return Inputs(
        draw(st.sampled_from(SOURCES)),
        draw(st.tuples(*[stage] * size)),
        basis,
        draw(copy_of(basis, size)),
        draw(st.one_of(st.none(), copy_of(basis, size))),
        reference,
    )


whole_counts = st.lists(st.integers(1, 10**12), min_size=2, max_size=10).map(lambda counts: tuple(map(float, counts)))


@st.composite
def closed_counts(draw):
    """Whole people above 0, none of the stages larger than the one before."""
    return tuple(map(float, sorted(draw(st.lists(st.integers(1, 10**9), min_size=2, max_size=10)), reverse=True)))


def funnel_of(counts, **more) -> Inputs:
    """Return a funnel of unnamed stages with these people, no reference unless given."""
    more.setdefault("reference", (None,) * len(counts))
    return Inputs("own", (Stage(),) * len(counts), more.pop("basis", "people"), tuple(counts), **more)


def near(one, other, tolerance=1e-9) -> bool:
    """Say whether two lists agree: None with None, numbers to a relative tolerance."""
    return len(one) == len(other) and all(
        a is b if a is None or b is None else math.isclose(a, b, rel_tol=tolerance)
        for a, b in zip(one, other, strict=True)
    )


def representable(counts) -> bool:
    """Say whether every step rate of these counts can be entered as a rate."""
    return all(rate is not None and RATE.fits(rate) for rate in step_rates(counts)[1:])
