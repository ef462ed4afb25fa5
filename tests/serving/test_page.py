"""What is added to the index page, and to nothing else."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit import file_util

from serving import middleware, preload_links
from serving.compress import Compressed
from serving.headers import SecurityHeaders
from serving.page import CONNECT, connect_hash, hasten
from serving.store import Store
from tests.serving.asgi import ask

INDEX = (Path(file_util.get_static_dir()) / "index.html").read_text("utf8")


def test_the_page_connects_before_its_scripts_run():
    page = hasten(INDEX, ["./static/js/a.js"])
    assert page.index(CONNECT) < page.index('<script type="module"')
    assert page.index('href="./static/js/a.js"') < page.index("</head>")
    assert hasten(page) == page  # once


@pytest.mark.parametrize("other", ["", "<p>Hello</p>", '<script type="module" src="x"></script></head>'])
def test_other_pages_stay_as_they_are(other):
    assert hasten(other, ["./static/js/a.js"]) == other


def test_the_policy_knows_the_script():
    headers = middleware()[0]
    assert headers.cls is SecurityHeaders
    assert connect_hash() in headers.kwargs["script_hashes"]


def test_preloads_are_what_the_index_page_does_not_name_itself():
    links = preload_links("Slider", "StreamlitMarkdown", "NoSuchChunk")
    assert any("/Slider." in link for link in links)
    assert not any("/StreamlitMarkdown." in link for link in links)
    assert all(link.startswith("./static/js/") and link not in INDEX for link in links)
    assert preload_links() == []


def test_each_path_has_its_own_preloads():
    app = Starlette(routes=[Route("/{name:path}", lambda _: HTMLResponse(INDEX))])
    served = Compressed(app, Store(None), {}, lambda path: ("Slider",) if path == "/moves" else ())
    assert b"/Slider." in ask(served, "/moves").body
    assert b"/Slider." not in ask(served, "/").body
    assert CONNECT.encode() in ask(served, "/").body
