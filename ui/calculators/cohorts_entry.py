"""Type, paste or upload cohorts: what was read is shown, with what was wrong in which line, before it replaces anything."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from documents.incoming.cohort_file import MOST_CHARACTERS, Problem, Reading, read_bytes, read_text
from documents.incoming.layouts import quoted
from funnel.calculators import cohorts as model
from statements.blocks import Table
from statements.calculators.cohorts.words import names, number_name
from statements.say import Say
from statements.text import typed
from ui import state
from ui.blocks import blocks_html, html
from ui.text import _, ngettext

SLUG = "cohorts"
DRAFT, FILE = "cohorts-draft", "cohorts-file"  # the text that is not on the page yet; what was wrong with the file
ZEROS = "cohorts-zeros"  # zeros at the ends of the lines are people who left
LISTED = 8
MOST_MEGABYTES = 1


def draw_entry(inputs: model.Inputs) -> None:
    """Draw the box with the learner's own numbers, only while it is open."""
    box = st.expander(
        _("Your own cohorts: type, paste or upload"),
        key="cohorts-entry",
        on_change="rerun",
        icon=":material/edit_note:",
    )
    with box:
        if box.open:
            _draw(inputs)


def _draw(inputs: model.Inputs) -> None:
    key = f"cohorts-text-{state.reader().key}"
    draft = state.noted(DRAFT)
    state.show(key, as_text(inputs) if draft is None else draft)
    st.text_area(
        _("One cohort a line: its name, then how many are there at each age"),
        key=key,
        height=190,
        on_change=_typed,
        args=(key,),
        help=_(
            "Put a semicolon, a comma, a tab or spaces between the numbers; a part of a spreadsheet can be pasted as it is. "
            "Leave empty what is not known yet. Digits may be Latin, Arabic or Persian."
        ),
    )
    file = f"cohorts-upload-{state.reader().key}"
    st.file_uploader(
        _("Or a file: CSV, TSV, text or a workbook"),
        type=["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"],
        key=file,
        max_upload_size=MOST_MEGABYTES,
        on_change=_uploaded,
        args=(file,),
    )
    zeros = bool(state.noted(ZEROS, False))
    reading = read_text(draft, zeros=zeros) if draft is not None else Reading()
    _say_problems((*state.noted(FILE, ()), *reading.problems))
    if zeros or any(problem.code == "future" for problem in reading.problems):
        state.show("cohorts-zeros-box", zeros)
        st.checkbox(_("The zeros at the ends are true: nobody was left"), key="cohorts-zeros-box", on_change=_zeros)
    _offer(inputs, reading, draft)


def _offer(inputs: model.Inputs, reading: Reading, draft: str | None) -> None:
    """Draw the preview and the button that puts it on the page."""
    if reading.cohorts:
        wanted = _wanted(reading)
        if wanted == (inputs.names, inputs.counts):
            said = _("These numbers are on the page.")
            st.html(f'<p class="tf-note" role="status">{html(said)}</p>')
        else:
            st.html(_preview(reading))
            words = ngettext("Use this %(n)s cohort", "Use these %(n)s cohorts", len(reading.cohorts))
            st.button(
                words % {"n": state.reader().numbers.count(len(reading.cohorts))},
                type="primary",
                key="cohorts-use",
                on_click=_use,
                args=(wanted, any(problem.fatal for problem in reading.problems)),
            )
    with st.container(horizontal=True, key="cohorts-entry-more"):
        # Leaving the field sends the text; the button is there so that somebody who looks for one finds it.
        st.button(_("Check the text"), key="cohorts-check", icon=":material/check:")
        if draft is not None:
            st.button(_("Back to the numbers on the page"), key="cohorts-drop", type="tertiary", on_click=_drop)


def _zeros() -> None:
    state.note(ZEROS, bool(state.shown("cohorts-zeros-box")))


def _typed(key: str) -> None:
    state.note(DRAFT, str(state.shown(key) or "")[: MOST_CHARACTERS + 1])  # one too many is enough to say so
    state.note(FILE, ())


def _uploaded(key: str) -> None:
    file = state.shown(key)
    if file is None:
        state.note(FILE, ())
        return
    text, reading = read_bytes(file.getvalue())
    whole = tuple(problem for problem in reading.problems if problem.line == 0)
    refused = any(problem.fatal for problem in whole) and not reading.cohorts
    # What cannot be used leaves the text as it is; the rest is read from the text, where it can be corrected.
    state.note(FILE, whole if refused else tuple(problem for problem in whole if problem.code == "other-letters"))
    if not refused:
        state.note(DRAFT, text)


def _wanted(reading: Reading) -> tuple[tuple[str, ...], model.Rows]:
    """Return names and counts as the page keeps them; the name that we give by ourselves is none."""
    given = tuple("" if one.name == number_name(i) else one.name for i, one in enumerate(reading.cohorts))
    return given, tuple(one.counts for one in reading.cohorts)


def _use(wanted: tuple[tuple[str, ...], model.Rows], left_out: bool) -> None:
    state.change(SLUG, lambda inputs: model.with_cohorts(inputs, *wanted))
    if not left_out:  # else the text stays, so that what could not be read can still be corrected
        _drop()


def _drop() -> None:
    state.note(DRAFT, None)
    state.note(FILE, ())
    state.note(ZEROS, False)


def as_text(inputs: model.Inputs) -> str:
    """Return the cohorts on the page as the text that reads as them."""
    write = state.reader().numbers.count_field
    width = max(2, *(len(row) for row in inputs.counts))
    lines = [[_("Cohort"), *map(write, range(width))]]
    for name, row in zip(names(inputs), inputs.counts, strict=True):
        lines.append([_quoted(name), *("" if count is None else write(count) for count in row)])
    return "\n".join("; ".join(line) for line in lines)


