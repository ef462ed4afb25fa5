"""The middleware against a small inner app that behaves like Streamlit's server."""

from collections.abc import Mapping

import pytest

from rtl.page import BASE, Still, Texts
from rtl.serve import LocalisedIndex
from tests.rtl.asgi import finish
from tests.rtl.gallery import LANGUAGES, negotiate

INDEX = b'<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'


class Inner:
    """Answer pages in two pieces, files in one; remember what was asked."""

    def __init__(self) -> None:
        self.body = INDEX
        self.asked: list[dict] = []

    async def __call__(self, scope, receive, send) -> None:
        self.asked.append(scope)
        path = scope["path"]
        if scope["type"] != "http" or scope["method"] == "POST":
            return
        if path == "/gone":
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/html")]})
            await send({"type": "http.response.body", "body": b'<div id="root">no'})
            return
        kind, body = (b"text/html; charset=utf-8", self.body) if "." not in path else (b"text/javascript", b"x")
        kind, body = (b"text/plain", b"ok") if path == "/plain" else (kind, body)
        body = b"<p>other" if path == "/other" else body
        headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode()), (b"etag", b'"inner"')]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        half = len(body) // 2
        if scope["method"] == "GET":
            await send({"type": "http.response.body", "body": body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": body[half:] if scope["method"] == "GET" else b""})


class Answer:
    """What came back."""

    def __init__(self, messages: list[dict]) -> None:
        self.status: int = messages[0]["status"]
        self.headers = {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}
        self.names = [name.lower() for name, _ in messages[0]["headers"]]
        self.body = b"".join(message.get("body", b"") for message in messages[1:]).decode()
        assert [message["type"] for message in messages].count("http.response.start") == 1
        assert not messages[-1].get("more_body")


class Site:
    """The middleware around the inner app."""

    def __init__(self) -> None:
        self.inner = Inner()
        self.made: list[str] = []
        self.app = LocalisedIndex(
            self.inner, lambda: LANGUAGES, negotiate, self.texts, self.still, r"\b(?:embed|view)="
        )

    def still(self, page: str, code: str, digits: str) -> Still | None:
        body = f"<main>{page} {code} {digits} {BASE}</main>"
        return Still(f"still {page}", "d", "", body) if page == "lesson" else None

    def texts(self, code: str) -> Texts:
        self.made.append(code)
        return Texts(f"title {code}", "n", "d", {"Stop": f"stop {code}"})

    def ask(self, path="/", query="", method="GET", headers: Mapping[str, str] | None = None) -> Answer:
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode("latin1"),
            "headers": [(name.encode(), value.encode("latin1")) for name, value in (headers or {}).items()],
        }
        messages: list[dict] = []

        async def send(message) -> None:
            messages.append(message)

        finish(self.app(scope, None, send))
        return Answer(messages)

    def opening(self, **asked) -> str:
        return self.ask(**asked).body.split("<html ")[1].split(">")[0]


@pytest.fixture
def site() -> Site:
    """The middleware around a fresh inner app."""
    return Site()


EN = 'lang="en" dir="ltr" data-digits="latn"'
FA = 'lang="fa" dir="rtl" data-digits="arabext"'
AR = 'lang="ar" dir="rtl" data-digits="latn"'


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, EN),
        ({"headers": {"accept-language": "fa-IR,fa;q=0.9,en;q=0.8"}}, FA),
        ({"headers": {"accept-language": "de, ar;q=0.5"}}, AR),
        ({"headers": {"accept-language": "fa", "cookie": "lang=ar"}}, AR),
        ({"query": "lang=fa", "headers": {"accept-language": "en", "cookie": "lang=ar"}}, FA),
        ({"query": "lang=xx", "headers": {"cookie": "a=b; lang=ar"}}, AR),
        ({"query": "lang=en&lang=fa"}, FA),
        ({"query": "lang=fa&digits=latn"}, FA.replace("arabext", "latn")),
        ({"query": "lang=fa", "headers": {"cookie": "digits-fa=latn"}}, FA.replace("arabext", "latn")),
        (
            {"query": "lang=fa", "headers": {"cookie": "digits=latn; digits-en=latn; digits-ar=latn"}},
            FA,
        ),  # of another language
        ({"query": "lang=ar", "headers": {"cookie": "digits-ar=arabext"}}, AR),  # not digits of Arabic
        ({"query": "lang=ar&digits=arab"}, AR.replace("latn", "arab")),
        ({"query": "digits=arab"}, EN),
    ],
)
def test_link_then_cookie_then_browser_choose_language_and_digits(site, asked, wanted):
    assert site.opening(**asked) == wanted


