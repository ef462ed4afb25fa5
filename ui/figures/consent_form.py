"""Consent-form builder: choose what a form says and how it asks; it is drawn as a visitor meets it, and judged part by part."""

from __future__ import annotations

from dataclasses import dataclass, field

from course import library
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.judged import judgement
from ui.figures.kit import Figure
from ui.learn.prose import prose

NAME = "consent-form"
PARTS = {
    "purpose": ("stated", "vague", "missing"),
    "box": ("empty", "ticked"),
    "refuse": ("equal", "small", "missing"),
    "leave": ("easy", "hidden", "missing"),
    "kept": ("stated", "missing"),
    "third": ("named", "vague", "missing"),
}


def _part(name: str, start: str, doc: str) -> str:
    return field(default=start, metadata=written(name, Choice(PARTS[name]), doc))


@dataclass(frozen=True)
class Inputs:
    """How each part of the form is made; at first as forms often are met."""

    purpose: str = _part("purpose", "vague", "What the data are for")
    box: str = _part("box", "ticked", "The box to tick")
    refuse: str = _part("refuse", "small", "How to say no")
    leave: str = _part("leave", "hidden", "How to take the yes back")
    kept: str = _part("kept", "missing", "How long the data are kept")
    third: str = _part("third", "vague", "Who else sees them")


def right(inputs: Inputs) -> dict[str, bool]:
    """Say of each part whether it is as it should be."""
    return {part: getattr(inputs, part) == library.figure_facts(NAME)["right"][part] for part in PARTS}


def draw(inputs: Inputs) -> None:
    """Draw the form beside the choices, each choice with what is to be said of it."""
    words = kit.words(NAME)
    form, choices = kit.columns([1, 1.15], gap="medium")
    with form, kit.container(key=f"{NAME}-seen"):
        kit.html(_form(inputs, words))
    with choices:
        kit.html(f"<h4>{kit.said(words['verdicts'])}</h4>")
        for part, fine in right(inputs).items():
            kit.choose(NAME, part, words["parts"][part], {one: words["options"][part][one] for one in PARTS[part]})
            word, why = words["fine" if fine else "not_fine"], words["why"][part][getattr(inputs, part)]
            kit.html(judgement("right" if fine else "wrong", word, why, tag="div"))
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["sources"])}</div>')


def _form(inputs: Inputs, words: dict) -> str:
    """Return the form as HTML: a picture of one, nothing in it can be pressed."""
    form = words["form"]
    told = [form[part].get(getattr(inputs, part), "") for part in ("purpose", "kept", "third")]
    buttons = f'<span class="tf-yes">{kit.said(form["yes"])}</span>'
    if inputs.refuse in form["refuse"]:
        buttons += f'<span class="tf-no-{inputs.refuse}">{kit.said(form["refuse"][inputs.refuse])}</span>'
    leave = form["leave"].get(inputs.leave, "")
    box = f'<span class="tf-tick tf-tick-{inputs.box}" aria-hidden="true"></span>'
    state_of_box = f'<span class="tf-over">({kit.said(words["options"]["box"][inputs.box])})</span>'
    return (
        f'<div><h4>{kit.said(words["seen"])}</h4><div class="tf-form"><p><b>{kit.said(form["head"])}</b></p>'
        f'<p class="tf-entry"><span>{kit.said(form["phone"])}</span><span></span></p>'
        + "".join(f"<p>{kit.said(one)}</p>" for one in told if one)
        + f'<p class="tf-agree">{box}<span>{kit.said(form["box"])} {state_of_box}</span></p>'
        f'<p class="tf-buttons">{buttons}</p>'
        + (f'<p class="tf-leave-{inputs.leave}">{kit.said(leave)}</p>' if leave else "")
        + "</div></div>"
    )


def describe(inputs: Inputs) -> str:
    """Say how many parts are right, and which are not."""
    words, numbers = kit.words(NAME), state.reader().numbers
    found = right(inputs)
    wrong = [kit.said(words["parts"][part]) for part, fine in found.items() if not fine]
    if not wrong:
        return kit.said(words["told"]["all"])
    return kit.filled(
        words["told"]["some"],
        right=numbers.count(len(found) - len(wrong)),
        all=numbers.count(len(found)),
        wrong=kit.said(words["comma"]).join(wrong),
    )


FIGURE = Figure(Inputs(), draw, describe)
