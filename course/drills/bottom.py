"""Exercises of lessons 5 and 6 that are counted: carts left and won back, what a rebate leaves, two rates and the line between."""

from __future__ import annotations

from dataclasses import replace

from course.drills.chance import Chance
from course.drills.frames import chain, whole
from course.drills.kinds import Drill, Row, Step, Task, Trap, count, drill, money, need, percent, stage, word
from course.drills.top import counted, opened
from funnel.calculators import loyalty_loop
from funnel.formulas import conversion, loyalty
from funnel.links import scenario

DRILLS: list[Drill] = []


def carts(**fields: float | str) -> tuple[str, dict[str, str]]:
    """Return the calculator of carts with these numbers."""
    return "loyalty_loop", scenario.encode(replace(loyalty_loop.Inputs(), view="carts", **fields))


@drill(DRILLS, "cart-left", "bottom-of-the-funnel", "number", 45)
def cart_left(c: Chance) -> Task:
    filled, left = c.whole(1_000, 9_000, 100), c.whole(55, 82) / 100
    orders = filled * (1 - left)
    need(whole(orders))
    orders = round(orders)
    begun = c.whole(int(orders * 1.4) // 10 * 10, int(filled * 0.75) // 10 * 10, 10)
    need(orders * 1.2 < begun < filled * 0.8)
    visits = filled * c.pick((8, 10, 11, 12))
    return Task(
        "number",
        left,
        frame="s1-ecom-sar",
        rows=tuple(
            Row(stage(key), (count(n),))
            for key, n in (("sessions", visits), ("add-to-cart", filled), ("checkout", begun), ("order", orders))
        ),
        places={"carts": count(filled), "orders": count(orders)},
        unit="percent",
        digits=1,
        traps=(
            Trap(1 - left, "rest"),
            Trap(1 - orders / begun, "base-group"),
            Trap(1 - orders / visits, "top"),
            Trap(1 - begun / filled, "far"),
        ),
        checked=loyalty.abandonment(filled, orders).rate,
        steps=(
            Step(word("carts-left"), (count(filled), "−", count(orders)), count(filled - orders)),
            Step(word("share"), (count(filled - orders), "÷", count(filled)), percent(left)),
        ),
        opens=carts(carts=float(filled), orders=float(orders)),
    )


@drill(DRILLS, "cart-back", "bottom-of-the-funnel", "number", 60)
def cart_back(c: Chance) -> Task:
    filled, share = c.whole(1_000, 9_000, 100), c.pick((0.6, 0.65, 0.7, 0.72, 0.75, 0.8))
    agreed, back = c.pick((0.3, 0.4, 0.5, 0.6, 0.7)), c.pick((0.04, 0.05, 0.06, 0.08, 0.1, 0.12))
    left, reached, won = filled * share, filled * share * agreed, filled * share * agreed * back
    need(whole(left) and whole(reached) and whole(won) and won >= 20)
    left, reached, won = round(left), round(reached), round(won)
    return Task(
        "number",
        won,
        frame="s1-ecom-sar",
        rows=(
            Row(stage("add-to-cart"), (count(filled),)),
            Row(word("left-share"), (percent(share),)),
            Row(word("agreed-share"), (percent(agreed),)),
            Row(word("back-share"), (percent(back),)),
        ),
        places={"left": count(left), "agreed": percent(agreed)},
        unit="count",
        traps=(
            Trap(left * back, "everyone"),
            Trap(filled * agreed * back, "whole"),
            Trap(reached, "part"),
            Trap(left * (1 - agreed) * back, "refused"),
        ),
        checked=loyalty.abandonment(reached, 0, back).recovered,
        steps=(
            Step(word("carts-left"), (count(filled), "×", percent(share)), count(left)),
            Step(word("may-write"), (count(left), "×", percent(agreed)), count(reached)),
            Step(word("come-back"), (count(reached), "×", percent(back)), count(won)),
        ),
        opens=carts(carts=float(reached), orders=0.0, recovery=back),
    )


@drill(DRILLS, "rebate-margin", "bottom-of-the-funnel", "number", 45)
def rebate_margin(c: Chance) -> Task:
    currency = c.pick(("SAR", "AED", "EGP", "USD"))
    price, margin = c.whole(80, 400, 10), c.pick((0.25, 0.3, 0.35, 0.38, 0.4, 0.45, 0.5))
    if c.below(3) == 0:
        anyway = c.pick((0.2, 0.25, 0.3, 0.4, 0.5, 0.6))
        most = (1 - anyway) * margin
        return Task(
            "number",
            most,
            form="largest",
            frame="s1-ecom-sar",
            rows=(
                Row(word("price"), (money(price, currency),)),
                Row(word("margin"), (percent(margin),)),
                Row(word("anyway"), (percent(anyway),)),
            ),
            places={"anyway": percent(anyway)},
            unit="percent",
            digits=1,
            traps=(
                Trap(margin, "rebate"),
                Trap(anyway * margin, "rest"),
                Trap(margin - anyway if margin > anyway else 1 - anyway, "add"),
            ),
            steps=(
                Step(word("really-won"), (percent(1), "−", percent(anyway)), percent(1 - anyway)),
                Step(word("largest-rebate"), (percent(1 - anyway), "×", percent(margin)), percent(most, 1)),
            ),
            checked=(1 - anyway) * margin,
        )
    rebate = c.pick((0.05, 0.1, 0.12, 0.15, 0.2))
    need(margin - rebate >= 0.05 and whole(price * margin * 100) and whole(price * rebate * 100))
    stays = round(price * (margin - rebate), 2)
    return Task(
        "number",
        stays,
        form="left",
        frame="s1-ecom-sar",
        rows=(
            Row(word("price"), (money(price, currency),)),
            Row(word("margin"), (percent(margin),)),
            Row(word("rebate"), (percent(rebate),)),
        ),
        places={"price": money(price, currency), "margin": percent(margin)},
        unit="money",
        digits=2,
        currency=currency,
        checked=price * margin - price * rebate,
        traps=(
            Trap(price * margin, "sub"),
            Trap(price * margin * (1 - rebate), "rebate"),
            Trap(price * (1 - rebate), "revenue"),
        ),
        steps=(
            Step(word("margin-money"), (money(price, currency), "×", percent(margin)), money(price * margin, currency)),
            Step(word("rebate-money"), (money(price, currency), "×", percent(rebate)), money(price * rebate, currency)),
            Step(
                word("stays"),
                (money(price * margin, currency), "−", money(price * rebate, currency)),
                money(stays, currency),
            ),
        ),
        opens=carts(sale=float(price), margin=margin, rebate=rebate, cart_currency=currency),
    )


@drill(DRILLS, "two-rates", "marketing-versus-sales", "number", 60, truths={"sales": 0.5, "moved": 0.5})
def two_rates(c: Chance, form: str) -> Task:
    made = chain(c, ("base", "s2-saas-usd", "s5-realestate-egp", "s3-academy-irt"))
    n, at, end = made.counts, 2, len(made.counts) - 1
    if form == "sales":
        share = n[end] / n[at]
        return Task(
            "number",
            share,
            form="sales",
            frame=made.frame,
            rows=counted(made),
            places={"line": stage(made.stages[at]), "n": count(n[at]), "m": count(n[end])},
            unit="percent",
            digits=1,
            traps=(
                Trap(n[at] / n[0], "marketing"),
                Trap(n[end] / n[0], "top"),
                Trap(n[end] / n[end - 1], "step"),
                Trap(n[end] / n[at - 1], "far"),
            ),
            steps=(Step(word("share"), (count(n[end]), "÷", count(n[at])), percent(share, 1)),),
            opens=opened(made),
            checked=conversion.ratio(n[end], n[at]),
        )
    first, second = c.pick((0.5, 0.6, 0.7, 0.75, 0.8)), c.pick((1.1, 1.2, 1.25, 1.3, 1.4, 1.5))
    after = n[end] * first * second
    need(whole(after) and whole(n[at] * first) and first * second < 0.98)
    handed, sales = n[at] * first, n[end] / n[at] * second
    return Task(
        "number",
        round(after),
        form="moved",
        frame=made.frame,
        rows=(
            Row(stage(made.stages[at]), (count(n[at]),)),
            Row(stage(made.stages[end]), (count(n[end]),)),
            Row(word("handed-change"), (percent(first - 1),)),
            Row(word("closing-change"), (percent(second - 1),)),
        ),
        places={"line": stage(made.stages[at]), "last": stage(made.stages[end])},
        unit="count",
        traps=(
            Trap(n[end] * second, "baton"),
            Trap(n[end] * first, "side"),
            Trap(n[end] * (first + second - 1), "add"),
        ),
        steps=(
            Step(word("handed-now"), (count(n[at]), "×", percent(first)), count(handed)),
            Step(word("closed-now"), (count(n[end]), "×", percent(first), "×", percent(second)), count(round(after))),
        ),
        checked=handed * sales,
    )
