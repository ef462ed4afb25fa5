"""Stage conversion, what follows: the sentence, the chart, the table, three bottlenecks, what an improvement is worth."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from funnel.calculators import stage_conversion as model
from funnel.calculators.stage_conversion import CopyResult
from funnel.facts.stages import MODELS, PRESETS
from funnel.formulas.conversion import Values
from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, Cell, Heading, Paragraph, Table, Unknown, table
from statements.calculator import Calculator, TableOfNumbers
from statements.calculators.stage_conversion.words import Words
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.settings import Group, Pick
from statements.text import _, stage_name

SLUG = "stage_conversion"
SOURCES = (*MODELS, *PRESETS)


def field_names() -> dict[str, str]:
    """Return what the fields are called: they are set on the figure itself."""
    return {
        "source": _("the model"),
        "stages": _("the stages"),
        "basis": _("what is entered"),
        "now": _("the numbers of “now”"),
        "what_if": _("the numbers of “what if”"),
        "reference": _("the reference rates"),
        "title": _("the name of the funnel"),
    }


def basis() -> Pick:
    """Return the choice between typing people and typing rates."""
    return Pick(
        "basis",
        _("What do you enter?"),
        {"rates": _("Rates: the counts below follow"), "people": _("People: the counts below stay")},
        help=_(
            "With people, you type how many are at each stage and the step rates follow. With rates, you "
            "type the number at the top and the step rates, and the people below follow."
        ),
        put=model.rebase,
    )


def groups(_inputs: model.Inputs) -> list[Group]:
    """Return no fields: the numbers stand on the figure."""
    return []


def findings(inputs: model.Inputs) -> Findings:
    """Say how many reach the last stage, or what changed and why; draw both copies; explain every edge case."""
    result = model.compute(inputs)
    words = Words(inputs, result)
    return Findings(
        headline=words.headline(),
        figures=[_last(words)],
        notes=words.issues(),
        charts=[_bars(Words(inputs, result, plain=True))],
        body=revenue(words) + tables(words),
    )


def revenue(words: Words) -> Blocks:
    """Say what the people at the last stage bring, where an average sale is known."""
    now, new = words.result.revenue
    if now is None and new is None:
        return []
    say = Say(words.inputs.currency)
    facts = {"amount": say.money(words.inputs.average_sale), "last": words.names[-1], "now": say.money(now)}
    if words.result.what_if is None:
        sentence = _("At %(amount)s for each one, “%(last)s” bring %(now)s.")
    else:
        sentence = _("At %(amount)s for each one, “%(last)s” bring %(now)s now and %(new)s in “what if”.")
    return [Paragraph(words.say(sentence, facts | {"new": say.money(new)}))]


def _last(words: Words) -> KeyFigure:
    """Return how many are at the last stage; beside it the overall rate, or what “what if” changes."""
    last = words.current.counts[-1]
    if words.result.difference is None:
        beside = words.percent(words.current.overall)
    else:
        beside = words.numbers.change(words.result.now.counts[-1], last)
    return KeyFigure(words.names[-1], words.count(last), beside)


def tables(words: Words) -> Blocks:
    """Return the numbers, the bottlenecks and the levers."""
    return _numbers(words) + _bottlenecks(words) + _levers(words)


def _bars(words: Words) -> Bars:
    """Draw for each stage its name, then a line of words and a bar for each copy."""
    result, bars = words.result, Bars()
    copies = [("now", result.now)] if result.what_if is None else [("before", result.now), ("what_if", result.what_if)]
    longest = max((count for _kind, copy in copies for count in copy.counts if count), default=1.0)

    def share(count: float | None) -> float | None:
        return None if count is None else count / longest

    for i, name in enumerate(words.names):
        for place, (kind, copy) in enumerate(copies):
            low = high = None
            interval = copy.intervals[i]
            if interval is not None:  # as unsure as it is: what chance alone could make of this bar
                low, high = (share(certain(copy.counts[i - 1]) * x) for x in interval)
            until = share(copy.counts[i - 1]) if i else None
            note = _note(words, kind, copy, i)
            bars.add("" if place else name, note, share(copy.counts[i]), kind=kind, until=until, low=low, high=high)
    return bars


def _note(words: Words, kind: str, copy: CopyResult, i: int) -> str:
    """Say a stage's count and, of whom, its step rate."""
    facts = {"count": words.count(copy.counts[i]), "rate": words.percent(copy.rates[i])}
    if i == 0:
        sentence = {"now": "%(count)s", "before": _("Now: %(count)s"), "what_if": _("What if: %(count)s")}[kind]
    else:
        sentence = {
            "now": _("%(count)s · %(rate)s of the stage before"),
            "before": _("Now: %(count)s · %(rate)s of the stage before"),
            "what_if": _("What if: %(count)s · %(rate)s of the stage before"),
        }[kind]
    return words.say(sentence, facts)


