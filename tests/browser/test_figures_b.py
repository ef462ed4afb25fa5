"""Five figures of lessons 13 to 15, in every language: their main act by mouse and by keyboard alone, and what they then say."""

from __future__ import annotations

import re
import tomllib
from urllib.parse import urlencode, urlsplit

import pytest

from funnel.links.scenario import encode
from i18n.languages import content_root, language, languages
from i18n.numbers import numbers
from tests.browser.visit import PHONE, visiting
from tests.funnel.figures.test_plan import full

pytestmark = pytest.mark.browser
CODES = [one.code for one in languages()]


def words(code: str, name: str) -> dict:
    """Return a figure's words in a language."""
    return tomllib.loads((content_root() / code / "figures" / f"{name}.toml").read_text("utf-8"))


def digits(code: str, text: str) -> str:
    """Return a text in the digits that the language starts with."""
    return numbers(code, language(code).digits).text(text)


class Shown:
    """One figure on its lesson's page."""

    def __init__(self, visit, lesson: str, name: str, code: str, query: str = ""):
        self.visit, self.name, self.code = visit, name, code
        self.page = visit.go(f"{lesson}?lang={code}{query}")
        self.box = self.page.locator(f".st-key-figure-{name}")
        self.box.locator(".tf-shows").wait_for()  # the last that a figure draws

    def said(self) -> str:
        """Return what the figure says that it shows."""
        return self.box.locator(".tf-shows").inner_text()

    def option(self, part: str, text: str):
        """Return a choice of one of the figure's controls."""
        group = self.box.locator(f"[class*=st-key-{self.name}-{part}-]")
        return group.get_by_text(digits(self.code, text), exact=True)

    def pick(self, part: str, text: str) -> str:
        """Choose by mouse; return what the figure says then."""
        return self.after(lambda: self.option(part, text).click())

    def press(self, part: str, text: str) -> str:
        """Choose by keyboard alone; return what the figure says then."""

        def act() -> None:
            target = self.option(part, text).locator("xpath=ancestor-or-self::button")
            target.focus()
            self.page.keyboard.press("Enter")

        return self.after(act)

    def after(self, act) -> str:
        """Do something, wait until the figure says something else, and return that."""
        before = self.said()
        act()
        self.page.wait_for_function(
            "([where, old]) => { const e = document.querySelector(where); return e && e.innerText !== old }",
            arg=[f".st-key-figure-{self.name} .tf-shows", before],
        )
        self.visit.settle()
        return self.said()


@pytest.mark.parametrize("code", CODES)
def test_a_consent_form_is_mended_part_by_part(browser, app_url, code):
    told = words(code, "consent-form")
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "psychology-ethics-privacy", "consent-form", code)
        form = shown.box.locator(".tf-form")
        assert digits(code, told["form"]["purpose"]["vague"]) in form.inner_text()
        assert shown.box.locator(".tf-judged-wrong").count() == 6
        said = shown.pick("purpose", told["options"]["purpose"]["stated"])
        assert told["parts"]["purpose"] not in said
        assert digits(code, told["form"]["purpose"]["stated"]) in form.inner_text()
        assert told["parts"]["box"] not in shown.press("box", told["options"]["box"]["empty"])
        assert form.locator(".tf-tick-empty").count() == 1
        for part, best in (("refuse", "equal"), ("leave", "easy"), ("kept", "stated"), ("third", "named")):
            shown.press(part, told["options"][part][best])
        assert shown.said() == told["told"]["all"]
        assert shown.box.locator(".tf-judged-right").count() == 6
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_country_cards_answer_every_question_with_its_source(browser, app_url, code):
    told = words(code, "country-cards")
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "psychology-ethics-privacy", "country-cards", code)
        assert shown.box.locator(".tf-country").count() == 7
        assert digits(code, told["lawyer"]) in shown.box.inner_text()
        said = shown.pick("question", told["questions"]["kept"])
        assert digits(code, "7") in said, "every card has an answer"
        assert shown.box.locator(".tf-country-open").count() == 0
        shown.press("question", told["questions"]["law"])
        said = shown.press("place", told["places"]["iran"])
        assert told["places"]["iran"] in said
        assert shown.box.locator(".tf-country").count() == 1
        assert shown.box.locator("a.tf-source", has_text="R68").count() == 1
        shown.pick("place", told["places"]["eu"])
        assert shown.box.locator("a.tf-source").count() == 2
        assert told["missing"]["eu"] in shown.box.inner_text()
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_the_retargeting_path_follows_the_answer(browser, app_url, code):
    told = words(code, "retargeting")
    with visiting(browser, app_url) as visit:
        shown = Shown(visit, "channels-and-tools", "retargeting", code)
        shown.pick("step", told["steps"]["again"])
        assert told["rules"]["show"].split(" {")[0] in shown.box.inner_text()
        said = shown.pick("consent", told["consents"]["withdrawn"])
        assert told["ads"]["wrong"] in said
        assert told["rules"]["chase"] in shown.box.inner_text()
        shown.press("login", told["logins"]["in"])
        assert told["rules"]["address"] in shown.box.inner_text()
        button = shown.box.get_by_role("button", name=told["next"])
        button.focus()
        assert told["steps"]["bought"] in shown.after(lambda: shown.page.keyboard.press("Enter"))
        boxes = [box["x"] for one in shown.box.locator(".tf-path li").all() if (box := one.bounding_box())]
        onward = sorted(boxes, reverse=language(code).direction == "rtl")
        assert boxes == onward, "the steps go the way one reads"
        assert shown.box.locator("li[aria-current=step] b").inner_text() == told["steps"]["bought"]
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_tools_are_found_by_stage_and_decisions_are_answered(browser, app_url, code):
    told = words(code, "tools")
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "channels-and-tools", "tools", code)
        said = shown.pick("stage", told["stages"]["after"])
        assert told["kinds"]["listening"] in said
        assert told["kinds"]["sales"] not in said
        shown.press("stage", told["stages"]["bottom"])
        assert shown.box.locator("tr.tf-aside").count() == 1
        shown.press("notes", told["answers"]["buy"])
        assert digits(code, told["cards"]["notes"]["buy"]) in shown.box.locator(".tf-judged-wrong").inner_text()
        shown.pick("notes", told["answers"]["skip"])
        assert shown.box.locator(".tf-judged-right").count() == 1
        shown.option("card", told["cards"]["suite"]["title"]).click()
        shown.box.get_by_text(told["cards"]["suite"]["situation"]).wait_for()
        visit.settle()
        said = shown.pick("suite", told["answers"]["buy"])
        assert shown.box.locator(".tf-judged-depends").count() == 1
        assert digits(code, "2") in said
        assert not visit.problems


