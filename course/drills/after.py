"""Exercises of lesson 9: who leaves in a year, what a customer brings, when the cost is back, cohorts, the loop."""

from __future__ import annotations

import math
from dataclasses import replace

from course.drills.chance import Chance
from course.drills.frames import whole
from course.drills.kinds import Drill, Row, Shown, Step, Task, Trap, count, drill, money, need, number, percent, word
from funnel.calculators import customer_value
from funnel.formulas import lifetime, loyalty, retention
from funnel.links import scenario

DRILLS: list[Drill] = []
LESSON = "after-the-sale"


def value(**fields) -> tuple[str, dict[str, str]]:
    """Return the calculator of customers' value with these numbers."""
    return "customer_value", scenario.encode(replace(customer_value.Inputs.origin(), **fields))


@drill(DRILLS, "churn-year", LESSON, "number", 50)
def churn_year(c: Chance) -> Task:
    form = c.pick(("given", "counted", "months"))
    if form == "counted":
        start, churn = c.whole(200, 2_000, 50), c.pick((0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1))
        lost, new = start * churn, c.whole(10, max(20, start // 10), 5)
        need(whole(lost) and lost >= 5)
        lost, months = round(lost), 12
        gone = 1 - (1 - lost / start) ** 12
        rows = (
            Row(word("at-start"), (count(start),)),
            Row(word("left-in-month"), (count(lost),)),
            Row(word("new-in-month"), (count(new),)),
        )
        end = start - lost + new
        first = (Step(word("monthly-churn"), (count(lost), "÷", count(start)), percent(churn)),)
        traps = (
            Trap(churn * 12, "times"),
            Trap(1 - gone, "rest"),
            Trap(1 - (1 - lost / end) ** 12, "new-base"),
            Trap(churn, "part"),
        )
    else:
        churn, months = c.whole(10, 100, 5) / 1_000, 12 if form == "given" else c.pick((3, 6))
        gone = 1 - (1 - churn) ** months
        need(abs(churn * months - gone) >= 0.002)
        rows, first = (Row(word("monthly-churn"), (percent(churn),)), Row(word("months"), (count(months),))), ()
        traps = (Trap(churn * months, "times"), Trap(1 - gone, "rest"), Trap((1 + churn) ** months - 1, "grown"))
    stay = (1 - churn) ** months
    powers: tuple[Shown | str, ...] = (percent(1 - churn), "^", number(months))
    return Task(
        "number",
        gone,
        form=form,
        frame="s6-app-usd",
        rows=rows,
        unit="percent",
        digits=1,
        traps=traps,
        places={"months": count(months), "stay": percent(1 - churn)},
        checked=lifetime.convert_churn(churn, months),
        steps=(
            *first,
            Step(word("still-there"), powers, percent(stay, 2)),
            Step(word("gone"), (percent(1), "−", percent(stay, 2)), percent(gone, 1)),
        ),
        opens=value(view="churn", churn=churn),
    )


@drill(DRILLS, "ltv", LESSON, "number", 50)
def ltv(c: Chance) -> Task:
    currency = c.pick(("USD", "SAR", "IRTK", "EGP"))
    pays, margin = c.whole(10, 400, 5), c.pick((0.5, 0.6, 0.7, 0.75, 0.8, 0.85))
    churn = c.pick((0.02, 0.025, 0.03, 0.04, 0.05, 0.08, 0.1))
    m = pays * margin
    need(whole(m * 100))
    late = c.below(3) == 2
    worth = m * (1 - churn) / churn if late else m / churn
    other = m / churn if late else m * (1 - churn) / churn
    need(whole(worth * 100) and worth < 20_000)
    cash = lambda x: money(x, currency)  # noqa: E731
    last: tuple = (cash(m), "×", percent(1 - churn), "÷", percent(churn)) if late else (cash(m), "÷", percent(churn))
    return Task(
        "number",
        worth,
        form="late" if late else "once",
        frame="s6-app-usd",
        unit="money",
        digits=2,
        currency=currency,
        rows=(
            Row(word("pays-a-month"), (cash(pays),)),
            Row(word("margin"), (percent(margin),)),
            Row(word("monthly-churn"), (percent(churn),)),
        ),
        places={"pays": cash(pays), "margin": percent(margin)},
        traps=(
            Trap(pays / churn, "revlife"),
            Trap(12 * m, "twelve"),
            Trap(m / (12 * churn), "per"),
            Trap(other, "timing"),
        ),
        steps=(
            Step(word("margin-a-month"), (cash(pays), "×", percent(margin)), cash(m)),
            Step(word("lifetime-value"), last, cash(worth)),
        ),
        checked=lifetime.ltv(m, churn, 0, "end-if-kept" if late else "start").value,
    )


@drill(DRILLS, "payback-table", LESSON, "number", 75, truths={"amount": 0.5, "month": 0.5})
def payback_table(c: Chance, form: str) -> Task:
    m, churn = c.whole(20, 100, 5), c.pick((0.05, 0.1, 0.2))
    currency = c.pick(("USD", "SAR", "AED"))
    cash = lambda x: money(x, currency)  # noqa: E731
    if form == "amount":
        n = c.whole(3, 5)
        back = lifetime.ltv_within(m, churn, n)
        need(whole(back * 10_000))
        back = round(back + 1e-9, 2)
        paid = [m * (1 - churn) ** i for i in range(n)]
        parts: list[Shown | str] = []
        for x in paid:
            parts += [money(x, currency, 4 if not whole(x * 100) else None), "+"]
        return Task(
            "number",
            back,
            form="amount",
            frame="s6-app-usd",
            unit="money",
            digits=2,
            currency=currency,
            rows=(
                Row(word("margin-a-month"), (cash(m),)),
                Row(word("monthly-churn"), (percent(churn),)),
                Row(word("payments"), (count(n),)),
            ),
            places={"n": count(n), "stay": percent(1 - churn)},
            checked=back,
            tolerance=0.011,
            traps=(
                Trap(n * m, "nobody-leaves"),
                Trap(back - paid[-1], "far"),
                Trap(paid[-1], "part"),
                Trap(m * sum(1 - churn * i for i in range(n)), "linear"),
            ),
            steps=(Step(word("paid-together"), tuple(parts[:-1]), cash(back)),),
        )
    cost = c.whole(60, 400, 10)
    found = lifetime.payback(cost, m, churn)
    need(found.whole is not None and 3 <= found.whole <= 6)
    simple = math.ceil(cost / m - 1e-9)
    need(simple < found.whole and abs(found.periods - round(found.periods)) > 0.03)
    sums = [sum(m * (1 - churn) ** i for i in range(n)) for n in (found.whole - 1, found.whole)]
    return Task(
        "number",
        found.whole,
        form="month",
        frame="s6-app-usd",
        unit="count",
        exact=True,
        rows=(
            Row(word("margin-a-month"), (cash(m),)),
            Row(word("monthly-churn"), (percent(churn),)),
            Row(word("won-for"), (cash(cost),)),
        ),
        places={"n": count(found.whole - 1), "stay": percent(1 - churn)},
        checked=lifetime.payback(cost, m, churn).whole,
        traps=tuple(
            Trap(x, how)
            for x, how in (
                (simple, "nobody-leaves"),
                (found.whole - 1, "far"),
                (1 / churn, "churninv"),
                (found.whole + 1, "far"),
            )
        ),
        steps=tuple(
            Step(
                word(f"after-{n}"),
                (cash(m), "×", "(", number(1), "−", percent(1 - churn), "^", number(n), ")", "÷", percent(churn)),
                money(x, currency, 2),
            )
            for n, x in zip((found.whole - 1, found.whole), sums, strict=True)
        ),
    )


@drill(DRILLS, "cohort-pooled", LESSON, "number", 60)
def cohort_pooled(c: Chance) -> Task:
    sizes = [c.whole(200, 1_200, 50) for _ in range(3)]
    rates = [c.pick((0.6, 0.65, 0.68, 0.7, 0.72, 0.74, 0.75, 0.8)) for _ in range(3)]
    kept = [n * r for n, r in zip(sizes, rates, strict=True)]
    need(len(set(rates)) == 3 and max(sizes) >= 2 * min(sizes) and all(whole(x) for x in kept))
    kept, young = [round(x) for x in kept], c.whole(200, 1_200, 50)
    pooled, plain = sum(kept) / sum(sizes), sum(rates) / 3
    need(abs(pooled - plain) >= 0.006)
    table = retention.cohort_table([*((n, x) for n, x in zip(sizes, kept, strict=True)), (young,)])
    names = ("cohort-1", "cohort-2", "cohort-3", "cohort-4")
    empty = Shown("word", "not-yet")
    rows = [Row(word(key), (count(n), count(x))) for key, n, x in zip(names, sizes, kept, strict=False)]
    added = lambda xs: tuple(p for x in xs for p in (count(x), "+"))[:-1]  # noqa: E731
    return Task(
        "number",
        pooled,
        frame="s6-app-usd",
        unit="percent",
        digits=1,
        columns=("joined", "after-month"),
        rows=(*rows, Row(word(names[3]), (count(young), empty))),
        places={"a": count(kept[0]), "b": count(sizes[0])},
        traps=(
            Trap(plain, "weights"),
            Trap(sum(kept) / (sum(sizes) + young), "zero"),
            Trap(1 - pooled, "rest"),
            Trap(rates[-1], "newest"),
        ),
        steps=(
            Step(word("stayed-all"), added(kept), count(sum(kept))),
            Step(word("joined-all"), added(sizes), count(sum(sizes))),
            Step(word("share"), (count(sum(kept)), "÷", count(sum(sizes))), percent(pooled, 1)),
        ),
        checked=table.pooled[1],
    )


@drill(DRILLS, "loop-orders", LESSON, "number", 45, truths={"each": 0.2, "all": 0.4, "friends": 0.4})
def loop_orders(c: Chance, form: str) -> Task:
    again = c.pick((0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75))
    if form == "each":
        orders = 1 / (1 - again)
        return Task(
            "number",
            orders,
            form=form,
            frame="s1-ecom-sar",
            unit="number",
            digits=2,
            rows=(Row(word("order-again"), (percent(again),)),),
            places={"rest": percent(1 - again)},
            checked=loyalty.purchases_per_customer(again),
            traps=(Trap(1 + again, "linear"), Trap(1 / again, "rest"), Trap(again, "part")),
            steps=(
                Step(
                    word("orders-each"), (number(1), "÷", "(", number(1), "−", percent(again), ")"), number(orders, 2)
                ),
            ),
        )
    first = c.whole(100, 900, 20)
    share = again if form == "all" else c.pick((0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4))
    total = first / (1 - share)
    need(whole(total))
    label = "order-again" if form == "all" else "brings-one"
    made = (
        first * loyalty.purchases_per_customer(share) if form == "all" else loyalty.loyalty(first, 0.0, share).customers
    )
    return Task(
        "number",
        round(total),
        form=form,
        frame="s1-ecom-sar",
        unit="count",
        checked=made,
        rows=(Row(word("first-buyers"), (count(first),)), Row(word(label), (percent(share),))),
        places={"rest": percent(1 - share)},
        traps=(Trap(first * (1 + share), "linear"), Trap(total - first, "part"), Trap(first * share, "part")),
        steps=(
            Step(word("together"), (count(first), "÷", "(", number(1), "−", percent(share), ")"), count(round(total))),
        ),
    )
