"""Rooms in PostgreSQL, for several processes or machines: votes in batches, one NOTIFY for a room and a moment, not for a vote.

A pending NOTIFY holds a lock of the whole server at commit (PostgreSQL's async.c), so one for each vote would queue up all
writers. The channel carries the room's code and who sends it; a process does not listen to itself.
"""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

import asyncpg

from rooms.items import Item
from rooms.sqlite import dump, load
from rooms.state import State
from rooms.storage import MOST_SEATS, Full, Room, Seat, Taken
from rooms.tally import Answer

GATHER = 0.02  # seconds that a batch of votes waits for company
NOTIFY = 0.1  # seconds that votes wait to be told to the other processes
STALE = 15.0  # seconds after which a process that says nothing counts as gone
CHANNEL = "rooms"
_LOCK = 728_141_903  # of ours, for making the tables: "if not exists" is not safe when two processes start together

_TABLES = """
create table if not exists rooms (code text primary key, secret bytea not null, created double precision not null,
  language text not null, lesson text not null, seed bigint not null, version bigint not null, phase text not null,
  at integer not null, round integer not null, state text not null, items text not null);
create table if not exists seats (room text not null references rooms(code) on delete cascade, number integer not null,
  four text not null, primary key (room, number), unique (room, four));
create table if not exists tokens (room text not null references rooms(code) on delete cascade, token bytea not null,
  number integer not null, primary key (room, token));
create table if not exists answers (room text not null references rooms(code) on delete cascade, item integer not null,
  round integer not null, seat integer not null, n bigint not null, value text not null, shown boolean not null default false,
  primary key (room, item, round, seat));
create index if not exists answers_of_a_seat on answers (room, seat);
create table if not exists present (room text not null references rooms(code) on delete cascade, replica text not null,
  count integer not null, at double precision not null, primary key (room, replica));
"""
# The rows of open rooms are locked in share: whoever closes the round waits for this batch, so that what was acknowledged counts.
_PUT = """with given as (select * from unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::bigint[], $6::text[])
    as g(room, item, round, seat, n, value)),
  open as (select code, at, round from rooms where code = any($1::text[]) and phase = 'open' order by code for share)
insert into answers (room, item, round, seat, n, value)
  select g.room, g.item, g.round, g.seat, g.n, g.value from given g
    join open o on o.code = g.room and o.at = g.item and o.round = g.round order by 1, 2, 3, 4
on conflict (room, item, round, seat) do update set n = excluded.n, value = excluded.value,
  shown = answers.shown and answers.value = excluded.value where excluded.n > answers.n
returning room, item, round, seat, n, value"""
_GOT = """select a.room, a.item, a.round, a.seat, a.n, a.value from answers a
  join rooms r on r.code = a.room and r.phase = 'open' and r.at = a.item and r.round = a.round
  join unnest($1::text[], $2::int[], $3::int[], $4::int[]) as g(room, item, round, seat)
    on (a.room, a.item, a.round, a.seat) = (g.room, g.item, g.round, g.seat)"""

log = logging.getLogger(__name__)
Key = tuple[str, int, int, int]


