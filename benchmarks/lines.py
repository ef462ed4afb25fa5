"""The lines of the table: what is measured, beside what, and how much is allowed."""

import asyncio
import http.client
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import browser
from benchmarks.client import AppError, Learner
from benchmarks.server import ROOT, Server, client_core, serve

APPS = Path(__file__).parent / "apps"


@dataclass(frozen=True)
class Plan:
    """What of the app is measured, and how long."""

    app: Path = ROOT / "app.py"
    home: str = ""
    calculator: str = "stage_conversion"
    lesson: str = "what-a-funnel-is"
    slider: str = ""  # a prefix of the key= of the slider to move; "" takes the page's first
    query: str = "view=fields"  # of the calculator's two ways, the one with sliders
    rounds: int = 5  # of changes, taken in turn from both pages
    changes: int = 40  # in a round
    learners: int = 300
    pace: float = 0.3  # changes per second and learner
    seconds: float = 20.0
    visits: int = 3
    presses: int = 21


@dataclass(frozen=True)
class Line:
    """One claim: a value that must not exceed its budget."""

    name: str
    value: float
    budget: float
    unit: str
    beside: str = ""  # the figures that the value is made of, or that give it meaning

    @property
    def passed(self) -> bool:
        """Whether the budget holds."""
        return self.value <= self.budget

    def to_dict(self) -> dict:
        """Return it for the JSON file."""
        return {**asdict(self), "passed": self.passed}


def changes(plan: Plan) -> list[Line]:
    """Measure the CPU of a change and of a reading page's run, as ratios to the floor, and the bytes of a change."""
    with serve(plan.app) as ours, serve(APPS / "empty_app.py") as floor, client_core():
        cpu, size = asyncio.run(_changes(plan, ours, floor))
    empty, reading, calculator = (statistics.median(cpu[name]) for name in ("empty", "reading", "calculator"))
    return [
        Line("CPU of a change, calculator", calculator / empty, 3.0, "x", f"{calculator:.1f} ms; floor {empty:.1f} ms"),
        Line("CPU of a run, reading page", reading / empty, 2.0, "x", f"{reading:.1f} ms; floor {empty:.1f} ms"),
        Line("Bytes sent for a change", size / 1024, 8.0, "KiB", "median"),
    ]


async def _changes(plan: Plan, ours: Server, floor: Server) -> tuple[dict[str, list[float]], float]:
    empty = Learner(floor.url, seed=1)
    reading = Learner(f"{ours.url}/{plan.home}", plan.query, seed=1)
    calculator = Learner(f"{ours.url}/{plan.calculator}", plan.query, seed=1)
    sizes: list[int] = []

    async def move() -> None:
        sizes.append((await calculator.move(plan.slider)).received)

    todo: dict[str, tuple[Server, Callable]] = {
        "empty": (floor, empty.move),
        "reading": (ours, reading.rerun),
        "calculator": (ours, move),
    }
    for learner in (empty, reading, calculator):
        await learner.open()
    for _, act in todo.values():
        for _ in range(20):  # warm: imports, caches, the interpreter's specialisation
            await act()
    cpu: dict[str, list[float]] = {name: [] for name in todo}
    for _ in range(plan.rounds):  # in turn, so that a busy moment of the machine hits all of them
        for name, (server, act) in todo.items():
            before = server.cpu()
            for _ in range(plan.changes):
                await act()
            cpu[name].append((server.cpu() - before) / plan.changes * 1000)
    for learner in (empty, reading, calculator):
        await learner.close()
    return cpu, statistics.median(sizes)


def laboratory(plan: Plan) -> list[Line]:
    """Measure the CPU of a change on every calculator, as a ratio to the floor: the page's first slider is moved."""
    slugs = [path.stem for path in sorted((ROOT / "funnel" / "calculators").glob("[a-z]*.py"))]
    with serve(plan.app) as ours, serve(APPS / "empty_app.py") as floor, client_core():
        cpu = asyncio.run(_laboratory(plan, slugs, ours, floor))
    empty = statistics.median(cpu.pop(""))
    found = {slug: statistics.median(values) for slug, values in cpu.items() if values}
    return [
        Line(f"CPU of a change, {slug}", value / empty, 4.0, "x", f"{value:.1f} ms; floor {empty:.1f} ms")
        for slug, value in found.items()
    ]


