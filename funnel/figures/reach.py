"""Reach against fit: whoever aims more narrowly reaches fewer people, of whom more go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import ratio

#: The settings of the slider, from the broadest aim to the narrowest.
STEPS = 10

#: Per business: what each setting adds to the share that goes on (a fraction), invented for the figure. Each setting
#: reaches a tenth of the preset's people fewer. For the academy, setting 5 is the lesson's example: half the reach, 12%.
GAIN = {"s3-academy-irt": 0.013, "s7-ngo-usd": 0.03}


@dataclass(frozen=True)
class Aim:
    """Hold one setting: `reach` people, `fit` the fraction of them that goes on, `suitable` people, `final` people."""

    reach: float
    fit: float
    suitable: float
    final: float


def aims(business: str) -> tuple[Aim, ...]:
    """Return what every setting of the slider gives, from the broadest to the narrowest.

    `business` is a key of GAIN. The quality-adjusted volume is reach times fit; what happens after that is the preset's:
    the same fraction of those who went on is there at the end. Source: correction C38 and presets S3, S7; the trade
    between the two is invented.

    >>> broad, half = aims("s3-academy-irt")[0], aims("s3-academy-irt")[5]
    >>> broad.suitable, broad.final, round(half.fit, 3), round(half.suitable), round(half.final, 1)
    (9900.0, 193.0, 0.12, 10800, 210.5)
    """
    preset = PRESETS[business]
    top, onward, end = preset.counts[0], preset.counts[1], preset.counts[preset.customer_stage]
    made = []
    for step in range(STEPS):
        reach = top * (STEPS - step) / STEPS
        fit = onward / top + GAIN[business] * step
        made.append(Aim(reach, fit, reach * fit, reach * fit * (ratio(end, onward) or 0.0)))
    return tuple(made)


def best(found: Sequence[Aim]) -> int:
    """Return the position of the setting with the most suitable people, the broadest of equal ones.

    >>> best(aims("s3-academy-irt")), best(aims("s7-ngo-usd"))
    (3, 0)
    """
    return max(range(len(found)), key=lambda i: found[i].suitable)


def shares(found: Sequence[Aim], part: str) -> tuple[float, ...]:
    """Return each setting's `part` (a field of Aim) as a fraction of the largest one, for bars.

    >>> [round(one, 2) for one in shares(aims("s7-ngo-usd"), "reach")][:3]
    [1.0, 0.9, 0.8]
    """
    values = [getattr(one, part) for one in found]
    return tuple(ratio(one, max(values)) or 0.0 for one in values)
