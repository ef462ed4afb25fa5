"""The course of a room: whatever is pressed in whatever order, by however many trainers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.items import Refused
from rooms.state import MOST_ROUNDS, PHASES, State, step, takes

COMMANDS = st.tuples(
    st.sampled_from(["open", "close", "reopen", "reveal", "hide", "end", "resume", "nonsense", ""]),
    st.one_of(st.none(), st.integers(-2, 5)),
)


def walk(commands, items):
    state, seen = State(), []
    for do, at in commands:
        try:
            state = step(state, do, items, at)
        except Refused:
            continue
        seen.append((do, at, state))
    return state, seen


@given(st.lists(COMMANDS, max_size=60), st.integers(0, 4))
def test_any_order_of_commands_leaves_a_room_that_makes_sense(commands, items):
    state, before = State(), State()
    for do, at in commands:
        try:
            state = step(before, do, items, at)
        except Refused:
            continue
        assert state.phase in PHASES
        assert state.version == before.version + 1
        if state.phase in ("open", "closed", "revealed"):
            assert 0 <= state.at < items
            assert 1 <= state.round == state.rounds[state.at] <= MOST_ROUNDS
        assert len(state.rounds) <= items
        assert all(now >= then for now, then in zip(state.rounds, before.rounds, strict=False)), "a round came back"
        if state.phase == "revealed":
            assert before.phase in ("closed",), "results are shown of a closed vote only"
        assert State.of(state.data()) == state
        before = state


@given(st.lists(COMMANDS, max_size=40), st.integers(1, 3), st.integers(0, 3), st.integers(1, 4))
def test_an_answer_is_taken_in_its_own_open_round_only(commands, items, at, number):
    state, _ = walk(commands, items)
    assert takes(state, at, number) == (state.phase == "open" and state.at == at and state.round == number)


@given(st.lists(COMMANDS, max_size=40), st.integers(1, 3))
def test_there_is_always_a_way_on(commands, items):
    """From wherever a trainer has got to, closing, showing and asking again are a few steps away."""
    state, _ = walk(commands, items)
    if state.phase == "ended":
        state = step(state, "resume", items)
    if state.phase == "open":
        state = step(state, "close", items)
    if state.phase == "closed":
        state = step(state, "reveal", items)
    free = [i for i in range(items) if i >= len(state.rounds) or state.rounds[i] < MOST_ROUNDS]
    if free:
        assert step(state, "open", items, free[0]).phase == "open"
    assert step(state, "end", items).phase == "ended"


def test_the_way_of_a_lesson():
    state = State()
    for do, at, phase, round in [
        ("open", 0, "open", 1), ("close", None, "closed", 1), ("open", 0, "open", 2), ("close", None, "closed", 2),
        ("reveal", None, "revealed", 2), ("open", 1, "open", 1), ("close", None, "closed", 1), ("reopen", None, "open", 1),
        ("close", None, "closed", 1), ("reveal", None, "revealed", 1), ("hide", None, "closed", 1), ("end", None, "ended", 1),
        ("resume", None, "closed", 1),
    ]:  # fmt: skip
        state = step(state, do, 2, at)
        assert (state.phase, state.round) == (phase, round)
    with pytest.raises(Refused):
        step(State(), "reveal", 2)
    with pytest.raises(Refused):
        step(State(), "open", 0)