def _numbers(words: Words) -> Blocks:
    """Return the same numbers as a table; with two copies, the difference in people and in points."""
    result, numbers = words.result, words.numbers
    if result.what_if is None:
        now = result.now
        headers = [
            _("Stage"),
            _("People"),
            _("Step rate (of the stage before)"),
            _("What chance allows for it (%(sure)s)") % {"sure": numbers.percent(0.95, places=0)},
            _("Rate from the top"),
            _("Lost on the way here"),
        ]
        rows = [
            [
                name,
                words.count(now.counts[i]),
                words.percent(now.rates[i]) if i else "",
                words.between(now.intervals[i]) if i else "",
                words.percent(now.from_top[i]),
                words.count(now.lost[i]) if i else "",
            ]
            for i, name in enumerate(words.names)
        ]
        return table(_("Every stage in numbers"), headers, rows)
    now, new, difference = result.now, result.what_if, result.difference

    def gap(x: float | None, form: Callable[[float], str]) -> str:
        return numbers.dash if x is None else form(x)

    headers = [
        _("Stage"),
        _("Now"),
        _("What if"),
        _("Difference in people"),
        _("Step rate now"),
        _("Step rate, what if"),
        _("Difference in points"),
        _("From the top, now"),
        _("From the top, what if"),
    ]
    rows = [
        [
            name,
            words.count(now.counts[i]),
            words.count(new.counts[i]),
            numbers.change(now.counts[i], new.counts[i]),
            *(
                (
                    words.percent(now.rates[i]),
                    words.percent(new.rates[i]),
                    gap(certain(difference).rates[i], numbers.points),
                )
                if i
                else ("", "", "")
            ),
            words.percent(now.from_top[i]),
            words.percent(new.from_top[i]),
        ]
        for i, name in enumerate(words.names)
    ]
    return table(_("Now and what if, stage by stage"), headers, rows)


def _bottlenecks(words: Words) -> Blocks:
    """Return the three definitions of the bottleneck, each with its own answer, and say why they differ."""
    found, copy, numbers = words.result.bottlenecks, words.current, words.numbers
    unknown = Unknown(numbers.dash)

    def at(indexes: Sequence[int], values: Values, form: Callable[[float | None], str]) -> tuple[Cell, Cell]:
        return (words.steps(indexes), form(values[indexes[0]])) if indexes else (unknown, unknown)

    rows: list[Sequence[Cell]] = []
    where, value = at(found.lowest_rate, copy.rates, words.percent)
    rows.append([words.say(_("Lowest step rate")), where, value])
    where, value = at(found.largest_loss, copy.lost, words.count)
    rows.append([words.say(_("Most people lost")), where, value])
    where, value = at(found.largest_gain, found.gains, lambda x: numbers.count(certain(x), signed=True))
    most = _("Most to gain at “%(last)s”, if the step reached its reference rate")
    rows.append([words.say(most, {"last": words.names[-1]}), where, value])
    if not found.lowest_rate:
        why = _("With these numbers no step rate is defined yet.")
    elif not any(b is not None for b in words.inputs.reference[1:]):
        why = _(
            "The third needs a reference rate: what this step has reached before, or a comparable business. "
            "Fill in at least one below; without it, a low rate may simply be what such a step is like."
        )
    elif not found.largest_gain:
        why = _("No step is below its reference rate, so the third definition finds nothing to gain.")
    elif found.agree:
        why = _("Here all three point to the same step. That is not always so: they ask different questions.")
    else:
        why = _(
            "They ask different questions. The first looks at the share that goes on, the second at the number of people, "
            "and early steps lose most people in nearly every funnel. Only the third asks what could be won at the end: "
            "compare it with the cost of the change, and start there."
        )
    head = [_("Definition"), _("Step"), _("Value")]
    return [
        Heading(_("Where is the bottleneck?")),
        Table(_("Three definitions of the bottleneck"), head, rows, words=2),
        Paragraph(why),
    ]


