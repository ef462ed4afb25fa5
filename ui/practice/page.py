"""Practice: ten minutes of exercises chosen for what is due and weak; what is known so far; a set for a whole class."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from course import drills, library, session
from course.memory import asked, due
from course.session import Item
from ui import navigation, state
from ui.practice import classes, share, task
from ui.practice.day import today
from ui.practice.known import draw_known
from ui.text import _, escape, label, ngettext, page_text

RUN = "practice-run"


@dataclass(frozen=True)
class Run:
    """A session that is under way: its tasks, the place, and how each first try went. ``linked`` came with a link."""

    items: tuple[Item, ...]
    at: int = 0
    first: tuple[tuple[str, str], ...] = ()
    linked: bool = False


def page() -> None:
    """Draw the page: the session under way, or what there is to begin with."""
    front, body = page_text("pages", "practice")
    st.title(front["title"], anchor=False)
    _take_link()
    run: Run | None = state.noted(RUN)
    if run is not None:
        _session()
        return
    st.markdown(front["lead"])
    _begin()
    draw_known(state.progress().memory, today())
    share.draw()
    classes.draw()
    st.markdown(body)
    st.html(state.progress_marker())


def _take_link() -> None:
    """Open what the link that led here asks for, once: a task, or a set with its seed."""
    if state.noted("practice-link-taken"):
        return
    state.note("practice-link-taken", True)
    seed = classes.number(state.linked("seed"))
    if items := classes.one_task(state.linked("task")):
        _start(items, linked=True, address={"task": state.linked("task")})
    elif (text := state.linked("set")) and seed:
        place = classes.number(state.linked("me")) or 0
        if items := session.read_set(text, session.own_seed(seed, place)):
            address = {"set": text, "seed": str(seed)} | ({"me": str(place)} if place else {})
            _start(items, linked=True, address=address)


def _start(items: list[Item], *, linked: bool = False, address: dict[str, str] | None = None) -> None:
    """Begin a session; what was tried of these tasks before is forgotten, so that they can be tried again."""
    for item in items:
        state.note(f"practice-{item.key}", task.Tried())
    state.note(RUN, Run(tuple(items), linked=linked))
    state.note("kept-in-address-practice", address or {})


def _begin() -> None:
    """Say what is due, and offer a session or one lesson's exercises."""
    progress, numbers = state.progress(), state.reader().numbers
    waiting = len(due(progress.memory, today()))
    if session.back_after_long(progress.memory, today()):
        said = _("Welcome back. We begin with what sits best; nothing is lost.")
    elif waiting:
        said = ngettext("%(n)s thing is due today.", "%(n)s things are due today.", waiting) % {
            "n": numbers.count(waiting)
        }
    elif progress.memory:
        said = _("Nothing is due today. A session now goes on to what is new or still weak.")
    else:
        said = _("Begin where you are in the course, or with any lesson.")
    st.html(f'<p class="tf-headline" role="status">{escape(said)}</p>')
    turn = state.noted("practice-turn", 0)
    st.button(
        _("Practise for ten minutes"), key="practice-begin", type="primary", icon=":material/play_arrow:",
        on_click=_begin_session, args=(turn,),
    )  # fmt: skip
    slugs = [one.slug for one in library.lessons()]
    picked = st.selectbox(
        _("Or the exercises of one lesson"), slugs, index=None, key=f"practice-lesson-{state.reader().key}",
        format_func=navigation.title, placeholder=_("choose"),
    )  # fmt: skip
    if picked:
        st.button(_("Begin these exercises"), key="practice-begin-lesson", on_click=_begin_lesson, args=(picked, turn))


def _begin_session(turn: int) -> None:
    progress = state.progress()
    opened = sorted(progress.lessons)
    items = session.plan(progress.memory, opened, today(), turn, progress.last)
    state.note("practice-turn", turn + 1)
    _start([_fitting(item) for item in items])


def _begin_lesson(slug: str, turn: int) -> None:
    state.note("practice-turn", turn + 1)
    _start([_fitting(item) for item in session.of_lesson(slug, today(), turn)])


