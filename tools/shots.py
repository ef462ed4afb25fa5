"""Screenshots of every page in every language, on a phone and a laptop, light and dark: `make shots`, then look at them.

Options: a folder (default .cache/shots), ``--url`` of a running app, ``--only`` text that a name must contain.
"""

import argparse
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from i18n.languages import languages
from tests.support import ROOT, serve
from tools.browser import ARGUMENTS, install

SIZES = {"phone": (360, 740), "laptop": (1280, 800)}


def settle(page: Page) -> None:
    """Wait until the app has drawn and stopped changing."""
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=30_000)
    page.wait_for_selector("h1", timeout=30_000)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(700)


def shoot(browser: Browser, url: str, folder: Path, only: str = "") -> None:
    """Write one PNG for each page, language, size and theme."""
    pages = {path.stem.split("_", 1)[1]: path for path in sorted((ROOT / "pages").glob("[0-9]*.py"))}
    for language in languages():
        for size, (width, height) in SIZES.items():
            for theme in ("light", "dark"):
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
                for slug in pages:
                    name = f"{slug}-{language.code}-{size}-{theme}"
                    if only not in name:
                        continue
                    page = context.new_page()
                    page.goto(f"{url}/{'' if slug == 'home' else slug}?lang={language.code}")
                    settle(page)
                    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
                    page.set_viewport_size({"width": width, "height": min(6000, max(height, tall))})
                    page.wait_for_timeout(400)
                    page.screenshot(path=folder / f"{name}.png")
                    page.close()
                context.close()


def main() -> None:
    """Parse the options and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".cache" / "shots")
    parser.add_argument("--url", default="")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=install(), args=ARGUMENTS)
        if options.url:
            shoot(browser, options.url, options.folder, options.only)
        else:
            with serve(ROOT / "app.py", cwd=ROOT) as url:
                shoot(browser, url, options.folder, options.only)
        browser.close()


if __name__ == "__main__":
    main()