def _quoted(name: str) -> str:
    return quoted(name) if set(name) & set(';"') else name


def _preview(reading: Reading) -> Markup:
    say = Say()
    width = max(len(one.counts) for one in reading.cohorts)
    rows = [
        [
            typed(one.name or number_name(i)),
            *("" if count is None else say.count(count) for count in one.counts),
            *("",) * (width - len(one.counts)),
        ]
        for i, one in enumerate(reading.cohorts)
    ]
    head = [_("Cohort"), *(say.count(age) for age in range(width))]
    caption = _("Preview: so it was read, people by age. Nothing on the page has changed yet.")
    return blocks_html([Table(caption, head, rows)])


# --- what was wrong -------------------------------------------------------------------------------------------------


def _say_problems(problems: tuple[Problem, ...]) -> None:
    """Draw what was wrong, line by line: mistakes first, then what is only odd."""
    if not problems:
        return
    say = Say()
    ordered = sorted(problems, key=lambda problem: not problem.fatal)
    lines = [
        Markup("<li{}>{}</li>").format(WRONG if problem.fatal else "", html(_say_problem(say, problem)))
        for problem in ordered[:LISTED]
    ]
    if len(ordered) > LISTED:
        more = say.plural("and %(n)s more line", "and %(n)s more lines", float(len(ordered) - LISTED))
        lines.append(Markup("<li>{}</li>").format(html(more)))
    said = f'<ul class="tf-notes" role="alert">{"".join(lines)}</ul>'
    if any(problem.fatal and problem.line for problem in problems):
        left_out = _("Lines with a mistake are left out until they are corrected.")
        said += f'<p class="tf-note">{html(left_out)}</p>'
    st.html(said)


WRONG = Markup(' class="tf-field-error"')


def _say_problem(say: Say, problem: Problem) -> str:
    """Say one problem, with its line."""
    facts = {"line": say.count(problem.line), "given": typed(problem.given), "most": say.count(model.MOST_AGES)}
    if not problem.line:
        said = _of_the_whole(problem.code) or _done(problem.code)
        most = {"cohorts": say.count(model.MOST_COHORTS), "ages": say.count(model.MOST_AGES)}
        return say(said, given=typed(problem.given), **most)
    if problem.code == "total" and not problem.given:
        return say(_("Line %(line)s holds the sum of the others and was left out."), **facts)
    if problem.code == "not-a-number":
        return say(_no_number(problem.why), **facts)
    sentences = {
        "no-start": _("Line %(line)s: the number at the start is missing, and without it there are no shares."),
        "no-counts": _("Line %(line)s: there is no number in it."),
        "out-of-range": _("Line %(line)s: “%(given)s” is more people than this page can hold."),
        "grows": _(
            "Line %(line)s: “%(given)s” is more than the number before it. Nobody joins a cohort late: please check. The "
            "models would leave this cohort out."
        ),
        "gap": _("Line %(line)s: a number is missing in the middle. It is taken as not known, not as zero."),
        "nobody": _("Line %(line)s: this cohort begins with nobody, so it has no shares."),
        "too-many-ages": _("Line %(line)s: only the first %(most)s numbers are taken."),
        "heading": _("Line %(line)s was taken as the heading."),
        "total": _("Line %(line)s, “%(given)s”, holds totals or averages and was left out."),
    }
    return say(sentences[problem.code], **facts)


def _no_number(why: str) -> str:
    sentences = {
        "ambiguous": _(
            "Line %(line)s: “%(given)s” can be read in two ways. Write it without marks between the digits."
        ),
        "percent": _("Line %(line)s: “%(given)s” is a percentage. Numbers of people are needed."),
        "negative": _("Line %(line)s: “%(given)s” is less than zero."),
        "several": _("Line %(line)s: “%(given)s” holds several numbers; put the same separator between all of them."),
    }
    return sentences.get(why, _("Line %(line)s: “%(given)s” is no number."))


def _done(code: str) -> str:
    """Say what was done with the table as a whole."""
    return {
        "size": _("The column “%(given)s” holds the size of each cohort, not an age."),
        "total": _("The column “%(given)s” and what follows it were left out: it is no age."),
        "future": _(
            "In each line the zeros at the end begin one age earlier. They were taken as times that have not come yet, not as "
            "people who left."
        ),
        "converted": _("The table holds shares. They were turned into people with the size of each cohort."),
        "long": _("The table has a line for each age. The lines of each cohort were put together."),
        "calendar": _(
            "Each cohort begins one column later, so the columns are months or years. They were moved to ages."
        ),
        "twice": _(
            "In every line the first two numbers are equal. If the first one is the size of the cohort, delete that column."
        ),
        "shares": _(
            "These are shares, not people. Add a column “Size” with the number of people at the start before the shares."
        ),
    }[code]


def _of_the_whole(code: str) -> str:
    return {
        "empty": _("There is no cohort in it yet."),
        "too-large": _("That is too much for this page, which shows %(cohorts)s cohorts of %(ages)s ages at most."),
        "workbook": _("This workbook could not be read. Save the sheet as CSV and choose that file."),
        "not-text": _(
            "This file holds no text that could be read. Save the table as CSV (UTF-8) and choose that file."
        ),
        "other-letters": _("The file is not in UTF-8; it was read as Windows-1256. Check the names."),
        "too-many-lines": _("There are very many lines; those at the end were not read."),
        "too-many-cohorts": _("There are more than %(cohorts)s cohorts; the rest is left out."),
    }.get(code, "")
