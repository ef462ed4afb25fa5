"""Speak to the rooms as browsers do, in one process: requests with cookies, and lines whose events are read one by one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette

from rooms.routes import Rooms
from rooms.storage import Storage
from serving.origin import same_origin
from ui.figures.parts import WEB

HOST = "funnels.test"
ORIGIN = f"http://{HOST}"


@asynccontextmanager
async def server(keep: Storage, **more: Any) -> AsyncIterator[tuple[Starlette, Rooms]]:
    """Run the rooms' routes with a storage."""
    files = {name: WEB / name for name in ("numbers.js", "funnel.js")}
    rooms = Rooms(same_origin, more=files, keep=keep, **more)
    async with rooms.running():
        yield Starlette(routes=rooms.routes()), rooms


class Browser:
    """A browser: its cookies, its language, its address."""

    def __init__(self, app: Any, language: str = "en", address: str = "10.0.0.1") -> None:
        self.app, self.language, self.address = app, language, address
        self.cookies: dict[str, str] = {}

    def _scope(self, method: str, url: str, headers: dict[str, str]) -> dict[str, Any]:
        parts = urlsplit(url)
        pairs = {"host": HOST, "accept-language": self.language, **headers}
        if self.cookies:
            pairs["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            pairs.setdefault("origin", ORIGIN)
        return {
            "type": "http", "asgi": {"version": "3.0"}, "method": method, "path": parts.path, "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(), "root_path": "", "scheme": "http", "http_version": "1.1", "server": (HOST, 80),
            "client": (self.address, 1),
            "headers": [(name.encode(), value.encode("latin-1")) for name, value in pairs.items() if value],
        }  # fmt: skip

    async def ask(self, method: str, url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send a request; return the status and what came back, JSON as data."""
        raw = body if isinstance(body, bytes) else json.dumps(body if body is not None else {}).encode()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        given = [{"type": "http.request", "body": raw if method == "POST" else b""}]
        self.headers: dict[str, str] = {}
        out = {"status": 0, "body": b""}

        async def receive() -> dict[str, Any]:
            return given.pop() if given else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                out["status"] = message["status"]
                for name, value in message["headers"]:
                    self.headers[name.decode()] = value.decode()
                    if name == b"set-cookie":
                        for cookie in SimpleCookie(value.decode()).values():
                            self.cookies[cookie.key] = cookie.value
            else:
                out["body"] += message.get("body", b"")

        await self.app(self._scope(method, url, headers), receive, send)
        kind = self.headers.get("content-type", "")
        return out["status"], json.loads(out["body"]) if kind.startswith("application/json") else out["body"]

    async def post(self, url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send a POST."""
        return await self.ask("POST", url, body, **headers)

    async def get(self, url: str, **headers: str) -> tuple[int, Any]:
        """Send a GET."""
        return await self.ask("GET", url, **headers)

    @asynccontextmanager
    async def line(self, url: str) -> AsyncIterator[Line]:
        """Open a stream of events."""
        line = Line()
        task = asyncio.create_task(self.app(self._scope("GET", url, {}), line.receive, line.send))
        try:
            yield line
        finally:
            line.left.set()
            await asyncio.wait_for(task, 5)


class Line:
    """An open stream: what has come is waiting in ``events``, by kind the newest in ``last``."""

    def __init__(self) -> None:
        self.left, self.ended, self.more = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.status, self.rest = 0, ""
        self.last: dict[str, Any] = {}
        self.count: dict[str, int] = {}

    async def receive(self) -> dict[str, Any]:
        """Wait until the browser leaves."""
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        """Take what the server sends."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            return
        self.rest += message.get("body", b"").decode()
        *events, self.rest = self.rest.split("\n\n")
        for event in events:
            fields = dict(line.split(": ", 1) for line in event.splitlines() if ": " in line)
            if "event" in fields:
                self.last[fields["event"]] = json.loads(fields["data"])
                self.count[fields["event"]] = self.count.get(fields["event"], 0) + 1
        if not message.get("more_body"):
            self.ended.set()
        self.more.set()

    async def until(self, kind: str, fits=lambda data: True, seconds: float = 8) -> Any:
        """Wait for an event of a kind that fits, and return its data."""
        async with asyncio.timeout(seconds):
            while kind not in self.last or not fits(self.last[kind]):
                self.more.clear()
                await self.more.wait()
        return self.last[kind]


async def open_room(app: Any, lesson: str = "measuring-a-funnel", language: str = "en") -> tuple[Browser, str, str]:
    """Open a room; return the trainer's browser, the room's address and its secret."""
    trainer = Browser(app, language, "10.0.0.99")
    status, told = await trainer.post("/room/open", {"lesson": lesson})
    assert status == 201, told
    return trainer, f"/room/{told['code']}", told["secret"]


async def seated(app: Any, where: str, language: str = "en", address: str = "10.0.0.1") -> tuple[Browser, Any]:
    """Join a room; return the phone and what it was told."""
    phone = Browser(app, language, address)
    status, told = await phone.post(f"{where}/join")
    assert status == 200, told
    return phone, told


async def step(trainer: Browser, room: str, do: str, at: int | None = None, **more: Any) -> tuple[int, Any]:
    """Steer on the version that is there now."""
    _, now = await trainer.get(f"{room}/state?view=desk")
    body = {"do": do, "version": now["v"], **({} if at is None else {"at": at}), **more}
    return await trainer.post(f"{room}/step", body)


def sqlite(folder: Path) -> Any:
    """Return a storage in a folder."""
    from rooms.sqlite import Sqlite

    return Sqlite(folder / "rooms.sqlite3")
