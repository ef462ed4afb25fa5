"""The routes, in one process, with both storages' common face: seats, votes, lines, and everybody who means no good."""

import asyncio
import random
from urllib.parse import quote

from tests.rooms.web import Browser, seated, step


def test_a_class_hour_of_three_hundred(room):
    async def work(app, _rooms, trainer, where, _secret):
        async with trainer.line(f"{where}/events?view=screen") as screen:
            phones = [await seated(app, where, random.Random(i).choice(["fa-IR", "ar", "en"])) for i in range(300)]
            assert len({told["alias"] for _, told in phones}) > 290, "names repeat across languages only"
            assert (await screen.until("here", lambda now: now["seats"] == 300))["here"] == 0
            lines = [phone.line(f"{where}/events") for phone, _ in phones[:20]]
            opened = [await line.__aenter__() for line in lines]
            assert (await screen.until("here", lambda now: now["here"] == 20))["seats"] == 300
            assert (await step(trainer, where, "open", 1))[0] == 200
            for line in opened:
                now = await line.until("state", lambda now: now["phase"] == "open")
                assert now["at"] == 1
                assert now["item"]["options"]
                assert "reveal" not in now
            options = [one["id"] for one in now["item"]["options"]]

            async def vote(i, phone):
                body = {"item": 1, "round": 1, "n": 1, "value": [options[i % 4]]}
                return (await phone.post(f"{where}/answer", body))[0]

            assert set(await asyncio.gather(*(vote(i, phone) for i, (phone, _) in enumerate(phones)))) == {200}
            told = await screen.until("tally", lambda now: now["n"] == 300)
            assert "by" not in told, "nobody sees what others think before the reveal"
            await step(trainer, where, "close")
            await step(trainer, where, "reveal")
            told = await screen.until("tally", lambda now: "by" in now)
            assert told["by"]["1"]["counts"] == dict.fromkeys(options, 75)
            shown = await opened[0].until("state", lambda now: now["phase"] == "revealed")
            assert shown["reveal"]["right"] == ["product"]
            assert shown["reveal"]["replies"]["sum"]
            assert (await phones[0][0].post(f"{where}/answer", {"item": 1, "round": 1, "n": 2, "value": ["sum"]}))[
                0
            ] == 409
            for line in lines:
                await line.__aexit__(None, None, None)
            await screen.until("here", lambda now: now["here"] == 0)
            again = await phones[7][0].post(f"{where}/join")
            assert again[1]["alias"] == phones[7][1]["alias"]
            assert again[1]["mine"] == [{"item": 1, "round": 1, "n": 1, "value": [options[7 % 4]]}], (
                "a refreshed phone has its seat and its answers"
            )

    room(work)


def test_all_lines_dropped_at_once_and_all_back_with_their_seats(room):
    async def work(app, _rooms, trainer, where, _secret):
        phones = [await seated(app, where) for _ in range(300)]
        async with trainer.line(f"{where}/events?view=screen") as screen:
            for turn in range(2):
                lines = [phone.line(f"{where}/events") for phone, _ in phones]
                for line in lines:
                    await line.__aenter__()
                await screen.until("here", lambda now: now["here"] == 300)
                await asyncio.gather(*(line.__aexit__(None, None, None) for line in lines))
                await screen.until("here", lambda now: now["here"] == 0)
                if not turn:
                    await step(trainer, where, "open", 0)
            told = [await phone.post(f"{where}/join") for phone, _ in phones]
            assert [one["alias"] for _, one in told] == [one["alias"] for _, one in phones]
            assert {one["state"]["phase"] for _, one in told} == {"open"}

    room(work)


