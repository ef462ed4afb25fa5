"""Who may send: one origin, whole and exactly ours."""

import pytest
from serving.guard import parts, same_origin


def scope(origin=None, host="funnels.example:8501", scheme="http", **more):
    headers = [(b"host", host.encode())] + ([(b"origin", origin.encode("latin-1"))] if origin is not None else [])
    return {"type": "http", "scheme": scheme, "headers": headers, **more}


@pytest.mark.parametrize(
    ("origin", "host", "scheme"),
    [
        ("http://funnels.example:8501", "funnels.example:8501", "http"),
        ("HTTP://Funnels.Example:8501", "funnels.example:8501", "http"),
        ("https://funnels.example", "funnels.example", "https"),
        ("https://funnels.example:443", "funnels.example", "https"),
        ("http://funnels.example:8501", "funnels.example:8501", "ws"),
        ("http://192.168.1.7:8501", "192.168.1.7:8501", "http"),
        ("http://[::1]:8501", "[::1]:8501", "http"),
    ],
)
def test_our_own_pages_may(origin, host, scheme):
    assert same_origin(scope(origin, host, scheme))


@pytest.mark.parametrize(
    "origin",
    [
        "", "null", "*", "http://evil.example", "https://funnels.example:8501", "http://funnels.example", "http://funnels.example:85010",
        "http://funnels.example:8501.evil.example", "http://funnels.example:8501@evil.example", "http://evil.example/funnels.example:8501",
        "http://funnels.example:8501/", "http://funnels.example:8501 ", " http://funnels.example:8501", "//funnels.example:8501",
        "http://sub.funnels.example:8501", "http://funnels.example:0", "http://funnels.example:99999", "http://funnels..example:8501",
        "http://funnels.example:8501, http://evil.example", "ftp://funnels.example:8501", "http://funnels.example:８５０１",
    ],
)  # fmt: skip
def test_nobody_else_may(origin):
    given = scope()
    given["headers"].append((b"origin", origin.encode("utf8")))
    assert not same_origin(given)
    assert not same_origin(given, public="https://public.example", missing=True)


def test_the_configured_name_and_what_is_missing():
    assert same_origin(scope("https://public.example"), public="https://public.example")
    assert not same_origin(scope("http://public.example"), public="https://public.example")
    assert not same_origin(scope())
    assert same_origin(scope(), missing=True)
    twice = scope("http://funnels.example:8501")
    twice["headers"].append((b"origin", b"http://funnels.example:8501"))
    assert not same_origin(twice)
    assert not same_origin({"type": "http", "scheme": "http", "headers": [(b"origin", b"http://x.example")]})
    assert parts("http://x.example") == ("http", "x.example", "80")
