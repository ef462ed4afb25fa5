"""Country cards: which law on personal data applies where, as far as the course has it from a source, and what it has not."""

from __future__ import annotations

from dataclasses import dataclass, field

from course import library
from funnel.links.codecs import Choice
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.learn.prose import prose

NAME = "country-cards"
PLACES = ("eu", "california", "brazil", "saudi", "uae", "egypt", "iran")
QUESTIONS = ("law", "consent", "kept", "enforces")


@dataclass(frozen=True)
class Inputs:
    """Which cards lie on the table: those of one place or of all, with the answer to one question or to all."""

    place: str = field(default="all", metadata=written("place", Choice(("all", *PLACES)), "Which country's card"))
    question: str = field(default="law", metadata=written("ask", Choice(("all", *QUESTIONS)), "Which question"))


def known(place: str, question: str) -> bool:
    """Say whether the course has an answer for a place, with or without a source."""
    return question in library.figure_facts(NAME)["known"][place]


def draw(inputs: Inputs) -> None:
    """Draw the two filters, the warning, and the cards."""
    words = kit.words(NAME)
    kit.choose(NAME, "question", words["ask"], {one: words["questions"][one] for one in (*QUESTIONS, "all")})
    kit.choose(NAME, "place", words["where"], {one: words["places"][one] for one in ("all", *PLACES)})
    cards = "".join(_card(place, _asked(inputs), words) for place in _places(inputs))
    kit.html(f'<p class="tf-lawyer">{kit.said(words["lawyer"])}</p><ul class="tf-countries">{cards}</ul>')
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _places(inputs: Inputs) -> tuple[str, ...]:
    return PLACES if inputs.place == "all" else (inputs.place,)


def _asked(inputs: Inputs) -> tuple[str, ...]:
    return QUESTIONS if inputs.question == "all" else (inputs.question,)


def _card(place: str, asked: tuple[str, ...], words: dict) -> str:
    parts = "".join(
        f"<h5>{kit.said(words['questions'][one])}</h5>"
        + prose(words["answers"][place][one] if known(place, one) else words["unknown"][one])
        for one in asked
    )
    kind = "" if all(known(place, one) for one in asked) else " tf-country-open"
    whole = f"<h5>{kit.said(words['incomplete'])}</h5>{prose(words['missing'][place])}"
    return f'<li class="tf-country{kind}"><h4>{kit.said(words["places"][place])}</h4>{parts}{whole}</li>'


def describe(inputs: Inputs) -> str:
    """Say how many of the cards have an answer to what is asked, and that none is complete."""
    words, numbers = kit.words(NAME), state.reader().numbers
    places, asked = _places(inputs), _asked(inputs)
    answers = [known(place, one) for place in places for one in asked]
    shape = "card" if len(places) == 1 else "all" if len(asked) > 1 else "question"
    return kit.filled(
        words["told"][shape],
        place=kit.said(words["places"][inputs.place]),
        question=kit.said(words["questions"][inputs.question]),
        known=numbers.count(sum(answers)),
        asked=numbers.count(len(answers)),
    )


FIGURE = Figure(Inputs(), draw, describe)
