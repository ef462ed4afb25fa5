"""What the tests of `rtl` share: the served gallery, and pages of it."""

from collections.abc import Iterator

import pytest

from tests.rtl.browser import Gallery
from tests.support import ROOT, serve

collect_ignore = ["gallery.py", "gallery_page.py"]  # an app, not tests: importing its page would run it


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The gallery, served."""
    with serve(ROOT / "tests" / "rtl" / "gallery.py", cwd=ROOT) as found:
        yield found


@pytest.fixture(scope="session")
def opened(browser, address) -> Iterator[dict[str, Gallery]]:
    """The gallery in each language, for tests that only look or leave no trace."""
    found = {lang: Gallery(browser, address).open(f"lang={lang}") for lang in ("fa", "ar", "en")}
    yield found
    trouble = [each for gallery in found.values() for each in gallery.trouble]
    for gallery in found.values():
        gallery.context.close()
    assert trouble == []


@pytest.fixture(scope="session")
def played(browser, address) -> Iterator[Gallery]:
    """A Persian gallery for tests that change values."""
    gallery = Gallery(browser, address).open("lang=fa&n=35")
    yield gallery
    gallery.context.close()
    assert gallery.trouble == []


@pytest.fixture
def fresh(browser, address) -> Iterator[Gallery]:
    """A gallery of its own for a test that changes it."""
    gallery = Gallery(browser, address)
    yield gallery
    gallery.context.close()
    assert gallery.trouble == []
