"""Everybody who means no good, and everybody who is in too great a hurry: refused calmly."""

import asyncio
import random
import string

import pytest

from rooms.http import STREAMS_A_SEAT, code_of
from tests.rooms.web import ORIGIN, Browser, open_room, seated, step


def test_the_code_gives_no_power(room):
    async def work(app, _rooms, trainer, where, secret):
        phone, _ = await seated(app, where)
        for path in ("step", "let", "delete", "link"):
            body = {"do": "open", "version": 1, "at": 0} if path == "step" else {}
            if path == "let":
                body = {"item": 0, "round": 1, "seat": 0, "shown": True}
            assert (await phone.post(f"{where}/{path}", body))[0] == 403, path
        for path in ("events?view=screen", "events?view=desk", "state?view=desk", "reach", "funnel", "results.csv"):
            assert (await phone.get(f"{where}/{path}"))[0] == 403, path
        assert (await phone.get(f"{where}/state?view=nonsense"))[0] == 400
        guesser = Browser(app, "en", "10.0.0.66")
        tried = [(await guesser.post(f"{where}/enter", {"secret": f"guess-{i:016d}"}))[0] for i in range(14)]
        assert tried == [403] * 10 + [429] * 4
        own = Browser(app, "en", "10.0.0.67")
        assert (await own.post(f"{where}/enter", {"secret": secret}))[0] == 200
        assert (await step(own, where, "open", 0))[0] == 200
        forged = Browser(app, "en", "10.0.0.68")
        forged.cookies["seat"] = "A" * 22
        assert (await forged.post(f"{where}/answer", {"item": 0, "round": 1, "n": 1, "value": "1"}))[0] == 401
        assert (await forged.get(f"{where}/events"))[0] == 401
        elsewhere, _, _ = await open_room(app)
        phone.cookies["key"] = elsewhere.cookies["key"]
        assert (await phone.get(f"{where}/state?view=desk"))[0] == 403, "the secret of another room"

    room(work)


def test_a_foreign_page_may_send_nothing(room):
    async def work(app, _rooms, _trainer, where, _secret):
        phone, _ = await seated(app, where)
        for origin in (
            "http://evil.test",
            "null",
            ORIGIN + ".evil.test",
            "https://funnels.test",
            ORIGIN + ":81",
            "",
            ORIGIN + "/",
        ):
            status, told = await phone.post(f"{where}/join", origin=origin)
            assert (status, bool(told["said"])) == (403, True), origin
        assert (await phone.get(f"{where}/state", origin="http://evil.test"))[0] == 403
        assert (await phone.get(f"{where}/state"))[0] == 200

    room(work)


def test_wrong_codes_are_counted_and_joins_are_not(room):
    async def work(app, _rooms, _trainer, where, _secret):
        stranger = Browser(app, "fa", "10.9.9.9")
        tried = [(await stranger.get(f"/r/{n:06d}"))[0] for n in range(40)]
        assert tried[:30] == [404] * 30
        assert set(tried[30:]) == {429}
        assert stranger.headers["retry-after"]
        joined = [(await Browser(app, "en", "10.8.8.8").post(f"{where}/join"))[0] for _ in range(100)]
        assert set(joined) == {200}, "a class shares one address"

    room(work)


