"""A guess on a bar, its Python face: the learner pulls a bar of ``web/pull.js`` to where she thinks it ends, then sees the truth.

Guess and whether the truth is shown are Inputs like a figure's: they ride in the lesson's address behind ``guess-<id>``. The truth
goes to the browser only when it may be seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from course import guessing, library
from course.schemas import Guess
from course.text import Block
from funnel.links.codecs import Choice, Maybe, Number
from funnel.links.scenario import written
from funnel.quantities import Quantity
from ui import state
from ui.figures.guess import SEEN
from ui.figures.parts import newer, sending
from ui.learn.prose import prose
from ui.text import _, escape

_GUESSED = Maybe(Number(Quantity("number", 0.0, 1e12)))


@dataclass(frozen=True)
class Inputs:
    """What is guessed, and whether the truth is shown."""

    guess: float | None = field(default=None, metadata=written("guess", _GUESSED, "What is guessed"))
    seen: str = field(default="veiled", metadata=written("seen", Choice(SEEN), "Whether the truth is shown"))


def name(block: Block) -> str:
    """Return the name under which a guess is kept."""
    return f"guess-{block.title}"


@st.fragment
def live(block: Block, told: bool = True) -> None:
    """Draw a guess: the question, the bars, and once it is made, how near it came; ``told`` says what follows, too."""
    with st.container(border=True, key=f"figure-{name(block)}"):
        facts = library.guesses()[block.title]
        state.figure(name(block), Inputs())
        title = _("First guess, then look")
        st.html(f'<h3>{escape(title)}</h3><div class="tf-ask">{prose(block.text)}</div>')
        inputs = _take(block, facts)
        sending("pull", _key(block), _data(block, facts, inputs))
        veiled, said = inputs.seen == "veiled", escape(_said(facts, inputs))
        answer = prose(block.reveal) if told and not veiled else ""
        inside = f'<span class="tf-quiet">{said}</span>' if veiled else f"<b>{said}</b>{answer}"
        # one element whether veiled or not, so that a screen reader hears it change
        st.html(
            f'<div class="{"tf-pulled" if veiled else "tf-reply tf-pulled"}" role="status">{inside}</div>{state.address()}'
        )


def _key(block: Block) -> str:
    return f"pull-{block.title}"


def _take(block: Block, facts: Guess) -> Inputs:
    """Apply what the hand has done since the bar was drawn last; return the Inputs."""
    sent = state.sent(_key(block), "sent")
    desk = state.open_desk(f"figure-{name(block)}")
    number = newer(sent, state.noted(_key(block), 0))
    if number is not None:
        state.note(_key(block), number)
        to = sent.get("to")
        if type(to) in (int, float) and math.isfinite(to):
            desk.put(replace(desk.inputs, guess=float(min(facts.top, max(0.0, to)))))
        if sent.get("do") == "take" and desk.inputs.guess is not None:
            desk.put(replace(desk.inputs, seen="guessed"))
        elif sent.get("do") == "skip":
            desk.put(replace(desk.inputs, seen="skipped"))
        elif sent.get("do") == "again":
            desk.put(Inputs())
    if desk.inputs.seen == "guessed" and desk.inputs.guess is None:  # a link can hold anything
        desk.put(replace(desk.inputs, seen="skipped"))
    return desk.inputs


def _data(block: Block, facts: Guess, inputs: Inputs) -> dict[str, Any]:
    reader = state.reader()
    return {
        "ack": state.noted(_key(block), 0),
        "rtl": reader.rtl,
        "signs": reader.numbers.signs(),
        "percent": facts.percent,
        "top": facts.top,
        "step": facts.step,
        "bars": [{"name": reader.numbers.text(one), "value": length} for one, length in block.bars],
        "seen": inputs.seen,
        "guess": None if inputs.guess is None else min(inputs.guess, facts.top),
        "truth": None if inputs.seen == "veiled" else facts.truth,
        "words": {
            "pull": _("Pull the bar to where you think it ends"), "less": _("A little less"), "more": _("A little more"),
            "take": _("This is my guess"), "skip": _("Show without a guess"), "again": _("Guess again"),
            "yours": _("Your guess"), "truth": _("The truth"),
        },
    }  # fmt: skip


def _said(facts: Guess, inputs: Inputs) -> str:
    """Answer the guess in words."""
    numbers = state.reader().numbers
    form = numbers.percent if facts.percent else numbers.count
    if inputs.seen == "veiled":
        return _("Pull the bar to where you think it ends, or move it with the arrow keys.")
    if inputs.seen == "skipped" or inputs.guess is None:
        return _("It is %(truth)s.") % {"truth": form(facts.truth)}
    times = guessing.times(facts, inputs.guess)
    words = {
        "near": _("Near: you guessed %(guess)s, it is %(truth)s."),
        "high": _("Too high: you guessed %(guess)s, it is %(truth)s."),
        "low": _("Too low: you guessed %(guess)s, it is %(truth)s."),
        "many-high": _("You guessed %(guess)s, it is %(truth)s: your guess is %(times)s times as much."),
        "many-low": _("You guessed %(guess)s, it is %(truth)s: %(times)s times as much."),
    }
    kind = guessing.verdict(facts, inputs.guess)
    if times is None:
        kind = "high" if inputs.guess > facts.truth else "low"
    shown = {"guess": form(inputs.guess), "truth": form(facts.truth), "times": numbers.count(round(times or 0, 1))}
    return words[kind] % shown
