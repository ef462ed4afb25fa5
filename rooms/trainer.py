"""The trainer's routes: open a room, steer it, let texts through, see that phones can reach it, take the results, delete it."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated

import segno
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from rooms import reach, runs
from rooms.drafts import Draft
from rooms.http import TRAINERS_BODY, Failure, Strict, Web, digest
from rooms.items import MOST_ITEMS, Refused
from rooms.outcome import Outcome, outcome
from rooms.state import step
from rooms.storage import Room, Taken

Maker = Callable[[Outcome], bytes]


class Opening(Strict):
    """Which lesson's run a room begins with; "" for none."""

    lesson: Annotated[str, Field(max_length=60)] = ""


class Secret(Strict):
    """The room's secret, from the trainer's link."""

    secret: Annotated[str, Field(max_length=80)]


class Command(Strict):
    """A step of the room, on the version that the trainer saw."""

    do: Annotated[str, Field(max_length=12)]
    version: Annotated[int, Field(ge=1, lt=2**53)]
    at: Annotated[int, Field(ge=0, lt=MOST_ITEMS)] | None = None
    draft: Draft | None = None


class Letting(Strict):
    """A text to let through, or to hold back."""

    item: Annotated[int, Field(ge=0, lt=MOST_ITEMS)]
    round: Annotated[int, Field(ge=1, le=99)]
    seat: Annotated[int, Field(ge=0, lt=10_000)]
    shown: bool


