"""Pages that stand still, in every language: valid HTML, whole, in one language, with what machines read of them."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import html5lib
import pytest

from i18n.languages import languages
from tests.support import ROOT
from ui.still import pages, web

CODES = [one.code for one in languages()]
EVERY = [(slug, code) for slug in pages.slugs() for code in CODES]


def made(slug: str, code: str) -> web.Page:
    digits = next(one.digits for one in languages() if one.code == code)
    found = web.page(slug, code, digits)
    assert found is not None
    return found


@pytest.mark.parametrize("code", CODES)
def test_every_page_is_valid_html(code):
    parser = html5lib.HTMLParser(strict=False)
    for slug in pages.slugs():
        parser.parseFragment(made(slug, code).body)
        wrong = [(at, error) for at, error, _facts in parser.errors]
        assert not wrong, f"{slug}: {wrong[:3]}"


@pytest.mark.parametrize("code", CODES)
def test_every_page_has_one_heading_and_ids_that_are_there_once(code):
    for slug in pages.slugs():
        body = made(slug, code).body
        assert body.count("<h1") == 1, slug
        ids = re.findall(r'\bid="([^"]+)"', body)
        assert len(ids) == len(set(ids)), slug


def test_every_link_leads_to_a_page_and_a_place_on_it():
    known = set(pages.slugs())
    places = {slug: set(re.findall(r'\bid="([^"]+)"', made(slug, "fa").body)) for slug in known}
    for slug in known:
        for href in re.findall(r'href="([^"]+)"', made(slug, "fa").body):
            if href.startswith("room/"):  # a workshop's room is no page of ours
                continue
            path, _, anchor = href.partition("#")
            to = path.split("?")[0].removeprefix("./") or "home"
            assert to in known or to == "room/new", f"{slug} leads to {href}"  # a room is served beside the app
            assert not anchor or anchor in places[to], f"{slug} leads to {href}"


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_no_english_stands_on_a_page(code):
    for slug in pages.slugs():
        body = re.sub(r"<em>.*?</em>", " ", made(slug, code).body)  # titles of works
        body = re.sub(r"<(bdi|a)[^>]*\blang=\"?en.*?</\1>|<[^>]*>", " ", body)
        left = re.findall(r"(?:[A-Za-z]{2,}[ ,]+){3}[A-Za-z]+", body.replace("SIL Open Font License", ""))
        assert not left, f"{slug}: {left[:3]}"


def test_titles_and_descriptions_tell_the_pages_apart():
    for code in CODES:
        found = [made(slug, code) for slug in pages.slugs()]
        assert len({one.title for one in found}) == len(found)
        assert len({one.description for one in found}) == len(found)
        for one in found:
            assert 20 <= len(one.description) <= 161, one.description
            assert not re.search(r"\[\[|\{R\d|\*\*", one.description)


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_the_head_says_where_the_page_is_and_shows_a_picture_that_is_there(slug, code):
    head = made(slug, code).head.format(base="https://school.example/")
    assert re.search(r'rel="canonical" href="https://school\.example/[\w-]*\?lang=' + code, head)
    assert set(re.findall(r'hreflang="([\w-]+)"', head)) == {*CODES, "x-default"}
    image = re.search(r'og:image" content="https://school\.example/app/([^"]+)"', head)
    assert (ROOT / image[1]).stat().st_size < 40_000
    for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', head):
        assert json.loads(data)["url"].startswith("https://school.example/")


def test_terms_and_lessons_are_told_to_machines():
    kinds = {slug: re.findall(r'"@type":"(\w+)"', made(slug, "ar").head) for slug in ("glossary", "course", "about")}
    assert kinds["glossary"].count("DefinedTerm") > 100
    assert kinds["course"][0] == "Course"
    assert not kinds["about"]


def test_the_map_of_the_site_has_every_page_in_every_language():
    tree = ElementTree.fromstring(web.sitemap("https://school.example/a/"))
    found = [one.text for one in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(found) == len(set(found)) == len(EVERY)
    assert all(one.startswith("https://school.example/a/") for one in found)
    assert "Sitemap: https://school.example/a/sitemap.xml" in web.robots("https://school.example/a/")


def test_what_is_no_page_has_no_text():
    assert web.page("nothing", "fa", "arabext") is None
    assert web.page("", "fa", "arabext") is web.page("home", "fa", "arabext")


def test_figures_of_lessons_draw_where_no_app_is():
    own = {"kit", "hand", "parts", "plan_builder", "pull"}  # what draws for them; three have a still form of their own
    wrong = [
        path.name
        for path in (ROOT / "ui/figures").glob("*.py")
        if path.stem not in own and "import streamlit" in path.read_text("utf-8")
    ]
    assert not wrong, f"ui.figures.kit draws for them, in the app and in pages that stand still: {wrong}"
