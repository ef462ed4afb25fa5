"""The routes of the rooms: server-sent events down, POST up. Beside Streamlit, without it.

A phone is a seat, known by a random token in an HttpOnly cookie of its room's path; the trainer by the room's secret, in another.
Of both only hashes are stored. The room's code gives no power.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from i18n.languages import language, negotiate, pick_digits
from i18n.numbers import NumberError, parse
from rooms import items, told
from rooms.hub import Hall, Hub, Stream
from rooms.items import Refused
from rooms.limits import Limit
from rooms.line import Line
from rooms.names import alias, numbered
from rooms.state import takes
from rooms.storage import MOST_SEATS, Full, Seat
from rooms.words import why

log = logging.getLogger(__name__)

BODY = 2 * 1024  # bytes that a phone may send at once
TRAINERS_BODY = 24 * 1024  # a question of one's own with eight options
STREAMS_A_SEAT = 4
MOST_KNOWN = 2000  # tokens that a room remembers beside the storage
STREAMS_A_TRAINER = 24
DAY = 24 * 3600
Handler = Callable[[Request], Awaitable[Response]]


class Strict(BaseModel):
    """A body with exactly these keys."""

    model_config = ConfigDict(extra="forbid")


class Vote(Strict):
    """An answer: ``n`` grows with every change of mind, so that a late arrival never takes the place of a newer one."""

    item: Annotated[int, Field(ge=0, lt=items.MOST_ITEMS)]
    round: Annotated[int, Field(ge=1, le=99)]
    n: Annotated[int, Field(ge=0, lt=2**53)]
    value: Any = None


class Back(Strict):
    """The four digits of a seat that was taken on another phone."""

    seat: Annotated[str, Field(max_length=16)]


class Failure(Exception):
    """An answer that is no success: ``why`` is a short id, ``said`` a sentence in the asker's language."""

    def __init__(self, status: int, why: str, said: str = "", **headers: str) -> None:
        super().__init__(why)
        self.status, self.why, self.said, self.headers = status, why, said, headers


def code_of(text: str) -> str:
    """Return a room's code from what was typed or followed, in any digits and with a gap; "" for what is none.

    >>> code_of("۱۲۳ ۴۵۶"), code_of("١٢٣-٤٥٦"), code_of("12345")
    ('123456', '123456', '')
    """
    if len(text) == 6 and text.isascii() and text.isdigit():
        return text
    try:
        digits = str(int(parse("1" + "".join(one for one in text[:24] if one.isalnum()), "count")))[1:]
    except (NumberError, OverflowError):
        return ""
    return digits if len(digits) == 6 else ""


def digest(token: str) -> bytes:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


