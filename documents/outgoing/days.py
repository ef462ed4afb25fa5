"""A date as a document prints it: in the calendar of the language and the reader's digits."""

from __future__ import annotations

import datetime

from documents.calendars import jalali
from documents.words import words
from i18n.numbers import Numbers


def day_text(day: datetime.date, code: str, numbers: Numbers) -> str:
    """Return a date in words, by what `handouts.toml` says of months, calendar and order.

    >>> from i18n.numbers import numbers
    >>> day_text(datetime.date(2024, 3, 20), "fa", numbers("fa"))
    '۱ فروردین ۱۴۰۳'
    """
    facts = words(code, "handouts")["common"]
    year, month, number = day.year, day.month, day.day
    if persian(code):
        year, month, number = jalali((day - datetime.date(1970, 1, 1)).days)
    places = {"day": str(number), "month": facts["months"][month - 1], "year": str(year)}
    return numbers.text(facts["place"] % places)


def persian(code: str) -> bool:
    """Say whether a language counts its days by the Persian calendar (`handouts.toml`)."""
    return bool(words(code, "handouts")["common"]["calendar"] == "jalali")
