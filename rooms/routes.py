"""All routes of the rooms, and their life: what `app.py` puts beside Streamlit."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from course import library
from i18n.languages import content_root
from rooms import runs, told
from rooms.assets import Assets
from rooms.http import Failure, Web, code_of
from rooms.hub import Hub
from rooms.page import Pages
from rooms.sqlite import Sqlite
from rooms.storage import Storage
from rooms.trainer import Desk, Maker
from rooms.words import why

#: Where rooms are kept: "postgresql://..." for several machines, else the path of a SQLite file.
SETTING = "ROOMS_DATABASE"


def storage(setting: str | None = None) -> Storage:
    """Return the storage that the environment names; without a name a file in this user's own folder."""
    named = os.environ.get(SETTING, "") if setting is None else setting
    if named.startswith(("postgresql://", "postgres://")):
        from rooms.postgres import Postgres  # asyncpg is only needed by who names a server

        return Postgres(named)
    return Sqlite(Path(named) if named else _own_folder() / "rooms.sqlite3")


def _own_folder() -> Path:
    home = Path.home() if os.environ.get("HOME") or os.name == "nt" else Path(tempfile.gettempdir())
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    return base / "two-funnels"


class Rooms:
    """The rooms of a server: ``routes`` to put beside others, ``running`` as part of its lifespan.

    ``allowed(scope, missing=...)`` says whether a request comes from a page of ours (``serving.origin.same_origin``). ``more`` are
    files of other rooms' browser code by name; ``files`` make the results, by ending: (media type, maker).
    """

    def __init__(
        self,
        allowed: Callable[..., bool],
        more: Mapping[str, Path] | None = None,
        files: Mapping[str, tuple[str, Maker]] | None = None,
        base: str = "",
        public: str = "",
        keep: Storage | None = None,
    ) -> None:
        self.hub = Hub(keep or storage())
        self.web = Web(self.hub, allowed, base)
        self.desk = Desk(self.web, files or {}, public)
        self.assets = Assets(more)
        self.pages = Pages(self.assets)

    def routes(self) -> list[BaseRoute]:
        """Return the routes, below the base path where there is one."""
        web, desk = self.web, self.desk
        listed: list[tuple[str, str, Any]] = [
            # what three hundred do at once is looked for first
            ("POST", "/room/{code}/answer", web.answer), ("GET", "/room/{code}/events", web.events),
            ("GET", "/r", self._door), ("GET", "/r/{code}", self._phone), ("GET", "/room/new", self._start),
            ("POST", "/room/open", desk.open), ("GET", "/room/{code}/screen", self._screen),
            ("GET", "/room/{code}/desk", self._desk), ("POST", "/room/{code}/join", web.join),
            ("POST", "/room/{code}/back", web.back),
            ("GET", "/room/{code}/state", web.state),
            ("POST", "/room/{code}/enter", desk.enter), ("POST", "/room/{code}/step", desk.step),
            ("POST", "/room/{code}/let", desk.let), ("GET", "/room/{code}/reach", desk.reach),
            ("POST", "/room/{code}/link", desk.draw), ("GET", "/room/{code}/results.{kind}", desk.results),
            ("GET", "/room/{code}/funnel", desk.funnel), ("POST", "/room/{code}/delete", desk.delete),
        ]  # fmt: skip
        found: list[BaseRoute] = [
            Route(f"{self.web.base}{path}", web.calm(handler), methods=[method]) for method, path, handler in listed
        ]
        found.append(Route(f"{self.web.base}/room/web/{{version}}/{{name}}", self._file, methods=["GET"]))
        return [*found, Route("/readyz", self._ready, methods=["GET"])]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Open the storage; at the end, and as soon as the process is asked to stop, end every open line.

        A server waits for open lines before it ends its lifespan, so this cannot wait for that: the lines end when the signal
        comes, and then the server's own handler is called.
        """
        loop = asyncio.get_running_loop()
        await self.hub.start()
        before = {}

        def ending(number: int, frame: Any) -> None:
            loop.call_soon_threadsafe(self.hub.end_streams)
            if callable(before[number]):
                before[number](number, frame)

        for number in (signal.SIGTERM, signal.SIGINT):
            try:
                before[number] = signal.getsignal(number)
                signal.signal(number, ending)
            except ValueError:  # not the main thread: a test, or a server inside another program
                break
        try:
            yield
        finally:
            for number, handler in before.items():
                if signal.getsignal(number) is ending:
                    signal.signal(number, handler)
            await self.hub.stop()

    # --- pages --------------------------------------------------------------------------------------------------

    async def _phone(self, request: Request) -> Response:
        language, digits = self.web.reader(request)
        typed = request.path_params["code"]
        code = code_of(typed)
        if code and code != typed:
            return RedirectResponse(f"{self.web.base}/r/{code}", 303)
        try:
            hall = await self.web.hall(request)
        except Failure as failure:
            said = why(failure.why, language, digits)
            return HTMLResponse(self.pages.door(language, digits, "../", said), failure.status, failure.headers)
        return HTMLResponse(self.pages.phone(language, digits, code, told.state(hall.room, language, "phone", digits)))

    async def _door(self, request: Request) -> Response:
        language, digits = self.web.reader(request)
        typed = request.query_params.get("code")
        if typed is None:
            return HTMLResponse(self.pages.door(language, digits, "./"))
        if code := code_of(typed):
            return RedirectResponse(f"{self.web.base}/r/{code}", 303)
        return HTMLResponse(self.pages.door(language, digits, "./", why("no-room", language, digits)), 404)

    async def _screen(self, request: Request) -> Response:
        return await self._trainers("screen", request)

    async def _desk(self, request: Request) -> Response:
        return await self._trainers("desk", request)

    async def _trainers(self, name: str, request: Request) -> Response:
        hall = await self.web.hall(request)
        return HTMLResponse(self.pages.trainers(name, *self.web.reader(request), hall.room.code))

    async def _start(self, request: Request) -> Response:
        language, digits = self.web.reader(request)
        listed = _lessons(str(content_root()), language)
        chosen = request.query_params.get("lesson", "")
        return HTMLResponse(self.pages.start(language, digits, listed, chosen))

    async def _file(self, request: Request) -> Response:
        found = self.assets.get(request.path_params["name"], request.headers.get("accept-encoding", ""))
        if found is None:
            return Response("", 404)
        return Response(found[0], headers=found[1])

    async def _ready(self, _request: Request) -> Response:
        ready = not self.hub.closing and await self.hub.storage.ready()
        return JSONResponse(
            {"status": "ready" if ready else "not ready"}, 200 if ready else 503, {"Cache-Control": "no-store"}
        )


def _lessons(_root: str, code: str) -> list[dict[str, Any]]:
    return [
        {"slug": slug, "number": library.number(slug), "title": library.lesson_text(code, slug).head.title,
         "count": runs.count(slug)}
        for slug in runs.lessons()
    ]  # fmt: skip
