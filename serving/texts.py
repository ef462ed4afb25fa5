"""Small texts that the server answers at its root, with the site's address in them: robots.txt, sitemap.xml."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from streamlit import config

_TYPES = {"xml": "application/xml", "txt": "text/plain"}


def text_routes(texts: Mapping[str, Callable[[str], str]]) -> list[Route]:
    """Make a route for each file name; its text is made of the site's address (with its last slash) as the asker sees it.

    They answer below `server.baseUrlPath` too, for who asks through a proxy.
    """
    base = (config.get_option("server.baseUrlPath") or "").strip("/")
    folders = ["/", f"/{base}/"] if base else ["/"]
    return [_route(folder, name, make) for name, make in texts.items() for folder in folders]


def _route(folder: str, name: str, make: Callable[[str], str]) -> Route:
    kind = _TYPES[name.rpartition(".")[2]]

    async def answer(request: Request) -> Response:
        made = make(str(request.base_url.replace(path=request.scope["path"].removesuffix(name), query="")))
        return Response(made, media_type=kind, headers={"Cache-Control": "public, max-age=3600"})

    return Route(folder + name, answer, methods=["GET", "HEAD"])
