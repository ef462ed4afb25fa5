"""The hand on the funnel, its Python face: what the figure is told, and what was done with it.

While the hand moves, ``web/hand.js`` computes by itself; when it lets go, it sends acts, each with a number. They are applied here
while the page is drawn (a callback could be cut short by the next act), each once: the answer carries the last number, and until
the figure has seen it, it sends the act again.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from funnel.calculators import stage_conversion as model
from funnel.facts.stages import MAX_STAGES, MIN_STAGES
from funnel.quantities import COUNT, MONEY, RATE
from i18n.languages import content_root
from statements.say import Say
from ui import state
from ui.figures.hand_words import plurals, words
from ui.figures.parts import newer, sending
from ui.inputs import read_typed, why_not
from ui.text import stage_name

TOOLS = ("basis", "undo", "predict", "stages", "sale")
MOST_ACTS = 50
LONGEST = 200  # characters of what is typed
STRUCTURAL = ("add", "remove", "move", "basis", "flow")


@dataclass
class Held:
    """What a session keeps of one figure beside its numbers: the last act done, the learner's guess, what was not understood."""

    ack: int = 0
    predict: str = "off"
    guess: float | None = None
    errors: dict[str, tuple[str, ...]] | None = None
    scale: str | None = (
        None  # what the bars are drawn against: "count" the largest, "step" the stage before; None as it needs
    )


def held(slug: str) -> Held:
    """Return what the session keeps of a desk's figure."""
    return state.note_once(f"hand-{slug}", Held)


def take(slug: str) -> set[str]:
    """Apply what the hand has done since the page was drawn last; return the kinds of acts."""
    mine, done = held(slug), set()
    brought = state.sent(_key(slug), "sent")
    acts = brought.get("acts") if isinstance(brought, dict) else None
    for act in (acts if isinstance(acts, list) else [])[-MOST_ACTS:]:
        number = newer(act, mine.ack)
        if number is None:
            continue
        mine.ack = number
        kind = act.get("do")
        if isinstance(kind, str) and kind in _DO:
            mine.errors = None
            try:
                _DO[kind](slug, act)
            except (IndexError, OverflowError, TypeError, ValueError):
                continue  # no figure of ours sends this
            done.add(kind)
    return done


def show(slug: str, tools: tuple[str, ...] = TOOLS, joint: dict[str, Any] | None = None) -> None:
    """Draw the figure of a desk of stage conversion. Call ``take`` first.

    ``tools`` are of TOOLS; ``joint`` says where one funnel hands over to the next (``at``, the last stage of the first) and the
    words around it.
    """
    desk, mine = state.open_desk(slug), held(slug)
    data = told(desk.inputs, tools, joint) | {
        "ack": mine.ack,
        "id": slug,
        "predict": {"state": mine.predict, "guess": mine.guess},
        "errors": {field: why_not(*problem) for field, problem in (mine.errors or {}).items()},
        "scale": mine.scale,
        "canUndo": bool(desk.past),
        "canRedo": bool(desk.future),
    }
    sending("hand", _key(slug), data)