async def _laboratory(plan: Plan, slugs: list[str], ours: Server, floor: Server) -> dict[str, list[float]]:
    empty = Learner(floor.url, seed=1)
    learners = {slug: Learner(f"{ours.url}/{slug}", plan.query, seed=1) for slug in slugs}
    todo: dict[str, tuple[Server, Callable]] = {"": (floor, empty.move)}
    await empty.open()
    for slug, learner in learners.items():
        await learner.open()
        if any(widget.kind == "slider" for widget in learner.widgets.values()):
            todo[slug] = (ours, learner.move)
    for _server, act in todo.values():
        for _ in range(10):
            await act()
    cpu: dict[str, list[float]] = {name: [] for name in todo}
    for _ in range(plan.rounds):
        for name, (server, act) in todo.items():
            before = server.cpu()
            for _ in range(plan.changes):
                await act()
            cpu[name].append((server.cpu() - before) / plan.changes * 1000)
    for learner in (empty, *learners.values()):
        await learner.close()
    return cpu


def classroom(plan: Plan) -> list[Line]:
    """Let many learners move sliders at their own pace; measure their waiting, their errors and the server's memory."""
    with serve(plan.app) as server, client_core():
        waits, errors, rss, cpu = asyncio.run(_classroom(plan, server))
    offered = plan.learners * plan.pace
    p95 = sorted(waits)[int(0.95 * len(waits))] if waits else float("inf")
    p50 = statistics.median(waits) if waits else float("inf")
    who = f"{plan.learners} learners"
    first = next(iter(errors), "")
    return [
        Line(f"Waiting, {who}, p95", p95, 200, "ms", f"p50 {p50:.0f} ms; {offered:.0f} changes/s; CPU {cpu:.0%}"),
        Line(f"Errors, {who}", len(errors), 0, "", f"of {len(waits) + len(errors)} changes{first and ': ' + first}"),
        Line(f"Memory, {who}", rss, 250, "MiB", "resident, at the end"),
    ]


async def _classroom(plan: Plan, server: Server) -> tuple[list[float], list[str], float, float]:
    learners = [Learner(f"{server.url}/{plan.calculator}", plan.query, seed) for seed in range(plan.learners)]
    errors: list[str] = []
    waits: list[float] = []
    for start in range(0, len(learners), 5):  # they come in within half a minute, not in one instant
        await asyncio.gather(*(learner.open() for learner in learners[start : start + 5]))
    begin = time.perf_counter() + 0.5
    end = begin + plan.seconds

    async def learn(learner: Learner) -> None:
        # Counted from when the learner meant to act: one who waits for the server must not hide the next one's wait.
        due = begin + learner.random.random() / plan.pace
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            try:
                run = await learner.move(plan.slider)
                waits.append((run.done - due) * 1000)
            except (AppError, OSError, TimeoutError) as error:
                errors.append(f"{type(error).__name__}: {error}")
                return
            due += learner.random.uniform(0.5, 1.5) / plan.pace

    cpu = server.cpu()
    await asyncio.gather(*(learn(learner) for learner in learners))
    cpu = (server.cpu() - cpu) / plan.seconds
    rss = server.rss()
    await asyncio.gather(*(learner.close() for learner in learners))
    return waits, errors, rss, cpu


