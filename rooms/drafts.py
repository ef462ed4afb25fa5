"""A trainer's own question, as it was typed: read into an item, or refused with the field that is wrong."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from funnel.facts.stages import clean_name, clean_text
from i18n.numbers import NumberError, parse
from rooms.items import MOST_OPTIONS, MOST_STEPS, Item, Option, Refused

Line = Annotated[str, Field(max_length=400)]


class Draft(BaseModel):
    """What the form sends: texts as typed, numbers too. ``right`` are places of options, from 0."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["choice", "number", "estimate", "order", "rates", "text"]
    ask: Line
    options: Annotated[list[Line], Field(max_length=MOST_OPTIONS)] = []
    right: Annotated[list[Annotated[int, Field(ge=0, lt=MOST_OPTIONS)]], Field(max_length=MOST_OPTIONS)] = []
    percent: bool = False
    low: Line = ""
    high: Line = ""
    answer: Line = ""
    stages: Annotated[list[Line], Field(max_length=MOST_STEPS + 1)] = []
    top: Line = ""
    truth: Annotated[list[Line], Field(max_length=MOST_STEPS)] = []

    def item(self) -> Item:
        """Return the item. Raises Refused("draft-...") for the first thing that is missing or cannot be read."""
        ask = clean_text(self.ask, 300)
        if not ask:
            raise Refused("draft-ask")
        facts: dict = {"kind": self.kind, "ask": {"": ask}}
        form = "percent" if self.percent or self.kind == "rates" else "number"
        if self.kind in ("choice", "order"):
            facts |= self._options()
        if self.kind in ("number", "estimate"):
            facts |= {"form": form, "answer": _number(self.answer, form, needed=self.kind == "number")}
            facts["tolerance"] = abs(facts["answer"] or 0) * 0.005
        if self.kind == "estimate":
            facts |= {"low": _number(self.low, form, needed=True), "high": _number(self.high, form, needed=True)}
        if self.kind == "rates":
            facts |= {"form": form, **self._stages()}
        try:
            return Item.model_validate(facts)
        except ValidationError:
            raise Refused(
                {"estimate": "draft-scale", "rates": "draft-stages"}.get(self.kind, "draft-options")
            ) from None

    def _options(self) -> dict:
        texts = [(i, clean_text(text, 160)) for i, text in enumerate(self.options)]
        listed = [(i, text) for i, text in texts if text]
        order = self.kind == "order"
        # in the order of their ids the phones show what is to be put in order: not the right one, and always the same
        ids = {i: f"o{(place * 5 + 3) % 11 if order else place}" for place, (i, _) in enumerate(listed)}
        options = tuple(Option(id=ids[i], text={"": text}) for i, text in listed)
        right = tuple(ids[i] for i in self.right if i in ids)
        return {"options": options, "right": () if order else right, "multiple": not order and len(right) > 1}

    def _stages(self) -> dict:
        stages = [name for one in self.stages if (name := clean_name(one))]
        truth = [_number(one, "percent", needed=False) for one in self.truth[: max(0, len(stages) - 1)]]
        top = _number(self.top, "number", needed=False)
        known = bool(truth) and None not in truth and len(truth) == len(stages) - 1
        return {
            "stages": tuple({"": one} for one in stages),
            "top": 1000.0 if top is None else top,
            "truth": tuple(truth) if known else None,
        }


def _number(text: str, form: str, needed: bool) -> float | None:
    if not text.strip():
        if needed:
            raise Refused("draft-number")
        return None
    try:
        return float(parse(text, "percent" if form == "percent" else "number"))
    except (NumberError, OverflowError):
        raise Refused("draft-number") from None
