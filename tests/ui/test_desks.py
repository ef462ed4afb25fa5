"""A desk: undo, redo, how far back they reach; an emptied field; and what all sessions keep together."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from documents.incoming.own_file import Brought
from i18n.catalog import catalog
from i18n.languages import languages
from i18n.numbers import numbers
from tests.ui.script import opened, words
from ui.calculators import own_data_bring
from ui.desks import MOST_STEPS_BACK, Desk

CODES = [one.code for one in languages()]


def filled(*values: int) -> Desk:
    desk = Desk(0)
    for value in values:
        desk.put(value)
    return desk


def test_undo_and_redo_go_through_what_was_there_in_its_order():
    desk = filled(1, 2, 3)
    seen = []
    for step in (desk.undo, desk.undo, desk.redo, desk.undo, desk.undo, desk.redo, desk.redo, desk.redo):
        step()
        seen.append(desk.inputs)
    assert seen == [2, 1, 2, 1, 0, 1, 2, 3]


def test_a_change_after_undo_is_the_end_of_what_could_be_done_again():
    desk = filled(1, 2, 3)
    desk.undo()
    desk.undo()
    desk.put(9)
    desk.redo()
    assert desk.inputs == 9
    assert desk.future == []
    desk.undo()
    assert desk.inputs == 1
    desk.redo()
    assert desk.inputs == 9


def test_to_put_what_is_there_already_changes_nothing():
    desk = filled(1, 2)
    desk.undo()
    desk.put(1)
    assert (desk.past, desk.future) == ([0], [2])
    desk.redo()
    assert desk.inputs == 2


def test_there_is_nothing_before_the_first_nor_after_the_last():
    desk = filled(1)
    desk.redo()
    assert desk.inputs == 1
    desk.undo()
    desk.undo()
    assert (desk.inputs, desk.past, desk.future) == (0, [], [1])


def test_only_so_many_steps_are_kept_and_they_are_the_last():
    desk = filled(*range(1, MOST_STEPS_BACK + 11))
    assert len(desk.past) == MOST_STEPS_BACK
    for _ in range(MOST_STEPS_BACK + 5):
        desk.undo()
    assert desk.inputs == 10
    assert len(desk.future) == MOST_STEPS_BACK
    for _ in range(MOST_STEPS_BACK + 5):
        desk.redo()
    assert desk.inputs == MOST_STEPS_BACK + 10


@pytest.mark.parametrize("code", CODES)
def test_a_required_field_that_is_emptied_says_so_and_the_number_stays(code):
    test = opened("11_target_planner.py", code)
    field = next(one for one in test.text_input if one.value == numbers(code).count(150))
    place, before = field.key, words(test)
    test.text_input(key=place).set_value("777").run()
    test.text_input(key=place).set_value("").run()
    said = catalog(code).gettext("A number is needed here.")
    assert said not in before
    assert said in words(test)
    assert test.text_input(key=place).value == numbers(code).count(777)
    desk = test.session_state["desk-target_planner"]
    assert desk.inputs.target == 777
    assert len(desk.past) == 1, "what was not taken is no step back"
    test.text_input(key=place).set_value("800").run()
    assert said not in words(test)
    assert test.session_state["desk-target_planner"].inputs.target == 800


def test_fifty_sessions_bring_data_at_once_and_keep_no_more_than_there_is_room_for(monkeypatch):
    one = Brought("log.csv", b"a" * 1000).kept
    gc.collect()
    there = sum(each.kept for each in own_data_bring._everybodys)
    monkeypatch.setattr(own_data_bring, "MOST_KEPT", there + 500 * one)
    together = Barrier(50)

    def session(_number: int) -> list[Brought]:
        together.wait()
        found = [Brought("log.csv", b"a" * 1000) for _ in range(40)]
        return [each for each in found if own_data_bring._counted(each, None)]

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(50) as pool:
            kept = [each for found in pool.map(session, range(50)) for each in found]
    finally:
        sys.setswitchinterval(before)
    assert len(kept) == 500
    assert own_data_bring._counted(Brought("log.csv", b"a" * 1000), kept[0]), "in place of what it brought before"
