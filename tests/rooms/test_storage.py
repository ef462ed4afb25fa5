"""Both storages, held to the same: no vote that was acknowledged is lost, none comes late, none twice."""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from rooms import runs
from rooms.http import digest
from rooms.state import step
from rooms.storage import MOST_SEATS, Full, Room, Taken
from tests.support import ROOT

DRAW = [f"{n:04d}" for n in range(100)]


def fresh(code=None):
    items = runs.run("what-a-funnel-is")
    code = code or str(100_000 + secrets.randbelow(900_000))
    return Room(code, digest("secret"), time.time(), "fa", "what-a-funnel-is", 7, items)


async def opened(keep, room):
    await keep.create(room)
    state = step(room.state, "open", len(room.items), 0)
    assert await keep.step(room.code, 1, state)
    return replace(room, state=state)


def test_a_room_comes_back_as_it_was(keep, run):
    async def work():
        await keep.open()
        room = fresh()
        await keep.create(room)
        assert await keep.room(room.code) == room
        with pytest.raises(Taken):
            await keep.create(room)
        assert await keep.room("000000") is None
        assert await keep.ready()
        await keep.delete(room.code)
        assert await keep.room(room.code) is None
        old = replace(fresh(), created=time.time() - 100_000)
        await keep.create(old)
        await keep.sweep(time.time() - 86_400)
        assert await keep.room(old.code) is None
        await keep.close()

    run(work())


def test_of_two_trainers_at_once_one_is_refused(keep, run):
    async def work():
        await keep.open()
        room = fresh()
        await keep.create(room)
        state = step(room.state, "open", len(room.items), 0)
        done = await asyncio.gather(*(keep.step(room.code, 1, state) for _ in range(8)))
        assert sorted(done) == [False] * 7 + [True]
        await keep.close()

    run(work())


def test_three_hundred_votes_at_once_are_all_there(keep, run):
    async def work():
        await keep.open()
        room = await opened(keep, fresh())
        tokens = [secrets.token_bytes(32) for _ in range(300)]
        draw = [f"{n:04d}" for n in range(10_000)]
        seats = await asyncio.gather(*(keep.join(room.code, one, draw[i * 7 :]) for i, one in enumerate(tokens)))
        assert len({one.number for one in seats}) == len({one.four for one in seats}) == 300
        assert await keep.seats(room.code) == 300
        assert await keep.seat(room.code, tokens[5]) == seats[5]
        stored = await asyncio.gather(
            *(keep.answer(room.code, 0, 1, one.number, 1, [str(one.number)]) for one in seats)
        )
        assert None not in stored
        assert len(await keep.answers(room.code, 0)) == 300
        # a change of mind takes the place of the first answer; what comes late from the network does not
        assert await keep.answer(room.code, 0, 1, 3, 5, ["new"]) == (5, ["new"])
        assert await keep.answer(room.code, 0, 1, 3, 4, ["old"]) == (5, ["new"])
        twice = await asyncio.gather(*(keep.answer(room.code, 0, 1, 4, n, [n]) for n in (9, 7, 8, 9)))
        assert {one[0] for one in twice} <= {7, 8, 9}
        assert (await keep.mine(room.code, 4))[0][2:] == (9, [9])
        assert len(await keep.answers(room.code, 0)) == 300
        await keep.close()

    run(work())


def test_a_closed_round_takes_nothing(keep, run):
    async def work():
        await keep.open()
        room = await opened(keep, fresh())
        token = secrets.token_bytes(32)
        seat = (await keep.join(room.code, token, DRAW)).number
        assert await keep.answer(room.code, 1, 1, seat, 1, ["x"]) is None
        assert await keep.answer(room.code, 0, 2, seat, 1, ["x"]) is None
        assert await keep.answer(room.code, 0, 1, seat, 1, ["x"]) == (1, ["x"])
        assert await keep.step(room.code, 2, step(room.state, "close", len(room.items)))
        assert await keep.answer(room.code, 0, 1, seat, 2, ["y"]) is None
        assert [one.value for one in await keep.answers(room.code, 0)] == [["x"]]
        assert await keep.answer("999999", 0, 1, 0, 1, ["x"]) is None
        await keep.let(room.code, 0, 1, seat, True)
        assert (await keep.answers(room.code, 0))[0].shown
        await keep.close()

    run(work())


