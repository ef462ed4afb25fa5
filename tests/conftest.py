"""Fixtures for all rooms: one Chromium and one served app per worker."""

import pytest

from tests.support import ROOT, serve


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
