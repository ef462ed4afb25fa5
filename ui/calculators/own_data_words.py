"""Your own data, in sentences: why a file or a row was not taken, how long something took, what the rules mean."""

from __future__ import annotations

from documents.incoming.decoding import MAX_BYTES
from documents.incoming.layouts import MAX_COLUMNS
from documents.incoming.tables import Problem
from documents.outgoing.samples import moment_text
from funnel.calculators import own_data as model
from funnel.facts.sample_log import EVENTS
from funnel.facts.stages import MAX_STAGES, Stage
from funnel.quantities import COUNT
from ui import state
from ui.inputs import why_not
from ui.kit.say import Say
from ui.text import _, name, stage_name, typed

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def refusal(say: Say, code: str, found: int) -> str:
    """Say why a file cannot be used at all, and what would help."""
    sentences = {
        "empty": _("There is nothing in it."),
        "too-big": _("It is larger than %(size)s megabytes. Take a shorter period, or leave out columns that are not needed."),
        "binary": _("This is no text. Save the table as CSV or as an Excel workbook (.xlsx) and choose that file."),
        "old-workbook": _("This is a workbook of a kind that is not read here. Save it as .xlsx or as CSV."),
        "password": _("The workbook is locked with a password. Save a copy without one and choose that."),
        "not-a-workbook": _("This is a packed file, but no workbook. Save the table as CSV or as .xlsx."),
        "bomb": _("Unpacked, this workbook would be far too large to read. Save the sheet as CSV."),
        "no-rows": _("There are headings, but no rows below them."),
        "columns": _("It has %(found)s columns, and at most %(columns)s are read. Leave out those that are not needed."),
        "ragged": _("The rows have different numbers of cells, so columns cannot be told apart. Check the separator."),
        "json-broken": _("This is no JSON that could be read. Was the file cut off, or changed by hand?"),
        "json-deep": _("This JSON is nested far deeper than a file from here. It was not read."),
        "json-other": _("This is JSON, but not a file of numbers from here. Take one with “Numbers (JSON)”."),
        "json-newer": _("This file was made by a newer version of this site, and cannot be read by this one."),
        "json-calculator": _("This file belongs to a calculator that does not exist here."),
        "json-shape": _("The file says that it is from here, but its parts are not what they should be."),
        "newer": _("This workbook was made by a newer version of this site, and cannot be read by this one."),
        "no-calculator": _("This workbook is from here, but it is a plan or a list: there is no calculator that opens it."),
        "changed": _("Cells of this workbook were moved or deleted, so its numbers cannot be found. Fill in a fresh copy."),
        "nothing-filled": _("This workbook is from here, but too little is filled in for a calculator."),
        "stages": _("It has %(found)s stages, and a funnel here has at most %(stages)s."),
        "busy": _(
            "So many people are trying their own data right now that there is no room for this file. Try a smaller one, or "
            "come back later."
        ),
    }  # fmt: skip
    other = _("The file is damaged, or it is not what its name says. Save it once more, best as CSV.")
    return say(
        sentences.get(code, other),
        size=say.count(MAX_BYTES / 2**20), found=say.count(found), columns=say.count(MAX_COLUMNS), stages=say.count(MAX_STAGES),
    )  # fmt: skip


def problem_line(say: Say, problem: Problem) -> str:
    """Say what is wrong with one row."""
    row = say.count(problem.row)
    if problem.code.startswith("number-"):
        code = problem.code.removeprefix("number-")
        field = say.numbers.count_field
        why = why_not("missing" if code == "empty" else code, problem.given, field(COUNT.low), field(COUNT.high))
        return say(_("Row %(row)s: %(why)s"), row=row, why=why)
    sentences = {
        "width": _("Row %(row)s: the number of cells is %(found)s instead of %(wanted)s."),
        "no-person": _("Row %(row)s: the person is missing."),
        "no-event": _("Row %(row)s: the event is missing."),
        "no-time": _("Row %(row)s: the time is missing."),
        "time": _("Row %(row)s: “%(given)s” could not be read as a date."),
        "unknown-choice": _("Row %(row)s: “%(given)s” is not in the list of this cell."),
    }
    found, wanted = say.count(problem.found), say.count(problem.wanted)
    return say(sentences[problem.code], row=row, given=typed(problem.given), found=found, wanted=wanted)


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


def day_text(when: int) -> str:
    """Write a day in the reader's calendar and digits, as an island of its own direction."""
    reader = state.reader()
    text = moment_text(when, persian=persian_calendar(), digits=reader.digits, clock=False)
    return reader.numbers.isolate(text)


def persian_calendar() -> bool:
    """Say whether the reader counts by the Persian calendar."""
    return state.reader().language.code == "fa"


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
    """Say what counts under the rules that are chosen; `first` is the first stage's name as HTML."""
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
