"""What a file that travels computes by itself equals what Python says: reading numbers, marking answers, the other basis."""

from __future__ import annotations

import random

import pytest

from course import library
from course.marking import mark
from funnel.inputs.funnel import in_basis
from i18n.numbers import NumberError, parse
from tests.web.node import ask

SOME = random.Random(18)
SIGNS = "0123456789٠١٢٣۰۱۲۳۴۵۹.,٬٫،'’_ /-+−%٪eEkهزار\u200c\u2068\u00a0()"
TYPED = [
    "", " ", "12,5", "1.500", "1,500", "۱۲٬۵۰۰", "٪۶٫۵", "6.5%", "%-6", "-3.5", "−3", "1e6", "1e-3", "10-20", "5k", "1/2", "۱۲/۵",
    "1.234.567", "1 000", "1'000", "0.1", ".5", "5.", "1e99", "0", "-0", "۵ هزار", "12 %", "%%5", "5%%", "1,00,000", "9" * 64,
    "9" * 65,
    "1_000", "0,5", "00", "1.5e3", "1,234.5", "1,234.567", "1٬234٫5",
]  # fmt: skip


def due(text: str, kind: str) -> float | str:
    try:
        return parse(text, kind)
    except NumberError as error:
        return error.code


@pytest.mark.parametrize("kind", ["count", "percent", "number"])
def test_a_number_is_read_as_the_server_reads_it(kind):
    cases = [*TYPED, *("".join(SOME.choices(SIGNS, k=SOME.randint(1, 9))) for _ in range(4000))]
    got = ask("reading.js", f"m.read(x, '{kind}')", cases)
    wrong = [(text, one, due(text, kind)) for text, one in zip(cases, got, strict=True) if one != due(text, kind)]
    assert not wrong, wrong[:8]


def answers(one) -> list:
    """Return some answers of the kind that a question asks for, the right one among them."""
    if one.kind == "number":
        near = [one.answer, one.answer + one.tolerance, one.answer - 1.001 * one.tolerance, *one.traps.values(), 0, 1e9]
        return [float(value) for value in near]
    if one.kind == "match":
        rights = sorted(set(one.pairs.values()))
        return [one.pairs, *({left: SOME.choice(rights) for left in one.pairs} for _ in range(5))]
    if one.kind == "single":
        return list(one.options)
    if one.kind == "order":
        return [list(one.options), *(SOME.sample(one.options, len(one.options)) for _ in range(5))]
    return [list(one.right), *(SOME.sample(one.options, SOME.randint(1, len(one.options))) for _ in range(6))]


def test_every_question_of_the_course_is_marked_as_the_app_marks_it():
    cases, wanted = [], []
    for lesson in library.lessons():
        for one in library.questions(lesson.slug).values():
            for answer in answers(one):
                cases.append([one.model_dump(mode="json"), answer])
                found = mark(one, answer)
                wanted.append([found.right, list(found.replies), list(found.missed), list(found.places)])
    got = ask(
        "asked.js", "(({right, replies, missed, places}) => [right, replies, missed, places])(m.mark(...x))", cases
    )
    wrong = [
        (case[0]["kind"], case[1], one, due) for case, one, due in zip(cases, got, wanted, strict=True) if one != due
    ]
    assert len(cases) > 400
    assert not wrong, wrong[:5]


def test_the_other_basis_is_that_of_the_server():
    cases = []
    for _ in range(600):
        basis = SOME.choice(["rates", "people"])
        size = SOME.randint(2, 8)
        rate = [SOME.choice([None, 0.0, 1.0, SOME.random(), 3.0, 1e12]) for _ in range(size)]
        people = [SOME.choice([None, 0.0, float(SOME.randint(1, 10**6)), 1e12]) for _ in range(size)]
        cases.append([people if basis == "rates" else [people[0], *rate[1:]], basis])
    got = ask("alone.js", "m.inBasis(...x)", cases)
    for (values, basis), one in zip(cases, got, strict=True):
        assert one == list(in_basis(tuple(values), basis)), (values, basis)


def test_a_record_is_read_back_as_it_was_written_and_never_grows_beyond_what_a_platform_keeps():
    keys = [f"q{i}" for i in range(12)]
    kept = [
        {key: {"first": SOME.random() < 0.5, "now": SOME.random() < 0.5, "answer": SOME.choice(["0.1.2", "%D9%A1", ""])}
         for key in SOME.sample(keys, SOME.randint(0, 12))}
        for _ in range(200)
    ]  # fmt: skip
    back = ask("scorm.js", "m.unpacked(m.packed(x[0], x[1]), x[1])", [[one, keys] for one in kept])
    assert back == kept
    full = {key: {"first": True, "now": True, "answer": "9" * 900} for key in keys}
    (text,) = ask("scorm.js", "m.packed(x[0], x[1])", [[full, keys]])
    assert len(text) <= 4096
    assert text.startswith("1:RRRRRRRRRRRR:")
