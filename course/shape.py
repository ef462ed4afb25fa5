"""What a lesson is made of: an act before any explanation, the learner's own funnel, a task for tomorrow, cases that happened;
and the note for its trainer, in one form for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from course import guessing, library
from course.schemas import Guess, Lesson
from course.text import SOURCE, Block, plain, words
from funnel.figures.mine import PARTS

#: Words of what is explained (text and mistakes), in the folded boxes, in a case, and before the first act.
LEAST_EXPLAINED, MOST_EXPLAINED, MOST_FOLDED, MOST_CASE, MOST_BEFORE_ACT = 500, 1000, 420, 160, 90
ACTS = ("guess", "predict", "place")
#: A lesson teaches at least this share of its concepts where nobody has to unfold anything.
SHARE_IN_SIGHT = 0.5
#: The headings of a trainer's note, in order; the last one stands in the last lesson only.
NOTE = {
    "en": (
        "Goal", "Materials", "Minutes", "Open", "The question to the room", "What they answer wrong", "Debrief", "Online", "Close",
        "Rubric",
    ),
    "ar": (
        "الهدف", "المواد", "الدقائق", "الافتتاح", "السؤال المطروح على القاعة", "الأجوبة الخاطئة وكيف نردّها", "أسئلة الحوار",
        "عبر الإنترنت", "الختام", "سلّم التقدير",
    ),
    "fa": (
        "هدف", "وسایل", "دقیقه‌ها", "شروع", "پرسش از کلاس", "پاسخ‌های نادرست", "پرسش‌های گفت‌وگو", "کلاس آنلاین", "جمع‌بندی",
        "معیارهای نمره‌دهی",
    ),
}  # fmt: skip
_MINUTES = re.compile(r"(\d+)")


def problems(lesson: Lesson, code: str) -> Iterator[str]:
    """Yield what a lesson lacks in a language."""
    where = f"{code}/lessons/{lesson.slug}/lesson.md"
    found = library.lesson_text(code, lesson.slug).blocks
    yield from (f"{where}: {one}" for one in _acts(found))
    yield from (f"{where}: {one}" for one in _sizes(found))
    for kind in ("yours", "tomorrow", "wrong"):
        if (n := sum(one.kind == kind for one in found)) != 1:
            yield f"{where}: {{{kind}}} stands there {n} times, not once"
    sight = {concept for one in found if one.kind != "advanced" for concept in one.teaches}
    if len(sight) < SHARE_IN_SIGHT * len(lesson.concepts):
        yield f"{where}: only {len(sight)} of {len(lesson.concepts)} concepts are taught outside the folded boxes"
    for one in found:
        if one.kind == "real" and not (SOURCE.search(one.text) and re.search(r"\d", plain(one.text))):
            yield f"{where}: a case without a source or a number: {one.title}"


def _acts(found: Sequence[Block]) -> Iterator[str]:
    first = next((i for i, one in enumerate(found) if one.kind != "text"), len(found))
    if first == len(found) or found[first].kind not in ACTS:
        yield "explains before anybody has acted: begin with a guess, or a figure that takes one"
    elif words(found[:first]) > MOST_BEFORE_ACT:
        yield f"{words(found[:first])} words before the first act, not {MOST_BEFORE_ACT} at most"
    known, above = library.guesses(), ""
    for one in found:
        if one.kind == "guess":
            facts = known.get(one.title)
            if facts is None:
                yield f"there is no guess {one.title}"
            elif _told(facts, above):
                yield f"the answer of the guess {one.title} stands above it"
        above += " " + plain(one.said if one.kind != "guess" else f"{one.text} {one.reveal}")


def _told(facts: Guess, above: str) -> bool:
    """Say whether the truth, as a learner reads it, stands in the text above; a number below ten says too little."""
    value = 100 * facts.truth if facts.percent else facts.truth
    if value < 10:
        return False
    forms = {f"{value:,.{n}f}" for n in (0, 1) if abs(round(value, n) - value) < 0.06}
    return any(re.search(rf"(?<![\d.,]){re.escape(form)}(?![\d]|[.,]\d)", above) for form in forms)


def _sizes(found: Sequence[Block]) -> Iterator[str]:
    explained = words(one for one in found if one.kind in ("text", "wrong"))
    if not LEAST_EXPLAINED <= explained <= MOST_EXPLAINED:
        yield f"{explained} words explain, not {LEAST_EXPLAINED} to {MOST_EXPLAINED}"
    if (folded := words(one for one in found if one.kind == "advanced")) > MOST_FOLDED:
        yield f"{folded} words in folded boxes, not {MOST_FOLDED} at most"
    for one in found:
        if one.kind == "real" and (size := words([one])) > MOST_CASE:
            yield f"{size} words in a case, not {MOST_CASE} at most"


def note(lesson: Lesson, code: str) -> Iterator[str]:
    """Yield what a trainer's note has otherwise than all of them: headings in one order, minutes that add up."""
    text = library.trainer_note(code, lesson.slug)
    last = lesson.slug == library.syllabus().lessons[-1].slug
    due = list(NOTE[code] if last else NOTE[code][:-1])
    if (heads := re.findall(r"^## (.+)$", text, re.M)) != due:
        yield f"the headings are {heads}, not {due}"
        return
    minutes = text.split(f"## {NOTE[code][2]}\n", 1)[1].split("\n## ", 1)[0].strip()
    total, *parts = (int(hit) for hit in _MINUTES.findall(minutes))
    if sum(parts) != total:
        yield f"the minutes make {sum(parts)}, not {total}"


