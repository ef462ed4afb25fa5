"""Health, start and failure."""

import gc
import json
import logging

import pytest
from starlette.applications import Starlette
from streamlit.runtime import RuntimeState
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

import serving
from serving import health, warm
from tests.serving.asgi import ask as send
from tests.serving.asgi import run


class Sessions:
    def num_active_sessions(self):
        return 3


class FakeRuntime:
    state = RuntimeState.ONE_OR_MORE_SESSIONS_CONNECTED
    _session_mgr = Sessions()
    there = True

    @classmethod
    def exists(cls):
        return cls.there

    @classmethod
    def instance(cls):
        return cls()


@pytest.fixture
def runtime(monkeypatch):
    class Own(FakeRuntime):
        pass

    monkeypatch.setattr(health, "Runtime", Own)
    return Own


def ask(method="GET"):
    return send(Starlette(routes=serving.routes(version="1.2")), "/healthz", method)


def test_healthy(runtime):
    answer = ask()
    assert answer.status == 200
    assert json.loads(answer.body) == {"status": "ok", "version": "1.2", "sessions": 3}
    assert answer.headers["cache-control"] == "no-store"
    assert ask("HEAD").status == 200
    assert ask("POST").status == 405


def test_healthy_without_a_count(runtime):
    runtime._session_mgr = None
    assert json.loads(ask().body) == {"status": "ok", "version": "1.2"}


@pytest.mark.parametrize("state", [RuntimeState.INITIAL, RuntimeState.STOPPING, RuntimeState.STOPPED])
def test_not_running(runtime, state):
    runtime.state = state
    assert ask().status == 503
    assert json.loads(ask().body)["status"] == "down"


def test_no_runtime(runtime):
    runtime.there = False
    assert ask().status == 503


def failing(number):
    return number / 0


def raised():
    try:
        failing(1)
    except ZeroDivisionError as error:
        return error


def test_an_error_is_logged_with_its_traceback_under_the_id_that_is_shown(caplog):
    shown = []
    assert serving.on_script_error(shown.append)(raised()) is True
    (incident,) = shown
    assert len(incident) == 6
    (record,) = caplog.records
    assert incident in record.getMessage()
    assert record.levelno == logging.ERROR
    assert record.exc_info[0] is ZeroDivisionError
    assert "in failing" in caplog.text


def test_ids_differ():
    shown = []
    for _ in range(50):
        serving.on_script_error(shown.append)(ValueError())
    assert len(set(shown)) == 50


def test_a_failing_message_is_logged_and_left_to_streamlit(caplog):
    def show(_incident):
        raise KeyError("a missing translation")

    assert serving.on_script_error(show)(raised()) is False
    assert "a missing translation" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_stopping_after_the_message_is_no_failure():
    def show(_incident):
        raise StopException

    assert serving.on_script_error(show)(ValueError()) is True


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_the_end_of_the_process_is_not_swallowed(end):
    def show(_incident):
        raise end

    with pytest.raises(end):
        serving.on_script_error(show)(ValueError())


@pytest.fixture
def frozen():
    yield
    gc.unfreeze()


def enter(given):
    async def live():
        async with given(None) as state:
            return state

    return run(live())


def test_warm_runs_before_the_first_request_and_what_it_left_is_frozen(frozen):
    ran = []
    before = gc.get_freeze_count()
    assert enter(serving.lifespan(lambda: ran.append(1), precompress=False)) == {}
    assert ran == [1]
    assert gc.get_freeze_count() > before


def test_a_failing_warm_up_does_not_stop_the_start(frozen, caplog):
    def warm_up():
        raise OSError("no fonts")

    assert enter(serving.lifespan(warm_up, precompress=False)) == {}
    assert "no fonts" in caplog.text


def test_the_start_begins_to_compress(frozen, monkeypatch):
    began = []
    monkeypatch.setattr(warm.compress, "default_store", lambda: "store")
    monkeypatch.setattr(warm.compress, "warm_up", lambda store, files: began.append((store, len(files))))
    enter(serving.lifespan())
    assert began[0][0] == "store"
    assert began[0][1] > 100
