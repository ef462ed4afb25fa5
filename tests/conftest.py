"""For all rooms: one Chromium and one served app per worker, and how properties are tried."""

import pytest
from hypothesis import settings

from tests.support import ROOT, serve

# Properties: the same examples every time, and no failure because a machine was busy. With 50 examples the mutants of the
# formulas die that die with 100; a test that needs more says so.
settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("house")


@pytest.fixture(scope="session")
def browser():
    """One headless Chromium for the whole worker (a Playwright Browser)."""
    from playwright.sync_api import sync_playwright

    from tools.browser import ARGUMENTS, install

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app_url():
    """The whole app, served as a learner gets it."""
    with serve(ROOT / "app.py", cwd=ROOT) as address:
        yield address
