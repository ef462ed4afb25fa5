"""What came of a workshop room as files: a workbook, a table and a PDF, the rounds side by side, without names."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from course import library
from documents.asking import Ask
from documents.outgoing.data import csv_bytes, safe_cell
from documents.outgoing.handouts.letters import printable
from documents.outgoing.handouts.paper import FONTS, Writer, pdf
from documents.words import words
from i18n.languages import language
from i18n.numbers import numbers
from rooms.items import said
from rooms.outcome import Asked, Outcome
from rooms.tally import funnel

BINS = 8
PERCENT, PLAIN = "0.0%", "#,##0.##"
Value = float | int | str | None


@dataclass(frozen=True)
class Row:
    """One line of a question's table: what, in which unit, a value for each round, the truth; ``form`` is a number format."""

    what: str
    unit: str
    values: tuple[Value, ...]
    truth: Value = None
    form: str = PLAIN


class Results:
    """The results in a language: the same rows for every kind of file."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.words = words(outcome.language, "room")
        self.numbers = numbers(outcome.language, outcome.digits)
        self.rtl = language(outcome.language).direction == "rtl"

    def say(self, key: str, **places: str) -> str:
        """Return a text of the house in the reader's digits."""
        return self.numbers.text(self.words[key]) % places

    def option(self, text: dict[str, str]) -> str:
        """Return an item's text in the reader's language and digits."""
        return self.numbers.text(said(text, self.outcome.language))

    def facts(self) -> list[str]:
        """Return what stands above the questions: the lesson, the seats."""
        out = [self.say("seats", n=self.numbers.count(self.outcome.seats))]
        if self.outcome.lesson:
            head = library.lesson_text(self.outcome.language, self.outcome.lesson).head
            out.insert(0, self.say("lesson", lesson=self.numbers.text(head.title)))
        return out

    def rows(self, asked: Asked) -> list[Row]:
        """Return a question's lines."""
        item, rounds = asked.item, list(asked.rounds.values())

        def each(pick) -> tuple[Value, ...]:
            return tuple(pick(one) for one in rounds)

        form = PERCENT if item.form == "percent" else PLAIN
        out = [Row(self.say("answered"), self.say("unit-answers"), each(lambda one: one["n"]))]
        if any("right" in one for one in rounds):
            share = each(lambda one: one["right"] / one["n"] if one["n"] else None)
            out.append(Row(self.say("share-right"), "", share, form=PERCENT))
        if item.kind == "choice":
            for one in item.options:
                mark = self.say("right-answer") if one.id in item.right else None
                counts = each(lambda tally, key=one.id: tally["counts"][key])
                out.append(Row(self.option(one.text), self.say("unit-answers"), counts, mark))
        elif item.kind == "order":
            for place, one in enumerate(item.options, 1):
                means = each(lambda tally, key=one.id: round(tally["places"][key], 2))
                out.append(Row(self.option(one.text), self.say("unit-place"), means, place))
        elif item.kind in ("number", "estimate"):
            out.append(Row(self.say("unit-median"), "", each(lambda one: one.get("median")), item.answer, form))
            out.append(Row(self.say("low"), "", each(lambda one: one.get("low")), form=form))
            out.append(Row(self.say("high"), "", each(lambda one: one.get("high")), form=form))
        elif item.kind == "rates":
            out += self._rates(asked, each)
        elif item.kind == "text":
            out += [Row(text, self.say("texts"), ()) for one in rounds for text in one["texts"]]
        return out

    def _rates(self, asked: Asked, each) -> Iterator[Row]:
        item = asked.item
        stages = [self.option(one) for one in item.stages]
        for i in range(len(stages) - 1):
            name = self.say("step", before=stages[i], after=stages[i + 1])
            medians = each(lambda one, i=i: one["steps"][i].get("median"))
            yield Row(name, self.say("unit-median"), medians, item.truth[i] if item.truth else None, PERCENT)
        people = funnel(item.top, item.truth) if item.truth else None
        for i, name in enumerate(stages):
            counts = each(lambda one, i=i: one["people"][i] if "people" in one else None)
            yield Row(name, self.say("unit-people"), counts, people[i] if people else None)

    def heads(self) -> list[str]:
        """Return the headings of all tables: as many rounds as the question with the most had."""
        most = max((len(one.rounds) for one in self.outcome.asked), default=1)
        rounds = [self.say("round", n=self.numbers.count(n + 1)) for n in range(most)]
        return [self.say("number"), self.say("question"), self.say("what"), "", *rounds, self.say("truth")]


