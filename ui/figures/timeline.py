"""Timeline of the models: who drew what, when, how sure it is, and what is often told wrongly about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from course import library
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.kit.form import choose
from ui.learn.prose import certainty, prose
from ui.still.canvas import canvas
from ui.text import escape, label

NAME = "timeline"
KINDS = ("documented", "traditional", "disputed")
SIGNS = {"documented": "●", "traditional": "◐", "disputed": "○"}
EVENTS = (
    "lewis", "dukesmith", "russell", "townsend", "strong", "peterson", "hierarchy", "journey", "edelman", "iwamoto",
)  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """What is looked at: entries of every certainty or of one, and the one that is open."""

    kind: str = field(default="all", metadata=written("kind", Choice(("all", *KINDS)), "How sure the entries are"))
    pick: str = field(default="townsend", metadata=written("pick", Choice(EVENTS), "The entry that is open"))


def shown(inputs: Inputs) -> tuple[str, ...]:
    """Return the entries that the filter lets through, by year."""
    facts = library.figure_facts(NAME)["events"]
    return tuple(one for one in EVENTS if inputs.kind in ("all", facts[one]["kind"]))


def opened(inputs: Inputs) -> str:
    """Return the open entry: the one that was picked, or the first where the filter hides that."""
    left = shown(inputs)
    return inputs.pick if inputs.pick in left else left[0]


def draw(inputs: Inputs) -> None:
    """Draw the filter, the axis, the entries to pick from, and the open one."""
    words = kit.words(NAME)
    names = {"all": words["all"]} | {one: f"{SIGNS[one]} {certainty(one)}" for one in KINDS}
    kit.choose(NAME, "kind", words["filter"], names)
    kit.html(_axis(inputs, words))
    _pick(inputs, words)
    kit.html(_card(opened(inputs), words))
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _pick(inputs: Inputs, words: dict) -> None:
    """Draw the entries as buttons, on a phone one below the other."""
    facts, text = library.figure_facts(NAME)["events"], state.reader().numbers.text
    names = {one: f"{SIGNS[facts[one]['kind']]} {text(_entry(one, words))}" for one in shown(inputs)}
    if on := canvas():
        on.choice(text(words["pick"]), names, opened(inputs))
        return
    choose(
        f"{NAME}-pick-{inputs.kind}", label(text(words["pick"])), {one: label(said) for one, said in names.items()},
        opened(inputs), lambda event: kit.change(NAME, lambda now: replace(now, pick=event)),
    )  # fmt: skip


def _year(event: str, words: dict) -> str:
    fact = library.figure_facts(NAME)["events"][event]
    return words["about"].format(year=fact["year"]) if fact.get("about") else str(fact["year"])


def _entry(event: str, words: dict) -> str:
    return words["entry"].format(year=_year(event, words), name=words["events"][event]["name"])


def _axis(inputs: Inputs, words: dict) -> str:
    """Return the axis as HTML: time runs from left to right in every language, the words on it as the language does."""
    facts, text_dir = library.figure_facts(NAME), "rtl" if state.reader().rtl else "ltr"
    first, last = facts["ends"]

    def at(year: int) -> str:
        return f"{(year - first) / (last - first):.4f}"

    ticks = "".join(f'<span style="--at:{at(one)}">{kit.said(str(one))}</span>' for one in facts["ticks"])
    items = []
    for one in shown(inputs):
        fact = facts["events"][one]
        kind = "tf-event tf-sure-" + fact["kind"] + (" tf-event-before" if fact.get("before") else "")
        current = ' aria-current="true"' if one == opened(inputs) else ""
        items.append(
            f'<li class="{kind}"{current} style="--at:{at(fact["year"])};--lane:{fact["lane"]}"><i></i>'
            f'<span><bdi dir="{text_dir}"><b>{kit.said(_year(one, words))}</b> {kit.said(words["events"][one]["name"])}'
            f'<span class="tf-over"> {kit.said(certainty(fact["kind"]))}</span></bdi></span></li>'
        )
    return (
        f'<div class="tf-timeline" dir="ltr"><ol aria-label="{escape(words["axis"])}">{"".join(items)}</ol>'
        f'<div class="tf-ticks" aria-hidden="true">{ticks}</div></div>'
    )


def _card(event: str, words: dict) -> str:
    kind, told = library.figure_facts(NAME)["events"][event]["kind"], words["events"][event]
    rows = "".join(f"<dt>{kit.said(words[one])}</dt><dd>{prose(told[one])}</dd>" for one in ("who", "said", "wrong"))
    return (
        f'<div class="tf-card tf-sure"><h4>{kit.said(_entry(event, words))}</h4>'
        f'<p class="tf-verdict">{SIGNS[kind]} {kit.said(certainty(kind))}: {kit.said(words["means"][kind])}</p>'
        f"<dl>{rows}</dl></div>"
    )


def describe(inputs: Inputs) -> str:
    """Say how many entries are shown, how sure they are, and which one is open."""
    words, numbers, facts = kit.words(NAME), state.reader().numbers, library.figure_facts(NAME)["events"]
    left, here = shown(inputs), opened(inputs)
    kind = facts[here]["kind"]
    return kit.filled(
        words["told"]["all" if inputs.kind == "all" else "some"],
        n=numbers.count(len(left)),
        all=numbers.count(len(EVENTS)),
        first=kit.said(_year(left[0], words)),
        last=kit.said(_year(left[-1], words)),
        entry=kit.said(_entry(here, words)),
        kind=kit.said(certainty(kind)),
        filter=kit.said(certainty(kind)),
        means=kit.said(words["means"][kind]),
        **{one: numbers.count(sum(facts[event]["kind"] == one for event in left)) for one in KINDS},
    )


FIGURE = Figure(Inputs(), draw, describe)
