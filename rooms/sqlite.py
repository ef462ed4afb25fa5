"""Rooms in one SQLite file: one writer that commits in batches, read from beside it (WAL). For one process.

A vote is acknowledged when its batch is on the disk. Reads are a fraction of a millisecond and happen on the event loop's
own connection; a thread for each would cost more than the query.
"""

from __future__ import annotations

import asyncio
import json
import logging
import queue
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

from rooms.items import Item
from rooms.state import State
from rooms.storage import MOST_SEATS, Full, Room, Seat, Taken
from rooms.tally import Answer

GATHER = 0.04  # seconds that a batch waits for company
MOST_IN_BATCH = 2000

_TABLES = """
create table if not exists rooms (code text primary key, secret blob not null, created real not null, language text not null,
  lesson text not null, seed integer not null, version integer not null, state text not null, items text not null) without rowid;
create table if not exists seats (room text not null, number integer not null, four text not null,
  primary key (room, number), unique (room, four)) without rowid;
create table if not exists tokens (room text not null, token blob not null, number integer not null,
  primary key (room, token)) without rowid;
create table if not exists answers (room text not null, item integer not null, round integer not null, seat integer not null,
  n integer not null, value text not null, shown integer not null default 0,
  primary key (room, item, round, seat)) without rowid;
create index if not exists answers_of_a_seat on answers (room, seat);
"""
_OF_A_ROOM = ("answers", "tokens", "seats")

log = logging.getLogger(__name__)
Job = tuple[Callable[[sqlite3.Connection], Any], "asyncio.Future[Any]"]


