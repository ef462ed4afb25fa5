"""What a cone shows: discs whose width is the count, so that the area, which the eye compares, is its square."""

from dataclasses import dataclass

TOP, STAGES = 1000.0, 4


@dataclass(frozen=True)
class Drawn:
    """Hold one stage: `count` people; as fractions of the first stage the `length` of a bar and the `area` of a disc."""

    count: float
    length: float
    area: float


def halving(share: float) -> tuple[Drawn, ...]:
    """Return four stages of 1,000 people at the top of which `share` (a fraction, 0 to 1) goes on at each step.

    Source: area of a disc, proportional to the square of its width.

    >>> [(one.count, one.length, one.area) for one in halving(0.5)][:3]
    [(1000.0, 1.0, 1.0), (500.0, 0.5, 0.25), (250.0, 0.25, 0.0625)]
    """
    return tuple(Drawn(TOP * share**i, share**i, share ** (2 * i)) for i in range(STAGES))
