"""How a language words what it teaches: who says it, how sure it is, mistakes told as mistakes, one definition for one term."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course import library
from course.text import SOURCE
from i18n.languages import content_root

#: "One author says": an author without a name. Where one is named, the source stands beside the sentence.
HEDGES = {
    "en": r"\b(?:one|some|another|the same|many|other|two) (?:(?:published|translated|arabic|persian) )?"
    r"(?:author|article|writer|translation|text)s?\b|\bauthors (?:often|let|say|claim|give|differ)"
    r"|\b(?:it is|is|are) (?:often |also |sometimes )?(?:claimed|said) (?:to|that)\b(?! whom)|, it is (?:often )?(?:said|claimed)",
    "fa": r"(?:یک|یکی از|بعضی|بعضی از|برخی|برخی از|چند) (?:نویسنده|مقاله|متن|ترجمه)|(?:نویسنده|مقاله)‌ای (?:می‌|دیگر)",
    "ar": r"(?:أحد|بعض|إحدى|كثير من) (?:الكتّاب|المقالات|المؤلفين|الترجمات|النصوص)|(?:كاتب|مقال|مقالة) (?:آخر|أخرى|يقول|يرى)",
}
#: How many of these a language may keep, in lessons, quizzes, notes, figures, glossary and pages.
MOST_HEDGES = {"en": 2, "fa": 2, "ar": 3}
#: How a mistake is opened, so that nobody takes it for the truth.
QUOTED = {"en": "“", "fa": "«", "ar": "«"}
#: Words that may not stand in one line with a term unless another explains them: what belongs to a neighbour of the term.
CONFUSED = {
    "en": (
        (
            r"\bSQLs?\b|sales-qualified",
            r"\baccept",
            r"\bSAL\b",
            "accepting makes a lead an SAL; an SQL has been spoken with",
        ),
        (r"\bCPA\b", r"\bclicks?\b", r"\bCPC\b", "the price of a click is CPC; CPA is the cost of an action"),
    ),
    "fa": (
        (r"\bSQL\b", r"پذیرفت|می‌پذیرد", r"\bSAL\b", "accepting makes a lead an SAL; an SQL has been spoken with"),
        (r"\bCPA\b", r"کلیک", r"\bCPC\b", "the price of a click is CPC; CPA is the cost of an action"),
    ),
    "ar": (
        (
            r"\bSQL\b",
            r"قبلته|قبلتها|تقبله|تقبلها",
            r"\bSAL\b",
            "accepting makes a lead an SAL; an SQL has been spoken with",
        ),
        (r"\bCPA\b", r"نقرة", r"\bCPC\b", "the price of a click is CPC; CPA is the cost of an action"),
    ),
}


def problems(code: str) -> Iterator[str]:
    """Yield what a language words otherwise than the house does."""
    found = [f"{where}: “{hit[0]}”" for where, text in texts(code) for hit in re.finditer(HEDGES[code], text, re.I)]
    if len(found) > MOST_HEDGES[code]:
        yield f"{code}: {len(found)} authors without a name, not {MOST_HEDGES[code]} at most: {'; '.join(found)}"
    yield from _mistakes(code)
    yield from _sureness(code)
    yield from _defined(code)


def texts(code: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a language with its file and line; the corrections tell what articles say, and are left out."""
    folder = content_root() / code
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".toml") and path.name != "corrections.toml":
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                yield f"{code}/{path.relative_to(folder)}:{number}", line


def _mistakes(code: str) -> Iterator[str]:
    """A box of mistakes with a line that does not begin with the mistake in quotation marks."""
    for lesson in library.lessons():
        for block in library.lesson_text(code, lesson.slug).blocks:
            if block.kind == "wrong":
                for line in block.text.splitlines():
                    if line.startswith("- ") and not line.lstrip("-* ").startswith(QUOTED[code]):
                        yield f"{code}/lessons/{lesson.slug}/lesson.md: a mistake without quotation marks: {line[:60]}"


def misreadings(code: str) -> Iterator[str]:
    """Yield the terms whose misreading does not begin with what is misread, where the glossary announces just that."""
    for key, term in library.glossary(code).items():
        if term.misreading and not term.misreading.startswith(QUOTED[code]):
            yield f"{code}/glossary.toml: {key}: the misreading does not begin with what is misread: {term.misreading[:60]}"


def _sureness(code: str) -> Iterator[str]:
    """A claim called documented whose only sources are reports."""
    sources = library.syllabus().sources
    for where, text in texts(code):
        for hit in SOURCE.finditer(text):
            keys = [key.strip() for key in hit[1].split(",")]
            if hit[2] == "documented" and all(key in sources and sources[key].report for key in keys):
                yield f"{where}: {hit[0]}: a report is no document; say reported"


def _defined(code: str) -> Iterator[str]:
    """A term that is given what the glossary gives to another."""
    for where, text in texts(code):
        for term, other, unless, why in CONFUSED[code]:
            if re.search(term, text) and re.search(other, text, re.I) and not re.search(unless, text):
                yield f"{where}: {why}"
