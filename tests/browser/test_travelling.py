"""A lesson as one file and as a package: read without scripts, alive with them, asking nobody, resumed exactly by a platform."""

from __future__ import annotations

import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest

from course import library
from documents import catalogue
from documents.asking import Ask
from funnel.calculators import stage_conversion
from tools.types import fetched
from ui.still import documents as _pages  # noqa: F401  offers the pages among the documents

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("travelling")]
LESSON = "what-a-funnel-is"
PHONE = {"width": 390, "height": 800}
HOSTILE = "</script><img src=x onerror=alert(1)>"
NS = {"": "http://www.imsproject.org/xsd/imscp_rootv1p1p2", "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2"}


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Write the lesson in Persian to a folder, as somebody gets it."""
    path = tmp_path_factory.mktemp("travelling") / "lesson.html"
    path.write_bytes(catalogue.make("page-lesson", Ask("fa", lesson=LESSON)))
    return path


@pytest.fixture
def opened(browser):
    """Open a page that counts what goes wrong and what is asked of anybody."""
    contexts = []

    def open_(address: str, **options):
        context = browser.new_context(viewport=PHONE, **options)
        contexts.append(context)
        page = context.new_page()
        page.wrong = []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("dialog", lambda _dialog: page.wrong.append("a dialog"))
        page.on("request", lambda one: page.wrong.append(one.url) if one.url.startswith("http") else None)
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("code", ["ar", "fa", "en"])
def test_every_page_as_a_file_is_small_and_whole(code):
    made = {one.slug: catalogue.make("page-lesson", Ask(code, lesson=one.slug)) for one in library.lessons()}
    made["glossary"] = catalogue.make("page-glossary", Ask(code))
    for name, data in made.items():
        assert len(data) <= 400 * 1024, f"{name}: {len(data)} bytes"
        text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", data.decode(), flags=re.DOTALL)
        assert not re.search(r'(?:src|href)="(?!#|data:)', text), f"{name} leads elsewhere without a site"
        ids = set(re.findall(r'\bid="([^"]+)"', text))
        assert set(re.findall(r'href="#([^"]+)"', text)) <= ids, f"{name}: a link to nothing"


def test_a_file_without_scripts_is_complete(file, opened):
    page = opened(file.as_uri(), java_script_enabled=False)
    assert page.locator(".tf-question").count() == len(library.questions(LESSON))
    assert page.locator(".tf-hand-stage").count() == 4
    assert page.locator(".tf-without").is_visible()
    assert not page.wrong


def test_a_file_is_alive_and_asks_nobody(file, opened):
    page = opened(file.as_uri(), has_touch=True)
    said = page.locator(".tf-hand-said")
    before = said.inner_text()
    count = page.locator("[data-id=count-0]")
    count.fill("۲۰٬۰۰۰")
    count.press("Enter")
    page.wait_for_timeout(200)
    assert "۲۰٬۰۰۰" in said.inner_text() != before
    count.fill("12,5")
    count.press("Enter")
    page.wait_for_selector(".tf-hand-error")
    page.locator("[data-id=undo]").tap()
    page.wait_for_timeout(200)
    assert said.inner_text() == before
    page.locator("[data-id=grip-1]").focus()
    page.keyboard.press("ArrowLeft")  # onward, where one reads from the right
    page.wait_for_timeout(600)
    assert said.inner_text() != before
    page.locator(".tf-guesses button").first.tap()
    assert page.locator(".tf-predict details").first.get_attribute("open") is not None
    answer_all(page, right=False)
    assert page.locator(".tf-reply.tf-wrong").count() == len(library.questions(LESSON))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not page.wrong


def test_no_file_is_wider_than_a_phone(tmp_path, opened):
    page = opened("about:blank")
    for one in library.lessons():
        path = tmp_path / f"{one.slug}.html"
        path.write_bytes(catalogue.make("page-lesson", Ask("fa", lesson=one.slug)))
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], one.slug
    assert not page.wrong


def test_a_hostile_name_in_a_file_is_text(tmp_path, opened):
    inputs = stage_conversion.rename(stage_conversion.Inputs.origin("base", "rates"), 1, HOSTILE, "")
    path = tmp_path / "funnel.html"
    path.write_bytes(catalogue.make("page-funnel", catalogue.asked_with(Ask("en"), "stage_conversion", inputs)))
    page = opened(path.as_uri())
    assert HOSTILE in page.locator(".tf-hand-name").all_inner_texts()
    assert page.locator("img").count() == 0
    assert not page.wrong


# --- in a learning platform -------------------------------------------------------------------------------------------

ANSWERS = """([question, right]) => {
  const section = document.querySelector(`[data-question="${question.id}"]`);
  const chosen = right ? question.right : question.wrong;
  for (const one of section.querySelectorAll('input:is([type=radio], [type=checkbox])')) one.checked = chosen.includes(one.value);
  const menus = [...section.querySelectorAll('select')];
  menus.forEach((menu, i) => { menu.value = right ? question.due[i] : question.due[(i + 1) % question.due.length]; });
  const field = section.querySelector('input[type=text]');
  if (field) field.value = right ? question.number : '1e11';
  section.querySelector('form').requestSubmit();
}"""


def keys() -> list[dict]:
    """Return each question with what is right, for the page to fill in."""
    out = []
    for key, one in library.questions(LESSON).items():
        due = list(one.options) if one.kind == "order" else list(one.pairs.values())
        number = f"{one.answer * 100:.10g}%" if one.form == "percent" and one.answer else f"{one.answer}"
        wrong = [option for option in one.options if option not in one.right][:1]
        out.append({"id": key, "kind": one.kind, "right": one.right, "wrong": wrong, "due": due, "number": number})
    return out


def answer_all(page, right: bool, few: int = 99) -> None:
    """Answer a lesson's questions."""
    for one in keys()[:few]:
        page.evaluate(ANSWERS, [one, right])


