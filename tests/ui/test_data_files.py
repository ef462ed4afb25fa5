"""Every file that a calculator gives away can be made: the button asks for it long after the page was drawn."""

from __future__ import annotations

import pytest
import streamlit as st

from funnel import calculators
from tests.ui.script import run
from ui.files import buttons

DRAW = """
from funnel import calculators
from ui.files.buttons import data_files
inputs = calculators.begin({slug!r})
state.desk({slug!r}, inputs)
data_files({slug!r}, inputs)
st.make_all()
"""
STARTS = {"csv": b"\xef\xbb\xbf", "png": b"\x89PNG", "json": b"{"}


@pytest.mark.parametrize("slug", [slug for slug in calculators.slugs() if slug != "own_data"])
def test_every_file_of_a_calculator_is_made_as_what_it_is_called(monkeypatch, slug):
    waiting, made = [], []

    def noted(_words, name, make, key, **_more) -> None:
        ending = name.rpartition(".")[2]
        if ending in ("csv", "json") or key.endswith("-file-png"):
            waiting.append((ending, make))

    monkeypatch.setattr(buttons, "file_button", noted)
    # as a press does: when all has been drawn
    monkeypatch.setattr(
        st, "make_all", lambda: made.extend((ending, make()) for ending, make in waiting), raising=False
    )
    test = run(slug, DRAW.format(slug=slug), "fa")
    assert not test.exception
    assert {ending for ending, _data in made} == {"csv", "json", "png"}
    for ending, data in made:
        assert data.startswith(STARTS[ending]), ending