def soak(plan: Plan) -> list[Line]:
    """Open, use and close very many sessions; measure whether the server's memory stays flat once its caches are full."""
    from benchmarks.soak import SESSIONS, measure

    with serve(plan.app) as server, client_core():
        memory, errors = asyncio.run(measure(plan.calculator, plan.query, server))
    early, late = memory[len(memory) // 3], memory[-1]
    beside = f"{early:.0f} MiB after {SESSIONS // 3:,} sessions, {late:.0f} after {SESSIONS:,}"
    return [
        Line("Memory after many sessions", late / early, 1.1, "x", beside),
        Line("Errors, many sessions", len(errors), 0, "", next(iter(errors), "")),
    ]


def visits(plan: Plan) -> list[Line]:
    """Measure a first visit: its bytes, and on a slow mobile network the time to the first text, as a ratio to stock."""
    with serve(plan.app) as ours, serve(APPS / "stock.py", stock=True) as stock, browser.chromium() as chromium:
        home, calculator = f"{ours.url}/{plan.home}", f"{ours.url}/{plan.calculator}?{plan.query}"
        lesson = f"{ours.url}/{plan.lesson}"
        big = browser.visit(chromium, calculator, chart=True)
        slow: dict[str, list[float]] = {home: [], lesson: [], calculator: [], stock.url: []}
        for _ in range(plan.visits):
            for url, times in slow.items():
                seen = browser.visit(chromium, url, slow=True)
                times.append(seen.text_ms)
                if url == home:
                    small = seen
                if url == lesson:
                    read = seen
        act_ms = statistics.median(browser.first_act(chromium, home) for _ in range(plan.visits))
        answer_ms, answer_kb = _answers(lesson)
    ours_ms, lesson_ms, calculator_ms, stock_ms = (statistics.median(times) for times in slow.values())
    return [
        Line("First visit, home", small.kilobytes / 1000, 1.0, "MB", f"{small.requests} requests"),
        Line("First visit, calculator", big.kilobytes / 1000, 1.4, "MB", f"{big.requests} requests"),
        Line("First text, slow network, home", ours_ms / stock_ms, 0.08, "x",
             f"{ours_ms:.0f} ms (calculator {calculator_ms:.0f}); Streamlit as shipped {stock_ms:.0f} ms"),
        Line("First text, slow network, lesson", lesson_ms / stock_ms, 0.08, "x", f"{lesson_ms:.0f} ms"),
        Line("First useful act, slow network, home", act_ms / stock_ms, 1.2, "x",
             f"{act_ms:.0f} ms to a pulled handle; Streamlit as shipped shows its first text after {stock_ms:.0f} ms"),
        Line("Page before its first text, lesson", read.page_kilobytes, 60, "kB", "HTML with its styles; fonts come beside it"),
        Line("Layout shift until the app has taken over", max(small.shift, read.shift), 0.02, "", "home and lesson"),
        Line("Answer of the server, lesson, warm", answer_ms, 3, "ms", f"{1000 / answer_ms:.0f} a second, {answer_kb:.0f} kB"),
    ]  # fmt: skip


def _answers(url: str, times: int = 400) -> tuple[float, float]:
    """Return the mean ms of an answer, asked for one after the other over one connection, and its kB."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc)
    size, began = 0, 0.0
    for i in range(times + 50):
        if i == 50:
            began = time.perf_counter()
        connection.request("GET", parts.path, headers={"Accept-Encoding": "br", "Accept-Language": "fa"})
        size = len(connection.getresponse().read())
    return (time.perf_counter() - began) / times * 1000, size / 1000


def slider(plan: Plan) -> list[Line]:
    """Measure a key press on a slider to the changed chart, beside a tutorial's page on Streamlit as shipped."""
    with browser.chromium() as chromium:
        with serve(plan.app) as ours:
            mine = browser.slider_to_chart(chromium, f"{ours.url}/{plan.calculator}?{plan.query}", plan.presses)
        with serve(APPS / "stock_chart.py", stock=True) as stock:
            theirs = browser.slider_to_chart(chromium, stock.url, plan.presses)
    median, other = statistics.median(mine), statistics.median(theirs)
    beside = f"{median / other:.2f}x of Streamlit as shipped with Altair, {other:.0f} ms"
    return [Line("Slider to redrawn chart, median", median, 70, "ms", beside)]


def events(_plan: Plan) -> list[Line]:
    """Measure reading a million events and counting their funnel, as a ratio to only reading the file, and the memory."""
    from benchmarks.events import measure

    times, memory, size = measure()
    mine = times.pop("ours")
    fastest = min(times, key=times.get)
    beside = f"{mine * 1000:.0f} ms; {fastest} {times[fastest] * 1000:.0f} ms, {size / 1e6:.0f} MB"
    held = f"resident at the peak; {memory['before']:.0f} before, with the file in memory"
    return [
        Line("A million events, read and counted", mine / times[fastest], 1.5, "x", beside),
        Line("Memory, a million events", memory["peak"], 300, "MiB", held),
    ]


def workbooks(_plan: Plan) -> list[Line]:
    """Measure reading the largest workbook, as a ratio to the reader that did it before."""
    from benchmarks.workbooks import measure

    found = measure()
    beside = (
        f"{found['ours']:.2f} s; openpyxl {found['before']:.2f} s; 600,000 cells, the same text: {bool(found['same'])}"
    )
    return [Line("Largest workbook, CPU", found["ours"] / found["before"], 0.2, "x", beside)]


def documents(_plan: Plan) -> list[Line]:
    """Measure the making of each document on one core, and the memory that the largest workbook costs when it is read."""
    from benchmarks.documents import CODE, measure

    times, memory, size = measure()
    held = f"resident at the peak; {memory['before']:.0f} before; {memory['rows']:,.0f} rows of {size / 1e6:.1f} MB"
    return [
        *(
            Line(f"Making {key} ({CODE})", first, 2.0, "s", f"the first of its process; again {again:.2f} s")
            for key, (first, again) in times.items()
        ),
        Line("Largest import (xlsx), memory", memory["peak"], 400, "MiB", held),
        Line("Largest import (xlsx), CPU", memory["seconds"], 20, "s", "600,000 cells, the most that are read"),
    ]


def rooms(plan: Plan) -> list[Line]:
    """Measure a class of 300 on its phones, and one of 1,000: the server's core, what is stored, how long is waited."""
    from benchmarks.rooms import environment, measure, p95

    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as folder:
        environment(folder)
        with serve(plan.app) as server, client_core():
            class_, hall = asyncio.run(measure(server, 300)), asyncio.run(measure(server, 1000))
    beside = f"joining and opening a line {class_.joining:.1f} ms a phone; {class_.memory:.0f} KiB a phone"
    lines.append(Line("300 phones in a room, idle, core", 100 * class_.idle, 0.5, "%", beside))
    lines.append(
        Line("300 votes in 4 s, tallies at 4 Hz, core", 100 * class_.voting, 5, "%", f"{class_.stored} stored")
    )
    lines.append(Line("Vote acknowledged, p95", p95(class_.acknowledged), 100, "ms", "300 votes in 4 s"))
    lines.append(Line("Question on all phones, p95", p95(class_.question), 250, "ms", "since the trainer's key"))
    lines.append(Line("Votes lost of 300 within 0.2 s", 300 - class_.at_once, 0, ""))
    lines.append(
        Line(
            "1,000 votes in 4 s, core", 100 * hall.voting, 15, "%", f"{hall.stored} stored, {hall.at_once} within 0.2 s"
        )
    )
    lines.append(Line("Memory of a phone in a room", class_.memory, 60, "KiB"))
    return lines


def frames(plan: Plan) -> list[Line]:
    """Measure a pull at the figure's bar, frame by frame, on a slow processor, beside the same page's slider."""
    from benchmarks.frames import SLOWER, measure, release

    with serve(plan.app) as ours, serve(APPS / "empty_app.py") as floor:
        with browser.chromium() as chromium:
            pull = measure(chromium, f"{ours.url}/{plan.calculator}", plan.presses)
            let_go = release(chromium, f"{ours.url}/{plan.calculator}", ours.cpu, plan.changes)
        empty = asyncio.run(_empty(floor, plan.changes))
    work, whole, waits = sorted(pull.frames), sorted(pull.whole), sorted(pull.waits)
    half = f"median {statistics.median(work):.1f} ms; {len(work)} frames, seven stages with ghost, CPU {SLOWER}x slower"
    painted = (
        f"with painting and all else: median {statistics.median(whole):.1f}, p95 {whole[int(0.95 * len(whole))]:.1f} ms"
    )
    beside = f"median {statistics.median(waits):.1f} ms; since the mouse moved {statistics.median(pull.since):.1f} ms"
    beside += f"; by a slider {pull.slider:.0f} ms"
    return [
        Line("Script and layout of a pulled frame, p95", work[int(0.95 * len(work))], 16.7, "ms", half),
        Line("Script and layout of a pulled frame, most", work[-1], 50, "ms", painted),
        Line("CPU of a release of the hand", let_go / empty, 4.0, "x", f"{let_go:.1f} ms; floor {empty:.1f} ms"),
        Line("Move to changed number, p95", waits[int(0.95 * len(waits))], 16.7, "ms", beside),
    ]


async def _empty(floor: Server, changes: int) -> float:
    """Return the CPU of a change on an empty page, in ms."""
    learner = Learner(floor.url, seed=1)
    await learner.open()
    for _ in range(20):
        await learner.move()
    before = floor.cpu()
    for _ in range(changes):
        await learner.move()
    spent = (floor.cpu() - before) / changes * 1000
    await learner.close()
    return spent


PARTS: dict[str, Callable[[Plan], list[Line]]] = {
    "changes": changes, "laboratory": laboratory, "classroom": classroom, "visits": visits, "slider": slider,
    "events": events, "workbooks": workbooks, "documents": documents, "frames": frames, "rooms": rooms,
    "soak": soak,
}  # fmt: skip
