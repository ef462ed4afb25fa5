"""Funnel plan builder, the capstone: both funnels stage by stage and the handover between them, to keep, share and test."""

from __future__ import annotations

from contextvars import copy_context

import streamlit as st

from funnel.facts.stages import clean_text
from funnel.figures import plan as model
from funnel.figures.plan import Inputs
from funnel.links.plan_codec import CELLS, HEAD, MOST_ROWS
from ui import navigation, state
from ui.figures import kit
from ui.figures.kit import Figure
from ui.figures.plan_sheet import FIELDS, TOLD, Sheet, csv_file, hints, table, told
from ui.inputs import number_field
from ui.kit.form import choose
from ui.still.canvas import canvas
from ui.text import _, label

NAME = "plan-builder"


def draw(inputs: Inputs) -> None:
    """Draw where to begin, the part that is being planned, the plan, and what can be done with it."""
    sheet = Sheet(inputs, kit.words(NAME))
    if canvas():
        kit.html(f'<div class="tf-room">{table(sheet)}</div>')
        kit.html(f"<div>{hints(sheet)}</div>")
        return
    _draw_start(sheet)
    parts = _parts(sheet)
    part = state.noted(f"{NAME}-part", "firm")
    part = part if part in parts else "firm"
    _draw_parts(sheet, parts, part)
    with st.container(border=True, key=f"{NAME}-editor"):
        _draw_editor(sheet, part)
        _draw_buttons(sheet, list(parts), part)
    st.html(f'<div class="tf-room">{table(sheet)}</div>')
    st.html(f"<div>{hints(sheet)}</div>")
    _draw_take(sheet)


def _draw_start(sheet: Sheet) -> None:
    names = {one: label(sheet.words["starts"][one]) for one in model.STARTS}
    choose(f"{NAME}-start", label(sheet.words["start"]), names, sheet.plan.source, _begin)


def _begin(source: str) -> None:
    kit.desk(NAME).put(Inputs.origin(source))
    _open("firm")


def _open(part: str) -> None:
    state.note(f"{NAME}-part", part)
    state.note(f"{NAME}-cut", None)


def _parts(sheet: Sheet) -> dict[str, str]:
    """Return what can be planned, in the order of the journey: {part: what the reader sees}."""
    names = {}
    for i, part in enumerate(sheet.parts()):
        named = sheet.text(part, "name")  # "Stage 3" says its number itself
        names[part] = sheet.words["stage"].format(n=sheet.numbers.count(i + 1), stage=named) if named else sheet.name(i)
    marketing = {part: one for part, one in names.items() if part[0] == "m"}
    sales = {part: one for part, one in names.items() if part[0] == "s"}
    return {"firm": sheet.words["firm"]} | marketing | {"handover": sheet.words["handover"]} | sales


def _draw_parts(sheet: Sheet, parts: dict[str, str], part: str) -> None:
    here = kit.key(NAME, "part")
    state.show(here, part)
    st.pills(
        label(sheet.words["part"]),
        list(parts),
        format_func=lambda one: label(parts.get(one, "")),
        key=here,
        required=True,
        on_change=lambda: _open(state.shown(here)),
    )


def _draw_editor(sheet: Sheet, part: str) -> None:
    """Draw the fields of one part."""
    words = sheet.words
    if part in FIELDS:
        for column in FIELDS[part]:
            _draw_text(sheet, "head", column, words["head"][column])
        return
    _draw_text(sheet, part, "name", words["columns"]["name"])
    if part == "m0":
        number_field(
            label(words["top"]), sheet.plan.top, f"{NAME}-top",
            lambda value: kit.change(NAME, lambda now: model.set_top(now, value)),
        )  # fmt: skip
    else:
        number_field(
            label(words["rate"]), sheet.row(part).rate, f"{NAME}-rate-{part}",
            lambda value: kit.change(NAME, lambda now: model.set_rate(now, part, value)), kind="percent", high=1.0,
        )  # fmt: skip
    for column in TOLD:
        _draw_text(sheet, part, column, words["columns"][column])


