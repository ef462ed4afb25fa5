"""Where rooms are kept: what every storage can do. An answer is an upsert; a room's version refuses stale commands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from rooms.items import Item
from rooms.state import State
from rooms.tally import Answer

LIFETIME = 24 * 3600  # seconds; then a room is deleted
MOST_SEATS = 500


@dataclass(frozen=True)
class Room:
    """A room as it is kept: ``code`` six digits, ``secret`` the hash of the trainer's, ``created`` seconds since 1970."""

    code: str
    secret: bytes
    created: float
    language: str
    lesson: str
    seed: int
    items: tuple[Item, ...] = ()
    state: State = field(default_factory=State)


@dataclass(frozen=True)
class Seat:
    """A place in a room: its number from 0 and the four digits that bring it to another phone."""

    number: int
    four: str


class Full(Exception):
    """The room has no free seat."""


class Taken(Exception):
    """The code belongs to another room."""


class Storage(Protocol):
    """What the hub asks of a storage. Everything acknowledged is still there after the process is killed."""

    async def open(self) -> None:
        """Make ready; create the tables where there are none."""

    async def close(self) -> None:
        """Finish what is being written."""

    async def create(self, room: Room) -> None:
        """Keep a new room. Raises Taken."""

    async def room(self, code: str) -> Room | None:
        """Return a room, None where there is none (any more)."""

    async def step(self, code: str, version: int, state: State, items: Sequence[Item] | None = None) -> bool:
        """Store a new state (and items) if the room is still at this version; say whether it was."""

    async def join(self, code: str, token: bytes, draw: Sequence[str]) -> Seat:
        """Give a new seat, its four digits the first free ones of ``draw``. Raises Full."""

    async def seat(self, code: str, token: bytes) -> Seat | None:
        """Return the seat that a token's hash belongs to."""

    async def move(self, code: str, four: str, token: bytes) -> Seat | None:
        """Let another token sit on the seat with these four digits; None where there is none."""

    async def seats(self, code: str) -> int:
        """Return how many seats are taken."""

    async def answer(self, code: str, item: int, round: int, seat: int, n: int, value: Any) -> tuple[int, Any] | None:
        """Store an answer if the round is open, unless a later one (a higher ``n``) is there; return what is stored now.

        None where the round is not open.
        """

    async def answers(self, code: str, item: int) -> list[Answer]:
        """Return an item's answers in all rounds."""

    async def mine(self, code: str, seat: int) -> list[tuple[int, int, int, Any]]:
        """Return a seat's answers: item, round, n, value."""

    async def let(self, code: str, item: int, round: int, seat: int, shown: bool) -> None:
        """Let a text through, or hold it back."""

    async def delete(self, code: str) -> None:
        """Delete a room and all that belongs to it."""

    async def sweep(self, before: float) -> None:
        """Delete the rooms created before this time."""

    async def present(self, code: str, replica: str, count: int, now: float) -> int:
        """Note how many phones this process serves in a room; return how many all processes do."""

    def changes(self) -> AsyncIterator[str]:
        """Yield the codes of rooms that another process has changed, "" for perhaps all; ends when the line to them breaks."""

    async def changed(self, codes: Sequence[str], now: bool = False) -> None:
        """Tell the other processes that these rooms have changed: in a moment, many at once, or now."""

    async def ready(self) -> bool:
        """Say whether the storage answers."""
