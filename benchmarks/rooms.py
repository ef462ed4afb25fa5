"""A class on its phones: what the server pays for 300 and 1,000 of them, and how long they wait. Plain sockets, no browser."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import time
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from benchmarks.server import Server

OPTIONS = ("average", "lowest", "product", "sum")


@dataclass
class Found:
    """What was measured, all CPU as shares of a core, all waits in ms."""

    phones: int
    idle: float = 0.0
    voting: float = 0.0
    joining: float = 0.0  # CPU of a phone's joining and opening its line, ms
    stored: int = 0
    at_once: int = 0
    memory: float = 0.0  # KiB a phone
    acknowledged: list[float] = field(default_factory=list)
    question: list[float] = field(default_factory=list)


class Phone:
    """One connection for posts, one for the stream."""

    def __init__(self, server: Server) -> None:
        self.where = urlsplit(server.url)
        self.cookies: dict[str, str] = {}
        self.writer: asyncio.StreamWriter | None = None
        self.heard: dict[str, tuple[float, Any]] = {}
        self.lines: list[tuple[asyncio.StreamWriter, asyncio.Task[None]]] = []

    def _head(self, method: str, path: str, length: int = 0) -> bytes:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.where.netloc}\r\nOrigin: http://{self.where.netloc}\r\n"
        head += f"Accept-Language: fa\r\nContent-Length: {length}\r\n" + (f"Cookie: {cookie}\r\n" if cookie else "")
        return (head + "\r\n").encode()

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                key, _, token = value.partition(";")[0].partition("=")
                self.cookies[key] = token
        return int(lines[0].split()[1]), headers

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        """Post JSON on the kept connection, on a new one where the server has closed it (after five quiet seconds)."""
        try:
            return await self._post(path, body)
        except (OSError, asyncio.IncompleteReadError):
            self.writer = None
            return await self._post(path, body)

    async def _post(self, path: str, body: Any) -> tuple[int, Any]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.where.hostname, self.where.port)
        raw = json.dumps(body).encode()
        self.writer.write(self._head("POST", path, len(raw)) + raw)
        status, headers = await self._answer(self.reader)
        return status, json.loads(await self.reader.readexactly(int(headers["content-length"])))

    async def listen(self, path: str) -> None:
        """Open a stream; what comes is noted with the time."""
        reader, writer = await asyncio.open_connection(self.where.hostname, self.where.port, limit=2**20)
        writer.write(self._head("GET", path))
        await self._answer(reader)

        async def hear() -> None:
            kind = ""
            while line := await reader.readline():
                if line.startswith(b"event: "):
                    kind = line[7:].strip().decode()
                elif line.startswith(b"data: "):
                    self.heard[kind] = time.perf_counter(), line[6:]

        self.lines.append((writer, asyncio.create_task(hear())))

    async def until(self, kind: str, fits) -> tuple[float, Any]:
        """Wait for an event that fits."""
        while True:
            at, raw = self.heard.get(kind, (0.0, b"null"))
            if (data := json.loads(raw)) and fits(data):
                return at, data
            await asyncio.sleep(0.02)

    def close(self) -> None:
        """Hang up."""
        for writer, task in self.lines:
            task.cancel()
            writer.close()
        if self.writer:
            self.writer.close()


async def measure(server: Server, size: int) -> Found:
    """Let a class of this size join, wait, and vote twice: within four seconds, and within a fifth of one."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    trainer, found = Phone(server), Found(size)
    await trainer.post("/room/open", {"lesson": "measuring-a-funnel"})
    codes = []
    rooms = -(-size // 500)  # 500 seats a room
    trainers = [trainer] + [Phone(server) for _ in range(rooms - 1)]
    for one in trainers:
        codes.append((await one.post("/room/open", {"lesson": "measuring-a-funnel"}))[1]["code"])
        await one.listen(f"/room/{codes[-1]}/events?view=screen")
    memory, before = server.rss(), server.cpu()
    phones = [(Phone(server), codes[i % rooms]) for i in range(size)]
    for start in range(0, size, 25):
        await asyncio.gather(*(phone.post(f"/room/{code}/join", {}) for phone, code in phones[start : start + 25]))
        await asyncio.gather(*(phone.listen(f"/room/{code}/events") for phone, code in phones[start : start + 25]))
    found.joining = (server.cpu() - before) / size * 1000
    await asyncio.sleep(3)
    found.memory = (server.rss() - memory) * 1024 / size
    found.idle = await _share(server, asyncio.sleep(10))
    for at, seconds in ((1, 4.0), (3, 0.2)):
        version = [(await one.until("state", lambda now: True))[1]["v"] for one in trainers]
        asked = time.perf_counter()
        for one, code, v in zip(trainers, codes, version, strict=True):
            await one.post(f"/room/{code}/step", {"do": "open", "version": v, "at": at})
        opened = [await phone.until("state", lambda now, at=at: now["at"] == at) for phone, _ in phones]
        if seconds > 1:
            found.question = [(when - asked) * 1000 for when, _ in opened]
        ids = [one["id"] for one in opened[0][1]["item"]["options"]]

        async def vote(i: int, phone: Phone, code: str, at=at, seconds=seconds, ids=ids) -> bool:
            await asyncio.sleep(seconds * i / size)
            sent = time.perf_counter()
            status, _ = await phone.post(
                f"/room/{code}/answer", {"item": at, "round": 1, "n": 1, "value": [ids[i % len(ids)]]}
            )
            if seconds > 1:
                found.acknowledged.append((time.perf_counter() - sent) * 1000)
            return status == 200

        share = await _share(server, asyncio.gather(*(vote(i, *one) for i, one in enumerate(phones))))
        seen = [await one.until("tally", lambda now, at=at: now["at"] == at) for one in trainers]
        for _ in range(100):
            counts = [(await one.until("tally", lambda now, at=at: now["at"] == at))[1]["n"] for one in trainers]
            if sum(counts) == size:
                break
            await asyncio.sleep(0.1)
        if seconds > 1:
            found.voting, found.stored = share, sum(counts)
        else:
            found.at_once = sum(counts)
        assert seen
        for one, code in zip(trainers, codes, strict=True):
            v = (await one.until("state", lambda now, at=at: now["at"] == at))[1]["v"]
            await one.post(f"/room/{code}/step", {"do": "close", "version": v})
            await one.until("state", lambda now: now["phase"] == "closed")
    for phone, _ in phones:
        phone.close()
    for one in trainers:
        one.close()
    return found


async def _share(server: Server, work) -> float:
    began, before = time.perf_counter(), server.cpu()
    await work
    return (server.cpu() - before) / (time.perf_counter() - began)


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20)[-1]


def environment(folder: str) -> None:
    """Let the server that is started next keep its rooms in a folder of their own."""
    os.environ["ROOMS_DATABASE"] = f"{folder}/rooms.sqlite3"
