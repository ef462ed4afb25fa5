"""Two processes of the whole app behind HAProxy, with PostgreSQL; one of them is killed in an open round."""

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import time
from types import SimpleNamespace

import pytest

from benchmarks.rooms import OPTIONS, Phone
from tests.support import ROOT, serve
from tools import services

pytestmark = pytest.mark.browser  # slow, like those: two servers, a database and a proxy

PHONES = 24


@contextlib.contextmanager
def proxy(one: str, two: str, folder):
    """Run HAProxy with the configuration of deploy/, on other ports; yields its address."""
    port = services.free_port()
    text = (ROOT / "deploy/haproxy.cfg").read_text("utf-8").replace("bind :8080", f"bind 127.0.0.1:{port}")
    for named, address in (("127.0.0.1:8501", one), ("127.0.0.1:8502", two)):
        text = text.replace(named, address.removeprefix("http://"))
    (folder / "haproxy.cfg").write_text(text, "utf-8")
    running = subprocess.Popen([services.installed("haproxy"), "-q", "-f", folder / "haproxy.cfg"])
    try:
        time.sleep(2.5)  # it asks each server before it sends anybody there
        yield f"http://127.0.0.1:{port}"
    finally:
        running.kill()
        running.wait()


def process_of(address: str) -> int:
    port = address.rsplit(":", 1)[1]
    found = subprocess.run(["pgrep", "-f", f"server.port {port}"], capture_output=True, text=True, check=True)
    return int(found.stdout.split()[0])


async def again(phone: Phone, post: str, body: dict, seconds: float = 10) -> tuple[int, dict]:
    """Post as a phone does: once more after a failure."""
    end = time.monotonic() + seconds
    while True:
        try:
            status, told = await phone.post(post, body)
            if status < 500:
                return status, told
        except (OSError, asyncio.IncompleteReadError, KeyError, IndexError, ValueError):
            phone.writer = None
        assert time.monotonic() < end, "nobody answers"
        await asyncio.sleep(0.3)


def test_two_machines_one_room_and_one_of_them_dies(database, run, tmp_path):
    env = {"ROOMS_DATABASE": database}
    with (
        serve(ROOT / "app.py", cwd=ROOT, env=env) as one,
        serve(ROOT / "app.py", cwd=ROOT, env=env) as two,
        proxy(one, two, tmp_path) as front,
    ):

        async def work():
            # each half of the class on a machine of its own, the trainer on the first
            trainer = Phone(SimpleNamespace(url=two))
            status, told = await trainer.post("/room/open", {"lesson": "measuring-a-funnel"})
            assert status == 201
            room = f"/room/{told['code']}"
            await trainer.listen(f"{room}/events?view=screen")
            _, state = await trainer.until("state", lambda now: True)
            phones = [Phone(SimpleNamespace(url=(one, two)[i % 2])) for i in range(PHONES)]
            for phone in phones:
                assert (await phone.post(f"{room}/join", {}))[0] == 200
                await phone.listen(f"{room}/events")
            _, here = await asyncio.wait_for(trainer.until("here", lambda now: now["here"] == PHONES), 10)
            assert here["seats"] == PHONES
            await trainer.post(f"{room}/step", {"do": "open", "version": state["v"], "at": 1})
            for phone in phones:
                await asyncio.wait_for(phone.until("state", lambda now: now["phase"] == "open"), 5)
            acknowledged = 0
            for i, phone in enumerate(phones):
                body = {"item": 1, "round": 1, "n": 1, "value": [OPTIONS[i % 4]]}
                acknowledged += (await phone.post(f"{room}/answer", body))[0] == 200
            assert acknowledged == PHONES
            # a vote on one machine is on the other's screen
            await asyncio.wait_for(trainer.until("tally", lambda now: now["n"] == PHONES), 5)
            os.kill(process_of(one), signal.SIGKILL)
            # all come back through the proxy, with their cookies, and change their minds
            for phone in phones:
                back = Phone(SimpleNamespace(url=front))
                back.cookies = phone.cookies
                status, told = await again(back, f"{room}/join", {})
                assert status == 200
                assert told["mine"][0]["n"] == 1, "an acknowledged vote was lost"
                status, _ = await again(back, f"{room}/answer", {"item": 1, "round": 1, "n": 2, "value": ["product"]})
                assert status == 200
                back.close()
            trainer.heard.pop("tally", None)
            await trainer.post(f"{room}/step", {"do": "close", "version": 2})
            await trainer.post(f"{room}/step", {"do": "reveal", "version": 3})
            _, tally = await asyncio.wait_for(trainer.until("tally", lambda now: "by" in now), 5)
            assert tally["by"]["1"]["counts"]["product"] == PHONES
            # Streamlit's own page is served through the proxy too, and stays with one process by a cookie
            found = Phone(SimpleNamespace(url=front))
            reader, writer = await asyncio.open_connection("127.0.0.1", int(front.rsplit(":", 1)[1]))
            writer.write(found._head("GET", "/"))
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            assert " 200 " in head.splitlines()[0]
            assert re.search(r"set-cookie: served-by=", head, re.IGNORECASE)
            for each in (trainer, *phones):
                each.close()
            writer.close()

        run(work())
