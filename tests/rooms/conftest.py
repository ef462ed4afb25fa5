"""One PostgreSQL for the tests of a worker."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.rooms.web import open_room, server, sqlite
from tools import services


@pytest.fixture(scope="session")
def database():
    """The address of a PostgreSQL of our own."""
    services.install()
    with services.postgres() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgres"])
def keep(request, tmp_path):
    """Each kind of storage, not yet opened."""
    if request.param == "sqlite":
        from rooms.sqlite import Sqlite

        return Sqlite(tmp_path / "rooms.sqlite3")
    from rooms.postgres import Postgres

    return Postgres(request.getfixturevalue("database"))


@pytest.fixture
def run():
    """Run a coroutine to its end, in a thread: Playwright's fixture keeps a loop running in this one."""

    def work(coroutine):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, asyncio.wait_for(coroutine, 60)).result()

    return work


@pytest.fixture
def room(run, tmp_path):
    """Run a test that is given the app, the rooms, the trainer's browser and the room's address."""

    def work(test, lesson="measuring-a-funnel"):
        async def whole():
            async with server(sqlite(tmp_path)) as (app, rooms):
                trainer, where, secret = await open_room(app, lesson)
                await test(app, rooms, trainer, where, secret)

        run(whole())

    return work
