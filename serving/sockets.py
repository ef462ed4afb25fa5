"""How far back the compression of a WebSocket looks.

What a change sends is nearly what the change before it sent: the list of pages, the spec of the chart, the tables with other
numbers. uvicorn allows 4 KiB of memory for it, so nothing of that is found again. With 32 KiB a change is a fifth of the bytes,
at 110 KiB more for each connected learner.
"""

import logging
from functools import partial

WINDOW_BITS = 15

log = logging.getLogger(__name__)


def remember_more(bits: int = WINDOW_BITS) -> None:
    """Let the server's side of every WebSocket look back 2**`bits` bytes; call it before the server starts."""
    try:
        from uvicorn.protocols.websockets import websockets_sansio_impl as protocol

        factory = protocol.ServerPerMessageDeflateFactory
    except (ImportError, AttributeError):
        log.warning("this uvicorn compresses elsewhere: a change sends four times the bytes")
        return
    if isinstance(factory, partial):
        return

    def longer(**settings: object) -> object:
        return factory(**settings | {"server_max_window_bits": bits})

    protocol.ServerPerMessageDeflateFactory = partial(longer)
