"""Stage mapper: models of three to six stages and the decision journey laid over one journey; its loop is a way back, no stage."""

from __future__ import annotations

from dataclasses import dataclass, field

from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.figures.sort import Board, draw_one
from ui.learn.prose import prose

NAME = "stage-mapper"
ZONES = ("top", "middle", "bottom", "after")
MODELS = {
    "three": ("awareness", "consideration", "conversion"),
    "aida": ("attention", "interest", "desire", "action"),
    "sales": ("awareness", "interest", "decision", "action", "loyalty"),
    "effects": ("awareness", "knowledge", "liking", "preference", "conviction", "purchase"),
    "journey": ("consideration", "evaluation", "closure", "experience"),
}
BOARDS = {model: Board(NAME, model, ZONES, stages) for model, stages in MODELS.items()}


def _lying(model: str) -> tuple[str, ...]:
    return BOARDS[model].lying(model, f"Where the stages lie: {model}")


@dataclass(frozen=True)
class Inputs:
    """The model in hand, and where the stages of each lie."""

    model: str = field(default="aida", metadata=written("model", Choice(tuple(MODELS)), "The model in hand"))
    three: tuple[str, ...] = _lying("three")
    aida: tuple[str, ...] = _lying("aida")
    sales: tuple[str, ...] = _lying("sales")
    effects: tuple[str, ...] = _lying("effects")
    journey: tuple[str, ...] = _lying("journey")


def loops(inputs: Inputs) -> bool:
    """Say whether the loop can be drawn: the journey's purchase and what follows it lie where they belong."""
    found = BOARDS["journey"].verdicts(inputs)
    return found.get("closure") == found.get("experience") == "right"


def draw(_inputs: Inputs) -> None:
    """Draw the choice of models, the board of one, and all of them over one journey."""
    words = kit.words(NAME)
    inputs = draw_one(NAME, "model", BOARDS)
    kit.html(
        f"<h4>{kit.said(words['over'])}</h4>{_over(inputs, words)}<div class='tf-prose tf-quiet'>{prose(words['note'])}</div>"
    )


def _over(inputs: Inputs, words: dict) -> str:
    """Return every model as a row over the four zones of one journey."""
    zones = "".join(f"<span>{kit.said(words['columns'][zone])}</span>" for zone in ZONES)
    rows = []
    for model, board in BOARDS.items():
        cells, places, found = [], board.places(inputs), board.verdicts(inputs)
        whole = len(found) == len(places)
        nothing = f'<span class="tf-nothing">{kit.said(words["nothing"])}</span>' if whole else ""
        for zone in ZONES:
            stages = [_stage(board, stage, found[stage]) for stage, lies in places.items() if lies == zone]
            inside = "".join(stages) or nothing
            cells.append(f'<div><span class="tf-zone">{kit.said(words["columns"][zone])}</span>{inside}</div>')
        loop = ""
        if model == "journey" and loops(inputs):
            loop = f'<p class="tf-way-back"><span>{kit.said(words["loop"])}</span></p>'
        here = ' aria-current="true"' if model == inputs.model else ""
        head = kit.said(words[model]["name"]) + ("" if whole else f"<small>{kit.said(words['unfinished'])}</small>")
        rows.append(f"<li{here}><b>{head}</b>{''.join(cells)}{loop}</li>")
    return f'<div class="tf-mapped-head" aria-hidden="true"><span></span>{zones}</div><ul class="tf-mapped">{"".join(rows)}</ul>'


def _stage(board: Board, stage: str, verdict: str) -> str:
    """Return a stage as it lies; one in a wrong place is marked, not only by colour."""
    text = kit.said(board.words["cards"][stage])
    if verdict != "wrong":
        return f'<span class="tf-laid tf-laid-{verdict}">{text}</span>'
    return f'<span class="tf-laid tf-laid-wrong">{text} <b>{kit.said(kit.words(NAME)["wrong"])}</b></span>'


def describe(inputs: Inputs) -> str:
    """Say how the stages of the model in hand lie, how many models are laid out, and whether the loop shows."""
    words, numbers = kit.words(NAME), state.reader().numbers
    done = sum(board.count(inputs).sorted == len(board.cards) for board in BOARDS.values())
    return " ".join(
        (
            kit.said(words[inputs.model]["name"]) + ":",
            BOARDS[inputs.model].told(inputs),
            kit.filled(words["told"], done=numbers.count(done), all=numbers.count(len(BOARDS))),
            kit.said(words["loop_told" if loops(inputs) else "loop_open"]),
        )
    )


FIGURE = Figure(Inputs(), draw, describe)
