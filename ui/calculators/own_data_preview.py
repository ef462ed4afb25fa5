"""Your own data, before they are used: the first rows, what was understood, which rows cannot be used, and the choices."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from documents.incoming.event_log import Columns, EventLog
from documents.incoming.own_file import Options, Reading
from documents.incoming.stage_table import StageTable
from documents.incoming.tables import MAX_ROWS
from funnel.facts.stages import MAX_STAGES, clean_text
from statements.blocks import Table
from statements.findings import Findings, KeyFigure
from statements.say import Say
from statements.text import shown_name, typed
from ui import state
from ui.blocks import blocks_html, html
from ui.calculators.own_data_choices import Choose, draw_readings, draw_stage_readings, menu
from ui.calculators.own_data_notes import notes_of_log, notes_of_stages, notes_of_workbook
from ui.calculators.own_data_refusals import day_text, problem_line
from ui.kit.page import headline, notes_list
from ui.text import _, label

ROWS, COLUMNS, CELL = 5, 8, 28


def draw_reading(reading: Reading, options: Options, choose: Choose) -> None:
    """Draw what was understood of the data; `choose` takes the options that the learner changes."""
    say = Say()
    with st.container(horizontal=True, key="own-kinds", vertical_alignment="bottom"):
        kinds = {"events": _("A log of events"), "stages": _("Stages with their counts")}
        menu(
            "own-kind",
            _("What is in it?"),
            kinds,
            reading.kind,
            lambda kind: choose(Options(kind=kind, **_how(options))),
        )
        if reading.sheet is not None and len(reading.sheet.sheets) > 1:
            sheets = {str(i): label(clean_text(name, 40)) for i, name in enumerate(reading.sheet.sheets)}
            menu("own-sheet", _("Sheet"), sheets, str(reading.sheet.sheet), lambda i: choose(Options(sheet=int(i))))
        _draw_columns(reading, options, choose)
    st.html(_first_rows(say, reading))
    st.html(_understood(say, reading))
    box = st.popover(_("Not read as it should be?"), key="own-how", on_change="rerun", icon=":material/tune:")
    with box:
        if box.open:
            _draw_how(reading, options, choose)


def _how(options: Options) -> dict:
    return {"delimiter": options.delimiter, "header": options.header, "sheet": options.sheet}


def _headings(reading: Reading) -> list[str]:
    """Return the columns' headings as text; a column without one is called by its number."""
    numbers = state.reader().numbers
    return [
        heading or _("Column %(number)s") % {"number": numbers.count(i + 1)}
        for i, heading in enumerate(reading.layout.names)
    ]


def _draw_columns(reading: Reading, options: Options, choose: Choose) -> None:
    names = {str(i): label(heading) for i, heading in enumerate(_headings(reading))}
    if reading.kind == "events" and reading.columns is not None:
        columns = reading.columns
        roles = {"person": _("Column: who"), "event": _("Column: what happened"), "time": _("Column: when")}
        for role, words in roles.items():
            menu(
                f"own-{role}", words, names, str(getattr(columns, role)),
                lambda i, role=role: choose(replace(options, kind="events", columns=replace(columns, **{role: int(i)}))),
            )  # fmt: skip
        if reading.log is not None:
            draw_readings(reading, columns, partial(_put_columns, options, choose))
        if reading.log is not None and reading.log.dates.order:
            orders = {"day": _("the day"), "month": _("the month")}
            menu(
                "own-order", _("Which comes first in the dates?"), orders, reading.log.dates.order,
                lambda first: choose(replace(options, kind="events", columns=replace(columns, day_first=first == "day"))),
            )  # fmt: skip
    stages = reading.stages
    if stages is not None:
        draw_stage_readings(stages, options, choose)
    if stages is not None and stages.name is not None and len(names) > 1:
        for field, words, value in (
            ("name", _("Column: the stage's name"), stages.name), ("count", _("Column: how many"), stages.count),
        ):  # fmt: skip
            menu(
                f"own-{field}", words, names, str(value),
                lambda i, field=field: choose(
                    replace(options, kind="stages", part=None, **{"name": stages.name, "count": stages.count, field: int(i)})
                ),
            )  # fmt: skip


def _put_columns(options: Options, choose: Choose, columns: Columns) -> None:
    choose(replace(options, kind="events", columns=columns))


def _draw_how(reading: Reading, options: Options, choose: Choose) -> None:
    """Draw how the text is taken apart."""
    signs = {
        ",": _("comma"),
        ";": _("semicolon"),
        "\t": _("tab"),
        "|": _("vertical bar"),
        "؛": _("Arabic semicolon"),
        "،": _("Arabic comma"),
    }
    if reading.sheet is None:
        menu(
            "own-delimiter", _("Between the cells stands"), signs, reading.layout.delimiter,
            lambda sign: choose(Options(delimiter=sign, header=options.header)),
        )  # fmt: skip
    first = {"yes": _("headings"), "no": _("data already")}
    menu(
        "own-header", _("The first row holds"), first, "yes" if reading.layout.header else "no",
        lambda chosen: choose(replace(options, header=chosen == "yes", columns=None, name=None, count=None)),
    )  # fmt: skip


# --- what was understood --------------------------------------------------------------------------------------------


