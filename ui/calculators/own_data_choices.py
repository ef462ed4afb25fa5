"""Your own data: menus for what can be read in more than one way; what was guessed is what they show first."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from documents.incoming.event_log import Columns
from documents.incoming.own_file import Options, Reading
from documents.incoming.stage_table import TOGETHER, StageTable
from funnel.facts.stages import clean_text
from ui import state
from ui.text import _, label

Choose = Callable[[Options], None]


def menu(
    key: str, words: str, names: dict[str, str], value: str | None, put: Callable[[str], None], help: str | None = None
) -> None:
    """Draw a choice among names. Other names make another widget: a browser may still hold a choice of the old ones."""
    key = f"{key}-{zlib.crc32(repr(names).encode()):x}-{state.reader().key}"
    state.show(key, value)

    def took() -> None:
        if (chosen := state.shown(key)) in names:
            put(chosen)

    st.selectbox(
        words, list(names), index=None if value is None else 0, format_func=names.get, key=key, on_change=took, help=help,
        placeholder=_("choose"),
    )  # fmt: skip


def draw_readings(reading: Reading, columns: Columns, put: Callable[[Columns], None]) -> None:
    """Draw what could be read otherwise: years of two digits, days of a spreadsheet, spellings of one event."""
    dates, numbers = reading.log.dates, state.reader().numbers
    if dates.short:
        words = {
            "last": _("at the end: %(form)s"),
            "first": _("in front: %(form)s"),
            "persian": _("in front, Persian: %(form)s"),
        }
        forms = {"last": "05/03/24", "first": "24/03/05", "persian": "03/01/05"}
        years = {key: text % {"form": numbers.isolate(forms[key])} for key, text in words.items()}
        menu(
            "own-short",
            _("Where is the year of two digits?"),
            years,
            dates.short,
            lambda i: put(replace(columns, short=i)),
        )
    if dates.serial:
        words = {"1900": _("from %(year)s (usual)"), "1904": _("from %(year)s (old Excel for Mac)")}
        counts = {key: text % {"year": numbers.text(key)} for key, text in words.items()}
        menu(
            "own-serial", _("The spreadsheet counts its days"), counts, str(dates.serial),
            lambda i: put(replace(columns, serial=int(i))),
        )  # fmt: skip
    if reading.log.alike or columns.merge:
        spellings = {"no": _("are different events"), "yes": _("are one event")}
        menu(
            "own-merge", _("Spellings that are nearly the same"), spellings, "yes" if columns.merge else "no",
            lambda i: put(replace(columns, merge=i == "yes")),
        )  # fmt: skip


def draw_stage_readings(stages: StageTable, options: Options, choose: Choose) -> None:
    """Draw which part of a breakdown is taken, and whether rows of totals are stages."""
    if stages.parts:
        parts = {TOGETHER: _("all together")} | {part: label(clean_text(part, 40)) for part in stages.parts}
        menu(
            "own-part", label(clean_text(stages.by, 40)) or _("Which rows?"), parts, stages.part,
            lambda part: choose(replace(options, kind="stages", part=part)),
        )  # fmt: skip
    if stages.totals or options.totals:
        totals = {"out": _("are left out"), "in": _("are stages")}
        menu(
            "own-totals", _("Rows that look like totals"), totals, "in" if options.totals else "out",
            lambda i: choose(replace(options, kind="stages", totals=i == "in")),
        )  # fmt: skip
