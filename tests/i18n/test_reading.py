"""What a person types, and what she is asked when it cannot be taken."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from i18n.numbers import CODES, NumberError, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12500", 12500), ("12,500", 12500), ("۱۲٬۵۰۰", 12500), ("١٢٬٥٠٠", 12500), ("12 500", 12500), ("12'500", 12500),
        ("12’500", 12500), ("12_500", 12500), ("12\u00a0500", 12500), ("12\u202f500", 12500), ("12\u2009500", 12500),
        ("۱۲،۵۰۰", 12500), ("۱2٥00", 12500), ("1,234,567.5", 1234567.5), ("1٬234٬567٫5", 1234567.5), (" 7 ", 7),
        ("+7", 7), ("\u200e+7", 7), ("\u206612\u2069", 12), ("1\u200c2", 12), ("2.5", 2.5), ("۲٫۵", 2.5), (".5", 0.5),
        ("٫۵", 0.5), ("5.", 5), ("0.125", 0.125), ("1.1250", 1.125), ("1٫125", 1.125), ("1,234.125", 1234.125),
        ("1e6", 1e6), ("1.5E+3", 1500), ("۱e۶", 1e6), ("0", 0), ("-0", 0), ("000", 0), ("1" + "0" * 60, 1e60),
    ],
)  # fmt: skip
def test_counts_are_read(text, value):
    assert parse(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6", 0.06), ("6%", 0.06), ("6 %", 0.06), ("۶٪", 0.06), ("٪۶", 0.06), ("\u061c۶٫۵٪", 0.065), ("6.5", 0.065),
        ("6.125", 0.06125), ("100", 1.0), ("0.07", 0.0007), ("12.5\u200e%\u200e", 0.125), ("1e2", 1.0), ("28.7", 0.287),
        ("+5%", 0.05),
    ],
)  # fmt: skip
def test_percentages_are_exact(text, value):
    assert parse(text, "percent") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("-3.5", -3.5), ("−۳٫۵", -3.5), ("\u200e−۳", -3), ("- 5", -5), ("\u061c-٥", -5), ("1.500", 1.5), ("-1,000", -1e3)],
)
def test_numbers_may_be_negative(text, value):
    assert parse(text, "number") == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"), ("  \u200f\u00a0", "empty"), ("1/2", "slash"), ("۱۲/۵", "slash"), ("5k", "letters"),
        ("۵ هزار", "letters"), ("2 مليون", "letters"), ("3M", "letters"), ("ألف", "letters"), ("1e-6", "letters"),
        ("1e100", "letters"), ("nan", "letters"), ("inf", "letters"), ("0x10", "letters"), ("-5", "negative"),
        ("−۵", "negative"), ("12,5", "ambiguous"), ("1.500", "ambiguous"), ("1.234.567", "ambiguous"),
        ("1.234,5", "ambiguous"), ("0,125", "ambiguous"), ("1234,567", "ambiguous"), ("12,34,567", "ambiguous"),
        ("5,", "ambiguous"), (",5", "ambiguous"), ("۱۲٬۵", "ambiguous"), ("12_5", "ambiguous"),
        ("1,234'567", "ambiguous"), ("1٫234٫567", "ambiguous"), ("6%", "percent"), ("۶٪", "percent"),
        ("10-20", "several"), ("10–20", "several"), ("12 5", "several"), ("1, 2", "several"), ("3:1", "several"),
        ("10;20", "several"), ("1..2", "several"), ("1.2.3", "not-a-number"), ("--5", "not-a-number"),
        ("5-", "not-a-number"), ("(5)", "not-a-number"), (".", "not-a-number"), ("/", "not-a-number"),
        ("%", "not-a-number"), ("٪", "not-a-number"), ("²", "not-a-number"), ("💰", "not-a-number"),
        ("$5", "not-a-number"), ("9" * 65, "too-long"), ("9" * 50_000, "too-long"), ("x" * 50_000, "too-long"),
    ],
)  # fmt: skip
def test_a_count_that_cannot_be_read_is_asked_back(text, code):
    with pytest.raises(NumberError) as caught:
        parse(text)
    assert caught.value.code == code
    assert code in CODES
    assert len(caught.value.given) <= 65


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("-5%", "percent", "negative"), ("٪-۵", "percent", "negative"), ("-٪۵", "percent", "negative"),
        ("%5%", "percent", "not-a-number"), ("5%%", "percent", "not-a-number"), ("5%-6%", "percent", "several"),
        ("%", "percent", "not-a-number"), ("5%", "number", "percent"), ("12,5", "percent", "ambiguous"),
        ("1/2", "percent", "slash"),
    ],
)  # fmt: skip
def test_other_kinds_are_asked_back_too(text, kind, code):
    with pytest.raises(NumberError) as caught:
        parse(text, kind)
    assert caught.value.code == code


def test_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="kind is"):
        parse("5", "money")


@given(
    st.text(max_size=80) | st.text(alphabet="0123456789۰۵٠٥.,٫٬'_ /-+−%٪eE\u200e\u061c\u00a0", max_size=70),
    st.sampled_from(["count", "percent", "number"]),
)
def test_no_text_breaks_it(text, kind):
    try:
        value = parse(text, kind)
    except NumberError as error:
        code = error.code
    else:
        assert type(value) is float
        assert value - value == 0
        assert kind == "number" or value >= 0
        return
    assert code in CODES


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10**6, " " * 10**6 + "5", "1," * 10**6, "1 " * 30, "1" * 63 + "x", "1,234" * 12, "1." * 32, "1'" * 32,
        "1.234" * 12, "\u200e" * 1000,
    ],
)  # fmt: skip
def test_long_text_costs_nothing(text):
    began = time.perf_counter()
    for _ in range(5):
        with contextlib.suppress(NumberError):
            parse(text)
    assert time.perf_counter() - began < 1
