"""The course from a terminal: ``python -m course check`` lists every problem, ``table`` prints what covers what, ``stamp`` marks
the translations as checked against the present English text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable

from course import library, lint
from i18n.languages import languages


def table() -> list[str]:
    """Return concepts x lessons x questions as lines of a tab-separated table, for every language at once."""
    codes = [one.code for one in languages()]
    lines = ["\t".join(["concept", "lesson", *(f"section {code}" for code in codes), "questions"])]
    for lesson in library.lessons():
        asked = library.questions(lesson.slug)
        where = {
            code: {
                concept: one.section for one in library.lesson_text(code, lesson.slug).blocks for concept in one.teaches
            }
            for code in codes
        }
        for concept in lesson.concepts:
            in_questions = [key for key, one in asked.items() if concept in one.concepts]
            sections = [str(where[code].get(concept, "MISSING")) for code in codes]
            lines.append("\t".join([concept, lesson.slug, *sections, " ".join(in_questions) or "-"]))
    return lines


def stamp(only: str = "") -> list[str]:
    """Write the present stamp of the English into every translation; return what changed."""
    changed = []
    for lesson in library.lessons():
        if only and lesson.slug != only:
            continue
        for one in languages():
            path = library.lesson_path(one.code, lesson.slug)
            if one.code == "en" or not path.exists():
                continue
            text = path.read_text("utf-8")
            _empty, front, body = text.split("+++\n", 2)
            front = re.sub(r'^stamp = ".*"\n', "", front, flags=re.M) + f'stamp = "{library.stamp(lesson.slug)}"\n'
            if (new := f"+++\n{front}+++\n{body}") != text:
                path.write_text(new, "utf-8", newline="\n")
                changed.append(f"{one.code}/lessons/{lesson.slug}: stamped")
    return changed


def main(arguments: list[str]) -> int:
    """Run one command; return the exit code: 0 fine, 1 problems, 2 not a command."""
    commands: dict[str, Callable[[], list[str]]] = {
        "check": lint.problems,
        "table": table,
        "stamp": lambda: stamp(*arguments[1:2]),
    }
    if not arguments or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    lines = commands[arguments[0]]()
    print(*lines, sep="\n")
    return int(arguments[0] == "check" and bool(lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
