"""How far back the compression of a WebSocket looks.

What a change sends is nearly what the change before it sent: the list of pages, the spec of the chart, the tables with other
numbers. uvicorn allows 4 KiB of memory for it, so nothing of that is found again. With 32 KiB a change is a fifth of the bytes,
at 110 KiB more for each connected learner.
"""

import logging
from functools import partial
from importlib import import_module
from typing import Any

WINDOW_BITS = 15

log = logging.getLogger(__name__)


def remember_more(bits: int = WINDOW_BITS) -> None:
    """Let the server's side of every WebSocket look back 2**`bits` bytes; call it before the server starts."""
    try:
        protocol = import_module("uvicorn.protocols.websockets.websockets_sansio_impl")
        factory = protocol.ServerPerMessageDeflateFactory
    except (ImportError, AttributeError):
        log.warning("this uvicorn compresses elsewhere: a change sends five times the bytes")
        return
    if isinstance(factory, partial):
        return

    def longer(**settings: object) -> Any:
        return factory(**settings | {"server_max_window_bits": bits})

    vars(protocol)["ServerPerMessageDeflateFactory"] = partial(longer)
