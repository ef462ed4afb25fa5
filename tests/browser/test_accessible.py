"""axe-core on every page, language and theme. What is Streamlit's own is listed by id, with the reason."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pytest

from i18n.languages import languages
from tests.browser.visit import LAPTOP, PHONE, visiting
from ui.navigation import slugs

pytestmark = pytest.mark.browser

# axe's rule id -> why it is not ours. Only elements that the selector names are let through.
_MENU = "a menu with headings: Streamlit puts a <div> for each section between the <ul> and its <li>"
STREAMLITS_OWN: dict[str, tuple[str, str]] = {
    "presentation-role-conflict": ("the drop zone of the file uploader", "stFileUploaderDropzone"),
    "list": (_MENU, 'data-testid="stSidebarNavItems"'),
    "listitem": (_MENU, '<li class="st-emotion-cache-'),
}


@cache
def axe() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("code", [one.code for one in languages()])
@pytest.mark.parametrize("slug", slugs())
def test_axe_finds_nothing_of_ours(browser, app_url, slug, code, theme):
    size = PHONE if theme == "dark" else LAPTOP
    with visiting(browser, app_url, size=size, theme=theme) as visit:
        page = visit.go(f"{'' if slug == 'home' else slug}?lang={code}")
        page.evaluate(axe())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    wrong = []
    for violation in found["violations"]:
        _reason, selector = STREAMLITS_OWN.get(violation["id"], ("", ""))
        for node in violation["nodes"]:
            if not selector or selector not in node["html"]:
                wrong.append(
                    f"{violation['id']}: {violation['help']}\n    {node['html'][:300]}\n    {node['failureSummary'][:300]}"
                )
    assert not wrong, "\n".join(wrong)
