"""Exercises of lesson 10: how fast a pipeline brings money, what is open, which month's customers are whose."""

from __future__ import annotations

from dataclasses import replace

from course.drills.chance import Chance
from course.drills.frames import whole
from course.drills.kinds import Drill, Row, Step, Task, Trap, count, drill, money, need, number, percent, word
from funnel.calculators import pipeline as calculator
from funnel.formulas import pipeline
from funnel.links import scenario

DRILLS: list[Drill] = []
LESSON = "forecasting-and-pipeline"


def opened(**fields) -> tuple[str, dict[str, str]]:
    """Return the calculator of the pipeline with these numbers."""
    return "pipeline", scenario.encode(replace(calculator.Inputs(), **fields))


@drill(DRILLS, "velocity", LESSON, "number", 50)
def velocity(c: Chance) -> Task:
    if c.below(4) == 0:
        shorter = c.pick((0.05, 0.1, 0.2, 0.25, 0.4, 0.5))
        start = c.pick((30, 40, 60, 80, 100, 120))
        faster = 1 / (1 - shorter) - 1
        now = start * (1 - shorter)
        need(whole(now) and abs(faster - shorter) > 0.002)
        return Task(
            "number",
            faster,
            form="shorter",
            frame="base",
            unit="percent",
            digits=1,
            checked=start / now - 1,
            rows=(Row(word("cycle-before"), (count(start),)), Row(word("cycle-after"), (count(now),))),
            places={"a": count(start), "b": count(now)},
            traps=(Trap(shorter, "cycle"), Trap(1 / (1 - shorter), "all"), Trap(now / start, "rest")),
            steps=(
                Step(word("times-faster"), (count(start), "÷", count(now)), number(round(start / now, 4))),
                Step(word("more-by"), (number(round(start / now, 4)), "−", number(1)), percent(faster, 1)),
            ),
        )
    deals, size = c.whole(20, 120, 2), c.whole(2, 40) * 500
    won, days = c.pick((0.2, 0.25, 0.3, 0.4, 0.5)), c.pick((30, 40, 45, 48, 50, 60, 64, 72, 75, 80, 90, 96, 100, 120))
    per_day = deals * size * won / days
    need(whole(per_day) and per_day >= 50)
    all_won = deals * size * won
    m = lambda x: money(x, "USD")  # noqa: E731
    return Task(
        "number",
        per_day,
        form="day",
        frame="base",
        unit="money",
        currency="USD",
        rows=(
            Row(word("open-deals"), (count(deals),)),
            Row(word("deal-size"), (m(size),)),
            Row(word("win-rate"), (percent(won),)),
            Row(word("cycle"), (count(days),)),
        ),
        places={"deals": count(deals), "size": m(size)},
        checked=pipeline.velocity(deals, size, won, days),
        traps=(
            Trap(deals * size / days, "allwon"),
            Trap(all_won, "part"),
            Trap(30 * per_day, "per"),
            Trap(deals * size * (1 - won) / days, "rest"),
        ),
        steps=(
            Step(word("will-be-won"), (count(deals), "×", m(size), "×", percent(won)), m(all_won)),
            Step(word("per-day"), (m(all_won), "÷", count(days)), m(per_day)),
        ),
        opens=opened(opportunities=float(deals), value=float(size), win_rate=won, cycle=float(days)),
    )