def table(outcome: Outcome) -> bytes:
    """Return all results as one CSV table."""
    found = Results(outcome)
    heads = found.heads()
    rounds = len(heads) - 5
    lines = [
        [one.number, one.ask, row.what, row.unit, *_padded(row.values, rounds), row.truth]
        for one in outcome.asked
        for row in found.rows(one)
    ]
    return csv_bytes(heads, lines)


def _padded(values: Sequence[Value], size: int) -> list[Value]:
    return [*values, *[None] * (size - len(values))]


def workbook(outcome: Outcome) -> bytes:
    """Return the results as a workbook that is read from the reader's side, a block for each question."""
    found, out = Results(outcome), io.BytesIO()
    heads = found.heads()
    rounds = len(heads) - 5
    file = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    file.set_properties({"created": None, "title": found.say("title")})
    sheet = file.add_worksheet(found.say("sheet")[:31])
    if found.rtl:
        sheet.right_to_left()
    reading = {"reading_order": 2 if found.rtl else 1, "valign": "top"}
    bold = file.add_format({"bold": True, "text_wrap": True, "bg_color": "#f2f6f5", **reading})
    text = file.add_format({"text_wrap": True, **reading})
    title = file.add_format({"bold": True, "font_size": 16, "font_color": "#0f766e", **reading})
    shapes = {form: file.add_format({"num_format": form, "valign": "top"}) for form in (PERCENT, PLAIN)}
    for column, width in enumerate([46, 18, *[13] * rounds, 13]):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, found.say("title"), title)
    for i, fact in enumerate(found.facts(), 1):
        sheet.write_string(i, 0, fact, text)
    at = 4
    for one in outcome.asked:
        sheet.merge_range(at, 0, at, rounds + 2, "", bold)
        sheet.write_string(at, 0, f"{found.numbers.count(one.number)}. {one.ask}"[:2000], bold)
        sheet.set_row(at, 16 * (1 + len(one.ask) // 75))
        for column, head in enumerate([found.say("what"), "", *heads[4:]]):
            sheet.write_string(at + 1, column, head, bold)
        at += 2
        for row in found.rows(one):
            sheet.write_string(at, 0, str(safe_cell(row.what))[:2000], text)
            sheet.write_string(at, 1, row.unit, text)
            for column, value in enumerate([*_padded(row.values, rounds), row.truth], 2):
                if isinstance(value, str):
                    sheet.write_string(at, column, value, text)
                elif value is not None:
                    sheet.write_number(at, column, value, shapes[row.form])
            at += 1
        at += 1
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    file.close()
    return out.getvalue()


def paper(outcome: Outcome, link: str = "") -> bytes:
    """Return the results as a PDF with a chart for each question."""
    found = Results(outcome)
    writer = Writer(Ask(outcome.language, outcome.digits, link=link), "report")
    base = writer.base(found.say("title"))
    base |= {"kind": found.say("title"), "about": found.say("about"), "running": found.say("title"), "date": ""}
    sections = [_section(found, one) for one in outcome.asked]
    return pdf("room.typ", base | {"facts": found.facts(), "sections": sections, "nothing": found.say("nothing")})


def _section(found: Results, asked: Asked) -> dict[str, Any]:
    """Return what a template needs to draw one question."""
    number = found.numbers
    item, rounds = asked.item, asked.rounds
    last = max(rounds)
    facts = []
    for n, tally in rounds.items():
        parts = [found.say("answers", n=number.count(tally["n"]))]
        if "right" in tally and tally["n"]:
            parts.append(found.say("right", share=number.percent(tally["right"] / tally["n"])))
        if "median" in tally:
            parts.append(found.say("median", value=_shown(found, item.form, tally["median"])))
        if "low" in tally:
            low, high = (_shown(found, item.form, tally[key]) for key in ("low", "high"))
            parts.append(found.say("half", low=low, high=high))
        head = f"{found.say('round', n=number.count(n))}: " if len(rounds) > 1 else ""
        facts.append(head + " · ".join(parts))

    def bar(n: int, share: float, text: str) -> dict[str, Any]:
        name = f"{found.say('round', n=number.count(n))}: " if len(rounds) > 1 else ""
        return {"share": min(1.0, share), "before": 0, "new": n == last, "old": n != last, "text": name + text}

    rows: list[dict[str, Any]] = []
    texts: list[str] = []
    if item.kind == "choice":
        for one in item.options:
            mark = " ✓" if one.id in item.right else ""
            rows.append({"name": _safe(found.option(one.text)) + mark, "bars": [
                bar(n, tally["counts"][one.id] / max(1, tally["n"]), number.count(tally["counts"][one.id]))
                for n, tally in rounds.items()
            ]})  # fmt: skip
    elif item.kind == "order":
        for one in item.options:
            rows.append({"name": _safe(found.option(one.text)), "bars": [
                bar(n, tally["places"][one.id] / len(item.options), number.decimal(tally["places"][one.id]))
                for n, tally in rounds.items()
            ]})  # fmt: skip
    elif item.kind == "rates":
        for i, stage in enumerate(item.stages):
            bars = [
                bar(n, t["people"][i] / item.top, number.count(t["people"][i]))
                for n, t in rounds.items()
                if "people" in t
            ]
            if item.truth:
                people = funnel(item.top, item.truth)[i]
                text = f"{found.say('truth')}: {number.count(people)}"
                bars.append({"share": people / item.top, "before": 0, "new": False, "old": False, "text": text})
            rows.append({"name": _safe(found.option(stage)), "bars": bars})
    elif item.kind in ("number", "estimate"):
        rows = _bins(found, asked, bar)
    else:
        texts = [_safe(text) for tally in rounds.values() for text in tally["texts"]]
    return {
        "ask": f"{number.count(asked.number)}. {_safe(asked.ask)}",
        "facts": [_safe(one) for one in facts],
        "rows": rows,
        "texts": texts,
        "solution": _safe(found.option(item.solution)) if item.solution else "",
        "alt": _safe(" ".join(facts)),
    }


def _bins(found: Results, asked: Asked, bar) -> list[dict[str, Any]]:
    """Return how many answers lie in each part of the scale; nothing where too few answered to show single ones."""
    dots = {n: tally["dots"] for n, tally in asked.rounds.items() if "dots" in tally}
    values = [x for each in dots.values() for x in each]
    if not values or min(values) == max(values):
        return []
    low, size = min(values), (max(values) - min(values)) / BINS
    rows = []
    for i in range(BINS):
        ends = low + i * size, low + (i + 1) * size
        name = found.say(
            "bin", **dict(zip(("low", "high"), (_shown(found, asked.item.form, x) for x in ends), strict=True))
        )
        counts = {n: sum(min(BINS - 1, int((x - low) / size)) == i for x in each) for n, each in dots.items()}
        rows.append(
            {
                "name": name,
                "bars": [bar(n, count / len(dots[n]), found.numbers.count(count)) for n, count in counts.items()],
            }
        )
    return rows


def _shown(found: Results, form: str, x: float) -> str:
    return found.numbers.percent(x) if form == "percent" else found.numbers.figures(x)


def _safe(text: str) -> str:
    return printable(text, FONTS)
