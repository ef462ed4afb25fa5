"""The KPI sheet: one sheet of numbers that are counted, one of indicators that follow, with targets, owners and states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from documents.asking import Ask
from documents.outgoing.workbooks.about import about
from documents.outgoing.workbooks.book import Book, Page, quoted
from documents.outgoing.workbooks.form import Form
from documents.outgoing.workbooks.stages import people
from funnel.calculators import money
from funnel.formulas.conversion import Value, ratio
from funnel.formulas.lifetime import ltv_to_cac
from funnel.formulas.money import acquisition_cost, cost_per_lead, product, roi
from funnel.inputs.funnel import Inputs
from funnel.links.scenario import decode

HEAD, FIRST = 3, 4
#: The numbers that are counted, and what they are.
COUNTED = {
    "visits": "count", "leads": "count", "mql": "count", "sql": "count", "opportunities": "count", "customers": "count",
    "marketing": "money", "sales": "money", "ads": "money", "ad-revenue": "money", "revenue": "money",
    "margin": "share", "cycle": "number", "begin": "count", "lost": "count", "ltv-given": "money", "margin-given": "money",
}  # fmt: skip
#: The ids of stages that mean the same as a counted number.
STAGES = {"leads": "leads", "mql": "mql", "sql": "sql", "opportunity": "opportunities"}


@dataclass(frozen=True)
class Indicator:
    """Describe one indicator: the `formula` with names of counted numbers in braces, which of them it `needs`, its kind.

    `lower`: less is better; `owner` and how `often` are places in the words' lists: marketing, sales, both; each week …
    """

    id: str
    formula: str
    needs: tuple[str, ...]
    kind: str
    owner: int
    often: int
    lower: bool = False


INDICATORS = (
    Indicator("visit-to-lead", "{leads}/{visits}", ("leads", "visits"), "small", 0, 0),
    Indicator("lead-to-mql", "{mql}/{leads}", ("mql", "leads"), "rate", 0, 0),
    Indicator("mql-to-sql", "{sql}/{mql}", ("sql", "mql"), "rate", 2, 0),
    Indicator("sql-to-customer", "{customers}/{sql}", ("customers", "sql"), "rate", 1, 1),
    Indicator("win-rate", "{customers}/{opportunities}", ("customers", "opportunities"), "rate", 1, 1),
    Indicator("lead-to-customer", "{customers}/{leads}", ("customers", "leads"), "small", 2, 1),
    Indicator("overall", "{customers}/{visits}", ("customers", "visits"), "small", 2, 1),
    Indicator("cpl", "{marketing}/{leads}", ("marketing", "leads"), "money", 0, 1, True),
    Indicator("cac", "({marketing}+{sales})/{customers}", ("marketing", "sales", "customers"), "money", 2, 1, True),
    Indicator("average-sale", "{revenue}/{customers}", ("revenue", "customers"), "money", 1, 1),
    Indicator("roi", "({revenue}*{margin}-({marketing}+{sales}))/({marketing}+{sales})",
              ("revenue", "margin", "marketing", "sales"), "rate", 2, 2),
    Indicator("roas", "{ad-revenue}/{ads}", ("ad-revenue", "ads"), "ratio", 0, 0),
    Indicator("cycle", "{cycle}", ("cycle",), "number", 1, 1, True),
    Indicator("churn", "{lost}/{begin}", ("lost", "begin"), "small", 2, 1, True),
    Indicator("ltv-to-cac", "{ltv-given}/(({marketing}+{sales})/{customers})",
              ("ltv-given", "marketing", "sales", "customers"), "ratio", 2, 2),
    Indicator("payback", "(({marketing}+{sales})/{customers})/{margin-given}",
              ("marketing", "sales", "customers", "margin-given"), "number", 2, 2, True),
)  # fmt: skip


def value_of(id: str, x: dict[str, Value]) -> Value:
    """Return an indicator from the counted numbers, as `funnel` computes it; None where it is not defined.

    >>> value_of("overall", {"customers": 92.0, "visits": 0.0}) is None
    True
    """
    if id in ("cac", "ltv-to-cac", "payback", "roi"):
        invested = None if None in (x["marketing"], x["sales"]) else x["marketing"] + x["sales"]
        if id == "roi":
            return roi(x["revenue"], x["margin"], invested)
        cac = acquisition_cost(x["marketing"], x["sales"], x["customers"])
        if id == "ltv-to-cac":
            return None if cac is None or x["ltv-given"] is None else ltv_to_cac(x["ltv-given"], cac)
        return cac if id == "cac" else ratio(cac, x["margin-given"])
    if id == "cpl":
        return cost_per_lead(x["marketing"], x["leads"])
    if id == "cycle":
        return x["cycle"]
    part, whole = next(one for one in INDICATORS if one.id == id).needs
    return ratio(x[part], x[whole])


def counted(ask: Ask) -> dict[str, Value]:
    """Return the counted numbers that a scenario holds; the others are None."""
    found: dict[str, Value] = dict.fromkeys(COUNTED)
    if ask.calculator == "money" and ask.scenario:
        given: Any = decode(money.Inputs, ask.scenario).inputs
        sale = money.compute(given).sale
        found |= _stages(given.stages, given.counts)
        if given.lead != money.NO_LEAD:
            found["leads"] = given.counts[int(given.lead)]
        found |= {
            "marketing": given.marketing, "sales": given.sales, "ads": given.ads, "ad-revenue": given.ad_revenue,
            "revenue": product(given.counts[-1], sale), "margin": given.margin, "ltv-given": given.ltv,
        }  # fmt: skip
    elif ask.calculator == "stage_conversion" and ask.scenario:
        inputs = people(decode(Inputs, ask.scenario).inputs)
        found |= _stages(inputs.stages, inputs.now)
    return found


def _stages(stages: tuple, counts: tuple) -> dict[str, Value]:
    named = {STAGES[stage.id]: count for stage, count in zip(stages, counts, strict=True) if stage.id in STAGES}
    return {**named, "visits": counts[0], "customers": counts[-1]}


def kpi(ask: Ask) -> bytes:
    """Make the KPI workbook."""
    book, found = Book(ask, "workbook-kpi"), counted(ask)
    about(book, ("target", "owner", "gap", "state", "leading"))
    form = Form(book, "counted")
    form.section("counted-numbers")
    cells = {}
    for name, kind in COUNTED.items():
        row = form.row
        form.ask(name, kind, found[name])
        cells[name] = form.page.far(row, 1)
    form.finish()
    _indicators(book, cells, found)
    return book.close()


def _indicators(book: Book, cells: dict[str, str], found: dict[str, Value]) -> None:
    say = book.say
    page = Page(book, "kpi", (7, 30, 40, 13, 13, 13, 13, 13, 14, 13, 13, 26), landscape=True)
    page.title("kpi", 11)
    page.heads(HEAD, [say("shared.number"), *say.many("kpi.heads")])
    owners, often, better = say.many("lists.owner"), say.many("lists.often"), say.many("lists.better")
    met, missed = say.many("lists.state")
    for place, one in enumerate(INDICATORS):
        row = FIRST + place
        page.label(row, 0, say.numbers.count(place + 1))
        page.label(row, 1, say(f"kpi.rows.{one.id}.name"))
        page.label(row, 2, say(f"kpi.rows.{one.id}.meaning"))
        page.give(row, 3, "", "choice", owners[one.owner], choices=owners)
        formula = one.formula.format_map(cells)
        needs = [found[name] for name in one.needs]
        value = book.shown(value_of(one.id, found), *needs)
        now = page.formula(
            row, 4, book.undefined_unless(formula, *(cells[name] for name in one.needs)), value, one.kind
        )
        goal = page.give(row, 5, "", "rate" if one.kind == "small" else one.kind)
        page.formula(row, 6, book.undefined_unless(f"{now}-{goal}", now, goal), "", one.kind)
        page.label(row, 7, better[one.lower])
        sign = "<=" if one.lower else ">="
        page.formula(
            row, 8, f'IF(COUNT({now},{goal})<2,"",IF({now}{sign}{goal},{quoted(met)},{quoted(missed)}))', "", "text"
        )
        page.give(row, 9, "", "choice", often[one.often], choices=often)
        page.give(row, 10, "", "date")
        page.give(row, 11, "", "text")
    end = FIRST + len(INDICATORS)
    goals, states = (f"{page.cell(FIRST, c)}:{page.cell(end - 1, c)}" for c in (5, 8))
    page.label(end + 1, 1, say("kpi.reached"))
    page.formula(end + 1, 2, f'IF(COUNT({goals})=0,"",COUNTIF({states},{quoted(met)})/COUNT({goals}))', "", "share")
    late = book.file.add_format({"bold": True, "font_color": "#A4301F"})
    rule = {"type": "cell", "criteria": "==", "value": quoted(missed), "format": late}
    page.sheet.conditional_format(FIRST, 8, end - 1, 8, rule)
    page.finish(11, HEAD, (FIRST, 2))