JUNK = ['"><script>', "\r\nSet-Cookie: a=b", "\x00", "%", "%ff%fe", "=;=;;", "a" * 70_000, "é"]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
@pytest.mark.parametrize("place", ["query", "cookie", "accept-language"])
def test_hostile_wishes_give_a_plain_page(site, junk, place):
    asked = {"query": f"lang={junk}&digits={junk}&{junk}"} if place == "query" else {"headers": {place: f"lang={junk}"}}
    answer = site.ask(**asked)
    assert answer.status == 200
    assert f"<html {EN}>" in answer.body
    assert answer.headers["content-language"] == "en"


def test_the_answer_tells_caches_what_it_depends_on(site):
    answer = site.ask(query="lang=fa")
    assert answer.headers["vary"] == "Cookie, Accept-Language"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-language"] == "fa"
    assert answer.headers["content-length"] == str(len(answer.body.encode()))
    assert len(answer.names) == len(set(answer.names))
    assert answer.headers["etag"] != '"inner"'


def test_a_page_that_the_browser_has_is_not_sent_again_but_another_language_is(site):
    etag = site.ask(query="lang=fa").headers["etag"]
    assert site.ask(query="lang=fa", headers={"if-none-match": f'"x", W/{etag}'}).status == 304
    assert site.ask(query="lang=ar", headers={"if-none-match": etag}).status == 200
    names = {name for scope in site.inner.asked for name, _ in scope["headers"]}
    assert b"if-none-match" not in names  # an inner 304 would know nothing of languages


def test_head_tells_the_length_of_the_page_and_sends_none(site):
    whole, head = site.ask(query="lang=fa"), site.ask(query="lang=fa", method="HEAD")
    assert head.body == ""
    assert head.headers == whole.headers


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/plain", "/other", "/gone", "/static/js/a.js", "/_stcore/health"])
def test_what_is_not_the_index_passes_untouched(site, path, method):
    inner = Site().inner
    plain = Site()
    plain.app = inner
    assert vars(site.ask(path, method=method)) == vars(plain.ask(path, method=method)) | (
        {"body": ""} if method == "HEAD" else {}
    )


def test_conditional_requests_for_files_reach_streamlit(site):
    site.ask("/static/js/a.js", headers={"if-none-match": '"a"', "range": "bytes=0-1"})
    assert {name for name, _ in site.inner.asked[-1]["headers"]} == {b"if-none-match", b"range"}


def test_other_methods_and_kinds_pass(site):
    for scope in ({"type": "websocket", "path": "/"}, {"type": "http", "path": "/plain", "method": "POST"}):
        finish(site.app(scope, None, ignore))
    assert [(scope["type"], scope.get("method")) for scope in site.inner.asked] == [
        ("websocket", None),
        ("http", "POST"),
    ]


async def ignore(message: dict) -> None:
    """Take a message."""


def test_each_page_is_made_once(site):
    first = site.ask(query="lang=fa").body
    made = len(site.made)
    assert site.ask("/funnel", query="lang=fa&n=5").body == first
    assert len(site.made) == made
    site.inner.body = INDEX.replace(b"Streamlit", b"Streamlit 2")  # an upgrade
    assert site.ask(query="lang=fa").body != ""
    assert len(site.made) > made


def test_a_changing_index_does_not_fill_the_memory(site):
    for number in range(300):
        site.inner.body = INDEX + str(number).encode()
        site.ask()
    assert len(site.app.pages) <= 256


def test_the_script_is_there_once(site):
    body = site.ask(query="lang=fa").body
    assert body.count('id="rtl-facts"') == body.count('Symbol.for("react-aria.i18n.locale")') == 1


def test_a_page_is_answered_with_its_own_text_and_the_address_that_was_asked():
    answer = Site().ask("/a/lesson", "lang=fa", headers={"host": "school.example:8501"})
    assert "<title>still lesson</title>" in answer.body
    assert "<main>lesson fa arabext http://school.example:8501/a/</main>" in answer.body


def test_a_site_that_knows_its_own_origin_names_that():
    site = Site()
    site.app.public = "https://school.example"
    assert " https://school.example/a/</main>" in site.ask("/a/lesson", headers={"host": "10.0.0.7:8501"}).body


@pytest.mark.parametrize("host", ["", 'x"><script>', "a b", "x" * 300])
def test_a_host_that_is_none_gets_into_no_page(host):
    answer = Site().ask("/lesson", headers={"host": host} if host else {})
    assert "latn ./</main>" in answer.body or ("arab" in answer.body and " ./</main>" in answer.body)
    assert "<script>" not in answer.body.split("</main>")[0].split("<main>")[1]


@pytest.mark.parametrize("query", ["view=print", "lang=fa&view=present", "embed=true"])
def test_another_way_to_look_at_a_page_waits_for_the_app(query):
    assert "<main>" not in Site().ask("/lesson", query).body


def test_pages_that_are_asked_for_at_random_do_not_fill_the_memory():
    site = Site()
    for i in range(600):
        site.ask(f"/page{i}")
    assert len(site.app.pages) < 300
