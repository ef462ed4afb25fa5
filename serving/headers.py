"""Security headers: a page may load and run what this server sends, and nothing else.

What Streamlit 1.67 forces us to allow, found in Chromium with tests/serving/gallery.py (a browser test there holds it):

- `style-src 'unsafe-inline'`: emotion writes style elements, Vega and Markdown write style attributes, and neither
  takes a nonce. It lets injected HTML change looks, not run code.
- `img-src data: blob:`, `font-src data:`, `media-src data: blob:`: icons inside the bundle, st.image and previews.
- `script-src sha256-...`: Streamlit's index.html holds one inline script; the app's own (direction, language) join it.
- `script-src blob:`, only with `inline_components`: a component v2 whose JavaScript is a string in Python is imported
  from a blob address. Nobody can make such an address without running a script already, so the loss is small.

What it does not need, and does not get: `unsafe-inline` and `unsafe-eval` for scripts (charts run in Vega's own
interpreter), any foreign host, workers from blobs (Plotly, deck.gl and Graphviz want them; we draw with none of them),
and `wasm-unsafe-eval`: protobuf tries a WebAssembly multiplication once per load, is refused, and uses its JavaScript
one. That refusal is the one violation that a browser reports on our pages.
"""

import re
from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")
_HASH = re.compile(r"'?(sha(?:256|384|512)-[A-Za-z0-9+/_-]+={0,2})'?")

# Files that are only ever part of a page need no policy of their own, and a first visit loads eighty of them: the full
# set would be 70 KB of headers on a slow link.
_PARTS = (b"text/javascript", b"application/javascript", b"text/css", b"font/", b"image/png", b"image/gif",
          b"image/jpeg", b"image/webp", b"image/x-icon", b"image/vnd.microsoft.icon")  # fmt: skip

_OFF = ("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
        "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
        "xr-spatial-tracking")  # fmt: skip
PERMISSIONS = ", ".join([*(f"{name}=()" for name in _OFF), "clipboard-write=(self)", "fullscreen=(self)"])


def content_security_policy(script_hashes: Sequence[str], host: str = "", inline_components: bool = False) -> str:
    """Write the policy of a page; `script_hashes` are of its inline scripts, "sha256-..." with or without quotes.

    `inline_components` allows components v2 whose JavaScript is a string in Python. Raises ValueError for a bad hash.
    """
    hashes = []
    for given in script_hashes:
        found = _HASH.fullmatch(given.strip())
        if not found:
            raise ValueError(f"not a hash for Content-Security-Policy: {given!r}")
        hashes.append(f"'{found[1]}'")
    # 'self' covers the WebSocket too (CSP 3), but not in Safari before 15.4.
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    rules = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *hashes, *(["blob:"] if inline_components else [])]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "connect-src": "'self'" + sockets,
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """ASGI middleware: add the headers to every answer; the outermost one, so that nothing leaves without them."""

    def __init__(self, app: ASGIApp, script_hashes: Sequence[str] = (), inline_components: bool = False) -> None:
        self.app = app
        self._hashes = tuple(dict.fromkeys(script_hashes))
        self._inline_components = inline_components
        content_security_policy(self._hashes)  # a wrong hash should stop the start, not the first visit
        self._policies: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on; answer a crash with a bare 500, as Starlette's own comes too late for our headers."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        started = False

        async def add(message: Message) -> None:
            nonlocal started
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                started = True
                message = {**message, "headers": self._complete(scope, list(message.get("headers", [])))}
            await send(message)

        try:
            await self.app(scope, receive, add)
        except Exception:
            if scope["type"] == "http" and not started:
                headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"21")]
                await add({"type": "http.response.start", "status": 500, "headers": headers})
                await add({"type": "http.response.body", "body": b"Internal Server Error"})
            raise

    def _complete(self, scope: Scope, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        kind = next((value for name, value in headers if name.lower() == b"content-type"), b"")
        wanted = [(b"x-content-type-options", b"nosniff")]
        if not kind.startswith(_PARTS):
            wanted += [
                (b"content-security-policy", self._policy(scope)),
                (b"x-frame-options", b"SAMEORIGIN"),  # frame-ancestors for browsers of before 2020
                # A share link carries what the learner typed: other sites get the origin, or nothing over http.
                (b"referrer-policy", b"strict-origin-when-cross-origin"),
                (b"permissions-policy", PERMISSIONS.encode()),
                (b"cross-origin-opener-policy", b"same-origin"),
            ]
        ours = {name for name, _ in wanted}
        return [*((name, value) for name, value in headers if name.lower() not in ours), *wanted]

    def _policy(self, scope: Scope) -> bytes:
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        if host not in self._policies:
            if len(self._policies) > 100:  # a scanner that invents hosts
                self._policies.clear()
            policy = content_security_policy(self._hashes, host, self._inline_components)
            self._policies[host] = policy.encode("latin-1")
        return self._policies[host]
