"""Cards in columns: written into a link and read back, judged and counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from funnel.figures.sorting import Count, Sorted, counted, judged
from funnel.links.codecs import CODES

COLUMNS = ("top", "middle", "bottom")
CODEC = Sorted(6, COLUMNS)
START = ("",) * 6


def read(text: str):
    said = []
    return CODEC.read(text, START, lambda *what: said.append(what)), said


@given(some.tuples(*[some.sampled_from(("", *COLUMNS))] * 6))
def test_what_is_written_is_read(places):
    assert len(CODEC.write(places)) == 6
    assert read(CODEC.write(places)) == (places, [])


@given(some.text() | some.text("-0123", max_size=9))
def test_nothing_is_too_strange_to_read(text):
    places, said = read(text)
    assert len(places) == 6
    assert set(places) <= {"", *COLUMNS}
    assert (CODEC.write(places) == text) == (not said)
    assert all(code in CODES for code, *_ in said)


def test_a_link_of_another_edition_keeps_what_it_can():
    assert read("012") == (("top", "middle", "bottom", "", "", ""), [("too-few", None, "012", "6")])
    assert read("01201201")[0] == ("top", "middle", "bottom", "top", "middle", "bottom")
    assert read("013---") == (START, [("unreadable", None, "013---", "------")]), "there is no fourth column"
    assert read("٠١٢---")[0] == START, "digits of a link are Latin"


def test_verdicts_are_of_what_is_sorted():
    verdicts = {"seo": {"top": "right", "middle": "depends"}, "fair": {}, "ad": {"top": "right"}}
    found = judged({"seo": "middle", "fair": "top", "ad": ""}, verdicts)
    assert found == {"seo": "depends", "fair": "wrong"}
    assert counted(3, list(found.values())) == Count(cards=3, sorted=2, right=0, depends=1, wrong=1)
