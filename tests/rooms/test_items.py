"""What phones send is read or refused; what a room thinks is counted right."""

import math
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from i18n.languages import language, languages
from rooms import runs
from rooms.drafts import Draft
from rooms.items import Item, Option, Refused, read, right
from rooms.names import ADJECTIVES, ALIASES, NAMES, _lists, alias
from rooms.tally import FEW, Answer, by_round, funnel, spread, tally

OPTIONS = tuple(Option(id=one, text={"": one}) for one in "abc")
ITEMS = {
    "one": Item(kind="choice", ask={"": "?"}, options=OPTIONS, right=("b",)),
    "many": Item(kind="choice", ask={"": "?"}, options=OPTIONS, right=("a", "c"), multiple=True),
    "order": Item(kind="order", ask={"": "?"}, options=OPTIONS),
    "number": Item(kind="number", ask={"": "?"}, answer=0.25, form="percent", tolerance=0.0005),
    "estimate": Item(kind="estimate", ask={"": "?"}, low=0, high=100),
    "rates": Item(kind="rates", ask={"": "?"}, stages=({"": "x"}, {"": "y"}, {"": "z"}), truth=(0.1, 0.5)),
    "text": Item(kind="text", ask={"": "?"}),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.sampled_from(["a", "b", "c", "۱۲٫۵"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(st.sampled_from(sorted(ITEMS)), JSON)
def test_anything_sent_is_read_or_refused(name, sent):
    item = ITEMS[name]
    try:
        value = read(item, sent)
    except Refused:
        return
    assert read(item, value) == value, "what is stored is an answer itself"
    right(item, value)
    result = tally(item, [Answer(1, 0, value)] * 6)
    assert result["n"] == 6


@pytest.mark.parametrize(
    ("name", "sent", "stored"),
    [
        ("one", ["b"], ["b"]),
        ("many", ["c", "a"], ["a", "c"]),
        ("number", "۲۵٪", 0.25),
        ("number", "٢٥", 0.25),
        ("number", "25%", 0.25),
        ("estimate", "١٢٫٥", 12.5),
        ("rates", ["۲", "5%", 0.5], None),
        ("rates", ["۲", "5%"], [0.02, 0.05]),
        ("order", ["c", "a", "b"], ["c", "a", "b"]),
        ("text", " a\n\u202eb ", "a b"),
        ("one", ["a", "b"], None),
        ("one", ["d"], None),
        ("one", [], None),
        ("order", ["a", "b"], None),
        ("order", ["a", "a", "b"], None),
        ("estimate", 101, None),
        ("estimate", math.nan, None),
        ("number", True, None),
        ("number", 10**400, None),
        ("text", "\u200b ", None),
    ],
)
def test_what_is_stored(name, sent, stored):
    if stored is None:
        with pytest.raises(Refused):
            read(ITEMS[name], sent)
    else:
        assert read(ITEMS[name], sent) == stored


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
def test_median_and_middle_half_are_those_of_the_standard_library(values):
    found = spread(values)
    assert found["median"] == pytest.approx(median(values))
    if len(values) >= FEW:
        low, _, high = quantiles(values, n=4, method="inclusive")
        assert (found["low"], found["high"]) == (pytest.approx(low), pytest.approx(high))
        assert found["dots"] == sorted(values)
    else:
        assert not {"dots", "low", "high"} & set(found), "so few answers show who thought what"


def test_the_medians_are_the_funnel():
    answers = [Answer(1, seat, [rate, 0.5]) for seat, rate in enumerate((0.1, 0.2, 0.9))]
    found = tally(ITEMS["rates"], answers)
    assert found["people"] == [1000, 200, 100]
    assert funnel(1000, (0.1, 0.5)) == [1000, 100, 50]


def test_rounds_are_counted_apart_and_only_texts_let_through_are_shown():
    rounds = by_round(ITEMS["one"], [Answer(1, 0, ["a"]), Answer(1, 1, ["b"]), Answer(2, 0, ["b"])])
    assert rounds[1]["counts"] == {"a": 1, "b": 1, "c": 0}
    assert rounds[1]["right"] == 1
    assert rounds[2]["counts"]["b"] == rounds[2]["n"] == 1
    texts = tally(ITEMS["text"], [Answer(1, 0, "x", True), Answer(1, 1, "y")])
    assert texts["texts"] == ["x"]
    assert texts["wait"] == 1


def test_places_in_an_order_are_means():
    found = tally(ITEMS["order"], [Answer(1, 0, ["a", "b", "c"]), Answer(1, 1, ["b", "a", "c"])])
    assert found["places"] == {"a": 1.5, "b": 1.5, "c": 3}
    assert found["right"] == 1


def test_every_lesson_has_a_run_in_every_language():
    for slug in runs.lessons():
        items = runs.run(slug)
        assert 6 <= len(items) == runs.count(slug) <= 10, slug
        for item in items:
            wanted = [item.ask, *(one.text for one in item.options), *item.stages]
            assert all(set(words) >= {one.code for one in languages()} for words in wanted), slug
            said = " ".join(text for words in [*wanted, item.solution] for text in words.values())
            assert not {"**", "[["} & {said[i : i + 2] for i in range(len(said))}, (
                f"{slug}: marks of a lesson's text are shown as they are"
            )
            if item.kind == "choice":
                assert item.right, slug


def test_names_agree_in_number_and_gender():
    for one in languages():
        lists = _lists(one.code)
        assert (len(lists["names"]), len(lists["adjectives"])) == (NAMES, ADJECTIVES), one.code
        assert len({alias(i, one.code) for i in range(ALIASES)}) == ALIASES, f"{one.code}: two seats of one name"
    for name, gender in _lists("ar")["names"]:
        assert (gender == "f") == name.endswith("ة"), name
    assert language("ar")


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        ({"kind": "choice", "ask": " "}, "draft-ask"),
        ({"kind": "choice", "ask": "?", "options": ["a", " "]}, "draft-options"),
        ({"kind": "order", "ask": "?", "options": ["a", "b"]}, "draft-options"),
        ({"kind": "number", "ask": "?", "answer": ""}, "draft-number"),
        ({"kind": "number", "ask": "?", "answer": "1/2"}, "draft-number"),
        ({"kind": "estimate", "ask": "?", "low": "10", "high": "5"}, "draft-scale"),
        ({"kind": "rates", "ask": "?", "stages": ["a"]}, "draft-stages"),
        ({"kind": "rates", "ask": "?", "stages": ["a", "b"], "truth": ["120"]}, "draft-stages"),
    ],
)
def test_a_draft_says_what_is_wrong_with_it(draft, why):
    with pytest.raises(Refused) as refused:
        Draft.model_validate(draft).item()
    assert refused.value.why == why


def test_drafts_become_items():
    item = Draft(kind="choice", ask="?", options=["x", "", "y"], right=[2]).item()
    assert [one.text[""] for one in item.options] == ["x", "y"]
    assert item.right == (item.options[1].id,)
    listed = Draft(kind="order", ask="?", options=["1", "2", "3", "4"]).item()
    assert sorted(one.id for one in listed.options) != [one.id for one in listed.options], "shown in the right order"
    rates = Draft(kind="rates", ask="?", stages=["a", "b"], truth=["۱۰"], top="۵۰۰").item()
    assert rates.truth == (0.1,)
    assert rates.top == 500
    with pytest.raises(ValidationError):
        Draft.model_validate({"kind": "choice", "ask": "x" * 5000})