def test_ten_thousand_hostile_bodies_are_refused_calmly(room):
    async def work(app, _rooms, trainer, where, _secret):
        phone, _ = await seated(app, where)
        await step(trainer, where, "open", 0)
        chance = random.Random(17)
        known = b'{"item":0,"round":1,"n":1,"value":"1"}'
        words = [
            b"[",
            b"{",
            b'"',
            b"null",
            b"1e999",
            b"NaN",
            b"-1",
            b"\\u0000",
            b"\xff\xfe",
            "۱۲".encode(),
            b"true",
            b"]" * 50,
            b"[" * 900,
        ]
        for i in range(10_000):
            if i % 3 == 0:
                body = bytes(chance.randrange(256) for _ in range(chance.randrange(40)))
            elif i % 3 == 1:
                body = b"".join(chance.choice(words) for _ in range(chance.randrange(8)))
            else:
                at = chance.randrange(len(known))
                body = known[:at] + chance.choice(words) + known[at + chance.randrange(4) :]
            path = chance.choice(["answer", "back", "enter", "step", "let", "open"])
            who = (trainer, phone)[path == "answer"]
            status, told = await who.post("/room/open" if path == "open" else f"{where}/{path}", body)
            assert status in (200, 201, 400, 403, 404, 409, 413, 422, 429), (status, body)
            assert status in (200, 201) or told["said"]
        assert (await phone.post(f"{where}/answer", b"x" * 3000))[0] == 413
        assert (await phone.post(f"{where}/answer", b"[" * 2000))[0] == 400

    room(work)


def test_a_seat_answers_five_times_a_second_and_has_four_lines(room):
    async def work(app, _rooms, trainer, where, _secret):
        phone, _ = await seated(app, where)
        await step(trainer, where, "open", 0)
        done = await asyncio.gather(
            *(phone.post(f"{where}/answer", {"item": 0, "round": 1, "n": n, "value": "5"}) for n in range(9))
        )
        assert sorted(status for status, _ in done) == [200] * 5 + [429] * 4
        lines = [phone.line(f"{where}/events") for _ in range(STREAMS_A_SEAT + 1)]
        opened = [await line.__aenter__() for line in lines]
        await asyncio.wait_for(opened[0].ended.wait(), 3)
        await opened[-1].until("state")
        for line in lines:
            await line.__aexit__(None, None, None)

    room(work)


def test_a_text_is_shown_when_it_was_let_through_and_not_before(room):
    async def work(app, _rooms, trainer, where, _secret):
        phone, _ = await seated(app, where)
        status, told = await step(trainer, where, "add", draft={"kind": "text", "ask": "<b>?</b>"})
        assert status == 200, told
        await step(trainer, where, "open", 0)
        evil = "<img src=x onerror=alert(1)>"
        assert (await phone.post(f"{where}/answer", {"item": 0, "round": 1, "n": 1, "value": evil}))[0] == 200
        async with (
            trainer.line(f"{where}/events?view=screen") as screen,
            trainer.line(f"{where}/events?view=desk") as desk,
        ):
            assert (await screen.until("tally", lambda now: now.get("wait") == 1))["by"]["1"]["texts"] == []
            waiting = (await desk.until("tally", lambda now: now.get("texts")))["texts"][0]
            assert waiting["text"] == evil
            assert not waiting["shown"]
            await trainer.post(f"{where}/let", {"item": 0, "round": 1, "seat": waiting["seat"], "shown": True})
            shown = await screen.until("tally", lambda now: now["by"]["1"]["texts"])
            assert shown["by"]["1"]["texts"] == [evil]
        _, page = await phone.get(f"/r/{where.rsplit('/', 1)[1]}")
        assert b"<b>?" not in page, "what was typed is text in the page"
        assert b"\\u003cb>?" in page, "and in its data"

    room(work, lesson="")


@pytest.mark.parametrize("typed", ["123456", "۱۲۳ ۴۵۶", "١٢٣-٤٥٦", " 123\u00a0456 ", "۱۲٣456"])
def test_a_code_is_read_in_any_digits(typed):
    assert code_of(typed) == "123456"


def test_what_is_no_code(run):
    chance = random.Random(3)
    for text in (
        "",
        "12345",
        "1234567",
        "abcdef",
        "12a456",
        "²²²²²²",
        "1" * 100_000,
        "１２３４５６x",
        "-12345",
        "12.345",
    ):
        assert code_of(text) == "", text
    for _ in range(2000):
        code = code_of("".join(chance.choice(string.printable + "۱۲۳٤٥٦٪٫") for _ in range(chance.randrange(12))))
        assert code == "" or (code.isascii() and code.isdigit() and len(code) == 6)
