"""Questions one at a time, with hints step by step and a reply to each misconception: the check at a lesson's end, and, where it
begins, two questions of earlier lessons, which leave the progress as it is."""

from __future__ import annotations

import streamlit as st

from course import library
from course.marking import Mark, mark
from course.schemas import Question, QuestionWords
from i18n.numbers import NumberError, parse
from ui import navigation, state
from ui.inputs import PARSED_AS, why_not
from ui.learn.prose import prose
from ui.text import _, escape, label, ngettext


def check(slug: str) -> None:
    """Draw a lesson's questions, one after the other."""
    asked = library.questions(slug)
    if asked:
        _one(slug, tuple((slug, key) for key in asked))


def before(slug: str) -> None:
    """Draw the questions of earlier lessons with which a lesson begins."""
    asked = tuple((lesson, key) for lesson, key in (one.split("/") for one in library.lesson(slug).before))
    if asked:
        with st.container(border=True, key=f"before-{slug}-box"):
            title = _("Before you begin: do you still know it?")
            st.html(f'<h2 class="tf-before">{escape(title)}</h2>')
            _one(f"before-{slug}", asked)


def _key(slug: str, name: str) -> str:
    return f"quiz-{slug}-{name}"


@st.fragment
def _one(slug: str, keys: tuple[tuple[str, str], ...]) -> None:
    """Draw the present question of (lesson, id), what was answered, and the way to the next. ``slug`` names the place."""
    at = min(state.noted(_key(slug, "at"), 0), len(keys))
    numbers = state.reader().numbers
    if at == len(keys):
        _end(slug, keys)
        return
    lesson, key = keys[at]
    facts, words = library.questions(lesson)[key], library.question_words(state.reader().language.code, lesson)[key]
    if lesson != slug:
        key = f"{lesson}-{key}"
    place = _("Question %(number)s of %(all)s") % {"number": numbers.count(at + 1), "all": numbers.count(len(keys))}
    if lesson != slug:
        place += " · " + _("from lesson %(number)s") % {"number": numbers.count(library.number(lesson))}
    st.html(f'<p class="tf-quiet">{escape(place)}</p><div class="tf-ask tf-prose">{prose(words.ask)}</div>')
    answer = _ask(slug, key, facts, words)
    with st.container(horizontal=True, key=f"quiz-{slug}-buttons"):
        if st.button(_("Check the answer"), key=f"{slug}-{key}-check", type="primary"):
            _mark(slug, at, key, facts, answer, counts=lesson == slug)
        hints = state.noted(_key(slug, f"{key}-hints"), 0)
        if hints < len(words.hints) and st.button(_("A hint"), key=f"{slug}-{key}-hint", icon=":material/lightbulb:"):
            hints += 1
            state.note(_key(slug, f"{key}-hints"), hints)
        tried = state.noted(_key(slug, f"{key}-mark"))
        if tried is not None and st.button(_("Show the solution"), key=f"{slug}-{key}-solve"):
            state.note(_key(slug, f"{key}-solved"), True)
        st.button(
            _("Finish") if at + 1 == len(keys) else _("Next question"),
            key=f"{slug}-{key}-next",
            on_click=state.note,
            args=(_key(slug, "at"), at + 1),
        )
    st.html(_said(slug, key, facts, words, hints) + state.progress_marker())


def _ask(slug: str, key: str, facts: Question, words: QuestionWords):
    """Draw the widgets of a question; return the answer as it stands, None while it is not complete."""
    numbers = state.reader().numbers
    base = f"{slug}-{key}-{state.reader().key}"

    def shown(text: str) -> str:
        return label(numbers.text(text))

    if facts.kind == "single":
        return st.radio(
            _("One answer is right"),
            facts.options,
            index=None,
            key=base,
            format_func=lambda one: shown(words.options[one]),
        )
    if facts.kind == "multiple":
        st.caption(_("More than one answer can be right"))
        return [one for one in facts.options if st.checkbox(shown(words.options[one]), key=f"{base}-{one}")]
    if facts.kind == "order":
        offered = sorted(facts.options)
        st.caption(_("Choose what comes first, then what follows"))
        chosen = [
            st.selectbox(
                _("Place %(number)s") % {"number": numbers.count(i + 1)}, offered, index=None, key=f"{base}-{i}",
                format_func=lambda one: numbers.text(words.options[one]), placeholder=_("choose"),
            )
            for i in range(len(offered))
        ]  # fmt: skip
        return chosen if set(chosen) == set(offered) else None
    if facts.kind == "match":
        offered = sorted(set(facts.pairs.values()))
        pairs = {
            left: st.selectbox(
                shown(words.left[left]), offered, index=None, key=f"{base}-{left}", placeholder=_("choose"),
                format_func=lambda one: numbers.text(words.right[one]),
            )
            for left in facts.pairs
        }  # fmt: skip
        return pairs if None not in pairs.values() else None
    unit = f" ({numbers.text(words.unit)})" if words.unit else ""
    return st.text_input(label(_("Your number") + unit), key=base, autocomplete="off")


