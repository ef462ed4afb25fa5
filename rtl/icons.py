"""The icons that the small icon font draws, and the middleware that serves it in place of Streamlit's (375 KB)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

NAMES: tuple[str, ...] = tuple(
    name
    for line in (Path(__file__).parent / "icons.txt").read_text("utf8").splitlines()
    if not line.startswith("#")
    for name in line.split()
)


class IconFont:
    """Serve our small font under the address of Streamlit's icon font; every other request passes."""

    path = re.compile(r"/static/media/MaterialSymbols-Rounded\.[\w-]+\.woff2$")

    def __init__(self, app: ASGIApp, font: Path) -> None:
        self.app = app
        self.font = font.read_bytes()
        self.etag = f'"{hashlib.sha256(self.font).hexdigest()[:32]}"'

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the small font, or pass on."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not self.path.search(scope["path"]):
            await self.app(scope, receive, send)
            return
        # Not "immutable": the address belongs to Streamlit's version, not to ours.
        headers = {"ETag": self.etag, "Cache-Control": "public, max-age=86400"}
        if self.etag in Headers(scope=scope).get("if-none-match", ""):
            response = Response(status_code=304, headers=headers)
        else:
            response = Response(self.font, media_type="font/woff2", headers=headers)
        await response(scope, receive, send)
