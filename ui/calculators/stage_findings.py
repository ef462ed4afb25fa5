"""Stage conversion, what is seen: the sentence, the chart, the table, three bottlenecks, what an improvement is worth."""

from __future__ import annotations

import streamlit as st

from funnel.calculators.stage_conversion import CopyResult
from ui import charts, state
from ui.calculators.stage_words import Words
from ui.kit.say import Say
from ui.tables import table
from ui.text import _, escape

ENDS = ("low", "high")


def draw_why(words: Words, veiled: bool = False) -> None:
    """Draw what the figure's own sentence leaves out: where most are lost, the warnings; and the address.

    ``veiled``: the learner is asked to guess first, so nothing is said yet.
    """
    said = "" if veiled else "".join(f"<p>{one}</p>" for one in words.why()) + _notes(words) + _revenue(words)
    st.html(f'<div class="tf-note">{said}</div>{state.address(words.inputs)}')


def _notes(words: Words) -> str:
    notes = "".join(f"<li>{line}</li>" for line in words.issues())
    return f'<ul class="tf-notes">{notes}</ul>' if notes else ""


def draw_headline(words: Words) -> None:
    """Draw the sentence and the warnings; with them the line for a phone and the address, which change just as often."""
    said = f'<p class="tf-headline" role="status">{words.headline()}</p>'
    st.html(said + _revenue(words) + _notes(words) + _strip(words) + state.address(words.inputs))


def _revenue(words: Words) -> str:
    """Say what the people at the last stage bring, where an average sale is known."""
    now, new = words.result.revenue
    if now is None and new is None:
        return ""
    say = Say(words.inputs.currency)
    facts = {"amount": say.money(words.inputs.average_sale), "last": words.names[-1], "now": say.money(now)}
    if words.result.what_if is None:
        sentence = _("At %(amount)s for each one, “%(last)s” bring %(now)s.")
    else:
        sentence = _("At %(amount)s for each one, “%(last)s” bring %(now)s now and %(new)s in “what if”.")
    return f"<p>{words.say(sentence, facts | {'new': say.money(new)})}</p>"


def _strip(words: Words) -> str:
    """Return the one line that stays in sight on a phone; the headline says the same to a screen reader."""
    last = words.current.counts[-1]
    facts = {"stage": words.names[-1], "count": words.count(last)}
    if words.result.difference is None:
        extra = words.percent(words.current.overall)
    else:
        extra = words.numbers.change(words.result.now.counts[-1], last)
    text = words.say(_("%(stage)s: %(count)s"), facts)
    return f'<div class="tf-strip" aria-hidden="true"><span>{text}</span><span>{extra}</span></div>'


def draw_chart(words: Words) -> None:
    """Draw the chart; its text alternative is the sentence beside it."""
    plain = Words(words.inputs, words.result)
    charts.funnel_chart(chart_rows(plain), rtl=state.reader().rtl, alt_text=plain.headline(), key="funnel")


def draw_tables(words: Words, veiled: bool = False) -> None:
    """Draw the numbers, the bottlenecks and the levers, as one element: three would cost the server three times."""
    st.html("<span></span>" if veiled else tables(words))


def tables(words: Words) -> str:
    """Return the tables as HTML."""
    return _numbers(words) + _bottlenecks(words) + _levers(words)


def chart_rows(words: Words) -> list[dict]:
    """Return the chart's lines: for each stage its name, then a line of words and a bar for each copy."""
    result, rows = words.result, []
    copies = [("now", result.now)] if result.what_if is None else [("before", result.now), ("what_if", result.what_if)]
    longest = max((count for _kind, copy in copies for count in copy.counts if count), default=1.0)

    # A line takes the direction of its first letter; without this mark that could be the one beside a percent sign.
    mark = "\u200f" if state.reader().rtl else ""

    def add(kind: str, text: str = "", value: float | None = None, until: float | None = None) -> None:
        rows.append({"line": len(rows), "kind": kind, "text": text and mark + text, "value": value, "until": until})

    def share(count: float | None) -> float | None:
        return None if count is None else count / longest

    for i, name in enumerate(words.names):
        add("title", name)
        for kind, copy in copies:
            add("note", _note(words, kind, copy, i))
            add(kind, "", share(copy.counts[i]), share(copy.counts[i - 1]) if i else None)
            if copy.intervals[i] is not None:  # as unsure as it is: what chance alone could make of this bar
                rows[-1] |= {end: share(copy.counts[i - 1] * x) for end, x in zip(ENDS, copy.intervals[i], strict=True)}
    return rows


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


def _numbers(words: Words) -> str:
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

    def gap(x: float | None, form) -> str:
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
                (words.percent(now.rates[i]), words.percent(new.rates[i]), gap(difference.rates[i], numbers.points))
                if i
                else ("", "", "")
            ),
            words.percent(now.from_top[i]),
            words.percent(new.from_top[i]),
        ]
        for i, name in enumerate(words.names)
    ]
    return table(_("Now and what if, stage by stage"), headers, rows)


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _bottlenecks(words: Words) -> str:
    """Return the three definitions of the bottleneck, each with its own answer, and say why they differ."""
    found, copy, numbers = words.result.bottlenecks, words.current, words.numbers
    unknown = f'<span class="tf-quiet">{escape(numbers.dash)}</span>'

    def at(indexes, values, form) -> tuple[str, str]:
        return (words.steps(indexes), form(values[indexes[0]])) if indexes else (unknown, unknown)

    rows = []
    where, value = at(found.lowest_rate, copy.rates, words.percent)
    rows.append([words.say(_("Lowest step rate")), where, value])
    where, value = at(found.largest_loss, copy.lost, words.count)
    rows.append([words.say(_("Most people lost")), where, value])
    where, value = at(found.largest_gain, found.gains, lambda x: numbers.count(x, signed=True))
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
    return (
        _heading(_("Where is the bottleneck?"))
        + table(_("Three definitions of the bottleneck"), head, rows, words=2)
        + f'<p class="tf-note">{escape(why)}</p>'
    )


def _levers(words: Words) -> str:
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
            words.step(i),
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
    return (
        _heading(_("What is an improvement worth?"))
        + table(_("More people at the last stage, from one change at a time"), head, rows, marked=0 if rows else None)
        + f'<p class="tf-note">{" ".join(words.say(note, facts) for note in notes)}</p>'
    )
