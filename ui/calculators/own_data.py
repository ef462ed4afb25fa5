"""Your own data: stage counts or a log of events, brought by the learner, counted as a funnel by rules that she chooses."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from documents.incoming.event_log import NONE, OTHERS, EventLog
from documents.incoming.own_file import MAX_OFFERED
from funnel.calculators import own_data as model
from funnel.facts.stages import MAX_STAGES, MIN_STAGES, Stage
from funnel.formulas.events import EventFunnel
from statements.calculators.own_data.calculator import Live, field_names, findings, sample_live
from statements.calculators.own_data.words import stage_texts
from statements.findings import Findings
from statements.settings import Pick
from ui import navigation, state
from ui.blocks import blocks_html
from ui.calculator import draw_around, tool_row
from ui.calculators.own_data_bring import SLUG, START, draw_bring, group_by, used
from ui.calculators.own_data_choices import menu
from ui.calculators.stage_edit import stage_button
from ui.files.buttons import data_files
from ui.inputs import number_field
from ui.kit.form import draw_pick
from ui.kit.page import headline
from ui.kit.pictures import draw_chart
from ui.text import _, escape, label

NO_COLUMN = "none"


def page() -> None:
    """Draw the page."""
    draw_around(SLUG, START, _body, field_names)


def _body() -> None:
    """What is brought, the rules, and what follows."""
    desk = state.desk(SLUG, START)
    draw_bring(desk.inputs)
    live, log = log_here(desk.inputs)
    if log is not None:
        desk.inputs = model.with_result(desk.inputs, log)  # the result lies in the inputs, for the link
    inputs = desk.inputs
    tool_row(
        SLUG,
        desk,
        reset=lambda: START,
        files=lambda _desk: data_files(SLUG, inputs, events=(live, log)),
    )
    found = findings(inputs, live, log)
    if live is None:
        _draw_found(found)
    else:
        rules, picture = st.columns([4, 7], gap="large")
        with rules, st.container(key="own-rules"):
            _draw_rules(inputs, live)
        with picture:
            _draw_found(found)
    st.html(blocks_html(found.body) or "<span></span>")
    if inputs.source == "sample" or any(inputs.counts):
        _draw_onward(inputs)


def _draw_found(found: Findings) -> None:
    st.html(f"{headline(found)}{state.address(state.open_desk(SLUG).inputs)}")
    for chart in found.charts:
        draw_chart(st.empty(), chart, found.headline)


def own_live(log: EventLog, by: str) -> Live:
    """Return the learner's log; `by` is the heading of the column whose values are the groups."""
    words = {OTHERS: _("the others"), NONE: _("empty")}
    groups = [words.get(name, name) for name in log.group_names]
    stages = tuple(Stage(name=name) for name in log.names)
    return Live(log.people_codes, log.events, log.when, log.groups, stages, log.names, log.counts, groups, by)


def log_here(inputs: model.Inputs) -> tuple[Live | None, EventFunnel | None]:
    """Return the log of these inputs, if it is in this visit, and what it counts, if it is the learner's own."""
    live = _live(inputs)
    return live, _counted(inputs, live)


def _live(inputs: model.Inputs) -> Live | None:
    """Return the log whose events are here and whose steps the inputs hold; None for stage counts and foreign links."""
    if inputs.source == "sample":
        return sample_live()
    now = used()
    if inputs.kind != "events" or now is None:
        return None
    reading = now[0].read(now[1])
    if reading.log is None:
        return None
    column = reading.columns.by
    by = "" if column is None else reading.layout.names[column] or _column(column)
    live = own_live(reading.log, by)
    return live if live.codes(inputs.stages) is not None else None


def _column(i: int) -> str:
    return _("Column %(number)s") % {"number": state.reader().numbers.count(i + 1)}


def _counted(inputs: model.Inputs, live: Live | None) -> EventFunnel | None:
    """Count the learner's own log, unless nothing that counts has changed."""
    if live is None or inputs.source == "sample":
        return None
    what = (
        inputs.stages,
        inputs.order,
        inputs.entry,
        model.window_ms(inputs),
        live.group_names,
        live.by,
        id(live.people),
    )
    kept = state.noted("own-count")
    if kept is None or kept[0] != what:
        kept = (what, live.count(inputs))
        state.note("own-count", kept)
    return kept[1]


# --- the rules ------------------------------------------------------------------------------------------------------


