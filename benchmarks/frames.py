"""What a pull at the figure costs the browser, frame by frame, on a processor made four times slower."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks.browser import _page, slider_to_chart

SLOWER = 4
STEPS = 240  # moves of the pointer from one end of the bar to the other
PAUSE = 8  # ms between two of them
# Seven stages, "what if" before the ghost of "now".
SEVEN = (
    "view=&v=1&basis=rates&from=joined&stages=visits_leads_mql_sql_opportunity_customers_loyalty"
    "&now=50000_0.5_0.6_0.55_0.5_0.6_0.7&if=48000_0.5_0.62_0.55_0.5_0.6_0.7"
)
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline", "devtools.timeline.frame", "toplevel"]
# Notes when the pointer moved and when a number changed after it.
PROBE = """(() => {
  const seen = window.__hand = {moved: 0, waits: []};
  addEventListener('pointermove', (event) => { seen.moved ||= event.timeStamp; }, true);
  new MutationObserver(() => {
    if (seen.moved) { seen.waits.push(performance.now() - seen.moved); seen.moved = 0; }
  }).observe(document.querySelector('.tf-hand-said'), {childList: true, characterData: true, subtree: true});
})()"""


@dataclass
class Pull:
    """One pull across a funnel: the work of each frame and the waits from pointer to number, in ms."""

    frames: list[float]
    waits: list[float]
    slider: float  # the same page's slider, key to chart, median


def measure(browser: Browser, url: str, presses: int) -> Pull:
    """Pull the first bar from end to end and back."""
    with _page(browser) as page:
        page.goto(f"{url}?{SEVEN}")
        grip = page.locator(".tf-hand-grip").first
        grip.wait_for(timeout=60_000)
        page.wait_for_timeout(3000)
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        _pull(page, grip)  # once to warm up: the just-in-time compiler has seen it all
        page.wait_for_timeout(1500)
        page.evaluate(PROBE)
        browser.start_tracing(page=page, categories=TRACED)
        _pull(page, grip)
        events = json.loads(browser.stop_tracing())["traceEvents"]
        waits = page.evaluate("__hand.waits")
    slow = slider_to_chart(browser, f"{url}?view=fields", presses, SLOWER)
    return Pull(_frames(events), waits, statistics.median(slow))


def release(browser: Browser, url: str, cpu: Callable[[], float], times: int) -> float:
    """Return the server's CPU for one release of the hand, in ms: by keys, each waited for until the answer is there."""
    with _page(browser) as page:
        page.goto(url)
        grip = page.locator(".tf-hand-grip").first
        grip.wait_for(timeout=60_000)
        page.wait_for_timeout(3000)
        grip.focus()

        def press() -> None:
            page.keyboard.press("ArrowUp")
            page.wait_for_timeout(450)
            page.wait_for_selector(".tf-hand:not([data-waits])")

        for _ in range(8):  # warm: imports, caches
            press()
        before = cpu()
        for _ in range(times):
            press()
        return (cpu() - before) / times * 1000


def _pull(page: Page, grip) -> None:
    grip.scroll_into_view_if_needed()
    box, track = grip.bounding_box(), page.locator(".tf-hand-track").first.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    left, right = track["x"] + 5, track["x"] + track["width"] - 5
    for step in range(STEPS):
        share = abs(1 - 2 * step / STEPS)
        page.mouse.move(left + (right - left) * share, y)
        page.wait_for_timeout(PAUSE)
    page.mouse.up()


def _frames(events: list[dict]) -> list[float]:
    """Return the main thread's work in each frame, in ms: everything it ran from one commit of a frame to the next."""
    commits = [one for one in events if one["name"] == "Commit" and one["ph"] == "X"]
    threads = [(one["pid"], one["tid"]) for one in commits]
    main = max(set(threads), key=threads.count)
    starts = sorted(one["ts"] for one in commits if (one["pid"], one["tid"]) == main)
    tasks = [one for one in events if one["name"] == "RunTask" and (one["pid"], one["tid"]) == main and one["ph"] == "X"]
    work = [0.0] * (len(starts) - 1)
    at = 0
    for task in sorted(tasks, key=lambda one: one["ts"]):
        while at + 1 < len(starts) and starts[at + 1] <= task["ts"]:
            at += 1
        if starts[0] <= task["ts"] and at < len(work):
            work[at] += task.get("tdur", task["dur"]) / 1000  # the thread's own time, whatever else the machine does
    return work
