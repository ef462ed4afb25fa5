"""Exercises without end: a generator draws a task from a seed, the same task in every language, on paper and on a phone."""

from __future__ import annotations

from course.drills import after, boards, bottom, channels, forecast, improve, measure, money, top
from course.drills.kinds import Drill, Task, drawn
from course.drills.recall import lesson_of, recall

_MODULES = (top, boards, bottom, measure, money, after, forecast, improve, channels)
_FOUND: dict[str, Drill] = {one.id: one for module in _MODULES for one in module.DRILLS}

#: Every generator in the order of the lessons. The place of a skill in a learner's state is its place here: append only.
ORDER: tuple[str, ...] = (
    "who-is-it", "step-of-whom", "bar-end", "date-order", "lay-model", "reach-fit", "pull-push", "score-leads",
    "two-errors", "threshold-pull", "cart-left", "cart-back", "rebate-margin", "two-rates", "whose-row", "conv-overall",
    "reverse-top", "lift-points", "bottleneck-three", "rate-pull", "bad-number", "cost-of-one", "roi-margin", "roas-even",
    "max-cpl", "next-money", "median-sale", "churn-year", "ltv", "payback-table", "cohort-pooled", "loop-orders",
    "velocity", "open-value", "lag-month", "test-days", "test-reads", "gain-first", "committee", "decisive",
    "consent-reach", "model-lift", "unwanted-yes", "honest-dark", "blend",
)  # fmt: skip
DRILLS: dict[str, Drill] = {name: _FOUND[name] for name in ORDER}
MOST_SEED = 2**31 - 1


def task(name: str, seed: int) -> Task:
    """Return the task of a generator (or of ``recall-7``, a lesson's own questions) and a seed, 1 to ``MOST_SEED``.

    It is the same for everyone. Raises KeyError for no generator of ours, ValueError for another seed.

    >>> task("conv-overall", 4711) == task("conv-overall", 4711)
    True
    """
    if not 1 <= seed <= MOST_SEED:
        raise ValueError(f"a seed is 1 to {MOST_SEED}, not {seed}")
    if name.startswith("recall-"):
        return recall(name, seed)
    return drawn(DRILLS[name], seed)


def lesson(name: str) -> str:
    """Return the lesson that a generator, or ``recall-7``, belongs to. Raises KeyError or ValueError for another name."""
    return lesson_of(name) if name.startswith("recall-") else DRILLS[name].lesson


def of_lesson(slug: str) -> tuple[str, ...]:
    """Return the generators of a lesson, in order."""
    return tuple(name for name, one in DRILLS.items() if one.lesson == slug)
