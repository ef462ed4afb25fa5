"""Run a coroutine that never waits."""

from collections.abc import Coroutine


def finish(coroutine: Coroutine) -> None:
    """Run to the end; asyncio.run would refuse, because Playwright's loop may be running in this thread."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise RuntimeError("the coroutine waits for something")
