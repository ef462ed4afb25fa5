"""Pages as scripts, for tests without a browser."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from tests.support import ROOT

# What frame.py does, without the menu: AppTest cannot switch pages that st.navigation made.
_FRAME = """
import streamlit as st
from ui import navigation, shell, state
shell.app_name()
st.navigation(navigation.pages(), position="hidden")
state.begin_page({slug!r})
state.speak(whole=True)
{draw}
"""


def run(slug: str, draw: str, code: str, **query: str) -> AppTest:
    """Run a page's frame and then the lines ``draw``, in a language, from a link."""
    test = AppTest.from_string(_FRAME.format(slug=slug, draw=draw), default_timeout=30)
    for name, value in {"lang": code, **query}.items():
        test.query_params[name] = value
    return test.run()


def opened(page: str, code: str, digits: str = "", **query: str) -> AppTest:
    """Open one page in a language, from a link."""
    slug, path = page.split("_", 1)[1].removesuffix(".py"), str(ROOT / "pages" / page)
    if digits:
        query["digits"] = digits
    return run(slug, f"import runpy; runpy.run_path({path!r})", code, **query)


def words(test: AppTest) -> str:
    """Return everything that the page says."""
    found = [
        element.value for kind in ("title", "markdown", "caption", "warning", "error") for element in test.get(kind)
    ]
    for kind in ("button", "text_input", "selectbox", "expander", "slider"):
        found += [element.label for element in test.get(kind)]
    # What is not to be translated (names in another language, references) says so.
    foreign = re.compile(r'<(\w+)[^>]*translate="no"[^>]*>.*?</\1>', re.S)
    found += [foreign.sub(" ", element.proto.body) for element in test.get("html")]
    return "\n".join(found)


def plain(test: AppTest) -> str:
    """Return everything that the page says, without markup."""
    return re.sub(r"<[^>]*>", "", words(test))
