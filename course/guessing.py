"""Guesses on a bar: is what counts as the truth what the calculators say, and how near does a guess come?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

from course import arithmetic
from course.schemas import Guess
from funnel import calculators
from funnel.links import scenario

#: Half a unit of the last place shown: a truth may be given as rounded as a learner reads it.
_ROUNDED = 0.006


def computed(one: Guess) -> float:
    """Return what the truth comes to. Raises KeyError, AttributeError or IndexError for what no calculator has."""
    if one.sum:
        found = arithmetic.value(one.sum)
        return (found.low + found.high) / 2
    model = calculators.model(one.calculator)
    result: Any = model.compute(scenario.decode(model.Inputs, dict(parse_qsl(one.link))).inputs)
    for part in one.of.split("."):
        result = (
            result[int(part)] if part.isdigit() else result[part] if isinstance(result, dict) else getattr(result, part)
        )
    return float(result)


def problems(guesses: dict[str, Guess]) -> Iterator[str]:
    """Yield the guesses whose truth is not what it is checked by."""
    for key, one in guesses.items():
        try:
            found = computed(one)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            yield f"guesses.toml: {key}: cannot be checked: {error!r}"
            continue
        if abs(found - one.truth) > _ROUNDED * max(abs(found), abs(one.truth)):
            yield f"guesses.toml: {key}: the truth is {found:g}, not {one.truth:g}"


def verdict(one: Guess, guess: float) -> str:
    """Say how a guess lies to the truth: near, high, low, or many (more than twice off).

    >>> from course.schemas import Guess
    >>> [verdict(Guess(top=100, truth=40, sum="40"), x) for x in (42, 60, 30, 90, 10)]
    ['near', 'high', 'low', 'many-high', 'many-low']
    """
    truth = one.truth
    if abs(guess - truth) <= one.near * abs(truth) or guess == truth:
        return "near"
    if guess > truth:
        return "many-high" if guess > 2 * truth else "high"
    return "many-low" if guess < truth / 2 else "low"


def times(one: Guess, guess: float) -> float | None:
    """Return how many times as large as the other the larger of guess and truth is; None where the smaller one is 0."""
    low, high = sorted((guess, one.truth))
    return None if low <= 0 else high / low