def told(inputs: model.Inputs, tools: tuple[str, ...] = (), joint: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what a figure is told of these inputs, as ``Data`` in ``web/handwords.js``: nothing done to it yet."""
    copy = _copy(inputs)
    say, reader = Say(inputs.currency), state.reader()
    return _told(str(content_root()), reader.key, inputs.currency) | {
        "ack": 0,
        "id": "hand",
        "basis": inputs.basis,
        "values": list(getattr(inputs, copy)),
        "ghost": list(inputs.now) if copy == "what_if" else None,
        "names": [stage_name(stage, i) for i, stage in enumerate(inputs.stages)],
        "own": [not stage.id for stage in inputs.stages],
        "averageSale": inputs.average_sale,
        "saleField": "" if inputs.average_sale is None else say.numbers.count_field(inputs.average_sale),
        "predict": {"state": "off", "guess": None},
        "errors": {},
        "tools": list(tools),
        "joint": joint,
        "unnamed": any(not stage.id and not stage.name for stage in inputs.stages),
        "scale": None,
        "stuck": _stuck(inputs),
        "canUndo": False,
        "canRedo": False,
    }


@st.fragment
def live(slug: str, start: model.Inputs, tools: tuple[str, ...] = (), joint: dict[str, Any] | None = None) -> None:
    """Draw a figure that nothing else on the page follows: in a lesson, on the home page. ``slug`` names its own desk."""
    state.desk(slug, start)
    take(slug)
    show(slug, tools, joint)


def _key(slug: str) -> str:
    return f"hand-of-{slug}"


def _stuck(inputs: model.Inputs) -> bool:
    """Say whether "what if" differs from now and yet nothing flows down: the people below were told to stay."""
    return inputs.basis == "people" and inputs.what_if not in (None, inputs.now) and model.let_flow(inputs) != inputs


def _copy(inputs: model.Inputs) -> str:
    """Return which copy the hand moves: "what if", where there is one."""
    return "now" if inputs.what_if is None else "what_if"


@lru_cache(maxsize=64)
def _told(_root: str, _reader_key: str, currency: str) -> dict[str, Any]:
    """Return what does not change with the numbers: words, signs, bounds."""
    reader, say = state.reader(), Say(currency)
    return {
        "lang": reader.language.code,
        "rtl": reader.rtl,
        "signs": reader.numbers.signs(),
        "words": words(),
        "plurals": plurals(),
        "money": "%(amount)s" if currency == "none" else f"%(amount)s\u00a0{html.unescape(say.unit)}",
        "wholeMoney": currency in ("IRT", "IRR"),
        "most": MAX_STAGES,
        "least": MIN_STAGES,
    }


# --- acts: each checks what it was given, for a browser can send anything ---------------------------------------------


def _number(act: dict, name: str) -> float:
    value = act.get(name)
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError(f"{value!r:.40} is not a number")
    return float(value)


def _index(act: dict, name: str = "i") -> int:
    value = act.get(name)
    if type(value) is not int:
        raise TypeError(f"{value!r:.40} is not a place")
    return value


def _text(act: dict, name: str = "text") -> str:
    value = act.get(name)
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is not a text")
    return value[:LONGEST]


def _changing(operation: Callable[[model.Inputs, dict], model.Inputs]) -> Callable[[str, dict], None]:
    def act(slug: str, given: dict) -> None:
        state.change(slug, lambda inputs: operation(inputs, given))

    return act


def _typed(slug: str, act: dict) -> None:
    """Read a typed number; what cannot be read is answered by a sentence and changes nothing."""
    index, share = _index(act), act.get("what") == "share"
    field = f"share-field-{index}" if share else f"count-{index}"
    bounds = RATE if share else COUNT
    value, problem = read_typed(_text(act), "percent" if share else "count", bounds.low, bounds.high)
    if problem is not None:
        held(slug).errors = {field: problem}
    else:
        put = model.set_value if value is None else model.set_share if share else model.set_count
        state.change(slug, lambda inputs: put(inputs, _copy(inputs), index, value))


def _sale(slug: str, act: dict) -> None:
    value, problem = read_typed(_text(act), "money", MONEY.low, MONEY.high)
    if problem is not None:
        held(slug).errors = {"sale": problem}
    else:
        state.change(slug, lambda inputs: model.set_average_sale(inputs, value))


def _predict(slug: str, act: dict) -> None:
    mine, to = held(slug), act.get("to")
    if to == "shown" and (mine.predict != "ask" or mine.guess is None):
        return
    if to in ("off", "ask", "shown"):
        mine.predict = to
        mine.guess = mine.guess if to == "shown" else None


def _scale(slug: str, act: dict) -> None:
    if act.get("to") in ("count", "step"):
        held(slug).scale = act["to"]


def _guess(slug: str, act: dict) -> None:
    held(slug).guess = COUNT.check(_number(act, "to"))


_DO: dict[str, Callable[[str, dict], None]] = {
    "count": _changing(lambda inputs, act: model.set_count(inputs, _copy(inputs), _index(act), _number(act, "to"))),
    "share": _changing(lambda inputs, act: model.set_share(inputs, _copy(inputs), _index(act), _number(act, "to"))),
    "typed": _typed,
    "sale": _sale,
    "name": _changing(lambda inputs, act: model.rename(inputs, _index(act), _text(act), _text(act, "shown"))),
    "add": _changing(lambda inputs, act: model.add_stage(inputs, _index(act))),
    "remove": _changing(lambda inputs, act: model.remove_stage(inputs, _index(act))),
    "move": _changing(lambda inputs, act: model.move_stage(inputs, _index(act), _index(act, "to"))),
    "basis": _changing(lambda inputs, act: model.rebase(inputs, _text(act, "to"))),
    "flow": _changing(lambda inputs, _act: model.let_flow(inputs)),
    "undo": lambda slug, _act: state.undo(slug),
    "redo": lambda slug, _act: state.redo(slug),
    "predict": _predict,
    "scale": _scale,
    "guess": _guess,
}
