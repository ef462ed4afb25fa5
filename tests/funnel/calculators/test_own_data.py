"""Logs of events become funnels: against a slow and obvious count, and by the worked examples of the model's page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnel.calculators import own_data, stage_conversion
from funnel.calculators.own_data import Inputs, compute
from funnel.facts.sample_log import CHANNELS, EVENTS, sample_log
from funnel.facts.stages import Stage
from funnel.formulas.events import MAX_GROUPS, Rules, funnel_of
from funnel.links import scenario

# --- the slow, obvious count ----------------------------------------------------------------------------------------


def soon(gap: int, rules: Rules) -> bool:
    return gap >= 0 and (rules.window is None or gap <= rules.window)


def journey(events: list[tuple[int, int]], entry: int, rules: Rules) -> list[int]:
    """Return when each step was reached after an entry, as far as it leads. `events` are (time, step)."""
    reached = [entry]
    for step in range(1, len(rules.steps)):
        start = reached[-1] if rules.ordered else entry
        later = [time for time, which in events if which == step and time >= start and soon(time - entry, rules)]
        if not later:
            break
        reached.append(max(min(later), reached[-1]))
    return reached


def closed(people: dict, rules: Rules):
    depth, gaps, wholes, homes = [0] * len(rules.steps), [[] for _ in rules.steps], [], []
    for events in people.values():
        entries = sorted({time for time, step in events if step == 0})
        if not entries:
            continue
        walks = [journey(events, entry, rules) for entry in entries]
        best = max(walks, key=len)  # the first of the longest
        homes.append((best[0], events, len(best)))
        for k, moment in enumerate(best):
            depth[k] += 1
            if k:
                gaps[k].append(moment - best[k - 1])
        if len(best) == len(rules.steps):
            wholes.append(best[-1] - best[0])
    return depth, gaps, wholes


def opened(people: dict, rules: Rules):
    reached, went, gaps = [0] * len(rules.steps), [0] * len(rules.steps), [[] for _ in rules.steps]
    for events in people.values():
        for k in range(len(rules.steps)):
            here = [time for time, step in events if step == k]
            reached[k] += bool(here)
            if not k:
                continue
            for start in sorted(time for time, step in events if step == k - 1):
                after = [time - start for time in here if soon(time - start, rules)]
                before = [start - time for time in here if soon(start - time, rules)] if not rules.ordered else []
                if after or before:
                    went[k] += 1
                    gaps[k].append(min(after + before))
                    break
    return reached, went, gaps


def quartiles(values: list[int]) -> list[float] | None:
    return [float(x) for x in np.quantile(values, (0.25, 0.5, 0.75))] if values else None


def spread(found) -> list[float] | None:
    return None if found is None else [found.low, found.median, found.high]


logs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.integers(-3, 12)), max_size=40)
all_rules = st.builds(
    Rules,
    st.lists(st.integers(0, 4), min_size=1, max_size=4, unique=True).map(tuple),
    st.booleans(), st.booleans(), st.one_of(st.none(), st.integers(0, 10)),
)  # fmt: skip


def columns(rows):
    return [np.array([row[i] for row in rows], np.int64) for i in range(3)]


@settings(max_examples=500, deadline=None)
@given(logs, all_rules)
def test_the_fast_count_agrees_with_the_obvious_one(rows, rules):
    found = funnel_of(*columns(rows), rules)
    people: dict[int, list[tuple[int, int]]] = {}
    for person, event, time in rows:
        if event in rules.steps:
            people.setdefault(person, []).append((time, rules.steps.index(event)))
    if rules.closed:
        depth, gaps, wholes = closed(people, rules)
        assert list(found.people) == depth
        assert found.everyone == depth[0]
        assert list(found.went) == [0, *depth[1:]]
        if len(rules.steps) > 1:
            assert spread(found.whole) == quartiles(wholes)
    else:
        reached, went, gaps = opened(people, rules)
        assert (list(found.people), list(found.went)) == (reached, went)
        assert found.everyone == len(people)
    assert [spread(one) for one in found.times[1:]] == [quartiles(one) for one in gaps[1:]]


@settings(max_examples=150, deadline=None)
@given(logs, all_rules, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter_and_groups_add_up(rows, rules, random):
    grouped = [(*row, random.randrange(3)) for row in rows]
    shuffled = random.sample(grouped, len(grouped))
    groups = np.array([row[3] for row in grouped], np.int64), np.array([row[3] for row in shuffled], np.int64)
    found = funnel_of(*columns(grouped), rules, groups[0], 3)
    assert found == funnel_of(*columns(shuffled), rules, groups[1], 3)
    assert replace(found, groups=(), groups_went=()) == funnel_of(*columns(rows), rules)
    assert tuple(map(sum, zip(*found.groups, strict=True))) == found.people
    assert tuple(map(sum, zip(*found.groups_went, strict=True))) == found.went


@settings(max_examples=150, deadline=None)
@given(logs, all_rules)
def test_a_longer_window_no_order_and_more_entries_never_lose_anybody(rows, rules):
    log = columns(rows)

    def count(**more):
        found = funnel_of(*log, replace(rules, **more))
        return found.went if not found.everyone or not replace(rules, **more).closed else found.people

    narrow, wide = (0 if rules.window is None else rules.window), None
    assert all(a <= b for a, b in zip(count(window=narrow), count(window=wide), strict=True))
    assert all(a <= b for a, b in zip(count(ordered=True), count(ordered=False), strict=True))
    in_closed, in_open = (funnel_of(*log, replace(rules, closed=one)).people for one in (True, False))
    assert all(a <= b for a, b in zip(in_closed, in_open, strict=True))
    assert list(in_closed) == sorted(in_closed, reverse=True)


@settings(max_examples=100, deadline=None)
@given(logs, all_rules)
def test_a_clock_too_fine_for_one_number_changes_nothing(rows, rules):
    people, events, when = columns(rows)
    window = None if rules.window is None else rules.window * 10**15
    plain, fine = (
        funnel_of(people, events, when, rules),
        funnel_of(people, events, when * 10**15, replace(rules, window=window)),
    )
    assert (plain.people, plain.went, plain.everyone) == (fine.people, fine.went, fine.everyone)


def test_equal_moments_stand_in_the_order_of_the_funnel():
    day = np.array([0, 0, 0]), np.array([2, 0, 1]), np.array([7, 7, 7])
    assert funnel_of(*day, Rules((0, 1, 2))).people == (1, 1, 1)
    assert funnel_of(*day, Rules((0, 1, 2), window=0)).people == (1, 1, 1)


def test_a_later_entry_counts_when_it_leads_further():
    # A visit on day 1, another on day 20; the purchase follows on day 21. With a week's time, the second visit counts.
    log = np.array([0, 0, 0]), np.array([0, 0, 1]), np.array([1, 20, 21])
    found = funnel_of(*log, Rules((0, 1), window=7))
    assert (found.people, found.times[1].median) == ((1, 1), 1.0)
    assert funnel_of(*log, Rules((0, 1))).times[1].median == 20.0


def test_nothing_in_the_log_is_no_mistake():
    none = np.zeros(0, np.int64)
    for rules in (Rules((0, 1)), Rules((3, 1), ordered=False), Rules((0, 1), closed=False), Rules((0,), window=5)):
        found = funnel_of(none, none, none, rules, none, 2)
        assert (sum(found.people), found.everyone, found.whole) == (0, 0, None)
        assert found.groups == ((0,) * len(rules.steps),) * 2


@pytest.mark.parametrize("steps", [(), (1, 1), tuple(range(11))])
def test_steps_are_one_to_ten_and_different(steps):
    with pytest.raises(ValueError, match="steps"):
        Rules(steps)


# --- the calculator -------------------------------------------------------------------------------------------------


def of_sample(**more):
    return compute(replace(Inputs(), **more))


def test_the_sample_by_all_four_rules():
    """The worked example of docs/model.md."""
    assert of_sample().people == (577, 231, 125, 65, 37)
    assert of_sample(order="any").people == (577, 231, 141, 74, 42)
    opened_funnel = of_sample(entry="open")
    assert opened_funnel.people == (577, 254, 153, 81, 46)
    assert opened_funnel.went == (None, 231, 137, 81, 46)
    assert opened_funnel.entered == 600
    assert of_sample(entry="open", order="any").went == (None, 231, 153, 81, 46)


def test_the_sample_within_a_window():
    assert of_sample(window=7.0).people == (577, 231, 125, 65, 24)
    assert of_sample(window=1.0).people == of_sample(window=24.0, unit="hours").people == (577, 230, 117, 13, 0)
    assert of_sample(window=1.0).overall == 0


def test_rates_of_the_sample():
    found = of_sample()
    assert [rate and round(rate, 4) for rate in found.rates] == [None, 0.4003, 0.5411, 0.52, 0.5692]
    assert round(found.overall, 4) == 0.0641
    assert found.lost == (None, 346, 106, 60, 28)
    open_rates = of_sample(entry="open")
    assert [rate and round(rate, 4) for rate in open_rates.rates] == [None, 0.4003, 0.5394, 0.5294, 0.5679]
    assert round(open_rates.overall, 4) == 0.0767
    assert open_rates.lost == (None, 346, 117, 72, 35)


def test_times_of_the_sample():
    hour = 3_600_000
    found = of_sample().log
    assert [round(one.median / hour, 1) for one in found.times[1:]] == [0.5, 8.7, 38.3, 72.1]
    assert (found.whole.count, round(found.whole.median / hour, 1)) == (37, 149.0)


def test_the_sample_has_what_real_logs_have():
    log = sample_log()
    assert len(CHANNELS) <= MAX_GROUPS
    assert set(log.events.tolist()) == set(range(len(EVENTS)))
    assert (np.diff(log.when) >= 0).all()
    assert len(log.events) == 1458


def test_fewer_steps_in_another_order():
    found = of_sample(stages=(Stage("signup"), Stage("paid")))
    assert found.people[0] == 254
    assert compute(replace(Inputs(), stages=(Stage("paid"), Stage("visits")))).people[0] == 46


def test_one_s_own_counts_and_their_edge_cases():
    own = replace(
        Inputs.origin("own"), kind="stages", stages=tuple(Stage(name=x) for x in "abc"), counts=(1000.0, 400.0, 460.0)
    )
    found = compute(own)
    assert (found.rates, found.overall, found.growth) == ((None, 0.4, 1.15), 0.46, (2,))
    assert compute(replace(own, counts=(0.0, 0.0, None))).rates == (None, None, None)
    assert compute(Inputs.origin("own")).overall is None


def test_the_result_of_a_log_travels_in_a_link_without_its_events():
    log = sample_log()
    own = replace(
        Inputs.origin("own"),
        entry="open",
        stages=tuple(Stage(name=x) for x in ("seen", "joined", "paid")),
        counts=(None,) * 3,
    )
    counted = own_data.with_result(own, own_data.count_log(own, (0, 1, 4), log.people, log.events, log.when))
    again = scenario.decode(Inputs, scenario.encode(counted))
    assert (again.inputs, again.changes) == (counted, ())
    assert compute(counted).people == (577, 254, 46)
    assert compute(counted).went == (None, 231, 46)
    assert sum(map(len, scenario.encode(counted).values())) < 120


def test_stage_conversion_takes_the_same_people():
    given = own_data.to_stage_conversion(Inputs())
    assert given.stages == Inputs().stages
    assert stage_conversion.compute(given).now.counts == (577, 231, 125, 65, 37)
    assert stage_conversion.compute(given).now.overall == compute(Inputs()).overall


@pytest.mark.parametrize(
    "fields",
    [{"counts": (1.0,) * 5}, {"kind": "stages"}, {"stages": (Stage(name="x"), Stage("paid"))}, {"stages": (Stage("paid"),) * 2},
     {"stages": (Stage("paid"),)}, {"source": "own", "counts": (1.0,)}],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(fields):
    with pytest.raises(ValueError, match=r"sample|stage"):
        replace(Inputs(), **fields)
