"""Mix shift: what two periods say about each other, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from funnel.calculators import mix_shift as model
from funnel.formulas.mix import Shift
from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, Items, Math, between, formula, fraction, heading, table, term
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.text import _, name, typed

PLACES = 2  # a tenth of a point would hide what the effects are about
MOST_TERMS = 3  # more would not fit into a line


def segment_name(segment: model.Label, index: int) -> str:
    """Return a segment's name: the known one in the learner's language, her own as typed, else its number."""
    if segment.id:
        return name("segments", segment.id)
    return segment.name or _("Segment %(number)s") % {"number": Say().count(index + 1)}


class Words:
    """The names of the segments, plain and isolated, and numbers as this page writes them."""

    def __init__(self, inputs: model.Inputs, result: model.Result) -> None:
        self.inputs, self.result, self.say = inputs, result, Say()
        self.names = [segment_name(segment, i) for i, segment in enumerate(inputs.segments)]
        self.safe = [words if one.id else typed(words) for one, words in zip(inputs.segments, self.names, strict=True)]

    def points(self, x: float | None) -> str:
        return self.say.points(x, PLACES)

    def listed(self, segments: Sequence[int]) -> str:
        """Name several segments within a sentence."""
        return self.say.join([self.say(_("“%(segment)s”"), segment=self.safe[i]) for i in segments])

    def doubts(self) -> list[str]:
        """Warn of numbers that cannot be, or say little."""
        say, result, notes = self.say, self.result, []
        if result.over:
            told = _(
                "More conversions than people: %(segments)s. Either one person was counted several times or the two columns "
                "do not belong to the same group."
            )
            notes.append(say(told, segments=self.listed(result.over)))
        if result.stray:
            told = _(
                "Conversions without people: %(segments)s. They count in the overall rate, but in no segment's rate."
            )
            notes.append(say(told, segments=self.listed(result.stray)))
        if result.few:
            told = _("Fewer than %(few)s conversions: %(segments)s. Chance alone can move such a rate a good deal.")
            notes.append(say(told, segments=self.listed(result.few), few=say.count(model.FEW)))
        return notes


def two_periods(words: Words) -> Findings:
    """Split the change of the overall rate into rates and mix."""
    shift = words.result.shift
    split = shift.rate_effect is not None
    return Findings(
        headline=_headline(words),
        figures=_figures(words),
        notes=_notes(words),
        charts=[_rate_bars(words), _share_bars(words)] if shift.before is not None or shift.after is not None else [],
        body=(_formulas(words) if split else []) + _tables(words) + _which_level(words),
    )


def _headline(words: Words) -> str:
    say, shift = words.say, words.result.shift
    if shift.before is None and shift.after is None:
        return say(_("Nobody is in either period: an overall rate is not defined."))
    if shift.before is None:
        return say(_("Nobody is in the first period, so there is nothing to compare the second with."))
    if shift.after is None:
        return say(_("Nobody is in the second period, so there is nothing to compare the first with."))
    if shift.rate_effect is None:
        told = _(
            "The overall rate goes from %(before)s to %(now)s, but no segment has people in both periods: rates and mix "
            "cannot be told apart."
        )
        return say(told, before=say.percent(shift.before), now=say.percent(shift.after))
    said = _paradox(words) if shift.simpson else _movement(words)
    facts = {"rates": words.points(shift.rate_effect), "mix": words.points(shift.mix_effect)}
    said += " " + say(_("The rates account for %(rates)s, the mix for %(mix)s."), **facts)
    if words.result.new:
        said += " " + say(_("New segments account for %(new)s."), new=words.points(shift.new))
    if words.result.gone:
        said += " " + say(_("Vanished segments account for %(gone)s."), gone=words.points(shift.vanished))
    return said


def _paradox(words: Words) -> str:
    say, result = words.say, words.result
    before, now = result.common
    facts = {"before": say.percent(before), "now": say.percent(now)}
    if result.new or result.gone:
        told = _(
            "Of the segments that are in both periods none moved the way their common rate did, from %(before)s to %(now)s: "
            "Simpson's paradox."
        )
    elif certain(now) < certain(before) and len(result.risen) == len(result.shift.common):
        told = _(
            "In every segment the rate rose, and yet the overall rate fell from %(before)s to %(now)s: Simpson's paradox."
        )
    elif certain(now) < certain(before):
        told = _(
            "In no segment did the rate fall, and yet the overall rate fell from %(before)s to %(now)s: Simpson's paradox."
        )
    elif len(result.fallen) == len(result.shift.common):
        told = _(
            "In every segment the rate fell, and yet the overall rate rose from %(before)s to %(now)s: Simpson's paradox."
        )
    else:
        told = _(
            "In no segment did the rate rise, and yet the overall rate rose from %(before)s to %(now)s: Simpson's paradox."
        )
    return say(told, **facts)


def _movement(words: Words) -> str:
    say, shift = words.say, words.result.shift
    facts = {"before": say.percent(shift.before), "now": say.percent(shift.after), "change": words.points(shift.change)}
    if abs(certain(shift.change)) < 5e-5:
        return say(_("The overall rate stays at %(now)s."), **facts)
    if certain(shift.change) > 0:
        return say(_("The overall rate rises from %(before)s to %(now)s: %(change)s."), **facts)
    return say(_("The overall rate falls from %(before)s to %(now)s: %(change)s."), **facts)


def _figures(words: Words) -> list[KeyFigure]:
    say, shift = words.say, words.result.shift
    was = {"before": say.percent(shift.before), "now": say.percent(shift.after)}
    shown = [
        KeyFigure(_("Change of the overall rate"), words.points(shift.change), _("from %(before)s to %(now)s") % was)
    ]
    if shift.rate_effect is None:
        return shown
    shown += [
        KeyFigure(_("Rate effect"), words.points(shift.rate_effect), _("the rates changed, at the mean mix")),
        KeyFigure(_("Mix effect"), words.points(shift.mix_effect), _("the shares changed, at the mean rates")),
        KeyFigure(
            _("Standardised rate"), say.percent(shift.standardised), _("rates of the second period, mix of the first")
        ),
    ]
    if words.result.new or words.result.gone:
        shown.append(
            KeyFigure(_("New and vanished segments"), words.points(certain(shift.new) + certain(shift.vanished)))
        )
    return shown


def _notes(words: Words) -> list[str]:
    say, result, notes = words.say, words.result, []
    shift = result.shift
    if shift.rate_effect is not None and say.percent(shift.standardised) != say.percent(result.common[1]):
        notes.append(
            say(
                _(
                    "With the rates of the second period and the mix of the first, %(standardised)s would convert, not %(now)s."
                ),
                standardised=say.percent(shift.standardised),
                now=say.percent(result.common[1]),
            )
        )
    if result.new:
        told = _(
            "Only in the second period: %(segments)s. Such a segment has no earlier rate, so its part stands by itself."
        )
        notes.append(say(told, segments=words.listed(result.new)))
    if result.gone:
        told = _(
            "Only in the first period: %(segments)s. Such a segment has no later rate, so its part stands by itself."
        )
        notes.append(say(told, segments=words.listed(result.gone)))
    if shift.change is not None and not shift.simpson and result.risen and result.fallen:
        told = _("Not all segments move the same way. Up: %(up)s. Down: %(down)s.")
        notes.append(say(told, up=words.listed(result.risen), down=words.listed(result.fallen)))
    return notes + words.doubts()


def _rate_bars(words: Words) -> Bars:
    """Draw every segment's rate in both periods, and that of all together."""
    say, result, bars = words.say, words.result, Bars()
    rows = [(words.names[i], part.rates, part.people) for i, part in enumerate(result.parts)]
    rows.append((_("All together"), (result.shift.before, result.shift.after), result.people))
    longest = max((rate for _name, rates, _people in rows for rate in rates if rate is not None), default=0) or 1.0
    told = (_("First: %(rate)s of %(people)s"), _("Second: %(rate)s of %(people)s"))
    nobody = (_("First: nobody"), _("Second: nobody"))
    for title, rates, people in rows:
        for place, kind in enumerate(("before", "now")):
            rate = rates[place]
            sentence = told[place] if people[place] else nobody[place]
            note = sentence % {"rate": say.percent(rate), "people": say.count(people[place])}
            bars.add("" if place else title, note, None if rate is None else rate / longest, kind=kind)
    return bars


