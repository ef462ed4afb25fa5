"""Small pictures of every document in every language, for the page that offers them: `python -m tools.previews`.

Needs LibreOffice (`soffice`) for the workbooks and `pdftoppm` (poppler). Options: ids of documents, ``--language``. The pictures
go to static/documents/<lang>/ and are handed in like any other file; a test holds that none is missing and none too large.
"""

from __future__ import annotations

import argparse
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PIL import Image

from documents import catalogue
from documents.asking import Ask, Document
from i18n.languages import languages
from tools import browser as browsers
from tools.office import convert, installed
from ui.files.pictures import FOLDER, SIZES
from ui.still import documents as _pages  # noqa: F401  offers the pages among the documents

MOST_BYTES = 25_000
DENSITY = 2  # pixels of a picture for each of the page
SHOWN = {"workbook-kpi": 3}  # page of a workbook: its first sheet explains it, mostly the second is what it is for
LESSON, DAY = "what-a-funnel-is", date(2026, 1, 31)


def page_picture(pdf: Path, page: int) -> Image.Image | None:
    """Return a page as a picture; None where there is no such page."""
    command = [installed("pdftoppm"), "-f", str(page), "-l", str(page), "-r", "110", "-png", str(pdf)]
    done = subprocess.run(command, capture_output=True, check=False)
    return Image.open(io.BytesIO(done.stdout)).convert("RGB") if done.stdout else None


def web_page(made: Path, pdf: Path) -> None:
    """Print a page, or the first page of a package, as PDF."""
    from playwright.sync_api import sync_playwright

    if made.suffix == ".zip":
        with zipfile.ZipFile(made) as package:
            name = next(one for one in package.namelist() if one.endswith(".html"))
            made = Path(package.extract(name, made.parent))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browsers.installed(), args=browsers.ARGUMENTS)
        page = browser.new_page(viewport={"width": 794, "height": 1123})
        page.goto(made.as_uri())
        page.emulate_media(media="screen")
        page.pdf(path=pdf, width="794px", height="1123px", print_background=True)
        browser.close()


def shape_of(picture: Image.Image) -> str:
    """Return which of the page's shapes is nearest."""
    ratio = picture.width / picture.height
    return min(SIZES, key=lambda shape: abs(SIZES[shape][0] / SIZES[shape][1] - ratio))


def small(picture: Image.Image, shape: str) -> bytes:
    """Return a picture as WebP of the shape's size, as good as fits into MOST_BYTES."""
    width, height = SIZES[shape]
    scaled = picture.resize((width * DENSITY, height * DENSITY), Image.Resampling.LANCZOS)
    for quality in (72, 60, 48, 36, 24):
        out = io.BytesIO()
        scaled.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= MOST_BYTES:
            return out.getvalue()
    raise ValueError(f"the picture does not fit into {MOST_BYTES} bytes")


def draw(found: Document, code: str) -> Path:
    """Make a document's picture, with the course's base funnel or its first lesson, and write it."""
    data = catalogue.make(found.id, catalogue.example(found, Ask(code, lesson=LESSON, day=DAY)))
    with tempfile.TemporaryDirectory() as desk:
        made, pdf = Path(desk) / f"document.{found.ending}", Path(desk) / "document.pdf"
        made.write_bytes(data)
        if found.ending == "xlsx":
            convert([made], "pdf", made.parent)
        if found.ending in ("html", "zip"):
            web_page(made, pdf)
        picture = page_picture(pdf, SHOWN.get(found.id, 2) if found.ending == "xlsx" else 1) or page_picture(pdf, 1)
    shape = shape_of(picture)
    folder = FOLDER / code
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{found.id}.*.webp"):
        old.unlink()
    path = folder / f"{found.id}.{shape}.webp"
    path.write_bytes(small(picture, shape))
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures that are asked for, or all; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.previews", description=__doc__.splitlines()[0])
    parser.add_argument("documents", nargs="*", metavar="document", help="ids (default: all)")
    parser.add_argument("--language", action="append", help="code of a language (default: all that are released)")
    given = parser.parse_args(arguments)
    for tool in ("soffice", "pdftoppm"):
        if not installed(tool):
            print(f"{tool} is needed and was not found.", file=sys.stderr)
            return 1
    for code in given.language or [one.code for one in languages()]:
        for key in given.documents or catalogue.documents():
            path = draw(catalogue.document(key), code)
            print(f"{path.relative_to(FOLDER)}  {path.stat().st_size} bytes", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
