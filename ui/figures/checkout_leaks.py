"""Checkout leaks: look where people leave, choose what might help there, guess what it brings, and see."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from course import library
from funnel.facts.presets import PRESETS
from funnel.figures.leaks import Kept, kept, scaled
from funnel.formulas.conversion import from_top, losses, step_rates
from funnel.links.codecs import Choice, Maybe
from funnel.links.scenario import written
from statements.say import Say
from ui import state
from ui.figures import kit
from ui.figures.guess import ask, gain, guess_field, guessed, seen_field, slide, veiled
from ui.figures.judged import judgement
from ui.figures.kit import Figure
from ui.learn.prose import prose
from ui.text import escape, name

NAME = "checkout-leaks"
BUSINESSES = ("s1-ecom-sar", "s4-clinic-aed")
LEAKS = tuple(stage for one in BUSINESSES for stage in PRESETS[one].stages[1:])
SHARES = ("0.04", "0.08", "0.12", "0.2")
FIXES = ("price", "guest", "pay", "reminder", "discount", "timer", "booking", "date", "plan", "today")


@dataclass(frozen=True)
class Inputs:
    """The business, the step looked at, the fix tried, the share it keeps, and the guess what that brings."""

    business: str = field(default=BUSINESSES[0], metadata=written("from", Choice(BUSINESSES), "The business"))
    leak: str | None = field(default=None, metadata=written("leak", Maybe(Choice(LEAKS)), "The step looked at"))
    fix: str | None = field(default=None, metadata=written("fix", Maybe(Choice(FIXES)), "What is tried"))
    share: str = field(default="0.08", metadata=written("share", Choice(SHARES), "Share kept"))
    guess: float = guess_field(0, 600, 0)
    seen: str = seen_field()

    @classmethod
    def repair(cls, fields: dict[str, Any], report: Any) -> dict[str, Any]:
        """Drop a step or a fix that this business does not have."""
        allowed = {"leak": PRESETS[fields["business"]].stages[1:], "fix": fixes(fields["business"])}
        for part, known in allowed.items():
            if fields[part] is not None and fields[part] not in known:
                report(part, "inconsistent", None, fields[part], "")
                fields[part] = None
        return fields


def fixes(business: str) -> dict[str, dict[str, Any]]:
    """Return what can be tried in a business."""
    return library.figure_facts(NAME)[business]["fixes"]


def brought(inputs: Inputs) -> Kept | None:
    """Return what the fix brings; None where none is chosen, or it deceives and is not counted."""
    fix = fixes(inputs.business).get(inputs.fix)
    if fix is None or fix.get("deceives"):
        return None
    preset = PRESETS[inputs.business]
    sale, margin = float(preset.facts["avg"]), float(preset.facts["margin"])  # type: ignore[arg-type]
    return kept(preset.counts, fix["start"], fix["at"], float(inputs.share), sale, margin, fix.get("discount", 0.0))


def draw(inputs: Inputs) -> None:
    """Draw the funnel with its leaks, then step by step: where, what, how much."""
    words, numbers = kit.words(NAME), state.reader().numbers
    told = words["businesses"][inputs.business]
    kit.choose(
        NAME, "business", words["business"], {one: words["businesses"][one]["name"] for one in BUSINESSES},
        put=lambda _now, value: Inputs(business=value),
    )  # fmt: skip
    kit.html(_funnel(inputs, words))
    kit.choose(NAME, "leak", words["leak"], _steps(inputs, words))
    if inputs.leak in told["leaks"]:
        kit.html(f'<div class="tf-reply" role="status">{prose(told["leaks"][inputs.leak])}</div>')
    known = fixes(inputs.business)
    kit.choose(NAME, "fix", words["fix"], {one: told["fixes"][one]["name"] for one in known})
    if inputs.fix not in known:
        return
    verdict = known[inputs.fix]["verdict"]
    kit.html(judgement(verdict, words["verdicts"][verdict], told["fixes"][inputs.fix]["why"], tag="div"))
    if brought(inputs) is None:
        return
    kit.choose(NAME, "share", words["share"], {one: numbers.percent(float(one), 0) for one in SHARES})
    if veiled(inputs):
        slide(NAME, "guess", told["guess"], tuple(library.figure_facts(NAME)[inputs.business]["guess"]))
    ask(NAME, words["question"])
    kit.html(_result(kit.desk(NAME).inputs, words))
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _steps(inputs: Inputs, words: dict) -> dict[str, str]:
    stages = PRESETS[inputs.business].stages
    return {
        here: words["step"].format(start=name("stages", above), end=name("stages", here))
        for above, here in pairwise(stages)
    }


def _funnel(inputs: Inputs, words: dict) -> str:
    """Return the stages as bars, the loss behind them pale; the step looked at is marked."""
    preset, numbers = PRESETS[inputs.business], state.reader().numbers
    rows = []
    parts = zip(
        preset.stages,
        preset.counts,
        from_top(preset.counts),
        step_rates(preset.counts),
        losses(preset.counts),
        strict=True,
    )
    before = 1.0
    for stage, count, share, rate, lost in parts:
        note = ""
        if rate is not None and lost is not None:
            note = kit.filled(words["goes"], rate=numbers.percent(rate), lost=numbers.count(lost))
        here = ' aria-current="step"' if stage == inputs.leak else ""
        rows.append(
            f'<li{here}><span class="tf-stage">{escape(name("stages", stage))}</span> '
            f'<span class="tf-count"><b>{numbers.count(count)}</b></span>'
            f'<span class="tf-leak" style="--share:{share:.4f};--before:{before:.4f}"><i></i></span>'
            f'<span class="tf-leak-note">{note}</span></li>'
        )
        before = share
    return f'<ol class="tf-leaks">{"".join(rows)}</ol>'


def _result(inputs: Inputs, words: dict) -> str:
    """Return the bar at the end: what there is, what comes on top once it is shown, and the guess on it."""
    found, numbers = brought(inputs), state.reader().numbers
    if found is None or found.final is None:
        return ""
    now = PRESETS[inputs.business].counts[-1]
    most = library.figure_facts(NAME)[inputs.business]["guess"][1]
    shares = scaled(now, found.final, inputs.guess, most)
    return gain(inputs, shares, numbers.count(inputs.guess), kit.filled(words["now"], n=numbers.count(now)))


def describe(inputs: Inputs) -> str:
    """Say which step is looked at, which fix is tried, and what it brings."""
    words, say = kit.words(NAME), Say(PRESETS[inputs.business].currency)
    told = words["businesses"][inputs.business]
    steps = _steps(inputs, words)
    parts = []
    if inputs.leak is not None:
        at = PRESETS[inputs.business].stages.index(inputs.leak)
        lost = losses(PRESETS[inputs.business].counts)[at]
        parts.append(kit.filled(words["told"]["leak"], step=escape(steps[inputs.leak]), lost=say.count(lost)))
    if inputs.fix in fixes(inputs.business):
        found, fix = brought(inputs), kit.said(told["fixes"][inputs.fix]["name"])
        if found is None:
            parts.append(kit.filled(words["told"]["refused"], fix=fix))
        else:
            facts = {
                "fix": fix,
                "share": say.percent(float(inputs.share), 0),
                "lost": say.count(found.lost),
                "back": say.count(found.back),
                "final": say.count(found.final),
                "now": say.count(PRESETS[inputs.business].counts[-1]),
                "after": say.count(found.after),
                "revenue": say.money(found.revenue),
                "margin": say.money(found.margin),
                "guess": say.count(inputs.guess),
            }
            parts.append(kit.filled(words["told"]["veiled"] if veiled(inputs) else told["brings"], **facts))
            if guessed(inputs):
                parts.append(kit.filled(words["told"]["guess"], **facts))
    return " ".join(parts) or kit.said(words["told"]["nothing"])


FIGURE = Figure(Inputs(), draw, describe)
