"""ASGI middleware: answer every page already in the visitor's language and direction."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rtl.icons import IconFont
from rtl.page import BASE, Language, Still, Texts, facts, render

# A 304 would keep the page of another language, and a compressed or partial page cannot be rewritten.
_DROPPED = frozenset((b"if-none-match", b"if-modified-since", b"if-range", b"range", b"accept-encoding"))
_REPLACED = frozenset(
    (b"content-length", b"etag", b"last-modified", b"cache-control", b"vary", b"content-language", b"accept-ranges")
)
_KEPT_PAGES = 256
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")


def middleware(
    words: Callable[[str], Mapping[str, str]],
    title: Callable[[str], str],
    noscript: Callable[[str], str],
    description: Callable[[str], str] | None = None,
    icon_font: Path | None = None,
    style: str = "",
    languages: Callable[[], Sequence[Language]] | None = None,
    negotiate: Callable[..., str] | None = None,
    still: Callable[[str, str, str], Still | None] | None = None,
    late: Callable[[str], str] | None = None,
    alive: str = r"\bembed=",
    public: str = "",
) -> list[Middleware]:
    """Return the middleware for `st.App`; each callable takes a language code and is asked once per page version.

    `words` gives {English of Streamlit: translation} for the texts in `WORDS`. `languages` and `negotiate` default to
    those of `i18n.languages`. `icon_font` is a smaller file to serve for Streamlit's icon font, `style`
    the app's own stylesheet, which the page carries after this room's. `still(page, language, digits)` gives the text of the
    page with this name (the last part of its path), to be read before the app is there; None where it knows none. `late` is
    what is said where the app does not arrive; a query in which the pattern `alive` is found asks for a page that its text
    alone does not show. `public` is the origin by which the site is known, where that is not the one that was asked.
    """
    from i18n import languages as known

    offered: Callable[[], Sequence[Language]] = languages or known.languages
    chosen = negotiate or known.negotiate

    def texts(code: str) -> Texts:
        told = (description or title)(code)
        return Texts(title(code), noscript(code), told, words(code), style, late(code) if late else "")

    found = [
        Middleware(
            LocalisedIndex, languages=offered, negotiate=chosen, texts=texts, still=still, alive=alive, public=public
        )
    ]
    return [*found, Middleware(IconFont, font=icon_font)] if icon_font else found


class LocalisedIndex:
    """Rewrite Streamlit's index page, and nothing else, into the language of each visitor."""

    def __init__(
        self,
        app: ASGIApp,
        languages: Callable[[], Sequence[Language]],
        negotiate: Callable[..., str],
        texts: Callable[[str], Texts],
        still: Callable[[str, str, str], Still | None] | None = None,
        alive: str = r"\bembed=",
        public: str = "",
    ) -> None:
        self.app = app
        self.languages = languages
        self.negotiate = negotiate
        self.texts = texts
        self.alive = re.compile(alive)
        self.public = public.rstrip("/")
        self.still = still or (lambda page, code, digits: None)
        self.pages: dict[tuple[bytes, str, str, str], bytes] = {}

    def choose(self, query: str, cookies: str, accept: str) -> tuple[Language, str]:
        """Return language and digits: asked for in the link, else chosen before, else the browser's wish."""
        asked, remembered = parse_qs(query), cookie_parser(cookies)
        code = self.negotiate(_last(asked, "lang"), remembered.get("lang"), accept or None)
        language = next(each for each in self.languages() if each.code == code)
        wishes = (_last(asked, "digits"), remembered.get(f"digits-{language.code}"))
        return language, next((wish for wish in wishes if wish in language.digit_choices), language.digits)

    def page(self, body: bytes, language: Language, digits: str, name: str = "") -> bytes:
        """Return the rewritten page, still with BASE in it; each version is made once and kept."""
        still = self.still(name, language.code, digits)
        key = (hashlib.sha256(body).digest(), language.code, digits, name if still else "/")
        if key not in self.pages:
            while len(self.pages) >= _KEPT_PAGES:
                self.pages.pop(next(iter(self.pages)), None)
            texts = {each.code: self.texts(each.code) for each in self.languages()}
            told = facts(self.languages(), {code: text.words for code, text in texts.items()})
            self.pages[key] = render(body.decode("utf8"), language, digits, texts[language.code], told, still).encode()
        return self.pages[key]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and rewrite what comes back if it is the index."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not _may_be_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        plain = [(name, value) for name, value in scope["headers"] if name.lower() not in _DROPPED]
        start: Message | None = None
        body = b""

        async def rewrite(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                if not _is_html(message):
                    await send(message)
                return
            if start is None or not _is_html(start):
                if scope["method"] == "GET":
                    await send(message)
                elif not message.get("more_body"):
                    await send({"type": "http.response.body", "body": b""})
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                await self.answer(start, body, scope, headers, send)

        # HEAD must tell the length of the rewritten page, so the page has to be made.
        await self.app({**scope, "method": "GET", "headers": plain, "extensions": {}}, receive, rewrite)

    async def answer(self, start: Message, body: bytes, scope: Scope, headers: Headers, send: Send) -> None:
        """Send the page in the visitor's language, or "304 not modified" if the browser has exactly that one."""
        kept = [(name, value) for name, value in start["headers"] if name.lower() not in _REPLACED]
        if b'<div id="root">' not in body:  # some other page: as it came
            kept, etag = [*start["headers"]], b""
        else:
            query = scope["query_string"].decode("latin1")
            language, digits = self.choose(query, headers.get("cookie", ""), headers.get("accept-language", ""))
            name = "/" if self.alive.search(query) else scope["path"].rsplit("/", 1)[-1]
            page = self.pages.get((hashlib.sha256(body).digest(), language.code, digits, name))
            if page is None:  # the first visitor of a page must not keep the others waiting
                page = await run_in_threadpool(self.page, body, language, digits, name)
            body = page.replace(BASE.encode(), _base(scope, headers, self.public).encode())
            etag = b'"' + hashlib.sha256(body).hexdigest()[:32].encode() + b'"'
            kept += [
                (b"content-language", language.code.encode()),
                (b"cache-control", b"no-cache"),
                (b"vary", b"Cookie, Accept-Language"),
                (b"etag", etag),
            ]
            if etag.decode() in headers.get("if-none-match", ""):
                await send({**start, "status": 304, "headers": [pair for pair in kept if pair[0] != b"content-type"]})
                await send({"type": "http.response.body", "body": b""})
                return
            kept.append((b"content-length", str(len(body)).encode()))
        await send({**start, "headers": kept})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _may_be_page(path: str) -> bool:
    """Tell pages (which Streamlit serves under any path) from files and from Streamlit's own endpoints."""
    name = path.rsplit("/", 1)[-1]
    return ("." not in name or name.endswith(".html")) and not re.search(r"/(_stcore|media|component)/", path)


def _base(scope: Scope, headers: Headers, public: str = "") -> str:
    """Return the address of the site's root as the visitor sees it, "./" where the request names no host that can be one.

    Pages are one level deep, so the root is what stands before a page's name.
    """
    host = headers.get("host", "")
    folder = scope["path"].rsplit("/", 1)[0]
    if not re.fullmatch(r"(?:/[\w.~-]+)*", folder, re.ASCII):
        return "./"
    if public:
        return f"{public}{folder}/"
    if not _HOST.fullmatch(host):
        return "./"
    return f"{scope.get('scheme', 'http')}://{host}{folder}/"


def _is_html(start: Message) -> bool:
    kind = dict(start["headers"]).get(b"content-type", b"")
    return bool(start["status"] == 200 and kind.startswith(b"text/html"))


def _last(query: Mapping[str, list[str]], name: str) -> str | None:
    return query[name][-1] if query.get(name) else None
