"""Tools: which kind of tool has its task in which stage, and five decisions of small teams: buy, build, or do without."""

from __future__ import annotations

from dataclasses import dataclass, field

from course import library
from funnel.links.codecs import Choice, Maybe
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.judged import judgement
from ui.figures.kit import Figure
from ui.learn.prose import prose

NAME = "tools"
STAGES = ("top", "middle", "bottom", "after")
CARDS = ("notes", "memory", "prices", "oracle", "suite")
ANSWERS = ("buy", "build", "skip")


def _answer(card: str) -> str | None:
    return field(default=None, metadata=written(card, Maybe(Choice(ANSWERS)), f"Decision on the card {card}"))


@dataclass(frozen=True)
class Inputs:
    """The stage looked at, the card that lies open, and what was decided on each card so far."""

    stage: str = field(default="all", metadata=written("stage", Choice(("all", *STAGES)), "Stage looked at"))
    card: str = field(default="notes", metadata=written("card", Choice(CARDS), "The card that lies open"))
    notes: str | None = _answer("notes")
    memory: str | None = _answer("memory")
    prices: str | None = _answer("prices")
    oracle: str | None = _answer("oracle")
    suite: str | None = _answer("suite")


def draw(inputs: Inputs) -> None:
    """Draw the matrix under its choice of stages, then the open card."""
    words, facts = kit.words(NAME), library.figure_facts(NAME)
    kit.choose(NAME, "stage", words["stage"], {one: words["stages"][one] for one in ("all", *STAGES)})
    kit.html(_matrix(inputs.stage, words, facts["kinds"]))
    kit.html(f'<h4>{kit.said(words["cards_title"])}</h4><div class="tf-prose">{prose(words["cards_idea"])}</div>')
    kit.choose(NAME, "card", words["card"], {one: words["cards"][one]["title"] for one in CARDS})
    told = words["cards"][inputs.card]
    kit.html(f'<div class="tf-box tf-situation">{prose(told["situation"])}</div>')
    kit.choose(NAME, inputs.card, words["decision"], {one: words["answers"][one] for one in ANSWERS})
    if given := getattr(inputs, inputs.card):
        verdict = facts["cards"][inputs.card][given]
        kit.html(judgement(verdict, words["verdicts"][verdict], told[given], tag="div"))


def _matrix(stage: str, words: dict, kinds: dict[str, list[str]]) -> str:
    def mark(column: str) -> str:
        return ' class="tf-here"' if column == stage else ""

    head = "".join(f'<th scope="col"{mark(one)}>{kit.said(words["stages"][one])}</th>' for one in STAGES)
    rows = []
    for kind, places in kinds.items():
        aside = ' class="tf-aside"' if stage != "all" and stage not in places else ""
        cells = "".join(
            f"<td{mark(one)}>"
            + ("<i></i>" if one in places else "")
            + f'<span class="tf-over">{kit.said(words["works" if one in places else "works_not"])}</span></td>'
            for one in STAGES
        )
        name = f"<b>{kit.said(words['kinds'][kind])}</b><span>{kit.said(words['tasks'][kind])}</span>"
        rows.append(f'<tr{aside}><th scope="row">{name}</th>{cells}</tr>')
    corner = f'<th scope="col" class="tf-kind">{kit.said(words["kind"])}</th>'
    return (
        f'<div class="tf-scroll tf-room" role="group" tabindex="0" aria-label="{kit.said(words["title"])}">'
        f'<table class="tf-matrix"><thead><tr>{corner}{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def describe(inputs: Inputs) -> str:
    """Say which kinds work in the stage, and how the decisions stand."""
    words, facts, numbers = kit.words(NAME), library.figure_facts(NAME), state.reader().numbers
    given = {card: getattr(inputs, card) for card in CARDS if getattr(inputs, card)}
    here = [kind for kind, places in facts["kinds"].items() if inputs.stage in ("all", *places)]
    tools = kit.filled(
        words["told"]["all" if inputs.stage == "all" else "stage"],
        n=numbers.count(len(here)),
        stage=kit.said(words["stages"][inputs.stage]),
        kinds=kit.said(words["comma"]).join(kit.said(words["kinds"][one]) for one in here),
    )
    cards = kit.filled(
        words["told"]["cards" if given else "none"],
        given=numbers.count(len(given)),
        all=numbers.count(len(CARDS)),
        fit=numbers.count(sum(facts["cards"][card][answer] != "wrong" for card, answer in given.items())),
    )
    return f"{tools} {cards}"


FIGURE = Figure(Inputs(), draw, describe)
