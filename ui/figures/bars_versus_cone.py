"""Bars versus cone: the same people drawn twice. A length says what it means; a disc's area says its square."""

from __future__ import annotations

from dataclasses import dataclass, field

from funnel.figures.cone import halving
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure

NAME = "bars-versus-cone"
SHARES = ("0.9", "0.75", "0.5", "0.25", "0.1")
VIEWS = ("bars", "cone")


@dataclass(frozen=True)
class Inputs:
    """What is looked at: the share that goes on at each step, and how the people are drawn."""

    share: str = field(default="0.5", metadata=written("share", Choice(SHARES), "Share that goes on at each step"))
    view: str = field(default="bars", metadata=written("view", Choice(VIEWS), "Bars or cone"))


def draw(inputs: Inputs) -> None:
    """Draw the two choices and the picture."""
    words, numbers = kit.words(NAME), state.reader().numbers
    with kit.container(horizontal=True, gap="medium", key=f"{NAME}-choices"):
        kit.choose(NAME, "share", words["share"], {one: numbers.percent(float(one), places=0) for one in SHARES})
        kit.choose(NAME, "view", words["view"], {one: words["views"][one] for one in VIEWS})
    rows = []
    for i, one in enumerate(halving(float(inputs.share))):
        people = kit.filled(words["people"], n=numbers.count(one.count))
        inside = kit.filled(
            words[inputs.view], share=numbers.percent(one.length if inputs.view == "bars" else one.area)
        )
        rows.append(
            f'<li><span class="tf-stage">{kit.filled(words["stage"], n=numbers.count(i + 1))}</span> '
            f'<span class="tf-count">{people} · {inside}</span>'
            f'<span class="tf-{inputs.view}" style="--share:{one.length:.4f}"></span></li>'
        )
    kit.html(f'<ol class="tf-figure-cone">{"".join(rows)}</ol>')


def describe(inputs: Inputs) -> str:
    """Say what the eye compares."""
    words, numbers = kit.words(NAME), state.reader().numbers
    last = halving(float(inputs.share))[-1]
    return kit.filled(
        words["told"][inputs.view],
        count=numbers.count(last.count),
        length=numbers.percent(last.length),
        area=numbers.percent(last.area),
    )


FIGURE = Figure(Inputs(), draw, describe)
