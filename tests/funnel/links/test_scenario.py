from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnel.calculators.stage_conversion import Inputs, compute, rebase, start
from funnel.facts.stages import SOURCES, Stage
from funnel.inputs import editing
from funnel.links.codecs import CODES, Change, Choice, Maybe, Number, Series, read_number, write_number, written
from funnel.links.scenario import VERSION, Decoded, decode, encode, keys
from funnel.quantities import COUNT, MONEY, SHARE
from tests.funnel.strategies import inputs


def opened(**query: str) -> Decoded[Inputs]:
    return decode(Inputs, query)


@given(inputs())
def test_a_link_opens_the_same_funnel(valid):
    assert decode(Inputs, encode(valid)) == Decoded(valid)


@given(inputs())
def test_a_link_survives_the_address_bar(valid):
    query = urlencode(encode(valid))
    assert decode(Inputs, dict(parse_qsl(query))).inputs == valid


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("basis", ["people", "rates"])
def test_an_unchanged_funnel_has_a_short_link(source, basis):
    funnel = rebase(start(source), basis)
    assert set(encode(funnel)) <= {"v", "from", "basis"}
    assert decode(Inputs, encode(funnel)).inputs == funnel


def test_the_link_is_readable():
    funnel = editing.rename(editing.set_value(start("base"), "what_if", 4, None), 0, "a_b~c d")
    assert encode(funnel) == {
        "v": "1",
        "from": "own",
        "stages": "~a~1b~0c d_leads_mql_sql_customers",
        "now": "48000_2880_1152_403_92",
        "if": "48000_2880_1152_403_-",
        "ref": "-_-_-_-_-",
    }
    assert encode(start("base")) == {"v": VERSION}
    assert encode(editing.drop_what_if(start("s9-abtest-aed"))) == {"v": "1", "from": "s9-abtest-aed", "if": "none"}
    assert keys(Inputs) == ("v", "from", "stages", "basis", "now", "if", "ref", "avg", "cur", "title")


def test_a_name_in_any_letters_costs_no_percent_signs():
    names = ("بازدید پیج", "پرسیدن قیمت", "خرید", "می‌خواهم", "价格", "é", "a b")
    funnel = Inputs(
        "own", tuple(Stage(name=x) for x in names), "people", (7,) * 7, None, (None,) * 7, title="فروشگاه عمو"
    )
    written = encode(funnel)
    assert "%" not in urlencode(written).replace("%7E", "~")
    assert decode(Inputs, dict(parse_qsl(urlencode(written)))).inputs == funnel
    before = dict(written, stages="_".join(f"~{name}" for name in names), title="~فروشگاه عمو")
    assert decode(Inputs, before).inputs == funnel, "links from before are still opened"
    for broken in ("~~ب", "~~" + "z" * 4000, "~~99999999", "~~-"):
        decode(Inputs, dict(written, title=broken))


HOSTILE = [
    "", "-", "_", "_" * 10_000, "x" * 50_000, "9" * 50_000, "\x00", "\ud800", "1e999", "-1e999", "nan", "inf", "1e-999",
    "-5", "0x10", "١٢٣", "1_2_3_4_5_6_7_8_9_10_11", "none", "~", "~~~", "~\u202eevil", "visits_nowhere", "1e12_1e13",
    "1_" * 10_000, "~" + "a" * 3999 + "_visits", "1__2", " 5 ", "5\n", "%00", "people", "rates", "s9-abtest-aed",
]  # fmt: skip
texts = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text("0123456789e.-_~ab"))


@given(st.dictionaries(st.one_of(st.sampled_from(keys(Inputs)), st.text()), texts))
def test_any_mapping_opens_with_something_valid(mapping):
    decoded = decode(Inputs, mapping)
    compute(decoded.inputs)
    assert len(decoded.changes) < 50
    for change in decoded.changes:
        assert change.code in CODES
        assert len(change.given) <= 60
        change.given.encode()
        change.used.encode()
    assert decode(Inputs, encode(decoded.inputs)) == Decoded(decoded.inputs)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_hostile_text_in_every_place(text):
    for key in keys(Inputs):
        decoded = decode(Inputs, {"v": VERSION, key: text})
        compute(decoded.inputs)
    compute(decode(Inputs, dict.fromkeys(keys(Inputs), text)).inputs)


def test_a_link_of_a_later_version_is_still_tried():
    decoded = opened(v="2", **{"from": "aida"})
    assert decoded == Decoded(start("aida"), (Change("v", "version", None, "2", "1"),))


def test_one_wrong_value_is_left_empty_and_said():
    decoded = opened(now="48000_abc_1e999_403_-92")
    assert decoded.inputs.now == (48000, None, None, 403, None)
    assert decoded.changes == (
        Change("now", "unreadable", 1, "abc", ""),
        Change("now", "out-of-range", 2, "1e999", ""),
        Change("now", "out-of-range", 4, "-92", ""),
    )


