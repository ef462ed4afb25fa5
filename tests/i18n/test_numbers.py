"""Numbers as people see them. The expected strings are node 20's Intl (ICU 78, CLDR 48) but for the marked ones."""

import math
import unicodedata
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.languages import languages, use_content_root
from i18n.numbers import DIGITS, numbers, parse

LRM, ALM, MINUS, LRI, PDI = "\u200e", "\u061c", "\u2212", "\u2066", "\u2069"
EVERY = [(one.code, digits) for one in languages(drafts=True) for digits in one.digit_choices]
every = pytest.mark.parametrize(("code", "digits"), EVERY)

# What is shown for: 1234567, -1234, 12.5 %, -12.5 %, signed 12.5 %, +5, -1234.5 with one decimal.
GOLDEN = {
    ("en", "latn"): ("1,234,567", "-1,234", "12.5%", "-12.5%", "+12.5%", "+5", "-1,234.5"),
    # Not Intl, here and below: a minus sign where ICU has a hyphen in Arabic, and a signed percentage is an island.
    ("ar", "latn"): (
        "1,234,567", f"{LRM}{MINUS}1,234", f"12.5{LRM}%{LRM}", f"{LRI}{LRM}{MINUS}12.5%{PDI}", f"{LRI}{LRM}+12.5%{PDI}",
        f"{LRM}+5", f"{LRM}{MINUS}1,234.5",
    ),
    # Not Intl: no U+061C after ٪ but before the number (design.md, section 5).
    ("ar", "arab"): (
        "١٬٢٣٤٬٥٦٧", f"{ALM}{MINUS}١٬٢٣٤", f"{ALM}١٢٫٥٪", f"{ALM}{MINUS}١٢٫٥٪", f"{ALM}+١٢٫٥٪", f"{ALM}+٥",
        f"{ALM}{MINUS}١٬٢٣٤٫٥",
    ),
    # Not Intl: the mark that keeps ٪ on the left of a number without a sign.
    ("fa", "arabext"): (
        "۱٬۲۳۴٬۵۶۷", f"{LRM}{MINUS}۱٬۲۳۴", f"{ALM}۱۲٫۵٪", f"{LRI}{LRM}{MINUS}۱۲٫۵٪{PDI}", f"{LRI}{LRM}+۱۲٫۵٪{PDI}",
        f"{LRM}+۵", f"{LRM}{MINUS}۱٬۲۳۴٫۵",
    ),
    # Not Intl: LRM around %, as Arabic has it; Intl's bare % jumps to the other side after a Persian letter.
    ("fa", "latn"): (
        "1,234,567", f"{LRM}{MINUS}1,234", f"12.5{LRM}%{LRM}", f"{LRI}{LRM}{MINUS}12.5%{PDI}", f"{LRI}{LRM}+12.5%{PDI}",
        f"{LRM}+5", f"{LRM}{MINUS}1,234.5",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("code", "digits"), GOLDEN)
def test_golden_table(code, digits):
    n = numbers(code, digits)
    shown = (
        n.count(1234567), n.count(-1234), n.percent(0.125), n.percent(-0.125), n.percent(0.125, signed=True),
        n.count(5, signed=True), n.decimal(-1234.5),
    )  # fmt: skip
    assert shown == GOLDEN[code, digits]


def test_the_golden_table_covers_what_is_offered():
    assert {pair for pair in EVERY if pair[0] in ("ar", "fa", "en")} == set(GOLDEN)


@pytest.mark.parametrize(
    ("x", "shown"),
    [
        (0, "0"), (0.0, "0"), (-0.0, "0"), (7, "7"), (7.0, "7"), (2.4, "2.4"), (2.25, "2.3"), (2.97, "3.0"),
        (40.00000000001, "40"), (99.94, "99.9"), (99.95, "100"), (99.96, "100"), (100.5, "101"), (1234.5, "1,235"),
        (999.5, "1,000"), (10**12, "1,000,000,000,000"), (1e12, "1,000,000,000,000"), (0.96, "1.0"), (0.3, "0.3"),
        (0.1, "0.1"), (0.042, "0.042"), (0.0996, "0.10"), (0.00012, "0.00012"), (1e-7, "≈0"), (-1e-7, "≈0"),
        (5e-17, "0"), (-3.14, "-3.1"), (-0.5, "-0.5"), (10**20, "100,000,000,000,000,000,000"),
    ],
)  # fmt: skip
def test_counts(x, shown):
    assert numbers("en").count(x) == shown


@pytest.mark.parametrize(
    ("x", "shown"),
    [
        (0, "0%"), (0.0, "0%"), (1, "100%"), (1.0, "100%"), (0.1 * 3 + 0.7, "100%"), (0.06, "6.0%"), (0.5, "50.0%"),
        (0.9996, "100.0%"), (0.0625, "6.3%"), (0.285, "28.5%"), (0.01, "1.0%"), (0.00999, "1.0%"), (0.0042, "0.42%"),
        (0.00285, "0.29%"), (0.000996, "0.10%"), (0.00042, "0.042%"), (0.0000012, "0.00012%"), (0.000001, "0.00010%"),
        (1e-9, "≈0%"), (1e-17, "0%"), (12.345, "1,234.5%"), (2, "200.0%"), (-0.05, "-5.0%"), (-0.004, "-0.40%"),
    ],
)  # fmt: skip
def test_percentages(x, shown):
    assert numbers("en").percent(x) == shown


def test_fixed_places_round_as_a_person_does():
    n = numbers("en")
    assert [n.percent(x, 0) for x in (0.125, 0.5, 0.0)] == ["13%", "50%", "0%"]
    assert [n.decimal(x, 2) for x in (1.005, 2.675, 0.125, 3)] == ["1.01", "2.68", "0.13", "3.00"]
    assert n.percent(0.06125, 2) == "6.13%"  # 0.06125 * 100 is 6.124999999999999
    assert n.decimal(-0.04) == "0.0"
    assert n.decimal(1e300, 1).startswith("1,000")


def test_points_are_a_number_only():
    assert [numbers("en").points(x) for x in (0.01, -0.0125, 0.0, 0.00001)] == ["+1.0", "-1.3", "0.0", "0.0"]
    assert numbers("fa").points(-0.01) == f"{LRM}{MINUS}۱٫۰"
    assert numbers("en").points(0.0123, 2, signed=False) == "1.23"


@every
def test_almost_nothing_is_not_nothing(code, digits):
    n = numbers(code, digits)
    assert "≈" in n.percent(1e-9)
    assert "≈" not in n.percent(0)
    assert n.percent(0, signed=True) == n.percent(0)
    assert n.count(0, signed=True) == n.count(0)


def test_other_kinds_of_numbers():
    n = numbers("en")
    assert n.count(np.int64(1234)) == n.count(np.float64(1234)) == n.count(Fraction(1234)) == "1,234"
    assert n.percent(np.float64(0.125)) == "12.5%"


FORMS = ["count", "percent", "decimal", "points", "count_field", "percent_field", "shown_count"]


@pytest.mark.parametrize("x", [None, math.nan, math.inf, -math.inf, "5", True, np.float64("nan"), [1]])
@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_number_is_refused_clearly(form, x):
    with pytest.raises(TypeError):
        getattr(numbers("en"), form)(x)


def test_shown_count_is_the_number_on_the_screen():
    n = numbers("ar")
    assert [n.shown_count(x) for x in (102.6, 2.0, 2.04, -11, 1e-7, 0)] == [103, 2, 2, 11, 0, 0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("از 1,000 نفر، 25 نفر", "از ۱٬۰۰۰ نفر، ۲۵ نفر"), ("B2B و F04 و A/B و x2", "B2B و F04 و A/B و x2"),
        ("12.5%", f"{ALM}۱۲٫۵٪"), ("۱۲٫۵٪", f"{ALM}۱۲٫۵٪"), ("3:1 و 10-20", "۳:۱ و ۱۰-۲۰"), ("v1.2 #12", "v1.2 #12"),
        ("1. اول\n2. دوم 3", "1. اول\n2. دوم ۳"), ("2.3.4", "۲.۳.۴"), ("5،6", "۵،۶"), ("GPT-4", "GPT-4"),
        ("2B", "2B"), ("عدد 5.", "عدد ۵."), ("", ""),
    ],
)  # fmt: skip
def test_numbers_in_running_text(text, shown):
    assert numbers("fa").text(text) == shown
    assert numbers("fa").text(shown) == shown