class Postgres:
    """See ``rooms.storage.Storage``. ``address`` is "postgresql://user@host/database"."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.token = secrets.token_hex(4)
        self._pool: asyncpg.Pool | None = None
        self._votes: list[tuple[Key, int, str, asyncio.Future[Any]]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._told: set[str] = set()
        self._telling: asyncio.Task[None] | None = None
        self._counts: dict[str, int] = {}

    async def open(self) -> None:
        self._pool = await asyncpg.create_pool(self.address, min_size=1, max_size=6, command_timeout=10)
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("select pg_advisory_xact_lock($1)", _LOCK)
            await connection.execute(_TABLES)

    async def close(self) -> None:
        for task in (self._flushing, self._telling):
            if task and not task.done():
                with suppress(Exception):
                    await task
        if self._pool:
            with suppress(TimeoutError):
                async with asyncio.timeout(3):
                    await self._pool.close()
            self._pool.terminate()

    # --- rooms --------------------------------------------------------------------------------------------------

    async def create(self, room: Room) -> None:
        text = "insert into rooms values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        now = room.state
        try:
            await self._pool.execute(
                text, room.code, room.secret, room.created, room.language, room.lesson, room.seed,
                now.version, now.phase, now.at, now.round, json.dumps(now.data()), dump(room.items),
            )  # fmt: skip
        except asyncpg.UniqueViolationError:
            raise Taken(room.code) from None

    async def room(self, code: str) -> Room | None:
        text = "select code, secret, created, language, lesson, seed, items, state from rooms where code = $1"
        row = await self._pool.fetchrow(text, code)
        return row and Room(*row[:6], load(row[6]), State.of(json.loads(row[7])))

    async def step(self, code: str, version: int, state: State, items: Sequence[Item] | None = None) -> bool:
        text = """update rooms set version = $1, phase = $2, at = $3, round = $4, state = $5, items = coalesce($6, items)
          where code = $7 and version = $8"""
        listed = None if items is None else dump(items)
        done = await self._pool.execute(
            text, state.version, state.phase, state.at, state.round, json.dumps(state.data()), listed, code, version
        )
        return done == "UPDATE 1"

    async def delete(self, code: str) -> None:
        await self._pool.execute("delete from rooms where code = $1", code)

    async def sweep(self, before: float) -> None:
        await self._pool.execute("delete from rooms where created < $1", before)

    # --- seats --------------------------------------------------------------------------------------------------

    async def join(self, code: str, token: bytes, draw: Sequence[str]) -> Seat:
        async with self._pool.acquire() as connection, connection.transaction():
            # a seat need not be on the disk before it is told: the first vote from it takes it there
            await connection.execute("set local synchronous_commit to off")
            await connection.execute("select pg_advisory_xact_lock($1, hashtext($2))", _LOCK, code)
            if not await connection.fetchval("select 1 from rooms where code = $1", code):
                raise Full(code)
            number = await connection.fetchval("select count(*) from seats where room = $1", code)
            if number >= MOST_SEATS:
                raise Full(code)
            text = """insert into seats select $1, $2, f from unnest($3::text[]) with ordinality as d(f, i)
              where not exists (select 1 from seats where room = $1 and four = f) order by i limit 1 returning four"""
            four = await connection.fetchval(text, code, number, list(draw))
            if four is None:
                raise Full(code)
            await connection.execute("insert into tokens values ($1, $2, $3)", code, token, number)
        return Seat(number, four)

    async def seat(self, code: str, token: bytes) -> Seat | None:
        text = "select number, four from tokens join seats using (room, number) where room = $1 and token = $2"
        row = await self._pool.fetchrow(text, code, token)
        return row and Seat(*row)

    async def move(self, code: str, four: str, token: bytes) -> Seat | None:
        row = await self._pool.fetchrow("select number, four from seats where room = $1 and four = $2", code, four)
        if row:
            await self._pool.execute("insert into tokens values ($1, $2, $3)", code, token, row[0])
        return row and Seat(*row)

    async def seats(self, code: str) -> int:
        return await self._pool.fetchval("select count(*) from seats where room = $1", code)

    # --- answers ------------------------------------------------------------------------------------------------

    async def answer(self, code: str, item: int, round: int, seat: int, n: int, value: Any) -> tuple[int, Any] | None:
        done = asyncio.get_running_loop().create_future()
        self._votes.append(((code, item, round, seat), n, json.dumps(value, ensure_ascii=False), done))
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.get_running_loop().create_task(self._flush())
        return await done

    async def _flush(self) -> None:
        await asyncio.sleep(GATHER)
        while self._votes:
            votes, self._votes = self._votes[:2000], self._votes[2000:]
            try:
                stored = await self._store(votes)
            except Exception as error:
                for *_, done in votes:
                    if not done.done():
                        done.set_exception(error)
                continue
            for key, _, _, done in votes:
                if not done.done():
                    done.set_result(stored.get(key))

    async def _store(self, votes: Sequence[tuple[Key, int, str, Any]]) -> dict[Key, tuple[int, Any]]:
        newest: dict[Key, tuple[int, str]] = {}
        for key, n, value, _ in votes:
            if key not in newest or n >= newest[key][0]:
                newest[key] = n, value
        keys = [list(column) for column in zip(*newest, strict=True)]
        values = [list(column) for column in zip(*newest.values(), strict=True)]
        async with self._pool.acquire() as connection, connection.transaction():
            rows = await connection.fetch(_PUT, *keys, *values)
            if len(rows) < len(newest):
                rows += await connection.fetch(_GOT, *keys)
        out: dict[Key, tuple[int, Any]] = {}
        for *key, n, value in rows:
            out.setdefault(tuple(key), (n, json.loads(value)))
        return out

    async def answers(self, code: str, item: int) -> list[Answer]:
        text = "select round, seat, value, shown from answers where room = $1 and item = $2 order by round, seat"
        rows = await self._pool.fetch(text, code, item)
        return [Answer(number, seat, json.loads(value), shown) for number, seat, value, shown in rows]

    async def mine(self, code: str, seat: int) -> list[tuple[int, int, int, Any]]:
        text = "select item, round, n, value from answers where room = $1 and seat = $2"
        return [(*row[:3], json.loads(row[3])) for row in await self._pool.fetch(text, code, seat)]

    async def let(self, code: str, item: int, round: int, seat: int, shown: bool) -> None:
        text = "update answers set shown = $1 where room = $2 and item = $3 and round = $4 and seat = $5"
        await self._pool.execute(text, shown, code, item, round, seat)

    # --- the other processes ------------------------------------------------------------------------------------

    async def present(self, code: str, replica: str, count: int, now: float) -> int:
        text = """with mine as (insert into present select code, $2, $3, $4 from rooms where code = $1
            on conflict (room, replica) do update set count = excluded.count, at = excluded.at)
          select coalesce(sum(count), 0) from present where room = $1 and replica <> $2 and at > $5"""
        others = await self._pool.fetchval(text, code, replica, count, now, now - STALE)
        if (
            self._counts.get(code) != count
        ):  # only who has something new to say says it, or two processes would never be quiet
            self._counts[code] = count
            await self.changed([code])
        return others + count

    async def changes(self) -> AsyncIterator[str]:
        heard: asyncio.Queue[str | None] = asyncio.Queue()
        connection = await asyncpg.connect(self.address)

        def hear(_connection: Any, _process: int, _channel: str, told: str) -> None:
            code, _, token = told.partition(" ")
            if token != self.token:
                heard.put_nowait(code)

        try:
            connection.add_termination_listener(lambda _: heard.put_nowait(None))
            await connection.add_listener(CHANNEL, hear)
            yield ""  # what was said while nobody listened
            while (code := await heard.get()) is not None:
                yield code
        finally:
            connection.terminate()

    async def changed(self, codes: Sequence[str], now: bool = False) -> None:
        self._told.update(codes)
        if now:
            await self._tell()
        elif self._telling is None or self._telling.done():
            self._telling = asyncio.get_running_loop().create_task(self._tell(NOTIFY))

    async def _tell(self, wait: float = 0.0) -> None:
        await asyncio.sleep(wait)
        codes, self._told = sorted(self._told), set()
        if codes:
            text = "select pg_notify($1, told) from unnest($2::text[]) as told"
            try:
                await self._pool.execute(text, CHANNEL, [f"{code} {self.token}" for code in codes])
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                log.warning("the other processes could not be told", exc_info=True)

    async def ready(self) -> bool:
        try:
            async with asyncio.timeout(2):
                return await self._pool.fetchval("select 1") == 1
        except (OSError, TimeoutError, AttributeError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
