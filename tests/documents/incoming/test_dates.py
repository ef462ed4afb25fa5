"""Columns of dates in two calendars and many forms, against the standard library and against known days."""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.calendars import days, is_jalali_leap, jalali_text
from documents.incoming.dates import read_dates

UTC = datetime.UTC


def read(*texts: str, **more):
    return read_dates(pa.array(list(texts), pa.string()), **more)


def iso(found) -> list[str | None]:
    return [
        str(np.datetime64(int(when), "s" if when % 1000 == 0 else "ms"))
        if when % 1000
        else str(np.datetime64(int(when) // 1000, "s"))
        for when in found.when
    ]


# Known pairs: Nowruz of several years, the last day of leap years, and days of history.
KNOWN = [
    ("1357/11/22", "1979-02-11"), ("1399/01/01", "2020-03-20"), ("1399/12/30", "2021-03-20"), ("1400/01/01", "2021-03-21"),
    ("1402/12/29", "2024-03-19"), ("1403/01/01", "2024-03-20"), ("1403/05/12", "2024-08-02"), ("1403/12/30", "2025-03-20"),
    ("1404/01/01", "2025-03-21"), ("1408/12/30", "2030-03-20"), ("1409/01/01", "2030-03-21"), ("1285/05/14", "1906-08-06"),
    ("1178/01/01", "1799-03-21"), ("1633/12/29", "2255-03-20"),
]  # fmt: skip


@pytest.mark.parametrize(("persian", "gregorian"), KNOWN)
def test_known_days_of_the_persian_calendar(persian, gregorian):
    found = read(persian, gregorian)
    assert found.valid.all()
    assert found.when[0] == found.when[1]
    assert jalali_text(int(found.when[0] // 86_400_000)) == persian


def test_leap_years_of_the_persian_calendar():
    assert [year for year in range(1395, 1412) if is_jalali_leap(year)] == [1395, 1399, 1403, 1408]
    assert read("1400/12/30", "1404/12/30", "1403/12/30", "1408/12/30").valid.tolist() == [False, False, True, True]


def test_every_persian_day_follows_the_one_before():
    year, month, day = np.meshgrid(np.arange(1178, 1634), np.arange(1, 13), np.arange(1, 32), indexing="ij")
    when, valid = days(year.ravel(), month.ravel(), day.ravel())
    assert (np.diff(when[valid]) == 1).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.datetimes(datetime.datetime(1700, 1, 1), datetime.datetime(2299, 12, 31)), min_size=1, max_size=12))
def test_iso_dates_agree_with_the_standard_library(moments):
    moments = [moment.replace(microsecond=moment.microsecond // 1000 * 1000) for moment in moments]
    expected = [round(moment.replace(tzinfo=UTC).timestamp() * 1000) for moment in moments]
    for form in (lambda m: m.isoformat(), lambda m: m.isoformat(" ", "milliseconds"), lambda m: m.isoformat() + "Z"):
        found = read(*map(form, moments))
        assert found.valid.all()
        assert found.when.tolist() == expected


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.dates(datetime.date(1700, 1, 1), datetime.date(2299, 12, 31)), min_size=1, max_size=12),
    st.sampled_from("-/."),
)
def test_dates_in_every_script_and_width_agree(dates, sign):
    plain = [f"{date.year}{sign}{date.month}{sign}{date.day}" for date in dates]
    expected = [(date - datetime.date(1970, 1, 1)).days * 86_400_000 for date in dates]
    for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        texts = [text.translate(str.maketrans("0123456789", digits)) for text in plain]
        assert read(*texts).when.tolist() == expected
        assert read(*(f"\u200f {text}\u200e " for text in texts)).when.tolist() == expected


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("۱۴۰۳/۰۵/۱۲ ۱۴:۳۰", "2024-08-02T14:30:00"), ("1403/5/2 4:05", "2024-07-23T04:05:00"),
        ("2024-03-05T14:30:22+03:30", "2024-03-05T11:00:22"), ("2024-03-05 14:30:22-0500", "2024-03-05T19:30:22"),
        ("2024-03-05 14:30 UTC", "2024-03-05T14:30:00"), ("2024/3/5, 2:07 pm", "2024-03-05T14:07:00"),
        ("2024-03-05 12:00 AM", "2024-03-05T00:00:00"), ("2024-03-05 12:30 p.m.", "2024-03-05T12:30:00"),
        ("۱۴۰۳/۰۵/۱۲ ۰۲:۳۰ ب.ظ", "2024-08-02T14:30:00"), ("٢٠٢٤/٠٣/٠٥ ٠٢:٣٠ م", "2024-03-05T14:30:00"),
        ("٢٠٢٤/٠٣/٠٥ ٠٢:٣٠ ص", "2024-03-05T02:30:00"), ("20240305", "2024-03-05T00:00:00"),
        ("20240305T143022Z", "2024-03-05T14:30:22"), ("202403051430", "2024-03-05T14:30:00"),
        ("1709649022", "2024-03-05T14:30:22"), ("1709649022000", "2024-03-05T14:30:22"),
        ("1709649022.0", "2024-03-05T14:30:22"), ("1709649022000000", "2024-03-05T14:30:22"),
        ("25.12.2024", "2024-12-25T00:00:00"), ("05.03.2024 08:00", "2024-03-05T08:00:00"),
        ("12/05/1403", "2024-08-02T00:00:00"),
    ],
)  # fmt: skip
def test_forms_of_one_date(text, when):
    found = read(text)
    assert found.valid.all(), text
    assert iso(found) == [when]


