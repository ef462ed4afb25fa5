"""The course of a room as a state machine: what may follow what. Pure; the version guards against two trainers at once."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from rooms.items import Refused

PHASES = ("lobby", "open", "closed", "revealed", "ended")
MOST_ROUNDS = 9


@dataclass(frozen=True)
class State:
    """Where a room is: the phase, the item (from 0; -1 before the first), its round (from 1), and the rounds each item has had.

    lobby -> open -> closed -> revealed -> open (the next item, or the next round of the same one) ... -> ended, and back.
    """

    phase: str = "lobby"
    at: int = -1
    round: int = 0
    rounds: tuple[int, ...] = ()
    version: int = 1

    def data(self) -> dict[str, Any]:
        """Return plain data for the storage."""
        return asdict(self) | {"rounds": list(self.rounds)}

    @classmethod
    def of(cls, data: dict[str, Any]) -> State:
        """Return the state of plain data."""
        return cls(**{**data, "rounds": tuple(data["rounds"])})


def takes(state: State, at: int, round: int) -> bool:
    """Say whether an answer to this round of this item is accepted now."""
    return state.phase == "open" and (state.at, state.round) == (at, round)


def step(state: State, do: str, items: int, at: int | None = None) -> State:
    """Return the state after a command, its version one higher. Raises Refused("not-now") where the command does not fit.

    ``open`` begins a round of the item ``at`` (without: of the present one, or of the first); ``close``, ``reopen`` (the same
    round: it was closed too early), ``reveal``, ``hide``, ``end``, ``resume``. ``items`` is how many there are.

    >>> first = step(State(), "open", items=2)
    >>> (first.phase, first.at, first.round), step(step(first, "close", 2), "open", 2).round
    (('open', 0, 1), 2)
    """
    if do not in _STEPS:
        raise Refused("unreadable")
    return replace(_STEPS[do](state, items, at), version=state.version + 1)


def _open(state: State, items: int, at: int | None) -> State:
    at = max(state.at, 0) if at is None else at
    if state.phase not in ("lobby", "closed", "revealed") or not 0 <= at < items:
        raise Refused("not-now")
    rounds = list(state.rounds) + [0] * (items - len(state.rounds))
    if rounds[at] >= MOST_ROUNDS:
        raise Refused("not-now")
    rounds[at] += 1
    return replace(state, phase="open", at=at, round=rounds[at], rounds=tuple(rounds))


def _turn(to: str, *came: str):
    def turn(state: State, _items: int, _at: int | None) -> State:
        if state.phase not in came:
            raise Refused("not-now")
        return replace(state, phase=to)

    return turn


def _resume(state: State, _items: int, _at: int | None) -> State:
    if state.phase != "ended":
        raise Refused("not-now")
    return replace(state, phase="closed" if state.at >= 0 else "lobby")


_STEPS = {
    "open": _open,
    "close": _turn("closed", "open"),
    "reopen": _turn("open", "closed"),
    "reveal": _turn("revealed", "closed"),
    "hide": _turn("closed", "revealed"),
    "end": _turn("ended", "lobby", "open", "closed", "revealed"),
    "resume": _resume,
}
