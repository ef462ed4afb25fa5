"""Draw the pictures that messengers show of a link, in each language: `python -m tools.shared_pictures`.

A lesson has its own, every other page the site's. They stand in `static/shared/<language>/`, PNG with few colours, some 15 KB each;
`ui.still.web` names them in a page's head.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import typst
from PIL import Image

from course import library
from i18n.languages import languages
from statements.reader import reading
from ui import navigation, state
from ui.still import web
from ui.text import _

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "static" / "shared"
COLOURS = 24
LONG = 24  # characters of a title that is set smaller


def told(slug: str) -> dict[str, object]:
    """Return what a picture says, for who is reading."""
    reader = state.reader()
    lesson = navigation.folder(slug) == "lessons"
    title = navigation.title(slug) if lesson else web.named(slug)[1]
    place = _("Lesson %(number)s") % {"number": reader.numbers.count(library.number(slug))} if lesson else ""
    return {
        "lang": reader.language.code, "rtl": reader.rtl, "app": _("Two Funnels"), "place": place, "title": title,
        "size": 66 if len(title) > LONG else 84, "lead": web.named(slug)[1] if lesson else "",
    }  # fmt: skip


def picture(slug: str) -> bytes:
    """Return a page's picture as PNG, for who is reading."""
    made = typst.compile(
        str(Path(__file__).with_suffix(".typ")), format="png", ppi=72.0, ignore_system_fonts=True,
        font_paths=[str(ROOT / "static" / "documents")], sys_inputs={"data": json.dumps(told(slug))},
    )  # fmt: skip
    assert isinstance(made, bytes)
    out = io.BytesIO()
    Image.open(io.BytesIO(made)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def main() -> None:
    """Draw all of them anew."""
    for one in languages():
        folder = FOLDER / one.code
        folder.mkdir(parents=True, exist_ok=True)
        with reading(one.code):
            for slug in ("home", *(lesson.slug for lesson in library.lessons())):
                (folder / f"{slug}.png").write_bytes(picture(slug))
    print(f"{sum(one.stat().st_size for one in FOLDER.rglob('*.png')) // 1024} KB")


if __name__ == "__main__":
    main()