def _levers(words: Words) -> Blocks:
    """Return what 10 % relative and one point at each step are worth in people at the end, best point first."""
    result, numbers = words.result, words.numbers

    def gain(x: float | None, capped: bool) -> str:
        text = numbers.dash if x is None else numbers.count(x, signed=True)
        return text + (" *" if capped else "")

    order = list(result.ranked_by_point) + [
        lever.index for lever in result.levers if lever.index not in result.ranked_by_point
    ]
    levers = {lever.index: lever for lever in result.levers}
    rows = [
        [
            words.short_step(i),
            words.percent(words.current.rates[i]),
            gain(levers[i].relative, levers[i].relative_capped),
            gain(levers[i].point, levers[i].point_capped),
        ]
        for i in order
    ]
    head = [
        _("Step"),
        _("Rate"),
        _("%(tenth)s relative gain") % {"tenth": numbers.percent(0.1, places=0)},
        _("One point more"),
    ]
    facts = {
        "tenth": numbers.percent(0.1, places=0),
        "all": numbers.percent(1.0),
        "last": words.names[-1],
        "step": words.step(order[0]),
    }
    notes = [_("The numbers count people at “%(last)s”.")]
    if result.equal_relative and len(rows) > 1:
        notes.append(
            _("A relative gain of %(tenth)s is worth the same at every step, because the rates are multiplied.")
        )
    if result.ranked_by_point and len(rows) > 1:
        notes.append(_("A whole point is worth most where the rate is smallest: here %(step)s."))
    if any(lever.relative_capped or lever.point_capped for lever in result.levers):
        notes.append(_("* The rate cannot pass %(all)s, so it was held there."))
    notes.append(
        _(
            "This counts before costs, and as long as the other rates stay what they are: more people of a worse fit "
            "may lower a rate further down."
        )
    )
    caption = _("More people at the last stage, from one change at a time")
    return [
        Heading(_("What is an improvement worth?")),
        Table(caption, head, rows, marked=0 if rows else None),
        Paragraph(" ".join(words.say(note, facts) for note in notes)),
    ]


COLUMNS = ["copy", "stage_id", "stage", "people", "step_rate", "rate_low_95", "rate_high_95", "rate_from_top", "lost"]


def csv_table(inputs: model.Inputs) -> TableOfNumbers:
    """Return the numbers of both copies: ids, names as shown, plain numbers; rates are fractions."""
    result = model.compute(inputs)
    rows = []
    for copy, found in (("now", result.now), ("what_if", result.what_if)):
        if found is None:
            continue
        for i, stage in enumerate(inputs.stages):
            rows.append(
                [
                    copy,
                    stage.id,
                    stage_name(stage, i),
                    _whole(found.counts[i]),
                    found.rates[i],
                    *(found.intervals[i] or (None, None)),
                    found.from_top[i],
                    _whole(found.lost[i]),
                ]
            )
    return COLUMNS, rows


def _whole(x: float | None) -> float | int | None:
    """Return a whole number of people without ".0", as a spreadsheet would write it."""
    return int(x) if x is not None and x.is_integer() else x


CALCULATOR = Calculator(SLUG, model, groups, findings, csv_table, names=field_names)
