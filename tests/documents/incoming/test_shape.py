"""Logs of events as tools export them, small and invented: who, what and when, and the funnel that follows, written by hand."""

from __future__ import annotations

import datetime
import json

import pytest

from documents.incoming.own_file import Options, Reading, understand
from funnel.formulas.events import Rules, funnel_of

#: Three people see, two sign up, one buys: the same story each time.
STORY = (
    ("a1", "visit", 0),
    ("a1", "signup", 60),
    ("b2", "visit", 65),
    ("c3", "visit", 80),
    ("c3", "signup", 180),
    ("c3", "buy", 350),
)
START = datetime.datetime(2024, 3, 5, 13, 20)


def rows(write, moment=lambda at: at.strftime("%Y-%m-%d %H:%M:%S")) -> str:
    """Return a line an event: `write` gets its number, person, event and time as text."""
    return "\n".join(
        write(i, who, what, moment(START + datetime.timedelta(minutes=after)))
        for i, (who, what, after) in enumerate(STORY)
    )


def epoch(unit: int):
    return lambda at: str(int(at.replace(tzinfo=datetime.UTC).timestamp()) * unit)


def jalali(at: datetime.datetime) -> str:
    return f"1402/12/15 {at:%H:%M}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


RIGHT = {
    "mixpanel": "event,time,distinct_id,$insert_id,$browser\n"
    + rows(lambda i, who, what, at: f"{what},{at},{who},x{i},Chrome", epoch(1)),
    "mixpanel json": rows(
        lambda i, who, what, at: json.dumps(
            {"event": what, "properties": {"time": int(at), "distinct_id": who, "$insert_id": f"x{i}"}}), epoch(1)),
    "amplitude json": "[" + rows(
        lambda i, who, what, at: json.dumps(
            {"$insert_id": f"k{i}", "event_time": at + ".123000", "event_type": what, "user_id": who,
             "server_upload_time": "2024-03-06 01:00:00.000000", "event_properties": {"page": "/"}}),
    ).replace("\n", ",") + "]",
    "segment": "id,received_at,anonymous_id,event\n"
    + rows(lambda i, who, what, at: f"ajs-{i},{at}Z,{who},{what}", lambda at: at.isoformat()),
    "ga4 bigquery": "event_date,event_timestamp,event_name,event_params,user_pseudo_id\n"
    + rows(lambda i, who, what, at: f'20240305,{at},{what},"[{{""key"":""page""}}]",{who}', epoch(1_000_000)),
    "ga4 bigquery json": rows(
        lambda i, who, what, at: json.dumps(
            {"event_date": "20240305", "event_timestamp": at, "event_name": what, "event_params": [{"key": "page"}],
             "user_pseudo_id": who}), epoch(1_000_000)),
    "shop orders": "Order ID;Customer;Status;Date\n"
    + rows(lambda i, who, what, at: f"{1001 + i};{who};{what};{at}", lambda at: at.strftime("%d.%m.%Y %H:%M")),
    "persian crm": "ردیف,شناسه رویداد,شماره تماس,مرحله,تاریخ\n"
    + rows(lambda i, who, what, at: f"{i + 1},{5000 + i},{who},{what},{at}", jalali),
    "arabic crm": "رقم الصف;العميل;المرحلة;التاريخ\n"
    + rows(lambda i, who, what, at: f"{i + 1};{who};{what};{at}", lambda at: at.strftime("%d مارس %Y %H:%M")),
    "english months": "user,event,time\n" + rows(lambda i, who, what, at: f'{who},{what},"{at}"',
                                                 lambda at: at.strftime("%b %-d, %Y %I:%M %p")),
    "javascript": "user,event,time\n" + rows(lambda i, who, what, at: f"{who},{what},{at}",
                                             lambda at: at.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (UTC)")),
    "hours": "user,event,hour\n" + rows(lambda i, who, what, at: f"{who},{what},{at}", lambda at: at.strftime("%Y%m%d%H")),
    "serial days": "user,event,time\n" + rows(
        lambda i, who, what, at: f"{who},{what},{at}",
        lambda at: f"{(at - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1):.6f}"),
    "clock first": "user,event,time\n"
    + rows(lambda i, who, what, at: f"{who},{what},{at}", lambda at: at.strftime("%H:%M %d/%m/%Y")),
    "two digits": "user,event,time\n13,x,13/3/24 10:00\n" + rows(
        lambda i, who, what, at: f"{who},{what},{at}", lambda at: at.strftime("%-d/%-m/%y %H:%M")),
    "windows-1256": ("شخص;رویداد;زمان\n" + rows(lambda i, who, what, at: f"{who};{what};{at}")).encode("cp1256", "replace"),
    "utf-16": ("visitor\taction\tserverTime\n" + rows(lambda i, who, what, at: f"{who}\t{what}\t{at}")).encode("utf-16"),
    "trailing delimiters": "user,event,time\n" + rows(lambda i, who, what, at: f"{who},{what},{at},"),
    "heading again": "user,event,time\n" + rows(lambda i, who, what, at: f"{who},{what},{at}").replace(
        "\nc3,visit", "\nuser,event,time\nc3,visit"),
    "a row that is left out": "user,event,time\n" + rows(lambda i, who, what, at: f"{who},{what},{at}") + "\na1,refund,soon",
}  # fmt: skip


def funnel(found: Reading) -> dict[str, int]:
    log = found.log
    steps = tuple(log.names.index(name) for name in ("visit", "signup", "buy"))
    return dict(
        zip(
            ("visit", "signup", "buy"),
            funnel_of(log.people_codes, log.events, log.when, Rules(steps)).people,
            strict=True,
        )
    )


@pytest.mark.parametrize("data", RIGHT.values(), ids=RIGHT)
def test_the_same_funnel_is_counted_from_every_export(data):
    found = understand(data)
    assert (found.refusal, found.kind) == ("", "events")
    assert funnel(found) == {"visit": 3, "signup": 2, "buy": 1}
    assert set(found.log.names) <= {"visit", "signup", "buy", "x"}
    first = datetime.datetime.fromtimestamp(found.log.span[0] / 1000, datetime.UTC)
    assert (first.year, first.month, first.day, first.hour) == (2024, 3, 5, 13)
    assert "nobody-twice" not in found.log.doubts


def test_days_of_a_spreadsheet_can_be_counted_from_1904():
    found = understand(RIGHT["serial days"])
    later = understand(RIGHT["serial days"], Options(columns=found.columns.__class__(0, 1, 2, serial=1904)))
    assert later.log.span[0] - found.log.span[0] == 1462 * 86_400_000


def test_a_phone_number_is_no_time_and_an_order_no_person():
    found = understand(
        "order,phone,status,created\n"
        + rows(lambda i, who, what, at: f"{1e9 + i:.0f},98912{ord(who[0])}01234,{what},{at}")
    )
    assert [found.layout.names[i] for i in (found.columns.person, found.columns.event, found.columns.time)] == [
        "phone",
        "status",
        "created",
    ]


def test_a_table_of_counts_by_day_is_no_log():
    assert (
        understand("date,visits,leads,sales\n2024-03-01,100,20,3\n2024-03-02,120,25,4\n2024-03-03,90,18,2").kind
        == "stages"
    )