class Sqlite:
    """See ``rooms.storage.Storage``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._read: sqlite3.Connection | None = None
        self._writer: threading.Thread | None = None

    async def open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write = self._connect()
        for _ in range(50):  # two processes that start together on a new file
            try:
                write.execute("pragma journal_mode = wal")
                write.executescript(_TABLES)
                break
            except sqlite3.OperationalError:
                await asyncio.sleep(0.1)
        write.execute("pragma synchronous = full")  # in WAL: one fsync a batch, and a vote outlives a power cut
        self.path.chmod(0o600)
        self._read = self._connect()
        self._loop = asyncio.get_running_loop()
        self._writer = threading.Thread(target=self._work, args=(write,), name="rooms-writer", daemon=True)
        self._writer.start()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)

    async def close(self) -> None:
        if self._writer:
            self._jobs.put(None)
            await asyncio.to_thread(self._writer.join, 5)
        if self._read:
            self._read.close()
        self._writer = self._read = None

    # --- the writer ---------------------------------------------------------------------------------------------

    async def _write(self, job: Callable[[sqlite3.Connection], Any]) -> Any:
        done = asyncio.get_running_loop().create_future()
        self._jobs.put((job, done))
        return await done

    def _work(self, connection: sqlite3.Connection) -> None:
        going = True
        while going:
            first = self._jobs.get()
            if first is None:
                break
            batch = [first]
            time.sleep(GATHER)
            while len(batch) < MOST_IN_BATCH and not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    going = False
                    break
                batch.append(job)
            results = self._commit(connection, batch)
            try:
                self._loop.call_soon_threadsafe(_resolve, results)
            except RuntimeError:  # the loop has ended: nobody waits any more
                break
        connection.close()

    def _commit(self, connection: sqlite3.Connection, batch: Sequence[Job]) -> list[tuple[asyncio.Future[Any], Any]]:
        results: list[tuple[asyncio.Future[Any], Any]] = []
        try:
            connection.execute("begin immediate")
            for job, done in batch:
                connection.execute("savepoint one")
                try:
                    results.append((done, job(connection)))
                except Exception as error:  # one bad job must not take the others along
                    connection.execute("rollback to one")
                    results.append((done, error))
                connection.execute("release one")
            connection.execute("commit")
        except sqlite3.Error as error:
            log.exception("rooms could not be written")
            if connection.in_transaction:
                connection.execute("rollback")
            return [(done, error) for _, done in batch]
        return results

    # --- rooms --------------------------------------------------------------------------------------------------

    async def create(self, room: Room) -> None:
        row = (
            room.code, room.secret, room.created, room.language, room.lesson, room.seed, room.state.version,
            json.dumps(room.state.data()), dump(room.items),
        )  # fmt: skip

        def job(connection: sqlite3.Connection) -> None:
            try:
                connection.execute("insert into rooms values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            except sqlite3.IntegrityError:
                raise Taken(room.code) from None

        await self._write(job)

    async def room(self, code: str) -> Room | None:
        row = self._one(
            "select code, secret, created, language, lesson, seed, items, state from rooms where code = ?", code
        )
        return row and Room(*row[:6], load(row[6]), State.of(json.loads(row[7])))

    async def step(self, code: str, version: int, state: State, items: Sequence[Item] | None = None) -> bool:
        put, values = "", []
        if items is not None:
            put, values = ", items = ?", [dump(items)]
        args = (state.version, json.dumps(state.data()), *values, code, version)
        text = f"update rooms set version = ?, state = ?{put} where code = ? and version = ?"
        return await self._write(lambda connection: connection.execute(text, args).rowcount == 1)

    async def delete(self, code: str) -> None:
        def job(connection: sqlite3.Connection) -> None:
            for table in _OF_A_ROOM:
                connection.execute(f"delete from {table} where room = ?", (code,))
            connection.execute("delete from rooms where code = ?", (code,))

        await self._write(job)

    async def sweep(self, before: float) -> None:
        for (code,) in self._all("select code from rooms where created < ?", before):
            await self.delete(code)

    # --- seats --------------------------------------------------------------------------------------------------

    async def join(self, code: str, token: bytes, draw: Sequence[str]) -> Seat:
        def job(connection: sqlite3.Connection) -> Seat:
            if not connection.execute("select 1 from rooms where code = ?", (code,)).fetchone():
                raise Full(code)
            number = connection.execute("select count(*) from seats where room = ?", (code,)).fetchone()[0]
            if number >= MOST_SEATS:
                raise Full(code)
            for four in draw:
                try:
                    connection.execute("insert into seats values (?, ?, ?)", (code, number, four))
                except sqlite3.IntegrityError:
                    continue
                connection.execute("insert into tokens values (?, ?, ?)", (code, token, number))
                return Seat(number, four)
            raise Full(code)

        return await self._write(job)

    async def seat(self, code: str, token: bytes) -> Seat | None:
        row = self._one(
            "select number, four from tokens join seats using (room, number) where room = ? and token = ?", code, token
        )
        return row and Seat(*row)

    async def move(self, code: str, four: str, token: bytes) -> Seat | None:
        row = self._one("select number, four from seats where room = ? and four = ?", code, four)
        if row:
            put = "insert or replace into tokens values (?, ?, ?)"
            await self._write(lambda connection: connection.execute(put, (code, token, row[0])) and None)
        return row and Seat(*row)

    async def seats(self, code: str) -> int:
        return self._one("select count(*) from seats where room = ?", code)[0]

    # --- answers ------------------------------------------------------------------------------------------------

    async def answer(self, code: str, item: int, round: int, seat: int, n: int, value: Any) -> tuple[int, Any] | None:
        text = json.dumps(value, ensure_ascii=False)

        def job(connection: sqlite3.Connection) -> tuple[int, Any] | None:
            found = connection.execute("select state from rooms where code = ?", (code,)).fetchone()
            now = json.loads(found[0]) if found else {"phase": ""}
            if now["phase"] != "open" or (now["at"], now["round"]) != (item, round):
                return None
            done = connection.execute(_PUT, (code, item, round, seat, n, text)).fetchone()
            if done is None:  # a later one is there
                done = connection.execute(_GOT, (code, item, round, seat)).fetchone()
            return done[0], json.loads(done[1])

        return await self._write(job)

    async def answers(self, code: str, item: int) -> list[Answer]:
        rows = self._all(
            "select round, seat, value, shown from answers where room = ? and item = ? order by round, seat", code, item
        )
        return [Answer(number, seat, json.loads(value), bool(shown)) for number, seat, value, shown in rows]

    async def mine(self, code: str, seat: int) -> list[tuple[int, int, int, Any]]:
        rows = self._all("select item, round, n, value from answers where room = ? and seat = ?", code, seat)
        return [(item, number, n, json.loads(value)) for item, number, n, value in rows]

    async def let(self, code: str, item: int, round: int, seat: int, shown: bool) -> None:
        text = "update answers set shown = ? where room = ? and item = ? and round = ? and seat = ?"
        await self._write(lambda connection: connection.execute(text, (shown, code, item, round, seat)) and None)

    # --- other processes: there are none ------------------------------------------------------------------------

    async def present(self, code: str, replica: str, count: int, now: float) -> int:
        return count

    async def changes(self) -> AsyncIterator[str]:
        await asyncio.Event().wait()
        yield ""

    async def changed(self, codes: Sequence[str], now: bool = False) -> None:
        return None

    async def ready(self) -> bool:
        return self._read is not None and self._writer is not None and self._writer.is_alive()

    def _one(self, text: str, *args: Any) -> Any:
        return self._read.execute(text, args).fetchone()

    def _all(self, text: str, *args: Any) -> list[Any]:
        return self._read.execute(text, args).fetchall()


_PUT = """insert into answers (room, item, round, seat, n, value) values (?, ?, ?, ?, ?, ?)
on conflict (room, item, round, seat) do update set n = excluded.n, value = excluded.value,
  shown = shown and value = excluded.value where excluded.n > n or (excluded.n = n and excluded.value = value)
returning n, value"""
_GOT = "select n, value from answers where room = ? and item = ? and round = ? and seat = ?"


def _resolve(results: Sequence[tuple[asyncio.Future[Any], Any]]) -> None:
    for done, result in results:
        if not done.done():
            done.set_exception(result) if isinstance(result, Exception) else done.set_result(result)


def dump(items: Sequence[Item]) -> str:
    """Return items as JSON."""
    return json.dumps([one.model_dump(exclude_defaults=True) for one in items], ensure_ascii=False)


def load(text: str) -> tuple[Item, ...]:
    """Return the items of JSON that ``dump`` wrote."""
    return tuple(Item.model_validate(one) for one in json.loads(text))
