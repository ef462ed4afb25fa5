"""Exercises of lesson 8: what one costs, what comes back, where ads pay for themselves, where the next money goes."""

from __future__ import annotations

from dataclasses import replace

from course.drills.chance import Chance
from course.drills.frames import chain, whole
from course.drills.kinds import (
    Drill,
    Option,
    Row,
    Step,
    Task,
    Trap,
    count,
    drill,
    money,
    need,
    number,
    percent,
    stage,
    word,
)
from funnel.calculators import money as calculator
from funnel.formulas import money as cash
from funnel.links import scenario

DRILLS: list[Drill] = []
LESSON = "money-in-the-funnel"
_OUR = {"IRTM": "IRT", "IRTK": "IRT"}
_TIMES = {"IRTM": 1_000_000, "IRTK": 1_000}


def worth(**fields) -> tuple[str, dict[str, str]]:
    """Return the calculator of money with these numbers; a thousand or a million toman is written out there."""
    currency = fields.get("currency", "none")
    times = _TIMES.get(currency, 1)
    amounts = {"marketing", "sales", "ads", "ad_revenue", "sale", "revenue"}
    numbers = {key: float(x) * times if key in amounts and x is not None else x for key, x in fields.items()}
    numbers["currency"] = _OUR.get(currency, currency)
    return "money", scenario.encode(replace(calculator.Inputs.origin("base"), **numbers))


@drill(DRILLS, "cost-of-one", LESSON, "number", 50)
def cost_of_one(c: Chance) -> Task:
    made = chain(c, ("base", "s2-saas-usd", "s3-academy-irt", "s4-clinic-aed"))
    frame, n = made.frame, made.counts
    lead = 2 if frame == "s3-academy-irt" else 1
    currency = "IRTK" if frame == "s3-academy-irt" else made.of.currency
    per_lead = c.whole(*{"USD": (8, 60, 1), "AED": (30, 90, 5), "IRTK": (100, 400, 10)}[currency])
    marketing = per_lead * n[lead]
    sales = round(marketing * c.pick((0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2)) / 100) * 100
    form = c.pick(("lead", "customer", "both"))
    digits = 0 if currency == "IRTK" else 2
    whole_cost, end = marketing + sales, n[-1]
    answer, traps = {
        "lead": (
            marketing / n[lead],
            ((whole_cost / n[lead], "sales-too"), (marketing / end, "far"), (marketing / n[0], "top")),
        ),
        "customer": (
            marketing / end,
            ((whole_cost / end, "sales-too"), (marketing / n[lead], "far"), (marketing / n[-2], "far")),
        ),
        "both": (
            whole_cost / end,
            ((marketing / end, "halfcost"), (sales / end, "halfcost"), (whole_cost / n[lead], "far")),
        ),
    }[form]
    need(whole(answer * 10**digits) and answer < 100_000)
    counts = Row(stage(made.stages[lead]), (count(n[lead]),)), Row(stage(made.stages[-1]), (count(end),))
    total = Step(
        word("both-costs"), (money(marketing, currency), "+", money(sales, currency)), money(whole_cost, currency)
    )
    of, paid = (n[lead], marketing) if form == "lead" else (end, marketing if form == "customer" else whole_cost)
    one = Step(word("per-one"), (money(paid, currency), "÷", count(of)), money(answer, currency))
    checked = {
        "lead": cash.cost_per_lead(marketing, n[lead]),
        "customer": cash.cost_per_acquisition(marketing, end),
        "both": cash.acquisition_cost(marketing, sales, end),
    }[form]
    return Task(
        "number",
        answer,
        form=form,
        frame=frame,
        unit="money",
        digits=digits,
        currency=currency,
        checked=checked,
        rows=(
            Row(stage(made.stages[0]), (count(n[0]),)),
            *counts,
            Row(word("marketing-cost"), (money(marketing, currency),)),
            Row(word("sales-cost"), (money(sales, currency),)),
        ),
        places={"lead": stage(made.stages[lead]), "last": stage(made.stages[-1]), "paid": money(paid, currency)},
        traps=tuple(Trap(*one) for one in traps),
        steps=(total, one) if form == "both" else (one,),
    )


