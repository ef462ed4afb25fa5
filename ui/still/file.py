"""A page as one HTML file: complete without scripts, alive with them, and it asks nobody.

What is alive in it is ``ui/figures/web/travel.js``; its policy admits that script by its hash, the fonts inside the file, and
nothing else. What a learner named her stages is text in it, as everywhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from course import library
from course.text import SOURCE
from documents.asking import Ask
from funnel.calculators import stage_conversion
from funnel.links import scenario
from i18n.reading import CODES
from statements import calculators
from statements.fields import why_not
from statements.findings import Findings
from statements.reader import reading
from ui import state
from ui.blocks import blocks_html
from ui.figures import hand
from ui.figures.hand_words import plural
from ui.kit.page import headline
from ui.learn.prose import prose
from ui.still import pages, web
from ui.still.bars import bars
from ui.still.bundle import bundle
from ui.text import _, escape

ROOT = Path(__file__).resolve().parent.parent.parent
_LINK = re.compile(r'<a ([^>]*?)href="([^"]*)" data-inside=""([^>]*)>(.*?)</a>', re.DOTALL)
_FACE = re.compile(r"url\(\./app/static/(vazirmatn-\w+)\.woff2\)")


@dataclass
class Made:
    """What goes into a file: its title and description, its content as HTML, and what its script is told."""

    title: str
    about: str
    body: str
    told: dict[str, Any] = field(default_factory=dict)


def lesson_file(ask: Ask) -> bytes:
    """Return a lesson as a file."""
    with reading(ask.code, ask.digits):
        return written(lesson(ask.lesson), ask.link)


def glossary_file(ask: Ask) -> bytes:
    """Return the glossary as a file."""
    with reading(ask.code, ask.digits):
        title, about = web.named("glossary")
        return written(Made(title, about, pages.page("glossary")), ask.link)


def funnel_file(ask: Ask) -> bytes:
    """Return a funnel with somebody's own numbers as a file."""
    with reading(ask.code, ask.digits):
        inputs = scenario.decode(stage_conversion.Inputs, dict(ask.scenario)).inputs
        found = calculators.calculator("stage_conversion").findings(inputs)
        title, about = web.named("stage_conversion")
        _front, explanation = pages.page_text("calculators", "stage_conversion")
        kept = escape(_("The numbers as they were handed on"))
        charts = pages.element("".join(pages.picture(one, found.headline) for one in found.charts))
        heading = escape(pages.navigation.title("stage_conversion"))
        said = headline(Findings(found.headline, found.figures, notes=found.notes), strip=False)
        body = (
            f'<h1>{heading}</h1><div class="tf-framed"><div class="stHtml"><div data-hand="own">{bars(inputs, tools=True)}'
            f"</div></div></div><h2>{kept}</h2>{pages.element(str(said))}"
            f"{charts}"
            f"{pages.element(str(blocks_html(found.body)))}<hr>{pages.markdown(explanation)}"
        )
        told = {"hands": {"own": hand.told(inputs, ("basis", "undo", "predict", "sale"))}}
        return written(Made(title, about, body, told), ask.link)


def lesson(slug: str) -> Made:
    """Return a lesson's content, for who is reading."""
    title, about = web.named(slug)
    facts, code = library.lesson(slug), state.reader().language.code
    told: dict[str, Any] = {"questions": questions(slug)}
    if facts.figure == "stage_conversion":
        told["hands"] = {slug: hand.told(pages.figure_inputs(facts), ("basis", "undo", "predict"))}
    said = " ".join(one.said for one in library.lesson_text(code, slug).blocks)
    known = library.syllabus().sources
    cited = sorted({key.strip() for hit in SOURCE.finditer(said) for key in hit[1].split(",")} & set(known))
    rows = "".join(
        f'<li id="{key}"><bdi dir="ltr" lang="en" translate="no">{key} {escape(known[key].text)}</bdi></li>'
        for key in cited
    )
    title_of_sources = escape(_("References"))
    references = f"<h2>{title_of_sources}</h2><ul>{rows}</ul>" if rows else ""
    score = '<p id="tf-score" class="tf-quiet" role="status"></p>'
    body = pages.page(slug, alone=True) + score + pages.element(references)
    return Made(title, about, body, told)


def questions(slug: str) -> dict[str, Any]:
    """Return a lesson's questions for ``web/asked.js``: their keys, and their words as HTML."""
    text, words = state.reader().numbers.text, library.question_words(state.reader().language.code, slug)
    out = {}
    for key, facts in library.questions(slug).items():
        said = words[key]
        texts = {one: prose(line) for one, line in (said.left if facts.kind == "match" else said.options).items()}
        if facts.kind == "number" and said.unit:
            texts = {"unit": " ".join((_("Your number"), f"({text(said.unit)})"))}
        out[key] = {
            "kind": facts.kind, "options": facts.options, "right": facts.right, "pairs": facts.pairs, "answer": facts.answer,
            "form": facts.form, "tolerance": facts.tolerance, "traps": facts.traps, "texts": texts,
            "others": {one: prose(line) for one, line in said.right.items()} if facts.kind == "match" else {},
            "replies": {one: prose(line) for one, line in said.replies.items()}, "hints": [prose(one) for one in said.hints],
        }  # fmt: skip
    return out


