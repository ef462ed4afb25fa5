"""Retargeting with consent: a visitor's path, and at each step what may be done and what not, by what she has agreed to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from course import library
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.judged import SIGNS, judgement
from ui.figures.kit import Figure
from ui.learn.prose import prose

NAME = "retargeting"
STEPS = ("arrives", "asked", "leaves", "again", "bought")
CONSENTS = ("yes", "no", "withdrawn")
LOGINS = ("out", "in")


@dataclass(frozen=True)
class Inputs:
    """What the visitor has agreed to, whether the shop knows her account, and the step looked at."""

    consent: str = field(default="yes", metadata=written("consent", Choice(CONSENTS), "What she answers"))
    login: str = field(default="out", metadata=written("login", Choice(LOGINS), "Logged in or not"))
    step: str = field(default="arrives", metadata=written("step", Choice(STEPS), "The step looked at"))


def rules(inputs: Inputs) -> list[tuple[str, str]]:
    """Return what holds at the step: (rule, verdict), what may be done first."""
    found = [
        (rule, one["verdict"])
        for rule, one in library.figure_facts(NAME)["rules"].items()
        if one["step"] == inputs.step
        and inputs.consent in one.get("consent", CONSENTS)
        and inputs.login in one.get("login", LOGINS)
    ]
    return sorted(found, key=lambda one: ("right", "depends", "wrong").index(one[1]))


def draw(inputs: Inputs) -> None:
    """Draw the choices, the path, and the open step."""
    words = kit.words(NAME)
    with kit.container(horizontal=True, gap="medium", key=f"{NAME}-choices"):
        kit.choose(NAME, "consent", words["consent"], {one: words["consents"][one] for one in CONSENTS})
        kit.choose(NAME, "login", words["login"], {one: words["logins"][one] for one in LOGINS})
    ads = library.figure_facts(NAME)["ads"][inputs.consent]
    boxes = "".join(
        f'<li class="tf-path-{verdict}"{_current(step, inputs)}><b>{kit.said(words["steps"][step])}</b>'
        f'<span><span aria-hidden="true">{SIGNS[verdict]}</span> {kit.said(words["ads"][verdict])}</span></li>'
        for step, verdict in zip(STEPS, ads, strict=True)
    )
    kit.html(f'<h4>{kit.said(words["path"])}</h4><div class="tf-room"><ol class="tf-path">{boxes}</ol></div>')
    kit.choose(NAME, "step", words["step"], {one: words["steps"][one] for one in STEPS})
    told = "".join(
        judgement(verdict, words["verdicts"][verdict], words["rules"][rule]) for rule, verdict in rules(inputs)
    )
    kit.html(
        f'<div class="tf-prose">{prose(words["happens"][inputs.step][_happening(inputs)])}</div>'
        f'<ul class="tf-judgements tf-may">{told}</ul>'
    )
    at = STEPS.index(inputs.step)
    following = STEPS[(at + 1) % len(STEPS)]
    kit.button(
        NAME, "next", words["again" if at + 1 == len(STEPS) else "next"], lambda now: replace(now, step=following)
    )
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _current(step: str, inputs: Inputs) -> str:
    return ' aria-current="step"' if step == inputs.step else ""


def _happening(inputs: Inputs) -> str:
    """Return which sentence tells the step: only some differ with the answer."""
    return inputs.consent if inputs.consent in kit.words(NAME)["happens"][inputs.step] else "any"


def describe(inputs: Inputs) -> str:
    """Say where she is, and how many things may be done and may not."""
    words, numbers = kit.words(NAME), state.reader().numbers
    verdicts = [verdict for _rule, verdict in rules(inputs)]
    return kit.filled(
        words["told"],
        n=numbers.count(STEPS.index(inputs.step) + 1),
        step=kit.said(words["steps"][inputs.step]),
        consent=kit.said(words["consents"][inputs.consent]),
        login=kit.said(words["logins"][inputs.login]),
        may=numbers.count(verdicts.count("right")),
        depends=numbers.count(verdicts.count("depends")),
        not_=numbers.count(verdicts.count("wrong")),
        ads=kit.said(words["ads"][library.figure_facts(NAME)["ads"][inputs.consent][STEPS.index(inputs.step)]]),
    )


FIGURE = Figure(Inputs(), draw, describe)
