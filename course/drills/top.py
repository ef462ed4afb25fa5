"""Exercises of lessons 1 to 4 that are counted: a share of whom, where a bar ends, reach and fit, leads and their points."""

from __future__ import annotations

from dataclasses import replace

from course.drills.chance import Chance
from course.drills.frames import Chain, chain, whole
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
    money,
    need,
    percent,
    stage,
    word,
)
from funnel.calculators import handover, stage_conversion
from funnel.formulas import conversion, scoring
from funnel.formulas import money as cash
from funnel.links import scenario

DRILLS: list[Drill] = []


def counted(made: Chain) -> tuple[Row, ...]:
    """Return a chain's stages and people as rows."""
    return tuple(Row(stage(key), (count(n),)) for key, n in zip(made.stages, made.counts, strict=True))


def rated(made: Chain) -> tuple[Row, ...]:
    """Return a chain's steps and their rates as rows."""
    return tuple(Row(stage(key), (percent(rate),)) for key, rate in zip(made.stages[1:], made.rates, strict=True))


def opened(made: Chain) -> tuple[str, dict[str, str]]:
    """Return the calculator with a chain's people."""
    start = stage_conversion.start(made.frame)
    now = tuple(float(n) for n in made.counts)
    stages = tuple(start.stages[: len(now)])
    if tuple(one.id for one in stages) != made.stages:
        stages = tuple(replace(stages[0], id=key) for key in made.stages)
    nothing = (None,) * len(now)
    return "stage_conversion", scenario.encode(replace(start, stages=stages, now=now, reference=nothing))


@drill(DRILLS, "step-of-whom", "what-a-funnel-is", "number", 45)
def step_of_whom(c: Chance) -> Task:
    made = chain(c)
    n, last = made.counts, len(made.counts) - 1
    i = c.below(last)
    j = c.whole(i + 1, min(last, i + 3))
    share = n[j] / n[i]
    need(0.02 <= share <= 0.95)
    traps = [Trap(n[j] / n[0], "top")] if i else []
    traps += [Trap(n[j] / n[j - 1], "step")] if j > i + 1 else []
    traps += [Trap(1 - share, "rest")] + ([Trap(n[j + 1] / n[i], "far")] if j < last else [])
    return Task(
        "number",
        share,
        frame=made.frame,
        rows=counted(made),
        places={"first": stage(made.stages[i]), "last": stage(made.stages[j]), "n": count(n[i]), "m": count(n[j])},
        unit="percent",
        digits=1,
        traps=tuple(traps),
        opens=opened(made),
        checked=conversion.ratio(n[j], n[i]),
        steps=(Step(word("share"), (count(n[j]), "÷", count(n[i])), percent(share, 1)),),
    )


@drill(DRILLS, "bar-end", "what-a-funnel-is", "mark", 40)
def bar_end(c: Chance) -> Task:
    made = chain(c, ("base", "s1-ecom-sar", "s4-clinic-aed", "s6-app-usd", "s8-wholesale-irt"))
    size = c.whole(3, 4)
    start = c.below(len(made.counts) - size + 1)
    n = made.counts[start : start + size]
    names, rates = made.stages[start : start + size], made.rates[start : start + size - 1]
    need(n[-1] >= 0.04 * n[0] and n[-1] <= 0.85 * n[0])
    shown = tuple(Row(stage(key), (count(x),)) for key, x in zip(names[:-1], n[:-1], strict=True))
    return Task(
        "mark",
        float(n[-1]),
        frame=made.frame,
        rows=shown,
        places={"last": stage(names[-1]), "rate": percent(rates[-1]), "n": count(n[-2]), "before": stage(names[-2])},
        unit="count",
        scale=float(n[0]),
        start=float(n[0]),
        traps=(Trap(n[0], "wholebar"), Trap(n[-2], "part"), Trap(rates[-1] * n[0], "top")),
        steps=(Step(stage(names[-1]), (count(n[-2]), "×", percent(rates[-1])), count(n[-1])),),
        opens=opened(made),
        checked=conversion.counts_from_rates(float(n[0]), (None, *rates))[-1],
    )


