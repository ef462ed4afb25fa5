"""The loyalty loop: a hundred buyers go round; retention and referral are moved, the rounds counted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from funnel.figures.leaks import scaled
from funnel.figures.rounds import FROM, MOST_ROUNDS, REFER, REPEAT, START, in_the_end, sent_round
from funnel.links.codecs import Choice, Number
from funnel.links.scenario import written
from statements.say import Say
from ui.figures import kit
from ui.figures.guess import ask, gain, guess_field, guessed, seen_field, slide, veiled
from ui.figures.kit import Figure
from ui.kit.form import source_name
from ui.learn.prose import prose
from ui.text import escape

NAME = "loyalty-loop-figure"
ROUNDS = tuple(map(str, range(MOST_ROUNDS + 1)))
SOURCES = tuple(FROM)
MOST = 5.0 * START  # purchases: what the guess has room for
STOPS = ("buy", "enjoy", "advocate", "bond")


@dataclass(frozen=True)
class Inputs:
    """The two rates and the business they began with, the round looked at, and the guess of all purchases."""

    source: str = field(default="base", metadata=written("from", Choice(SOURCES), "The business"))
    repeat: float = field(default=FROM["base"][0], metadata=written("repeat", Number(REPEAT), "Chance to buy again"))
    refer: float = field(
        default=FROM["base"][1], metadata=written("refer", Number(REFER), "New customers per customer")
    )
    round: str = field(default="0", metadata=written("round", Choice(ROUNDS), "The round looked at"))
    guess: float = guess_field(START, MOST, START)
    seen: str = seen_field()


def draw(inputs: Inputs) -> None:
    """Draw the business, the two rates, the loop, the rounds, and the guess with its bar."""
    words = kit.words(NAME)
    kit.choose(
        NAME, "source", words["source"], {one: words["sources"][one] for one in SOURCES},
        put=lambda _now, one: Inputs(source=one, repeat=FROM[one][0], refer=FROM[one][1]),  # guess anew
    )  # fmt: skip
    slide(NAME, "repeat", words["repeat"], (REPEAT.low, REPEAT.high, 0.01), percent=True)
    slide(NAME, "refer", words["refer"], (REFER.low, REFER.high, 0.01), percent=True)
    loop = kit.container()
    kit.slide(NAME, "round", words["round"], {one: words["rounds"].format(n=one) for one in ROUNDS})
    inputs = kit.desk(NAME).inputs
    at = int(inputs.round)
    following = ROUNDS[(at + 1) % len(ROUNDS)]
    kit.button(NAME, "next", words["again" if at == MOST_ROUNDS else "next"], lambda now: replace(now, round=following))
    with loop:
        kit.html(_loop(inputs, words))
    if veiled(inputs):
        slide(NAME, "guess", words["guess"], (float(START), MOST, 5.0))
    inputs = kit.desk(NAME).inputs
    ask(NAME, words["question"])
    kit.html(_bar(inputs, words))
    kit.html(f'<div class="tf-prose tf-quiet">{prose(words["note"])}</div>')


def _loop(inputs: Inputs, words: dict) -> str:
    """Return the ring: four stops, clockwise in every language like a clock, and in it a hundred people."""
    found, say = sent_round(int(inputs.round), inputs.repeat, inputs.refer), Say()
    stops = "".join(
        f'<li style="--turn:{i}"><span>{kit.said(words["stops"][one])}</span></li>' for i, one in enumerate(STOPS)
    )
    dots = "".join(f'<i class="{"tf-on" if i < found.dots else "tf-off"}"></i>' for i in range(START))
    came = ("enters", found.referred) if int(inputs.round) else ("begins", START)  # the first were not referred
    enters = kit.filled(words[came[0]], n=say.count(came[1]))
    inside = kit.filled(words["inside"], n=say.count(found.buying))
    return (
        f'<div class="tf-ring-box"><p class="tf-enters"><b>{kit.said(words["consider"])}</b> '
        f'<span>{enters}</span></p><div class="tf-ring"><ol>{stops}</ol>'
        f'<div class="tf-crowd"><div aria-hidden="true">{dots}</div><p>{inside}</p></div></div></div>'
    )


def _bar(inputs: Inputs, words: dict) -> str:
    """Return all purchases as one bar: the first ones, what the loop adds once it is shown, and the guess."""
    say, total = Say(), in_the_end(inputs.repeat, inputs.refer).purchases or START
    shares = scaled(START, total - START, inputs.guess - START, MOST - START)
    return gain(inputs, shares, say.count(inputs.guess), kit.filled(words["first"], n=say.count(START)))


def describe(inputs: Inputs) -> str:
    """Say who goes round in this round, and once it is revealed what the loop comes to."""
    words, say = kit.words(NAME), Say()
    found, end = sent_round(int(inputs.round), inputs.repeat, inputs.refer), in_the_end(inputs.repeat, inputs.refer)
    facts = {
        "start": say.count(START),
        "source": escape(source_name(inputs.source)),
        "repeat": say.percent(inputs.repeat),
        "refer": say.percent(inputs.refer),
        "round": kit.said(words["rounds"].format(n=inputs.round)),
        "buying": say.count(found.buying),
        "left": say.count(found.left),
        "so_far": say.count(found.so_far),
        "per": say.decimal(end.purchases_per_customer, 2),
        "customers": say.count(end.customers),
        "purchases": say.count(end.purchases),
        "guess": say.count(inputs.guess),
    }
    parts = [words["told"]["round"], words["told"]["veiled" if veiled(inputs) else "open"]]
    if guessed(inputs):
        parts.append(words["told"]["guess"])
    return " ".join(kit.filled(one, **facts) for one in parts)


FIGURE = Figure(Inputs(), draw, describe)
