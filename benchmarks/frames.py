"""What a pull at the figure costs the browser, frame by frame, on a processor made four times slower."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page

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
EVERYTHING = frozenset({"RunTask"})
SCRIPT_AND_LAYOUT = frozenset(
    {"EventDispatch", "FireAnimationFrame", "FunctionCall", "TimerFire", "RunMicrotasks"}
    | {"MinorGC", "MajorGC", "UpdateLayoutTree", "Layout"}
)
# Notes when the page heard that the pointer moved (the browser tells it once for a frame), when the pointer did move, and when a
# number changed after it.
PROBE = """(() => {
  const seen = window.__hand = {heard: 0, moved: 0, waits: [], since: []};
  addEventListener('pointermove', (event) => {
    if (!seen.heard) [seen.heard, seen.moved] = [performance.now(), event.timeStamp];
  }, true);
  new MutationObserver(() => {
    if (!seen.heard) return;
    seen.waits.push(performance.now() - seen.heard);
    seen.since.push(performance.now() - seen.moved);
    seen.heard = 0;
  }).observe(document.querySelector('.tf-hand-said'), {childList: true, characterData: true, subtree: true});
})()"""


@dataclass
class Pull:
    """One pull across a funnel: the work of each frame and the waits from pointer to number, in ms."""

    frames: list[float]  # script, style and layout
    whole: list[float]  # everything that the page's main thread did, painting and input included
    waits: list[float]  # from the move that the page hears of to the changed number
    since: list[float]  # the same from the pointer's own time: up to a frame passes before the browser tells the page
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
        _pull(page, session, grip)  # once to warm up: the just-in-time compiler has seen it all
        page.wait_for_timeout(1500)
        page.evaluate(PROBE)
        browser.start_tracing(page=page, categories=TRACED)
        _pull(page, session, grip)
        events = json.loads(browser.stop_tracing())["traceEvents"]
        seen = page.evaluate("__hand")
    slow = slider_to_chart(browser, f"{url}?view=fields", presses, SLOWER)
    frames, whole = _frames(events, SCRIPT_AND_LAYOUT), _frames(events, EVERYTHING)
    return Pull(frames, whole, seen["waits"], seen["since"], statistics.median(slow))


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


def _pull(page: Page, session: CDPSession, grip) -> None:
    grip.scroll_into_view_if_needed()
    box, track = grip.bounding_box(), page.locator(".tf-hand-track").first.bounding_box()
    left, right = track["x"] + 5, track["x"] + track["width"] - 5
    y = box["y"] + box["height"] / 2

    def mouse(kind: str, x: float, buttons: int = 1) -> None:
        # not by page.mouse: while a button is down, that runs a script of its own in the page at every move
        facts = {"x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1}
        session.send("Input.dispatchMouseEvent", {"type": kind, **facts})

    mouse("mouseMoved", box["x"] + box["width"] / 2, 0)
    mouse("mousePressed", box["x"] + box["width"] / 2)
    page.wait_for_timeout(100)
    for step in range(STEPS):
        share = abs(1 - 2 * step / STEPS)
        mouse("mouseMoved", left + (right - left) * share)
        page.wait_for_timeout(PAUSE)
    mouse("mouseReleased", left + (right - left) * share, 0)


def _frames(events: list[dict], names: frozenset[str]) -> list[float]:
    """Return what the main thread spent on tasks of these names in each frame, in ms: from one commit of a frame to the next."""
    commits = [one for one in events if one["name"] == "Commit" and one["ph"] == "X"]
    threads = [(one["pid"], one["tid"]) for one in commits]
    main = max(set(threads), key=threads.count)
    starts = sorted(one["ts"] for one in commits if (one["pid"], one["tid"]) == main)
    tasks = [one for one in events if one["name"] in names and (one["pid"], one["tid"]) == main and one["ph"] == "X"]
    work = [0.0] * (len(starts) - 1)
    at, until = 0, 0
    for task in sorted(tasks, key=lambda one: (one["ts"], -one["dur"])):
        if task["ts"] < until:
            continue  # inside another one
        until = task["ts"] + task["dur"]
        while at + 1 < len(starts) and starts[at + 1] <= task["ts"]:
            at += 1
        if starts[0] <= task["ts"] and at < len(work):
            work[at] += task.get("tdur", task["dur"]) / 1000  # the thread's own time, whatever else the machine does
    return work
