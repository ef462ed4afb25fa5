"""How the app is served: compressed, with security headers, warm, and calm when something fails.

Knows nothing of funnels or languages; imports the standard library, starlette, streamlit and brotli only. app.py uses
the names below, in this order of middleware: ours outside, so that what others write is compressed and protected too.
"""

from collections.abc import Callable, Mapping, Sequence

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from serving.compress import Compressed
from serving.errors import on_script_error
from serving.headers import SecurityHeaders
from serving.health import health_routes
from serving.origin import OnlyOurs, public_origin, same_origin
from serving.page import connect_hash, preload_links
from serving.quiet import ask_nobody
from serving.sockets import remember_more
from serving.texts import text_routes
from serving.warm import lifespan

__all__ = [
    "ask_nobody",
    "lifespan",
    "middleware",
    "on_script_error",
    "preload_links",
    "remember_more",
    "routes",
    "same_origin",
]


def middleware(
    script_hashes: Sequence[str] = (),
    inline_components: bool = False,
    preload: Callable[[str], Sequence[str]] | None = None,
) -> list[Middleware]:
    """Return the outermost middleware.

    `script_hashes` ("sha256-...") are of the inline scripts that pages contain; `inline_components` says that the app
    has components v2 whose JavaScript is a string (see `serving.headers`). `preload(path)` names the chunks
    ("Slider") that the page at a URL path draws its first view with.
    """
    hashes = (*script_hashes, connect_hash())
    headers = Middleware(SecurityHeaders, script_hashes=hashes, inline_components=inline_components)
    return [headers, Middleware(OnlyOurs, public=public_origin()), Middleware(Compressed, preload=preload)]


def routes(version: str | None = None, texts: Mapping[str, Callable[[str], str]] | None = None) -> list[BaseRoute]:
    """Return our own routes, also below the base path: `/healthz`, which reports `version` (Streamlit's own if not given),
    and small texts by their file name, each made of the site's address.
    """
    return [*health_routes(version), *text_routes(texts or {})]
