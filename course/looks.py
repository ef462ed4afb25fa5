"""Can a question be answered by its looks? What somebody scores who knows nothing and goes by length, by absolute words or by the
order of a matching, against blind guessing; and which questions the lesson above has already answered, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from course import library
from course.schemas import Question, QuestionWords
from course.text import plain

#: Words that promise too much, with the forms they take in the options.
ABSOLUTE = {
    "en": "all|always|never|ever|only|every|everyone|everybody|everything|everywhere|nothing|nobody|none|anybody|anything|"
    "surely|certain|certainly|must|any|whichever|whatever|anyway",
    "fa": "همه|همهٔ|همیشه|هرگز|هیچ|هیچ‌کس|هیچ‌چیز|فقط|تنها|هر|حتماً|حتما|قطعاً|قطعا|قطعی|باید|بی‌شک|هرجا|همه‌جا|همه‌چیز",
    "ar": "كل|كلها|كله|كلهم|جميع|جميعًا|دائمًا|أبدًا|فقط|قط|لا شيء|لا أحد|أي|حتمًا|مؤكد|قطعًا|يجب|لا بد|مهما",
}
#: A share of all questions that may repeat the lesson: what has to be known by heart is asked now and then.
MOST_TOLD = 0.1
#: How far a look may be above blind guessing: about what one question in thirty makes.
ROOM = 0.03
_WORD = re.compile(r"[^\W_]+(?:[\u200c’'-][^\W_]+)*")
_MARKS = re.compile(r"[\u064b-\u0652\u0640]")
_NUMBER = re.compile(r"(?<![\d.,])\d[\d,]*(?:\.\d+)?")
_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|\n")
_SHORT = 4  # letters below which a word says nothing about the subject
_SAME = 0.65  # the share of an answer's words that one sentence must hold to have said it


@dataclass(frozen=True)
class Asked:
    """A question as it is asked: its lesson and key, its answer key, its words, and the text of the lesson above it."""

    lesson: str
    key: str
    facts: Question
    words: QuestionWords
    above: str = ""


@dataclass(frozen=True)
class Look:
    """What going by one look scores, as a share of all that could be scored, and what blind guessing scores."""

    score: float
    chance: float
    asked: int


def asked(code: str) -> list[Asked]:
    """Return every question of the course in a language."""
    found = []
    for lesson in library.lessons():
        above = plain("\n".join(one.said for one in library.lesson_text(code, lesson.slug).blocks))
        said = library.question_words(code, lesson.slug)
        facts = library.questions(lesson.slug).items()
        found += [Asked(lesson.slug, key, one, said[key], above) for key, one in facts if key in said]
    return found


def absolutes(text: str, code: str) -> int:
    """Count the words of a text that promise too much.

    >>> absolutes("Everyone who enters always buys", "en")
    2
    """
    return len(re.findall(rf"(?<!\w)(?:{ABSOLUTE[code]})(?!\w)", text.casefold()))


def looks(questions: Sequence[Asked], code: str) -> dict[str, Look]:
    """Return what each look scores: length and absolute words over the single choices, the order shown over the matchings."""
    found: dict[str, list[tuple[Question, set[str]]]] = {}
    for one in questions:
        if one.facts.kind == "single":
            for name, kept in _kept(one.words.options, code).items():
                found.setdefault(name, []).append((one.facts, kept or set(one.facts.options)))
    out = {name: _picked(rows) for name, rows in found.items()}
    pairs = [one.facts.pairs for one in questions if one.facts.kind == "match"]
    if pairs:
        beside = [sum(map(str.__eq__, each.values(), _shown(each))) / len(each) for each in pairs]
        chance = [1 / len(_shown(each)) for each in pairs]
        out["matching in the order shown"] = Look(sum(beside) / len(pairs), sum(chance) / len(pairs), len(pairs))
    return out


def _kept(options: dict[str, str], code: str) -> dict[str, set[str]]:
    """Return which options somebody keeps who goes by a look."""
    sizes = {key: sum(map(len, _WORD.findall(_MARKS.sub("", text)))) for key, text in options.items()}
    most, least = ({key for key in sizes if sizes[key] == end} for end in (max(sizes.values()), min(sizes.values())))
    loud = {key for key, text in options.items() if absolutes(text, code)}
    return {
        "the longest option": most,
        "the shortest option": least,
        "any but the longest option": set(sizes) - most,
        "an option without absolute words": set(sizes) - loud,
        "an option with an absolute word": loud,
    }


def _picked(found: list[tuple[Question, set[str]]]) -> Look:
    """Return the look of picking blindly among some of each question's options."""
    score = sum(len(set(one.right) & kept) / len(kept) for one, kept in found)
    chance = sum(1 / len(one.options) for one, _kept in found)
    return Look(score / len(found), chance / len(found), len(found))


