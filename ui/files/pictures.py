"""The small pictures of documents: made by ``python -m tools.previews``, kept in ``static/documents/<lang>/``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "static" / "documents"
#: Width and height in CSS pixels by the shape of the page: upright paper, paper on its side, a slide.
SIZES = {"portrait": (226, 320), "landscape": (320, 226), "slide": (320, 180)}


@dataclass(frozen=True)
class Picture:
    """Where a picture is served, and its shape."""

    url: str
    shape: str


@lru_cache(maxsize=256)
def picture(key: str, code: str) -> Picture | None:
    """Return a document's picture in a language; None where none has been made, as for a new language."""
    for shape in SIZES:
        if (FOLDER / code / f"{key}.{shape}.webp").exists():
            return Picture(f"app/static/documents/{code}/{key}.{shape}.webp", shape)
    return None
