"""Your own data, coming in: paste, file or sample; what was read of it is shown before it is used."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from threading import Lock
from weakref import WeakSet

import streamlit as st

from documents.incoming.decoding import Unreadable
from documents.incoming.ours import Returned, recognise
from documents.incoming.own_file import Brought, Options, Reading, suggest_steps
from documents.outgoing.samples import log_csv, stages_csv
from funnel.calculators import own_data as model
from funnel.facts.stages import Stage, clean_text
from statements.calculators.own_data.words import sample_channels, sample_events
from statements.say import Say
from ui import state
from ui.blocks import html
from ui.calculators.own_data_preview import draw_reading
from ui.calculators.own_data_refusals import persian_calendar, refusal
from ui.files.returned import draw_returned
from ui.kit.form import choose
from ui.text import _, escape, label

SLUG = "own_data"
START = model.Inputs.origin("sample")
BROUGHT, DRAFT, USED, WAY = "own-brought", "own-options", "own-used", "own-way"
USED_NOW = "own-used-now"  # set by the button, for a page that only brings data
RETURNED = "own-returned"  # what a file of ours held, or why one cannot be opened
FILES = ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "xlsx", "xlsm", "xls", "ods"]
#: Bytes that all sessions together may keep; the server has to serve the others, too.
MOST_KEPT = 2 * 2**30
_LOADING = Lock()
_everybodys: WeakSet[Brought] = WeakSet()
_counting = Lock()


def brought() -> Brought | None:
    """Return what the learner brought into this session."""
    return state.noted(BROUGHT)


def used() -> tuple[Brought, Options] | None:
    """Return what of it is on the page: the data and how they were read."""
    return state.noted(USED)


def draw_bring(inputs: model.Inputs) -> None:
    """Draw the ways to bring data, and what was read."""
    ways = {"sample": _("Fictional sample"), "paste": _("Paste"), "file": _("File")}
    linked = inputs.source == "own" and used() is None  # a link of somebody's own data, or this page after a reload
    if linked:
        ways = {"link": _("From the link")} | ways
    way = state.noted(WAY, "link" if linked else "sample")
    if way not in ways:
        way = "sample"
    with st.container(key="choices"):
        choose("own-way", _("Where do the numbers come from?"), ways, way, lambda chosen: state.note(WAY, chosen))
    if way == "sample":
        _draw_sample(inputs)
        return
    if way == "link":
        said = _("These numbers came with the link. The data behind them are not here.")
        st.html(f'<p class="tf-note">{escape(said)}</p>')
        return
    (_draw_paste if way == "paste" else draw_file)()
    draw_found(inputs)  # next to what was pressed
    private = _(
        "Your data stay in this session: they are read in the server's memory, not stored and not passed on, and forgotten when "
        "you remove them, reload the page or leave. The stages and their counts stand in the address of this page, and a link "
        "brings them back; the data themselves have to be brought again."
    )
    st.html(f'<p class="tf-note tf-quiet">{escape(private)}</p>')


def draw_found(inputs: model.Inputs) -> None:
    """Draw what came back of ours, or what was read of anybody's data; nothing where nothing was brought."""
    returned = state.noted(RETURNED)
    if returned is not None:
        draw_returned(returned, _forget)
    elif (found := brought()) is not None:
        _draw_brought(inputs, found)


# --- the ways -------------------------------------------------------------------------------------------------------