@pytest.fixture
def platform(browser):
    """Open a lesson in scorm-again, in a frame or in a window of its own; give back the page and what the platform holds."""
    context = browser.new_context(viewport=PHONE)
    data = catalogue.make("scorm-lesson", Ask("fa", lesson=LESSON))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["scorm.js"] = fetched("scorm-again/dist/scorm12.min.js").read_bytes()

    def serve(route):
        name = route.request.url.rpartition("/")[2].partition("?")[0]
        kind = "text/javascript" if name.endswith(".js") else "text/html; charset=utf-8"
        if name == "platform":
            kept = json.dumps(context.kept)
            body = (
                "<!DOCTYPE html><script src='scorm.js'></script><script>"
                f"window.API = new Scorm12API({{logLevel: 5}}); API.loadFromJSON({kept}, '');</script>"
                + ("<iframe src='what-a-funnel-is.html' width=390 height=700></iframe>" if context.framed else "")
            )
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body=parts[name], content_type=kind)

    context.route("http://platform.test/**", serve)

    def open_(kept=None, framed=True):
        context.kept, context.framed = {"cmi": kept or {}}, framed
        page = context.new_page()
        page.goto("http://platform.test/platform")
        if not framed:
            with page.expect_popup() as opened:
                page.evaluate("void window.open('what-a-funnel-is.html')")
            return page, opened.value
        page.frame_locator("iframe").locator("form.tf-answer").first.wait_for()
        return page, page.frames[1]

    yield open_
    context.close()


def held(page, *names: str) -> list[str]:
    return page.evaluate("(names) => names.map((one) => API.cmi.core && API.LMSGetValue(one))", list(names))


STATUS, SCORE, DATA = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.suspend_data"


@pytest.mark.parametrize("framed", [True, False], ids=["frame", "window"])
def test_a_platform_hears_of_a_whole_attempt(platform, framed):
    page, lesson = platform(framed=framed)
    lesson.wait_for_selector("form.tf-answer")
    assert held(page, STATUS) == ["incomplete"]
    answer_all(lesson, right=True)
    status, score, data = held(page, STATUS, SCORE, DATA)
    assert (status, score) == ("passed", "100")
    assert len(data) <= 4096
    assert data.startswith("1:" + "R" * len(keys()))


def test_who_answers_wrongly_at_first_fails_and_may_go_on(platform):
    page, lesson = platform()
    answer_all(lesson, right=False)
    assert held(page, STATUS, SCORE) == ["failed", "0"]
    answer_all(lesson, right=True)
    status, score, data = held(page, STATUS, SCORE, DATA)
    assert (status, score) == ("failed", "0"), "the first try counts"
    assert data.startswith("1:" + "r" * len(keys()))


def test_an_attempt_is_resumed_exactly(platform):
    page, lesson = platform()
    answer_all(lesson, right=True, few=3)
    (data,) = held(page, DATA)
    fields = """() => [...document.querySelectorAll('form.tf-answer')].map((form) =>
        [...form.elements].map((one) => [one.value, one.checked]))"""
    before = lesson.evaluate(fields)
    page.close()
    page, lesson = platform(kept={"suspend_data": data, "core": {"lesson_status": "incomplete"}})
    assert lesson.evaluate(fields) == before
    assert lesson.locator(".tf-reply.tf-right").count() == 3
    assert held(page, STATUS, DATA) == ["incomplete", data], "to look at it again is no new try"
    answer_all(lesson, right=True)
    assert held(page, STATUS, SCORE) == ["passed", "100"]


@pytest.mark.parametrize(
    "data", ["", "9:later", "1:", "1:RRRRRRRRRRRRRRRRRR:" + ";" * 90, "<b>", "1:R:99.99;%E0%A4", "x" * 4096]
)
def test_a_broken_record_opens_the_lesson_all_the_same(platform, data):
    page, lesson = platform(kept={"suspend_data": data, "core": {"lesson_status": "incomplete"}})
    answer_all(lesson, right=True)
    assert len(held(page, DATA)[0]) <= 4096


@pytest.mark.parametrize(("document", "items"), [("scorm-lesson", 1), ("scorm-course", len(library.lessons()))])
def test_a_package_names_what_is_in_it(document, items):
    data = catalogue.make(document, Ask("fa", lesson=LESSON))
    assert data == catalogue.make(document, Ask("fa", lesson=LESSON))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        tree = ElementTree.fromstring(package.read("imsmanifest.xml"))
    assert tree.find("metadata/schemaversion", NS).text == "1.2"
    resources = {one.get("identifier"): one for one in tree.iterfind("resources/resource", NS)}
    listed = tree.findall("organizations/organization/item", NS)
    assert len(listed) == items == len(resources)
    for one in listed:
        resource = resources[one.get("identifierref")]
        assert resource.get("href") in names
        assert resource.get(f"{{{NS['adlcp']}}}scormtype") == "sco"
        assert not re.search("[A-Za-z]{4}", one.find("title", NS).text), "the title is in the language"
