"""What a room can be asked, and the reading of what a phone answers: pure, checked, without words of the interface."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from funnel.facts.stages import clean_text
from i18n.numbers import NumberError, parse

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Text = Annotated[str, Field(max_length=2000)]
#: A text by language; "" stands for all of them (what a trainer typed).
Words = dict[Annotated[str, Field(max_length=12)], Text]
Finite = Annotated[float, Field(allow_inf_nan=False, ge=-1e12, le=1e12)]
Form = Literal["count", "percent", "money", "number"]

MOST_ITEMS = 40
MOST_OPTIONS = 8
MOST_STEPS = 5
LONGEST_TEXT = 140


class Refused(ValueError):
    """Say by a short id why something is not accepted; ``rooms.words`` has the sentence."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Strict(BaseModel):
    """A table with exactly these keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """One thing to choose or to put in order; ``reply`` is said, after the reveal, to those who chose it."""

    id: Id
    text: Words
    reply: Words = {}


class Trap(Strict):
    """A wrong number worth recognising, with what is said to those who gave it."""

    value: Finite
    reply: Words = {}


class Item(Strict):
    """One thing asked.

    choice: ``options``, ``right`` (may be empty: a matter of opinion), ``multiple``. order: ``options`` in their right order.
    number: ``answer`` with ``tolerance`` and ``traps``. estimate: a number between ``low`` and ``high``, ``answer`` if there is a
    truth. rates: the people that enter on ``top``, the names of ``stages``, and ``truth``, a fraction for each step, if known.
    text: nothing more. Percentages are fractions throughout.
    """

    kind: Literal["choice", "number", "estimate", "order", "rates", "text"]
    ask: Words
    options: tuple[Option, ...] = Field((), max_length=MOST_OPTIONS)
    right: tuple[Id, ...] = ()
    multiple: bool = False
    form: Form = "number"
    unit: Words = {}
    low: Finite = 0.0
    high: Finite = 100.0
    answer: Finite | None = None
    tolerance: Annotated[float, Field(ge=0, le=1e12)] = 0.0
    traps: tuple[Trap, ...] = Field((), max_length=12)
    stages: tuple[Words, ...] = Field((), max_length=MOST_STEPS + 1)
    top: Annotated[float, Field(gt=0, le=1e12)] = 1000.0
    truth: tuple[Annotated[float, Field(ge=0, le=1)], ...] | None = None
    solution: Words = {}

    @model_validator(mode="after")
    def _whole(self) -> Item:
        ids = [one.id for one in self.options]
        if not any(text.strip() for text in self.ask.values()):
            raise ValueError("nothing is asked")
        if self.kind in ("choice", "order"):
            least = 2 if self.kind == "choice" else 3
            if len(ids) < least or len(set(ids)) != len(ids) or not set(self.right) <= set(ids):
                raise ValueError(f"needs {least} different options, the right ones among them")
        elif self.kind == "number" and self.answer is None:
            raise ValueError("needs an answer")
        elif self.kind == "estimate" and not self.low < self.high:
            raise ValueError("needs a scale from low to high")
        elif self.kind == "rates":
            if len(self.stages) < 2:
                raise ValueError("needs two stages")
            if self.truth is not None and len(self.truth) != len(self.stages) - 1:
                raise ValueError("needs a truth for each step")
        return self


def said(words: Words, code: str) -> str:
    """Return a text in a language, in English where it has none, in whatever there is where it has not even that."""
    return words.get(code) or words.get("") or words.get("en") or next((text for text in words.values() if text), "")


def read(item: Item, given: Any) -> Any:
    """Return a phone's answer as it is stored: ids, a number, fractions or a line of text. Raises Refused.

    A number may be typed, in any digits.
    """
    return _READ[item.kind](item, given)


def _ids(item: Item, given: Any) -> list[str]:
    known = [one.id for one in item.options]
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given) or len(set(given)) != len(given):
        raise Refused("unreadable")
    if not set(given) <= set(known):
        raise Refused("unreadable")
    return given


def _choice(item: Item, given: Any) -> list[str]:
    chosen = set(_ids(item, given))
    if not chosen or (len(chosen) > 1 and not item.multiple):
        raise Refused("unreadable")
    return [one.id for one in item.options if one.id in chosen]


def _order(item: Item, given: Any) -> list[str]:
    if len(_ids(item, given)) != len(item.options):
        raise Refused("unreadable")
    return given


def _plain(given: Any, form: str) -> float:
    if isinstance(given, bool) or not isinstance(given, (int, float, str)):
        raise Refused("unreadable")
    if isinstance(given, str):
        try:
            given = float(parse(given, "percent" if form == "percent" else "number"))
        except NumberError as error:
            raise Refused(f"number-{error.code}") from None
    try:
        value = float(given)
    except OverflowError:
        raise Refused("outside") from None
    if not math.isfinite(value) or abs(value) > 1e12:
        raise Refused("outside")
    return value


def _number(item: Item, given: Any) -> float:
    return _plain(given, item.form)


def _estimate(item: Item, given: Any) -> float:
    value = _plain(given, item.form)
    if not item.low <= value <= item.high:
        raise Refused("outside")
    return value


def _rates(item: Item, given: Any) -> list[float]:
    if not isinstance(given, list) or len(given) != len(item.stages) - 1:
        raise Refused("unreadable")
    rates = [_plain(one, "percent") for one in given]
    if not all(0 <= one <= 1 for one in rates):
        raise Refused("outside")
    return rates


def _text(_item: Item, given: Any) -> str:
    line = clean_text(given, LONGEST_TEXT) if isinstance(given, str) else ""
    if not line:
        raise Refused("empty")
    return line


_READ = {"choice": _choice, "order": _order, "number": _number, "estimate": _estimate, "rates": _rates, "text": _text}


def right(item: Item, value: Any) -> bool | None:
    """Say whether a stored answer is right; None where nothing is right or wrong.

    >>> item = Item(kind="number", ask={"": "?"}, answer=0.25, tolerance=0.0005)
    >>> right(item, 0.2501), right(item, 0.3)
    (True, False)
    """
    if item.kind == "choice":
        return sorted(value) == sorted(item.right) if item.right else None
    if item.kind == "order":
        return value == [one.id for one in item.options]
    if item.kind == "number":
        return abs(value - item.answer) <= max(item.tolerance, 1e-12 * abs(item.answer))
    return None