def _share_bars(words: Words) -> Bars:
    """Draw every segment's share of all people in both periods."""
    say, bars = words.say, Bars()
    told = (_("First: %(share)s of all people"), _("Second: %(share)s of all people"))
    for i, part in enumerate(words.result.parts):
        for place, kind in enumerate(("before", "now")):
            share = part.shares[place]
            bars.add("" if place else words.names[i], told[place] % {"share": say.percent(share)}, share, kind=kind)
    return bars


def _formulas(words: Words) -> Blocks:
    """Return both effects and the standardised rate, with the learner's numbers where they fit into a line."""
    say, shift = words.say, words.result.shift
    half = fraction(say.count(1), say.count(2))

    def shown(
        name_: str, symbols: Math, each: Callable[[dict[str, str]], Math], value: float, where: str = ""
    ) -> Blocks:
        parts: list[Math] = [symbols]
        if len(shift.common) <= MOST_TERMS:
            parts.append(between(" + ", [each(_four(say, one)) for one in shift.common]))
        return formula(say(name_), *parts, say.figures(value, 5), where=where)

    where = say(_("w: a segment's share of the people; r: its rate; the small figures name the period."))
    rates = shown(
        _("Rate effect"),
        term("Σ ", half, " (w₁ + w₂) (r₂ − r₁)"),
        lambda at: term(half, " ({w1} + {w2}) × ({r2} − {r1})".format(**at)),
        certain(shift.rate_effect),
    )
    mix = shown(
        _("Mix effect"),
        term("Σ ", half, " (r₁ + r₂) (w₂ − w₁)"),
        lambda at: term(half, " ({r1} + {r2}) × ({w2} − {w1})".format(**at)),
        certain(shift.mix_effect),
        where,
    )
    return (
        rates
        + mix
        + shown(_("Standardised rate"), "Σ w₁ r₂", lambda at: "{w1} × {r2}".format(**at), certain(shift.standardised))
    )


