"""Every problem of the course's texts in one run, with file and key: what is missing, untaught, unasked, or stale."""

from __future__ import annotations

from collections.abc import Iterator

from course import arithmetic, library, looks, shape, wording
from course.schemas import CERTAINTIES, Lesson, Question, QuestionWords
from course.text import SOURCE, TERM, Block
from i18n.languages import content_root, languages

FEWEST_QUESTIONS, MOST_QUESTIONS = 5, 8
#: Which languages are held to what: a language joins a list when its texts keep it.
HELD = {
    "sums": ("en", "ar", "fa"),  # every sum comes out (course/arithmetic.py)
    "looks": ("en", "ar", "fa"),  # no question is answered by its looks (course/looks.py)
    "wording": (
        "en",
        "ar",
        "fa",
    ),  # authors named, mistakes quoted, claims no surer than their source (course/wording.py)
    "notes": ("en", "ar", "fa"),  # every trainer's note has one form (course/shape.py)
    "misreadings": ("en", "ar", "fa"),  # the glossary's "Often misread:" is followed by what is misread
}
EDITORIAL = {"C36", "C37", "C43"}  # about the articles as texts: told on the page of sources, not in a lesson


def problems() -> list[str]:
    """Return every problem of every lesson in every released language."""
    found = [*_uncovered(), *_attempt("syllabus.toml", shape.course())]
    for lesson in library.syllabus().lessons:
        if lesson not in library.lessons():
            found.append(f"lessons/{lesson.slug}: not written in every language yet")
            continue
        found += _attempt(f"questions/{lesson.slug}.toml", _questions(lesson))
        for one in languages():
            where = f"{one.code}/lessons/{lesson.slug}"
            found += _attempt(where, _lesson(lesson, one.code))
            found += _attempt(where, shape.problems(lesson, one.code))
            found += _attempt(f"{where}/quiz.toml", _quiz(lesson, one.code))
    for one in languages():
        found += _attempt(f"{one.code}/glossary.toml", _glossary(one.code))
        found += _attempt(f"{one.code}/corrections.toml", _corrections(one.code))
        found += _attempt(f"{one.code}/mine.toml", shape.own_funnel(one.code))
        found += _attempt(one.code, _held(one.code))
    return found


def _held(code: str) -> Iterator[str]:
    """Yield what a language does not keep of the rules that it is held to."""
    if code in HELD["sums"]:
        for one in arithmetic.problems(content_root() / code):
            yield f"{one}: does not come out"
    if code in HELD["looks"]:
        for one in looks.problems(looks.asked(code), code):
            yield f"{code}/lessons: {one}"
    if code in HELD["wording"]:
        yield from wording.problems(code)
    if code in HELD["notes"]:
        for lesson in library.lessons():
            for one in shape.note(lesson, code):
                yield f"{code}/lessons/{lesson.slug}/trainer.md: {one}"
    if code in HELD["misreadings"]:
        yield from wording.misreadings(code)


def _attempt(where: str, check: Iterator[str]) -> list[str]:
    """Return what a check finds; a file that cannot be read, or whose data do not fit, is a problem too."""
    try:
        return list(check)
    except (OSError, ValueError) as error:  # TOMLDecodeError, ValidationError and LessonError are ValueErrors
        return [f"{where}: {' '.join(str(error).split())[:300]}"]


def _uncovered() -> Iterator[str]:
    """A concept without a lesson, a correction that no lesson tells."""
    facts = library.syllabus()
    listed = {concept for lesson in facts.lessons for concept in lesson.concepts}
    for number, concepts in facts.corrections.items():
        for concept in set(concepts) - listed:
            yield f"syllabus.toml: {number}: {concept} is no concept of a lesson"
    told = {number for lesson in facts.lessons for number in lesson.corrects}
    for number in sorted(set(facts.corrections) - told - EDITORIAL):
        yield f"syllabus.toml: no lesson tells the correction {number}"
    slugs = {one.slug for one in facts.lessons}
    for key, one in facts.calculators.items():
        for slug in set(one.lessons) - slugs:
            yield f"syllabus.toml: calculators.{key}: {slug} is no lesson"
        for term in set(one.terms) - set(library.glossary("en")):
            yield f"syllabus.toml: calculators.{key}: {term} is no term of the glossary"
    for lesson in facts.lessons:
        for slug in set(lesson.needs) - slugs:
            yield f"syllabus.toml: {lesson.slug} needs {slug}, which is no lesson"


def _questions(lesson: Lesson) -> Iterator[str]:
    where = f"questions/{lesson.slug}.toml"
    asked = library.questions(lesson.slug)
    if not FEWEST_QUESTIONS <= len(asked) <= MOST_QUESTIONS:
        yield f"{where}: {len(asked)} questions, not {FEWEST_QUESTIONS} to {MOST_QUESTIONS}"
    due = set(range(1, lesson.misconceptions + 1))
    met = {number for one in asked.values() for number in one.meets.values()}
    for number in sorted(due - met):
        yield f"{where}: misconception {number} has no wrong option"
    for number in sorted(met - due):
        yield f"{where}: there is no misconception {number}"
    aimed = {number for one in asked.values() for number in one.objectives}
    for number in sorted(set(range(1, lesson.objectives + 1)) - aimed):
        yield f"{where}: objective {number} has no question"
    for key, one in asked.items():
        if one.kind == "single" and set(one.options) - set(one.right) - set(one.meets):
            yield f"{where}: {key}: a wrong option meets no misconception"
        for concept in set(one.concepts) - set(lesson.concepts):
            yield f"{where}: {key}: {concept} is no concept of this lesson"


