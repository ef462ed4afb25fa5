"""Ask an ASGI app as a server would: headers and bytes exactly as they would leave, nothing decoded or followed."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import Headers


@dataclass
class Answer:
    """What came back."""

    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""


async def send(app, url: str, method: str = "GET", kind: str = "http", **headers: str) -> Answer:
    """Send one request; `headers` are written accept_encoding="br". The path is sent as it is, with its dots."""
    pairs = {"host": "test", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "asgi": {"version": "3.0", "spec_version": "2.4"},  # else a file waits for a disconnect that never comes
        "type": kind, "method": method, "path": url, "raw_path": url.encode(), "query_string": b"", "root_path": "",
        "scheme": "http", "http_version": "1.1", "server": ("test", 80), "client": ("test", 1),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in pairs.items()],
        "extensions": {"websocket.http.response": {}},
    }  # fmt: skip
    answer = Answer()

    async def receive():
        return {"type": "websocket.connect"} if kind == "websocket" else {"type": "http.request", "body": b""}

    async def take(message):
        if message["type"].endswith("response.start"):
            answer.status = message["status"]
            answer.headers = Headers(raw=list(message.get("headers", [])))
        else:
            answer.body += message.get("body", b"")

    await app(scope, receive, take)
    return answer


def ask(app, url: str, method: str = "GET", kind: str = "http", **headers: str) -> Answer:
    """Send one request from a test that is not asynchronous."""
    return run(send(app, url, method, kind, **headers))


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine to its end, in a thread: Playwright's browser fixture keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