@drill(DRILLS, "open-value", LESSON, "number", 60)
def open_value(c: Chance) -> Task:
    form = c.pick(("times", "expected", "weighted"))
    m = lambda x: money(x, "USD")  # noqa: E731
    won, time = c.pick((0.2, 0.25, 0.3, 0.4, 0.5)), c.pick((0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9))
    if form == "times":
        times = 1 / (won * time)
        need(abs(times - 3) > 0.2 and times <= 12.6)
        return Task(
            "number",
            times,
            form=form,
            frame="base",
            unit="number",
            digits=1,
            checked=pipeline.coverage(1, 1, won, time).needed,
            rows=(Row(word("value-won"), (percent(won),)), Row(word("in-time"), (percent(time),))),
            places={"won": percent(won), "time": percent(time)},
            traps=(Trap(3.0, "three"), Trap(1 / won, "miss"), Trap(won * time, "inverse"), Trap(1 / time, "miss")),
            steps=(
                Step(word("of-open"), (percent(won), "×", percent(time)), percent(won * time)),
                Step(word("times-needed"), (number(1), "÷", percent(won * time)), number(times, 1)),
            ),
        )
    if form == "expected":
        target = c.whole(100, 900, 50) * 1_000
        open_ = target * c.pick((2, 2.5, 3, 3.2, 3.5, 4, 5))
        comes = open_ * won * time
        need(whole(comes) and whole(open_))
        return Task(
            "number",
            comes,
            form=form,
            frame="base",
            unit="money",
            currency="USD",
            checked=pipeline.coverage(open_, target, won, time).expected,
            rows=(
                Row(word("open-money"), (m(open_),)),
                Row(word("target"), (m(target),)),
                Row(word("value-won"), (percent(won),)),
                Row(word("in-time"), (percent(time),)),
            ),
            places={"open": m(open_), "won": percent(won)},
            traps=(Trap(open_ * won, "miss"), Trap(target, "target"), Trap(open_ / 3, "three"), Trap(open_, "allwon")),
            steps=(
                Step(word("will-be-won"), (m(open_), "×", percent(won)), m(open_ * won)),
                Step(word("wins-in-time"), (m(open_ * won), "×", percent(time)), m(comes)),
            ),
            opens=opened(view="coverage", target=float(target), value_rate=won, in_period=time),
        )
    size = c.whole(3, 4)
    values = [c.whole(20, 400, 10) * 1_000 for _ in range(size)]
    chances = sorted(c.sample((0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.75, 0.8), size))
    total = sum(v * p for v, p in zip(values, chances, strict=True))
    plain = sum(values) * sum(chances) / size
    need(whole(total) and abs(plain - total) > 0.05 * total)
    names = ("deal-first", "deal-offer", "deal-talks", "deal-signing")[-size:]
    return Task(
        "number",
        total,
        form=form,
        frame="base",
        unit="money",
        currency="USD",
        columns=("open-money", "win-chance"),
        rows=tuple(Row(word(key), (m(v), percent(p))) for key, v, p in zip(names, values, chances, strict=True)),
        places={"open": m(values[0]), "won": percent(chances[0])},
        checked=pipeline.weighted_pipeline(list(zip(values, chances, strict=True))),
        traps=(Trap(sum(values), "allwon"), Trap(plain, "weights"), Trap(values[-1] * chances[-1], "part")),
        steps=(
            *(
                Step(word(key), (m(v), "×", percent(p)), m(v * p))
                for key, v, p in zip(names, values, chances, strict=True)
            ),
            Step(
                word("together"),
                tuple(x for v, p in zip(values, chances, strict=True) for x in (m(v * p), "+"))[:-1],
                m(total),
            ),
        ),
    )


@drill(DRILLS, "lag-month", LESSON, "number", 75)
def lag_month(c: Chance) -> Task:
    leads = [c.whole(200, 800, 20) for _ in range(3)]
    need(leads[0] < leads[2] and len(set(leads)) == 3)
    same, next_, later = c.pick(
        ((0.5, 0.3, 0.2), (0.4, 0.4, 0.2), (0.3, 0.5, 0.2), (0.2, 0.5, 0.3), (0.6, 0.3, 0.1), (0.25, 0.5, 0.25))
    )
    rate = c.pick((0.04, 0.05, 0.06, 0.08, 0.1, 0.12))
    ripe = leads[2] * same + leads[1] * next_ + leads[0] * later
    bought = ripe * rate
    need(whole(bought) and whole(ripe))
    return Task(
        "number",
        round(bought),
        frame="base",
        unit="count",
        rows=(
            *(Row(word(f"leads-month-{i + 1}"), (count(n),)) for i, n in enumerate(leads)),
            Row(word("buy-in-end"), (percent(rate),)),
            Row(word("lag-0"), (percent(same),)),
            Row(word("lag-1"), (percent(next_),)),
            Row(word("lag-2"), (percent(later),)),
        ),
        places={"a": count(leads[2]), "b": percent(same)},
        checked=pipeline.forecast(leads, (same, next_, later), rate).customers[2],
        traps=(
            Trap(rate * leads[2], "samemonth"),
            Trap(rate * (leads[0] * same + leads[1] * next_ + leads[2] * later), "backwards"),
            Trap(ripe, "part"),
            Trap(rate * sum(leads) / 3, "weights"),
        ),
        steps=(
            Step(
                word("ripe"),
                (
                    count(leads[2]),
                    "×",
                    percent(same),
                    "+",
                    count(leads[1]),
                    "×",
                    percent(next_),
                    "+",
                    count(leads[0]),
                    "×",
                    percent(later),
                ),
                count(round(ripe)),
            ),
            Step(word("buy-now"), (count(round(ripe)), "×", percent(rate)), count(round(bought))),
        ),
        opens=opened(view="forecast", leads=tuple(map(float, leads)), weights=(same, next_, later), rate=rate),
    )
