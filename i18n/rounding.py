"""Numbers as ASCII text, rounded as the house rounds: half up, and few digits where few are needed."""

import math
from decimal import ROUND_HALF_UP, Decimal

_POWERS = tuple(10.0**places for places in range(16))


def rounded(x: float, places: int) -> str:
    """Return x >= 0 as "1,234.5", rounded half up; exact for integers of any size."""
    if type(x) is int:
        return f"{x:,}" if places == 0 else f"{x:,}.{'0' * places}"
    scaled = x * _POWERS[places]
    if scaled < 1e15 and abs(scaled - math.floor(scaled) - 0.5) < 1e-6:
        # On or next to a tie, where the binary float may lie on the other side of what its digits say; 15 digits,
        # because a fraction times 100 has noise in the 16th.
        return f"{Decimal(f'{x:.15g}').quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    return f"{x:,.{places}f}"


def count(size: float) -> str:
    """Return size >= 0 as `Numbers.count` shows it, in ASCII; "" for next to nothing."""
    if type(size) is int:
        return f"{size:,}"
    if size >= 99.95:
        return rounded(size, 0)
    if size < 0.1:
        return small(size, 1e-9)
    nearest = round(size)
    return str(nearest) if abs(size - nearest) < 1e-9 else rounded(size, 1)


def small(size: float, noise: float) -> str:
    """Return size >= 0 with two significant digits, "0" for 0 and rounding noise, "" for next to nothing."""
    if size < noise:
        return "0"
    if size < 0.0000995:
        return ""
    # One decimal more than the leading zeros: 0.42 -> 2, 0.042 -> 3. Rounding up may gain a digit: 0.0996 -> 0.10.
    places = 1 - math.floor(math.log10(size))
    if size * _POWERS[places] >= 99.5 - 1e-9:
        places -= 1
    return rounded(size, max(1, places))
