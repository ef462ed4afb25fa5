"""Business models: one journey, six businesses on it. Guess how many of a thousand get to the end, then look."""

from __future__ import annotations

from dataclasses import dataclass, field

from course import library
from funnel.facts.presets import PRESETS
from funnel.figures.six_businesses import WORRIES, Business, business
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from statements.say import Say
from ui.figures import kit
from ui.figures.guess import ask, bar, guess_field, guessed, seen_field, slide, veiled
from ui.figures.kit import Figure
from ui.learn.prose import prose
from ui.text import escape, name

NAME = "business-models"
MODELS = tuple(WORRIES)
SCALE = 100.0  # of a thousand: what the guess and the bar have room for


@dataclass(frozen=True)
class Inputs:
    """The business, and the guess how many of a thousand at its top become customers."""

    model: str = field(default=MODELS[0], metadata=written("model", Choice(MODELS), "The business"))
    guess: float = guess_field(0, SCALE, 50)
    seen: str = seen_field()


def draw(inputs: Inputs) -> None:
    """Draw the switch, the journey, the guess with its bar, the numbers, and what is special."""
    words = kit.words(NAME)
    kit.choose(
        NAME, "model", words["model"], {one: words["models"][one]["name"] for one in MODELS},
        put=lambda _now, value: Inputs(model=value),  # another business: guess anew
    )  # fmt: skip
    found = business(inputs.model)
    kit.html(f'<p class="tf-quiet">{escape(name("presets", inputs.model))}</p>{_journey(inputs, found, words)}')
    if veiled(inputs):
        slide(NAME, "guess", words["guess"], (0.0, SCALE, 1.0))
    inputs = kit.desk(NAME).inputs
    ask(NAME, words["question"])
    kit.html(_bar(inputs, found, words) + _numbers(inputs, found, words))
    told = words["models"][inputs.model]
    rows = "".join(f"<dt>{kit.said(words['asks'][one])}</dt><dd>{prose(told[one])}</dd>" for one in words["asks"])
    kit.html(f'<dl class="tf-card tf-asked-of">{rows}</dl><div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _journey(inputs: Inputs, found: Business, words: dict) -> str:
    """Return the parts of the journey in reading direction, with this business's stages in them."""
    say, facts, preset = Say(), library.figure_facts(NAME), PRESETS[inputs.model]
    columns = []
    for part in facts["parts"]:
        inside = []
        for i, (stage, where) in enumerate(zip(preset.stages, facts["stages"][inputs.model], strict=True)):
            if where != part:
                continue
            count = "" if veiled(inputs) and i > 0 else f"<b>{say.count(found.counts[i])}</b>"
            rate = "" if i == 0 or veiled(inputs) else kit.filled(words["goes"], rate=say.percent(found.rates[i]))
            end = ' class="tf-customers"' if i == preset.customer_stage else ""
            inside.append(f"<li{end}><span>{escape(name('stages', stage))}</span>{count}<small>{rate}</small></li>")
        body = f"<ol>{''.join(inside)}</ol>" if inside else f'<p class="tf-quiet">{kit.said(words["empty"])}</p>'
        columns.append(f"<li><h4>{kit.said(words['parts'][part])}</h4>{body}</li>")
    return f'<ol class="tf-models">{"".join(columns)}</ol>'


def _bar(inputs: Inputs, found: Business, words: dict) -> str:
    say = Say()
    share = min(1.0, (found.thousand or 0.0) / SCALE)
    truth = f'<i style="--share:{share:.4f}"></i>'
    drawn = bar(inputs, "", truth, inputs.guess / SCALE, say.count(inputs.guess))
    ends = f"<span>{say.count(0)}</span><span>{kit.filled(words['scale'], n=say.count(SCALE))}</span>"
    return f'{drawn}<p class="tf-key tf-scale">{ends}</p>'


def _worry(inputs: Inputs, found: Business, say: Say) -> str:
    return say.money(found.worry) if WORRIES[inputs.model] == "velocity" else say.percent(found.worry)


def _numbers(inputs: Inputs, found: Business, words: dict) -> str:
    told, say = words["models"][inputs.model], Say(PRESETS[inputs.model].currency)
    values = {
        words["thousand"]: kit.said(words["unknown"]) if veiled(inputs) else say.count(found.thousand),
        told["cac"]: say.money(found.cac),
        told["sale"]: say.money(found.sale),
        told["worry"]: _worry(inputs, found, say),
        words["cycle"]: kit.filled(words["days"], n=say.count(found.cycle))
        if found.cycle
        else kit.said(words["no_cycle"]),
    }
    return kit.key_figures(values)


def describe(inputs: Inputs) -> str:
    """Say which business it is, and once it is revealed how many of a thousand get to its end."""
    words, found = kit.words(NAME), business(inputs.model)
    told, preset = words["models"][inputs.model], PRESETS[inputs.model]
    say = Say(preset.currency)
    facts = {
        "model": kit.said(told["name"]),
        "top": escape(name("stages", preset.stages[0])),
        "end": escape(name("stages", preset.stages[preset.customer_stage])),
        "thousand": say.count(found.thousand),
        "cac": say.money(found.cac),
        "label": kit.said(told["worry"]),
        "worry": _worry(inputs, found, say),
        "guess": say.count(inputs.guess),
    }
    parts = [words["told"]["veiled" if veiled(inputs) else "open"]]
    if guessed(inputs):
        parts.append(words["told"]["guess"])
    return " ".join(kit.filled(one, **facts) for one in parts)


FIGURE = Figure(Inputs(), draw, describe)
