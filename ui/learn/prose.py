"""A lesson's Markdown as HTML of ours: terms that explain themselves, sources with their certainty, the reader's digits.

Markup in the text stays text (a translator's file is not trusted with elements). Each piece is made once for a language and
digit set and kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

from markdown_it import MarkdownIt

from course import library
from course.text import SOURCE, TERM
from i18n.languages import content_root
from i18n.numbers import Numbers
from ui import navigation, state
from ui.blocks import islands
from ui.learn.glossary import anchor
from ui.text import _, escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
# A term is a <details>, which may not stand in a <p>: the browser would close the paragraph before it.
_PARAGRAPH = re.compile(r"<(/?)p>")
# Markdown wants "1." for a numbered list; its numbers are then drawn in the reader's digits.
_MARKERS = {"arabext": "persian", "arab": "arabic-indic"}


_TABLE = re.compile(r"<table>.*?</table>", re.S)
_ROW, _CELL = re.compile(r"<tr>.*?</tr>", re.S), re.compile(r"<(t[hd])((?: style=[^>]*)?)>(.*?)</t[hd]>", re.S)
_NUMBER = re.compile(r"(?:&[a-z]+;|[^\w\s])*\d[\d.,٫٬]*(?:[^\w\s]|\s·\s)*")


def _numbers_marked(table: str) -> str:
    """Return a table whose columns of numbers are marked, so that units stand under units."""
    body = [_CELL.findall(row) for row in _ROW.findall(table)[1:]]
    wide = max(map(len, body), default=0)
    columns = {
        i for i in range(wide)
        if (found := [row[i][2] for row in body if len(row) > i and row[i][2].strip()]) and all(map(_NUMBER.fullmatch, found))
    }  # fmt: skip

    def marked(row: re.Match[str]) -> str:
        cells = (cell for cell in range(wide + 1))
        return _CELL.sub(
            lambda hit: f'<{hit[1]} class="tf-number">{hit[3]}</{hit[1]}>' if next(cells) in columns else hit[0], row[0]
        )

    return _ROW.sub(marked, table)


def certainty(kind: str) -> str:
    """Return the word for how sure a claim is."""
    names = {
        "documented": _("documented"),
        "reported": _("reported"),
        "traditional": _("traditional"),
        "disputed": _("disputed"),
        "rule-of-thumb": _("a rule of thumb"),
        "derived": _("derived"),
    }
    return names.get(kind, kind)


def prose(text: str) -> str:
    """Return running text as HTML in the reader's language and digits."""
    reader = state.reader()
    return _kept(str(content_root()), reader.language.code, reader.numbers, text)


def prose_on_paper(text: str, noted: Callable[[str], str] = lambda _term: "") -> str:
    """Return running text as HTML whose terms do not open; ``noted`` makes of a term's id what stands behind the term."""
    reader = state.reader()
    return _html(reader.language.code, reader.numbers, text, lambda term, shown: shown + noted(term))


@lru_cache(maxsize=2048)
def _kept(_root: str, code: str, numbers: Numbers, text: str) -> str:
    return _html(code, numbers, text, partial(_opening, code, numbers))


def _html(code: str, numbers: Numbers, text: str, explained: Callable[[str, str], str]) -> str:
    """Return running text as HTML; ``explained`` makes a term's HTML of its id and of how it is shown."""
    marks: list[str] = []

    def keep(made: str) -> str:
        """Put HTML aside, so that neither Markdown nor the digits touch it."""
        marks.append(made)
        return f"\ue000{chr(0xE100 + len(marks) - 1)}\ue001"

    def term(hit: re.Match) -> str:
        """Keep a term, as the text puts it or else as the glossary does."""
        key, written = hit.groups()
        found = library.glossary(code).get(key)
        if found is None:
            return keep(escape(numbers.text(written or key)))
        return keep(explained(key, escape(numbers.text(written or found.term))))

    text = TERM.sub(term, text)
    text = SOURCE.sub(lambda hit: keep(_source(hit[1], hit[2])), text)
    html = _PARAGRAPH.sub(
        lambda hit: f"<{hit[1]}div>" if hit[1] else '<div class="tf-p">', _MARKDOWN.render(numbers.text(text))
    )
    if marker := _MARKERS.get(numbers.digits):
        html = html.replace("<ol>", f'<ol style="list-style-type:{marker}">')
    html = _TABLE.sub(lambda hit: _numbers_marked(hit[0]), html)
    html = html.replace("<table>", '<div class="tf-scroll" role="group" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    html = html.replace("<th></th>", "<td></td>")  # a corner that heads nothing
    return islands(re.sub("\ue000(.)\ue001", lambda hit: marks[ord(hit[1]) - 0xE100], html))


def _opening(code: str, numbers: Numbers, key: str, shown: str) -> str:
    """Return a term that opens its definition; the term in it leads to the glossary."""
    found = library.glossary(code)[key]
    told = escape(numbers.text(found.definition))
    return (
        f'<details class="tf-term" name="term"><summary>{shown}</summary>'
        f'<span class="tf-told"><b>{navigation.link("glossary", found.term, anchor(key))}</b> {told}</span></details>'
    )


def _source(keys: str, kind: str) -> str:
    """Return the links to a claim's sources, the first with how sure the claim is."""
    word, links, sure = escape(_("Source")), [], f"{escape(certainty(kind))} "
    for key in (escape(each.strip()) for each in keys.split(",")):
        to = navigation.to("sources", anchor=key)
        links.append(f'<a class="tf-source" {to} title="{word} {key}">{sure}<bdi dir="ltr">{key}</bdi></a>')
        sure = ""
    return f" {' '.join(links)}"
