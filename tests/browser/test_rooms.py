"""A class hour in a real browser: a trainer by keys alone, three phones in three languages; and what phones go through."""

from __future__ import annotations

import re
import subprocess
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import _axe
from tests.support import ROOT, serve

expect.set_options(timeout=20_000)  # on a machine that is busy with other tests
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("rooms")]
PROJECTOR, PHONE = {"width": 1280, "height": 720}, {"width": 360, "height": 740}
INSIDE = """() => [...document.querySelectorAll('.stage *')].every(e => {
  const r = e.getBoundingClientRect(); return !r.width || (r.left >= -1 && r.right <= innerWidth + 1); })"""
NOTHING_CUT = "() => { const s = document.querySelector('.stage'); return s.scrollHeight <= s.clientHeight + 2; }"


@pytest.fixture(scope="module")
def rooms_url(tmp_path_factory):
    """The whole app, with a storage of its own."""
    where = tmp_path_factory.mktemp("rooms") / "rooms.sqlite3"
    with serve(ROOT / "app.py", cwd=ROOT, env={"ROOMS_DATABASE": str(where)}) as address:
        yield address


@pytest.fixture
def people(browser):
    """Open pages of people who know nothing of each other; whatever their consoles complain of fails the test."""
    contexts, problems = [], []

    def person(locale: str, size: dict, **more) -> Page:
        context = browser.new_context(locale=locale, viewport=size, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"{locale}: {error}"))
        page.on(
            "console",
            lambda said: (
                problems.append(f"{locale}: {said.text}")
                if said.type == "error" and "net::ERR_FAILED" not in said.text
                else None
            ),
        )
        return page

    yield person
    for context in contexts:
        context.close()
    assert not problems, problems


def open_room(page: Page, base: str, lesson: str) -> str:
    page.goto(f"{base}/room/new?lesson={lesson}")
    page.locator("button.main").click()
    expect(page.locator(".lobby .qr svg")).to_be_visible()
    return re.search(r"/room/(\d{6})/", page.url)[1]


def sit_down(page: Page, base: str, code: str) -> str:
    page.goto(f"{base}/r/{code}")
    expect(page.locator(".four")).not_to_be_empty()
    return page.locator(".who b").inner_text()


def wrong(page: Page) -> list[str]:
    page.evaluate(_axe())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {node['html'][:150]}" for one in found for node in one["nodes"]]


def answer(phone: Page, which: int, typed: str) -> None:
    if phone.locator("main .options").count():
        phone.locator("main .option input").nth(which).check()
    else:
        fields = phone.locator("main input[type=text]")
        for i in range(fields.count()):
            fields.nth(i).fill(typed)
        phone.locator("main button.main").click()
    expect(phone.locator(".status.arrived")).to_be_visible()


def test_a_class_hour(people, rooms_url):
    trainer = people("fa-IR", PROJECTOR)
    code = open_room(trainer, rooms_url, "measuring-a-funnel")
    phones = [people("fa-IR", PHONE), people("ar", PHONE, color_scheme="dark"), people("en-US", PHONE)]
    names = [sit_down(phone, rooms_url, code) for phone in phones]
    assert len(set(names)) == 3
    assert [phone.evaluate("document.documentElement.dir") for phone in phones] == ["rtl", "rtl", "ltr"]
    expect(trainer.locator(".names li")).to_have_count(3)
    assert not wrong(trainer)
    press = trainer.keyboard.press
    typed = ["۲۵", "٢٠", "30"]
    for at in range(8):
        press("ArrowLeft")  # onward, in a language that is read from the right
        expect(trainer.locator(".stage")).to_have_attribute("data-phase", "open")
        for i, phone in enumerate(phones):
            expect(phone.locator("main .options, main form")).to_be_visible()
            answer(phone, (i + at) % 2, typed[i])
        expect(trainer.locator(".counts b").nth(1)).to_have_text("۳")
        if at == 1:
            assert not trainer.locator(".bar").count(), "nobody sees what others think before the reveal"
            assert [bad for phone in phones for bad in wrong(phone)] == []
            assert phones[0].evaluate("document.documentElement.scrollWidth <= innerWidth")
        press("Space")
        expect(trainer.locator(".stage")).to_have_attribute("data-phase", "closed")
        if at in (1, 7):
            press("a")
            for i, phone in enumerate(phones):
                expect(phone.locator(".round")).to_be_visible()
                answer(phone, 2 if at == 1 else 0, ["۵۰", "٤٠", "30"][i])
            press("Space")
            expect(trainer.locator(".stage")).to_have_attribute("data-phase", "closed")
        press("PageDown")
        expect(trainer.locator(".chart")).to_be_visible()
        assert trainer.evaluate(INSIDE), at
        assert trainer.evaluate(NOTHING_CUT), f"question {at + 1} is taller than the projector"
        if at == 1:  # the second round lies over the first, the right one is named on phones and screen
            assert trainer.locator(".bar.old").count() == trainer.locator(".bar.new").count() == 4
            for phone in phones:
                expect(phone.locator(".verdict.right")).to_be_visible()
            assert not wrong(trainer)
            phones[0].reload()  # who reloads finds the seat and the answer
            expect(phones[0].locator(".who b")).to_have_text(names[0])
            expect(phones[0].locator(".yours b")).to_contain_text("۱٪")
    # the medians are the funnel: 40% at each of four steps
    shares = trainer.locator(".funnel .level:last-child .track .share").all_inner_texts()
    assert shares[-1] == "۲۵٫۶", shares
    press("t")
    expect(trainer.locator(".bar.truth").first).to_be_visible()
    assert trainer.evaluate(NOTHING_CUT)
    press("PageDown")
    expect(phones[2].locator("h1")).to_contain_text("over")


