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
from course.sums import in_marked, in_sums
from course.text import SOURCE, TERM
from i18n.languages import content_root
from i18n.numbers import Numbers
from ui import navigation, state
from ui.learn.glossary import anchor
from ui.text import _, escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
# A term is a <details>, which may not stand in a <p>: the browser would close the paragraph before it.
_PARAGRAPH = re.compile(r"<(/?)p>")
# Markdown wants "1." for a numbered list; its numbers are then drawn in the reader's digits.
_MARKERS = {"arabext": "persian", "arab": "arabic-indic"}


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

    def sum_(said: str) -> str:
        """Keep a sum together as a left-to-right island."""
        shown = in_marked(escape(numbers.text(said)), lambda marked: f'<bdi dir="rtl">{marked}</bdi>')
        return keep(f'<bdi class="tf-sum" dir="ltr">{shown}</bdi>')

    def term(hit: re.Match) -> str:
        """Keep a term, as the text puts it or else as the glossary does."""
        key, written = hit.groups()
        found = library.glossary(code).get(key)
        if found is None:
            return keep(escape(numbers.text(written or key)))
        return keep(explained(key, escape(numbers.text(written or found.term))))

    text = TERM.sub(term, text)
    text = SOURCE.sub(lambda hit: keep(_source(hit[1], hit[2])), text)
    text = in_sums(text, sum_)
    html = _PARAGRAPH.sub(
        lambda hit: f"<{hit[1]}div>" if hit[1] else '<div class="tf-p">', _MARKDOWN.render(numbers.text(text))
    )
    if marker := _MARKERS.get(numbers.digits):
        html = html.replace("<ol>", f'<ol style="list-style-type:{marker}">')
    html = html.replace("<table>", '<div class="tf-scroll" role="group" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    html = html.replace("<th></th>", "<td></td>")  # a corner that heads nothing
    return re.sub("\ue000(.)\ue001", lambda hit: marks[ord(hit[1]) - 0xE100], html)


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