def test_the_seat_comes_along_to_another_phone(room):
    async def work(app, _rooms, trainer, where, _secret):
        phone, told = await seated(app, where, "fa")
        await step(trainer, where, "open", 0)
        assert (await phone.post(f"{where}/answer", {"item": 0, "round": 1, "n": 1, "value": "۲۵"}))[1] == {
            "n": 1,
            "value": 0.25,
        }
        other = Browser(app, "fa", "10.0.0.2")
        native = told["seat"].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        status, moved = await other.post(f"{where}/back", {"seat": native})
        assert status == 200
        assert moved["alias"] == told["alias"]
        assert moved["mine"][0]["value"] == 0.25
        # both phones of one seat count as one, and the newer answer stays
        assert (await other.post(f"{where}/answer", {"item": 0, "round": 1, "n": 2, "value": "30"}))[1]["value"] == 0.3
        assert (await phone.post(f"{where}/answer", {"item": 0, "round": 1, "n": 1, "value": "20"}))[1] == {
            "n": 2,
            "value": 0.3,
        }
        thief = Browser(app, "en", "10.0.0.3")
        wrong = [n for n in range(10_000) if f"{n:04d}" != told["seat"]][:12]
        answers = [(await thief.post(f"{where}/back", {"seat": f"{n:04d}"}))[0] for n in wrong]
        assert answers[:10] == [404] * 10
        assert answers[10:] == [429] * 2

    room(work)


def test_two_trainers_one_step(room):
    async def work(app, _rooms, trainer, where, secret):
        second = Browser(app, "ar", "10.0.0.2")
        await second.post(f"{where}/enter", {"secret": secret})
        body = {"do": "open", "version": 1, "at": 0}
        both = await asyncio.gather(trainer.post(f"{where}/step", body), second.post(f"{where}/step", body))
        assert sorted(status for status, _ in both) == [200, 409]
        assert (await second.post(f"{where}/step", {"do": "reveal", "version": 2}))[0] == 409, "not before it is closed"

    room(work)


def test_a_room_is_over_and_gone(room):
    async def work(app, rooms, trainer, where, _secret):
        phone, _ = await seated(app, where)
        await step(trainer, where, "end")
        late = Browser(app, "fa")
        assert (await late.post(f"{where}/join"))[0] == 410
        assert (await phone.post(f"{where}/join"))[0] == 200, "who had a seat may still look"
        async with phone.line(f"{where}/events") as line:
            assert (await trainer.post(f"{where}/delete"))[0] == 200
            await line.until("gone")
            await asyncio.wait_for(line.ended.wait(), 3)
        assert (await phone.get(f"{where}/state"))[0] == 404
        assert await rooms.hub.storage.room(where.rsplit("/", 1)[1]) is None

    room(work)


def test_when_the_server_ends_all_lines_end(room):
    async def work(app, rooms, trainer, where, _secret):
        phone, _ = await seated(app, where)
        async with phone.line(f"{where}/events") as one, trainer.line(f"{where}/events?view=screen") as two:
            await one.until("state")
            await two.until("state")
            rooms.hub.end_streams()
            await asyncio.wait_for(asyncio.gather(one.ended.wait(), two.ended.wait()), 2)
        assert (await Browser(app).get("/readyz"))[0] == 503

    room(work)


def test_the_phones_page_is_whole_and_small(room):
    async def work(app, rooms, trainer, where, _secret):
        code = where.rsplit("/", 1)[1]
        await step(trainer, where, "open", 1)
        for language, direction in (("fa-IR", "rtl"), ("ar", "rtl"), ("en", "ltr")):
            phone = Browser(app, language)
            status, page = await phone.get(f"/r/{code}")
            text = page.decode()
            assert status == 200
            assert f'dir="{direction}"' in text
            assert rooms.hub._halls[code].room.items[1].ask[language[:2]].split()[0] in text, (
                "the question is in the first response"
            )
            size = len(page) // 3  # compressed by serving/; a page of words shrinks to less than a third
            for name in ("phone.js", *rooms.pages._needed("phone.js")):
                status, body = await phone.get(f"/room/web/{rooms.assets.version}/{name}", accept_encoding="br")
                assert status == 200
                assert phone.headers["cache-control"].endswith("immutable")
                size += len(body)
            fonts = 46_308 + 34_524
            assert size + fonts < 150 * 1024, size
            native = quote(code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))
            assert (await phone.get(f"/r?code={native}"))[0] == 303
            assert phone.headers["location"] == f"/r/{code}"
        assert (await phone.get("/room/web/x/../routes.py"))[0] == 404

    room(work)
