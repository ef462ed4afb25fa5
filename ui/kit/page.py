"""The page of a calculator that is described, not programmed: controls on one side, findings on the other.

Each number is a fragment of its own, and what follows from the numbers is drawn into a few places outside it; see
"The calculator's page" in docs/implementation-notes.md for why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from types import ModuleType
from typing import Any

import streamlit as st

from ui import calculator, charts, state
from ui.files.buttons import data_files
from ui.kit.form import Control, Group, Pick, draw_control, draw_pick, draw_source, field_names
from ui.kit.plot import Late, Plane
from ui.kit.say import plain
from ui.text import _, escape, label

LONG_FIGURE = 13  # characters of a key figure that fit half a phone's width


@dataclass(frozen=True)
class Figure:
    """One key figure: what it is, the number as the reader sees it (HTML), and a word on what it counts."""

    label: str
    value: str
    note: str = ""


@dataclass
class Bars:
    """A chart of horizontal bars, all on one baseline at the reading side: each row a title, words and a bar.

    ``value`` is a share of the longest (0 to 1); ``until`` draws the rest pale behind it, ``low`` and ``high`` an interval.
    """

    _rows: list[dict] = field(default_factory=list)

    def add(
        self, title: str = "", note: str = "", value: float | None = None, *, kind: str = "now",
        until: float | None = None, low: float | None = None, high: float | None = None,
    ) -> None:  # fmt: skip
        """Add a bar with its title and words, each on a line of its own; empty ones are left out."""
        mark = "\u200f" if state.reader().rtl else ""
        bar = {"value": value, "until": until, "low": low, "high": high}
        for line, text in (("title", title), ("note", note), (kind, "")):
            if text or line == kind:
                drawn = bar if line == kind else dict.fromkeys(bar)
                self._rows.append({"kind": line, "text": text and mark + text, **drawn, "line": len(self._rows)})

    def rows(self) -> list[dict]:
        return self._rows

    @property
    def spec(self) -> dict:
        return charts.funnel_spec(state.reader().rtl, len(self._rows))

    def draw(self, alt_text: str, key: str) -> None:
        charts.funnel_chart(self._rows, rtl=state.reader().rtl, alt_text=alt_text, key=key)


@dataclass
class Findings:
    """What follows from the numbers, all HTML of ours (see ``ui.kit.say``).

    ``headline`` is one or two sentences, ``notes`` what the learner must know (edge cases, warnings), ``figures`` the key
    figures (the first one stays in sight on a phone), ``charts`` Bars or Planes, ``body`` tables and formulas.
    """

    headline: str
    figures: Sequence[Figure] = ()
    notes: Sequence[str] = ()
    charts: Sequence[Bars | Plane | Late] = ()
    body: str = ""


@dataclass(frozen=True)
class Lab:
    """Describe a calculator.

    ``model``: module of ``funnel.calculators`` with ``Inputs``, ``SOURCES`` and ``Inputs.origin(source)``. ``groups``, ``picks``:
    what can be set. ``findings``: what follows. ``table``: header and rows of the CSV (ids and plain numbers). ``charts``: how many
    at most. ``extra``: draws what is neither, below the controls, on every whole run. ``stays``: fields (a view) that another
    source or a new start leaves as they are.
    """

    slug: str
    model: ModuleType
    groups: Callable[[Any], list[Group]]
    findings: Callable[[Any], Findings]
    table: Callable[[Any], tuple[Sequence[str], list[Sequence[object]]]]
    picks: Callable[[Any], list[Pick]] = lambda inputs: []
    charts: int = 1
    extra: Callable[[Any], None] | None = None
    stays: Sequence[str] = ()

    def start(self) -> Any:
        return self.model.Inputs.origin(self.model.SOURCES[0])

    def anew(self, source: str) -> Any:
        """Return a source's inputs, seen as the page is seen now."""
        fresh, inputs = self.model.Inputs.origin(source), state.present(self.slug).inputs
        return replace(fresh, **{item: getattr(inputs, item) for item in self.stays}) if self.stays else fresh

    def page(self) -> None:
        """Draw the page."""

        def names() -> dict[str, str]:
            inputs = state.present(self.slug).inputs
            return field_names(self.groups(inputs), self.picks(inputs))

        calculator.page(self.slug, self.start(), partial(_body, self), names)


def _body(lab: Lab) -> None:
    desk = state.present(lab.slug)
    with st.container(key="choices"):
        if len(lab.model.SOURCES) > 1:
            draw_source(lab.slug, lab.model.SOURCES, lab.anew, desk.inputs)
        picks = lab.picks(desk.inputs)
        for pick in picks:
            if not pick.aside:
                draw_pick(lab.slug, pick, desk.inputs)
    calculator.tool_row(
        lab.slug, desk, reset=lambda: lab.anew(state.present(lab.slug).inputs.source),
        files=partial(_files, lab), keep=True,
    )  # fmt: skip
    editor, picture = st.columns([5, 7], gap="large")
    with picture:
        places = [st.empty() for _place in range(1 + lab.charts)]
    places.append(st.empty())
    state.note("drawing", True)
    try:
        with editor, st.container(key="editor"):
            for number, group in enumerate(lab.groups(desk.inputs)):
                _draw_group(lab, number, group, places)
            if lab.extra is not None:
                lab.extra(desk.inputs)
            _draw_aside(lab, [pick for pick in picks if pick.aside], desk)
    finally:
        state.note("drawing", False)
    _draw_findings(lab, places)


