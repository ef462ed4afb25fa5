"""The two readings of a test side by side: each number with what it says and what it does not say."""

from __future__ import annotations

from funnel.calculators import experiments as model
from statements.blocks import Blocks, Cards, Reading
from statements.calculators.experiments.words import gap_between, how_often, lift_between, p_value, short
from statements.say import Say
from statements.text import _

ALIKE = 0.005  # so near, one-sided p and 1 - P(B > A) show the same to the eye


def agreement(say: Say, found: model.Reading) -> str:
    """Say how the one-sided p and P(B > A) lie to each other."""
    if found.p_one is None:
        return ""
    other = 1 - found.bayes.b_beats_a
    facts = {
        "p": p_value(say, found.p_one),
        "other": p_value(say, other),
        "chance": say.chance(found.bayes.b_beats_a),
        "two": p_value(say, found.test.p),
    }
    if abs(found.p_one - other) < ALIKE:
        told = _(
            "The one-sided p of the z test is %(p)s, and one minus P(B > A) is %(other)s: with many people and a flat prior the "
            "two meet. So p = %(two)s (two-sided) and P(B > A) = %(chance)s do not contradict each other. They answer different "
            "questions."
        )
    else:
        told = _(
            "The one-sided p of the z test is %(p)s, and one minus P(B > A) is %(other)s. They would meet with many people and a "
            "flat prior; here the people are few or the prior has its say. They answer different questions anyway."
        )
    return say(told, **facts)


def cards(say: Say, inputs: model.Inputs, found: model.Reading) -> Blocks:
    """Return both readings."""
    both = (
        (_("The classical reading: is chance alone enough?"), _classical(say, inputs, found)),
        (_("The Bayesian reading: what do I believe now?"), _bayesian(say, inputs, found)),
    )
    return [Cards(both, _("It does not say:"))]


def _classical(say: Say, inputs: model.Inputs, found: model.Reading) -> list[Reading]:
    sure = {"sure": short(say, inputs.confidence)}
    items = []
    if found.p is None:
        says = say(_("Not defined: with an empty arm, or where nobody differs from anybody, there is nothing to test."))
        items.append(Reading(_("p-value, two-sided"), say.dash, says, say(_("that the arms are equal."))))
    else:
        told = _(
            "If there were no difference, a gap at least this large, in either direction, would come up in %(often)s of such tests."
        )
        if found.p_exact is not None:
            told = _(
                "If there were no difference, and as many converted in all, a result no likelier than this one would come up in "
                "%(often)s of such tests."
            )
        says = say(told, often=how_often(say, found.p))
        not_ = say(_("how probable it is that A and B are equal, or that B is better."))
        items.append(Reading(_("p-value, two-sided"), p_value(say, found.p), says, not_))
    items.append(
        Reading(
            _("Interval of the difference (Newcombe)"), gap_between(say, found.newcombe),
            say(_("Made in this way, %(sure)s of all intervals catch the true difference."), **sure)
            if found.newcombe is not None
            else say(_("Not defined: an arm is empty.")),
            say(_("that the true difference lies in this one with a probability of %(sure)s."), **sure),
        )
    )  # fmt: skip
    items.append(
        Reading(
            _("Interval of the relative lift"), lift_between(say, found.lift),
            say(_("The same promise, for the gap as a share of A’s rate. A wide one means that little is known."))
            if found.lift is not None
            else say(_("Not defined: an arm has no success, or nobody in it.")),
            say(_("that there is no effect, when it holds zero.")),
        )
    )  # fmt: skip
    return items


def _bayesian(say: Say, inputs: model.Inputs, found: model.Reading) -> list[Reading]:
    lost_a, lost_b = found.lost
    facts = {"a": say.hardly(lost_a), "b": say.hardly(lost_b), "n": say.count(model.PER)}
    return [
        Reading(
            _("P(B > A)"), say.chance(found.bayes.b_beats_a),
            say(_("Given these data and the prior, B’s true rate is the higher one with this probability.")),
            say(_("how much better B is. Nor is it a p-value, and looking often still lets wrong choices through.")),
        ),
        Reading(
            _("Expected loss"),
            say(_("choosing B: %(b)s, choosing A: %(a)s, of %(n)s people"), **facts),
            say(
                _("What choosing B, or A, gives away on average: nothing where the choice is right, the gap where it is wrong.")
            ),
            say(_("what the change costs, or what a conversion is worth.")),
        ),
        Reading(
            _("Credible interval of the relative lift"), lift_between(say, found.bayes.lift),
            say(
                _("Given these data and the prior, the true lift lies in it with a probability of %(sure)s."),
                sure=short(say, inputs.confidence),
            ),
            say(_("the same to somebody with another prior; with few people the prior weighs much.")),
        ),
    ]  # fmt: skip
