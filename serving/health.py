"""Tell a load balancer or a class's trainer whether the app is up."""

import streamlit
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config
from streamlit.runtime import Runtime, RuntimeState

_UP = (RuntimeState.NO_SESSIONS_CONNECTED, RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED)


def health_routes(version: str | None = None) -> list[Route]:
    """Make `/healthz`: 200 while Streamlit's runtime runs, else 503; JSON, never cached, no learner's data.

    It answers below `server.baseUrlPath` too, for who asks through a proxy.
    """
    answer = {"version": version or streamlit.__version__}

    async def healthz(_request: Request) -> JSONResponse:
        runtime = Runtime.instance() if Runtime.exists() else None
        up = runtime is not None and runtime.state in _UP
        content: dict[str, str | int] = {"status": "ok" if up else "down", **answer}
        sessions = _sessions(runtime) if runtime is not None and up else None
        if sessions is not None:
            content["sessions"] = sessions
        return JSONResponse(content, 200 if up else 503, {"Cache-Control": "no-store"})

    base = (config.get_option("server.baseUrlPath") or "").strip("/")
    paths = ["/healthz", f"/{base}/healthz"] if base else ["/healthz"]
    return [Route(path, healthz, methods=["GET", "HEAD"]) for path in paths]


def _sessions(runtime: Runtime) -> int | None:
    """Count the connected sessions; None if this Streamlit keeps them elsewhere (the attribute is private)."""
    try:
        return runtime._session_mgr.num_active_sessions()
    except AttributeError:
        return None