def course() -> Iterator[str]:
    """Yield what the whole course lacks: truths that are true, guesses made once, questions from before, a case in each third."""
    yield from guessing.problems(library.guesses())
    lessons = library.lessons()
    used = [one.title for each in lessons for one in library.lesson_text("en", each.slug).blocks if one.kind == "guess"]
    for key in sorted(set(library.guesses()) ^ set(used)):
        yield f"guesses.toml: {key} is {'not made in any lesson' if key in library.guesses() else 'missing'}"
    for key in {one for one in used if used.count(one) > 1}:
        yield f"guesses.toml: {key} is made twice"
    order = [one.slug for one in lessons]
    for i, one in enumerate(lessons):
        yield from _before(one, order[:i])
        if one.slug not in PARTS:
            yield f"{one.slug} adds nothing to the learner's own funnel"
    third = -(-len(lessons) // 3)
    for start in range(0, len(lessons), third):
        part = lessons[start : start + third]
        if not any(one.kind == "real" for each in part for one in library.lesson_text("en", each.slug).blocks):
            yield f"lessons {start + 1} to {start + len(part)}: no case that happened"


def _before(lesson: Lesson, earlier: Sequence[str]) -> Iterator[str]:
    if len(lesson.before) != (2 if earlier else 0):
        yield f"syllabus.toml: {lesson.slug} begins with {len(lesson.before)} questions from before"
    for one in lesson.before:
        slug, _slash, key = one.partition("/")
        if slug not in earlier or key not in library.questions(slug):
            yield f"syllabus.toml: {lesson.slug} begins with {one}, which is no question of an earlier lesson"


def own_funnel(code: str) -> Iterator[str]:
    """Yield what the words around the learner's own funnel lack in a language."""
    said, english = library.mine_words(code), library.mine_words("en")
    for table in ("fields", "parts", "page", "known"):
        for key in sorted(set(said[table]) ^ set(english[table])):
            yield f"{code}/mine.toml: [{table}] {key} is {'missing' if key in english[table] else 'not in English'}"
    for slug in PARTS:
        for key, text in english["parts"].get(slug, {}).items():
            places = re.findall(r"\{(\w+)\}", text)
            if sorted(re.findall(r"\{(\w+)\}", said["parts"].get(slug, {}).get(key, ""))) != sorted(places):
                yield f"{code}/mine.toml: parts.{slug}.{key} has other places than in English"