def _draw_rules(inputs: model.Inputs, live: Live) -> None:
    """Draw what counts: the steps, their order, where one enters, how long it may take, which groups are compared."""
    title = _("What counts")
    st.html(f'<h2 class="tf-group">{escape(title)}</h2>')
    _draw_steps(inputs, live)
    orders = {"ordered": _("In this order"), "any": _("In any order")}
    draw_pick(SLUG, Pick("order", _("The steps count"), orders), inputs)
    entries = {"closed": _("At the first step only (closed)"), "open": _("At any step (open)")}
    draw_pick(SLUG, Pick("entry", _("One comes in"), entries, menu=True), inputs)
    field, unit = st.columns([1, 1])
    with field:
        number_field(
            _("Time limit"), inputs.window, "field-own-window", _put_window, kind="number",
            low=model.WINDOW.low, high=model.WINDOW.high,
            help=_("How long the way may take. Leave the field empty for no limit."),
        )  # fmt: skip
    with unit:
        draw_pick(SLUG, Pick("unit", _("Its unit"), {"hours": _("hours"), "days": _("days")}, menu=True), inputs)
    if inputs.source == "own":
        _draw_groups()


def _put_window(value: float | None) -> None:
    state.change(SLUG, lambda inputs: replace(inputs, window=value))


def _put_stages(stages: tuple[Stage, ...]) -> None:
    def changed(inputs: model.Inputs) -> model.Inputs:
        if inputs.source == "sample":
            return replace(inputs, stages=stages)
        return replace(inputs, stages=stages, counts=(None,) * len(stages), went=())

    state.change(SLUG, changed)


def _draw_steps(inputs: model.Inputs, live: Live) -> None:
    """Draw the steps to move and remove, and the events that could be added."""
    stages, texts = inputs.stages, stage_texts(inputs.stages)
    last = len(stages) - 1
    numbers = state.reader().numbers
    with st.container(key="stages"):
        for i, text in enumerate(texts):
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key=f"stage-{i}"):
                st.html(
                    f'<p class="tf-step"><span>{numbers.count(i + 1)}</span> <bdi dir="auto">{escape(text)}</bdi></p>'
                )
                for icon, words, disabled, then in (
                    ("arrow_upward", _("Move “%(stage)s” up"), i == 0, _moved(stages, i, i - 1)),
                    ("arrow_downward", _("Move “%(stage)s” down"), i == last, _moved(stages, i, i + 1)),
                    ("delete", _("Remove “%(stage)s”"), last + 1 <= MIN_STAGES, (*stages[:i], *stages[i + 1 :])),
                ):
                    stage_button(icon, words, text, i, disabled, _put_stages, then)
    others = [i for i in sorted(range(len(live.stages)), key=lambda i: -live.counts[i]) if live.stages[i] not in stages]
    if others and last + 1 < MAX_STAGES:
        names = {str(i): label(live.names[i]) for i in others[:MAX_OFFERED]}
        menu(
            "own-add", _("Add an event as the last step"), names, None,
            lambda i: _put_stages((*stages, live.stages[int(i)])),
        )  # fmt: skip


def _moved(stages: tuple[Stage, ...], i: int, to: int) -> tuple[Stage, ...]:
    moved = list(stages)
    moved.insert(to, moved.pop(i))
    return tuple(moved)


def _draw_groups() -> None:
    """Draw the choice of a column whose values are compared."""
    found, options = used()
    reading = found.read(options)
    columns = reading.columns
    taken = {columns.person, columns.event, columns.time}
    names = {NO_COLUMN: _("no groups")} | {
        str(i): label(heading or _column(i)) for i, heading in enumerate(reading.layout.names) if i not in taken
    }
    if len(names) == 1:
        return
    menu(
        "own-by", _("Compare groups by"), names, NO_COLUMN if columns.by is None else str(columns.by),
        lambda i: group_by(None if i == NO_COLUMN else int(i)),
        help=_("The eight most frequent values are compared; the others count together."),
    )  # fmt: skip


# --- onward ---------------------------------------------------------------------------------------------------------


def _draw_onward(inputs: model.Inputs) -> None:
    """Draw the way to the calculator in which these stages can be changed."""
    said = _("There you can rename the stages, try a “what if”, and find the bottleneck.")
    arrow = ":material/arrow_back:" if state.reader().rtl else ":material/arrow_forward:"
    go = st.button(
        _("Open in “%(page)s”") % {"page": navigation.title("stage_conversion")},
        key="own-onward",
        icon=arrow,
        icon_position="right",
        help=said,
    )
    if go:
        state.hand_over("stage_conversion", model.to_stage_conversion(inputs))
        st.switch_page(navigation.slugs()["stage_conversion"])
