"""Ready runs: what a room can be asked about a lesson, from the course's questions and the funnels of its fictional firms."""

from __future__ import annotations

from course import library
from course.schemas import Question
from course.text import plain
from funnel.facts.presets import PRESETS
from funnel.formulas.conversion import step_rates
from i18n.languages import languages
from i18n.titles import names
from rooms.items import MOST_STEPS, Item, Option, Trap, Words

#: Which firm's funnel a class estimates after a lesson's questions; the truth is that firm's (docs/model.md, F01).
FIRMS = {
    "what-a-funnel-is": "s3-academy-irt",
    "top-of-the-funnel": "s3-academy-irt",
    "middle-of-the-funnel": "s2-saas-usd",
    "bottom-of-the-funnel": "s1-ecom-sar",
    "marketing-versus-sales": "s2-saas-usd",
    "measuring-a-funnel": "s1-ecom-sar",
    "money-in-the-funnel": "s4-clinic-aed",
    "improving-a-funnel": "s1-ecom-sar",
    "forecasting-and-pipeline": "s2-saas-usd",
    "business-models": "s4-clinic-aed",
    "build-your-own-funnel": "s3-academy-irt",
}
TOP = 1000  # people who enter in a room's estimate
KINDS = {"single": "choice", "multiple": "choice", "order": "order", "number": "number"}


def lessons() -> tuple[str, ...]:
    """Return the slugs of the lessons that have a run, in order."""
    return tuple(one.slug for one in library.lessons())


def count(slug: str) -> int:
    """Return how many items a lesson's run has."""
    return sum(one.kind in KINDS for one in library.questions(slug).values()) + (slug in FIRMS)


def run(slug: str) -> tuple[Item, ...]:
    """Return a lesson's run; questions of pairs are left out, a phone has no room for them. Raises KeyError."""
    if slug not in lessons():
        raise KeyError(slug)
    asked = library.questions(slug)
    items = [_item(slug, key, question) for key, question in asked.items() if question.kind in KINDS]
    if slug in FIRMS:
        items.append(estimate(FIRMS[slug]))
    return tuple(items)


def estimate(firm: str) -> Item:
    """Return the estimate of a firm's step rates."""
    preset = PRESETS[firm]
    stages = preset.stages[: MOST_STEPS + 1]
    rates = step_rates(preset.counts[: len(stages)])[1:]
    return Item(
        kind="rates",
        ask=_each(lambda code: names(code)["presets"][firm]),
        stages=tuple(_each(lambda code, stage=stage: names(code)["stages"][stage]) for stage in stages),
        top=TOP,
        truth=tuple(float(rate) for rate in rates),
        form="percent",
    )


def _each(say) -> Words:
    return {one.code: say(one.code) for one in languages()}


def _item(slug: str, key: str, question: Question) -> Item:
    words = {one.code: library.question_words(one.code, slug)[key] for one in languages()}

    def each(pick) -> Words:
        return {code: text for code, one in words.items() if (text := _line(pick(one)))}

    options = tuple(
        Option(
            id=name,
            text=each(lambda one, name=name: one.options[name]),
            reply=each(lambda one, name=name: one.replies.get(name, "")),
        )
        for name in question.options
    )
    traps = tuple(
        Trap(value=value, reply=each(lambda one, name=name: one.replies.get(name, "")))
        for name, value in question.traps.items()
    )
    return Item(
        kind=KINDS[question.kind],
        ask=each(lambda one: one.ask),
        options=options,
        right=question.right,
        multiple=question.kind == "multiple",
        form=question.form,
        unit=each(lambda one: one.unit),
        answer=question.answer,
        tolerance=question.tolerance,
        traps=traps,
        solution=each(lambda one: one.solution),
    )


def _line(text: str) -> str:
    return plain(text).replace("**", "").strip()
