"""Predict, then reveal, on the picture itself: the learner's guess stays beside the truth; skipping is allowed.

A figure's Inputs take part by two fields, ``guess = guess_field(...)`` (a number) and ``seen = seen_field()``. While the truth is
veiled the figure draws its picture without it and calls ``ask``, after what sets the guess. ``bar`` shows the guess beside the
truth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace
from typing import Any

from funnel.links.codecs import Choice, Number
from funnel.links.scenario import written
from funnel.quantities import Quantity
from ui import state
from ui.figures import kit
from ui.inputs import range_slider, slider_key
from ui.still.canvas import canvas
from ui.text import _, escape, label

SEEN = ("veiled", "guessed", "skipped")


def seen_field() -> Any:
    """Return the field that says whether the truth is shown, and whether somebody guessed before."""
    return field(default="veiled", metadata=written("seen", Choice(SEEN), "Whether the truth is shown"))


def guess_field(low: float, high: float, start: float) -> Any:
    """Return the field of the guess, a number within bounds."""
    return field(default=start, metadata=written("guess", Number(Quantity("number", low, high)), "What is guessed"))


def veiled(inputs: Any) -> bool:
    """Say whether the truth is still hidden."""
    return inputs.seen == "veiled"


def guessed(inputs: Any) -> bool:
    """Say whether there is a guess to compare the truth with."""
    return inputs.seen == "guessed"


def slide(name: str, part: str, words: str, bounds: tuple[float, float, float], percent: bool = False) -> None:
    """Draw a slider with its name and value for the Inputs' field ``part``: (low, high, step)."""
    desk, key = kit.desk(name), f"{name}-{part}"

    def put(value: float) -> None:
        kit.change(name, lambda inputs: replace(inputs, **{part: float(value)}))

    if not canvas():
        state.catch(desk, slider_key(key, counts=False), put)
    value, numbers = getattr(desk.inputs, part), state.reader().numbers
    shown = numbers.percent(value) if percent else numbers.count(value)
    kit.html(f'<p class="tf-slides">{kit.said(words)} <b>{shown}</b></p>')
    if not canvas():
        range_slider(desk, label(numbers.text(words)), value, key, bounds, percent)


def ask(name: str, question: str, take: Callable[[Any], Any] = lambda inputs: inputs) -> None:
    """Ask for a guess while the truth is veiled; later offer to guess again.

    ``take`` makes the guess from what is on the figure (inputs -> inputs), where no field of its own sets it.
    """
    with kit.container(horizontal=True, key=f"{name}-ask"):
        if veiled(kit.desk(name).inputs):
            kit.html(f'<p class="tf-asks">{kit.said(question)}</p>')
            kit.button(
                name, "take", _("This is my guess"), lambda now: replace(take(now), seen="guessed"), primary=True
            )
            kit.button(name, "skip", _("Show without a guess"), lambda now: replace(now, seen="skipped"))
        else:
            kit.button(name, "again", _("Guess again"), lambda now: replace(now, seen="veiled"))


def bar(inputs: Any, known: str, hidden: str, guess: float, shown: str) -> str:
    """Return a bar as HTML: what is known, what is hidden until the truth is shown, and the guess as a line on it.

    ``guess`` is its place, a share (0 to 1) of the bar's length, ``shown`` the guess as the reader sees it.
    """
    line = "" if inputs.seen == "skipped" else _line(guess, shown)
    return f'<div class="tf-gain tf-guessing">{known}{"" if veiled(inputs) else hidden}{line}</div>'


def _line(share: float, shown: str) -> str:
    words, at = escape(_("Your guess")), min(1.0, max(0.0, share))
    late = " tf-guess-late" if at > 0.5 else ""  # its words stand on the side where there is room
    return f'<span class="tf-guess{late}" style="--at:{at:.4f}"><span>{words} {shown}</span></span>'


def gain(inputs: Any, shares: tuple[float, float, float], shown: str, below: str) -> str:
    """Return a bar of what there is, and on top of it, once it is shown, what is gained; below it words, which are HTML.

    ``shares`` are what there is, the gain and the guess, as shares of the bar's length (see ``funnel.figures.leaks.scaled``).
    """
    base, more, guess = shares
    known, hidden = f'<i style="--share:{base:.4f}"></i>', f'<i class="tf-more" style="--share:{more:.4f}"></i>'
    return f'{bar(inputs, known, hidden, guess, shown)}<p class="tf-key"><span>{below}</span></p>'