def words() -> dict[str, Any]:
    """Return what the script says, whatever the page is."""
    numbers = state.reader().numbers
    high = {"count": numbers.count_field(1e12), "percent": numbers.percent_field(1e12)}
    whys = {code: why_not(code, "%(given)s") for code in CODES}
    whys |= {
        f"out-of-range-{kind}": why_not("out-of-range", "%(given)s", numbers.count_field(0), top)
        for kind, top in high.items()
    }
    return {
        "lang": state.reader().language.code,
        "signs": numbers.signs(),
        "whyNot": whys,
        "hand": {"whyNot": whys},
        "hands": {},
        "questions": {},
        "words": {
            "check": _("Check the answer"), "hint": _("A hint"), "hintIs": _("Hint:"), "right": _("Right."),
            "notYet": _("Not yet."), "numberFirst": _("Type a number first."), "choose": _("choose"),
            "number": _("Your number"), "print": _("Print"),
            "answerFirst": _("Choose an answer first; in an order, each item stands once."), "place": _("Place %(number)s"),
        },
        "plurals": {
            "missed": plural("%(n)s right answer is still missing.", "%(n)s right answers are still missing."),
            "places": plural("%(n)s item is not in its place.", "%(n)s items are not in their places."),
            "score": plural(
                "%(n)s of %(all)s questions was right at the first try.",
                "%(n)s of %(all)s questions were right at the first try.",
            ),
        },
    }  # fmt: skip


# --- the file itself ----------------------------------------------------------------------------------------------------


def written(made: Made, link: str = "") -> bytes:
    """Return the file, for who is reading; ``link`` is the page's address on a site, where it has one."""
    reader, site = state.reader(), link.split("?")[0].rpartition("/")[0]
    script = bundle("travel")
    told = json.dumps(words() | made.told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'; "
        f"script-src '{_hash(script)}'"
    )
    foot = _foot(link, site)
    without = escape(
        _("Everything to read stands in this file. Where it opens without scripts, nothing can be moved or checked.")
    )
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{reader.language.code}" dir="{reader.language.direction}" ',
            f'data-digits="{reader.digits}">',
            f'<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<title>{escape(made.title)}</title><meta name="description" content="{escape(made.about)}">',
            f'<style>{_style(reader.rtl)}</style></head><body><div id="rtl-still" class="stApp tf-file"><main>',
            _travelling(made.body, site),
            f'<p class="tf-quiet tf-without">{without}</p><p data-print></p>{foot}</main></div>',
            f'<script type="application/json" id="tf-told">{told}</script><script>{script}</script></body></html>\n',
        )
    ).encode()


def _hash(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _foot(link: str, site: str) -> str:
    app = escape(_("Two Funnels"))
    where = (
        f' · <a href="{escape(link)}"><bdi dir="ltr">{escape(site)}</bdi></a>'
        if link.startswith(("http://", "https://"))
        else ""
    )
    return f'<footer class="tf-file-foot tf-quiet">{app}{where}</footer>'


def _travelling(body: str, site: str) -> str:
    """Return HTML whose links to other pages lead to the site, if there is one, or are plain text."""
    ids = set(re.findall(r'\bid="([^"]+)"', body))

    def lead(hit: re.Match[str]) -> str:
        before, href, after, inside = hit.groups()
        anchor = href.rpartition("#")[2] if "#" in href else ""
        if anchor in ids:
            return f'<a {before}href="#{anchor}"{after}>{inside}</a>'
        if site.startswith(("http://", "https://")):
            return f'<a {before}href="{escape(site)}/{href.removeprefix("./")}"{after}>{inside}</a>'
        return f"<span>{inside}</span>"

    return _LINK.sub(lead, body)


@cache
def _style(rtl: bool) -> str:
    """Return the stylesheet with the fonts in it: the letters that a left-to-right page lacks stay out."""
    faces = (ROOT / "rtl" / "rtl.css").read_text("utf-8").split("@font-face")[1:3]
    chosen = faces if rtl else faces[:1]
    fonts = "".join(f"@font-face{_FACE.sub(_font, face)}" for face in chosen)
    digits = "[data-digits=arabext] ol { list-style-type: persian; } [data-digits=arab] ol { list-style-type: arabic-indic; }"
    return _packed(fonts + digits + web.stylesheet() + (Path(__file__).parent / "file.css").read_text("utf-8"))


def _font(hit: re.Match[str]) -> str:
    data = base64.b64encode((ROOT / "static" / f"{hit[1]}.woff2").read_bytes()).decode()
    return f"url(data:font/woff2;base64,{data})"


#: Rules of the app that nothing in a file answers to.
_ONLY_APP = re.compile(r"st-key-(?!figure)|data-testid|\.stVega|\.stButton|\.stSlider|data-baseweb|stRadio|stSelect")


def _packed(css: str) -> str:
    """Return a stylesheet without comments and without one-line rules that are for Streamlit's elements alone."""
    kept: Iterable[str] = (
        line for line in re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).splitlines()
        if not (line.startswith((".st", "[data")) and line.count("{") == 1 and line.endswith("}") and _ONLY_APP.search(line))
    )  # fmt: skip
    return "\n".join(line.strip() for line in kept if line.strip())
