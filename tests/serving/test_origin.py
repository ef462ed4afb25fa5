"""Who may connect: exactly the pages of this server."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

import serving
from serving.origin import OnlyOurs, is_local, is_ours, parse_host, parse_origin, public_origin, same_origin
from tests.serving.asgi import ask

PUBLIC = ("https", "funnels.example", 443)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("http://localhost:8501", ("http", "localhost", 8501)),
        ("https://funnels.example", PUBLIC),
        ("https://funnels.example:443", PUBLIC),
        ("http://192.168.1.7", ("http", "192.168.1.7", 80)),
        ("http://[::1]:8501", ("http", "[::1]", 8501)),
    ],
)
def test_an_origin_is_taken_apart_whole(text, found):
    assert parse_origin(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "null", "*", "https://", "funnels.example", "//funnels.example", "ftp://funnels.example", "file://",
        "https://funnels.example/", "https://funnels.example/x", "https://funnels.example?x", "https://funnels.example#x",
        "https://someone@funnels.example", "https://funnels.example:", "https://funnels.example:0", "https://funnels.example:65536",
        "https://funnels.example:44 3", "https://funnels.example https://other.example", "https://funnels.example,https://a",
        " https://funnels.example", "https://funnels.example\n", "HTTPS://funnels.example", "https://funnels.example\\x",
        "https://funnels.example:٤٤٣", "https://قمع.example", "https://.example", "https://[::1", "chrome-extension://abc",
    ],
)  # fmt: skip
def test_what_is_not_exactly_one_origin_is_none(text):
    assert parse_origin(text) is None


@pytest.mark.parametrize(
    "origin",
    [
        "http://other.example", "http://class.example.other.example", "http://otherclass.example:8501", "http://class.example",
        "http://class.example:8502", "https://class.example:8501", "http://sub.class.example:8501", "http://localhost:8501",
        "http://127.0.0.1:8501", "null", "", "http://class.example:8501/", "http://class.example:8501@other.example",
    ],
)  # fmt: skip
def test_a_foreign_origin_is_not_ours(origin):
    assert is_ours("http://class.example:8501", "class.example:8501", "ws")
    assert not is_ours(origin, "class.example:8501", "ws")
    assert not is_ours(origin, "class.example:8501", "http", PUBLIC)


@given(st.text(), st.text())
def test_only_equal_origins_are_ours(origin, host):
    if is_ours(origin, host, "http"):
        assert parse_origin(origin) == parse_host(host, "http") is not None


@given(st.text(alphabet="htps:/clas.exmp0123456789[]@?#\\ ", max_size=40))
def test_no_other_spelling_is_ours(origin):
    spelled = ("http://class.example", "http://class.example:80")
    assert is_ours(origin, "class.example", "http") == (origin in spelled or origin.removesuffix(":80") in spelled[:1])


def test_the_scheme_of_the_host_is_that_of_the_request():
    assert is_ours("https://class.example", "class.example", "wss")
    assert is_ours("http://class.example", "CLASS.example:80", "ws")
    assert not is_ours("https://class.example", "class.example", "ws")
    assert is_ours("https://funnels.example", "10.0.0.3:8501", "ws", PUBLIC)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost:8501", True), ("127.0.0.1", True), ("[::1]:8501", True), ("192.168.0.5:8501", True), ("10.1.2.3", True),
        ("8.8.8.8", False), ("other.example", False), ("localhost.other.example", False), ("127.0.0.1.other.example", False),
        ("", False), ("a b", False),
    ],
)  # fmt: skip
def test_a_local_name_is_one_that_no_stranger_can_point_here(host, local):
    assert is_local(host) is local


def inner():
    async def stream(websocket):
        await websocket.send_denial_response(PlainTextResponse("in", 200))

    def said(_request):
        return PlainTextResponse("in")

    return Starlette(
        routes=[
            Route("/page", said),
            Route("/healthz", said),
            Route("/room/answer", said, methods=["POST"]),
            WebSocketRoute("/_stcore/stream", stream),
        ]
    )


def status(public=None, url="/_stcore/stream", kind="websocket", **headers):
    messages = ask(OnlyOurs(inner(), public), url, kind=kind, **headers)
    return messages.status or 403  # a WebSocket that is closed before it is accepted


@pytest.mark.parametrize("url", ["/_stcore/stream", "/room/answer"])
def test_the_stream_and_every_own_route_refuse_who_is_foreign_or_silent(url):
    kind, method = ("websocket", "GET") if "stream" in url else ("http", "POST")

    def answer(**headers):
        return ask(OnlyOurs(inner(), None), url, method, kind, **headers).status or 403

    assert answer(origin="http://test") == 200
    assert answer(origin="http://other.example") == 403
    assert answer(origin="null") == 403
    assert answer() == 403


def test_a_page_opens_from_anywhere_but_is_not_read_by_a_foreign_script():
    assert status(url="/page", kind="http") == 200
    assert status(url="/page", kind="http", origin="http://other.example") == 403


def test_under_a_public_name_no_other_name_is_served():
    assert status(PUBLIC, host="funnels.example", origin="https://funnels.example") == 200
    assert status(PUBLIC, host="localhost:8501", origin="http://localhost:8501") == 200
    assert status(PUBLIC, host="other.example", origin="http://other.example") != 200
    assert status(PUBLIC, url="/page", kind="http", host="other.example") == 421
    assert status(PUBLIC, url="/healthz", kind="http", host="other.example") == 200
    assert status(None, url="/page", kind="http", host="other.example") == 200


def test_the_public_name_comes_from_the_environment_and_a_wrong_one_stops_the_start(monkeypatch):
    monkeypatch.setenv("TWO_FUNNELS_ORIGIN", "https://Funnels.example/")
    public_origin.cache_clear()
    assert public_origin() == PUBLIC
    monkeypatch.setenv("TWO_FUNNELS_ORIGIN", "funnels.example")
    public_origin.cache_clear()
    with pytest.raises(ValueError, match="TWO_FUNNELS_ORIGIN"):
        serving.middleware()
    monkeypatch.delenv("TWO_FUNNELS_ORIGIN")
    public_origin.cache_clear()
    assert public_origin() is None


def test_a_stranger_does_not_fill_the_log(caplog):
    app = OnlyOurs(inner(), public_origin())
    with caplog.at_level(logging.WARNING):
        for number in range(100):
            ask(app, "/_stcore/stream", kind="websocket", origin=f"http://other{number}.example\x1b")
            ask(app, "/_stcore/stream", kind="websocket", origin="http://other.example")
    assert 0 < len(caplog.records) <= 20
    assert "\x1b" not in caplog.text


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ([(b"host", b"class.example"), (b"origin", b"http://class.example")], True),
        ([(b"host", b"class.example"), (b"origin", b"http://other.example")], False),
        (
            [(b"host", b"class.example"), (b"origin", b"http://class.example"), (b"origin", b"http://class.example")],
            False,
        ),
        ([(b"host", b"class.example"), (b"host", b"other.example"), (b"origin", b"http://other.example")], False),
        ([(b"host", b"10.0.0.3:8501"), (b"origin", b"https://funnels.example")], True),
        ([(b"host", b"class.example")], None),
    ],
)
def test_a_route_may_ask_for_itself(headers, ours):
    scope = {"type": "http", "scheme": "http", "headers": headers}
    for missing in (False, True):
        assert same_origin(scope, "https://funnels.example", missing) is (missing if ours is None else ours)
