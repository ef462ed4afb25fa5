"""The browser's files of a room: plain modules and styles, under one name that changes with what is in them."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from pathlib import Path

try:
    import brotli
except ImportError:  # the wheel does not exist for every platform
    brotli = None

WEB = Path(__file__).parent / "web"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


class Assets:
    """All files in memory, compressed once."""

    def __init__(self, more: Mapping[str, Path] | None = None) -> None:
        files = {path.name: path for path in sorted(WEB.iterdir()) if path.suffix in TYPES}
        self._plain = {name: path.read_bytes() for name, path in {**files, **(more or {})}.items()}
        every = b"".join(name.encode() + b"\0" + body for name, body in sorted(self._plain.items()))
        self.version = hashlib.sha256(every).hexdigest()[:12]
        self._packed: dict[tuple[str, str], bytes] = {}

    def text(self, name: str) -> str:
        """Return a file's text."""
        return self._plain[name].decode()

    def get(self, name: str, accept: str) -> tuple[bytes, dict[str, str]] | None:
        """Return a file's bytes and headers in an encoding that the browser takes; None for an unknown name."""
        if name not in self._plain:
            return None
        encoding = "br" if brotli and "br" in accept else "gzip" if "gzip" in accept else ""
        headers = {
            "Content-Type": TYPES[Path(name).suffix],
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
        }
        if not encoding:
            return self._plain[name], headers
        if (name, encoding) not in self._packed:
            pack = brotli.compress if encoding == "br" else gzip.compress
            self._packed[name, encoding] = pack(self._plain[name])
        return self._packed[name, encoding], headers | {"Content-Encoding": encoding}
