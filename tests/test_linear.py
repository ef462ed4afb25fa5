"""What people bring is read in a time that grows as its length does: a small paste must not stop everybody's server.

Each reader gets texts that make a careless pattern look again and again at the same place. Four times the text may take four
times the work; a reader that grows with the square takes sixteen. Measured is the processor time of this thread, the best of
several, so that a busy machine does not matter.
"""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import fields
from functools import partial
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from course import progress
from course.text import blocks, plain
from documents.folding import fold_digits, fold_name
from documents.incoming import cohort_file, dates, ours, own_file, thousands
from documents.incoming.decoding import Unreadable
from documents.outgoing import data, names
from documents.scenario_file import looks_like_json
from documents.scenario_file import read as read_scenario
from funnel import calculators
from funnel.calculators import money as model
from funnel.calculators import stage_conversion
from funnel.facts.stages import clean_name, clean_text
from funnel.figures import plan
from funnel.links import plan_codec, scenario
from i18n.languages import content_root, negotiate
from i18n.numbers import NumberError, numbers, parse
from rtl.page import marker
from rtl.serve import LocalisedIndex, _may_be_page
from serving.headers import content_security_policy
from serving.negotiation import choose_encoding, matches, with_vary
from statements.blocks import island
from statements.fields import shorten
from statements.reader import current, made
from ui.calculators import money_sales
from ui.figures import kit
from ui.figures.parts import newer
from ui.inputs import read_typed
from ui.kit.lists import ListError, read_list
from ui.learn.folding import needle
from ui.text import label

SIZES = (10_000, 20_000, 40_000)
MOST = {2: 4.0, 4: 9.0}  # times the work for so many times the text: above what is linear, below its square
HARMLESS = 0.02  # seconds of processor time for the longest text: with less, growth cannot be told from noise

UNITS = {
    "colons": ":", "spaces": " ", "tabs": "\t", "lines": "\n", "digits": "7", "persian digits": "۷", "zeros": "0",
    "commas": ",", "arabic commas": "،", "semicolons": ";", "dots": ".", "persian dots": "٫", "groups": ",123",
    "persian groups": "٬۱۲۳", "minus": "-", "plus": "+", "slashes": "/", "percent": "%", "persian percent": "٪",
    "direction marks": "\u200f", "letter marks": "\u061c", "isolates": "\u2066", "joiners": "\u200c", "brackets": "[",
    "both brackets": "[]", "braces": "{", "parentheses": "(", "tags": "<", "whole tags": "<b>", "quotes": '"',
    "backslashes": "\\", "underlines": "_", "tildes": "~", "pipes": "|", "equals": "=", "ampersands": "&a=b", "stars": "*",
    "letters": "a", "arabic letters": "ا", "words": "word ", "marks above": "\u0301",
    "marks above and below": "\u0301\u0323", "wide": "\U0001f600",
    "terms": "[[", "dashes": "– ", "exponents": "1e", "dates": "2024-01-01 ", "numbers": "12 ",
    "no-break spaces": "\u00a0", "nulls": "\0",
    "carriage returns": "\r", "colon and space": ": ", "cells": "1;2\n", "apostrophes": "'", "several": "1 - ",
}  # fmt: skip
#: (before, after): what makes a pattern start, and what makes it fail at the very end.
AROUND = (("", ""), ("1", "!"), ("Visits: 48,000\nLeads", "x"))


