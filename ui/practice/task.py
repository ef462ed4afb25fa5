"""One exercise on the page: what is given, the field or the choices, hints, what is said to the answer, the worked solution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import streamlit as st

from course import drills
from course.drills.grading import FREE, Grade, grade, typed
from course.drills.kinds import Task
from course.drills.telling import Teller, Told
from course.session import Item
from i18n.languages import content_root
from i18n.numbers import NumberError, Numbers
from ui import navigation, state
from ui.inputs import why_not
from ui.learn.prose import prose
from ui.practice.figures import bars
from ui.text import _, escape, label, ngettext

_TRIES = 2  # then the way is shown


@dataclass(frozen=True)
class Tried:
    """What has happened with a task: hints taken, the last grade, how the first try went, whether the way is shown."""

    hints: int = 0
    grade: Grade | None = None
    given: float | None = None
    error: tuple[str, str] | None = None
    first: str = ""
    tries: int = 0
    slipped: bool = False
    shown: bool = False

    @property
    def over(self) -> bool:
        """Say whether nothing more is asked."""
        return self.shown or bool(self.grade and self.grade.right)


def tried(item: Item) -> Tried:
    """Return what has happened with a task in this session."""
    return state.noted(f"practice-{item.key}", Tried())


def _note(item: Item, now: Tried) -> None:
    state.note(f"practice-{item.key}", now)


@lru_cache(maxsize=512)
def _task(skill: str, seed: int) -> Task:
    return drills.task(skill, seed)


@lru_cache(maxsize=512)
def _told(_root: str, code: str, numbers: Numbers, skill: str, seed: int) -> Told:
    return Teller(code, numbers).told(_task(skill, seed))


def told(item: Item) -> tuple[Task, Told]:
    """Return a task and its words for whoever reads."""
    reader = state.reader()
    return _task(item.skill, item.seed), _told(
        str(content_root()), reader.language.code, reader.numbers, item.skill, item.seed
    )


def draw(item: Item, done: Callable[[Item, str], None], onward: Callable[[], None], last: bool) -> None:
    """Draw a task. ``done`` is told once how the first try went (as ``course.memory.asked`` has it); ``onward`` goes on."""
    task, words = told(item)
    now = tried(item)
    st.html(f'{_given(task, words)}<div class="tf-ask tf-prose">{prose(words.ask)}</div>')
    base = f"practice-{item.key}-{state.reader().key}"
    _ask(task, words, base)
    with st.container(horizontal=True, key=f"practice-buttons-{item.key}"):
        if not now.over:
            st.button(
                _("Check the answer"),
                key=f"check-{item.key}",
                type="primary",
                on_click=_check,
                args=(item, base, done),
            )
            if now.hints < len(words.hints):
                st.button(
                    _("A hint"),
                    key=f"hint-{item.key}",
                    icon=":material/lightbulb:",
                    on_click=_hint,
                    args=(item,),
                )
            skip = _("Show me the way") if now.first else _("I do not know yet")
            st.button(skip, key=f"skip-{item.key}", on_click=_skip, args=(item, done))
        st.button(
            _("Finish") if last else _("Next task"),
            key=f"next-{item.key}",
            type="primary" if now.over else "secondary",
            on_click=onward,
        )
    st.html(_said(task, words, now) + state.progress_marker())


def _hint(item: Item) -> None:
    now = tried(item)
    _note(item, replace(now, hints=now.hints + 1))


def _skip(item: Item, done: Callable[[Item, str], None]) -> None:
    """Show the way; it counts as not known, yet takes no level."""
    now = tried(item)
    if not now.first:
        done(item, "skipped")
    _note(item, replace(now, shown=True, first=now.first or "skipped", error=None))


def _check(item: Item, base: str, done: Callable[[Item, str], None]) -> None:
    """Grade what was answered; what is not yet an answer, or is nearly right, is asked back and costs no try."""
    (task, words), now = told(item), tried(item)
    answer, given = _answer(task, words, base), None
    if task.kind == "number":
        try:
            given = answer = typed(task, answer or "")
        except NumberError as error:
            _note(item, replace(now, error=(error.code, error.given), grade=None))
            return
    elif answer is None or answer == []:
        _note(item, replace(now, error=("no-answer", ""), grade=None))
        return
    found = grade(task, answer)
    free = found.code in FREE and not (now.slipped and found.code in ("slip", "rial"))
    after = replace(now, grade=found, given=given, error=None, slipped=now.slipped or found.code in FREE)
    if not free:
        if not now.first:
            how = ("hard" if now.hints or now.slipped else "good") if found.right else "again"
            after = replace(after, first=how)
            done(item, how)
        tries = now.tries + 1
        after = replace(after, tries=tries, shown=now.shown or (not found.right and tries >= _TRIES))
    _note(item, after)


# --- what is given, and what is asked for -----------------------------------------------------------------------------


def _plain(text: str) -> str:
    return escape(state.reader().numbers.text(text))


def _given(task: Task, words: Told) -> str:
    """Return the facts as HTML: the business, and a table; where a bar is pulled, the bars."""
    title = f'<h2 class="tf-drill">{_plain(words.title)}</h2>'
    if not words.rows or (task.kind == "mark" and task.unit == "count"):  # the bars say the same
        return f'{title}<p class="tf-quiet">{_plain(words.business)}</p>' if words.business else title
    head = ""
    if words.columns:
        cells = "".join(f'<th scope="col">{_plain(one)}</th>' for one in words.columns)
        head = f"<thead><tr><td></td>{cells}</tr></thead>"
    body = "".join(
        f'<tr><th scope="row">{_plain(row[0])}</th>{"".join(f"<td>{_plain(one)}</td>" for one in row[1:])}</tr>'
        for row in words.rows
    )
    caption = f"<caption>{_plain(words.business)}</caption>" if words.business else ""
    return f'{title}<div class="tf-scroll"><table class="tf-table tf-given">{caption}{head}<tbody>{body}</tbody></table></div>'


def _answer(task: Task, words: Told, base: str) -> Any:
    """Return the answer as it stands in the field or the choices; None while it is not complete."""
    if task.kind in ("number", "choose", "mark"):
        return state.shown(base)
    if task.kind == "many":
        return [one for one in words.options if state.shown(f"{base}-{one}")]
    if task.kind == "order":
        chosen = [state.shown(f"{base}-{i}") for i in range(len(words.options))]
        return chosen if len(set(chosen) - {None}) == len(chosen) else None
    pairs = {card: state.shown(f"{base}-{card}") for card in words.options}
    return pairs if None not in pairs.values() else None


def _ask(task: Task, words: Told, base: str) -> None:
    """Draw the field or the choices."""
    numbers = state.reader().numbers

    def shown(text: str) -> str:
        return label(numbers.text(text))

    def option(one: str) -> str:
        return shown(words.options[one])

    if task.kind == "number":
        unit = numbers.percent_sign if words.unit == "%" else numbers.text(words.unit)
        st.text_input(label(_("Your number") + (f" ({unit})" if unit else "")), key=base, autocomplete="off")
    elif task.kind == "mark":
        bars(task, words, base)
    elif task.kind == "choose":
        st.radio(_("One answer is right"), list(words.options), index=None, key=base, format_func=option)
    elif task.kind == "many":
        st.caption(_("More than one answer can be right"))
        for one in words.options:
            st.checkbox(option(one), key=f"{base}-{one}")
    elif task.kind == "order":
        st.caption(_("Choose what comes first, then what follows"))
        for i in range(len(words.options)):
            st.selectbox(
                _("Place %(number)s") % {"number": numbers.count(i + 1)},
                list(words.options),
                index=None,
                key=f"{base}-{i}",
                format_func=lambda one: numbers.text(words.options[one]),
                placeholder=_("choose"),
            )
    else:
        for card in words.options:
            st.radio(
                option(card),
                list(words.bins),
                index=None,
                key=f"{base}-{card}",
                horizontal=True,
                format_func=lambda one: shown(words.bins[one]),
            )


# --- what is said -------------------------------------------------------------------------------------------------


def _said(task: Task, words: Told, now: Tried) -> str:
    """Return hints, what is said to the answer, and the worked solution as HTML."""
    title = escape(_("Hint:"))
    out = [f'<div class="tf-hint"><b>{title}</b> {prose(hint)}</div>' for hint in words.hints[: now.hints]]
    if now.error:
        first = {
            "empty": _("Type a number first."),
            "no-answer": _("Choose an answer first; in an order, each item stands once."),
        }
        code, given = now.error
        out.append(
            f'<p class="tf-field-error" role="alert">{escape(first[code]) if code in first else why_not(code, given)}</p>'
        )
    if now.grade is not None:
        tone = "tf-right" if now.grade.right else "tf-wrong"
        out.append(f'<div class="tf-reply {tone}" role="status">{_reply(task, now)}</div>')
    if now.over:
        out.append(_solution(task, words))
    return "".join(out)


def _reply(task: Task, now: Tried) -> str:
    """Return what is said to an answer, with the learner's own number."""
    found, reader = now.grade, state.reader()
    assert found is not None
    verdict = _("Right.") if found.right else _("Not yet.")
    if found.right:
        return f"<b>{escape(verdict)}</b>"
    asked_back = {
        "digit": _("The right way. One more digit is asked for."),
        "fraction": _("That looks like a fraction. The answer is asked for in percent."),
        "slip": _("The digits are right, but the decimal point has slipped."),
        "rial": _("Ten times as much: rial instead of toman?"),
        "close": _("Nearly. Pull once more."),
    }
    if found.code in asked_back:
        return f"<b>{escape(verdict)}</b> {prose(asked_back[found.code])}"
    teller = Teller(reader.language.code, reader.numbers)
    said = "".join(prose(text) for key in found.replies if (text := teller.reply(task, key, now.given)))
    return f"<b>{escape(verdict)}</b> {said}{_more(found)}"


