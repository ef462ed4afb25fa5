"""The shapes of the course's data: what a lesson, a question and a term must have, checked when they are read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
#: How sure a claim is: its badge in a lesson.
CERTAINTIES = ("documented", "reported", "traditional", "disputed", "rule-of-thumb", "derived")


class Strict(BaseModel):
    """A table with exactly these keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Lesson(Strict):
    """Facts of a lesson. ``figure`` is a calculator's slug with the link it starts from; ``places`` the
    figures of other kinds, in order; ``before`` questions of earlier lessons that it begins with, as lesson/question;
    ``workbook`` the id of the document that fits what the learner adds to her own funnel here."""

    slug: Id
    minutes: int = Field(gt=0, le=90)
    needs: tuple[Id, ...] = ()
    objectives: int = Field(gt=0)
    misconceptions: int = Field(gt=0)
    figure: str = ""
    figure_link: str = ""
    corrects: tuple[str, ...] = ()
    places: tuple[Id, ...] = ()
    before: tuple[str, ...] = ()
    workbook: Id = ""
    concepts: tuple[str, ...]


class Source(Strict):
    """A reference: whether the page itself was seen, and what it is; a ``report`` is neither the original nor a study of it."""

    seen: Literal["seen", "secondary", "known"]
    text: str
    report: bool = False


class Related(Strict):
    """What explains a calculator: lessons by slug, terms of the glossary by id."""

    lessons: tuple[Id, ...]
    terms: tuple[Id, ...]


class Syllabus(Strict):
    """The whole course without words."""

    lessons: tuple[Lesson, ...]
    corrections: dict[str, tuple[str, ...]]
    sources: dict[str, Source]
    calculators: dict[str, Related]


class Guess(Strict):
    """A guess on a bar whose scale ends at ``top`` and has steps of ``step``; within the share ``near`` of the truth it is near.

    ``truth`` (a count or a fraction) is checked: it is what ``of`` (attributes and places, "counts.4") is in the result of a
    ``calculator`` opened by ``link``, or what ``sum`` comes to.
    """

    percent: bool = False
    top: float = Field(gt=0)
    step: float = Field(default=1.0, gt=0)
    truth: float
    near: float = Field(default=0.15, gt=0, lt=1)
    calculator: str = ""
    link: str = ""
    of: str = ""
    sum: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Guess:
        if bool(self.calculator) == bool(self.sum):
            raise ValueError("a truth is checked by a calculator or by a sum")
        if not 0 <= self.truth <= self.top:
            raise ValueError("the truth is not on the scale")
        return self


class Question(Strict):
    """The answer key of a question.

    single, multiple: ``options`` in the order shown, ``right`` among them, ``meets`` gives each wrong option the number of
    its misconception. order: ``options`` in their right order. match: ``pairs``. number: ``answer`` with ``form`` and
    ``tolerance`` (both in the number's own terms: a fraction for percent), ``traps`` wrong results worth recognising.
    """

    kind: Literal["single", "multiple", "order", "match", "number"]
    options: tuple[Id, ...] = ()
    right: tuple[Id, ...] = ()
    meets: dict[Id, int] = {}
    pairs: dict[Id, Id] = {}
    answer: float | None = None
    form: Literal["count", "percent", "money", "number"] = "number"
    tolerance: float = Field(default=0.0, ge=0)
    traps: dict[Id, float] = {}
    objectives: tuple[int, ...] = Field(min_length=1)
    concepts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Question:
        if self.kind in ("single", "multiple"):
            wrong = set(self.options) - set(self.right)
            if len(self.options) < 2 or not self.right or not set(self.right) <= set(self.options):
                raise ValueError("needs options, some of them right")
            if self.kind == "single" and len(self.right) != 1:
                raise ValueError("a single choice has one right option")
            if set(self.meets) - wrong:
                raise ValueError("only wrong options meet a misconception")
        elif self.kind == "order" and len(self.options) < 3:
            raise ValueError("needs three options or more to be put in order")
        elif self.kind == "match" and len(self.pairs) < 2:
            raise ValueError("needs two pairs or more")
        elif self.kind == "number":
            if self.answer is None:
                raise ValueError("needs an answer")
            near = [name for name, value in self.traps.items() if abs(value - self.answer) <= self.tolerance]
            if near:
                raise ValueError(f"traps within the tolerance: {near}")
        return self


class QuestionWords(Strict):
    """A question in one language. ``replies`` answer a chosen option or a trap; ``left`` and ``right`` are for matching."""

    ask: str
    hints: tuple[str, ...] = Field(min_length=1)
    solution: str
    unit: str = ""
    options: dict[Id, str] = {}
    replies: dict[Id, str] = {}
    left: dict[Id, str] = {}
    right: dict[Id, str] = {}


class Term(Strict):
    """A term of the glossary in one language."""

    term: str
    variants: tuple[str, ...] = ()
    definition: str
    formula: str = ""
    misreading: str = ""


class LessonHead(Strict):
    """The front matter of a lesson in one language; ``stamp`` is the English text that it was checked against."""

    title: str
    lead: str
    objectives: tuple[str, ...]
    stamp: str = ""
