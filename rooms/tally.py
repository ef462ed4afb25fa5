"""What a room's answers come to: counts, medians, middle halves. Pure: the same answers always give the same tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from funnel.formulas.conversion import counts_from_rates
from rooms.items import Item, right

#: Below so many answers no single ones are shown: nobody is to be recognised by what she thinks.
FEW = 5


@dataclass(frozen=True)
class Answer:
    """One stored answer; ``shown`` says whether the trainer let it through (open text)."""

    round: int
    seat: int
    value: Any
    shown: bool = False


def quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile of sorted numbers, linear between neighbours (Hyndman and Fan 1996, type 7).

    >>> quantile([1, 2, 3, 10], 0.5), quantile([4], 0.25)
    (2.5, 4)
    """
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low) if high > low else ordered[low]


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Return the median of numbers and, of five or more, their middle half and the numbers themselves.

    >>> spread([3, 1, 2])
    {'n': 3, 'median': 2.0}
    """
    ordered = sorted(values)
    if not ordered:
        return {"n": 0}
    out: dict[str, Any] = {"n": len(ordered), "median": float(quantile(ordered, 0.5))}
    if len(ordered) >= FEW:
        out |= {"low": quantile(ordered, 0.25), "high": quantile(ordered, 0.75), "dots": ordered}
    return out


def tally(item: Item, answers: Sequence[Answer]) -> dict[str, Any]:
    """Return what one round's answers come to, as plain data; ``n`` is how many there are.

    choice: ``counts`` by option; order: ``places``, the mean place of each option from 1; number and estimate: see ``spread``;
    rates: ``steps``, a spread each, and ``people``, the funnel of the medians; text: ``texts`` that were let through, and how
    many ``wait``. Where something is right, ``right`` is how many were.
    """
    out: dict[str, Any] = {"n": len(answers)}
    values = [one.value for one in answers]
    marks = [right(item, value) for value in values]
    if None not in marks and (item.right or item.kind in ("order", "number")):
        out["right"] = sum(map(bool, marks))
    if item.kind == "choice":
        counts = Counter(chosen for value in values for chosen in value)
        out["counts"] = {one.id: counts[one.id] for one in item.options}
    elif item.kind == "order":
        if values:
            out["places"] = {
                one.id: sum(value.index(one.id) + 1 for value in values) / len(values) for one in item.options
            }
    elif item.kind in ("number", "estimate"):
        out |= spread(values)
    elif item.kind == "rates":
        out["steps"] = [spread([value[i] for value in values]) for i in range(len(item.stages) - 1)]
        if values:
            out["people"] = funnel(item.top, [one["median"] for one in out["steps"]])
    else:
        out["texts"] = [one.value for one in answers if one.shown]
        out["wait"] = sum(not one.shown for one in answers)
    return out


def funnel(top: float, rates: Sequence[float]) -> list[float]:
    """Return the people at each stage that step rates lead to.

    >>> funnel(1000, [0.1, 0.5])
    [1000, 100.0, 50.0]
    """
    return [float(count) if i else top for i, count in enumerate(counts_from_rates(top, (None, *rates)))]


def by_round(item: Item, answers: Sequence[Answer]) -> dict[int, dict[str, Any]]:
    """Return the tally of each round that has answers."""
    rounds: dict[int, list[Answer]] = {}
    for one in answers:
        rounds.setdefault(one.round, []).append(one)
    return {number: tally(item, rounds[number]) for number in sorted(rounds)}