@drill(
    DRILLS,
    "reach-fit",
    "top-of-the-funnel",
    "number",
    60,
    truths={"wide-people": 0.23, "wide-cost": 0.22, "narrow-people": 0.28, "narrow-cost": 0.27},
)
def reach_fit(c: Chance, truth: str) -> Task:
    currency, cost = c.pick(
        (
            ("IRTM", c.pick((24, 30, 36, 48, 60, 72, 90, 120, 144, 180))),
            ("SAR", 1_000 * c.pick((6, 9, 12, 15, 18, 24, 30, 36))),
        )
    )
    wide = (c.whole(120_000, 400_000, 20_000), c.pick((0.02, 0.03, 0.04, 0.05, 0.06, 0.08)))
    narrow = (c.whole(20_000, 90_000, 5_000), c.pick((0.12, 0.15, 0.18, 0.2, 0.22, 0.25, 0.3)))
    fits = [reach * share for reach, share in (wide, narrow)]
    need(all(whole(x) for x in fits) and abs(fits[0] - fits[1]) >= 0.08 * max(fits))
    fits = [float(round(x)) for x in fits]
    best = 0 if truth.startswith("wide") else 1
    need((fits[0] > fits[1]) == (best == 0))
    rows = (
        Row(word("reached"), (count(wide[0]), count(narrow[0]))),
        Row(word("suitable"), (percent(wide[1]), percent(narrow[1]))),
        Row(word("price"), (money(cost, currency), money(cost, currency))),
    )
    reach, share = (wide, narrow)[best]
    steps = tuple(
        Step(word(label), (count(a), "×", percent(b)), count(n))
        for label, (a, b), n in zip(("campaign-a", "campaign-b"), (wide, narrow), fits, strict=True)
    )
    common = Task(
        "number",
        fits[best],
        frame="city",
        rows=rows,
        columns=("campaign-a", "campaign-b"),
        steps=steps,
        places={"a": count(wide[0]), "b": percent(wide[1])},
    )
    if truth.endswith("people"):
        traps = (Trap(fits[1 - best], "reach"), Trap(reach, "whole"), Trap(sum(fits), "side"))
        return replace(common, form="people", unit="count", traps=traps, checked=reach * share)
    scale = 1_000_000 if currency == "IRTM" else 1
    unit, div = ("IRT", scale) if currency == "IRTM" else (currency, 1)
    per = cost * div / fits[best]
    need(whole(per * (1 if unit == "IRT" else 100)) and per >= (100 if unit == "IRT" else 0.5))
    traps = (
        Trap(cost * div / fits[1 - best], "reach"),
        Trap(cost * div / reach, "whole"),
        Trap(cost * div / sum(fits), "side"),
    )
    last = Step(word("per-suitable"), (money(cost * div, unit), "÷", count(fits[best])), money(per, unit))
    return replace(
        common,
        form="cost",
        answer=per,
        unit="money",
        currency=unit,
        digits=0 if unit == "IRT" else 2,
        traps=traps,
        steps=(*steps, last),
        checked=cash.cost_per_lead(cost * div, fits[best]),
    )


_SIGNS = ("role", "prices", "mails", "asked")
_NAMES = ("sara", "omid", "laila", "karim", "maryam", "yusuf")


@drill(DRILLS, "score-leads", "middle-of-the-funnel", "many", 60)
def score_leads(c: Chance) -> Task:
    points = (c.pick((15, 20, 25)), c.pick((10, 15, 20)), c.pick((5, 10)), c.pick((25, 30, 35, 40)))
    line = c.pick((25, 30, 35, 40, 45, 50))
    leads = [tuple(c.below(2) for _ in points) for _ in _NAMES]
    need(len(set(leads)) == len(leads) and all(any(one) for one in leads))
    scores = [scoring.score_of([p * has for p, has in zip(points, one, strict=True)]) for one in leads]
    right = tuple(name for name, x in zip(_NAMES, scores, strict=True) if x >= line)
    need(2 <= len(right) <= 5 and line in scores)
    rows = [Row(word(key), (count(p),)) for key, p in zip(_SIGNS, points, strict=True)] + [
        Row(word("line"), (count(line),))
    ]
    options = []
    for name, has, x in zip(_NAMES, leads, scores, strict=True):
        signs: list[Shown | str] = [word(name), ": "]
        for key in (key for key, yes in zip(_SIGNS, has, strict=True) if yes):
            signs += [word(key), "+"]
        reply = "rule" if has[3] and x < line else "line-missed" if x < line else ""
        options.append(Option(name, tuple(signs[:-1]), reply))
    steps = tuple(
        Step(
            word(name),
            tuple(s for p, yes in zip(points, has, strict=True) if yes for s in (count(p), "+"))[:-1],
            count(x),
        )
        for name, has, x in zip(_NAMES, leads, scores, strict=True)
    )
    start = handover.Inputs.origin("base")
    return Task(
        "many",
        right,
        frame="base",
        rows=tuple(rows),
        options=tuple(options),
        steps=steps,
        places={"line": count(line)},
        opens=("handover", scenario.encode(replace(start, points=tuple(map(float, points)), threshold=float(line)))),
        robots={
            "asked": tuple(n for n, one in zip(_NAMES, leads, strict=True) if one[3]),
            "two": tuple(n for n, one in zip(_NAMES, leads, strict=True) if sum(one) > 1),
            "all": _NAMES,
        },
    )


