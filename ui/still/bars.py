"""The funnel that the hand moves, standing still: the same elements, words and numbers as ``web/hand.js`` draws."""

from __future__ import annotations

from typing import Any

from funnel.calculators import stage_conversion as model
from i18n.plurals import category
from statements.say import Say
from ui import state
from ui.figures.hand_words import plurals, words
from ui.text import escape, stage_name

ROOM = 1.1  # of the longest bar: what the full width stands for


def bars(inputs: model.Inputs, joint: dict[str, Any] | None = None, tools: bool = False) -> str:
    """Return a funnel as HTML. ``joint`` as in `ui.figures.hand.show`; ``tools`` keeps room for the figure's buttons."""
    numbers, said = state.reader().numbers, words()
    copy = inputs.now if inputs.what_if is None else inputs.what_if
    result = model.compute(inputs)
    found = result.now if inputs.what_if is None else result.what_if
    assert found is not None
    names = [escape(stage_name(stage, i)) for i, stage in enumerate(inputs.stages)]
    last = len(copy) - 1
    at = joint["at"] if joint else last
    # Joined funnels have a scale each: on marketing's, the customers would be a hair that nobody sees.
    widest = [_widest(found.counts[: at + 1]), _widest(found.counts[at:])]
    rows = []
    for i, stage in enumerate(inputs.stages):
        count, before = found.counts[i], found.counts[i - 1] if i else None
        full = widest[0 if i <= at else 1]
        own = ' dir="auto"' if not stage.id else ""
        top = f'<span class="tf-hand-of">{_of_top(said, numbers, found.from_top[i])}</span>' if i else ""
        field = "" if count is None else numbers.count(count)
        rows.append(
            f'<li class="tf-hand-stage">{_step(found, i, said, numbers) if i else ""}'
            f'<div class="tf-hand-head"><span class="tf-hand-name"{own}>{names[i]}</span><span class="tf-hand-count">'
            f'<span class="tf-hand-field">{field}</span></span>{top}</div><div class="tf-hand-track">'
            f'<div class="tf-hand-bars">{_bar("above", before, full)}{_bar("now", count, full)}</div></div></li>'
        )
    parts = f'<ol class="tf-hand-stages">{"".join(rows)}</ol>'
    if joint:
        times = escape(joint["scale"] % {"times": numbers.count(widest[0] / widest[1])})
        parts = (
            f"{_half(joint['first'], rows[: at + 1])}"
            f'<p class="tf-handover">{escape(joint["between"])}</p>{_half(joint["second"], rows[at + 1 :])}'
            f'<p class="tf-quiet">{times}</p>'
        )
    totals = f"<div><dt>{names[last]}</dt><dd>{_number(numbers, found.counts[last])}</dd></div>"
    overall = numbers.dash if found.overall is None else numbers.percent(found.overall)
    totals += f"<div><dt>{escape(said['overall'])}</dt><dd>{overall}</dd></div>"
    if inputs.average_sale is not None:
        money = Say(inputs.currency).money(result.revenue[0 if inputs.what_if is None else 1])
        totals += f"<div><dt>{escape(said['revenue'])}</dt><dd>{money}</dd></div>"
    label = escape(joint["name"] if joint else said["figure"])
    return (
        f'<div class="tf-hand" role="group" aria-label="{label}">{"<div class=tf-hand-room></div>" if tools else ""}'
        f'<p class="tf-hand-said">{escape(_sentence(found, inputs, said))}</p><div class="tf-hand-funnels">{parts}</div>'
        f'<div class="tf-hand-foot"><dl class="tf-hand-totals">{totals}</dl></div></div>'
    )


def _widest(counts: Any) -> float:
    return ROOM * max((count or 0.0 for count in counts), default=0.0) or 1.0


def _number(numbers: Any, count: float | None) -> str:
    return numbers.dash if count is None else numbers.count(count)


def _half(name: str, rows: list[str]) -> str:
    return f'<section class="tf-hand-half"><h2>{escape(name)}</h2><ol class="tf-hand-stages">{"".join(rows)}</ol></section>'


def _bar(kind: str, count: float | None, full: float) -> str:
    """Return a bar: as wide as its track, and slid out of it as far as people are missing."""
    share = min(1.0, max(0.0, (count or 0.0) / full))
    way = 1 if state.reader().rtl else -1
    return f'<span class="tf-hand-{kind}" style="transform:translateX({way * 100 * (1 - share):.3f}%)"></span>'


def _of_top(said: dict[str, str], numbers: Any, share: float | None) -> str:
    return escape(said["ofTop"] % {"rate": numbers.dash if share is None else numbers.percent(share)})


def _step(found: Any, i: int, said: dict[str, str], numbers: Any) -> str:
    """Return the step into a stage: how many go on, how many are lost."""
    rate, lost = found.rates[i], found.lost[i]
    goes = escape(said["goOn"] % {"rate": numbers.dash if rate is None else numbers.percent(rate)})
    told = ""
    if lost is not None:
        n = abs(lost)
        told = escape(_plural("lost" if lost > 0 else "grown", numbers.shown_count(n), n=numbers.count(n)))
    return (
        f'<div class="tf-hand-step"><div class="tf-hand-share"><span>{goes}</span></div>'
        f'<span class="tf-hand-lost">{told}</span></div>'
    )


def _plural(key: str, number: float, **facts: str) -> str:
    forms = plurals()[key]
    return forms.get(category(state.reader().language.locale, number), forms["other"]) % facts


def _sentence(found: Any, inputs: model.Inputs, said: dict[str, str]) -> str:
    """Say the whole in one sentence, as ``web/handwords.js`` does."""
    numbers = state.reader().numbers
    names = [
        stage_name(stage, i) if stage.id else f"\u2068{stage_name(stage, i)}\u2069"
        for i, stage in enumerate(inputs.stages)
    ]
    top, end = found.counts[0], found.counts[-1]
    if top is None or end is None:
        return said["fill"]
    if not top or found.overall is None:
        return said["nobody"] % {"first": names[0]}
    return _plural(
        "standing", numbers.shown_count(end), top=numbers.count(top), first=names[0], n=numbers.count(end),
        last=names[-1], overall=numbers.percent(found.overall),
    )  # fmt: skip