def _more(found: Grade) -> str:
    numbers = state.reader().numbers
    out = []
    if found.missed:
        said = ngettext("%(n)s right answer is still missing.", "%(n)s right answers are still missing.", found.missed)
        out.append(escape(said) % {"n": numbers.count(found.missed)})
    if found.places:
        n = len(found.places)
        said = ngettext("%(n)s item is not in its place.", "%(n)s items are not in their places.", n)
        out.append(escape(said) % {"n": numbers.count(n)})
    return "".join(f"<p>{one}</p>" for one in out)


def _solution(task: Task, words: Told) -> str:
    """Return the worked solution: line by line, the answer, and the calculator with the same numbers."""
    lines = "".join(f"<li>{_plain(line.label)}: {_sum(line.sum)}</li>" for line in words.lines)
    out = f'<ol class="tf-way">{lines}</ol>' if lines else ""
    if words.solution:
        out += prose(words.solution)
    answer = words.answer or _answer_in_words(task, words)
    if answer and not words.solution:
        shown = escape(_("Answer: %(answer)s")) % {"answer": f"<b>{_plain(answer)}</b>"}
        out += f'<div class="tf-p">{shown}</div>'
    if task.opens:
        opens = _("Open these numbers in the calculator")
        out += f"<p>{navigation.beside(*task.opens, opens)}</p>"
    return f'<div class="tf-solution">{out}</div>'


def _sum(text: str) -> str:
    """Return a sum as an island from the left, powers raised."""
    base = prose(text.replace("^", " ^ ")) if "^" not in text and "<" not in text else ""
    if base:
        return base.replace('<div class="tf-p">', "").replace("</div>", "")
    raised = []
    for i, part in enumerate(text.split("^")):
        digits = len(part) - len(part.lstrip("0123456789"))
        raised.append(_plain(part) if not i else f"<sup>{_plain(part[:digits])}</sup>{_plain(part[digits:])}")
    return f'<bdi class="tf-sum" dir="ltr">{"".join(raised)}</bdi>'


def _answer_in_words(task: Task, words: Told) -> str:
    if task.kind == "choose":
        return words.options[task.answer]
    if task.kind == "many":
        return " · ".join(words.options[one].partition(":")[0] for one in words.options if one in task.answer)
    if task.kind == "order":
        return " · ".join(words.options[one] for one in task.answer)
    if task.kind == "match":
        return " · ".join(f"{text}: {words.bins[task.answer[card]]}" for card, text in words.options.items())
    return ""
