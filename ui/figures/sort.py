"""Boards on which cards are sorted into columns: the Python face of ``web/sort.js``.

What is moved shows at once in the browser, which then tells where every card lies, with a number. It is applied while the page is
drawn (a callback could be cut short by the next move), each number once; the answer carries the number and what is to be said
of each card.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from course import library
from funnel.figures.sorting import Count, Sorted, counted, judged
from funnel.links.scenario import written
from ui import state
from ui.figures import kit
from ui.figures.judged import SIGNS
from ui.figures.parts import newer, sending
from ui.learn.prose import prose
from ui.still.canvas import canvas
from ui.text import _, escape

DECK = "deck"


@dataclass(frozen=True)
class Board:
    """One board of a figure: the Inputs' field that holds where the cards lie, its columns and its cards (ids, in order).

    Its verdicts are in the figure's facts, ``[<field>.<card>]``: {column: right or depends}; any other column is wrong. Its words
    are in ``[<field>]``, or for all boards of the figure above that: ``deck``, ``columns``, ``notes`` (optional, one a column),
    ``cards``, ``texts`` (optional), and ``why``: of each card one sentence, or one for each column ({column: sentence}).
    """

    figure: str
    field: str
    columns: tuple[str, ...]
    cards: tuple[str, ...]

    def lying(self, key: str, doc: str) -> Any:
        """Return the Inputs' field of where the cards lie, at first all on the deck; ``key`` names it in a link."""
        codec = Sorted(len(self.cards), self.columns)
        return field(default=("",) * len(self.cards), metadata=written(key, codec, doc))

    @property
    def words(self) -> dict[str, Any]:
        """Return the board's words in the reader's language."""
        words = kit.words(self.figure)
        return words | words[self.field]

    @property
    def _key(self) -> str:
        return f"sort-{self.figure}-{self.field}"

    def places(self, inputs: Any) -> dict[str, str]:
        """Return where each card lies: {card: column}, "" for the deck."""
        return dict(zip(self.cards, getattr(inputs, self.field), strict=True))

    def verdicts(self, inputs: Any) -> dict[str, str]:
        """Return the verdict on each card that is sorted."""
        return judged(self.places(inputs), library.figure_facts(self.figure)[self.field])

    def count(self, inputs: Any) -> Count:
        """Return how many cards are sorted, and how many of them well."""
        return counted(len(self.cards), list(self.verdicts(inputs).values()))

    def told(self, inputs: Any) -> str:
        """Say how many cards are sorted, and how they lie."""
        found, numbers = self.count(inputs), state.reader().numbers
        if not found.sorted:
            return escape(_("No card is sorted yet."))
        text = _(
            "Cards sorted: %(sorted)s of %(all)s. Fitting: %(right)s; it depends: %(depends)s; not here: %(wrong)s."
        )
        shown = {
            "sorted": found.sorted,
            "all": found.cards,
            "right": found.right,
            "depends": found.depends,
            "wrong": found.wrong,
        }
        return escape(text % {one: numbers.count(n) for one, n in shown.items()})

    def take(self) -> Any:
        """Apply what was moved since the board was drawn last; return the Inputs."""
        if canvas():
            return kit.desk(self.figure).inputs
        sent = state.sent(self._key, "sent")
        number = newer(sent, self._seen())
        if number is not None and isinstance(at := sent.get("at"), dict):
            state.note(self._key, number)
            # what comes from a browser can be anything: a column that is none of ours is the deck
            places = tuple(one if (one := at.get(card)) in self.columns else "" for card in self.cards)
            kit.change(self.figure, lambda inputs: replace(inputs, **{self.field: places}))
        return kit.desk(self.figure).inputs

    def _seen(self) -> int:
        return state.noted(self._key, 0)

    def draw(self) -> Any:
        """Apply what was moved, and draw the board with what is to be said of each sorted card; return the Inputs."""
        inputs, words, reader = self.take(), self.words, state.reader()
        if canvas():
            kit.html(self._standing(inputs))
            return inputs
        text, found = reader.numbers.text, self.verdicts(inputs)
        cards = []
        for card, column in self.places(inputs).items():
            verdict = found.get(card, "")
            cards.append(
                {
                    "id": card,
                    "name": text(words["cards"][card]),
                    "text": text(words.get("texts", {}).get(card, "")),
                    "at": column or DECK,
                    "verdict": verdict,
                    "sign": SIGNS.get(verdict, ""),
                    "word": _verdict(verdict),
                    "why": prose(self._why(card, column)) if verdict else "",
                }
            )
        notes = words.get("notes", {})
        columns = [
            {"id": one, "name": text(words["columns"][one]), "note": text(notes.get(one, ""))} for one in self.columns
        ]
        data = {
            "ack": self._seen(),
            "rtl": reader.rtl,
            "digits": reader.numbers.signs()["digits"],
            "label": text(kit.words(self.figure)["title"]),
            "columns": [{"id": DECK, "name": text(words["deck"]), "note": ""}, *columns],
            "cards": cards,
            "words": _words(),
        }
        sending("sort", self._key, data)
        return inputs

    def _standing(self, inputs: Any) -> str:
        """Return the board as HTML that stands still: the cards, then the columns with what each is for."""
        words, text = self.words, state.reader().numbers.text
        texts, notes = words.get("texts", {}), words.get("notes", {})

        def items(found: dict[str, str], more: dict[str, str]) -> str:
            return "".join(
                f"<li><b>{escape(text(name))}</b>"
                + (f" <span>{escape(text(more[one]))}</span>" if more.get(one) else "")
                + "</li>"
                for one, name in found.items()
            )

        cards = {one: words["cards"][one] for one, column in self.places(inputs).items() if not column}
        columns = {one: words["columns"][one] for one in self.columns}
        return (
            f'<div class="tf-board"><h4>{escape(text(words["deck"]))}</h4><ul class="tf-cards">{items(cards, texts)}</ul>'
            f'<ul class="tf-columns">{items(columns, notes)}</ul></div>'
        )

    def _why(self, card: str, column: str) -> str:
        why = self.words["why"][card]
        return why if isinstance(why, str) else why[column]


def draw_one(figure: str, part: str, boards: dict[str, Board]) -> Any:
    """Draw the choice among a figure's boards, which the Inputs' field ``part`` holds, and that board; return the Inputs."""
    words = kit.words(figure)
    chosen = getattr(kit.desk(figure).inputs, part)
    kit.choose(figure, part, words[part], {one: words[one]["name"] for one in boards})
    return boards[chosen].draw()


def _verdict(verdict: str) -> str:
    return {"right": _("fits here"), "depends": _("it depends"), "wrong": _("not here")}.get(verdict, "")


def _words() -> dict[str, str]:
    """Return the board's own sentences; the browser fills in their names."""
    return {
        "help": _("Drag a card into a column, or press it and choose where it goes. Arrow keys move it, too."),
        "back": _("Put all cards back"),
        "cleared": _("All cards lie on the pile again."),
        "where": _("card %(n)s of %(all)s in: %(column)s"),
        "moved": _("“%(card)s” now lies in: %(column)s."),
        "move": _("Move to:"),
        "choose": _("Where does the card go? %(card)s"),
        "empty": _("No card here yet."),
        "done": _("All cards are sorted."),
    }
