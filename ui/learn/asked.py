"""A lesson's questions as they stand on paper and on the projector: what is asked, and what is right. Nothing to click."""

from __future__ import annotations

from collections.abc import Iterable

from course.schemas import Question, QuestionWords
from ui import state
from ui.learn.prose import prose
from ui.text import _, escape


def question(facts: Question, words: QuestionWords) -> str:
    """Return a question with what can be chosen, as HTML."""
    return f'<div class="tf-ask tf-prose">{prose(words.ask)}</div>{_choices(facts, words)}'


def answer(facts: Question, words: QuestionWords) -> str:
    """Return the right answer and how it is found, as HTML."""
    return f'{_truth(facts, words)}<div class="tf-solution">{prose(words.solution)}</div>'


def _list(texts: Iterable[str], kind: str) -> str:
    return f'<ul class="tf-asked tf-{kind}">{"".join(f"<li>{prose(one)}</li>" for one in texts)}</ul>'


def _choices(facts: Question, words: QuestionWords) -> str:
    if facts.kind in ("single", "multiple"):
        how = _("One answer is right") if facts.kind == "single" else _("More than one answer can be right")
        offered = _list((words.options[one] for one in facts.options), facts.kind)
    elif facts.kind == "order":
        how = _("Put these in order")
        offered = _list((words.options[one] for one in sorted(facts.options)), "order")
    elif facts.kind == "match":
        how = _("What belongs together?")
        left = _list((words.left[one] for one in facts.pairs), "match")
        right = _list((words.right[one] for one in sorted(set(facts.pairs.values()))), "offered")
        offered = f'<div class="tf-pairs">{left}{right}</div>'
    else:
        how = _("Your number")
        unit = f" ({escape(state.reader().numbers.text(words.unit))})" if words.unit else ""
        return f'<p class="tf-quiet tf-number">{escape(how)}{unit}</p>'
    return f'<p class="tf-quiet">{escape(how)}</p>{offered}'


def _truth(facts: Question, words: QuestionWords) -> str:
    """Return what is right; a number stands in the solution, rounded as it should be."""
    if facts.kind in ("single", "multiple"):
        inside = _list((words.options[one] for one in facts.right), "right")
    elif facts.kind == "order":
        inside = prose("\n".join(f"{i}. {words.options[one]}" for i, one in enumerate(facts.options, 1)))
    elif facts.kind == "match":
        rows = "".join(
            f"<tr><td>{prose(words.left[one])}</td><td>{prose(words.right[other])}</td></tr>"
            for one, other in facts.pairs.items()
        )
        inside = f"<table><tbody>{rows}</tbody></table>"
    else:
        return ""
    return f'<div class="tf-truth">{inside}</div>'