@pytest.mark.parametrize(
    "text",
    ["", " ", "soon", "2024-13-01", "2024-02-30", "2023-02-29", "2024-00-10", "2024-01-00", "2024-01-01 24:00", "99/99/9999",
     "2024-01-01 10:60", "2024-01-01 13:00 pm", "0000-00-00", "14:30", "45356", "12", "2024-1", "3000-01-01", "1650/01/01",
     "1403/07/31", "-1709649022", "1e9", "2024-01-01 10", "x" * 1000, "۱۴۰۳/۱۳/۰۱"],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(text):
    assert not read(text).valid.any()


def test_day_and_month_are_told_by_the_whole_column_or_asked_back():
    assert iso(read("05/03/2024", "26/03/2024"))[0] == "2024-03-05T00:00:00"
    assert iso(read("05/03/2024", "03/26/2024"))[0] == "2024-05-03T00:00:00"
    unclear = read("05/03/2024", "06/03/2024")
    assert (unclear.asked, unclear.order) == (True, "day")
    assert iso(read("05/03/2024", "06/03/2024", day_first=False))[0] == "2024-05-03T00:00:00"
    assert not read("05/03/2024", day_first=True).asked
    assert not read("2024/03/05").order
    mixed = read("26/03/2024", "27/03/2024", "03/28/2024")
    assert (mixed.order, mixed.valid.tolist()) == ("day", [True, True, False])


def test_a_column_of_many_forms_keeps_every_row_in_its_place():
    forms = ["2024-03-05", "۱۴۰۲/۱۲/۱۵", "5.3.2024", "1709596800", "", "never", "2024-03-05T00:00:00Z", "20240305"]
    found = read(*(forms * 500))
    assert found.valid.tolist() == [True, True, True, True, False, False, True, True] * 500
    assert set(found.when[found.valid].tolist()) == {1_709_596_800_000}
    assert found.jalali
    assert found.gregorian


def test_rubbish_in_front_does_not_hide_the_dates_behind_it():
    texts = [f"{'x' * (i % 40)}{i}" for i in range(3000)] + ["2024-03-05"] * 10
    assert read(*texts).valid.sum() == 10


def test_years_of_the_lunar_calendar_are_noticed():
    assert read("1446/09/01", "1446/10/02").lunar
    assert not read("1404/09/01", "1446/10/02").lunar
    assert not read("2024-03-05").lunar


def test_a_slice_and_chunks_are_read_as_they_stand():
    whole = pa.array(["x", "2024-03-05", "2024-03-06", "y"])
    assert read_dates(whole.slice(1, 2)).valid.tolist() == [True, True]
    parts = pa.chunked_array([whole.slice(1, 1), whole.slice(0, 1), whole.slice(2, 1)])
    assert read_dates(parts).valid.tolist() == [True, False, True]
    assert len(read_dates(pa.chunked_array([], pa.string())).when) == 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=30), st.from_regex(r"[0-9۰-۹/:.\-T ]{1,25}", fullmatch=True)), max_size=30))
def test_any_texts_are_read_without_failing(texts):
    found = read(*texts)
    assert len(found.when) == len(found.valid) == len(texts)
    assert not found.when[~found.valid].any()
