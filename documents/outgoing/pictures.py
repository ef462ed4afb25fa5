"""Charts as pictures that are readable without the app: SVG and PNG with the letters inside."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from charts.specs import PAPER
from i18n.sums import LRI, PDI, RLI

STATIC = Path(__file__).resolve().parents[2] / "static"
WIDTH = 720  # px; the PNG has twice as many, for a projector
MARGIN = 24
_FACES = (
    ("vazirmatn-arabic.woff2", "U+0600-06FF,U+0750-077F,U+200C-200F,U+2066-2069,U+FB50-FDFF,U+FE70-FEFC"),
    ("vazirmatn-latin.woff2", "U+0000-00FF,U+2010-2027,U+2212"),
)


def whole(spec: dict, rows: Sequence[dict], title: str, rtl: bool) -> dict:
    """Return the spec with its rows inside, a fixed width, a white ground and the sentence, if any, as its title.

    Every line is an island that runs as the language does: resvg lays a text out from the left, whatever `direction` and
    U+200F say, and takes the lines of a title for one paragraph.
    """
    made = json.loads(json.dumps(spec).replace(PAPER, "white"))
    made.pop("autosize", None)
    made["width"] = WIDTH
    made["background"] = "white"
    made["padding"] = MARGIN
    made["data"] = {"values": [row | {"text": _island(row["text"], rtl)} if row.get("text") else row for row in rows]}
    made["config"] = made["config"] | {"padding": MARGIN}
    if title:
        made["title"] = {
            "text": [_island(line, rtl) for line in _lines(title)],
            "anchor": "end" if rtl else "start",
            "align": "right" if rtl else "left",
            "fontSize": 16,
            "fontWeight": 600,
            "offset": 14,
            "lineHeight": 24,
        }
    return made


def _island(text: str, rtl: bool) -> str:
    return f"{RLI if rtl else LRI}{text}{PDI}"


def _lines(text: str, width: int = 84) -> list[str]:
    """Break a sentence into lines that fit the picture; an island that is broken goes on as one on the next line."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip(" ")
    opened: list[str] = []
    for i, line in enumerate(lines):
        before = "".join(opened)
        for sign in line:
            if sign == PDI:
                del opened[-1:]
            elif "\u2066" <= sign <= "\u2068":
                opened.append(sign)
        lines[i] = before + line + PDI * len(opened)
    return lines


def _convert(kind: str, spec: dict) -> bytes:
    """Draw in a process of its own: the renderer holds a JavaScript engine that the server should not keep."""
    done = subprocess.run(
        [sys.executable, "-m", "documents.outgoing.pictures", kind],
        input=json.dumps(spec).encode(),
        capture_output=True,
        timeout=60,
        check=False,
        cwd=STATIC.parent,
    )
    if done.returncode:
        raise RuntimeError(f"the chart could not be drawn: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def chart_png(spec: dict, rows: Sequence[dict], title: str, rtl: bool) -> bytes:
    """Return a chart as PNG, twice as dense as its nominal width."""
    return _convert("png", whole(spec, rows, title, rtl))


def chart_svg(spec: dict, rows: Sequence[dict], title: str, rtl: bool) -> bytes:
    """Return a chart as SVG with its fonts inside; words run in the reading direction wherever it is opened."""
    svg = _convert("svg", whole(spec, rows, title, rtl)).decode()
    head, rest = svg.split(">", 1)
    return f"{head}><style>{_faces()}text{{unicode-bidi:plaintext}}</style>{rest}".encode()


@lru_cache(maxsize=1)
def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:Vazirmatn;font-weight:100 900;unicode-range:{span};src:url(data:font/woff2;base64,"
        f"{base64.b64encode((STATIC / name).read_bytes()).decode()}) format('woff2')}}"
        for name, span in _FACES
    )


def _main(kind: str) -> None:
    import vl_convert

    vl_convert.register_font_directory(str(STATIC / "documents"))
    spec = json.load(sys.stdin)
    if kind == "png":
        sys.stdout.buffer.write(vl_convert.vegalite_to_png(spec, scale=2))
    else:
        sys.stdout.buffer.write(vl_convert.vegalite_to_svg(spec).encode())


if __name__ == "__main__":
    _main(sys.argv[1])