@drill(DRILLS, "two-errors", "middle-of-the-funnel", "number", 60)
def two_errors(c: Chance) -> Task:
    spared, call = c.whole(200, 900, 20), c.pick((20, 25, 30, 40, 50, 60, 80))
    missed, worth = c.whole(40, 300, 5), c.whole(120, 480, 10) + call
    saved, lost = spared * call, missed * (worth - call)
    net = lost - saved
    need(abs(net) >= 0.1 * max(saved, lost))
    outcome = scoring.Outcome(0, 0, spared, missed, 0, None, None, None)
    cost = scoring.cost(outcome, call, worth)
    return Task(
        "number",
        net,
        frame="base",
        rows=(
            Row(word("calls-spared"), (count(spared),)),
            Row(word("call-cost"), (money(call, "USD"),)),
            Row(word("good-missed"), (count(missed),)),
            Row(word("good-worth"), (money(worth, "USD"),)),
        ),
        places={"spared": count(spared), "call": money(call, "USD")},
        unit="money",
        currency="USD",
        traps=(
            Trap(saved, "part"),
            Trap(lost, "part"),
            Trap(saved + lost, "add"),
            Trap(missed * worth - saved, "sub"),
            Trap(-net, "sign"),
        ),
        checked=cost.missed - cost.wasted,
        steps=(
            Step(word("saved"), (count(spared), "×", money(call, "USD")), money(saved, "USD")),
            Step(
                word("lost-good"),
                (count(missed), "×", "(", money(worth, "USD"), "−", money(call, "USD"), ")"),
                money(lost, "USD"),
            ),
            Step(word("balance"), (money(lost, "USD"), "−", money(saved, "USD")), money(net, "USD")),
        ),
    )


@drill(
    DRILLS,
    "threshold-pull",
    "middle-of-the-funnel",
    "choose",
    75,
    truths={"20": 0.25, "30": 0.25, "40": 0.25, "50": 0.25},
)
def threshold_pull(c: Chance, truth: str) -> Task:
    lines = (20, 30, 40, 50)
    call, worth = c.pick((20, 25, 30, 40, 50, 60)), c.pick((100, 120, 150, 180, 200, 240, 250, 300))
    wasted, missed = [c.whole(600, 1_200, 20)], [c.whole(5, 40, 5)]
    for _ in lines[1:]:
        wasted.append(round(wasted[-1] * c.pick((0.3, 0.4, 0.5, 0.6, 0.7)) / 10) * 10)
        missed.append(missed[-1] + c.whole(10, 90, 5))
    costs = [
        scoring.cost(scoring.Outcome(line, 0, w, m, 0, None, None, None), call, worth + call)  # a call is saved, too
        for line, w, m in zip(lines, wasted, missed, strict=True)
    ]
    total = [round(one.total) for one in costs]
    best = min(range(4), key=total.__getitem__)
    need(str(lines[best]) == truth and sorted(total)[1] >= 1.05 * sorted(total)[0] and wasted[-1] >= 30)
    rows = tuple(
        Row(word(f"from-{line}"), (count(w), count(m))) for line, w, m in zip(lines, wasted, missed, strict=True)
    )
    replies = {line: "rule" if line == 30 else "everybody" if line < lines[best] else "strict" for line in lines}
    steps = tuple(
        Step(
            word(f"from-{line}"),
            (count(w), "×", money(call, "USD"), "+", count(m), "×", money(worth, "USD")),
            money(x, "USD"),
        )
        for line, w, m, x in zip(lines, wasted, missed, total, strict=True)
    )
    fewest = min(range(4), key=lambda i: wasted[i] + missed[i])
    return Task(
        "choose",
        truth,
        frame="base",
        rows=rows,
        columns=("calls-in-vain", "good-missed"),
        steps=steps,
        places={"call": money(call, "USD"), "worth": money(worth, "USD")},
        options=tuple(Option(str(line), (word(f"from-{line}"),), replies[line]) for line in lines),
        robots={"lowest": "20", "usual": "30", "highest": "50", "fewest errors": str(lines[fewest])},
    )
