"""Stage conversion in sentences: what stands there, what changed and why, with the right plural."""

from __future__ import annotations

from collections.abc import Sequence

from funnel.calculators.stage_conversion import CopyResult, Inputs, Result
from funnel.quantities import certain
from statements.reader import reader
from statements.text import _, ngettext, npgettext, short_name, shown_name, stage_name

SAME = 1e-9  # people: what is left below it is rounding
SEEN = 1e-3  # log-share: a tenth of a percent more or less at the end is not worth a sentence


class Words:
    """Sentences about one result; every number goes through the reader's formatter.

    ``plain``: names stand as they were typed, not as islands: for a picture, and for what the browser says of its own.
    """

    def __init__(self, inputs: Inputs, result: Result, plain: bool = False) -> None:
        self.inputs, self.result = inputs, result
        self.numbers = reader().numbers
        named = stage_name if plain else shown_name
        self.names = [named(stage, i) for i, stage in enumerate(inputs.stages)]

    def say(self, sentence: str, words: dict[str, str] | None = None) -> str:
        """Fill a sentence of the catalogue."""
        return sentence % (words or {})

    @property
    def current(self) -> CopyResult:
        """The copy that is being looked at: what if, where there is one."""
        return self.result.what_if or self.result.now

    def count(self, x: float | None) -> str:
        return self.numbers.dash if x is None else self.numbers.count(x)

    def change(self, before: float, after: float) -> str:
        """Return a change in people, as the two shown numbers differ, with the noun in its right form."""
        size = abs(self.numbers.shown_change(before, after))
        sentence = npgettext("with a sign", "%(n)s person", "%(n)s people", size)
        return self.say(sentence, {"n": self.numbers.change(before, after)})

    def percent(self, x: float | None) -> str:
        return self.numbers.dash if x is None else self.numbers.percent(x)

    def between(self, interval: tuple[float, float] | None) -> str:
        """Write an interval of a rate."""
        if interval is None:
            return self.numbers.dash
        low, high = map(self.percent, interval)
        return self.say(_("%(low)s to %(high)s"), {"low": low, "high": high})

    def step(self, i: int) -> str:
        """Name the step that ends at stage i."""
        return self.say(_("“%(before)s” to “%(stage)s”"), {"before": self.names[i - 1], "stage": self.names[i]})

    def short_step(self, i: int) -> str:
        """Name the step that ends at stage i in a table's cell: by abbreviations, where stages have them."""
        before, stage = (short_name(name) for name in self.names[i - 1 : i + 1])
        return self.say(_("“%(before)s” to “%(stage)s”"), {"before": before, "stage": stage})

    def steps(self, indexes: Sequence[int]) -> str:
        """Name several steps, joined as the language joins them."""
        return self.join([self.step(i) for i in indexes])

    def join(self, parts: Sequence[str]) -> str:
        """Join parts of a list in the reader's language."""
        if len(parts) < 2:
            return "".join(parts)
        text = parts[0]
        for part in parts[1:-1]:
            text = self.say(_("%(first)s, %(second)s"), {"first": text, "second": part})
        return self.say(_("%(first)s and %(second)s"), {"first": text, "second": parts[-1]})

    def headline(self) -> str:
        """Say the whole in one or two sentences."""
        return " ".join([self._what(), *self.why()])

    def why(self) -> list[str]:
        """Say what stands behind the first sentence: where most are lost, or what changed."""
        if self.result.difference:
            return self._reasons()
        return self._where_lost(self.result.now) if self.result.now.overall is not None else []

    def _what(self) -> str:
        return self._changed() if self.result.difference else self._standing()

    def _standing(self) -> str:
        now = self.result.now
        top, last = now.counts[0], now.counts[-1]
        if top is None or last is None:
            return self.say(_("Fill in the first and the last stage to see the overall rate."))
        words = {"top": self.count(top), "first": self.names[0], "n": self.count(last), "last": self.names[-1]}
        words["overall"] = self.percent(now.overall)
        if now.overall is None or not top:
            return self.say(_("Nobody is at “%(first)s”, so an overall rate is not defined."), words)
        sentence = ngettext(
            "Of %(top)s at “%(first)s”, %(n)s reaches “%(last)s”: an overall rate of %(overall)s.",
            "Of %(top)s at “%(first)s”, %(n)s reach “%(last)s”: an overall rate of %(overall)s.",
            self.numbers.shown_count(last),
        )
        return self.say(sentence, words)

    def _where_lost(self, copy: CopyResult) -> list[str]:
        worst = self.result.bottlenecks.largest_loss
        if not worst:
            return []
        if len(worst) > 1:
            words = {"steps": self.steps(worst), "n": self.count(copy.lost[worst[0]])}
            return [
                self.say(_("Most people are lost at several steps alike: %(steps)s. Number at each: %(n)s."), words)
            ]
        i = worst[0]
        sentence = ngettext(
            "Most people are lost from “%(before)s” to “%(stage)s”: %(n)s person does not go on.",
            "Most people are lost from “%(before)s” to “%(stage)s”: %(n)s people do not go on.",
            self.numbers.shown_count(certain(copy.lost[i])),
        )
        return [
            self.say(sentence, {"before": self.names[i - 1], "stage": self.names[i], "n": self.count(copy.lost[i])})
        ]

    def _changed(self) -> str:
        difference = certain(self.result.difference)
        before, after = self.result.now.counts[-1], certain(self.result.what_if).counts[-1]
        if before is None or after is None or difference.final is None:
            return self.say(_("Fill in the first and the last stage of both copies to compare them."))
        words = {"last": self.names[-1], "before": self.count(before), "after": self.count(after)}
        if abs(difference.final) < SAME:
            if self._causes():
                return self.say(_("“%(last)s” stays at %(before)s."), words)
            return self.say(
                _("“What if” is still the same as “now”: change a number and see what it does to “%(last)s”."), words
            )
        words["people"] = self.change(before, after)
        if difference.final_relative is None:
            return self.say(_("“%(last)s” goes from %(before)s to %(after)s: %(people)s."), words)
        words["relative"] = self.numbers.percent(difference.final_relative, signed=True)
        return self.say(_("“%(last)s” goes from %(before)s to %(after)s: %(people)s, or %(relative)s."), words)

    def _reasons(self) -> list[str]:
        difference = certain(self.result.difference)
        if None in (self.result.now.counts[-1], certain(self.result.what_if).counts[-1], difference.final):
            return []
        causes = self._causes()
        out = [self.say(_("The reason: %(causes)s."), {"causes": self.join(causes)})] if causes else []
        if self._against():
            out.append(self.say(_("Not all changes help: some raise the last stage, others lower it.")))
        return out

    def _causes(self) -> list[str]:
        causes, old, new = [], self.result.now, self.result.what_if
        for i in certain(self.result.difference).changed_steps:
            pair = (old.counts[0], certain(new).counts[0]) if i == 0 else (old.rates[i], certain(new).rates[i])
            if None in pair:
                continue
            form = self.count if i == 0 else self.percent
            words = {"stage": self.names[i], "before": form(pair[0]), "after": form(pair[1])}
            if words["before"] == words["after"]:
                continue  # "falls by 0.0 points" explains nothing
            if i == 0:
                causes.append(self.say(_("“%(stage)s” goes from %(before)s to %(after)s"), words))
                continue
            change = certain(pair[1]) - certain(pair[0])
            words |= {"source": self.names[i - 1], "points": self.numbers.points(abs(change), signed=False)}
            rise = _(
                "the rate from “%(source)s” to “%(stage)s” rises by %(points)s points, from %(before)s to %(after)s"
            )
            fall = _(
                "the rate from “%(source)s” to “%(stage)s” falls by %(points)s points, from %(before)s to %(after)s"
            )
            causes.append(self.say(rise if change > 0 else fall, words))
        return causes

    def _against(self) -> bool:
        """Say whether the changes pull in different directions."""
        known = [x for x in certain(self.result.difference).contributions if x]
        return any(x > SEEN for x in known) and any(x < -SEEN for x in known)

    def issues(self) -> list[str]:
        """Explain each edge case of the copy that is being looked at, instead of hiding it."""
        sentences = {
            "empty": _("“%(stage)s” is empty: the rates into it and out of it are not defined until it has a number."),
            "zero-top": _("Nobody enters at “%(stage)s”. A share of nobody is not %(zero)s, it is not defined."),
            "zero-before": _(
                "“%(before)s” has nobody, so the rate from there to “%(stage)s” is not defined; it is not %(zero)s."
            ),
            "zero-here": _("Nobody gets as far as “%(stage)s”: a rate of %(zero)s. From here on there is nobody left."),
            "growth": _(
                "“%(stage)s” has more than “%(before)s” (%(rate)s). In a closed funnel that cannot be: people "
                "came in late, two periods were mixed, or somebody was counted twice. The rate is shown as it is."
            ),
            "unsure": _(
                "Only %(here)s of %(above)s go on from “%(before)s” to “%(stage)s”: with so few, chance alone could give a "
                "rate anywhere from %(low)s to %(high)s. Read %(rate)s as “about that”."
            ),
        }
        out = []
        unsure = [issue.index for issue in self.current.issues if issue.code == "unsure"]
        least = max(unsure, key=self._spread, default=None)
        for issue in self.current.issues:
            i = issue.index
            if issue.code == "unsure" and i != least:
                continue  # one is enough to understand it; the table has the others
            words = {"stage": self.names[i], "before": self.names[max(0, i - 1)], "zero": self.numbers.percent(0)}
            if issue.code == "unsure":
                low, high = certain(self.current.intervals[i])
                words |= {"low": self.percent(low), "high": self.percent(high)}
                words |= {"here": self.count(self.current.counts[i]), "above": self.count(self.current.counts[i - 1])}
            out.append(self.say(sentences[issue.code], words | {"rate": self.percent(self.current.rates[i])}))
        if len(unsure) > 1:
            out[-1] += " " + self.say(_("The table shows the same for the other steps."))
        return out

    def _spread(self, i: int) -> float:
        low, high = certain(self.current.intervals[i])
        return (high - low) / certain(self.current.rates[i])