def test_a_value_beyond_the_bounds_of_its_basis():
    decoded = opened(now="2e12_2_3_4_5")
    assert decoded.inputs.now == (None, 2, 3, 4, 5)
    assert decoded.changes == (Change("now", "out-of-range", 0, "2000000000000", ""),)
    assert opened(ref="0.5_-_-_-_-").changes == (Change("reference", "out-of-range", 0, "0.5", ""),)


def test_nothing_readable_keeps_what_the_source_has():
    decoded = opened(now="hello")
    assert decoded.inputs == start("base")
    assert decoded.changes == (Change("now", "unreadable", None, "hello", "48000_2880_1152_403_92"),)
    assert opened(**{"if": "hello"}).changes == (Change("what_if", "unreadable", None, "hello", ""),)


def test_an_unknown_source_falls_back_to_base():
    decoded = opened(**{"from": "elsewhere"})
    assert decoded == Decoded(start("base"), (Change("source", "unknown", None, "elsewhere", "base"),))


def test_too_many_and_too_few():
    decoded = opened(stages="_".join(["visits"] * 12), now="_".join(["5"] * 12))
    assert len(decoded.inputs.stages) == len(decoded.inputs.now) == 10
    assert [(change.field, change.code) for change in decoded.changes] == [
        ("stages", "too-many"),
        ("now", "too-many"),
        ("reference", "too-few"),
    ]
    alone = opened(stages="visits")
    assert alone.inputs == start("base")
    assert [change.code for change in alone.changes] == ["too-few"]
    short = opened(now="5_4")
    assert short.inputs.now == (5, 4, None, None, None)
    assert short.changes == (Change("now", "too-few", None, "2", "5"),)


def test_a_stage_that_this_version_does_not_know_becomes_an_own_name():
    decoded = opened(stages="visits_demo_~\u202eevil_~_customers")
    own = (Stage(name="demo"), Stage(name="evil"), Stage())
    assert decoded.inputs.stages == (Stage("visits"), *own, Stage("customers"))
    assert decoded.changes == (
        Change("stages", "unknown", 1, "demo", "demo"),
        Change("stages", "cleaned", 2, "evil", "evil"),
    )


def test_a_number_cut_in_the_middle_is_not_believed():
    decoded = opened(now="5_" + "0" * 3996 + "_123456")
    assert decoded.inputs.now == (5, None, None, None, None)
    assert {change.code for change in decoded.changes} == {"too-many", "unreadable", "too-few"}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_exactly(number):
    text = write_number(number)
    assert read_number(text) == number
    assert set(text) <= set("0123456789.e-")


@dataclass(frozen=True)
class Simple:
    """Stand for the calculators to come: no origin, no repair."""

    budget: float = field(default=1000.0, metadata=written("budget", Number(MONEY), "Spend"))
    margin: float = field(default=0.4, metadata=written("margin", Number(SHARE), "Gross margin"))
    mode: str = field(default="a", metadata=written("mode", Choice(("a", "b")), "Mode"))
    target: float | None = field(default=None, metadata=written("target", Maybe(Number(COUNT)), "Target"))
    cohort: tuple = field(default=(3.0, 2.0), metadata=written("cohort", Series(COUNT, 4), "Payers by month"))

    def __post_init__(self):
        if self.target == 13:
            raise ValueError("not together")


simple = st.builds(
    Simple,
    budget=st.floats(0, 1e15),
    margin=st.floats(0, 1),
    mode=st.sampled_from(["a", "b"]),
    target=st.one_of(st.none(), st.floats(14, 1e12)),
    cohort=st.lists(st.one_of(st.none(), st.floats(0, 1e12)), min_size=1, max_size=4).map(tuple),
)


@given(simple)
def test_any_calculator_can_have_links(inputs):
    assert decode(Simple, encode(inputs)) == Decoded(inputs)


@given(st.dictionaries(st.sampled_from(keys(Simple)), texts))
def test_any_calculator_opens_any_link(mapping):
    assert isinstance(decode(Simple, mapping).inputs, Simple)


def test_changes_of_a_simple_calculator():
    decoded = decode(Simple, {"margin": "1.5", "budget": "x", "mode": "z", "lang": "fa"})
    assert decoded.inputs == Simple()
    assert {(change.field, change.code) for change in decoded.changes} == {
        ("margin", "out-of-range"),
        ("budget", "unreadable"),
        ("mode", "unknown"),
    }
    together = decode(Simple, {"target": "13", "mode": "b"})
    assert together.inputs == Simple()
    assert [change.code for change in together.changes] == ["inconsistent"]


def test_unchanged_fields_stay_out_of_the_link():
    assert encode(replace(Simple(), target=0.5)) == {"v": "1", "target": "0.5"}
