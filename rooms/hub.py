"""The open streams of this process, and what goes to them: states at once, tallies and counts a few times a second at most.

Nothing of a room is kept here that the storage does not have: a process that is killed takes no vote along. What is cached (the
room's row) is read again whenever somebody changes it, here or in another process.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from rooms import told
from rooms.names import alias, numbered
from rooms.storage import LIFETIME, Room, Seat, Storage

TALLY = 0.25  # seconds between two tallies to a screen
HERE = 0.5  # seconds between two counts of those present
PRESENT = 5.0  # seconds between two words of a process on how many phones it serves
BEAT = 15.0  # seconds of silence before a comment keeps the line open
MOST_HALLS = 500
NEWEST = 24  # names that the projector shows while people come in

log = logging.getLogger(__name__)


class Stream:
    """One open line to a browser: of each kind of message only the newest waits, so a slow phone never falls behind."""

    __slots__ = ("bell", "digits", "ended", "language", "seat", "view", "waiting")

    def __init__(self, view: str, language: str, seat: int | None, digits: str | None = None) -> None:
        self.view, self.language, self.seat, self.digits = view, language, seat, digits
        self.waiting: dict[str, bytes] = {}
        self.bell = asyncio.Event()
        self.ended = False

    def put(self, kind: str, message: bytes) -> None:
        """Send a message, in the place of one of its kind that still waits."""
        self.waiting[kind] = message
        self.bell.set()

    def end(self) -> None:
        """Let the line end."""
        self.ended = True
        self.bell.set()

    async def next(self) -> bytes:
        """Return what is to be sent next: messages, or a comment after a silence; b"" at the end."""
        if not self.waiting and not self.ended:
            with suppress(TimeoutError):
                async with asyncio.timeout(BEAT):
                    await self.bell.wait()
        self.bell.clear()
        if self.ended:
            return b""
        out = b"".join(self.waiting.values()) or b": \n\n"
        self.waiting.clear()
        return out


class Hall:
    """A room as this process serves it."""

    def __init__(self, room: Room) -> None:
        self.room: Room | None = room
        self.streams: dict[Stream, None] = {}  # the oldest first
        self.seats: dict[str, Seat] = {}  # by token: what the storage has said before
        self.tally_due = self.here_due = False
        self.next_tally = self.next_here = 0.0
        self.last_here: tuple[int, int] | None = None

    def here(self) -> int:
        """Return how many seats have a line to this process."""
        return len({stream.seat for stream in self.streams if stream.view == "phone"})


class Hub:
    """All rooms of this process."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.replica = secrets.token_hex(6)
        self._halls: OrderedDict[str, Hall] = OrderedDict()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.closing = False

    # --- life ---------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Open the storage and begin to listen for other processes."""
        await self.storage.open()
        self.closing = False
        self._task(self._listen())
        self._task(self._sweep())
        self._task(self._beat())

    def end_streams(self) -> None:
        """End every open line: a server waits for them before it stops."""
        self.closing = True
        for hall in self._halls.values():
            for stream in hall.streams:
                stream.end()

    async def stop(self) -> None:
        """End the lines, finish what is being written."""
        self.end_streams()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.storage.close()

    def _task(self, work) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("a room's task failed", exc_info=task.exception())

    async def _listen(self) -> None:
        while True:
            try:
                async for code in self.storage.changes():
                    for one in [code] if code else list(self._halls):
                        await self._again(one)
            except asyncio.CancelledError:
                raise
            except Exception:
                log.exception("listening to the other processes failed; trying again")
            await asyncio.sleep(1)

    async def _sweep(self) -> None:
        while True:
            try:
                await self.storage.sweep(time.time() - LIFETIME)
            except Exception:
                log.exception("old rooms could not be deleted; trying again later")
            for code, hall in list(self._halls.items()):
                if hall.room and hall.room.created < time.time() - LIFETIME:
                    self.gone(code)
            await asyncio.sleep(600)

    async def _beat(self) -> None:
        """Say now and then that this process is still there, and notice those that are not any more."""
        while True:
            await asyncio.sleep(PRESENT)
            for hall in self._halls.values():
                if hall.streams:
                    self.here_soon(hall)

    # --- rooms --------------------------------------------------------------------------------------------------

    async def hall(self, code: str) -> Hall | None:
        """Return a room that exists, None for any other code."""
        hall = self._halls.get(code)
        if hall is None or hall.room is None:
            room = await self.storage.room(code)
            if room is None or room.created < time.time() - LIFETIME:
                return None
            hall = self._halls.get(code) or Hall(room)
            hall.room = room
            self._halls[code] = hall
            self._forget_idle()
        return hall

    def _forget_idle(self) -> None:
        if len(self._halls) > MOST_HALLS:
            idle = [code for code, hall in self._halls.items() if not hall.streams]
            for code in idle[: len(idle) // 2 + 1]:
                del self._halls[code]

    def gone(self, code: str) -> None:
        """Forget a room that was deleted and end its lines."""
        hall = self._halls.pop(code, None)
        for stream in hall.streams if hall else ():
            stream.put("gone", b"event: gone\ndata: {}\n\n")
            asyncio.get_running_loop().call_later(1, stream.end)

    async def changed(self, code: str, room: Room | None = None) -> None:
        """Show a changed state everywhere: here now, in other processes when they hear of it."""
        hall = self._halls.get(code)
        if hall is not None:
            hall.room = room or await self.storage.room(code)
            self._show(hall)
            self.tally_soon(hall)
        await self.storage.changed([code], now=True)

    async def _again(self, code: str) -> None:
        """Read a room anew that another process has changed."""
        hall = self._halls.get(code)
        if hall is None:
            return
        room = await self.storage.room(code)
        if room is None:
            self.gone(code)
            return
        before, hall.room = hall.room, room
        if before is None or before.state != room.state or before.items != room.items:
            self._show(hall)
        self.tally_soon(hall)
        self.here_soon(hall)

    # --- lines --------------------------------------------------------------------------------------------------

    def join(self, hall: Hall, stream: Stream) -> None:
        """Add a line; it gets the whole state first."""
        hall.streams[stream] = None
        stream.put("state", self._state(hall.room, stream))
        if stream.view == "phone":
            self.here_soon(hall)
        else:
            hall.next_here = hall.next_tally = 0.0
            hall.last_here = None
            self.here_soon(hall)
            self.tally_soon(hall)

    def leave(self, hall: Hall, stream: Stream) -> None:
        """Take a line away that has ended."""
        hall.streams.pop(stream, None)
        if stream.view == "phone":
            self.here_soon(hall)

    def lines(self, hall: Hall, seat: int) -> list[Stream]:
        """Return a seat's open lines, the oldest first."""
        return [stream for stream in hall.streams if stream.seat == seat and stream.view == "phone"]

    def _state(self, room: Room, stream: Stream) -> bytes:
        data = told.state(room, stream.language, stream.view, stream.digits)
        return event("state", data, data["v"])

    def _show(self, hall: Hall) -> None:
        made: dict[tuple[str, str, str | None], bytes] = {}
        for stream in hall.streams:
            kind = (stream.view, stream.language, stream.digits)
            if kind not in made:
                made[kind] = self._state(hall.room, stream)
            stream.put("state", made[kind])

    def _screens(self, hall: Hall) -> list[Stream]:
        return [stream for stream in hall.streams if stream.view in told.TRAINERS]

    # --- now and then -------------------------------------------------------------------------------------------

    def tally_soon(self, hall: Hall) -> None:
        """Have the tallies sent to the screens, four times a second at most."""
        if hall.tally_due or not self._screens(hall):
            return
        hall.tally_due = True
        self._task(self._tally(hall))

    async def _tally(self, hall: Hall) -> None:
        await asyncio.sleep(max(0.0, hall.next_tally - time.monotonic()))
        hall.tally_due, hall.next_tally = False, time.monotonic() + TALLY
        room = hall.room
        if room is None or room.state.at < 0 or room.state.at >= len(room.items):
            return
        answers = await self.storage.answers(room.code, room.state.at)
        made: dict[str, bytes] = {}
        for stream in self._screens(hall):
            if stream.view not in made:
                made[stream.view] = event("tally", told.results(room, answers, stream.view))
            stream.put("tally", made[stream.view])

    def here_soon(self, hall: Hall) -> None:
        """Have the number of those present sent to the screens, twice a second at most."""
        if hall.here_due:
            return
        hall.here_due = True
        self._task(self._here(hall))

    async def _here(self, hall: Hall) -> None:
        await asyncio.sleep(max(0.0, hall.next_here - time.monotonic()))
        hall.here_due, hall.next_here = False, time.monotonic() + HERE
        if hall.room is None:
            return
        code = hall.room.code
        here = await self.storage.present(code, self.replica, hall.here(), time.time())
        if not (screens := self._screens(hall)):
            return
        seats = await self.storage.seats(code)
        if (here, seats) == hall.last_here:
            return
        hall.last_here = here, seats
        made: dict[str, bytes] = {}
        for stream in screens:
            if stream.language not in made:
                newest = range(max(0, seats - NEWEST), seats)
                names = [alias(numbered(hall.room.seed, seat), stream.language) for seat in newest]
                made[stream.language] = event("here", {"here": here, "seats": seats, "names": names})
            stream.put("here", made[stream.language])

    async def heard(self, hall: Hall) -> None:
        """An answer was stored here: tell the screens, and the other processes once for many answers."""
        self.tally_soon(hall)
        await self.storage.changed([hall.room.code])


def event(kind: str, data: Any, number: int | None = None) -> bytes:
    """Return one server-sent event."""
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def codes(chance: Iterable[int]) -> list[str]:
    """Return room codes of six digits, of which the first is not 0, from whole numbers."""
    return [str(100_000 + number % 900_000) for number in chance]
