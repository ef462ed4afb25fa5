"""What the hand's figure says, in the reader's language: the browser fills in the numbers."""

from __future__ import annotations

from collections.abc import Callable

from i18n.plurals import category
from ui import state
from ui.text import _, ngettext, npgettext, pgettext

_SAMPLES = (0, 1, 2, 3, 11, 100, 1.5)  # one number of every CLDR category


def plural(one: str, many: str) -> dict[str, str]:
    """Return a sentence's forms by CLDR category. Extract with ``ngettext`` in view."""
    return _forms(lambda n: ngettext(one, many, n))  # nosec: the callers' literals


def _forms(form: Callable[[float], str]) -> dict[str, str]:
    locale = state.reader().language.locale
    # backwards: where a language knows few categories, the plain numbers decide, not the fraction
    return {category(locale, n): form(n) for n in reversed(_SAMPLES)}


def plurals() -> dict[str, dict[str, str]]:
    """Return the sentences that agree with a number."""
    return {
        "people": plural("%(n)s person", "%(n)s people"),
        # its number keeps its sign, also where a word could say how many
        "change": _forms(lambda n: npgettext("with a sign", "%(n)s person", "%(n)s people", n)),
        "lost": plural("%(n)s person lost here", "%(n)s people lost here"),
        "grown": plural("%(n)s more than at the stage before", "%(n)s more than at the stage before"),
        "standing": plural(
            "Of %(top)s at “%(first)s”, %(n)s reaches “%(last)s”: an overall rate of %(overall)s.",
            "Of %(top)s at “%(first)s”, %(n)s reach “%(last)s”: an overall rate of %(overall)s.",
        ),
    }


def words() -> dict[str, str]:
    """Return the other words, by what they are for."""
    return {
        "figure": _("The funnel, to be moved by hand"),
        "whatStays": _("When you move a stage, what stays?"),
        "keepRates": _("Keep the rates"),
        "keepPeople": _("Keep the people"),
        "stuck": _(
            "The people below stay where they are, so the rate of the next step has changed with your number. "
            "Do you mean that the rates stay?"
        ),
        "flow": _("Let the change flow down"),
        "countScale": _("All bars have one scale: their lengths can be compared."),
        "stepScale": _(
            "Each bar is drawn against the stage before it, grey: on one scale the last bars would be too thin to see."
        ),
        "toSteps": _("Each against the one before"),
        "toCounts": _("All on one scale"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "editStages": _("Edit the stages"),
        "predict": _("Predict first"),
        "overall": _("Overall rate"),
        "revenue": _("Revenue"),
        "averageSale": _("Average sale"),
        "empty": _("empty"),
        "hidden": pgettext("a number", "hidden"),
        "close": _("Close"),
        "up": _("Move “%(stage)s” up"),
        "down": _("Move “%(stage)s” down"),
        "add": _("Add a stage after “%(stage)s”"),
        "remove": _("Remove “%(stage)s”"),
        "stageNumber": _("Stage %(number)s"),
        "peopleAt": _("People at “%(stage)s”"),
        "stepRate": _("Rate of the step from “%(before)s” to “%(stage)s”"),
        "was": _("Now: %(count)s"),
        "goOn": _("%(rate)s go on"),
        "ofTop": _("%(rate)s of the top"),
        "rateOf": _("%(rate)s of “%(before)s”"),
        "ofWhom": _("%(rate)s means: %(here)s at “%(stage)s” out of %(above)s at “%(before)s”."),
        "ofNobody": _("Nobody is at “%(before)s”, so a share of them is not defined."),
        "both": _("%(first)s, %(second)s"),
        "outcome": _("“%(last)s”: %(n)s"),
        "fill": _("Fill in the first and the last stage to see the overall rate."),
        "fillBoth": _("Fill in the first and the last stage of both copies to compare them."),
        "nobody": _("Nobody is at “%(first)s”, so an overall rate is not defined."),
        "same": _("“What if” is still the same as “now”: change a number and see what it does to “%(last)s”."),
        "stays": _("“%(last)s” stays at %(before)s."),
        "changed": _("“%(last)s” goes from %(before)s to %(after)s: %(people)s."),
        "changedBy": _("“%(last)s” goes from %(before)s to %(after)s: %(people)s, or %(relative)s."),
        "guessFirst": _("Change a stage. What will it do to “%(last)s”? Guess first, then look."),
        "guessFor": _("Your guess for “%(last)s”"),
        "guessHow": _("Move the mark on the bar of “%(last)s” to where you expect it."),
        "show": _("Show the result"),
        "noGuess": _("There is no guess for “%(last)s” to compare with."),
        "guessed": _("You expected %(guess)s at “%(last)s”; it is %(truth)s: %(people)s beside your guess."),
        "guessAgain": _("Guess again"),
    }
