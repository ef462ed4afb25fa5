"""Your own data, what follows: the sentence, the chart, how long each step took, the groups beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from funnel.calculators import own_data as model
from funnel.facts.sample_log import EVENTS, sample_log
from funnel.facts.stages import Stage
from funnel.formulas.conversion import ratio
from funnel.formulas.events import EventFunnel
from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, Heading, Paragraph, table
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.own_data.words import duration, rule_notes, sample_channels, sample_events, stage_texts
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.settings import Group
from statements.text import _, short_name, shown_name, typed

HOUR = 3_600_000


@dataclass(frozen=True)
class Live:
    """Hold a log whose events are here, so that other rules can be tried: the sample's, or the learner's own.

    The first four are arrays, as `funnel.formulas.events.funnel_of` takes them.

    `stages` gives each event's code the stage that it is in the Inputs; `names` and `group_names` are for the reader;
    `by` names what the groups are.
    """

    people: Any
    events: Any
    when: Any
    groups: Any
    stages: tuple[Stage, ...]
    names: Sequence[str]
    counts: Sequence[int]
    group_names: Sequence[str] = ()
    by: str = ""

    def codes(self, stages: Sequence[Stage]) -> tuple[int, ...] | None:
        """Return the stages' event codes; None where one of them is no event of this log."""
        place = {stage: i for i, stage in enumerate(self.stages)}
        found = tuple(place[stage] for stage in stages if stage in place)
        return found if len(found) == len(stages) else None

    def count(self, inputs: model.Inputs) -> EventFunnel:
        """Count the log by the inputs' rules."""
        steps = self.codes(inputs.stages)
        return model.count_log(
            inputs, certain(steps), self.people, self.events, self.when, self.groups, len(self.group_names)
        )


def sample_live() -> Live:
    """Return the sample's log in the reader's words."""
    log = sample_log()
    return Live(
        log.people, log.events, log.when, log.channels, tuple(map(Stage, EVENTS)), sample_events(), log.counts,
        sample_channels(), _("Channel"),
    )  # fmt: skip


def field_names() -> dict[str, str]:
    """Return what the fields are called: they are set where the data are brought."""
    return {
        "kind": _("what the numbers come from"),
        "order": _("the order of the steps"),
        "entry": _("where one comes in"),
        "window": _("the time limit"),
        "unit": _("the unit of the time limit"),
        "stages": _("the stages"),
        "counts": _("the people at each stage"),
        "went": _("who came from the stage before"),
        "everyone": _("everybody who came in"),
    }


def groups(_inputs: model.Inputs) -> list[Group]:
    """Return no fields: the numbers come out of what was brought."""
    return []


def findings(inputs: model.Inputs, live: Live | None = None, log: EventFunnel | None = None) -> Findings:
    """Say what came out. `live` is the log where its events are here, `log` its count (for the sample, compute's own)."""
    say, result = Say(), model.compute(inputs)
    names = [shown_name(stage, i) for i, stage in enumerate(inputs.stages)]
    live = live or (sample_live() if inputs.source == "sample" else None)
    log = log or result.log
    return Findings(
        headline=_headline(say, inputs, result, names, log),
        figures=_figures(say, inputs, result, log),
        notes=_notes(say, inputs, result, names, live),
        charts=[bars(say, inputs, result)] if any(result.people) else [],
        body=_numbers(say, inputs, result, names) + _times(say, names, log) + _groups(say, inputs, names, live, log),
    )


