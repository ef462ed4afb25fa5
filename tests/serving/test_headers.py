"""Security headers: on every kind of answer, and a policy that is as strict as it claims."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from serving.headers import SecurityHeaders, content_security_policy
from tests.serving.asgi import ask, run

HASH = "sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA="
FULL = ("content-security-policy", "x-frame-options", "referrer-policy", "permissions-policy",
        "cross-origin-opener-policy", "x-content-type-options")  # fmt: skip


@pytest.fixture
def served():
    async def boom(_request):
        raise RuntimeError("secret detail")

    async def refuse(websocket):
        await websocket.send_denial_response(PlainTextResponse("no", 403))

    app = Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse("<p>", headers={"X-Frame-Options": "ALLOWALL"})),
            Route("/json", lambda _: JSONResponse({})),
            Route("/image.svg", lambda _: Response("<svg/>", media_type="image/svg+xml")),
            Route("/nothing", lambda _: Response(status_code=204)),
            Route("/elsewhere", lambda _: RedirectResponse("/")),
            Route("/part.js", lambda _: Response("1", media_type="text/javascript")),
            Route("/font.woff2", lambda _: Response("1", media_type="font/woff2")),
            Route("/boom", boom),
            WebSocketRoute("/refuse", refuse),
        ]
    )
    return SecurityHeaders(app, [HASH])


@pytest.mark.parametrize(
    ("url", "status"),
    [("/", 200), ("/json", 200), ("/image.svg", 200), ("/nothing", 204), ("/elsewhere", 307), ("/unknown", 404)],
)  # fmt: skip
def test_every_answer_that_can_stand_alone_has_all_headers(served, url, status):
    answer = ask(served, url)
    assert answer.status == status
    for name in FULL:
        assert len(answer.headers.getlist(name)) == 1, name
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_a_crash_is_a_bare_answer_with_all_headers_and_reaches_the_log(served):
    sent = []

    async def take(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/boom", "query_string": b"", "headers": []}
    with pytest.raises(RuntimeError):  # uvicorn writes it to the log
        run(served(scope, None, take))
    assert sent[0]["status"] == 500
    assert b"secret" not in sent[1]["body"]
    assert {name.decode() for name, _ in sent[0]["headers"]} >= set(FULL)


@pytest.mark.parametrize("url", ["/part.js", "/font.woff2"])
def test_parts_of_a_page_carry_only_nosniff(served, url):
    """Eighty of them make a first visit; the full set would be 70 KB on a slow link."""
    answer = ask(served, url)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in answer.headers


def test_a_refused_websocket_has_them_too(served):
    answer = ask(served, "/refuse", kind="websocket")
    assert answer.status == 403
    assert "content-security-policy" in answer.headers


def test_the_policy_allows_no_foreign_script():
    rules = dict(rule.split(" ", 1) for rule in content_security_policy([HASH]).split("; "))
    assert rules["default-src"] == rules["object-src"] == "'none'"
    assert rules["script-src"] == f"'self' '{HASH}'"
    assert content_security_policy([f"'{HASH}'"]) == content_security_policy([HASH])
    for name, value in rules.items():
        assert "unsafe-eval" not in value
        assert "http" not in value
        assert "*" not in value
        assert "'unsafe-inline'" not in value or name == "style-src"
    assert {rules[name] for name in ("base-uri", "form-action", "frame-ancestors")} == {"'self'"}


def test_components_from_strings_are_allowed_only_when_asked_for():
    assert "blob:" not in content_security_policy([]).split("script-src")[1].split(";")[0]
    assert "blob:" in content_security_policy([], inline_components=True).split("script-src")[1].split(";")[0]


@pytest.mark.parametrize("wrong", ["unsafe-inline", "'unsafe-eval'", "sha256-x; script-src *", "sha1-abc", ""])
def test_only_hashes_are_hashes(wrong):
    with pytest.raises(ValueError, match="not a hash"):
        content_security_policy([wrong])
    with pytest.raises(ValueError, match="not a hash"):
        SecurityHeaders(Starlette(), [wrong])


@pytest.mark.parametrize("host", ["learn.example:8501", "localhost", "[::1]:8501"])
def test_the_websocket_of_this_host_is_allowed(served, host):
    policy = ask(served, "/", host=host).headers["content-security-policy"]
    assert f"connect-src 'self' ws://{host} wss://{host};" in policy


@pytest.mark.parametrize("host", ["evil.example; script-src *", "a b", "*", "", "*.example", "x" * 300])
def test_a_host_that_is_none_cannot_write_the_policy(served, host):
    policy = ask(served, "/", host=host).headers["content-security-policy"]
    assert "connect-src 'self';" in policy
    assert policy.count("script-src") == 1
