"""For trainers: a link with a seed that gives a whole class the same exercises, or each person numbers of her own."""

from __future__ import annotations

import streamlit as st

from course import drills, library, session
from course.session import Item
from course.skills import RECALL
from documents.outgoing.qr import qr_uri
from ui import navigation, state
from ui.practice.known import title
from ui.text import _, escape, label

_MOST_SEED = 99_999


def number(text: str) -> int | None:
    """Return a whole number of a link, 1 to 99,999; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= _MOST_SEED else None


def one_task(text: str) -> list[Item]:
    """Return the task of a link such as ``conv-overall.1.4711``; none for anything else.

    >>> one_task("conv-overall.1.4711"), one_task("no.1.2"), one_task("conv-overall.1.0")
    ([Item(skill='conv-overall', seed=4711)], [], [])
    """
    name, _dot, rest = text.partition(".")
    version, _dot, seed = rest.partition(".")
    if name in RECALL:
        due = "1"
    elif name in drills.DRILLS:
        due = str(drills.DRILLS[name].version)
    else:
        return []
    whole = seed.isascii() and seed.isdigit() and len(seed) < 11
    return [Item(name, int(seed))] if version == due and whole and 1 <= int(seed) <= drills.MOST_SEED else []


def draw() -> None:
    """Draw the maker of a set."""
    box = st.expander(_("For a class"), key="practice-class", on_change="rerun", icon=":material/groups:")
    with box:
        if box.open:
            _draw_open()


def _draw_open() -> None:
    st.markdown(
        _(
            "The link is the sheet: with the same link everybody gets the same tasks, in any language. Nothing is stored."
        )
    )
    lessons = library.lessons()
    slugs = [one.slug for one in lessons]
    chosen = st.multiselect(
        _("Whole lessons"),
        slugs,
        key=f"class-lessons-{state.reader().key}",
        format_func=navigation.title,
        placeholder=_("choose"),
    )
    single = st.multiselect(
        _("Single exercises"),
        list(drills.ORDER),
        key=f"class-drills-{state.reader().key}",
        format_func=lambda name: label(title(name)),
        placeholder=_("choose"),
    )
    seed = st.number_input(
        _("Number of the set"),
        1,
        _MOST_SEED,
        1,
        key="class-seed",
        help=_("Another number gives the same exercises other numbers."),
    )
    own = st.checkbox(_("Everybody gets numbers of their own, by their place on the class list"), key="class-own")
    text = ".".join([f"L{slugs.index(slug) + 1}" for slug in chosen] + single)
    if not text:
        return
    query = {"set": text, "seed": str(int(seed))}
    if own:
        place = st.number_input(_("Place on the list"), 1, session.MOST_PEOPLE, 1, key="class-place")
        query["me"] = str(int(place))
    link = state.page_address("practice", query)
    st.code(link, language=None, wrap_lines=True)
    if picture := qr_uri(link):
        seen_as = _("QR code of the link for the class")
        st.html(f'<img class="tf-qr" alt="{escape(seen_as)}" src="{picture}">')
