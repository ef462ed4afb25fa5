"""Exercises of lessons 13 to 15: whom one may remind, machines that guess, a yes that nobody said, one rate of two."""

from __future__ import annotations

from dataclasses import replace

from course.drills.bottom import carts
from course.drills.chance import Chance
from course.drills.frames import chain, whole
from course.drills.kinds import Drill, Row, Step, Task, Trap, count, drill, need, number, percent, stage, word
from funnel.formulas import conversion, loyalty, mix

DRILLS: list[Drill] = []


@drill(DRILLS, "consent-reach", "channels-and-tools", "number", 60)
def consent_reach(c: Chance) -> Task:
    made = chain(c, ("s3-academy-irt", "s1-ecom-sar", "s4-clinic-aed"))
    at = 1 if made.frame == "s4-clinic-aed" else 2
    n, bought = made.counts[at], made.counts[-1]
    agreed, back = c.pick((0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75)), c.pick((0.04, 0.05, 0.06, 0.08, 0.1))
    left = n - bought
    reach = left * agreed
    won = reach * back
    need(whole(reach) and whole(won) and won >= 3)
    return Task(
        "number",
        round(won),
        frame=made.frame,
        unit="count",
        checked=loyalty.abandonment(reach, 0, back).recovered,
        rows=(
            Row(stage(made.stages[at]), (count(n),)),
            Row(stage(made.stages[-1]), (count(bought),)),
            Row(word("agreed-share"), (percent(agreed),)),
            Row(word("back-share"), (percent(back),)),
        ),
        places={"left": count(left), "agreed": percent(agreed), "n": count(n), "m": count(bought)},
        traps=(
            Trap(left * back, "everyone"),
            Trap(n * agreed * back, "whole"),
            Trap(reach, "part"),
            Trap(left * (1 - agreed) * back, "refused"),
        ),
        steps=(
            Step(word("not-bought"), (count(n), "−", count(bought)), count(left)),
            Step(word("may-write"), (count(left), "×", percent(agreed)), count(round(reach))),
            Step(word("come-back"), (count(round(reach)), "×", percent(back)), count(round(won))),
        ),
        opens=carts(carts=float(round(reach)), orders=0.0, recovery=back),
    )


@drill(DRILLS, "model-lift", "channels-and-tools", "number", 60)
def model_lift(c: Chance) -> Task:
    leads, base = c.whole(1_000, 5_000, 100), c.pick((0.02, 0.025, 0.03, 0.04, 0.05))
    marked, hits = c.pick((100, 150, 200, 250, 300)), c.pick((0.08, 0.1, 0.12, 0.15, 0.16, 0.2, 0.24))
    buyers, right = leads * base, marked * hits
    need(whole(buyers) and whole(right) and right < buyers * 0.8)
    buyers, right = round(buyers), round(right)
    rows = tuple(
        Row(word(key), (count(n),))
        for key, n in (("all-leads", leads), ("all-buyers", buyers), ("marked", marked), ("marked-bought", right))
    )
    common = Task(
        "number", 0.0, frame="s3-academy-irt", rows=rows, places={"marked": count(marked), "right": count(right)}
    )
    if c.below(2) == 0:
        times = hits / base
        need(whole(times * 10) and 1.5 <= times <= 9)
        return replace(
            common,
            form="times",
            answer=times,
            unit="number",
            digits=1,
            checked=conversion.ratio(right, marked) / conversion.ratio(buyers, leads),
            traps=(
                Trap(1 / hits, "inverse"),
                Trap((hits - base) * 100, "points"),
                Trap(hits * 100, "part"),
                Trap(buyers / right, "far"),
            ),
            steps=(
                Step(word("marked-rate"), (count(right), "÷", count(marked)), percent(hits)),
                Step(word("chance-rate"), (count(buyers), "÷", count(leads)), percent(base)),
                Step(word("times-better"), (percent(hits), "÷", percent(base)), number(times)),
            ),
        )
    return replace(
        common,
        form="wrong",
        answer=marked - right,
        unit="count",
        checked=marked - right,
        traps=(Trap(right, "rest"), Trap(buyers - right, "far"), Trap(leads - marked, "models")),
        steps=(Step(word("marked-in-vain"), (count(marked), "−", count(right)), count(marked - right)),),
    )


