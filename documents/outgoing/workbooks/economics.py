"""Unit economics: what a customer costs and brings in one period, and what she is worth over her time."""

from __future__ import annotations

from dataclasses import replace

from documents.asking import Ask
from documents.outgoing.workbooks.about import about
from documents.outgoing.workbooks.book import Book, last_used
from documents.outgoing.workbooks.form import Form
from documents.outgoing.workbooks.hidden import kept
from documents.outgoing.workbooks.value_form import value
from funnel.calculators import customer_value, money
from funnel.facts.stages import MAX_STAGES, Stage
from funnel.formulas.conversion import Value
from funnel.inputs.customer import with_discount_per
from funnel.links.scenario import decode, encode

#: The stages that the empty form begins with.
EMPTY = ("visits", "leads", "customers")


def economics(ask: Ask) -> bytes:
    """Make the workbook: filled from the money calculator or from the customer's value, or empty."""
    book = Book(ask, "workbook-economics")
    paid, worth = None, None
    if ask.calculator == "money" and ask.scenario:
        given = decode(money.Inputs, ask.scenario).inputs
        paid = replace(given, known="average", sale=money.compute(given).sale)
    elif ask.calculator == "customer_value" and ask.scenario:
        given = decode(customer_value.Inputs, ask.scenario).inputs
        worth = with_discount_per(given, given.period)
    about(book, ("counts", "amounts", "margin-money", "shares"), "" if paid is None else book.say.source(paid.source))
    _money(book, paid)
    value(book, worth)
    chosen = paid or worth
    slug = "money" if paid else "customer_value" if worth else ""
    return book.close(slug, None if chosen is None else encode(chosen))


def _money(book: Book, given: money.Inputs | None) -> None:
    """Write the sheet of one period's money."""
    form, say = Form(book, "money", given), book.say
    got = None if given is None else money.compute(given)
    stages = tuple(map(Stage, EMPTY)) if given is None else given.stages
    lead = None if given is None or given.lead == money.NO_LEAD else int(given.lead) + 1
    form.section("given")
    form.currency("currency")
    cost, selling = form.field("marketing", "money", "marketing"), form.field("sales", "money", "sales")
    ads, credited = form.field("ads", "money", "ads"), form.field("ad-revenue", "money", "ad_revenue")
    sale, margin = form.field("average-sale", "money", "sale"), form.field("margin", "share", "margin")
    worth, wanted = form.field("known-ltv", "money", "ltv"), form.field("wanted-ratio", "ratio", "target")
    place = form.ask("lead-stage", "whole", lead, ("1", str(MAX_STAGES - 1)))
    form.section("people")
    page, first, heads = form.page, form.row + 1, say.many("form.stages")
    page.heads(form.row, heads)
    for i in range(MAX_STAGES):
        row, stage = first + i, stages[i] if i < len(stages) else None
        page.give(row, 0, f"name.{i}", "name", None if stage is None else say.stage(stage, i + 1),
                  label=(first - 1, 0, heads[0]), keep=kept(stage))  # fmt: skip
        count = None if given is None or stage is None else given.counts[i]
        cell = page.give(row, 1, f"now.{i}", "count", count, label=(first - 1, 1, heads[1]))
        paid = None if given is None else given.marketing
        page.formula(row, 2, book.undefined_unless(f"{cost}/{cell}", cost, cell),
                     book.shown(got.costs[i] if got and stage else None, paid, count), "money")  # fmt: skip
    form.row = first + MAX_STAGES
    names, counts = (f"{page.cell(first, c, True)}:{page.cell(form.row - 1, c, True)}" for c in (0, 1))
    _results(form, got, given, names, counts, first, {
        "M": cost, "S": selling, "A": ads, "R": credited, "V": sale, "g": margin, "W": worth, "t": wanted, "L": place,
    })  # fmt: skip
    form.finish()


def _results(
    form: Form,
    got: money.Result | None,
    given: money.Inputs | None,
    names: str,
    counts: str,
    first: int,
    at: dict[str, str],
) -> None:
    """Write what follows from money and people."""
    book, size = form.book, len(given.stages) if given else len(EMPTY)

    def value(name: str) -> Value:
        return None if got is None else getattr(got, name)

    def entered(name: str) -> Value:
        return None if given is None else getattr(given, name)

    def tell(key: str, expression: str, cells: tuple[str, ...], name: str, needs: tuple[Value, ...], kind: str) -> str:
        return form.tell(key, book.undefined_unless(expression, *cells), book.shown(value(name), *needs), kind)

    form.section("follows")
    last = form.tell("last-stage", last_used(names, counts, first), size, "whole")

    def people(key: str, index: str, name: str) -> str:
        cell, shown = f"INDEX({counts},{index})", value(name)
        return form.tell(
            key, f'IF(N({index})<1,"",IF(ISNUMBER({cell}),{cell},""))', "" if shown is None else shown, "count"
        )

    top, lead, won = (
        people("top", "1", "top"),
        people("leads", at["L"], "leads"),
        people("customers", last, "customers"),
    )
    M, S, V, g = at["M"], at["S"], at["V"], at["g"]
    m, s, v, share = entered("marketing"), entered("sales"), entered("sale"), entered("margin")
    n0, nl, k = value("top"), value("leads"), value("customers")
    invested = tell("invested", f"{M}+{S}", (M, S), "invested", (m, s), "money")
    cpl = tell("cpl", f"{M}/{lead}", (M, lead), "cpl", (m, nl), "money")
    tell("cpa", f"{M}/{won}", (M, won), "cpa", (m, k), "money")
    cac = tell("cac", f"({M}+{S})/{won}", (M, S, won), "cac", (m, s, k), "money")
    rate = tell("l2c", f"{won}/{lead}", (won, lead), "l2c", (k, nl), "small")
    revenue = tell("revenue", f"{won}*{V}", (won, V), "revenue", (k, v), "money")
    rev, paid = value("revenue"), value("invested")
    tell("profit", f"{revenue}*{g}-{invested}", (revenue, g, invested), "profit", (rev, share, paid), "money")
    tell("roi", f"({revenue}*{g}-{invested})/{invested}", (revenue, g, invested), "roi", (rev, share, paid), "rate")
    tell("flattering", f"({revenue}-{invested})/{invested}", (revenue, invested), "flattering", (rev, paid), "rate")
    tell("roas", f"{at['R']}/{at['A']}", (at["R"], at["A"]), "roas", (entered("ad_revenue"), entered("ads")), "ratio")
    tell("roas-needed", f"1/{g}", (g,), "roas_needed", (share,), "ratio")
    each = tell("sales-cost", f"{S}/{won}", (S, won), "sales_cost", (s, k), "money")
    e, l2c = value("sales_cost"), value("l2c")
    ceiling = tell("ceiling", f"({V}*{g}-{each})*{rate}", (V, g, each, rate), "ceiling", (v, share, e, l2c), "money")
    tell("room", f"{ceiling}-{cpl}", (ceiling, cpl), "room", (value("ceiling"), value("cpl")), "money")
    W, t = at["W"], at["t"]
    tell("ceiling-target", f"({W}/{t}-{each})*{rate}", (W, t, each, rate), "ceiling_target",
         (entered("ltv"), entered("target"), e, l2c), "money")  # fmt: skip
    visit = tell("rpv", f"{revenue}/{top}", (revenue, top), "rpv", (rev, n0), "money")
    tell("visit-ceiling", f"{visit}*{g}", (visit, g), "visit_ceiling", (value("rpv"), share), "money")
    tell("orders-back", f"{cac}/({V}*{g})", (cac, V, g), "orders_back", (value("cac"), v, share), "number")
