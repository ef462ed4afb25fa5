"""Which files can be sent compressed, and which of them a first visit needs: read from Streamlit's own bundle."""

import re
from functools import cache
from pathlib import Path

from streamlit import config, file_util

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
SMALLEST = 400  # bytes; below it, the headers outweigh what is saved
# vite and rolldown write Name.HASH8.js: such a name never means another text.
HASHED = re.compile(r"\.[\w-]{8}\.(?:js|mjs|css|svg|json|woff2?|ttf|png|gif)$")
IMMUTABLE = "public, max-age=31536000, immutable"
# Names in our own static folder carry no hash. An hour without asking back, then revalidated behind the page's back.
PLAIN = "public, max-age=3600, stale-while-revalidate=604800"

_IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")


def streamlit_files() -> dict[str, Path]:
    """Map URL paths ("/static/js/...") to the compressible files of Streamlit's package."""
    root = Path(file_util.get_static_dir())
    return _listing(root / "static", "/static")


def app_files(folder: Path | None = None) -> dict[str, Path]:
    """Map URL paths ("/app/static/...") to the compressible files beside the app; empty if they are not served.

    Listed once at start, so a request can only name a file that was seen then: no path is ever built from a URL.
    """
    if folder is None:
        script = getattr(config, "_main_script_path", None)  # private, but where Streamlit itself looks
        if not script or not config.get_option("server.enableStaticServing"):
            return {}
        folder = Path(file_util.get_app_static_dir(script))
    return _listing(folder, "/app/static")


def _listing(folder: Path, prefix: str) -> dict[str, Path]:
    if not folder.is_dir():
        return {}
    root = folder.resolve()
    files = (file for file in sorted(folder.rglob("*")) if file.suffix in TYPES and file.is_file())
    return {
        f"{prefix}/{file.relative_to(folder).as_posix()}": file
        for file in files
        if file.resolve().is_relative_to(root) and file.stat().st_size >= SMALLEST
    }


def cache_control(path: str) -> str:
    """Return the Cache-Control of a static file by its URL path."""
    return IMMUTABLE if HASHED.search(path) else PLAIN


@cache
def chunks(*names: str) -> tuple[str, ...]:
    """Return the URL paths of the named chunks ("Slider") and of all that they import, in order, each once.

    A name that this Streamlit release does not have is left out: its absence costs a round trip, not the page.
    """
    folder = Path(file_util.get_static_dir()) / "static" / "js"
    by_name = {file.name.split(".")[0]: file for file in sorted(folder.glob("*.js"))}
    found: dict[str, None] = {}
    todo = [by_name[name].name for name in reversed(names) if name in by_name]
    while todo:
        file = todo.pop()
        url = f"/static/js/{file}"
        if url in found or not (folder / file).is_file():
            continue
        found[url] = None
        todo += [name for name in _IMPORT.findall((folder / file).read_text("utf8")) if name != file]
    return tuple(found)


@cache
def index_assets() -> tuple[str, ...]:
    """Return the URL paths of the scripts and styles that Streamlit's index.html itself names, in order."""
    index = (Path(file_util.get_static_dir()) / "index.html").read_text("utf8")
    return tuple(dict.fromkeys(re.findall(r'(?:src|href)="\.(/static/(?:js|css)/[^"]+)"', index)))
