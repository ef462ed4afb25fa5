"""Find a Chromium for the browser tests, or install one: an installed one first, then Playwright's, then the distribution's.

Run as ``python -m tools.browser --install``; prints where the browser is.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
]


def installed() -> str | None:
    """Return the path of a Chromium or Chrome on this machine, else of Playwright's own, else None."""
    named = os.environ.get("TWO_FUNNELS_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None) or (str(MAC) if MAC.exists() else None)
    return found or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def install() -> str:
    """Return the path of a browser, fetching one where there is none; raises SystemExit with what was tried."""
    if path := installed():
        return path
    tries = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        sudo = [] if getattr(os, "geteuid", lambda: 1)() == 0 else ["sudo", "-n"]
        tries += [[*sudo, "apt-get", "update", "-q"], [*sudo, "apt-get", "install", "-y", "-q", "chromium"]]
    for command in tries:
        print("trying:", " ".join(command), file=sys.stderr)
        subprocess.run(command, stdout=sys.stderr, timeout=900, check=False)
        if path := installed():
            return path
    raise SystemExit("No Chromium or Chrome was found and none could be installed. Install one and run again.")


if __name__ == "__main__":
    print(install() if "--install" in sys.argv else installed() or "none")
