"""Every figure of every lesson, in every language, on a phone in the dark and on a laptop by day; its state is kept.

One page is opened for all figures of a lesson, from a link in which each of them has been changed. What is found is kept by
figure, so a test of one figure tells of that one alone. A figure's own acts are tested in the other test_figures files.
"""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from course import library
from funnel.figures.sorting import Sorted
from funnel.links import scenario
from funnel.links.codecs import Choice, Maybe
from i18n.languages import language, languages
from tests.browser.test_lessons import NAMED
from tests.browser.visit import PHONE, english_left, strange_digits, visiting
from ui.figures import kit

pytestmark = pytest.mark.browser
CODES = [one.code for one in languages()]
LESSONS = [lesson for lesson in library.lessons() if lesson.places]
EACH = [  # what is found on one page stays in one process
    pytest.param(lesson.slug, code, place, marks=pytest.mark.xdist_group(f"{lesson.slug}-{code}"), id=f"{place}-{code}")
    for lesson in LESSONS
    for code in CODES
    for place in lesson.places
]
SMALL, LARGE = {"width": 360, "height": 900}, {"width": 1280, "height": 900}
FIGURE = ".st-key-figure-{}"


def tries(codec) -> list[str]:
    """Return texts that change a field, if they are valid: the likeliest first."""
    codec = codec.inner if isinstance(codec, Maybe) else codec
    if isinstance(codec, Choice):
        return list(reversed(codec.options))
    if isinstance(codec, Sorted):
        return ["".join(str(i % len(codec.columns)) for i in range(codec.cards))]
    return ["1", "0.5", "2", "5", "12", "100"]


def changed(place: str) -> dict[str, str]:
    """Return what a link to the figure holds when every field that we know how to change is changed."""
    start = kit.figure(place).inputs
    inputs = start
    for item in dataclasses.fields(start):
        for text in tries(item.metadata["codec"]):
            link = scenario.encode(inputs) | {item.metadata["key"]: text}
            found = scenario.decode(type(start), link)
            if not found.changes and getattr(found.inputs, item.name) != getattr(inputs, item.name):
                inputs = found.inputs
                break
    return {f"{place}.{key}": text for key, text in scenario.encode(inputs).items()}


def query(page) -> dict[str, str]:
    return {key: value[0] for key, value in parse_qs(urlsplit(page.url).query, keep_blank_values=True).items()}


def link_of(lesson) -> dict[str, str]:
    """Return a link that changes every figure of a lesson that can be loaded; the others have tests that say so."""
    out = {}
    for place in lesson.places:
        try:
            out |= changed(place)
        except (ImportError, AttributeError):
            continue
    return out


def looked_at(visit, place: str, code: str) -> list[str]:
    """Return what is wrong with a figure as it is drawn now."""
    page, where = visit.page, FIGURE.format(place)
    wrong = []
    if out := page.evaluate(
        """([where]) => { const box = document.querySelector(where).getBoundingClientRect();
        return [...document.querySelectorAll(where + ' *')].filter(e => { const b = e.getBoundingClientRect();
          return b.width > 1 && b.height > 1 && (b.left < box.left - 1 || b.right > box.right + 1) && !e.closest('.tf-scroll')
            && e.checkVisibility({opacityProperty: true, visibilityProperty: true})
            && getComputedStyle(e).position !== 'fixed' && !e.closest('[data-testid=stSliderThumbValue],.stSlider') })
          .map(e => e.outerHTML.slice(0, 120)).slice(0, 2) }""",
        [where],
    ):
        wrong.append(f"runs out of its frame: {out}")
    seen = visit.texts(where)
    wrong += [f"digit of another set: {text}" for text in strange_digits(seen, language(code).digits)]
    if code != "en":
        wrong += [f"English: {word}" for word in english_left(seen + visit.spoken(where)) if word not in NAMED]
    small = page.evaluate(
        """where => [...document.querySelectorAll(where + ' :is(button, summary, [role=slider])')].filter(e => {
          const b = e.getBoundingClientRect();
          return b.width && b.height && Math.max(b.width, b.height) < 24 }).map(e => e.outerHTML.slice(0, 120))""",
        where,
    )
    wrong += [f"too small for a finger: {one}" for one in small]
    return wrong + visit.violations(where)


