"""Your own data on its page: what is pasted is shown before it is used, in every language, and hostile text stays text."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from i18n.languages import use_content_root
from tests.ui import invented
from tests.ui.script import opened, plain

PAGE = "13_own_data.py"
LOG = """who,what,when,from
a,seen,2024-03-01 10:00,x
a,paid,2024-03-02 12:00,x
b,seen,2024-03-01 10:00,y
c,paid,2024-03-05 10:00,
d,seen,never,x
"""


def pasted(text: str, code: str = "en", **query: str) -> AppTest:
    test = opened(PAGE, code, **query)
    test.session_state["note-own-way"] = "paste"
    test.run()
    test.text_area[0].input(text).run()
    assert not test.exception
    return test


def test_a_log_is_shown_first_and_used_when_asked():
    test = pasted(LOG)
    said = plain(test)
    assert "4 rows of the log can be used." in said
    assert "Row 6: “never” could not be read as a date." in said
    assert "First payment" in said, "the sample stays until the data are used"
    test.button(key="own-use").click().run()
    said = plain(test)
    assert "Of 2 at “seen”, 1 reaches “paid”: an overall rate of 50.0%." in said
    assert "26 hours" in said
    assert not test.exception


def test_the_rules_and_the_groups_can_be_changed_and_undone():
    test = pasted(LOG)
    test.button(key="own-use").click().run()
    test.selectbox(key="own_data-pick-entry-en-latn").set_value("open").run()
    assert "Of 3 who came in at any stage, 2 were at “paid”: 66.7%." in plain(test)
    next(one for one in test.selectbox if one.label == "Compare groups by").set_value("3").run()
    assert "People at each stage, by group" in plain(test)
    test.button(key="delete-0")  # two steps are the least
    assert test.button(key="delete-0").disabled
    test.button(key="arrow_downward-0").click().run()
    assert "2 were at “seen”" in plain(test)
    test.button(key="undo").click().run()
    test.button(key="undo").click().run()
    assert "Of 2 at “seen”, 1 reaches “paid”" in plain(test)
    test.text_input(key="field-own-window-en-latn").input("1").run()
    assert "0 reach “paid”" in plain(test)
    assert not test.exception


def test_other_data_get_other_choices():
    """The browser may still hold a choice of the data before."""
    test = pasted(LOG)
    keys = {one.key for one in test.selectbox if one.label.startswith("Column")}
    test.text_area[0].input(LOG.replace("who,what,when", "id,name,date")).run()
    assert not keys & {one.key for one in test.selectbox if one.label.startswith("Column")}


def test_stages_are_used_and_handed_over():
    test = pasted("Visits;48,000\nLeads;2,880\nCustomers;92")
    assert "So it was read: “Visits”: 48,000, “Leads”: 2,880 and “Customers”: 92." in plain(test)
    test.button(key="own-use").click().run()
    assert "Of 48,000 at “Visits”, 92 reach “Customers”" in plain(test)
    test.button(key="own-onward").click().run()
    given = test.session_state["desk-stage_conversion"].inputs
    assert [stage.name for stage in given.stages] == ["Visits", "Leads", "Customers"]
    assert given.now == (48000.0, 2880.0, 92.0)


def test_the_data_can_be_removed():
    test = pasted(LOG)
    test.button(key="own-use").click().run()
    test.button(key="own-remove").click().run()
    assert "First payment" in plain(test)
    assert "seen" not in plain(test)
    assert test.session_state["note-own-brought"] is None


@pytest.mark.parametrize(
    "text",
    ["x", "a,b", "a;b\n" * 3, ",,,\n,,,", '"', "a,b,c\n1,2,3\n4,5,6", "\0\1\2", "=1+1,2\n@x,3", ",".join("abc" * 200) + "\n1",
     "<img src=x onerror=hurt()>,5\n<script>hurt()</script>,3", "a,b,2024-01-01\n" * 3,
     "p,e,t\n1,*a*,2024-01-01\n1,[b](x),2024-01-02"],
)  # fmt: skip
@pytest.mark.parametrize("code", ["en", "fa"])
def test_anything_pasted_gets_a_sentence_and_no_traceback(text, code):
    test = pasted(text, code)
    button = next((one for one in test.button if one.key == "own-use"), None)
    if button is not None and not button.disabled:
        button.click().run()
    assert not test.exception
    assert not test.error
    for element in test.get("html"):
        assert "<img src=x" not in element.proto.body
        assert "<script>hurt" not in element.proto.body


def test_the_link_of_somebody_s_log_says_that_the_events_are_not_here():
    test = opened(
        PAGE,
        "en",
        v="1",
        **{"from": "own", "stages": "~seen_~paid", "n": "577_46", "went": "-_40", "entry": "open", "all": "600"},
    )
    said = plain(test)
    assert "Of 600 who came in at any stage, 46 were at “paid”: 7.7%." in said
    assert "The events behind this result are not here" in said
    assert not any(one.key == "arrow_downward-0" for one in test.button)


# In the language where every word is X, the test driver cannot tell the choices of a control apart.
@pytest.mark.parametrize("code", [code for code in invented.BENDS if code != "xx"])
def test_data_are_shown_and_used_in_invented_languages(code, bent_root):
    with use_content_root(bent_root):
        test = pasted("1,2,2024-01-01,9\n1,3,2024-01-02,8\n5,2,2024-01-02,9\n6,7,0", code)
        test.button(key="own-use").click().run()
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize("code", ["fa", "ar"])
def test_no_english_is_left_when_data_are_shown(code):
    test = pasted("۱,بازدید,۱۴۰۳/۰۵/۱۲\n۱,خرید,۱۴۰۳/۰۵/۱۳\n۲,بازدید,۱۴۰۳/۰۵/۱۳\n۳,۴,؟", code)
    said = plain(test)
    test.button(key="own-use").click().run()
    said += plain(test)
    english = re.findall(r"\b(?:the|and|with|that|people|stage|rate|from|now|row|log)\b", said)
    assert not english


ASKED = {
    "a total": "Stage,People\nVisits,48000\nLeads,2880\nCustomers,92\nTotal,50972",
    "a sum without a name": "Stage;People\nVisits;48000\nLeads;2880\nCustomers;92\n;50972",
    "a breakdown": "Step,Device,Users\nVisit,mobile,60\nVisit,desktop,40\nBuy,mobile,6\nBuy,desktop,9",
    "a breakdown with a total": "Step,Device,Users\nVisit,Total,100\nVisit,mobile,60\nBuy,Total,15\nBuy,mobile,6",
    "shares": "Visits;100%\nLeads;6%",
    "points and growth": "Visits;4.800\nLeads;9.600\nSales;92",
    "serial days": "user,event,time\nu1,visit,45356.604\nu1,buy,45357.5\nu2,visit,45356.7",
    "two digits": "user,event,time\nu1,visit,3/5/24 14:30\nu1,buy,3/6/24 10:00\nu2,visit,3/15/24 09:00",
    "spellings": "user,event,time\nu1,ثبت‌نام,2024-03-01\nu1,خرید,2024-03-02\nu2,ثبت نام,2024-03-01\nu2,خرید,2024-03-02",
    "nobody twice": "user,event,time\nu1,visit,2024-03-01\nu2,buy,2024-03-02\nu3,visit,2024-03-01\nu4,buy,2024-03-03",
    "rounded": "user,event,time\n9.9E+15,visit,2024-03-01\n9.9E+15,buy,2024-03-02\n????,visit,2024-03-01\n????,buy,2024-03-03",
    "lunar": "user,event,time\nu1,visit,5 رمضان 1445\nu1,buy,6 رمضان 1445\nu2,visit,5 رمضان 1445",
    "json": '{"event": "visit", "properties": {"time": 1709644800, "distinct_id": "a1"}}\n'
    '{"event": "buy", "properties": {"time": 1709648400, "distinct_id": "a1"}}\n'
    '{"event": "visit", "properties": {"time": 1709648400, "distinct_id": "b2"}}',
    "no rows of JSON": '{"a": "b"}',
}  # fmt: skip


@pytest.mark.parametrize("what", ASKED)
@pytest.mark.parametrize("code", ["en", "fa", "ar"])
def test_whatever_was_left_out_or_doubted_has_a_sentence(what, code):
    test = pasted(ASKED[what], code)
    said = plain(test)
    assert said
    if code != "en":
        found = said[said.index("<h2>") if "<h2>" in said else 0 :]
        assert not re.findall(r"\b(?:the|and|with|that|people|rows?|left out)\b", found)
    if code == "en" and what in SAID:
        assert SAID[what] in said


SAID = {
    "a total": "Row 5, “Total”, holds the total of the others and was left out.",
    "a sum without a name": "Row 5 holds the sum of the others and was left out.",
    "a breakdown": "Somebody who is in two of them counts twice.",
    "a breakdown with a total": "Only the rows of “Total” were taken.",
    "shares": "These are shares, not people.",
    "points and growth": "Points were taken as marks for thousands",
    "serial days": "The times are numbers of days",
    "spellings": "Some events differ only in spelling",
    "nobody twice": "Nobody has two events.",
    "rounded": "A spreadsheet has rounded numbers of persons",
    "lunar": "Dates of the lunar Hijri calendar are not read here.",
    "no rows of JSON": "There are no rows in this JSON.",
}


def test_totals_are_kept_and_spellings_are_one_where_the_learner_says_so():
    test = pasted(ASKED["a total"])
    next(one for one in test.selectbox if one.label == "Rows that look like totals").set_value("in").run()
    assert "“Total”: 50,972" in plain(test)
    test = pasted(ASKED["spellings"])
    next(one for one in test.selectbox if one.label == "Spellings that are nearly the same").set_value("yes").run()
    test.button(key="own-use").click().run()
    assert not test.exception
    assert "Of 2 at" in plain(test)


def test_a_link_to_own_data_is_no_sample():
    test = opened(PAGE, "en", v="1", **{"from": "own", "kind": "stages", "stages": "~seen_~paid", "n": "577_46"})
    said = plain(test)
    assert "These numbers came with the link." in said
    assert "A made-up log" not in said
