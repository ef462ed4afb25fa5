"""What is done once, before the first learner: imports, caches, compressed files, and a tidy heap."""

import gc
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from starlette.concurrency import run_in_threadpool

from serving import assets, compress, sessions

log = logging.getLogger(__name__)


def lifespan(
    warm: Callable[[], None] | None = None,
    precompress: bool = True,
    beside: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """Make the lifespan for `st.App`: run `warm()`, freeze what it left in memory, start compressing.

    The server answers only after `warm()`: connections wait in the socket's queue, and nobody meets a cold process. An
    exception in `warm()` is logged and the app starts all the same, only slower. `beside()` runs from before the first
    answer to the last.
    """

    @asynccontextmanager
    async def run(_app: Any) -> AsyncIterator[dict[str, Any]]:
        started = time.perf_counter()
        sessions.keep_disconnected()
        sessions.theme_once()
        if precompress:
            files = await run_in_threadpool(lambda: assets.streamlit_files() | assets.app_files())
            compress.warm_up(compress.default_store(), files)
        if warm is not None:
            try:
                await run_in_threadpool(warm)
            except Exception:
                log.exception("warm-up failed; the first learners will wait for it instead")
        # Streamlit, pandas and the rest are some 400 000 objects that never die. Frozen, no later collection walks
        # them: 20 ms less each time (docs/implementation-notes.md). unfreeze would only matter to a debugger.
        gc.collect()
        gc.freeze()
        log.info("warm after %.1f s", time.perf_counter() - started)
        async with beside():
            yield {}

    return run
