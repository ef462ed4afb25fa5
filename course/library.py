"""The course's files, read once for each content root: facts, lessons, questions, terms."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.schemas import Guess, Lesson, LessonHead, Question, QuestionWords, Source, Syllabus, Term
from course.text import Block, blocks
from i18n.languages import cached_per_root, content_root, languages


def _toml(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _if_there(path: Path) -> dict[str, Any]:
    return _toml(path) if path.exists() else {}


@cached_per_root
def syllabus() -> Syllabus:
    """Return the facts of the course. Raises pydantic's ValidationError for a fact that does not fit."""
    return Syllabus.model_validate(_toml(content_root() / "syllabus.toml"))


@cached_per_root
def lessons() -> tuple[Lesson, ...]:
    """Return the lessons that are written, in order: those with text, questions and note in every released language."""
    folders = [content_root() / one.code / "lessons" for one in languages()]
    files = ("lesson.md", "quiz.toml", "trainer.md")
    return tuple(
        one
        for one in syllabus().lessons
        if all((folder / one.slug / file).exists() for folder in folders for file in files)
    )


def lesson(slug: str) -> Lesson:
    """Return the facts of a lesson."""
    return next(one for one in syllabus().lessons if one.slug == slug)


def number(slug: str) -> int:
    """Return a lesson's number, counted from 1 over the whole course."""
    return next(i for i, one in enumerate(syllabus().lessons, 1) if one.slug == slug)


def lesson_path(code: str, slug: str, file: str = "lesson.md") -> Path:
    """Return where a lesson's file lies."""
    return content_root() / code / "lessons" / slug / file


@dataclass(frozen=True)
class LessonText:
    """A lesson in one language."""

    head: LessonHead
    blocks: tuple[Block, ...]


@cached_per_root
def lesson_text(code: str, slug: str) -> LessonText:
    """Return a lesson's text in a language. Raises ValueError (LessonError, ValidationError) for one that does not fit."""
    front, body = lesson_path(code, slug).read_text("utf-8").split("+++\n", 2)[1:]
    # the head stands between two lines of its own
    return LessonText(LessonHead.model_validate(tomllib.loads(front)), blocks(body, front.count("\n") + 3))


@cached_per_root
def trainer_note(code: str, slug: str) -> str:
    """Return what a trainer should know of a lesson, as Markdown."""
    return lesson_path(code, slug, "trainer.md").read_text("utf-8")


@cached_per_root
def questions(slug: str) -> dict[str, Question]:
    """Return the answer keys of a lesson's questions, by id, in order."""
    found = _if_there(content_root() / "questions" / f"{slug}.toml")
    return {key: Question.model_validate(one) for key, one in found.items()}


@cached_per_root
def guesses() -> dict[str, Guess]:
    """Return the guesses on a bar, by id."""
    return {key: Guess.model_validate(one) for key, one in _if_there(content_root() / "guesses.toml").items()}


@cached_per_root
def question_words(code: str, slug: str) -> dict[str, QuestionWords]:
    """Return a lesson's questions in a language, by id."""
    found = _if_there(lesson_path(code, slug, "quiz.toml"))
    return {key: QuestionWords.model_validate(one) for key, one in found.items()}


@cached_per_root
def figure_facts(name: str) -> dict[str, Any]:
    """Return the facts of a figure that no language changes: ids, numbers, what belongs where. Empty without a file."""
    return _if_there(content_root() / "figures" / f"{name}.toml")


@cached_per_root
def figure_words(code: str, name: str) -> dict[str, Any]:
    """Return what a figure says in a language; its ``title`` and ``idea`` stand above it."""
    return _toml(content_root() / code / "figures" / f"{name}.toml")


@cached_per_root
def mine_words(code: str) -> dict[str, Any]:
    """Return what is said around the learner's own funnel, in a language."""
    return _toml(content_root() / code / "mine.toml")


@cached_per_root
def glossary(code: str) -> dict[str, Term]:
    """Return the terms of a language by id."""
    found = _if_there(content_root() / code / "glossary.toml")
    return {key: Term.model_validate(one) for key, one in found.items()}


@cached_per_root
def corrections(code: str) -> dict[str, dict[str, str]]:
    """Return what the articles got wrong and what is right, by number, in a language: ``said`` and ``right``."""
    return _if_there(content_root() / code / "corrections.toml")


def source(key: str) -> Source:
    """Return a reference."""
    return syllabus().sources[key]


def stamp(slug: str) -> str:
    """Return the mark of a lesson's English text and questions: a translation says against which it was checked."""
    made = hashlib.sha256()
    for file in ("lesson.md", "quiz.toml"):
        path = lesson_path("en", slug, file)
        made.update(path.read_bytes() if path.exists() else b"")
    return made.hexdigest()[:12]


@cached_per_root
def exercise_words(code: str, name: str) -> dict[str, Any]:
    """Return what an exercise says in a language, by its generator's id; also ``words`` and ``replies``, shared by all."""
    return _toml(content_root() / code / "drills" / f"{name}.toml")


@cached_per_root
def names(code: str) -> dict[str, dict[str, str]]:
    """Return the names of stages, currencies and the like in a language."""
    return _toml(content_root() / code / "names.toml")
