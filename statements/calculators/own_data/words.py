"""Your own data, in sentences: how long something took, what the rules mean, what the sample is called."""

from __future__ import annotations

from funnel.calculators import own_data as model
from funnel.facts.sample_log import EVENTS
from funnel.facts.stages import Stage
from statements.say import Say
from statements.text import _, name, stage_name

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def duration(say: Say, milliseconds: float) -> str:
    """Write how long something took, in the unit that suits, with the right plural."""
    if milliseconds < MINUTE:
        return say(_("less than a minute")) if milliseconds else say(_("at once"))
    if milliseconds < 90 * MINUTE:
        return say.plural("%(n)s minute", "%(n)s minutes", _rounded(milliseconds / MINUTE))
    if milliseconds < 48 * HOUR:
        return say.plural("%(n)s hour", "%(n)s hours", _rounded(milliseconds / HOUR))
    return say.plural("%(n)s day", "%(n)s days", _rounded(milliseconds / DAY))


def _rounded(x: float) -> float:
    return float(round(x)) if x >= 10 else round(x, 1)


def sample_events() -> list[str]:
    """Return the names of the sample's events."""
    return [name("stages", event) for event in EVENTS]


def sample_channels() -> list[str]:
    """Return the names of the sample's channels, in the order of `funnel.facts.sample_log.CHANNELS`."""
    return [_("Search"), _("Social media"), _("Email"), _("Referral")]


def stage_texts(stages: tuple[Stage, ...]) -> list[str]:
    """Return the stages' names as text."""
    return [stage_name(stage, i) for i, stage in enumerate(stages)]


def rule_notes(say: Say, inputs: model.Inputs, first: str) -> list[str]:
    """Say what counts under the rules that are chosen; `first` is the first stage's name."""
    sentences = {
        ("closed", "ordered"): _("Only those who begin with “%(first)s” count, and only what follows in this order."),
        ("closed", "any"): _("Only those who begin with “%(first)s” count; after that, the order does not matter."),
        ("open", "ordered"): _(
            "A stage counts everybody who got there, wherever they came in. Its step rate asks how many of those at the stage "
            "before went on to this one afterwards."
        ),
        ("open", "any"): _(
            "A stage counts everybody who got there, wherever they came in. Its step rate asks how many of those at the stage "
            "before were at this one too, sooner or later."
        ),
    }
    notes = [say(sentences[inputs.entry, inputs.order], first=first)]
    window = model.window_ms(inputs)
    if window is None:
        notes.append(say(_("There is no time limit: whoever came in last may still be on the way.")))
    elif inputs.entry == "closed":
        notes.append(say(_("What comes later than %(time)s after the entry does not count."), time=_limit(say, inputs)))
    else:
        notes.append(say(_("From one stage to the next, at most %(time)s may pass."), time=_limit(say, inputs)))
    return notes


def _limit(say: Say, inputs: model.Inputs) -> str:
    """Write the window in the unit in which it was typed."""
    if inputs.unit == "hours":
        return say.plural("%(n)s hour", "%(n)s hours", inputs.window)
    return say.plural("%(n)s day", "%(n)s days", inputs.window)