class Desk:
    """What the trainer may do. ``files`` are makers of the results by the ending of their name."""

    def __init__(self, web: Web, files: Mapping[str, tuple[str, Maker]], public: str = "") -> None:
        self.web, self.files, self.public = web, files, public

    async def open(self, request: Request) -> Response:
        """Open a room; answer its code and, this once, its secret."""
        asked: Opening = await self.web.read(request, Opening)
        if not self.web.opened.take(self.web.address(request)):
            raise Failure(429, "slow", **{"Retry-After": "180"})
        language, _digits = self.web.reader(request)
        try:
            items = runs.run(asked.lesson) if asked.lesson else ()
        except KeyError:
            raise Failure(400, "unreadable") from None
        secret = secrets.token_urlsafe(16)
        for _ in range(20):
            room = Room(
                str(100_000 + secrets.randbelow(900_000)), digest(secret), time.time(), language, asked.lesson,
                secrets.randbelow(2**31), items,
            )  # fmt: skip
            try:
                await self.web.hub.storage.create(room)
            except Taken:
                continue
            response = JSONResponse({"code": room.code, "secret": secret}, 201)
            self.web.cookie(response, request, room.code, "key", secret)
            return response
        raise Failure(503, "slow")

    async def enter(self, request: Request) -> Response:
        """Become the trainer of a room on another device, by its secret."""
        asked: Secret = await self.web.read(request, Secret)
        hall = await self.web.hall(request)
        where = (self.web.address(request), hall.room.code)
        if not self.web.wrong_secrets.spare(where):
            raise Failure(429, "slow", **{"Retry-After": "60"})
        if not secrets.compare_digest(digest(asked.secret), hall.room.secret):
            self.web.wrong_secrets.take(where)
            raise Failure(403, "not-trainer")
        response = JSONResponse({"code": hall.room.code})
        self.web.cookie(response, request, hall.room.code, "key", asked.secret)
        return response

    async def step(self, request: Request) -> Response:
        """Steer. 409: somebody else was quicker, or the step does not fit."""
        command: Command = await self.web.read(request, Command, TRAINERS_BODY)
        hall = await self.web.hall(request)
        self.web.trainer(request, hall)
        room = hall.room
        if command.version != room.state.version:
            raise Failure(409, "stale")
        items, state = room.items, room.state
        if command.do == "add":
            if command.draft is None or len(items) >= MOST_ITEMS:
                raise Failure(400, "unreadable")
            items = (*items, command.draft.item())
            state = replace(state, version=state.version + 1)
        else:
            try:
                state = step(state, command.do, len(items), command.at)
            except Refused as refused:
                raise Failure(409, refused.why) from None
        added = items if items is not room.items else None
        if not await self.web.hub.storage.step(room.code, command.version, state, added):
            await self.web.hub.changed(room.code)  # another process was quicker: show what it did
            raise Failure(409, "stale")
        await self.web.hub.changed(room.code, replace(room, items=items, state=state))
        return JSONResponse({"v": state.version})

    async def let(self, request: Request) -> Response:
        """Let a text through to the projector, or hold it back."""
        asked: Letting = await self.web.read(request, Letting)
        hall = await self.web.hall(request)
        self.web.trainer(request, hall)
        await self.web.hub.storage.let(hall.room.code, asked.item, asked.round, asked.seat, asked.shown)
        await self.web.hub.heard(hall)
        return JSONResponse({})

    async def reach(self, request: Request) -> Response:
        """Return the addresses at which phones may find the room, each with its QR code, and whether it answers."""
        hall = await self.web.hall(request)
        self.web.trainer(request, hall)
        host = request.headers.get("host", "")
        scheme = request.url.scheme
        if self.public:
            origins, checked = [self.public.rstrip("/")], [True]
        elif reach.is_this_machine(host):
            port = request.url.port or 80
            found = reach.local_addresses()
            origins = [f"{scheme}://{one}:{port}" for one in found]
            checked = [await reach.answers(one, port) for one in found]
            origins, checked = (
                [*origins, f"{scheme}://{host}"],
                [*checked, False],
            )  # for a second window on this machine
        else:
            origins, checked = [f"{scheme}://{host}"], [True]
        return JSONResponse({
            "local": not self.public and reach.is_this_machine(host),
            "ways": [
                {"url": url, "qr": qr(url), "answers": ok, "desk": f"{origin}{self.web.base}/room/{hall.room.code}/desk"}
                for origin, ok in zip(origins, checked, strict=True)
                for url in [f"{origin}{self.web.base}/r/{hall.room.code}"]
            ],
        })  # fmt: skip

    async def draw(self, request: Request) -> Response:
        """Draw the QR code of the trainer's own link, which the trainer's browser knows and the server does not."""
        hall = await self.web.hall(request)
        self.web.trainer(request, hall)
        asked: Secret = await self.web.read(request, Secret)
        origin = request.query_params.get("origin", "")[:200]
        url = f"{origin}{self.web.base}/room/{hall.room.code}/desk#{asked.secret}"
        return JSONResponse({"url": url, "qr": qr(url)})

    async def _outcome(self, request: Request) -> Outcome:
        hall = await self.web.hall(request)
        self.web.trainer(request, hall)
        code, digits = self.web.reader(request)
        answers = [await self.web.hub.storage.answers(hall.room.code, i) for i in range(len(hall.room.items))]
        seats = await self.web.hub.storage.seats(hall.room.code)
        return outcome(hall.room, answers, seats, code, digits)

    async def results(self, request: Request) -> Response:
        """Return the results as a file, in the trainer's language."""
        found = await self._outcome(request)
        kind = request.path_params["kind"]
        if kind not in self.files:
            raise Failure(404, "unreadable")
        media, make = self.files[kind]
        body = await asyncio.to_thread(make, found)
        name = f"room-{found.code}.{kind}"
        return Response(body, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})

    async def funnel(self, request: Request) -> Response:
        """Lead to the calculator with the room's funnel."""
        found = await self._outcome(request)
        if not found.link:
            raise Failure(404, "no-funnel")
        return RedirectResponse(f"{self.web.base}/stage_conversion?{found.link}&lang={found.language}", 303)

    async def delete(self, request: Request) -> Response:
        """Delete the room and everything in it, now."""
        await self.web.body(request)
        hall = await self.web.hall(request)
        self.web.trainer(request, hall)
        code = hall.room.code
        await self.web.hub.storage.delete(code)
        await self.web.hub.storage.changed([code])
        self.web.hub.gone(code)
        return JSONResponse({})


def qr(url: str) -> str:
    """Return a QR code as SVG, black on white with its quiet zone."""
    return segno.make(url, error="m", micro=False).svg_inline(
        scale=1, border=4, dark="#000", light="#fff", omitsize=True
    )