def texts(size: int) -> dict[str, str]:
    """Return every text of about this length, by what it is made of."""
    return {
        f"{name} in {before!r}…{after!r}": before + unit * (size // len(unit)) + after
        for name, unit in UNITS.items()
        for before, after in AROUND
    }


def _codecs() -> list[tuple[Any, Any]]:
    """Return every way in which a link holds a field, once, with what the field falls back to."""
    figures = (path.stem for path in sorted((content_root() / "figures").glob("*.toml")))
    found = [calculators.begin(slug) for slug in calculators.slugs()] + [kit.figure(name).inputs for name in figures]
    every = ((item.metadata["codec"], getattr(inputs, item.name)) for inputs in found for item in fields(inputs))
    return list({repr(codec): (codec, fallback) for codec, fallback in every}.values())


def _no(*_what) -> None:
    """Hear what a codec could not use."""


def _query(text):
    LocalisedIndex.choose(_INDEX, f"lang={text}&{text}", f"lang={text}; {text}", text)


_CODECS = _codecs()
_LANGUAGES = (SimpleNamespace(code="fa", digits="arabext", digit_choices=("arabext", "latn")),)
_INDEX = SimpleNamespace(languages=lambda: _LANGUAGES, negotiate=lambda *_: "fa")

READERS = {
    "a count": parse,
    "a percentage": partial(parse, kind="percent"),
    "a number": partial(parse, kind="number"),
    "a field": lambda text: read_typed(text, "percent", 0, 1),
    "a list": read_list,
    "a list with marks": partial(read_list, marks=True),
    "single sales": money_sales.read,
    "digits of a text": lambda text: [numbers(code, "arab").text(text) for code in ("ar", "fa")],
    "a name": clean_name,
    "a text": partial(clean_text, limit=120),
    "a message's excerpt": shorten,
    "a label": label,
    "terms of a formula": island,
    "a search": needle,
    "a language": negotiate,
    "links of all calculators and figures": lambda text: [codec.read(text, one, _no) for codec, one in _CODECS],
    "a link": lambda text: scenario.decode(stage_conversion.Inputs, {"from": text, "stages": text, text: text}),
    "a packed text": plan_codec.unpack,
    "a plan's cell": lambda text: plan.put(plan.Inputs(), "head", "business", text),
    "progress": progress.read,
    "a lesson": blocks,
    "a lesson's words": plain,
    "a scenario file": read_scenario,
    "a scenario's texts": lambda text: read_scenario(
        json.dumps({"format": "two-funnels/scenario", "version": 1, "calculator": "money", "scenario": {"v": text}})
    ),
    "what JSON is": looks_like_json,
    "a file of ours": lambda text: ours.recognise("x.csv", f"stage,scenario\nx,money?{text}\n"),
    "a cohort": cohort_file.read_text,
    "a date": lambda text: dates.read_dates(pa.array([text, "2024-01-01"])),
    "a pasted table's separators": thousands.apart,
    "a pasted table": own_file.understand,
    "a spelling": lambda text: (fold_digits(text), fold_name(text)),
    "a file's name": lambda text: names.safe_name(text, "csv"),
    "a cell": lambda text: data.unsafe_cell(data.safe_cell(text)),
    "accepted encodings": lambda text: choose_encoding(text, ("br", "gzip")),
    "entity tags": lambda text: matches(text, '"x"'),
    "what varies": lambda text: with_vary([(b"vary", text.encode("latin-1", "ignore"))], "Cookie"),
    "a host": lambda text: content_security_policy((), text),
    "query, cookies and languages": _query,
    "a path": _may_be_page,
    "a marker": lambda text: marker("fa", "arabext", text, keep=text),
    "a message": lambda text: newer({"n": text}, 0),
}


def _work(read, text: str) -> float:
    """Return the processor seconds of one reading, the best of three; a refusal is a reading too."""
    best = float("inf")
    for _ in range(3):
        begun = time.thread_time()
        with contextlib.suppress(NumberError, ListError, Unreadable, ValueError):
            read(text)
        best = min(best, time.thread_time() - begun)
        if best < HARMLESS:
            break
    return best


def _grows(read) -> str:
    """Return the first text with which a reader's work grows faster than the text does; "" for none."""
    short, middle, long = map(texts, SIZES)
    for name in long:
        last = _work(read, long[name])
        if last < HARMLESS:
            continue
        first, second = (max(_work(read, text[name]), HARMLESS / MOST[4]) for text in (short, middle))
        for times, work in ((2, second), (4, last)):
            if work > first * MOST[times]:
                return f"{name}: {times} times the text take {work / first:.0f} times the work"
    return ""


@pytest.mark.parametrize("reader", sorted(READERS))
def test_work_grows_as_the_text_does(reader):
    token = current.set(made("fa", None))
    try:
        assert _grows(READERS[reader]) == ""
    finally:
        current.reset(token)


def test_the_measure_sees_a_square():
    assert "times the work" in _grows(lambda text: sum(range(len(text) ** 2 // 500)))


def test_a_column_beyond_all_measure_is_read_to_the_cap_and_said_to_be_too_long():
    sales, wrong, beyond = money_sales.read("125\n" * 500_000)
    assert sales == (125.0,) * model.MOST_SALES
    assert (wrong, beyond > 0) == ([], True)
    assert money_sales.read("7" * 500_000) == ((), [], 1)
