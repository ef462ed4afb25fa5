"""Cards sorted into columns: how that is written into a link, and how many lie where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from funnel.links.codecs import Report

#: How a card may lie in a column.
VERDICTS = ("right", "depends", "wrong")
_DECK = "-"


@dataclass(frozen=True)
class Sorted:
    """Where each of so many cards lies: a column's id, "" for not sorted yet. Written as one sign a card.

    There are at most ten `columns`; what is written is a digit, the column's place, or "-".

    >>> places = Sorted(3, ("top", "bottom"))
    >>> places.write(("bottom", "", "top"))
    '1-0'
    """

    cards: int
    columns: tuple[str, ...]

    def write(self, value: tuple[str, ...]) -> str:
        return "".join(str(self.columns.index(one)) if one else _DECK for one in value)

    def read(self, text: str, fallback: tuple[str, ...], report: Report) -> tuple[str, ...]:
        signs = "0123456789"[: len(self.columns)]
        if not text or not set(text[: self.cards]) <= {*signs, _DECK}:
            report("unreadable", None, text, self.write(fallback))
            return fallback
        if len(text) != self.cards:
            report("too-many" if len(text) > self.cards else "too-few", None, text, str(self.cards))
        found = ["" if sign == _DECK else self.columns[signs.index(sign)] for sign in text[: self.cards]]
        return tuple(found + [""] * (self.cards - len(found)))


@dataclass(frozen=True)
class Count:
    """How many cards there are, how many are `sorted`, and how many of those lie `right`, where it `depends`, or `wrong`."""

    cards: int
    sorted: int
    right: int
    depends: int
    wrong: int


def judged(places: Mapping[str, str], verdicts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the verdict on each sorted card: `places` is {card: column, or ""}, `verdicts` {card: {column: verdict}}.

    A column that a card's verdicts do not name is wrong for it.

    >>> judged({"seo": "top", "demo": "top", "fair": ""}, {"seo": {"top": "right"}, "demo": {"middle": "right"}, "fair": {}})
    {'seo': 'right', 'demo': 'wrong'}
    """
    return {card: verdicts[card].get(column, "wrong") for card, column in places.items() if column}


def counted(cards: int, found: Sequence[str]) -> Count:
    """Count verdicts on `cards` cards.

    >>> counted(4, ["right", "depends", "wrong"])
    Count(cards=4, sorted=3, right=1, depends=1, wrong=1)
    """
    return Count(cards, len(found), *(list(found).count(one) for one in VERDICTS))