def test_running_text_follows_the_learners_choice():
    assert numbers("fa", "latn").text("۱٬۲۵۰ نفر، ۵٪") == f"1,250 نفر، 5{LRM}%{LRM}"
    assert numbers("ar", "arab").text("هو 5% من 1,250") == f"هو {ALM}٥٪ من ١٬٢٥٠"
    assert numbers("en").text("Persian ۵ stays") == "Persian ۵ stays"


WORDS = "12 1,000 12.5% ۵٪ \u061c٥٪ 5\u200e%\u200e B2B F04 x2 3:1 10-20 1/2 و ب5 ٥٫٥ #12 2.3.4 (5) 5. v1.2 -5% \n1."


@given(st.lists(st.sampled_from(WORDS.split(" "))).map(" ".join))
def test_running_text_twice_is_once(text):
    for code, digits in EVERY:
        n = numbers(code, digits)
        assert n.text(n.text(text)) == n.text(text)


def test_isolate_and_dash():
    assert numbers("fa").isolate("3:1") == "\u20663:1\u2069"
    assert numbers("fa").dash == "–"


def test_signs():
    n = numbers("fa")
    assert (n.code, n.digits, n.decimal_mark, n.group, n.percent_sign) == ("fa", "arabext", "٫", "٬", "٪")
    n = numbers("ar")
    assert (n.digits, n.decimal_mark, n.group, n.percent_sign, n.minus) == ("latn", ".", ",", "%", f"{LRM}{MINUS}")


