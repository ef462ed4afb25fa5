"""Say what a number in a calculator may be: its kind, its bounds and its default."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

T = TypeVar("T")

Kind = Literal["count", "fraction", "money", "duration", "number"]


def certain(value: T | None) -> T:
    """Return a value that is defined where this stands, though not everywhere; an AssertionError says that it is not.

    >>> certain(0.0)
    0.0
    """
    assert value is not None, "what is not known here was taken for known"
    return value


def all_known(values: Iterable[float | None]) -> tuple[float, ...] | None:
    """Return the values where all are defined; None where one is not.

    >>> all_known((1.0, 0.5)), all_known((1.0, None))
    ((1.0, 0.5), None)
    """
    found = tuple(values)
    return None if None in found else found  # type: ignore[return-value]  # mypy does not see what `in` says


class OutOfRange(ValueError):
    """Report a number outside its bounds, or one that is not a number at all.

    `low` and `high` are the bounds, both included; `value` is what was given.
    """

    def __init__(self, low: float, high: float, value: object):
        super().__init__(f"{value!r:.80} is not within {low:g} to {high:g}")
        self.low = low
        self.high = high
        self.value = value


@dataclass(frozen=True)
class Quantity:
    """Describe one kind of number: its unit and the bounds, both included, of what may be typed.

    `kind` is count (people or deals), fraction (0.06 is 6%), money (in the currency of the scenario), duration (in the
    unit that the field names) or number. Raises ValueError when the bounds or the default make no sense.

    >>> COUNT.check(48000)
    48000.0
    >>> Quantity("count", 0, 10).check(11)
    Traceback (most recent call last):
    funnel.quantities.OutOfRange: 11 is not within 0 to 10
    """

    kind: Kind
    low: float
    high: float
    default: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"bounds {self.low!r}..{self.high!r} are not a finite range")
        if self.default is not None:
            self.check(self.default)

    def check(self, value: float) -> float:
        """Return the value as a float, or raise OutOfRange; NaN and infinity are always out of range.

        >>> RATE.check(float("nan"))
        Traceback (most recent call last):
        funnel.quantities.OutOfRange: nan is not within 0 to 1e+12
        """
        # The comparison comes before float(): an int of a thousand digits would overflow. NaN fails every comparison.
        if not self.low <= value <= self.high:
            raise OutOfRange(self.low, self.high, value)
        return float(value) + 0.0  # minus zero becomes zero, so that no screen ever shows "-0"

    def fits(self, value: float) -> bool:
        """Say whether `check` would accept the value.

        >>> COUNT.fits(0), COUNT.fits(-1)
        (True, False)
        """
        return bool(self.low <= value <= self.high)


# A count of people may be fractional: an expected value is not a whole number.
COUNT = Quantity("count", 0, 1e12)
# A stage larger than the one before is flagged, not forbidden, so a rate has no upper bound of its own. It reaches as
# far as a count does, so that every funnel of whole people can be written as rates and back: 1 -> 1e12 is a rate too.
RATE = Quantity("fraction", 0, 1e12)
SHARE = Quantity("fraction", 0, 1)
# Rial amounts run to 12 digits for a middling firm; 1e15 leaves room and stays exact to the unit in a float.
MONEY = Quantity("money", 0, 1e15)
DURATION = Quantity("duration", 0, 1e6)
NUMBER = Quantity("number", -1e15, 1e15)
