"""Run a coroutine to its end."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor


def finish(coroutine: Coroutine) -> None:
    """Run to the end, in a thread of its own: in this one Playwright's loop may be running."""
    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, coroutine).result()
