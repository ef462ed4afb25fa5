"""Your own data: what was noticed about them, what was left out or put together, and what to check, in plain sentences."""

from __future__ import annotations

from documents.incoming.own_file import Reading
from documents.incoming.stage_table import TOGETHER
from funnel.facts.stages import clean_text
from statements.say import Say
from statements.text import _, typed

_LISTED = 3


def notes_of_workbook(say: Say, reading: Reading) -> list[str]:
    """Say what of a workbook is not shown, or has no value."""
    sheet, notes = reading.sheet, []
    if sheet is None:
        return notes
    if sheet.hidden_sheets:
        notes.append(
            say.plural(
                "%(n)s hidden sheet was left out.", "%(n)s hidden sheets were left out.", float(sheet.hidden_sheets)
            )
        )
    if sheet.hidden_rows:
        notes.append(
            say.plural("%(n)s hidden row was read, too.", "%(n)s hidden rows were read, too.", float(sheet.hidden_rows))
        )
    if sheet.formulas:
        notes.append(
            say.plural(
                "%(n)s cell holds a formula whose result was not saved; it counts as empty.",
                "%(n)s cells hold formulas whose results were not saved; they count as empty.",
                float(sheet.formulas),
            )
        )
    return notes


def notes_of_stages(say: Say, reading: Reading) -> list[str]:
    """Say which rows of a table of stages are totals, how a breakdown was taken, and what is odd about the numbers."""
    stages, notes = reading.stages, []
    if stages is None:
        return notes
    for total in stages.totals[:_LISTED]:
        row, name = say.count(total.row), typed(total.name)
        if total.name:
            notes.append(
                say(_("Row %(row)s, “%(name)s”, holds the total of the others and was left out."), row=row, name=name)
            )
        else:
            notes.append(say(_("Row %(row)s holds the sum of the others and was left out."), row=row))
    if stages.parts and stages.part == TOGETHER:
        notes.append(
            say(
                _(
                    "For each stage the numbers of all its rows were added up. Somebody who is in two of them counts twice."
                )
            )
        )
    elif stages.parts:
        part = typed(clean_text(stages.part, 40))
        notes.append(say(_("Only the rows of “%(part)s” were taken."), part=part))
    if "dots" in stages.doubts:
        notes.append(say(_("Points were taken as marks for thousands, because people are counted whole.")))
    if "grows" in stages.doubts:
        notes.append(
            say(
                _(
                    "A stage has more people than the one before it. Is it a total, or do the rows stand in another order?"
                )
            )
        )
    return notes


def notes_of_log(say: Say, reading: Reading) -> list[str]:
    """Say what is odd about persons, events and times of a log, and what would be better."""
    log, notes = reading.log, []
    if log is None:
        return notes
    if "nobody-twice" in log.doubts:
        notes.append(_nobody_twice(say, reading))
    if "rounded" in log.doubts:
        notes.append(
            say(
                _(
                    "A spreadsheet has rounded numbers of persons to forms such as %(form)s, so different people may have become "
                    "one. Export the file again and bring it without opening it in a spreadsheet."
                ),
                form=say.numbers.isolate("9.9E+15"),
            )
        )
    if "lost-letters" in log.doubts:
        notes.append(
            say(
                _(
                    "Some persons are question marks: their letters were lost when the file was saved. Save it again as UTF-8."
                )
            )
        )
    if log.alike:
        first = [typed(log.names[i]) for i in log.alike[0]]
        notes.append(
            say(
                _("Some events differ only in spelling: %(names)s. Choose above whether they are one."),
                names=say.join(first),
            )
        )
    if log.dates.serial:
        notes.append(say(_("The times are numbers of days, as spreadsheets count them. Please check the period.")))
    if log.dates.hours:
        notes.append(say(_("Numbers of ten digits were taken as year, month, day and hour.")))
    if log.wrong.get("time"):
        forms = ("2024-03-05 14:30", "05/03/2024", "5 March 2024", "1403/01/16")
        numbers = say.numbers
        notes.append(
            say(
                _("Times are read in forms such as these: %(forms)s."),
                forms=say.join([numbers.isolate(form) for form in forms]),
            )
        )
    return notes


def _nobody_twice(say: Say, reading: Reading) -> str:
    """Say that no person recurs, and name the column in which they do, if there is one."""
    taken, shape = reading.columns, reading.shape
    others = () if shape is None else shape.person
    better = next(
        (
            one for one in others
            if one.column not in (taken.person, taken.event, taken.time) and one.worth > 0 and "recurs" in one.evidence
        ),
        None,
    )  # fmt: skip
    heading = reading.layout.names[better.column] if better is not None else ""
    if heading:
        return say(
            _("Nobody has two events. Is this column the person? “%(column)s” may be the better one."),
            column=typed(heading),
        )
    return say(_("Nobody has two events. Is this column the person? Then nobody goes from one step to the next."))
