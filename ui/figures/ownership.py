"""Ownership: one journey, one line between marketing and sales, five articles that draw it in different places."""

from __future__ import annotations

from dataclasses import dataclass, field

from course import library
from funnel.facts.businesses import start_of
from funnel.figures.ownership import PLACES, handover
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from statements.say import Say
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.learn.prose import prose
from ui.text import escape, name

NAME = "ownership"


@dataclass(frozen=True)
class Inputs:
    """Where marketing hands over."""

    place: str = field(default="leads", metadata=written("at", Choice(PLACES), "Where marketing hands over"))


def draw(inputs: Inputs) -> None:
    """Draw the line's slider, the journey with its two owners, the measures, and who stands here."""
    words = kit.words(NAME)
    kit.slide(NAME, "place", words["place"], {one: _stage(one) for one in PLACES})
    inputs = kit.desk(NAME).inputs
    kit.html(_journey(inputs, words) + _measures(inputs, words))
    here = "".join(f"<li>{prose(words['articles'][one]['says'])}</li>" for one in _standing(inputs.place))
    kit.html(
        f'<div class="tf-reply">{prose(words["means"][inputs.place])}</div>'
        + (f'<h4>{kit.said(words["here"])}</h4><ul class="tf-prose">{here}</ul>' if here else "")
    )
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _stage(place: str) -> str:
    return name("stages", place)


def _standing(place: str) -> list[str]:
    return [one for one, at in library.figure_facts(NAME)["articles"].items() if at == place]


def _journey(inputs: Inputs, words: dict) -> str:
    """Return the stages in reading direction; who owns each, and who draws the line there, in words too."""
    at, counts, count = PLACES.index(inputs.place), start_of("base").counts, state.reader().numbers.count
    items = []
    for i, place in enumerate(PLACES):
        owner = "marketing" if i < at else "sales" if i > at else "line"
        people = f"<b>{count(counts[i])}</b>" if i < len(counts) else ""
        names = [kit.said(words["articles"][one]["name"]) for one in _standing(place)]
        if place == library.figure_facts(NAME)["course"]:
            names.append(f"<b>{kit.said(words['course'])}</b>")
        chips = "".join(f"<span>{one}</span>" for one in names)
        items.append(
            f'<li class="tf-owner-{owner}"><div><strong>{escape(_stage(place))}</strong>{people}'
            f'<em>{kit.said(words["owners"][owner])}</em></div><p class="tf-chips">{chips}</p></li>'
        )
    return f'<ol class="tf-owners" aria-label="{escape(words["title"])}">{"".join(items)}</ol>'


def _measures(inputs: Inputs, words: dict) -> str:
    found, say = handover(inputs.place), Say(start_of("base").currency)
    measures = {
        "handed": say.count(found.handed),
        "marketing": say.percent(found.marketing),
        "sales": say.percent(found.sales),
        "cost": say.money(found.cost),
        "worth": say.money(found.worth),
        "overall": say.percent(found.overall),
    }
    return kit.key_figures({words["measures"][one]: value for one, value in measures.items()})


def describe(inputs: Inputs) -> str:
    """Say where the line is, what both teams' rates are, and that the customers stay the same."""
    words, say, found = kit.words(NAME), Say(start_of("base").currency), handover(inputs.place)
    shape = (
        "all"
        if found.handed is None
        else "first"
        if found.marketing is None
        else "last"
        if found.sales is None
        else "some"
    )
    return kit.filled(
        words["told"][shape],
        place=escape(_stage(inputs.place)),
        handed=say.count(found.handed),
        marketing=say.percent(found.marketing),
        sales=say.percent(found.sales),
        overall=say.percent(found.overall),
        customers=say.count(found.customers),
        articles=say.count(len(_standing(inputs.place))),
    )


FIGURE = Figure(Inputs(), draw, describe)
