"""The fictional sample as files to try: a log of events and a table of stages, in the learner's words, calendar and digits."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from documents.calendars import jalali_text
from documents.outgoing.data import csv_bytes
from funnel.calculators.own_data import Inputs, compute
from funnel.facts.sample_log import sample_log
from i18n.languages import DIGITS


def moment_text(when: int, *, persian: bool, digits: str, clock: bool = True) -> str:
    """Return a moment (milliseconds since 1970, UTC) as text in one of two calendars.

    >>> moment_text(1722609000000, persian=True, digits="arabext")
    '۱۴۰۳/۰۵/۱۲ ۱۴:۳۰'
    >>> moment_text(1722609000000, persian=False, digits="latn", clock=False)
    '2024-08-02'
    """
    day, rest = divmod(when, 86_400_000)
    date = jalali_text(day) if persian else (datetime.date(1970, 1, 1) + datetime.timedelta(day)).isoformat()
    minutes = rest // 60_000
    text = f"{date} {minutes // 60:02d}:{minutes % 60:02d}" if clock else date
    return text.translate(str.maketrans(DIGITS["latn"], DIGITS[digits]))


def log_csv(
    headings: Sequence[str], events: Sequence[str], channels: Sequence[str], *, persian: bool, digits: str
) -> bytes:
    """Return the sample's log as a CSV file. `headings` name person, event, time and channel."""
    log = sample_log()
    rows = zip(log.people.tolist(), log.events.tolist(), log.when.tolist(), log.channels.tolist(), strict=True)
    return csv_bytes(
        headings,
        (
            [f"P{person + 1:03d}", events[event], moment_text(when, persian=persian, digits=digits), channels[channel]]
            for person, event, when, channel in rows
        ),
    )


def stages_csv(headings: Sequence[str], names: Sequence[str]) -> bytes:
    """Return the sample's result as a table of stages: names and people."""
    people = compute(Inputs()).people
    return csv_bytes(headings, ([name, int(count)] for name, count in zip(names, people, strict=True)))