def fill(shown: Shown, label: str, text: str) -> None:
    """Type into a field of the plan as a learner does, and leave it."""
    field = shown.box.get_by_label(label, exact=True)
    field.fill(text)
    field.press("Enter")
    shown.visit.settle()


@pytest.mark.parametrize("code", CODES)
def test_a_plan_is_made_kept_shared_and_tried(browser, app_url, code):
    told = words(code, "plan-builder")
    own = {"en": "Corner bakery", "ar": "مخبز الزاوية", "fa": "نانوایی سر کوچه"}[code]
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "build-your-own-funnel", "plan-builder", code)
        assert told["gaps"]["business"] in shown.box.inner_text()
        said = shown.press("start", told["starts"]["academy"])
        n = numbers(code, language(code).digits)
        assert n.count(180_000) in said
        assert n.count(238) in said, "lesson 15: about 238 enrolments"
        fill(shown, told["head"]["business"], f"{own} <b>&amp; \u202ex")
        assert own in shown.said()
        assert shown.box.locator(".tf-plan caption b bdi b").count() == 0, "typed markup stays text"
        calls = shown.box.locator("[class*=st-key-plan-builder-part-]").get_by_role("radio").nth(5)
        calls.focus()
        shown.page.keyboard.press("Enter")
        shown.box.get_by_label(told["rate"], exact=True).wait_for()
        visit.settle()
        fill(shown, told["rate"], n.percent_field(0.65))
        fill(shown, told["columns"]["owner"], "")
        assert n.count(193) in shown.said()
        assert told["gaps"]["owner"].split("{")[0].strip() in shown.box.inner_text()
        shown.page.wait_for_function("location.search.includes('plan-builder.s=')")
        address = shown.page.url
        visit.go(address.split("/")[-1])
        assert n.count(193) in shown.said(), "a reload keeps the plan"
        assert own in shown.said()
        other = "en" if code != "en" else "fa"
        visit.go(re.sub("lang=..", f"lang={other}", address.split("/")[-1]))
        assert own in shown.said(), "the learner's words stay"
        assert words(other, "plan-builder")["presets"]["academy"]["rows"][0][1] in shown.box.inner_text()
        visit.go(
            address.split("/")[-1] + f"&digits={language(code).digits}"
        )  # the browser remembers the other language's
        with shown.page.expect_download() as wanted:
            shown.box.locator("[class*=st-key-plan-builder-csv] button").click()
        table = wanted.value.path().read_text("utf-8-sig")
        assert own in table
        assert "sales,call," in table
        shown.box.locator("[class*=st-key-plan-builder-try] button").click()
        shown.page.wait_for_url("**/stage_conversion*")
        shown.page.wait_for_function("text => document.body.innerText.includes(text)", arg=n.count(193))
        assert not visit.problems


def test_a_full_plan_is_a_link_that_still_opens(browser, app_url):
    """Ten stages with words in every field, in letters that a link writes with six characters each."""
    plan, _cut = full("".join(chr(0x0621 + (i * i) % 42) for i in range(120)))
    link = urlencode({f"plan-builder.{key}": value for key, value in encode(plan).items()})
    with visiting(browser, app_url) as visit:
        shown = Shown(visit, "build-your-own-funnel", "plan-builder", "ar", f"&{link}")
        assert shown.box.locator(".tf-plan tbody tr").count() == 10 + 4
        shown.box.locator("[class*=st-key-plan-builder-share] button").first.click()
        text = shown.page.locator("[data-testid=stPopoverBody] code").inner_text()
        assert len(text) < 4000
        assert urlsplit(text).path.endswith("/build-your-own-funnel")
        assert not visit.problems


@pytest.mark.parametrize("code", CODES)
def test_a_text_that_is_too_long_is_cut_and_told(browser, app_url, code):
    told = words(code, "plan-builder")
    with visiting(browser, app_url, size=PHONE) as visit:
        shown = Shown(visit, "build-your-own-funnel", "plan-builder", code)
        fill(shown, told["head"]["business"], "ab" * 50)
        assert told["cut"] in shown.box.locator(".tf-field-error").inner_text()
        assert shown.box.get_by_label(told["head"]["business"], exact=True).input_value() == "ab" * 40


def test_a_broken_plan_explains_itself(browser, app_url):
    with visiting(browser, app_url) as visit:
        shown = Shown(
            visit, "build-your-own-funnel", "plan-builder", "en", "&plan-builder.from=clinic&plan-builder.m=rubbish!"
        )
        assert shown.box.locator("[data-testid=stAlert]").count() == 1
        assert "Two Palms" in shown.said()