class Web:
    """What every route needs: the hub, the limits, who is asking."""

    def __init__(self, hub: Hub, allowed: Callable[..., bool], base: str = "") -> None:
        self.hub, self.allowed = hub, allowed
        self.base = f"/{base.strip('/')}" if base.strip("/") else ""
        self.wrong_codes = Limit(30 / 60, 30)
        self.wrong_seats = Limit(10 / 60, 10)
        self.wrong_secrets = Limit(10 / 60, 10)
        self.answers = Limit(5, 5)
        self.opened = Limit(20 / 3600, 20)

    # --- who is asking ------------------------------------------------------------------------------------------

    def reader(self, request: Request) -> tuple[str, str]:
        """Return the language and digits of who is asking: link, cookie, browser."""
        query, cookies = request.query_params, request.cookies
        code = negotiate(query.get("lang"), cookies.get("lang"), request.headers.get("accept-language"))
        return code, pick_digits(language(code), query.get("digits") or cookies.get(f"digits-{code}"))

    def address(self, request: Request) -> str:
        """Return where a request comes from."""
        return request.client.host if request.client else ""

    async def hall(self, request: Request) -> Hall:
        """Return the room of a request's path. Raises Failure; who asks for many rooms that are none has to wait."""
        where = self.address(request)
        if not self.wrong_codes.spare(where):
            raise Failure(429, "slow", **{"Retry-After": "30"})
        code = code_of(request.path_params.get("code", ""))
        hall = await self.hub.hall(code) if code else None
        if hall is None:
            self.wrong_codes.take(where)
            raise Failure(404, "no-room")
        return hall

    async def seat(self, request: Request, hall: Hall) -> Seat:
        """Return the seat of the cookie. Raises Failure."""
        token = request.cookies.get("seat", "")
        seat = hall.seats.get(token)
        if seat is None and 20 < len(token) < 64:
            seat = await self.hub.storage.seat(hall.room.code, digest(token))
        if seat is None:
            raise Failure(401, "no-seat")
        if len(hall.seats) > MOST_KNOWN:
            hall.seats.clear()
        hall.seats[token] = seat  # a token belongs to its seat for as long as the room lives
        return seat

    def is_trainer(self, request: Request, hall: Hall) -> bool:
        """Say whether the request has the room's secret."""
        return secrets.compare_digest(digest(request.cookies.get("key", "")), hall.room.secret)

    def trainer(self, request: Request, hall: Hall) -> None:
        """Raise Failure for everybody but the trainer."""
        if not self.is_trainer(request, hall):
            raise Failure(403, "not-trainer")

    def cookie(self, response: Response, request: Request, code: str, name: str, token: str) -> None:
        """Give a token for the room's path, for as long as the room lives."""
        response.set_cookie(
            name, token, max_age=DAY, path=f"{self.base}/room/{code}", httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip

    async def body(self, request: Request, most: int = BODY) -> bytes:
        """Return a request's body. Raises Failure for one that is too long, before it is read whole."""
        parts, size = [], 0
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise Failure(413, "too-long", Connection="close")
            parts.append(part)
        return b"".join(parts)

    async def read(self, request: Request, shape: type[Strict], most: int = BODY) -> Any:
        """Return a checked body. Raises Failure."""
        raw = await self.body(request, most)
        try:
            return shape.model_validate(json.loads(raw or b"{}"))
        except (ValidationError, ValueError, RecursionError):
            raise Failure(400, "unreadable") from None

    def calm(self, handler: Handler) -> Handler:
        """Guard a route: a foreign page may send nothing, and what is refused is said in a sentence."""

        async def run(request: Request) -> Response:
            code, digits = self.reader(request)
            try:
                if not self.allowed(request.scope, missing=request.method in ("GET", "HEAD")):
                    raise Failure(403, "foreign")
                response = await handler(request)
            except Refused as refused:
                response = problem(422, refused.why, why(refused.why, code, digits))
            except Failure as failure:
                text = failure.said or why(failure.why, code, digits)
                response = problem(failure.status, failure.why, text, failure.headers)
            except Exception:  # the storage is away for a moment: phones keep what they have and try again
                log.exception("a room could not answer %s", request.url.path)
                response = problem(503, "slow", why("away", code, digits), {"Retry-After": "3"})
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return run

    # --- the phone ----------------------------------------------------------------------------------------------

    async def join(self, request: Request) -> Response:
        """Take a seat, or the one that this phone has already; answer who one is and what one has answered."""
        await self.body(request)
        hall = await self.hall(request)
        code = hall.room.code
        try:
            return await self._seated(request, hall, await self.seat(request, hall))
        except Failure as failure:
            if failure.why != "no-seat":
                raise
        if hall.room.state.phase == "ended":
            raise Failure(410, "over")
        token = secrets.token_urlsafe(16)
        draw = [f"{secrets.randbelow(10_000):04d}" for _ in range(60)]
        try:
            seat = await self.hub.storage.join(code, digest(token), draw)
        except Full:
            raise Failure(409, "full") from None
        self.hub.here_soon(hall)
        response = await self._seated(request, hall, seat)
        self.cookie(response, request, code, "seat", token)
        return response

    async def back(self, request: Request) -> Response:
        """Sit down again, on another phone, by the four digits of the seat."""
        asked: Back = await self.read(request, Back)
        hall = await self.hall(request)
        key = (self.address(request), hall.room.code)
        if not self.wrong_seats.spare(key):
            raise Failure(429, "slow", **{"Retry-After": "60"})
        four = code_of(f"00{asked.seat}")[2:]
        token = secrets.token_urlsafe(16)
        seat = await self.hub.storage.move(hall.room.code, four, digest(token)) if four else None
        if seat is None:
            self.wrong_seats.take(key)
            raise Failure(404, "no-such-seat")
        response = await self._seated(request, hall, seat)
        self.cookie(response, request, hall.room.code, "seat", token)
        return response

    async def _seated(self, request: Request, hall: Hall, seat: Seat) -> Response:
        language, digits = self.reader(request)
        mine = await self.hub.storage.mine(hall.room.code, seat.number)
        return JSONResponse({
            "alias": alias(numbered(hall.room.seed, seat.number), language),
            "seat": seat.four,
            "mine": [{"item": item, "round": number, "n": n, "value": value} for item, number, n, value in mine],
            "state": told.state(hall.room, language, "phone", digits),
        })  # fmt: skip

    async def answer(self, request: Request) -> Response:
        """Store a vote; answers what is stored now. 409: the round is over; 422: it cannot be read, with a sentence."""
        vote: Vote = await self.read(request, Vote)
        hall = await self.hall(request)
        seat = await self.seat(request, hall)
        if not self.answers.take((hall.room.code, seat.number)):
            raise Failure(429, "slow", **{"Retry-After": "1"})
        room = hall.room
        if vote.item >= len(room.items):
            raise Failure(409, "late")
        if not takes(room.state, vote.item, vote.round):  # the storage decides; this saves it the work
            raise Failure(409, "late")
        try:
            value = items.read(room.items[vote.item], vote.value)
        except Refused as refused:
            language, digits = self.reader(request)
            given = vote.value if isinstance(vote.value, str) else ""
            raise Failure(422, refused.why, why(refused.why, language, digits, given, room.items[vote.item])) from None
        stored = await self.hub.storage.answer(room.code, vote.item, vote.round, seat.number, vote.n, value)
        if stored is None:
            raise Failure(409, "late")
        await self.hub.heard(hall)
        return JSONResponse({"n": stored[0], "value": stored[1]})

    async def state(self, request: Request) -> Response:
        """Return the room as a view shows it."""
        hall = await self.hall(request)
        view = await self._view(request, hall)
        return JSONResponse(told.state(hall.room, *_swap(self.reader(request), view)))

    async def _view(self, request: Request, hall: Hall) -> Literal["phone", "screen", "desk"]:
        view = request.query_params.get("view", "phone")
        if view in told.TRAINERS:
            self.trainer(request, hall)
        elif view != "phone":
            raise Failure(400, "unreadable")
        return view

    async def events(self, request: Request) -> Response:
        """Open a line: the whole state first, then every change of it; tallies and counts for the trainer."""
        hall = await self.hall(request)
        view = await self._view(request, hall)
        seat = (await self.seat(request, hall)).number if view == "phone" else None
        if view == "phone":
            open_lines = self.hub.lines(hall, seat)
            for old in open_lines[: max(0, len(open_lines) + 1 - STREAMS_A_SEAT)]:
                old.end()
        elif sum(stream.view != "phone" for stream in hall.streams) >= STREAMS_A_TRAINER:
            raise Failure(429, "slow")
        if self.hub.closing or len(hall.streams) > MOST_SEATS * STREAMS_A_SEAT:
            raise Failure(503, "slow", **{"Retry-After": "2"})
        return Line(self.hub, hall, Stream(view, *self.reader(request)[:1], seat, self.reader(request)[1]))


def _swap(reader: tuple[str, str], view: str) -> tuple[str, str, str]:
    return reader[0], view, reader[1]


def problem(status: int, why: str, said: str, headers: dict[str, str] | None = None) -> Response:
    """Answer what went wrong: an id for the program, a sentence for the person."""
    return JSONResponse({"why": why, "said": said}, status, headers)