def _headline(say: Say, inputs: model.Inputs, result: model.Result, names: list[str], log: EventFunnel | None) -> str:
    people = result.people
    if people[0] is None or people[-1] is None:
        return say(_("There are no numbers yet: paste a table or choose a file."))
    facts = {
        "top": say.count(result.entered),
        "first": names[0],
        "last": names[-1],
        "overall": say.percent(result.overall),
    }
    if not result.entered:
        return say(_("Nobody is at “%(first)s”, so an overall rate is not defined."), **facts)
    if _open(inputs):
        return say.plural(
            "Of %(top)s who came in at any stage, %(n)s was at “%(last)s”: %(overall)s.",
            "Of %(top)s who came in at any stage, %(n)s were at “%(last)s”: %(overall)s.",
            people[-1], **facts,
        )  # fmt: skip
    said = say.plural(
        "Of %(top)s at “%(first)s”, %(n)s reaches “%(last)s”: an overall rate of %(overall)s.",
        "Of %(top)s at “%(first)s”, %(n)s reach “%(last)s”: an overall rate of %(overall)s.",
        people[-1], **facts,
    )  # fmt: skip
    losses = [(gone, i) for i, gone in enumerate(result.lost) if gone]
    if losses and max(losses)[0] > 0:
        gone = max(losses)[0]
        worst = [i for lost, i in losses if lost == gone]  # whole people
        if len(worst) > 1:
            steps = [say(_("“%(before)s” to “%(stage)s”"), before=names[i - 1], stage=names[i]) for i in worst]
            said += " " + say(
                _("Most people are lost at several steps alike: %(steps)s. Number at each: %(n)s."),
                steps=say.join(steps), n=say.count(gone),
            )  # fmt: skip
        else:
            said += " " + say.plural(
                "Most people are lost from “%(before)s” to “%(stage)s”: %(n)s person does not go on.",
                "Most people are lost from “%(before)s” to “%(stage)s”: %(n)s people do not go on.",
                gone, before=names[worst[0] - 1], stage=names[worst[0]],
            )  # fmt: skip
    if log is not None and log.whole is not None:
        said += " " + say(
            _("The typical time from the first stage to the last: %(time)s."), time=duration(say, log.whole.median)
        )
    return said


def _open(inputs: model.Inputs) -> bool:
    return inputs.kind == "events" and inputs.entry == "open"


def _figures(say: Say, inputs: model.Inputs, result: model.Result, log: EventFunnel | None) -> list[KeyFigure]:
    of_whom = _("of everybody who came in") if _open(inputs) else _("of those at the first stage")
    shown = [KeyFigure(_("Overall rate"), say.percent(result.overall), of_whom)]
    shown.append(KeyFigure(_("People at the last stage"), say.count(result.people[-1])))
    if _open(inputs):
        shown.append(KeyFigure(_("Came in at any stage"), say.count(result.entered)))
    elif log is not None and log.whole is not None:
        shown.append(
            KeyFigure(_("Typical time, first to last"), duration(say, log.whole.median), _("half took less, half more"))
        )
    return shown


def _notes(
    say: Say, inputs: model.Inputs, result: model.Result, names: list[str], live: Live | None
) -> list[str]:  # fmt: skip
    notes = []
    for i in result.growth:
        if inputs.kind == "stages":
            notes.append(
                say(
                    _(
                        "“%(stage)s” has more than “%(before)s” (%(rate)s). In a closed funnel that cannot be: people "
                        "came in late, two periods were mixed, or somebody was counted twice. The rate is shown as it is."
                    ),
                    stage=names[i], before=names[i - 1], rate=say.percent(result.rates[i]),
                )
            )  # fmt: skip
        else:
            notes.append(
                say(
                    _("“%(stage)s” has more than “%(before)s”: many came there another way."),
                    stage=names[i],
                    before=names[i - 1],
                )
            )
    for i, rate in enumerate(result.rates):
        if i and rate is None and result.people[i - 1] == 0:
            notes.append(
                say(
                    _("“%(before)s” has nobody, so the rate from there to “%(stage)s” is not defined; it is not %(zero)s."),
                    before=names[i - 1], stage=names[i], zero=say.percent(0),
                )
            )  # fmt: skip
    if inputs.kind == "events":
        notes += rule_notes(say, inputs, names[0])
        if inputs.source == "own" and live is None and result.people[0] is not None:
            notes.append(
                say(
                    _(
                        "The events behind this result are not here: a link carries only the numbers. Other rules can be tried "
                        "where the log is."
                    )
                )
            )
    return notes


def bars(say: Say, inputs: model.Inputs, result: model.Result) -> Bars:
    """Return the chart: a bar a stage, with its people and its step rate."""
    found, longest = Bars(), max(count or 0.0 for count in result.people) or 1.0
    for i, (text, count) in enumerate(zip(stage_texts(inputs.stages), result.people, strict=True)):
        note = say.count(count)
        if i:
            note = _("%(count)s · %(rate)s of the stage before") % {"count": note, "rate": say.percent(result.rates[i])}
        before = result.people[i - 1] if i and not _open(inputs) else None
        found.add(
            text, note, None if count is None else count / longest, until=None if before is None else before / longest
        )
    return found


