"""A stream of server-sent events as an answer."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from rooms.hub import Hall, Hub, Stream


class Line(Response):
    """A stream of server-sent events that ends when the browser leaves or the server stops."""

    def __init__(self, hub: Hub, hall: Hall, stream: Stream) -> None:
        super().__init__(media_type="text/event-stream")
        self.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self.hub, self.hall, self.stream = hub, hall, stream

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what comes; ends with the browser's line."""

        async def leave() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass
            self.stream.end()

        leaving = asyncio.get_running_loop().create_task(leave())
        self.hub.join(self.hall, self.stream)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
            while out := await self.stream.next():
                await send({"type": "http.response.body", "body": out, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except OSError:  # the browser has left in the middle
            pass
        finally:
            leaving.cancel()
            self.hub.leave(self.hall, self.stream)
