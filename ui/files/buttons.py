"""Buttons for files: one helper for every file that is made when it is asked for, and what a calculator and a lesson give away.

A file is made outside the run, when the button is pressed; the button shows meanwhile that it is at work. Whatever the file is
made from travels along: what was on the desk when the button was drawn, and the reader in a copied context.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from threading import BoundedSemaphore
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from charts.specs import spec_of
from documents import catalogue, scenario_file
from documents.asking import Ask
from documents.outgoing import data
from documents.outgoing.pictures import chart_png, chart_svg
from statements.calculators import calculator
from ui import state
from ui.text import _, escape

MIME = {
    "csv": "text/csv", "json": "application/json", "png": "image/png", "svg": "image/svg+xml", **catalogue.MIME,
}  # fmt: skip
ICONS = {
    "csv": "table_chart", "json": "data_object", "png": "image", "svg": "bar_chart", "xlsx": "table_chart",
    "pdf": "picture_as_pdf", "html": "language", "zip": "school",
}  # fmt: skip

#: A class that presses at once waits in a row: each file takes a processor for a second, and the others want to be served too.
_AT_ONCE = BoundedSemaphore(2)


def file_button(words: str, name: str, make: Callable[[], bytes], key: str, *, help: str | None = None) -> None:
    """Draw the button of a file that is made when it is asked for; the name's ending says what kind of file it is."""
    here = copy_context()
    ending = name.rpartition(".")[2]

    def made() -> bytes:
        with _AT_ONCE:
            return here.copy().run(make)

    st.download_button(
        words,
        made,
        name,
        MIME[ending],
        key=key,
        on_click="ignore",
        icon=f":material/{ICONS[ending]}:",
        width="stretch",
        help=help,
    )


def ask(slug: str = "", inputs: Any = None, *, lesson: str = "", seed: int = 1, events: tuple[Any, ...] = ()) -> Ask:
    """Return the question for a document: this reader, today, and the link that opens the page it is made from.

    `events` are what the calculator's findings take besides its inputs (see `statements.calculator`).
    """
    reader, page = state.reader(), slug or lesson
    made = Ask(reader.language.code, reader.digits, lesson=lesson, seed=seed, day=datetime.now(_zone()).date())
    if page:
        made = replace(made, link=state.link(page, inputs))
    return made if inputs is None else catalogue.asked_with(replace(made, events=events), slug, inputs)


def _zone() -> tzinfo:
    """Return the visitor's time zone, as her browser says; Greenwich where it says none."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (KeyError, ValueError, OSError):
        return UTC


def document_button(key: str, asked: Ask, place: str, words: str = "") -> None:
    """Draw the button of a document; its title stands on it unless there are other words for it."""
    title = words or catalogue.card(key, asked.code, asked.digits).title
    file_button(title, catalogue.file_name(key, asked), partial(catalogue.make, key, asked), f"{place}-{key}")


def data_files(slug: str, inputs: Any, *, again: bool = True, events: tuple[Any, ...] = ()) -> None:
    """Draw the buttons of what a calculator gives away: table, pictures, settings, and the documents that it fills.

    Without `again` the table is not marked with the settings: it is read back from its own cells. `events` as in `ask`.
    """
    reader, one = state.reader(), calculator(slug)
    name = partial(
        catalogue.data_name, slug, code=reader.language.code, digits=reader.digits, source=getattr(inputs, "source", ""),
        title=getattr(inputs, "title", ""),
    )  # fmt: skip
    findings = partial(one.findings, inputs, *events)

    def csv() -> bytes:
        made = one.table(inputs, *events)
        return data.csv_bytes(*(data.with_scenario(*made, slug, inputs) if again else made))

    def picture(i: int, draw: Callable[..., bytes]) -> bytes:
        found = findings()
        chart = found.charts[i]
        return draw(spec_of(chart, reader.rtl), chart.rows(), found.headline, reader.rtl)

    asked = ask(slug, inputs, events=events)
    made = {key: one for key, one in catalogue.documents().items() if one.takes(asked)}
    if books := [key for key, one in made.items() if one.ending == "xlsx"]:
        _purpose(_("Excel, with your numbers"))
        for key in books:
            document_button(key, asked, f"{slug}-file")
    _purpose(_("To show and to print"))
    for key in made:
        if key not in books:
            document_button(key, asked, f"{slug}-file", _("Report (PDF)") if key == "report" else "")
    pictures = range(len(findings().charts))
    for i in pictures:
        file_button(
            _("Picture of the chart (PNG)"), name("png", "png", number=i + 1), partial(picture, i, chart_png),
            f"{slug}-file-png" + (f"-{i}" if i else ""),
        )  # fmt: skip
    _purpose(_("For other programs"))
    file_button(_("Table (CSV)"), name("csv", "csv"), csv, f"{slug}-file-csv")
    file_button(
        _("Table in words (CSV)"), name("localised", "csv"), lambda: data.localised_csv(findings().body),
        f"{slug}-file-localised", help=_("The tables as this page shows them: for reading, not for calculating."),
    )  # fmt: skip
    for i in pictures:
        file_button(
            _("Drawing of the chart (SVG)"), name("svg", "svg", number=i + 1), partial(picture, i, chart_svg),
            f"{slug}-file-svg" + (f"-{i}" if i else ""),
        )  # fmt: skip
    file_button(
        _("Numbers (JSON)"), name("json", "json"), lambda: scenario_file.write(slug, inputs), f"{slug}-file-json",
        help=_("Bring this file back on the page “Templates and files”, and the calculator is set as it is now."),
    )  # fmt: skip


def _purpose(words: str) -> None:
    """Draw what the files below are for."""
    st.html(f'<p class="tf-purpose">{escape(words)}</p>')


def lesson_files(lesson: str, *, trainer: bool = False) -> None:
    """Draw the buttons of a lesson's documents: the learner's, or those that a trainer needs besides."""
    asked = ask(lesson=lesson)
    for key, one in catalogue.documents().items():
        if one.needs == "lesson" and (key in catalogue.TRAINERS) == trainer:
            document_button(key, asked, f"lesson-{lesson}-file")
