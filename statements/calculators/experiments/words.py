"""Numbers of an A/B test as its page writes them: rates, gaps in points, p-values, intervals."""

from __future__ import annotations

import math

from statements.say import Say
from statements.text import _, ngettext

SMALL_P = 0.0001  # what is less is said to be less, not written out
Interval = tuple[float, float]


def rate(say: Say, x: float | None) -> str:
    """Write a rate as exactly as two arms of a test need it: 4.12% and 4.68%, but 12.5%."""
    return say.percent(x, 2 if x is not None and 0.00995 <= x < 0.0995 else None)


def short(say: Say, x: float | None) -> str:
    """Write a fraction that somebody chose: 5%, 2.5%; with no more decimals than it needs, at most two."""
    if x is None:
        return say.dash
    exact = next((digits for digits in (0, 1) if abs(round(x * 100, digits) - x * 100) < 1e-9), None)
    return rate(say, x) if exact is None else say.percent(x, exact)


def two_digits(x: float) -> int:
    """Return the decimals that show a fraction, in points, with two digits."""
    size = abs(x) * 100
    return 1 if size == 0 else min(6, max(1, 1 - math.floor(math.log10(size))))


def places(width: float) -> int:
    """Return the decimals, in points, for the ends of an interval of this width."""
    size = abs(width) * 100
    return 1 if size == 0 else min(6, max(1, 1 - math.floor(math.log10(size / 2))))


def gap(say: Say, x: float | None, width: float | None = None) -> str:
    """Write a difference of rates in points, as exactly as an interval of this width deserves."""
    return say.points(x, places(width if width else x or 0.0))


def size(say: Say, x: float | None, width: float | None = None) -> str:
    """Write the size of a difference of rates in points, without a sign: two digits, or as an interval deserves."""
    if x is None:
        return say.dash
    digits = places(width) if width else two_digits(x)
    shown = abs(float(say.numbers.shown_count(round(abs(x) * 100, digits))))
    return say(ngettext("%(n)s point", "%(n)s points", shown), n=say.numbers.points(abs(x), digits, False))


def gap_ends(say: Say, found: Interval) -> tuple[str, str]:
    """Write the ends of an interval in points, without the unit."""
    digits = places(found[1] - found[0])
    return say.numbers.points(found[0], digits), say.numbers.points(found[1], digits)


def gap_between(say: Say, found: Interval | None) -> str:
    """Write an interval in points."""
    if found is None:
        return say.dash
    low, high = gap_ends(say, found)
    return say(_("from %(low)s to %(high)s points"), low=low, high=high)


def lift(say: Say, x: float | None) -> str:
    """Write a relative change: of 0.1359, "+13.6%"."""
    return say.percent(x, 1 if x is not None and abs(x) >= 0.0095 else None, signed=True)


def lift_ends(say: Say, found: Interval) -> tuple[str, str]:
    """Write the ends of an interval of a relative change; the wider, the fewer decimals."""
    width = found[1] - found[0]
    digits = 0 if width > 2 else 1 if width > 0.5 else 2
    return say.percent(found[0], digits, signed=True), say.percent(found[1], digits, signed=True)


def lift_between(say: Say, found: Interval | None) -> str:
    """Write an interval of a relative change."""
    if found is None:
        return say.dash
    low, high = lift_ends(say, found)
    return say(_("from %(low)s to %(high)s"), low=low, high=high)


def p_value(say: Say, p: float | None) -> str:
    """Write a p-value: "0.0535", "below 0.0001"."""
    if p is None:
        return say.dash
    if p < SMALL_P:
        return say(_("below %(least)s"), least=say.decimal(SMALL_P, 4))
    return say.decimal(p, 4)


def how_often(say: Say, p: float) -> str:
    """Write a p-value as the share of tests that it is: "5.35%"."""
    if p < SMALL_P:
        return say(_("less than %(least)s"), least=say.percent(SMALL_P))
    return say.percent(p, 1 if p >= 0.0995 and p < 1 else 2 if 0.00995 <= p < 0.0995 else None)
