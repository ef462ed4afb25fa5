"""A judgement in a figure: a word for the verdict (never colour alone), and why."""

from __future__ import annotations

from ui.figures.kit import said
from ui.learn.prose import prose

SIGNS = {"right": "✓", "wrong": "✕", "depends": "◐"}


def judgement(verdict: str, word: str, text: str, about: str = "", tag: str = "li") -> str:
    """Return one judgement as HTML: ``verdict`` is a key of SIGNS, ``word`` its name, ``text`` running text with marks.

    ``about`` says what is judged and stands before it.
    """
    head = f"<b>{said(about)}</b> " if about else ""
    sign = f'<span aria-hidden="true">{SIGNS[verdict]}</span> {said(word)}'
    return (
        f'<{tag} class="tf-judged tf-judged-{verdict}"><div class="tf-judged-head">{head}'
        f'<span class="tf-verdict">{sign}</span></div>{prose(text)}</{tag}>'
    )
