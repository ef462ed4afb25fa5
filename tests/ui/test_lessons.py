"""Every lesson in every language, as a script: it opens, its figure moves, every question can be answered right and wrong."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from course import library
from course.marking import mark
from i18n.languages import languages
from i18n.numbers import numbers
from tests.ui import script

LESSONS = [one.slug for one in library.lessons()]
CODES = [one.code for one in languages()]


def opened(slug: str, code: str) -> AppTest:
    return script.run(slug, f"from ui.learn import lesson; lesson.page({slug!r})", code)


def checked(slug: str, code: str) -> AppTest:
    """Open a lesson's questions alone: its text and figures would be drawn anew for every press of a button."""
    return script.run(slug, f"from ui.learn.quiz import check; check({slug!r})", code)


def said(test: AppTest) -> str:
    return "\n".join(element.proto.body for element in test.get("html"))


def put(test: AppTest, slug: str, key: str, code: str, answer) -> None:
    """Give an answer as the learner would, without pressing the button."""
    facts = library.questions(slug)[key]
    base = f"{slug}-{key}-{code}-{numbers(code).digits}"
    if facts.kind == "single":
        test.radio(key=base).set_value(answer)
    elif facts.kind == "multiple":
        for option in facts.options:
            test.checkbox(key=f"{base}-{option}").set_value(option in answer)
    elif facts.kind == "order":
        for i, option in enumerate(answer):
            test.selectbox(key=f"{base}-{i}").set_value(option)
    elif facts.kind == "match":
        for left, right in answer.items():
            test.selectbox(key=f"{base}-{left}").set_value(right)
    else:
        field = numbers(code).percent_field if facts.form == "percent" else numbers(code).count_field
        test.text_input(key=base).set_value(field(answer))


def answers(facts):
    """Return a wrong answer and the right one."""
    if facts.kind == "single":
        return next(one for one in facts.options if one not in facts.right), facts.right[0]
    if facts.kind == "multiple":
        return [one for one in facts.options if one not in facts.right] or [facts.right[0]], list(facts.right)
    if facts.kind == "order":
        return list(reversed(facts.options)), list(facts.options)
    if facts.kind == "match":
        rights = list(facts.pairs.values())
        return dict(zip(facts.pairs, rights[1:] + rights[:1], strict=True)), dict(facts.pairs)
    return next(iter(facts.traps.values()), facts.answer * 3 + 1), facts.answer


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", LESSONS)
def test_every_question_is_answered_wrong_and_right(slug, code):
    test = checked(slug, code)
    assert not test.exception
    words = library.question_words(code, slug)
    for key, facts in library.questions(slug).items():
        wrong, right = answers(facts)
        assert not mark(facts, wrong).right
        put(test, slug, key, code, wrong)
        test.button(key=f"{slug}-{key}-check").click().run()
        assert not test.exception
        assert "tf-wrong" in said(test), f"{key}: a wrong answer is not told"
        for _hint in words[key].hints:
            test.button(key=f"{slug}-{key}-hint").click().run()
        put(test, slug, key, code, right)
        test.button(key=f"{slug}-{key}-check").click().run()
        assert "tf-right" in said(test), f"{key}: the right answer is not accepted"
        assert "tf-solution" in said(test), f"{key}: no solution"
        test.button(key=f"{slug}-{key}-next").click().run()
    assert "tf-headline" in said(test)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", LESSONS)
def test_a_guess_reveals_the_truth_and_the_figure_leads_on(slug, code):
    test = opened(slug, code)
    kinds = [one.kind for one in library.lesson_text(code, slug).blocks]
    guesses = [one for one in test.radio if one.key and one.key.startswith("predict-")]
    assert len(guesses) == kinds.count("predict")
    assert test.button(key=f"{slug}-{next(iter(library.questions(slug)))}-check"), "the questions stand on the page"
    if guesses:
        before = said(test).count("tf-reply")
        guesses[0].set_value(guesses[0].options and 0).run()
        assert not test.exception
        assert said(test).count("tf-reply") == before + 1
    if library.lesson(slug).figure:
        assert test.button(key=f"open-{slug}")


@pytest.mark.parametrize("code", CODES)
def test_questions_from_before_leave_the_progress_as_it_is(code):
    test = opened("measuring-a-funnel", code)
    lesson, key = library.lesson("measuring-a-funnel").before[0].split("/")
    name = f"{lesson}-{key}"
    facts = library.questions(lesson)[key]
    shown = numbers(code).percent_field(facts.answer)
    test.text_input(key=f"before-measuring-a-funnel-{name}-{code}-{numbers(code).digits}").set_value(shown)
    test.button(key=f"before-measuring-a-funnel-{name}-check").click().run()
    assert not test.exception
    assert "tf-right" in said(test)
    assert "7.0.0" in said(test), "no question of this lesson counts as tried"
