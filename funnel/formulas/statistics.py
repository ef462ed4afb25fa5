"""What chance alone can do to a rate."""

import math

Z_95 = 1.959964


def wilson(x: float, n: float, z: float = Z_95) -> tuple[float, float] | None:
    """Return the Wilson interval (low, high) of the rate x/n, as fractions within 0 to 1; None when n is 0.

    `x` people out of `n`; `z` is the normal quantile, 1.959964 for 95%. Unlike the textbook (Wald) interval it stays
    sensible for few people and for 0 or all of them. Raises ValueError unless 0 <= x <= n, n and z finite, z >= 0.
    Source: E. B. Wilson, Probable inference, JASA 22, 1927, 209-212; L. Brown, T. Cai, A. DasGupta, Interval
    Estimation for a Binomial Proportion, Statistical Science 16(2), 2001, 101-133.

    >>> [round(limit, 4) for limit in wilson(9, 250)]
    [0.0191, 0.067]
    >>> wilson(0, 0) is None
    True
    """
    if not (0 <= x <= n < math.inf and 0 <= z < math.inf):
        raise ValueError(f"a rate of {x!r} out of {n!r} with z = {z!r} has no interval")
    if n == 0:
        return None
    p = x / n
    spread = z * z / n
    if not math.isfinite(spread):
        return (0.0, 1.0)  # a sample of next to nobody says nothing
    centre = (p + spread / 2) / (1 + spread)
    half = math.hypot(math.sqrt(spread * p * (1 - p)), spread / 2) / (1 + spread)
    # Rounding may leave a limit a hair outside 0 to 1, or inside when it should touch: x = 0 means 0 is possible.
    low = 0.0 if x == 0 else max(0.0, centre - half)
    high = 1.0 if x == n else min(1.0, centre + half)
    return (low, high)
