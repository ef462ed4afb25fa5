"""Money, the box for single sales: paste a column, hear which rows could not be read."""

from __future__ import annotations

import re
from dataclasses import replace

import streamlit as st

from funnel.calculators import money as model
from i18n.numbers import NumberError, parse
from statements.fields import shorten, why_not
from statements.settings import with_currency
from ui import state
from ui.blocks import html
from ui.text import _

SLUG = "money"
LONGEST = 100_000  # characters that are read
MOST_SHOWN = 5  # rows that are named one by one


def read(text: str) -> tuple[tuple[float, ...], list[tuple[int, str, str]], int]:
    """Return the sales in a text, (row, why, text) of what is none, and how many were too many.

    One sale a row; a tab or a semicolon also parts two. A space or a comma belongs to its number, as in 12,500. Of a text
    longer than anybody's column only the whole rows at its beginning are read; the rest counts as one too many.
    """
    sales, wrong, beyond = [], [], 0
    if len(text) > LONGEST:
        text, beyond = text[:LONGEST].rpartition("\n")[0], 1
    for row, line in enumerate(text.splitlines(), 1):
        for part in filter(str.strip, re.split("[\t;؛]", line)):
            try:
                value = parse(part)
            except NumberError as error:
                wrong.append((row, error.code, shorten(part)))
                continue
            if not model.MONEY.fits(value):
                wrong.append((row, "too-long", shorten(part)))
            elif len(sales) < model.MOST_SALES:
                sales.append(value)
            else:
                beyond += 1
    return tuple(sales), wrong, beyond


def _took(key: str) -> None:
    text = str(state.shown(key) or "")
    sales, wrong, beyond = read(text)
    state.note("money-sales", (text[:LONGEST], sales, wrong, beyond))
    state.change(SLUG, lambda inputs: replace(inputs, singles=sales))


def draw(inputs: model.Inputs) -> None:
    """Draw the box where the sales are given one by one."""
    if inputs.known != "list" or inputs.view == "stages":
        return
    numbers = state.reader().numbers
    key = f"money-sales-{state.reader().key}"
    text, sales, wrong, beyond = state.noted("money-sales") or ("", None, [], 0)
    if sales != inputs.singles:  # undone, reopened or another business: what was typed is no longer what counts
        text = "\n".join(numbers.count_field(sale) for sale in inputs.singles)
        wrong, beyond = [], 0
    state.show(key, text)
    st.text_area(
        with_currency(_("Single sales, one a row"), inputs.currency),
        key=key,
        height=190,
        on_change=_took,
        args=(key,),
        help=_("Paste a column of a spreadsheet or type. The mean of the list counts as the average sale."),
    )
    lines = [
        _("Row %(row)s: %(why)s") % {"row": numbers.count(row), "why": why_not(code, given)}
        for row, code, given in wrong[:MOST_SHOWN]
    ]
    if (more := len(wrong) - MOST_SHOWN) > 0:
        lines.append(_("Rows that could not be read, besides: %(n)s") % {"n": numbers.count(more)})
    if wrong:
        lines.append(_("These rows are left out; the others count."))
    if beyond:
        most = {"most": numbers.count(model.MOST_SALES)}
        lines.append(_("The list holds %(most)s sales at most; the rest is left out.") % most)
    if lines:
        items = "".join(f"<div>{html(line)}</div>" for line in lines)
        st.html(f'<div class="tf-field-error" role="alert">{items}</div>')
