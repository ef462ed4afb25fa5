"""Charts as pictures, as resvg draws them: each word and number in a colour of its own, found again in the pixels."""

from __future__ import annotations

import io
import re
from typing import NamedTuple
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import numpy as np
import pytest
import vl_convert
from PIL import Image

from charts.specs import spec_of
from documents.outgoing.pictures import STATIC, whole
from funnel.links.scenario import decode
from statements.calculators import calculator
from statements.reader import reader, reading
from tests.statements.golden import SCENARIOS

SVG = "{http://www.w3.org/2000/svg}"
TOKEN = re.compile("[\u0620-\u065f\u066e-\u06d3\u200c]+|[A-Za-z]+|[0-9٠-٩۰-۹][0-9٠-٩۰-۹.,٫٬]*")
EVERY = [("en", "latn"), ("ar", "latn"), ("ar", "arab"), ("fa", "arabext"), ("fa", "latn")]


class Seen(NamedTuple):
    """Where a token stands in the picture: its pixels' bounds."""

    said: str
    left: int
    right: int
    top: int
    bottom: int


def drawn(svg: str) -> list[tuple[str, list[Seen]]]:
    """Return the texts of a picture, each with its tokens where resvg has drawn them. Raises AssertionError for an unseen one."""
    root, texts, colour = ElementTree.fromstring(svg), [], 0
    for node in list(root.iter(f"{SVG}text")):
        text = node.text or ""
        if not TOKEN.search(text) or node.get("stroke"):  # with a stroke: the halo behind a note
            continue
        parts, at, last = [], 0, None
        for hit in TOKEN.finditer(text):
            colour += 3
            before, at = text[at : hit.start()], hit.end()
            if last is None:
                node.text = before
            else:
                last.tail = before
            last = ElementTree.SubElement(node, f"{SVG}tspan", fill=f"#{colour:06x}")
            last.text = hit[0]
            parts.append((colour, hit[0]))
        last.tail = text[at:]
        texts.append((text, parts))
    png = vl_convert.svg_to_png(ElementTree.tostring(root, encoding="unicode"), scale=2)
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(np.int32)
    code = (pixels[..., 0] << 16) + (pixels[..., 1] << 8) + pixels[..., 2]
    rows, columns = np.nonzero(code <= colour)
    found = code[rows, columns]
    out = []
    for text, parts in texts:
        seen = []
        for one, said in parts:
            mine = found == one
            assert mine.any(), f"{said!r} of {text!r} is not drawn: is the font registered?"
            x, y = columns[mine], rows[mine]
            seen.append(Seen(said, x.min(), x.max(), y.min(), y.max()))
        out.append((text, seen))
    return out


@pytest.fixture(scope="module", autouse=True)
def _fonts():
    vl_convert.register_font_directory(str(STATIC / "documents"))


@pytest.mark.parametrize(("code", "digits"), EVERY)
@pytest.mark.parametrize("slug", SCENARIOS)
def test_a_picture_is_read_in_its_language(slug, code, digits):
    one = calculator(slug)
    link = dict(parse_qsl(next(iter(SCENARIOS[slug].values())), keep_blank_values=True))
    link.pop("log", None)
    with reading(code, digits):
        found = one.findings(decode(one.model.Inputs, link).inputs)
        rtl, chart = reader().rtl, found.charts[0]
        spec = whole(spec_of(chart, rtl), chart.rows(), found.headline, rtl)
    texts = drawn(vl_convert.vegalite_to_svg(spec))
    assert len(texts) > 3
    for text, seen in texts:
        if not (rtl and re.search("[\u2066\u2068]|[A-Za-z]+ [A-Za-z]+", text)):  # an island runs its own way
            places = [(part.left + part.right) / 2 for part in seen]
            assert places == sorted(places, reverse=rtl), (text, seen)
    lines = [(text, box(seen)) for text, seen in texts]
    for i, (text, (left, right, top, bottom)) in enumerate(lines):
        for other, (left2, right2, top2, bottom2) in lines[i + 1 :]:
            apart = right < left2 or right2 < left or bottom < top2 or bottom2 < top
            assert apart, f"{text!r} and {other!r} lie over each other"


def box(seen: list[Seen]) -> tuple[int, int, int, int]:
    return (
        min(one.left for one in seen), max(one.right for one in seen),
        min(one.top for one in seen), max(one.bottom for one in seen),
    )  # fmt: skip


def test_a_font_that_is_not_registered_is_noticed():
    spec = {"mark": {"type": "text"}, "data": {"values": [{"t": "12 words"}]}, "encoding": {"text": {"field": "t"}}}
    spec["config"] = {"font": "No Such Font At All"}
    with pytest.raises(AssertionError, match="is the font registered"):
        drawn(vl_convert.vegalite_to_svg(spec))
