"""Tables of stages as tools and people write them: the numbers of people, never a total, a rate or half a number."""

from __future__ import annotations

import pytest

from documents.incoming.own_file import Options, understand

FUNNEL = (48000.0, 2880.0, 1152.0, 92.0)
NAMES = ("Visits", "Leads", "MQL", "Customers")

#: What a person exports, and each time the same funnel in it.
RIGHT = {
    "plain": "Stage,People\nVisits,48000\nLeads,2880\nMQL,1152\nCustomers,92",
    "total below": "Stage,People\nVisits,48000\nLeads,2880\nMQL,1152\nCustomers,92\nTotal,52124",
    "total above": "Stage,People\nTotal,52124\nVisits,48000\nLeads,2880\nMQL,1152\nCustomers,92",
    "a total that is no sum": "Stage,People\nVisits,48000\nLeads,2880\nMQL,1152\nCustomers,92\nGrand Total:,48000",
    "a total without a name": "Stage;People\nVisits;48000\nLeads;2880\nMQL;1152\nCustomers;92\n;52124",
    "a total with a name of its own": "Stage;People\nVisits;48000\nLeads;2880\nMQL;1152\nCustomers;92\nTotal visits;52124",
    "total in Persian": "مرحله;تعداد\nVisits;۴۸۰۰۰\nLeads;۲۸۸۰\nMQL;۱۱۵۲\nCustomers;۹۲\nجمع کل;۵۲۱۲۴",
    "total in Arabic": "المرحلة;العدد\nVisits;٤٨٠٠٠\nLeads;٢٨٨٠\nMQL;١١٥٢\nCustomers;٩٢\nالإجمالي;٥٢١٢٤",
    "rate before the count": "Step,Completion rate,Users\nVisits,1,48000\nLeads,0.06,2880\nMQL,0.4,1152\nCustomers,0.08,92",
    "rate in percent before the count": "Step;Rate;Users\nVisits;100%;48000\nLeads;6%;2880\nMQL;40%;1152\nCustomers;8%;92",
    "rate in Persian": "مرحله;نرخ تبدیل;تعداد\nVisits;۱۰۰;۴۸۰۰۰\nLeads;۶;۲۸۸۰\nMQL;۴۰;۱۱۵۲\nCustomers;۸;۹۲",
    "no headings, rate first": "Visits,1,48000\nLeads,0.06,2880\nMQL,0.4,1152\nCustomers,0.08,92",
    "rank, rate, count": "#,Stage,CR,People\n1,Visits,1.0,48000\n2,Leads,0.06,2880\n3,MQL,0.4,1152\n4,Customers,0.08,92",
    "cost first": "Stage,Cost,People\nVisits,9000,48000\nLeads,7000,2880\nMQL,5000,1152\nCustomers,4000,92",
    "who left first": "Step,Abandonments,Active users\nVisits,45120,48000\nLeads,1728,2880\nMQL,1060,1152\nCustomers,0,92",
    "breakdown with totals": "Step,Device,Users\n"
    + "".join(f"{n},Total,{c}\n{n},mobile,{m}\n{n},desktop,{c - m}\n" for n, c, m in
              (("Visits", 48000, 30000), ("Leads", 2880, 1900), ("MQL", 1152, 700), ("Customers", 92, 40))),
    "breakdown in front": "Device,Step,Users\n"
    + "".join(f"{d},{n},{c}\n" for d, cs in (("mobile", (30000, 1900, 700, 40)), ("desktop", (18000, 980, 452, 52)))
              for n, c in zip(NAMES, cs, strict=True)),
    "names only in the first row of a group": "Step,Device,Users\n"
    + "".join(f"{n},mobile,{m}\n,desktop,{c - m}\n" for n, c, m in
              (("Visits", 48000, 30000), ("Leads", 2880, 1900), ("MQL", 1152, 700), ("Customers", 92, 40))),
    "breakdown as columns": "Step,mobile,desktop,Total\nVisits,30000,18000,48000\nLeads,1900,980,2880\n"
    "MQL,700,452,1152\nCustomers,40,52,92",
    "comments above": "# ----------------\n# Shop\n# Funnel exploration 1\n# 20240501-20240531\n# ----------------\n\n"
    "Step,Active users,Completion rate\nVisits,48000,0.06\nLeads,2880,0.4\nMQL,1152,0.0799\nCustomers,92,",
    "title above": "Funnel of May\n\nStage;People\nVisits;48000\nLeads;2880\nMQL;1152\nCustomers;92",
    "title above, padded": "Funnel of May,,\n,,\nStage,People,Note\nVisits,48000,a\nLeads,2880,b\nMQL,1152,\nCustomers,92,c",
    "marks for thousands": "Stage,People\nVisits,48,000\nLeads,2,880\nMQL,1,152\nCustomers,92",
    "marks for thousands, no heading": "Visits,48,000\nLeads,2,880\nMQL,1,152\nCustomers,92",
    "marks for thousands, title": "May\nStage,People\nVisits,48,000\nLeads,2,880\nMQL,1,152\nCustomers,92",
    "marks for thousands, rates": "Stage,People,Rate\nVisits,48,000,100%\nLeads,2,880,6%\nMQL,1,152,40%\nCustomers,92,8%",
    "marks in quotation marks": 'Stage,People\nVisits,"48,000"\nLeads,"2,880"\nMQL,"1,152"\nCustomers,92',
    "marks in Persian": "مرحله,تعداد\nVisits,۴۸,۰۰۰\nLeads,۲,۸۸۰\nMQL,۱,۱۵۲\nCustomers,۹۲",
    "marks in Arabic commas": "Visits،٤٨،٠٠٠\nLeads،٢،٨٨٠\nMQL،١،١٥٢\nCustomers،٩٢",
    "marks in Arabic": "المرحلة;العدد\nVisits;٤٨٬٠٠٠\nLeads;٢٬٨٨٠\nMQL;١٬١٥٢\nCustomers;٩٢",
    "points": "Stage;People\nVisits;48.000\nLeads;2.880\nMQL;1.152\nCustomers;92",
    "spaces": "Stage;People\nVisits;48 000\nLeads;2 880\nMQL;1\u202f152\nCustomers;92",
    "apostrophes": "Stage;People\nVisits;48'000\nLeads;2'880\nMQL;1'152\nCustomers;92",
    "with words": "Stage;People\nVisits;48,000 users\nLeads;2,880 users\nMQL;1,152 users\nCustomers;92 users",
    "with words in Persian": "مرحله;تعداد\nVisits;۴۸٬۰۰۰ نفر\nLeads;۲٬۸۸۰ نفر\nMQL;۱٬۱۵۲ نفر\nCustomers;۹۲ نفر",
    "with shares": "Visits: 48,000 (100%)\nLeads: 2,880 (6%)\nMQL: 1,152 (2.4%)\nCustomers: 92 (0.2%)",
    "sep line": "\ufeffsep=;\nStage;People\nVisits;48000\nLeads;2880\nMQL;1152\nCustomers;92",
    "sep line in quotation marks": '"sep=|"\r\nStage|People\r\nVisits|48000\r\nLeads|2880\r\nMQL|1152\r\nCustomers|92\r\n',
    "sep line, side by side": "sep=;\nVisits;Leads;MQL;Customers\n48000;2880;1152;92",
    "trailing delimiters": "Stage,People\nVisits,48000,\nLeads,2880,\nMQL,1152,\nCustomers,92,",
    "trailing delimiter, first row": "Stage,People\nVisits,48000,\nLeads,2880\nMQL,1152\nCustomers,92",
    "trailing delimiters everywhere": "Stage;People;;\nVisits;48000;;\nLeads;2880;;\nMQL;1152;;\nCustomers;92;;",
    "side by side": "Visits,Leads,MQL,Customers\n48000,2880,1152,92",
    "side by side, labelled": "Metric,Visits,Leads,MQL,Customers\nPeople,48000,2880,1152,92",
    "side by side with rates": "Metric,Visits,Leads,MQL,Customers\nPeople,48000,2880,1152,92\nRate,100%,6%,40%,8%",
    "side by side, a total": "Visits,Leads,MQL,Customers,Total\n48000,2880,1152,92,52124",
    "side by side, by month": "Month,Visits,Leads,MQL,Customers\nJan,20000,1000,500,30\nFeb,28000,1880,652,62",
    "side by side, by month, total": "Month,Visits,Leads,MQL,Customers\nJan,20000,1000,500,30\nFeb,28000,1880,652,62\n"
    "Total,48000,2880,1152,92",
    "below each other": "Visits\n48000\nLeads\n2880\nMQL\n1152\nCustomers\n92",
    "below each other, in blocks": "Visits\nLeads\nMQL\nCustomers\n48,000\n2,880\n1,152\n92",
    "empty rows": "Stage,People\n\nVisits,48000\n,\nLeads,2880\n\nMQL,1152\nCustomers,92\n\n",
    "stored as text": "Stage,People\nVisits,=\"48000\"\nLeads,=\"2880\"\nMQL,=\"1152\"\nCustomers,=\"92\"",
    "apostrophe before": "Stage,People\nVisits,'48000\nLeads,'2880\nMQL,'1152\nCustomers,'92",
    "in another script": "Stage\tPeople\nVisits\t۴۸٬۰۰۰\nLeads\t٢٨٨٠\nMQL\t1,152\nCustomers\t۹۲",
    "json": '[{"stage": "Visits", "people": 48000}, {"stage": "Leads", "people": 2880}, '
    '{"stage": "MQL", "people": 1152}, {"stage": "Customers", "people": 92}]',
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_the_same_funnel_is_read_from_every_export(text):
    for data in (text, text.encode(), text.encode("utf-16")):
        found = understand(data)
        assert (found.refusal, found.kind) == ("", "stages")
        assert found.stages.counts == FUNNEL
        assert tuple(stage.name for stage in found.stages.stages) == NAMES
        assert found.usable
        assert not set(found.stages.wrong) - {"number-empty"}


def test_what_was_left_out_or_put_together_is_in_the_result():
    total = understand(RIGHT["total below"]).stages
    assert [(one.row, one.name, one.count) for one in total.totals] == [(6, "Total", 52124.0)]
    kept = understand(RIGHT["total below"], Options(totals=True)).stages
    assert (kept.counts, kept.totals) == ((*FUNNEL, 52124.0), ())
    parts = understand(RIGHT["breakdown with totals"]).stages
    assert (parts.parts, parts.part, parts.by) == (("Total", "mobile", "desktop"), "Total", "Device")
    mobile = understand(RIGHT["breakdown with totals"], Options(part="mobile")).stages
    assert (mobile.counts, mobile.part) == ((30000.0, 1900.0, 700.0, 40.0), "mobile")
    summed = understand(RIGHT["breakdown in front"]).stages
    assert (summed.parts, summed.part) == (("mobile", "desktop"), "")
    assert understand(RIGHT["points"]).stages.doubts == ("dots",)


def test_a_first_stage_called_all_users_is_no_total():
    found = understand("Step,Users\nAll users,5000\nViewed,3000\nBought,200").stages
    assert found.counts == (5000.0, 3000.0, 200.0)
    assert not found.totals


@pytest.mark.parametrize(
    ("text", "doubt"),
    [("Stage,Share\nVisits,1\nLeads,0.06\nSales,0.01", "shares"), ("Visits;100%\nLeads;6%\nSales;1%", "shares"),
     ("مرحله;نرخ\nبازدید;٪۱۰۰\nسرنخ;٪۶", "shares")],
)  # fmt: skip
def test_what_are_no_people_is_not_used_and_the_reason_named(text, doubt):
    found = understand(text)
    assert doubt in found.stages.doubts or not found.stages.stages
    assert not found.usable


def test_numbers_cut_at_their_marks_are_not_used():
    found = understand(
        RIGHT["marks for thousands, no heading"].replace("Customers,92", "SQL,1,020"), Options(delimiter=",")
    )
    assert found.stages.counts[:2] == (48.0, 2.0)
    assert ("cut" in found.stages.doubts, found.usable) == (True, False)


def test_more_people_than_before_is_noticed():
    assert understand("Visits,100\nLeads,200\nSales,50").stages.doubts == ("grows",)