@drill(DRILLS, "unwanted-yes", "psychology-ethics-privacy", "number", 50)
def unwanted_yes(c: Chance) -> Task:
    visitors, ticked = c.whole(200, 1_000, 20), c.pick((0.8, 0.85, 0.9, 0.92, 0.95))
    empty = c.pick((0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5))
    yes, wanted = visitors * ticked, visitors * empty
    need(whole(yes) and whole(wanted))
    yes, wanted = round(yes), round(wanted)
    return Task(
        "number",
        (yes - wanted) / yes,
        frame="s7-ngo-usd",
        unit="percent",
        digits=1,
        rows=(
            Row(word("donors"), (count(visitors),)),
            Row(word("yes-ticked"), (count(yes),)),
            Row(word("yes-empty"), (count(wanted),)),
        ),
        places={"yes": count(yes), "wanted": count(wanted)},
        traps=(Trap((yes - wanted) / visitors, "whole"), Trap(wanted / yes, "rest"), Trap(wanted / visitors, "whole")),
        steps=(
            Step(word("not-wanted"), (count(yes), "−", count(wanted)), count(yes - wanted)),
            Step(word("share"), (count(yes - wanted), "÷", count(yes)), percent((yes - wanted) / yes, 1)),
        ),
        checked=1 - conversion.ratio(wanted, yes),
    )


@drill(DRILLS, "blend", "build-your-own-funnel", "number", 60, truths={"now": 0.5, "held": 0.5})
def blend(c: Chance, form: str) -> Task:
    if form == "now":
        people = [c.whole(5, 60) * 1_000 for _ in range(2)]
        rates = (c.pick((0.01, 0.012, 0.015, 0.02, 0.025)), c.pick((0.03, 0.034, 0.04, 0.05, 0.06)))
        need(max(people) >= 2 * min(people))
        won = [n * r for n, r in zip(people, rates, strict=True)]
        total = sum(won) / sum(people)
        need(all(whole(x) for x in won) and whole(total * 10_000))
        segments = [mix.Segment(key, n, x) for key, n, x in zip("ab", people, won, strict=True)]
        return Task(
            "number",
            total,
            form="now",
            frame="city",
            unit="percent",
            digits=2,
            columns=("visits-col", "share-bought"),
            checked=mix.blended(segments),
            rows=tuple(
                Row(word(key), (count(n), percent(r)))
                for key, n, r in zip(("channel-search", "channel-social"), people, rates, strict=True)
            ),
            places={"a": count(people[0]), "b": percent(rates[0])},
            traps=(
                Trap(sum(rates) / 2, "weights"),
                Trap(sum(rates), "add"),
                Trap((people[1] * rates[0] + people[0] * rates[1]) / sum(people), "swapped"),
            ),
            steps=(
                *(
                    Step(word(key), (count(n), "×", percent(r)), count(round(x)))
                    for key, n, r, x in zip(("channel-search", "channel-social"), people, rates, won, strict=True)
                ),
                Step(word("share"), (count(round(sum(won))), "÷", count(sum(people))), percent(total, 2)),
            ),
        )
    w1, w2 = c.pick((0.3, 0.4, 0.5, 0.6)), c.pick((0.6, 0.7, 0.75, 0.8))
    low, high = (c.pick((0.01, 0.02, 0.03)), c.pick((0.04, 0.05, 0.06, 0.08)))
    low2, high2 = round(low + c.pick((0.002, 0.003, 0.005)), 4), round(high + c.pick((0.002, 0.004, 0.005)), 4)
    before, after = w1 * low + (1 - w1) * high, w2 * low2 + (1 - w2) * high2
    held = w1 * low2 + (1 - w1) * high2
    need(w2 - w1 >= 0.15 and after < before and whole(held * 100_000))

    def parts(w: float, r: float, s: float) -> list[mix.Segment]:
        n = 10_000 * w
        return [mix.Segment("m", n, n * r), mix.Segment("d", 10_000 - n, (10_000 - n) * s)]

    found = mix.decompose(parts(w1, low, high), parts(w2, low2, high2))
    need(found.simpson)
    return Task(
        "number",
        held,
        form="held",
        frame="city",
        unit="percent",
        digits=2,
        columns=("share-before", "share-after", "rate-before", "rate-after"),
        rows=(
            Row(word("mobile"), (percent(w1), percent(w2), percent(low), percent(low2))),
            Row(word("desktop"), (percent(1 - w1), percent(1 - w2), percent(high), percent(high2))),
        ),
        places={"a": percent(w1), "b": percent(low2)},
        checked=found.standardised,
        traps=(Trap(after, "newmix"), Trap(before, "part"), Trap((low2 + high2) / 2, "weights")),
        steps=(
            Step(
                word("old-shares"),
                (percent(w1), "×", percent(low2), "+", percent(1 - w1), "×", percent(high2)),
                percent(held, 3),
            ),
        ),
    )