def test_what_a_phone_goes_through(people, rooms_url):
    trainer = people("en-US", PROJECTOR)
    code = open_room(trainer, rooms_url, "what-a-funnel-is")
    phone = people("fa-IR", PHONE)
    # the code, typed on the home page in the reader's digits
    phone.goto(f"{rooms_url}/r")
    phone.locator("#code").type(code.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")))
    expect(phone.locator(".four")).not_to_be_empty()
    name, four = phone.locator(".who b").inner_text(), phone.locator(".four").inner_text()
    trainer.keyboard.press("Space")
    expect(phone.locator("main .option").first).to_be_visible()
    # an answer that cannot be sent is kept, said so, and sent by itself
    phone.route(re.compile(r"/answer"), lambda route: route.abort())
    phone.on("requestfailed", lambda _: None)
    phone.locator("main .option input").first.check()
    expect(phone.locator(".status.kept")).to_be_visible()
    phone.unroute(re.compile(r"/answer"))
    expect(phone.locator(".status.arrived")).to_be_visible(timeout=8000)
    # another phone takes the seat along, with its answer
    other = people("ar", PHONE)
    sit_down(other, rooms_url, code)
    other.locator("details summary").click()
    other.locator("details input").fill(four)
    other.locator("details button").click()
    expect(other.locator("main .option input").first).to_be_checked()
    expect(other.locator(".four")).to_have_text(four.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")))
    assert name
    # the trainer's own page: a question of one's own, held back until it is let through
    with trainer.context.expect_page() as opened:
        trainer.keyboard.press("d")
    desk = opened.value
    desk.locator("details summary").first.click()
    desk.locator("select").select_option("text")
    desk.locator(".draft input").first.fill("Why?")
    desk.locator(".draft button.main").click()
    expect(desk.locator(".draft [role=status]")).not_to_be_empty()
    trainer.keyboard.press("Space")
    desk.locator(".items li:last-child button").click()
    expect(phone.locator("textarea")).to_be_visible()
    phone.locator("textarea").fill("<b>چون</b>")
    phone.locator("main button.main").click()
    expect(phone.locator(".status.arrived")).to_be_visible()
    expect(trainer.locator(".stage .quiet")).to_be_visible()
    desk.locator(".texts button").click()
    expect(trainer.locator(".wall li")).to_have_text("<b>چون</b>")
    assert not wrong(desk)
    with desk.expect_download() as download:
        desk.locator("a[href*='results.xlsx']").click()
    assert download.value.path().read_bytes().startswith(b"PK")


def test_a_server_with_open_lines_ends_at_once(browser, tmp_path):
    """uvicorn waits for open answers before it ends, and a stream is one."""
    with serve(ROOT / "app.py", cwd=ROOT, env={"ROOMS_DATABASE": str(tmp_path / "r.sqlite3")}) as base:
        page = browser.new_context().new_page()
        code = open_room(page, base, "")
        port = base.rsplit(":", 1)[1]
        found = subprocess.run(["pgrep", "-f", f"server.port {port}"], capture_output=True, text=True, check=True)
        server = int(found.stdout.split()[0])
        subprocess.run(["kill", "-TERM", str(server)], check=True)
        for _ in range(50):
            if subprocess.run(
                ["ps", "-o", "stat=", "-p", str(server)], capture_output=True, text=True, check=False
            ).stdout.strip() in ("", "Z", "Zs", "Zl"):
                break
            time.sleep(0.1)
        else:
            raise AssertionError(f"still there after five seconds with a line of room {code} open")
        page.context.close()