def _draw_text(sheet: Sheet, part: str, column: str, label_text: str) -> None:
    """Draw a field for words; what is typed there is cleaned and cut, and the learner told of a cut."""
    here = kit.key(NAME, f"{part}-{column}")
    before = sheet.preset_text(part, column)
    state.show(here, sheet.text(part, column))

    def take() -> None:
        given = str(state.shown(here) or "")
        same = before is not None and clean_text(given, (HEAD if part == "head" else CELLS)[column]) == before
        desk = kit.desk(NAME)
        changed, cut = model.put(desk.inputs, part, column, None if same else given)
        desk.put(changed)
        state.note(f"{NAME}-cut", here if cut else None)

    st.text_input(
        label(label_text), key=here, on_change=take, placeholder=sheet.words["hint"][column], autocomplete="off"
    )
    if state.noted(f"{NAME}-cut") == here:
        st.html(f'<p class="tf-field-error" role="alert">{kit.said(sheet.words["cut"])}</p>')


def _draw_buttons(sheet: Sheet, order: list[str], part: str) -> None:
    """Draw what leads to the next part and, at a stage, what adds and removes one."""
    words = sheet.words
    with st.container(horizontal=True, key=f"{NAME}-row"):
        following = order[(order.index(part) + 1) % len(order)]
        st.button(label(words["next"]), key=kit.key(NAME, "next"), on_click=_open, args=(following,), type="primary")
        if part not in FIELDS:
            many = len(getattr(sheet.plan, model.place(part)[0]))
            st.button(
                label(words["add"]), key=kit.key(NAME, "add"), icon=":material/add:", on_click=_add, args=(part,),
                disabled=many >= MOST_ROWS,
            )  # fmt: skip
            st.button(
                label(words["remove"]), key=kit.key(NAME, "remove"), icon=":material/delete:", on_click=_remove,
                args=(part,), disabled=many == 1,
            )  # fmt: skip
        st.button(
            _("Undo"), key=kit.key(NAME, "undo"), icon=":material/undo:", on_click=state.undo, args=(f"figure-{NAME}",)
        )


def _add(part: str) -> None:
    desk = kit.desk(NAME)
    before = desk.inputs
    kit.change(NAME, lambda now: model.add(now, part))
    if desk.inputs != before:
        _open(f"{part[0]}{int(part[1]) + 1}")


def _remove(part: str) -> None:
    kit.change(NAME, lambda now: model.remove(now, part))
    _open(f"{part[0]}{max(0, int(part[1]) - 1)}")


def _draw_take(sheet: Sheet) -> None:
    """Draw sharing, the file, and the way into the calculator."""
    words = sheet.words
    with st.container(horizontal=True, key=f"{NAME}-take"):
        share = st.popover(_("Share"), icon=":material/share:", on_change="rerun", key=kit.key(NAME, "share"))
        with share:
            if share.open:
                st.markdown(label(words["share_idea"]))
                st.code(state.link(state.noted("page", ""), None), language=None, wrap_lines=True)
        here = copy_context()  # the file is made outside the run, but for the same reader
        st.download_button(
            label(words["take"]), lambda: here.copy().run(lambda: csv_file(sheet)), f"{words['file']}.csv", "text/csv",
            key=kit.key(NAME, "csv"), on_click="ignore", icon=":material/download:",
        )  # fmt: skip
        onward = words["try"].format(page=navigation.title("stage_conversion"))
        if st.button(label(onward), key=kit.key(NAME, "try"), icon=":material/open_in_new:"):
            state.hand_over("stage_conversion", model.to_stage_conversion(sheet.plan))
            st.switch_page(navigation.slugs()["stage_conversion"])
    st.html(f'<p class="tf-quiet">{kit.said(words["kept"])}</p>')


def describe(inputs: Inputs) -> str:
    """Say how far the plan is, and what its targets lead to."""
    return told(Sheet(inputs, kit.words(NAME)))


FIGURE = Figure(Inputs(), draw, describe)
