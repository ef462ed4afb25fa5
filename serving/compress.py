"""Send Streamlit's bundle, our own static files and the pages compressed, each compressed once.

Streamlit 1.67 leaves its bundle uncompressed on purpose: it would compress again at every request, and trusts a proxy
to do it. We have no proxy to trust, and our learners have slow links.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from serving import assets
from serving.negotiation import choose_encoding, matches, with_vary
from serving.page import hasten, preload_links
from serving.store import ENCODINGS, Packed, Store, cache_folder, compress

PAGE_LEVEL = {"br": 9, "gzip": 9}  # a page is 20 KB: 1-2 ms, once per text
PAGES_KEPT = 64
LARGEST_PAGE = 2**20

# Chunks that Streamlit loads only when an element asks for them; the ones that our kind of page uses.
ELEMENTS = (
    "StreamlitMarkdown", "Slider", "TextInput", "NumberInput", "Button", "ButtonGroup", "Checkbox", "Radio",
    "Selectbox", "PageLink", "Metric", "Table", "DownloadButton", "FileUploader",
    "BidiComponent", "ArrowVegaLiteChart", "embed", "vega-interpreter", "Html", "CustomTheme",
)  # fmt: skip


@cache
def default_store() -> Store:
    """Return the process's store, in the user's cache folder under the Streamlit version."""
    return Store(cache_folder("streamlit-precompressed", streamlit.__version__))


def warm_up(store: Store, files: Mapping[str, Path]) -> None:
    """Have the best copies made of what a first visit loads; returns at once."""
    first = [*assets.index_assets(), *assets.chunks(*ELEMENTS), *(url for url in files if url.startswith("/app/"))]
    wanted = [files[url] for url in dict.fromkeys(first) if url in files]
    store.improve((file, encoding) for encoding in reversed(ENCODINGS) for file in wanted)


class Compressed:
    """ASGI middleware: compressed static files from a store, compressed pages on the fly; the rest untouched."""

    def __init__(
        self,
        app: ASGIApp,
        store: Store | None = None,
        files: Mapping[str, Path] | None = None,
        preload: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        self.app = app
        self.store = store or default_store()
        self.files = assets.streamlit_files() | assets.app_files() if files is None else files
        self.base = "/" + base.strip("/") if (base := config.get_option("server.baseUrlPath")) else ""
        self.preload = preload or (lambda path: ())
        self._packing: dict[tuple[Path, str], asyncio.Task[Packed]] = {}
        self._pages: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a static file here if it can be compressed; else look at what the app answers."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        encoding = choose_encoding(headers.get(b"accept-encoding", ""), ENCODINGS)
        path = self._path(scope)
        file = self.files.get(path)
        if file is None:
            static = path.startswith(("/static/", "/app/static/"))
            answer = _cached(send, path) if static else self._page(scope, headers, encoding, send)
            await self.app(scope, receive, answer)
            return
        packed = None
        if encoding and b"range" not in headers:
            packed = self.store.ready(file, encoding) or await self._pack(file, encoding)
        if packed is None:
            await self.app(scope, receive, _cached(send, path, vary=True))
            return
        await _send_file(scope["method"], headers, path, encoding, packed, send)

    def _path(self, scope: Scope) -> str:
        path: str = scope["path"]
        for prefix in (scope.get("root_path", ""), self.base):
            if prefix and path.startswith(prefix + "/"):
                path = path[len(prefix) :]
        return path

    async def _pack(self, file: Path, encoding: str) -> Packed | None:
        """Compress in a thread; thirty learners who ask for one file at once wait for one compression."""
        task = self._packing.get((file, encoding))
        if task is None:
            task = asyncio.create_task(run_in_threadpool(self.store.pack, file, encoding))
            self._packing[file, encoding] = task
            task.add_done_callback(lambda _: self._packing.pop((file, encoding), None))
        try:
            return await asyncio.shield(task)  # the first asker may hang up; the others still wait
        except OSError:
            return None  # gone since the listing: the app answers as it likes

    def _page(self, scope: Scope, headers: Mapping[bytes, str], encoding: str, send: Send) -> Send:
        """Wrap `send`: hold back a whole HTML page, compress it and give it an entity tag; pass all else on."""
        start: Message | None = None
        parts: list[bytes] = []

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                if scope["method"] == "GET" and _is_page(message):
                    start = message
                    return
            elif start is not None and message["type"] == "http.response.body":
                parts.append(message.get("body", b""))
                if message.get("more_body") and sum(map(len, parts)) <= LARGEST_PAGE:
                    return
                begin, start = start, None
                if message.get("more_body"):  # not a page of ours: give it out as it comes
                    await send(begin)
                    await send({"type": "http.response.body", "body": b"".join(parts), "more_body": True})
                else:
                    await self._send_page(scope, begin, b"".join(parts), headers, encoding, send)
                return
            await send(message)

        return hold

    def _hasten(self, body: bytes, path: str) -> bytes:
        links = preload_links(*self.preload(path))
        return hasten(body.decode("utf8", "surrogateescape"), links).encode("utf8", "surrogateescape")

    async def _send_page(
        self, scope: Scope, start: Message, body: bytes, headers: Mapping[bytes, str], encoding: str, send: Send
    ) -> None:
        body = self._hasten(body, self._path(scope))
        digest = hashlib.sha256(body).hexdigest()[:20]
        etag = f'W/"{digest}"'
        replaced = (b"content-length", b"etag", b"last-modified")  # rtl/ changes the page, so its date means nothing
        out = [(name, value) for name, value in start["headers"] if name.lower() not in replaced]
        out = [*with_vary(out, "Accept-Encoding"), (b"etag", etag.encode())]
        if matches(headers.get(b"if-none-match", ""), etag):
            out = [(name, value) for name, value in out if name.lower() != b"content-type"]
            await send({"type": "http.response.start", "status": 304, "headers": out})
            await send({"type": "http.response.body", "body": b""})
            return
        if encoding:
            packed = self._pages.get((digest, encoding))
            if packed is None:
                packed = await run_in_threadpool(compress, body, encoding, PAGE_LEVEL[encoding])
                self._pages[digest, encoding] = packed
                while len(self._pages) > PAGES_KEPT:
                    self._pages.popitem(last=False)
            body = packed
            out.append((b"content-encoding", encoding.encode()))
        await send({**start, "headers": [*out, (b"content-length", str(len(body)).encode())]})
        await send({"type": "http.response.body", "body": body})


async def _send_file(
    method: str, headers: Mapping[bytes, str], path: str, encoding: str, packed: Packed, send: Send
) -> None:
    out = [
        (b"etag", packed.etag.encode()),
        (b"cache-control", assets.cache_control(path).encode()),
        (b"vary", b"Accept-Encoding"),
    ]
    if matches(headers.get(b"if-none-match", ""), packed.etag):
        await send({"type": "http.response.start", "status": 304, "headers": out})
        await send({"type": "http.response.body", "body": b""})
        return
    out += [
        (b"content-type", assets.TYPES["." + path.rsplit(".", 1)[-1]].encode()),
        (b"content-encoding", encoding.encode()),
        (b"content-length", str(len(packed.body)).encode()),
    ]
    if path.startswith("/app/static/"):
        out.append((b"access-control-allow-origin", b"*"))  # as Streamlit sends it for this folder
    await send({"type": "http.response.start", "status": 200, "headers": out})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else packed.body})


def _cached(send: Send, path: str, vary: bool = False) -> Send:
    """Wrap `send`: add what the app's own answer for a static file lacks."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = message["headers"]
            if vary:
                headers = with_vary(headers, "Accept-Encoding")
            html = any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)
            if message["status"] in (200, 206, 304) and not html:  # Streamlit answers an unknown path with its page
                headers = [(name, value) for name, value in headers if name.lower() != b"cache-control"]
                headers.append((b"cache-control", assets.cache_control(path).encode()))
            message = {**message, "headers": headers}
        await send(message)

    return add


def _is_page(start: Message) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    plain = b"content-encoding" not in headers
    return start["status"] == 200 and plain and headers.get(b"content-type", b"").startswith(b"text/html")