#: Businesses a reader meets more often: those of her own part of the world. Numbers and seeds stay the same for all.
NEAR = {"fa": ("s3-academy-irt", "s8-wholesale-irt"), "ar": ("s1-ecom-sar", "s4-clinic-aed", "s5-realestate-egp")}


def _fitting(item: Item) -> Item:
    """Return the item with the first of two seeds whose business is near to the reader, else with its own."""
    near = NEAR.get(state.reader().language.code, ())
    if item.skill not in drills.DRILLS or not near:
        return item
    other = replace(item, seed=item.seed % (drills.MOST_SEED - 1) + 1)
    found = (one for one in (item, other) if drills.task(one.skill, one.seed).frame in near)
    return next(found, item)


@st.fragment
def _session() -> None:
    """Draw the task in hand, or the end."""
    run: Run = state.noted(RUN)
    numbers = state.reader().numbers
    if run.at >= len(run.items):
        _end(run)
        return
    place = _("Task %(number)s of %(all)s") % {
        "number": numbers.count(run.at + 1),
        "all": numbers.count(len(run.items)),
    }
    steps = "".join(f'<i class="{"tf-passed" if i < run.at else ""}"></i>' for i in range(len(run.items)))
    item = run.items[run.at]
    lesson = navigation.title(drills.lesson(item.skill))
    st.html(
        f'<p class="tf-quiet">{escape(place)} · {escape(lesson)}</p><div class="tf-steps" aria-hidden="true">{steps}</div>'
    )
    task.draw(item, _done, _onward, run.at + 1 == len(run.items))
    st.button(_("End the session"), key="practice-stop", type="tertiary", on_click=_stop)
    st.html(state.address())


def _done(item: Item, how: str) -> None:
    """Remember how the first try of a task went."""
    run: Run = state.noted(RUN)
    progress = state.progress()
    memory = asked(progress.memory, item.skill, how, today(), fresh=not run.linked)
    state.keep_progress(replace(progress, memory=memory))
    state.note(RUN, replace(run, first=(*run.first, (item.key, how))))


def _onward() -> None:
    run: Run = state.noted(RUN)
    state.note(RUN, replace(run, at=run.at + 1))


def _stop() -> None:
    state.note(RUN, None)
    state.note("kept-in-address-practice", {})


def _end(run: Run) -> None:
    """Say how it went, and what comes back when."""
    numbers, memory = state.reader().numbers, state.progress().memory
    now = today()
    right = sum(how in ("good", "hard") for _key, how in run.first)
    said = ngettext(
        "%(n)s of %(all)s tasks was right at the first try.", "%(n)s of %(all)s tasks were right at the first try.", right
    ) % {"n": numbers.count(right), "all": numbers.count(len(run.items))}  # fmt: skip
    met = {key.rpartition(".")[0] for key, _how in run.first}
    soon = sum(memory[name].due <= now + 1 for name in met if name in memory)
    week = sum(now + 1 < memory[name].due <= now + 7 for name in met if name in memory)
    when = []
    if soon:
        when.append(
            ngettext("%(n)s of these comes back tomorrow.", "%(n)s of these come back tomorrow.", soon)
            % {"n": numbers.count(soon)}
        )
    if week:
        when.append(
            ngettext("%(n)s more comes back within a week.", "%(n)s more come back within a week.", week)
            % {"n": numbers.count(week)}
        )
    st.html(
        f'<p class="tf-headline" role="status">{escape(said)}</p><p>{escape(" ".join(when))}</p>{state.progress_marker()}'
    )
    wrong = [item for item in run.items if dict(run.first).get(item.key) in ("again", "skipped")]
    if wrong:
        st.button(
            label(_("The missed ones once more, with new numbers")), key="practice-again", icon=":material/replay:",
            on_click=_once_more, args=(wrong,),
        )  # fmt: skip
    st.button(_("Back to the overview"), key="practice-back", on_click=_stop)
    st.html(state.address())


def _once_more(wrong: list[Item]) -> None:
    _start([replace(item, seed=item.seed % (drills.MOST_SEED - 1) + 1) for item in wrong])