def _shape(found: tuple[Block, ...]) -> list[tuple[object, ...]]:
    """Return what must be alike in all languages: figures, boxes, the section each stands in, the guesses and the bars' lengths."""
    bars = [tuple(length for _name, length in one.bars) if one.kind == "guess" else len(one.guesses) for one in found]
    return [(one.kind, one.section, each) for one, each in zip(found, bars, strict=True) if one.kind != "text"]


def _lesson(lesson: Lesson, code: str) -> Iterator[str]:
    where = f"{code}/lessons/{lesson.slug}/lesson.md"
    text = library.lesson_text(code, lesson.slug)
    found = text.blocks
    if len(text.head.objectives) != lesson.objectives:
        yield f"{where}: {len(text.head.objectives)} objectives, not {lesson.objectives}"
    taught = {concept for one in found for concept in one.teaches}
    for concept in sorted(set(lesson.concepts) - taught):
        yield f"{where}: {concept} is taught in no section"
    for concept in sorted(taught - set(lesson.concepts)):
        yield f"{where}: {concept} is no concept of this lesson"
    told = {number for one in found for number in one.corrects}
    for number in sorted(set(lesson.corrects) ^ told):
        yield f"{where}: correction {number} is {'not told' if number in lesson.corrects else 'not of this lesson'}"
    if lesson.figure and not any(one.kind == "figure" for one in found):
        yield f"{where}: no {{figure}}"
    if (placed := tuple(one.title for one in found if one.kind == "place")) != lesson.places:
        yield f"{where}: has the places {list(placed)}, not {list(lesson.places)}"
    yield from _marks(where, code, found)
    if code != "en":
        english = library.lesson_text("en", lesson.slug)
        if _shape(found) != _shape(english.blocks):
            yield f"{where}: figures, boxes or guesses stand in another order than in English"
        if text.head.stamp != library.stamp(lesson.slug):
            yield f"{where}: the English text has changed since this was checked (then: python -m course stamp)"


def _marks(where: str, code: str, found: tuple[Block, ...]) -> Iterator[str]:
    """Terms and sources that do not exist."""
    terms, sources = library.glossary(code), library.syllabus().sources
    for one in found:
        for hit in TERM.finditer(one.said):
            if hit[1] not in terms:
                yield f"{where}: [[{hit[1]}]] is no term of the glossary"
        for hit in SOURCE.finditer(one.said):
            for key in hit[1].split(","):
                if key.strip() not in sources:
                    yield f"{where}: there is no source {key.strip()}"
            if hit[2] not in CERTAINTIES:
                yield f"{where}: {hit[2]} is not one of {', '.join(CERTAINTIES)}"


def _quiz(lesson: Lesson, code: str) -> Iterator[str]:
    where = f"{code}/lessons/{lesson.slug}/quiz.toml"
    facts, said = library.questions(lesson.slug), library.question_words(code, lesson.slug)
    for key in sorted(set(facts) ^ set(said)):
        yield f"{where}: {key} is {'missing' if key in facts else 'not asked'}"
    for key in set(facts) & set(said):
        yield from (f"{where}: {key}: {problem}" for problem in _words_of(facts[key], said[key]))


def _words_of(key: Question, said: QuestionWords) -> Iterator[str]:
    replies = set(key.options) - set(key.right) if key.kind in ("single", "multiple") else set(key.traps)
    if missing := replies - set(said.replies):
        yield f"no reply to {', '.join(sorted(missing))}"
    if extra := set(said.replies) - set(key.options) - set(key.traps):
        yield f"replies to nothing: {', '.join(sorted(extra))}"
    if set(said.options) != set(key.options):
        yield f"options differ in {', '.join(sorted(set(said.options) ^ set(key.options)))}"
    if set(said.left) != set(key.pairs) or set(said.right) != set(key.pairs.values()):
        yield "the pairs differ from the answer key"


def _glossary(code: str) -> Iterator[str]:
    terms = library.glossary(code)
    for key in sorted(set(terms) ^ set(library.glossary("en"))):
        yield f"{code}/glossary.toml: {key} is {'missing' if key not in terms else 'not in English'}"
    for key, one in terms.items():
        if not one.definition.strip():
            yield f"{code}/glossary.toml: {key} has no definition"


def _corrections(code: str) -> Iterator[str]:
    said = library.corrections(code)
    for number in sorted(set(library.syllabus().corrections) ^ set(said)):
        yield f"{code}/corrections.toml: {number} is {'missing' if number not in said else 'unknown'}"
    for number, one in said.items():
        if set(one) != {"said", "right"} or not all(one.values()):
            yield f"{code}/corrections.toml: {number} needs what was said and what is right"
