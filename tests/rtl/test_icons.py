"""The small icon font has every icon that the app or Streamlit's frontend can ask for."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from streamlit.file_util import get_static_dir

from rtl.icons import NAMES, IconFont
from tests.rtl.asgi import finish
from tests.support import ROOT
from tools.make_fonts import names_of
from ui import navigation

FONT = ROOT / "static" / "material-symbols.woff2"
FOLDERS = ("ui", "pages", "course", "documents", "rtl", "tests/rtl")
# Names that Streamlit's own font lacks as well (st.feedback fills its star by other means).
NOT_AN_ICON = {"star_filled"}


def used_in(text: str) -> set[str]:
    """Return the icons that a text asks for."""
    return set(re.findall(r":material/([a-z0-9_]+):", text)) - NOT_AN_ICON


@pytest.fixture(scope="module")
def drawn() -> set[str]:
    """The icons in the small font."""
    return set(names_of(TTFont(FONT)))


def test_the_font_holds_the_listed_icons(drawn):
    assert set(NAMES) - drawn == set(), "run `python -m tools.make_fonts`"
    assert len(NAMES) == len(set(NAMES))


def test_every_icon_of_our_sources_is_in_the_font(drawn):
    sources = [*ROOT.glob("*.py"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]
    sources += [*(ROOT / "content").rglob("*.md"), *(ROOT / "content").rglob("*.toml")]
    missing = {f"{path.relative_to(ROOT)}: {name}" for path in sources for name in used_in(path.read_text()) - drawn}
    assert missing == set(), "add it to rtl/icons.txt and run `python -m tools.make_fonts`"


def test_every_icon_of_the_menu_is_in_the_font(drawn):
    assert set(navigation.ICONS.values()) - drawn == set(), "the menu would spell the icon's name over its entry"


def test_every_icon_of_streamlits_frontend_is_in_the_font(drawn):
    scripts = Path(get_static_dir(), "static", "js").glob("*.js")
    assert {name for script in scripts for name in used_in(script.read_text("utf8", "replace"))} - drawn == set()


def ask(path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """Ask the middleware; the inner app answers 299."""
    sent: list[dict] = []

    async def inner(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(message) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": raw}
    finish(IconFont(inner, FONT)(scope, None, send))
    return sent[0]["status"], {k.decode(): v.decode() for k, v in sent[0]["headers"]}, sent[1]["body"]


def test_the_small_font_is_served_under_the_address_that_streamlit_asks_for():
    source = next(Path(get_static_dir(), "static", "media").glob("MaterialSymbols-Rounded.*.woff2"))
    status, headers, body = ask(f"/static/media/{source.name}")
    assert (status, headers["content-type"], body) == (200, "font/woff2", FONT.read_bytes())
    assert ask(f"/static/media/{source.name}", {"if-none-match": headers["etag"]})[0] == 304
    assert len(body) < 50_000


def test_other_files_pass():
    assert ask("/static/media/SourceSansVF-Upright.ttf.BsWL4Kly.woff2")[0] == 299