def _draw_sample(inputs: model.Inputs) -> None:
    said = _(
        "A made-up log of a web service with a free trial. Nobody in it is real. Change what counts below, or take the files and "
        "bring them back as if they were yours."
    )
    st.html(f'<p class="tf-note">{escape(said)}</p>')
    with st.container(horizontal=True, key="own-samples", gap="small"):
        if inputs.source != "sample":
            st.button(_("Back to the sample"), key="own-sample", icon=":material/undo:", on_click=_back_to_sample)
        st.button(
            _("Try a table of stages"), key="own-sample-stages", icon=":material/table_rows:", on_click=_sample_stages
        )
        reader = state.reader()
        words = (_log_headings(), tuple(sample_events()), tuple(sample_channels()))
        st.download_button(
            _("The log as a file (CSV)"),
            partial(log_csv, *words, persian=persian_calendar(), digits=reader.digits),
            "sample-events.csv",
            "text/csv",
            key="own-sample-log-file",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            _("The stages as a file (CSV)"),
            partial(stages_csv, *_sample_words()),
            "sample-stages.csv",
            "text/csv",
            key="own-sample-stages-file",
            on_click="ignore",
            icon=":material/download:",
        )


def _log_headings() -> tuple[str, ...]:
    return _("Person"), _("Event"), _("Time"), _("Channel")


def _sample_words() -> tuple[tuple[str, str], tuple[str, ...]]:
    return (_("Stage"), _("People")), tuple(sample_events()[:5])


def _back_to_sample() -> None:
    state.put(SLUG, START)


def _sample_stages() -> None:
    """Bring the sample's table of stages as if it had been pasted, and use it."""
    state.note(WAY, "paste")
    text = stages_csv(*_sample_words()).decode("utf-8-sig").replace("\r\n", "\n")
    state.note("own-typed", text)
    _take(text, "")
    _use()


def _draw_paste() -> None:
    key = f"own-text-{state.reader().key}"
    state.show(key, state.noted("own-typed", ""))
    st.text_area(
        _("Stages with their counts, or a log with person, event and time"),
        key=key,
        height=170 if brought() is None else 96,  # what was read of it shall stand where the eye is
        on_change=_pasted,
        args=(key,),
        help=_(
            "Copy the cells out of a spreadsheet and paste them here, or type a line for each stage: its name, a semicolon, its "
            "count. Digits may be Latin, Arabic or Persian."
        ),
    )
    # Leaving the field sends the text; the button is there so that somebody who looks for one finds it.
    st.button(_("Read the text"), key="own-read", icon=":material/check:")


def _pasted(key: str) -> None:
    text = str(state.shown(key) or "")
    state.note("own-typed", text[: 1 << 20])
    if text.strip():
        _take(text, "")
    else:
        _forget()


def draw_file() -> None:
    """Draw the field for a file, and take what is put into it."""
    number = state.noted("own-files", 0)
    file = st.file_uploader(
        _("A file: CSV, TSV, text, JSON, or a workbook (.xlsx, .xls, .ods)"),
        type=FILES,
        key=f"own-file-{number}-{state.reader().key}",
    )
    if file is not None:
        _take(file.getvalue(), file.name)
        state.note("own-typed", "")
        state.note("own-files", number + 1)  # a new field: Streamlit lets go of its own copy of the file
        st.rerun()


def _take(data: bytes | str, name: str) -> None:
    """Keep what was brought; nothing on the page changes yet. A file of ours is known first."""
    with _LOADING:  # Arrow imports it at the first array; of two threads that do so at once, one finds it half made
        import_module("pandas")
    try:
        returned: Returned | Unreadable | None = recognise(name, data)
    except Unreadable as error:
        returned = error
    state.note(RETURNED, returned)
    if returned is not None:
        state.note(BROUGHT, None)
        return
    found = Brought(name, data)
    now = brought()
    if now is not None and now.same_as(found):
        return
    busy = not _counted(found, now)
    state.note("own-busy", busy)
    if busy:
        found = Brought(name, "")
    state.note(BROUGHT, found)
    state.note(DRAFT, Options())


def _counted(found: Brought, before: Brought | None) -> bool:
    """Count what a session brings, in place of what it brought before, among what all keep; False where there is no room."""
    with _counting:  # each session has a thread of its own
        if sum(one.kept for one in _everybodys if one is not before) + found.kept > MOST_KEPT:
            return False
        _everybodys.add(found)
        return True


