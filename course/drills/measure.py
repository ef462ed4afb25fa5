"""Exercises of lesson 7: through a funnel and back, points and percent, where most is gained, numbers that cannot be."""

from __future__ import annotations

import math
from dataclasses import replace

from course.drills.chance import Chance
from course.drills.frames import FRAMES, chain, whole
from course.drills.kinds import (
    Drill,
    Option,
    Row,
    Shown,
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
from course.drills.top import opened, rated
from funnel.calculators import where_to_push
from funnel.formulas import conversion, planning
from funnel.links import scenario

DRILLS: list[Drill] = []
LESSON = "measuring-a-funnel"


@drill(DRILLS, "conv-overall", LESSON, "number", 50)
def conv_overall(c: Chance) -> Task:
    made = chain(c, steps=c.whole(3, 4))
    top = c.pick((1_000, 2_000, 4_000, 5_000, 10_000, 20_000, 40_000))
    n = [float(top)]
    for rate in made.rates:
        n.append(n[-1] * rate)
        need(whole(n[-1]))
        n[-1] = float(round(n[-1]))
    need(n[-1] >= 5)
    traps = [
        Trap(top * sum(made.rates) / len(made.rates), "mean"),
        Trap(top * min(made.rates), "lowest"),
        Trap(n[-2], "part"),
        Trap(top * made.rates[-1], "top"),
    ]
    traps += [Trap(top * sum(made.rates), "add")] if sum(made.rates) < 1 else []
    walked = replace(made, counts=tuple(round(x) for x in n))
    return Task(
        "number",
        round(n[-1]),
        frame=made.frame,
        rows=(Row(stage(made.stages[0]), (count(top),)), *rated(made)),
        places={
            "first": count(n[1]),
            "top": count(top),
            "rate": percent(made.rates[0]),
            "last": stage(made.stages[-1]),
        },
        unit="count",
        traps=tuple(traps),
        opens=opened(walked),
        steps=tuple(
            Step(stage(key), (count(a), "×", percent(rate)), count(b))
            for key, a, rate, b in zip(made.stages[1:], n, made.rates, n[1:], strict=False)
        ),
        checked=conversion.counts_from_rates(float(top), (None, *made.rates))[-1],
    )


@drill(DRILLS, "reverse-top", LESSON, "number", 60)
def reverse_top(c: Chance) -> Task:
    made = chain(c, steps=c.whole(2, 4))
    overall, wanted = math.prod(made.rates), c.whole(10, 300, 5)
    top = wanted / overall
    need(whole(top) and top <= 2_000_000)
    back = [float(wanted)]
    for rate in reversed(made.rates):
        back.append(back[-1] / rate)
    need(all(whole(x) for x in back))
    traps = [
        Trap(wanted / made.rates[-1], "part"),
        Trap(wanted / (sum(made.rates) / len(made.rates)), "mean"),
        Trap(wanted * overall, "dir"),
    ]
    traps += [Trap(wanted / math.prod(made.rates[:-1]), "miss")] if len(made.rates) > 2 else []
    names = list(reversed(made.stages))
    return Task(
        "number",
        round(top),
        frame=made.frame,
        rows=(*rated(made), Row(word("wanted"), (count(wanted),))),
        places={
            "first": stage(made.stages[0]),
            "last": stage(made.stages[-1]),
            "n": count(wanted),
            "rate": percent(made.rates[-1]),
        },
        unit="count",
        traps=tuple(traps),
        checked=planning.required_counts(wanted, (None, *made.rates))[0],
        steps=tuple(
            Step(stage(key), (count(round(a)), "÷", percent(rate)), count(round(b)))
            for key, a, rate, b in zip(names[1:], back, reversed(made.rates), back[1:], strict=False)
        ),
    )


@drill(DRILLS, "lift-points", LESSON, "number", 40)
def lift_points(c: Chance) -> Task:
    low = c.pick((0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5))
    up = c.pick((0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1))
    high, lift = round(low + up, 4), up / low
    need(high <= 0.8 and whole(lift * 100) and 0.05 <= lift <= 1.5)
    n = c.whole(20, 400, 10)
    step = Step(word("points-apart"), (percent(high), "−", percent(low)), percent(up))
    share = Step(word("of-before"), (percent(up), "÷", percent(low)), percent(lift))
    rows = (Row(word("rate-before"), (percent(low),)), Row(word("rate-after"), (percent(high),)))
    if c.below(2) == 0:
        return Task(
            "number",
            lift,
            form="percent",
            frame="shop",
            rows=rows,
            places={"low": percent(low), "high": percent(high)},
            unit="percent",
            digits=0,
            traps=(Trap(up, "points"), Trap(up / high, "base"), Trap(high / low, "all")),
            steps=(step, share),
            checked=conversion.ratio(up, low),
        )
    more = n * lift
    need(whole(more) and more >= 2)
    return Task(
        "number",
        round(more),
        form="people",
        frame="shop",
        rows=(*rows, Row(word("customers-before"), (count(n),))),
        places={"low": percent(low), "high": percent(high)},
        unit="count",
        traps=(Trap(n * up, "points"), Trap(n + more, "all"), Trap(n * up / high, "base")),
        steps=(step, share, Step(word("more-customers"), (count(n), "×", percent(lift)), count(round(more)))),
        checked=conversion.reference_gains(n, (None, low), (None, high))[1],
    )


@drill(DRILLS, "bottleneck-three", LESSON, "choose", 75, truths={"apart": 0.6, "other": 0.12, "naive": 0.28})
def bottleneck(c: Chance, truth: str) -> Task:
    made = chain(c, ("base", "s1-ecom-sar", "s3-academy-irt", "s4-clinic-aed", "s8-wholesale-irt"), steps=4)
    rates = made.rates
    best = tuple(min(0.95, round(r * c.pick((1.02, 1.05, 1.1, 1.2, 1.25, 1.3, 1.4)), 3)) for r in rates)
    gains = conversion.reference_gains(made.counts[-1], (None, *rates), (None, *best))[1:]
    lost = conversion.losses(made.counts)[1:]
    order = sorted(range(4), key=lambda i: -gains[i])
    low, big = min(range(4), key=rates.__getitem__), max(range(4), key=lost.__getitem__)
    gap = max(range(4), key=lambda i: best[i] - rates[i])
    need(gains[order[0]] >= 1.25 * gains[order[1]] and (order[0] in (low, big)) == (truth == "naive"))
    need(truth != "apart" or gap != order[0])
    right = order[0]

    def reply(i: int) -> str:
        return "lowest" if i in (low, big) else "last-step" if i == 3 else "gap" if i == gap else "less-gain"

    steps = tuple(
        Step(
            stage(made.stages[i + 1]),
            (percent(best[i]), "÷", percent(rates[i]), "−", number(1)),
            percent(best[i] / rates[i] - 1, 1),
        )
        for i in range(4)
    )
    start = where_to_push.Inputs.origin(made.frame)
    link = ("where_to_push", scenario.encode(replace(start, view="bottlenecks"))) if made.frame in ("base",) else None
    return Task(
        "choose",
        str(right),
        frame=made.frame,
        columns=("rate-now", "rate-best"),
        steps=steps,
        opens=link,
        rows=tuple(
            Row(stage(key), (percent(a), percent(b))) for key, a, b in zip(made.stages[1:], rates, best, strict=True)
        ),
        options=tuple(Option(str(i), (stage(made.stages[i + 1]),), reply(i) if i != right else "") for i in range(4)),
        places={"a": percent(best[0]), "b": percent(rates[0])},
        robots={
            "lowest": str(low),
            "most lost": str(big),
            "last": "3",
            "largest gap": str(gap),
            "best reference": str(max(range(4), key=best.__getitem__)),
        },
    )


@drill(DRILLS, "rate-pull", LESSON, "mark", 60)
def rate_pull(c: Chance) -> Task:
    made = chain(c, steps=c.whole(3, 4))
    k = c.below(len(made.rates))
    old, new = made.rates[k], c.pick(FRAMES[made.frame].rates[k])
    need(new > old + 0.009 and new < 0.9)
    wanted = made.counts[-1] / old * new
    need(whole(wanted) and wanted - made.counts[-1] >= 3)
    scale = next(x for x in (0.1, 0.2, 0.3, 0.5, 0.8, 1.0) if x >= new * 1.25 or x == 1.0)
    before = made.counts[-1]
    goal = planning.step_goals(wanted, made.counts[0], (None, *made.rates))[k]
    return Task(
        "mark",
        new,
        frame=made.frame,
        rows=(
            Row(stage(made.stages[0]), (count(made.counts[0]),)),
            *rated(made),
            Row(word("end-now"), (count(before),)),
            Row(word("wanted"), (count(round(wanted)),)),
        ),
        places={
            "step": stage(made.stages[k + 1]),
            "wanted": count(round(wanted)),
            "now": count(before),
            "rate": percent(old),
            "last": stage(made.stages[-1]),
        },
        unit="percent",
        digits=1,
        scale=scale,
        start=old,
        opens=opened(made),
        checked=goal.rate,
        traps=(Trap(old + wanted / before - 1, "points"), Trap(wanted / made.counts[0], "top"), Trap(old, "part")),
        steps=(
            Step(word("more-by"), (count(round(wanted)), "÷", count(before)), number(round(wanted / before, 4))),
            Step(stage(made.stages[k + 1]), (percent(old), "×", number(round(wanted / before, 4))), percent(new)),
        ),
    )


_CASES = ("fine", "over", "nobody-before", "true-zero")


@drill(DRILLS, "bad-number", LESSON, "match", 60)
def bad_number(c: Chance) -> Task:
    kinds = [*c.sample(("over", "nobody-before", "true-zero"), c.whole(1, 2)), "fine", "fine", c.pick(_CASES)]
    kinds = c.shuffled(kinds)[: 4 if len(kinds) > 4 else len(kinds)]
    frames = c.sample(("s1-ecom-sar", "s2-saas-usd", "s4-clinic-aed", "s8-wholesale-irt"), 1)
    names = list(FRAMES[frames[0]].stages[: len(kinds) + 1])
    need(len(names) == len(kinds) + 1 and len(set(kinds)) >= 2)
    rows, cards, key = [], [], {}
    for i, kind in enumerate(kinds):
        before = 0 if kind == "nobody-before" else c.whole(40, 900, 20)
        after = {
            "fine": round(before * c.pick((0.2, 0.35, 0.5, 0.6))),
            "over": round(before * c.pick((1.1, 1.15, 1.25, 1.4))),
            "nobody-before": 0,
            "true-zero": 0,
        }[kind]
        rows.append(Row(word(f"day-{i + 1}"), (count(before), count(after))))
        cards.append(Option(f"day-{i + 1}", (word(f"day-{i + 1}"),)))
        key[f"day-{i + 1}"] = {"fine": "fine", "over": "cause", "nobody-before": "dash", "true-zero": "zero"}[kind]
    bins = tuple(Option(one, (word(f"bin-{one}"),)) for one in ("fine", "zero", "dash", "cause"))
    shown: dict[str, Shown] = {"a": stage(names[0]), "b": stage(names[1])}
    return Task(
        "match",
        key,
        frame=frames[0],
        rows=tuple(rows),
        columns=("stage-a", "stage-b"),
        options=tuple(cards),
        bins=bins,
        places=shown,
    )
