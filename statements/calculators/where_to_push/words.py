"""Where to push: the names of its levers, and the findings of one view, that of two levers at once."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators import where_to_push as model
from funnel.quantities import certain
from statements.bars import Bars
from statements.blocks import Blocks, formula, table
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.text import _, stage_name, typed


class Words:
    """What every view says about the funnel: stages and levers by name, plain (labels, charts) and isolated (sentences)."""

    def __init__(self, inputs: model.Inputs, result: model.Result | None = None) -> None:
        self.inputs, self.say = inputs, Say(inputs.currency)
        self._result = result
        self.names = [stage_name(stage, i) for i, stage in enumerate(inputs.stages)]
        self.safe = [name if stage.id else typed(name) for stage, name in zip(inputs.stages, self.names, strict=True)]

    @property
    def result(self) -> model.Result:
        """What follows; only where it has been computed."""
        return certain(self._result)

    @property
    def last(self) -> str:
        """The last stage, isolated for a sentence."""
        return self.safe[-1]

    def lever(self, step: int, isolated: bool = False) -> str:
        """Name a lever at the head of a line: plain for a label, isolated for a sentence."""
        sentence = _("Step to “%(stage)s”") if step else _("More at “%(stage)s”")
        return self.say(sentence, stage=self.safe[step]) if isolated else sentence % {"stage": self.names[step]}

    def heads(self, steps: Sequence[int]) -> str:
        """Name levers at the beginning of a sentence, isolated for a sentence."""
        return self.say.join([self.lever(step, isolated=True) for step in steps])

    def levers(self, steps: Sequence[int]) -> str:
        """Name levers within a sentence, isolated for a sentence."""
        step, top = _("the step to “%(stage)s”"), _("more people at “%(stage)s”")
        return self.say.join([self.say(step if i else top, stage=self.safe[i]) for i in steps])

    def per_extra(self, cost: float | None) -> str:
        """Say what each extra person at the end costs."""
        return self.say(_("nothing")) if cost == 0 else self.say.money(cost)

    def number(self, people: float | None) -> str:
        """Write expected people: below a thousand with a decimal, so that a gain beside it adds up."""
        exact = people is not None and people < 1000 and abs(people - round(people)) > 1e-6
        return self.say.decimal(people, 1) if exact else self.say.count(people)

    def total(self) -> float | None:
        """People at the last stage as it is."""
        return self.result.copy.counts[-1]

    def growth(self) -> list[str]:
        """Warn of stages that are larger than the one before."""
        warning = _("“%(stage)s” is larger than the stage before it. In a closed group that cannot be: check the rate.")
        found = [issue.index for issue in self.result.copy.issues if issue.code == "growth"]
        return [self.say(warning, stage=self.safe[i]) for i in found]

    def capped(self, steps: Sequence[int]) -> list[str]:
        """Say which rates cannot rise as far as asked."""
        if not steps:
            return []
        told = _(
            "%(levers)s: the rate cannot pass %(all)s, so it is held there and brings less than the lift promises."
        )
        return [self.say(told, levers=self.heads(steps), all=self.say.percent(1))]


def two_at_once(words: Words) -> Findings:
    """Say what two levers bring together, and how much of it neither brings alone."""
    pair = words.result.pair
    steps = [int(words.inputs.first), int(words.inputs.second)]
    if pair is None:
        return Findings(headline=_not_pulled(words, steps))
    if pair.both.gain == 0:
        none = _("None of these levers brings anybody more to “%(last)s”.")
        return Findings(headline=words.say(none, last=words.last), notes=words.capped(pair.both.capped))
    if pair.both.gain is None or pair.interaction is None:
        return Findings(
            headline=words.say(_("With these rates the gain at “%(last)s” is not defined."), last=words.last),
            notes=zero_rates(words, steps),
        )
    return Findings(
        headline=_pair_headline(words, steps),
        figures=_pair_figures(words),
        notes=_pair_notes(words, steps),
        charts=[_pair_bars(words, steps)],
        body=_pair_body(words, steps),
    )


def _not_pulled(words: Words, steps: Sequence[int]) -> str:
    pulled = {one.step for one in words.result.levers}
    idle = [step for step in dict.fromkeys(steps) if step not in pulled]
    if words.inputs.how == "reference":
        told = _("There is nothing to lift here: %(levers)s. Choose a step whose reference rate is above its rate.")
    elif words.inputs.how == "points" and 0 in idle:
        told = _("Points are added to a rate, and the number at the top has none. Choose another lever.")
    else:
        told = _("Both levers must be pulled: enter a lift for %(levers)s.")
    return words.say(told, levers=words.levers(idle))


def zero_rates(words: Words, steps: Sequence[int]) -> list[str]:
    """Say where a relative lift is not defined because the rate is zero."""
    zero = [step for step in dict.fromkeys(steps) if step and words.inputs.rates[step] == 0]
    if not zero or words.inputs.how == "points":
        return []
    told = _("%(levers)s: from a rate of %(zero)s a relative lift is not defined; points can be added.")
    return [words.say(told, levers=words.heads(zero), zero=words.say.percent(0))]


def _pair_headline(words: Words, steps: Sequence[int]) -> str:
    say, pair = words.say, certain(words.result.pair)
    said = say(
        _("Together the two levers bring “%(last)s” from %(before)s to %(after)s: %(gain)s."),
        last=words.last, before=words.number(words.total()), after=words.number(pair.both.counts[-1]),
        gain=say.count(pair.both.gain, signed=True),
    )  # fmt: skip
    facts = {
        "sum": say.count(certain(pair.first.gain) + certain(pair.second.gain), signed=True),
        "more": say.count(abs(certain(pair.interaction))),
    }
    if certain(pair.interaction) > 1e-9:
        told = _("Singly they would bring %(sum)s; the other %(more)s exist only because both are pulled.")
    elif certain(pair.interaction) < -1e-9:
        told = _("Singly they would bring %(sum)s, which is %(more)s more: a rate stops on the way.")
    else:
        told = _("That is just the sum of the two.")
    return said + " " + say(told, **facts)


def _pair_figures(words: Words) -> list[KeyFigure]:
    say, pair = words.say, certain(words.result.pair)
    at = _("at “%(last)s”") % {"last": words.names[-1]}
    shown = [
        KeyFigure(_("Both together"), say.count(pair.both.gain, signed=True), at),
        KeyFigure(
            _("The sum of the two"), say.count(certain(pair.first.gain) + certain(pair.second.gain), signed=True), at
        ),
        KeyFigure(_("Only because of both"), say.count(pair.interaction, signed=True), at),
    ]
    if pair.both.money_per_gain is not None:
        shown.append(
            KeyFigure(_("Cost of each extra one"), words.per_extra(pair.both.money_per_gain), _("both together"))
        )
    return shown


def _pair_notes(words: Words, steps: Sequence[int]) -> list[str]:
    say, pair = words.say, certain(words.result.pair)
    notes: list[str] = []
    if steps[0] == steps[1]:
        notes.append(say(_("Both are the same step here, so its lift is applied twice. Choose two different ones.")))
    if words.inputs.how != "reference":  # there the lift ends at a rate of at most 1, whatever it is
        notes += words.capped(pair.both.capped)
    if pair.both.cost is None:
        notes.append(say(_("What an extra one costs needs the cost of both levers.")))
    notes.append(
        say(
            _(
                "This holds as long as the levers do not disturb each other. If the first brings in people who fit less "
                "well, the second rate falls, and the extra turns into a loss."
            )
        )
    )
    return notes + words.growth()


def _pair_bars(words: Words, steps: Sequence[int]) -> Bars:
    say, pair, bars = words.say, certain(words.result.pair), Bars()
    both = certain(pair.first.gain) + certain(pair.second.gain)
    longest = max(certain(pair.both.gain), both) or 1.0
    for step, effect in zip(steps, (pair.first, pair.second), strict=True):
        bars.add(words.lever(step), say.count(effect.gain, signed=True), certain(effect.gain) / longest)
    bars.add(_("The sum of the two"), say.count(both, signed=True), both / longest, kind="before")
    bars.add(
        _("Both together"), say.count(pair.both.gain, signed=True), certain(pair.both.gain) / longest, kind="what_if"
    )
    return bars


def _pair_body(words: Words, steps: Sequence[int]) -> Blocks:
    say, pair = words.say, certain(words.result.pair)
    x, y, both = (effect.relative for effect in (pair.first, pair.second, pair.both))
    shown, one = [], say.count(1)
    if None not in (x, y, both) and steps[0] != steps[1]:
        values = {name: say.figures(value) for name, value in (("x", x), ("y", y))}
        shown = formula(
            say(_("Two lifts together")),
            f"({one} + x) ({one} + y) − {one}",
            "x + y + x · y",
            "{x} + {y} + {x} × {y}".format(**values),
            say.figures(both),
            where=say(
                _(
                    "x and y: by what share of itself each lever alone raises the end. The last part, x · y, is what only "
                    "both bring; of %(before)s at “%(last)s” it is %(more)s."
                ),
                before=words.number(words.total()), last=words.last, more=say.count(pair.interaction, signed=True),
            ),
        )  # fmt: skip
    rows = [
        [name, say.count(one.gain, True), say.percent(one.relative, signed=True), say.money(one.cost),
         words.per_extra(one.money_per_gain) if one.money_per_gain is not None else say.dash]
        for name, one in zip(
            [*(words.lever(step, isolated=True) for step in steps), _("Both together")],
            (pair.first, pair.second, pair.both),
            strict=True,
        )
    ]  # fmt: skip
    head = [
        _("Which lever"), _("Extra at “%(last)s”") % {"last": words.names[-1]}, _("Change of the end"), _("All costs"),
        _("Cost of each extra one"),
    ]  # fmt: skip
    return shown + table(_("Two levers, singly and together"), head, rows)
