"""Exercises of lessons 11 and 12: tests and what they say, what to try first, when all have to agree, what decided."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

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
    need,
    number,
    percent,
    stage,
    word,
)
from funnel.calculators import experiments as calculator
from funnel.formulas import conversion, experiments, levers
from funnel.links import scenario

DRILLS: list[Drill] = []


@drill(DRILLS, "test-days", "improving-a-funnel", "number", 45, truths={"days": 0.7, "weeks": 0.3})
def test_days(c: Chance, form: str) -> Task:
    base, lift = c.whole(2, 8) / 100, c.pick((0.1, 0.15, 0.2, 0.25, 0.3))
    arm = experiments.sample_size(base, base * (1 + lift)).per_arm
    arm = math.ceil(arm / 100) * 100
    daily = c.whole(400, 4_000, 100)
    both = 2 * arm
    need(both % daily != 0)
    days = math.ceil(both / daily)
    need(5 <= days <= 60)
    weeks = form == "weeks"
    answer = -(-days // 7) if weeks else days
    need(answer > 2)
    one, four = (math.ceil(x * arm / daily / (7 if weeks else 1)) for x in (1, 4))
    traps = (
        Trap(one, "side"),
        Trap(four, "side"),
        Trap(days if weeks else days - 1, "part" if weeks else "down"),
        Trap(answer - 1, "down"),
    )
    last = (Step(word("weeks"), (count(days), "÷", number(7)), number(round(days / 7, 2))),) if weeks else ()
    return Task(
        "number",
        answer,
        form=form,
        frame="shop",
        unit="count",
        exact=True,
        traps=traps,
        rows=(Row(word("per-arm"), (count(arm),)), Row(word("visitors-daily"), (count(daily),))),
        places={"n": count(arm), "both": count(both)},
        checked=math.ceil(math.ceil(both / daily) / 7) if weeks else math.ceil(both / daily),
        steps=(
            Step(word("both-arms"), (number(2), "×", count(arm)), count(both)),
            Step(word("days"), (count(both), "÷", count(daily)), number(round(both / daily, 2))),
            *last,
        ),
        opens=(
            "experiments",
            scenario.encode(replace(calculator.Inputs.origin(), base=base, lift=lift, daily=float(daily))),
        ),
    )


@drill(DRILLS, "test-reads", "improving-a-funnel", "choose", 75, truths={"open": 0.6, "better": 0.25, "worse": 0.15})
def test_reads(c: Chance, truth: str) -> Task:
    n, base = c.whole(2_000, 20_000, 500), c.whole(20, 120, 5) / 1_000
    lift = c.pick((-0.2, -0.15, -0.08, -0.04, 0.0, 0.03, 0.06, 0.1, 0.14, 0.18, 0.25))
    a = round(n * base)
    b = round(n * base * (1 + lift) + c.bell() * math.sqrt(2 * n * base * (1 - base)) * 0.5)
    need(5 < b < n and a != b)
    one, other = experiments.Arm(a, n), experiments.Arm(b, n)
    test, (low, high) = experiments.z_test(one, other), experiments.newcombe(one, other)
    need(test.enough and abs(test.p - 0.05) > 0.004 and min(abs(low), abs(high)) >= 0.0006)
    found = "open" if low < 0 < high else "better" if low > 0 else "worse"
    need(found == truth)
    p = round(test.p, 3)
    need(0.001 <= p < 0.9)
    texts = {
        "better": "reads-better",
        "worse": "reads-worse",
        "open": "reads-open",
        "none": "reads-none",
        "sure": "reads-sure",
    }
    replies = {"better": "lift", "worse": "lift", "open": "not-open", "none": "nodiff", "sure": "pprob"}
    return Task(
        "choose",
        truth,
        frame="shop",
        columns=("seen-by", "bought", "share-bought"),
        rows=(
            Row(word("arm-a"), (count(n), count(a), percent(a / n, 2))),
            Row(word("arm-b"), (count(n), count(b), percent(b / n, 2))),
        ),
        places={
            "low": percent(low, 1),
            "high": percent(high, 1),
            "p": number(p, 3),
            "sure": percent(1 - p, 1),
            "least": percent(max(0.0, min(abs(low), abs(high))), 1),
        },
        options=tuple(Option(key, (word(text),), "" if key == truth else replies[key]) for key, text in texts.items()),
        steps=(
            Step(
                word("difference"),
                (percent(b / n, 2), "−", percent(a / n, 2)),
                percent(round(b / n, 4) - round(a / n, 4), 2),
            ),
        ),
        robots={"higher rate wins": "better" if b > a else "worse"},
        opens=(
            "experiments",
            scenario.encode(
                replace(calculator.Inputs.origin(), view="read", xa=float(a), na=float(n), xb=float(b), nb=float(n))
            ),
        ),
    )


@drill(DRILLS, "gain-first", "improving-a-funnel", "order", 75, truths={"other": 0.65, "cheap": 0.1, "naive": 0.25})
def gain_first(c: Chance, truth: str) -> Task:
    made = chain(c, ("s1-ecom-sar", "s3-academy-irt", "s4-clinic-aed", "base"), steps=4)
    end, ideas = made.counts[-1], []
    for i in range(4):
        hoped = round(made.rates[i] * c.pick((1.05, 1.1, 1.15, 1.2, 1.25, 1.3)), 4)
        lift = levers.Lift(i + 1, relative=hoped / made.rates[i] - 1)
        gain = levers.effect(float(made.counts[0]), (None, *made.rates), [lift]).gain
        ideas.append((hoped, c.pick((1, 2, 3, 4, 5, 6, 8)), gain))
    each = [gain / days for _hoped, days, gain in ideas]
    order = sorted(range(4), key=lambda i: -each[i])
    need(all(each[a] >= 1.25 * each[b] for a, b in pairwise(order)))
    by_gain = sorted(range(4), key=lambda i: -ideas[i][2])
    cheap = sorted(range(4), key=lambda i: ideas[i][1])
    need((by_gain[0] == order[0]) == (truth == "naive") and (truth == "cheap" or cheap != order))
    shown = c.shuffled(range(4))
    ids = lambda some: tuple(made.stages[i + 1] for i in some)  # noqa: E731
    return Task(
        "order",
        ids(order),
        frame=made.frame,
        columns=("rate-now", "rate-hoped", "days-of-work"),
        rows=tuple(
            Row(stage(made.stages[i + 1]), (percent(made.rates[i]), percent(ideas[i][0]), count(ideas[i][1])))
            for i in range(4)
        ),
        options=tuple(Option(made.stages[i + 1], (stage(made.stages[i + 1]),)) for i in shown),
        places={"end": count(end), "last": stage(made.stages[-1])},
        steps=tuple(
            Step(
                stage(made.stages[i + 1]),
                (
                    count(end),
                    "×",
                    "(",
                    percent(ideas[i][0]),
                    "÷",
                    percent(made.rates[i]),
                    "−",
                    number(1),
                    ")",
                    "÷",
                    count(ideas[i][1]),
                ),
                number(each[i], 2),
            )
            for i in order
        ),
        robots={
            "by gain": ids(by_gain),
            "cheapest": ids(cheap),
            "lowest": ids(sorted(range(4), key=made.rates.__getitem__)),
            "by points": ids(sorted(range(4), key=lambda i: -(ideas[i][0] - made.rates[i]))),
        },
    )


_OFFICES = ("office-head", "office-money", "office-users", "office-it")


@drill(DRILLS, "committee", "business-models", "number", 45)
def committee(c: Chance) -> Task:
    size = c.whole(3, 4)
    chances = [c.pick((0.5, 0.6, 0.7, 0.75, 0.8, 0.9)) for _ in range(size)]
    all_ = math.prod(chances)
    need(whole(all_ * 10_000))
    names = _OFFICES[:size]
    parts = tuple(x for p in chances for x in (percent(p), "×"))[:-1]
    return Task(
        "number",
        all_,
        frame="s2-saas-usd",
        unit="percent",
        digits=1,
        rows=tuple(Row(word(key), (percent(p),)) for key, p in zip(names, chances, strict=True)),
        places={"a": percent(chances[0]), "b": percent(chances[1])},
        traps=(
            Trap(max(chances), "champion"),
            Trap(sum(chances) / size, "mean"),
            Trap(min(chances), "lowest"),
            Trap(1 - math.prod(1 - p for p in chances), "any"),
            Trap(all_ / chances[-1], "miss"),
        ),
        steps=(Step(word("all-agree"), parts, percent(all_, 1)),),
        checked=conversion.from_top(conversion.counts_from_rates(1000.0, (None, *chances)))[-1],
    )


_TOUCHES = ("touch-ad", "touch-rep", "touch-friend", "touch-sample")


@drill(DRILLS, "decisive", "business-models", "order", 75, truths={"apart": 0.6, "other": 0.15, "naive": 0.25})
def decisive(c: Chance, truth: str) -> Task:
    talks = c.pick((10, 12, 14, 16))
    cuts = sorted(c.below(talks + 1) for _ in range(3))
    decided = [b - a for a, b in zip([0, *cuts], [*cuts, talks], strict=True)]
    need(min(decided) >= 1 and max(decided) <= talks - 4 and len(set(decided)) == 4)
    named = [min(talks, d + c.below(talks - d + 1)) for d in decided]
    money_ = c.shuffled((0.5, 0.3, 0.15, 0.05))
    ids = lambda key: tuple(_TOUCHES[i] for i in sorted(range(4), key=key))  # noqa: E731
    right, by_share = ids(lambda i: -decided[i]), ids(lambda i: -decided[i] / named[i])
    most, first = max(range(4), key=named.__getitem__), max(range(4), key=decided.__getitem__)
    need(len(set(named)) == 4 and (most == first) == (truth == "naive") and (truth != "apart" or by_share != right))
    return Task(
        "order",
        right,
        frame="s8-wholesale-irt",
        columns=("named", "decided", "budget-share"),
        rows=tuple(
            Row(word(key), (count(named[i]), count(decided[i]), percent(money_[i]))) for i, key in enumerate(_TOUCHES)
        ),
        options=tuple(Option(_TOUCHES[i], (word(_TOUCHES[i]),)) for i in c.shuffled(range(4))),
        places={"talks": count(talks)},
        robots={"by named": ids(lambda i: -named[i]), "by money": ids(lambda i: -money_[i]), "by share": by_share},
    )
