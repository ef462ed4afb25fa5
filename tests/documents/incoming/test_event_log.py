"""What a learner brings, from bytes to a funnel: columns guessed, rows counted, mistakes named, hostile files refused."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.folding import fold_digits
from documents.incoming import event_log
from documents.incoming.codes import people_codes
from documents.incoming.decoding import REFUSALS
from documents.incoming.event_log import NONE, OTHERS, Columns, guess_columns, read_log
from documents.incoming.own_file import Brought, Options, Reading, suggest_steps, understand
from documents.incoming.stage_table import read_stages
from documents.incoming.tables import LISTED, look
from documents.outgoing.samples import log_csv, stages_csv
from funnel.facts.sample_log import sample_log
from funnel.formulas.events import MAX_GROUPS, Rules, funnel_of
from tests.documents.incoming.test_workbook import book

LOG = """user_id,event,ts,source
1,Visit,2024-01-01 10:00,ads
1,buy,2024-01-02 10:00,ads
2,visit ,2024-01-03 10:00,
2,,2024-01-03 11:00,ads
,visit,2024-01-03 12:00,ads
3,visit,,ads
3,visit,soon,ads

4,visit
۱,VISIT,2024-01-05,mail
"""


def test_rows_are_taken_or_named_with_their_numbers_and_reasons():
    log = read_log(LOG, Columns(0, 1, 2))
    assert log.names == ("visit", "buy")
    assert (log.rows, log.fine, log.people) == (9, 4, 2)
    assert log.wrong == {"width": 1, "no-event": 1, "no-person": 1, "no-time": 1, "time": 1}
    assert [(one.row, one.code, one.given) for one in log.problems] == [
        (5, "no-event", ""), (6, "no-person", ""), (7, "no-time", ""), (8, "time", "soon"), (10, "width", "4,visit"),
    ]  # fmt: skip


def test_only_so_many_mistakes_are_listed_and_the_rest_counted():
    log = read_log("who,what,when\n" + "a,b,2024-01-01\n" + "a,b,never\n" * 500 + "a,c,2024-01-02", Columns(0, 1, 2))
    assert len(log.problems) == LISTED
    assert log.wrong == {"time": 500}
    assert [one.row for one in log.problems] == list(range(3, 3 + LISTED))


def test_spellings_of_one_event_are_one_event_named_as_it_is_spelt_most():
    texts = [
        "كليك",
        "کلیک",
        "کلیک",
        " کلیک\u200f",
        "Sign  up",
        "sign up",
        "sign up",
        "گام ۱",
        "گام ١",
        "گام 1",
        "گام 1",
    ]
    log = read_log("p,e,t\n" + "\n".join(f"a,{text},2024-01-01" for text in texts), Columns(0, 1, 2))
    assert log.names == ("کلیک", "sign up", "گام 1")
    assert log.counts == (4, 3, 4)


def test_one_person_in_several_scripts_is_one_and_capital_letters_make_two():
    log = read_log(
        "p,e,t\n" + "\n".join(f"{who},x,2024-01-01" for who in ("u12", " u12 ", "u۱۲", "u١٢\u200f", "U12")),
        Columns(0, 1, 2),
    )
    assert log.people == 2


ids = st.one_of(
    st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=9), st.sampled_from(["", "a", "۱"])
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ids, min_size=1, max_size=30))
def test_short_ids_get_the_codes_of_their_texts(ids):
    column = pa.chunked_array([pa.array(ids, pa.string())])
    codes, empty = people_codes(column)
    plain = [fold_digits(one).strip() for one in ids]
    for i, one in enumerate(plain):
        assert [codes[j] == codes[i] for j in range(len(ids))] == [other == one for other in plain]
        assert (codes[i] == empty) == (one == "")


def test_long_and_doubled_names_stay_apart():
    long = "a very long name of an event that goes on and on "
    log = read_log(
        "p,e,t\n" + "\n".join(f"a,{long}{i},2024-01-01" for i in range(3)) + "\na,\u200d,2024-01-01", Columns(0, 1, 2)
    )
    assert len(set(log.names)) == len(log.names) == 3
    assert log.wrong == {"no-event": 1}


def test_groups_are_the_most_frequent_values_the_others_and_the_empty_cells():
    rows = [f"p{i},e,2024-01-01,{'v' + str(i % 12) if i % 13 else ''}" for i in range(400)] + ["q,e,2024-01-01,v3"] * 50
    log = read_log("p,e,t,by\n" + "\n".join(rows), Columns(0, 1, 2, 3))
    assert log.group_names[0] == "v3"
    assert log.group_names[-2:] == (OTHERS, NONE)
    assert len(log.group_names) == event_log.TOP_GROUPS + 2 <= MAX_GROUPS
    assert np.bincount(log.groups, minlength=10).sum() == log.fine
    assert read_log("p,e,t,by\na,b,2024-01-01,x\nb,b,2024-01-01,x", Columns(0, 1, 2, 3)).group_names == ("x",)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("user_id,event,ts\n1,a,2024-01-01\n2,b,2024-01-02", (0, 1, 2)),
        ("time;action;client\n2024-01-01;a;x\n2024-01-02;a;y\n2024-01-02;b;y", (2, 1, 0)),
        ("2024-01-01\tu1\tvisit\n2024-01-02\tu2\tvisit\n2024-01-02\tu3\tbuy\n2024-01-02\tu4\tbuy", (1, 2, 0)),
        ("رویداد,کاربر,زمان\nبازدید,۱,۱۴۰۳/۰۵/۱۲\nخرید,۱,۱۴۰۳/۰۵/۱۳", (1, 0, 2)),
        ("الحدث,المستخدم,الوقت\nزيارة,1,2024-01-01\nشراء,1,2024-01-02", (1, 0, 2)),
        ("id,created,name,page,updated\n7,1709649022,visit,/a,x\n8,1709649025,visit,/b,y\n9,1709649027,buy,/a,z", (0, 2, 1)),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_headings_and_by_what_they_hold(text, columns):
    found = guess_columns(look(text))
    assert (found.person, found.event, found.time) == columns


def test_a_table_without_dates_is_one_of_stages():
    assert guess_columns(look("stage,people,rate\nVisits,480,1\nLeads,28,2")) is None
    found = understand("Visits,Leads,Sales\n480,28,9")
    assert (found.kind, found.stages.counts) == ("stages", (480.0, 28.0, 9.0))


@pytest.mark.parametrize(
    "text",
    ["Visits,48000\nLeads,2880", "Visits;48,000\nLeads;2,880",
     "Visits,48,000\nLeads,2,880", "Visits: 48,000\nLeads: 2,880",
     "Visits 48000\nLeads 2880", "stage|people\nVisits|۴۸٬۰۰۰\nLeads|٢٨٨٠", "rank\tstage\tn\n1\tVisits\t48000\n2\tLeads\t2880",
     "stage,people\nVisits,48,000\nLeads,2880", "Visits,Leads\n48000,2880", "My funnel\n\nVisits;Leads\n48 000;2 880",
     "n,stage\n48000,Visits\n2880,Leads"],
)  # fmt: skip
def test_stage_counts_are_read_however_they_are_typed(text):
    found = understand(text).stages
    assert [stage.name for stage in found.stages] == ["Visits", "Leads"]
    assert found.counts == (48000.0, 2880.0)
    assert not found.wrong


def test_stage_counts_that_cannot_be_read_are_named():
    found = read_stages("a,5\nb,1'5\nc,-3\nd,many\ne,\n,\nf,6%\ng,7", count=1, name=0)
    assert found.counts == (5.0, 7.0)
    assert found.wrong == {
        "number-ambiguous": 1, "number-negative": 1, "number-letters": 1, "number-empty": 1, "number-percent": 1,
    }  # fmt: skip
    assert [one.row for one in found.problems] == [2, 3, 4, 5, 7]


def test_a_funnel_has_ten_stages_and_the_rest_is_counted():
    found = read_stages("\n".join(f"s{i},{20 - i}" for i in range(14)))
    assert (len(found.stages), found.more) == (10, 4)


def test_steps_are_suggested_by_people_not_by_rows():
    log = read_log(
        "p,e,t\n"
        + "a,click,2024-01-01\n" * 50
        + "".join(f"{p},visit,2024-01-01\n" for p in "abcd")
        + "a,buy,2024-01-02",
        Columns(0, 1, 2),
    )
    assert [log.names[i] for i in suggest_steps(log)] == ["visit", "click", "buy"]


def test_a_workbook_and_a_text_of_the_same_log_give_the_same_funnel():
    rows = [
        ["user", "event", "time"],
        ["a", "visit", "2024-01-01"],
        ["a", "buy", "2024-01-02"],
        ["b", "visit", "2024-01-03"],
    ]
    text = understand("\n".join(",".join(row) for row in rows))
    sheet = understand(book(rows))
    for found in (text, sheet):
        log = found.log
        assert funnel_of(log.people_codes, log.events, log.when, Rules((0, 1))).people == (2, 1)
    assert sheet.sheet.sheets == ("s0",)


def test_the_same_options_are_not_read_twice_and_others_are():
    brought = Brought("x.csv", LOG.encode())
    first = brought.read(Options())
    assert brought.read(Options()) is first
    assert first.columns == Columns(0, 1, 2)
    other = brought.read(Options(columns=Columns(0, 3, 2)))
    assert other.log.names == ("ads", "mail")
    assert brought.read(Options(kind="stages")).kind == "stages"
    assert brought.kept == len(LOG.encode())
    assert brought.same_as(Brought("y.csv", LOG.encode()))
    assert not brought.same_as(Brought("x.csv", LOG.replace("buy", "but").encode()))


def test_columns_beyond_the_table_are_bent_back():
    assert understand(LOG, Options(columns=Columns(90, 91, 92, 93))).refusal == ""


def test_two_columns_are_no_log_and_that_is_no_mistake():
    found = understand("a,b\nc,d", Options(kind="events"))
    assert (found.log, found.columns, found.usable) == (None, None, False)


def test_a_million_different_events_are_no_events():
    found = understand("p,e,t\n" + "\n".join(f"p{i},e{i},2024-01-01" for i in range(30_000)))
    assert found.log.wrong["events"] == 30_000
    assert not found.usable
    assert suggest_steps(found.log) == ()


def test_too_big_a_file_is_not_even_kept():
    brought = Brought("x", b"x" * (50 * 2**20 + 1))
    assert brought.read(Options()).refusal == "too-big"
    assert brought.kept == 0


known_cells = st.sampled_from(["a", "b", "", "2024-01-01", "۱۴۰۳/۰۵/۱۲", "1709649022", '"', "=1", "x y", "5"])
rows = st.lists(st.lists(st.one_of(known_cells, st.text(max_size=5)), min_size=1, max_size=5), max_size=12)
anything = st.one_of(
    st.binary(max_size=400), st.text(max_size=400), rows.map(lambda rows: "\n".join(",".join(row) for row in rows))
)
places = st.integers(0, 4)
options = st.builds(
    Options,
    kind=st.sampled_from([None, "events", "stages"]),
    delimiter=st.sampled_from([None, ",", "\t"]),
    header=st.sampled_from([None, True, False]),
    columns=st.one_of(
        st.none(),
        st.builds(Columns, places, places, places, st.one_of(st.none(), places), st.sampled_from([None, True, False])),
    ),
    name=st.one_of(st.none(), places),
    count=st.one_of(st.none(), places),
)


@settings(max_examples=300, deadline=None)
@given(anything, options)
def test_anything_brought_is_understood_or_refused(data, chosen):
    found = understand(data, chosen)
    assert isinstance(found, Reading)
    if found.refusal:
        assert found.refusal in REFUSALS
        return
    if found.log is None:
        assert found.stages is not None or found.kind == "events"
        return
    log = found.log
    assert 0 <= log.fine <= log.rows
    assert len(log.problems) <= LISTED
    assert len(log.events) == len(log.when) == len(log.people_codes) == log.fine
    if steps := suggest_steps(log):
        count = funnel_of(log.people_codes, log.events, log.when, Rules(steps), log.groups, len(log.group_names))
        assert count.everyone <= log.people


@pytest.mark.parametrize(
    ("headings", "persian", "digits"),
    [
        (("Person", "Event", "Time", "Channel"), False, "latn"),
        (("شخص", "رویداد", "زمان", "کانال"), True, "arabext"),
        (("الشخص", "الحدث", "الوقت", "القناة"), False, "arab"),
    ],
)
def test_the_sample_file_reads_as_the_sample_in_every_language(headings, persian, digits):
    events = ("seen", "joined", "tried", "set up", "paid", "read")
    data = log_csv(headings, events, ("a", "b", "c", "d"), persian=persian, digits=digits)
    found = understand(data)
    assert found.columns == Columns(0, 1, 2)
    assert (found.log.fine, found.log.people, found.log.wrong) == (1458, 600, {})
    steps = tuple(found.log.names.index(name) for name in events[:5])
    assert suggest_steps(found.log) == (*steps[:3], found.log.names.index("read"), *steps[3:])
    counted = funnel_of(found.log.people_codes, found.log.events, found.log.when, Rules(steps))
    assert counted.people == (577, 231, 125, 65, 37)
    assert (found.log.when == sample_log().when).all()


def test_the_sample_table_reads_as_stages():
    assert understand(stages_csv(("Stage", "People"), "abcde")).stages.counts == (577, 231, 125, 65, 37)
