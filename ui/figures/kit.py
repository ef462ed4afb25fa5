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
from ui.desks import Desk
from ui.kit import form
from ui.learn.prose import prose
from ui.still.canvas import canvas, drawing
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


def desk(name: str) -> Desk:
    """Return the desk of a figure that is being drawn."""
    on = canvas()
    return on.desks[name] if on else state.open_desk(f"figure-{name}")


# --- elements: Streamlit's in the app, HTML where a page stands still ---------------------------------------------------


def html(made: str) -> None:
    """Draw HTML."""
    on = canvas()
    if on:
        on.html(made)
    else:
        st.html(made)


def container(*, key: str = "", horizontal: bool = False, **options: Any) -> Any:
    """Draw a box; options are those of ``st.container``."""
    on = canvas()
    return on.box(key, horizontal) if on else st.container(key=key or None, horizontal=horizontal, **options)


def columns(widths: list[float], **options: Any) -> list[Any]:
    """Draw columns; options are those of ``st.columns``. Where a page stands still they lie one below the other."""
    on = canvas()
    return [on.box() for _width in widths] if on else list(st.columns(widths, **options))


def change(name: str, make: Callable[[Any], Any]) -> None:
    """Replace a figure's present by what ``make`` returns for it."""
    state.change(f"figure-{name}", make)


def show(name: str) -> None:
    """Draw a figure in its frame: title, idea, its elements, and what it shows now in words."""
    with st.container(border=True, key=f"figure-{name}"):
        _live(name)


def standing(name: str, inputs: Any = None) -> str:
    """Return a figure as HTML that stands still, with what its Inputs say (at first: as it begins)."""
    one, told = figure(name), words(name)
    with drawing() as whole:
        whole.canvas.desks[name] = Desk(inputs or one.inputs)
        html(f'<h3>{said(told["title"])}</h3><div class="tf-prose">{prose(told["idea"])}</div>')
        one.draw(desk(name).inputs)
        html(f'<p class="tf-shows">{one.describe(desk(name).inputs)}</p>')
    return f'<div class="tf-framed st-key-figure-{name}">{whole.html()}</div>'


@st.fragment
def _live(name: str) -> None:
    one, told = figure(name), words(name)
    mine = state.figure(name, one.inputs)
    st.html(f'<h3>{said(told["title"])}</h3><div class="tf-prose">{prose(told["idea"])}</div>')
    if mine.changes:
        st.warning(_("A part of this link could not be read; the figure shows its beginning there."))
    one.draw(mine.inputs)
    # what was just drawn may have changed the desk: sliders and boards are read while they are drawn
    st.html(f'<p class="tf-shows" role="status">{one.describe(mine.inputs)}</p>{state.address()}')


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

    def took(value: str) -> None:
        change(name, lambda inputs: put(inputs, value) if put else replace(inputs, **{part: value}))

    on = canvas()
    if on:
        text = state.reader().numbers.text
        on.choice(
            text(label_text), {one: text(said) for one, said in options.items()}, getattr(desk(name).inputs, part)
        )
        return
    shown = {value: _label(text) for value, text in options.items()}
    form.choose(f"{name}-{part}", _label(label_text), shown, getattr(desk(name).inputs, part), took)


def slide(name: str, part: str, label_text: str, options: dict[str, str]) -> None:
    """Draw a slider over a few named settings for the Inputs' field ``part``: {value: what the reader sees}."""
    mine, here = desk(name), key(name, part)
    on, text = canvas(), state.reader().numbers.text
    if on:
        on.choice(text(label_text), {one: text(said) for one, said in options.items()}, getattr(mine.inputs, part))
        return
    state.catch(mine, here, lambda value: change(name, lambda inputs: replace(inputs, **{part: value})))
    state.follow(mine, here, getattr(mine.inputs, part))
    st.select_slider(_label(label_text), list(options), format_func=lambda one: text(options[one]), key=here)


def button(name: str, part: str, text: str, make: Callable[[Any], Any], *, primary: bool = False) -> None:
    """Draw a button that replaces the figure's present by what ``make`` returns for it. Nothing where a page stands still."""
    if canvas():
        return
    kind = "primary" if primary else "secondary"
    st.button(_label(text), key=key(name, part), type=kind, on_click=change, args=(name, make))


def _label(text: str) -> str:
    return label(state.reader().numbers.text(text))


def key_figures(values: dict[str, str]) -> str:
    """Return key figures as HTML: {what it is: the number as HTML}."""
    boxes = "".join(
        f'<div class="tf-figure"><dt>{said(one)}</dt><dd>{value}</dd></div>' for one, value in values.items()
    )
    return f'<dl class="tf-figures">{boxes}</dl>'
