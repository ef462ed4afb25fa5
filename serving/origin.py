"""Who may connect: a page of this very server, and nobody else.

A browser says in `Origin` which page a WebSocket or a request comes from. It is taken apart whole here and compared for
exact equality of scheme, host and port with what the request was sent to, or with the one public name that is configured
(`TWO_FUNNELS_ORIGIN=https://funnels.example`, needed behind a proxy that ends TLS and does not say so). Whatever does not
read as exactly one origin is refused. Streamlit compares too, but more loosely, and not for routes beside its own.
"""

import ipaddress
import logging
import os
import re
from functools import cache

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

log = logging.getLogger(__name__)

_HOST = r"(?P<host>[a-z0-9_](?:[a-z0-9_.-]{0,252})|\[[0-9a-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?"
_AUTHORITY = re.compile(_HOST)
_ORIGIN = re.compile(r"(?P<scheme>https?)://" + _HOST)
_PORTS = {"http": 80, "https": 443}
_SECURE = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
#: What a browser asks for without saying where from: it may follow a link of another site here.
_SAFE = ("GET", "HEAD", "OPTIONS")
#: Asked by load balancers, by address and not by name.
_HEALTH = ("/healthz", "/_stcore/health")
_SAID_AT_MOST = 20

Origin = tuple[str, str, int]


def parse_origin(text: str) -> Origin | None:
    """Take an `Origin` header apart: (scheme, host, port); None for whatever is not exactly one origin of the web."""
    return _origin(_ORIGIN.fullmatch(text), "")


def parse_host(text: str, scheme: str) -> Origin | None:
    """Take a `Host` header apart, as it is meant under this scheme ("http", "https", "ws" or "wss"); None if it is none."""
    return _origin(_AUTHORITY.fullmatch(text.lower()), _SECURE.get(scheme, ""))


def _origin(found: re.Match[str] | None, scheme: str) -> Origin | None:
    if found is None:
        return None
    scheme = scheme or found["scheme"]
    port = int(found["port"]) if found["port"] else _PORTS.get(scheme, 0)
    return (scheme, found["host"], port) if 0 < port < 2**16 else None


@cache
def public_origin() -> Origin | None:
    """Return the configured public name; raises ValueError, at the start, for one that is no origin."""
    text = os.environ.get("TWO_FUNNELS_ORIGIN", "").strip().rstrip("/").lower()
    found = parse_origin(text)
    if text and found is None:
        raise ValueError(f"TWO_FUNNELS_ORIGIN is not like https://funnels.example: {text!r}")
    return found


def is_ours(origin: str, host: str, scheme: str, public: Origin | None = None) -> bool:
    """Say whether an `Origin` is that of a page which this server sent, asked as `host` under `scheme`."""
    found = parse_origin(origin)
    return found is not None and found in (parse_host(host, scheme), public)


def same_origin(scope: Scope, public: str = "", missing: bool = False) -> bool:
    """Say whether a request comes from a page of this server, or from `public`, else the configured name.

    `missing` is the answer for a request without an Origin: False where something is changed. Two Origins are none.
    """
    origins = _values(scope, b"origin")
    if not origins:
        return missing
    hosts = _values(scope, b"host")
    named = parse_origin(public) if public else public_origin()
    host = hosts[0] if len(hosts) == 1 else ""
    return len(origins) == 1 and is_ours(origins[0], host, scope.get("scheme", "http"), named)


def _values(scope: Scope, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == wanted]


def is_local(host: str) -> bool:
    """Say whether a `Host` names this machine or an address of a private network: no stranger's name can lead there."""
    found = parse_host(host, "http")
    if found is None:
        return False
    name = found[1].strip("[]")
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_private


def refusal(scope: Scope, public: Origin | None = None) -> int:
    """Return the status with which a request or WebSocket is refused: 403 (its origin), 421 (its host); 0 to let it pass.

    A WebSocket, and whatever may change something, must say where it comes from; a plain GET may leave it out.
    """
    hosts, origins = _values(scope, b"host"), _values(scope, b"origin")
    host = hosts[0] if len(hosts) == 1 else ""
    if public and not is_local(host):
        named = parse_host(host, public[0])
        if named is None or named[1] != public[1]:  # a proxy may ask on another port
            return 421
    if not origins:
        return 0 if scope["type"] == "http" and scope["method"] in _SAFE else 403
    ours = len(origins) == 1 and is_ours(origins[0], host, scope.get("scheme", "http"), public)
    return 0 if ours else 403


class OnlyOurs:
    """ASGI middleware: refuse what no page of this server sent; also on every route beside Streamlit's."""

    def __init__(self, app: ASGIApp, public: Origin | None) -> None:
        self.app = app
        self.public = public
        self._said: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 403 or 421 with nothing else."""
        status = 0
        health = scope["type"] == "http" and scope["method"] in _SAFE and scope["path"].endswith(_HEALTH)
        if scope["type"] in ("http", "websocket") and not health:
            status = refusal(scope, self.public)
        if not status:
            await self.app(scope, receive, send)
            return
        self._say(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # before it is accepted: the browser sees a bare 403
            return
        text = "Not from here.\n" if status == 403 else "Not under this name.\n"
        await PlainTextResponse(text, status, {"Cache-Control": "no-store"})(scope, receive, send)

    def _say(self, scope: Scope) -> None:
        """Tell who runs this, once per name and for a few names only: a stranger must not fill the log."""
        named = [repr(v.decode("latin-1")[:80]) for n, v in scope["headers"] if n in (b"origin", b"host")]
        what = ", ".join(named)
        if what not in self._said and len(self._said) < _SAID_AT_MOST:
            self._said.add(what)
            log.warning("refused a connection (%s); if it is yours, set TWO_FUNNELS_ORIGIN to its origin", what)