def _draw_aside(lab: Lab, picks: Sequence[Pick], desk: state.Desk) -> None:
    """Draw the choices that are rarely changed, only while their box is open."""
    if not picks:
        return
    box = st.expander(
        _("Currency, period, definitions"), key=f"{lab.slug}-aside", on_change="rerun", icon=":material/tune:"
    )
    with box:
        if box.open:
            for pick in picks:
                draw_pick(lab.slug, pick, desk.inputs)


def _draw_group(lab: Lab, number: int, group: Group, places: list) -> None:
    """Draw a group of numbers; a folded one only while it is open."""
    if group.folded:
        box = st.expander(
            label(group.title), key=f"{lab.slug}-group-{number}", on_change="rerun", icon=":material/tune:"
        )
        with box:
            if box.open:
                if group.note:
                    st.markdown(group.note)
                for index in range(len(group.controls)):
                    _row(lab, number, index, places)
        return
    if group.title or group.note:
        note = f'<p class="tf-quiet">{escape(group.note)}</p>' if group.note else ""
        st.html((f'<h2 class="tf-group">{escape(group.title)}</h2>' if group.title else "") + note)
    for index in range(len(group.controls)):
        _row(lab, number, index, places)


@st.fragment
def _row(lab: Lab, number: int, index: int, places: list) -> None:
    """One number's field and slider. Moving it redraws them and what follows, not the other rows."""
    groups = lab.groups(state.present(lab.slug).inputs)
    if number < len(groups) and index < len(groups[number].controls):  # else the whole is about to be drawn anew
        draw_control(lab.slug, groups[number].controls[index])
    if state.noted("drawing"):
        for place in places:
            place.empty()  # Streamlit lets a fragment write where it has written in the whole run
    else:
        _draw_findings(lab, places)


def _draw_findings(lab: Lab, places: list) -> None:
    """Draw everything that follows from the numbers, each into its place."""
    desk = state.present(lab.slug)
    found = lab.findings(desk.inputs)
    kept = lab.findings(desk.kept).figures if desk.kept is not None and desk.kept != desk.inputs else ()
    first, *middle, last = places
    with first:
        st.html(headline(found, kept) + state.address(desk.inputs))
    alt = plain(found.headline)
    before = state.noted(f"{lab.slug}-charts", 0)
    for i, place in enumerate(middle):
        if i < len(found.charts):
            chart = found.charts[i]
            with place:
                chart.draw(alt, f"{lab.slug}-{type(chart).__name__}-{i}")
        elif i < before or state.noted("drawing"):
            place.empty()
    state.note(f"{lab.slug}-charts", len(found.charts))
    with last:
        st.html(found.body or "<span></span>")


def headline(found: Findings, kept: Sequence[Figure] = (), *, strip: bool = True) -> str:
    """Return the sentence, the notes, the key figures, and (``strip``) the line that stays in sight on a phone."""
    before = {figure.label: figure.value for figure in kept}
    tiles = []
    for figure in found.figures:
        long = " tf-long" if len(plain(figure.value)) > LONG_FIGURE else ""  # a number is never broken in two
        was = before.get(figure.label)
        then = escape(_("Now: %(count)s")) % {"count": was} if was is not None and was != figure.value else ""
        tiles.append(
            f'<div class="tf-figure{long}"><dt>{escape(figure.label)}</dt><dd>{figure.value}'
            + (f'<span class="tf-was">{then}</span>' if then else "")
            + (f'<span class="tf-quiet">{escape(figure.note)}</span>' if figure.note else "")
            + "</dd></div>"
        )
    said = f'<p class="tf-headline" role="status">{found.headline}</p>'
    if tiles:
        said += f'<dl class="tf-figures">{"".join(tiles)}</dl>'
    if tiles and strip:
        first = found.figures[0]
        words = f"<span>{escape(first.label)}</span><span>{first.value}</span>"
        said += f'<div class="tf-strip" aria-hidden="true">{words}</div>'
    notes = "".join(f"<li>{note}</li>" for note in found.notes)
    return said + (f'<ul class="tf-notes">{notes}</ul>' if notes else "")


# --- to take away ---------------------------------------------------------------------------------------------------


def _files(lab: Lab, desk: state.Desk) -> None:
    """Draw the download buttons; each file is made from what is on the desk when it is asked for."""
    inputs = desk.inputs
    data_files(
        lab.slug, inputs, table=lambda: lab.table(inputs), page=lambda: lab.findings(inputs).body,
        pictures=[partial(_picture, lab, inputs, i) for i in range(len(lab.findings(inputs).charts))],
    )  # fmt: skip


def _picture(lab: Lab, inputs: Any, index: int) -> tuple[dict, Sequence[dict], str]:
    found = lab.findings(inputs)
    chart = found.charts[index]
    return chart.spec, chart.rows(), plain(found.headline)


__all__ = ["Bars", "Control", "Figure", "Findings", "Group", "Lab", "Pick", "Plane"]
