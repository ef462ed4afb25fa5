"""Lessons on a phone, in every language: whole, readable by a screen reader, answerable by keyboard alone."""

from __future__ import annotations

import pytest

from course import library
from i18n.languages import language, languages
from i18n.numbers import numbers
from tests.browser.visit import english_left, strange_digits, visiting
from ui.learn.glossary import anchor

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
# People, titles and laws that Arabic and Persian lessons name in Latin letters, and the two English words they explain.
NAMED = {
    "William", "Townsend", "Twitter", "Steiner", "St", "Salesmanship", "Russell", "Review", "Quarterly", "Peterson", "McKinsey",
    "Lewis", "Lavidge", "LGPD", "CCPA", "CTA", "Harvard", "Elmo", "Edelman", "David", "Court", "Business", "Bond", "lead",
    "collateral", "Dropbox", "Digikala", "Spotify", "Jahez", "Aramex", "Honda", "Ampliz",
}  # fmt: skip
LESSONS = [one.slug for one in library.lessons()]
CODES = [one.code for one in languages()]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("slug", LESSONS)
def test_a_lesson_is_whole_on_a_phone(browser, app_url, slug, code):
    with visiting(browser, app_url, size=PHONE, theme="dark" if len(slug) % 2 else "light") as visit:
        page = visit.go(f"{slug}?lang={code}")
        wrong = list(visit.problems)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            wrong.append("the page scrolls sideways")
        wrong += [f"digit of another set: {text}" for text in strange_digits(visit.texts(), language(code).digits)]
        if code != "en":
            wrong += [f"English in sight: {word}" for word in english_left(visit.texts()) if word not in NAMED]
        wrong += visit.violations()
    assert not wrong, "\n".join(wrong)


def press(page, key: str) -> None:
    page.keyboard.press(key)
    page.wait_for_timeout(60)


def activate(visit, slug: str, key: str, what: str) -> None:
    """Press a button of the question by keyboard."""
    visit.page.locator(f".st-key-{slug}-{key}-{what} button").focus()
    press(visit.page, "Enter")
    visit.settle()


@pytest.mark.parametrize("code", CODES)
def test_questions_are_answered_by_keyboard_alone(browser, app_url, code):
    """Single choices, several choices and numbers of one lesson, wrong and right; then the end, kept after a reload."""
    slug = "measuring-a-funnel"
    asked = library.questions(slug)
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(f"{slug}?lang={code}")
        for key, facts in asked.items():
            base = f"{slug}-{key}-{code}-{language(code).digits}"
            if facts.kind == "single":
                wrong = next(i for i, one in enumerate(facts.options) if one not in facts.right)
                for place in (wrong, facts.options.index(facts.right[0])):
                    page.locator(f".st-key-{base} input[type=radio]").nth(place).focus()
                    press(page, "Space")
                    visit.settle()
                    activate(visit, slug, key, "check")
                    expected = "tf-wrong" if place == wrong else "tf-right"
                    assert page.locator(f".{expected}").count() == 1, f"{key}: {expected}"
            elif facts.kind == "number":
                field = page.locator(f".st-key-{base} input")
                field.focus()
                form = numbers(code).percent_field if facts.form == "percent" else numbers(code).count_field
                page.keyboard.type(form(facts.answer))
                press(page, "Enter")
                visit.settle()
                activate(visit, slug, key, "check")
                assert page.locator(".tf-right").count() == 1, key
            activate(visit, slug, key, "next")
        assert page.locator(".tf-headline").last.inner_text()
        kept = {one["name"]: one["value"] for one in page.context.cookies()}["keep"]
        assert kept.startswith("1_7."), kept
        visit.go(f"course?lang={code}")
        lead = page.locator(f".st-key-course-{slug} .tf-quiet").inner_text()
        assert numbers(code).count(len(asked)) in lead, "the course page knows how far the learner is"


def test_a_term_explains_itself_by_keyboard(browser, app_url):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go("what-a-funnel-is?lang=fa")
        term = page.locator("details.tf-term").first
        assert not term.locator(".tf-told").is_visible()
        term.locator("summary").focus()
        press(page, "Enter")
        assert term.locator(".tf-told").is_visible()
        assert visit.page.url.split("?")[0].endswith("what-a-funnel-is"), "without leaving the page"


def test_the_glossary_is_found_in_any_spelling(browser, app_url):
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go("glossary?lang=en")
        for typed, found in (
            ("نرخ تبديل", "conversion-rate"),
            ("معدل التسرب", "churn-rate"),
            ("CAC", "customer-acquisition-cost"),
        ):
            page.locator("input[type=text]").first.fill(typed)
            page.keyboard.press("Enter")
            page.locator(f"dt#{anchor(found)}").wait_for(timeout=10_000)