def _four(say: Say, one: Shift) -> dict[str, str]:
    values = {"w1": one.share_before, "w2": one.share_after, "r1": one.rate_before, "r2": one.rate_after}
    return {letter: say.figures(value) for letter, value in values.items()}


def _tables(words: Words) -> Blocks:
    say, result = words.say, words.result
    shift = result.shift
    rows = [
        [
            words.safe[i], say.percent(part.shares[0]), say.percent(part.shares[1]), say.percent(part.rates[0]),
            say.percent(part.rates[1]), words.points(part.rate_effect), words.points(part.mix_effect),
        ]
        for i, part in enumerate(result.parts)
    ]  # fmt: skip
    whole = [say.percent(1) if n else say.dash for n in result.people]
    rows.append(
        [
            _("All together"), *whole, say.percent(shift.before), say.percent(shift.after),
            words.points(shift.rate_effect), words.points(shift.mix_effect),
        ]
    )  # fmt: skip
    head = [
        _("Segment"), _("Share, first period"), _("Share, second period"), _("Rate, first period"),
        _("Rate, second period"), _("Rate effect"), _("Mix effect"),
    ]  # fmt: skip
    return table(_("What each segment did to the overall rate"), head, rows, marked=len(rows) - 1)


def _which_level(words: Words) -> Blocks:
    """Say that arithmetic does not choose between the whole and its parts."""
    cases = [
        _("Did the mix change by itself, while you worked on the page? Then the segments show what your work did."),
        _("Did you change the mix, say with a campaign for one segment? Then the whole belongs to the answer."),
        _("Is the segment itself a result of what you did, such as “came back”? Then splitting by it misleads."),
    ]
    lead = _("No formula answers that. It depends on what caused what:")
    return [*heading(_("The whole or its parts: which to trust?"), lead), Items(cases)]