@drill(DRILLS, "roi-margin", LESSON, "number", 50)
def roi_margin(c: Chance) -> Task:
    frame, currency, times = c.pick(
        (("s8-wholesale-irt", "IRTM", 1), ("s1-ecom-sar", "SAR", 1_000), ("base", "USD", 1_000))
    )
    cost = c.whole(20, 200, 5) * times
    margin = c.pick((0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6))
    factor = c.pick((1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
    revenue, back = cost * factor, factor * margin - 1
    gross = revenue * margin
    need(-0.8 <= back <= 1.5 and abs(back) > 0.04 and whole(back * 1_000) and whole(gross * 10) and whole(revenue))
    return Task(
        "number",
        back,
        frame=frame,
        unit="percent",
        digits=1,
        checked=cash.roi(revenue, margin, cost),
        rows=(
            Row(word("campaign-cost"), (money(cost, currency),)),
            Row(word("revenue-brought"), (money(revenue, currency),)),
            Row(word("margin"), (percent(margin),)),
        ),
        places={"revenue": money(revenue, currency), "margin": percent(margin)},
        traps=(
            Trap(factor - 1, "revenue"),
            Trap(factor, "revenue"),
            Trap(factor * margin, "sub"),
            Trap((factor - 1) * margin, "paid-in-full"),
        ),
        steps=(
            Step(word("margin-money"), (money(revenue, currency), "×", percent(margin)), money(gross, currency)),
            Step(
                word("left-over"), (money(gross, currency), "−", money(cost, currency)), money(gross - cost, currency)
            ),
            Step(word("of-cost"), (money(gross - cost, currency), "÷", money(cost, currency)), percent(back)),
        ),
        opens=worth(
            view="worth", currency=currency, marketing=cost, ads=0.0, sales=0.0, revenue=revenue, margin=margin
        ),
    )


@drill(DRILLS, "roas-even", LESSON, "number", 45)
def roas_even(c: Chance) -> Task:
    if c.below(3) == 0:
        margin = c.whole(8, 80) / 100
        even = 1 / margin
        return Task(
            "number",
            even,
            form="even",
            frame="shop",
            rows=(Row(word("margin"), (percent(margin),)),),
            places={"margin": percent(margin)},
            unit="number",
            digits=2,
            checked=cash.break_even_roas(margin),
            traps=(Trap(1.0, "roas-one"), Trap(1 / (1 - margin), "rest"), Trap(margin, "inverse")),
            steps=(Step(word("break-even"), (number(1), "÷", percent(margin)), number(even, 2)),),
        )
    frame, currency, times = c.pick(
        (("s8-wholesale-irt", "IRTM", 1), ("s1-ecom-sar", "SAR", 1_000), ("s4-clinic-aed", "AED", 1_000))
    )
    margin = c.pick((0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6))
    ads, roas = c.whole(10, 90, 5) * times, c.pick((1.5, 2, 2.5, 3, 4, 5, 6))
    revenue = ads * roas
    left = revenue * margin - ads
    need(abs(left) >= 0.05 * ads and whole(revenue) and whole(left * 10))
    digits = 1 if currency == "IRTM" and not whole(left) else 0
    need(currency == "IRTM" or whole(left))
    return Task(
        "number",
        left,
        form="left",
        frame=frame,
        unit="money",
        digits=digits,
        currency=currency,
        rows=(
            Row(word("ads"), (money(ads, currency),)),
            Row(word("roas"), (number(roas),)),
            Row(word("margin"), (percent(margin),)),
        ),
        places={"ads": money(ads, currency), "roas": number(roas)},
        checked=cash.profit(revenue, margin, ads),
        traps=(
            Trap(revenue - ads, "roas-one"),
            Trap(revenue * margin, "sub"),
            Trap(revenue, "part"),
            Trap(-left, "sign"),
        ),
        steps=(
            Step(word("revenue-brought"), (money(ads, currency), "×", number(roas)), money(revenue, currency)),
            Step(
                word("margin-money"),
                (money(revenue, currency), "×", percent(margin)),
                money(revenue * margin, currency),
            ),
            Step(
                word("left-over"), (money(revenue * margin, currency), "−", money(ads, currency)), money(left, currency)
            ),
        ),
        opens=worth(view="worth", currency=currency, marketing=ads, ads=ads, ad_revenue=revenue, margin=margin),
    )


@drill(DRILLS, "max-cpl", LESSON, "number", 60)
def max_cpl(c: Chance) -> Task:
    sale, margin = c.whole(100, 3_000, 50), c.pick((0.3, 0.4, 0.5, 0.6, 0.62, 0.7))
    selling, rate = c.whole(20, 500, 10), c.pick((0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2))
    gross = sale * margin
    most = (gross - selling) * rate
    need(most >= 2 and whole(most * 100) and gross - selling > 0.15 * gross and whole(gross))
    m = lambda x: money(x, "USD")  # noqa: E731
    return Task(
        "number",
        most,
        frame="base",
        unit="money",
        digits=2,
        currency="USD",
        rows=(
            Row(word("sale"), (m(sale),)),
            Row(word("margin"), (percent(margin),)),
            Row(word("selling-cost"), (m(selling),)),
            Row(word("lead-buys"), (percent(rate),)),
        ),
        places={"sale": m(sale), "margin": percent(margin)},
        checked=cash.break_even_cpl(sale, margin, selling, rate),
        traps=(
            Trap((sale - selling) * rate, "revenue"),
            Trap(gross * rate, "halfcost"),
            Trap(gross - selling, "per-lead"),
            Trap(gross * rate - selling, "selling-per-lead"),
        ),
        steps=(
            Step(word("margin-money"), (m(sale), "×", percent(margin)), m(gross)),
            Step(word("after-selling"), (m(gross), "−", m(selling)), m(gross - selling)),
            Step(word("per-lead"), (m(gross - selling), "×", percent(rate)), m(most)),
        ),
    )


_CHANNELS = ("channel-search", "channel-social", "channel-partners")


@drill(DRILLS, "next-money", LESSON, "choose", 60, truths={"best": 0.34, "middle": 0.33, "worst": 0.33})
def next_money(c: Chance, truth: str) -> Task:
    spent = c.whole(10, 40, 2) * 1_000
    past = [c.whole(15, 80) for _ in _CHANNELS]
    last = [round(x / 2 * c.pick((0.25, 0.4, 0.5, 0.6, 0.8, 0.9))) for x in past]
    need(len(set(past)) == 3 and len(set(last)) == 3 and min(last) >= 3)
    order = sorted(range(3), key=lambda i: -past[i])
    right = max(range(3), key=last.__getitem__)
    need(order[("best", "middle", "worst").index(truth)] == right and sorted(last)[2] >= 1.1 * sorted(last)[1])
    currency = c.pick(("USD", "SAR"))
    return Task(
        "choose",
        _CHANNELS[right],
        frame="firm",
        columns=("won-so-far", "won-by-last"),
        rows=tuple(Row(word(key), (count(a), count(b))) for key, a, b in zip(_CHANNELS, past, last, strict=True)),
        places={"spent": money(spent, currency), "last": money(spent // 2, currency)},
        options=tuple(
            Option(key, (word(key),), "" if i == right else "past" if i == order[0] else "less-next")
            for i, key in enumerate(_CHANNELS)
        ),
        steps=tuple(
            Step(word(key), (money(spent // 2, currency), "÷", count(b)), money(round(spent / 2 / b, 0), currency))
            for key, b in zip(_CHANNELS, last, strict=True)
        ),
        robots={"best so far": _CHANNELS[order[0]], "worst so far": _CHANNELS[order[2]], "middle": _CHANNELS[order[1]]},
    )


@drill(DRILLS, "median-sale", LESSON, "number", 40)
def median_sale(c: Chance) -> Task:
    size, low = c.pick((5, 7)), c.whole(80, 200, 10)
    frame, currency = c.pick((("s1-ecom-sar", "SAR"), ("s3-academy-irt", "IRTK"), ("shop", "EGP")))
    usual = sorted({low + 10 * c.below(12) for _ in range(size - 1)})
    need(len(usual) == size - 1)
    sales = [float(x) for x in usual] + [float(low * c.whole(8, 14))]
    mean, middle = sum(sales) / size, sales[size // 2]
    need(whole(mean) and mean > sales[-2] * 1.2)
    shown = c.shuffled(sales)
    parts: list = []
    for x in sales:
        parts += [number(x), "<"]
    return Task(
        "number",
        middle,
        frame=frame,
        unit="money",
        currency=currency,
        checked=cash.average(cash.MONEY, sales).median,
        rows=tuple(Row(word(f"sale-{i + 1}"), (money(x, currency),)) for i, x in enumerate(shown)),
        places={"most": money(sales[-1], currency), "n": count(size)},
        traps=(Trap(mean, "typical"), Trap(sales[-1], "largest"), Trap((sales[0] + sales[-1]) / 2, "midrange")),
        steps=(Step(word("in-order"), tuple(parts[:-1]), money(middle, currency)),),
        opens=worth(known="list", currency=currency, singles=tuple(x * _TIMES.get(currency, 1) for x in sales)),
    )