def test_what_was_let_through_waits_again_when_it_is_rewritten(keep, run):
    async def work():
        await keep.open()
        room = await opened(keep, fresh())
        seat = (await keep.join(room.code, secrets.token_bytes(32), DRAW)).number
        await keep.answer(room.code, 0, 1, seat, 1, "polite")
        await keep.let(room.code, 0, 1, seat, True)
        await keep.answer(room.code, 0, 1, seat, 2, "rude")
        assert not (await keep.answers(room.code, 0))[0].shown
        await keep.close()

    run(work())


def test_closing_and_voting_at_once_agree(keep, run):
    """Whoever is told that her vote is stored is in the tally that is read after the round was closed."""

    async def work():
        await keep.open()
        for _ in range(5):
            room = await opened(keep, fresh())
            votes = [keep.answer(room.code, 0, 1, seat, 1, [seat]) for seat in range(60)]

            async def close(room=room):
                await asyncio.sleep(0.015)
                await keep.step(room.code, 2, step(room.state, "close", len(room.items)))
                return {one.seat for one in await keep.answers(room.code, 0)}

            *stored, counted = await asyncio.gather(*votes, close())
            assert {one[1][0] for one in stored if one} == counted
        await keep.close()

    run(work())


def test_a_seat_moves_to_another_phone_and_a_full_room_says_so(keep, run):
    async def work():
        await keep.open()
        room = fresh()
        await keep.create(room)
        first, second = secrets.token_bytes(32), secrets.token_bytes(32)
        seat = await keep.join(room.code, first, ["0042"])
        with pytest.raises(Full):
            await keep.join(room.code, second, ["0042"])
        assert await keep.move(room.code, "0042", second) == seat == await keep.seat(room.code, second)
        assert await keep.move(room.code, "9999", second) is None
        assert await keep.seat(room.code, first) == seat, "the old phone keeps it too"
        every = [f"{n:04d}" for n in range(10_000)]
        await asyncio.gather(
            *(keep.join(room.code, secrets.token_bytes(32), every[n * 13 :]) for n in range(MOST_SEATS - 1))
        )
        with pytest.raises(Full):
            await keep.join(room.code, secrets.token_bytes(32), every)
        await keep.close()

    run(work())


VICTIM = """
import asyncio, sys
from rooms.routes import storage
async def work():
    keep = storage(sys.argv[1])
    await keep.open()
    async def vote(seat):
        n = 0
        while True:
            n += 1
            stored = await keep.answer(sys.argv[2], 0, 1, seat, n, [n])
            print(seat, stored[0], flush=True)
    await asyncio.gather(*(vote(seat) for seat in range(20)))
asyncio.run(work())
"""


def test_a_killed_process_takes_no_acknowledged_vote_along(keep, run, tmp_path):
    where = getattr(keep, "address", None) or str(keep.path)
    room = fresh()

    async def begin():
        await keep.open()
        await opened(keep, room)
        await keep.close()

    async def found():
        await keep.open()
        answers = {one.seat: one.value[0] for one in await keep.answers(room.code, 0)}
        await keep.close()
        return answers

    run(begin())
    command = [sys.executable, "-c", VICTIM, where, room.code]
    victim = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    acknowledged: dict[int, int] = {}
    for count, line in enumerate(victim.stdout):
        if not line.endswith("\n"):  # killed in the middle of a line
            break
        seat, n = map(int, line.split())
        acknowledged[seat] = n
        if count == 200:
            victim.send_signal(signal.SIGKILL)
    victim.stdout.close()
    victim.wait()
    stored = run(found())
    assert acknowledged
    assert {seat: stored[seat] >= n for seat, n in acknowledged.items()} == dict.fromkeys(acknowledged, True)


def test_two_processes_that_start_together_make_the_tables_once(keep, run):
    from rooms.routes import storage

    where = getattr(keep, "address", None) or str(keep.path)

    async def work():
        both = [storage(where) for _ in range(6)]
        await asyncio.gather(*(one.open() for one in both))
        await both[0].create(fresh())
        await asyncio.gather(*(one.close() for one in both))

    run(work())
