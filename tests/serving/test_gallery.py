"""The policy against real pages: everything draws, nothing is refused but what we mean to refuse."""

import json
import urllib.request
from pathlib import Path

import pytest

from tests.support import serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("serving")]

LISTEN = """window.violations = [];
addEventListener('securitypolicyviolation', (e) => violations.push(`${e.effectiveDirective} ${e.blockedURI}`));"""
# protobuf tries WebAssembly once and has another way: see serving/headers.py.
EXPECTED = {"script-src wasm-eval"}


@pytest.fixture(scope="module")
def gallery():
    with serve(Path(__file__).with_name("gallery_app.py")) as address:
        yield address


@pytest.fixture
def page(browser, gallery):
    context = browser.new_context(viewport={"width": 1280, "height": 2400})
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda said: said.type == "error" and page.problems.append(said.text))
    page.goto(gallery)
    yield page
    context.close()


def test_the_gallery_draws_and_works_under_the_policy(page):
    page.get_by_text("script ran").wait_for()
    page.locator("[data-testid=stVegaLiteChart] svg path").first.wait_for(state="attached")
    page.locator("[data-testid=stDataFrame] canvas").first.wait_for(state="attached")
    assert page.locator(".own").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    assert page.locator("html").get_attribute("data-inline") == "ran"
    marks = "() => document.querySelector('[data-testid=stVegaLiteChart] svg').outerHTML"
    before = page.evaluate(marks)
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("41").first.wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate(marks) != before
    page.get_by_role("button", name="press", exact=True).click()
    page.get_by_text("pressed: True").wait_for()
    page.locator("input[type=file]").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
    page.get_by_text("a.txt").wait_for()
    with page.expect_download() as download:
        page.locator("[data-testid=stDownloadButton] button").click()
    assert download.value.suggested_filename == "hello.txt"
    assert set(page.evaluate("violations")) <= EXPECTED
    assert page.problems == []


def test_what_the_policy_forbids_does_not_run(page):
    page.get_by_text("script ran").wait_for()
    page.evaluate("""() => {
        const script = document.createElement('script');
        script.textContent = "document.documentElement.dataset.attack = 'ran'";
        document.head.append(script);
        const image = new Image();
        image.src = 'https://example.org/leak.png';
    }""")
    page.wait_for_function("() => true")
    page.wait_for_timeout(300)
    assert page.locator("html").get_attribute("data-attack") is None
    assert {"script-src-elem inline", "img-src https://example.org/leak.png"} <= set(page.evaluate("violations"))


@pytest.mark.parametrize("where", ["in the script", "in a fragment", "in a callback"])
def test_a_failure_shows_its_number_and_nothing_else(page, where):
    page.get_by_role("button", name=f"Fail {where}").click()
    page.get_by_text("incident ").wait_for()
    assert page.locator("[data-testid=stException]").count() == 0
    assert "secret detail" not in page.locator("body").inner_text()


def test_the_served_app_is_healthy_and_compressed(gallery):
    with urllib.request.urlopen(f"{gallery}/healthz") as answer:
        assert json.load(answer)["version"] == "9.9"
    request = urllib.request.Request(gallery, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
