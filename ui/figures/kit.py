"""One way to make a figure of a lesson that is no calculator.

A figure is one file, ``ui/figures/<name>.py`` (a name's hyphens are underscores there), with ``FIGURE = Figure(...)``; its facts
stand in ``content/figures/<name>.toml``, its words in ``content/<lang>/figures/<name>.toml``. A lesson shows it where its text
says ``{place: name}``. What the learner does to it lives in frozen Inputs like a calculator's, so it survives a switch of
language, a reload and a shared link; widgets change it with ``change(name, make)``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import streamlit as st

from course import library
from ui import state
from ui.learn.prose import prose
from ui.text import _, escape, label


@dataclass(frozen=True)
class Figure:
    """Describe a figure.

    `inputs` is what it starts with: a frozen dataclass all of whose fields are `written`. `draw` makes its elements from
    Inputs; `describe` says in words, as HTML, what it shows now: the text alternative, and what a screen reader hears after
    each act.
    """

    inputs: Any
    draw: Callable[[Any], None]
    describe: Callable[[Any], str]


def figure(name: str) -> Figure:
    """Return a figure by its name."""
    return import_module(f"ui.figures.{name.replace('-', '_')}").FIGURE


def words(name: str) -> dict[str, Any]:
    """Return the figure's words in the reader's language."""
    return library.figure_words(state.reader().language.code, name)


def said(text: str) -> str:
    """Return a figure's own sentence as safe HTML in the reader's digits."""
    return escape(state.reader().numbers.text(text))


def key(name: str, part: str) -> str:
    """Return a widget's key: made anew when language or digits change."""
    return f"{name}-{part}-{state.reader().key}"


def change(name: str, make: Callable[[Any], Any]) -> None:
    """Replace a figure's present by what ``make`` returns for it."""
    state.change(f"figure-{name}", make)


def show(name: str) -> None:
    """Draw a figure in its frame: title, idea, its elements, and what it shows now in words."""
    with st.container(border=True, key=f"figure-{name}"):
        _live(name)


@st.fragment
def _live(name: str) -> None:
    one, told = figure(name), words(name)
    desk = state.figure(name, one.inputs)
    st.html(f'<h3>{said(told["title"])}</h3><div class="tf-prose">{prose(told["idea"])}</div>')
    if desk.changes:
        st.warning(_("A part of this link could not be read; the figure shows its beginning there."))
    one.draw(desk.inputs)
    # state again: a widget that is caught while it is drawn (not called back) may have changed it
    st.html(f'<p class="tf-shows" role="status">{one.describe(desk.inputs)}</p>{state.address()}')


def filled(text: str, **facts: str) -> str:
    """Return a figure's own sentence with named facts, e.g. ``{n} people``. Facts are HTML, the sentence is not."""
    return said(text).format_map(facts)


def choose(
    name: str,
    part: str,
    label_text: str,
    options: dict[str, str],
    put: Callable[[Any, str], Any] | None = None,
) -> None:
    """Draw a choice of one of several for the Inputs' field ``part``: {value: what the reader sees}.

    ``put`` replaces the usual ``dataclasses.replace``, where a choice changes more than its field: (inputs, value) -> inputs.
    """
    here = key(name, part)
    state.show(here, getattr(state.present(f"figure-{name}").inputs, part))
    st.segmented_control(
        label(state.reader().numbers.text(label_text)),
        list(options),
        format_func=lambda one: label(state.reader().numbers.text(options[one])),
        key=here,
        required=True,
        on_change=lambda: change(
            name,
            lambda inputs: put(inputs, state.shown(here)) if put else replace(inputs, **{part: state.shown(here)}),
        ),
    )


def slide(name: str, part: str, label_text: str, options: dict[str, str]) -> None:
    """Draw a slider over a few named settings for the Inputs' field ``part``: {value: what the reader sees}."""
    desk, here = state.present(f"figure-{name}"), key(name, part)
    state.catch(desk, here, lambda value: change(name, lambda inputs: replace(inputs, **{part: value})))
    state.follow(desk, here, getattr(desk.inputs, part))
    text = state.reader().numbers.text
    st.select_slider(label(text(label_text)), list(options), format_func=lambda one: text(options[one]), key=here)
