"""Every figure that a lesson names: it is there, in every language alike, true to its sources, and opens any link."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from course import library
from course.schemas import CERTAINTIES
from course.text import SOURCE, TERM
from funnel.figures.sorting import Sorted
from funnel.links import scenario
from funnel.links.codecs import CODES, Choice, Maybe
from i18n.languages import languages
from i18n.numbers import numbers
from i18n.spelling import spelling_problems
from ui.figures import kit

PLACES = [place for lesson in library.syllabus().lessons for place in lesson.places]
CODES_OF_LANGUAGES = [one.code for one in languages()]
PLACEHOLDER = re.compile(r"\{(\w+)\}")
each_place = pytest.mark.parametrize("place", PLACES)


def leaves(words, path: str = "") -> Iterator[tuple[str, object]]:
    """Return every (path, value) in nested tables and lists."""
    if isinstance(words, dict):
        for key, value in words.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(words, list):
        for i, value in enumerate(words):
            yield from leaves(value, f"{path}[{i}]")
    else:
        yield path, words


def texts(words: dict) -> dict[str, str]:
    return {path: value for path, value in leaves(words) if isinstance(value, str)}


def told(code: str, place: str) -> dict[str, str]:
    """Return a figure's words in a language, by path."""
    return texts(library.figure_words(code, place))


def hints(text: str) -> list[str]:
    """Return the named places of a sentence; a source with its certainty is none."""
    return sorted(PLACEHOLDER.findall(SOURCE.sub("", text)))


def test_no_two_lessons_show_the_same_figure():
    assert len(PLACES) == len(set(PLACES)), "its state has one address in a link"


@each_place
def test_a_figure_is_there_and_keeps_what_is_done_to_it(place):
    one = kit.figure(place)
    assert isinstance(one, kit.Figure)
    assert dataclasses.is_dataclass(one.inputs)
    assert type(one.inputs).__dataclass_params__.frozen
    for item in dataclasses.fields(one.inputs):
        assert {"key", "codec", "doc"} <= set(item.metadata), f"{item.name} is not written into a link"
    keys = scenario.keys(type(one.inputs))
    assert len(keys) == len(set(keys)), "two fields have one key"
    assert scenario.encode(one.inputs) == {"v": scenario.VERSION}, "a link without changes is short"


@each_place
def test_a_figure_says_the_same_in_every_language(place):
    english = told("en", place)
    assert english.get("title", "").strip()
    assert english.get("idea", "").strip()
    for code in CODES_OF_LANGUAGES:
        other = told(code, place)
        assert set(other) == set(english), f"{code}: {sorted(set(other) ^ set(english))}"
        for path, text in other.items():
            assert text.strip(), f"{code}: {path} is empty"
            assert hints(text) == hints(english[path]), f"{code}: {path} has other places than in English"


@each_place
def test_a_figures_marks_lead_somewhere(place):
    terms, sources = library.glossary("en"), library.syllabus().sources
    for code in CODES_OF_LANGUAGES:
        for path, text in told(code, place).items():
            for hit in TERM.finditer(text):
                assert hit[1] in terms, f"{code}: {path}: [[{hit[1]}]]"
            for hit in SOURCE.finditer(text):
                assert hit[2] in CERTAINTIES, f"{code}: {path}: {hit[2]}"
                assert {key.strip() for key in hit[1].split(",")} <= set(sources), f"{code}: {path}: {hit[1]}"
    for path, value in texts(library.figure_facts(place)).items():
        for key in re.findall(r"\bR\d\d\b", value):
            assert key in sources, f"{path}: {key}"
        for key in re.findall(r"\bC\d\d\b", value):
            assert key in library.syllabus().corrections, f"{path}: {key}"


@each_place
def test_a_language_marks_a_claim_as_the_others_do(place):
    """The same sources, with the same certainty, in every language: sentence by sentence."""

    def marks(text: str) -> list[tuple[str, str]]:
        return sorted((hit[1], hit[2]) for hit in SOURCE.finditer(text))

    english = told("en", place)
    for code in CODES_OF_LANGUAGES:
        wrong = [path for path, text in told(code, place).items() if marks(text) != marks(english.get(path, ""))]
        assert not wrong, f"{code}: {wrong}"


@each_place
def test_a_figures_words_are_spelled_as_the_house_does(place):
    for code in CODES_OF_LANGUAGES:
        for path, text in told(code, place).items():
            assert not re.search("[٠-٩۰-۹]", text), f"{code}: {path}: digits of the file are Latin"
            shown = numbers(code).text(TERM.sub(lambda hit: hit[2] or "", SOURCE.sub("", text)))
            assert not (found := spelling_problems(code, shown)), f"{code}: {path}: {found}"


HOSTILE = [
    "", "none", "-", "_", "~", "0" * 5000, "1e999", "nan", "-1", "٣", "<b>", "\x00", "\u202e", "%", "__proto__",
    "~~0~1_-", "é" * 400,
]  # fmt: skip
hostile = some.text(max_size=80) | some.sampled_from(HOSTILE)


def plausible(inputs) -> some.SearchStrategy[str]:
    """Return texts that links to this figure are made of, whole or broken."""
    kinds = [hostile]
    for item in dataclasses.fields(inputs):
        codec = item.metadata["codec"]
        codec = codec.inner if isinstance(codec, Maybe) else codec
        if isinstance(codec, Choice):
            kinds.append(some.sampled_from(codec.options))
        elif isinstance(codec, Sorted):
            kinds.append(some.text("-0123456789x", max_size=codec.cards + 3))
    kinds.append(some.from_regex(r"\A[0-9._~-]{0,40}\Z"))
    return some.one_of(kinds)


@each_place
@settings(max_examples=120, deadline=None, derandomize=True)
@given(data=some.data())
def test_any_link_opens_a_figure(place, data):
    start = kit.figure(place).inputs
    keys = some.sampled_from([*scenario.keys(type(start)), "other"])
    link = data.draw(some.dictionaries(keys, plausible(start)))
    found = scenario.decode(type(start), link)
    assert all(change.code in CODES for change in found.changes)
    again = scenario.decode(type(start), scenario.encode(found.inputs))
    assert again.inputs == found.inputs, "what a link gave can be linked again"
    assert not again.changes
    assert sum(map(len, scenario.encode(found.inputs).values())) < 4000, "a link stays a link"