def _numbers(say: Say, inputs: model.Inputs, result: model.Result, names: list[str]) -> Blocks:
    """Return every stage in numbers."""
    if result.people[0] is None and result.people[-1] is None:
        return []
    form: Callable[[float | None], str] = say.count
    rows = []
    for i, name in enumerate(names):
        count, went = result.people[i], result.went[i]
        row = [name, form(count)]
        if _open(inputs):
            row += [
                form(went) if i else "",
                form(None if went is None or count is None else count - went) if i else form(count),
            ]
        row += [say.percent(result.rates[i]) if i else "", say.percent(result.from_top[i])]
        rows.append(row if _open(inputs) else [*row, form(result.lost[i]) if i else ""])
    if _open(inputs):
        head = [
            _("Stage"), _("People"), _("Came from the stage before"), _("Came another way"), _("Step rate (of the stage before)"),
            _("Share of everybody who came in"),
        ]  # fmt: skip
    else:
        head = [
            _("Stage"), _("People"), _("Step rate (of the stage before)"), _("Rate from the top"), _("Lost on the way here"),
        ]  # fmt: skip
    return table(_("Every stage in numbers"), head, rows)


def _times(say: Say, names: list[str], log: EventFunnel | None) -> Blocks:
    """Return how long each step took: median and quartiles."""
    if log is None or not any(log.times):
        return []
    rows = []
    steps = [
        (say(_("“%(before)s” to “%(stage)s”"), before=short_name(names[i - 1]), stage=short_name(names[i])), one)
        for i, one in enumerate(log.times)
        if i
    ]
    if log.whole is not None and len(names) > 2:
        steps.append((say(_("the whole way")), log.whole))
    for step, one in steps:
        spread = [say.dash] * 3 if one is None else [duration(say, x) for x in (one.low, one.median, one.high)]
        rows.append([step, *spread, say.count(0 if one is None else one.count)])
    head = [_("Step"), _("The fastest quarter: up to"), _("Half: up to"), _("Three quarters: up to"), _("People")]
    title = _("How long does it take?")
    note = _("Only those who took the step count here. Those who have not taken it yet may take longer.")
    return _section(title, table(_("Time between the stages: median and quartiles"), head, rows), note)


def _section(title: str, content: Blocks, note: str) -> Blocks:
    return [Heading(title), *content, Paragraph(note)]


def _groups(say: Say, inputs: model.Inputs, names: list[str], live: Live | None, log: EventFunnel | None) -> Blocks:
    """Return the groups beside each other, most people first."""
    if live is None or log is None or not log.groups:
        return []
    rows = []
    for group, counts in zip(live.group_names, log.groups, strict=True):
        if not any(counts):
            continue
        cells = [typed(group) if inputs.source == "own" else group, *map(say.count, counts)]
        rows.append(cells if _open(inputs) else [*cells, say.percent(ratio(counts[-1], counts[0]))])
    if not rows:
        return []
    head = [live.by, *stage_texts(inputs.stages), *([] if _open(inputs) else [_("Overall rate")])]
    title = _("Groups beside each other")
    note = _("A person belongs to the group of the event with which she came in.")
    return _section(title, table(_("People at each stage, by group"), head, rows), note)


COLUMNS = [
    "group", "stage_id", "stage", "people", "from_stage_before", "step_rate", "share_of_entered", "hours_quartile_1",
    "hours_median", "hours_quartile_3",
]  # fmt: skip


def csv_table(
    inputs: model.Inputs, live: Live | None = None, log: EventFunnel | None = None
) -> TableOfNumbers:  # fmt: skip
    """Return the result as ids and plain numbers: all people first ("" as group), then each group."""
    result, texts = model.compute(inputs), stage_texts(inputs.stages)
    live = live or (sample_live() if inputs.source == "sample" else None)
    log = log or result.log
    rows: list[list[object]] = []
    for i, stage in enumerate(inputs.stages):
        one = log.times[i] if log else None
        hours = [None] * 3 if one is None else [x / HOUR for x in (one.low, one.median, one.high)]
        rows.append(
            ["", stage.id, texts[i], result.people[i], result.went[i], result.rates[i], result.from_top[i], *hours]
        )
    for group, counts, went in (
        zip(live.group_names, log.groups, log.groups_went, strict=True) if live and log and log.groups else ()
    ):
        for i, stage in enumerate(inputs.stages):
            rate = ratio(went[i], counts[i - 1]) if i else None
            share = ratio(counts[i], counts[0]) if inputs.entry == "closed" else None
            rows.append([group, stage.id, texts[i], counts[i], went[i] if i else None, rate, share, None, None, None])
    return COLUMNS, rows


CALCULATOR = Calculator("own_data", model, groups, findings, csv_table, names=field_names)