def test_unknown_language_or_digits():
    with pytest.raises(KeyError):
        numbers("xx")
    with pytest.raises(ValueError, match="digits are one of"):
        numbers("fa", "deva")


def test_an_invented_language(tmp_path):
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "language.toml").write_text(
        'name="X"\nlocale="de"\ndirection="rtl"\ndigits="arab"\ndigit_choices=["arab"]\nfont="F"\norder=1\nstatus="draft"',
        encoding="utf-8",
    )
    with use_content_root(tmp_path):
        assert numbers("xx").decimal(1234.5) == "١٬٢٣٤٫٥"
        assert numbers("xx", "latn").percent(0.125) == f"12.5\u00a0{LRM}%{LRM}"
        assert parse(numbers("xx", "latn").percent(0.125), "percent") == 0.125
    with pytest.raises(KeyError):
        numbers("xx")


# --- what holds for every number ---

whole = st.integers(0, 10**12)
sized = st.floats(-1e12, 1e12).map(lambda x: round(x, 6))


@every
@given(x=whole)
def test_whole_counts_can_be_typed_back(code, digits, x):
    n = numbers(code, digits)
    assert parse(n.count(x)) == parse(n.count_field(x)) == parse(n.count_field(float(x))) == x
    assert parse(n.count(-x, signed=True), "number") == -x


@every
@given(x=sized)
def test_fields_can_be_typed_back(code, digits, x):
    n = numbers(code, digits)
    assert parse(n.count_field(x), "number") == x
    assert parse(n.count_field(abs(x))) == abs(x)
    assert parse(n.decimal(x, 6), "number") == x
    assert parse(n.decimal(x, 6, signed=True), "number") == x


@every
@given(x=st.integers(0, 10**10).map(lambda x: x / 10**8))
def test_percentages_can_be_typed_back(code, digits, x):
    n = numbers(code, digits)
    assert parse(n.percent_field(x), "percent") == x
    assert parse(n.percent(x, 6), "percent") == x


@every
@given(x=st.floats(-1e13, 1e13), places=st.integers(0, 6), signed=st.booleans())
def test_digits_and_signs_are_never_mixed(code, digits, x, places, signed):
    n = numbers(code, digits)
    shown = (
        n.count(x, signed), n.percent(x, signed=signed), n.percent(x, places, signed), n.decimal(x, places, signed),
        n.points(x, places, signed), n.count_field(x), n.percent_field(x),
    )  # fmt: skip
    others = "".join(set("".join(DIGITS.values())) - set(DIGITS[digits])) + (".,%" if digits != "latn" else "٫٬٪")
    for text in shown:
        assert not set(text) & set(others)
        assert any(one in DIGITS[digits] for one in text)
    for field in shown[-2:]:
        assert not any(unicodedata.category(one) == "Cf" for one in field)


@given(x=st.floats(0, 1e9), y=st.floats(0, 1e9))
def test_more_is_never_shown_as_less(x, y):
    x, y = sorted((x, y))
    n = numbers("en")
    assert n.shown_count(x) <= n.shown_count(y)


@given(x=st.floats(0, 1e9))
def test_what_is_shown_is_close(x):
    n = numbers("en")
    assert abs(n.shown_count(x) - x) <= (0.5 + 1e-6 if x >= 99.95 else 0.05 + 1e-6)
