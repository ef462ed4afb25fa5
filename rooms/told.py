"""What a room tells a phone, the projector and the trainer's desk, in one language: only what may be seen by then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from i18n.numbers import numbers
from rooms.items import Item, Words, said
from rooms.storage import Room
from rooms.tally import Answer, by_round, funnel, tally

VIEWS = ("phone", "screen", "desk")
TRAINERS = ("screen", "desk")


def state(room: Room, code: str, view: str, digits: str | None = None) -> dict[str, Any]:
    """Return what a view shows of a room in a language: the phase, the item, and after the reveal what is right."""
    now = room.state
    say = _Say(code, digits)
    out: dict[str, Any] = {
        "v": now.version, "phase": now.phase, "at": now.at, "round": now.round, "of": len(room.items),
    }  # fmt: skip
    if view in TRAINERS:
        out["items"] = [say(one.ask) for one in room.items]
        out["kinds"] = [one.kind for one in room.items]
        out["rounds"] = list(now.rounds)
        out["lesson"] = room.lesson
    if 0 <= now.at < len(room.items) and now.phase in ("open", "closed", "revealed"):
        item = room.items[now.at]
        out["item"] = asked(item, say)
        if now.phase == "revealed" or view == "desk":
            out["reveal"] = answered(item, say)
    return out


class _Say:
    def __init__(self, code: str, digits: str | None) -> None:
        self.code, self.numbers = code, numbers(code, digits)

    def __call__(self, words: Words) -> str:
        return self.numbers.text(said(words, self.code))


def asked(item: Item, say: _Say) -> dict[str, Any]:
    """Return what is asked, without what is right."""
    out: dict[str, Any] = {"kind": item.kind, "ask": say(item.ask)}
    if item.options:
        listed = sorted(item.options, key=lambda one: one.id) if item.kind == "order" else item.options
        out["options"] = [{"id": one.id, "text": say(one.text)} for one in listed]
    if item.kind == "choice":
        out["multiple"] = item.multiple
    if item.kind in ("number", "estimate"):
        out |= {"form": item.form, "unit": say(item.unit)}
    if item.kind == "estimate":
        out |= {"low": item.low, "high": item.high}
    if item.kind == "rates":
        out |= {"stages": [say(one) for one in item.stages], "top": item.top}
    return out


def answered(item: Item, say: _Say) -> dict[str, Any]:
    """Return what is right, and what is said to those who thought otherwise."""
    out: dict[str, Any] = {"right": list(item.right), "solution": say(item.solution)}
    replies = {one.id: say(one.reply) for one in item.options if one.reply}
    if replies:
        out["replies"] = replies
    if item.kind == "order":
        out["right"] = [one.id for one in item.options]
    if item.answer is not None:
        out |= {"answer": item.answer, "tolerance": item.tolerance}
        out["traps"] = [{"value": one.value, "reply": say(one.reply)} for one in item.traps]
    if item.truth is not None:
        out |= {"truth": list(item.truth), "people": funnel(item.top, item.truth)}
    return out


def results(room: Room, answers: Sequence[Answer], view: str) -> dict[str, Any]:
    """Return the tallies of the present item by round; to the projector before the reveal only how many have answered."""
    now, item = room.state, room.items[room.state.at]
    out: dict[str, Any] = {"at": now.at, "round": now.round, "n": sum(one.round == now.round for one in answers)}
    if view == "desk" or now.phase == "revealed":
        out["by"] = by_round(item, answers)
        if now.round and now.round not in out["by"]:
            out["by"][now.round] = tally(item, ())
    if item.kind == "text":
        out["wait"] = sum(not one.shown for one in answers if one.round == now.round)
        if view == "screen" and now.phase in ("open", "closed"):  # what was let through may be seen at once
            out["by"] = {now.round: tally(item, [one for one in answers if one.round == now.round])}
        if view == "desk":
            out["texts"] = [
                {"round": one.round, "seat": one.seat, "text": one.value, "shown": one.shown} for one in answers
            ]
    return out