@pytest.fixture(scope="module")
def found(browser, app_url):
    """Return what looks a lesson over in a language: once for all its figures."""
    return cache(lambda slug, code: look_over(browser, app_url, slug, code))


def look_over(browser, app_url, slug: str, code: str) -> dict:
    """Open a lesson from the link; return its problems by figure, and what each figure says at each stop."""
    lesson = library.lesson(slug)
    link = link_of(lesson)
    problems: dict[str, list[str]] = {place: [] for place in lesson.places}
    said: dict[str, dict[str, str]] = {place: {} for place in lesson.places}
    with visiting(browser, app_url, size=SMALL, theme="dark") as visit:
        page = visit.page

        def hear(stop: str) -> None:
            for place in lesson.places:
                box = page.locator(f"{FIGURE.format(place)} .tf-shows")
                said[place][stop] = box.inner_text() if box.count() else ""
                said[place][f"{stop}:head"] = (
                    page.locator(f"{FIGURE.format(place)} h3").first.inner_text() if box.count() else ""
                )

        def look(how: str) -> None:
            if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                for place in lesson.places:
                    problems[place].append(f"{how}: the page scrolls sideways")
            for place in lesson.places:
                if page.locator(FIGURE.format(place)).count():
                    problems[place] += [f"{how}: {one}" for one in looked_at(visit, place, code)]

        visit.go(f"{slug}?{urlencode({'lang': code} | link)}")
        hear("link")
        look("phone, dark")
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(LARGE)
        visit.settle()
        look("laptop, light")
        page.wait_for_timeout(500)  # the address is written at most every 400 ms
        kept = query(page)
        page.reload()
        visit.settle()
        hear("reload")
        other = CODES[(CODES.index(code) + 1) % len(CODES)]
        name = language(other).name
        page.locator(".st-key-switches button").filter(has_text=name).click()
        page.wait_for_selector(f"html[lang={other}]", state="attached")
        visit.settle()
        hear("switch")
        page.wait_for_timeout(500)
        after = query(page)
        alerts = page.locator("[class*=st-key-figure-] [data-testid=stAlert]").count()
        return {
            "link": link, "problems": problems, "said": said, "kept": kept, "after": after, "alerts": alerts,
            "visit": list(visit.problems),
        }  # fmt: skip


@pytest.mark.parametrize(("slug", "code", "place"), EACH)
def test_a_figure_is_whole_and_keeps_its_state(found, slug, code, place):
    opened = found(slug, code)
    mine = {key: value for key, value in opened["link"].items() if key.startswith(f"{place}.")}
    said = opened["said"][place]
    assert len(mine) > 1, "nothing of it could be changed by a link"
    assert said["link"].strip(), "no description in words"
    assert said["link:head"].strip(), "no title"
    assert not opened["problems"][place], "\n".join(opened["problems"][place])
    assert said["reload"] == said["link"], "a reload changes what it shows"
    for when in ("kept", "after"):
        lost = {key: (value, opened[when].get(key)) for key, value in mine.items() if opened[when].get(key) != value}
        assert not lost, f"{when}: lost from the address: {lost}"
    assert said["switch"].strip()
    assert said["switch"] != said["link"], "another language says it in its own words"
    assert not opened["alerts"], "a figure does not understand its own link"
    assert not opened["visit"]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.slug)
def test_a_wrong_or_old_link_explains_itself(browser, app_url, lesson):
    """Each figure of the lesson says so, and opens; what is not broken is used."""
    code = CODES[len(lesson.slug) % len(CODES)]
    broken = {}
    for place in lesson.places:
        start = kit.figure(place).inputs
        for item in dataclasses.fields(start):
            broken[f"{place}.{item.metadata['key']}"] = "<b>\u202e!"
        broken[f"{place}.v"] = "99"
    with visiting(browser, app_url, size=PHONE) as visit:
        page = visit.go(f"{lesson.slug}?{urlencode({'lang': code} | broken)}")
        for place in lesson.places:
            figure = page.locator(FIGURE.format(place))
            alert = figure.locator("[data-testid=stAlert]")
            assert alert.count() == 1, f"{place} says nothing of its broken link"
            assert not re.search(r"[<>!]", alert.inner_text())
            assert figure.locator(".tf-shows").inner_text().strip(), place
        assert not visit.problems
