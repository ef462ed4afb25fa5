"""What a browser sends from the hand's figure: applied once, in order, and never trusted."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from funnel.calculators import stage_conversion as model
from ui import state
from ui.desks import Desk
from ui.figures import hand
from ui.figures.parts import WEB

SLUG = "stage_conversion"


@pytest.fixture
def session(monkeypatch):
    """A session of its own: what ui.state keeps, without a page."""
    kept: dict[str, Any] = {"desk-" + SLUG: Desk(model.Inputs.origin("base", "rates"))}
    monkeypatch.setattr(state.st, "session_state", kept)
    return kept


def send(kept: dict, *acts: Any, n: int = 1) -> set[str]:
    """Send acts as the figure does: numbered, together."""
    numbered = [{"n": n + i, **act} if isinstance(act, dict) else act for i, act in enumerate(acts)]
    kept["hand-of-" + SLUG] = {"sent": {"acts": numbered}}
    return hand.take(SLUG)


def inputs(kept: dict) -> model.Inputs:
    return kept["desk-" + SLUG].inputs


def test_an_act_is_applied_once_however_often_it_is_sent(session):
    assert send(session, {"do": "count", "i": 0, "to": 1000}) == {"count"}
    assert send(session, {"do": "count", "i": 0, "to": 1000}) == set()  # sent again: the answer had not come yet
    assert inputs(session).now[0] == 1000
    assert len(session["desk-" + SLUG].past) == 1
    send(session, {"do": "count", "i": 0, "to": 1000}, {"do": "share", "i": 1, "to": 0.5}, {"do": "undo"})
    assert inputs(session).now[:2] == (1000, 0.06)
    send(session, {"do": "redo"}, n=4)
    assert inputs(session).now[:2] == (1000, 0.5)


def test_the_hand_moves_what_if_where_there_is_one(session):
    state.change(SLUG, model.keep_now)
    send(session, {"do": "share", "i": 2, "to": 0.5})
    assert inputs(session).now[2] == 0.4
    assert inputs(session).what_if[2] == 0.5


def test_stages_are_named_added_moved_and_removed(session):
    send(session, {"do": "add", "i": 0}, {"do": "name", "i": 1, "text": " نام\u202e تازه ", "shown": ""})
    assert [stage.id or stage.name for stage in inputs(session).stages[:3]] == ["visits", "نام تازه", "leads"]
    send(session, {"do": "move", "i": 1, "to": 2}, {"do": "remove", "i": 2}, n=3)
    start = model.Inputs.origin("base", "rates")
    assert (inputs(session).stages, inputs(session).now) == (start.stages, start.now)


@pytest.mark.parametrize(("typed", "due"), [("۱۲۳", 123), ("١٬٢٣٤", 1234), ("", None)])
def test_what_is_typed_is_read_in_any_digits(session, typed, due):
    send(session, {"do": "typed", "what": "count", "i": 0, "text": typed})
    assert inputs(session).now[0] == due
    assert hand.held(SLUG).errors is None


@pytest.mark.parametrize("typed", ["abc", "-5", "1/2", "9" * 500, "<b>1</b>", "10000000000000"])
def test_what_cannot_be_read_changes_nothing_and_says_so(session, typed):
    for field in ({"what": "count", "i": 1}, {"what": "share", "i": 1}):
        before = inputs(session)
        send(session, {"do": "typed", **field, "text": typed}, n=hand.held(SLUG).ack + 1)
        if field["what"] == "count" or "1000" not in typed:
            assert inputs(session) == before
            assert hand.held(SLUG).errors


def test_a_prediction_is_shown_only_after_a_guess(session):
    send(session, {"do": "predict", "to": "ask"}, {"do": "predict", "to": "shown"})
    assert hand.held(SLUG).predict == "ask"
    send(session, {"do": "guess", "to": 120.0}, {"do": "predict", "to": "shown"}, n=3)
    assert (hand.held(SLUG).predict, hand.held(SLUG).guess) == ("shown", 120.0)
    send(session, {"do": "predict", "to": "ask"}, n=5)
    assert hand.held(SLUG).guess is None


rubbish = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)
act = st.fixed_dictionaries(
    {"n": st.integers(1, 60) | rubbish, "do": st.sampled_from(sorted(hand._DO)) | rubbish},
    optional={
        "i": st.integers(-3, 12) | rubbish,
        "to": st.floats() | st.integers(-2, 12) | st.sampled_from(["ask", "people", "shown"]) | rubbish,
        "text": st.text(max_size=300) | rubbish,
        "what": st.sampled_from(["count", "share"]) | rubbish,
        "shown": st.text(max_size=9) | rubbish,
    },
)


@example([{"n": 1, "do": "count", "i": 0, "to": 10**400}], "people")  # no float is that large
@given(st.lists(act | rubbish, max_size=70) | rubbish, st.sampled_from(model.BASES))
def test_any_message_leaves_valid_numbers(acts, basis):
    kept = {"desk-" + SLUG: Desk(model.Inputs.origin("base", basis)), "hand-of-" + SLUG: {"sent": {"acts": acts}}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(state.st, "session_state", kept)
        hand.take(SLUG)
        model.compute(inputs(kept))  # whatever came, the inputs are valid
        assert hand.held(SLUG).predict in ("off", "ask", "shown")


def test_the_script_is_small_and_asks_nobody():
    modules = [
        WEB / name
        for name in (
            "hand.js",
            "mounts.js",
            "handview.js",
            "handrow.js",
            "handparts.js",
            "handwords.js",
            "numbers.js",
            "funnel.js",
        )
    ]
    assert sum(len(gzip.compress(module.read_bytes())) for module in modules) < 30_000
    for module in WEB.glob("*.js"):
        text = module.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")  # a name, not an address
        assert "http" not in text.replace("https:", "http:") or "://" not in text, f"{module.name} names a host"
        assert "eval(" not in text, "the Content-Security-Policy forbids it"
