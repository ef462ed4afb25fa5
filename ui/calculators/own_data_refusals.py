"""Your own data: why a file or a row of it was not taken, and what would work; days in the reader's calendar."""

from __future__ import annotations

from documents.incoming.decoding import MAX_BYTES
from documents.incoming.layouts import MAX_COLUMNS
from documents.incoming.tables import Problem
from documents.outgoing.days import persian
from documents.outgoing.samples import moment_text
from funnel.facts.stages import MAX_STAGES
from funnel.quantities import COUNT
from statements.fields import why_not
from statements.reader import reader
from statements.say import Say
from statements.text import _, typed


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
        "formulas": _(
            "Its cells hold formulas whose results were not saved. Open it in Excel or LibreOffice, save it once, and choose it "
            "again."
        ),
        "json-no-rows": _("There are no rows in this JSON. What is needed is a list of objects, or an object on each line."),
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


def day_text(when: int) -> str:
    """Write a day in the reader's calendar and digits, as an island of its own direction."""
    found = reader()
    text = moment_text(when, persian=persian_calendar(), digits=found.digits, clock=False)
    return found.numbers.isolate(text)


def persian_calendar() -> bool:
    """Say whether the reader counts by the Persian calendar."""
    return persian(reader().language.code)