def _forget() -> None:
    state.note(RETURNED, None)
    state.note(BROUGHT, None)
    state.note(DRAFT, Options())


def _remove() -> None:
    """Forget the data, and what of them is on the page."""
    state.note("own-typed", "")
    state.note(USED, None)
    _forget()
    state.put(SLUG, START)


# --- what was brought -----------------------------------------------------------------------------------------------


def _draw_brought(inputs: model.Inputs, found: Brought) -> None:
    options: Options = state.noted(DRAFT, Options())
    reading = found.read(options)
    now = used()
    taken = now is not None and now[0] is found and _same(now[1], options) and inputs.source == "own"
    title = _("What was read: “%(name)s”") % {"name": clean_text(found.name, 60)} if found.name else _("What was read")
    say = Say()
    if taken:
        with st.container(horizontal=True, key="own-taken", gap="small", vertical_alignment="center"):
            said = (
                _("“%(name)s” is on the page.") % {"name": clean_text(found.name, 60)}
                if found.name
                else _("Your data are on the page.")
            )
            st.html(f'<p class="tf-note" role="status">{escape(said)}</p>')
            _remove_button()
        box = st.expander(label(title), key="own-again", on_change="rerun")
        with box:
            if box.open:
                draw_reading(reading, options, _choose)
        return
    with st.container(key="own-reading", border=True):
        st.html(f"<h2>{escape(title)}</h2>")
        if reading.refusal:
            code = "busy" if state.noted("own-busy") else reading.refusal
            st.html(f'<p class="tf-field-error" role="alert">{html(refusal(say, code, reading.found))}</p>')
        else:
            draw_reading(reading, options, _choose)
        with st.container(horizontal=True, key="own-take", gap="small"):
            if not reading.refusal:
                st.button(
                    _("Use these data"), key="own-use", type="primary", on_click=_use, disabled=not reading.usable
                )
            _remove_button()
        not_yet = _("Nothing on the page has changed yet.")
        st.html(f'<p class="tf-note tf-quiet">{escape(not_yet)}</p>')


def _remove_button() -> None:
    st.button(_("Remove the data"), key="own-remove", icon=":material/delete:", on_click=_remove)


def _same(one: Options, other: Options) -> bool:
    """Say whether two sets of options read the same; the groups are chosen where the result is."""

    def plain(options: Options) -> Options:
        return options if options.columns is None else replace(options, columns=replace(options.columns, by=None))

    return plain(one) == plain(other)


def _choose(options: Options) -> None:
    state.note(DRAFT, options)


def _use() -> None:
    """Put what was read on the page of one's own data; another page then leads there."""
    state.desk(SLUG, START)
    state.note(USED_NOW, True)
    found, options = brought(), state.noted(DRAFT, Options())
    if found is None:
        return
    reading = found.read(options)
    if not reading.usable:
        return
    state.note(USED, (found, options))
    state.change(SLUG, partial(_inputs_of, reading))


def _inputs_of(reading: Reading, inputs: model.Inputs) -> model.Inputs:
    """Return the inputs of what was read; the rules stay as they are."""
    if reading.stages is not None:
        stages = reading.stages
        return replace(model.Inputs.origin("own"), kind="stages", stages=stages.stages, counts=stages.counts)
    stages = tuple(Stage(name=reading.log.names[i]) for i in suggest_steps(reading.log))
    rules = {field: getattr(inputs, field) for field in ("order", "entry", "window", "unit")}
    return replace(model.Inputs.origin("own"), stages=stages, counts=(None,) * len(stages), **rules)


def group_by(column: int | None) -> None:
    """Compare groups by a column of the log that is on the page."""
    found, options = used()
    columns = options.columns or found.read(options).columns
    chosen = replace(options, columns=replace(columns, by=column))
    if _same(state.noted(DRAFT, Options()), options):
        state.note(DRAFT, chosen)
    state.note(USED, (found, chosen))
