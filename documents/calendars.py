"""Two solar calendars as one table: days since 1970 of the first of each month. The year says which calendar it is."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

#: Years of the Persian (Jalali) calendar for which the 33-year rule agrees with the official calendar.
JALALI = (1178, 1633)
GREGORIAN = (1700, 2299)
#: In these years a date is more probably one of the lunar Hijri calendar, which is not read here.
PERHAPS_LUNAR = (1432, 1480)

_LEAP_REMAINDERS = (1, 5, 9, 13, 17, 22, 26, 30)
_NOWRUZ_1403 = 19802  # days from 1970-01-01 to 2024-03-20, which was 1 Farvardin 1403


def is_jalali_leap(year: int) -> bool:
    """Say whether Esfand of this Persian year has 30 days, for the years in `JALALI`.

    Source: the 33-year cycle of Khayyam's calendar with the remainders 1, 5, 9, 13, 17, 22, 26 and 30.

    >>> [year for year in range(1395, 1410) if is_jalali_leap(year)]
    [1395, 1399, 1403, 1408]
    """
    return year % 33 in _LEAP_REMAINDERS


@lru_cache(maxsize=1)
def months() -> tuple[np.ndarray, np.ndarray]:
    """Return, at the place 16 * year + month, the days since 1970 of the first of that month and the month's length.

    A length of 0 says that there is no such month; the last place is such a one.
    """
    starts, lengths = np.zeros(_PLACES, np.int32), np.zeros(_PLACES, np.int32)
    first, last = GREGORIAN
    firsts = np.arange(f"{first}-01", f"{last + 1}-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int64)
    count = 12 * (last - first + 1)
    number = np.arange(count)
    at = 16 * (first + number // 12) + number % 12 + 1
    starts[at], lengths[at] = firsts[:count], np.diff(firsts)[:count]
    first, last = JALALI
    day = _NOWRUZ_1403 - sum(365 + is_jalali_leap(year) for year in range(first, 1403))
    for year in range(first, last + 1):
        for month in range(1, 13):
            length = 31 if month < 7 else 30 if month < 12 or is_jalali_leap(year) else 29
            starts[16 * year + month], lengths[16 * year + month] = day, length
            day += length
    return starts, lengths


_PLACES = 16 * 2400


@lru_cache(maxsize=1)
def _both() -> np.ndarray:
    """Return starts and lengths as one number each: one look-up costs half of two."""
    starts, lengths = months()
    return starts * 32 + lengths


def days(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the days since 1970 of dates of either calendar, and which of them are dates at all.

    >>> when, valid = days(np.array([1403, 2024, 1404]), np.array([12, 3, 12]), np.array([30, 20, 30]))
    >>> when.tolist()[:2], valid.tolist()
    ([20167, 19802], [True, True, False])
    """
    at = year * 16
    at += month
    found = _both().take(at, mode="clip")  # what lies beyond the table has no length
    valid = day <= found & 31
    valid &= day > 0
    valid &= month < 13
    found >>= 5
    found += day.astype(np.int32) - 1
    return found, valid


def jalali(day: int) -> tuple[int, int, int]:
    """Return a day since 1970 as year, month and day of the Persian calendar.

    >>> jalali(19802)
    (1403, 1, 1)
    """
    starts, lengths = months()
    first, last = 16 * JALALI[0], 16 * (JALALI[1] + 1)
    found = np.flatnonzero((starts[first:last] <= day) & (day < starts[first:last] + lengths[first:last]))
    year, month = divmod(int(found[0]) + first, 16)
    return year, month, day - int(starts[first + found[0]]) + 1


def jalali_text(day: int) -> str:
    """Return a day since 1970 as a date of the Persian calendar, for examples in that calendar.

    >>> jalali_text(19802)
    '1403/01/01'
    """
    return "{:04d}/{:02d}/{:02d}".format(*jalali(day))


def julian_text(serial: int) -> str:
    """Return a day counted from 1899-12-30 as a date of the Julian calendar, year-month-day.

    Source: E. G. Richards, in *Explanatory Supplement to the Astronomical Almanac*, 3rd ed., 2013, section 15.11.3.

    >>> julian_text(-180954), julian_text(-115859)
    ('1404-07-15', '1582-10-04')
    """
    f = serial + 2_415_019 + 1401  # 1899-12-30 is the Julian day 2415019
    e = 4 * f + 3
    h = 5 * (e % 1461 // 4) + 2
    day, month = h % 153 // 5 + 1, (h // 153 + 2) % 12 + 1
    return f"{e // 1461 - 4716 + (14 - month) // 12:04d}-{month:02d}-{day:02d}"