def _first_rows(say: Say, reading: Reading) -> Markup:
    """Return the first rows as they stand in the data."""
    heads = _headings(reading)
    if reading.kind == "events" and reading.columns is not None:
        roles = {reading.columns.person: _("who"), reading.columns.event: _("what"), reading.columns.time: _("when")}
        heads = [
            _("%(heading)s: %(role)s") % {"heading": head, "role": roles[i]} if i in roles else head
            for i, head in enumerate(heads)
        ]
    rows = [
        [
            typed(cell if len(cell) <= CELL else cell[:CELL] + "…")
            for cell in (clean_text(cell, 200) for cell in row[:COLUMNS])
        ]
        for row in reading.layout.rows[:ROWS]
    ]
    if not rows:
        return Markup("")
    shown = blocks_html([Table(_("The first rows, as they stand in the data"), heads[:COLUMNS], rows, words=COLUMNS)])
    if (more := len(heads) - COLUMNS) > 0:
        rest = say.plural("and %(n)s more column", "and %(n)s more columns", float(more))
        shown += Markup('<p class="tf-note tf-quiet">{}</p>').format(html(rest))
    return shown


def _understood(say: Say, reading: Reading) -> Markup:
    """Return what was understood: how many rows can be used, and why the others cannot."""
    if reading.log is not None:
        found = Findings(_of_log(say, reading.log), _log_figures(say, reading.log), _notes(say, reading))
        problems, wrong = reading.log.problems, reading.log.wrong
    elif reading.stages is not None:
        found = Findings(_of_stages(say, reading.stages), (), _notes(say, reading))
        problems, wrong = reading.stages.problems, reading.stages.wrong
    else:
        words = _("A log needs three columns: who, what happened, and when. Perhaps the separator is another one.")
        return Markup('<p class="tf-field-error" role="alert">{}</p>').format(html(words))
    lines = [problem_line(say, problem) for problem in problems]
    rest = sum(count for code, count in wrong.items() if code != "events") - len(problems)
    if rest > 0:
        lines.append(say.plural("and %(n)s more row", "and %(n)s more rows", float(rest)))
    said = headline(found, strip=False)
    if lines:
        left_out = _("These rows cannot be used and are left out:")
        said += Markup('<p class="tf-note">{}</p>').format(html(left_out)) + notes_list(lines)
    return said


def _of_log(say: Say, log: EventLog) -> str:
    if not log.fine:
        return say(_("No row can be used with these columns. Choose others above."))
    if many := log.wrong.get("events"):
        return say(
            _(
                "The column that was taken for the event holds %(n)s different texts: those are hardly events. Choose another."
            ),
            n=say.count(many),
        )
    if len(log.names) < 2:
        return say(_("There is only one kind of event in it, and a funnel needs two. Is it the right column?"))
    return say.plural("%(n)s row of the log can be used.", "%(n)s rows of the log can be used.", float(log.fine))


def _log_figures(say: Say, log: EventLog) -> list[KeyFigure]:
    if not log.fine:
        return []
    period = say(_("%(first)s to %(last)s"), first=day_text(log.span[0]), last=day_text(log.span[1]))
    return [
        KeyFigure(_("Rows in all"), say.count(log.rows)),
        KeyFigure(_("Different people"), say.count(log.people)),
        KeyFigure(_("Kinds of events"), say.count(len(log.names) or log.wrong.get("events", 0))),
        KeyFigure(_("Period"), period),
    ]


def _of_stages(say: Say, found: StageTable) -> str:
    if "shares" in found.doubts:
        return say(_("These are shares, not people. Choose the column that holds the numbers of people."))
    if "cut" in found.doubts:
        words = _(
            "The numbers are cut at the commas in them. Choose another separator below, or write them without commas: %(form)s."
        )
        return say(words, form=say.numbers.isolate("48000"))
    if len(found.stages) < 2:
        return say(_("A funnel needs at least two rows with a count. Is it the right column?"))
    parts = [
        say(_("“%(stage)s”: %(count)s"), stage=shown_name(stage, i), count=say.count(count))
        for i, (stage, count) in enumerate(zip(found.stages, found.counts, strict=True))
    ]
    return say(_("So it was read: %(stages)s."), stages=say.join(parts))


def _notes(say: Say, reading: Reading) -> list[str]:
    """Say what else was noticed about the data."""
    layout, notes = reading.layout, []
    if layout.open_quote is not None:
        notes.append(
            say(
                _(
                    "A quotation mark is opened in row %(row)s and not closed there. Quotation marks were therefore taken as "
                    "ordinary signs."
                ),
                row=say.count(layout.open_quote),
            )
        )
    if layout.titles:
        notes.append(
            say.plural(
                "%(n)s row above the table was left out.",
                "%(n)s rows above the table were left out.",
                float(layout.titles),
            )
        )
    if layout.encoding == "windows-1256":
        notes.append(say(_("The letters were read as Windows-1256. If the names look wrong, save the file as UTF-8.")))
    if reading.sheet is not None:
        if reading.sheet.ignored:
            notes.append(say(_("Macros and links to other files are in this workbook; they were not looked at.")))
        if reading.sheet.cut:
            notes.append(say(_("The sheet is very long; its end was not read. A CSV file may be longer.")))
    if reading.stages is not None and reading.stages.more:
        notes.append(
            say(_("A funnel has at most %(most)s stages here; what follows was left out."), most=say.count(MAX_STAGES))
        )
    notes += notes_of_workbook(say, reading) + notes_of_stages(say, reading) + notes_of_log(say, reading)
    if (log := reading.log) is not None:
        if log.cut:
            notes.append(say(_("Only the first %(most)s rows were read."), most=say.count(MAX_ROWS)))
        if log.dates.asked:
            notes.append(
                say(
                    _(
                        "Nothing in the dates says whether the day or the month comes first. Please check the choice above."
                    )
                )
            )
        if log.dates.lunar and not log.dates.jalali:
            notes.append(
                say(_("Dates of the lunar Hijri calendar are not read here. Convert them to Gregorian dates first."))
            )
        elif log.dates.lunar:
            notes.append(
                say(
                    _(
                        "The years were read as years of the Persian calendar. If they are lunar Hijri years, convert the "
                        "dates first."
                    )
                )
            )
    return notes
