"""Exercises with cards: who is it by now, which model, whose work, honest or not. Words of figures are used where they exist."""

from __future__ import annotations

from itertools import pairwise

from course import library
from course.drills.chance import Chance
from course.drills.frames import FRAMES
from course.drills.kinds import Drill, Option, Shown, Task, drill, need, stage, word

DRILLS: list[Drill] = []


def figure(name: str, *path: str) -> Shown:
    """Show a text of a figure: its file, and the keys that lead to it."""
    return Shown("figure", "/".join((name, *path)))


#: What somebody did, and what she is by that: a touchpoint alone, a lead, a prospect (fit is known), a customer.
WHO = {
    "saw-ad": "touch",
    "walked-by": "touch",
    "read-anonymous": "touch",
    "bought-list": "touch",
    "watched-clip": "touch",
    "sent-form": "lead",
    "asked-fair": "lead",
    "left-number": "lead",
    "joined-newsletter": "lead",
    "talk-fits": "prospect",
    "wants-offer-fits": "prospect",
    "budget-known": "prospect",
    "paid-course": "customer",
    "second-order": "customer",
    "recommends-after-buying": "customer",
}


@drill(DRILLS, "who-is-it", "what-a-funnel-is", "match", 60)
def who_is_it(c: Chance) -> Task:
    cards = c.sample(sorted(WHO), 5)
    need(len({WHO[key] for key in cards}) >= 3)
    return Task(
        "match",
        {key: WHO[key] for key in cards},
        frame="s3-academy-irt",
        options=tuple(Option(key, (word(f"who-{key}"),)) for key in cards),
        bins=tuple(Option(key, (word(f"is-{key}"),)) for key in ("touch", "lead", "prospect", "customer")),
    )


@drill(DRILLS, "date-order", "where-models-come-from", "order", 75)
def date_order(c: Chance) -> Task:
    events = library.figure_facts("timeline")["events"]
    some = c.sample(sorted(events), 4)
    years = sorted(events[key]["year"] for key in some)
    need(all(b - a >= 4 for a, b in pairwise(years)))
    right = tuple(sorted(some, key=lambda key: events[key]["year"]))
    need(tuple(some) != right)
    return Task(
        "order",
        right,
        options=tuple(
            Option(key, (figure("timeline", "events", key, "name"), ": ", word(f"did-{key}"))) for key in some
        ),
        robots={"as shown": tuple(some)},
    )


@drill(DRILLS, "lay-model", "where-models-come-from", "match", 60)
def lay_model(c: Chance) -> Task:
    facts = library.figure_facts("business-models")
    name = c.pick(sorted(facts["stages"]))
    parts, stages = facts["stages"][name], FRAMES[name].stages
    some = sorted(c.sample(range(len(stages)), 4))
    need(len({parts[i] for i in some}) >= 3)
    bins = facts["parts"]
    return Task(
        "match",
        {stages[i]: parts[i] for i in some},
        frame=name,
        options=tuple(Option(stages[i], (stage(stages[i]),)) for i in c.shuffled(some)),
        bins=tuple(Option(key, (figure("business-models", "parts", key),)) for key in bins),
    )


def _board(c: Chance, name: str, board: str, n: int, kinds: int) -> Task:
    facts = library.figure_facts(name)[board]
    columns = sorted({one for verdict in facts.values() for one in verdict})
    cards = c.sample(sorted(facts), n)
    key = {
        card: next(col for col, how in facts[card].items() if how == "right" or "right" not in facts[card].values())
        for card in cards
    }
    need(len(set(key.values())) >= kinds)
    also = {card: tuple(facts[card]) for card in cards if len(facts[card]) > 1}
    return Task(
        "match",
        key,
        also=also,
        options=tuple(Option(card, (figure(name, board, "cards", card),)) for card in cards),
        bins=tuple(Option(col, (figure(name, board, "columns", col),)) for col in columns),
    )


@drill(DRILLS, "pull-push", "top-of-the-funnel", "match", 60)
def pull_push(c: Chance) -> Task:
    return _board(c, "sorting-board", "directions", 4, 2)


@drill(DRILLS, "honest-dark", "psychology-ethics-privacy", "match", 60)
def honest_dark(c: Chance) -> Task:
    return _board(c, "dark-patterns", "board", 5, 2)


@drill(DRILLS, "whose-row", "marketing-versus-sales", "match", 60)
def whose_row(c: Chance) -> Task:
    rows = [
        row
        for group in library.figure_facts("comparison-table")["groups"].values()
        for row in group
        if row not in ("owner", "shared")
    ]
    some = c.sample(rows, 4)
    sides = [c.pick(("marketing", "sales")) for _ in some]
    need(len(set(sides)) == 2)
    return Task(
        "match",
        dict(zip(some, sides, strict=True)),
        options=tuple(
            Option(
                row,
                (
                    figure("comparison-table", "table", row, "name"),
                    ": ",
                    figure("comparison-table", "table", row, side),
                ),
            )
            for row, side in zip(some, sides, strict=True)
        ),
        bins=tuple(Option(side, (figure("comparison-table", "sides", side),)) for side in ("marketing", "sales")),
    )
