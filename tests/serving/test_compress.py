"""What leaves the server: encodings, caching, conditional and partial requests."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from serving import assets
from serving import compress as module
from serving.compress import Compressed, warm_up
from serving.store import Store, decompress
from tests.serving.asgi import ask, run, send

SCRIPT = b"export const answer = 42;\n" * 400
PAGE = "<!doctype html><title>\u0642\u06cc\u0641</title><p>" + "word " * 500
JS = "/static/js/Chunk.abcdefgh.js"
CSS = "/app/static/look.css"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / "static" / "js" / "Chunk.abcdefgh.js").write_bytes(SCRIPT)
    (tmp_path / "static" / "js" / "tiny.abcdefgh.js").write_bytes(b"1")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "look.css").write_bytes(b"p { color: teal }\n" * 100)
    (tmp_path / "own" / "font.woff2").write_bytes(b"wOF2" * 300)
    return tmp_path


@pytest.fixture
def served(folder):
    files = assets._listing(folder / "static", "/static") | assets._listing(folder / "own", "/app/static")
    return app(folder, Store(folder / "cache"), files)


def app(folder, store, files):
    async def page(_request):
        return HTMLResponse(PAGE, headers={"vary": "Cookie", "etag": '"other"', "cache-control": "no-cache"})

    async def stream(_request):
        return StreamingResponse(iter([b"<p>" * 300_000, b"<i>" * 300_000]), media_type="text/html")

    async def missing(_request):
        return HTMLResponse(PAGE, 404)

    async def boom(_request):
        raise RuntimeError

    return Compressed(
        Starlette(
            routes=[
                Route("/", page),
                Route("/stream", stream),
                Route("/missing", missing),
                Route("/boom", boom),
                Route("/plain", lambda _: PlainTextResponse("x" * 5000)),
                Route("/app/static/{name}", lambda r: FileResponse(folder / "own" / r.path_params["name"])),
                Mount("/static", StaticFiles(directory=folder / "static")),
            ]
        ),
        store,
        files,
    )


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize(("url", "cache"), [(JS, assets.IMMUTABLE), (CSS, assets.PLAIN)])
def test_a_static_file_is_sent_compressed(served, folder, encoding, url, cache):
    answer = ask(served, url, accept_encoding=encoding)
    assert answer.status == 200
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == cache
    assert answer.headers["content-type"].split(";")[0] == ("text/css" if url == CSS else "text/javascript")
    assert decompress(answer.body, encoding) == ask(served, url).body


@pytest.mark.parametrize("accept", ["", "identity", "br;q=0, gzip;q=0", "zstd", "br;q=nonsense"])
def test_without_a_common_encoding_the_file_goes_as_it_is(served, accept):
    answer = ask(served, JS, accept_encoding=accept)
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["cache-control"] == assets.IMMUTABLE
    assert answer.body == SCRIPT


def test_head_has_the_headers_of_get_and_no_body(served):
    got = ask(served, JS, accept_encoding="gzip")
    head = ask(served, JS, "HEAD", accept_encoding="gzip")
    assert dict(head.headers) == dict(got.headers)
    assert head.body == b""


@pytest.mark.parametrize("url", [JS, CSS, "/"])
def test_what_the_client_holds_is_not_sent_again(served, url):
    etag = ask(served, url, accept_encoding="gzip").headers["etag"]
    again = ask(served, url, accept_encoding="br", if_none_match=f'"x", {etag}')
    assert again.status == 304
    assert again.body == b""
    assert again.headers["etag"] == etag
    assert "Accept-Encoding" in again.headers["vary"]
    assert "content-length" not in again.headers
    assert ask(served, url, accept_encoding="br", if_none_match='"x"').status == 200


def test_a_part_of_a_file_is_a_part_of_the_uncompressed_one(served):
    answer = ask(served, JS, accept_encoding="br", range="bytes=7-11")
    assert answer.status == 206
    assert "content-encoding" not in answer.headers
    assert answer.body == SCRIPT[7:12]


def test_what_is_compressed_already_or_tiny_is_left_alone(served):
    for url in ("/app/static/font.woff2", "/static/js/tiny.abcdefgh.js"):
        answer = ask(served, url, accept_encoding="br")
        assert answer.status == 200
        assert "content-encoding" not in answer.headers
        assert answer.headers["cache-control"].startswith("public, max-age=")


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS"])
def test_other_methods_reach_the_app(served, method):
    assert ask(served, JS, method, accept_encoding="br").status == 405


@pytest.mark.parametrize("url", ["/static/../own/look.css", "/static/%2e%2e/own/look.css", "/static/js/../../x.js"])
def test_no_path_leads_out_of_the_folders(served, url):
    answer = ask(served, url, accept_encoding="br")
    assert answer.status == 404


def test_a_link_out_of_the_folder_is_not_listed(folder):
    (folder / "secret.js").write_bytes(SCRIPT)
    (folder / "own" / "link.js").symlink_to(folder / "secret.js")
    assert "/app/static/link.js" not in assets._listing(folder / "own", "/app/static")


def test_a_page_is_compressed_and_keeps_its_own_headers(served):
    answer = ask(served, "/", accept_encoding="br")
    assert decompress(answer.body, "br").decode() == PAGE
    assert answer.headers["vary"] == "Cookie, Accept-Encoding"
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["etag"] != '"other"'
    assert answer.headers["content-length"] == str(len(answer.body))


def test_a_page_for_a_client_without_compression(served):
    answer = ask(served, "/", accept_encoding="identity")
    assert answer.body.decode() == PAGE
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-length"] == str(len(answer.body))


def test_a_page_is_compressed_once(served, monkeypatch):
    calls = []
    real = module.compress
    monkeypatch.setattr(module, "compress", lambda *given: calls.append(given) or real(*given))
    for _ in range(5):
        ask(served, "/", accept_encoding="br")
    assert len(calls) == 1


def test_what_is_no_finished_page_passes_untouched(served):
    assert ask(served, "/stream", accept_encoding="br").body == b"<p>" * 300_000 + b"<i>" * 300_000
    assert ask(served, "/missing", accept_encoding="br").status == 404
    assert "content-encoding" not in ask(served, "/plain", accept_encoding="br").headers
    with pytest.raises(RuntimeError):
        ask(served, "/boom")


def test_many_first_requests_compress_once(folder, monkeypatch):
    store = Store(None)
    calls = []
    real = store.pack
    monkeypatch.setattr(store, "pack", lambda *given, **named: calls.append(named) or real(*given, **named))
    served = app(folder, store, assets._listing(folder / "static", "/static"))

    async def all_at_once():
        return await asyncio.gather(*(send(served, JS, accept_encoding="gzip") for _ in range(30)))

    answers = run(all_at_once())
    assert {decompress(answer.body, "gzip") for answer in answers} == {SCRIPT}
    assert calls.count({}) == 1  # another says best=True: the background's


def test_a_file_that_vanished_is_answered_by_the_app(served, folder):
    (folder / "own" / "look.css").unlink()
    with pytest.raises(RuntimeError, match="does not exist"):  # here by FileResponse; Streamlit's own checks first
        ask(served, CSS, accept_encoding="br")


def test_a_base_path_is_understood(folder, monkeypatch):
    monkeypatch.setattr(module.config, "get_option", lambda name: "/course/" if name == "server.baseUrlPath" else None)
    served = Compressed(Starlette(), Store(None), assets._listing(folder / "static", "/static"))
    assert decompress(ask(served, "/course" + JS, accept_encoding="gzip").body, "gzip") == SCRIPT
    assert ask(served, "/other" + JS, accept_encoding="gzip").status == 404


def test_the_bundle_of_this_streamlit_is_understood():
    """An upgrade that renames its chunks must not silently end the warm-up."""
    files = assets.streamlit_files()
    assert len(assets.index_assets()) > 10
    assert sum(url in files for url in assets.index_assets()) > 0.8 * len(assets.index_assets())  # some are tiny
    found = {url.rsplit("/", 1)[-1].split(".")[0] for url in assets.chunks(*module.ELEMENTS)}
    assert set(module.ELEMENTS) <= found
    assert all(assets.cache_control(url) == assets.IMMUTABLE for url in assets.index_assets())


def test_the_warm_up_takes_what_a_first_visit_loads(monkeypatch):
    wanted = []
    store = Store(None)
    monkeypatch.setattr(store, "improve", lambda items: wanted.extend(items))
    warm_up(store, assets.streamlit_files())
    names = {file.name.split(".")[0] for file, _ in wanted}
    assert {"index", "protobuf", "StreamlitMarkdown", "Slider", "embed"} <= names
    assert "PlotlyChart" not in names
    assert sum(file.stat().st_size for file, encoding in wanted if encoding == "gzip") < 6 * 2**20
