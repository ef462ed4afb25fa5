"""Who may send: the Origin of a request is compared by us, parsed whole, for exact equality of scheme, host and port.

Streamlit's own check does not cover an app's own routes. What does not parse to exactly one origin is refused.
"""

from __future__ import annotations

import re

from starlette.types import Scope

_PORTS = {"http": "80", "https": "443"}
_ORIGIN = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::(?P<port>\d{1,5}))?",
    re.IGNORECASE,
)


def parts(origin: str) -> tuple[str, str, str] | None:
    """Return an origin's scheme, host and port; None for what is not exactly one origin.

    >>> parts("https://Example.org"), parts("http://a.example:8501/"), parts("null")
    (('https', 'example.org', '443'), None, None)
    """
    found = _ORIGIN.fullmatch(origin)
    if not found or ".." in found["host"]:
        return None
    scheme = found["scheme"].lower()
    port = found["port"] or _PORTS[scheme]
    return (scheme, found["host"].lower(), str(int(port))) if 0 < int(port) < 65536 else None


def same_origin(scope: Scope, public: str = "", missing: bool = False) -> bool:
    """Say whether a request comes from a page of this server: its Origin equals the Host it was sent to, or ``public``.

    ``public`` is the one configured origin that people see ("https://funnels.example"), for a server behind a proxy that speaks
    TLS. ``missing`` is the answer for a request without an Origin: False where something is changed. Two Origins are none.
    """
    origins = [value for name, value in scope["headers"] if name.lower() == b"origin"]
    if not origins:
        return missing
    if len(origins) > 1:
        return False
    origin = parts(origins[0].decode("latin-1"))
    if origin is None:
        return False
    if public and origin == parts(public):
        return True
    hosts = [value for name, value in scope["headers"] if name.lower() == b"host"]
    if len(hosts) != 1:
        return False
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    return origin == parts(f"{scheme}://{hosts[0].decode('latin-1')}")
