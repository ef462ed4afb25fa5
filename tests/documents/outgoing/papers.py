"""What the tests of the handouts share: the documents made once, and how text is read back out of them."""

from __future__ import annotations

import datetime
import io
import subprocess
import unicodedata
from functools import cache

from pypdf import PdfReader

from documents.asking import Ask
from documents.outgoing.handouts import HANDOUTS
from funnel.calculators import stage_conversion
from funnel.facts.stages import Stage
from funnel.links.scenario import encode
from i18n.languages import languages
from tools.office import installed

BY_ID = {one.id: one for one in HANDOUTS}
CODES = tuple(one.code for one in languages())
LESSON = "measuring-a-funnel"
LINK = "http://localhost:8501/stage_conversion?lang=fa&now=48000,2880,1152,403,92"

#: Names that mean something to Typst, to a page or to a bidi algorithm; each must come out as what it is.
HOSTILE = (
    "#panic(1) $x$ *b* _i_ `c`",
    '#import "kit.typ": *',
    "<label> @ref // /* \\u{41}",
    '"}], "rtl": false, [{"',
    "ابجد latin ۱۲۳ 456",
    "M" * 40,
    "م" * 40,
    "= heading + - / term:",
    "漢字 😀 ok",
    "\u200cنیم\u200cفاصله\u200c",
)


@cache
def made(key: str, code: str, digits: str | None = None, seed: int = 1) -> bytes:
    """Return a document with what it needs."""
    return BY_ID[key].make(ask(key, code, digits, seed))


def ask(key: str, code: str, digits: str | None = None, seed: int = 1, lesson: str = LESSON, **more) -> Ask:
    """Return what a document is asked for with."""
    needs = BY_ID[key].needs
    return Ask(
        code, digits, calculator="stage_conversion" if needs == "scenario" else "",
        lesson=lesson if needs == "lesson" else "", seed=seed, link=LINK, day=datetime.date(2026, 11, 22), **more,
    )  # fmt: skip


def hostile_inputs() -> dict[str, str]:
    """Return a funnel of ten stages with hostile names, as a link has it."""
    stages = tuple(Stage(name=name) for name in HOSTILE)
    counts = tuple(float(10**6 // 3**i) for i in range(10))
    return encode(stage_conversion.Inputs("own", stages, "people", counts, None, (None,) * 10))


def read(pdf: bytes) -> PdfReader:
    """Open a document."""
    return PdfReader(io.BytesIO(pdf))


def poppler(pdf: bytes, *options: str) -> str:
    """Return a document's text as poppler copies it; with "-bbox" as a page that says where each word stands."""
    tool = installed("pdftotext")
    assert tool, "poppler-utils is missing: python -m tools.office --install"
    done = subprocess.run([tool, *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def words(text: str) -> str:
    """Return a text in NFKC without direction marks, its words with one space between them. ZWNJ stays."""
    text = unicodedata.normalize("NFKC", text)
    kept = [sign for sign in text if unicodedata.category(sign) != "Cf" or sign == "\u200c"]
    return " ".join("".join(kept).split())


def letters(text: str) -> str:
    """Return what is compared where order counts: letters and vowel marks, in NFKC and one after the other.

    ZWNJ stays: a Persian word without it is another word. Numbers, punctuation and spaces go: at the border of two
    directions poppler gives a sentence's end to the Latin word or the number before it.
    """
    kept = [
        sign
        for sign in unicodedata.normalize("NFKC", text)
        if unicodedata.category(sign)[0] in "LM" or sign == "\u200c"
    ]
    return unicodedata.normalize("NFKC", "".join(kept))
