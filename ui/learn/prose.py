"""A lesson's Markdown as HTML of ours: terms that explain themselves, sources with their certainty, the reader's digits.

Markup in the text stays text (a translator's file is not trusted with elements). Each piece is made once for a language and
digit set and kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt

from course import library
from course.text import SOURCE, TERM
from i18n.languages import content_root
from i18n.numbers import Numbers
from ui import state
from ui.text import _, escape

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
# A term is a <details>, which may not stand in a <p>: the browser would close the paragraph before it.
_PARAGRAPH = re.compile(r"<(/?)p>")
# Markdown wants "1." for a numbered list; its numbers are then drawn in the reader's digits.
_MARKERS = {"arabext": "persian", "arab": "arabic-indic"}
# A sum in figures reads from the left in every language: "403 ÷ 1,152 = 35%".
_FIGURE = r"\(*\d+(?:[.,]\d+)*%?\)*"
_SUM = re.compile(rf"(?<![\w.]){_FIGURE}(?:\s[÷×+−=≈]\s{_FIGURE})+")
_MARKED = re.compile(r"\u061c[^\s()]+")


def certainty(kind: str) -> str:
    """Return the word for how sure a claim is."""
    names = {
        "documented": _("documented"),
        "traditional": _("traditional"),
        "disputed": _("disputed"),
        "rule-of-thumb": _("a rule of thumb"),
        "derived": _("derived"),
    }
    return names.get(kind, kind)


def prose(text: str) -> str:
    """Return running text as HTML in the reader's language and digits."""
    reader = state.reader()
    kinds = tuple(
        (kind, certainty(kind)) for kind in ("documented", "traditional", "disputed", "rule-of-thumb", "derived")
    )
    return _html(str(content_root()), reader.language.code, reader.numbers, text, kinds, _("Source"))


@lru_cache(maxsize=2048)
def _html(_root: str, code: str, numbers: Numbers, text: str, kinds: tuple[tuple[str, str], ...], source: str) -> str:
    marks: list[str] = []

    def keep(made: str) -> str:
        """Put HTML aside, so that neither Markdown nor the digits touch it."""
        marks.append(made)
        return f"\ue000{chr(0xE100 + len(marks) - 1)}\ue001"

    def term(hit: re.Match) -> str:
        shown = hit[2] or library.glossary(code)[hit[1]].term if hit[1] in library.glossary(code) else hit[2] or hit[1]
        return keep(_term(code, numbers, hit[1], shown))

    def sum_(hit: re.Match) -> str:
        """Keep a sum together as a left-to-right island; a bracket whose partner stands outside stays outside."""
        said, before, after = hit[0], "", ""
        while said.count("(") > said.count(")") and said.startswith("("):
            before, said = before + "(", said[1:]
        while said.count(")") > said.count("(") and said.endswith(")"):
            after, said = after + ")", said[:-1]
        if said.count("(") != said.count(")"):
            return hit[0]
        # a percentage brings its own letter mark (U+061C): kept to itself, so that it cannot turn the sum around
        shown = _MARKED.sub(r'<bdi dir="rtl">\g<0></bdi>', escape(numbers.text(said)))
        return before + keep(f'<bdi class="tf-sum" dir="ltr">{shown}</bdi>') + after

    words = dict(kinds)
    text = TERM.sub(term, text)
    text = SOURCE.sub(lambda hit: keep(_source(hit[1], words.get(hit[2], hit[2]), source)), text)
    text = _SUM.sub(sum_, text)
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


def _term(code: str, numbers: Numbers, key: str, shown: str) -> str:
    found = library.glossary(code).get(key)
    if found is None:
        return escape(numbers.text(shown))
    told = escape(numbers.text(found.definition))
    return (
        f'<details class="tf-term" name="term"><summary>{escape(numbers.text(shown))}</summary>'
        f'<span class="tf-told"><b>{escape(found.term)}</b> {told}</span></details>'
    )


def _source(keys: str, kind: str, word: str) -> str:
    keys = ", ".join(key.strip() for key in keys.split(","))
    first = keys.split(",")[0]
    return (
        f' <a class="tf-source" href="sources#{first}" title="{escape(word)} {escape(keys)}">{escape(kind)} '
        f'<bdi dir="ltr">{escape(keys)}</bdi></a>'
    )