def _mark(slug: str, at: int, key: str, facts: Question, answer, *, counts: bool) -> None:
    """Mark an answer and, if it counts, remember the first try; what is not yet an answer gets a sentence."""
    if facts.kind == "number":
        try:
            answer = parse(answer or "", PARSED_AS.get(facts.form, facts.form))
        except NumberError as error:
            state.note(_key(slug, f"{key}-error"), (error.code, error.given))
            return
    elif not answer:
        state.note(_key(slug, f"{key}-error"), ("no-answer", ""))
        return
    found = mark(facts, answer)
    state.note(_key(slug, f"{key}-error"), None)
    state.note(_key(slug, f"{key}-mark"), found)
    if counts:
        state.keep_progress(state.progress().answered(library.number(slug), at, found.right))


def _why_none(code: str, given: str) -> str:
    """Say as HTML why what was given is no answer yet."""
    first = {
        "empty": _("Type a number first."),
        "no-answer": _("Choose an answer first; in an order, each item stands once."),
    }
    return escape(first[code]) if code in first else why_not(code, given)


def _said(slug: str, key: str, facts: Question, words: QuestionWords, hints: int) -> str:
    """Return hints, the verdict, the replies and the solution as HTML."""
    title = escape(_("Hint:"))
    out = [f'<div class="tf-hint"><b>{title}</b> {prose(hint)}</div>' for hint in words.hints[:hints]]
    if error := state.noted(_key(slug, f"{key}-error")):
        out.append(f'<p class="tf-field-error" role="alert">{_why_none(*error)}</p>')
    found: Mark | None = state.noted(_key(slug, f"{key}-mark"))
    if found is not None:
        verdict = escape(_("Right.") if found.right else _("Not yet."))
        replies = "".join(prose(words.replies[one]) for one in found.replies if one in words.replies)
        more = _more(facts, found)
        tone = "tf-right" if found.right else "tf-wrong"
        out.append(f'<div class="tf-reply {tone}" role="status"><b>{verdict}</b> {replies}{more}</div>')
        if found.right or state.noted(_key(slug, f"{key}-solved")):
            out.append(f'<div class="tf-solution">{prose(words.solution)}</div>')
    return "".join(out)


def _more(facts: Question, found: Mark) -> str:
    """Say how much is still missing, without giving it away."""
    numbers = state.reader().numbers
    if facts.kind == "multiple" and found.missed:
        n = len(found.missed)
        said = ngettext("%(n)s right answer is still missing.", "%(n)s right answers are still missing.", n)
    elif found.places:
        n = len(found.places)
        said = ngettext("%(n)s item is not in its place.", "%(n)s items are not in their places.", n)
    else:
        return ""
    return f"<p>{escape(said) % {'n': numbers.count(n)}}</p>"


def _end(slug: str, keys: tuple[tuple[str, str], ...]) -> None:
    """Say how it went and offer the questions again."""
    numbers = state.reader().numbers
    if keys[0][0] != slug:
        said = _("Done. Now something new.")
        st.html(f'<p role="status">{escape(said)}</p>')
        return
    done = state.progress().lessons.get(library.number(slug))
    right = done.right.bit_count() if done else 0
    said = ngettext(
        "%(n)s of %(all)s questions was right at the first try.", "%(n)s of %(all)s questions were right at the first try.", right
    )  # fmt: skip
    words = {"n": numbers.count(right), "all": numbers.count(len(keys))}
    st.html(f'<p class="tf-headline" role="status">{escape(said) % words}</p>{state.progress_marker()}')
    navigation.page_link("practice", _("Practise with new numbers"))
    st.button(
        _("Go through the questions again"),
        key=f"{slug}-again",
        icon=":material/replay:",
        on_click=_again,
        args=(slug, keys),
    )


def _again(slug: str, keys: tuple[tuple[str, str], ...]) -> None:
    """Forget the answers of this session; the progress keeps the first tries."""
    for _lesson, key in keys:
        for part, value in (("mark", None), ("solved", None), ("hints", 0), ("error", None)):
            state.note(_key(slug, f"{key}-{part}"), value)
    state.note(_key(slug, "at"), 0)
