"""The sheet of a customer's worth: margin and churn, lifetime value, payback; orders without a contract; churn from counts."""

from __future__ import annotations

from documents.outgoing.workbooks.book import Book, quoted
from documents.outgoing.workbooks.form import Form
from funnel.formulas.conversion import Value
from funnel.formulas.lifetime import (
    Outcome,
    churn_rate,
    convert_churn,
    expected_periods,
    half_life,
    ltv,
    ltv_to_cac,
    ltv_within,
    margin_per_period,
    payback,
    simple_ltv,
)
from funnel.inputs.customer import Inputs


def value(book: Book, given: Inputs | None) -> None:
    """Write the sheet, filled or empty."""
    form = Form(book, "value", given)
    say, endless, never = book.say, book.say("shared.endless"), book.say("shared.never")
    form.section("given")
    form.currency("value-currency")
    periods = say.many("lists.period")
    form.ask("period", "choice", None if given is None else periods[given.period == "year"], periods)
    arpu, g = form.field("arpu", "money", "arpu"), form.field("customer-margin", "share", "margin")
    c, d = form.field("churn", "share", "churn"), form.field("discount", "rate", "discount")
    n, cac = form.field("horizon", "number", "horizon"), form.field("cac-known", "money", "cac")
    form.section("follows")

    def told(key: str, expression: str, cells: tuple[str, ...], value: float | str, kind: str) -> str:
        return form.tell(key, book.undefined_unless(expression, *cells), value, kind)

    def worth(outcome: Outcome | None) -> float | str:
        return "" if outcome is None else endless if outcome.value is None else outcome.value

    x = given
    per = None if x is None else margin_per_period(x.arpu, x.margin)
    m = told("margin-period", f"{arpu}*{g}", (arpu, g), "" if per is None else per, "money")
    told("stay", f"IF({c}=0,{quoted(endless)},1/{c})", (c,), worth(x and expected_periods(x.churn)), "number")
    half = x and half_life(x.churn)
    told("half-life", f"IF({c}=1,0,LN(0.5)/LN(1-{c}))", (c,), "" if x is None else book.shown(half), "number")

    def lifetime(key: str, expression: str, cells: tuple[str, ...], outcome: Outcome | None) -> str:
        condition = f"{c}+{d}" if d in cells else c
        full = f"IF({m}=0,0,IF({condition}=0,{quoted(endless)},{expression}))"
        return told(key, full, cells, worth(outcome), "money")

    both, all_three = (m, c), (m, c, d)
    whole = x and per is not None and ltv(per, x.churn)
    ltv_cell = lifetime("ltv", f"{m}/{c}", both, whole or None)
    for timing, factor in (("start", f"(1+{d})"), ("end", "1"), ("end-if-kept", f"(1-{c})")):
        outcome = None if x is None or per is None else ltv(per, x.churn, x.discount, timing)  # type: ignore[arg-type]
        lifetime(f"ltv-{timing}", f"{m}*{factor}/({c}+{d})", all_three, outcome)
    within = None if x is None or per is None else ltv_within(per, x.churn, x.horizon)
    told(
        "ltv-horizon",
        f"IF({c}=0,{m}*{n},{m}*(1-(1-{c})^{n})/{c})",
        (m, c, n),
        "" if within is None else within,
        "money",
    )
    back = None if x is None or per is None else payback(x.cac, per)
    told("payback", f"IF({cac}=0,0,IF({m}=0,{quoted(never)},{cac}/{m}))", (m, cac),
         "" if back is None else never if back.periods is None else back.periods, "number")  # fmt: skip
    churned = None if x is None or per is None else payback(x.cac, per, x.churn)
    share = f"{cac}*{c}/{m}"
    pay = (
        f"IF({cac}=0,0,IF({m}=0,{quoted(never)},IF({share}>=1,IF(AND({c}=1,{cac}={m}),1,{quoted(never)}),"
        f"IF({c}=1,0,IF({c}=0,{cac}/{m},LN(1-{share})/LN(1-{c}))))))"
    )
    back_cell = told("payback-churn", pay, (m, c, cac),
                     "" if churned is None else never if churned.periods is None else churned.periods, "number")  # fmt: skip
    told("payback-whole", f"IF(ISNUMBER({back_cell}),IF({cac}=0,0,MAX(1,ROUNDUP({back_cell}*(1-1E-12),0))),{back_cell})",
         (m, c, cac), "" if churned is None else never if churned.whole is None else churned.whole, "whole")  # fmt: skip
    held = whole.value if isinstance(whole, Outcome) else None
    told("ltv-cac", f"{ltv_cell}/{cac}", (ltv_cell, cac),
         "" if x is None or held is None else book.shown(ltv_to_cac(held, x.cac)), "ratio")  # fmt: skip
    _orders(form, given)
    _counted(form, given)
    form.finish()


def _orders(form: Form, x: Inputs | None) -> None:
    """Write the value of a customer without a contract."""
    book = form.book
    form.section("orders")
    a, f = form.field("order", "money", "order"), form.field("orders", "number", "orders")
    y, g = form.field("years", "number", "years"), form.field("order-margin", "share", "order_margin")
    found = None if x is None else simple_ltv(x.order, x.orders, x.years, x.order_margin)
    form.tell(
        "order-revenue", book.undefined_unless(f"{a}*{f}*{y}", a, f, y), "" if found is None else found.revenue, "money"
    )
    form.tell(
        "order-value",
        book.undefined_unless(f"{a}*{f}*{y}*{g}", a, f, y, g),
        "" if found is None else found.margin,
        "money",
    )


def _counted(form: Form, x: Inputs | None) -> None:
    """Write churn from counted customers; more lost than there were is not defined."""
    book = form.book
    form.section("counted")
    b, lost = form.field("begin", "count", "begin"), form.field("lost", "count", "lost")
    form.field("new", "count", "new")
    form.field("end", "count", "end")
    churn: Value = None
    if x is not None and x.lost is not None and x.lost <= x.begin:
        churn = churn_rate(x.begin, x.lost)
    needs = (None,) if x is None else (x.begin, x.lost)
    cell = form.tell("churn-counted", book.undefined_unless(f"IF({lost}>{b},{quoted(book.undefined)},{lost}/{b})", b, lost),
                     book.shown(churn, *needs), "small")  # fmt: skip
    form.tell("retention", book.undefined_unless(f"1-{cell}", cell), "" if churn is None else 1 - churn, "small")
    form.tell("churn-year", book.undefined_unless(f"1-(1-{cell})^12", cell),
              "" if churn is None else convert_churn(churn, 12), "small")  # fmt: skip
