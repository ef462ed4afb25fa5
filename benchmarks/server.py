"""A server under test: `streamlit run`, kept to one core, with what it used of CPU and memory."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []


class Server:
    """A running server."""

    def __init__(self, url: str, process: psutil.Process) -> None:
        self.url, self.process = url, process

    def cpu(self) -> float:
        """CPU seconds used so far, all threads."""
        times = self.process.cpu_times()
        return times.user + times.system

    def rss(self) -> float:
        """Memory in MiB."""
        return self.process.memory_info().rss / 2**20

    def settle(self, seconds: float = 60) -> None:
        """Wait until it has nothing to do: the compressing in the background must not count as a page's work."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            before = self.cpu()
            time.sleep(1)
            if self.cpu() - before <= 0.02:
                return


@contextlib.contextmanager
def serve(app: Path, stock: bool = False) -> Iterator[Server]:
    """Run an app on a free port, on the first core; `stock` runs it in an empty folder, without our configuration."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMLIT_")}
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, cwd=empty if stock else ROOT, env={**environment, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
            stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            watched = psutil.Process(process.pid)
            if len(CORES) > 1:
                watched.cpu_affinity(CORES[:1])
            _wait(process, f"http://127.0.0.1:{port}/_stcore/health", log)
            server = Server(f"http://127.0.0.1:{port}", watched)
            server.settle()
            yield server
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def client_core() -> Iterator[None]:
    """Keep this process off the server's core while it measures."""
    if len(CORES) < 2:
        yield
        return
    os.sched_setaffinity(0, CORES[1:])
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


def _wait(process: subprocess.Popen, address: str, log) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=1).close()
            return
        time.sleep(0.25)
    log.seek(0)
    raise RuntimeError("the server did not start:\n" + log.read().decode(errors="replace"))
