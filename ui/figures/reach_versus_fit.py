"""Reach versus fit: a slider aims from broad to narrow; first a guess where the most suitable people are reached."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from funnel.figures.reach import GAIN, STEPS, aims, best, shares
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.guess import ask, guess_field, guessed, seen_field, veiled
from ui.figures.kit import Figure
from ui.learn.prose import prose

NAME = "reach-versus-fit"
AIMS = tuple(map(str, range(STEPS)))
BUSINESSES = tuple(GAIN)


@dataclass(frozen=True)
class Inputs:
    """The business, how narrowly it aims, and the guess where most suitable people are reached."""

    business: str = field(default=BUSINESSES[0], metadata=written("from", Choice(BUSINESSES), "The business"))
    aim: str = field(default="0", metadata=written("aim", Choice(AIMS), "How narrowly it aims"))
    guess: float = guess_field(0, STEPS - 1, 0)
    seen: str = seen_field()


def draw(inputs: Inputs) -> None:
    """Draw the business, the columns, the slider below them, and the question or what follows."""
    words = kit.words(NAME)
    kit.choose(
        NAME, "business", words["business"], {one: words["businesses"][one]["name"] for one in BUSINESSES},
        put=lambda _now, value: Inputs(business=value),  # another business: guess anew
    )  # fmt: skip
    kit.html(f'<div class="tf-prose">{prose(words["businesses"][inputs.business]["is"])}</div>')
    columns = kit.container()
    kit.slide(NAME, "aim", words["aim"], dict(zip(AIMS, words["aims"], strict=True)))
    inputs = kit.desk(NAME).inputs
    with columns:
        kit.html(_strips(inputs, words))
    ask(NAME, words["question"], lambda now: replace(now, guess=float(now.aim)))
    if not veiled(inputs):
        kit.html(f'<div class="tf-prose">{prose(words["businesses"][inputs.business]["why"])}</div>')
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _strips(inputs: Inputs, words: dict) -> str:
    """Return reach and suitable people as two strips of columns, from broad to narrow like the slider below them."""
    open_ = not veiled(inputs)
    made = [_strip(inputs, words, "reach", True), _strip(inputs, words, "suitable", open_)]
    return f'<div class="tf-strips{"" if open_ else " tf-veiled"}">{"".join(made)}</div>'


def _strip(inputs: Inputs, words: dict, part: str, told: bool) -> str:
    found, count = aims(inputs.business), state.reader().numbers.count
    items = []
    for i, share in enumerate(shares(found, part)):
        flags = ""
        if part == "suitable" and told and i == best(found):
            flags += f"<em>{kit.said(words['most'])}</em>"
        if part == "suitable" and guessed(inputs) and i == int(inputs.guess):
            flags += f'<em class="tf-strip-guess">{kit.said(words["guessed"])}</em>'
        value = f'<span class="tf-over">{count(getattr(found[i], part))}</span>' if told else ""
        here = ' aria-current="true"' if i == int(inputs.aim) else ""
        items.append(f'<li{here} style="--share:{share if told else 1:.4f}">{flags}<i></i>{value}</li>')
    now = count(getattr(found[int(inputs.aim)], part)) if told else kit.said(words["unknown"])
    title = f"<p>{kit.filled(words['strips'][part], n=now)}</p>"
    return f'<div class="tf-strip-{part}">{title}<ol>{"".join(items)}</ol></div>'


def describe(inputs: Inputs) -> str:
    """Say what the setting reaches, and once it is revealed what that brings and where the most is."""
    words, numbers = kit.words(NAME), state.reader().numbers
    found = aims(inputs.business)
    here, top = found[int(inputs.aim)], found[best(found)]
    told = words["businesses"][inputs.business]
    facts = {
        "aim": kit.said(words["aims"][int(inputs.aim)]),
        "reach": numbers.count(here.reach),
        "fit": numbers.percent(here.fit),
        "suitable": numbers.count(here.suitable),
        "final": numbers.count(here.final),
        "best": kit.said(words["aims"][best(found)]),
        "most": numbers.count(top.suitable),
        "guess": kit.said(words["aims"][int(inputs.guess)]),
        "had": numbers.count(found[int(inputs.guess)].suitable),
    }
    if veiled(inputs):
        return kit.filled(words["told"]["veiled"], **facts)
    parts = [told["shows"], words["told"]["best"]]
    if guessed(inputs):
        parts.append(words["told"]["hit" if int(inputs.guess) == best(found) else "missed"])
    return " ".join(kit.filled(one, **facts) for one in parts)


FIGURE = Figure(Inputs(), draw, describe)
