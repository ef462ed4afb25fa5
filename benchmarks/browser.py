"""What a learner's browser sees: bytes and time of a first visit, and the time from a slider to the redrawn chart."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import ARGUMENTS, install

# A phone on a slow mobile network: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back (Lighthouse's "slow 4G").
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
# what the page says before the app, and what the app says, not the skeleton before it
TEXT = "#rtl-still main :is(p, .tf-p), [data-testid=stMain] [data-testid=stMarkdownContainer]"
CHARTS = (
    "[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas, "
    "[data-testid=stMarkdownContainer] svg, [data-testid=stHtml] svg"
)

# Runs in the page: notes when the first text is visible, and when the charts differ after a key press.
PROBE = """(() => {
  const seen = window.__seen = {text: 0, moves: [], shift: 0};
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
  }).observe({type: 'layout-shift', buffered: true});
  const charts = () => [...document.querySelectorAll(CHARTS)].map((e) => e.outerHTML).join();
  const visible = (e) => e.textContent.trim() && e.offsetHeight > 0 && getComputedStyle(e).opacity > 0;
  let before = '', move = null;
  new MutationObserver(() => {
    if (!seen.text && [...document.querySelectorAll(TEXT)].some(visible))
      requestAnimationFrame(() => { seen.text ||= performance.now(); });
    if (move && !move.drawn && charts() !== before) move.drawn = performance.now() - move.pressed;
  }).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  addEventListener('keydown', () => {
    before = charts();
    seen.moves.push(move = {pressed: performance.now(), drawn: 0});
  }, true);
})()""".replace("CHARTS", json.dumps(CHARTS)).replace("TEXT", json.dumps(TEXT))


@dataclass
class Visit:
    """A first visit, with an empty cache."""

    text_ms: float  # navigation start to the first visible text of the app
    kilobytes: float  # on the wire, all responses (1 kB = 1000 bytes)
    requests: int
    page_kilobytes: float = 0.0  # of the page itself
    shift: float = 0.0  # cumulative layout shift, until all is quiet


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """One headless Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def visit(browser: Browser, url: str, slow: bool = False, chart: bool = False) -> Visit:
    """Open a page for the first time. Ends when all is quiet, with `chart` not before a chart is drawn."""
    with _page(browser) as page:
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        if slow:
            network.send("Network.emulateNetworkConditions", SLOW)
        sizes: dict[str, float] = {}  # by request; -1 while it is on its way
        network.on("Network.requestWillBeSent", lambda event: sizes.setdefault(event["requestId"], -1))
        network.on(
            "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]})
        )
        network.on("Network.loadingFailed", lambda event: sizes.update({event["requestId"]: 0}))
        page.goto(url, wait_until="commit", timeout=90_000)
        text = _until(page, "__seen.text", 90)
        if chart:
            page.locator(CHARTS).first.wait_for(timeout=90_000)
        quiet = count = 0
        while quiet < 4:  # 1.6 s without a request: what the text did not wait for (charts, fonts) is in too
            done = all(size >= 0 for size in sizes.values()) and len(sizes) == count
            quiet, count = quiet + 1 if done else 0, len(sizes)
            page.wait_for_timeout(400)
        page_size = page.evaluate("performance.getEntriesByType('navigation')[0].transferSize") / 1000
        return Visit(text, sum(sizes.values()) / 1000, len(sizes), page_size, page.evaluate("__seen.shift"))


def first_act(browser: Browser, url: str) -> float:
    """Return the time from a first visit's start, on the slow network, to a sentence that follows a pull, in ms.

    The page has to have the hand (`.tf-hand`): its first handle is pressed as soon as it can be.
    """
    with _page(browser) as page:
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", SLOW)
        page.goto(url, wait_until="commit", timeout=90_000)
        page.wait_for_selector("#rtl-still", state="detached", timeout=90_000)
        grip = page.locator(".tf-hand-grip").first
        grip.wait_for(timeout=90_000)
        said = page.locator(".tf-hand-said").inner_text()
        grip.press("ArrowDown")
        for _ in range(2000):
            if page.locator(".tf-hand-said").inner_text() != said:
                return page.evaluate("performance.now()")
            page.wait_for_timeout(10)
    raise TimeoutError("a pull changed nothing")


def slider_to_chart(browser: Browser, url: str, moves: int = 21, slower: int = 1) -> list[float]:
    """Press an arrow key on the page's first slider; return the ms to the changed chart of each press.

    `slower` slows the processor down. The first three presses are left out (just-in-time compilers warm up). Raises
    TimeoutError if the chart does not change.
    """
    with _page(browser) as page:
        page.goto(url)
        slider = page.locator("[data-testid=stMain] [data-testid=stSlider] input[type=range]").first
        slider.wait_for(state="attached", timeout=30_000)
        page.locator(CHARTS).first.wait_for(timeout=30_000)
        page.wait_for_timeout(1500)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        slider.focus()
        for move in range(moves + 3):
            page.keyboard.press("ArrowRight" if move % 10 < 5 else "ArrowLeft")
            _until(page, "__seen.moves.at(-1).drawn", 10)
            page.wait_for_timeout(250)
        return page.evaluate("__seen.moves.map((move) => move.drawn)")[3:]


def _until(page: Page, expression: str, seconds: float) -> float:
    """Wait for a positive value; Playwright's own wait needs eval, which our pages forbid."""
    for _ in range(int(seconds * 20)):
        if value := page.evaluate(expression):
            return value
        page.wait_for_timeout(50)
    raise TimeoutError(f"{expression} stayed 0 on {page.url}")


@contextlib.contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    context.add_init_script(PROBE)
    try:
        yield context.new_page()
    finally:
        context.close()
