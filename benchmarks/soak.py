"""Very many sessions that come, work and go: what they leave in the server."""

import asyncio

from benchmarks.client import AppError, Learner
from benchmarks.server import Server

SESSIONS = 3_000


async def measure(calculator: str, query: str, server: Server) -> tuple[list[float], list[str]]:
    """Return the server's memory (MiB) after each hundred sessions, and what went wrong."""
    pages = (calculator, "money", "cohorts", "four_businesses", "glossary")
    memory: list[float] = [server.rss()]
    errors: list[str] = []

    async def come_and_go(seed: int) -> None:
        learner = Learner(f"{server.url}/{pages[seed % len(pages)]}", query, seed)
        try:
            await learner.open()
            if any(widget.kind == "slider" for widget in learner.widgets.values()):
                await learner.move()
            await learner.close()
        except (AppError, OSError, TimeoutError) as error:
            errors.append(f"{type(error).__name__}: {error}")

    for start in range(0, SESSIONS, 10):
        await asyncio.gather(*(come_and_go(seed) for seed in range(start, start + 10)))
        if not start % 100:
            memory.append(server.rss())
    return memory, errors