def _shown(pairs: dict[str, str]) -> list[str]:
    """Return the right side of a matching as the page shows it."""
    return sorted(set(pairs.values()))


def _straight(pairs: dict[str, str]) -> bool:
    """Say whether most of what belongs together stands side by side, or in exactly the opposite order."""
    due, shown = list(pairs.values()), _shown(pairs)
    return any(sum(map(str.__eq__, due, way)) > (len(due) + 1) / 2 for way in (shown, shown[::-1]))


def told(questions: Iterable[Asked]) -> list[str]:
    """Return the questions (lesson: key) whose answer stands in the lesson above them."""
    return [f"{one.lesson}: {one.key}" for one in questions if _stands(one)]


def _stands(one: Asked) -> bool:
    facts, said = one.facts, one.words
    if facts.kind == "number":
        return bool(_forms(facts) & set(_NUMBER.findall(one.above)))
    sentences = [_content(part) for part in _SENTENCE.split(one.above)]
    if facts.kind == "order":
        places = [_first(_content(said.options[key]), sentences) for key in facts.options]
        known = [place for place in places if place is not None]
        return len(known) == len(places) and known == sorted(known)
    if facts.kind == "match":
        pairs = [_content(f"{said.left[left]} {said.right[right]}") for left, right in facts.pairs.items()]
        return 2 * sum(_first(words, sentences) is not None for words in pairs) > len(pairs)
    spoken = {key for key, text in said.options.items() if _first(_content(text), sentences) is not None}
    return set(facts.right) <= spoken and not set(facts.options) <= spoken


def _forms(one: Question) -> set[str]:
    """Return the ways in which a text may write an answer; a number below ten says too little to give it away."""
    assert one.answer is not None
    of = 100 if one.form == "percent" else 1
    value, room = of * one.answer, of * one.tolerance + 1e-9
    if abs(value) < 10 and value == round(value):
        return set()
    return {f"{value:,.{n}f}" for n in (0, 1, 2) if abs(round(value, n) - value) <= room}


def _content(text: str) -> set[str]:
    words = map(str.casefold, _WORD.findall(_MARKS.sub("", text)))
    return {word for word in words if len(word) >= _SHORT or word.isdigit()}


def _first(words: set[str], sentences: list[set[str]]) -> int | None:
    """Return the number of the first sentence that holds most of the words; None where none does, or where they say too little."""
    if len(words) < 2:
        return None
    return next((n for n, part in enumerate(sentences) if len(words & part) >= _SAME * len(words)), None)


def problems(questions: Sequence[Asked], code: str) -> Iterator[str]:
    """Yield what the questions of a language give away."""
    for name, look in looks(questions, code).items():
        if look.score > look.chance + ROOM:
            yield f"{name} scores {look.score:.0%} of {look.asked} questions; blind guessing {look.chance:.0%}"
    for one in questions:
        if one.facts.kind == "match" and _straight(one.facts.pairs):
            yield f"{one.lesson}: {one.key}: what belongs together stands side by side, or in the opposite order"
    if len(found := told(questions)) > MOST_TOLD * len(questions):
        yield f"{len(found)} of {len(questions)} questions are answered by the text above them: {', '.join(found)}"
